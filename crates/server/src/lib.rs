//! The server: sign-in, routes and wire types over casework. Everything else it does stands in casework.

mod around;
mod backups;
mod caller;
pub mod claims;
mod config;
mod desk;
mod failure;
mod input;
mod intake;
mod jobs;
pub mod keys;
mod metrics;
pub mod oidc;
pub mod operate;
pub mod press;
mod rate;
mod rotation;
mod routes;
mod serve;
mod session;
mod site_form;
mod tables;
mod tasks;
mod uploads;
mod web;

pub use caller::Caller;
pub use config::{Config, LakeConfig, OidcConfig, Rate, Rates, SecondFactor, Tls, VouchedFactor};
pub use desk::{Desk, DeskError};
pub use failure::{Answer, ErrorBody, Failure, GuardBody};
pub use input::{Body, Id, Ids, Parameters};
pub use routes::{openapi, router};
pub use serve::{Running, StartError, desk, log, serve, start, start_by, start_with};

use mingcha_casework::{Procedures, docket::Docket, files::Files, policy::Policies, store::Store};
use mingcha_papers::Papers;
use rate::Buckets;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What all handlers share.
pub struct App {
    /// The store.
    pub store: Arc<Store>,
    /// Who may do what.
    pub policies: Arc<Policies>,
    /// The law's procedure.
    pub procedures: Arc<Procedures>,
    /// Where matters are read and acted on.
    pub docket: Docket,
    /// Files of matters.
    pub files: Files,
    /// Files that are being received.
    pub(crate) uploads: Arc<uploads::Uploads>,
    /// Claim files on their way into the lake.
    pub(crate) intake: Arc<intake::Intake>,
    /// Reads the lake.
    pub claims: Arc<dyn claims::Claims>,
    /// Work on the lake.
    pub(crate) jobs: jobs::Jobs,
    /// New keys of the vaults.
    pub(crate) rotations: rotation::Rotations,
    /// Copies of the store in the data folder.
    pub(crate) backups: backups::Backups,
    /// Papers and ledgers.
    pub papers: Arc<Papers>,
    /// What it was started with.
    pub config: Arc<Config>,
    /// Passwords and codes.
    pub desk: Desk,
    /// Where people sign in besides, where the site has a provider.
    pub(crate) provider: Option<oidc::Provider>,
    /// One proof of the trail runs at a time.
    pub(crate) proving: Semaphore,
    pub(crate) metrics: metrics::Metrics,
    pub(crate) rates: Limits,
}

/// The rates that are held.
pub(crate) struct Limits {
    pub address: Buckets,
    pub account: Buckets,
    pub sign_in: Buckets,
}

impl App {
    /// Puts it together.
    pub fn new(
        docket: Docket,
        papers: Arc<Papers>,
        claims: Arc<dyn claims::Claims>,
        desk: Desk,
        provider: Option<oidc::Provider>,
        config: Arc<Config>,
    ) -> Self {
        let Rates { address, account, sign_in } = config.rates;
        let rates = Limits {
            address: Buckets::new(address),
            account: Buckets::new(account),
            sign_in: Buckets::new(sign_in),
        };
        let (proving, metrics) = (Semaphore::new(1), metrics::Metrics::default());
        let Docket { store, policies, procedures, .. } = docket.clone();
        let files = Files::new(config.files_folder(), config.files.clone());
        let uploads = Arc::default();
        let intake = Arc::new(intake::Intake::new(config.folder.join("intake"), config.lake.intake));
        Self {
            store,
            policies,
            procedures,
            docket,
            files,
            uploads,
            intake,
            claims,
            jobs: jobs::Jobs::default(),
            rotations: rotation::Rotations::default(),
            backups: backups::Backups::default(),
            papers,
            config,
            desk,
            provider,
            proving,
            metrics,
            rates,
        }
    }
}
