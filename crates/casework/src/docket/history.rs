//! What was done to a matter and what was refused, as those see it who may read the matter.

use super::{Docket, matter};
use crate::{
    policy,
    store::{Context, Draft, Error},
    trail::Outcome,
};
use serde::Serialize;
use sqlx::Row as _;
use utoipa::ToSchema;

/// Most records of a page.
const MOST: i64 = 200;

/// An act of the past, done or refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Past {
    /// Number of its record in the trail.
    pub seq: u64,
    /// When, in seconds of China's civil time.
    pub at: i64,
    /// By whom.
    pub account: String,
    /// For which organisation.
    pub organisation: String,
    /// In which role.
    pub role: String,
    /// Which act.
    pub act: String,
    /// Its Chinese name; the id where the machine has no such act.
    pub title: String,
    /// Whether it was refused.
    pub refused: bool,
    /// Why it was done; of a refusal the codes of what stood against it.
    pub why: String,
}

/// A page of a matter's past, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct History {
    /// The acts.
    pub items: Vec<Past>,
    /// What to ask the next page with; none where this is the last.
    pub next: Option<u64>,
}

impl Docket {
    /// Acts on a matter that the one who asks may read, before a record's number; looks at it are the auditor's alone.
    pub async fn history(&self, context: Context, id: &str, before: Option<u64>) -> Result<History, Error> {
        let actor = self.actor(&context).await?;
        let mut conn = self.store.reader().await?;
        let stored = matter::load(&mut conn, id).await?;
        if self.policies.decide(&actor, policy::Read, &stored.access()?).is_err() {
            drop(conn);
            return self.refuse(&context, Draft::new("history", "matter", id), Error::NotFound).await;
        }
        let machine = stored.heading.machine;
        let rows = sqlx::query(
            "SELECT seq, at, account, organisation, role, act, outcome, why FROM trail \
             WHERE object = $1 AND seq < $2 AND outcome <> $3 AND kind IN ($4, 'matter') ORDER BY seq DESC LIMIT $5",
        )
        .bind(id)
        .bind(before.map_or(i64::MAX, |seq| i64::try_from(seq).unwrap_or(i64::MAX)))
        .bind(Outcome::Read.name())
        .bind(machine.as_str())
        .bind(MOST + 1)
        .fetch_all(&mut *conn)
        .await?;
        drop(conn);
        let acts = self.procedures.machines.get(&machine).map(|machine| &machine.acts);
        let past = |row: &sqlx::any::AnyRow| -> Result<Past, Error> {
            let act: String = row.try_get(5)?;
            let title =
                acts.and_then(|acts| acts.get(&act)).map_or_else(|| act.clone(), |act| act.title.clone());
            Ok(Past {
                seq: row.try_get::<i64, _>(0)? as u64,
                at: row.try_get(1)?,
                account: row.try_get(2)?,
                organisation: row.try_get(3)?,
                role: row.try_get(4)?,
                act,
                title,
                refused: row.try_get::<String, _>(6)? == Outcome::Refused.name(),
                why: row.try_get(7)?,
            })
        };
        let mut items = rows.iter().map(past).collect::<Result<Vec<_>, _>>()?;
        let more = items.len() as i64 > MOST;
        items.truncate(MOST as usize);
        let next = items.last().filter(|_| more).map(|last| last.seq);
        self.store.record_read(context, Draft::new("history", machine, id)).await?;
        Ok(History { items, next })
    }
}
