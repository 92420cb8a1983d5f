//! Files of matters: sent piece by piece, listed, proved, and handed out as what a browser saves and never shows.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Bytes, Id, Ids, Parameters},
    uploads::Upload,
};
use axum::{
    Json,
    body::Body as Stream,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use futures::stream;
use mingcha_casework::{
    docket::{FileProof, FileView, NewFile},
    files::{self, Received},
    store::Error,
};
use serde::{Deserialize, Serialize};
use std::{
    fmt::Write as _,
    fs::File,
    io,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::task;
use utoipa::{IntoParams, ToSchema};

/// A file that shall be sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginUpload {
    /// Its name, with the ending that says its type.
    title: String,
    /// Its size.
    bytes: u64,
    /// The file that it is a newer version of.
    #[serde(default)]
    replaces: Option<String>,
    /// Rule that it was taken from.
    #[serde(default)]
    rule: String,
    /// Run of the rule.
    #[serde(default)]
    run: String,
    /// Line of the claims.
    #[serde(default)]
    line: String,
}

/// Where to send the pieces of a file.
#[derive(Serialize, ToSchema)]
#[schema(as = BegunUpload)]
pub struct Begun {
    /// Id of the upload.
    upload: String,
    /// Most bytes of a piece.
    piece: usize,
}

/// Where a piece begins.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// Its first byte, counted from 0.
    offset: u64,
}

/// How much of a file has come.
#[derive(Serialize, ToSchema)]
pub struct Taken {
    /// Bytes.
    received: u64,
}

/// The end of an upload.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// SM3 that the sender made of the file, to find faults on the way.
    #[serde(default)]
    sm3: Option<String>,
}

/// The files of a matter.
#[utoipa::path(get, path = "/api/v1/matters/{id}/files", tag = "files", params(("id" = String, Path,)),
    responses((status = 200, body = Vec<FileView>), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<Vec<FileView>>> {
    Ok(Json(app.docket.files(caller.context(), id.as_str()).await?))
}

/// Begins to send a file; asks first whether it may come in at all.
#[utoipa::path(post, path = "/api/v1/matters/{id}/files", tag = "files", params(("id" = String, Path,)), request_body = BeginUpload,
    responses((status = 201, body = Begun), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 422, body = ErrorBody), (status = 429, body = ErrorBody)))]
pub async fn begin(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<BeginUpload>,
) -> Answer<impl IntoResponse> {
    let BeginUpload { title, bytes, replaces, rule, run, line } = body.value;
    app.docket.may_attach(&caller.context(), id.as_str()).await?;
    app.files.rules.check(&title, bytes)?;
    let folder = app.files.clone();
    let receiving = blocking(move || folder.receive(bytes)).await?;
    let upload = receiving.id().to_owned();
    let begun = Upload {
        account: caller.seat.account.id.clone(),
        matter: id.as_str().to_owned(),
        new: NewFile { title, replaces, rule, run, line },
        receiving: Mutex::new(Some(receiving)),
    };
    if !app.uploads.begin(&upload, begun) {
        return Err(Failure::too_many(60).saying("正在上传的文件过多，请先完成已开始的上传"));
    }
    Ok((StatusCode::CREATED, Json(Begun { upload, piece: app.config.body_bytes })))
}

/// Sends a piece. Sent twice, it is taken once; the answer says where the next one begins.
#[utoipa::path(put, path = "/api/v1/uploads/{id}", tag = "files", params(("id" = String, Path,), At),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Taken), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 413, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn piece(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Parameters(At { offset }): Parameters<At>,
    Bytes(bytes): Bytes,
) -> Answer<Json<Taken>> {
    let upload = app.uploads.of(id.as_str(), &caller.seat.account.id).ok_or(Error::NotFound)?;
    let received = blocking(move || {
        let mut receiving = upload.receiving.lock().unwrap_or_else(PoisonError::into_inner);
        receiving.as_mut().ok_or(Error::NotFound)?.take(offset, &bytes)
    });
    Ok(Json(Taken { received: received.await? }))
}

/// Ends an upload: the file is whole on the disk, stands in the matter and in the trail.
#[utoipa::path(post, path = "/api/v1/uploads/{id}/finish", tag = "files", params(("id" = String, Path,)), request_body = Finish,
    responses((status = 201, body = FileView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn finish(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Finish>,
) -> Answer<impl IntoResponse> {
    let context = caller.acting(&body.digest)?;
    let Some(upload) = app.uploads.of(id.as_str(), &caller.seat.account.id) else {
        return Ok((StatusCode::CREATED, Json(app.docket.attached(context, id.as_str()).await?)));
    };
    let waiting = Arc::clone(&upload);
    let received: Option<Received> = blocking(move || {
        let mut receiving = waiting.receiving.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(receiving) = receiving.as_ref().filter(|receiving| !receiving.is_whole()) {
            return Err(receiving.unfinished());
        }
        receiving.take().map(files::Receiving::end).transpose()
    })
    .await?;
    app.uploads.end(id.as_str());
    let Some(received) = received else {
        return Ok((StatusCode::CREATED, Json(app.docket.attached(context, id.as_str()).await?)));
    };
    if body.value.sm3.is_some_and(|sm3| !sm3.eq_ignore_ascii_case(&received.sm3)) {
        app.files.discard(&received.id);
        return Err(Error::invalid("sm3", "收到的内容与所报摘要不符，请重新上传").into());
    }
    let view = app.docket.attach(context, &app.files, &upload.matter, upload.new.clone(), received).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Hands a file out, once its digest was checked.
#[utoipa::path(get, path = "/api/v1/matters/{id}/files/{file}", tag = "files",
    params(("id" = String, Path,), ("file" = String, Path,)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 500, body = ErrorBody)))]
pub async fn read(State(app): State<Arc<App>>, caller: Caller, ids: Ids<2>) -> Answer<impl IntoResponse> {
    let Ids([id, file]) = ids;
    let (view, opened) =
        app.docket.open_file(caller.context(), &app.files, id.as_str(), file.as_str()).await?;
    Ok(handed(&view.title, view.bytes, opened))
}

/// Holds a file against the store and the trail.
#[utoipa::path(get, path = "/api/v1/matters/{id}/files/{file}/proof", tag = "files",
    params(("id" = String, Path,), ("file" = String, Path,)),
    responses((status = 200, body = FileProof), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn prove(State(app): State<Arc<App>>, caller: Caller, ids: Ids<2>) -> Answer<Json<FileProof>> {
    let Ids([id, file]) = ids;
    Ok(Json(app.docket.prove_file(caller.context(), &app.files, id.as_str(), file.as_str()).await?))
}

/// A file as an answer: whatever it says of itself, a browser saves it and runs nothing of it.
pub(super) fn handed(title: &str, bytes: i64, file: File) -> impl IntoResponse + use<> {
    let blocks = stream::unfold(Some(file), async |file| {
        let mut file = file?;
        let read = task::spawn_blocking(move || files::block(&mut file).map(|block| (block, file)));
        match read.await.map_err(io::Error::other).and_then(|read| read) {
            Ok((Some(block), file)) => Some((Ok(block), Some(file))),
            Ok((None, _)) => None,
            Err(error) => Some((Err(error), None)),
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (header::CONTENT_DISPOSITION, disposition(title)),
    ];
    (headers, Stream::from_stream(blocks))
}

/// `Content-Disposition` with a name of any language.
pub(super) fn disposition(title: &str) -> String {
    let mut name = String::new();
    for byte in title.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "%{byte:02X}");
        }
    }
    format!("attachment; filename*=UTF-8''{name}")
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Failure> {
    Ok(task::spawn_blocking(work).await.map_err(|_| Failure::bug())??)
}
