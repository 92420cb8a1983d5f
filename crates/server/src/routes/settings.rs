//! What the server runs with, without its secrets.

use crate::{
    App, Caller,
    config::SecondFactor,
    failure::{Answer, ErrorBody},
};
use axum::{Json, extract::State};
use mingcha_casework::{
    policy::Configure,
    store::{Backend, FORM},
};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What the server runs with.
#[derive(Serialize, ToSchema)]
pub struct Settings {
    /// Version of the program.
    version: &'static str,
    /// `sqlite` or `postgres`.
    database: &'static str,
    /// Form of the store.
    form: i64,
    /// Whether it speaks TLS.
    tls: bool,
    /// Most bytes of a body.
    body_bytes: usize,
    /// Seconds without a request after which a session ends.
    idle_seconds: i64,
    /// Seconds after which a session ends in any case.
    longest_seconds: i64,
    /// Who needs a second factor.
    second_factor: &'static str,
    /// Policies that hold.
    policies: usize,
    /// Time limits that hold.
    limits: usize,
}

/// What the server runs with, for the system administrator.
#[utoipa::path(get, path = "/api/v1/settings", tag = "settings", responses(
    (status = 200, body = Settings), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn read(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Settings>> {
    caller.may(&app, Configure, &app.store.installation().await?).await?;
    let config = &app.config;
    Ok(Json(Settings {
        version: env!("CARGO_PKG_VERSION"),
        database: match app.store.backend() {
            Backend::Sqlite => "sqlite",
            Backend::Postgres => "postgres",
        },
        form: FORM,
        tls: config.tls.is_some(),
        body_bytes: config.body_bytes,
        idle_seconds: config.session.idle,
        longest_seconds: config.session.longest,
        second_factor: match config.session.second_factor {
            SecondFactor::Everybody => "everybody",
            SecondFactor::Administrators => "administrators",
            SecondFactor::Chosen => "chosen",
        },
        policies: app.policies.rules().len(),
        limits: app.procedures.limits.len(),
    }))
}
