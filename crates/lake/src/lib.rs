//! The lake: versioned claims tables, bucketed by person and sorted by person and time, in one folder that other engines can read.
//!
//! `<lake>/versions/<n>.json` is the manifest of version n: the files of every table, so that a batch of several tables becomes visible
//! whole or not at all. `<lake>/tables/<table>/` is a Delta table each, whose log is kept equal to the manifest for other engines.
//! `<lake>/batches/` is the ledger, `<lake>/quarantine/` the refused rows, `<lake>/keys/digest.key` the key of the digests,
//! `<lake>/staging/` what a writer works in; what a killed writer left there is mended by the next one.

mod build;
mod column;
mod compact;
mod delta;
mod encode;
mod error;
mod export;
mod import;
mod interner;
mod keys;
mod lake;
pub mod layout;
mod ledger;
mod links;
mod manifest;
mod merge;
mod moved;
mod order;
mod person;
mod query;
mod read;
mod snapshot;
mod stage;
pub mod text;
mod vacuum;
mod write;

pub use error::{LakeError, Result};
pub use export::ExportFormat;
pub use import::{BatchOutcome, BucketRows, Check, Ready, Staging, Verdict};
pub use lake::{Begun, Lake, Status, TableLine, VersionLine};
pub use ledger::{BatchFile, BatchInfo, Counts, Entry, MendedKeys, Taken};
pub use manifest::{FileEntry, Made, Manifest, TableState, sync_folder, write_synced};
pub use query::{Reads, Session};
pub use snapshot::{Persons, Snapshot, Touched};
pub use vacuum::Vacuumed;
