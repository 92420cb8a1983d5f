//! The Delta logs: one table each, so that other engines read the lake's files without knowing this program.

use crate::{LakeError, Result, layout::Layout, manifest::FileEntry};
use arrow_schema::{DataType, Field};
use deltalake::{
    DeltaTable, DeltaTableBuilder, DeltaTableError,
    kernel::{
        Action, Add, Remove, StructField,
        engine::arrow_conversion::TryFromArrow,
        transaction::{CommitBuilder, CommitProperties},
    },
    operations::create::CreateBuilder,
    protocol::{DeltaOperation, SaveMode},
};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::runtime::{Builder, Runtime};
use url::Url;

/// The tokio runtime that the Delta library needs.
pub(crate) fn runtime() -> Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(LakeError::io(Path::new("tokio")))
}

/// Makes the log of a table say exactly `files` and returns its version; writes nothing where it says so already.
///
/// What the log said before does not matter: commits of a writer that was killed before its manifest are undone by this one.
pub(crate) fn align(lake: &Path, layout: &Layout, files: &[FileEntry]) -> Result<u64> {
    let name = layout.table.name;
    let failed = |source: DeltaTableError| LakeError::Delta { table: name.into(), source: Box::new(source) };
    let folder = lake.join("tables").join(name);
    fs::create_dir_all(&folder).map_err(LakeError::io(&folder))?;
    let url = Url::from_directory_path(&folder).map_err(|()| LakeError::NoLake(lake.into()))?;
    runtime()?.block_on(async {
        let mut table =
            DeltaTableBuilder::from_url(url).and_then(DeltaTableBuilder::build).map_err(failed)?;
        match table.load().await {
            Ok(()) => {}
            Err(DeltaTableError::NotATable(_)) => table = create(layout, &table).await.map_err(failed)?,
            Err(error) => return Err(failed(error)),
        }
        commit(layout, &table, files).await.map_err(failed)
    })
}

async fn create(layout: &Layout, table: &DeltaTable) -> Result<DeltaTable, DeltaTableError> {
    let mut fields: Vec<Field> = layout.schema.fields().iter().map(|field| field.as_ref().clone()).collect();
    if layout.table.by_person {
        fields.push(Field::new("bucket", DataType::Int32, true));
    }
    let columns = fields.iter().map(StructField::try_from_arrow).collect::<Result<Vec<_>, _>>()?;
    let builder = CreateBuilder::new().with_log_store(table.log_store()).with_table_name(layout.table.name);
    let builder = if layout.table.by_person { builder.with_partition_columns(["bucket"]) } else { builder };
    builder.with_columns(columns).await
}

async fn commit(layout: &Layout, table: &DeltaTable, files: &[FileEntry]) -> Result<u64, DeltaTableError> {
    let state = table.snapshot()?;
    let mut gone: BTreeMap<String, Remove> = BTreeMap::new();
    for view in state.log_data().iter() {
        gone.insert(view.path().into_owned(), view.remove_action(true));
    }
    let new = files.iter().filter(|file| gone.remove(&file.path).is_none()).collect::<Vec<_>>();
    if new.is_empty() && gone.is_empty() {
        return Ok(state.version());
    }
    let adds = new.into_iter().map(|file| Action::Add(add(layout, file)));
    let actions = gone.into_values().map(Action::Remove).chain(adds).collect();
    let partition_by = layout.table.by_person.then(|| vec!["bucket".to_string()]);
    let operation = DeltaOperation::Write { mode: SaveMode::Append, partition_by, predicate: None };
    // Logs are small and vacuuming is the lake's own: the library must not delete what an old manifest still names.
    let properties = CommitProperties::default().with_cleanup_expired_logs(Some(false)).with_max_retries(0);
    let commit = CommitBuilder::from(properties).with_actions(actions);
    Ok(commit.build(Some(state.snapshot()), table.log_store(), operation).await?.version())
}

fn add(layout: &Layout, file: &FileEntry) -> Add {
    let bucket = || ("bucket".to_string(), Some(file.bucket.to_string()));
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Add {
        path: file.path.clone(),
        partition_values: layout.table.by_person.then(bucket).into_iter().collect::<HashMap<_, _>>(),
        size: file.bytes as i64,
        modification_time: since.as_millis() as i64,
        data_change: true,
        stats: Some(format!("{{\"numRecords\":{}}}", file.rows)),
        tags: None,
        deletion_vector: None,
        base_row_id: None,
        default_row_commit_version: None,
        clustering_provider: None,
    }
}
