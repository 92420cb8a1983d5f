//! What an organisation writes on all of its papers: addresses, accounts, and the published names of its officers.

use super::{Docket, act::bounded};
use crate::{
    policy::{Authorized, ManageParameters},
    store::{Context, Done, Draft, Error, Unit},
};
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, Row as _};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The letterhead of an organisation; what is empty is entered paper by paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Letterhead {
    /// What stands before the word of a number series, mostly the place's short name.
    pub place: String,
    /// Address.
    pub address: String,
    /// Who answers questions.
    pub contact: String,
    /// Telephone.
    pub phone: String,
    /// Section that does the work.
    pub unit: String,
    /// Authority of reconsideration.
    pub reconsideration: String,
    /// Court that has jurisdiction.
    pub court: String,
    /// Bank that takes fines.
    pub bank: String,
    /// Account for fines.
    pub fine_account: String,
    /// Account of the fund for what is returned.
    pub fund_account: String,
    /// Names of officers as the authority publishes them, by number of certificate or account.
    pub names: BTreeMap<String, String>,
}

/// The letterhead with its version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LetterheadView {
    /// It.
    pub letterhead: Letterhead,
    /// Counts its changes; 0 where it was never set.
    pub version: i64,
}

/// Most names.
const NAMES: usize = 2000;

impl Letterhead {
    /// Its lines by the paths that papers name.
    pub(super) fn lines(&self) -> [(&'static str, &str); 9] {
        [
            ("authority.address", &self.address),
            ("authority.contact", &self.contact),
            ("authority.phone", &self.phone),
            ("authority.unit", &self.unit),
            ("authority.reconsideration", &self.reconsideration),
            ("authority.court", &self.court),
            ("authority.bank", &self.bank),
            ("authority.fine_account", &self.fine_account),
            ("authority.fund_account", &self.fund_account),
        ]
    }

    /// The name of an officer by certificate or account.
    pub fn name(&self, key: &str) -> Option<&str> {
        self.names.get(key).map(String::as_str).filter(|name| !name.is_empty())
    }

    fn check(self) -> Result<Self, Error> {
        bounded("place", self.place.clone(), 10)?;
        for (path, text) in self.lines() {
            bounded(path.trim_start_matches("authority."), text.to_owned(), 200)?;
        }
        if self.names.len() > NAMES {
            return Err(Error::invalid("names", format!("不超过{NAMES}人")));
        }
        for (key, name) in &self.names {
            bounded("names", key.clone(), 60)?;
            bounded("names", name.clone(), 60)?;
        }
        Ok(self)
    }
}

/// Reads the letterhead of an organisation.
pub(super) async fn load(conn: &mut AnyConnection, organisation: &str) -> Result<LetterheadView, Error> {
    let row = sqlx::query("SELECT value, version FROM setting WHERE name = $1")
        .bind(name(organisation))
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(LetterheadView::default()) };
    let value: String = row.try_get(0)?;
    let letterhead =
        serde_json::from_str(&value).map_err(|error| Error::Stored(format!("letterhead: {error}")))?;
    Ok(LetterheadView { letterhead, version: row.try_get(1)? })
}

fn name(organisation: &str) -> String {
    format!("letterhead/{organisation}")
}

impl Docket {
    /// The letterhead of the organisation of the one who asks.
    pub async fn letterhead(&self, context: &Context) -> Result<LetterheadView, Error> {
        let actor = self.actor(context).await?;
        let mut conn = self.store.reader().await?;
        load(&mut conn, &actor.organisation).await
    }

    /// Sets the letterhead of the organisation of the one who was allowed to.
    pub async fn set_letterhead(
        &self,
        context: Context,
        proof: &Authorized<ManageParameters>,
        version: i64,
        letterhead: Letterhead,
    ) -> Result<LetterheadView, Error> {
        let organisation = proof.actor().organisation.clone();
        let attempt = Draft::new("set_letterhead", "organisation", organisation.as_str());
        let letterhead = letterhead.check()?;
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move { set(unit, &organisation, version, letterhead).await })
            })
            .await
    }
}

async fn set(
    unit: &mut Unit,
    organisation: &str,
    version: i64,
    letterhead: Letterhead,
) -> Result<Done<LetterheadView>, Error> {
    let before = load(unit.conn(), organisation).await?;
    if before.version != version {
        return Err(Error::Conflict { based_on: version, version: before.version });
    }
    let json = |letterhead: &Letterhead| {
        serde_json::to_string(letterhead).map_err(|error| Error::Stored(error.to_string()))
    };
    let (value, now) = (json(&letterhead)?, unit.now.time().0);
    sqlx::query(
        "INSERT INTO setting (name, value, version, changed) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = excluded.version, changed = excluded.changed",
    )
    .bind(name(organisation))
    .bind(value.as_str())
    .bind(version + 1)
    .bind(now)
    .execute(unit.conn())
    .await?;
    // Names of officers are many and published elsewhere; how many there are is enough here.
    let told = |letterhead: &Letterhead| {
        json(&Letterhead { names: BTreeMap::new(), ..letterhead.clone() })
            .map(|text| format!("{text} names: {}", letterhead.names.len()))
    };
    let record = Draft::new("set_letterhead", "organisation", organisation)
        .change(Some(told(&before.letterhead)?), Some(told(&letterhead)?));
    Ok(Done::new(LetterheadView { letterhead, version: version + 1 }, record))
}
