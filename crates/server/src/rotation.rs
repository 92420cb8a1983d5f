//! A new key for a vault, asked for in the workbench: sealed anew in the running server, with how far it is and what came of it.
//!
//! What has been done stands in the store; a server that ends in between loses nothing, and the next rotation goes on where this one was.

use crate::{
    App,
    keys::{Progress, rotated_in},
};
use mingcha_casework::{
    policy::{OpenInformant, OpenPersonalData},
    store::Context,
    vault::{KeySource, Purpose},
};
use serde::Serialize;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use utoipa::ToSchema;

/// A rotation that this server did last or is doing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rotation {
    /// `running`, `done` or `failed`.
    pub state: &'static str,
    /// Values that were sealed anew.
    pub done: i64,
    /// Values that there were to seal anew.
    pub of: i64,
    /// When it was begun.
    pub begun: i64,
    /// Who asked for it.
    pub account: String,
    /// The key that seals since.
    pub key: Option<String>,
}

/// The rotations of this server, by vault.
#[derive(Default)]
pub(crate) struct Rotations(Mutex<HashMap<&'static str, Rotation>>);

impl Rotations {
    /// The last one of a vault.
    pub fn of(&self, purpose: Purpose) -> Option<Rotation> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(purpose.name()).cloned()
    }

    /// Enters a new one, unless one runs.
    fn begin(&self, purpose: Purpose, new: Rotation) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.get(purpose.name()).is_some_and(|known| known.state == "running") {
            return false;
        }
        all.insert(purpose.name(), new);
        true
    }

    fn change(&self, purpose: Purpose, change: impl FnOnce(&mut Rotation)) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = all.get_mut(purpose.name()) {
            change(one);
        }
    }
}

/// Where the ring of a vault comes from.
pub(crate) fn source(app: &App, purpose: Purpose) -> Option<&KeySource> {
    match purpose {
        Purpose::Personal => Some(&app.config.personal_keys),
        Purpose::Informant => Some(&app.config.informant_keys),
        Purpose::SignIn => None,
    }
}

/// Begins in the background, unless one runs already.
pub(crate) fn begin(app: &Arc<App>, purpose: Purpose, context: Context) {
    let account = context.who.account.clone();
    let begun = app.store.now().time().0;
    let new = Rotation { state: "running", done: 0, of: 0, begun, account, key: None };
    if app.rotations.begin(purpose, new) {
        tokio::spawn(run(Arc::clone(app), purpose, context));
    }
}

async fn run(app: Arc<App>, purpose: Purpose, context: Context) {
    let Some(source) = source(&app, purpose) else { return };
    let (store, vaults) = (&app.store, &app.docket.vaults);
    let told = |Progress { done, of }: Progress| {
        app.rotations.change(purpose, |one| (one.done, one.of) = (done, of));
    };
    let came = match purpose {
        Purpose::Informant => rotated_in::<OpenInformant>(store, vaults, source, context, told).await,
        _ => rotated_in::<OpenPersonalData>(store, vaults, source, context, told).await,
    };
    app.rotations.change(purpose, |one| match &came {
        Ok(key) => (one.state, one.key) = ("done", Some(key.clone())),
        Err(_) => one.state = "failed",
    });
    match came {
        Ok(key) => tracing::info!(vault = purpose.name(), key, "sealed anew"),
        Err(error) => tracing::error!(vault = purpose.name(), %error, "a rotation"),
    }
}
