//! Whether the process lives, whether it can serve, and what it counted.

use crate::{
    App,
    around::From,
    failure::{Answer, ErrorBody, Failure},
    metrics::Gauges,
    session::same,
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::store::Error;
use serde::Serialize;
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;
use utoipa::ToSchema;

/// That it lives.
#[derive(Serialize, ToSchema)]
pub struct Health {
    status: &'static str,
    version: &'static str,
}

/// Parts that serving needs.
#[derive(Serialize, ToSchema)]
pub struct Ready {
    /// `ready`, or `not_ready` where a part is not in order.
    status: &'static str,
    /// Whether the database answers.
    database: bool,
    /// Whether the writer keeps up.
    writer: bool,
    /// Whether the key of sign-in works.
    key: bool,
}

/// Acts that may wait before the server asks to be left alone for a while.
const CROWDED: usize = 3000;

/// How long the database may take: whoever watches over the server waits no longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the database says, where it says it soon.
async fn soon<T>(asked: impl Future<Output = Result<T, Error>>) -> Option<T> {
    timeout(PATIENCE, asked).await.ok()?.ok()
}

/// Whether the process lives.
#[utoipa::path(get, path = "/health", tag = "health", responses((status = 200, body = Health)))]
pub async fn health() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

/// Whether requests can be served.
#[utoipa::path(get, path = "/ready", tag = "health", responses((status = 200, body = Ready), (status = 503, body = Ready)))]
pub async fn ready(State(app): State<Arc<App>>) -> impl IntoResponse {
    let database = soon(app.store.ping()).await.is_some();
    let writer = app.store.waiting() < CROWDED;
    let key = app.desk.is_ready();
    let (code, status) = match database && writer && key {
        true => (StatusCode::OK, "ready"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "not_ready"),
    };
    (code, Json(Ready { status, database, writer, key }))
}

/// Counters for Prometheus: from this machine, or with the token of the configuration.
#[utoipa::path(get, path = "/metrics", tag = "health",
    responses((status = 200, body = String, content_type = "text/plain"), (status = 403, body = ErrorBody)))]
pub async fn metrics(
    State(app): State<Arc<App>>,
    Extension(From(from)): Extension<From>,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let sent =
        headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let known = match (&app.config.metrics_token, sent) {
        (Some(token), Some(sent)) => same(token, sent),
        (Some(_), None) => false,
        (None, _) => from.is_loopback(),
    };
    if !known {
        let next = "在 metrics.token_file 设置令牌，并在请求中携带";
        return Err(Failure::new(StatusCode::FORBIDDEN, "denied", "无权查看运行指标", next));
    }
    let stored = async {
        let sessions = app.store.open_sessions(app.config.session.ends()).await?;
        Ok((sessions, app.store.trail_head().await?.seq))
    };
    let gauges = Gauges { waiting: app.store.waiting(), stored: soon(stored).await };
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.text(&gauges)))
}
