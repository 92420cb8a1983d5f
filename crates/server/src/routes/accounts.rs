//! Accounts, kept by the security administrator of the region.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Id, Parameters},
    routes::sign_in::of_rule,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::{
    facts::Role,
    id::ObjectId,
    policy::{Authorized, ManageUsers},
    store::{
        Error,
        accounts::{Account, AccountQuery, BodyQuery, Commissioned, NewAccount, Profile},
    },
    words::Word,
};
use mingcha_model::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Most organisations that one list of accounts may span.
const MOST_ORGANISATIONS: i64 = 1000;

/// An account as it is shown.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is its own fact on the wire")]
pub struct AccountBody {
    /// Its name at sign-in.
    id: String,
    /// Code of its organisation.
    organisation: String,
    /// Department of that organisation.
    department: &'static str,
    /// Region of that organisation.
    region: String,
    /// Role.
    role: &'static str,
    /// Highest secrecy grade that it may see, 1 to 4.
    clearance: i64,
    /// Number of the officer's certificate.
    certificate: Option<String>,
    /// Last day of the certificate.
    #[schema(value_type = Option<String>)]
    certificate_until: Option<Date>,
    /// What a third party was commissioned with.
    #[schema(value_type = Option<CommissionBody>)]
    commission: Option<Commissioned>,
    /// Whether it has a second factor.
    has_second_factor: bool,
    /// Whether it is locked now.
    locked: bool,
    /// Whether it is disabled.
    disabled: bool,
    /// Whether its password must be changed before anything else.
    must_change_password: bool,
    /// Version, which changes are based on.
    version: i64,
}

/// What a third party was commissioned with.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its shape is used")]
pub struct CommissionBody {
    /// Code of the bureau that gave it.
    by: String,
    /// Ids of the matters that it names.
    matters: Vec<String>,
    /// Codes of the institutions that it names.
    institutions: Vec<String>,
    /// First day.
    from: String,
    /// Last day.
    to: String,
}

/// A page of accounts.
#[derive(Serialize, ToSchema)]
pub struct AccountPage {
    /// In the order of their ids.
    items: Vec<AccountBody>,
    /// What to ask the next page with; none where this is the last.
    next: Option<String>,
}

/// Which accounts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Only of this organisation.
    organisation: Option<String>,
    /// Only of this role.
    role: Option<String>,
    /// Only disabled ones, or only others.
    disabled: Option<bool>,
    /// Only after this id.
    after: Option<String>,
    /// At most so many, 200 at most.
    limit: Option<u32>,
}

/// What of an account can be set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// The version that it is based on; or `If-Match`.
    version: Option<i64>,
    /// Role.
    role: String,
    /// Highest secrecy grade that it may see, 1 to 4.
    clearance: i64,
    /// Number of the officer's certificate.
    certificate: Option<String>,
    /// Last day of the certificate, `2026-12-31`.
    #[schema(value_type = Option<String>)]
    certificate_until: Option<Date>,
}

/// An account that shall be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAccount)]
pub struct New {
    /// Its name at sign-in: lower-case letters, digits and `-`.
    id: String,
    /// Code of its organisation.
    organisation: String,
    /// Certificate number of the person; only a keyed digest of it is kept, to hold the three administrators apart.
    certno: String,
    /// First password, which must be changed at once.
    password: String,
    /// Role.
    role: String,
    /// Highest secrecy grade that it may see, 1 to 4.
    clearance: i64,
    /// Number of the officer's certificate.
    certificate: Option<String>,
    /// Last day of the certificate, `2026-12-31`.
    #[schema(value_type = Option<String>)]
    certificate_until: Option<Date>,
}

/// Why an account is disabled or enabled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The version that it is based on; or `If-Match`.
    version: Option<i64>,
    /// Why.
    why: String,
}

/// A new first password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reset {
    /// The version that it is based on; or `If-Match`.
    version: Option<i64>,
    /// Why.
    why: String,
    /// First password, which must be changed at once.
    password: String,
}

/// Accounts that one may manage.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "accounts", params(Asked), responses(
    (status = 200, body = AccountPage), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(asked): Parameters<Asked>,
) -> Answer<Json<AccountPage>> {
    let proofs = match &asked.organisation {
        Some(id) => vec![managing(&app, &caller, id).await?],
        None => all_that_one_manages(&app, &caller).await?,
    };
    let limit = i64::from(asked.limit.unwrap_or(50).clamp(1, 200));
    let query = AccountQuery {
        role: asked.role.as_deref().map(|name| word::<Role>(name, "role")).transpose()?,
        disabled: asked.disabled,
        after: asked.after.unwrap_or_default(),
        limit: limit + 1,
    };
    let mut accounts = app.store.accounts(&proofs, &query).await?;
    let more = accounts.len() as i64 > limit;
    accounts.truncate(limit as usize);
    let next = accounts.last().filter(|_| more).map(|account| account.id.clone());
    Ok(Json(AccountPage { items: accounts.into_iter().map(|account| shown(&app, account)).collect(), next }))
}

/// Makes an account. It carries a password, so it takes no key: its id tells a repeated request.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "accounts", request_body = New, responses(
    (status = 201, body = AccountBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: new, .. }: Body<New>,
) -> Answer<impl IntoResponse> {
    let proof = managing(&app, &caller, &new.organisation).await?;
    if mingcha_model::cert::parse(&new.certno).is_err() {
        return Err(invalid("certno", "须为有效的18位公民身份号码"));
    }
    let profile = Profile {
        role: word(&new.role, "role")?,
        clearance: new.clearance,
        certificate: new.certificate,
        certificate_until: new.certificate_until,
    };
    let password = app.desk.hash(&new.id, new.password).await.map_err(|error| of_rule(error, "password"))?;
    let new =
        NewAccount { id: new.id, person: app.desk.person(&new.certno), profile, password, must_change: true };
    let account = app.store.add_account(caller.context(), &proof, new).await?;
    Ok((StatusCode::CREATED, versioned(&app, account)))
}

/// One account.
#[utoipa::path(get, path = "/api/v1/accounts/{id}", tag = "accounts", params(("id" = String, Path)), responses(
    (status = 200, body = AccountBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn read(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Versioned> {
    let (account, _) = found(&app, &caller, &id).await?;
    Ok(versioned(&app, account))
}

/// Sets what an account may be; its sessions end.
#[utoipa::path(put, path = "/api/v1/accounts/{id}", tag = "accounts", params(("id" = String, Path)), request_body = Set, responses(
    (status = 200, body = AccountBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Set>,
) -> Answer<Versioned> {
    let (_, proof) = found(&app, &caller, &id).await?;
    let Body { value: set, digest } = body;
    let based_on = caller.based_on(set.version)?;
    let profile = Profile {
        role: word(&set.role, "role")?,
        clearance: set.clearance,
        certificate: set.certificate,
        certificate_until: set.certificate_until,
    };
    let account = app.store.change_account(caller.acting(&digest)?, &proof, &id, based_on, profile).await?;
    Ok(versioned(&app, account))
}

/// Disables an account; its sessions die at once.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/disable", tag = "accounts", params(("id" = String, Path)), request_body = Reason, responses(
    (status = 200, body = AccountBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn disable(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Reason>,
) -> Answer<Versioned> {
    switch(&app, &caller, &id, body, true).await
}

/// Enables a disabled account again.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/enable", tag = "accounts", params(("id" = String, Path)), request_body = Reason, responses(
    (status = 200, body = AccountBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn enable(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    body: Body<Reason>,
) -> Answer<Versioned> {
    switch(&app, &caller, &id, body, false).await
}

/// Gives an account a new first password and takes its second factor; its sessions end. It takes no key: the version tells a repeated request.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/reset", tag = "accounts", params(("id" = String, Path)), request_body = Reset, responses(
    (status = 200, body = AccountBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn reset(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Body { value, .. }: Body<Reset>,
) -> Answer<Versioned> {
    let (_, proof) = found(&app, &caller, &id).await?;
    let based_on = caller.based_on(value.version)?;
    let why = reason(value.why)?;
    let password =
        app.desk.hash(id.as_str(), value.password).await.map_err(|error| of_rule(error, "password"))?;
    let account = app.store.reset_account(caller.context(), &proof, &id, based_on, password, why).await?;
    Ok(versioned(&app, account))
}

async fn switch(
    app: &App,
    caller: &Caller,
    id: &ObjectId,
    body: Body<Reason>,
    disabled: bool,
) -> Answer<Versioned> {
    let (_, proof) = found(app, caller, id).await?;
    let based_on = caller.based_on(body.value.version)?;
    let why = reason(body.value.why)?;
    let account =
        app.store.disable_account(caller.acting(&body.digest)?, &proof, id, based_on, disabled, why).await?;
    Ok(versioned(app, account))
}

/// An account and the proof that the caller may manage it. One that is not there is refused like one that is another's.
async fn found(app: &App, caller: &Caller, id: &ObjectId) -> Answer<(Account, Authorized<ManageUsers>)> {
    let organisation = match app.store.account(id.as_str()).await {
        Ok(account) => {
            let proof = managing(app, caller, &account.organisation).await?;
            return Ok((account, proof));
        }
        Err(Error::NotFound) => caller.actor.organisation.clone(),
        Err(error) => return Err(error.into()),
    };
    managing(app, caller, &organisation).await?;
    Err(Error::NotFound.into())
}

async fn managing(app: &App, caller: &Caller, organisation: &str) -> Answer<Authorized<ManageUsers>> {
    let organisation = app.store.organisation(organisation).await?;
    caller.may(app, ManageUsers, &organisation.subject()).await
}

/// Proofs for all organisations of the caller's region that it may manage.
async fn all_that_one_manages(app: &App, caller: &Caller) -> Answer<Vec<Authorized<ManageUsers>>> {
    let region = Some(caller.actor.region.clone());
    let query = BodyQuery { region, limit: MOST_ORGANISATIONS, ..BodyQuery::default() };
    let organisations = app.store.organisations(&query).await?;
    let proof = |organisation: &mingcha_casework::store::accounts::Body| {
        app.policies.decide(&caller.actor, ManageUsers, &organisation.subject()).ok()
    };
    let proofs: Vec<_> = organisations.iter().filter_map(proof).collect();
    if proofs.is_empty() {
        // Asked once more where it is refused and recorded.
        return Ok(vec![managing(app, caller, &caller.actor.organisation).await?]);
    }
    Ok(proofs)
}

/// An account with its version as `ETag`.
type Versioned = ([(HeaderName, String); 1], Json<AccountBody>);

fn versioned(app: &App, account: Account) -> Versioned {
    ([(header::ETAG, format!("\"{}\"", account.version))], Json(shown(app, account)))
}

fn shown(app: &App, account: Account) -> AccountBody {
    AccountBody {
        locked: account.locked_until > app.store.now().time().0,
        id: account.id,
        organisation: account.organisation,
        department: account.department.name(),
        region: account.region,
        role: account.role.name(),
        clearance: account.clearance,
        certificate: account.certificate,
        certificate_until: account.certificate_until.map(|day| Date(day as i32)),
        commission: account.commission,
        has_second_factor: account.has_second_factor,
        disabled: account.disabled,
        must_change_password: account.must_change,
        version: account.version,
    }
}

pub(super) fn reason(why: String) -> Answer<String> {
    if why.trim().is_empty() || why.chars().count() > 500 {
        return Err(invalid("why", "须写明事由，1至500字"));
    }
    Ok(why)
}

/// A word of a closed list, by its name.
pub fn word<T: Word>(name: &str, field: &str) -> Answer<T> {
    T::named(name).ok_or_else(|| invalid(field, &format!("须为以下之一：{}", T::names())))
}

/// A field that says what cannot be.
pub fn invalid(field: &str, message: &str) -> Failure {
    Error::invalid(field, message).into()
}
