//! The offline form of an inspection: handed out to be taken along, looked at when it comes back, and taken in.

use super::files::disposition;
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Id, Parameters},
    site_form,
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::docket::{FormLook, FormTaken};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};
use utoipa::{IntoParams, ToSchema};

/// With which guides.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FormQuery {
    /// Ids of guides, with commas between.
    guides: String,
}

/// A form that came back, for a look.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAtForm {
    /// The text of the file that it saved.
    file: String,
}

/// A form that shall be taken in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeForm {
    /// Version of the inspection that it is based on; `If-Match` may say it instead.
    version: Option<i64>,
    /// The text of the file that it saved.
    file: String,
}

/// The form of an inspection as one page that needs no network, to be saved; for whoever may bring it back, once the site was entered.
#[utoipa::path(get, path = "/api/v1/matters/{id}/site-form", tag = "matters", params(("id" = String, Path,), FormQuery),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn hand_out_form(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Parameters(FormQuery { guides }): Parameters<FormQuery>,
) -> Answer<impl IntoResponse> {
    let guides: BTreeSet<&str> = guides.split(',').filter(|id| !id.is_empty()).collect();
    let head = app.docket.site_form(caller.context(), id.as_str(), &guides).await?;
    let page = site_form::page(&head).map_err(|_| Failure::bug())?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&format!("现场检查记录-{id}.html"))),
    ];
    Ok((headers, page))
}

/// What taking a form in would record, and all that speaks against it, by item and at once.
#[utoipa::path(post, path = "/api/v1/matters/{id}/site-form/look", tag = "matters", params(("id" = String, Path,)),
    request_body = LookAtForm,
    responses((status = 200, body = FormLook), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn look_at_form(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<LookAtForm>,
) -> Answer<Json<FormLook>> {
    Ok(Json(app.docket.look_at_form(caller.context(), id.as_str(), &body.value.file).await?))
}

/// Takes a form in: its file, its record and one finding for each item that was seen, all or nothing.
#[utoipa::path(post, path = "/api/v1/matters/{id}/site-form", tag = "matters", params(("id" = String, Path,)),
    request_body = TakeForm,
    responses((status = 201, body = FormTaken), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
        (status = 428, body = ErrorBody)))]
pub async fn take_form(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<TakeForm>,
) -> Answer<impl IntoResponse> {
    let context = caller.acting(&body.digest)?;
    let version = caller.based_on(body.value.version)?;
    let taken = app.docket.take_form(context, &app.files, id.as_str(), version, body.value.file).await?;
    Ok((StatusCode::CREATED, Json(taken)))
}
