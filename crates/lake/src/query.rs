//! SQL over one version of the lake: read-only, and blind to everything outside it.

use crate::{
    Lake, LakeError, Result, Snapshot,
    delta::runtime,
    layout::{Layout, layout, layouts},
    manifest::FileEntry,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use datafusion::{
    catalog::TableProvider,
    datasource::{
        MemTable,
        file_format::parquet::ParquetFormat,
        listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl},
    },
    error::DataFusionError,
    execution::runtime_env::RuntimeEnvBuilder,
    logical_expr::SortExpr,
    prelude::{SQLOptions, SessionConfig, SessionContext, col},
};
use futures::StreamExt;
use std::{path::Path, sync::Arc, time::Duration};
use tokio::{runtime::Runtime, time::timeout};
use url::Url;

/// Memory that a query may hold before it spills to the system's temporary folder.
const QUERY_BYTES: usize = 1 << 30;

/// Tables and the columns of each that a session may see.
pub type Reads<'a> = &'a [(&'a str, &'a [&'a str])];

/// A place to ask questions in SQL: each table of the lake by its name, exactly as one version has it.
pub struct Session {
    context: SessionContext,
    runtime: Runtime,
    snapshot: Snapshot,
    limit: Option<Duration>,
}

impl Snapshot {
    /// A session over this version; where tables and columns are named, it knows nothing else.
    ///
    /// Texts are `Utf8View`. Tables that hold nothing yet are empty, not missing.
    pub fn session(&self, tables: Option<Reads<'_>>) -> Result<Session> {
        self.open(tables, SessionConfig::new().with_information_schema(true), None)
    }

    /// The same for questions about few of many rows, each of which ends in [`LakeError::TooLong`] after `limit`: columns that only the
    /// rows found need are decoded for those alone.
    pub fn seeking(&self, tables: Reads<'_>, limit: Duration) -> Result<Session> {
        let config = SessionConfig::new().set_bool("datafusion.execution.parquet.pushdown_filters", true);
        self.open(Some(tables), config, Some(limit))
    }

    fn open(
        &self,
        tables: Option<Reads<'_>>,
        config: SessionConfig,
        limit: Option<Duration>,
    ) -> Result<Session> {
        let environment = RuntimeEnvBuilder::new().with_memory_limit(QUERY_BYTES, 1.0).build_arc();
        let context =
            SessionContext::new_with_config_rt(config, environment.map_err(|error| failed(&error))?);
        let all: Vec<(&str, Vec<&str>)> = match tables {
            Some(tables) => tables.iter().map(|(table, columns)| (*table, columns.to_vec())).collect(),
            None => layouts().iter().map(|layout| (layout.table.name, names(layout))).collect(),
        };
        for (table, columns) in all {
            let layout = layout(table)?;
            layout.check_columns(&columns)?;
            let provider = self.provider(layout, &columns)?;
            context.register_table(table, provider).map_err(|error| failed(&error))?;
        }
        Ok(Session { context, runtime: runtime()?, snapshot: self.clone(), limit })
    }

    /// The damaged file that a query failed on, where it was one: DataFusion tells the damage without the file. Looking for it takes as
    /// long as reading the files before it.
    pub fn culprit(&self, error: &DataFusionError) -> Option<LakeError> {
        if tells_of_a_file(error) { self.sound().err() } else { None }
    }

    fn provider(&self, layout: &Layout, columns: &[&str]) -> Result<Arc<dyn TableProvider>> {
        let schema = view_schema(layout, columns)?;
        let state = self.0.manifest.tables.get(layout.table.name);
        let folder = self.0.lake.join("tables").join(layout.table.name);
        let url = |file: &FileEntry| {
            let path = folder.join(&file.path);
            whole(&path, file.bytes)?;
            let url = Url::from_file_path(&path).map_err(|()| LakeError::NoLake(self.0.lake.clone()))?;
            // A parsed path would take `[` or `*` in a folder's name for a pattern.
            ListingTableUrl::try_new(url, None).map_err(|error| failed(&error))
        };
        let files = state.map_or(&[][..], |state| &state.files).iter();
        let urls = files.map(url).collect::<Result<Vec<_>>>()?;
        if urls.is_empty() {
            let empty = MemTable::try_new(schema, vec![vec![]]).map_err(|error| failed(&error))?;
            return Ok(Arc::new(empty));
        }
        let sorted: Vec<SortExpr> = layout
            .order()
            .into_iter()
            .take_while(|name| columns.contains(name))
            .map(|name| col(name).sort(true, true))
            .collect();
        let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
        let options = if sorted.is_empty() { options } else { options.with_file_sort_order(vec![sorted]) };
        let config =
            ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options).with_schema(schema);
        Ok(Arc::new(ListingTable::try_new(config).map_err(|error| failed(&error))?))
    }
}

impl Lake {
    /// Answers a question in SQL over the newest version; texts come back as `Utf8`.
    pub fn query(&self, sql: &str) -> Result<Vec<RecordBatch>> {
        self.snapshot(None)?.session(None)?.sql(sql)?.iter().map(without_views).collect()
    }
}

impl Session {
    /// Answers one SELECT (or EXPLAIN, SHOW); everything that would change or set something is refused.
    pub fn sql(&self, sql: &str) -> Result<Vec<RecordBatch>> {
        let mut batches = Vec::new();
        self.stream(sql, &mut |batch| {
            batches.push(batch);
            Ok(())
        })?;
        Ok(batches)
    }

    /// The same, each batch as it comes, so that an answer of any size needs little memory. The last batch may have no rows;
    /// there is always at least one, so that the columns are known.
    pub fn stream(&self, sql: &str, each: &mut dyn FnMut(RecordBatch) -> Result<()>) -> Result<()> {
        self.runtime.block_on(async {
            let answer = self.answer(sql, each);
            match self.limit {
                Some(limit) => timeout(limit, answer).await.unwrap_or(Err(LakeError::TooLong(limit))),
                None => answer.await,
            }
        })
    }

    async fn answer(&self, sql: &str, each: &mut dyn FnMut(RecordBatch) -> Result<()>) -> Result<()> {
        let only_reading =
            SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        let failed = |error: DataFusionError| self.snapshot.culprit(&error).unwrap_or_else(|| failed(&error));
        let frame = self.context.sql_with_options(sql, only_reading).await.map_err(failed)?;
        let mut stream = frame.execute_stream().await.map_err(failed)?;
        let schema = stream.schema();
        let mut any = false;
        while let Some(batch) = stream.next().await {
            each(batch.map_err(failed)?)?;
            any = true;
        }
        if any { Ok(()) } else { each(RecordBatch::new_empty(schema)) }
    }

    /// DataFusion's own context, for callers inside a runtime of their own. It has no protection against writing.
    pub fn context(&self) -> &SessionContext {
        &self.context
    }
}

fn names(layout: &'static Layout) -> Vec<&'static str> {
    layout.schema.fields().iter().map(|field| field.name().as_str()).collect()
}

fn view_schema(layout: &Layout, columns: &[&str]) -> Result<SchemaRef> {
    let field = |name: &&str| {
        let field = layout.schema.field_with_name(name)?.clone();
        let view = matches!(field.data_type(), DataType::Utf8);
        Ok::<_, LakeError>(if view { field.with_data_type(DataType::Utf8View) } else { field })
    };
    Ok(Arc::new(Schema::new(columns.iter().map(field).collect::<Result<Vec<_>>>()?)))
}

/// The batch with plain texts for views.
pub(crate) fn without_views(batch: &RecordBatch) -> Result<RecordBatch> {
    let plain = |column: &ArrayRef| match column.data_type() {
        DataType::Utf8View => arrow_cast::cast(column, &DataType::Utf8),
        _ => Ok(column.clone()),
    };
    let columns = batch.columns().iter().map(plain).collect::<Result<Vec<_>, _>>()?;
    let fields = batch.schema_ref().fields().iter().zip(&columns);
    let fields: Vec<_> = fields
        .map(|(field, column)| field.as_ref().clone().with_data_type(column.data_type().clone()))
        .collect();
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

/// An error where a file is gone or has another size than it was written with: DataFusion takes one that is gone or empty for one
/// without rows, and would answer as if nothing were missing.
fn whole(path: &Path, bytes: u64) -> Result<()> {
    let found = std::fs::metadata(path).map_err(LakeError::io(path))?.len();
    if found == bytes {
        return Ok(());
    }
    Err(LakeError::damaged(path)(format!("{found} bytes, {bytes} were written")))
}

fn failed(error: &DataFusionError) -> LakeError {
    LakeError::Query(error.strip_backtrace())
}

/// Whether an error can come from what a file holds, and not from the question alone.
fn tells_of_a_file(error: &DataFusionError) -> bool {
    match error.find_root() {
        DataFusionError::ParquetError(_)
        | DataFusionError::ObjectStore(_)
        | DataFusionError::IoError(_)
        | DataFusionError::External(_) => true,
        DataFusionError::ArrowError(error, _) => {
            matches!(
                **error,
                ArrowError::ParquetError(_) | ArrowError::ExternalError(_) | ArrowError::IoError(..)
            )
        }
        _ => false,
    }
}
