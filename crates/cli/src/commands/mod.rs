//! One file a command.

pub mod audit;
pub mod clues;
pub mod import;
pub mod lake;
pub mod profile;
pub mod report;
pub mod rule;
pub mod screen;
pub mod serve;
pub mod synth;
pub mod user;
pub mod vault;
pub mod verify;

use crate::{exit::Faulty, out};
use anyhow::Result;
use mingcha_lake::{Lake, LakeError};
use mingcha_library::Library;
use mingcha_model::{Diagnostic, Level};
use std::path::{Path, PathBuf};

/// Where the lake is.
#[derive(clap::Args, Clone, Debug)]
pub struct LakeArg {
    /// Folder of the lake
    #[arg(long, env = "MINGCHA_LAKE", default_value = "mingcha-lake")]
    pub lake: PathBuf,
}

impl LakeArg {
    /// Opens it.
    pub fn open(&self) -> Result<Lake> {
        Ok(Lake::open(&self.lake)?)
    }

    /// Opens it, or makes it where there is none or where a kill left one half made.
    pub fn open_or_create(&self) -> Result<Lake> {
        match Lake::open(&self.lake) {
            Err(LakeError::NoLake(_)) => Ok(Lake::create(&self.lake)?),
            opened => Ok(opened?),
        }
    }
}

/// Which rules there are.
#[derive(clap::Args, Clone, Debug)]
pub struct LibraryArg {
    /// Folder of a library in place of the built-in one
    #[arg(long, env = "MINGCHA_LIBRARY")]
    pub library: Option<PathBuf>,
    /// Folder of a site's own rules, knowledge and `params.toml` on top
    #[arg(long, env = "MINGCHA_SITE")]
    pub site: Option<PathBuf>,
}

impl LibraryArg {
    /// Loads it; faults are told, errors are the caller's to judge.
    pub fn load(&self) -> (Library, Vec<Diagnostic>) {
        let (base, diagnostics) = match &self.library {
            Some(folder) => Library::load(folder),
            None => Library::embedded(),
        };
        let mut diagnostics = in_folder(self.library.as_deref(), diagnostics);
        let Some(site) = &self.site else { return (base, diagnostics) };
        if !site.is_dir() {
            let message = format!("there is no site folder `{}`", site.display());
            diagnostics.push(Diagnostic::author(site.to_string_lossy(), 0, message));
            return (base, diagnostics);
        }
        let (library, more) = Library::load_over(&base, site);
        diagnostics.extend(self.placed(more));
        (library, diagnostics)
    }

    /// Faults of what was loaded, their files named as they lie on disk: in the site's folder where that has the rule or the
    /// table, else in the library's.
    pub fn placed(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Some(site) = self.site.as_deref() else { return in_folder(self.library.as_deref(), faults) };
        let of_site = |fault: &Diagnostic| match Path::new(&fault.file).parent() {
            Some(folder) if folder.starts_with("rules") => site.join(folder).is_dir(),
            _ => site.join(&fault.file).exists(),
        };
        let (own, others) = faults.into_iter().partition(of_site);
        [in_folder(Some(site), own), in_folder(self.library.as_deref(), others)].concat()
    }

    /// Loads it and refuses one with errors.
    pub fn load_sound(&self) -> Result<Library> {
        let (library, diagnostics) = self.load();
        refuse_errors(&diagnostics)?;
        Ok(library)
    }

    /// The site's parameters; refuses those with faults.
    pub fn params(&self, library: &Library) -> Result<toml::Table> {
        let (params, diagnostics) = self.site_params(library)?;
        refuse_errors(&diagnostics)?;
        Ok(params)
    }

    /// The site's parameters and what is wrong with them.
    pub fn site_params(&self, library: &Library) -> Result<(toml::Table, Vec<Diagnostic>)> {
        let file = self.site.as_ref().map(|site| site.join("params.toml")).filter(|file| file.exists());
        let Some(file) = file else { return Ok((toml::Table::new(), Vec::new())) };
        Ok(mingcha_library::site_params(library, &file.to_string_lossy(), &read(&file)?))
    }
}

/// Faults with the folder, as it was named, before their file; as they are where none was named.
fn in_folder(folder: Option<&Path>, mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let Some(folder) = folder else { return faults };
    for fault in &mut faults {
        let file = if fault.file.is_empty() { folder.to_owned() } else { folder.join(&fault.file) };
        fault.file = file.display().to_string();
    }
    faults
}

/// Reads a text file, with its name in the error.
pub fn read(path: &Path) -> Result<String> {
    use anyhow::Context;
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// Tells all faults; fails where one is an error.
pub fn refuse_errors(diagnostics: &[Diagnostic]) -> Result<()> {
    diagnostics.iter().for_each(|diagnostic| out::tell(&diagnostic.to_string()));
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count();
    if errors > 0 {
        return Err(Faulty(format!("{}, told above", out::count(errors as u64, "fault"))).into());
    }
    Ok(())
}

/// How many buckets to work on at once.
pub fn threads(given: Option<usize>) -> usize {
    given.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get)).max(1)
}
