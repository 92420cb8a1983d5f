//! Keys of the vaults, for whoever runs the system: how they stand, and a new one while everything goes on.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::{Body, Id},
    rotation::{self, Rotation},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use mingcha_casework::{
    docket::fresh,
    policy::{Configure, OpenInformant, OpenPersonalData},
    store::{Context, Error, KeysInUse},
    vault::{KeySource, Purpose},
    words::Word as _,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// How the keys of a vault stand. No key is in it.
#[derive(Serialize, ToSchema)]
pub struct KeysView {
    /// `personal` or `informant`.
    vault: &'static str,
    /// What is sealed there, in Chinese.
    title: &'static str,
    /// Id of the key that seals; none where nothing has been sealed yet.
    current: Option<String>,
    /// Values by key.
    keys: Vec<KeyView>,
    /// Values that wait to be sealed under the current key.
    waiting: i64,
    /// Whether a rotation makes the new key; else the key service that the ring comes from must have one first.
    makes_key: bool,
    /// The rotation that this server did last or is doing.
    rotation: Option<Rotation>,
}

/// A key by its id.
#[derive(Serialize, ToSchema)]
pub struct KeyView {
    id: String,
    /// Values that it seals.
    values: i64,
}

fn view(app: &App, stands: KeysInUse) -> KeysView {
    let purpose = stands.purpose;
    KeysView {
        vault: purpose.name(),
        title: purpose.title(),
        waiting: stands.waiting(),
        current: stands.current,
        keys: stands.values.into_iter().map(|(id, values)| KeyView { id, values }).collect(),
        makes_key: matches!(rotation::source(app, purpose), Some(KeySource::File(_))),
        rotation: app.rotations.of(purpose),
    }
}

/// How the keys of personal data and of informants stand.
#[utoipa::path(get, path = "/api/v1/keys", tag = "settings", responses(
    (status = 200, body = Vec<KeysView>), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Vec<KeysView>>> {
    caller.may(&app, Configure, &app.store.installation().await?).await?;
    let both =
        [app.store.keys_in_use::<OpenPersonalData>().await?, app.store.keys_in_use::<OpenInformant>().await?];
    Ok(Json(both.into_iter().map(|stands| view(&app, stands)).collect()))
}

/// Why a key is replaced.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rotate {
    /// Why.
    why: String,
}

/// Gives a vault a new key and seals its values anew in the background; one that was broken off is gone on with, without another key.
#[utoipa::path(post, path = "/api/v1/keys/{id}/rotation", tag = "settings",
    params(("id" = String, Path, description = "`personal` 或者 `informant`")), request_body = Rotate, responses(
    (status = 202, body = KeysView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn rotate(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Rotate>,
) -> Answer<impl IntoResponse> {
    let context = caller.acting(&body.digest)?;
    let asked = fresh("rotation")?;
    let here = app.store.installation().await?;
    let purpose = Purpose::named(id.as_str()).filter(|purpose| rotation::source(&app, *purpose).is_some());
    let vault = purpose.map_or("", Purpose::name);
    let entered = app.docket.ask_rotation(context.clone(), here, vault, &asked, body.value.why).await?;
    let purpose = purpose.ok_or(Error::NotFound)?;
    // Asked again under the same key, it is the rotation of then, which has had its turn.
    if entered == asked {
        rotation::begin(&app, purpose, Context::new(context.who, context.from));
    }
    let stands = match purpose {
        Purpose::Informant => app.store.keys_in_use::<OpenInformant>().await?,
        _ => app.store.keys_in_use::<OpenPersonalData>().await?,
    };
    Ok((StatusCode::ACCEPTED, Json(view(&app, stands))))
}
