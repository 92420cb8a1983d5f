//! A batch is taken whole or not at all, a file once, and what is refused stays within reach.

use crate::{city, fails, mingcha, prints, text, with_lake};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, path::PathBuf};
use tempfile::TempDir;

const PERSON: &str = "psn_no,brdy,insutype,insu_admdvs,gend\nP1,1980-01-01,310,990101,1\n";
const ENCOUNTER: &str = "mdtrt_id,psn_no,fixmedins_code,med_type,begntime,endtime,insutype,insu_admdvs\n\
     E1,P1,H99010100001,11,2025-03-01 08:00:00,2025-03-01 09:00:00,310,990101\n";
const FEE: &str = "feedetl_sn,mdtrt_id,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,list_type,cnt,pric,det_item_fee_sumamt";

fn fees(at: &Path, name: &str, lines: impl IntoIterator<Item = (u32, &'static str, u32)>) {
    let line = |(number, time, price): (u32, &str, u32)| {
        format!("F{number},E1,P1,H99010100001,{time},001102000010000,201,1,{price},{price}.00\n")
    };
    let lines: String = lines.into_iter().map(line).collect();
    fs::write(at.join(name), format!("{FEE}\n{lines}")).expect("a file is written");
}

const TIME: &str = "2025-03-01 08:00:00";

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("person.csv"), PERSON).expect("a file is written");
    fs::write(folder.path().join("encounter.csv"), ENCOUNTER).expect("a file is written");
    folder
}

/// Every file and folder of a lake with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder is read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(bytes(&path));
            all.insert(path, Vec::new());
        } else {
            let content = fs::read(&path).expect("a file is read");
            all.insert(path, content);
        }
    }
    all
}

fn count(at: &Path, sql: &str) -> String {
    prints(at, &["lake", "query", sql, "--lake", "lake", "--json"])
}

#[test]
fn a_file_that_breaks_off_keeps_its_whole_batch_out_of_the_lake() {
    let folder = folder();
    let at = folder.path();
    let fee = city().join("fee.parquet");
    let lake = city().join("lake").to_string_lossy().into_owned();
    prints(at, &["lake", "export", "fee", &fee.to_string_lossy(), "--lake", &lake]);
    let whole = fs::read(&fee).expect("a file");
    fs::write(at.join("fee.parquet"), &whole[..whole.len() * 2 / 3]).expect("a file");
    fees(at, "fee-2.csv", (0..100).map(|number| (number, TIME, 10)));
    let quoted = fs::read_to_string(at.join("fee-2.csv")).expect("a file").replace("F90,", "\"F90,");
    fs::write(at.join("fee-2.csv"), quoted).expect("a file");
    let args = ["import", "person.csv", "encounter.csv", "fee.parquet", "fee-2.csv", "--lake", "lake"];
    let output = mingcha(at, &args);
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(3), "{said}{told}");
    assert!(said.contains("error: fee.parquet: no sound Parquet"), "{said}");
    assert!(said.contains("error: fee-2.csv:92: a quote is opened here and never closed"), "{said}");
    assert!(
        told.contains("nothing was imported: 2 faults") && told.contains("hint: mend those files"),
        "{told}"
    );
    let status = prints(at, &["lake", "status", "--lake", "lake", "--json"]);
    assert!(status.contains("\"batches\": 0"), "{status}");
    // Other batches go on, and so does this one once its files are sound.
    prints(at, &["import", "person.csv", "--lake", "lake"]);
    fs::remove_file(at.join("fee.parquet")).expect("a file goes");
    fees(at, "fee-2.csv", (0..100).map(|number| (number, TIME, 10)));
    let said = prints(at, &["import", "person.csv", "encounter.csv", "fee-2.csv", "--lake", "lake"]);
    assert!(said.contains("left out     person.csv: in the lake already, from batch "), "{said}");
    assert!(count(at, "SELECT count(*) AS n FROM fee").contains("\"n\":\"100\""));
}

#[test]
fn an_older_file_in_other_company_does_not_undo_a_correction() {
    let folder = folder();
    let at = folder.path();
    fees(at, "old.csv", (0..50).map(|number| (number, TIME, 10)));
    fees(at, "correction.csv", [(7, TIME, 12)]);
    fees(at, "new.csv", [(50, TIME, 10)]);
    let import = |files: &[&str]| prints(at, &[&["import", "--lake", "lake"], files].concat());
    let sum = || count(at, "SELECT count(*) AS n, sum(det_item_fee_sumamt) AS yuan FROM fee");
    import(&["person.csv", "encounter.csv", "old.csv"]);
    import(&["correction.csv"]);
    assert!(sum().contains("502.00"), "{}", sum());
    assert!(import(&["old.csv"]).contains("1 file in the lake already: nothing changed"));
    let report: Value =
        serde_json::from_str(&import(&["old.csv", "new.csv", "encounter.csv", "--json"])).expect("JSON");
    assert_eq!(report["left_out"].as_object().map(serde_json::Map::len), Some(2), "{report}");
    assert_eq!(
        (report["read"].as_u64(), report["quarantined"].as_u64()),
        (Some(1), Some(0)),
        "its visit stands in the lake"
    );
    assert!(sum().contains("512.00"), "{}", sum());
    // What is meant, is done.
    import(&["old.csv", "--again"]);
    assert!(sum().contains("510.00"), "{}", sum());
}

#[test]
fn a_month_that_no_batch_brings_is_told_with_the_next_one_and_then_no_more() {
    let folder = folder();
    let at = folder.path();
    fees(at, "fee-1.csv", (0..100).map(|number| (number, "2025-01-15 08:00:00", 10)));
    fees(at, "fee-3.csv", (100..200).map(|number| (number, "2025-03-15 08:00:00", 10)));
    fees(at, "fee-4.csv", (200..300).map(|number| (number, "2025-04-15 08:00:00", 10)));
    let import = |files: &[&str]| prints(at, &[&["import", "--lake", "lake"], files].concat());
    assert!(!import(&["person.csv", "encounter.csv", "fee-1.csv"]).contains("month_hole"));
    let said = import(&["fee-3.csv"]);
    assert!(said.contains("batch        fee: 2025-02 month_hole"), "{said}");
    assert!(!import(&["fee-4.csv"]).contains("month_hole"));
}

#[test]
fn a_batch_that_is_refused_whole_leaves_its_refused_rows_to_be_mended() {
    let folder = folder();
    let at = folder.path();
    fees(
        at,
        "fee.csv",
        (0..60).map(|number| (number, if number % 2 == 0 { TIME } else { "2025-02-30" }, 10)),
    );
    prints(at, &["import", "person.csv", "encounter.csv", "--lake", "lake"]);
    let told = fails(at, 3, &["import", "fee.csv", "--lake", "lake"]);
    let batch = told
        .split("--batch ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .expect("the batch is named")
        .to_owned();
    assert!(!at.join("lake/tables/fee").exists(), "nothing of it is in any table");
    let rows: Value =
        serde_json::from_str(&prints(at, &["lake", "quarantine", "--lake", "lake", "--json"])).expect("JSON");
    assert_eq!(
        (&rows[0]["state"], &rows[0]["rows"]),
        (&Value::from("refused batch"), &Value::from(30)),
        "{rows}"
    );
    prints(at, &["lake", "quarantine", "--lake", "lake", "--batch", &batch, "--out", "mend"]);
    let file = at.join("mend/fee-refused-batch.csv");
    let mended = fs::read_to_string(&file).expect("rows are exported").replace("2025-02-30", TIME);
    fs::write(&file, mended).expect("they are mended");
    prints(at, &["import", "mend", "--lake", "lake"]);
    assert!(count(at, "SELECT count(*) AS n FROM fee").contains("\"n\":\"30\""));
    let told = prints(at, &["lake", "quarantine", "--lake", "lake"]);
    assert_eq!(told.trim(), "no open rows; 30 mended (`--all` shows them)");
    // The rest comes with the file itself once the site allows so many bad rows; then it counts as refused no more.
    fs::write(at.join("quality.toml"), "refuse_batch_above = 1.0\n").expect("a policy");
    prints(at, &["import", "fee.csv", "--lake", "lake", "--quality", "quality.toml"]);
    assert!(count(at, "SELECT count(*) AS n FROM fee").contains("\"n\":\"60\""));
    assert_eq!(fs::read_dir(at.join("lake/refused")).expect("a folder").count(), 0);
}

#[test]
fn a_file_from_quarantine_may_be_mended_by_halves() {
    let folder = folder();
    let at = folder.path();
    let half = |number: u32| (number, if number.is_multiple_of(2) { TIME } else { "2025-02-30" }, 10);
    fees(at, "fee.csv", (0..60).map(half));
    fs::write(at.join("quality.toml"), "refuse_batch_above = 1.0\n").expect("a policy");
    let files = ["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake"];
    prints(at, &[&files[..], &["--quality", "quality.toml"]].concat());
    prints(at, &["lake", "quarantine", "--lake", "lake", "--out", "mend"]);
    let file = at.join("mend/fee-quarantine.csv");
    // The day stands twice in each row, in its column and as the value that was refused.
    let mended = fs::read_to_string(&file).expect("rows are exported").replacen("2025-02-30", TIME, 20);
    fs::write(&file, mended).expect("some are mended");
    let said = prints(at, &["import", "mend", "--lake", "lake"]);
    assert!(said.contains("quarantined         20  fee: type"), "{said}");
    assert!(count(at, "SELECT count(*) AS n FROM fee").contains("\"n\":\"40\""));
}

#[test]
fn a_row_that_is_refused_again_with_other_words_is_open_once() {
    let folder = folder();
    let at = folder.path();
    fees(at, "fee.csv", (0..50).map(|number| (number, if number == 9 { "2025-02-30" } else { TIME }, 10)));
    fees(at, "again.csv", (9..50).map(|number| (number, if number == 9 { "someday" } else { TIME }, 10)));
    prints(at, &["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake"]);
    prints(at, &["import", "again.csv", "--lake", "lake"]);
    let open: Value =
        serde_json::from_str(&prints(at, &["lake", "quarantine", "--lake", "lake", "--json"])).expect("JSON");
    assert_eq!(
        (&open[0]["rows"], &open[0]["first"]["value"]),
        (&Value::from(1), &Value::from("someday")),
        "{open}"
    );
}

#[test]
fn a_trial_on_a_lake_changes_not_one_byte_of_it() {
    let folder = folder();
    let at = folder.path();
    fees(at, "fee.csv", (0..50).map(|number| (number, TIME, 10)));
    fees(at, "bad.csv", (0..50).map(|number| (number, "2025-02-30", 10)));
    fs::write(at.join("broken.csv"), format!("{FEE}\n\"F1")).expect("a file");
    fs::write(
        at.join("institution.csv"),
        "fixmedins_code,fixmedins_name,fixmedins_type,admdvs\nH99010100001,院,1,990101\n",
    )
    .expect("a file");
    prints(at, &["import", "person.csv", "encounter.csv", "--lake", "lake"]);
    // What a killed writer left is not a trial's to mend either.
    fs::create_dir(at.join("lake/staging/left")).expect("a folder");
    let before = bytes(&at.join("lake"));
    let trial = |files: &[&str]| {
        mingcha(at, &[&["import", "--lake", "lake", "--dry-run"], files].concat()).status.code()
    };
    let codes = [
        trial(&["person.csv", "encounter.csv", "fee.csv", "institution.csv"]),
        trial(&["bad.csv"]),
        trial(&["broken.csv", "fee.csv"]),
        trial(&["person.csv"]),
        trial(&["person.csv", "--again"]),
    ];
    assert_eq!(codes, [Some(0), Some(3), Some(3), Some(0), Some(0)]);
    assert_eq!(bytes(&at.join("lake")), before);
    prints(at, &["import", "fee.csv", "institution.csv", "--lake", "lake"]);
}

#[test]
fn the_history_and_the_quarantine_outlive_a_vacuum() {
    let folder = folder();
    let at = folder.path();
    fees(at, "fee.csv", (0..50).map(|number| (number, if number == 9 { "2025-02-30" } else { TIME }, 10)));
    fees(at, "fee-2.csv", [(100, TIME, 10)]);
    fees(at, "fee-3.csv", [(101, TIME, 10)]);
    prints(at, &["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake"]);
    prints(at, &["import", "fee-2.csv", "--lake", "lake"]);
    prints(at, &["import", "fee-3.csv", "--lake", "lake"]);
    let history = || -> Vec<Value> {
        let all: Value = serde_json::from_str(&prints(at, &["lake", "history", "--lake", "lake", "--json"]))
            .expect("JSON");
        let all = all.as_array().cloned().unwrap_or_default();
        all.into_iter().filter(|line| line["counts"].is_object()).collect()
    };
    let (before, open) = (history(), prints(at, &["lake", "quarantine", "--lake", "lake"]));
    assert!(open.contains("2025-02-30"), "{open}");
    prints(at, &["lake", "vacuum", "--keep", "1", "--lake", "lake"]);
    let after = history();
    assert_eq!(after.iter().map(|line| line["kept"] == true).collect::<Vec<_>>(), [false, false, true]);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(
            (&before["made"], &before["written"], &before["counts"]),
            (&after["made"], &after["written"], &after["counts"])
        );
    }
    assert_eq!(prints(at, &["lake", "quarantine", "--lake", "lake"]), open);
    fees(at, "mended.csv", [(9, TIME, 10)]);
    prints(at, &["import", "mended.csv", "--lake", "lake"]);
    assert!(prints(at, &["lake", "quarantine", "--lake", "lake"]).contains("no open rows; 1 mended"));
}

#[test]
fn what_cannot_be_used_as_it_was_named_is_the_users() {
    let folder = folder();
    let at = folder.path();
    for args in [
        vec!["synth", "--persons", "10", "--out", "city", "--start", "2025-01-15"],
        vec!["synth", "--persons", "10", "--out", "city", "--plan", "nowhere.toml"],
        vec!["profile", "new", "nowhere.csv"],
        vec!["import", "person.csv", "--lake", "lake", "--quality", "nowhere.toml"],
        vec!["import", "person.csv", "--lake", "lake", "--report", "nowhere/report.html"],
    ] {
        fails(at, 4, &args);
    }
    prints(at, &["lake", "status", "--lake", "lake"]);
    fails(at, 4, &["screen", "--lake", "lake"]);
}

#[test]
fn money_in_json_says_its_unit() {
    let folder = with_lake();
    let at = folder.path();
    let json = |args: &[&str]| -> Value { serde_json::from_str(&prints(at, args)).expect("JSON") };
    assert_eq!(json(&["screen", "--lake", "lake", "--json"])["money_unit"], "fen");
    let clues = json(&["clues", "list", "--lake", "lake", "--json"]);
    let clue = clues[0]["id"].as_str().expect("a clue");
    assert_eq!(json(&["clues", "show", clue, "--lake", "lake", "--json"])["money_unit"], "fen");
    for args in [["clues", "list", "--help"], ["clues", "export", "--help"]] {
        assert!(prints(at, &args).contains("whole fen"));
    }
}
