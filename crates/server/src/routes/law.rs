//! What the law's procedure is here, as tables: limits, calendars, measures, guides, policies; read by everybody who is signed in.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::Parameters,
};
use axum::{Json, extract::State};
use mingcha_casework::{calendar, guide, limit, measure, policy, scheme, store::Error};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

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
    /// More time that may be granted.
    extensions: Vec<ExtensionView>,
}

/// More time that somebody may grant.
#[derive(Serialize, ToSchema)]
pub struct ExtensionView {
    id: String,
    /// In what case, in the law's words.
    title: String,
    /// How long, in words.
    span: String,
    /// Who grants it.
    granted_by: String,
    /// How often at most.
    times: u32,
}

/// Where the limits shall hold.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoldIn {
    /// Region, whose own limits go before those of the nation; those of the nation where absent.
    region: Option<String>,
}

/// The time limits as they hold in a region or nationally, with the extensions that may be granted.
#[utoipa::path(get, path = "/api/v1/limits", tag = "law", params(HoldIn),
    responses((status = 200, body = Vec<LimitView>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn limits(
    State(app): State<Arc<App>>,
    _caller: Caller,
    Parameters(HoldIn { region }): Parameters<HoldIn>,
) -> Json<Vec<LimitView>> {
    let extension = |extension: &limit::Extension| ExtensionView {
        id: extension.id.clone(),
        title: extension.title.clone(),
        span: format!("{}{}", extension.mode.title(), extension.span),
        granted_by: extension.granted_by.clone(),
        times: extension.times,
    };
    let view = |limit: &limit::Limit| LimitView {
        id: limit.id.clone(),
        title: limit.title.clone(),
        phase: limit.phase.clone(),
        actor: limit.actor.clone(),
        act: limit.act.clone(),
        start: limit.start.clone(),
        term: limit.term_words(),
        missed: limit.missed_words(),
        basis: limit.basis.clone(),
        certainty: limit.certainty.title().to_owned(),
        note: limit.note.clone(),
        extensions: limit.extensions.iter().map(extension).collect(),
    };
    Json(app.procedures.limits(region.as_deref().unwrap_or_default()).values().map(view).collect())
}

/// What brings points to a practitioner, and what takes them back.
#[derive(Serialize, ToSchema)]
pub struct PointsView {
    /// Events, each with the points it may bring.
    events: Vec<EventView>,
    /// Repairs, each with the points it takes back.
    repairs: Vec<RepairView>,
    /// Points of a year from which the qualification is suspended.
    suspend_from: u32,
    /// Points at which it ends.
    end_at: u32,
    /// On what that rests.
    basis: String,
    /// How sure that is, in words.
    certainty: String,
}

/// An event that brings points.
#[derive(Serialize, ToSchema)]
pub struct EventView {
    id: String,
    title: String,
    /// The least points.
    least: u32,
    /// The most.
    most: u32,
}

/// What takes points back.
#[derive(Serialize, ToSchema)]
pub struct RepairView {
    id: String,
    title: String,
    /// Points that it takes back each time.
    points: u32,
    /// How often in a year.
    most: u32,
}

/// The scheme of practitioners' points: what may be chosen where points are given or taken back.
#[utoipa::path(get, path = "/api/v1/schemes/points", tag = "law", responses(
    (status = 200, body = PointsView), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn points(State(app): State<Arc<App>>, _caller: Caller) -> Answer<Json<PointsView>> {
    let schemes = app.procedures.schemes.as_ref().ok_or(Error::NotFound)?;
    let scheme::PointsScheme { suspend_from, end_at, events, repairs, ground, .. } = &schemes.points;
    let event = |event: &scheme::Band| EventView {
        id: event.id.clone(),
        title: event.title.clone(),
        least: event.least,
        most: event.most,
    };
    let repair = |repair: &scheme::Repair| RepairView {
        id: repair.id.clone(),
        title: repair.title.clone(),
        points: repair.points,
        most: repair.most,
    };
    Ok(Json(PointsView {
        events: events.iter().map(event).collect(),
        repairs: repairs.iter().map(repair).collect(),
        suspend_from: *suspend_from,
        end_at: *end_at,
        basis: ground.basis.clone(),
        certainty: ground.certainty.title().to_owned(),
    }))
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

/// The guide of a field.
#[derive(Serialize, ToSchema)]
pub struct GuideView {
    id: String,
    /// Name of the field.
    title: String,
    /// The paper whose list it follows.
    basis: String,
    /// The problems that are looked for.
    items: Vec<GuideItemView>,
}

/// A problem that is looked for.
#[derive(Serialize, ToSchema)]
pub struct GuideItemView {
    /// What a finding names.
    id: String,
    /// Its number in the list.
    number: u32,
    /// What kind of problem.
    kind: String,
    /// What it is, in short.
    words: String,
}

/// The guides of inspections by field, which findings name items of.
#[utoipa::path(get, path = "/api/v1/guides", tag = "law",
    responses((status = 200, body = Vec<GuideView>), (status = 401, body = ErrorBody)))]
pub async fn guides(State(app): State<Arc<App>>, _caller: Caller) -> Json<Vec<GuideView>> {
    let item = |item: &guide::GuideItem| GuideItemView {
        id: item.id.clone(),
        number: item.number,
        kind: item.kind.clone(),
        words: item.words.clone(),
    };
    let view = |guide: &guide::Guide| GuideView {
        id: guide.id.clone(),
        title: guide.title.clone(),
        basis: guide.basis.clone(),
        items: guide.items.iter().map(item).collect(),
    };
    Json(app.procedures.guides.values().map(view).collect())
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
