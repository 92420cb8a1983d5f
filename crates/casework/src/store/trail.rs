//! The trail as it is stored: read in order, page by page, proved and exported without holding it in memory.

use super::{Error, Store};
use crate::{
    clock::ServerTime,
    trail::{Anchor, Digest, Entry, Head, Object, Outcome, Record, Who},
    words::Word as _,
};
use mingcha_model::Time;
use sqlx::{Row as _, any::AnyRow};

/// Records that are read at once.
const PAGE: i64 = 2000;

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
        let rows = sqlx::query(
            "SELECT seq, at, account, organisation, role, origin, act, outcome, kind, object, was, became, why, \
             previous, digest FROM trail WHERE seq > $1 ORDER BY seq LIMIT $2",
        )
        .bind(seq as i64)
        .bind(PAGE)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(entry).collect()
    }
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
