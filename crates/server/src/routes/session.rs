//! One's own session.

use crate::{
    App,
    caller::Newcomer,
    failure::{Answer, ErrorBody},
    session::Cookie,
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::store::accounts::Account;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Who one is, and what one's session still needs.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// Account.
    pub account: String,
    /// Code of its organisation.
    pub organisation: String,
    /// Department of that organisation.
    pub department: String,
    /// Region of that organisation.
    pub region: String,
    /// Role.
    pub role: String,
    /// What every write must carry in `X-CSRF-Token`.
    pub csrf_token: String,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    /// Whether a second factor must be set up before anything else.
    pub must_set_second_factor: bool,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
}

/// Who one is.
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, body = Me), (status = 401, body = ErrorBody)))]
pub async fn me(State(app): State<Arc<App>>, Newcomer(caller): Newcomer) -> Json<Me> {
    Json(described(&app, &caller.seat.account, caller.seat.second_factor, caller.forgery.as_str()))
}

/// What a page is told of a session.
pub fn described(app: &App, account: &Account, second_factor: bool, csrf_token: &str) -> Me {
    let needs = app.config.session.needs_second_factor(account);
    Me {
        account: account.id.clone(),
        organisation: account.organisation.clone(),
        department: account.department.name().to_owned(),
        region: account.region.clone(),
        role: account.role.name().to_owned(),
        csrf_token: csrf_token.to_owned(),
        second_factor,
        must_set_second_factor: needs && !second_factor,
        must_change_password: account.must_change,
    }
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session",
    responses((status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn sign_out(State(app): State<Arc<App>>, Newcomer(caller): Newcomer) -> Answer<impl IntoResponse> {
    app.store.end_session(caller.context(), &caller.digest).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, Cookie::unset(app.config.tls.is_some()))]))
}
