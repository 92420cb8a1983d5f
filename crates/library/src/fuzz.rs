//! Entry points for fuzzing: any bytes in, no panic, bounded work.

use crate::{Library, fixtures, lock, param};
use std::borrow::Cow;

fn library(files: &[(&str, &str)]) -> Library {
    let files = files.iter().map(|&(path, text)| (path.to_owned(), Cow::Owned(text.to_owned())));
    Library::from_files(files.collect(), Vec::new()).0
}

/// Reads bytes as a rule with an SQL file and a fixture made of the same bytes, as its lock and as a site's parameters.
pub fn fuzz_rule(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let folder = "rules/institution/any";
    let (rule, sql, tests) =
        (format!("{folder}/rule.toml"), format!("{folder}/rule.sql"), format!("{folder}/tests.md"));
    let library = library(&[
        (&rule, &text),
        (&sql, &text),
        (&tests, &text),
        ("coverage.toml", &text),
        ("rules.lock", &text),
    ]);
    for rule in &library.rules {
        let _ = rule.resolve(&toml::Table::new());
    }
    let _ = library.lint();
    let _ = library.written();
    let _ = lock::update(&library);
    let _ = param::site_params(&library, "params.toml", &text);
    let _ = Library::from_archive(bytes);
}

/// Reads bytes as a knowledge table's declaration and, after the first line `---`, its rows.
pub fn fuzz_knowledge(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (declaration, rows) = text.split_once("---\n").unwrap_or((&text, &text));
    library(&[("knowledge/any/table.toml", declaration), ("knowledge/any/rows.csv", rows)]);
}

/// Reads bytes as fixtures and completes every scenario.
pub fn fuzz_fixtures(bytes: &[u8]) {
    let (scenarios, _) = fixtures::parse(&String::from_utf8_lossy(bytes));
    for scenario in scenarios {
        let _ = scenario.completed();
    }
}
