//! Person rules against the same rules as SQL in DuckDB, row by row, over cities of several seeds with much dirt.

#[path = "../../../../bench/python.rs"]
mod python;

use crate::prints;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};
use tempfile::TempDir;

const AS_OF: &str = "2025-11-15";

/// The offending rows of each rule as DuckDB finds them: `table,key`.
fn theirs(lake: &Path, out: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(python::python("duckdb"))
        .arg(root.join("bench/duckdb/run.py"))
        .args([lake, &root.join("library"), out])
        .args(["--as-of", AS_OF])
        .output()
        .expect("python runs");
    assert!(output.status.success(), "{}", crate::text(&output.stderr));
    let mut rows = BTreeMap::new();
    for chapter in ["institution", "insured"] {
        for file in std::fs::read_dir(out.join(chapter)).expect("answers") {
            let file = file.expect("an answer").path();
            let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&file).expect("rows");
            rows.insert(format!("{chapter}/{name}"), text.lines().skip(1).map(str::to_owned).collect());
        }
    }
    rows
}

/// The same as the product finds them.
fn ours(at: &Path, rules: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    prints(at, &["screen", "--lake", "lake", "--rules", &rules.join(","), "--as-of", AS_OF, "--full"]);
    prints(at, &["clues", "export", "rows.jsonl", "--findings", "--lake", "lake"]);
    let mut rows: BTreeMap<String, BTreeSet<String>> =
        rules.iter().map(|rule| ((*rule).to_owned(), BTreeSet::new())).collect();
    for line in std::fs::read_to_string(at.join("rows.jsonl")).expect("findings").lines() {
        let finding: mingcha_model::Finding = serde_json::from_str(line).expect("a finding");
        if finding.kind != mingcha_model::Kind::Inconclusive {
            let offending = finding.evidence.iter().filter(|row| row.role == mingcha_model::Role::Offending);
            let keys = offending.map(|row| format!("{},{}", row.table, row.key.join("|")));
            rows.get_mut(&finding.rule).expect("a rule that was asked").extend(keys);
        }
    }
    rows
}

#[test]
fn seventeen_person_rules_find_the_rows_that_duckdb_finds() {
    let mut seen = BTreeSet::new();
    for seed in ["11", "23", "42"] {
        let folder = TempDir::new().expect("a folder");
        let at = folder.path();
        let city = ["--persons", "2500", "--seed", seed, "--dirty", "20000", "--out", "city"];
        prints(at, &[&["synth"], &city[..]].concat());
        let quality = at.join("quality.toml");
        std::fs::write(&quality, "refuse_batch_above = 1.0\n").expect("a policy");
        let quality = quality.to_string_lossy();
        let import =
            ["import", "city/claims", "--lake", "lake", "--as-of", "2026-11-01", "--quality", &quality];
        prints(at, &import);
        let theirs = theirs(&at.join("lake"), &at.join("duckdb"));
        let rules: Vec<&str> = theirs.keys().map(String::as_str).collect();
        assert!(rules.len() >= 17, "{rules:?}");
        let ours = ours(at, &rules);
        for (rule, expected) in &theirs {
            let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
                a.difference(b).take(3).cloned().collect::<Vec<_>>()
            };
            let (here, there) = (only(&ours[rule], expected), only(expected, &ours[rule]));
            assert!(
                here.is_empty() && there.is_empty(),
                "seed {seed}, {rule}: only here {here:?}, only in DuckDB {there:?}"
            );
            seen.extend((!expected.is_empty()).then(|| rule.clone()));
        }
    }
    // Equal because both are empty would prove nothing.
    assert!(seen.len() >= 12, "only {seen:?} found anything");
}
