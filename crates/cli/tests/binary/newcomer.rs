//! What a newcomer meets at the first imports: words that help, counts that add up, and nothing left behind by a trial.

use crate::{fails, mingcha, prints, text};
use serde_json::Value;
use std::{fmt::Write, fs, path::Path};
use tempfile::TempDir;

const PERSON: &str = "psn_no,brdy,insutype,insu_admdvs,gend\nP1,1980-01-01,310,990101,1\n";
const ENCOUNTER: &str = "mdtrt_id,psn_no,fixmedins_code,med_type,begntime,endtime,insutype,insu_admdvs\n\
     E1,P1,H99010100001,11,2025-03-01 08:00:00,2025-03-01 09:00:00,310,990101\n";
const FEE: &str = "feedetl_sn,mdtrt_id,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,list_type,cnt,pric,det_item_fee_sumamt";

/// A fee line of that number, at that time and price.
fn line(number: u32, time: &str, price: u32) -> String {
    format!("F{number},E1,P1,H99010100001,{time},001102000010000,201,1,{price},{price}.00\n")
}

const TIME: &str = "2025-03-01 08:00:00";

/// Writes a fee file of those lines.
fn fees(at: &Path, name: &str, lines: &[String]) {
    fs::write(at.join(name), format!("{FEE}\n{}", lines.concat())).expect("a file is written");
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("person.csv"), PERSON).expect("a file is written");
    fs::write(folder.path().join("encounter.csv"), ENCOUNTER).expect("a file is written");
    folder
}

fn json(at: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&prints(at, args)).expect("an answer in JSON")
}

#[test]
fn a_fee_file_without_its_visits_is_told_to_bring_them() {
    let folder = folder();
    let at = folder.path();
    fees(at, "fee.csv", &(0..26).map(|number| line(number, TIME, 10)).collect::<Vec<_>>());
    let told = fails(at, 3, &["import", "fee.csv", "--lake", "lake", "--report", "report.html"]);
    for said in [
        "most often `orphan_encounter`: 26 rows of `fee` name a visit that is not in the lake",
        "import the encounter file first, or together",
        "`--report FILE`",
        "`refuse_batch_above` in a `--quality` file",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    let page = fs::read_to_string(at.join("report.html")).expect("a report");
    assert_eq!(page.matches("<td>fee.csv</td><td class=\"n\">").count(), 26, "each refused row is listed");
    fs::write(at.join("quality.toml"), "refuse_batch_above = 1.0\n").expect("a policy");
    prints(at, &["import", "fee.csv", "--lake", "lake", "--quality", "quality.toml"]);
}

#[test]
fn a_file_of_a_header_alone_is_told_so() {
    let folder = folder();
    let at = folder.path();
    fees(at, "fee.csv", &[]);
    let output = mingcha(at, &["import", "fee.csv", "--lake", "lake"]);
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(3), "{said}{told}");
    assert!(said.starts_with("error: fee.csv:1: has a header and no rows that are read"), "{said}");
    assert!(!told.contains("profile new"), "{told}");
}

#[test]
fn a_trial_leaves_nothing_behind() {
    let folder = folder();
    let at = folder.path();
    let trials = at.join("tmp");
    fs::create_dir(&trials).expect("a folder for temporary files");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_mingcha"))
        .args(["import", "person.csv", "encounter.csv", "--lake", "deep/lake", "--dry-run"])
        .current_dir(at)
        .env("TMPDIR", &trials)
        .output()
        .expect("the binary starts");
    assert!(output.status.success(), "{output:?}");
    assert!(!at.join("deep").exists());
    assert_eq!(fs::read_dir(&trials).expect("a folder").count(), 0, "the trial's own lake is gone");
    prints(at, &["import", "person.csv", "--lake", "lake"]);
    let before = tree(&at.join("lake"));
    prints(at, &["import", "person.csv", "encounter.csv", "--lake", "lake", "--dry-run"]);
    assert_eq!(tree(&at.join("lake")), before);
}

/// All files below a folder.
fn tree(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder is read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(tree(&path));
        } else {
            all.push(path.display().to_string());
        }
    }
    all.sort();
    all
}

/// The counts of a table in a report.
fn counts(report: &Value, table: &str) -> [u64; 5] {
    ["read", "kept", "duplicate", "unchanged", "quarantined"]
        .map(|name| report["tables"][table][name].as_u64().unwrap_or_else(|| panic!("{name}: {report}")))
}

#[test]
fn every_row_that_was_read_is_accounted_for() {
    let folder = folder();
    let at = folder.path();
    let mut lines: Vec<String> = (0..100).map(|number| line(number, TIME, 10)).collect();
    lines.extend([line(7, TIME, 11), line(8, TIME, 10), line(100, "2025-02-30", 10)]);
    fees(at, "fee.csv", &lines);
    let import =
        |file: &str| json(at, &["import", "person.csv", "encounter.csv", file, "--lake", "lake", "--json"]);
    let fee_rows = || {
        let status = json(at, &["lake", "status", "--lake", "lake", "--json"]);
        let tables = status["tables"].as_array().cloned().unwrap_or_default();
        tables.iter().find(|table| table["table"] == "fee").and_then(|table| table["rows"].as_u64())
    };
    let first = counts(&import("fee.csv"), "fee");
    assert_eq!(first, [103, 100, 2, 0, 1]);
    assert_eq!(fee_rows(), Some(first[1]), "what is kept stands in the lake");
    // One line corrected, one new, two as they were.
    fees(at, "fee2.csv", &[line(1, TIME, 12), line(200, TIME, 10), line(2, TIME, 10), line(3, TIME, 10)]);
    let report = import("fee2.csv");
    let second = counts(&report, "fee");
    assert_eq!(second, [4, 2, 0, 2, 0]);
    assert_eq!(fee_rows(), Some(101));
    assert_eq!(report["files"][0]["kept"], Value::Null, "a file cannot tell which of its rows repeat a key");
    let help = prints(at, &["import", "--help"]);
    assert!(
        help.contains("read = kept + duplicate + unchanged + quarantined") && help.contains("corrected ")
    );
}

#[test]
fn a_row_that_belongs_to_nobody_is_counted_as_refused_whatever_the_site_decides() {
    let folder = folder();
    let at = folder.path();
    let mut lines = String::from("mdtrt_id,diag_srt_no,maindiag_flag,diag_code\n");
    for number in 0..40 {
        let visit = if number == 0 { "E9" } else { "E1" };
        writeln!(lines, "{visit},{number},0,I10.x00").expect("a text grows");
    }
    fs::write(at.join("diagnosis.csv"), lines).expect("a file is written");
    fs::write(at.join("quality.toml"), "[check.orphan_encounter]\naction = \"note\"\n").expect("a policy");
    let args =
        ["import", ".", "--lake", "lake", "--quality", "quality.toml", "--profile", "mingcha", "--json"];
    let files = ["person.csv", "encounter.csv", "diagnosis.csv"];
    let report = json(at, &[&args[..1], &files, &args[2..]].concat());
    assert_eq!(counts(&report, "diagnosis"), [40, 39, 0, 0, 1]);
    let told = prints(at, &["lake", "quarantine", "--lake", "lake"]);
    assert!(told.contains("psn_no") && told.contains("missing"), "{told}");
}

/// The rows in quarantine by state.
fn states(at: &Path, more: &[&str]) -> Vec<(String, u64)> {
    let groups = json(at, &[&["lake", "quarantine", "--lake", "lake", "--json"], more].concat());
    let one = |group: &Value| {
        (group["state"].as_str().expect("a state").to_owned(), group["rows"].as_u64().expect("a count"))
    };
    groups.as_array().expect("a list").iter().map(one).collect()
}

#[test]
fn a_mended_row_leaves_the_quarantine_and_an_open_one_stays() {
    let folder = folder();
    let at = folder.path();
    let mut lines: Vec<String> = (0..96).map(|number| line(number, TIME, 10)).collect();
    // Two rows with a day that there never was, one of them with a key that stands from the same batch, and one too wide.
    lines.extend([line(100, "2025-02-30", 10), line(5, "2025-02-30", 10)]);
    lines.push(line(101, TIME, 10).replace("101,E1", "101,1,E1"));
    fees(at, "fee.csv", &lines);
    prints(at, &["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake"]);
    let all: u64 = states(at, &[]).iter().map(|(_, rows)| rows).sum();
    assert_eq!(all, 3, "all are open at first");
    fees(at, "mended.csv", &[line(100, "2025-02-28 08:00:00", 10), line(101, TIME, 10)]);
    prints(at, &["import", "mended.csv", "--lake", "lake"]);
    let open = vec![("open".to_owned(), 1), ("open".to_owned(), 1)];
    assert_eq!(states(at, &[]), open, "the row too wide has no key, the correction was not brought again");
    let mut all = states(at, &["--all"]);
    all.sort();
    assert_eq!(all, [("mended".to_owned(), 1), ("open".to_owned(), 1), ("open".to_owned(), 1)]);
    prints(at, &["lake", "quarantine", "--lake", "lake", "--out", "mend"]);
    let text = fs::read_to_string(at.join("mend/fee-quarantine.csv")).expect("rows are exported");
    assert!(text.contains("F5,,E1") && !text.contains("F100,"), "{text}");
    // The correction that was refused comes again with a sound day: now it is mended too.
    fees(at, "correction.csv", &[line(5, "2025-02-27 08:00:00", 10)]);
    prints(at, &["import", "correction.csv", "--lake", "lake"]);
    assert_eq!(states(at, &[]), [("open".to_owned(), 1)]);
}

/// Reason and rows of each line of the quarantine.
fn reasons(at: &Path) -> Vec<(String, u64)> {
    let groups = json(at, &["lake", "quarantine", "--lake", "lake", "--json"]);
    let one = |group: &Value| {
        let reason = format!("{}.{}", group["column"], group["reason"]).replace('"', "");
        (reason, group["rows"].as_u64().expect("a count"))
    };
    groups.as_array().expect("a list").iter().map(one).collect()
}

#[test]
fn a_row_tells_all_its_faults_and_one_mended_by_halves_comes_back_once() {
    let folder = folder();
    let at = folder.path();
    let mut lines: Vec<String> = (0..96).map(|number| line(number, TIME, 10)).collect();
    lines.push(line(100, "2025-02-30", 10).replace(",1,10,10", ",one,10,10"));
    lines.push(line(101, "2025-02-30", 10));
    fees(at, "fee.csv", &lines);
    let report = json(at, &["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake", "--json"]);
    assert_eq!(counts(&report, "fee"), [98, 96, 0, 0, 2]);
    assert_eq!(report["tables"]["fee"]["refused"]["type"], 2);
    let time = "fee_ocur_time.type".to_owned();
    assert_eq!(reasons(at), [("cnt.type".to_owned(), 1), (time.clone(), 2)]);
    let told = mingcha(at, &["lake", "quarantine", "--lake", "lake"]);
    assert!(text(&told.stderr).contains("2 rows in all"), "{}", text(&told.stderr));
    prints(at, &["lake", "quarantine", "--lake", "lake", "--out", "mend"]);
    let file = at.join("mend/fee-quarantine.csv");
    let mended = fs::read_to_string(&file).expect("rows are exported");
    assert!(mended.contains("fee_ocur_time；cnt,2025-02-30；one,type；type,"), "{mended}");
    // One fault of two is mended, and the other row whole.
    let mended = mended
        .replacen(",one,", ",1,", 1)
        .replace("F101,,E1,P1,H99010100001,2025-02-30", &{ format!("F101,,E1,P1,H99010100001,{TIME}") });
    fs::write(&file, mended).expect("mended by halves");
    prints(at, &["import", "mend", "--lake", "lake"]);
    assert_eq!(reasons(at), [(time, 1)]);
    prints(at, &["lake", "quarantine", "--lake", "lake", "--out", "mend"]);
    let mended = fs::read_to_string(&file).expect("rows are exported").replacen("2025-02-30", TIME, 1);
    fs::write(&file, mended).expect("mended");
    prints(at, &["import", "mend", "--lake", "lake"]);
    assert_eq!(reasons(at), []);
    let count = prints(at, &["lake", "query", "SELECT count(*) AS n FROM fee", "--lake", "lake", "--json"]);
    assert!(count.contains("\"n\":\"98\""), "{count}");
}

#[test]
fn a_quarantine_without_open_rows_says_how_many_are_mended() {
    let folder = folder();
    let at = folder.path();
    let mut lines: Vec<String> = (0..40).map(|number| line(number, TIME, 10)).collect();
    lines.push(line(100, "2025-02-30", 10));
    fees(at, "fee.csv", &lines);
    prints(at, &["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake"]);
    prints(at, &["lake", "compact", "--buckets", "4", "--lake", "lake"]);
    fees(at, "mended.csv", &[line(100, TIME, 10)]);
    prints(at, &["import", "mended.csv", "--lake", "lake"]);
    let told = prints(at, &["lake", "quarantine", "--lake", "lake"]);
    assert_eq!(told.trim(), "no open rows; 1 mended (`--all` shows them)");
    assert!(prints(at, &["lake", "quarantine", "--lake", "lake", "--all"]).contains("mended"));
    prints(at, &["lake", "vacuum", "--keep", "1", "--lake", "lake"]);
    let told = prints(at, &["lake", "quarantine", "--lake", "lake"]);
    assert_eq!(
        told.trim(),
        "no open rows; 1 mended (`--all` shows them)",
        "also without the versions of before"
    );
}

#[test]
fn a_row_that_is_refused_again_counts_once() {
    let folder = folder();
    let at = folder.path();
    let mut lines: Vec<String> = (0..40).map(|number| line(number, TIME, 10)).collect();
    lines.extend([line(100, "2025-02-30", 10), line(101, "2025-02-30", 10)]);
    fees(at, "fee.csv", &lines);
    prints(at, &["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake"]);
    prints(at, &["import", "fee.csv", "--again", "--lake", "lake"]);
    assert_eq!(states(at, &[]), [("open".to_owned(), 2)]);
    fees(at, "mended.csv", &[line(100, TIME, 10)]);
    prints(at, &["import", "mended.csv", "--lake", "lake"]);
    prints(at, &["import", "fee.csv", "--again", "--lake", "lake"]);
    let mut all = states(at, &["--all"]);
    all.sort();
    assert_eq!(all, [("mended".to_owned(), 1), ("open".to_owned(), 1)], "what was mended stays so");
}

#[test]
fn a_profile_is_drafted_for_the_table_that_is_named_and_shown_whole() {
    let folder = folder();
    let at = folder.path();
    fs::write(at.join("x.csv"), "数量,单价\n").expect("a file is written");
    let draft = prints(at, &["profile", "new", "x.csv", "--table", "fee"]);
    assert!(draft.contains("\n[[table]]\ntable = \"fee\"\n"), "{draft}");
    let told = fails(at, 2, &["profile", "new", "x.csv", "--table", "fees"]);
    assert!(told.contains("`fee`"), "{told}");
    let told = fails(at, 4, &["profile", "new", "nope.csv"]);
    assert_eq!(told.matches("No such file").count(), 1, "{told}");
    for name in ["mingcha", "interface", "centre"] {
        let whole = prints(at, &["profile", "show", name]);
        fs::write(at.join("again.toml"), &whole).expect("a file is written");
        assert!(whole.contains(&format!("name = \"{name}\"")), "{whole}");
        assert!(prints(at, &["profile", "check", "again.toml"]).contains("no faults"));
    }
    let told = fails(at, 4, &["profile", "show", "nope"]);
    assert!(told.contains("`centre`"), "{told}");
}

#[test]
fn a_line_of_another_width_is_told_without_an_empty_column() {
    let folder = folder();
    let at = folder.path();
    let mut lines: Vec<String> = (0..40).map(|number| line(number, TIME, 10)).collect();
    lines.push(line(100, TIME, 10).replace("10.00", "1,010.00"));
    fees(at, "fee.csv", &lines);
    let told =
        prints(at, &["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake", "--dry-run"]);
    assert!(told.contains("fee.csv:42: fee `该行 11 列，表头 10 列`: 列数与表头不一致 (fields)"), "{told}");
    assert!(told.contains("hint (fields): ") && told.contains("逗号"), "{told}");
    assert!(!told.contains("noted"), "{told}");
}
