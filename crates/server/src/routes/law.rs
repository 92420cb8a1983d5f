//! What the law's procedure is here, as tables: limits, calendars, measures, policies; read by everybody who is signed in.

use crate::{App, Caller, failure::ErrorBody};
use axum::{Json, extract::State};
use mingcha_casework::{calendar, limit, measure, policy};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A time limit.
#[derive(Serialize, ToSchema)]
pub struct LimitView {
    id: String,
    title: String,
    /// Part of the procedure.
    phase: String,
    /// Who must act.
    actor: String,
    /// What must be done.
    act: String,
    /// What the time starts with.
    start: String,
    /// How long, in words.
    term: String,
    /// What follows a miss.
    missed: String,
    /// Laws and articles.
    basis: Vec<String>,
    /// How sure that is, in words.
    certainty: String,
    /// What to know.
    note: Option<String>,
}

/// The time limits as they hold nationally.
#[utoipa::path(get, path = "/api/v1/limits", tag = "law",
    responses((status = 200, body = Vec<LimitView>), (status = 401, body = ErrorBody)))]
pub async fn limits(State(app): State<Arc<App>>, _caller: Caller) -> Json<Vec<LimitView>> {
    let view = |limit: &limit::Limit| LimitView {
        id: limit.id.clone(),
        title: limit.title.clone(),
        phase: limit.phase.clone(),
        actor: limit.actor.clone(),
        act: limit.act.clone(),
        start: limit.start.clone(),
        term: limit.term_words(),
        missed: limit.missed.clone(),
        basis: limit.basis.clone(),
        certainty: limit.certainty.title().to_owned(),
        note: limit.note.clone(),
    };
    Json(app.procedures.limits.values().map(view).collect())
}

/// The days off and days made up of a year.
#[derive(Serialize, ToSchema)]
pub struct YearView {
    year: i32,
    /// The notices that say so.
    notices: Vec<String>,
    /// Whether all of the year is known.
    complete: bool,
    holidays: Vec<HolidayView>,
}

/// A holiday.
#[derive(Serialize, ToSchema)]
pub struct HolidayView {
    name: String,
    /// First day, `2026-01-01`.
    first: String,
    /// Last day.
    last: String,
    /// Days off that are worked instead.
    work: Vec<String>,
}

/// The calendars by which working days are counted.
#[utoipa::path(get, path = "/api/v1/calendars", tag = "law",
    responses((status = 200, body = Vec<YearView>), (status = 401, body = ErrorBody)))]
pub async fn calendars(State(app): State<Arc<App>>, _caller: Caller) -> Json<Vec<YearView>> {
    let holiday = |holiday: &calendar::Holiday| HolidayView {
        name: holiday.name.clone(),
        first: holiday.first.to_string(),
        last: holiday.last.to_string(),
        work: holiday.work.iter().map(ToString::to_string).collect(),
    };
    let year = |year: &calendar::Year| YearView {
        year: year.year,
        notices: year.notices.clone(),
        complete: year.complete,
        holidays: year.holidays.iter().map(holiday).collect(),
    };
    Json(app.procedures.calendar.years().map(year).collect())
}

/// What the law answers an act with.
#[derive(Serialize, ToSchema)]
pub struct MeasureView {
    id: String,
    /// Who is liable.
    subject: String,
    /// Law and article.
    article: String,
    /// For what.
    act: String,
    /// What is ordered to be put right.
    corrective: Option<String>,
    /// What else follows.
    other: Option<String>,
    /// On what condition.
    condition: Option<String>,
    /// How sure the statement is, in words.
    certainty: String,
    /// What to know.
    note: Option<String>,
}

/// What the law answers acts with.
#[utoipa::path(get, path = "/api/v1/measures", tag = "law",
    responses((status = 200, body = Vec<MeasureView>), (status = 401, body = ErrorBody)))]
pub async fn measures(State(app): State<Arc<App>>, _caller: Caller) -> Json<Vec<MeasureView>> {
    let view = |measure: &measure::Measure| MeasureView {
        id: measure.id.clone(),
        subject: measure.subject.clone(),
        article: measure.article.clone(),
        act: measure.act.clone(),
        corrective: measure.corrective.clone(),
        other: measure.other.clone(),
        condition: measure.condition.clone(),
        certainty: measure.certainty.title().to_owned(),
        note: measure.note.clone(),
    };
    Json(app.procedures.measures.values().map(view).collect())
}

/// A policy: who may, or may not.
#[derive(Serialize, ToSchema)]
pub struct PolicyView {
    id: String,
    /// What it says.
    title: String,
    /// Law and article.
    basis: String,
    /// Whether it forbids; else it permits.
    forbids: bool,
    /// File that it stands in.
    file: String,
    /// Line in it.
    line: u64,
}

/// The policies that decide who may see and do what.
#[utoipa::path(get, path = "/api/v1/policies", tag = "law",
    responses((status = 200, body = Vec<PolicyView>), (status = 401, body = ErrorBody)))]
pub async fn policies(State(app): State<Arc<App>>, _caller: Caller) -> Json<Vec<PolicyView>> {
    let view = |rule: &policy::Rule| PolicyView {
        id: rule.id.clone(),
        title: rule.title.clone(),
        basis: rule.basis.clone(),
        forbids: rule.forbids,
        file: rule.file.clone(),
        line: rule.line,
    };
    Json(app.policies.rules().iter().map(view).collect())
}
