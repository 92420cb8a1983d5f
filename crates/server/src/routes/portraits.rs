//! Portraits: what the lake holds of an institution or practitioner, and how the points of a practitioner stand. Codes come in bodies, since
//! addresses stand in logs.

use super::lake;
use crate::{
    App, Caller,
    claims::{Portrait, PortraitQuery, Portrayed},
    failure::{Answer, ErrorBody},
    input::Body,
};
use axum::{Json, extract::State};
use mingcha_casework::docket::{PointsStanding, Workplace};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Whose portrait.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPortrait {
    /// What it is.
    kind: Portrayed,
    /// Its code.
    code: String,
}

/// An institution or practitioner in numbers from the newest version of the lake, for whoever may search the clues of the place where it
/// lies, or in one's own region a clue about it; of a practitioner what is on record at such institutions. Nothing in it names a person.
#[utoipa::path(post, path = "/api/v1/portraits", tag = "portraits", request_body = AskPortrait, responses(
    (status = 200, body = Portrait), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub async fn read(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: AskPortrait { kind, code }, .. }: Body<AskPortrait>,
) -> Answer<Json<Portrait>> {
    let asked = code.clone();
    let places = lake::ask(&app, move |claims| claims.portrayed(kind, &asked)).await?;
    let places = places.into_iter().map(|one| Workplace { institution: one.code, region: one.region });
    let at = app.docket.portray(caller.context(), kind.name(), &code, places.collect()).await?;
    let query = PortraitQuery { kind, code, at };
    Ok(Json(lake::ask(&app, move |claims| claims.portrait(&query)).await?))
}

/// Whose points.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPoints {
    /// Code of the practitioner.
    code: String,
}

/// How the points of a practitioner stand today, added up from the matters that one may list.
#[utoipa::path(post, path = "/api/v1/portraits/points", tag = "portraits", request_body = AskPoints, responses(
    (status = 200, body = PointsStanding), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn points(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: AskPoints { code }, .. }: Body<AskPoints>,
) -> Answer<Json<PointsStanding>> {
    Ok(Json(app.docket.points_standing(caller.context(), &code).await?))
}
