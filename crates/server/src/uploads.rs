//! Files that are being received, piece by piece, each for one account; they live in memory and under `incoming/` and end with the server.

use mingcha_casework::{docket::NewFile, files::Receiving};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Files that an account may send at once, and all accounts together.
const OF_ONE: usize = 4;
const OF_ALL: usize = 64;
/// How long one waits for its next piece.
const PATIENCE: Duration = Duration::from_mins(15);

/// One file on its way.
pub struct Upload {
    /// Who sends it.
    pub account: String,
    /// The matter that it is for.
    pub matter: String,
    /// What is said of it.
    pub new: NewFile,
    /// What has come; nothing once it was ended.
    pub receiving: Mutex<Option<Receiving>>,
}

/// All of them by id.
#[derive(Default)]
pub struct Uploads(Mutex<HashMap<String, (Arc<Upload>, Instant)>>);

impl Uploads {
    /// Keeps a new one; `false` where there are too many already.
    pub fn begin(&self, id: &str, upload: Upload) -> bool {
        let mut uploads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        uploads.retain(|_, (_, seen)| now.duration_since(*seen) < PATIENCE);
        let own = uploads.values().filter(|(known, _)| known.account == upload.account).count();
        if own >= OF_ONE || uploads.len() >= OF_ALL {
            return false;
        }
        uploads.insert(id.to_owned(), (Arc::new(upload), now));
        true
    }

    /// The one of that id, if it is this account's.
    pub fn of(&self, id: &str, account: &str) -> Option<Arc<Upload>> {
        let mut uploads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (upload, seen) = uploads.get_mut(id).filter(|(upload, _)| upload.account == account)?;
        *seen = Instant::now();
        Some(Arc::clone(upload))
    }

    /// Forgets one.
    pub fn end(&self, id: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}
