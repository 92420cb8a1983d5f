//! A new month: only people with new data are looked at again, and the answer is that of a whole run.

use crate::{
    dice::{Dice, times},
    mingcha, prints,
    split::{self, Batch},
    text, with_lake,
};
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};
use tempfile::TempDir;

/// Screens; gives whom it looked at, and the findings, one a line.
fn findings(at: &Path, lake: &str, as_of: &str, more: &[&str]) -> (Value, String) {
    let said = prints(at, &[&["screen", "--lake", lake, "--as-of", as_of, "--json"], more].concat());
    let run: Value = serde_json::from_str(&said).expect("the run is JSON");
    let file = at.join("findings.jsonl");
    prints(at, &["clues", "export", &file.to_string_lossy(), "--findings", "--lake", lake]);
    (run["people"].clone(), std::fs::read_to_string(file).expect("findings are exported"))
}

/// Holds two runs against each other, finding by finding.
fn same(one: &str, other: &str, what: &str) {
    for (one, other) in one.lines().zip(other.lines()) {
        assert_eq!(one, other, "{what}");
    }
    assert_eq!(one.lines().count(), other.lines().count(), "{what}: one has more findings");
    assert!(!one.is_empty(), "{what}: nothing to compare");
}

/// Imports; nothing of a batch is refused, so that its people are those it touches.
fn import(at: &Path, from: &[&str]) {
    let policy = "refuse_batch_above = 1.0\n[check.orphan_encounter]\naction = \"note\"\n";
    std::fs::write(at.join("quality.toml"), policy).expect("a policy is written");
    let how =
        ["--lake", "lake", "--as-of", "2026-11-01", "--profile", "mingcha", "--quality", "quality.toml"];
    let report = prints(at, &[&["import", "--json"], from, &how].concat());
    let report: Value = serde_json::from_str(&report).expect("the report is JSON");
    assert_eq!(report["quarantined"], 0, "{report}");
}

/// Imports batch after batch and screens after most of them, as an office does: each time only those are looked at who have other rows
/// than at the last screening, and what is found is what a whole run finds. Gives what was found at last.
fn screened_in_batches(at: &Path, batches: &[Batch], as_of: &str, dice: &mut Dice) -> String {
    let (mut touched, mut registered, mut found) = (BTreeSet::new(), BTreeSet::new(), String::new());
    for (number, batch) in batches.iter().enumerate() {
        batch.write(&at.join("batch"));
        import(at, if number == 0 { &["base", "batch"] } else { &["batch"] });
        std::fs::remove_dir_all(at.join("batch")).expect("what was imported goes");
        touched.extend(&batch.people);
        registered.extend(&batch.registered);
        if dice.one_in(3) {
            let buckets = (1 << dice.below(4)).to_string();
            prints(at, &["lake", "compact", "--lake", "lake", "--buckets", &buckets]);
        }
        if number > 0 && number + 1 < batches.len() && dice.one_in(3) {
            continue;
        }
        let what = format!("batch {number} as of {as_of}");
        let (of_again, again) = findings(at, "lake", as_of, &[]);
        let (of_whole, whole) = findings(at, "lake", as_of, &["--full"]);
        assert!(
            of_whole["built_on"].is_null() && of_whole["looked_at"] == of_whole["of"],
            "{what}: {of_whole}"
        );
        assert_eq!(of_again["built_on"].is_string(), number > 0, "{what}: {of_again}");
        assert_eq!(of_again["of"], of_whole["of"], "{what}");
        if number > 0 {
            // Who is not known as a person yet may have rows in tables alone that no rule reads: nobody to look at.
            let least = touched.intersection(&registered).count() as u64;
            let looked_at = of_again["looked_at"].as_u64().expect("a count");
            let who = least..=touched.len() as u64;
            assert!(who.contains(&looked_at), "{what}: {who:?} have other rows: {of_again}");
        }
        same(&again, &whole, &what);
        (touched, found) = (BTreeSet::new(), whole);
    }
    found
}

/// Splits that are tried where `MINGCHA_SPLITS` asks for no more.
const SPLITS: u32 = 3;

#[test]
fn screening_after_any_batch_gives_what_a_whole_run_gives_and_looks_only_at_whom_it_touches() {
    let mut dice = Dice::cast();
    let folder = TempDir::new().expect("a folder");
    let (of_people, others) = split::sheets(folder.path());
    for number in 0..times("MINGCHA_SPLITS", SPLITS) {
        let at = folder.path().join(number.to_string());
        std::fs::create_dir_all(at.join("base")).expect("a folder is made");
        others.iter().for_each(|sheet| sheet.write(&at.join("base")));
        let as_of = if dice.one_in(2) { "2026-06-30" } else { "2025-09-30" };
        let found = screened_in_batches(&at, &split::batches(&of_people, &mut dice), as_of, &mut dice);
        let at_once = with_lake();
        let (_, of_city) = findings(at_once.path(), "lake", as_of, &[]);
        same(&found, &of_city, "in batches and at once");
        std::fs::remove_dir_all(&at).expect("a folder goes");
    }
}

#[test]
fn an_earlier_run_that_is_damaged_is_told_and_not_built_on() {
    let folder = with_lake();
    let at = folder.path();
    let screen = ["screen", "--lake", "lake", "--as-of", "2025-12-31"];
    prints(at, &screen);
    let runs = mingcha_engine::Runs::of(&at.join("lake"));
    let run = runs.folder(&runs.find("latest").expect("a run").id);
    for file in ["run.json", "findings.jsonl.zst"] {
        let bytes = std::fs::read(run.join(file)).expect("the file");
        std::fs::write(run.join(file), &bytes[..bytes.len() / 2]).expect("it is cut short");
        let output = mingcha(at, &screen);
        let told = text(&output.stderr);
        assert!(output.status.success() && told.contains("was not built on"), "{file}: {told}");
        assert!(std::fs::read(run.join(file)).expect("the file") == bytes, "{file} is as it was");
        // Whole again, it is built on.
        let output = mingcha(at, &screen);
        assert!(!text(&output.stderr).contains("warning"), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("people looked at: 0 of "), "{}", text(&output.stdout));
    }
}
