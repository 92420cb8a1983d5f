//! Exports of personal data: asked for, approved by another person, taken once.

use super::matters::cell;
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::{Body, Id},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::{
    docket::{BulkExport, Query},
    vault::Plain,
};
use serde::Deserialize;
use std::{fmt::Write as _, sync::Arc};
use utoipa::ToSchema;

/// What shall be taken out, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Which matters, as a list is asked.
    #[serde(default)]
    query: Query,
    /// What for; it stands in the trail, so nothing of a person belongs into it.
    purpose: String,
}

/// Why an export is approved or refused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// Why.
    why: String,
}

/// One's own exports of personal data, and those that one may decide on.
#[utoipa::path(get, path = "/api/v1/exports", tag = "exports",
    responses((status = 200, body = Vec<BulkExport>), (status = 401, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Vec<BulkExport>>> {
    Ok(Json(app.docket.exports(caller.context()).await?))
}

/// Asks for an export of personal data.
#[utoipa::path(post, path = "/api/v1/exports", tag = "exports", request_body = Ask,
    responses((status = 201, body = BulkExport), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 422, body = ErrorBody)))]
pub async fn ask(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: Ask { query, purpose }, digest }: Body<Ask>,
) -> Answer<impl IntoResponse> {
    let context = caller.acting(&digest)?;
    Ok((StatusCode::CREATED, Json(app.docket.ask_export(context, query, &purpose).await?)))
}

/// Approves somebody else's export; it may be taken once, within the hours of the configuration.
#[utoipa::path(post, path = "/api/v1/exports/{id}/approve", tag = "exports", params(("id" = String, Path)), request_body = Why,
    responses((status = 200, body = BulkExport), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn approve(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Why>,
) -> Answer<Json<BulkExport>> {
    decide(&app, &caller, &id, body, true).await
}

/// Refuses somebody else's export.
#[utoipa::path(post, path = "/api/v1/exports/{id}/refuse", tag = "exports", params(("id" = String, Path)), request_body = Why,
    responses((status = 200, body = BulkExport), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn refuse(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Why>,
) -> Answer<Json<BulkExport>> {
    decide(&app, &caller, &id, body, false).await
}

async fn decide(
    app: &App,
    caller: &Caller,
    id: &mingcha_casework::id::ObjectId,
    Body { value: Why { why }, digest }: Body<Why>,
    approved: bool,
) -> Answer<Json<BulkExport>> {
    let context = caller.acting(&digest)?;
    Ok(Json(app.docket.decide_export(context, id, approved, &why, app.config.export_hours).await?))
}

/// Takes an approved export as CSV, once, with a line of who took it out, when and under which record of the trail; no cell runs as a formula.
#[utoipa::path(post, path = "/api/v1/exports/{id}/download", tag = "exports", params(("id" = String, Path)),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn download(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<impl IntoResponse> {
    let taken = app.docket.take_export(caller.context(), &id).await?;
    let mark = taken.mark.to_string();
    let mut text = format!("\u{feff}{}\r\n编号,标题,身份,姓名,证件号码,电话,住址,银行账号\r\n", cell(&mark));
    for row in &taken.rows {
        let values = row.values.iter().map(|value| value.as_ref().map_or("", Plain::expose));
        let cells = [row.matter.as_str(), row.title.as_str(), row.role].into_iter().chain(values).map(cell);
        let _ = write!(text, "{}\r\n", cells.collect::<Vec<_>>().join(","));
    }
    let _ = write!(text, "{}\r\n", cell(&mark));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"people.csv\""),
    ];
    Ok((headers, text))
}
