//! Who asks: the session's account as the store knows it now, with what its acts are recorded under.

use crate::{
    App,
    around::{self, From},
    failure::{Answer, Failure},
    session::Cookie,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
};
use mingcha_casework::{
    policy::{Actor, Authorized, Deed},
    signin::CsrfToken,
    store::{Context, Draft, Error, Request, sessions::Seat},
};
use std::{sync::Arc, time::Instant};

/// The header that carries the token against forged requests.
pub const FORGERY: &str = "x-csrf-token";
/// The header that tells a repeated request from a new one.
pub const KEY: &str = "idempotency-key";

/// Somebody who is signed in. Taking it from a request checks the session, the token against forgery on writes, and the rate.
pub struct Caller {
    /// For policies.
    pub actor: Actor,
    /// The session and its account.
    pub seat: Seat,
    /// The session's digest.
    pub digest: String,
    pub(crate) forgery: CsrfToken,
    from: String,
    /// Method and path, which a key stands for together with the body.
    target: String,
    key: Option<String>,
    if_match: Option<i64>,
    app: Arc<App>,
}

/// The same before the second factor was set up and the first password changed: only the session's own routes take it.
pub struct Newcomer(pub Caller);

impl Caller {
    /// What a read is recorded under.
    pub fn context(&self) -> Context {
        self.seat.context(self.from.as_str())
    }

    /// What a write is recorded under: its key and the digest of its body (empty where it has none) tell a repeated request from a new one.
    pub fn acting(&self, body_digest: &str) -> Answer<Context> {
        let key = self.key.clone().ok_or_else(|| {
            Failure::new(
                StatusCode::BAD_REQUEST,
                "no_key",
                "写操作须带请求编号",
                "在 Idempotency-Key 请求头中填入每次操作唯一的编号",
            )
        })?;
        // Keyed, so that what a body said of a person cannot be guessed from what is kept.
        let digest = self.app.desk.digest(&format!("{}\n{body_digest}", self.target));
        Ok(self.context().under(Request { key, digest }))
    }

    /// The version that a write is based on: that of the body, else that of `If-Match`.
    pub fn based_on(&self, body: Option<i64>) -> Answer<i64> {
        body.or(self.if_match).ok_or_else(|| {
            let message = "须写明所依据的版本";
            Failure::new(
                StatusCode::PRECONDITION_REQUIRED,
                "no_version",
                message,
                "在 version 字段或者 If-Match 请求头中填入读取时的版本",
            )
            .at("version")
        })
    }

    /// Asks policy; a refusal is recorded before it is told.
    pub async fn may<D: Deed>(&self, app: &App, deed: D, on: &D::On) -> Answer<Authorized<D>> {
        let action = deed.action().name();
        match app.policies.decide(&self.actor, deed, on) {
            Ok(proof) => Ok(proof),
            Err(denied) => {
                let (kind, id) = mingcha_casework::policy::named(on);
                let draft = Draft::new(action, kind, id).why(format!("denied:{}", denied.code));
                app.store.record_refusal(self.context(), draft).await?;
                Err(Failure::from(Error::Denied(denied.code)).saying(denied.message))
            }
        }
    }
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Answer<Self> {
        let Newcomer(caller) = Newcomer::from_request_parts(parts, app).await?;
        if caller.seat.account.must_change {
            return Err(Failure::new(
                StatusCode::FORBIDDEN,
                "must_change_password",
                "须先修改初始口令",
                "修改口令后再办理业务",
            ));
        }
        if !caller.seat.second_factor && app.config.session.needs_second_factor(&caller.seat.account) {
            return Err(Failure::new(
                StatusCode::FORBIDDEN,
                "second_factor_missing",
                "须先设置动态口令",
                "设置动态口令后再办理业务",
            ));
        }
        Ok(caller)
    }
}

impl FromRequestParts<Arc<App>> for Newcomer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Answer<Self> {
        let token =
            Cookie::token(&parts.headers, app.config.tls.is_some()).ok_or_else(Failure::signed_out)?;
        let (digest, forgery) = (token.digest(), token.csrf());
        let seat =
            app.store.seat(&digest, app.config.session.ends()).await?.ok_or_else(Failure::signed_out)?;
        if let Some(account) = parts.extensions.get::<around::Account>() {
            drop(account.0.set(seat.account.id.clone()));
        }
        app.rates.account.take(&seat.account.id, Instant::now()).map_err(Failure::too_many)?;
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            let sent = text(&parts.headers, FORGERY).unwrap_or_default();
            if !forgery.fits(sent) {
                return Err(Failure::forged());
            }
        }
        let from = parts.extensions.get::<From>().map_or(String::new(), |from| from.0.to_string());
        let key = key(&parts.headers)?;
        let if_match = text(&parts.headers, header::IF_MATCH.as_str())
            .and_then(|text| text.trim_matches('"').parse().ok());
        let target = format!("{} {}", parts.method, parts.uri.path());
        let (actor, app) = (seat.actor.clone(), Arc::clone(app));
        Ok(Self(Caller { actor, seat, digest, forgery, from, target, key, if_match, app }))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The client's key: 1 to 64 visible characters.
fn key(headers: &HeaderMap) -> Answer<Option<String>> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let key = value.to_str().unwrap_or_default();
    if (1..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Some(key.to_owned()));
    }
    Err(Failure::new(
        StatusCode::BAD_REQUEST,
        "bad_key",
        "请求编号须为1至64个可见的 ASCII 字符",
        "换用如 UUID 的编号",
    )
    .at("Idempotency-Key"))
}
