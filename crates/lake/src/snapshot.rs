//! A version of the lake, pinned: its buckets, tables and persons.

use crate::{
    LakeError, Result,
    layout::{Layout, layout},
    manifest::{self, Made, Manifest},
    order::{order, take_rows},
    read::{DataFile, Form},
    text::concat,
};
use arrow_array::RecordBatch;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

/// A version of the lake, pinned. Cheap to clone; footers read once are kept as long as any clone lives.
#[derive(Clone, Debug)]
pub struct Snapshot(pub(crate) Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) lake: PathBuf,
    pub(crate) manifest: Manifest,
    /// Files by table and bucket.
    files: BTreeMap<(&'static str, u32), Vec<DataFile>>,
}

/// Whose data changed between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Persons {
    /// These, sorted.
    Some(Vec<String>),
    /// It is not known any more (a version in between was vacuumed): treat everyone as changed.
    All,
}

/// What changed between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Whose data changed.
    pub persons: Persons,
    /// Whether a table that belongs to no person changed (institutions, practitioners, …).
    pub reference_tables_changed: bool,
}

impl Snapshot {
    pub(crate) fn new(lake: &Path, manifest: Manifest) -> Result<Self> {
        let mut files: BTreeMap<(&'static str, u32), Vec<DataFile>> = BTreeMap::new();
        for (table, state) in &manifest.tables {
            let layout = layout(table)?;
            let folder = lake.join("tables").join(table);
            for file in &state.files {
                let key = (layout.table.name, file.bucket);
                files.entry(key).or_default().push(DataFile::new(folder.join(&file.path), layout));
            }
        }
        Ok(Self(Arc::new(Inner { lake: lake.into(), manifest, files })))
    }

    /// The version.
    pub fn version(&self) -> u64 {
        self.0.manifest.version
    }

    /// What the version consists of.
    pub fn manifest(&self) -> &Manifest {
        &self.0.manifest
    }

    /// Number of buckets of the tables that belong to persons; at least 1.
    pub fn buckets(&self) -> u32 {
        self.0.manifest.buckets.max(1)
    }

    /// The bucket that holds a person's rows.
    pub fn bucket_of(&self, psn_no: &str) -> u32 {
        mingcha_model::key::bucket(psn_no, self.buckets())
    }

    /// Rows of a table in one bucket, from the manifest alone.
    pub fn bucket_row_count(&self, table: &str, bucket: u32) -> u64 {
        self.0.manifest.files(table, bucket).map(|file| file.rows).sum()
    }

    /// Rows of a table, from the manifest alone; 0 where there is no such table.
    pub fn row_count(&self, table: &str) -> u64 {
        let state = self.0.manifest.tables.get(table);
        state.map_or(0, |state| state.files.iter().map(|file| file.rows).sum())
    }

    pub(crate) fn files(&self, table: &'static str, bucket: u32) -> &[DataFile] {
        self.0.files.get(&(table, bucket)).map_or(&[], Vec::as_slice)
    }

    /// Reads every file of the version: an error for the first that is damaged, in the order of tables and buckets.
    pub(crate) fn sound(&self) -> Result<()> {
        self.0.files.values().flatten().try_for_each(DataFile::sound)
    }

    /// A bucket's rows in order (person, time, key) with only those columns.
    ///
    /// Texts are `Dictionary(Int32, Utf8)`, each value once per batch. A bucket of one file is a straight decode, one batch
    /// per row group; one of several files is merged into one batch. Row numbers count over all batches.
    pub fn bucket(&self, table: &str, bucket: u32, columns: &[&str]) -> Result<Vec<RecordBatch>> {
        let layout = layout(table)?;
        layout.check_columns(columns)?;
        read_sorted(layout, self.files(layout.table.name, bucket), Form::Coded, columns)
    }

    /// The same with decimals as `Decimal64`: a pass over many rows is spared widening each to 128 bits and narrowing it again.
    pub fn bucket_narrow(&self, table: &str, bucket: u32, columns: &[&str]) -> Result<Vec<RecordBatch>> {
        let layout = layout(table)?;
        layout.check_columns(columns)?;
        read_sorted(layout, self.files(layout.table.name, bucket), Form::Narrow, columns)
    }

    /// Columns of the rows of those numbers, as [`Snapshot::bucket`] counts them, in the order asked for; a number may repeat.
    pub fn bucket_rows(
        &self,
        table: &str,
        bucket: u32,
        columns: &[&str],
        rows: &[u32],
    ) -> Result<RecordBatch> {
        let layout = layout(table)?;
        layout.check_columns(columns)?;
        let files = self.files(layout.table.name, bucket);
        let distinct: Vec<u32> = rows.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let (found, place): (_, Box<dyn Fn(u32) -> u32>) = match files {
            [file] => {
                let place = |row: u32| distinct.partition_point(|before| *before < row) as u32;
                (file.read_rows(Form::Coded, columns, &distinct)?, Box::new(place))
            }
            _ => (read_sorted(layout, files, Form::Coded, columns)?, Box::new(|row| row)),
        };
        if found.is_empty() {
            let out_of_range = || LakeError::Setting(format!("`{table}` has no such row in bucket {bucket}"));
            return if rows.is_empty() { empty(layout, columns) } else { Err(out_of_range()) };
        }
        take_rows(concat(&found)?, rows.iter().map(|row| place(*row)).collect())
    }

    /// All rows of a table that belongs to no person, in the order of its key.
    pub fn table(&self, table: &str, columns: &[&str]) -> Result<Vec<RecordBatch>> {
        let layout = layout(table)?;
        layout.check_columns(columns)?;
        let buckets = self.0.manifest.tables.get(table).map_or(0, |state| state.buckets.max(1));
        let files: Vec<&DataFile> = (0..buckets).flat_map(|at| self.files(layout.table.name, at)).collect();
        read_sorted_refs(layout, &files, Form::Coded, columns)
    }

    /// Whose data changed since an older version, and whether reference data did.
    pub fn touched_since(&self, older: u64) -> Result<Touched> {
        let mut touched = Touched { persons: Persons::Some(Vec::new()), reference_tables_changed: false };
        let mut persons = BTreeSet::new();
        for version in older + 1..=self.version() {
            let manifest = match manifest::read(&self.0.lake, version) {
                Ok(manifest) => manifest,
                Err(LakeError::NoVersion(_)) => {
                    return Ok(Touched { persons: Persons::All, reference_tables_changed: true });
                }
                Err(error) => return Err(error),
            };
            if let Made::Import { batch } = &manifest.made {
                let ledger = crate::ledger::read(&self.0.lake, batch)?;
                touched.reference_tables_changed |= ledger.reference_tables_changed;
                persons.extend(crate::ledger::persons(&self.0.lake, batch)?);
            }
        }
        touched.persons = Persons::Some(persons.into_iter().collect());
        Ok(touched)
    }
}

/// A batch of no rows with those columns.
pub(crate) fn empty(layout: &Layout, columns: &[&str]) -> Result<RecordBatch> {
    let places =
        columns.iter().map(|name| layout.dictionary.index_of(name)).collect::<Result<Vec<_>, _>>()?;
    Ok(RecordBatch::new_empty(layout.dictionary.clone()).project(&places)?)
}

/// The rows of files of one bucket in one order.
pub(crate) fn read_sorted(
    layout: &Layout,
    files: &[DataFile],
    form: Form,
    columns: &[&str],
) -> Result<Vec<RecordBatch>> {
    read_sorted_refs(layout, &files.iter().collect::<Vec<_>>(), form, columns)
}

fn read_sorted_refs(
    layout: &Layout,
    files: &[&DataFile],
    form: Form,
    columns: &[&str],
) -> Result<Vec<RecordBatch>> {
    if let [file] = files {
        return file.read_all(form, columns);
    }
    // The order needs its columns even where nobody asked for them.
    let mut wanted: Vec<&str> = columns.to_vec();
    wanted.extend(layout.order().iter().filter(|name| !columns.contains(name)));
    let parts = files.iter().map(|file| file.read_all(form, &wanted)).collect::<Result<Vec<_>>>()?.concat();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let batch = concat(&parts)?;
    drop(parts);
    let rows = order(layout, &batch, (0..batch.num_rows() as u32).collect())?;
    let places: Vec<usize> = (0..columns.len()).collect();
    Ok(vec![take_rows(batch.project(&places)?, rows)?])
}
