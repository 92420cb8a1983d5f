//! A new month: only people with new data are looked at again, and the answer is that of a whole run.

use crate::{city, mingcha, prints, text, with_lake};
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

const TIMES: [(&str, &str); 5] = [
    ("encounter", "begntime"),
    ("settlement", "setl_time"),
    ("fee", "fee_ocur_time"),
    ("diagnosis", "diag_time"),
    ("operation", "oprn_begntime"),
];

/// Writes the city's rows before (or from) a moment, by encounter, so that what belongs together stays together.
fn export(to: &Path, name: &str, condition: &str) {
    std::fs::create_dir_all(to.join(name)).expect("a folder is made");
    let lake = city().join("lake").to_string_lossy().into_owned();
    for (table, time) in TIMES {
        let condition =
            condition.replace("TIME", &format!("coalesce({time}, timestamp '2025-01-01 00:00:00')"));
        let file = to.join(name).join(format!("{table}.csv"));
        prints(
            to,
            &["lake", "export", table, &file.to_string_lossy(), "--lake", &lake, "--where", &condition],
        );
    }
}

/// Screens; gives whom it looked at, and the findings.
fn findings(at: &Path, lake: &str, more: &[&str]) -> (Value, Vec<u8>) {
    let said = prints(at, &[&["screen", "--lake", lake, "--as-of", "2026-06-30", "--json"], more].concat());
    let run: Value = serde_json::from_str(&said).expect("the run is JSON");
    let file = format!("{lake}.jsonl");
    prints(at, &["clues", "export", &file, "--findings", "--lake", lake]);
    (run["people"].clone(), std::fs::read(at.join(file)).expect("findings are exported"))
}

#[test]
fn screening_after_a_new_month_gives_what_a_whole_run_gives() {
    for day in ["2025-04-11", "2025-08-01", "2025-12-20"] {
        let folder = TempDir::new().expect("a folder");
        let at = folder.path();
        std::fs::create_dir(at.join("base")).expect("a folder is made");
        let lake = city().join("lake").to_string_lossy().into_owned();
        for table in ["institution", "agreement", "practitioner", "person"] {
            let file = at.join("base").join(format!("{table}.csv"));
            prints(at, &["lake", "export", table, &file.to_string_lossy(), "--lake", &lake]);
        }
        export(at, "old", &format!("TIME < timestamp '{day} 00:00:00'"));
        export(at, "new", &format!("TIME >= timestamp '{day} 00:00:00'"));
        let quality = at.join("quality.toml");
        // Lines and settlements of one encounter may fall on both sides of the day.
        std::fs::write(&quality, "refuse_batch_above = 1.0\n").expect("a policy is written");
        let import = |from: &[&str]| {
            let mut args = vec!["import"];
            args.extend(from);
            args.extend([
                "--lake",
                "lake",
                "--as-of",
                "2026-11-01",
                "--profile",
                "mingcha",
                "--quality",
                "quality.toml",
            ]);
            prints(at, &args);
        };
        import(&["base", "old"]);
        findings(at, "lake", &[]);
        import(&["new"]);
        let (of_again, again) = findings(at, "lake", &[]);
        let (of_whole, whole) = findings(at, "lake", &["--full"]);
        assert!(!whole.is_empty());
        assert!(of_again["built_on"].is_string() && of_whole["built_on"].is_null(), "{of_again} {of_whole}");
        assert_eq!(of_whole["looked_at"], of_whole["of"]);
        assert_eq!(of_again["of"], of_whole["of"]);
        if day == "2025-12-20" {
            let (looked_at, of) = (of_again["looked_at"].as_u64(), of_again["of"].as_u64());
            assert!(looked_at > Some(0) && looked_at < of, "not all have new claims: {of_again}");
        }
        assert!(again == whole, "split at {day}: the run built on an earlier one differs from a whole run");
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
