//! Vacuuming: old versions, and the files that only they name, given up for good.

use crate::{LakeError, Result, lake::Lake, manifest};
use std::fs;

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vacuumed {
    /// Versions.
    pub versions: usize,
    /// Data files.
    pub files: u64,
}

impl Lake {
    /// Forgets all versions but the newest `newest` (at least one) and those in `keep`, such as the ones that clues rest on.
    pub fn vacuum(&self, newest: usize, keep: &[u64]) -> Result<Vacuumed> {
        let _lock = self.lock()?;
        // Its presence makes the next writer sweep, should this one be killed between a manifest and its files.
        let staging = self.staging_folder()?;
        let versions = manifest::versions(&self.folder)?;
        let old = versions.iter().rev().skip(newest.max(1)).filter(|version| !keep.contains(version));
        let mut done = Vacuumed::default();
        for version in old {
            let path = self.folder.join("versions").join(format!("{version}.json"));
            fs::remove_file(&path).map_err(LakeError::io(&path))?;
            done.versions += 1;
        }
        manifest::sync_folder(&self.folder.join("versions"))?;
        done.files = self.sweep()?;
        fs::remove_dir_all(&staging).map_err(LakeError::io(&staging))?;
        Ok(done)
    }
}
