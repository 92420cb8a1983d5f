//! Sessions: opened by a password that was found right, looked up with their account in one indexed query, dead as soon as the account is.

use super::{
    Context, Done, Draft, Error, Store, Unit,
    accounts::{ACCOUNT, Account, account},
};
use crate::{
    policy::Actor,
    signin::{Lockout, LockoutPolicy},
    trail::Who,
};
use sqlx::Row as _;

/// How sessions end. Seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRules {
    /// Without a request.
    pub idle: i64,
    /// In any case.
    pub longest: i64,
}

/// How often it is written that a session was used, in seconds.
const TOUCH: i64 = 60;

/// Who stands behind a session, as the store knows the account now.
#[derive(Clone, Debug)]
pub struct Seat {
    /// For policies.
    pub actor: Actor,
    /// For the trail.
    pub who: Who,
    /// The account.
    pub account: Account,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    /// When it ends unless it is used, and in any case.
    pub until: i64,
}

impl Seat {
    /// What its requests are recorded under. Reads are decided by the account as it was found just now, writes by what it is when they are done.
    pub fn context(&self, from: impl Into<String>) -> Context {
        Context { seated: Some(self.actor.clone()), ..Context::new(self.who.clone(), from) }
    }
}

/// What is known when somebody says to be an account.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// Its stored password.
    pub password: String,
    /// Its sealed second factor, where it has one.
    pub totp: Option<String>,
    /// The step of the code that it used last, so that no code works twice.
    pub totp_step: i64,
}

/// What was checked before a session is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The account.
    pub account: String,
    /// The stored password that was found right; it must still be the stored one.
    pub password: String,
    /// The step of the code that was found right, where one was asked.
    pub totp_step: Option<i64>,
    /// Whether a second factor was shown: that code, or what a provider vouched for.
    pub second_factor: bool,
    /// Which way somebody came in, as the trail names it; empty for a password.
    pub way: &'static str,
    /// SM3 of the new session's token.
    pub digest: String,
    /// How it ends.
    pub rules: SessionRules,
}

impl Store {
    /// Who stands behind a session. `None` where there is none, it has ended, or the account is disabled.
    pub async fn seat(&self, digest: &str, rules: SessionRules) -> Result<Option<Seat>, Error> {
        let text = format!(
            "SELECT {ACCOUNT}, s.second_factor, s.seen, s.until \
             FROM session s JOIN account a ON a.id = s.account JOIN organisation o ON o.id = a.organisation \
             WHERE s.digest = $1"
        );
        let Some(row) =
            sqlx::query(sqlx::AssertSqlSafe(text)).bind(digest).fetch_optional(&self.pool).await?
        else {
            return Ok(None);
        };
        let account = account(&row)?;
        let now = self.now();
        let (seen, until): (i64, i64) = (row.try_get("seen")?, row.try_get("until")?);
        let until = until.min(seen + rules.idle);
        if account.disabled || now.time().0 >= until {
            return Ok(None);
        }
        if now.time().0 - seen >= TOUCH.min(rules.idle / 2) {
            self.record_seen(account.who(), digest, now.time().0).await?;
        }
        let second_factor = row.try_get::<i64, _>("second_factor")? != 0;
        let actor = account.actor(now.time().date());
        Ok(Some(Seat { actor, who: account.who(), account, second_factor, until }))
    }

    /// What to check a password against. `None` where there is no such account.
    pub async fn credentials(&self, id: &str) -> Result<Option<Credentials>, Error> {
        let text = format!(
            "SELECT {ACCOUNT}, a.password, a.totp, a.totp_step \
             FROM account a JOIN organisation o ON o.id = a.organisation WHERE a.id = $1"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(id).fetch_optional(&self.pool).await?;
        row.map(|row| {
            Ok(Credentials {
                account: account(&row)?,
                password: row.try_get("password")?,
                totp: row.try_get("totp")?,
                totp_step: row.try_get("totp_step")?,
            })
        })
        .transpose()
    }

    /// Opens a session for somebody whose password, and code where one was asked, were found right.
    pub async fn open_session(&self, context: Context, opening: Opening) -> Result<(), Error> {
        let attempt = Draft::new("sign_in", "account", &opening.account).why(opening.way);
        self.write(context, attempt, |unit| Box::pin(open(unit, opening))).await
    }

    /// Takes the password and the code of somebody who acts at the console without a session; a code works once, there as at the door.
    pub async fn show_at_console(
        &self,
        context: Context,
        password: String,
        totp_step: Option<i64>,
    ) -> Result<(), Error> {
        let id = context.who.account.clone();
        let draft = Draft::new("sign_in", "account", &id);
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                admit(unit, &id, &password, totp_step).await?;
                Ok(Done::new((), draft))
            })
        })
        .await
    }

    /// Puts a hash of today's cost in the place of an older one of the same password. Sessions and version stay: nothing else changed.
    pub async fn renew_password(
        &self,
        context: Context,
        known: String,
        renewed: String,
    ) -> Result<(), Error> {
        let id = context.who.account.clone();
        let draft = Draft::new("renew_password", "account", &id);
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                let text = "UPDATE account SET password = $1 WHERE id = $2 AND password = $3";
                let changed = sqlx::query(text)
                    .bind(renewed)
                    .bind(id.as_str())
                    .bind(known)
                    .execute(unit.conn())
                    .await?;
                if changed.rows_affected() != 1 {
                    return Err(Error::Denied("password_changed".into()));
                }
                Ok(Done::new((), draft))
            })
        })
        .await
    }

    /// Counts a wrong password or code, locks the account where there were too many, and records the refusal.
    /// Returns the instant until which the account is locked, 0 where it is not.
    pub async fn refuse_sign_in(
        &self,
        context: Context,
        id: &str,
        why: &'static str,
        rules: LockoutPolicy,
    ) -> Result<i64, Error> {
        let id = id.to_owned();
        let attempt = Draft::new("sign_in", "account", &id).why(why);
        self.write(context, attempt.clone(), move |unit| Box::pin(count(unit, id, attempt, rules))).await
    }

    /// Ends a session; one that is not there has ended already.
    pub async fn end_session(&self, context: Context, digest: &str) -> Result<(), Error> {
        let digest = digest.to_owned();
        let draft = Draft::new("sign_out", "account", &context.who.account);
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                sqlx::query("DELETE FROM session WHERE digest = $1")
                    .bind(digest)
                    .execute(unit.conn())
                    .await?;
                Ok(Done::new((), draft))
            })
        })
        .await
    }

    /// Sessions that have not ended, for a figure.
    pub async fn open_sessions(&self, rules: SessionRules) -> Result<i64, Error> {
        let now = self.now().time().0;
        let text = "SELECT COUNT(*) FROM session WHERE until > $1 AND seen > $2";
        Ok(sqlx::query_scalar(text).bind(now).bind(now - rules.idle).fetch_one(&self.pool).await?)
    }
}

/// Checks once more, in the transaction, what was found right outside of it, and uses the code up.
async fn admit(unit: &mut Unit, id: &str, password: &str, totp_step: Option<i64>) -> Result<(), Error> {
    let row = sqlx::query(
        "SELECT password, totp_step, locked_until, disabled, organisation, role FROM account WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(unit.conn())
    .await?
    .ok_or_else(|| Error::Denied("no_account".into()))?;
    let now = unit.now.time().0;
    let denied = |code: &str| Err(Error::Denied(code.to_owned()));
    if row.try_get::<i64, _>("disabled")? != 0 {
        return denied("disabled_account");
    }
    if row.try_get::<i64, _>("locked_until")? > now {
        return denied("locked");
    }
    if row.try_get::<String, _>("password")? != password {
        return denied("password_changed");
    }
    let used: i64 = row.try_get("totp_step")?;
    if totp_step.is_some_and(|step| step <= used) {
        return denied("code_used");
    }
    sqlx::query(
        "UPDATE account SET failures = 0, failed_at = 0, locked_until = 0, totp_step = $1 WHERE id = $2",
    )
    .bind(totp_step.unwrap_or(used))
    .bind(id)
    .execute(unit.conn())
    .await?;
    Ok(())
}

async fn open(unit: &mut Unit, opening: Opening) -> Result<Done<()>, Error> {
    let Opening { account: id, password, totp_step, second_factor, way, digest, rules } = opening;
    admit(unit, &id, &password, totp_step).await?;
    let now = unit.now.time().0;
    sqlx::query("DELETE FROM session WHERE account = $1 AND (until <= $2 OR seen <= $3)")
        .bind(id.as_str())
        .bind(now)
        .bind(now - rules.idle)
        .execute(unit.conn())
        .await?;
    let text = "INSERT INTO session (digest, account, origin, second_factor, begun, seen, until) VALUES ($1, $2, '', $3, $4, $4, $5)";
    sqlx::query(text)
        .bind(digest)
        .bind(id.as_str())
        .bind(i64::from(second_factor))
        .bind(now)
        .bind(now + rules.longest)
        .execute(unit.conn())
        .await?;
    Ok(Done::new((), Draft::new("sign_in", "account", id).why(way)))
}

async fn count(unit: &mut Unit, id: String, draft: Draft, rules: LockoutPolicy) -> Result<Done<i64>, Error> {
    let now = unit.now.time().0;
    let row = sqlx::query("SELECT failures, failed_at FROM account WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(unit.conn())
        .await?;
    let mut until = 0;
    if let Some(row) = row {
        let (failures, last): (i64, i64) = (row.try_get("failures")?, row.try_get("failed_at")?);
        let state = Lockout { failures: failures as u32, last }.failed(&rules, now);
        until = state.locked_until(&rules, now).unwrap_or(0);
        sqlx::query("UPDATE account SET failures = $1, failed_at = $2, locked_until = $3 WHERE id = $4")
            .bind(i64::from(state.failures))
            .bind(state.last)
            .bind(until)
            .bind(id)
            .execute(unit.conn())
            .await?;
    }
    Ok(Done::refusal(until, draft))
}
