//! Matters counted by what a meeting asks for: months, rules, institutions, items of the negative list, with the money found and recovered.

use super::{
    Docket,
    boards::NEWEST,
    list::{Query, Sql, condition},
};
use crate::{
    policy,
    store::{Backend, Context, Error},
};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Matters counted by one of their columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counted {
    /// Value of the column; of a month `2026-03`.
    pub value: String,
    /// How many.
    pub count: i64,
    /// Of them at an end; a clue that is closed counts as ended, though it may be opened again.
    pub ended: i64,
    /// Of them past an end of a limit and not at an end.
    pub overdue: i64,
    /// Their money, fen.
    pub amount: i64,
    /// Money found where a clue was confirmed, its newest answer; fen.
    pub found: i64,
    /// Money paid back: returned to the fund, damages of agreements, and what self-checks refunded; fen. Of a clue what its case brought.
    pub recovered: i64,
}

/// What matters are counted by.
const BY: [&str; 11] = [
    "state",
    "region",
    "organisation",
    "source",
    "grade",
    "machine",
    "month",
    "rule",
    "institution",
    "severity",
    "covers",
];
/// Most values of an answer, those with the most matters first; months and regions are never as many.
const VALUES: usize = 2_000;

/// The statement's name of a value, and what must be joined for it.
fn key(by: &str, backend: Backend) -> (String, &'static str) {
    match (by, backend) {
        ("month", Backend::Sqlite) => ("strftime('%Y-%m', m.begun, 'unixepoch')".to_owned(), ""),
        ("month", Backend::Postgres) => {
            ("to_char(to_timestamp(m.begun) AT TIME ZONE 'UTC', 'YYYY-MM')".to_owned(), "")
        }
        ("severity", _) => ("CAST(m.severity AS TEXT)".to_owned(), ""),
        ("covers", _) => ("v.item".to_owned(), " JOIN cover v ON v.matter = m.id"),
        (column, _) => (format!("m.{column}"), ""),
    }
}

impl Docket {
    /// How many matters there are by state, region, month, rule or another of the words that are told where a wrong one is asked for.
    pub async fn count(&self, context: Context, query: &Query, by: &str) -> Result<Vec<Counted>, Error> {
        let Some(by) = BY.into_iter().find(|column| *column == by) else {
            return Err(Error::invalid("by", format!("只能按以下各项统计：{}", BY.join("、"))));
        };
        let actor = self.actor(&context).await?;
        let sql = condition(self.policies.scope(&actor, policy::Count).filter(), query, &actor.organisation);
        let now = self.store.now().time().0;
        let (key, joined) = key(by, self.store.backend());
        let over = "(m.ended IS NOT NULL OR (m.machine = 'clue' AND m.state = 'closed'))";
        let text = format!(
            "SELECT {key}, COUNT(*), CAST(SUM(CASE WHEN {over} THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN m.due < {now} AND NOT {over} THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(m.amount) AS BIGINT) \
             FROM matter m{joined} WHERE {} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {VALUES}",
            sql.text
        );
        let mut conn = self.store.reader().await?;
        let mut counted: BTreeMap<String, Counted> = BTreeMap::new();
        for row in sql.bound(text).fetch_all(&mut *conn).await? {
            let value: String = row.try_get(0)?;
            let (count, ended) = (row.try_get(1)?, row.try_get(2)?);
            let (overdue, amount) = (row.try_get(3)?, row.try_get(4)?);
            let one = Counted { value: value.clone(), count, ended, overdue, amount, ..Counted::default() };
            counted.insert(value, one);
        }
        for row in sql.bound(money(&sql, query, &key, joined)).fetch_all(&mut *conn).await? {
            let value: String = row.try_get(0)?;
            if let Some(one) = counted.get_mut(&value) {
                (one.found, one.recovered) = (row.try_get(1)?, row.try_get(2)?);
            }
        }
        drop(conn);
        self.looked(context, "count", query).await?;
        Ok(counted.into_values().collect())
    }
}

/// Money by value: what statistics were entered of the matters, of which there are few beside the matters themselves. What a case brought is
/// told of the clue that it grew out of, where clues are counted.
fn money(sql: &Sql, query: &Query, key: &str, joined: &str) -> String {
    let own = "JOIN matter m ON m.id = t.matter";
    let grown = "JOIN matter c ON c.id = t.matter JOIN matter m ON m.id = c.parent";
    let found = format!(
        "SELECT {key} AS value, t.amount AS found, CAST(0 AS BIGINT) AS recovered FROM tally t {own}{joined} \
         WHERE t.what = 'clues_confirmed' AND {NEWEST} AND {}",
        sql.text
    );
    let way = if query.machine.as_deref() == Some("clue") { grown } else { own };
    let recovered = format!(
        "SELECT {key} AS value, CAST(0 AS BIGINT) AS found, t.amount AS recovered FROM tally t {way}{joined} \
         WHERE t.what IN ('returned', 'agreement_damages', 'self_returned') AND {}",
        sql.text
    );
    format!(
        "SELECT value, CAST(SUM(found) AS BIGINT), CAST(SUM(recovered) AS BIGINT) FROM ({found} UNION ALL {recovered}) money \
         GROUP BY value"
    )
}
