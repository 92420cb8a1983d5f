//! `mingcha rule lint`: every fault of rules, knowledge, fixtures and the lock at once, and what keeps a rule's detector from running.

use crate::{
    commands::{LibraryArg, refuse_errors},
    exit::Faulty,
    out,
};
use anyhow::Result;
use mingcha_detect::{detectors, finding::STANDARD, pass, settings};
use mingcha_engine::{EngineError, sql::Population};
use mingcha_library::{Library, Rule, Written, message};
use mingcha_model::{
    Diagnostic, Level,
    source::{fault, shown},
};
use std::cell::LazyCell;

/// The command.
pub fn run(given: &LibraryArg, json: bool) -> Result<()> {
    let (library, mut diagnostics) = given.load();
    diagnostics.extend(given.placed(library.lint()));
    diagnostics.extend(given.placed(unfit(&library)));
    diagnostics.extend(given.site_params(&library)?.1);
    diagnostics.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
    if json {
        out::json(&diagnostics)?;
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count();
        return if errors > 0 { Err(Faulty(out::count(errors as u64, "fault")).into()) } else { Ok(()) };
    }
    refuse_errors(&diagnostics)?;
    out::line(&format!(
        "{}, {}: no faults (`mingcha rule test` runs the fixtures)",
        out::count(library.rules.len() as u64, "rule"),
        out::count(library.knowledge.len() as u64, "knowledge table")
    ))
}

/// What keeps rules from running or from saying what they saw, told of rules with other faults too.
pub fn unfit(library: &Library) -> Vec<Diagnostic> {
    let planner = LazyCell::new(Population::empty);
    let all = library.written().into_iter().flat_map(|rule| match &rule.sql {
        Some(sql) => of_sql(library, &rule, sql, &planner),
        None => faults(library, &rule),
    });
    all.collect()
}

/// The placeholders that no column of a rule's SELECT fills, or why its columns are not known.
fn of_sql(
    library: &Library,
    written: &Written,
    rule: &Rule,
    planner: &Result<Population, EngineError>,
) -> Vec<Diagnostic> {
    let known = planner.as_ref().map_err(ToString::to_string);
    let known =
        known.and_then(|planner| planner.placeholders(library, rule).map_err(|error| error.to_string()));
    match known {
        Ok(names) => unfilled(written, names.iter().map(String::as_str).collect()),
        Err(reason) => vec![fault(&format!("rules/{}/rule.sql", rule.name), 0, "", reason)],
    }
}

fn faults(library: &Library, rule: &Written) -> Vec<Diagnostic> {
    let name = rule.detector.as_str();
    if !detectors::NAMES.contains(&name) {
        let fault = at(rule, "detector", format!("there is no detector `{}`", shown(name)));
        let known = detectors::NAMES.join(", ");
        return vec![fault.hint(format!("detectors: {known}; `mingcha rule detectors` says what each sees"))];
    }
    let flaws = settings::flaws(name, &rule.settings, &rule.open, library);
    let mut faults: Vec<Diagnostic> = flaws.iter().map(|flaw| setting(rule, flaw)).collect();
    if let Ok(detector) = detectors::build(name, &rule.settings, library)
        && let Some(message) = pass::undeclared(&rule.reads, &*detector)
    {
        faults.push(at(rule, "reads", message).hint("add it to `reads`"));
    }
    faults.extend(unfilled(rule, values(name).chain(STANDARD).collect()));
    faults
}

/// A fault at a key of the rule.
fn at(rule: &Written, key: &str, message: String) -> Diagnostic {
    fault(&rule.file, rule.line(key), key, message)
}

/// A flaw of the settings, on the line of its setting, or of all of them where it is none alone.
fn setting(rule: &Written, flaw: &settings::Flaw) -> Diagnostic {
    let key = flaw.key.as_ref().map_or_else(|| "settings".to_owned(), |key| format!("settings.{key}"));
    let lines = [key.as_str(), "settings", "detector"].map(|key| rule.line(key));
    let line = lines.into_iter().find(|&line| line > 0).unwrap_or(0);
    let hint = format!("`mingcha rule detectors {}` shows its settings", rule.detector);
    fault(&rule.file, line, &shown(&key), flaw.message.as_str()).hint(hint)
}

/// The placeholders of the message that neither what the rule's findings know nor a parameter fills.
fn unfilled<'a>(rule: &'a Written, mut known: Vec<&'a str>) -> Vec<Diagnostic> {
    known.extend(rule.params.iter().map(String::as_str));
    // A message whose braces do not fit is told by loading.
    let names = message::placeholders(&rule.message).unwrap_or_default();
    let unknown = names.into_iter().filter(|name| !known.contains(name));
    unknown
        .map(|name| {
            let fault = at(rule, "message", format!("nothing fills `{{{}}}`", shown(name)));
            fault.hint(format!("known here: {}", known.join(", ")))
        })
        .collect()
}

/// The values that a detector says of its findings, as its page lists them.
fn values(detector: &str) -> impl Iterator<Item = &'static str> {
    let lines = super::section(detector).unwrap_or_default().lines();
    let listed = lines.filter_map(|line| line.strip_prefix("Values for the message: "));
    listed.flat_map(|line| line.split('`').skip(1).step_by(2))
}
