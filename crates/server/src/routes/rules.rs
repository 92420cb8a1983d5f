//! The rules that clues come from, in the words that a supervisor reads.

use super::{knowledge::public_id, lake::ask};
use crate::{
    App, Caller,
    claims::FixtureRun,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Parameters},
};
use axum::{Json, extract::State};
use mingcha_casework::{policy::ManageParameters, store::Error};
use mingcha_library::{Library, Param, Rule};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
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
    /// How many of its parameters have a value of the site's own.
    own_params: u64,
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
    /// Knowledge tables that it goes by.
    knowledge: Vec<KnowledgeName>,
    params: Vec<ParamView>,
    /// Whether the site has a folder in which other values of them can be kept.
    keeps: bool,
    /// Its fixtures: rows in, findings out, as Markdown.
    fixtures: Option<String>,
}

/// A knowledge table by name.
#[derive(Serialize, ToSchema)]
pub struct KnowledgeName {
    /// As the knowledge tables are listed.
    id: String,
    /// Chinese title.
    title: String,
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

fn heading(rule: &Rule, site: Option<&toml::Table>) -> RuleHeading {
    RuleHeading {
        id: rule.id.clone(),
        name: rule.name.clone(),
        title: rule.title.clone(),
        version: rule.version,
        status: rule.status,
        kind: rule.kind,
        severity: rule.severity,
        covers: rule.covers.clone(),
        own_params: own(rule, site).len() as u64,
    }
}

/// The knowledge tables that a rule goes by.
fn knowledge(library: &Library, rule: &Rule) -> Vec<KnowledgeName> {
    let tables = rule.knowledge.iter().filter_map(|name| library.knowledge(name));
    tables.map(|table| KnowledgeName { id: public_id(table), title: table.title.clone() }).collect()
}

/// What the site says of a rule's parameters.
fn own(rule: &Rule, site: Option<&toml::Table>) -> toml::Table {
    site.and_then(|site| site.get(&rule.name)?.as_table().cloned()).unwrap_or_default()
}

/// The parameters of a rule with the site's own values.
fn params(rule: &Rule, site: Option<&toml::Table>) -> Vec<ParamView> {
    let own = own(rule, site);
    let param = |param: &Param| ParamView {
        name: param.name.clone(),
        default: param.default.to_string(),
        site: own.get(&param.name).map(ToString::to_string),
        min: param.min.as_ref().map(ToString::to_string),
        max: param.max.as_ref().map(ToString::to_string),
        choices: param.choices.clone(),
        meaning: param.meaning.clone(),
    };
    rule.params.iter().map(param).collect()
}

/// Values from the fields of a form, where the rule allows all of them and there is one.
pub(super) fn allowed(rule: &Rule, given: &BTreeMap<String, String>) -> Result<toml::Table, Error> {
    let mut values = toml::Table::new();
    for (name, text) in given {
        let unknown = || Error::invalid("values", format!("这条规则没有参数{name}"));
        let param = rule.params.iter().find(|param| param.name == *name).ok_or_else(unknown)?;
        let refused =
            |_| Error::invalid("values", format!("{name}的值不在可调范围内，或者与默认值不是同一类"));
        values.insert(name.clone(), param.read(text).map_err(refused)?);
    }
    if values.is_empty() {
        return Err(Error::invalid("values", "须改动至少一个参数"));
    }
    Ok(values)
}

/// The rules that come with Mingcha and those of the site, by name.
#[utoipa::path(get, path = "/api/v1/rules", tag = "rules",
    responses((status = 200, body = Vec<RuleHeading>), (status = 401, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, _caller: Caller) -> Answer<Json<Vec<RuleHeading>>> {
    let (library, site) = ask(&app, |claims| Ok((claims.library()?, claims.site_params()?))).await?;
    Ok(Json(library.rules.iter().map(|rule| heading(rule, site.as_ref())).collect()))
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
    Ok(Json(RuleView {
        heading: heading(rule, site.as_ref()),
        definition: rule.definition.clone(),
        false_positives: rule.false_positives.clone(),
        investigate: rule.investigate.clone(),
        basis: rule.basis.clone(),
        reads: rule.reads.clone(),
        effective: rule.effective.to_string(),
        expires: rule.expires.map(|day| day.to_string()),
        knowledge: knowledge(&library, rule),
        params: params(rule, site.as_ref()),
        keeps: site.is_some(),
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

/// Values that shall be in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetParams {
    /// The rule's name: `chapter/name`.
    rule: String,
    /// Values by parameter, as a form has them; the others stay as they are.
    values: BTreeMap<String, String>,
}

/// Keeps other values of a rule's parameters in the site's `params.toml`; they count from the next screening.
#[utoipa::path(put, path = "/api/v1/rule/params", tag = "rules", request_body = SetParams, responses(
    (status = 200, body = Vec<ParamView>), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn set_params(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: SetParams { rule, values }, digest }: Body<SetParams>,
) -> Answer<Json<Vec<ParamView>>> {
    let context = caller.acting(&digest)?;
    let proof = caller.may(&app, ManageParameters, &app.store.installation().await?).await?;
    let (library, site) = ask(&app, |claims| Ok((claims.library()?, claims.site_params()?))).await?;
    let rule = library.rule(&rule).cloned().ok_or(Error::NotFound)?;
    if site.is_none() {
        return Err(Error::invalid("rule", "本系统没有配置本地规则文件夹，参数不能在这里保存").into());
    }
    let before = own(&rule, site.as_ref());
    let mut after = before.clone();
    after.extend(allowed(&rule, &values)?);
    app.docket.record_params(context, &proof, &rule.name, before.to_string(), after.to_string()).await?;
    let name = rule.name.clone();
    let site = ask(&app, move |claims| {
        claims.keep_params(&name, &after)?;
        claims.site_params()
    });
    Ok(Json(params(&rule, site.await?.as_ref())))
}
