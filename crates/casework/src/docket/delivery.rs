//! Data that other departments deliver (deaths, travel, detention, work injury, employment): kept as keyed digests alone, for named
//! purposes and until a day; met with the people of a matter for a stated reason, gone when its day is over.

use super::{Docket, act::fresh, matter, open::stated, seal};
use crate::{
    policy::{self, Deed as _, DeliverData, Kind, MatchData, OpenPersonalData, ReadDeliveries},
    store::{Context, Done, Draft, Error, Unit},
    words::{Word, words},
};
use mingcha_model::{Date, cert};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use utoipa::ToSchema;
use zeroize::Zeroizing;

words! {
    /// What a delivery tells of people.
    #[derive(ToSchema)]
    #[schema(rename_all = "snake_case")]
    pub enum DeliveryKind {
        /// That they died.
        Death = "death", "死亡";
        /// That they were abroad.
        Travel = "travel", "出入境";
        /// That they were held.
        Detention = "detention", "羁押";
        /// That an injury of theirs is one of work.
        WorkInjury = "work_injury", "工伤";
        /// That they were employed.
        Employment = "employment", "就业";
    }
}

words! {
    /// What a delivery may be used for.
    #[derive(ToSchema)]
    #[schema(rename_all = "snake_case")]
    pub enum DataPurpose {
        /// A clue.
        CheckClue = "check_clue", "核查线索";
        /// A case.
        WorkCase = "work_case", "办理案件";
        /// A check on site.
        Inspect = "inspect", "实施检查";
    }
}

impl DataPurpose {
    /// What a matter of a kind may use it for.
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Clue => Some(Self::CheckClue),
            Kind::Case => Some(Self::WorkCase),
            Kind::Inspection => Some(Self::Inspect),
            _ => None,
        }
    }
}

/// Most rows of one delivery.
pub const DELIVERED_AT_ONCE: usize = 20_000;
/// Most refused rows that are named.
const NAMED: usize = 100;
/// Rows of one insert, and digests of one question.
const CHUNK: usize = 100;
/// Most deliveries of a list.
const LISTED: i64 = 200;

/// One row as it comes: a person and the days that it tells of, both counted.
pub struct NewRow {
    /// Number of the certificate; only its digest is kept.
    pub certno: Zeroizing<String>,
    /// First day.
    pub from: Date,
    /// Last day; none where it goes on, or is one day.
    pub to: Option<Date>,
}

/// A delivery as it comes.
pub struct NewDelivery {
    /// What it tells.
    pub kind: DeliveryKind,
    /// What it may be used for.
    pub purposes: BTreeSet<DataPurpose>,
    /// The last day on which it may be used.
    pub until: Date,
    /// Why it is delivered, such as the number of a letter.
    pub why: String,
    /// Its rows.
    pub rows: Vec<NewRow>,
    /// Most days that a delivery may be kept.
    pub most_days: i64,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UntakenRow {
    /// Its number, from 1.
    pub row: usize,
    /// What is wrong with it; nothing of what it says.
    pub message: String,
}

/// A delivery; nothing of it names anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryView {
    /// Id.
    pub id: String,
    /// What it tells.
    pub kind: DeliveryKind,
    /// Who delivered it.
    pub organisation: String,
    /// What it may be used for.
    pub purposes: BTreeSet<DataPurpose>,
    /// The last day on which it may be used.
    #[schema(value_type = String)]
    pub until: Date,
    /// Why it was delivered.
    pub why: String,
    /// When. Seconds of China's civil time.
    pub at: i64,
    /// Rows that were taken.
    pub rows: i64,
    /// Rows that were refused.
    pub refused: i64,
    /// When its rows were deleted.
    pub ended: Option<i64>,
}

/// What came of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Delivered {
    /// The delivery.
    pub delivery: DeliveryView,
    /// The first of the rows that were refused.
    pub refused_rows: Vec<UntakenRow>,
}

/// What a matter's people are met with, and why.
#[derive(Clone, Debug)]
pub struct MatchRequest {
    /// Kinds of deliveries; all where empty.
    pub kinds: BTreeSet<DeliveryKind>,
    /// What for; it must be one of the delivery's purposes.
    pub purpose: DataPurpose,
    /// Why.
    pub why: String,
}

/// That a delivery tells something of a person of a matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Matched {
    /// The token of the certificate in the matter.
    pub token: String,
    /// What is told.
    pub kind: DeliveryKind,
    /// First day.
    #[schema(value_type = String)]
    pub from: Date,
    /// Last day; none where it goes on, or is one day.
    #[schema(value_type = Option<String>)]
    pub to: Option<Date>,
    /// Who delivered it.
    pub organisation: String,
    /// The delivery.
    pub delivery: String,
}

/// What meeting came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Met {
    /// How many people of the matter were looked for.
    pub people: usize,
    /// What was found.
    pub matches: Vec<Matched>,
}

const COLUMNS: &str =
    "id, kind, organisation, purposes, until, why, at, taken, refused, ended, region FROM delivery";

fn view(row: &AnyRow) -> Result<DeliveryView, Error> {
    let wrong = |what: &str| Error::Stored(format!("{what} of a delivery"));
    let (kind, purposes): (String, String) = (row.try_get(1)?, row.try_get(3)?);
    let purposes: Option<BTreeSet<DataPurpose>> = purposes.split(' ').map(DataPurpose::named).collect();
    Ok(DeliveryView {
        id: row.try_get(0)?,
        kind: DeliveryKind::named(&kind).ok_or_else(|| wrong("kind"))?,
        organisation: row.try_get(2)?,
        purposes: purposes.ok_or_else(|| wrong("purposes"))?,
        until: day(row.try_get(4)?)?,
        why: row.try_get(5)?,
        at: row.try_get(6)?,
        rows: row.try_get(7)?,
        refused: row.try_get(8)?,
        ended: row.try_get(9)?,
    })
}

fn day(days: i64) -> Result<Date, Error> {
    i32::try_from(days).map(Date).map_err(|_| Error::Stored("a day of a delivery".into()))
}

async fn load(conn: &mut AnyConnection, id: &str) -> Result<DeliveryView, Error> {
    let text = format!("SELECT {COLUMNS} WHERE id = $1");
    let row = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_optional(conn).await?;
    view(&row.ok_or(Error::NotFound)?)
}

async fn organisation(conn: &mut AnyConnection, id: &str) -> Result<policy::Organisation, Error> {
    let row = sqlx::query("SELECT department, region FROM organisation WHERE id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await?
        .ok_or(Error::NotFound)?;
    let department: String = row.try_get(0)?;
    let department = Word::named(&department).ok_or_else(|| Error::Stored("department".into()))?;
    Ok(policy::Organisation { code: id.to_owned(), department, region: row.try_get(1)? })
}

/// A row that was taken: a keyed digest and days.
struct Row {
    person: String,
    from: Date,
    to: Option<Date>,
}

impl Docket {
    /// Takes a delivery. Certificate numbers become keyed digests before anything else is done with them.
    pub async fn deliver(&self, context: Context, new: NewDelivery) -> Result<Delivered, Error> {
        let vault = self.vaults.of::<OpenPersonalData>().now();
        let (rows, refused) = digested(&new.rows, |certno| vault.digest(certno));
        let NewDelivery { kind, purposes, until, why, most_days, rows: given } = new;
        let given = given.len();
        let why = stated("why", &why)?;
        if purposes.is_empty() {
            return Err(Error::invalid("purposes", "须写明至少一项用途"));
        }
        if given == 0 || given > DELIVERED_AT_ONCE {
            return Err(Error::invalid("rows", format!("一次推送1至{DELIVERED_AT_ONCE}行")));
        }
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let attempt = Draft::new(DeliverData.action().name(), "delivery", kind.name());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let today = unit.now.time().date();
                    let actor = unit.actor(&account).await?;
                    let own = organisation(unit.conn(), &actor.organisation).await?;
                    policies.decide(&actor, DeliverData, &own)?;
                    if until < today || i64::from(until.0) > i64::from(today.0) + most_days {
                        let message = format!("使用期限从当日起，最长{most_days}天");
                        return Err(Error::invalid("until", message));
                    }
                    let delivery = DeliveryView {
                        id: fresh("delivery")?,
                        kind,
                        organisation: own.code.clone(),
                        purposes,
                        until,
                        why,
                        at: unit.now.time().0,
                        rows: rows.len() as i64,
                        refused: (given - rows.len()) as i64,
                        ended: None,
                    };
                    insert(unit, &delivery, &own.region, &account, &rows).await?;
                    let record = Draft::new("deliver_data", "delivery", delivery.id.as_str())
                        .why(delivery.why.as_str())
                        .change(None, Some(json!(delivery).to_string()));
                    Ok(Done::new(Delivered { delivery, refused_rows: refused }, record))
                })
            })
            .await
    }

    /// Deliveries, the newest first, of the departments that the one who asks may know of.
    pub async fn deliveries(&self, context: Context) -> Result<Vec<DeliveryView>, Error> {
        let actor = self.actor(&context).await?;
        let mut conn = self.store.reader().await?;
        let of: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT organisation FROM delivery").fetch_all(&mut *conn).await?;
        let mut known = Vec::new();
        for code in of {
            let on = organisation(&mut conn, &code).await?;
            if self.policies.decide(&actor, ReadDeliveries, &on).is_ok() {
                known.push(code);
            }
        }
        let mut deliveries = Vec::new();
        if !known.is_empty() {
            let places: Vec<String> = (1..=known.len()).map(|place| format!("${place}")).collect();
            let text = format!(
                "SELECT {COLUMNS} WHERE organisation IN ({}) ORDER BY at DESC, id LIMIT {LISTED}",
                places.join(", ")
            );
            let query =
                known.iter().fold(sqlx::query(AssertSqlSafe(text)), |query, code| query.bind(code.as_str()));
            let rows = query.fetch_all(&mut *conn).await?;
            deliveries = rows.iter().map(view).collect::<Result<_, _>>()?;
        }
        drop(conn);
        self.store.record_read(context, Draft::new("list", "deliveries", "")).await?;
        Ok(deliveries)
    }

    /// Takes a delivery back: its rows are deleted at once.
    pub async fn withdraw_delivery(
        &self,
        context: Context,
        id: &str,
        why: &str,
    ) -> Result<DeliveryView, Error> {
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let (id, why) = (id.to_owned(), stated("why", why)?);
        let attempt = Draft::new("withdraw_delivery", "delivery", id.as_str());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let actor = unit.actor(&account).await?;
                    let delivery = load(unit.conn(), &id).await?;
                    let on = organisation(unit.conn(), &delivery.organisation).await?;
                    policies.decide(&actor, DeliverData, &on).map_err(|_| Error::NotFound)?;
                    if delivery.ended.is_some() {
                        return Err(Error::invalid("id", "该批数据已经删除"));
                    }
                    let record = delete(unit, "withdraw_delivery", &delivery.id).await?.why(why);
                    Ok(Done::new(load(unit.conn(), &id).await?, record))
                })
            })
            .await
    }

    /// Meets the people of a matter with what was delivered of them, by digest. The purpose must be the matter's and the delivery's, and
    /// what is answered was recorded before.
    pub async fn meet_delivered(
        &self,
        context: Context,
        id: &str,
        request: MatchRequest,
    ) -> Result<Met, Error> {
        let why = stated("why", &request.why)?;
        let (policies, account, matter) =
            (Arc::clone(&self.policies), context.who.account.clone(), id.to_owned());
        // Nothing of what is found may be remembered as the answer of a request.
        let context = Context { request: None, ..context };
        let attempt = Draft::new("match_data", "matter", id);
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let today = unit.now.time().date();
                    let actor = unit.actor(&account).await?;
                    let stored = matter::load(unit.conn(), &matter).await?;
                    let access = stored.access()?;
                    let deed = MatchData { purpose: why.clone() };
                    policies.decide(&actor, deed, &access).map_err(|denied| {
                        match policies.decide(&actor, policy::Read, &access) {
                            Ok(_) => Error::from(denied),
                            Err(_) => Error::NotFound,
                        }
                    })?;
                    if DataPurpose::of(access.kind) != Some(request.purpose) {
                        return Err(Error::invalid("purpose", "用途须与事项相符"));
                    }
                    let mut people = BTreeMap::new();
                    for (matter, recused) in seal::line(unit.conn(), &stored).await? {
                        if !recused.contains(&account) {
                            people.extend(certificates(unit.conn(), &matter).await?);
                        }
                    }
                    let matches = meet(unit.conn(), &people, &request, today, &access.seat).await?;
                    let met = Met { people: people.len(), matches };
                    let used: BTreeSet<&str> =
                        met.matches.iter().map(|found| found.delivery.as_str()).collect();
                    let told = json!({
                        "purpose": request.purpose, "kinds": request.kinds, "people": met.people,
                        "matches": met.matches.len(), "deliveries": used,
                    });
                    let record =
                        Draft::new("match_data", stored.heading.machine.as_str(), stored.heading.id.as_str())
                            .why(why)
                            .change(None, Some(told.to_string()));
                    Ok(Done::new(met, record))
                })
            })
            .await
    }

    /// Deletes the rows of deliveries whose day is over; returns how many deliveries there were.
    pub async fn expire_deliveries(&self, context: Context) -> Result<usize, Error> {
        let text = "SELECT id FROM delivery WHERE until < $1 AND ended IS NULL ORDER BY id LIMIT 100";
        let today = i64::from(self.store.now().time().date().0);
        let mut conn = self.store.reader().await?;
        let over: Vec<String> = sqlx::query_scalar(text).bind(today).fetch_all(&mut *conn).await?;
        drop(conn);
        for id in &over {
            let id = id.clone();
            self.store
                .write(context.clone(), Draft::new("expire_delivery", "delivery", id.as_str()), move |unit| {
                    Box::pin(async move {
                        let record = delete(unit, "expire_delivery", &id).await?;
                        Ok(Done::new((), record))
                    })
                })
                .await?;
        }
        Ok(over.len())
    }
}

/// Rows with digests in the place of numbers, and the first of those that are wrong.
fn digested(rows: &[NewRow], digest: impl Fn(&str) -> String) -> (Vec<Row>, Vec<UntakenRow>) {
    let (mut taken, mut refused) = (Vec::with_capacity(rows.len()), Vec::new());
    for (row, number) in rows.iter().zip(1..) {
        let message = match cert::parse(row.certno.trim()) {
            Err(_) => "证件号码不是18位居民身份证号码，或者校验码不符",
            Ok(_) if row.to.is_some_and(|to| to < row.from) => "终止日早于起始日",
            Ok(_) => {
                taken.push(Row { person: digest(row.certno.trim()), from: row.from, to: row.to });
                continue;
            }
        };
        if refused.len() < NAMED {
            refused.push(UntakenRow { row: number, message: message.to_owned() });
        }
    }
    (taken, refused)
}

async fn insert(
    unit: &mut Unit,
    delivery: &DeliveryView,
    region: &str,
    account: &str,
    rows: &[Row],
) -> Result<(), Error> {
    let purposes: Vec<&str> = delivery.purposes.iter().map(|purpose| purpose.name()).collect();
    sqlx::query(
        "INSERT INTO delivery (id, kind, organisation, region, account, purposes, until, why, at, taken, refused) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(delivery.id.as_str())
    .bind(delivery.kind.name())
    .bind(delivery.organisation.as_str())
    .bind(region)
    .bind(account)
    .bind(purposes.join(" "))
    .bind(i64::from(delivery.until.0))
    .bind(delivery.why.as_str())
    .bind(delivery.at)
    .bind(delivery.rows)
    .bind(delivery.refused)
    .execute(unit.conn())
    .await?;
    let mut number = 0_i64;
    for rows in rows.chunks(CHUNK) {
        let places: Vec<String> = (0..rows.len())
            .map(|row| row * 4 + 2)
            .map(|at| format!("($1, ${at}, ${}, ${}, ${})", at + 1, at + 2, at + 3))
            .collect();
        let text = format!(
            "INSERT INTO delivered (delivery, number, person, begins, ends) VALUES {}",
            places.join(", ")
        );
        let mut insert = sqlx::query(AssertSqlSafe(text)).bind(delivery.id.as_str());
        for row in rows {
            number += 1;
            let ends = row.to.map(|to| i64::from(to.0));
            insert = insert.bind(number).bind(row.person.as_str()).bind(i64::from(row.from.0)).bind(ends);
        }
        insert.execute(unit.conn()).await?;
    }
    Ok(())
}

/// Deletes the rows of a delivery; what it was, and that it was, stays.
async fn delete(unit: &mut Unit, act: &str, id: &str) -> Result<Draft, Error> {
    let deleted =
        sqlx::query("DELETE FROM delivered WHERE delivery = $1").bind(id).execute(unit.conn()).await?;
    let now = unit.now.time().0;
    sqlx::query("UPDATE delivery SET ended = $1 WHERE id = $2 AND ended IS NULL")
        .bind(now)
        .bind(id)
        .execute(unit.conn())
        .await?;
    let told = json!({ "deleted": deleted.rows_affected() });
    Ok(Draft::new(act, "delivery", id).change(None, Some(told.to_string())))
}

/// The tokens of a matter's certificates by digest.
async fn certificates(conn: &mut AnyConnection, matter: &str) -> Result<Vec<(String, String)>, Error> {
    let text = "SELECT match_digest, token FROM sealed WHERE matter = $1 AND kind = 'certificate'";
    let rows = sqlx::query(text).bind(matter).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

async fn meet(
    conn: &mut AnyConnection,
    people: &BTreeMap<String, String>,
    request: &MatchRequest,
    today: Date,
    seat: &str,
) -> Result<Vec<Matched>, Error> {
    let mut matches = Vec::new();
    let digests: Vec<&String> = people.keys().collect();
    for digests in digests.chunks(CHUNK) {
        let places: Vec<String> = (2..digests.len() + 2).map(|place| format!("${place}")).collect();
        // Not only deleted when its day is over: it counts no more from that moment on, whenever the turn comes.
        let text = format!(
            "SELECT x.person, x.begins, x.ends, d.id, d.kind, d.organisation, d.purposes, d.region \
             FROM delivered x JOIN delivery d ON d.id = x.delivery \
             WHERE d.until >= $1 AND d.ended IS NULL AND x.person IN ({})",
            places.join(", ")
        );
        let query = sqlx::query(AssertSqlSafe(text)).bind(i64::from(today.0));
        let query = digests.iter().fold(query, |query, digest| query.bind(digest.as_str()));
        for row in query.fetch_all(&mut *conn).await? {
            let (person, kind, purposes, region): (String, String, String, String) =
                (row.try_get(0)?, row.try_get(4)?, row.try_get(6)?, row.try_get(7)?);
            let kind =
                DeliveryKind::named(&kind).ok_or_else(|| Error::Stored("kind of a delivery".into()))?;
            let wanted = request.kinds.is_empty() || request.kinds.contains(&kind);
            let meant = purposes.split(' ').any(|purpose| purpose == request.purpose.name());
            if !wanted || !meant || !policy::in_line(&region, seat) {
                continue;
            }
            let ends: Option<i64> = row.try_get(2)?;
            matches.push(Matched {
                token: people[&person].clone(),
                kind,
                from: day(row.try_get(1)?)?,
                to: ends.map(day).transpose()?,
                organisation: row.try_get(5)?,
                delivery: row.try_get(3)?,
            });
        }
    }
    matches.sort();
    Ok(matches)
}
