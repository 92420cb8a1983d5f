//! Tests of the bucket checks.

use super::*;
use crate::column::chunk_schema;
use arrow_array::{ArrayRef, new_null_array};
use arrow_cast::cast;

/// A batch of a table from texts by column; what is not named is missing.
fn batch(name: &str, columns: &[&str], rows: &[&[&str]]) -> RecordBatch {
    let table = table(name).expect("a table");
    let schema = arrow_schema::Schema::new(
        chunk_schema(table)
            .fields()
            .iter()
            .map(|field| field.as_ref().clone().with_nullable(true))
            .collect::<Vec<_>>(),
    );
    let arrays: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .map(|field| match columns.iter().position(|column| column == field.name()) {
            Some(at) => {
                let texts: arrow_array::StringArray =
                    rows.iter().map(|row| Some(row[at]).filter(|text| !text.is_empty())).collect();
                cast(&texts, field.data_type()).expect("castable")
            }
            None => new_null_array(field.data_type(), rows.len()),
        })
        .collect();
    RecordBatch::try_new(Arc::new(schema), arrays).expect("a batch")
}

fn encounters() -> RecordBatch {
    let columns = ["mdtrt_id", "psn_no", "fixmedins_code", "med_type", "begntime", "endtime"];
    batch(
        "encounter",
        &columns,
        &[
            &["M1", "P1", "H1", "21", "2025-03-01T10:00:00", "2025-03-05T09:00:00"],
            &["M2", "P1", "H1", "11", "2025-04-01T10:00:00", "2025-04-01T11:00:00"],
        ],
    )
}

fn fees(rows: &[&[&str]]) -> RecordBatch {
    let columns = [
        "feedetl_sn",
        "setl_id",
        "mdtrt_id",
        "psn_no",
        "fixmedins_code",
        "fee_ocur_time",
        "det_item_fee_sumamt",
        "init_feedetl_sn",
    ];
    batch("fee", &columns, rows)
}

fn found(view: &BucketView<'_>) -> Vec<(&'static str, &'static str, u64)> {
    let report = check_bucket(view, &Policy::default());
    let mut found: Vec<_> = Vec::new();
    for (table, notes) in &report.notes {
        found.extend(notes.iter().map(|((check, _), count)| (*table, check.id(), count.rows)));
    }
    for (table, refused) in &report.refused {
        found.extend(refused.iter().map(|refusal| (*table, refusal.check.id(), u64::from(refusal.row))));
    }
    found
}

#[test]
fn a_sound_bucket_is_silent() {
    let (encounter, fee) = (
        encounters(),
        fees(&[
            &["F1", "S1", "M1", "P1", "H1", "2025-03-01T00:00:00", "10.00", ""],
            &["F2", "S1", "M1", "P1", "H1", "2025-03-05T23:59:59", "5.00", ""],
            &["F3", "S2", "M2", "P1", "H1", "2025-04-03T10:00:00", "1.00", ""],
            &["F4", "S2", "M2", "P1", "H1", "2025-04-03T10:00:00", "-1.00", "F3"],
        ]),
    );
    let settlement = batch(
        "settlement",
        &[
            "setl_id",
            "mdtrt_id",
            "psn_no",
            "medfee_sumamt",
            "hifp_pay",
            "fund_pay_sumamt",
            "psn_part_amt",
            "acct_pay",
            "psn_cash_pay",
            "refd_setl_flag",
        ],
        &[
            &["S1", "M1", "P1", "15.00", "9.00", "9.00", "6.00", "1.00", "5.00", "0"],
            &["S2", "M2", "P1", "0.00", "0.00", "0.00", "0.00", "", "", "0"],
        ],
    );
    let person = batch("person", &["psn_no"], &[&["P1"]]);
    let (persons, institutions) = (FxHashSet::default(), ["H1".to_owned()].into_iter().collect());
    let known = Known { persons: Some(&persons), institutions: Some(&institutions), ..Known::default() };
    let view = BucketView {
        person: Some(&person),
        encounter: Some(&encounter),
        settlement: Some(&settlement),
        fee: Some(&fee),
        known,
        ..BucketView::default()
    };
    assert_eq!(found(&view), []);
}

#[test]
fn a_fee_without_its_encounter_is_refused_unless_the_lake_knows_it() {
    let fee = fees(&[&["F1", "", "M9", "P1", "H1", "2025-03-01T00:00:00", "10.00", ""]]);
    let own = encounters();
    let view = BucketView { encounter: Some(&own), fee: Some(&fee), ..BucketView::default() };
    assert_eq!(found(&view), [("fee", "orphan_encounter", 0)]);
    let lake = batch("encounter", &["mdtrt_id", "med_type"], &[&["M9", "11"]]);
    let known = Known { encounter: Some(&lake), ..Known::default() };
    assert_eq!(found(&BucketView { known, ..view }), []);
}

#[test]
fn people_institutions_and_practitioners_that_nobody_knows_are_noted() {
    let encounter = batch(
        "encounter",
        &["mdtrt_id", "psn_no", "fixmedins_code", "atddr_no"],
        &[&["M1", "P1", "H1", "D1"]],
    );
    let nobody = FxHashSet::default();
    let known = Known {
        persons: Some(&nobody),
        institutions: Some(&nobody),
        practitioners: Some(&nobody),
        ..Known::default()
    };
    let view = BucketView { encounter: Some(&encounter), known, ..BucketView::default() };
    let expected = [
        ("encounter", "unknown_person", 1),
        ("encounter", "unknown_institution", 1),
        ("encounter", "unknown_practitioner", 1),
    ];
    assert_eq!(found(&view), expected);
    assert_eq!(found(&BucketView { known: Known::default(), ..view }), []);
}

#[test]
fn settlements_are_held_against_their_lines_and_their_parts() {
    let fee = fees(&[&["F1", "S1", "M1", "P1", "H1", "2025-03-01T00:00:00", "10.00", ""]]);
    let encounter = encounters();
    let columns = ["setl_id", "mdtrt_id", "medfee_sumamt", "hifp_pay", "fund_pay_sumamt", "psn_part_amt"];
    let settlement = batch("settlement", &columns, &[&["S1", "M1", "10.02", "5.00", "5.02", "5.00"]]);
    let view = BucketView {
        encounter: Some(&encounter),
        settlement: Some(&settlement),
        fee: Some(&fee),
        ..BucketView::default()
    };
    assert_eq!(found(&view), [("settlement", "settlement_sum", 1), ("settlement", "settlement_parts", 1)]);
    // The lake has the rest of the lines, and an old form of the one that comes anew.
    let lake = fees(&[
        &["F1", "S1", "M1", "P1", "H1", "2025-03-01T00:00:00", "77.00", ""],
        &["F0", "S1", "M1", "P1", "H1", "2025-03-01T00:00:00", "0.02", ""],
    ]);
    let known = Known { fee: Some(&lake), ..Known::default() };
    assert_eq!(found(&BucketView { known, ..view }), [("settlement", "settlement_parts", 1)]);
}

#[test]
fn fees_outside_their_stay_lost_settlements_and_lost_refunds_are_noted() {
    let fee = fees(&[
        &["F1", "S1", "M1", "P1", "H1", "2025-02-28T23:59:59", "10.00", ""],
        &["F2", "S9", "M1", "P1", "H1", "2025-03-06T00:00:00", "10.00", ""],
        &["F3", "S1", "M2", "P1", "H1", "2025-09-06T00:00:00", "-10.00", "F77"],
    ]);
    let encounter = encounters();
    let columns = ["setl_id", "mdtrt_id", "medfee_sumamt", "refd_setl_flag", "init_setl_id"];
    let settlement =
        batch("settlement", &columns, &[&["S1", "M1", "0.00", "0", ""], &["S2", "M1", "-1.00", "1", ""]]);
    let view = BucketView {
        encounter: Some(&encounter),
        settlement: Some(&settlement),
        fee: Some(&fee),
        ..BucketView::default()
    };
    let expected = [
        ("fee", "orphan_settlement", 1),
        ("fee", "fee_outside_stay", 2),
        ("fee", "refund_unknown", 1),
        ("settlement", "refund_unknown", 1),
    ];
    assert_eq!(found(&view), expected);
}

#[test]
fn a_repeated_row_is_dropped_and_another_row_of_its_key_is_noted() {
    let fee = fees(&[
        &["F1", "", "M1", "P1", "H1", "2025-03-01T00:00:00", "10.00", ""],
        &["F1", "", "M1", "P1", "H1", "2025-03-01T00:00:00", "10.00", ""],
        &["F1", "", "M1", "P1", "H1", "2025-03-01T00:00:00", "11.00", ""],
        &["F1", "", "M1", "P1", "H2", "2025-03-01T00:00:00", "10.00", ""],
    ]);
    let encounter = encounters();
    let view = BucketView { encounter: Some(&encounter), fee: Some(&fee), ..BucketView::default() };
    let report = check_bucket(&view, &Policy::default());
    assert_eq!(report.dropped["fee"], [1]);
    assert_eq!(report.notes["fee"].rows(Check::DuplicateKey), 1);
    let table = table("fee").expect("a table");
    let (kept, rejected) = report.part(table, &fee, &Policy::default(), &[]).expect("parted");
    assert_eq!((kept.num_rows(), rejected.len()), (3, 0));
}

#[test]
fn what_a_site_wants_refused_goes_to_quarantine_with_its_place() {
    let fee = fees(&[&["F1", "", "M1", "P1", "H1", "2025-02-01T00:00:00", "10.00", ""]]);
    let encounter = encounters();
    let mut policy = Policy::default();
    policy.set(Check::FeeOutsideStay, Action::Refuse);
    let view = BucketView { encounter: Some(&encounter), fee: Some(&fee), ..BucketView::default() };
    let report = check_bucket(&view, &policy);
    let table = table("fee").expect("a table");
    let (kept, rejected) = report.part(table, &fee, &policy, &[Arc::from("fee.csv")]).expect("parted");
    assert_eq!(kept.num_rows(), 0);
    let fault = &rejected[0].faults[0];
    assert_eq!((fault.column, fault.reason), ("fee_ocur_time", Check::FeeOutsideStay));
    assert!(rejected[0].row.contains(&("det_item_fee_sumamt", "10".to_owned())));
}

#[test]
fn a_row_that_fails_more_than_one_check_is_refused_once_with_all_of_them() {
    let fee = fees(&[
        &["F1", "", "M9", "P1", "H1", "2025-02-01T00:00:00", "-10.00", "F0"],
        &["F2", "", "M9", "P1", "H1", "2025-02-01T00:00:00", "10.00", ""],
    ]);
    let encounter = encounters();
    let mut policy = Policy::default();
    policy.set(Check::RefundUnknown, Action::Refuse);
    let view = BucketView { encounter: Some(&encounter), fee: Some(&fee), ..BucketView::default() };
    let report = check_bucket(&view, &policy);
    let table = table("fee").expect("a table");
    let (kept, rejected) = report.part(table, &fee, &policy, &[Arc::from("fee.csv")]).expect("parted");
    let reasons: Vec<Vec<Check>> =
        rejected.iter().map(|row| row.faults.iter().map(|fault| fault.reason).collect()).collect();
    assert_eq!(kept.num_rows(), 0);
    assert_eq!(reasons, [vec![Check::OrphanEncounter, Check::RefundUnknown], vec![Check::OrphanEncounter]]);
}
