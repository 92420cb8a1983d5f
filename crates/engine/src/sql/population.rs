//! The live rows of a snapshot, and what one rule sees of them: the session that a rule's SELECT runs in.

use super::{answer, author, evidence, finding, groups, live, steps};
use crate::{EngineError, Result};
use datafusion::{
    arrow::{
        array::{ArrayRef, Date32Array, RecordBatch, StringArray},
        datatypes::{DataType, Field, Schema},
    },
    datasource::{MemTable, TableProvider},
    error::DataFusionError,
    prelude::{SessionContext, col},
};
use mingcha_detect::Window;
use mingcha_lake::Snapshot;
use mingcha_library::{Knowledge, Library, Method, ResolvedRule, Rule};
use mingcha_model::{Counting, Date, Finding, table};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tokio::runtime::Runtime;

/// Live rows of all tables on one day, ready for any number of rules.
pub struct Population {
    /// Where the rows come from, where that is a lake.
    snapshot: Option<Snapshot>,
    pub(super) runtime: Runtime,
    raw: SessionContext,
    views: BTreeMap<&'static str, Arc<dyn TableProvider>>,
    places: finding::Places,
    as_of: Date,
}

impl Population {
    /// Takes a session in which the tables are registered under their names, all rows of them; absent tables are empty.
    pub fn open(tables: &SessionContext, as_of: Date) -> Result<Self> {
        Self::read(tables, as_of).map_err(|error| failed("-", &error))
    }

    /// The rows of a version of the lake; a file of it that is damaged is named.
    pub fn over(snapshot: &Snapshot, as_of: Date) -> Result<Self> {
        let session = snapshot.session(None)?;
        let opened = Self::read(session.context(), as_of);
        let opened = opened.map_err(|error| told("-", &error, Some(snapshot)))?;
        Ok(Self { snapshot: Some(snapshot.clone()), ..opened })
    }

    fn read(tables: &SessionContext, as_of: Date) -> datafusion::common::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let raw = fresh(tables);
        let (views, places) = runtime.block_on(async {
            for table in table::tables() {
                if tables.table_exist(table.name)? {
                    raw.register_table(table.name, tables.table_provider(table.name).await?)?;
                }
            }
            live::complete(&raw)?;
            live::bury(&raw, as_of).await?;
            let mut views = BTreeMap::new();
            for table in table::tables() {
                views.insert(table.name, live::view(&raw, table.name, as_of).await?);
            }
            let places = finding::Places::read(&raw).await?;
            Ok::<_, DataFusionError>((views, places))
        })?;
        Ok(Self { snapshot: None, runtime, raw, views, places, as_of })
    }

    /// What one rule sees, in the order of findings.
    ///
    /// `window.as_of` must be the day that the population was opened for.
    pub fn screen(&self, library: &Library, resolved: &ResolvedRule, window: Window) -> Result<Vec<Finding>> {
        debug_assert_eq!(self.as_of, window.as_of);
        let rule = &resolved.rule;
        if !matches!(rule.amount, Counting::None | Counting::SettlementFund) {
            return Err(author(&rule.name, "a rule in SQL counts `none` or `settlement_fund`"));
        }
        let batches = self.answer(library, rule)?;
        let mut rows = answer::read(&rule.name, &batches)?;
        if rows.iter().any(answer::Row::is_pair) {
            rows = groups::merge(rows);
        }
        rows.retain(|row| looked_at(rule, window, row));
        let fetched = self
            .runtime
            .block_on(evidence::fetch(&self.raw, &self.views, &rows))
            .map_err(|error| self.failed(&rule.name, &error))?;
        let mut findings = rows
            .iter()
            .map(|row| finding::finding(resolved, &self.places, row, &fetched))
            .collect::<Result<Vec<_>>>()?;
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        Ok(findings)
    }

    /// The rows that a rule's SELECT answers with.
    pub(super) fn answer(&self, library: &Library, rule: &Rule) -> Result<Vec<RecordBatch>> {
        let Method::Sql { text } = &rule.method else {
            return Err(author(&rule.name, "it has a detector, not SQL"));
        };
        let answer = async {
            let session = self.session(library, rule)?;
            steps::run(&session, text).await
        };
        self.runtime.block_on(answer).map_err(|error| self.failed(&rule.name, &error))
    }

    fn failed(&self, rule: &str, error: &DataFusionError) -> EngineError {
        told(rule, error, self.snapshot.as_ref())
    }

    /// A session in which a rule finds what it declares and nothing else.
    pub(super) fn session(
        &self,
        library: &Library,
        rule: &Rule,
    ) -> datafusion::common::Result<SessionContext> {
        let session = fresh(&self.raw);
        let names: BTreeSet<&str> =
            rule.reads.iter().filter_map(|read| read.split_once('.')).map(|read| read.0).collect();
        for name in names {
            let Some(view) = self.views.get(name) else { continue };
            let columns = view.schema();
            let declared = columns.fields().iter().filter(|field| rule.reads_column(name, field.name()));
            let declared: Vec<_> = declared.map(|field| col(format!("\"{}\"", field.name()))).collect();
            let seen = session.read_table(Arc::clone(view))?.select(declared)?.into_view();
            session.register_table(name, seen)?;
        }
        for name in &rule.knowledge {
            if let Some(knowledge) = library.knowledge(name) {
                session.register_table(format!("knowledge_{name}"), Arc::new(rows(knowledge)?))?;
            }
        }
        Ok(session)
    }
}

/// An empty session with the same settings and memory.
fn fresh(like: &SessionContext) -> SessionContext {
    SessionContext::new_with_config_rt(
        like.copied_config().with_information_schema(false),
        like.runtime_env(),
    )
}

/// A knowledge table as texts, with its days.
fn rows(knowledge: &Knowledge) -> datafusion::common::Result<MemTable> {
    let mut fields: Vec<Field> =
        knowledge.columns.iter().map(|column| Field::new(column, DataType::Utf8, true)).collect();
    let mut columns: Vec<ArrayRef> = (0..knowledge.columns.len())
        .map(|at| {
            let values =
                knowledge.rows.iter().map(|row| Some(row.values[at].as_str()).filter(|v| !v.is_empty()));
            Arc::new(values.collect::<StringArray>()) as ArrayRef
        })
        .collect();
    for (name, day) in [("begndate", true), ("enddate", false)] {
        let days = knowledge.rows.iter().map(|row| if day { row.begin } else { row.end }.map(|date| date.0));
        fields.push(Field::new(name, DataType::Date32, true));
        columns.push(Arc::new(days.collect::<Date32Array>()));
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns)?;
    MemTable::try_new(schema, vec![vec![batch]])
}

/// Whether the days of a row touch those for which the rule holds and the run looks.
fn looked_at(rule: &Rule, window: Window, row: &answer::Row) -> bool {
    let begins = [Some(rule.effective), window.from].into_iter().flatten().all(|first| row.end >= first);
    let ends = [rule.expires, window.to].into_iter().flatten().all(|last| row.begin <= last);
    begins && ends
}

/// The damaged file of the lake that a query met, or what its author can do.
fn told(rule: &str, error: &DataFusionError, snapshot: Option<&Snapshot>) -> EngineError {
    let culprit = snapshot.and_then(|snapshot| snapshot.culprit(error));
    culprit.map_or_else(|| failed(rule, error), EngineError::from)
}

pub(super) fn failed(rule: &str, error: &DataFusionError) -> EngineError {
    let reason = error.strip_backtrace();
    let hint = match error.find_root() {
        DataFusionError::SchemaError(..) | DataFusionError::Plan(_) => {
            "; a rule sees only the tables and columns that its `reads` and `knowledge` declare"
        }
        _ => "",
    };
    author(rule, format!("{reason}{hint}"))
}
