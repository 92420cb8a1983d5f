//! What makes daily work shorter: one act on many matters, officers to choose from, saved views, names of regions.

use super::matters::act_input;
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Id, Parameters},
};
use axum::{Json, extract::State};
use mingcha_casework::{
    docket::{ActRequest, OfficerView, RegionView, SavedViews},
    store::{Error, Request},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use utoipa::{IntoParams, ToSchema};

/// Most matters of one batch.
const BATCH: usize = 200;

/// One act on many matters.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoActs {
    /// Which act.
    act: String,
    /// Why.
    #[serde(default)]
    reason: String,
    /// What the act brings; nothing where it takes nothing.
    #[schema(value_type = Option<Object>)]
    input: Option<Value>,
    /// The matters, each with the version that one has seen.
    items: Vec<OnMatter>,
}

/// A matter of a batch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnMatter {
    /// Its id.
    id: String,
    /// The version that one has seen.
    version: i64,
}

/// What became of a matter of a batch.
#[derive(Serialize, ToSchema)]
pub struct Handled {
    /// The matter.
    id: String,
    /// Whether it was done.
    done: bool,
    /// Its state after the act.
    state: Option<String>,
    /// Its version after the act.
    version: Option<i64>,
    /// Why it was not done.
    refused: Option<ErrorBody>,
}

/// Does one act on many matters, each for itself: some may be done and others refused. Sent again under the same key, nothing is done twice.
#[utoipa::path(post, path = "/api/v1/matters/acts", tag = "matters", request_body = DoActs,
    responses((status = 200, body = Vec<Handled>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn acts(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Body<DoActs>,
) -> Answer<Json<Vec<Handled>>> {
    let context = caller.acting(&body.digest)?;
    let DoActs { act, reason, input, items } = body.value;
    if items.is_empty() || items.len() > BATCH {
        return Err(Error::invalid("items", format!("一次须有1至{BATCH}件")).into());
    }
    let input = act_input(input.unwrap_or_else(|| serde_json::json!({ "input": "nothing" })))?;
    let mut handled = Vec::with_capacity(items.len());
    for OnMatter { id, version } in items {
        let mut context = context.clone();
        if let Some(Request { key, .. }) = &mut context.request {
            *key = format!("{key} {id}");
        }
        let request = ActRequest { version, reason: reason.clone(), input: input.clone() };
        handled.push(match app.docket.act(context, &id, &act.replace('-', "_"), request).await {
            Ok(acted) => Handled {
                id,
                done: true,
                state: Some(acted.state),
                version: Some(acted.version),
                refused: None,
            },
            Err(error) => {
                let refused = Some(Failure::from(error).body());
                Handled { id, done: false, state: None, version: None, refused }
            }
        });
    }
    Ok(Json(handled))
}

/// Of which organisation.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfficersOf {
    /// Code of the organisation; one's own where absent.
    organisation: Option<String>,
}

/// Accounts of an organisation that can be named as officers or members of a team.
#[utoipa::path(get, path = "/api/v1/officers", tag = "accounts", params(OfficersOf), responses(
    (status = 200, body = Vec<OfficerView>), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn officers(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(OfficersOf { organisation }): Parameters<OfficersOf>,
) -> Answer<Json<Vec<OfficerView>>> {
    let organisation = organisation.unwrap_or_else(|| caller.actor.organisation.clone());
    Ok(Json(app.docket.officers(caller.context(), &organisation).await?))
}

/// Whose names.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NamesOf {
    /// Accounts, with commas between, 200 at most.
    accounts: String,
}

/// Names of officers by account, as their organisations publish them; who has none is left out.
#[utoipa::path(get, path = "/api/v1/officers/names", tag = "accounts", params(NamesOf), responses(
    (status = 200, body = BTreeMap<String, String>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn published_names(
    State(app): State<Arc<App>>,
    _caller: Caller,
    Parameters(NamesOf { accounts }): Parameters<NamesOf>,
) -> Answer<Json<BTreeMap<String, String>>> {
    let accounts: Vec<&str> = accounts.split(',').filter(|account| !account.is_empty()).collect();
    Ok(Json(app.docket.published_names(&accounts).await?))
}

/// Regions whose bureaus take part, with their names.
#[utoipa::path(get, path = "/api/v1/regions", tag = "regions", responses(
    (status = 200, body = Vec<RegionView>), (status = 401, body = ErrorBody)))]
pub async fn regions(State(app): State<Arc<App>>, _caller: Caller) -> Answer<Json<Vec<RegionView>>> {
    Ok(Json(app.docket.regions().await?))
}

/// What one keeps of how one looks at a list.
#[utoipa::path(get, path = "/api/v1/views/{id}", tag = "views", params(("id" = String, Path,)), responses(
    (status = 200, body = SavedViews), (status = 401, body = ErrorBody)))]
pub async fn views(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<SavedViews>> {
    Ok(Json(app.docket.saved_views(caller.context(), id.as_str()).await?))
}

/// What shall be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepViews {
    /// As the workbench wants it back.
    body: Value,
}

/// Keeps how one looks at a list.
#[utoipa::path(put, path = "/api/v1/views/{id}", tag = "views", params(("id" = String, Path,)), request_body = KeepViews, responses(
    (status = 200, body = SavedViews), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn keep_views(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<KeepViews>,
) -> Answer<Json<SavedViews>> {
    let context = caller.acting(&body.digest)?;
    Ok(Json(app.docket.save_views(context, id.to_string(), body.value.body).await?))
}
