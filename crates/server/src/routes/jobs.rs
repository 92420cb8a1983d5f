//! Work on the lake: asked for, followed, stopped.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::{Body, Id, Parameters},
    jobs::forget_mended,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use mingcha_casework::{
    docket::{JobKind, JobQuery, JobState, JobView, NewJob},
    store::Error,
};
use mingcha_library::Library;
use mingcha_model::Date;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;

/// Most files of one import.
const FILES: usize = 500;

/// What shall be done.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AskJob {
    /// Files into the lake.
    Import(Import),
    /// All checks of an import; nothing is kept.
    Trial(Import),
    /// The rules over the lake.
    Screen(Screen),
    /// Other values of a rule's parameters tried on the lake; nothing is kept.
    Effect(Effect),
    /// A run proved again.
    Prove(OfRun),
    /// A run's clues handed over to casework, as whoever asks for it.
    HandOver(OfRun),
}

/// Files to import.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Ids of files that were sent whole.
    pub(super) files: Vec<String>,
    /// How foreign names map to ours: `mingcha`, `interface`, `centre`; the one that knows most where absent.
    #[serde(default)]
    pub(super) profile: String,
    /// Dates after this day are impossible; today where absent.
    #[serde(default)]
    pub(super) as_of: String,
    /// Also files that an earlier batch brought.
    #[serde(default)]
    pub(super) again: bool,
}

/// What to screen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// Rows after this day do not count; the last day of the data where absent.
    #[serde(default)]
    as_of: String,
    /// Leave out findings that end before this day.
    #[serde(default)]
    from: String,
    /// Leave out findings that begin after this day.
    #[serde(default)]
    to: String,
    /// Only these rules, by name or the beginning of one; all in force where absent.
    #[serde(default)]
    rules: Vec<String>,
    /// Only findings of this region.
    #[serde(default)]
    region: String,
    /// Look at everybody again, though an earlier run could be built on.
    #[serde(default)]
    full: bool,
}

/// Which values to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The rule's name: `chapter/name`.
    rule: String,
    /// Values by parameter, as a form has them: a number, `true` or `false`, a text, or texts with `、` between.
    values: BTreeMap<String, String>,
}

/// Which run.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfRun {
    /// Its id.
    run: String,
}

/// Jobs, the newest first, without their reports.
#[utoipa::path(get, path = "/api/v1/jobs", tag = "jobs", params(JobQuery), responses(
    (status = 200, body = Vec<JobView>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(query): Parameters<JobQuery>,
) -> Answer<Json<Vec<JobView>>> {
    let jobs = app.docket.jobs(caller.context(), &query).await?;
    Ok(Json(jobs.into_iter().map(|job| app.jobs.seen(job)).collect()))
}

/// Asks for work on the lake; it waits until the work before it is done.
#[utoipa::path(post, path = "/api/v1/jobs", tag = "jobs", request_body = AskJob, responses(
    (status = 202, body = JobView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn ask(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value, digest }: Body<AskJob>,
) -> Answer<impl IntoResponse> {
    let context = caller.acting(&digest)?;
    let new = new_job(&app, &caller, value).await?;
    let kind = new.kind;
    let job = app.docket.ask_job(context, new).await?;
    app.jobs.wake(kind);
    Ok((StatusCode::ACCEPTED, Json(job)))
}

async fn new_job(app: &App, caller: &Caller, ask: AskJob) -> Answer<NewJob> {
    let job =
        |kind: JobKind, title: String, asked: Value| NewJob { kind, title, matter: String::new(), asked };
    Ok(match ask {
        AskJob::Import(import) => {
            let (title, asked) = files(app, caller, import)?;
            job(JobKind::Import, title, asked)
        }
        AskJob::Trial(import) => {
            let (title, asked) = files(app, caller, import)?;
            job(JobKind::Trial, title, asked)
        }
        AskJob::Screen(screen) => {
            let (title, asked) = what_to_screen(screen)?;
            job(JobKind::Screen, title, asked)
        }
        AskJob::Effect(effect) => {
            let library = super::lake::ask(app, |claims| claims.library()).await?;
            let (title, asked) = what_to_try(&library, &effect)?;
            job(JobKind::Effect, title, asked)
        }
        AskJob::Prove(OfRun { run }) => job(JobKind::Prove, named("run", &run)?, json!({ "run": run })),
        AskJob::HandOver(OfRun { run }) => {
            let region = app.store.installation().await?.region;
            job(JobKind::HandOver, named("run", &run)?, json!({ "run": run, "region": region }))
        }
    })
}

/// The title of an import, and what is asked for, once its files are there.
pub(super) fn files(app: &App, caller: &Caller, import: Import) -> Result<(String, Value), Error> {
    let Import { files, profile, as_of, again } = import;
    if files.is_empty() || files.len() > FILES {
        return Err(Error::invalid("files", format!("须有1至{FILES}个文件")));
    }
    let mut titles = Vec::new();
    for id in &files {
        let file = app.intake.of(id, &caller.seat.account.id)?;
        if file.received != file.bytes {
            return Err(Error::invalid("files", format!("{}还没有传完", file.title)));
        }
        titles.push(file.title);
    }
    let (profile, as_of) = (optional("profile", profile, named)?, optional("as_of", as_of, day)?);
    let first = titles.first().cloned().unwrap_or_default();
    let title = if titles.len() == 1 { first } else { format!("{first} 等{}个文件", titles.len()) };
    let asked =
        json!({ "files": files, "titles": titles, "profile": profile, "as_of": as_of, "again": again });
    Ok((title, asked))
}

fn what_to_screen(screen: Screen) -> Result<(String, Value), Error> {
    let Screen { as_of, from, to, rules, region, full } = screen;
    let days = [("as_of", as_of), ("from", from), ("to", to)];
    let [as_of, from, to] = days.map(|(field, text)| optional(field, text, day));
    let region = optional("region", region, named)?;
    for rule in &rules {
        optional("rules", rule.clone(), named)?;
    }
    let title = match (rules.as_slice(), region.as_str()) {
        ([], "") => "全部规则".to_owned(),
        ([], region) => format!("全部规则，地区{region}"),
        (rules, _) => format!("{}条规则", rules.len()),
    };
    let asked = json!({
        "as_of": as_of?, "from": from?, "to": to?, "rules": rules.join(","), "region": region, "full": full,
    });
    Ok((title, asked))
}

/// The values as `params.toml` has them, once the rule allows them.
fn what_to_try(library: &Library, effect: &Effect) -> Result<(String, Value), Error> {
    let rule = library.rule(&effect.rule).ok_or(Error::NotFound)?;
    let set = super::rules::allowed(rule, &effect.values)?;
    Ok((rule.title.clone(), json!({ "rule": rule.name, "set": set.to_string() })))
}

fn optional(
    field: &str,
    text: String,
    check: fn(&str, &str) -> Result<String, Error>,
) -> Result<String, Error> {
    if text.is_empty() { Ok(text) } else { check(field, &text) }
}

/// A name that is an argument and never an option, a list or a path out of its place.
fn named(field: &str, text: &str) -> Result<String, Error> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/');
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    if begins && text.len() <= 80 && text.bytes().all(plain) {
        return Ok(text.to_owned());
    }
    Err(Error::invalid(field, "须为1至80位字母、数字、连字符、下划线或者斜杠，以字母或者数字开头"))
}

fn day(field: &str, text: &str) -> Result<String, Error> {
    let day = Date::parse(text).ok_or_else(|| Error::invalid(field, "日期写作2025-12-31"))?;
    Ok(day.to_string())
}

/// A job with what came of it.
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "jobs", params(("id" = String, Path,)), responses(
    (status = 200, body = JobView), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn read(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<JobView>> {
    let job = app.docket.job(caller.context(), id.as_str()).await?;
    Ok(Json(app.jobs.seen(job)))
}

/// Stops a job. What it wrote so far is undone by the lake itself.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/cancel", tag = "jobs", params(("id" = String, Path,)), responses(
    (status = 200, body = JobView), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn cancel(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<JobView>> {
    let job = app.docket.cancel_job(caller.acting("")?, id.as_str()).await?;
    app.jobs.cancel(&job.id);
    if job.state == JobState::Cancelled {
        // It never ran, so nothing else clears up after it.
        forget_mended(&app.intake, &job);
    }
    Ok(Json(app.jobs.seen(job)))
}

/// Proves a clue again: its rule over the same versions of data and library, compared byte by byte. Answers with the job that does it.
#[utoipa::path(post, path = "/api/v1/matters/{id}/verify", tag = "matters", params(("id" = String, Path,)), responses(
    (status = 202, body = JobView), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn verify(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<impl IntoResponse> {
    let origin = app.docket.origin(caller.context(), "read", id.as_str()).await?;
    if origin.run.is_empty() {
        return Err(Error::invalid("run", "该线索不是筛查得来的，没有可以复核的运行").into());
    }
    let run = named("run", &origin.run)?;
    let asked = json!({ "run": run, "clue": super::lake::clue_id(&origin.id) });
    let new = NewJob { kind: JobKind::Verify, title: origin.id.clone(), matter: origin.id, asked };
    let job = app.docket.ask_job(caller.acting("")?, new).await?;
    app.jobs.wake(JobKind::Verify);
    Ok((StatusCode::ACCEPTED, Json(job)))
}
