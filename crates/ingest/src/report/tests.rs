//! Tests of the report.

use super::*;
use crate::quarantine::RowFault;
use arrow_array::RecordBatch;
use mingcha_model::table::table;
use std::sync::Arc;

fn rejected(reason: Check) -> Rejected {
    row(&[reason])
}

/// A refused row with those faults, all of one column.
fn row(reasons: &[Check]) -> Rejected {
    let fault = |reason: &Check| RowFault {
        column: "cnt",
        value: "x".to_owned(),
        reason: *reason,
        message: reason.id().to_owned(),
        hint: String::new(),
    };
    let faults = reasons.iter().map(fault).collect();
    let table = table("fee").expect("a table");
    Rejected { file: Arc::from("<b>fee.csv"), line: 7, table, faults, row: Vec::new() }
}

/// Rows of fees in which nothing stands.
fn empty(rows: usize) -> RecordBatch {
    let fee = table("fee").expect("a table");
    let schema = crate::chunk_schema(fee);
    let mut columns: Vec<_> =
        schema.fields().iter().map(|field| arrow_array::new_null_array(field.data_type(), rows)).collect();
    let places = fee.columns.len();
    columns[places] = Arc::new(arrow_array::UInt32Array::from_value(0, rows));
    columns[places + 1] = Arc::new(arrow_array::UInt64Array::from_value(7, rows));
    RecordBatch::try_new(schema, columns).expect("a batch")
}

fn report() -> Report {
    let fee = table("fee").expect("a table");
    let mut notes = QualityCounts::default();
    notes.add(Check::CodeUnknown, "rx_flag", 2, || Some("<script>alert(1)</script>".to_owned()));
    let (rows, refused) = (empty(3), vec![0, 1, 2]);
    let bad = vec![rejected(Check::Type), rejected(Check::Type), rejected(Check::Missing)];
    let chunk = Chunk { table: fee, rows, refused, bad, notes, corrected: 0, skipped: 1 };
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
fn a_row_with_more_than_one_fault_is_one_row_counted_with_each_reason_and_the_report_says_so() {
    let said = "counted with each of its reasons";
    let (one_each, policy) = (report(), Policy::default());
    assert!(!one_each.to_text().contains(said), "{}", one_each.to_text());
    let mut report = one_each;
    let rows = [row(&[Check::OrphanEncounter, Check::RefundUnknown]), row(&[Check::Type, Check::Type])];
    report.add_bucket(&BucketReport::default(), &rows);
    assert_eq!(report.quarantined(), 5);
    let tally = &report.tables["fee"];
    let sum: u64 = tally.refused.values().sum();
    assert_eq!((tally.quarantined, sum, tally.refused[&Check::Type]), (5, 6, 3));
    assert_eq!(report.to_json()["tables"]["fee"]["quarantined"], 5);
    assert!(report.to_text().contains(said), "{}", report.to_text());
    let page = report.to_html(&policy, &rows);
    assert!(page.contains("一行有多项问题的，在每项原因中各计一次"), "{page}");
    assert!(page.contains("<td>orphan_encounter</td>") && page.contains("<td>refund_unknown</td>"), "{page}");
    let mut both = report.clone();
    both.merge(&report);
    assert_eq!(both.quarantined(), 10);
}

#[test]
fn files_that_come_back_from_quarantine_refuse_no_batch() {
    let mut report = report();
    report.returned.insert("another.csv".to_owned());
    assert!((report.refused_ratio() - 1.0).abs() < f64::EPSILON);
    report.returned.insert("<b>fee.csv".to_owned());
    assert!(report.refused_ratio().abs() < f64::EPSILON);
    assert_eq!(report.quarantined(), 3);
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
    let page = report().to_html(&Policy::default(), &[rejected(Check::Type)]);
    assert!(page.contains("&lt;script&gt;") && page.contains("&lt;b&gt;fee.csv"));
    for outside in ["<script", "http", "src=", "<link", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("代码不在代码表中"));
}

proptest::proptest! {
    #[test]
    fn every_row_that_is_read_is_kept_repeated_unchanged_or_quarantined(
        good in 0_usize..50, bad in 0_usize..5, duplicate in 0_u64..20, unchanged in 0_u64..20, refused in 0_usize..5,
    ) {
        let fee = table("fee").expect("a table");
        let left_out = duplicate + unchanged + refused as u64;
        let rows = empty(good + left_out as usize + bad);
        let chunk = Chunk {
            table: fee,
            rows,
            refused: (0..bad as u32).collect(),
            bad: vec![rejected(Check::Type); bad],
            notes: QualityCounts::default(),
            corrected: 0,
            skipped: 0,
        };
        let mut report = Report::default();
        report.add("<b>fee.csv", &chunk);
        report.add_bucket(&BucketReport::default(), &vec![rejected(Check::OrphanEncounter); refused]);
        report.add_left_out("fee", duplicate, unchanged);
        let tally = &report.tables["fee"];
        proptest::prop_assert_eq!(tally.kept, good as u64);
        proptest::prop_assert_eq!(tally.read, tally.kept + tally.duplicate + tally.unchanged + tally.quarantined);
    }
}

#[test]
fn the_page_lists_refused_rows_with_their_place_and_says_what_its_columns_mean() {
    let page = report().to_html(&Policy::default(), &[rejected(Check::Type)]);
    assert!(
        page.contains(
            "<td>&lt;b&gt;fee.csv</td><td class=\"n\">7</td><td>费用明细</td><td>数量</td><td>x</td>"
        ),
        "{page}"
    );
    assert!(page.contains("读入 = 保留 + 重复 + 未变 + 隔离"));
    let many = vec![rejected(Check::Type); 10_003];
    assert!(report().to_html(&Policy::default(), &many).contains("另有 3 行未列出"));
}

#[test]
fn the_commonest_reason_is_the_one_with_most_rows() {
    assert_eq!(report().commonest_refusal(), Some(("fee", Check::Type, 2)));
    assert_eq!(Report::default().commonest_refusal(), None);
}
