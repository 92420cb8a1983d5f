//! Signing in, changing one's password, setting up one's second factor.

use crate::{
    App,
    around::{self, From},
    caller::Newcomer,
    desk::DeskError,
    failure::{Answer, ErrorBody, Failure},
    input::Body,
    routes::session::{Me, described},
    session::Cookie,
};
use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::{
    id::ObjectId,
    signin::{LockoutPolicy, SessionToken, TotpError, TotpSecret, unix},
    store::{
        Context,
        sessions::{Credentials, Opening},
    },
    trail::Who,
};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Instant};
use utoipa::ToSchema;

/// What one signs in with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Account.
    account: String,
    /// Password.
    password: String,
    /// One-time code, once a second factor is set up.
    code: Option<String>,
}

/// Signs in: the cookie is the session, the answer says who one is and carries the token for writes.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignIn, responses(
    (status = 200, body = Me), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody), (status = 429, body = ErrorBody)))]
pub async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(From(from)): Extension<From>,
    Extension(logged): Extension<around::Account>,
    Body { value: SignIn { account, password, code }, .. }: Body<SignIn>,
) -> Answer<impl IntoResponse> {
    let Ok(id) = ObjectId::parse(&account) else { return Err(refused()) };
    for key in [from.to_string(), format!("account {id}")] {
        app.rates.sign_in.take(&key, Instant::now()).map_err(Failure::too_many)?;
    }
    let known = app.store.credentials(id.as_str()).await?;
    let who = known.as_ref().map_or_else(
        || Who { account: id.to_string(), organisation: String::new(), role: String::new() },
        |known| known.account.who(),
    );
    let context = Context::new(who, from.to_string());
    let asking = Asking { app: &app, context, id };
    let mut known = asking.password(known, password.clone()).await?;
    let totp_step = asking.code(&known, code.as_deref()).await?;
    asking.renew(&mut known, password).await?;
    let token = SessionToken::random().ok_or_else(Failure::bug)?;
    let rules = app.config.session.ends();
    let opening = Opening {
        account: asking.id.to_string(),
        password: known.password,
        totp_step,
        second_factor: totp_step.is_some(),
        way: "",
        digest: token.digest(),
        rules,
    };
    app.store.open_session(asking.context, opening).await.map_err(|error| match error {
        mingcha_casework::store::Error::Denied(_) => refused(),
        error => error.into(),
    })?;
    drop(logged.0.set(known.account.id.clone()));
    let me = described(&app, &known.account, totp_step.is_some(), token.csrf().as_str());
    Ok(([(header::SET_COOKIE, Cookie::set(&token, app.config.tls.is_some()))], Json(me)))
}

/// The same for every reason, so that nobody learns which accounts there are.
pub(super) fn refused() -> Failure {
    let message = "账号或者口令不正确，或者账号已停用、暂时锁定";
    Failure::new(
        StatusCode::UNAUTHORIZED,
        "sign_in_refused",
        message,
        "核对后重试；连续失败会暂时锁定，仍不能登录的，请安全保密管理员处理",
    )
}

/// Somebody at the door.
pub(super) struct Asking<'a> {
    pub(super) app: &'a App,
    pub(super) context: Context,
    pub(super) id: ObjectId,
}

impl Asking<'_> {
    async fn password(&self, known: Option<Credentials>, password: String) -> Answer<Credentials> {
        let now = self.app.store.now().time().0;
        let open = known.filter(|known| !known.account.disabled && known.account.locked_until <= now);
        let stored = open.as_ref().map(|known| known.password.clone());
        let right = self.app.desk.verify(password, stored).await?;
        match open {
            Some(known) if right => Ok(known),
            Some(_) => Err(self.refuse("wrong_password", refused()).await?),
            // Disabled, locked or not there: nothing is counted, only recorded.
            None => {
                let draft =
                    mingcha_casework::store::Draft::new("sign_in", "account", self.id.as_str()).why("closed");
                self.app.store.record_refusal(self.context.clone(), draft).await?;
                Err(refused())
            }
        }
    }

    /// The step of the code; `None` where the account has no second factor.
    pub(super) async fn code(&self, known: &Credentials, code: Option<&str>) -> Answer<Option<i64>> {
        let Some(sealed) = &known.totp else { return Ok(None) };
        let Some(code) = code else {
            return Err(Failure::new(
                StatusCode::UNAUTHORIZED,
                "code_needed",
                "还须输入动态口令",
                "输入手机上的六位动态口令",
            )
            .at("code"));
        };
        let secret = self.app.desk.open(self.id.as_str(), sealed).ok_or_else(Failure::bug)?;
        let last = Some(known.totp_step).filter(|step| *step > 0);
        match secret.check(code, unix(self.app.store.now()), last) {
            Ok(step) => Ok(Some(step)),
            Err(error) => {
                let why = if error == TotpError::Used { "code_used" } else { "wrong_code" };
                let failure = Failure::new(
                    StatusCode::UNAUTHORIZED,
                    why,
                    &error.to_string(),
                    "等待下一个动态口令后重试",
                )
                .at("code");
                Err(self.refuse(why, failure).await?)
            }
        }
    }

    /// Hashes a password anew where its hash is of another cost than today's.
    async fn renew(&self, known: &mut Credentials, password: String) -> Answer<()> {
        if self.app.desk.is_outdated(&known.password) {
            let renewed = self.app.desk.renewed(password).await?;
            let old = std::mem::replace(&mut known.password, renewed.clone());
            self.app.store.renew_password(self.context.clone(), old, renewed).await?;
        }
        Ok(())
    }

    async fn refuse(&self, why: &'static str, failure: Failure) -> Answer<Failure> {
        let rules = LockoutPolicy::default();
        self.app.store.refuse_sign_in(self.context.clone(), self.id.as_str(), why, rules).await?;
        Ok(failure)
    }
}

/// A change of one's own password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The one that holds.
    old: String,
    /// The one that shall hold.
    new: String,
}

/// Changes one's own password; all one's other sessions end.
#[utoipa::path(put, path = "/api/v1/session/password", tag = "session", request_body = NewPassword, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn change_password(
    State(app): State<Arc<App>>,
    Newcomer(caller): Newcomer,
    Body { value: NewPassword { old, new }, .. }: Body<NewPassword>,
) -> Answer<StatusCode> {
    let stored = shown(&app, &caller, old, "old").await?;
    let hash = app.desk.hash(&caller.seat.account.id, new).await.map_err(|error| of_rule(error, "new"))?;
    app.store.change_password(caller.context(), stored, hash, caller.digest.clone()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A second factor that waits for its first code.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = BegunSecondFactor)]
pub struct Begun {
    /// The secret, to type into an authenticator.
    secret: String,
    /// The same as an address, to be drawn as a picture.
    address: String,
    /// To be sent back with the first code; sealed for this account.
    pending: String,
}

/// Begins to set up one's second factor.
#[utoipa::path(post, path = "/api/v1/session/second-factor", tag = "session", responses(
    (status = 200, body = Begun), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn begin_second_factor(
    State(app): State<Arc<App>>,
    Newcomer(caller): Newcomer,
) -> Answer<Json<Begun>> {
    let account = &caller.seat.account.id;
    let secret = TotpSecret::random().ok_or_else(Failure::bug)?;
    let pending = app.desk.seal(None, account, &secret)?;
    Ok(Json(Begun {
        secret: secret.base32().to_string(),
        address: secret.address(account).to_string(),
        pending,
    }))
}

/// The first code of a second factor, and the password once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// What setting it up answered.
    pending: String,
    /// The first code.
    code: String,
    /// One's password.
    password: String,
}

/// Sets one's second factor; all one's other sessions end.
#[utoipa::path(put, path = "/api/v1/session/second-factor", tag = "session", request_body = Confirmed, responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn confirm_second_factor(
    State(app): State<Arc<App>>,
    Newcomer(caller): Newcomer,
    Body { value: Confirmed { pending, code, password }, .. }: Body<Confirmed>,
) -> Answer<StatusCode> {
    shown(&app, &caller, password, "password").await?;
    let account = &caller.seat.account.id;
    let invalid = |field: &str, message: &str| {
        Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message, "重新设置动态口令").at(field)
    };
    let secret =
        app.desk.open(account, &pending).ok_or_else(|| invalid("pending", "不是本账号的待确认动态口令"))?;
    let step = secret
        .check(&code, unix(app.store.now()), None)
        .map_err(|error| invalid("code", &error.to_string()))?;
    // Sealed anew, so that what a client held is not what is stored.
    for _ in 0..2 {
        let key = app.store.sign_in_key().await?;
        let sealed = app.desk.seal(key.as_deref(), account, &secret)?;
        match app.store.set_second_factor(caller.context(), sealed, step, caller.digest.clone()).await {
            Ok(()) => return Ok(StatusCode::NO_CONTENT),
            // The key changed in between.
            Err(mingcha_casework::store::Error::Keys(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::bug())
}

/// Checks one's own password again, under the same lock-out as at the door; returns its stored form.
async fn shown(app: &App, caller: &crate::Caller, password: String, field: &str) -> Answer<String> {
    let account = &caller.seat.account.id;
    app.rates.sign_in.take(&format!("account {account}"), Instant::now()).map_err(Failure::too_many)?;
    let known = app.store.credentials(account).await?.ok_or_else(Failure::signed_out)?;
    if known.account.locked_until <= app.store.now().time().0
        && app.desk.verify(password, Some(known.password.clone())).await?
    {
        return Ok(known.password);
    }
    app.store.refuse_sign_in(caller.context(), account, "wrong_password", LockoutPolicy::default()).await?;
    Err(Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_password", "口令不正确", "核对后重试")
        .at(field))
}

/// A password that breaks a rule is the client's fault; all else is ours.
pub fn of_rule(error: DeskError, field: &str) -> Failure {
    match error {
        DeskError::Rule(rule) => {
            Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "weak_password", &rule.to_string(), "换一个口令")
                .at(field)
        }
        error => error.into(),
    }
}
