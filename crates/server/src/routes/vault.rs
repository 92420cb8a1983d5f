//! Sealed personal data is opened: with a reason, by whoever policy lets, recorded and counted.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::Body,
};
use axum::{Json, extract::State};
use mingcha_casework::docket::OpenRequest;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What shall be opened, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// The matter that it is opened for.
    matter: String,
    /// Tokens as they stand in the matter, at most 50.
    tokens: Vec<String>,
    /// What for; it stands in the trail, so nothing of a person belongs into it.
    purpose: String,
}

/// Opened values, in no order of their own.
#[derive(Serialize, ToSchema)]
pub struct Values {
    /// The values.
    values: Vec<OpenedValue>,
}

/// One opened value.
#[derive(Serialize, ToSchema)]
pub struct OpenedValue {
    /// Its token.
    token: String,
    /// What kind: `name`, `certificate`, `phone`, `address`, `bank_card` or `other`.
    kind: &'static str,
    /// The value.
    value: String,
}

/// Opens personal data of a matter. A write without a key: each opening counts.
#[utoipa::path(post, path = "/api/v1/vault/open", tag = "vault", request_body = Open, responses(
    (status = 200, body = Values), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn open(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: Open { matter, tokens, purpose }, .. }: Body<Open>,
) -> Answer<Json<Values>> {
    let request = OpenRequest { matter, tokens, purpose, most_a_day: app.config.openings_a_day };
    let opened = app.docket.open_personal(caller.context(), request).await?;
    let values = opened.into_iter().map(|opened| OpenedValue {
        kind: opened.kind.name(),
        value: opened.value.expose().to_owned(),
        token: opened.token,
    });
    Ok(Json(Values { values: values.collect() }))
}

/// Whose informant shall be opened, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenInformant {
    /// The complaint.
    matter: String,
    /// What for; it stands in the trail, so nothing of a person belongs into it.
    purpose: String,
}

/// Who informed; a field is empty where nothing was given.
#[derive(Serialize, ToSchema)]
pub struct InformantBody {
    /// Name.
    name: String,
    /// Number of an identity certificate.
    certificate: String,
    /// Telephone.
    phone: String,
    /// Address.
    address: String,
    /// Bank account for a reward.
    account: String,
}

/// Opens who informed, for those alone who took the complaint in.
#[utoipa::path(post, path = "/api/v1/vault/informant", tag = "vault", request_body = OpenInformant, responses(
    (status = 200, body = InformantBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn open_informant(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: OpenInformant { matter, purpose }, .. }: Body<OpenInformant>,
) -> Answer<Json<InformantBody>> {
    let most = app.config.openings_a_day;
    let known = app.docket.open_informant(caller.context(), &matter, &purpose, most).await?;
    let text = |value: &mingcha_casework::act::Personal| value.exposed().to_owned();
    Ok(Json(InformantBody {
        name: text(&known.name),
        certificate: text(&known.certificate),
        phone: text(&known.phone),
        address: text(&known.address),
        account: text(&known.account),
    }))
}
