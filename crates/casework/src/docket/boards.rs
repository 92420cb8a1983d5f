//! Boards: how far each region is from cleared, which clocks run out in which organisation, and what checking says of each rule.

use super::{
    Docket,
    list::Sql,
    statistics::{below, digits_below, names},
};
use crate::{
    policy::{self, Column, Filter, Part},
    store::{Context, Draft, Error},
};
use mingcha_model::time::DAY;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{Row as _, any::AnyRow};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How far a region is from cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Clearing {
    /// Code of the region.
    pub region: String,
    /// Its name.
    pub name: String,
    /// Clues that lie in it.
    pub received: i64,
    /// Of them dispatched, at whatever level.
    pub dispatched: i64,
    /// Of them answered.
    pub answered: i64,
    /// Of them sent back at least once.
    pub returned: i64,
    /// Of them past an end of a limit or of their dispatch, and not cleared.
    pub overdue: i64,
    /// Of them cleared: closed, filed, merged or passed on.
    pub cleared: i64,
    /// Cleared of received, in hundredths of a per cent, rounded down.
    pub share_bp: i64,
    /// Money found in confirmed ones, fen.
    pub found: i64,
}

/// Clocks of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationClocks {
    /// Code of the organisation.
    pub organisation: String,
    /// Its title.
    pub title: String,
    /// Its region.
    pub region: String,
    /// Matters with an end of a limit ahead or passed.
    pub running: i64,
    /// Of them due within three days.
    pub soon: i64,
    /// Of them overdue.
    pub overdue: i64,
    /// Breaches that were entered, by limit; they stay.
    pub breaches: Vec<LimitBreaches>,
}

/// Breaches of a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LimitBreaches {
    /// Id of the limit.
    pub limit: String,
    /// Its name.
    pub title: String,
    /// How many.
    pub count: i64,
}

/// What checking says of a version of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleFeedback {
    /// The rule's folder.
    pub rule: String,
    /// Its version.
    pub version: String,
    /// Clues that were confirmed; of each clue the newest answer counts.
    pub confirmed: i64,
    /// Refuted.
    pub refuted: i64,
    /// Unclear.
    pub unclear: i64,
    /// Money found in the confirmed ones, fen.
    pub found: i64,
}

/// Seconds ahead that count as soon.
const SOON: i64 = 3 * DAY;

impl Docket {
    /// How far the regions right below one are from cleared.
    pub async fn clearing(&self, context: Context, region: &str) -> Result<Vec<Clearing>, Error> {
        let digits = digits_below(region).ok_or_else(|| Error::invalid("region", "须为六位地区代码"))?;
        let actor = self.actor(&context).await?;
        let mut sql = Sql::default();
        sql.filter(self.policies.scope(&actor, policy::Count).filter());
        sql.text.push_str(" AND ");
        sql.filter(&Filter::Under(Column::Region, region.to_owned()));
        sql.text.push_str(" AND m.machine = ");
        sql.bind(Part::Text("clue".into()));
        let (key, now) = (below("m.region", digits), self.store.now().time().0);
        let one = |condition: &str| format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)");
        let text = format!(
            "SELECT {key}, COUNT(*), {}, {}, {} FROM matter m WHERE {} GROUP BY {key} ORDER BY {key}",
            one(ANSWERED),
            one(&format!("m.ended IS NULL AND m.due < {now} AND NOT {CLEARED}")),
            one(CLEARED),
            sql.text
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        let text = format!(
            "SELECT {key}, t.what, COUNT(DISTINCT t.matter), CAST(SUM(t.amount) AS BIGINT) FROM tally t \
             JOIN matter m ON m.id = t.matter WHERE {} AND t.what IN ('clues_dispatched', 'clues_returned', 'clues_confirmed') \
             AND {NEWEST} GROUP BY {key}, t.what",
            sql.text
        );
        let counted = sql.bound(text).fetch_all(&mut *conn).await?;
        let names = names(&mut conn).await?;
        drop(conn);
        let mut regions: BTreeMap<String, Clearing> = BTreeMap::new();
        for row in rows {
            let clearing = clearing(&row, &names)?;
            regions.insert(clearing.region.clone(), clearing);
        }
        for row in counted {
            let (region, what): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let Some(clearing) = regions.get_mut(&region) else { continue };
            match what.as_str() {
                "clues_dispatched" => clearing.dispatched = row.try_get(2)?,
                "clues_returned" => clearing.returned = row.try_get(2)?,
                _ => clearing.found = row.try_get(3)?,
            }
        }
        self.looked_at(context, "clearing", region).await?;
        Ok(regions.into_values().collect())
    }

    /// Which clocks run out in which organisation of a region, those with the most overdue first.
    pub async fn clock_board(
        &self,
        context: Context,
        region: &str,
    ) -> Result<Vec<OrganisationClocks>, Error> {
        let actor = self.actor(&context).await?;
        let mut sql = Sql::default();
        sql.filter(self.policies.scope(&actor, policy::Count).filter());
        sql.text.push_str(" AND ");
        sql.filter(&Filter::Under(Column::Region, region.to_owned()));
        let now = self.store.now().time().0;
        let text = format!(
            "SELECT m.organisation, MIN(o.title), MIN(o.region), COUNT(*), \
             CAST(SUM(CASE WHEN m.due >= {now} AND m.due < {} THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN m.due < {now} THEN 1 ELSE 0 END) AS BIGINT) \
             FROM matter m JOIN organisation o ON o.id = m.organisation \
             WHERE {} AND m.ended IS NULL AND m.due IS NOT NULL GROUP BY m.organisation",
            now + SOON,
            sql.text
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        let text = format!(
            "SELECT m.organisation, b.limit_id, COUNT(*), MIN(o.title), MIN(o.region) FROM breach b \
             JOIN matter m ON m.id = b.matter JOIN organisation o ON o.id = m.organisation WHERE {} GROUP BY m.organisation, b.limit_id",
            sql.text
        );
        let breaches = sql.bound(text).fetch_all(&mut *conn).await?;
        drop(conn);
        let mut board: BTreeMap<String, OrganisationClocks> = BTreeMap::new();
        for row in rows {
            let organisation: String = row.try_get(0)?;
            let clocks = OrganisationClocks {
                organisation: organisation.clone(),
                title: row.try_get(1)?,
                region: row.try_get(2)?,
                running: row.try_get(3)?,
                soon: row.try_get(4)?,
                overdue: row.try_get(5)?,
                breaches: Vec::new(),
            };
            board.insert(organisation, clocks);
        }
        for row in breaches {
            let (organisation, limit): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let clocks = board.entry(organisation.clone()).or_default();
            if clocks.organisation.is_empty() {
                (clocks.title, clocks.region) = (row.try_get(3)?, row.try_get(4)?);
                clocks.organisation = organisation;
            }
            let title = self
                .procedures
                .limit(&limit, &clocks.region)
                .map_or(String::new(), |limit| limit.title.clone());
            clocks.breaches.push(LimitBreaches { limit, title, count: row.try_get(2)? });
        }
        let mut board: Vec<OrganisationClocks> = board.into_values().collect();
        board.sort_by_key(|clocks| std::cmp::Reverse(clocks.overdue));
        self.looked_at(context, "clock_board", region).await?;
        Ok(board)
    }

    /// What checking says of each version of each rule, for its authors: counts and money, no more.
    pub async fn rule_feedback(&self, context: Context) -> Result<Vec<RuleFeedback>, Error> {
        let actor = self.actor(&context).await?;
        let mut sql = Sql::default();
        sql.filter(self.policies.scope(&actor, policy::Count).filter());
        let text = format!(
            "SELECT t.subject, t.what, COUNT(DISTINCT t.matter), CAST(SUM(t.amount) AS BIGINT) FROM tally t \
             JOIN matter m ON m.id = t.matter WHERE {} AND t.what IN ('clues_confirmed', 'clues_refuted', 'clues_unclear') \
             AND t.subject <> '' AND {NEWEST} GROUP BY t.subject, t.what ORDER BY t.subject",
            sql.text
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        drop(conn);
        let mut rules: BTreeMap<String, RuleFeedback> = BTreeMap::new();
        for row in rows {
            let (subject, what): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let (rule, version) = subject.split_once(' ').unwrap_or((&subject, ""));
            let entry = rules.entry(subject.clone()).or_insert_with(|| RuleFeedback {
                rule: rule.to_owned(),
                version: version.to_owned(),
                ..RuleFeedback::default()
            });
            let count: i64 = row.try_get(2)?;
            match what.as_str() {
                "clues_confirmed" => (entry.confirmed, entry.found) = (count, row.try_get(3)?),
                "clues_refuted" => entry.refuted = count,
                _ => entry.unclear = count,
            }
        }
        self.looked_at(context, "rule_feedback", "").await?;
        Ok(rules.into_values().collect())
    }

    async fn looked_at(&self, context: Context, board: &str, region: &str) -> Result<(), Error> {
        let asked = json!({ "region": region }).to_string();
        self.store.record_read(context, Draft::new(board, "matters", "").change(None, Some(asked))).await
    }
}

/// Clues that are cleared.
const CLEARED: &str = "m.state IN ('closed', 'filed', 'merged', 'passed_on')";

/// Clues that are answered, cleared ones among them.
const ANSWERED: &str = "m.state IN ('closed', 'filed', 'answered', 'spot_checking')";

/// Of the answers of a clue only the newest counts: what was sent back and answered again is not counted twice.
pub(super) const NEWEST: &str = "NOT (t.what IN ('clues_confirmed', 'clues_refuted', 'clues_unclear') AND EXISTS (SELECT 1 FROM tally n \
                      WHERE n.matter = t.matter AND n.seq > t.seq AND n.what IN ('clues_confirmed', 'clues_refuted', 'clues_unclear')))";

fn clearing(row: &AnyRow, names: &BTreeMap<String, String>) -> Result<Clearing, Error> {
    let region: String = row.try_get(0)?;
    let (received, cleared): (i64, i64) = (row.try_get(1)?, row.try_get(4)?);
    Ok(Clearing {
        name: names.get(&region).cloned().unwrap_or_else(|| region.clone()),
        region,
        received,
        answered: row.try_get(2)?,
        overdue: row.try_get(3)?,
        cleared,
        share_bp: cleared.saturating_mul(10_000).checked_div(received).unwrap_or(0),
        ..Clearing::default()
    })
}
