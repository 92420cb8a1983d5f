//! The trail: read by the auditor, proved, exported and anchored; each of these is in the trail itself.

use super::accounts::{invalid, word};
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Parameters},
};
use axum::{
    Json,
    body::{Body as Stream, Bytes},
    extract::State,
    http::header,
    response::IntoResponse,
};
use futures::{StreamExt as _, stream};
use mingcha_casework::{
    policy::{Installation, ReadAudit, VerifyAudit},
    store::{Context, Store, TrailQuery},
    trail::{Anchor, Entry, Outcome, write_lines},
};
use mingcha_model::Time;
use serde::{Deserialize, Serialize};
use std::{io, sync::Arc};
use tokio::runtime::Handle;
use utoipa::{IntoParams, ToSchema};

/// A page of records, each as it stands in the trail.
#[derive(Serialize, ToSchema)]
pub struct TrailPage {
    /// The newest first.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Entry>,
    /// What to ask the next page with; none where this is the last.
    next: Option<u64>,
}

/// Which records.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Only before this number.
    before: Option<u64>,
    /// Only of this account.
    account: Option<String>,
    /// Only on this object.
    object: Option<String>,
    /// Only of this act.
    act: Option<String>,
    /// Only of this outcome: done, refused or read.
    outcome: Option<String>,
    /// Only from this instant on, `2026-01-31 08:00:00`.
    since: Option<String>,
    /// Only before this instant.
    until: Option<String>,
    /// At most so many, 200 at most.
    limit: Option<u32>,
}

/// Anchors that were kept elsewhere.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Anchors {
    /// What `GET /api/v1/trail/anchor` answered then.
    #[schema(value_type = Vec<Object>)]
    #[serde(default)]
    anchors: Vec<Anchor>,
}

/// What a proof came to.
#[derive(Serialize, ToSchema)]
pub struct Proved {
    /// Records that were looked at.
    records: u64,
    /// Whether the trail is whole.
    whole: bool,
    /// What is wrong, the first thousand.
    faults: Vec<String>,
}

/// Most faults that are told.
const MOST_FAULTS: usize = 1000;

/// Records, the newest first.
#[utoipa::path(get, path = "/api/v1/trail", tag = "trail", params(Asked), responses(
    (status = 200, body = TrailPage), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(asked): Parameters<Asked>,
) -> Answer<Json<TrailPage>> {
    // The whole trail for the auditor of the whole; for others what their own region did.
    let whole = app.store.installation().await?;
    let own = Installation { region: caller.actor.region.clone() };
    let all = app.policies.decide(&caller.actor, ReadAudit, &whole);
    let proof = match all {
        Ok(proof) => proof,
        Err(_) => caller.may(&app, ReadAudit, &own).await?,
    };
    let limit = asked.limit.unwrap_or(50).clamp(1, 200) as usize;
    let query = TrailQuery {
        before: asked.before,
        account: asked.account,
        object: asked.object,
        act: asked.act,
        outcome: asked.outcome.as_deref().map(|name| word::<Outcome>(name, "outcome")).transpose()?,
        since: instant(asked.since, "since")?,
        until: instant(asked.until, "until")?,
        limit: limit as i64 + 1,
    };
    let mut items = app.store.trail_page(caller.context(), &proof, &query).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|last| last.record.seq);
    Ok(Json(TrailPage { items, next }))
}

fn instant(text: Option<String>, field: &str) -> Answer<Option<Time>> {
    text.map(|text| Time::parse(&text).ok_or_else(|| invalid(field, "须为如 2026-01-31 08:00:00 的时间")))
        .transpose()
}

/// Proves the chain, against anchors where there are any. One proof runs at a time.
#[utoipa::path(post, path = "/api/v1/trail/verify", tag = "trail", request_body = Anchors, responses(
    (status = 200, body = Proved), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 429, body = ErrorBody)))]
pub async fn verify(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: Anchors { anchors }, .. }: Body<Anchors>,
) -> Answer<Json<Proved>> {
    let proof = caller.may(&app, VerifyAudit, &app.store.installation().await?).await?;
    let Ok(_turn) = app.proving.try_acquire() else { return Err(Failure::too_many(10)) };
    app.store.record_audit(caller.context(), &proof, "verify_audit").await?;
    let (records, report) = app.store.prove(anchors).await?;
    let faults = report.faults.iter().take(MOST_FAULTS).map(|fault| fault.words()).collect();
    Ok(Json(Proved { records, whole: report.faults.is_empty(), faults }))
}

/// The whole trail as JSON lines, to be proved elsewhere.
#[utoipa::path(get, path = "/api/v1/trail/export", tag = "trail", responses(
    (status = 200, body = String, content_type = "application/x-ndjson"), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn export(State(app): State<Arc<App>>, caller: Caller) -> Answer<impl IntoResponse> {
    // What is exported is read, so the one who may only prove it does not get it.
    caller.may(&app, ReadAudit, &app.store.installation().await?).await?;
    app.store.record_export(caller.context()).await?;
    let head = app.store.trail_head().await?.seq;
    let leaving =
        Leaving { store: Arc::clone(&app.store), context: caller.context(), records: 0, ended: false };
    let pages = stream::unfold((leaving, 0), move |(mut leaving, after)| async move {
        let page = match page(&leaving.store, after, head).await.transpose() {
            Some(page) => page,
            // Only after its end is recorded does the export end for its reader.
            None if leaving.ended => return None,
            None => leaving.end().await.map(|()| (head, Bytes::new())),
        };
        let next = page.as_ref().map_or(head, |(last, _)| *last);
        if page.is_ok() {
            leaving.records = next.min(head);
        }
        Some((page.map(|(_, text)| text), (leaving, next)))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"trail.jsonl\""),
    ];
    Ok((headers, Stream::from_stream(pages.boxed())))
}

/// An export on its way out; where its reader goes away before the end, that is recorded too.
struct Leaving {
    store: Arc<Store>,
    context: Context,
    records: u64,
    ended: bool,
}

impl Leaving {
    async fn end(&mut self) -> io::Result<()> {
        self.ended = true;
        let recorded = self.store.record_export_end(self.context.clone(), self.records, true).await;
        recorded.map_err(|error| io::Error::other(error.code()))
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        let (store, context, records) = (Arc::clone(&self.store), self.context.clone(), self.records);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                if let Err(error) = store.record_export_end(context, records, false).await {
                    tracing::error!(
                        error = error.code(),
                        "the end of an export of the trail was not recorded"
                    );
                }
            });
        }
    }
}

/// The records after one, up to the head, as lines; and the number of the last.
async fn page(store: &Store, after: u64, head: u64) -> io::Result<Option<(u64, Bytes)>> {
    if after >= head {
        return Ok(None);
    }
    let entries = store.trail_after(after).await.map_err(|error| io::Error::other(error.code()))?;
    let Some(last) = entries.last().map(|entry| entry.record.seq) else { return Ok(None) };
    let mut text = Vec::new();
    write_lines(entries.iter().filter(|entry| entry.record.seq <= head), &mut text)?;
    Ok(Some((last, Bytes::from(text))))
}

/// What to keep where the store cannot reach it.
#[utoipa::path(get, path = "/api/v1/trail/anchor", tag = "trail", responses(
    (status = 200, body = Object), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn anchor(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Anchor>> {
    let proof = caller.may(&app, VerifyAudit, &app.store.installation().await?).await?;
    app.store.record_audit(caller.context(), &proof, "anchor_audit").await?;
    Ok(Json(app.store.anchor().await?))
}
