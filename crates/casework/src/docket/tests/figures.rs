//! Figures over fifty thousand cases: as a naive count says, each table from one statement, in less than two seconds.

use super::{CITY, COUNTY, by, on_docket};
use crate::docket::{By, Docket, Period};
use std::time::{Duration, Instant};

const CASES: i64 = 50_000;
/// Every so many cases one was transferred.
const EVERY: i64 = 10;

/// A city's year of cases: half in each county, each decided and paid, one in ten transferred; entries spread over four quarters.
async fn year(docket: &Docket) {
    let mut conn = docket.store.by_hand().await;
    let facts = r#"{"version":1,"filing":{"subject":"H1","violation_facts":"重复收费二百次","own_jurisdiction":true}}"#;
    let transfer = r#"{"version":1,"transfer":{"suspected":true,"to":"ga-990101","letter":"医保案移字〔2026〕1号","stage":"侦查"}}"#;
    let numbers =
        format!("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {}) ", CASES - 1);
    let columns = "(id, machine, state, version, region, organisation, department, seat, secrecy, source, title, subject_kind, subject, \
                   institution, amount, score, grade, parent, begun, changed, origin, facts)";
    let place = "CASE WHEN i % 2 = 0 THEN '990101' ELSE '990102' END";
    let rest = format!("1, {place}, 'yb-' || {place}, 'insurance', {place}, 2, 'screening'");
    // 86,400 seconds in a day, 90 days in a quarter, from the first of January 2026.
    let at = "1767225600 + (i % 360) * 86400";
    let tally = |what: &str, amount: &str, subject: &str, seq: i64| {
        format!(
            "{numbers}INSERT INTO tally (matter, seq, at, what, region, amount, subject) \
             SELECT 'case-' || i, {seq}, {at}, '{what}', {place}, {amount}, {subject} FROM n"
        )
    };
    let statements = [
        format!(
            "{numbers}INSERT INTO matter {columns} SELECT 'case-' || i, 'case', 'performing', {rest}, '案', 'institution', 'H' || (i % 500), \
             'H' || (i % 500), 0, 0, '', NULL, {at}, {at}, '{{}}', '{facts}' FROM n"
        ),
        format!(
            "{numbers}INSERT INTO matter {columns} SELECT 'transfer-' || i, 'transfer', 'sent', {rest}, '移送', '', '', '', 0, 0, '', \
             'case-' || i, {at}, {at}, '{{}}', '{transfer}' FROM n WHERE i % {EVERY} = 0"
        ),
        tally("penalised", "0", "'H' || (i % 500)", 1),
        tally("fined", "100 + i % 7", "''", 2),
        tally("returned", "i", "''", 3),
        format!(
            "{numbers}INSERT INTO tally (matter, seq, at, what, region, amount, subject) SELECT 'transfer-' || i, 1, {at}, 'to_judiciary', \
             {place}, 0, '' FROM n WHERE i % {EVERY} = 0"
        ),
    ];
    for statement in statements {
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut conn).await.expect("filled");
    }
    // What a database learns of its tables by itself in the course of a day.
    sqlx::query("ANALYZE").execute(&mut conn).await.expect("known");
}

/// The same from a loop.
fn naive(county: i64, from: i64, to: i64) -> (i64, i64, i64) {
    let mine = (0..CASES).filter(|i| i % 2 == county && (from..to).contains(&(i % 360)));
    mine.fold((0, 0, 0), |(fined, returned, sent), i| {
        (fined + 100 + i % 7, returned + i, sent + i64::from(i % EVERY == 0))
    })
}

fn quick<T>(what: &str, begun: Instant, value: T) -> T {
    let took = begun.elapsed();
    eprintln!("{what}: {} ms", took.as_millis());
    assert!(took < Duration::from_secs(2), "{what} took {took:?}");
    value
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_over_fifty_thousand_cases_are_right_and_quick() {
    on_docket(async |docket| {
        year(&docket).await;
        let quarter = Period::quarter("2026Q2").expect("a quarter");
        let begun = Instant::now();
        let figures = docket.figures(by("above"), CITY, quarter).await.expect("counted");
        let figures = quick("fund-work", begun, figures);
        // The second quarter is the days 90 to 180 of the year.
        for (region, county) in [(COUNTY, 0), ("990102", 1)] {
            let of = &figures.iter().find(|figures| figures.region == region).expect(region).figures;
            let (fined, returned, sent) = naive(county, 90, 181);
            let counted = |name: &str| of.get(name).copied().unwrap_or(0);
            assert_eq!(
                (counted("fined"), counted("returned"), counted("to_judiciary")),
                (fined, returned, sent),
                "{region}"
            );
            assert_eq!(of["penalised"], 250, "each institution once");
        }
        let begun = Instant::now();
        let own = docket.figures(by("lead"), CITY, quarter).await.expect("counted");
        assert_eq!(
            quick("of one county", begun, own).iter().filter(|one| one.figures.contains_key("fined")).count(),
            1
        );

        let begun = Instant::now();
        let all = Period { from: mingcha_model::Date::parse("2026-01-01").expect("a day"), to: quarter.to };
        let rows = docket.transfer_rows(by("above"), CITY, all, By::Sent, false).await.expect("rows");
        let rows = quick("transfer-ledger", begun, rows);
        assert_eq!(rows.len() as i64, naive(0, 0, 181).2 + naive(1, 0, 181).2);
        let begun = Instant::now();
        let behind = docket.behind(by("above"), "fined", COUNTY, quarter, 2).await.expect("opened");
        let behind = quick("behind a figure", begun, behind);
        let mine = (0..CASES).filter(|i| i % 2 == 0 && (90..181).contains(&(i % 360))).count();
        assert_eq!((behind.items.len(), behind.total), (100, mine as i64));
        let begun = Instant::now();
        quick("clearing", begun, docket.clearing(by("above"), CITY).await.expect("a board"));
        let begun = Instant::now();
        quick("clocks", begun, docket.clock_board(by("above"), CITY).await.expect("a board"));
    })
    .await;
}
