//! Tests of the report.

use super::*;
use arrow_array::RecordBatch;
use mingcha_model::table::table;
use std::sync::Arc;

fn rejected(reason: Check) -> Rejected {
    Rejected {
        file: Arc::from("<b>fee.csv"),
        line: 7,
        table: table("fee").expect("a table"),
        column: "cnt",
        value: "x".to_owned(),
        reason,
        message: String::new(),
        hint: String::new(),
        row: Vec::new(),
    }
}

fn report() -> Report {
    let fee = table("fee").expect("a table");
    let mut notes = QualityCounts::default();
    notes.add(Check::CodeUnknown, "rx_flag", 2, || Some("<script>alert(1)</script>".to_owned()));
    let good = RecordBatch::new_empty(crate::chunk_schema(fee));
    let bad = vec![rejected(Check::Type), rejected(Check::Type), rejected(Check::Missing)];
    let chunk = Chunk { table: fee, good, bad, notes, corrected: 0, skipped: 1 };
    let mut report = Report::default();
    report.add("<b>fee.csv", &chunk);
    report
}

#[test]
fn rows_are_counted_by_table_file_and_reason() {
    let report = report();
    assert_eq!((report.read(), report.quarantined()), (3, 3));
    assert!((report.refused_ratio() - 1.0).abs() < f64::EPSILON);
    let json = report.to_json();
    assert_eq!(json["tables"]["fee"]["refused"]["type"], 2);
    assert_eq!(json["files"][0]["skipped"], 1);
    assert!(report.to_text().contains("fee.rx_flag: code_unknown"));
}

#[test]
fn merging_is_adding() {
    let mut both = report();
    both.merge(&report());
    assert_eq!(both.quarantined(), 6);
    assert_eq!(both.tables["fee"].notes.rows(Check::CodeUnknown), 4);
    assert!(Report::default().refused_ratio().abs() < f64::EPSILON);
}

#[test]
fn the_page_is_self_contained_and_what_stands_in_the_data_stays_text() {
    let page = report().to_html(&Policy::default());
    assert!(page.contains("&lt;script&gt;") && page.contains("&lt;b&gt;fee.csv"));
    for outside in ["<script", "http", "src=", "<link", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("代码不在代码表中"));
}
