//! The lake as the workbench shows it: what lies in it, how it got there, what was refused, what runs found; and of a clue its timeline and
//! peers. Files to be imported come in here.

use super::files::disposition;
use crate::{
    App, Caller,
    claims::{
        BatchReport, BatchView, Claims, ClaimsError, Gone, Institution, LakeVersion, LakeView, OwnLines,
        Peers, Portrait, Quarantine, Refused, RunReport, RunView, Screened, Timeline,
    },
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Bytes, Id, Parameters},
    intake::ClaimsFile,
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::{docket::MatterOrigin, store::Error};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fs, sync::Arc};
use tokio::task::spawn_blocking;
use utoipa::{IntoParams, ToSchema};

/// Seconds after which a question that found the lake busy may be asked again.
const BUSY: u64 = 20;

/// Asks the lake, off the threads that serve.
pub(super) async fn ask<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&dyn Claims) -> Result<T, ClaimsError> + Send + 'static,
) -> Answer<T> {
    let claims = Arc::clone(&app.claims);
    let answer = spawn_blocking(move || work(claims.as_ref())).await.map_err(|_| Failure::bug())?;
    answer.map_err(|error| match error {
        ClaimsError::NotFound => Error::NotFound.into(),
        ClaimsError::Gone(what) => gone(what),
        ClaimsError::Damaged(why) => {
            tracing::error!(why, "a run of the lake");
            Failure::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "run_damaged",
                "这次筛查运行的记录已损坏，未能读取",
                "线索按其上保存的明细和依据照常核查；请系统管理员从备份恢复该次运行，或者由统计人员重新筛查并移交",
            )
        }
        ClaimsError::Busy => Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "lake_busy",
            "正在统计的人较多，或者数据量大，没有在限时内算完",
            "稍候再看；一直如此的，请统计人员在“数据”中整理数据",
        )
        .after(BUSY),
        ClaimsError::Broken(why) => {
            tracing::error!(why, "the lake");
            Failure::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "lake",
                "数据湖未能读取",
                "请系统管理员查看日志，确认数据湖文件夹可读",
            )
        }
    })
}

/// What is gone, and what can be done all the same: what the clue was handed over with stays with it.
fn gone(what: Gone) -> Failure {
    let (message, next) = match what {
        Gone::Nothing => ("这条线索不是由筛查产生的，没有可画的数据", "按线索的来源材料核查"),
        Gone::Lake => (
            "本系统中已没有产生这条线索的数据",
            "按线索上保存的明细和依据照常核查；须看全景的，请系统管理员从备份恢复数据",
        ),
        Gone::Run => (
            "产生这条线索的筛查运行已不在本系统",
            "按线索上保存的明细和依据照常核查；须看全景的，请统计人员重新筛查并移交，或者由系统管理员从备份恢复该次运行",
        ),
        Gone::Clue => (
            "这条线索不在所记的筛查运行中",
            "按线索上保存的明细和依据照常核查；须看全景的，请统计人员重新移交该次运行的线索",
        ),
        Gone::Version => (
            "筛查当时的数据版本已清理",
            "按线索上保存的明细和依据照常核查；须看全景的，请统计人员用现有数据重新筛查，或者由系统管理员从备份恢复",
        ),
    };
    Failure::new(StatusCode::NOT_FOUND, "run_gone", message, next)
}

/// The run of a clue, where it came from one.
fn run_of(origin: &MatterOrigin) -> Answer<()> {
    if origin.run.is_empty() { Err(gone(Gone::Nothing)) } else { Ok(()) }
}

/// Whoever looks at data in general, with the look recorded. A bureau below the one that keeps the data is told who does.
pub(super) async fn looks(app: &App, caller: &Caller, manage: bool, what: &str, id: &str) -> Answer<()> {
    if let Err(error) = app.docket.may_data(&caller.context(), manage).await {
        let here = app.store.installation().await?;
        if !matches!(error, Error::Denied(_)) || here.region == caller.actor.region {
            return Err(error.into());
        }
        let keeper = app.docket.regions().await?.into_iter().find(|region| region.code == here.region);
        let keeper = keeper.map_or(here.region, |region| region.name);
        let message = format!("本系统的数据由{keeper}医保部门统一导入和筛查，其他单位不能查看");
        let next = "本地区的筛查结果在“线索”中办理；须补充数据或者重新筛查的，请联系该部门的统计人员";
        return Err(Failure::new(StatusCode::FORBIDDEN, "denied", &message, next));
    }
    Ok(app.docket.record_look(caller.context(), what, id).await?)
}

/// What lies in the lake.
#[utoipa::path(get, path = "/api/v1/lake", tag = "lake", responses(
    (status = 200, body = LakeView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn status(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<LakeView>> {
    looks(&app, &caller, false, "read_lake", "").await?;
    Ok(Json(ask(&app, |claims| claims.status()).await?))
}

/// The lake's versions, the newest first.
#[utoipa::path(get, path = "/api/v1/lake/versions", tag = "lake", responses(
    (status = 200, body = Vec<LakeVersion>), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn versions(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Vec<LakeVersion>>> {
    looks(&app, &caller, false, "read_versions", "").await?;
    Ok(Json(ask(&app, |claims| claims.versions()).await?))
}

/// Batches of files that were imported or refused whole, the newest first.
#[utoipa::path(get, path = "/api/v1/lake/batches", tag = "lake", responses(
    (status = 200, body = Vec<BatchView>), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn batches(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Vec<BatchView>>> {
    looks(&app, &caller, false, "read_batches", "").await?;
    Ok(Json(ask(&app, |claims| claims.batches()).await?))
}

/// A batch with its report of quality.
#[utoipa::path(get, path = "/api/v1/lake/batches/{id}", tag = "lake", params(("id" = String, Path,)), responses(
    (status = 200, body = BatchReport), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
pub async fn batch(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<BatchReport>> {
    looks(&app, &caller, false, "read_batch", id.as_str()).await?;
    Ok(Json(ask(&app, move |claims| claims.batch(id.as_str())).await?))
}

/// Refused rows with place and reason; personal values are masked.
#[utoipa::path(get, path = "/api/v1/lake/quarantine", tag = "lake", params(Refused), responses(
    (status = 200, body = Quarantine), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn quarantine(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(query): Parameters<Refused>,
) -> Answer<Json<Quarantine>> {
    looks(&app, &caller, true, "read_quarantine", query.batch.as_deref().unwrap_or_default()).await?;
    Ok(Json(ask(&app, move |claims| claims.quarantine(&query)).await?))
}

/// The open rows of a table as CSV, to be mended and imported again.
#[utoipa::path(get, path = "/api/v1/lake/quarantine/export", tag = "lake", params(Refused), responses(
    (status = 200, body = String, content_type = "text/csv"), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn to_mend(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(query): Parameters<Refused>,
) -> Answer<impl IntoResponse> {
    let Some(table) = query.table.clone() else {
        return Err(Error::invalid("table", "须指明一张表").into());
    };
    looks(&app, &caller, true, "export_quarantine", &table).await?;
    let text = ask(&app, move |claims| claims.to_mend(&query)).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&format!("{table}-quarantine.csv"))),
    ];
    Ok((headers, text))
}

/// Runs, the newest first.
#[utoipa::path(get, path = "/api/v1/runs", tag = "lake", responses(
    (status = 200, body = Vec<RunView>), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn runs(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Vec<RunView>>> {
    looks(&app, &caller, false, "read_runs", "").await?;
    Ok(Json(ask(&app, |claims| claims.runs()).await?))
}

/// What a run found, rule by rule.
#[utoipa::path(get, path = "/api/v1/runs/{id}", tag = "lake", params(("id" = String, Path,)), responses(
    (status = 200, body = RunReport), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
pub async fn run(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<RunReport>> {
    looks(&app, &caller, false, "read_run", id.as_str()).await?;
    Ok(Json(ask(&app, move |claims| claims.run(id.as_str())).await?))
}

/// Most institutions of an answer.
const INSTITUTIONS: usize = 200;

/// Which institutions: by their codes, or by what one knows of them.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InstitutionQuery {
    /// Their codes, with commas between, 200 at most.
    codes: Option<String>,
    /// A part of the name, or how the code begins.
    text: Option<String>,
}

/// Designated institutions by the register in the lake, in the order of their codes; at most 200. Who is designated is published, so
/// everybody who is signed in may ask.
#[utoipa::path(get, path = "/api/v1/institutions", tag = "organisations", params(InstitutionQuery), responses(
    (status = 200, body = Vec<Institution>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 503, body = ErrorBody)))]
pub async fn institutions(
    State(app): State<Arc<App>>,
    _caller: Caller,
    Parameters(InstitutionQuery { codes, text }): Parameters<InstitutionQuery>,
) -> Answer<Json<Vec<Institution>>> {
    let codes: Option<BTreeSet<&str>> =
        codes.as_ref().map(|codes| codes.split(',').filter(|code| !code.is_empty()).collect());
    if codes.as_ref().is_some_and(|codes| codes.len() > INSTITUTIONS) {
        return Err(Error::invalid("codes", format!("一次不超过{INSTITUTIONS}个")).into());
    }
    let text = text.unwrap_or_default();
    let register = ask(&app, |claims| claims.institutions()).await?;
    let like = |one: &&Institution| {
        codes.as_ref().is_none_or(|codes| codes.contains(one.code.as_str()))
            && (one.name.contains(text.trim()) || one.code.starts_with(text.trim()))
    };
    Ok(Json(register.iter().filter(like).take(INSTITUTIONS).cloned().collect()))
}

/// The clue's id in its run: casework keeps ids in small letters.
pub(super) fn clue_id(id: &str) -> String {
    id.strip_prefix('c').map_or_else(|| id.to_owned(), |rest| format!("C{rest}"))
}

/// Whom a clue is about, drawn over time from the lake of its run; nothing in it names a person.
#[utoipa::path(get, path = "/api/v1/matters/{id}/timeline", tag = "matters", params(("id" = String, Path,)), responses(
    (status = 200, body = Timeline), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 503, body = ErrorBody)))]
pub async fn timeline(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<Timeline>> {
    let origin = app.docket.origin(caller.context(), "timeline", id.as_str()).await?;
    run_of(&origin)?;
    let clue = clue_id(&origin.id);
    Ok(Json(ask(&app, move |claims| claims.timeline(&origin.run, &clue, &origin.origin)).await?))
}

/// The insured person whom a clue is about, in numbers from the newest version of the lake; not found where it is about anybody else. Nothing
/// in it names a person.
#[utoipa::path(get, path = "/api/v1/matters/{id}/portrait", tag = "matters", params(("id" = String, Path,)), responses(
    (status = 200, body = Portrait), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 503, body = ErrorBody)))]
pub async fn person(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<Portrait>> {
    let origin = app.docket.origin(caller.context(), "portrait", id.as_str()).await?;
    run_of(&origin)?;
    let clue = clue_id(&origin.id);
    Ok(Json(ask(&app, move |claims| claims.person(&origin.run, &clue)).await?))
}

/// What the newest run found at the institution of a self-check, for those of its people who may answer it now. Nothing in it names a
/// person or another institution.
#[utoipa::path(get, path = "/api/v1/matters/{id}/screened", tag = "matters", params(("id" = String, Path,), OwnLines), responses(
    (status = 200, body = Screened), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub async fn screened(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Parameters(query): Parameters<OwnLines>,
) -> Answer<Json<Screened>> {
    let institution = app.docket.answering(caller.context(), id.as_str()).await?;
    Ok(Json(ask(&app, move |claims| claims.screened(&institution, &query)).await?))
}

/// Where the institution or practitioner of a clue lies among all that the same rule looked at in the run.
#[utoipa::path(get, path = "/api/v1/matters/{id}/peers", tag = "matters", params(("id" = String, Path,)), responses(
    (status = 200, body = Peers), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 503, body = ErrorBody)))]
pub async fn peers(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<Peers>> {
    let origin = app.docket.origin(caller.context(), "peers", id.as_str()).await?;
    run_of(&origin)?;
    let clue = clue_id(&origin.id);
    Ok(Json(ask(&app, move |claims| claims.peers(&origin.run, &clue)).await?))
}

/// A claim file that shall be sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClaimsFile {
    /// Its name, with the ending that says its form.
    title: String,
    /// Its size.
    bytes: u64,
}

/// Where to send the pieces of a claim file.
#[derive(Serialize, ToSchema)]
pub struct BegunClaimsFile {
    /// The file.
    file: ClaimsFile,
    /// Most bytes of a piece.
    piece: usize,
}

/// Where a piece begins.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct From {
    /// Its first byte, counted from 0.
    offset: u64,
}

/// How much of a claim file has come.
#[derive(Serialize, ToSchema)]
pub struct Received {
    /// Bytes.
    received: u64,
}

/// Work on the disk, off the threads that serve.
pub(super) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Answer<T> {
    Ok(spawn_blocking(work).await.map_err(|_| Failure::bug())??)
}

/// One's own claim files that came or are coming: what was broken off goes on where it was.
#[utoipa::path(get, path = "/api/v1/lake/files", tag = "lake", responses(
    (status = 200, body = Vec<ClaimsFile>), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn list_files(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Vec<ClaimsFile>>> {
    looks(&app, &caller, true, "list_claim_files", "").await?;
    let (intake, account) = (Arc::clone(&app.intake), caller.seat.account.id.clone());
    Ok(Json(on_disk(move || intake.list(Some(&account))).await?))
}

/// Begins to send a claim file.
#[utoipa::path(post, path = "/api/v1/lake/files", tag = "lake", request_body = NewClaimsFile, responses(
    (status = 201, body = BegunClaimsFile), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn begin_file(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Body<NewClaimsFile>,
) -> Answer<impl IntoResponse> {
    looks(&app, &caller, true, "send_claim_file", &body.value.title).await?;
    let (intake, account) = (Arc::clone(&app.intake), caller.seat.account.id.clone());
    let NewClaimsFile { title, bytes } = body.value;
    let file = on_disk(move || intake.begin(&account, title, bytes)).await?;
    Ok((StatusCode::CREATED, Json(BegunClaimsFile { file, piece: app.config.body_bytes })))
}

/// Sends a piece. Sent twice, it is taken once; the answer says where the next one begins.
#[utoipa::path(put, path = "/api/v1/lake/files/{id}", tag = "lake", params(("id" = String, Path,), From),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = Received), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 413, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn send_piece(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Parameters(From { offset }): Parameters<From>,
    Bytes(bytes): Bytes,
) -> Answer<Json<Received>> {
    // Asked again with every piece, for whoever may send may no longer.
    app.docket.may_data(&caller.context(), true).await?;
    let (intake, account) = (Arc::clone(&app.intake), caller.seat.account.id.clone());
    let received = on_disk(move || intake.take(id.as_str(), &account, offset, &bytes)).await?;
    Ok(Json(Received { received }))
}

/// Removes one's own claim file.
#[utoipa::path(delete, path = "/api/v1/lake/files/{id}", tag = "lake", params(("id" = String, Path,)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn discard_file(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<StatusCode> {
    looks(&app, &caller, true, "discard_claim_file", id.as_str()).await?;
    let (intake, account) = (Arc::clone(&app.intake), caller.seat.account.id.clone());
    on_disk(move || intake.discard(id.as_str(), &account)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shapes of the regions as GeoJSON, where the configuration names a file of them; an empty collection otherwise.
#[utoipa::path(get, path = "/api/v1/regions/shapes", tag = "regions", responses(
    (status = 200, body = Object, content_type = "application/geo+json"), (status = 401, body = ErrorBody)))]
pub async fn shapes(State(app): State<Arc<App>>, _caller: Caller) -> Answer<impl IntoResponse> {
    const NONE: &str = r#"{"type":"FeatureCollection","features":[]}"#;
    let file = app.config.lake.shapes.clone();
    let text = on_disk(move || Ok(file.map_or_else(|| Ok(NONE.to_owned()), fs::read_to_string)?)).await?;
    Ok(([(header::CONTENT_TYPE, "application/geo+json")], text))
}
