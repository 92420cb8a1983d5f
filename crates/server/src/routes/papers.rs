//! Papers of matters: what may be issued and what is still missing, a look beforehand, issuing, and what was issued; letterheads.

use super::files::disposition;
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Id, Ids},
    press::{PaperPress, entered, record, unfit},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::{
    docket::{Cells, IssueRequest, Letterhead, LetterheadView, Offer, PaperDesk, PaperView},
    policy::{Installation, ManageParameters},
    store::Error,
};
use mingcha_papers::{Papers, field::Field};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;

/// The papers of a matter.
#[derive(Serialize, ToSchema)]
pub struct PaperList {
    /// Version of the matter, which issuing names.
    version: i64,
    /// Kinds that belong to it.
    kinds: Vec<KindView>,
    /// Those that were issued, the oldest first.
    issued: Vec<PaperView>,
}

/// A kind of paper with its fields.
#[derive(Serialize, ToSchema)]
pub struct KindView {
    /// Whether it may be issued now.
    #[serde(flatten)]
    offer: Offer,
    /// Labels of what it must show and nothing holds yet.
    missing: Vec<String>,
    /// Its fields.
    fields: Vec<FieldView>,
}

/// A field of a paper.
#[derive(Serialize, ToSchema)]
pub struct FieldView {
    /// Label, by which it is entered.
    label: String,
    /// Type, in Chinese.
    kind: String,
    /// Whether it must have a value.
    required: bool,
    /// `known`: the record holds it, and it is not entered; `suggested`: something was entered before or is suggested, which may be written
    /// otherwise; `open`: nothing is there.
    value: &'static str,
    /// Whether the record alone may give it.
    recorded: bool,
    /// What to mind.
    note: String,
    /// Labels of a list's columns.
    columns: Vec<String>,
}

/// What a paper is made with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// What the record does not hold, by label; money in fen.
    #[serde(default)]
    #[schema(value_type = Object)]
    fields: BTreeMap<String, Value>,
}

/// A paper that shall be issued.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Version of the matter that it is based on; `If-Match` may say it instead.
    version: Option<i64>,
    /// Why it is issued again.
    #[serde(default)]
    reason: String,
    /// What the record does not hold, by label; money in fen.
    #[serde(default)]
    #[schema(value_type = Object)]
    fields: BTreeMap<String, Value>,
}

/// A letterhead that shall stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetLetterhead {
    /// The version that one has seen; 0 where there was none.
    version: Option<i64>,
    /// It.
    letterhead: Letterhead,
}

/// What papers a matter may issue now, which fields still miss, and what was issued.
#[utoipa::path(get, path = "/api/v1/matters/{id}/papers", tag = "papers", params(("id" = String, Path,)),
    responses((status = 200, body = PaperList), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<PaperList>> {
    let PaperDesk { version, offers, issued, sheet, kept } =
        app.docket.papers(caller.context(), id.as_str()).await?;
    let cells = sheet.with(&kept, &[]).map_err(|path| Error::Stored(format!("value of {path}")))?;
    let mut kinds = Vec::with_capacity(offers.len());
    for offer in offers {
        let missing = app.papers.missing(&offer.paper, &record(&cells)).map_err(unfit)?;
        let fields = fields(&app.papers, &offer.paper, &sheet.known, &cells);
        kinds.push(KindView { offer, missing, fields });
    }
    Ok(Json(PaperList { version, kinds, issued }))
}

fn fields(papers: &Papers, paper: &str, known: &Cells, cells: &Cells) -> Vec<FieldView> {
    let view = |(field, required): (&Field, bool)| FieldView {
        label: field.label.clone(),
        kind: field.kind.title().to_owned(),
        required,
        value: match (known.contains_key(&field.from), cells.contains_key(&field.from)) {
            (true, _) => "known",
            (false, true) => "suggested",
            (false, false) => "open",
        },
        recorded: field.recorded,
        note: field.note.clone(),
        columns: field.columns.iter().map(|column| column.label.clone()).collect(),
    };
    papers.papers.get(paper).into_iter().flat_map(|kind| kind.fields(&papers.fields)).map(view).collect()
}

/// A paper as it would be now, marked on every page; what is missing stands there by its label. No number is used up.
#[utoipa::path(post, path = "/api/v1/matters/{id}/papers/{paper}/preview", tag = "papers",
    params(("id" = String, Path,), ("paper" = String, Path,)), request_body = Preview,
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn preview(
    State(app): State<Arc<App>>,
    caller: Caller,
    ids: Ids<2>,
    body: Body<Preview>,
) -> Answer<impl IntoResponse> {
    let Ids([id, paper]) = ids;
    let entered = entered(&app.papers, paper.as_str(), &body.value.fields)?;
    let cells = app.docket.preview(caller.context(), id.as_str(), paper.as_str(), &entered).await;
    let cells = cells.map_err(|error| labelled(&app.papers, error))?;
    let mark = format!("{}　{}", caller.seat.who.account, app.store.now().time());
    let bytes = app.papers.draft(paper.as_str(), &record(&cells), &mark).map_err(unfit)?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&format!("预览-{paper}.docx"))),
    ];
    Ok((headers, bytes))
}

/// Issues a paper, or a newer version of it with a reason: it gets its number, is frozen, and stands in the trail with its digest.
#[utoipa::path(post, path = "/api/v1/matters/{id}/papers/{paper}", tag = "papers",
    params(("id" = String, Path,), ("paper" = String, Path,)), request_body = Issue,
    responses((status = 201, body = PaperView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
        (status = 428, body = ErrorBody)))]
pub async fn issue(
    State(app): State<Arc<App>>,
    caller: Caller,
    ids: Ids<2>,
    body: Body<Issue>,
) -> Answer<impl IntoResponse> {
    let Ids([id, paper]) = ids;
    let context = caller.acting(&body.digest)?;
    let request = IssueRequest {
        paper: paper.as_str().to_owned(),
        version: caller.based_on(body.value.version)?,
        reason: body.value.reason,
        entered: entered(&app.papers, paper.as_str(), &body.value.fields)?,
    };
    let press = Arc::new(PaperPress(Arc::clone(&app.papers)));
    let issued = app.docket.issue(context, &app.files, press, id.as_str(), request).await;
    Ok((StatusCode::CREATED, Json(issued.map_err(|error| labelled(&app.papers, error))?)))
}

/// An error about a value, by the label that people enter it under.
fn labelled(papers: &Papers, error: Error) -> Failure {
    let Error::Invalid { field, message } = error else { return error.into() };
    let of = |path: &str| papers.fields.values().find(|known| known.from == path);
    let label = field.strip_prefix("fields.").and_then(of).map(|known| format!("fields.{}", known.label));
    Error::Invalid { field: label.unwrap_or(field), message }.into()
}

/// An issued paper, once its digest was checked.
#[utoipa::path(get, path = "/api/v1/matters/{id}/papers/{paper}/{version}", tag = "papers",
    params(("id" = String, Path,), ("paper" = String, Path,), ("version" = i64, Path,)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 500, body = ErrorBody)))]
pub async fn read(State(app): State<Arc<App>>, caller: Caller, ids: Ids<3>) -> Answer<impl IntoResponse> {
    let Ids([id, paper, version]) = ids;
    let version = version.as_str().parse().map_err(|_| Error::NotFound)?;
    let (view, bytes) =
        app.docket.open_paper(caller.context(), &app.files, id.as_str(), paper.as_str(), version).await?;
    let name = view.number.as_deref().unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&format!("{}{name}.docx", view.title))),
    ];
    Ok((headers, bytes))
}

/// The letterhead of one's own organisation.
#[utoipa::path(get, path = "/api/v1/letterhead", tag = "papers",
    responses((status = 200, body = LetterheadView), (status = 401, body = ErrorBody)))]
pub async fn letterhead(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<LetterheadView>> {
    Ok(Json(app.docket.letterhead(&caller.context()).await?))
}

/// Sets the letterhead of one's own organisation.
#[utoipa::path(put, path = "/api/v1/letterhead", tag = "papers", request_body = SetLetterhead,
    responses((status = 200, body = LetterheadView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 409, body = ErrorBody), (status = 422, body = ErrorBody), (status = 428, body = ErrorBody)))]
pub async fn set_letterhead(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Body<SetLetterhead>,
) -> Answer<Json<LetterheadView>> {
    let context = caller.acting(&body.digest)?;
    let version = caller.based_on(body.value.version)?;
    // A letterhead is the organisation's own matter, not the installation's.
    let own = Installation { region: caller.actor.region.clone() };
    let proof = caller.may(&app, ManageParameters, &own).await?;
    Ok(Json(app.docket.set_letterhead(context, &proof, version, body.value.letterhead).await?))
}
