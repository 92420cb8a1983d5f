//! Organisations and accounts: made, changed, disabled and given new passwords under three separate administrators (三员分立).

use super::{Context, Done, Draft, Error, Store, Unit};
use crate::{
    facts::{Department, Role},
    id::ObjectId,
    machine::GuardError,
    policy::{
        Actor, Authorized, Commission, Duties, Installation, ManageUsers, Organisation, Secrecy, separate,
    },
    trail::Who,
};
use mingcha_model::Date;
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::collections::BTreeSet;

/// Who asks, as the store knows the account in this transaction: never what a session remembers or a client says.
pub(crate) async fn actor(conn: &mut AnyConnection, id: &str, today: Date) -> Result<Actor, Error> {
    let text = format!(
        "SELECT {ACCOUNT} FROM account a JOIN organisation o ON o.id = a.organisation WHERE a.id = $1"
    );
    let row = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_optional(conn).await?;
    Ok(account(&row.ok_or_else(|| Error::Denied("no_account".into()))?)?.actor(today))
}

/// The columns that [`account`] reads, of `account a` and `organisation o`.
pub(super) const ACCOUNT: &str = "a.id, a.organisation, a.role, a.clearance, a.certificate, a.certificate_until, \
     CASE WHEN a.totp IS NULL THEN 0 ELSE 1 END AS has_totp, a.locked_until, a.disabled, a.must_change, a.commission, \
     a.created, a.version, o.region, o.department, o.fixmedins_code";

/// An organisation that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Code.
    pub id: String,
    /// Name.
    pub title: String,
    /// Region code.
    pub region: String,
    /// Department.
    pub department: Department,
    /// Code of the designated institution that it is, where it is one.
    pub fixmedins_code: Option<String>,
    /// Version.
    pub version: i64,
}

impl Body {
    /// As policies see it.
    pub fn subject(&self) -> Organisation {
        Organisation { code: self.id.clone(), department: self.department, region: self.region.clone() }
    }
}

/// An account, without what it signs in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name at sign-in.
    pub id: String,
    /// Code of its organisation.
    pub organisation: String,
    /// Department of that organisation.
    pub department: Department,
    /// Region of that organisation.
    pub region: String,
    /// Designated institution that the organisation is.
    pub institution: String,
    /// Role.
    pub role: Role,
    /// Highest secrecy grade that it may see, 1 to 4.
    pub clearance: i64,
    /// Number of the officer's certificate.
    pub certificate: Option<String>,
    /// Last day of the certificate, as days since 1970.
    pub certificate_until: Option<i64>,
    /// What a third party was commissioned with.
    pub commission: Option<Commissioned>,
    /// Whether it has a second factor.
    pub has_second_factor: bool,
    /// Instant until which it is locked, 0 where it is not.
    pub locked_until: i64,
    /// Whether it is disabled.
    pub disabled: bool,
    /// Whether its password must be changed before anything else.
    pub must_change: bool,
    /// When it was made.
    pub created: i64,
    /// Version.
    pub version: i64,
}

/// A commission as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commissioned {
    /// Code of the organisation that gave it, and whose matters alone it opens.
    pub by: String,
    /// Ids of the matters that it names.
    pub matters: BTreeSet<String>,
    /// Codes of the institutions that it names.
    pub institutions: BTreeSet<String>,
    /// First day, `2026-01-31`.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Account {
    /// As policies see it on a day.
    pub fn actor(&self, today: Date) -> Actor {
        let commission =
            self.commission.clone().map(|Commissioned { by, matters, institutions, from, to }| Commission {
                by,
                matters,
                institutions,
                from,
                to,
            });
        Actor {
            account: self.id.clone(),
            department: self.department,
            role: self.role,
            organisation: self.organisation.clone(),
            region: self.region.clone(),
            enabled: !self.disabled,
            clearance: Secrecy::graded(self.clearance).unwrap_or(Secrecy::Open),
            institution: self.institution.clone(),
            commission,
            today,
        }
    }

    /// As the trail names it.
    pub fn who(&self) -> Who {
        Who {
            account: self.id.clone(),
            organisation: self.organisation.clone(),
            role: self.role.name().to_owned(),
        }
    }
}

/// What of an account a security administrator sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Role.
    pub role: Role,
    /// Highest secrecy grade that it may see, 1 to 4.
    pub clearance: i64,
    /// Number of the officer's certificate.
    pub certificate: Option<String>,
    /// Last day of the certificate.
    pub certificate_until: Option<Date>,
}

/// An account that shall be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its name at sign-in.
    pub id: String,
    /// Keyed digest of the person, the same for all accounts of one human being.
    pub person: String,
    /// What it may be.
    pub profile: Profile,
    /// The stored form of its first password.
    pub password: String,
    /// Whether it must be changed before anything else.
    pub must_change: bool,
}

/// What a list of accounts is asked for.
#[derive(Clone, Debug, Default)]
pub struct AccountQuery {
    /// Only this role.
    pub role: Option<Role>,
    /// Only disabled ones, or only others.
    pub disabled: Option<bool>,
    /// Only after this id; accounts come in the order of their ids.
    pub after: String,
    /// At most so many.
    pub limit: i64,
}

/// What a list of organisations is asked for.
#[derive(Clone, Debug, Default)]
pub struct BodyQuery {
    /// Only in this region and below.
    pub region: Option<String>,
    /// Only of this department.
    pub department: Option<Department>,
    /// Only after this code; organisations come in the order of their codes.
    pub after: String,
    /// At most so many.
    pub limit: i64,
}

impl Store {
    /// An organisation.
    pub async fn organisation(&self, id: &str) -> Result<Body, Error> {
        let text =
            "SELECT id, title, region, department, fixmedins_code, version FROM organisation WHERE id = $1";
        let row = sqlx::query(text).bind(id).fetch_optional(&self.pool).await?.ok_or(Error::NotFound)?;
        body(&row)
    }

    /// Organisations in the order of their codes.
    pub async fn organisations(&self, query: &BodyQuery) -> Result<Vec<Body>, Error> {
        let (low, high) = span(query.region.as_deref().unwrap_or_default());
        let rows = sqlx::query(
            "SELECT id, title, region, department, fixmedins_code, version FROM organisation \
             WHERE id > $1 AND region >= $2 AND region <= $3 AND ($4 = '' OR department = $4) ORDER BY id LIMIT $5",
        )
        .bind(query.after.as_str())
        .bind(low)
        .bind(high)
        .bind(query.department.map_or("", Department::name))
        .bind(query.limit)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(body).collect()
    }

    /// Adds an organisation.
    pub async fn add_organisation(
        &self,
        context: Context,
        proof: &Authorized<ManageUsers>,
        new: Body,
    ) -> Result<Body, Error> {
        meant(proof, &new.subject())?;
        let attempt = Draft::new("add_organisation", "organisation", &new.id);
        self.write(context, attempt, |unit| Box::pin(add_organisation(unit, new))).await
    }

    /// An account.
    pub async fn account(&self, id: &str) -> Result<Account, Error> {
        let text = format!(
            "SELECT {ACCOUNT} FROM account a JOIN organisation o ON o.id = a.organisation WHERE a.id = $1"
        );
        let row = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_optional(&self.pool).await?;
        account(&row.ok_or(Error::NotFound)?)
    }

    /// Accounts of the organisations that the proofs are for, in the order of their ids.
    pub async fn accounts(
        &self,
        proofs: &[Authorized<ManageUsers>],
        query: &AccountQuery,
    ) -> Result<Vec<Account>, Error> {
        let of: Vec<&str> = proofs.iter().map(Authorized::id).collect();
        self.accounts_of(&of, query).await
    }

    /// Accounts of organisations that somebody was found to be allowed to ask for.
    pub(super) async fn accounts_of(
        &self,
        organisations: &[&str],
        query: &AccountQuery,
    ) -> Result<Vec<Account>, Error> {
        if organisations.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<String> = (0..organisations.len()).map(|index| format!("${}", index + 5)).collect();
        let text = format!(
            "SELECT {ACCOUNT} FROM account a JOIN organisation o ON o.id = a.organisation \
             WHERE a.id > $1 AND ($2 = '' OR a.role = $2) AND ($3 < 0 OR a.disabled = $3) AND a.organisation IN ({}) \
             ORDER BY a.id LIMIT $4",
            places.join(", ")
        );
        let mut select = sqlx::query(AssertSqlSafe(text))
            .bind(query.after.as_str())
            .bind(query.role.map_or("", Role::name))
            .bind(query.disabled.map_or(-1, i64::from))
            .bind(query.limit);
        for organisation in organisations {
            select = select.bind(*organisation);
        }
        let rows = select.fetch_all(&self.pool).await?;
        rows.iter().map(account).collect()
    }

    /// Makes an account in the organisation that the proof is for.
    pub async fn add_account(
        &self,
        context: Context,
        proof: &Authorized<ManageUsers>,
        new: NewAccount,
    ) -> Result<Account, Error> {
        let organisation = proof.id().to_owned();
        let attempt = Draft::new("add_account", "account", &new.id);
        self.write(context, attempt, |unit| Box::pin(add(unit, organisation, new))).await
    }

    /// Sets what an account may be. Its sessions end, so that nothing is done under the old role.
    pub async fn change_account(
        &self,
        context: Context,
        proof: &Authorized<ManageUsers>,
        id: &ObjectId,
        based_on: i64,
        profile: Profile,
    ) -> Result<Account, Error> {
        let (organisation, id) = (proof.id().to_owned(), id.to_string());
        let attempt = Draft::new("change_account", "account", &id);
        self.write(context, attempt, move |unit| Box::pin(change(unit, organisation, id, based_on, profile)))
            .await
    }

    /// Disables an account, whose sessions end with it, or enables it again.
    pub async fn disable_account(
        &self,
        context: Context,
        proof: &Authorized<ManageUsers>,
        id: &ObjectId,
        based_on: i64,
        disabled: bool,
        why: String,
    ) -> Result<Account, Error> {
        let (organisation, id) = (proof.id().to_owned(), id.to_string());
        let act = if disabled { "disable_account" } else { "enable_account" };
        let attempt = Draft::new(act, "account", &id).why(why.as_str());
        self.write(context, attempt, move |unit| {
            Box::pin(async move {
                let text = "UPDATE account SET disabled = $1, version = version + 1 WHERE id = $2";
                let before = held(unit, &organisation, &id, based_on).await?;
                sqlx::query(text).bind(i64::from(disabled)).bind(id.as_str()).execute(unit.conn()).await?;
                done(unit, act, before, &why).await
            })
        })
        .await
    }

    /// Gives an account a new first password, which must be changed at once; takes its second factor and ends its sessions.
    pub async fn reset_account(
        &self,
        context: Context,
        proof: &Authorized<ManageUsers>,
        id: &ObjectId,
        based_on: i64,
        password: String,
        why: String,
    ) -> Result<Account, Error> {
        let (organisation, id) = (proof.id().to_owned(), id.to_string());
        let attempt = Draft::new("reset_account", "account", &id).why(why.as_str());
        self.write(context, attempt, move |unit| {
            Box::pin(async move {
                let before = held(unit, &organisation, &id, based_on).await?;
                let text = "UPDATE account SET password = $1, must_change = 1, totp = NULL, failures = 0, failed_at = 0, locked_until = 0, \
                            version = version + 1 WHERE id = $2";
                sqlx::query(text).bind(password).bind(id.as_str()).execute(unit.conn()).await?;
                done(unit, "reset_account", before, &why).await
            })
        })
        .await
    }

    /// Changes one's own password; `known` is the stored one that was found right. Other sessions end.
    pub async fn change_password(
        &self,
        context: Context,
        known: String,
        password: String,
        kept: String,
    ) -> Result<(), Error> {
        let id = context.who.account.clone();
        let draft = Draft::new("change_password", "account", &id);
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                let text = "UPDATE account SET password = $1, must_change = 0, version = version + 1 WHERE id = $2 AND password = $3";
                let changed = sqlx::query(text).bind(password).bind(id.as_str()).bind(known).execute(unit.conn()).await?;
                if changed.rows_affected() != 1 {
                    return Err(Error::Denied("password_changed".into()));
                }
                end_sessions(unit, &id, &kept).await?;
                Ok(Done::new((), draft))
            })
        })
        .await
    }

    /// Sets one's own second factor, sealed under the key that is current ([`Error::Keys`] where another one is by now); the code of `step` was found right. The session goes on with it.
    pub async fn set_second_factor(
        &self,
        context: Context,
        sealed: String,
        step: i64,
        kept: String,
    ) -> Result<(), Error> {
        let id = context.who.account.clone();
        let draft = Draft::new("set_second_factor", "account", &id);
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                super::sign_in_keys::fits(unit, &sealed).await?;
                let text =
                    "UPDATE account SET totp = $1, totp_step = $2, version = version + 1 WHERE id = $3";
                sqlx::query(text).bind(sealed).bind(step).bind(id.as_str()).execute(unit.conn()).await?;
                end_sessions(unit, &id, &kept).await?;
                let text = "UPDATE session SET second_factor = 1 WHERE digest = $1 AND account = $2";
                sqlx::query(text).bind(kept).bind(id.as_str()).execute(unit.conn()).await?;
                Ok(Done::new((), draft))
            })
        })
        .await
    }

    /// Makes the first organisation with its three administrators, in a store that has no account yet.
    pub async fn begin(&self, from: &str, first: Body, three: [NewAccount; 3]) -> Result<(), Error> {
        let who = Who { account: String::new(), organisation: first.id.clone(), role: String::new() };
        let context = Context::new(who, from.to_owned());
        let attempt = Draft::new("begin", "organisation", &first.id);
        self.write(context, attempt, |unit| Box::pin(begin(unit, first, three))).await
    }

    /// The whole installation: it serves the region of the bureau that was made first, or nobody yet.
    pub async fn installation(&self) -> Result<Installation, Error> {
        let region: Option<String> = sqlx::query_scalar("SELECT value FROM setting WHERE name = 'seat'")
            .fetch_optional(&self.pool)
            .await?;
        Ok(Installation { region: region.unwrap_or_else(|| "000000".to_owned()) })
    }

    /// How many accounts there are.
    pub async fn count_accounts(&self) -> Result<i64, Error> {
        Ok(sqlx::query_scalar("SELECT COUNT(*) FROM account").fetch_one(&self.pool).await?)
    }
}

async fn begin(unit: &mut Unit, first: Body, three: [NewAccount; 3]) -> Result<Done<()>, Error> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM account").fetch_one(unit.conn()).await?;
    if count > 0 {
        return Err(Error::Exists("account".into()));
    }
    let roles: BTreeSet<Role> = three.iter().map(|new| new.profile.role).collect();
    if roles != BTreeSet::from([Role::SystemAdministrator, Role::SecurityAdministrator, Role::Auditor]) {
        return Err(Error::invalid("role", "首批账号须为系统管理员、安全保密管理员、安全审计员各一"));
    }
    let organisation = first.id.clone();
    sqlx::query("INSERT INTO setting (name, value, version, changed) VALUES ('seat', $1, 1, $2)")
        .bind(first.region.as_str())
        .bind(unit.now.time().0)
        .execute(unit.conn())
        .await?;
    let Done { record, mut more, .. } = add_organisation(unit, first).await?;
    for new in three {
        more.push(add(unit, organisation.clone(), new).await?.record);
    }
    Ok(Done { more, ..Done::new((), record) })
}

async fn add_organisation(unit: &mut Unit, new: Body) -> Result<Done<Body>, Error> {
    if ObjectId::parse(&new.id).is_err() {
        return Err(Error::invalid("id", "单位代码须为1至40位小写字母、数字或者连字符"));
    }
    if new.region.len() != 6 || !new.region.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::invalid("region", "行政区划代码须为6位数字"));
    }
    if new.title.trim().is_empty() || new.title.chars().count() > 100 {
        return Err(Error::invalid("title", "单位名称须为1至100字"));
    }
    if (new.department == Department::Institution) != new.fixmedins_code.is_some() {
        return Err(Error::invalid("fixmedins_code", "定点医药机构须填机构代码，其他单位不填"));
    }
    let text = "INSERT INTO organisation (id, title, region, department, fixmedins_code, version) VALUES ($1, $2, $3, $4, $5, 1) \
                ON CONFLICT (id) DO NOTHING";
    let added = sqlx::query(text)
        .bind(new.id.as_str())
        .bind(new.title.as_str())
        .bind(new.region.as_str())
        .bind(new.department.name())
        .bind(new.fixmedins_code.as_deref())
        .execute(unit.conn())
        .await?;
    if added.rows_affected() == 0 {
        return Err(Error::Exists("organisation".into()));
    }
    let new = Body { version: 1, ..new };
    let record = Draft::new("add_organisation", "organisation", &new.id).change(None, json(&new));
    Ok(Done::new(new, record))
}

async fn add(unit: &mut Unit, organisation: String, new: NewAccount) -> Result<Done<Account>, Error> {
    let NewAccount { id, person, profile, password, must_change } = new;
    if ObjectId::parse(&id).is_err() {
        return Err(Error::invalid("id", "账号须为1至40位小写字母、数字或者连字符"));
    }
    if person.is_empty() {
        return Err(Error::invalid("person", "须填证件号码，用于核对三员分立"));
    }
    checked(&profile)?;
    apart(unit, &person, &id, profile.role).await?;
    let text = "INSERT INTO account (id, person, organisation, role, clearance, certificate, certificate_until, password, \
                totp, totp_step, failures, failed_at, locked_until, disabled, must_change, created, version) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, 0, 0, 0, 0, 0, $9, $10, 1) ON CONFLICT (id) DO NOTHING";
    let now = unit.now.time().0;
    let added = sqlx::query(text)
        .bind(id.as_str())
        .bind(person)
        .bind(organisation)
        .bind(profile.role.name())
        .bind(profile.clearance)
        .bind(profile.certificate.as_deref())
        .bind(profile.certificate_until.map(|day| i64::from(day.0)))
        .bind(password)
        .bind(i64::from(must_change))
        .bind(now)
        .execute(unit.conn())
        .await?;
    if added.rows_affected() == 0 {
        return Err(Error::Exists("account".into()));
    }
    let account = stored(unit, &id).await?;
    let record = Draft::new("add_account", "account", &id).change(None, json(&account));
    Ok(Done::new(account, record))
}

async fn change(
    unit: &mut Unit,
    organisation: String,
    id: String,
    based_on: i64,
    profile: Profile,
) -> Result<Done<Account>, Error> {
    let before = held(unit, &organisation, &id, based_on).await?;
    checked(&profile)?;
    let person: String = sqlx::query_scalar("SELECT person FROM account WHERE id = $1")
        .bind(id.as_str())
        .fetch_one(unit.conn())
        .await?;
    apart(unit, &person, &id, profile.role).await?;
    let text = "UPDATE account SET role = $1, clearance = $2, certificate = $3, certificate_until = $4, \
                version = version + 1 WHERE id = $5";
    sqlx::query(text)
        .bind(profile.role.name())
        .bind(profile.clearance)
        .bind(profile.certificate.as_deref())
        .bind(profile.certificate_until.map(|day| i64::from(day.0)))
        .bind(id)
        .execute(unit.conn())
        .await?;
    done(unit, "change_account", before, "").await
}

fn checked(profile: &Profile) -> Result<(), Error> {
    if Secrecy::graded(profile.clearance).is_none() {
        return Err(Error::invalid("clearance", "涉密等级须为1至4"));
    }
    if profile.certificate.as_ref().is_some_and(|number| number.is_empty() || number.len() > 40) {
        return Err(Error::invalid("certificate", "执法证件号码须为1至40位"));
    }
    Ok(())
}

/// Three administrators, three people: asked of all other accounts of the person, enabled or not.
async fn apart(unit: &mut Unit, person: &str, id: &str, role: Role) -> Result<(), Error> {
    let rows = sqlx::query("SELECT DISTINCT role FROM account WHERE person = $1 AND id <> $2")
        .bind(person)
        .bind(id)
        .fetch_all(unit.conn())
        .await?;
    let mut duties = Duties::default();
    for row in rows {
        duties.roles.insert(word(&row, "role")?);
    }
    separate(&duties, role).map_err(|error| {
        Error::Refused(vec![GuardError {
            code: "three_administrators".to_owned(),
            guard: "三员分立".to_owned(),
            message: error.to_string(),
            next: "由另一人担任".to_owned(),
            basis: "GB/T 22239-2019 三员分立".to_owned(),
        }])
    })
}

/// The account as it stands, if it belongs to the organisation of the proof and is at the version that the request was based on.
pub(super) async fn held(
    unit: &mut Unit,
    organisation: &str,
    id: &str,
    based_on: i64,
) -> Result<Account, Error> {
    let account = stored(unit, id).await?;
    if account.organisation != organisation {
        return Err(Error::NotFound);
    }
    if account.version != based_on {
        return Err(Error::Conflict { based_on, version: account.version });
    }
    Ok(account)
}

/// Ends the account's sessions and records what it was and is.
pub(super) async fn done(
    unit: &mut Unit,
    act: &str,
    before: Account,
    why: &str,
) -> Result<Done<Account>, Error> {
    end_sessions(unit, &before.id, "").await?;
    let after = stored(unit, &before.id).await?;
    let record = Draft::new(act, "account", &before.id).change(json(&before), json(&after)).why(why);
    Ok(Done::new(after, record))
}

async fn end_sessions(unit: &mut Unit, id: &str, but: &str) -> Result<(), Error> {
    let text = "DELETE FROM session WHERE account = $1 AND digest <> $2";
    sqlx::query(text).bind(id).bind(but).execute(unit.conn()).await?;
    Ok(())
}

async fn stored(unit: &mut Unit, id: &str) -> Result<Account, Error> {
    let text = format!(
        "SELECT {ACCOUNT} FROM account a JOIN organisation o ON o.id = a.organisation WHERE a.id = $1"
    );
    let row = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_optional(unit.conn()).await?;
    account(&row.ok_or(Error::NotFound)?)
}

fn meant(proof: &Authorized<ManageUsers>, on: &Organisation) -> Result<(), Error> {
    if proof.is_for(on) { Ok(()) } else { Err(Error::Denied("other_organisation".into())) }
}

pub(super) fn account(row: &AnyRow) -> Result<Account, Error> {
    let commission: Option<String> = row.try_get("commission")?;
    let commission = commission.map(|text| serde_json::from_str(&text)).transpose();
    Ok(Account {
        id: row.try_get("id")?,
        organisation: row.try_get("organisation")?,
        department: word(row, "department")?,
        region: row.try_get("region")?,
        institution: row.try_get::<Option<String>, _>("fixmedins_code")?.unwrap_or_default(),
        role: word(row, "role")?,
        clearance: row.try_get("clearance")?,
        certificate: row.try_get("certificate")?,
        certificate_until: row.try_get("certificate_until")?,
        commission: commission.map_err(|_| Error::Stored("commission of an account".into()))?,
        has_second_factor: row.try_get::<i64, _>("has_totp")? != 0,
        locked_until: row.try_get("locked_until")?,
        disabled: row.try_get::<i64, _>("disabled")? != 0,
        must_change: row.try_get::<i64, _>("must_change")? != 0,
        created: row.try_get("created")?,
        version: row.try_get("version")?,
    })
}

fn body(row: &AnyRow) -> Result<Body, Error> {
    Ok(Body {
        id: row.try_get("id")?,
        title: row.try_get("title")?,
        region: row.try_get("region")?,
        department: word(row, "department")?,
        fixmedins_code: row.try_get("fixmedins_code")?,
        version: row.try_get("version")?,
    })
}

fn word<T: crate::words::Word>(row: &AnyRow, column: &str) -> Result<T, Error> {
    let name: String = row.try_get(column)?;
    T::named(&name).ok_or_else(|| Error::Stored(format!("{column} of an account or organisation")))
}

pub(super) fn json<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// The region codes that lie in a region: from its own code to the last with the same beginning.
pub(super) fn span(region: &str) -> (String, String) {
    let digits = if region.ends_with("0000") {
        2
    } else if region.ends_with("00") {
        4
    } else {
        6
    };
    let beginning = if region == "000000" { "" } else { region.get(..digits).unwrap_or(region) };
    (format!("{beginning:0<6}"), format!("{beginning:9<6}"))
}
