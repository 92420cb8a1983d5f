//! Counts and boards come from memory; a statement of the database that walks through all matters says the same, whoever asks for whatever.

use super::{CITY, COUNTY, by};
use crate::{
    docket::{
        Clearing, Counted, Docket, Query,
        list::{Sql, condition},
    },
    policy,
};
use sqlx::Row as _;
use std::collections::BTreeMap;

/// Of the answers of a clue only the newest counts.
const NEWEST: &str = "NOT EXISTS (SELECT 1 FROM tally n WHERE n.matter = t.matter AND n.seq > t.seq \
                      AND n.what IN ('clues_confirmed', 'clues_refuted', 'clues_unclear'))";

/// What is asked for, beside all.
fn queries() -> Vec<Query> {
    let text = |text: &str| Some(text.to_owned());
    vec![
        Query::default(),
        Query { machine: text("clue"), ..Query::default() },
        Query { machine: text("case"), ended: Some(false), ..Query::default() },
        Query { region: text(COUNTY), source: text("complaint"), ..Query::default() },
        Query { region: text(CITY), state: text("received,dispatched,closed,filed"), ..Query::default() },
        Query { member: text("lead"), ..Query::default() },
        Query { handed_to_me: true, ..Query::default() },
        Query { q: text("合成"), waiting_for: text("others"), ..Query::default() },
        Query { institution: text("H99010100001"), least: Some(1), ..Query::default() },
        Query { machine: text("nothing"), ..Query::default() },
    ]
}

/// The same from the database.
async fn walked(docket: &Docket, account: &str, query: &Query, by: &str) -> BTreeMap<String, Counted> {
    let (sql, now) = asked(docket, account, query).await;
    let key = format!("m.{by}");
    let over = "(m.ended IS NOT NULL OR (m.machine = 'clue' AND m.state = 'closed'))";
    let mut counted: BTreeMap<String, Counted> = BTreeMap::new();
    let mut conn = docket.store.reader().await.expect("a connection");
    let text = format!(
        "SELECT {key}, COUNT(*), CAST(SUM(CASE WHEN {over} THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN m.due < {now} AND NOT {over} THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(m.amount) AS BIGINT) \
         FROM matter m WHERE {} GROUP BY 1",
        sql.text
    );
    for row in sql.bound(text).fetch_all(&mut *conn).await.expect("counted") {
        let one = Counted {
            by: by.to_owned(),
            value: row.get(0),
            count: row.get(1),
            ended: row.get(2),
            overdue: row.get(3),
            amount: row.get(4),
            ..Counted::default()
        };
        counted.insert(one.value.clone(), one);
    }
    let own = "JOIN matter m ON m.id = t.matter";
    let grown = "JOIN matter c ON c.id = t.matter JOIN matter m ON m.id = c.parent";
    let way = if query.machine.as_deref() == Some("clue") { grown } else { own };
    let found = format!("{own} WHERE t.what = 'clues_confirmed' AND {NEWEST}");
    let recovered = format!("{way} WHERE t.what IN ('returned', 'agreement_damages', 'self_returned')");
    for (what, is_found) in [(found, true), (recovered, false)] {
        let text = format!(
            "SELECT {key}, CAST(SUM(t.amount) AS BIGINT) FROM tally t {what} AND {} GROUP BY 1",
            sql.text
        );
        for row in sql.bound(text).fetch_all(&mut *conn).await.expect("summed") {
            let one = counted.get_mut(&row.get::<String, _>(0)).expect("a value that was counted");
            *(if is_found { &mut one.found } else { &mut one.recovered }) = row.get(1);
        }
    }
    counted
}

async fn asked(docket: &Docket, account: &str, query: &Query) -> (Sql, i64) {
    let actor = docket.actor(&by(account)).await.expect("an account");
    let scope = docket.policies.scope(&actor, policy::Count);
    (condition(scope.filter(), query, &actor.organisation), docket.store.now().time().0)
}

/// How far the counties of the city are from cleared, from the database.
async fn cleared(docket: &Docket, account: &str) -> BTreeMap<String, [i64; 4]> {
    let query = Query { machine: Some("clue".into()), region: Some(CITY.to_owned()), ..Query::default() };
    let (sql, now) = asked(docket, account, &query).await;
    let one = |condition: &str| format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)");
    let told = |what: &str| {
        let told = format!("EXISTS (SELECT 1 FROM tally t WHERE t.matter = m.id AND t.what = '{what}')");
        one(&told)
    };
    let text = format!(
        "SELECT m.region, COUNT(*), {}, {}, {} FROM matter m WHERE {} GROUP BY m.region",
        one(&format!(
            "m.ended IS NULL AND m.due < {now} AND m.state NOT IN ('closed', 'filed', 'merged', 'passed_on')"
        )),
        told("clues_dispatched"),
        told("clues_returned"),
        sql.text
    );
    let mut conn = docket.store.reader().await.expect("a connection");
    let rows = sql.bound(text).fetch_all(&mut *conn).await.expect("counted");
    rows.iter().map(|row| (row.get(0), [1, 2, 3, 4].map(|column| row.get(column)))).collect()
}

/// Holds of whatever stands in the store.
pub(super) async fn are_right(docket: &Docket, accounts: &[&str]) {
    for account in accounts {
        for query in queries() {
            let keys =
                ["machine", "state", "region", "organisation", "source", "grade", "rule", "institution"];
            let mut all = Vec::new();
            for key in keys {
                let counted = docket.count(by(account), &query, key).await.expect("counted");
                let walked = walked(docket, account, &query, key).await;
                let walked: Vec<Counted> = walked.into_values().collect();
                assert_eq!(counted, walked, "{account} counts {query:?} by {key}");
                all.extend(counted);
            }
            let at_once = docket.count(by(account), &query, &keys.join(",")).await.expect("counted");
            assert_eq!(at_once, all, "{account} counts {query:?} by all of them at once");
        }
        let board = docket.clearing(by(account), CITY).await.expect("a board");
        let told =
            |one: &Clearing| (one.region.clone(), [one.received, one.overdue, one.dispatched, one.returned]);
        assert_eq!(board.iter().map(told).collect::<BTreeMap<_, _>>(), cleared(docket, account).await);
    }
}
