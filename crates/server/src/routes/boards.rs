//! Boards beyond counts: clearing by region, clocks by organisation, what checking says of rules; and draws that anybody can repeat.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::{Body, Id, Parameters},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use mingcha_casework::{
    docket::{
        Clearing, DrawHeading, DrawQuery, DrawRequest, DrawView, OrganisationClocks, RuleFeedback, new_seed,
    },
    draw::commitment,
    store::Error,
    trail::Digest,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Of which region.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Of {
    /// Region, one's own where absent.
    region: Option<String>,
}

impl Of {
    fn region(self, caller: &Caller) -> String {
        self.region.unwrap_or_else(|| caller.actor.region.clone())
    }
}

/// How far the regions right below one are from cleared.
#[utoipa::path(get, path = "/api/v1/boards/clearing", tag = "boards", params(Of),
    responses((status = 200, body = Vec<Clearing>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn clearing(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(of): Parameters<Of>,
) -> Answer<Json<Vec<Clearing>>> {
    let region = of.region(&caller);
    Ok(Json(app.docket.clearing(caller.context(), &region).await?))
}

/// Which clocks run out in which organisation, those with the most overdue first.
#[utoipa::path(get, path = "/api/v1/boards/clocks", tag = "boards", params(Of),
    responses((status = 200, body = Vec<OrganisationClocks>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn clocks(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(of): Parameters<Of>,
) -> Answer<Json<Vec<OrganisationClocks>>> {
    let region = of.region(&caller);
    Ok(Json(app.docket.clock_board(caller.context(), &region).await?))
}

/// What checking says of each version of each rule.
#[utoipa::path(get, path = "/api/v1/rules/feedback", tag = "boards",
    responses((status = 200, body = Vec<RuleFeedback>), (status = 401, body = ErrorBody)))]
pub async fn feedback(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Vec<RuleFeedback>>> {
    Ok(Json(app.docket.rule_feedback(caller.context()).await?))
}

/// Draws of the organisations whose inspections one may look at, the newest first.
#[utoipa::path(get, path = "/api/v1/draws", tag = "boards", params(DrawQuery), responses(
    (status = 200, body = Vec<DrawHeading>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn list_draws(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(query): Parameters<DrawQuery>,
) -> Answer<Json<Vec<DrawHeading>>> {
    Ok(Json(app.docket.draws(caller.context(), &query).await?))
}

/// A draw that shall be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginDraw {
    /// What is drawn for.
    title: String,
    /// SM3 of a seed that one keeps oneself; where absent, a seed is made and told once.
    #[serde(default)]
    commitment: Option<String>,
}

/// A draw whose digest is published.
#[derive(Serialize, ToSchema)]
pub struct BegunDraw {
    /// It.
    draw: DrawView,
    /// The seed that was made for it; it is kept nowhere, and the draw needs it.
    seed: Option<String>,
}

/// Publishes the digest of a draw's seed.
#[utoipa::path(post, path = "/api/v1/draws", tag = "boards", request_body = BeginDraw,
    responses((status = 201, body = BegunDraw), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 422, body = ErrorBody)))]
pub async fn begin_draw(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Body<BeginDraw>,
) -> Answer<impl IntoResponse> {
    let context = caller.acting(&body.digest)?;
    let BeginDraw { title, commitment: published } = body.value;
    let (published, seed) = match published {
        Some(text) => {
            let digest =
                Digest::parse(&text).ok_or_else(|| Error::invalid("commitment", "须为种子的 SM3 摘要"))?;
            (digest, None)
        }
        None => {
            let seed = new_seed()?;
            (commitment(&seed), Some(seed))
        }
    };
    let draw = app.docket.begin_draw(context, title, published).await?;
    // Asked again under the same key, the digest is that of the seed that was told then.
    let seed = seed.filter(|seed| commitment(seed).to_string() == draw.commitment);
    Ok((StatusCode::CREATED, Json(BegunDraw { draw, seed })))
}

/// Draws from lists, once.
#[utoipa::path(post, path = "/api/v1/draws/{id}/result", tag = "boards", params(("id" = String, Path,)), request_body = DrawRequest,
    responses((status = 200, body = DrawView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn draw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<DrawRequest>,
) -> Answer<Json<DrawView>> {
    let context = caller.acting(&body.digest)?;
    Ok(Json(app.docket.draw(context, id.as_str(), body.value).await?))
}

/// A draw with seed, lists and result.
#[utoipa::path(get, path = "/api/v1/draws/{id}", tag = "boards", params(("id" = String, Path,)),
    responses((status = 200, body = DrawView), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn read_draw(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<DrawView>> {
    Ok(Json(app.docket.read_draw(caller.context(), id.as_str()).await?))
}
