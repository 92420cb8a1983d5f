//! Another engine reads the tables from the Delta logs alone and finds what the lake says.

mod common;
#[path = "../../../bench/python.rs"]
mod python;

use common::{encounter, fee, import, lines};
use mingcha_lake::Lake;
use std::process::Command;

/// Reads the adds and removes of a Delta log and lets DuckDB sum up the files that are left.
const SCRIPT: &str = r#"
import duckdb, glob, json, sys, urllib.parse
table = sys.argv[1]
files = {}
for commit in sorted(glob.glob(glob.escape(table) + "/_delta_log/*.json")):
    for line in open(commit):
        action = json.loads(line)
        if "remove" in action: files.pop(action["remove"]["path"], None)
        if "add" in action: files[action["add"]["path"]] = json.loads(action["add"]["stats"])["numRecords"]
paths = [table + "/" + urllib.parse.unquote(path) for path in files]
rows = duckdb.sql("SELECT count(*), sum(det_item_fee_sumamt), count(DISTINCT psn_no), min(fee_ocur_time), max(feedetl_sn) FROM read_parquet(?)", params=[paths]).fetchall()[0]
assert rows[0] == sum(files.values()), (rows, files)
print("|".join(str(value) for value in rows))
"#;

fn run(command: &mut Command) -> String {
    let output = command.output().expect("starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().into()
}

#[test]
fn duckdb_finds_the_same_rows_and_sums_in_the_delta_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::create(folder.path().join("lake")).expect("a lake");
    let fees = |from: u32, to: u32, amount: i64| {
        (from..to).map(|sn| fee(sn, sn % 7, i64::from(sn), amount)).collect::<Vec<_>>()
    };
    import(&lake, "a", &[("fee", fees(0, 200, 100)), ("encounter", vec![encounter(1, 1)])]);
    import(&lake, "b", &[("fee", fees(150, 260, 350))]);
    let question = "SELECT count(*), sum(det_item_fee_sumamt), count(DISTINCT psn_no), min(fee_ocur_time), max(feedetl_sn) FROM fee";
    let ask = || {
        run(Command::new(python::python("duckdb")).args(["-c", SCRIPT]).arg(lake.folder().join("tables/fee")))
    };
    for buckets in [None, Some(4)] {
        lake.compact(buckets).expect("compacts");
        let answer = lake.query(question).expect("answers");
        assert_eq!(lines(&answer[0])[0].replace('T', " "), ask());
    }
}
