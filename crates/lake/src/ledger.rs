//! The ledger of batches: what was imported, what became of it, and whose data it changed.

use crate::{
    LakeError, Result,
    lake::entries,
    manifest::{sync_folder, write_synced},
    write::write_plain,
};
use arrow_array::{RecordBatch, StringArray, cast::AsArray};
use mingcha_model::cert::DigestKey;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
};

/// A file of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchFile {
    /// Its name as the user gave it, for people.
    pub name: String,
    /// A digest of its bytes, hexadecimal.
    pub digest: String,
}

/// A batch about to be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchInfo {
    /// 64 hexadecimal digits; the same files with the same profile have the same.
    pub id: String,
    /// Its files.
    pub files: Vec<BatchFile>,
    profile: String,
    again: bool,
}

/// A file that an earlier batch brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Its name as the user gave it now.
    pub file: String,
    /// The batch that brought its bytes, under whatever name.
    pub batch: String,
}

impl BatchInfo {
    /// The batch of these files, read with a profile given as its whole text.
    ///
    /// The order of the files does not matter, nor do their names.
    pub fn new(files: Vec<BatchFile>, profile: &str) -> Self {
        let id = identity(&files, profile);
        Self { id, files, profile: profile.to_owned(), again: false }
    }

    /// A batch of rows that come from no file, by a name that no other batch has.
    pub fn named(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// The same, to be imported even where the lake has its files already.
    #[must_use]
    pub fn again(self) -> Self {
        Self { again: true, ..self }
    }

    /// What of the batch is new to a lake at that version which has those batches, and the files that are not.
    pub(crate) fn fresh(self, lake: &Path, version: u64, batches: &[String]) -> Result<(Self, Vec<Taken>)> {
        if self.again {
            // One version makes one batch, so this id was never given.
            let id = identity(&self.files, &format!("{}\nagain {version}", self.profile));
            return Ok((Self { id, ..self }, Vec::new()));
        }
        let known = digests(lake, batches)?;
        let whole = batches.contains(&self.id);
        let batch = |file: &BatchFile| if whole { Some(&self.id) } else { known.get(&file.digest) };
        let taken = |file: &BatchFile| Some(Taken { file: file.name.clone(), batch: batch(file)?.clone() });
        let skipped: Vec<Taken> = self.files.iter().filter_map(taken).collect();
        if skipped.is_empty() {
            return Ok((self, skipped));
        }
        let files = self.files.iter().filter(|file| batch(file).is_none()).cloned().collect();
        Ok((Self::new(files, &self.profile), skipped))
    }
}

fn identity(files: &[BatchFile], profile: &str) -> String {
    let mut digests: Vec<&str> = files.iter().map(|file| file.digest.as_str()).collect();
    digests.sort_unstable();
    // A digest under a key that everyone knows is a plain digest; SM3 stays in one place.
    DigestKey::new([0; 32]).digest(&format!("{}\n{profile}", digests.join("\n")))
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
    /// The version that it made; of a refused batch, the one that it met; 0 where an older program wrote the entry.
    #[serde(default)]
    pub version: u64,
    /// Seconds since 1970 UTC; for people, never read by a rule.
    #[serde(default)]
    pub written_at: u64,
    /// Names of its files, for people.
    pub files: Vec<String>,
    /// Digests of its files, by which a file is known again in whatever company; none where an older program wrote the entry.
    #[serde(default)]
    pub digests: Vec<String>,
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
    persons: StringArray,
    quarantine: &[RecordBatch],
) -> Result<()> {
    let persons = RecordBatch::try_from_iter([("psn_no", Arc::new(persons) as _)])?;
    write_plain(&persons_path(lake, &entry.id), &[persons])?;
    write_plain(&quarantine_path(lake, &entry.id), quarantine)?;
    let text = serde_json::to_vec_pretty(entry).map_err(|error| LakeError::Setting(error.to_string()))?;
    write_synced(&entry_path(lake, &entry.id), &text)
}

/// The entry of a batch.
pub(crate) fn read(lake: &Path, batch: &str) -> Result<Entry> {
    parse(entry_path(lake, batch))
}

fn parse<T: serde::de::DeserializeOwned>(path: PathBuf) -> Result<T> {
    let text = fs::read(&path).map_err(LakeError::io(&path))?;
    serde_json::from_slice(&text).map_err(|error| LakeError::Damaged { path, message: error.to_string() })
}

/// The digests of all files of the batches, each with its batch.
fn digests(lake: &Path, batches: &[String]) -> Result<BTreeMap<String, String>> {
    /// No more of an entry than is asked for here.
    #[derive(Deserialize)]
    struct Files {
        #[serde(default)]
        digests: Vec<String>,
    }
    let mut known = BTreeMap::new();
    for batch in batches {
        let files: Files = parse(entry_path(lake, batch))?;
        known.extend(files.digests.into_iter().map(|digest| (digest, batch.clone())));
    }
    Ok(known)
}

fn refused_path(lake: &Path, batch: &str, ending: &str) -> PathBuf {
    lake.join("refused").join(format!("{batch}.{ending}"))
}

/// Keeps the entry and the refused rows of a batch that was refused whole.
pub(crate) fn write_refused(lake: &Path, entry: &Entry, quarantine: &[RecordBatch]) -> Result<()> {
    let folder = lake.join("refused");
    fs::create_dir_all(&folder).map_err(LakeError::io(&folder))?;
    write_plain(&refused_path(lake, &entry.id, "parquet"), quarantine)?;
    let text = serde_json::to_vec_pretty(entry).map_err(|error| LakeError::Setting(error.to_string()))?;
    replace(&refused_path(lake, &entry.id, "json"), &text)
}

/// The entries of batches that were refused whole, oldest first.
pub(crate) fn refused(lake: &Path) -> Result<Vec<Entry>> {
    let files = entries(&lake.join("refused"))?;
    let entry = |path: &PathBuf| path.extension().is_some_and(|ext| ext == "json");
    let mut all: Vec<Entry> = files.into_iter().filter(entry).map(parse).collect::<Result<_>>()?;
    all.sort_by(|one, two| (one.written_at, &one.id).cmp(&(two.written_at, &two.id)));
    Ok(all)
}

/// The refused rows of a batch that was refused whole.
pub(crate) fn refused_rows(lake: &Path, batch: &str) -> Result<Vec<RecordBatch>> {
    read_plain(&refused_path(lake, batch, "parquet"))
}

/// Keys by the places, from 0, of a batch's refused rows: the values of the table's key columns in their order, nothing for one that is
/// missing and need not be filled.
pub type MendedKeys = BTreeMap<u64, Vec<Option<String>>>;

fn mended_path(lake: &Path, batch: &str) -> PathBuf {
    lake.join("quarantine").join(format!("{batch}.mended.json"))
}

/// The places of a batch's refused rows that were noted as mended.
pub(crate) fn mended(lake: &Path, batch: &str) -> Result<BTreeSet<u64>> {
    let path = mended_path(lake, batch);
    if path.exists() { parse(path) } else { Ok(BTreeSet::new()) }
}

/// Notes places of a batch's refused rows as mended.
pub(crate) fn note_mended(lake: &Path, batch: &str, places: &BTreeSet<u64>) -> Result<()> {
    let text = serde_json::to_vec(places).map_err(|error| LakeError::Setting(error.to_string()))?;
    replace(&mended_path(lake, batch), &text)
}

fn mended_keys_path(lake: &Path, batch: &str) -> PathBuf {
    lake.join("quarantine").join(format!("{batch}.keys.json"))
}

/// The keys that a batch's refused rows were mended to, by their places.
pub(crate) fn mended_keys(lake: &Path, batch: &str) -> Result<MendedKeys> {
    let path = mended_keys_path(lake, batch);
    if path.exists() { parse(path) } else { Ok(MendedKeys::new()) }
}

/// Notes the keys that a batch's refused rows were mended to.
pub(crate) fn note_mended_keys(lake: &Path, batch: &str, keys: &MendedKeys) -> Result<()> {
    let text = serde_json::to_vec(keys).map_err(|error| LakeError::Setting(error.to_string()))?;
    replace(&mended_keys_path(lake, batch), &text)
}

/// Writes a file whole in the place of the one before.
fn replace(path: &Path, text: &[u8]) -> Result<()> {
    let (folder, draft) = (path.parent().unwrap_or(path), path.with_extension("new"));
    fs::create_dir_all(folder).map_err(LakeError::io(folder))?;
    write_synced(&draft, text)?;
    fs::rename(&draft, path).map_err(LakeError::io(path))?;
    sync_folder(folder)
}

/// Forgets the refused batches all of whose files are in the lake by now.
pub(crate) fn forget_refused(lake: &Path, batches: &[String]) -> Result<()> {
    let refused = refused(lake)?;
    if refused.is_empty() {
        return Ok(());
    }
    let known: BTreeSet<String> = digests(lake, batches)?.into_keys().collect();
    let arrived =
        |entry: &&Entry| !entry.digests.is_empty() && entry.digests.iter().all(|d| known.contains(d));
    for entry in refused.iter().filter(arrived) {
        for path in ["json", "parquet"].map(|ending| refused_path(lake, &entry.id, ending)) {
            if path.exists() {
                fs::remove_file(&path).map_err(LakeError::io(&path))?;
            }
        }
    }
    Ok(())
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
    reader.map_err(LakeError::damaged(path))?.collect::<Result<Vec<_>, _>>().map_err(LakeError::damaged(path))
}
