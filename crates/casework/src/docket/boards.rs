//! Boards: how far each region is from cleared, which clocks run out in which organisation, and what checking says of each rule.

use super::{
    Docket,
    list::{Query, Sql},
    overview::{Key, Selected},
    statistics::{digits_below, names},
};
use crate::{
    policy::{self, Column, Filter},
    store::{Context, Draft, Error},
};
use mingcha_model::time::DAY;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::Row as _;
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
        let scope = self.policies.scope(&actor, policy::Count);
        let query =
            Query { machine: Some("clue".into()), region: Some(region.to_owned()), ..Query::default() };
        let now = self.store.now().time().0;
        let regions = self
            .overview
            .fold(&self.store, scope.filter(), &query, &actor.organisation, move |selected| {
                cleared(selected, digits, now)
            })
            .await?;
        let mut conn = self.store.reader().await?;
        let names = names(&mut conn).await?;
        drop(conn);
        let named = |clearing: Clearing| Clearing {
            name: names.get(&clearing.region).unwrap_or(&clearing.region).clone(),
            ..clearing
        };
        self.looked_at(context, "clearing", region).await?;
        Ok(regions.into_iter().map(named).collect())
    }

    /// Which clocks run out in which organisation of a region, those with the most overdue first.
    pub async fn clock_board(
        &self,
        context: Context,
        region: &str,
    ) -> Result<Vec<OrganisationClocks>, Error> {
        let actor = self.actor(&context).await?;
        let scope = self.policies.scope(&actor, policy::Count);
        let query = Query { region: Some(region.to_owned()), ended: Some(false), ..Query::default() };
        let now = self.store.now().time().0;
        let running = self
            .overview
            .fold(&self.store, scope.filter(), &query, &actor.organisation, move |selected| {
                running(selected, now)
            })
            .await?;
        let mut sql = Sql::default();
        sql.filter(scope.filter());
        sql.text.push_str(" AND ");
        sql.filter(&Filter::Under(Column::Region, region.to_owned()));
        let mut conn = self.store.reader().await?;
        let text = format!(
            "SELECT m.organisation, b.limit_id, COUNT(*), MIN(o.title), MIN(o.region) FROM breach b \
             JOIN matter m ON m.id = b.matter JOIN organisation o ON o.id = m.organisation WHERE {} GROUP BY m.organisation, b.limit_id",
            sql.text
        );
        let breaches = sql.bound(text).fetch_all(&mut *conn).await?;
        let mut board: BTreeMap<String, OrganisationClocks> =
            running.into_iter().map(|clocks| (clocks.organisation.clone(), clocks)).collect();
        let titles = sqlx::query("SELECT id, title, region FROM organisation").fetch_all(&mut *conn).await?;
        drop(conn);
        for row in titles {
            if let Some(clocks) = board.get_mut(&row.try_get::<String, _>(0)?) {
                (clocks.title, clocks.region) = (row.try_get(1)?, row.try_get(2)?);
            }
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

/// States of clues that are cleared.
const CLEARED: [&str; 4] = ["closed", "filed", "merged", "passed_on"];

/// States of clues that are answered, cleared ones among them.
const ANSWERED: [&str; 4] = ["closed", "filed", "answered", "spot_checking"];

/// Of the answers of a clue only the newest counts: what was sent back and answered again is not counted twice.
const NEWEST: &str = "NOT (t.what IN ('clues_confirmed', 'clues_refuted', 'clues_unclear') AND EXISTS (SELECT 1 FROM tally n \
                      WHERE n.matter = t.matter AND n.seq > t.seq AND n.what IN ('clues_confirmed', 'clues_refuted', 'clues_unclear')))";

fn cleared(selected: &Selected<'_>, digits: usize, now: i64) -> Vec<Clearing> {
    let (cleared, answered) =
        (CLEARED.map(|state| selected.number(state)), ANSWERED.map(|state| selected.number(state)));
    let mut regions: Vec<Clearing> = Vec::new();
    // By the number of a place's code, where its region stands among them.
    let mut slots: Vec<Option<usize>> = vec![None; selected.words()];
    for row in selected.rows() {
        let place = selected.value(row, Key::Region);
        let at = *slots[place as usize]
            .get_or_insert_with(|| slot(&mut regions, above(selected.word(place), digits)));
        let one = &mut regions[at];
        let done = cleared.contains(&row.state);
        one.received += 1;
        one.dispatched += i64::from(row.dispatched);
        one.answered += i64::from(answered.contains(&row.state));
        one.returned += i64::from(row.sent_back);
        one.overdue += i64::from(!done && !row.ended && row.due.is_some_and(|due| due < now));
        one.cleared += i64::from(done);
        one.found += row.found;
    }
    for one in &mut regions {
        one.share_bp = one.cleared.saturating_mul(10_000).checked_div(one.received).unwrap_or(0);
    }
    regions.sort_by(|a, b| a.region.cmp(&b.region));
    regions
}

/// The region of so many digits that a place lies in.
fn above(place: &str, digits: usize) -> String {
    let region: String = place.chars().take(digits).collect();
    format!("{region:0<6}")
}

/// Where a region stands, at the end where it is new.
fn slot(regions: &mut Vec<Clearing>, region: String) -> usize {
    regions.iter().position(|one| one.region == region).unwrap_or_else(|| {
        regions.push(Clearing { region, ..Clearing::default() });
        regions.len() - 1
    })
}

/// Organisations with matters whose limits run, not yet by name.
fn running(selected: &Selected<'_>, now: i64) -> Vec<OrganisationClocks> {
    let mut all = vec![OrganisationClocks::default(); selected.words()];
    for row in selected.rows() {
        let Some(due) = row.due else { continue };
        let one = &mut all[selected.value(row, Key::Organisation) as usize];
        one.running += 1;
        one.soon += i64::from(due >= now && due < now + SOON);
        one.overdue += i64::from(due < now);
    }
    let named = |(number, one)| OrganisationClocks { organisation: selected.word(number).to_owned(), ..one };
    (0..).zip(all).filter(|(_, one)| one.running > 0).map(named).collect()
}
