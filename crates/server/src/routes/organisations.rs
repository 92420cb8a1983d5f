//! Organisations that take part.

use super::accounts::{invalid, word};
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::{Body, Parameters},
};
use axum::{Json, extract::State, http::StatusCode};
use mingcha_casework::{
    facts::Department,
    policy::ManageUsers,
    store::accounts::{self, BodyQuery},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// An organisation.
#[derive(Serialize, ToSchema)]
pub struct OrganisationBody {
    /// Code.
    id: String,
    /// Name.
    title: String,
    /// Region code.
    region: String,
    /// Department.
    department: &'static str,
    /// Code of the designated institution that it is.
    fixmedins_code: Option<String>,
    /// Version.
    version: i64,
}

/// A page of organisations.
#[derive(Serialize, ToSchema)]
pub struct OrganisationPage {
    /// In the order of their codes.
    items: Vec<OrganisationBody>,
    /// What to ask the next page with; none where this is the last.
    next: Option<String>,
}

/// Which organisations.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Only in this region and below.
    region: Option<String>,
    /// Only of this department.
    department: Option<String>,
    /// Only after this code.
    after: Option<String>,
    /// At most so many, 200 at most.
    limit: Option<u32>,
}

/// An organisation that shall be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewOrganisation)]
pub struct New {
    /// Code: lower-case letters, digits and `-`.
    id: String,
    /// Name.
    title: String,
    /// Region code, six digits.
    region: String,
    /// Department.
    department: String,
    /// Code of the designated institution that it is; for institutions alone.
    fixmedins_code: Option<String>,
}

/// Organisations, which everybody who is signed in may know, since work is handed to them.
#[utoipa::path(get, path = "/api/v1/organisations", tag = "organisations", params(Asked), responses(
    (status = 200, body = OrganisationPage), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn list(
    State(app): State<Arc<App>>,
    _: Caller,
    Parameters(asked): Parameters<Asked>,
) -> Answer<Json<OrganisationPage>> {
    if asked
        .region
        .as_ref()
        .is_some_and(|region| region.len() != 6 || !region.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(invalid("region", "行政区划代码须为6位数字"));
    }
    let limit = i64::from(asked.limit.unwrap_or(50).clamp(1, 200));
    let query = BodyQuery {
        region: asked.region,
        department: asked
            .department
            .as_deref()
            .map(|name| word::<Department>(name, "department"))
            .transpose()?,
        after: asked.after.unwrap_or_default(),
        limit: limit + 1,
    };
    let mut found = app.store.organisations(&query).await?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| last.id.clone());
    Ok(Json(OrganisationPage { items: found.into_iter().map(shown).collect(), next }))
}

/// Adds an organisation.
#[utoipa::path(post, path = "/api/v1/organisations", tag = "organisations", request_body = New, responses(
    (status = 201, body = OrganisationBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: new, digest }: Body<New>,
) -> Answer<(StatusCode, Json<OrganisationBody>)> {
    let department = word(&new.department, "department")?;
    let New { id, title, region, fixmedins_code, .. } = new;
    let new = accounts::Body { id, title, region, department, fixmedins_code, version: 1 };
    let proof = caller.may(&app, ManageUsers, &new.subject()).await?;
    let added = app.store.add_organisation(caller.acting(&digest)?, &proof, new).await?;
    Ok((StatusCode::CREATED, Json(shown(added))))
}

fn shown(organisation: accounts::Body) -> OrganisationBody {
    let accounts::Body { id, title, region, department, fixmedins_code, version } = organisation;
    OrganisationBody { id, title, region, department: department.name(), fixmedins_code, version }
}
