//! What makes daily work shorter: officers to choose from, saved views of lists, names of regions.

use super::{
    Docket,
    act::bounded,
    letterhead::{self, Letterhead},
    statistics::names,
};
use crate::{
    facts::{Department, Role},
    policy::{self, Kind, Level, Matter},
    store::{Context, Done, Draft, Error},
    vault::finds,
    words::Word as _,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Somebody who can be named as an officer or member of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfficerView {
    /// Account.
    pub account: String,
    /// Role.
    pub role: String,
    /// The role in Chinese.
    pub role_title: String,
    /// Whether a certificate of law enforcement holds today.
    pub certified: bool,
    /// Until when it holds, `2026-12-31`.
    pub certificate_until: Option<String>,
}

/// A region by its bureau.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegionView {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// `nation`, `province`, `city` or `county`.
    pub level: String,
    /// The region that it lies in, where it is known too.
    pub parent: Option<String>,
}

/// A saved view of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SavedViews {
    /// Which list.
    pub place: String,
    /// What the workbench keeps there; null where nothing is.
    pub body: Value,
}

/// Most bytes of what is kept for a place.
const BODY: usize = 64 * 1024;
/// Most places of an account.
const PLACES: i64 = 50;
/// Most accounts whose names are asked for at once.
const NAMED: usize = 200;
/// Most officers of an organisation.
const OFFICERS: i64 = 500;
/// Who works on matters.
const WORKING: [Role; 4] = [Role::Handler, Role::TeamLead, Role::Head, Role::LegalReviewer];

impl Docket {
    /// The accounts of an organisation that can be named as officers, for whoever may read the clues that the organisation works on.
    pub async fn officers(&self, context: Context, organisation: &str) -> Result<Vec<OfficerView>, Error> {
        let actor = self.actor(&context).await?;
        let draft = Draft::new("list", "officers", organisation);
        let body = match self.store.organisation(organisation).await {
            Ok(body) => body,
            Err(Error::NotFound) => return self.refuse(&context, draft, Error::NotFound).await,
            Err(error) => return Err(error),
        };
        let clue = Matter::any(Kind::Clue, &body.id, body.department, &body.region);
        let works = [Department::Insurance, Department::Agency].contains(&body.department);
        if !works || self.policies.decide(&actor, policy::Read, &clue).is_err() {
            return self.refuse(&context, draft, Error::NotFound).await;
        }
        let today = i64::from(self.store.now().time().date().0);
        let mut conn = self.store.reader().await?;
        let rows = sqlx::query(
            "SELECT id, role, certificate, certificate_until FROM account WHERE organisation = $1 AND disabled = 0 ORDER BY id LIMIT $2",
        )
        .bind(organisation)
        .bind(OFFICERS)
        .fetch_all(&mut *conn)
        .await?;
        drop(conn);
        let mut officers = Vec::new();
        for row in rows {
            let Some(role) = Role::named(&row.try_get::<String, _>(1)?).filter(|role| WORKING.contains(role))
            else {
                continue;
            };
            let (number, until): (Option<String>, Option<i64>) = (row.try_get(2)?, row.try_get(3)?);
            officers.push(OfficerView {
                account: row.try_get(0)?,
                role: role.name().to_owned(),
                role_title: role.title().to_owned(),
                certified: number.is_some() && until.is_none_or(|last| last >= today),
                certificate_until: until.map(|day| mingcha_model::Date(day as i32).to_string()),
            });
        }
        self.store.record_read(context, draft).await?;
        Ok(officers)
    }

    /// The names of accounts as their organisations publish them on their letterheads, by account; who has none there is left out. At most
    /// 200 accounts. What is published everybody who is signed in may know.
    pub async fn published_names(&self, accounts: &[&str]) -> Result<BTreeMap<String, String>, Error> {
        if accounts.len() > NAMED {
            return Err(Error::invalid("accounts", format!("一次不超过{NAMED}个")));
        }
        if accounts.is_empty() {
            return Ok(BTreeMap::new());
        }
        let places: Vec<String> = (1..=accounts.len()).map(|place| format!("${place}")).collect();
        let text = format!(
            "SELECT id, organisation, certificate FROM account WHERE id IN ({}) ORDER BY organisation",
            places.join(", ")
        );
        let select = accounts
            .iter()
            .fold(sqlx::query_as(AssertSqlSafe(text)), |select, account| select.bind(*account));
        let mut conn = self.store.reader().await?;
        let rows: Vec<(String, String, Option<String>)> = select.fetch_all(&mut *conn).await?;
        let (mut names, mut of, mut letterhead) = (BTreeMap::new(), String::new(), Letterhead::default());
        for (account, organisation, certificate) in rows {
            if organisation != of {
                letterhead = letterhead::load(&mut conn, &organisation).await?.letterhead;
                of = organisation;
            }
            let published = certificate.as_deref().and_then(|number| letterhead.name(number));
            if let Some(name) = published.or_else(|| letterhead.name(&account)) {
                names.insert(account.clone(), name.to_owned());
            }
        }
        Ok(names)
    }

    /// The regions whose bureaus take part, by code. Everybody knows them: matters are handed over by them.
    pub async fn regions(&self) -> Result<Vec<RegionView>, Error> {
        let mut conn = self.store.reader().await?;
        let names = names(&mut conn).await?;
        drop(conn);
        let above = |code: &str| {
            [4, 2, 0].map(|digits| format!("{:0<6}", code.get(..digits).unwrap_or_default())).into_iter()
        };
        let region = |(code, name): (&String, &String)| RegionView {
            code: code.clone(),
            name: name.clone(),
            level: Level::of(code).unwrap_or(Level::County).name().to_owned(),
            parent: above(code).find(|parent| parent != code && names.contains_key(parent)),
        };
        Ok(names.iter().map(region).collect())
    }

    /// What an account keeps for a place; nothing where it keeps none.
    pub async fn saved_views(&self, context: Context, place: &str) -> Result<SavedViews, Error> {
        let mut conn = self.store.reader().await?;
        let row = sqlx::query("SELECT body FROM saved_view WHERE account = $1 AND place = $2")
            .bind(context.who.account.as_str())
            .bind(place)
            .fetch_optional(&mut *conn)
            .await?;
        let body = row.map(|row| row.try_get::<String, _>(0)).transpose()?;
        let body = body.map(|text| serde_json::from_str(&text)).transpose();
        let body = body.map_err(|_| Error::Stored("a saved view".into()))?.unwrap_or(Value::Null);
        Ok(SavedViews { place: place.to_owned(), body })
    }

    /// Keeps something for a place. What stands in it is nobody's certificate number or telephone.
    pub async fn save_views(
        &self,
        context: Context,
        place: String,
        body: Value,
    ) -> Result<SavedViews, Error> {
        let place = bounded("place", place, 40)?;
        let text = body.to_string();
        if text.len() > BODY {
            return Err(Error::invalid("body", format!("保存的视图不超过{} KiB", BODY / 1024)));
        }
        if !finds(&text, true).is_empty() {
            return Err(Error::invalid("body", "视图的条件中不得写入证件号码或者手机号码"));
        }
        let account = context.who.account.clone();
        let draft = Draft::new("save_view", "view", place.as_str());
        self.store
            .write(context, draft.clone(), move |unit| {
                Box::pin(async move {
                    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM saved_view WHERE account = $1")
                        .bind(account.as_str())
                        .fetch_one(unit.conn())
                        .await?;
                    if count >= PLACES {
                        return Err(Error::invalid("place", "保存的视图过多"));
                    }
                    let now = unit.now.time().0;
                    sqlx::query(
                        "INSERT INTO saved_view (account, place, body, at) VALUES ($1, $2, $3, $4) \
                         ON CONFLICT (account, place) DO UPDATE SET body = excluded.body, at = excluded.at",
                    )
                    .bind(account.as_str())
                    .bind(place.as_str())
                    .bind(text)
                    .bind(now)
                    .execute(unit.conn())
                    .await?;
                    Ok(Done::new(SavedViews { place, body }, draft))
                })
            })
            .await
    }
}
