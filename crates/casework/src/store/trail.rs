//! The trail as it is stored: read in order, page by page, proved and exported without holding it in memory.

use super::{Context, Draft, Error, Store, accounts::span};
use crate::{
    clock::ServerTime,
    policy::{Authorized, ReadAudit, VerifyAudit},
    trail::{Anchor, Digest, Entry, Head, Object, Outcome, Record, Report, Who, Witness, verify},
    words::Word as _,
};
use mingcha_model::Time;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row as _, any::AnyRow};
use std::fmt::Write as _;
use tokio::{sync::mpsc, task};

/// Records that are read at once.
const PAGE: i64 = 2000;

/// The columns that [`entry`] reads, in its order.
const COLUMNS: &str = "seq, at, account, organisation, role, origin, act, outcome, kind, object, was, became, why, previous, digest";

impl Store {
    /// The end of the trail.
    pub async fn trail_head(&self) -> Result<Head, Error> {
        let row =
            sqlx::query("SELECT seq, digest FROM trail_head WHERE one = 1").fetch_one(&self.pool).await?;
        Ok(Head { seq: row.try_get::<i64, _>(0)? as u64, digest: digest(&row, 1)? })
    }

    /// What to sign or publish now.
    pub async fn anchor(&self) -> Result<Anchor, Error> {
        Ok(self.trail_head().await?.anchor(self.now()))
    }

    /// The records after `seq`, at most 2,000, in the order of their numbers.
    pub async fn trail_after(&self, seq: u64) -> Result<Vec<Entry>, Error> {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM trail WHERE seq > $1 ORDER BY seq LIMIT $2"
        )))
        .bind(seq as i64)
        .bind(PAGE)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(entry).collect()
    }

    /// Proves the whole chain up to its head now, page by page; returns how many records there were and what is wrong.
    pub async fn prove(&self, anchors: Vec<Anchor>) -> Result<(u64, Report), Error> {
        // One statement, so that what follows the head is a stranger and not an act of this moment.
        let text =
            "SELECT seq, digest, (SELECT COALESCE(MAX(seq), 0) FROM trail) FROM trail_head WHERE one = 1";
        let row = sqlx::query(text).fetch_one(&self.pool).await?;
        let head = Head { seq: row.try_get::<i64, _>(0)? as u64, digest: digest(&row, 1)? };
        let end = head.seq.max(row.try_get::<i64, _>(2)? as u64);
        let witness = Witness { anchors, head: Some(head.anchor(self.now())) };
        let (pages, mut queue) = mpsc::channel::<Vec<Entry>>(2);
        let proof = task::spawn_blocking(move || {
            verify(std::iter::from_fn(|| queue.blocking_recv()).flatten(), &witness)
        });
        let mut last = 0;
        while last < end {
            let mut page = self.trail_after(last).await?;
            page.retain(|entry| entry.record.seq <= end);
            let Some(entry) = page.last() else { break };
            last = entry.record.seq;
            if pages.send(page).await.is_err() {
                break;
            }
        }
        drop(pages);
        Ok((end, proof.await.map_err(|_| Error::Closed)?))
    }

    /// Records that the trail was proved, exported or anchored.
    pub async fn record_audit(
        &self,
        context: Context,
        _proof: &Authorized<VerifyAudit>,
        act: &'static str,
    ) -> Result<(), Error> {
        self.record_read(context, Draft::new(act, "installation", "")).await
    }

    /// Records that an operator took the trail out of the machine that it lies on.
    pub async fn record_export(&self, context: Context) -> Result<(), Error> {
        self.record_read(context, Draft::new("export_audit", "installation", "")).await
    }

    /// Records how an export of the trail ended: how many records left, and whether all of them did.
    pub async fn record_export_end(&self, context: Context, records: u64, whole: bool) -> Result<(), Error> {
        let why = format!("{records} records left, {}", if whole { "all of them" } else { "broken off" });
        self.record_read(context, Draft::new("export_audit_end", "installation", "").why(why)).await
    }

    /// Records that an operator takes a copy of the store.
    pub async fn record_backup(&self, context: Context) -> Result<(), Error> {
        self.record_read(context, Draft::new("backup", "installation", "")).await
    }

    /// Records how the making or the check of an archive in the data folder ended.
    pub async fn record_backup_end(
        &self,
        context: Context,
        act: &'static str,
        name: &str,
        why: String,
    ) -> Result<(), Error> {
        self.record_read(context, Draft::new(act, "backup", name).why(why)).await
    }

    /// A page of records, the newest first: all of them where the proof is for the whole installation, else those of the organisations of
    /// its region. That they were read is recorded before they are handed out.
    pub async fn trail_page(
        &self,
        context: Context,
        proof: &Authorized<ReadAudit>,
        query: &TrailQuery,
    ) -> Result<Vec<Entry>, Error> {
        let whole = proof.is_for(&self.installation().await?);
        let (from, to) = span(proof.id());
        let TrailQuery { before, account, object, act, outcome, since, until, limit } = query;
        let mut text = format!("SELECT {COLUMNS} FROM trail WHERE seq < $1 AND at >= $2 AND at < $3");
        let named = [("account", account), ("object", object), ("act", act)];
        let mut bound: Vec<&str> = Vec::new();
        for (column, value) in named {
            if let Some(value) = value {
                bound.push(value);
                let _ = write!(text, " AND {column} = ${}", bound.len() + 3);
            }
        }
        if let Some(outcome) = outcome {
            bound.push(outcome.name());
            let _ = write!(text, " AND outcome = ${}", bound.len() + 3);
        }
        if !whole {
            bound.extend([from.as_str(), to.as_str()]);
            let (from, to) = (bound.len() + 2, bound.len() + 3);
            let _ = write!(
                text,
                " AND organisation IN (SELECT id FROM organisation WHERE region BETWEEN ${from} AND ${to})"
            );
        }
        let _ = write!(text, " ORDER BY seq DESC LIMIT {}", (*limit).clamp(1, PAGE));
        let mut select = sqlx::query(AssertSqlSafe(text))
            .bind(before.map_or(i64::MAX, |seq| seq as i64))
            .bind(since.map_or(i64::MIN, |at| at.0))
            .bind(until.map_or(i64::MAX, |at| at.0));
        for value in bound {
            select = select.bind(value);
        }
        let rows = select.fetch_all(&self.pool).await?;
        self.record_read(context, Draft::new("read_audit", "installation", "")).await?;
        rows.iter().map(entry).collect()
    }
}

/// Which records are asked for.
#[derive(Clone, Debug, Default)]
pub struct TrailQuery {
    /// Only before this number.
    pub before: Option<u64>,
    /// Only of this account.
    pub account: Option<String>,
    /// Only on this object.
    pub object: Option<String>,
    /// Only of this act.
    pub act: Option<String>,
    /// Only of this outcome.
    pub outcome: Option<Outcome>,
    /// Only from this instant on.
    pub since: Option<Time>,
    /// Only before this instant.
    pub until: Option<Time>,
    /// At most so many.
    pub limit: i64,
}

/// A record as an archive holds it: the values of [`COLUMNS`]' order.
pub(super) fn entry_of(row: &[Value]) -> Option<Entry> {
    let text = |column: usize| row.get(column)?.as_str().map(str::to_owned);
    let state = |column: usize| row.get(column).and_then(Value::as_str).map(str::to_owned);
    let record = Record {
        seq: row.first()?.as_u64()?,
        at: ServerTime::from_store(Time(row.get(1)?.as_i64()?)),
        who: Who { account: text(2)?, organisation: text(3)?, role: text(4)? },
        from: text(5)?,
        act: text(6)?,
        outcome: Outcome::named(&text(7)?)?,
        on: Object { kind: text(8)?, id: text(9)? },
        before: state(10),
        after: state(11),
        why: text(12)?,
    };
    Some(Entry { record, previous: Digest::parse(&text(13)?)?, digest: Digest::parse(&text(14)?)? })
}

fn entry(row: &AnyRow) -> Result<Entry, Error> {
    let outcome: String = row.try_get(7)?;
    let outcome = Outcome::named(&outcome).ok_or_else(|| Error::Stored("outcome of a record".into()))?;
    let record = Record {
        seq: row.try_get::<i64, _>(0)? as u64,
        at: ServerTime::from_store(Time(row.try_get(1)?)),
        who: Who { account: row.try_get(2)?, organisation: row.try_get(3)?, role: row.try_get(4)? },
        from: row.try_get(5)?,
        act: row.try_get(6)?,
        outcome,
        on: Object { kind: row.try_get(8)?, id: row.try_get(9)? },
        before: row.try_get(10)?,
        after: row.try_get(11)?,
        why: row.try_get(12)?,
    };
    Ok(Entry { record, previous: digest(row, 13)?, digest: digest(row, 14)? })
}

fn digest(row: &AnyRow, column: usize) -> Result<Digest, Error> {
    let text: String = row.try_get(column)?;
    Digest::parse(&text).ok_or_else(|| Error::Stored("digest of a record".into()))
}
