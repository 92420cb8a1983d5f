//! Tests of `eligibility`, apart from it since its four checks each have their own edges.

use crate::{
    rows::TextTables,
    trial::{library, row, seen, signs, written},
};
use mingcha_model::Date;
use proptest::prelude::*;

const DEATH: &str = "check = 'death'\ngrace_days = 1\nstay_days = 3";
const COVERAGE: &str = "check = 'coverage'\ngrace_days = 0";
const AGREEMENT: &str = "check = 'agreement'\nskip_med_types = ['13']";
const PRACTITIONER: &str = "check = 'practitioner'\nskip_med_types = ['13']";

/// A line, so that the fund paid something.
const PAID: (&str, &str, &[&str]) = ("fee", "feedetl_sn mdtrt_id", &["F1 E1"]);

fn tables(parts: &[(&str, &str, &[&str])]) -> TextTables {
    parts.iter().map(|(table, heading, rows)| ((*table).to_owned(), written(heading, rows))).collect()
}

fn after_death(encounter: &str, setl_time: &str) -> String {
    let rows = tables(&[
        ("person", "psn_no die_date", &["P1 2025-03-10"]),
        ("encounter", "mdtrt_id med_type begntime endtime", &[encounter]),
        ("settlement", "setl_id mdtrt_id setl_time", &[&format!("S1 E1 {setl_time}")]),
    ]);
    signs("eligibility", DEATH, &library(&[]), &rows)
}

#[test]
fn the_day_after_death_is_let_pass_and_the_second_is_not() {
    assert_eq!(after_death("E1 41 2025-03-11T08:00:00 2025-03-11T08:00:00", "2025-03-11T08:00:00"), "");
    assert_eq!(after_death("E1 41 2025-03-12T08:00:00 2025-03-12T08:00:00", "2025-03-12T08:00:00"), "!");
}

#[test]
fn a_stay_begun_before_death_may_be_settled_later_where_it_ended_in_time() {
    assert_eq!(after_death("E1 21 2025-03-01T08:00:00 2025-03-13T08:00:00", "2025-04-20T08:00:00"), "");
    assert_eq!(after_death("E1 21 2025-03-01T08:00:00 2025-03-14T08:00:00", "2025-03-14T09:00:00"), "!");
    assert_eq!(after_death("E1 21 2025-03-01T08:00:00 _", "2025-03-14T09:00:00"), "?");
}

#[test]
fn a_visit_after_death_counts_even_unsettled() {
    let rows = tables(&[
        ("person", "psn_no die_date", &["P1 2025-03-10"]),
        ("encounter", "mdtrt_id med_type begntime", &["E1 11 2025-05-01T08:00:00"]),
        ("settlement", "setl_id mdtrt_id", &[]),
    ]);
    let hits = seen("eligibility", DEATH, &library(&[]), &rows);
    assert_eq!(hits.iter().map(|hit| hit.offending.clone()).collect::<Vec<_>>(), [["E1"]]);
}

fn covered(period: &str, day: &str) -> String {
    let rows = tables(&[
        ("person", "psn_no insu_begndate insu_enddate", &[&format!("P1 {period}")]),
        ("encounter", "mdtrt_id med_type begntime", &[&format!("E1 11 {day}")]),
        PAID,
    ]);
    signs("eligibility", COVERAGE, &library(&[]), &rows)
}

#[test]
fn insurance_holds_on_its_first_and_last_day() {
    let period = "2025-01-01 2025-06-30";
    assert_eq!(covered(period, "2025-01-01"), "");
    assert_eq!(covered(period, "2025-06-30"), "");
    assert_eq!(covered(period, "2025-07-01"), "!");
    assert_eq!(covered(period, "2024-12-31"), "!");
    assert_eq!(covered("2025-01-01 _", "2030-01-01"), "");
    assert_eq!(covered("_ 2025-06-30", "2025-05-01"), "?");
    assert_eq!(covered("_ _", "2025-05-01"), "");
}

#[test]
fn what_a_person_pays_alone_needs_no_coverage() {
    let mut rows = tables(&[
        ("person", "psn_no insu_begndate insu_enddate", &["P1 2025-01-01 2025-06-30"]),
        ("encounter", "mdtrt_id med_type begntime", &["E1 11 2025-08-01"]),
    ]);
    rows.insert(
        "settlement".to_owned(),
        vec![row(&[("mdtrt_id", "E1"), ("fund_pay_sumamt", "0"), ("inscp_scp_amt", "0")])],
    );
    assert_eq!(signs("eligibility", COVERAGE, &library(&[]), &rows), "");
    // Below the deductible the fund pays nothing, yet the insurance settles.
    rows.insert(
        "settlement".to_owned(),
        vec![row(&[("mdtrt_id", "E1"), ("fund_pay_sumamt", "0"), ("inscp_scp_amt", "80")])],
    );
    assert_eq!(signs("eligibility", COVERAGE, &library(&[]), &rows), "!");
}

fn suspended(periods: &[&str], med_type: &str, day: &str) -> String {
    let rows = tables(&[
        ("agreement", "fixmedins_code begndate enddate agree_stas", periods),
        (
            "encounter",
            "mdtrt_id fixmedins_code med_type begntime endtime",
            &[&format!("E1 H1 {med_type} {day} 2025-12-31")],
        ),
        PAID,
    ]);
    signs("eligibility", AGREEMENT, &library(&[]), &rows)
}

#[test]
fn a_visit_begun_while_the_agreement_is_suspended_is_seen() {
    let periods =
        ["H1 2024-01-01 2025-02-28 active", "H1 2025-03-01 2025-03-31 suspended", "H1 2025-04-01 _ active"];
    assert_eq!(suspended(&periods, "11", "2025-03-01"), "!");
    assert_eq!(suspended(&periods, "11", "2025-03-31"), "!");
    assert_eq!(suspended(&periods, "13", "2025-03-15"), "");
    assert_eq!(suspended(&periods, "21", "2025-02-28"), "");
    assert_eq!(suspended(&periods, "11", "2025-04-01"), "");
    assert_eq!(suspended(&periods[..2], "11", "2025-04-01"), "?");
    assert_eq!(suspended(&["H1 2024-01-01 _ active", periods[1]], "11", "2025-03-15"), "?");
}

fn by_doctor(periods: &[&str], lines: &[&str]) -> Vec<(bool, Vec<String>)> {
    let rows = tables(&[
        ("practitioner", "prac_psn_code fixmedins_code begndate enddate pay_qual_stas", periods),
        ("fee", "feedetl_sn fee_ocur_time bilg_dr_code", lines),
    ]);
    let hits = seen("eligibility", PRACTITIONER, &library(&[]), &rows);
    hits.into_iter().map(|hit| (hit.sure, hit.offending)).collect()
}

#[test]
fn lines_of_a_suspended_practitioner_are_one_hit() {
    let periods = [
        "D1 H1 2024-01-01 2025-02-28 active",
        "D1 H1 2025-03-01 2025-03-31 suspended",
        "D2 H1 2024-01-01 _ active",
    ];
    let lines = ["F1 2025-02-28 D1", "F2 2025-03-01 D1", "F3 2025-03-02 D2", "F4 2025-03-31 D1"];
    assert_eq!(by_doctor(&periods, &lines), [(true, vec!["F2".to_owned(), "F4".to_owned()])]);
    assert_eq!(by_doctor(&periods, &["F1 2025-04-02 D1"]), [(false, vec!["F1".to_owned()])]);
    let elsewhere = ["D1 H1 2024-01-01 _ active", "D1 H2 2025-03-01 2025-03-31 suspended"];
    assert_eq!(by_doctor(&elsewhere, &["F1 2025-03-02 D1"]), [(false, vec!["F1".to_owned()])]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn each_settlement_is_judged_by_its_own_days(
        visits in prop::collection::vec((0_i32..40, 0_i32..15, 0_i32..10), 0..8), died in 0_i32..40, grace in 0_i32..4, stay in 0_i32..8,
    ) {
        let start = Date::new(2025, 1, 1).expect("a day").0;
        let day = |offset: i32| Date(start + offset).to_string();
        let mut rows = TextTables::new();
        rows.insert("person".to_owned(), vec![row(&[("psn_no", "P1"), ("die_date", &day(died))])]);
        for (id, &(begin, length, later)) in visits.iter().enumerate() {
            let mdtrt_id = format!("E{id}");
            rows.entry("encounter".to_owned()).or_default().push(row(&[
                ("mdtrt_id", &mdtrt_id), ("med_type", "21"), ("begntime", &day(begin)), ("endtime", &day(begin + length)),
            ]));
            rows.entry("settlement".to_owned()).or_default().push(row(&[
                ("setl_id", &format!("S{id}")), ("mdtrt_id", &mdtrt_id), ("setl_time", &day(begin + length + later)),
            ]));
        }
        let wrong = |&(begin, length, later): &(i32, i32, i32)| {
            begin + length + later > died + grace && (begin > died + grace || begin + length > died + grace.max(stay))
        };
        let mut expected: Vec<String> = visits.iter().enumerate().filter(|(_, visit)| wrong(visit)).map(|(id, _)| format!("S{id}")).collect();
        expected.sort();
        let settings = format!("check = 'death'\ngrace_days = {grace}\nstay_days = {stay}");
        let mut found: Vec<String> = seen("eligibility", &settings, &library(&[]), &rows).into_iter().flat_map(|hit| hit.offending).collect();
        found.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn each_line_is_judged_by_the_periods_of_its_day(
        periods in prop::collection::vec((0_i32..30, 0_i32..15, any::<bool>()), 0..5), lines in prop::collection::vec(0_i32..50, 0..8),
    ) {
        let start = Date::new(2025, 1, 1).expect("a day").0;
        let day = |offset: i32| Date(start + offset).to_string();
        let mut rows = TextTables::new();
        for &(begin, length, barred) in &periods {
            rows.entry("practitioner".to_owned()).or_default().push(row(&[
                ("prac_psn_code", "D1"), ("fixmedins_code", "H1"), ("begndate", &day(begin)), ("enddate", &day(begin + length)),
                ("pay_qual_stas", if barred { "suspended" } else { "active" }),
            ]));
        }
        for (id, &at) in lines.iter().enumerate() {
            rows.entry("fee".to_owned()).or_default().push(row(&[
                ("feedetl_sn", &format!("F{id}")), ("fee_ocur_time", &day(at)), ("bilg_dr_code", "D1"),
            ]));
        }
        let states = |at: i32| -> Vec<bool> { periods.iter().filter(|period| period.0 <= at && at <= period.0 + period.1).map(|period| period.2).collect() };
        let wrong = |at: i32| { let states = states(at); !states.is_empty() && states.iter().all(|barred| *barred) };
        let open = |at: i32| {
            let states = states(at);
            let both = states.contains(&true) && states.contains(&false);
            both || states.is_empty() && periods.iter().any(|period| period.2 && period.0 <= at)
        };
        let of = |kind: &dyn Fn(i32) -> bool| -> Vec<String> { lines.iter().enumerate().filter(|(_, at)| kind(**at)).map(|(id, _)| format!("F{id}")).collect() };
        let hits = seen("eligibility", PRACTITIONER, &library(&[]), &rows);
        let found = |sure: bool| -> Vec<String> {
            let mut keys: Vec<String> = hits.iter().filter(|hit| hit.sure == sure).flat_map(|hit| hit.offending.clone()).collect();
            keys.sort();
            keys
        };
        prop_assert_eq!(found(true), of(&wrong));
        prop_assert_eq!(found(false), of(&open));
    }
}
