//! Commissions of third parties: what an insurer, IT firm or accountant may look at for a bureau, and until when.

use super::accounts::CommissionBody;
use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::{Body, Id},
};
use axum::{Json, extract::State};
use mingcha_casework::{
    facts::Department,
    id::ObjectId,
    policy::{Authorized, GiveCommission},
    store::{
        Error,
        accounts::{Account, BodyQuery, Commissioned},
        commissions::NewCommission,
    },
};
use mingcha_model::Date;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};
use utoipa::ToSchema;

/// Most third parties of a list.
const MOST: i64 = 1000;

/// An account of a third party, and its commission.
#[derive(Serialize, ToSchema)]
pub struct Commissionable {
    /// The account.
    account: String,
    /// Code of the third party.
    organisation: String,
    /// Whether the account is disabled.
    disabled: bool,
    /// What it is commissioned with; none where it sees nothing.
    #[schema(value_type = Option<CommissionBody>)]
    commission: Option<Commissioned>,
    /// Version, which changes are based on.
    version: i64,
}

impl From<Account> for Commissionable {
    fn from(account: Account) -> Self {
        let Account { id, organisation, disabled, commission, version, .. } = account;
        Self { account: id, organisation, disabled, commission, version }
    }
}

/// Accounts that may be commissioned.
#[derive(Serialize, ToSchema)]
pub struct Commissionables {
    /// In the order of their accounts.
    items: Vec<Commissionable>,
}

/// What a letter of commission names.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCommission)]
pub struct Letter {
    /// The version of the account that it is based on; or `If-Match`.
    version: Option<i64>,
    /// Ids of clues and inspections of one's own bureau.
    matters: BTreeSet<String>,
    /// Codes of institutions: one's own bureau's clues and inspections about them.
    institutions: BTreeSet<String>,
    /// First day.
    #[schema(value_type = String)]
    from: Date,
    /// Last day.
    #[schema(value_type = String)]
    to: Date,
    /// Why, such as the number of the letter.
    why: String,
}

/// Why a commission ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EndOfCommission)]
pub struct End {
    /// The version of the account that it is based on; or `If-Match`.
    version: Option<i64>,
    /// Why.
    why: String,
}

/// Third parties that one may commission.
#[utoipa::path(get, path = "/api/v1/commissions", tag = "accounts", responses(
    (status = 200, body = Commissionables), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Commissionables>> {
    let query = BodyQuery { department: Some(Department::ThirdParty), limit: MOST, ..BodyQuery::default() };
    let parties = app.store.organisations(&query).await?;
    let proofs: Vec<_> = parties
        .iter()
        .filter_map(|party| app.policies.decide(&caller.actor, GiveCommission, &party.subject()).ok())
        .collect();
    if proofs.is_empty() && !parties.is_empty() {
        // Asked once more where it is refused and recorded.
        caller.may(&app, GiveCommission, &parties[0].subject()).await?;
    }
    let mut accounts = app.store.commissions(&proofs).await?;
    for commission in accounts.iter_mut().filter_map(|account| account.commission.as_mut()) {
        // That there is one of another bureau, and until when; not what it names.
        if commission.by != caller.actor.organisation {
            (commission.matters, commission.institutions) = (BTreeSet::new(), BTreeSet::new());
        }
    }
    Ok(Json(Commissionables { items: accounts.into_iter().map(Commissionable::from).collect() }))
}

/// Commissions an account, or changes its commission; its sessions end.
#[utoipa::path(put, path = "/api/v1/accounts/{id}/commission", tag = "accounts", params(("id" = String, Path)), request_body = Letter, responses(
    (status = 200, body = Commissionable), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn give(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Body { value: letter, digest }: Body<Letter>,
) -> Answer<Json<Commissionable>> {
    let proof = giving(&app, &caller, &id).await?;
    let based_on = caller.based_on(letter.version)?;
    let Letter { matters, institutions, from, to, why, .. } = letter;
    let new = NewCommission { matters, institutions, from, to, why: super::accounts::reason(why)? };
    let account = app.store.commission(caller.acting(&digest)?, &proof, &id, based_on, new).await?;
    Ok(Json(account.into()))
}

/// Ends a commission at once.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/commission/end", tag = "accounts", params(("id" = String, Path)), request_body = End, responses(
    (status = 200, body = Commissionable), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn end(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Body { value: end, digest }: Body<End>,
) -> Answer<Json<Commissionable>> {
    let proof = giving(&app, &caller, &id).await?;
    let based_on = caller.based_on(end.version)?;
    let why = super::accounts::reason(end.why)?;
    let account = app.store.end_commission(caller.acting(&digest)?, &proof, &id, based_on, why).await?;
    Ok(Json(account.into()))
}

/// The proof that the caller may commission an account's organisation. An account that is not there is refused like one of somebody else's.
async fn giving(app: &App, caller: &Caller, id: &ObjectId) -> Answer<Authorized<GiveCommission>> {
    let organisation = match app.store.account(id.as_str()).await {
        Ok(account) => account.organisation,
        Err(Error::NotFound) => caller.actor.organisation.clone(),
        Err(error) => return Err(error.into()),
    };
    let organisation = app.store.organisation(&organisation).await?;
    caller.may(app, GiveCommission, &organisation.subject()).await
}
