//! Tables of a past period that were closed: what was reported stays, corrections stand beside it. What a table holds is its maker's own text.

use super::{Docket, around::organisation_of, statistics::within};
use crate::{
    facts::Department,
    policy::{self, Kind},
    store::{Context, Done, Draft, Error, Unit},
};
use mingcha_model::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{AnyConnection, Row as _};
use std::sync::Arc;

/// Which table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableKey {
    /// Id of the ledger.
    pub ledger: String,
    /// Its period, such as `2026Q1`.
    pub period: String,
    /// Region that it is about.
    pub region: String,
}

/// A table that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTable {
    /// Counts its corrections, from 1.
    pub version: i64,
    /// What its maker wrote.
    pub body: String,
}

impl TableKey {
    /// The report that such a table is, as policy sees it: one of the region's bureau, whoever asks. Where there is no bureau it is nobody's.
    async fn report(&self, conn: &mut AnyConnection) -> Result<policy::Matter, Error> {
        let bureau = organisation_of(conn, Department::Insurance.name(), &self.region).await?;
        let bureau = bureau.unwrap_or_default();
        Ok(policy::Matter {
            id: format!("{} {} {}", self.ledger, self.period, self.region),
            ..policy::Matter::any(Kind::Report, &bureau, Department::Insurance, &self.region)
        })
    }
}

impl Docket {
    /// A table that was closed, for whoever may count its region.
    pub async fn closed_table(&self, context: &Context, key: &TableKey) -> Result<Option<KeptTable>, Error> {
        let actor = self.actor(context).await?;
        let mut conn = self.store.reader().await?;
        self.policies.decide(&actor, policy::Count, &key.report(&mut conn).await?)?;
        within(&actor.region, &key.region)?;
        load(&mut conn, key).await
    }

    /// Closes a table of one's own region (`version` 0), or keeps it with one correction more. The period must be over.
    pub async fn keep_table(
        &self,
        context: Context,
        key: TableKey,
        last_day: Date,
        kept: KeptTable,
        why: String,
    ) -> Result<KeptTable, Error> {
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let act = if kept.version == 0 { "close_table" } else { "correct_table" };
        let attempt = Draft::new(act, "table", format!("{}/{}", key.ledger, key.period));
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let actor = unit.actor(&account).await?;
                    policies.decide(&actor, policy::Create, &key.report(unit.conn()).await?)?;
                    if key.region != actor.region {
                        return Err(Error::invalid("region", "只能结账本单位所在地区的报表"));
                    }
                    if last_day >= unit.now.time().date() {
                        return Err(Error::invalid("period", "期间尚未结束，不能结账"));
                    }
                    keep(unit, key, kept, act, why, &account).await
                })
            })
            .await
    }
}

async fn load(conn: &mut AnyConnection, key: &TableKey) -> Result<Option<KeptTable>, Error> {
    let text = "SELECT version, body FROM closed_table WHERE ledger = $1 AND period = $2 AND region = $3";
    let row = sqlx::query(text)
        .bind(key.ledger.as_str())
        .bind(key.period.as_str())
        .bind(key.region.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok(KeptTable { version: row.try_get(0)?, body: row.try_get(1)? })).transpose()
}

async fn keep(
    unit: &mut Unit,
    key: TableKey,
    kept: KeptTable,
    act: &str,
    why: String,
    account: &str,
) -> Result<Done<KeptTable>, Error> {
    let before = load(unit.conn(), &key).await?;
    let version = before.as_ref().map_or(0, |before| before.version);
    if version != kept.version {
        return Err(Error::Conflict { based_on: kept.version, version });
    }
    let now = unit.now.time().0;
    sqlx::query(
        "INSERT INTO closed_table (ledger, period, region, version, body, at, account) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (ledger, period, region) DO UPDATE SET version = excluded.version, body = excluded.body",
    )
    .bind(key.ledger.as_str())
    .bind(key.period.as_str())
    .bind(key.region.as_str())
    .bind(version + 1)
    .bind(kept.body.as_str())
    .bind(now)
    .bind(account)
    .execute(unit.conn())
    .await?;
    let digest = |body: &str| mingcha_model::cert::sm3_hex(body.as_bytes());
    let told = |body: &str| json!({ "region": key.region, "sm3": digest(body) }).to_string();
    let record = Draft::new(act, "table", format!("{}/{}", key.ledger, key.period))
        .why(why)
        .change(before.map(|before| told(&before.body)), Some(told(&kept.body)));
    Ok(Done::new(KeptTable { version: version + 1, body: kept.body }, record))
}
