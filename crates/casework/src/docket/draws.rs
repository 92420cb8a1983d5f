//! Draws as the store keeps them: the digest of the seed first, then list and result, so that anybody can draw again.

use super::{Docket, act::bounded};
use crate::{
    draw::{Draw, DrawError, commitment},
    facts::Department,
    policy::{self, Kind},
    store::{Context, Done, Draft, Error, Unit},
    trail::Digest,
};
use mingcha_model::cert::hex;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use utoipa::{IntoParams, ToSchema};

/// A draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DrawView {
    /// Id, by which acts name it.
    pub id: String,
    /// What is drawn for.
    pub title: String,
    /// Organisation that draws.
    pub organisation: String,
    /// SM3 of the seed, published before the lists.
    pub commitment: String,
    /// When it was published.
    pub at: i64,
    /// Who published it.
    pub account: String,
    /// The draws by name, such as `institutions` and `officers`, with seed and lists; nothing before they were made.
    #[schema(value_type = Object)]
    pub draws: BTreeMap<String, Draw>,
    /// When they were made.
    pub drawn_at: Option<i64>,
}

/// What a list shows of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DrawHeading {
    /// Id.
    pub id: String,
    /// What is drawn for.
    pub title: String,
    /// Organisation that draws.
    pub organisation: String,
    /// When the seed's digest was published.
    pub at: i64,
    /// Who published it.
    pub account: String,
    /// When it was drawn; nothing while it waits for its lists.
    pub drawn_at: Option<i64>,
}

/// Which draws are listed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DrawQuery {
    /// Organisation that draws; all that one may look at where absent.
    pub organisation: Option<String>,
    /// Published before this instant.
    pub before: Option<i64>,
}

/// What a draw is made from.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawRequest {
    /// The seed whose digest was published.
    pub seed: String,
    /// Lists by name.
    pub lists: BTreeMap<String, DrawList>,
}

/// A list that is drawn from.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawList {
    /// Everybody or everything that could be drawn.
    pub list: BTreeSet<String>,
    /// Those who must not be, such as recused officers.
    #[serde(default)]
    pub without: BTreeSet<String>,
    /// How many are drawn.
    pub count: usize,
}

/// Most lists of a draw and names of a list.
const LISTS: usize = 10;
const NAMES: usize = 100_000;
/// Most draws of an answer.
const LISTED: usize = 100;

/// A seed that nobody could guess.
pub fn new_seed() -> Result<String, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Stored(format!("no random bytes: {error}")))?;
    Ok(hex(&bytes))
}

/// A draw is for the inspections and clues of an organisation, so who may begin an inspection there may draw, and who may look at its
/// inspections sees what it drew.
fn inspection(organisation: &str, region: &str) -> policy::Matter {
    policy::Matter::any(Kind::Inspection, organisation, Department::Insurance, region)
}

impl Docket {
    /// Publishes the digest of a seed.
    pub async fn begin_draw(
        &self,
        context: Context,
        title: String,
        commitment: Digest,
    ) -> Result<DrawView, Error> {
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let attempt = Draft::new("begin_draw", "draw", "");
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let actor = drawer(unit, &policies, &account).await?;
                    begin(unit, &actor, bounded("title", title, 200)?, commitment).await
                })
            })
            .await
    }

    /// Draws, once, by the organisation that published the digest.
    pub async fn draw(&self, context: Context, id: &str, request: DrawRequest) -> Result<DrawView, Error> {
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let (attempt, id) = (Draft::new("draw", "draw", id), id.to_owned());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let actor = drawer(unit, &policies, &account).await?;
                    let view = load(unit.conn(), &id).await?.ok_or(Error::NotFound)?;
                    if view.organisation != actor.organisation {
                        return Err(Error::NotFound);
                    }
                    if view.drawn_at.is_some() {
                        return Err(Error::Exists("draw".into()));
                    }
                    finish(unit, view, request).await
                })
            })
            .await
    }

    /// Draws of the organisations whose inspections the one who asks may look at, the newest first. Whom an inspection will meet is not for
    /// everybody; a draw that somebody was told of is still repeated by anybody, through its id.
    pub async fn draws(&self, context: Context, query: &DrawQuery) -> Result<Vec<DrawHeading>, Error> {
        let actor = self.actor(&context).await?;
        let mut conn = self.store.reader().await?;
        let text = "SELECT DISTINCT d.organisation, o.region FROM draw d JOIN organisation o ON o.id = d.organisation";
        let mut seen = Vec::new();
        for row in sqlx::query(text).fetch_all(&mut *conn).await? {
            let (organisation, region): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let asked = query.organisation.as_ref().is_none_or(|asked| *asked == organisation);
            let one = inspection(&organisation, &region);
            if asked && self.policies.decide(&actor, policy::Read, &one).is_ok() {
                seen.push(organisation);
            }
        }
        let mut found = Vec::new();
        for organisation in &seen {
            found.extend(headings(&mut conn, organisation, query.before).await?);
        }
        drop(conn);
        found.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        found.truncate(LISTED);
        self.store.record_read(context, Draft::new("list", "draws", "")).await?;
        Ok(found)
    }

    /// A draw, for anybody who has an account: so it can be drawn again.
    pub async fn read_draw(&self, context: Context, id: &str) -> Result<DrawView, Error> {
        let actor = self.actor(&context).await?;
        let mut conn = self.store.reader().await?;
        let view = load(&mut conn, id).await?;
        drop(conn);
        let draft = Draft::new("read_draw", "draw", id);
        match view.filter(|_| actor.enabled) {
            Some(view) => {
                self.store.record_read(context, draft).await?;
                Ok(view)
            }
            None => self.refuse(&context, draft, Error::NotFound).await,
        }
    }
}

/// Whether a stored draw proves itself and drew all of these.
pub(super) async fn drew(conn: &mut AnyConnection, id: &str, names: &[&str]) -> Result<bool, Error> {
    let Some(view) = load(conn, id).await? else { return Ok(false) };
    let sound = view
        .draws
        .values()
        .all(|draw| draw.verify().is_ok() && draw.commitment.to_string() == view.commitment);
    let drawn: BTreeSet<&str> =
        view.draws.values().flat_map(|draw| draw.drawn.iter().map(String::as_str)).collect();
    Ok(sound && !names.is_empty() && names.iter().all(|name| drawn.contains(name)))
}

/// The newest draws of an organisation.
async fn headings(
    conn: &mut AnyConnection,
    organisation: &str,
    before: Option<i64>,
) -> Result<Vec<DrawHeading>, Error> {
    let text = format!(
        "SELECT id, title, organisation, at, account, drawn_at FROM draw WHERE organisation = $1 AND at < $2 \
         ORDER BY at DESC, id DESC LIMIT {LISTED}"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(organisation)
        .bind(before.unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await?;
    let heading = |row: &AnyRow| -> Result<DrawHeading, Error> {
        Ok(DrawHeading {
            id: row.try_get(0)?,
            title: row.try_get(1)?,
            organisation: row.try_get(2)?,
            at: row.try_get(3)?,
            account: row.try_get(4)?,
            drawn_at: row.try_get(5)?,
        })
    };
    rows.iter().map(heading).collect()
}

async fn load(conn: &mut AnyConnection, id: &str) -> Result<Option<DrawView>, Error> {
    let text =
        "SELECT id, title, organisation, commitment, at, account, draws, drawn_at FROM draw WHERE id = $1";
    let Some(row) = sqlx::query(text).bind(id).fetch_optional(conn).await? else { return Ok(None) };
    let draws: String = row.try_get(6)?;
    Ok(Some(DrawView {
        id: row.try_get(0)?,
        title: row.try_get(1)?,
        organisation: row.try_get(2)?,
        commitment: row.try_get(3)?,
        at: row.try_get(4)?,
        account: row.try_get(5)?,
        draws: serde_json::from_str(&draws).map_err(|error| Error::Stored(format!("draw {id}: {error}")))?,
        drawn_at: row.try_get(7)?,
    }))
}

/// The account that draws, where it may begin inspections of its organisation.
async fn drawer(unit: &mut Unit, policies: &policy::Policies, account: &str) -> Result<policy::Actor, Error> {
    let actor = unit.actor(account).await?;
    policies.decide(&actor, policy::Create, &inspection(&actor.organisation, &actor.region))?;
    Ok(actor)
}

async fn begin(
    unit: &mut Unit,
    actor: &policy::Actor,
    title: String,
    commitment: Digest,
) -> Result<Done<DrawView>, Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Error::Stored(format!("no random bytes: {error}")))?;
    let view = DrawView {
        id: format!("draw-{}", hex(&bytes)),
        title,
        organisation: actor.organisation.clone(),
        commitment: commitment.to_string(),
        at: unit.now.time().0,
        account: actor.account.clone(),
        draws: BTreeMap::new(),
        drawn_at: None,
    };
    sqlx::query("INSERT INTO draw (id, title, organisation, commitment, at, account, draws) VALUES ($1, $2, $3, $4, $5, $6, '{}')")
        .bind(view.id.as_str())
        .bind(view.title.as_str())
        .bind(view.organisation.as_str())
        .bind(view.commitment.as_str())
        .bind(view.at)
        .bind(view.account.as_str())
        .execute(unit.conn())
        .await?;
    let became = json!({ "commitment": view.commitment }).to_string();
    let record = Draft::new("begin_draw", "draw", view.id.as_str()).change(None, Some(became));
    Ok(Done::new(view, record))
}

async fn finish(unit: &mut Unit, mut view: DrawView, request: DrawRequest) -> Result<Done<DrawView>, Error> {
    let published =
        Digest::parse(&view.commitment).ok_or_else(|| Error::Stored("commitment of a draw".into()))?;
    if commitment(&request.seed) != published {
        return Err(Error::invalid("seed", DrawError::Seed.to_string()));
    }
    if request.lists.is_empty() || request.lists.len() > LISTS {
        return Err(Error::invalid("lists", format!("须有1至{LISTS}份名单")));
    }
    for (name, DrawList { list, without, count }) in request.lists {
        let field = format!("lists.{}", bounded("lists", name.clone(), 40)?);
        if list.len() > NAMES || count == 0 {
            return Err(Error::invalid(field, format!("名单不超过{NAMES}项，抽取数不为零")));
        }
        let draw = Draw::of(&request.seed, published, list, without, count)
            .map_err(|error| Error::invalid(field, error.to_string()))?;
        view.draws.insert(name, draw);
    }
    view.drawn_at = Some(unit.now.time().0);
    let draws = serde_json::to_string(&view.draws).map_err(|error| Error::Stored(error.to_string()))?;
    sqlx::query("UPDATE draw SET draws = $1, drawn_at = $2 WHERE id = $3")
        .bind(draws.as_str())
        .bind(view.drawn_at)
        .bind(view.id.as_str())
        .execute(unit.conn())
        .await?;
    let drawn: BTreeMap<&String, &Vec<String>> =
        view.draws.iter().map(|(name, draw)| (name, &draw.drawn)).collect();
    let became = json!({ "seed": request.seed, "drawn": drawn, "sm3": mingcha_model::cert::sm3_hex(draws.as_bytes()) });
    let record = Draft::new("draw", "draw", view.id.as_str()).change(None, Some(became.to_string()));
    Ok(Done::new(view, record))
}
