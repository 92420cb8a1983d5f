//! Ledgers and statistics: as tables, as files, the matters behind each figure, and quarters that stay closed with corrections beside.

use super::files::disposition;
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Id, Parameters},
    tables::{Asked, Made, days, definition, made, statistics},
};
use axum::{Json, extract::State, http::header, response::IntoResponse};
use mingcha_casework::{
    docket::{Behind, INSTITUTIONS, KeptTable},
    store::Error,
};
use mingcha_model::Fen;
use mingcha_papers::ledger::{
    Amount, CellValue, Closed, ColumnType, Correction, Definition, Every, Kind, Row, Table, Watermark, html,
    xlsx,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// A ledger or statistics table that can be made.
#[derive(Serialize, ToSchema)]
pub struct LedgerView {
    /// Id.
    id: String,
    /// Chinese title.
    title: String,
    /// `ledger`: a row a record; `statistics`: a row a region.
    kind: &'static str,
    /// `quarter`, `campaign`, or nothing where it is made for any days.
    period: Option<&'static str>,
    /// Who asks for it.
    basis: Vec<String>,
    /// What to mind.
    note: String,
}

/// Which table.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// A quarter such as `2026Q1`, or the name of a campaign.
    #[serde(default)]
    period: String,
    /// First day, where it is no quarter.
    from: Option<String>,
    /// Last day, where it is no quarter.
    to: Option<String>,
    /// Region; one's own where absent.
    region: Option<String>,
    /// `xlsx` or `html`, for a file.
    format: Option<String>,
    /// The figure, for the matters behind it.
    figure: Option<String>,
    /// Page of them, from 1.
    page: Option<u32>,
}

/// A table.
#[derive(Serialize, ToSchema)]
pub struct TableView {
    /// Id of the ledger.
    id: String,
    /// Title.
    title: String,
    /// Period in words.
    period: String,
    /// Region.
    region: String,
    /// Headings in their order.
    headings: Vec<HeadingView>,
    /// Rows in their order.
    rows: Vec<RowView>,
    /// The sum of the rows.
    total: Option<RowView>,
    /// The closing, where it was closed.
    closed: Option<ClosedView>,
}

/// A heading of a column.
#[derive(Serialize, ToSchema)]
pub struct HeadingView {
    /// Heading.
    label: String,
    /// Heading above several columns.
    group: String,
    /// The figure that opens to its matters; nothing where there is none.
    figure: Option<String>,
    /// Whether counts, money or shares stand in it.
    number: bool,
}

/// A row.
#[derive(Serialize, ToSchema)]
pub struct RowView {
    /// The record's id, or the region's name.
    id: String,
    /// Code of the region, in statistics.
    region: Option<String>,
    /// Cells as they are printed.
    cells: Vec<String>,
}

/// A closing with its corrections.
#[derive(Serialize, ToSchema)]
pub struct ClosedView {
    /// Who closed it.
    by: String,
    /// When.
    at: String,
    /// SM3 of what was closed.
    sm3: String,
    /// Counts closing and corrections; a correction names it.
    version: i64,
    /// Corrections, the oldest first.
    corrections: Vec<CorrectionView>,
}

/// A correction.
#[derive(Serialize, ToSchema)]
pub struct CorrectionView {
    /// Row.
    row: String,
    /// Column.
    column: String,
    /// What stands in the closed table.
    was: String,
    /// What it should be.
    now: String,
    /// Why.
    reason: String,
    /// Who corrected.
    by: String,
    /// When.
    at: String,
}

/// A period that shall be closed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// A quarter such as `2026Q1`, or the name of a campaign.
    period: String,
    /// First day, where it is no quarter.
    from: Option<String>,
    /// Last day, where it is no quarter.
    to: Option<String>,
}

/// A correction that shall stand beside a closed table.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correct {
    /// Period, as it was closed.
    period: String,
    /// The version that one has seen.
    version: Option<i64>,
    /// Row, by its id.
    row: String,
    /// Column, by its heading and the one above it, such as `行政处罚·家数`.
    column: String,
    /// What it should be; money in fen.
    now: i64,
    /// Why.
    reason: String,
    /// Ids of the matters behind it.
    #[serde(default)]
    records: Vec<String>,
}

/// What can be made.
#[utoipa::path(get, path = "/api/v1/ledgers", tag = "ledgers",
    responses((status = 200, body = Vec<LedgerView>), (status = 401, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, _caller: Caller) -> Json<Vec<LedgerView>> {
    let view = |one: &Definition| LedgerView {
        id: one.id.clone(),
        title: one.title.clone(),
        kind: if one.kind == Kind::Ledger { "ledger" } else { "statistics" },
        period: one.period.map(|every| if every == Every::Quarter { "quarter" } else { "campaign" }),
        basis: one.basis.clone(),
        note: one.note.clone(),
    };
    Json(app.papers.ledgers.values().map(view).collect())
}

fn asked(app: &App, caller: &Caller, id: &str, which: &Which) -> Answer<Asked> {
    let days = days(definition(app, id)?, &which.period, which.from.as_ref(), which.to.as_ref())?;
    let region = which.region.clone().unwrap_or_else(|| caller.actor.region.clone());
    Ok(Asked { ledger: id.to_owned(), period: which.period.clone(), days, region })
}

/// A table of a period, as it was closed where it was.
#[utoipa::path(get, path = "/api/v1/ledgers/{id}", tag = "ledgers", params(("id" = String, Path,), Which),
    responses((status = 200, body = TableView), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 422, body = ErrorBody)))]
pub async fn read(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Parameters(which): Parameters<Which>,
) -> Answer<Json<TableView>> {
    let asked = asked(&app, &caller, id.as_str(), &which)?;
    let made = made(&app, &caller, &asked, false).await?;
    Ok(Json(view(definition(&app, id.as_str())?, &asked, &made)))
}

/// The table as a file, with who took it out and when on every page.
#[utoipa::path(get, path = "/api/v1/ledgers/{id}/file", tag = "ledgers", params(("id" = String, Path,), Which),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn file(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Parameters(which): Parameters<Which>,
) -> Answer<impl IntoResponse> {
    let asked = asked(&app, &caller, id.as_str(), &which)?;
    let made = made(&app, &caller, &asked, true).await?;
    let who = &caller.seat.who;
    let watermark =
        Watermark { who: format!("{}（{}）", who.account, who.organisation), when: app.store.now().time() };
    let corrections = made.closed.as_ref().map_or(&[][..], |(closed, _)| closed.corrections());
    let format = which.format.as_deref().unwrap_or("xlsx");
    let bytes = match format {
        "html" => html(&made.table, corrections, &watermark).into_bytes(),
        "xlsx" => xlsx(&made.table, corrections, &watermark).map_err(|_| Failure::bug())?,
        _ => return Err(Error::invalid("format", "须为 xlsx 或者 html").into()),
    };
    let name = format!("{}-{}.{format}", made.table.title, made.table.period);
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&name)),
    ];
    Ok((headers, bytes))
}

/// The matters behind a figure of a table.
#[utoipa::path(get, path = "/api/v1/ledgers/{id}/records", tag = "ledgers", params(("id" = String, Path,), Which),
    responses((status = 200, body = Behind), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 422, body = ErrorBody)))]
pub async fn records(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Parameters(which): Parameters<Which>,
) -> Answer<Json<Behind>> {
    let asked = asked(&app, &caller, id.as_str(), &which)?;
    let figure = which.figure.unwrap_or_default();
    let page = which.page.unwrap_or(1);
    Ok(Json(app.docket.behind(caller.context(), &figure, &asked.region, asked.days, page).await?))
}

/// Closes a period of one's own region: the table stays as it is now.
#[utoipa::path(post, path = "/api/v1/ledgers/{id}/close", tag = "ledgers", params(("id" = String, Path,)), request_body = Close,
    responses((status = 200, body = TableView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn close(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Close>,
) -> Answer<Json<TableView>> {
    let context = caller.acting(&body.digest)?;
    let Close { period, from, to } = body.value;
    let which = Which { period, from, to, region: None, format: None, figure: None, page: None };
    let asked = asked(&app, &caller, id.as_str(), &which)?;
    let definition = definition(&app, id.as_str())?;
    if definition.kind != Kind::Statistics {
        return Err(Error::invalid("ledger", "台账随时更新，不结账").into());
    }
    let figures = app.docket.figures(caller.context(), &asked.region, asked.days).await?;
    let regions = figures.iter().map(|region| (region.name.clone(), region.region.clone())).collect();
    let table = statistics(definition, &asked, &figures)?;
    let closed = Closed::close(table.clone(), &caller.seat.who.account, app.store.now().time());
    let kept = KeptTable { version: 0, body: text(&closed)? };
    let kept = app.docket.keep_table(context, asked.key(), asked.days.to, kept, String::new()).await?;
    let closed = Some(crate::tables::closed(&kept)?);
    Ok(Json(view(definition, &asked, &Made { table, closed, regions })))
}

/// Sets a correction beside a closed table.
#[utoipa::path(post, path = "/api/v1/ledgers/{id}/corrections", tag = "ledgers", params(("id" = String, Path,)),
    request_body = Correct,
    responses((status = 200, body = TableView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
        (status = 428, body = ErrorBody)))]
pub async fn correct(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Correct>,
) -> Answer<Json<TableView>> {
    let context = caller.acting(&body.digest)?;
    let version = caller.based_on(body.value.version)?;
    let Correct { period, row, column, now, reason, records, .. } = body.value;
    let definition = definition(&app, id.as_str())?;
    let key = mingcha_casework::docket::TableKey {
        ledger: id.as_str().to_owned(),
        period: period.clone(),
        region: caller.actor.region.clone(),
    };
    let kept = app.docket.closed_table(&caller.context(), &key).await?.ok_or(Error::NotFound)?;
    let (mut closed, _) = crate::tables::closed(&kept)?;
    let now = match definition
        .columns
        .iter()
        .find(|known| column.ends_with(&known.label))
        .map(|known| known.kind)
    {
        Some(ColumnType::Money) => Amount::Money(Fen(now)),
        _ => Amount::Count(now),
    };
    let correction = Correction {
        row,
        column,
        was: CellValue::Empty,
        now: CellValue::Amount(now),
        reason: reason.clone(),
        records,
        by: caller.seat.who.account.clone(),
        at: app.store.now().time(),
        link: String::new(),
    };
    closed.correct(correction).map_err(|error| {
        use mingcha_papers::ledger::ClosedError as E;
        let (field, message) = match error {
            E::NoReason => ("reason", "更正须写明理由"),
            E::NoCell { .. } => ("row", "已结账的表中没有这一行或者这一栏"),
            E::Older | E::Table | E::Link(_) => ("version", "与已结账的表不符"),
        };
        Failure::from(Error::invalid(field, message))
    })?;
    // The days of the closing are those that the table names; the end of it was checked when it was closed.
    let last = closed.closing().1.date();
    let body = text(&closed)?;
    let today = app.store.now().time().date();
    let last = if last < today { last } else { mingcha_model::Date(today.0 - 1) };
    let kept = app.docket.keep_table(context, key.clone(), last, KeptTable { version, body }, reason).await?;
    let (closed, version) = crate::tables::closed(&kept)?;
    let days = mingcha_casework::docket::Period::quarter(&period);
    let days = days.unwrap_or(mingcha_casework::docket::Period { from: last, to: last });
    let asked = Asked { ledger: key.ledger, period, days, region: key.region };
    let table = closed.table().clone();
    let made = Made { table, closed: Some((closed, version)), regions: std::collections::BTreeMap::new() };
    Ok(Json(view(definition, &asked, &made)))
}

fn text(closed: &Closed) -> Answer<String> {
    serde_json::to_string(closed).map_err(|_| Failure::bug())
}

fn view(definition: &Definition, asked: &Asked, made: &Made) -> TableView {
    let Table { id, title, period, headings, rows, total } = &made.table;
    let row = |row: &Row| RowView {
        id: row.id.clone(),
        region: made.regions.get(&row.id).cloned(),
        cells: row.cells.iter().map(|cell| cell.value.printed()).collect(),
    };
    let opens = definition.kind == Kind::Statistics;
    let figure = |at: usize| {
        let column = definition.columns.get(at).filter(|column| opens && column.kind != ColumnType::Share)?;
        Some(column.from.clone()).filter(|from| !from.is_empty() && from != INSTITUTIONS)
    };
    let heading = |(at, heading): (usize, &mingcha_papers::ledger::Heading)| HeadingView {
        label: heading.label.clone(),
        group: heading.group.clone(),
        figure: figure(at),
        number: definition.columns.get(at).is_some_and(|column| {
            matches!(column.kind, ColumnType::Count | ColumnType::Money | ColumnType::Share)
        }),
    };
    TableView {
        id: id.clone(),
        title: title.clone(),
        period: period.clone(),
        region: asked.region.clone(),
        headings: headings.iter().enumerate().map(heading).collect(),
        rows: rows.iter().map(row).collect(),
        total: total.as_ref().map(row),
        closed: made.closed.as_ref().map(|(closed, version)| closing(closed, *version)),
    }
}

fn closing(closed: &Closed, version: i64) -> ClosedView {
    let (by, at) = closed.closing();
    let correction = |one: &Correction| CorrectionView {
        row: one.row.clone(),
        column: one.column.clone(),
        was: one.was.printed(),
        now: one.now.printed(),
        reason: one.reason.clone(),
        by: one.by.clone(),
        at: one.at.to_string(),
    };
    ClosedView {
        by: by.to_owned(),
        at: at.to_string(),
        sm3: closed.digest().sm3.clone(),
        version,
        corrections: closed.corrections().iter().map(correction).collect(),
    }
}
