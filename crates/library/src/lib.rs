//! The method library: rule folders and knowledge tables into checked values; lock, pages, coverage. Reads files, knows no data.

mod check;
pub mod coverage;
mod csv;
pub mod docs;
pub mod files;
pub mod fixtures;
pub mod fuzz;
pub mod knowledge;
mod lint;
pub mod lock;
pub mod message;
pub mod overlay;
pub mod param;
pub mod params_file;
mod reader;
pub mod rule;
pub mod rule_file;
pub mod scaffold;
mod sql;
pub mod table_file;
pub mod written;

pub use files::{ArchiveError, Files};
pub use knowledge::{Knowledge, KnowledgeRow};
pub use param::{ParamError, ResolvedRule, site_params};
pub use rule::{Method, Param, Rule, Stage, Status};
pub use written::Written;

use mingcha_model::{Diagnostic, Level};
use std::{collections::BTreeSet, path::Path};

/// All rules and knowledge tables of one version of the library.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Rules, sorted by name. A rule with an error is left out.
    pub rules: Vec<Rule>,
    /// Knowledge tables, sorted by name. A table with an error is left out.
    pub knowledge: Vec<Knowledge>,
    /// Key fields that rules may cover, in the order of `coverage.toml`.
    pub fields: Vec<coverage::Field>,
    /// SM3 over all files of the library, in hexadecimal: the version that a run pins.
    pub digest: String,
    /// The files that all of it was read from.
    pub files: Files,
}

impl Library {
    /// Reads a library folder: `rules/<chapter>/<rule>/`, `knowledge/<table>/`, `coverage.toml`, `rules.lock`.
    ///
    /// All faults come back at once; what has none can be used.
    pub fn load(folder: &Path) -> (Self, Vec<Diagnostic>) {
        let mut out = Vec::new();
        let files = Files::read(folder, &mut out);
        Self::from_files(files, out)
    }

    /// The library that was compiled into the binary.
    pub fn embedded() -> (Self, Vec<Diagnostic>) {
        Self::from_files(Files::embedded(), Vec::new())
    }

    /// Reads what [`Library::to_archive`] wrote, so that a run can be proved with the version it used.
    pub fn from_archive(bytes: &[u8]) -> Result<(Self, Vec<Diagnostic>), ArchiveError> {
        Ok(Self::from_files(Files::from_archive(bytes)?, Vec::new()))
    }

    /// All files as one text that is the same for the same files.
    pub fn to_archive(&self) -> Vec<u8> {
        self.files.to_archive()
    }

    /// Reads a library from its files; `out` holds what was found before.
    pub fn from_files(files: Files, mut out: Vec<Diagnostic>) -> (Self, Vec<Diagnostic>) {
        let names = folders(&files, "knowledge/", 1);
        let mut knowledge: Vec<Knowledge> =
            names.iter().filter_map(|name| table_file::read(name, &files, &mut out)).collect();
        let fields = coverage::read(&files, &mut out);
        let known = coverage::Known::new(&fields, &knowledge);
        let parsed: Vec<_> = folders(&files, "rules/", 2)
            .iter()
            .filter_map(|name| rule_file::read(name, &files, &mut out))
            .collect();
        check::check(&parsed, &names, &known, &files, &mut out);
        let bad: BTreeSet<&str> = out
            .iter()
            .filter(|fault| fault.level == Level::Error)
            .filter_map(|fault| folder_of(&fault.file))
            .collect();
        knowledge.retain(|table| !bad.contains(format!("knowledge/{}", table.name).as_str()));
        let rules = parsed.into_iter().filter(|parsed| {
            parsed.complete && folder_of(&parsed.file).is_none_or(|folder| !bad.contains(folder))
        });
        let rules: Vec<Rule> = rules.map(|parsed| parsed.rule).collect();
        let out = told(out);
        let digest = files.digest();
        (Self { rules, knowledge, fields, digest, files }, out)
    }

    /// The rule of that name (`chapter/name`) or id.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == name || rule.id == name)
    }

    /// The knowledge table of that name.
    pub fn knowledge(&self, name: &str) -> Option<&Knowledge> {
        self.knowledge.iter().find(|table| table.name == name)
    }

    /// The text of a rule's fixtures.
    pub fn fixtures(&self, rule: &Rule) -> Option<&str> {
        self.files.get(&format!("rules/{}/tests.md", rule.name))
    }
}

/// Faults of one file beyond this many are counted, not told.
const MOST_FAULTS: usize = 200;

/// The faults sorted by file and line, each file's bounded.
fn told(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    faults.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
    let bounded = faults.chunk_by(|a, b| a.file == b.file).flat_map(|group| {
        let more = group.len().saturating_sub(MOST_FAULTS);
        let rest = (more > 0)
            .then(|| Diagnostic::author(&group[0].file, 0, format!("{more} more faults in this file")));
        group.iter().take(MOST_FAULTS).cloned().chain(rest)
    });
    bounded.collect()
}

/// The folders under `root` that hold files, each of `depth` parts.
fn folders(files: &Files, root: &str, depth: usize) -> BTreeSet<String> {
    let folder = |(path, _): (&str, &str)| {
        let parts: Vec<&str> = path.strip_prefix(root)?.split('/').collect();
        (parts.len() == depth + 1).then(|| parts[..depth].join("/"))
    };
    files.iter().filter_map(folder).collect()
}

/// The rule or knowledge folder that a file lies in.
fn folder_of(path: &str) -> Option<&str> {
    (path.starts_with("rules/") || path.starts_with("knowledge/"))
        .then(|| path.rsplit_once('/').map(|(folder, _)| folder))?
}
