//! Signing in at the provider: sent there, coming back, and the account's own one-time code where that is asked.

use super::{
    session::{Me, described},
    sign_in::{Asking, refused},
};
use crate::{
    App,
    around::{self, From},
    config::VouchedFactor,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Parameters},
    oidc::{Attempt, Claims, OidcError, Provider},
    session::{Cookie, DoorCookie, same},
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use mingcha_casework::{
    id::ObjectId,
    signin::{SessionToken, unix},
    store::{self, Context, Draft, sessions::Credentials},
    trail::Who,
};
use serde::{Deserialize, Serialize};
use std::{net::IpAddr, sync::Arc, time::Instant};
use utoipa::{IntoParams, ToSchema};

/// The ways in.
#[derive(Serialize, ToSchema)]
pub struct Ways {
    /// What the site's provider is called; none where people sign in by password alone.
    provider: Option<String>,
}

/// How one can sign in here; everybody may ask.
#[utoipa::path(get, path = "/api/v1/session/ways", tag = "session", responses((status = 200, body = Ways)))]
pub async fn ways(State(app): State<Arc<App>>) -> Json<Ways> {
    Json(Ways { provider: app.provider.as_ref().map(|provider| provider.title().to_owned()) })
}

/// Sends the browser to the provider.
#[utoipa::path(get, path = "/api/v1/session/oidc", tag = "session",
    responses((status = 303), (status = 404, body = ErrorBody), (status = 429, body = ErrorBody)))]
pub async fn ask(State(app): State<Arc<App>>, Extension(From(from)): Extension<From>) -> Answer<Response> {
    let provider = provider(&app)?;
    app.rates.sign_in.take(&from.to_string(), Instant::now()).map_err(Failure::too_many)?;
    let attempt = Attempt::new(unix(app.store.now())).ok_or_else(Failure::bug)?;
    match provider.ask(&app.desk, &attempt).await {
        Ok(place) => {
            let cookie = DoorCookie::set(attempt.cookie(), app.config.tls.is_some());
            Ok((
                StatusCode::SEE_OTHER,
                [(header::LOCATION, place.to_string())],
                [(header::SET_COOKIE, cookie)],
            )
                .into_response())
        }
        Err(error) => {
            tracing::error!(%error, "oidc");
            Ok(back("unavailable", &app))
        }
    }
}

fn provider(app: &App) -> Answer<&Provider> {
    app.provider.as_ref().ok_or_else(Failure::no_route)
}

/// What the provider sends somebody back with.
#[derive(Deserialize, IntoParams)]
pub struct Returned {
    /// Stands for the sign-in there.
    code: Option<String>,
    /// Which attempt it answers.
    state: Option<String>,
    /// Whose answer it is.
    iss: Option<String>,
    /// Why there is none.
    error: Option<String>,
}

/// Takes whoever comes back from the provider to the workbench: signed in, or with `?oidc=` saying what is still to do.
#[utoipa::path(get, path = "/api/v1/session/oidc/callback", tag = "session", params(Returned),
    responses((status = 303), (status = 404, body = ErrorBody), (status = 429, body = ErrorBody)))]
pub async fn callback(
    State(app): State<Arc<App>>,
    Extension(From(from)): Extension<From>,
    Extension(logged): Extension<around::Account>,
    headers: HeaderMap,
    Parameters(returned): Parameters<Returned>,
) -> Answer<Response> {
    let provider = provider(&app)?;
    app.rates.sign_in.take(&from.to_string(), Instant::now()).map_err(Failure::too_many)?;
    let door = At { app: &app, from };
    match door.vouched(provider, &headers, returned).await {
        Ok((attempt, claims)) => door.let_in(provider, &attempt, &claims, &logged).await,
        Err(why) => {
            door.refuse("", why).await?;
            Ok(back(if why == "provider" { "unavailable" } else { "refused" }, &app))
        }
    }
}

/// To the workbench's door, which says what happened; the attempt is over.
fn back(what: &str, app: &App) -> Response {
    let cookie = DoorCookie::unset(app.config.tls.is_some());
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/?oidc={what}"))], [(header::SET_COOKIE, cookie)])
        .into_response()
}

/// The door, and where somebody stands before it.
struct At<'a> {
    app: &'a App,
    from: IpAddr,
}

impl At<'_> {
    fn context(&self, who: Option<&Credentials>) -> Context {
        let nobody = || Who { account: String::new(), organisation: String::new(), role: String::new() };
        let who = who.map_or_else(nobody, |known| known.account.who());
        Context::new(who, self.from.to_string())
    }

    /// A refusal on the trail; nobody learns more of it than that it is one.
    async fn refuse(&self, account: &str, why: &str) -> Answer<()> {
        let draft = Draft::new("sign_in", "account", account).why(format!("oidc:{why}"));
        Ok(self.app.store.record_refusal(self.context(None), draft).await?)
    }

    /// What the provider says of whoever came back, if it answers this browser; otherwise why not, as the trail names it.
    async fn vouched(
        &self,
        provider: &Provider,
        headers: &HeaderMap,
        returned: Returned,
    ) -> Result<(Attempt, Claims), &'static str> {
        let attempt = DoorCookie::read(headers, self.app.config.tls.is_some());
        let now = unix(self.app.store.now());
        let attempt = attempt.and_then(|text| Attempt::parse(&text, now)).ok_or("attempt")?;
        if !returned.state.is_some_and(|state| attempt.has_state(&self.app.desk, &state)) {
            return Err("state");
        }
        let failed = |error: OidcError| {
            tracing::warn!(%error, "oidc");
            error.code()
        };
        if !provider.is_from(returned.iss.as_deref()).await.map_err(failed)? {
            return Err("issuer");
        }
        let (None, Some(code)) = (returned.error, returned.code) else { return Err("declined") };
        let claims = provider.redeem(&self.app.desk, &attempt, &code, now).await.map_err(failed)?;
        Ok((attempt, claims))
    }

    /// Opens a session for the account that the provider vouches for; no account is ever made here.
    async fn let_in(
        &self,
        provider: &Provider,
        attempt: &Attempt,
        claims: &Claims,
        logged: &around::Account,
    ) -> Answer<Response> {
        let app = self.app;
        let Some(id) = provider.account(claims).and_then(|id| ObjectId::parse(id).ok()) else {
            self.refuse("", "claim").await?;
            return Ok(back("refused", app));
        };
        let Some(known) = app.store.credentials(id.as_str()).await? else {
            self.refuse(id.as_str(), "no_account").await?;
            return Ok(back("refused", app));
        };
        drop(logged.0.set(known.account.id.clone()));
        if known.account.disabled || known.account.locked_until > app.store.now().time().0 {
            self.refuse(id.as_str(), "closed").await?;
            return Ok(back("refused", app));
        }
        let needs = known.totp.is_some() || app.config.session.needs_second_factor(&known.account);
        let shown = match provider.second_factor() {
            VouchedFactor::Own if known.totp.is_some() => {
                // Whoever the provider vouched for still types the code of their own.
                let waiting =
                    format!("{}.{}.{id}", attempt.cookie(), attempt.vouched(&app.desk, id.as_str()));
                let cookie = DoorCookie::set(&waiting, app.config.tls.is_some());
                let place = [(header::LOCATION, "/?oidc=code")];
                return Ok((StatusCode::SEE_OTHER, place, [(header::SET_COOKIE, cookie)]).into_response());
            }
            VouchedFactor::Own => false,
            VouchedFactor::Provider { methods, levels } => claims.shows(methods, levels),
        };
        if needs && !shown && *provider.second_factor() != VouchedFactor::Own {
            self.refuse(id.as_str(), "second_factor").await?;
            return Ok(back("second-factor", app));
        }
        match self.open(&known, None, shown).await {
            Ok(token) => {
                let tls = app.config.tls.is_some();
                let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
                response.headers_mut().append(header::SET_COOKIE, Cookie::set(&token, tls));
                response.headers_mut().append(header::SET_COOKIE, DoorCookie::unset(tls));
                Ok(response)
            }
            // It was disabled or locked at this instant; the store has recorded that.
            Err(store::Error::Denied(_)) => Ok(back("refused", app)),
            Err(error) => Err(error.into()),
        }
    }

    async fn open(
        &self,
        known: &Credentials,
        totp_step: Option<i64>,
        second_factor: bool,
    ) -> Result<SessionToken, store::Error> {
        let token = SessionToken::random().ok_or(store::Error::Closed)?;
        let opening = store::sessions::Opening {
            account: known.account.id.clone(),
            password: known.password.clone(),
            totp_step,
            second_factor,
            way: "oidc",
            digest: token.digest(),
            rules: self.app.config.session.ends(),
        };
        self.app.store.open_session(self.context(Some(known)), opening).await?;
        Ok(token)
    }
}

/// The one-time code of somebody whom the provider vouched for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnCode {
    /// One-time code.
    code: String,
}

/// Signs in whom the provider vouched for, by the account's own one-time code.
#[utoipa::path(post, path = "/api/v1/session/oidc", tag = "session", request_body = OwnCode, responses(
    (status = 200, body = Me), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 429, body = ErrorBody)))]
pub async fn confirm(
    State(app): State<Arc<App>>,
    Extension(From(from)): Extension<From>,
    Extension(logged): Extension<around::Account>,
    headers: HeaderMap,
    Body { value: OwnCode { code }, .. }: Body<OwnCode>,
) -> Answer<impl IntoResponse> {
    provider(&app)?;
    let tls = app.config.tls.is_some();
    let door = At { app: &app, from };
    let waiting =
        DoorCookie::read(&headers, tls).and_then(|text| waiting(&app, &text)).ok_or_else(refused)?;
    for key in [from.to_string(), format!("account {waiting}")] {
        app.rates.sign_in.take(&key, Instant::now()).map_err(Failure::too_many)?;
    }
    let known = app.store.credentials(waiting.as_str()).await?;
    let now = app.store.now().time().0;
    let Some(known) = known.filter(|known| !known.account.disabled && known.account.locked_until <= now)
    else {
        door.refuse(waiting.as_str(), "closed").await?;
        return Err(refused());
    };
    let asking = Asking { app: &app, context: door.context(Some(&known)), id: waiting };
    let step = asking.code(&known, Some(&code)).await?;
    let token = door.open(&known, step, step.is_some()).await.map_err(|error| match error {
        store::Error::Denied(_) => refused(),
        error => error.into(),
    })?;
    drop(logged.0.set(known.account.id.clone()));
    let me = described(&app, &known.account, step.is_some(), token.csrf().as_str());
    let mut response = Json(me).into_response();
    response.headers_mut().append(header::SET_COOKIE, Cookie::set(&token, tls));
    response.headers_mut().append(header::SET_COOKIE, DoorCookie::unset(tls));
    Ok(response)
}

/// The account that waits for its code; `None` where this server did not write that, or too long ago.
fn waiting(app: &App, text: &str) -> Option<ObjectId> {
    let mut parts = text.splitn(3, '.');
    let (attempt, vouched, id) = (parts.next()?, parts.next()?, parts.next()?);
    let attempt = Attempt::parse(attempt, unix(app.store.now()))?;
    let id = ObjectId::parse(id).ok()?;
    same(&attempt.vouched(&app.desk, id.as_str()), vouched).then_some(id)
}
