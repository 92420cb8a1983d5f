//! Runs one person-scope rule over a few rows: a fixture of the library, a question of a supervisor, a test.

use crate::{
    claims::{LoadError, Needs, Tables},
    detector::Hit,
    finding::{self, Fetched},
    pass::{CompileError, Program, Window, Worker},
    rows::{self, RowError, TextTables},
    world::World,
};
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use mingcha_library::{
    Library, Rule,
    fixtures::{Outcome, Scenario, compare},
    param::{ParamError, ResolvedRule},
};
use mingcha_model::{Date, Finding};

/// Why a rule could not be run over rows.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The scenario's parameters are not allowed.
    #[error(transparent)]
    Params(#[from] ParamError),
    /// The rows cannot be read.
    #[error(transparent)]
    Rows(#[from] RowError),
    /// The rule cannot be run.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Compile(Vec<CompileError>),
    /// The tables cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Arrow refused the columns.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

/// The day as of which a fixture looks where it states none: after all that it tells.
pub const AS_OF: Date = Date(47_481);

/// What one person-scope rule finds in these rows, in the order of a run. A rule in SQL finds nothing here.
///
/// The rule is shown the columns that it declares and those that tie rows together, nothing else.
pub fn run_person(
    library: &Library,
    rule: &ResolvedRule,
    rows: &TextTables,
    as_of: Date,
) -> Result<Vec<Finding>, RunError> {
    let whole = rows::tables(rows)?;
    let program = Program::compile(library, [rule.clone()]).map_err(RunError::Compile)?;
    let declared = declared(&whole, program.needs())?;
    let world = World::load(&declared)?;
    let mut worker = Worker::new(&program, &world, Window { from: None, to: None, as_of });
    let claims = worker.load(&declared)?;
    let sink = worker.run(&claims, &|_| true);
    let fetched = fetch(&whole, &sink.hits)?;
    let mut findings = finding::findings(&worker, program.rules(), &claims, &sink.hits, &fetched);
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(findings)
}

/// What differs between what a scenario expects of a rule and what the rule finds, one sentence each; empty where all agree.
pub fn check(library: &Library, rule: &Rule, scenario: &Scenario) -> Vec<String> {
    outcome(library, rule, scenario).differences
}

/// The same with what the rule finds.
pub fn outcome(library: &Library, rule: &Rule, scenario: &Scenario) -> Outcome {
    let run = || {
        let resolved = rule.resolve_with(&scenario.params)?;
        run_person(library, &resolved, &scenario.completed(), scenario.as_of.unwrap_or(AS_OF))
    };
    let found = match run() {
        Ok(found) => found,
        Err(error) => return Outcome::failed(&error),
    };
    let mut differences = compare(&scenario.expected, &found);
    let open = found.iter().filter(|finding| finding.message.contains(['{', '}', '$']));
    differences.extend(open.map(|finding| format!("a placeholder is not filled: “{}”", finding.message)));
    Outcome { found, differences }
}

/// The tables with the declared columns only.
fn declared(whole: &Tables, needs: &Needs) -> Result<Tables, ArrowError> {
    let mut tables = Tables::default();
    for (name, columns) in needs.by_person().into_iter().chain(needs.reference()) {
        let batches =
            whole.of(name).iter().map(|batch| project(batch, &columns)).collect::<Result<_, _>>()?;
        tables.0.insert(name.to_owned(), batches);
    }
    Ok(tables)
}

fn project(batch: &RecordBatch, columns: &[String]) -> Result<RecordBatch, ArrowError> {
    let schema = batch.schema();
    let indices: Vec<usize> = columns.iter().filter_map(|column| schema.index_of(column).ok()).collect();
    batch.project(&indices)
}

/// The rows that hits name.
fn fetch(whole: &Tables, hits: &[Hit]) -> Result<Fetched, RunError> {
    let mut fetched = Fetched::default();
    for (source, rows) in finding::rows_of(hits) {
        fetched.add_held(source, &rows, whole, None)?;
    }
    Ok(fetched)
}
