//! Refused rows mended in the workbench: what was typed is laid over the rows as the lake keeps them, and goes the way of every import.

use super::{
    jobs::{Import, files},
    lake::{ask, looks, on_disk},
};
use crate::{
    App, Caller,
    claims::{Mend, MendedRow},
    failure::{Answer, ErrorBody},
    input::Body,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use mingcha_casework::{
    docket::{JobKind, JobView, NewJob},
    store::Error,
};
use mingcha_model::table::{Table, table};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Most rows of one request.
const ROWS: usize = 500;
/// Most characters of a cell.
const CELL: usize = 500;

/// Mends refused rows of a table: the values that are sent are laid over the rows as they are stored, all other cells, masked ones too,
/// stay as they are there; the rows are then checked and imported as a batch of their own by the job that this is answered with. A row
/// that is still at fault is refused again, with its new reason.
#[utoipa::path(post, path = "/api/v1/lake/quarantine/mend", tag = "lake", request_body = Mend, responses(
    (status = 202, body = JobView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn mend(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: mend, digest }: Body<Mend>,
) -> Answer<impl IntoResponse> {
    let context = caller.acting(&digest)?;
    let table = checked(&mend)?;
    looks(&app, &caller, true, "mend_quarantine", table.name).await?;
    // Sent again after a lost connection: the rows may be mended by now.
    if let Some(job) = app.docket.asked_before(&context).await? {
        return Ok((StatusCode::ACCEPTED, Json(app.jobs.seen(job))));
    }
    let (kind, mends) = (if mend.trial { JobKind::Trial } else { JobKind::Import }, told(&mend));
    let title = format!("更正退回的{}{}行", table.label, mend.rows.len());
    let text = ask(&app, move |claims| claims.mend(&mend)).await?.ok_or_else(stale)?;
    let id = keep(&app, &caller, table, text).await?;
    let import = Import { files: vec![id.clone()], profile: "mingcha".to_owned(), ..Import::default() };
    let (_, mut asked) = files(&app, &caller, import)?;
    asked["mends"] = mends;
    let new = NewJob { kind, title, matter: String::new(), asked };
    match app.docket.ask_job(context, new).await {
        Ok(job) => {
            if job.asked["files"] != json!([id]) {
                // The same request came twice at once, and the other one was first.
                discard(&app, &caller, id).await?;
            }
            app.jobs.wake(kind);
            Ok((StatusCode::ACCEPTED, Json(job)))
        }
        Err(error) => {
            discard(&app, &caller, id).await?;
            Err(error.into())
        }
    }
}

/// The table, once the request is within its bounds and names only what the table has.
fn checked(mend: &Mend) -> Result<&'static Table, Error> {
    let table = table(&mend.table).ok_or_else(|| Error::invalid("table", "没有这张表"))?;
    if mend.rows.is_empty() || mend.rows.len() > ROWS {
        return Err(Error::invalid("rows", format!("一次更正1至{ROWS}行")));
    }
    for (column, value) in mend.rows.iter().flat_map(|row| &row.cells) {
        if table.column(column).is_none() {
            return Err(Error::invalid("rows", format!("{}没有所填的字段", table.label)));
        }
        if value.chars().count() > CELL || value.chars().any(char::is_control) {
            return Err(Error::invalid("rows", format!("每格不超过{CELL}字，且不含换行等控制字符")));
        }
    }
    if mend.rows.iter().any(|row| row.cells.is_empty()) {
        return Err(Error::invalid("rows", "有的行还没有更正，请更正后再提交，或者不选该行"));
    }
    let places: BTreeSet<(&str, u64)> = mend.rows.iter().map(|row| (row.batch.as_str(), row.place)).collect();
    if places.len() < mend.rows.len() {
        return Err(Error::invalid("rows", "同一行只能更正一次"));
    }
    Ok(table)
}

fn stale() -> Error {
    Error::invalid("rows", "所选的行有的已经更正，或者已随新的批次再次退回；请刷新后重新选择")
}

/// What is recorded of it: which rows and how many cells of which columns, and nothing that was typed.
fn told(mend: &Mend) -> Value {
    let mut places: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    let mut cells: BTreeMap<&str, u64> = BTreeMap::new();
    for MendedRow { batch, place, cells: typed } in &mend.rows {
        places.entry(batch).or_default().insert(*place);
        for column in typed.keys() {
            *cells.entry(column).or_default() += 1;
        }
    }
    json!({ "table": mend.table, "rows": places, "cells": cells })
}

/// Keeps the rows among the caller's claim files, under the name that their export has.
async fn keep(app: &App, caller: &Caller, table: &Table, text: String) -> Answer<String> {
    let (intake, account) = (Arc::clone(&app.intake), caller.seat.account.id.clone());
    let title = format!("{}-quarantine.csv", table.name);
    on_disk(move || {
        let file = intake.begin(&account, title, text.len() as u64)?;
        intake.take(&file.id, &account, 0, text.as_bytes())?;
        Ok(file.id)
    })
    .await
}

async fn discard(app: &App, caller: &Caller, id: String) -> Answer<()> {
    let (intake, account) = (Arc::clone(&app.intake), caller.seat.account.id.clone());
    on_disk(move || intake.discard(&id, &account)).await
}
