//! Runs the fixtures of a rule in SQL: rows as texts in, what differs from the expected findings out.

use super::Population;
use crate::Result;
use datafusion::{datasource::MemTable, prelude::SessionContext};
use mingcha_detect::{
    Tables, Window,
    fixture::AS_OF,
    rows::{self, TextTables},
};
use mingcha_library::{
    Library, ResolvedRule, Rule,
    fixtures::{Outcome, Scenario, compare},
};
use mingcha_model::{Date, Finding};
use std::sync::Arc;

/// What a rule sees in rows written as texts, all of them looked at as of a day.
pub fn run(
    library: &Library,
    resolved: &ResolvedRule,
    rows: &TextTables,
    as_of: Date,
) -> Result<Vec<Finding>> {
    let tables = rows::tables(rows).map_err(|error| super::author(&resolved.rule.name, error.to_string()))?;
    let session =
        session(&tables).map_err(|error| super::author(&resolved.rule.name, error.strip_backtrace()))?;
    let window = Window { from: None, to: None, as_of };
    Population::open(&session, as_of)?.screen(library, resolved, window)
}

/// A session over tables in memory.
pub fn session(tables: &Tables) -> datafusion::common::Result<SessionContext> {
    let session = SessionContext::new();
    for (name, batches) in &tables.0 {
        if let Some(schema) = batches.first().map(arrow_array::RecordBatch::schema) {
            session
                .register_table(name.as_str(), Arc::new(MemTable::try_new(schema, vec![batches.clone()])?))?;
        }
    }
    Ok(session)
}

/// What differs between a scenario's expectations and what the rule saw, one sentence each.
pub fn check(library: &Library, rule: &Rule, scenario: &Scenario) -> Vec<String> {
    outcome(library, rule, scenario).differences
}

/// The same with what the rule saw.
pub fn outcome(library: &Library, rule: &Rule, scenario: &Scenario) -> Outcome {
    let resolved = match rule.resolve_with(&scenario.params) {
        Ok(resolved) => resolved,
        Err(error) => return Outcome::failed(&error),
    };
    match run(library, &resolved, &scenario.completed(), scenario.as_of.unwrap_or(AS_OF)) {
        Ok(found) => Outcome { differences: compare(&scenario.expected, &found), found },
        Err(error) => Outcome::failed(&error),
    }
}
