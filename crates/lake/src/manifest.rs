//! The manifest of a lake version: which files of which tables are the lake. A version exists once its manifest does.

use crate::{LakeError, Result};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

/// One data file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path from the table's folder, with `/`.
    pub path: String,
    /// Bucket whose rows it holds.
    pub bucket: u32,
    /// Rows.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
}

/// One table in one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableState {
    /// Version of the table's own Delta log that holds exactly these files.
    pub delta_version: u64,
    /// Number of buckets, a power of two; of tables that belong to no person, of shards.
    pub buckets: u32,
    /// Files, by bucket and path.
    pub files: Vec<FileEntry>,
}

impl TableState {
    /// Rows of all files.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

/// What made a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "by")]
pub enum Made {
    /// The lake was created, empty.
    Create,
    /// A batch was imported.
    Import {
        /// The batch.
        batch: String,
    },
    /// Files were merged or buckets changed; no answer changes.
    Compact,
}

/// One version of the lake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version, from 0.
    pub version: u64,
    /// Form of this file.
    pub form: u32,
    /// Seconds since 1970 UTC at which it was written; for people, never read by a rule.
    pub written_at: u64,
    /// What made it.
    pub made: Made,
    /// Buckets of all tables that belong to persons; 0 until there is such a row.
    pub buckets: u32,
    /// Batches in it, oldest first.
    pub batches: Vec<String>,
    /// Tables that have been written.
    pub tables: BTreeMap<String, TableState>,
}

/// The form that this program writes.
const FORM: u32 = 2;

impl Manifest {
    /// Version 0: nothing.
    pub(crate) fn empty() -> Self {
        Self {
            version: 0,
            form: FORM,
            written_at: now(),
            made: Made::Create,
            buckets: 0,
            batches: Vec::new(),
            tables: BTreeMap::new(),
        }
    }

    /// The next version, not yet written.
    pub(crate) fn next(&self, made: Made) -> Self {
        Self { version: self.version + 1, written_at: now(), made, ..self.clone() }
    }

    /// The files of a table's bucket, in order.
    pub fn files(&self, table: &str, bucket: u32) -> impl Iterator<Item = &FileEntry> {
        let files = self.tables.get(table).map_or(&[][..], |state| &state.files);
        files.iter().filter(move |file| file.bucket == bucket)
    }

    /// Every file of the version as a path from the lake's folder.
    pub(crate) fn paths(&self) -> impl Iterator<Item = PathBuf> {
        let of = |(table, state): (&String, &TableState)| {
            let folder = Path::new("tables").join(table);
            state.files.iter().map(move |file| folder.join(&file.path)).collect::<Vec<_>>()
        };
        self.tables.iter().flat_map(of)
    }
}

/// Seconds since 1970 UTC.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn path_of(lake: &Path, version: u64) -> PathBuf {
    lake.join("versions").join(format!("{version}.json"))
}

/// The versions whose manifests are there.
pub(crate) fn versions(lake: &Path) -> Result<BTreeSet<u64>> {
    let folder = lake.join("versions");
    let entries = fs::read_dir(&folder).map_err(|_| LakeError::NoLake(lake.into()))?;
    let number = |entry: std::io::Result<fs::DirEntry>| -> Option<u64> {
        entry.ok()?.file_name().to_str()?.strip_suffix(".json")?.parse().ok()
    };
    Ok(entries.filter_map(number).collect())
}

/// Reads the manifest of a version.
pub(crate) fn read(lake: &Path, version: u64) -> Result<Manifest> {
    let path = path_of(lake, version);
    let text = fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => LakeError::NoVersion(version),
        _ => LakeError::io(&path)(error),
    })?;
    let damaged = |message: String| LakeError::Damaged { path: path.clone(), message };
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
    if manifest.form != FORM {
        return Err(damaged(format!(
            "its form {} is not known to this program; use the program that made the lake, or import into a new one",
            manifest.form
        )));
    }
    Ok(manifest)
}

/// Writes a manifest whole or not at all; this is the moment at which the version begins to exist.
pub(crate) fn write(lake: &Path, manifest: &Manifest) -> Result<()> {
    let path = path_of(lake, manifest.version);
    let text = serde_json::to_vec_pretty(manifest).map_err(|error| LakeError::Setting(error.to_string()))?;
    let temporary = lake.join("versions").join(format!(".{}.new", manifest.version));
    write_synced(&temporary, &text)?;
    // A link, unlike a rename, fails where the version is there already: two writers cannot both make it.
    let linked = fs::hard_link(&temporary, &path).map_err(LakeError::io(&path));
    fs::remove_file(&temporary).map_err(LakeError::io(&temporary))?;
    linked?;
    sync_folder(&lake.join("versions"))
}

/// Writes a file and waits until the disk has it.
pub fn write_synced(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::create(path).map_err(LakeError::io(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(LakeError::io(path))
}

/// Waits until the disk has a folder's names.
pub fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(LakeError::io(folder))
}
