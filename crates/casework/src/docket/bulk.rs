//! Exports of personal data: one person asks, another approves, the first takes it once within a time; every step is recorded.

use super::{
    Docket,
    act::fresh,
    list::{Query, condition, order},
    open::stated,
    seal::tokens_in,
};
use crate::{
    clock::ServerTime,
    facts::Facts,
    id::ObjectId,
    machine::GuardError,
    policy::{self, ApproveBulkExport, Authorized, Export, Filter, OpenPersonalData, Organisation, Scope},
    store::{
        Context, Done, Draft, Error, Unit,
        sealed::{self, Value},
    },
    vault::{Plain, Token, finds},
    watermark::{BulkApproval, BulkError, Person, Watermark, check_bulk, two_people},
};
use mingcha_model::{Time, cert::sm3_hex};
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};
use utoipa::ToSchema;

/// Most matters of one export.
const MATTERS: i64 = 5_000;
/// Most exports of a list.
const LISTED: i64 = 200;

/// An export of personal data, from its request to the one time that it is taken. Instants are seconds of China's civil time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BulkExport {
    /// Id.
    pub id: String,
    /// Organisation of whoever asked.
    pub organisation: String,
    /// Which matters.
    pub query: Query,
    /// What for.
    pub purpose: String,
    /// `asked`, `approved`, `refused` or `taken`.
    pub state: String,
    /// Account that asked.
    pub asker: String,
    /// When.
    pub asked: i64,
    /// Account that approved or refused.
    pub decider: Option<String>,
    /// When.
    pub decided: Option<i64>,
    /// Until when it may be taken.
    pub until: Option<i64>,
    /// When it was taken.
    pub taken: Option<i64>,
    /// People that it held.
    pub rows: Option<i64>,
}

/// A person of an export, opened.
pub struct BulkRow {
    /// Matter.
    pub matter: String,
    /// Its title.
    pub title: String,
    /// As what the person is concerned, in Chinese.
    pub role: &'static str,
    /// Name, certificate number, telephone, address and bank account, as far as they are known.
    pub values: [Option<Plain>; 5],
}

/// What is handed out.
pub struct Taken {
    /// Who took it out and when.
    pub mark: Watermark,
    /// The people.
    pub rows: Vec<BulkRow>,
}

const COLUMNS: &str =
    "id, organisation, query, purpose, state, asker, asked, decider, decided, until, taken, rows_taken";

fn export(row: &AnyRow) -> Result<BulkExport, Error> {
    let query: String = row.try_get(2)?;
    Ok(BulkExport {
        id: row.try_get(0)?,
        organisation: row.try_get(1)?,
        query: serde_json::from_str(&query).map_err(|_| Error::Stored("query of an export".into()))?,
        purpose: row.try_get(3)?,
        state: row.try_get(4)?,
        asker: row.try_get(5)?,
        asked: row.try_get(6)?,
        decider: row.try_get(7)?,
        decided: row.try_get(8)?,
        until: row.try_get(9)?,
        taken: row.try_get(10)?,
        rows: row.try_get(11)?,
    })
}

async fn load(conn: &mut AnyConnection, id: &str) -> Result<BulkExport, Error> {
    let text = format!("SELECT {COLUMNS} FROM bulk_export WHERE id = $1");
    let row = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_optional(conn).await?;
    export(&row.ok_or(Error::NotFound)?)
}

impl Docket {
    /// Asks for an export of the people of matters, for a purpose.
    pub async fn ask_export(&self, context: Context, query: Query, why: &str) -> Result<BulkExport, Error> {
        let purpose = stated("purpose", why)?;
        let text = serde_json::to_string(&query).map_err(|error| Error::Stored(error.to_string()))?;
        if !finds(&text, true).is_empty() {
            return Err(Error::invalid("query", "导出条件中不得写入证件号码或者手机号码"));
        }
        let (docket, account) = (self.clone(), context.who.account.clone());
        let attempt = Draft::new("ask_export", "export", "").change(None, Some(text.clone()));
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let actor = unit.actor(&account).await?;
                    docket.may_export(&actor, &purpose)?;
                    let (id, now) = (fresh("export")?, unit.now.time().0);
                    sqlx::query(
                        "INSERT INTO bulk_export (id, organisation, query, purpose, state, asker, asked) \
                         VALUES ($1, $2, $3, $4, 'asked', $5, $6)",
                    )
                    .bind(id.as_str())
                    .bind(actor.organisation.as_str())
                    .bind(text.as_str())
                    .bind(purpose.as_str())
                    .bind(account.as_str())
                    .bind(now)
                    .execute(unit.conn())
                    .await?;
                    let record =
                        Draft::new("ask_export", "export", id.as_str()).why(purpose).change(None, Some(text));
                    Ok(Done::new(load(unit.conn(), &id).await?, record))
                })
            })
            .await
    }

    /// What an account may export and open at once.
    fn may_export(
        &self,
        actor: &policy::Actor,
        purpose: &str,
    ) -> Result<(Scope<Export>, Scope<OpenPersonalData>), Error> {
        let out = self.policies.scope(actor, Export);
        let open = self.policies.scope(actor, OpenPersonalData { purpose: purpose.to_owned() });
        if out.filter().is_nothing() || open.filter().is_nothing() {
            return Err(Error::Denied("no_permit".into()));
        }
        Ok((out, open))
    }

    /// Approves an export of somebody else, to be taken within some hours, or refuses it.
    pub async fn decide_export(
        &self,
        context: Context,
        id: &ObjectId,
        approved: bool,
        why: &str,
        hours: i64,
    ) -> Result<BulkExport, Error> {
        let why = stated("why", why)?;
        let (docket, account, id) = (self.clone(), context.who.account.clone(), id.to_string());
        let act = if approved { "approve_export" } else { "refuse_export" };
        let attempt = Draft::new(act, "export", id.as_str());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let export = load(unit.conn(), &id).await?;
                    docket.approver(unit, &account, &export).await?;
                    if export.state != "asked" {
                        return Err(refused("export_state", "该申请已经审批或者已经领取", "查看申请的现状"));
                    }
                    let (asker, decider) =
                        (person(unit, &export.asker).await?, person(unit, &account).await?);
                    if !two_people(&asker, &decider) {
                        return Err(bulk(BulkError::SamePerson));
                    }
                    let now = unit.now.time().0;
                    sqlx::query(
                        "UPDATE bulk_export SET state = $1, decider = $2, decided = $3, until = $4 WHERE id = $5",
                    )
                    .bind(if approved { "approved" } else { "refused" })
                    .bind(account.as_str())
                    .bind(now)
                    .bind(approved.then_some(now + hours * 3600))
                    .bind(id.as_str())
                    .execute(unit.conn())
                    .await?;
                    let record = Draft::new(act, "export", id.as_str()).why(why);
                    Ok(Done::new(load(unit.conn(), &id).await?, record))
                })
            })
            .await
    }

    /// The proof that an account may approve an export. Of other organisations' exports nobody learns.
    async fn approver(
        &self,
        unit: &mut Unit,
        account: &str,
        export: &BulkExport,
    ) -> Result<Authorized<ApproveBulkExport>, Error> {
        let actor = unit.actor(account).await?;
        let row = sqlx::query("SELECT department, region FROM organisation WHERE id = $1")
            .bind(export.organisation.as_str())
            .fetch_one(unit.conn())
            .await?;
        let department: String = row.try_get(0)?;
        let department = crate::words::Word::named(&department)
            .ok_or_else(|| Error::Stored("department of an organisation".into()))?;
        let organisation =
            Organisation { code: export.organisation.clone(), department, region: row.try_get(1)? };
        self.policies.decide(&actor, ApproveBulkExport, &organisation).map_err(|denied| {
            if actor.organisation == export.organisation { denied.into() } else { Error::NotFound }
        })
    }

    /// Takes an approved export, once: what is handed out was recorded before.
    pub async fn take_export(&self, context: Context, id: &ObjectId) -> Result<Taken, Error> {
        let taken = Arc::new(Mutex::new(None));
        let (docket, out) = (self.clone(), Arc::clone(&taken));
        let (account, id) = (context.who.account.clone(), id.to_string());
        // Nothing of what is opened may be remembered as the answer of a request.
        let context = Context { request: None, ..context };
        let attempt = Draft::new("take_export", "export", id.as_str());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let export = load(unit.conn(), &id).await?;
                    if export.asker != account {
                        return Err(Error::NotFound);
                    }
                    let done = docket.take(unit, &export).await?;
                    let rows = done.rows.len() as i64;
                    let now = unit.now.time().0;
                    sqlx::query(
                        "UPDATE bulk_export SET state = 'taken', taken = $1, rows_taken = $2 WHERE id = $3",
                    )
                    .bind(now)
                    .bind(rows)
                    .bind(id.as_str())
                    .execute(unit.conn())
                    .await?;
                    *out.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
                    let record = Draft::new("take_export", "export", id.as_str())
                        .why(export.purpose)
                        .change(None, Some(serde_json::json!({ "rows": rows }).to_string()));
                    Ok(Done::new((), record))
                })
            })
            .await?;
        let taken = taken.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.ok_or(Error::NotFound)
    }

    async fn take(&self, unit: &mut Unit, export: &BulkExport) -> Result<Taken, Error> {
        let approver = match (export.state.as_str(), &export.decider) {
            ("approved", Some(approver)) => approver.clone(),
            ("taken", _) => {
                return Err(refused("export_state", "已经领取过，只能领取一次", "确需再次导出的，重新申请"));
            }
            ("refused", _) => return Err(refused("export_state", "申请未获批准", "补充理由后重新申请")),
            _ => return Err(bulk(BulkError::NotApproved)),
        };
        let actor = unit.actor(&export.asker).await?;
        let (scope, opening) = self.may_export(&actor, &export.purpose)?;
        // Asked again now: who approved may have lost the right since.
        let proof = self.approver(unit, &approver, export).await?;
        let request = digest(export)?;
        let approval = BulkApproval {
            proof,
            approver: person(unit, &approver).await?,
            request: request.clone(),
            until: ServerTime::from_store(Time(export.until.unwrap_or(0))),
        };
        let asker = person(unit, &export.asker).await?;
        let (rows, most) = (1, 1);
        check_bulk(&scope, &asker, &request, rows, most, Some(&approval), unit.now).map_err(bulk)?;
        let filter = Filter::All(vec![scope.filter().clone(), opening.filter().clone()]);
        let rows = self.people(unit, &filter, &export.query, &opening).await?;
        let mark = Watermark {
            account: actor.account,
            organisation: actor.organisation,
            at: unit.now,
            record: unit.record,
        };
        Ok(Taken { mark, rows })
    }

    /// The people of the matters that a filter covers, opened.
    async fn people(
        &self,
        unit: &mut Unit,
        filter: &Filter,
        query: &Query,
        opening: &Scope<OpenPersonalData>,
    ) -> Result<Vec<BulkRow>, Error> {
        let sql = condition(filter, query, &opening.actor().organisation);
        let text = format!(
            "SELECT m.id, m.title, m.facts FROM matter m WHERE {} ORDER BY {} LIMIT {}",
            sql.text,
            order(query, unit.backend),
            MATTERS + 1
        );
        let found = sql.bound(text).fetch_all(unit.conn()).await?;
        if found.len() as i64 > MATTERS {
            return Err(Error::invalid("query", format!("超过{MATTERS}件，请按地区或者时间分次导出")));
        }
        let mut people = Vec::new();
        for row in &found {
            let (id, title, facts): (String, String, String) =
                (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            let tokens = tokens_in(&[&facts]);
            if tokens.is_empty() {
                continue;
            }
            let facts: Facts = serde_json::from_str(&facts)
                .map_err(|error| Error::Stored(format!("facts of {id}: {error}")))?;
            let values = sealed::load::<OpenPersonalData>(unit.conn(), &tokens).await?;
            let own: BTreeMap<&Token, &Value> =
                values.iter().filter(|value| value.matter == id).map(|value| (&value.token, value)).collect();
            for person in &facts.people {
                let texts =
                    [&person.name, &person.certificate, &person.phone, &person.address, &person.account];
                let mut opened = [const { None }; 5];
                for (slot, text) in opened.iter_mut().zip(texts) {
                    let value = Token::parse(text).and_then(|token| own.get(&token).copied());
                    *slot = value.map(|value| self.listed(opening, value)).transpose()?;
                }
                people.push(BulkRow {
                    matter: id.clone(),
                    title: title.clone(),
                    role: person.role.map_or("", |role| role.title()),
                    values: opened,
                });
            }
        }
        Ok(people)
    }

    fn listed(&self, proof: &Scope<OpenPersonalData>, value: &Value) -> Result<Plain, Error> {
        sealed::with_key::<OpenPersonalData, _>(&self.vaults, |vault| {
            vault.open_listed(proof, &value.token, value.kind, &value.sealed)
        })
    }

    /// One's own exports, and those that one may decide on, the newest first.
    pub async fn exports(&self, context: Context) -> Result<Vec<BulkExport>, Error> {
        let actor = self.actor(&context).await?;
        let organisation = Organisation {
            code: actor.organisation.clone(),
            department: actor.department,
            region: actor.region.clone(),
        };
        let all = self.policies.decide(&actor, ApproveBulkExport, &organisation).is_ok();
        let text = format!(
            "SELECT {COLUMNS} FROM bulk_export WHERE asker = $1 OR (organisation = $2 AND $3 = 1) \
             ORDER BY asked DESC, id LIMIT {LISTED}"
        );
        let mut conn = self.store.reader().await?;
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(actor.account.as_str())
            .bind(actor.organisation.as_str())
            .bind(i64::from(all))
            .fetch_all(&mut *conn)
            .await?;
        drop(conn);
        self.store.record_read(context, Draft::new("list_exports", "exports", "")).await?;
        rows.iter().map(export).collect()
    }
}

/// What was asked, so that nothing else is handed out.
fn digest(export: &BulkExport) -> Result<String, Error> {
    let query = serde_json::to_string(&export.query).map_err(|error| Error::Stored(error.to_string()))?;
    Ok(sm3_hex(format!("{}\n{query}\n{}", export.id, export.purpose).as_bytes()))
}

/// The person behind an account.
async fn person(unit: &mut Unit, account: &str) -> Result<Person, Error> {
    let key = sqlx::query_scalar("SELECT person FROM account WHERE id = $1")
        .bind(account)
        .fetch_one(unit.conn())
        .await?;
    Ok(Person { account: account.to_owned(), key })
}

fn bulk(error: BulkError) -> Error {
    let code = match error {
        BulkError::NotApproved => "export_not_approved",
        BulkError::SamePerson => "export_same_person",
        BulkError::OtherOrganisation => "export_other_organisation",
        BulkError::OtherRequest => "export_other_request",
        BulkError::Expired => "export_expired",
    };
    let text = error.to_string();
    let (message, next) = text.split_once('；').unwrap_or((&text, "重新提交审批"));
    refused(code, message, next)
}

fn refused(code: &str, message: &str, next: &str) -> Error {
    Error::Refused(vec![GuardError {
        code: code.to_owned(),
        guard: "批量导出双人审批".to_owned(),
        message: message.to_owned(),
        next: next.to_owned(),
        basis: "数据安全法第二十七条；个人信息保护法第五十一条".to_owned(),
    }])
}
