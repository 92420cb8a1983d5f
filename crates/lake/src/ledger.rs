//! The ledger of batches: what was imported, what became of it, and whose data it changed.

use crate::{LakeError, Result, manifest::write_synced, write::write_plain};
use arrow_array::{RecordBatch, StringArray, cast::AsArray};
use mingcha_model::cert::DigestKey;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
};

/// A batch about to be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchInfo {
    /// 64 hexadecimal digits; the same files with the same profile have the same.
    pub id: String,
    /// Names of its files as the user gave them, for people.
    pub files: Vec<String>,
}

impl BatchInfo {
    /// The batch of files with these names and SM3 digests (hexadecimal), read with a profile given as its whole text.
    ///
    /// The order of the files does not matter, nor do their names.
    pub fn new(files: &[(String, String)], profile: &str) -> Self {
        let mut digests: Vec<&str> = files.iter().map(|(_, digest)| digest.as_str()).collect();
        digests.sort_unstable();
        // A digest under a key that everyone knows is a plain digest; SM3 stays in one place.
        let id = DigestKey::new([0; 32]).digest(&format!("{}\n{profile}", digests.join("\n")));
        Self { id, files: files.iter().map(|(name, _)| name.clone()).collect() }
    }
}

/// What became of the rows of one table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows appended.
    pub read: u64,
    /// Rows that a later row of the same batch had the key of.
    pub duplicate: u64,
    /// Rows refused by the checker or for want of a person.
    pub refused: u64,
    /// Rows that stand in the lake already, equal in every column.
    pub unchanged: u64,
    /// Rows that replaced one with the same key.
    pub replaced: u64,
    /// Rows with a new key.
    pub added: u64,
}

impl Counts {
    pub(crate) fn merge(&mut self, other: &Self) {
        self.read += other.read;
        self.duplicate += other.duplicate;
        self.refused += other.refused;
        self.unchanged += other.unchanged;
        self.replaced += other.replaced;
        self.added += other.added;
    }

    /// Whether any row of the lake changes.
    pub fn changes(&self) -> bool {
        self.replaced + self.added > 0
    }
}

/// The entry of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The batch.
    pub id: String,
    /// Names of its files, for people.
    pub files: Vec<String>,
    /// By table.
    pub tables: BTreeMap<String, Counts>,
    /// Number of people whose data changed.
    pub persons: u64,
    /// Whether a table that belongs to no person changed.
    pub reference_tables_changed: bool,
    /// Rows in quarantine.
    pub quarantined: u64,
    /// The importer's own report.
    pub report: serde_json::Value,
}

pub(crate) fn entry_path(lake: &Path, batch: &str) -> PathBuf {
    lake.join("batches").join(format!("{batch}.json"))
}

fn persons_path(lake: &Path, batch: &str) -> PathBuf {
    lake.join("batches").join(format!("{batch}.persons.parquet"))
}

pub(crate) fn quarantine_path(lake: &Path, batch: &str) -> PathBuf {
    lake.join("quarantine").join(format!("{batch}.parquet"))
}

/// Writes the ledger's files of a batch. They count only once a manifest names the batch.
pub(crate) fn write(
    lake: &Path,
    entry: &Entry,
    persons: &[String],
    quarantine: &[RecordBatch],
) -> Result<()> {
    let column: Arc<StringArray> = Arc::new(StringArray::from_iter_values(persons));
    let persons = RecordBatch::try_from_iter([("psn_no", column as _)])?;
    write_plain(&persons_path(lake, &entry.id), &[persons])?;
    write_plain(&quarantine_path(lake, &entry.id), quarantine)?;
    let text = serde_json::to_vec_pretty(entry).map_err(|error| LakeError::Setting(error.to_string()))?;
    write_synced(&entry_path(lake, &entry.id), &text)
}

/// The entry of a batch.
pub(crate) fn read(lake: &Path, batch: &str) -> Result<Entry> {
    let path = entry_path(lake, batch);
    let text = fs::read(&path).map_err(LakeError::io(&path))?;
    serde_json::from_slice(&text).map_err(|error| LakeError::Damaged { path, message: error.to_string() })
}

/// Whose data a batch changed, sorted.
pub(crate) fn persons(lake: &Path, batch: &str) -> Result<Vec<String>> {
    let mut persons = Vec::new();
    for batch in read_plain(&persons_path(lake, batch))? {
        persons.extend(batch.column(0).as_string::<i32>().iter().flatten().map(str::to_owned));
    }
    Ok(persons)
}

/// The rows of a plain Parquet file; none where there is no such file.
pub(crate) fn read_plain(path: &Path) -> Result<Vec<RecordBatch>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let file = File::open(path).map_err(LakeError::io(path))?;
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(file).and_then(ParquetRecordBatchReaderBuilder::build);
    Ok(reader.map_err(LakeError::damaged(path))?.collect::<Result<Vec<_>, _>>()?)
}
