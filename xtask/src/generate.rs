//! `cargo xtask generate`: pages that come from the source (tables, rules, coverage, procedures, policies) and the lock of the rules.

use crate::shell::root;
use anyhow::{Result, bail};
use mingcha_library::{Library, docs, lock};
use std::{collections::BTreeMap, fs, path::Path};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Change nothing; fail where a generated file is stale
    #[arg(long)]
    pub check: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let stale = stale(&wanted()?);
    if args.check {
        if !stale.is_empty() {
            bail!("stale: {}; run `cargo xtask generate`", stale.join(", "));
        }
        return Ok(());
    }
    for (path, text) in wanted()? {
        let file = root().join(&path);
        if stale.contains(&path) {
            println!("{path}");
            match text {
                Some(text) => {
                    fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
                    fs::write(file, text)?;
                }
                None => fs::remove_file(file)?,
            }
        }
    }
    Ok(())
}

/// Path to text; no text where the file must go.
type Files = BTreeMap<String, Option<String>>;

/// All generated files as they must be.
pub fn wanted() -> Result<Files> {
    let (library, diagnostics) = Library::load(&root().join("library"));
    if diagnostics.iter().any(|diagnostic| diagnostic.level == mingcha_model::Level::Error) {
        let all: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        bail!("the library has faults:\n{}", all.join("\n"));
    }
    let mut files: Files =
        docs::rule_pages(&library).into_iter().map(|(path, text)| (path, Some(text))).collect();
    files.insert("docs/detectors.md".to_owned(), Some(crate::detectors::page()?));
    files.insert("docs/policies.md".to_owned(), Some(policies()?));
    files.insert("docs/procedures.md".to_owned(), Some(procedures()?));
    files.insert("docs/tables.md".to_owned(), Some(docs::tables_page()));
    files.insert("library/rules.lock".to_owned(), Some(lock::fresh(&library)));
    for page in pages(&root().join("docs/rules"), "docs/rules")? {
        files.entry(page).or_insert(None);
    }
    Ok(files)
}

/// The page of who may see and do what; none is made of policies with faults.
fn policies() -> Result<String> {
    match mingcha_casework::Policies::embedded() {
        Ok(policies) => Ok(mingcha_casework::policy::policies_md(&policies)),
        Err(faults) => {
            let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
            bail!("the policies have faults:\n{}", all.join("\n"))
        }
    }
}

/// The page of the law's procedures; none is made of procedures with faults.
fn procedures() -> Result<String> {
    let (procedures, faults) = mingcha_casework::Procedures::embedded();
    if !faults.is_empty() {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        bail!("the procedures have faults:\n{}", all.join("\n"));
    }
    Ok(mingcha_casework::docs::procedures_md(&procedures))
}

fn pages(folder: &Path, name: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(found) };
    for entry in entries {
        let entry = entry?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            found.extend(pages(&entry.path(), &name)?);
        } else {
            found.push(name);
        }
    }
    Ok(found)
}

/// Which of the files on disk differ.
pub fn stale(wanted: &Files) -> Vec<String> {
    let differs = |(path, text): (&String, &Option<String>)| {
        let have = fs::read_to_string(root().join(path)).ok();
        (have != *text).then(|| path.clone())
    };
    wanted.iter().filter_map(differs).collect()
}
