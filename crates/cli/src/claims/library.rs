//! The rules and knowledge of this site as the server shows them: read again as soon as a file of them has changed.

use crate::commands::LibraryArg;
use anyhow::Result;
use mingcha_library::{Files, Library};
use mingcha_server::LakeConfig;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// The library that was read last, with the files that it was read from: the base's and the site's.
type Last = Option<([Files; 2], Arc<Library>)>;

/// Where rules and knowledge lie, and what they were when they were last asked for.
pub struct Kept {
    /// A library in place of the built-in one.
    base: Option<PathBuf>,
    /// The site's own on top.
    site: Option<PathBuf>,
    last: Mutex<Last>,
}

impl Kept {
    /// Those of a configuration.
    pub fn new(config: &LakeConfig) -> Self {
        Self { base: config.library.clone(), site: config.site.clone(), last: Mutex::default() }
    }

    /// What they are now. What has a fault is left out, as screening refuses it: `mingcha rule lint` tells why.
    pub fn now(&self) -> Arc<Library> {
        let base = self.base.as_deref().map_or_else(Files::embedded, read);
        let files = [base, self.site.as_deref().map(read).unwrap_or_default()];
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, library)) = &*last
            && *known == files
        {
            return Arc::clone(library);
        }
        let library = Arc::new(load(&files));
        *last = Some((files, Arc::clone(&library)));
        library
    }

    /// The site's own values of parameters, where it has a folder.
    pub fn params(&self) -> Result<Option<toml::Table>> {
        let Some(site) = &self.site else { return Ok(None) };
        let given = LibraryArg { library: None, site: Some(site.clone()) };
        Ok(Some(given.site_params(&self.now())?.0))
    }
}

fn read(folder: &Path) -> Files {
    Files::read(folder, &mut Vec::new())
}

fn load([base, site]: &[Files; 2]) -> Library {
    let (base, _) = Library::from_files(base.clone(), Vec::new());
    if site.is_empty() { base } else { Library::overlay(&base, site, Vec::new()).0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_changed_file_of_the_site_is_seen_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept =
            Kept { base: None, site: Some(folder.path().to_owned()), last: Mutex::default() };
        let rows = |library: &Library| library.knowledge("sex_diagnosis").expect("a table").rows.len();
        let before = kept.now();
        assert!(Arc::ptr_eq(&before, &kept.now()), "nothing changed");
        let table = folder.path().join("knowledge/sex_diagnosis");
        fs::create_dir_all(&table).expect("a folder");
        fs::write(table.join("rows.csv"), "code_prefix,sex,name\nZ99.8,女,本地增列\n").expect("rows");
        assert_eq!(rows(&kept.now()), rows(&before) + 1);
    }
}
