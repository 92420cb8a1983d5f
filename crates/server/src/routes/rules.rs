//! The rules that clues come from, in the words that a supervisor reads.

use super::lake::ask;
use crate::{
    App, Caller,
    claims::FixtureRun,
    failure::{Answer, ErrorBody, Failure},
    input::Parameters,
};
use axum::{Json, extract::State};
use mingcha_casework::store::Error;
use mingcha_library::Rule;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// A rule in a list.
#[derive(Serialize, ToSchema)]
pub struct RuleHeading {
    /// Id, never reused.
    id: String,
    /// Its folder: `chapter/name`.
    name: String,
    /// Chinese title.
    title: String,
    version: u32,
    /// `draft`, `trial`, `active` or `retired`.
    #[schema(value_type = String)]
    status: mingcha_library::Status,
    /// `violation`, `suspect` or `monitor`.
    #[schema(value_type = String)]
    kind: mingcha_model::Kind,
    /// 1 (light) to 3 (grave).
    severity: u8,
    /// Items of the negative list, national rule classes and key fields.
    covers: Vec<String>,
}

/// A rule with all its words.
#[derive(Serialize, ToSchema)]
pub struct RuleView {
    #[serde(flatten)]
    heading: RuleHeading,
    /// What it looks for.
    definition: String,
    /// Known honest explanations.
    false_positives: Vec<String>,
    /// How to check it on site, step by step.
    investigate: Vec<String>,
    /// Law and article.
    basis: Vec<String>,
    /// Tables and columns that it may see.
    reads: Vec<String>,
    /// First and last day of what it judges, inclusive.
    effective: String,
    expires: Option<String>,
    params: Vec<ParamView>,
    /// Its fixtures: rows in, findings out, as Markdown.
    fixtures: Option<String>,
}

/// A parameter that a locality may move inside bounds.
#[derive(Serialize, ToSchema)]
pub struct ParamView {
    name: String,
    /// Default, as it is written in TOML.
    default: String,
    /// The site's own value, as it is written in TOML, where it has one.
    site: Option<String>,
    min: Option<String>,
    max: Option<String>,
    /// The texts that are allowed; any where it is empty.
    choices: Vec<String>,
    /// What it means, with unit and source.
    meaning: String,
}

fn heading(rule: &Rule) -> RuleHeading {
    RuleHeading {
        id: rule.id.clone(),
        name: rule.name.clone(),
        title: rule.title.clone(),
        version: rule.version,
        status: rule.status,
        kind: rule.kind,
        severity: rule.severity,
        covers: rule.covers.clone(),
    }
}

/// The rules that come with Mingcha and those of the site, by name.
#[utoipa::path(get, path = "/api/v1/rules", tag = "rules",
    responses((status = 200, body = Vec<RuleHeading>), (status = 401, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, _caller: Caller) -> Answer<Json<Vec<RuleHeading>>> {
    let library = ask(&app, |claims| claims.library()).await?;
    Ok(Json(library.rules.iter().map(heading).collect()))
}

/// Which rule.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Its name: `chapter/name`.
    name: String,
}

/// One rule with all its words.
#[utoipa::path(get, path = "/api/v1/rule", tag = "rules", params(Which),
    responses((status = 200, body = RuleView), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn read(
    State(app): State<Arc<App>>,
    _caller: Caller,
    Parameters(Which { name }): Parameters<Which>,
) -> Answer<Json<RuleView>> {
    let (library, site) = ask(&app, |claims| Ok((claims.library()?, claims.site_params()?))).await?;
    let rule = library.rule(&name).ok_or_else(|| Failure::from(Error::NotFound))?;
    let own = site.as_ref().and_then(|site| site.get(&rule.name)?.as_table());
    let param = |param: &mingcha_library::Param| ParamView {
        name: param.name.clone(),
        default: param.default.to_string(),
        site: own.and_then(|own| own.get(&param.name)).map(ToString::to_string),
        min: param.min.as_ref().map(ToString::to_string),
        max: param.max.as_ref().map(ToString::to_string),
        choices: param.choices.clone(),
        meaning: param.meaning.clone(),
    };
    Ok(Json(RuleView {
        heading: heading(rule),
        definition: rule.definition.clone(),
        false_positives: rule.false_positives.clone(),
        investigate: rule.investigate.clone(),
        basis: rule.basis.clone(),
        reads: rule.reads.clone(),
        effective: rule.effective.to_string(),
        expires: rule.expires.map(|day| day.to_string()),
        params: rule.params.iter().map(param).collect(),
        fixtures: library.fixtures(rule).map(str::to_owned),
    }))
}

/// The fixtures of a rule, run now: what it must find and what it found.
#[utoipa::path(get, path = "/api/v1/rule/fixtures", tag = "rules", params(Which), responses(
    (status = 200, body = Vec<FixtureRun>), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn fixtures(
    State(app): State<Arc<App>>,
    _caller: Caller,
    Parameters(Which { name }): Parameters<Which>,
) -> Answer<Json<Vec<FixtureRun>>> {
    Ok(Json(ask(&app, move |claims| claims.fixtures(&name)).await?))
}
