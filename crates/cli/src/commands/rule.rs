//! `mingcha rule`: the method library, for those who write and those who read rules.

mod effect;
mod feedback;
mod lint;

use super::{LibraryArg, refuse_errors};
use crate::{
    exit::{Faulty, Unusable},
    out,
};
use anyhow::{Context, Result};
use mingcha_library::{
    Library, Method, Rule, docs,
    fixtures::{Outcome, Scenario},
};
use serde_json::json;
use std::{fs, path::PathBuf};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// All rules
    List {
        #[command(flatten)]
        library: LibraryArg,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// One rule as a page
    Show {
        /// Its id or name
        rule: String,
        #[command(flatten)]
        library: LibraryArg,
    },
    /// Run the fixtures of rules
    Test {
        /// Ids, names or beginnings of names; all where absent
        rules: Vec<String>,
        #[command(flatten)]
        library: LibraryArg,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Check all rules, knowledge tables, fixtures and the lock: all faults at once
    Lint {
        #[command(flatten)]
        library: LibraryArg,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a page for each rule, the index and the coverage of the negative list
    Docs {
        #[command(flatten)]
        library: LibraryArg,
        /// Folder for the pages
        #[arg(long)]
        out: PathBuf,
    },
    /// The detectors that a rule can use: what each looks for, its settings, and the values of its messages
    Detectors {
        /// One of them; all where absent
        name: Option<String>,
    },
    /// Try other values of a rule's parameters on the lake: what comes and goes; nothing is written
    Effect(effect::Args),
    /// What checking found of each version of each rule: confirmed, refuted, unclear, money
    Feedback(feedback::Args),
    /// Begin a new rule in a library folder or a site's folder
    New {
        /// Chapter and name: `institution/my-rule`
        name: String,
        /// The folder
        #[arg(long)]
        folder: PathBuf,
        /// The letters of its id
        #[arg(long, default_value = "LC")]
        letters: String,
    },
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    match &args.what {
        What::List { library, json } => list(&library.load_sound()?, *json),
        What::Show { rule, library } => show(&library.load_sound()?, rule),
        What::Test { rules, library, json } => test(library, rules, *json),
        What::Lint { library, json } => lint::run(library, *json),
        What::Docs { library, out } => pages(&library.load_sound()?, out),
        What::Detectors { name } => detectors(name.as_deref()),
        What::Effect(args) => effect::run(args),
        What::Feedback(args) => feedback::run(args),
        What::New { name, folder, letters } => new(name, folder, letters),
    }
}

fn words<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn method(rule: &Rule) -> &str {
    match &rule.method {
        Method::Detector { name, .. } => name,
        Method::Sql { .. } => "sql",
    }
}

fn list(library: &Library, json: bool) -> Result<()> {
    if json {
        let rules: Vec<_> = library
            .rules
            .iter()
            .map(|rule| {
                json!({
                    "id": rule.id, "name": rule.name, "title": rule.title, "version": rule.version, "status": rule.status,
                    "kind": rule.kind, "severity": rule.severity, "scope": rule.scope, "method": method(rule), "covers": rule.covers,
                })
            })
            .collect();
        return out::json(&rules);
    }
    let mut table = out::Table::new(&["id", "name", "title", "kind", "severity", "status", "method"]);
    for rule in &library.rules {
        table.row(vec![
            rule.id.clone(),
            rule.name.clone(),
            rule.title.clone(),
            rule.kind.label().to_owned(),
            rule.severity.to_string(),
            words(&rule.status),
            method(rule).to_owned(),
        ]);
    }
    table.print()
}

fn show(library: &Library, name: &str) -> Result<()> {
    let rule = library
        .rule(name)
        .ok_or_else(|| Unusable(format!("there is no rule `{name}`: see `mingcha rule list`")))?;
    let pages = docs::rule_pages(library);
    let page = pages.get(&format!("docs/rules/{}.md", rule.name)).context("every rule has a page")?;
    out::line(page.trim_end())
}

/// The generated page of all detectors.
const DETECTORS: &str = include_str!("../../../../docs/detectors.md");

/// The section of a detector, its name on the first line.
fn section(name: &str) -> Option<&'static str> {
    DETECTORS.split("\n## ").skip(1).find(|section| section.lines().next() == Some(name))
}

/// The generated page, or one section of it.
fn detectors(name: Option<&str>) -> Result<()> {
    let Some(name) = name else { return out::line(DETECTORS.trim_end()) };
    let section = section(name).ok_or_else(|| {
        Unusable(format!(
            "there is no detector `{name}`; there are {}",
            mingcha_detect::detectors::NAMES.join(", ")
        ))
    })?;
    out::line(&format!("## {}", section.trim_end()))
}

/// Runs one fixture of a rule, whatever its method.
pub fn outcome(library: &Library, rule: &Rule, scenario: &Scenario) -> Outcome {
    match &rule.method {
        Method::Detector { .. } => mingcha_detect::fixture::outcome(library, rule, scenario),
        Method::Sql { .. } => mingcha_engine::sql::fixture::outcome(library, rule, scenario),
    }
}

/// Runs the fixtures of the rules named.
fn test(given: &LibraryArg, names: &[String], json: bool) -> Result<()> {
    let library = &given.load_sound()?;
    let named = |rule: &&Rule| {
        names.is_empty() || names.iter().any(|name| rule.id == *name || rule.name.starts_with(name.as_str()))
    };
    let rules: Vec<&Rule> = library.rules.iter().filter(named).collect();
    if rules.is_empty() {
        return Err(
            Unusable(format!("there is no rule `{}`: see `mingcha rule list`", names.join(" "))).into()
        );
    }
    let (mut results, mut passed, mut failed) = (Vec::new(), 0, 0);
    let unfit: Vec<_> = lint::unfit(library)
        .into_iter()
        .filter(|fault| rules.iter().any(|rule| fault.file == format!("rules/{}/rule.toml", rule.name)))
        .collect();
    refuse_errors(&given.placed(unfit))?;
    for rule in rules {
        let (scenarios, diagnostics) = library.scenarios(rule);
        refuse_errors(&given.placed(diagnostics))?;
        for scenario in scenarios {
            let differences = outcome(library, rule, &scenario).differences;
            if differences.is_empty() {
                passed += 1;
            } else {
                failed += 1;
            }
            results.push((rule.name.clone(), scenario.title.clone(), scenario.line, differences));
        }
    }
    if json {
        let all: Vec<_> = results
            .iter()
            .map(|(rule, title, line, differences)| json!({ "rule": rule, "scenario": title, "line": line, "differences": differences }))
            .collect();
        out::json(&all)?;
    } else {
        for (rule, title, line, differences) in &results {
            out::line(&format!(
                "{} {rule}: {title}",
                if differences.is_empty() { "ok    " } else { "FAILED" }
            ))?;
            for difference in differences {
                out::line(&format!("       tests.md:{line}: {difference}"))?;
            }
        }
        out::line(&format!("{} passed, {failed} failed", out::count(passed as u64, "scenario")))?;
    }
    if failed > 0 {
        Err(Faulty(format!("{} failed", out::count(failed as u64, "scenario"))).into())
    } else {
        Ok(())
    }
}

fn pages(library: &Library, folder: &std::path::Path) -> Result<()> {
    for (path, text) in docs::rule_pages(library) {
        let file = folder.join(path.strip_prefix("docs/").unwrap_or(&path));
        fs::create_dir_all(file.parent().unwrap_or(folder)).with_context(|| folder.display().to_string())?;
        fs::write(&file, text).with_context(|| file.display().to_string())?;
    }
    out::line(&folder.display().to_string())
}

fn new(name: &str, folder: &std::path::Path, letters: &str) -> Result<()> {
    let (chapter, name) = name.split_once('/').ok_or_else(|| {
        Unusable("name the rule as `<chapter>/<name>`, such as `institution/my-rule`".to_owned())
    })?;
    let (built_in, _) = Library::embedded();
    if let Some(rule) = built_in.rule(&format!("{chapter}/{name}")) {
        return Err(Unusable(format!(
            "`{}` is the name of the built-in rule {}: take another name; a rule that shall replace it keeps its id and carries a version above {}",
            rule.name, rule.id, rule.version
        ))
        .into());
    }
    let paths = mingcha_library::scaffold::scaffold(folder, letters, chapter, name)
        .map_err(|error| Unusable(error.to_string()))?;
    for path in paths {
        out::line(&folder.join(path).display().to_string())?;
    }
    Ok(())
}
