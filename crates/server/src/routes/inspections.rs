//! What inspections are planned by: the grade of an institution with its sum, who is due, and whom the year's plan covers.

use super::lake;
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::Parameters,
};
use axum::{Json, extract::State};
use mingcha_casework::{
    ask::region_covers,
    docket::{InLake, InspectionPlan, InspectionsDue, InstitutionGrade},
};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};
use utoipa::IntoParams;

/// The institutions that the register of the lake has in a region; none where there is no lake.
async fn registered(app: &App, region: &str) -> Answer<BTreeSet<String>> {
    let register = lake::ask(app, |claims| claims.institutions()).await?;
    let inside = register.iter().filter(|one| region_covers(region, &one.region));
    Ok(inside.map(|one| one.code.clone()).collect())
}

/// What the lake knows of the institutions of a region.
async fn in_lake(app: &App, region: &str) -> Answer<InLake> {
    let refused = lake::ask(app, |claims| claims.refused_rows()).await?;
    Ok(InLake { registered: registered(app, region).await?, refused })
}

/// Of which institution.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GradeQuery {
    /// Its code.
    institution: String,
}

/// The grade of a designated institution from clues, cases, inspections and self-checks, how often that has it inspected, and when next.
/// For whoever may count all of these in the region.
#[utoipa::path(get, path = "/api/v1/boards/institution-grade", tag = "boards", params(GradeQuery),
    responses((status = 200, body = InstitutionGrade), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub async fn grade(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(GradeQuery { institution }): Parameters<GradeQuery>,
) -> Answer<Json<InstitutionGrade>> {
    let lake = in_lake(&app, &caller.actor.region).await?;
    Ok(Json(app.docket.grade(caller.context(), &institution, &lake).await?))
}

/// In which region.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DueQuery {
    /// Region, one's own where absent.
    region: Option<String>,
}

/// The institutions of a region that are due for an inspection by their grade, the worst score first.
#[utoipa::path(get, path = "/api/v1/boards/inspections-due", tag = "boards", params(DueQuery),
    responses((status = 200, body = InspectionsDue), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub async fn due(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(DueQuery { region }): Parameters<DueQuery>,
) -> Answer<Json<InspectionsDue>> {
    let region = region.unwrap_or_else(|| caller.actor.region.clone());
    let lake = in_lake(&app, &region).await?;
    Ok(Json(app.docket.inspections_due(caller.context(), &region, &lake).await?))
}

/// Which plan.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanQuery {
    /// Year, this one where absent.
    year: Option<i32>,
    /// Region, one's own where absent.
    region: Option<String>,
}

/// How far a year's plan of inspections covers the designated institutions of a region, and those that it leaves out.
#[utoipa::path(get, path = "/api/v1/boards/inspection-plan", tag = "boards", params(PlanQuery),
    responses((status = 200, body = InspectionPlan), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub async fn plan(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(PlanQuery { year, region }): Parameters<PlanQuery>,
) -> Answer<Json<InspectionPlan>> {
    let year = year.unwrap_or_else(|| app.store.now().time().date().ymd().0);
    let region = region.unwrap_or_else(|| caller.actor.region.clone());
    let register = registered(&app, &region).await?;
    Ok(Json(app.docket.inspection_plan(caller.context(), year, &region, register).await?))
}
