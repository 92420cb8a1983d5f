//! Copies of the store, for whoever runs the system: what there is, a new one, a check. None leaves the machine this way.

use crate::{
    App, Caller,
    backups::{self, Archive, BackupWork, Work},
    failure::{Answer, ErrorBody, Failure},
    input::Id,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use mingcha_casework::{docket::fresh, policy::Backup, store::Context};
use serde::Serialize;
use std::sync::Arc;
use tokio::task::spawn_blocking;
use utoipa::ToSchema;

/// Archives in the data folder, and the work on them.
#[derive(Serialize, ToSchema)]
pub struct BackupsView {
    /// The newest first, at most 200.
    archives: Vec<Archive>,
    /// What this server did last with one, or is doing.
    work: Option<BackupWork>,
}

async fn view(app: &App) -> Answer<BackupsView> {
    // Asked first: work that ends in between has its archive in the list.
    let (work, config) = (app.backups.last(), Arc::clone(&app.config));
    let archives = spawn_blocking(move || backups::list(&config)).await.map_err(|_| Failure::bug())??;
    Ok(BackupsView { archives, work })
}

/// Archives in the data folder.
#[utoipa::path(get, path = "/api/v1/backups", tag = "backups", responses(
    (status = 200, body = BackupsView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<BackupsView>> {
    caller.may(&app, Backup, &app.store.installation().await?).await?;
    Ok(Json(view(&app).await?))
}

/// Makes an archive in the background, as `mingcha backup` does. One piece of work on archives runs at a time.
#[utoipa::path(post, path = "/api/v1/backups", tag = "backups", responses(
    (status = 202, body = BackupsView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 409, body = ErrorBody)))]
pub async fn make(State(app): State<Arc<App>>, caller: Caller) -> Answer<impl IntoResponse> {
    let asked = fresh("backup")?;
    // By its time, and told apart from another one of the same second.
    let at: String = app.store.now().time().to_string().chars().filter(char::is_ascii_digit).collect();
    let name = format!("backup-{at}-{}", asked.chars().rev().take(4).collect::<String>());
    begin(&app, &caller, Work::Make, name, &asked).await
}

/// Proves an archive in the background, as `mingcha restore` does before it restores anything.
#[utoipa::path(post, path = "/api/v1/backups/{id}/check", tag = "backups",
    params(("id" = String, Path,)), responses(
    (status = 202, body = BackupsView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub async fn check(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<impl IntoResponse> {
    caller.may(&app, Backup, &app.store.installation().await?).await?;
    let (folder, known) = (app.config.backups_folder(), id.clone());
    spawn_blocking(move || backups::noted(&folder, known.as_str())).await.map_err(|_| Failure::bug())??;
    begin(&app, &caller, Work::Check, id.to_string(), &fresh("check")?).await
}

async fn begin(
    app: &Arc<App>,
    caller: &Caller,
    work: Work,
    name: String,
    asked: &str,
) -> Answer<(StatusCode, Json<BackupsView>)> {
    let (context, (act, end)) = (caller.acting("")?, work.acts());
    let here = app.store.installation().await?;
    let entered = app.docket.ask_backup(context.clone(), here, act, &name, asked).await?;
    let context = Context::new(context.who, context.from);
    // Asked again under the same key, it is the work of then, which has had its turn.
    if entered == asked && !backups::begin(app, work, name.clone(), context.clone()) {
        let why = "not begun: other work on a backup runs".to_owned();
        app.store.record_backup_end(context, end, &name, why).await?;
        return Err(busy());
    }
    Ok((StatusCode::ACCEPTED, Json(view(app).await?)))
}

fn busy() -> Failure {
    Failure::new(
        StatusCode::CONFLICT,
        "backup_runs",
        "正在备份或者核验，本次没有开始",
        "等本页显示上一次做完后再点",
    )
}
