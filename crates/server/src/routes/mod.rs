//! All routes on one page; one file for each thing that they are about.

#![expect(unused_qualifications, reason = "utoipa's macros write types out in full")]

mod accounts;
mod backups;
mod boards;
mod commissions;
mod deliveries;
mod description;
mod desk;
mod exports;
mod files;
mod health;
mod inspections;
mod jobs;
mod keys;
mod knowledge;
mod lake;
mod law;
mod ledgers;
mod matters;
mod mending;
mod oidc;
mod organisations;
mod papers;
mod portraits;
mod rules;
mod session;
mod settings;
mod sign_in;
mod site_form;
mod trail;
mod vault;

use crate::{App, around::around, failure::Failure, web};
use axum::{Json, Router, extract::DefaultBodyLimit, middleware, routing::get};
use mingcha_casework::docket::Sort;
use std::sync::Arc;
use utoipa::{OpenApi, openapi};
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(OpenApi)]
#[openapi(
    components(schemas(Sort)),
    info(
        title = "Mingcha",
        description = "明察：医保基金监管工作台的接口。所有错误同一格式：稳定的代码、说明、下一步。写操作须带 X-CSRF-Token 与 Idempotency-Key。",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    )
)]
struct Description;

fn all() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(health::metrics))
        .routes(routes!(session::me, sign_in::sign_in, session::sign_out))
        .routes(routes!(oidc::ways))
        .routes(routes!(oidc::ask, oidc::confirm))
        .routes(routes!(oidc::callback))
        .routes(routes!(sign_in::change_password))
        .routes(routes!(sign_in::begin_second_factor, sign_in::confirm_second_factor))
        .routes(routes!(organisations::list, organisations::add))
        .routes(routes!(accounts::list, accounts::add))
        .routes(routes!(accounts::read, accounts::change))
        .routes(routes!(accounts::disable))
        .routes(routes!(accounts::enable))
        .routes(routes!(accounts::reset))
        .routes(routes!(commissions::list))
        .routes(routes!(commissions::give))
        .routes(routes!(commissions::end))
        .routes(routes!(deliveries::list, deliveries::deliver))
        .routes(routes!(deliveries::deliver_csv))
        .routes(routes!(deliveries::withdraw))
        .routes(routes!(deliveries::meet))
        .routes(routes!(trail::list))
        .routes(routes!(trail::verify))
        .routes(routes!(trail::export))
        .routes(routes!(trail::anchor))
        .routes(routes!(settings::read))
        .routes(routes!(keys::list))
        .routes(routes!(keys::rotate))
        .routes(routes!(backups::list, backups::make))
        .routes(routes!(backups::check))
        .routes(routes!(matters::list, matters::begin))
        .routes(routes!(matters::counts))
        .routes(routes!(matters::groups))
        .routes(routes!(matters::export))
        .routes(routes!(matters::read))
        .routes(routes!(matters::act))
        .routes(routes!(matters::history))
        .routes(routes!(matters::push))
        .routes(routes!(desk::acts))
        .routes(routes!(desk::officers))
        .routes(routes!(desk::published_names))
        .routes(routes!(desk::regions))
        .routes(routes!(desk::views, desk::keep_views))
        .routes(routes!(jobs::verify))
        .routes(routes!(lake::timeline))
        .routes(routes!(lake::person))
        .routes(routes!(lake::peers))
        .routes(routes!(lake::screened))
        .routes(routes!(portraits::read))
        .routes(routes!(portraits::points))
        .routes(routes!(jobs::list, jobs::ask))
        .routes(routes!(jobs::read))
        .routes(routes!(jobs::cancel))
        .routes(routes!(lake::status))
        .routes(routes!(lake::versions))
        .routes(routes!(lake::institutions))
        .routes(routes!(lake::batches))
        .routes(routes!(lake::batch))
        .routes(routes!(lake::quarantine))
        .routes(routes!(lake::to_mend))
        .routes(routes!(mending::mend))
        .routes(routes!(lake::list_files, lake::begin_file))
        .routes(routes!(lake::send_piece, lake::discard_file))
        .routes(routes!(lake::runs))
        .routes(routes!(lake::run))
        .routes(routes!(lake::shapes))
        .routes(routes!(boards::clearing))
        .routes(routes!(boards::clocks))
        .routes(routes!(boards::feedback))
        .routes(routes!(inspections::grade))
        .routes(routes!(inspections::due))
        .routes(routes!(inspections::plan))
        .routes(routes!(site_form::hand_out_form, site_form::take_form))
        .routes(routes!(site_form::look_at_form))
        .routes(routes!(boards::list_draws, boards::begin_draw))
        .routes(routes!(boards::draw))
        .routes(routes!(boards::read_draw))
        .routes(routes!(ledgers::list))
        .routes(routes!(ledgers::read))
        .routes(routes!(ledgers::file))
        .routes(routes!(ledgers::records))
        .routes(routes!(ledgers::close))
        .routes(routes!(ledgers::correct))
        .routes(routes!(papers::list))
        .routes(routes!(papers::issue))
        .routes(routes!(papers::preview))
        .routes(routes!(papers::read))
        .routes(routes!(papers::letterhead, papers::set_letterhead))
        .routes(routes!(files::list, files::begin))
        .routes(routes!(files::read))
        .routes(routes!(files::prove))
        .routes(routes!(files::piece))
        .routes(routes!(files::finish))
        .routes(routes!(matters::machines))
        .routes(routes!(exports::list, exports::ask))
        .routes(routes!(exports::approve))
        .routes(routes!(exports::refuse))
        .routes(routes!(exports::download))
        .routes(routes!(vault::open))
        .routes(routes!(vault::open_informant))
        .routes(routes!(matters::forms))
        .routes(routes!(rules::list))
        .routes(routes!(rules::read))
        .routes(routes!(rules::fixtures))
        .routes(routes!(rules::set_params))
        .routes(routes!(knowledge::list))
        .routes(routes!(knowledge::read))
        .routes(routes!(law::limits))
        .routes(routes!(law::points))
        .routes(routes!(law::calendars))
        .routes(routes!(law::measures))
        .routes(routes!(law::guides))
        .routes(routes!(law::policies))
}

/// What the routes are, made from their code.
pub fn openapi() -> openapi::OpenApi {
    description::completed(all().into_openapi())
}

/// All routes with what surrounds them.
pub fn router(app: Arc<App>) -> Router {
    let (routes, description) = all().split_for_parts();
    let description = Json(description::completed(description));
    routes
        .route("/openapi.json", get(async move || description.clone()))
        .fallback(web::serve)
        .method_not_allowed_fallback(async || Failure::no_method())
        .layer(DefaultBodyLimit::max(app.config.body_bytes))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), around))
        .with_state(app)
}
