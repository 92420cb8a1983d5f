//! Groups that a run saw together: the clues about them with where and when they were seen, which headings do not say.

use super::{
    Docket,
    list::{Query, Sql, listed},
    matter::{HEADING, Heading, heading},
};
use crate::{
    policy::{self, Filter},
    store::{Backend, Context, Error},
};
use serde::{Deserialize, Serialize};
use sqlx::{Row as _, any::AnyRow};
use std::{cmp::Reverse, collections::BTreeMap};
use utoipa::ToSchema;

/// Groups of a page.
const PAGE: i64 = 50;
/// Most institutions that are told of one group.
const PLACES: usize = 20;

/// A page of groups, those with the highest score first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Groups {
    /// At most 50.
    pub items: Vec<GroupView>,
    /// Groups of all pages, all counted.
    pub total: i64,
}

/// A group that was seen together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupView {
    /// The clue about it.
    pub heading: Heading,
    /// Codes of the institutions of its lines, the one with most lines first; at most 20.
    pub institutions: Vec<String>,
    /// The first day on which it was seen.
    pub begin: Option<String>,
    /// The last day.
    pub end: Option<String>,
}

/// What is read of that on which a clue stands; all else is passed over.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Origin {
    begin: Option<String>,
    end: Option<String>,
    findings: Vec<Finding>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Finding {
    fixmedins_code: Option<String>,
    evidence: Vec<Line>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Line {
    fixmedins_code: Option<String>,
}

/// Institutions by how many lines are theirs, the most first.
fn places(origin: &Origin) -> Vec<String> {
    let mut lines: BTreeMap<&str, u32> = BTreeMap::new();
    for finding in &origin.findings {
        let own = finding.fixmedins_code.as_deref();
        for place in finding.evidence.iter().filter_map(|line| line.fixmedins_code.as_deref().or(own)) {
            *lines.entry(place).or_default() += 1;
        }
    }
    let mut places: Vec<(&str, u32)> = lines.into_iter().collect();
    places.sort_by_key(|(place, lines)| (Reverse(*lines), *place));
    places.into_iter().take(PLACES).map(|(place, _)| place.to_owned()).collect()
}

/// The groups among what one may see; `own` is the organisation of the one who asks.
pub(super) fn among(backend: Backend, scope: &Filter, own: &str) -> Sql {
    let clues = Query { machine: Some("clue".to_owned()), ..Query::default() };
    let mut sql = listed(backend, scope, &clues, own);
    // In these words, for only they mean the index of groups.
    sql.text.push_str(" AND m.subject_kind = 'group'");
    sql
}

/// The statement of a page of them, with what each stands on.
pub(super) fn page_of(sql: &Sql, before: i64) -> String {
    let order = format!("ORDER BY m.score DESC, m.id DESC LIMIT {PAGE} OFFSET {before}");
    format!("SELECT {HEADING}, m.origin FROM matter m WHERE {} {order}", sql.text)
}

/// Reads a row of [`HEADING`] with what the clue stands on behind it.
fn group(row: &AnyRow) -> Result<GroupView, Error> {
    let origin: String = row.try_get(23)?;
    // A clue that did not come from a run stands on nothing that is told here.
    let origin: Origin = serde_json::from_str(&origin).unwrap_or_default();
    let institutions = places(&origin);
    Ok(GroupView { heading: heading(row)?, institutions, begin: origin.begin, end: origin.end })
}

impl Docket {
    /// A page of the groups that the one who asks may see, from 1.
    pub async fn groups(&self, context: Context, page: Option<u32>) -> Result<Groups, Error> {
        let actor = self.actor(&context).await?;
        let scope = self.policies.scope(&actor, policy::List).filter().clone();
        let sql = among(self.store.backend(), &scope, &actor.organisation);
        let before = (i64::from(page.unwrap_or(1).max(1)) - 1).saturating_mul(PAGE);
        let all = format!("SELECT COUNT(*) FROM matter m WHERE {}", sql.text);
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(page_of(&sql, before)).fetch_all(&mut *conn).await?;
        let total = sql.bound(all).fetch_one(&mut *conn).await?.try_get(0)?;
        drop(conn);
        let items = rows.iter().map(group).collect::<Result<_, _>>()?;
        let text = |text: &str| Some(text.to_owned());
        let asked = Query { machine: text("clue"), subject_kind: text("group"), page, ..Query::default() };
        self.looked(context, "list", &asked).await?;
        Ok(Groups { items, total })
    }
}
