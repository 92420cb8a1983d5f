//! The knowledge that rules go by: tables of codes, names and limits, looked up by code, name and day.

use super::lake::ask;
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Id, Parameters},
};
use axum::{Json, extract::State};
use mingcha_casework::store::Error;
use mingcha_library::{Knowledge, KnowledgeRow};
use mingcha_model::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Rows of a page.
const PAGE: usize = 50;
/// Most letters of what is looked for.
const TEXT: usize = 60;

/// A knowledge table.
#[derive(Serialize, ToSchema)]
pub struct KnowledgeTable {
    /// Its name with `-` for `_`.
    id: String,
    /// Chinese title.
    title: String,
    /// Where its facts come from.
    source: String,
    /// How many rows it has.
    rows: u64,
    /// Its columns, in order.
    columns: Vec<KnowledgeColumn>,
}

/// A column of a knowledge table.
#[derive(Serialize, ToSchema)]
pub struct KnowledgeColumn {
    name: String,
    /// What it means, in Chinese; behind a colon what each of its values stands for.
    meaning: String,
}

/// Rows of a knowledge table.
#[derive(Serialize, ToSchema)]
pub struct KnowledgePage {
    /// Those of the page, in the order of the table.
    items: Vec<KnowledgeRowView>,
    /// Rows of all pages.
    total: u64,
}

/// A row of a knowledge table.
#[derive(Serialize, ToSchema)]
pub struct KnowledgeRowView {
    /// In the order of the table's columns.
    values: Vec<String>,
    /// First day on which it holds; always where absent.
    begin: Option<String>,
    /// Last day on which it holds; always where absent.
    end: Option<String>,
}

/// Which rows.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KnowledgeQuery {
    /// A code, the beginning of one, or a part of a name.
    code: Option<String>,
    /// Only rows that hold on this day.
    date: Option<String>,
    /// Page, from 1; 50 rows each.
    page: Option<u32>,
}

/// The name of a table as the ids of paths are written.
pub(super) fn public_id(table: &Knowledge) -> String {
    table.name.replace('_', "-")
}

fn heading(table: &Knowledge) -> KnowledgeTable {
    let columns = table.columns.iter().zip(&table.meanings);
    let column = |(name, meaning): (&String, &String)| KnowledgeColumn {
        name: name.clone(),
        meaning: meaning.clone(),
    };
    KnowledgeTable {
        id: public_id(table),
        title: table.title.clone(),
        source: table.source.clone(),
        rows: table.rows.len() as u64,
        columns: columns.map(column).collect(),
    }
}

fn row(row: &KnowledgeRow) -> KnowledgeRowView {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    KnowledgeRowView { values: row.values.clone(), begin: day(row.begin), end: day(row.end) }
}

/// The knowledge tables, by name: those that come with Mingcha with what the site adds.
#[utoipa::path(get, path = "/api/v1/knowledge", tag = "rules", responses(
    (status = 200, body = Vec<KnowledgeTable>), (status = 401, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, _caller: Caller) -> Answer<Json<Vec<KnowledgeTable>>> {
    let library = ask(&app, |claims| claims.library()).await?;
    Ok(Json(library.knowledge.iter().map(heading).collect()))
}

/// Rows of a knowledge table by code or name, and by the day on which they hold.
#[utoipa::path(get, path = "/api/v1/knowledge/{id}", tag = "rules", params(("id" = String, Path,), KnowledgeQuery), responses(
    (status = 200, body = KnowledgePage), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn read(
    State(app): State<Arc<App>>,
    _caller: Caller,
    Id(id): Id,
    Parameters(KnowledgeQuery { code, date, page }): Parameters<KnowledgeQuery>,
) -> Answer<Json<KnowledgePage>> {
    let wrong = || Error::invalid("date", "日期写作2025-12-31");
    let day = date.map(|text| Date::parse(&text).ok_or_else(wrong)).transpose()?;
    let text = code.unwrap_or_default().trim().to_owned();
    if text.chars().count() > TEXT {
        return Err(Error::invalid("code", format!("不超过{TEXT}个字")).into());
    }
    let first = (page.unwrap_or(1).max(1) as usize - 1).saturating_mul(PAGE);
    let page = ask(&app, move |claims| {
        let library = claims.library()?;
        let table = library.knowledge(&id.as_str().replace('-', "_"));
        Ok(table.map(|table| {
            let found: Vec<&KnowledgeRow> = table.find(&text, day).collect();
            let items = found.iter().skip(first).take(PAGE).map(|one| row(one)).collect();
            KnowledgePage { items, total: found.len() as u64 }
        }))
    });
    let page = page.await?.ok_or_else(|| Failure::from(Error::NotFound))?;
    Ok(Json(page))
}
