//! The rules and knowledge of this site as the server shows them: read again as soon as a file of them has changed.

use crate::commands::{self, LibraryArg};
use anyhow::{Context as _, Result, bail};
use mingcha_library::{Files, Library, params_file, site_params};
use mingcha_server::LakeConfig;
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use tempfile::NamedTempFile;
use toml::{Table, Value};

/// The library that was read last, with the files that it was read from: the base's and the site's.
type Last = Option<([Files; 2], Arc<Library>)>;

/// Where rules and knowledge lie, and what they were when they were last asked for.
pub struct Kept {
    /// A library in place of the built-in one.
    base: Option<PathBuf>,
    /// The site's own on top.
    site: Option<PathBuf>,
    last: Mutex<Last>,
    /// One change of the site's parameters at a time.
    writing: Mutex<()>,
}

impl Kept {
    /// Those of a configuration.
    pub fn new(config: &LakeConfig) -> Self {
        Self {
            base: config.library.clone(),
            site: config.site.clone(),
            last: Mutex::default(),
            writing: Mutex::default(),
        }
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
    pub fn params(&self) -> Result<Option<Table>> {
        let Some(site) = &self.site else { return Ok(None) };
        let given = LibraryArg { library: None, site: Some(site.clone()) };
        Ok(Some(given.site_params(&self.now())?.0))
    }

    /// Keeps these values of a rule in the site's `params.toml`, in place of those that it has there. A file in which they cannot be put
    /// without touching anything else stays as it is.
    pub fn keep(&self, rule: &str, own: &Table) -> Result<()> {
        let (site, library) = (self.site.as_deref().context("no folder of the site")?, self.now());
        let rule = library.rule(rule).with_context(|| format!("there is no rule `{rule}`"))?;
        let _one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let file = site.join("params.toml");
        let text = if file.exists() { commands::read(&file)? } else { String::new() };
        let edited = params_file::with(&text, rule, own);
        let (mut wanted, _) = site_params(&library, "params.toml", &text);
        wanted.insert(rule.name.clone(), Value::Table(own.clone()));
        let (now, faults) = site_params(&library, "params.toml", &edited);
        if now != wanted || !faults.is_empty() {
            bail!("{} has faults, or is not written by sections: edit it by hand", file.display());
        }
        replace(&file, &edited)
    }
}

/// Puts a text into the place of a file, whole or not at all.
fn replace(file: &Path, text: &str) -> Result<()> {
    let mut new = NamedTempFile::new_in(file.parent().unwrap_or(Path::new(".")))?;
    new.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(file) {
        new.as_file().set_permissions(old.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(file)?;
    Ok(())
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

    fn of(site: &Path) -> Kept {
        let (last, writing) = (Mutex::default(), Mutex::default());
        Kept { base: None, site: Some(site.to_owned()), last, writing }
    }

    #[test]
    fn a_changed_file_of_the_site_is_seen_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = of(folder.path());
        let rows = |library: &Library| library.knowledge("sex_diagnosis").expect("a table").rows.len();
        let before = kept.now();
        assert!(Arc::ptr_eq(&before, &kept.now()), "nothing changed");
        let table = folder.path().join("knowledge/sex_diagnosis");
        fs::create_dir_all(&table).expect("a folder");
        fs::write(table.join("rows.csv"), "code_prefix,sex,name\nZ99.8,女,本地增列\n").expect("rows");
        assert_eq!(rows(&kept.now()), rows(&before) + 1);
    }

    #[test]
    fn values_are_kept_in_the_file_of_the_site_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let (kept, file) = (of(folder.path()), folder.path().join("params.toml"));
        let own: Table = "days = 10".parse().expect("values");
        kept.keep("institution/readmission", &own).expect("kept");
        assert_eq!(
            kept.params().expect("read").expect("a folder")["institution/readmission"]["days"].as_integer(),
            Some(10)
        );
        let by_hand = "\"institution/readmission\" = { days = 12 }\n";
        fs::write(&file, by_hand).expect("written by hand");
        kept.keep("institution/readmission", &own).expect_err("not by sections");
        assert_eq!(fs::read_to_string(&file).expect("the file"), by_hand);
        let beyond: Table = "days = 99".parse().expect("values");
        kept.keep("institution/readmission", &beyond).expect_err("beyond the bounds");
    }
}
