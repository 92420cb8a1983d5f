//! A lake folder: creating, opening, locking, mending after a kill, and looking at its versions.

use crate::{
    BatchInfo, LakeError, Result, Snapshot, Staging, delta,
    layout::layout,
    ledger::{self, Counts, Entry, MendedKeys, Taken},
    manifest::{self, Made, Manifest, TableState, sync_folder, write_synced},
};
use arrow_array::RecordBatch;
use mingcha_model::cert::DigestKey;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

/// Files that the disk is asked to keep at a time.
const SYNCS: usize = 8;
const FOLDERS: [&str; 7] = ["versions", "tables", "batches", "quarantine", "refused", "keys", "staging"];

/// A lake: versioned claims tables in one folder. Reading needs no lock; one writer at a time is let in.
#[derive(Clone, Debug)]
pub struct Lake {
    pub(crate) folder: PathBuf,
}

/// What `begin` found.
pub enum Begun {
    /// All its files are in the lake; nothing is to be done.
    AlreadyThere(Vec<Taken>),
    /// Rows can be appended.
    Staging(Box<Staging>),
}

/// The lock of the one writer; given back when dropped, or by the system when the process dies.
#[derive(Debug)]
pub(crate) struct Lock(#[allow(dead_code, reason = "held, not read")] File);

/// One version, for people.
#[derive(Clone, Debug)]
pub struct VersionLine {
    /// Version.
    pub version: u64,
    /// Seconds since 1970 UTC.
    pub written_at: u64,
    /// What made it.
    pub made: Made,
    /// What became of the rows of its batch, where it is an import.
    pub counts: Option<BTreeMap<String, Counts>>,
    /// Whether it can still be read; a vacuum gives versions up and keeps what the ledger knows of imports.
    pub kept: bool,
}

/// The size of one table, for people.
#[derive(Clone, Debug)]
pub struct TableLine {
    /// Table.
    pub table: String,
    /// Rows.
    pub rows: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// Files.
    pub files: usize,
    /// Buckets, or shards of a table that belongs to no person.
    pub buckets: u32,
}

/// The state of a lake, for people.
#[derive(Clone, Debug)]
pub struct Status {
    /// Version.
    pub version: u64,
    /// Batches in it.
    pub batches: usize,
    /// Buckets of the tables that belong to persons.
    pub buckets: u32,
    /// Tables that hold something.
    pub tables: Vec<TableLine>,
    /// Whether `compact` would make reading faster: some bucket has more than four files.
    pub wants_compaction: bool,
}

impl Lake {
    /// Makes an empty lake with a fresh key for digests. The folder must be absent or empty.
    pub fn create(folder: impl AsRef<Path>) -> Result<Self> {
        fs::create_dir_all(&folder).map_err(LakeError::io(folder.as_ref()))?;
        let folder = folder.as_ref().canonicalize().map_err(LakeError::io(folder.as_ref()))?;
        if folder.join("versions").join("0.json").exists() {
            return Err(LakeError::Exists(folder));
        }
        for name in FOLDERS {
            let path = folder.join(name);
            fs::create_dir_all(&path).map_err(LakeError::io(&path))?;
        }
        let lake = Self { folder };
        let _lock = lake.lock_file()?;
        lake.make_key()?;
        manifest::write(&lake.folder, &Manifest::empty())?;
        Ok(lake)
    }

    /// Opens a lake.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        let missing = || LakeError::NoLake(folder.as_ref().into());
        let folder = folder.as_ref().canonicalize().map_err(|_| missing())?;
        let lake = Self { folder };
        lake.latest()?;
        Ok(lake)
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn latest(&self) -> Result<u64> {
        manifest::versions(&self.folder)?
            .last()
            .copied()
            .ok_or_else(|| LakeError::NoLake(self.folder.clone()))
    }

    /// The newest version.
    pub fn version(&self) -> Result<u64> {
        self.latest()
    }

    /// A version, pinned; the newest where none is named.
    pub fn snapshot(&self, version: Option<u64>) -> Result<Snapshot> {
        let version = version.map_or_else(|| self.latest(), Ok)?;
        Snapshot::new(&self.folder, manifest::read(&self.folder, version)?)
    }

    /// The versions that are kept and all imports, oldest first.
    pub fn history(&self) -> Result<Vec<VersionLine>> {
        let (mut lines, mut batches) = (Vec::new(), Vec::new());
        for version in manifest::versions(&self.folder)? {
            let Manifest { version, written_at, made, batches: known, .. } =
                manifest::read(&self.folder, version)?;
            let counts = match &made {
                Made::Import { batch } => Some(ledger::read(&self.folder, batch)?.tables),
                _ => None,
            };
            lines.push(VersionLine { version, written_at, made, counts, kept: true });
            batches = known;
        }
        let shown = |batch: &String| {
            lines.iter().any(|line| matches!(&line.made, Made::Import { batch: b } if b == batch))
        };
        batches.retain(|batch| !shown(batch));
        for batch in batches {
            let Entry { version, written_at, tables, .. } = ledger::read(&self.folder, &batch)?;
            let made = Made::Import { batch };
            lines.push(VersionLine { version, written_at, made, counts: Some(tables), kept: false });
        }
        lines.sort_by_key(|line| line.version);
        Ok(lines)
    }

    /// Batches that were refused whole and whose files have not come since, oldest first. Nothing of them is in any table.
    pub fn refused(&self) -> Result<Vec<Entry>> {
        ledger::refused(&self.folder)
    }

    /// The rows for which a batch was refused whole, as its importer wrote them.
    pub fn refused_rows(&self, batch: &str) -> Result<Vec<RecordBatch>> {
        ledger::refused_rows(&self.folder, batch)
    }

    /// The newest version's size.
    pub fn status(&self) -> Result<Status> {
        let manifest = manifest::read(&self.folder, self.latest()?)?;
        let mut fullest: BTreeMap<(&str, u32), usize> = BTreeMap::new();
        for (table, state) in &manifest.tables {
            state.files.iter().for_each(|file| *fullest.entry((table, file.bucket)).or_default() += 1);
        }
        let line = |(table, state): (&String, &TableState)| TableLine {
            table: table.clone(),
            rows: state.rows(),
            bytes: state.bytes(),
            files: state.files.len(),
            buckets: state.buckets,
        };
        Ok(Status {
            version: manifest.version,
            batches: manifest.batches.len(),
            buckets: manifest.buckets,
            tables: manifest.tables.iter().map(line).collect(),
            wants_compaction: fullest.values().any(|files| *files > 4),
        })
    }

    /// The entry of a batch in the ledger.
    pub fn batch(&self, id: &str) -> Result<Entry> {
        ledger::read(&self.folder, id)
    }

    /// The rows of a batch that were refused, as its importer wrote them.
    pub fn quarantine(&self, batch: &str) -> Result<Vec<RecordBatch>> {
        ledger::read_plain(&ledger::quarantine_path(&self.folder, batch))
    }

    /// The places of a batch's refused rows, from 0, that were noted as mended.
    pub fn mended(&self, batch: &str) -> Result<BTreeSet<u64>> {
        ledger::mended(&self.folder, batch)
    }

    /// Notes places of a batch's refused rows as mended, in the place of what was noted before.
    pub fn note_mended(&self, batch: &str, places: &BTreeSet<u64>) -> Result<()> {
        ledger::note_mended(&self.folder, batch, places)
    }

    /// The keys that a batch's refused rows were mended to, where those that they came with were at fault.
    pub fn mended_keys(&self, batch: &str) -> Result<MendedKeys> {
        ledger::mended_keys(&self.folder, batch)
    }

    /// Notes such keys, in the place of what was noted before.
    pub fn note_mended_keys(&self, batch: &str, keys: &MendedKeys) -> Result<()> {
        ledger::note_mended_keys(&self.folder, batch, keys)
    }

    /// The key of this lake's digests of certificate and telephone numbers.
    pub fn digest_key(&self) -> Result<DigestKey> {
        let path = self.key_path();
        let bytes = fs::read(&path).map_err(LakeError::io(&path))?;
        let bytes: [u8; 32] = bytes
            .try_into()
            .map_err(|_| LakeError::Damaged { path, message: "a key has 32 bytes".into() })?;
        Ok(DigestKey::new(bytes))
    }

    fn key_path(&self) -> PathBuf {
        self.folder.join("keys").join("digest.key")
    }

    /// A key that is there stays: digests already made must go on to match.
    fn make_key(&self) -> Result<()> {
        let path = self.key_path();
        if fs::metadata(&path).is_ok_and(|meta| meta.len() == 32) {
            return Ok(());
        }
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| LakeError::Setting(format!("no randomness: {error}")))?;
        let temporary = path.with_extension("new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&temporary).map_err(LakeError::io(&temporary))?;
        write_synced(&temporary, &bytes)?;
        fs::rename(&temporary, &path).map_err(LakeError::io(&path))?;
        sync_folder(&self.folder.join("keys"))
    }

    fn lock_file(&self) -> Result<Lock> {
        let path = self.folder.join("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(LakeError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(LakeError::Locked(self.folder.clone())),
            Err(TryLockError::Error(error)) => Err(LakeError::io(&path)(error)),
        }
    }

    /// Lets one writer in, after mending what a killed one left.
    pub(crate) fn lock(&self) -> Result<Lock> {
        let lock = self.lock_file()?;
        self.mend()?;
        Ok(lock)
    }

    /// Begins a batch of the files that no batch brought yet: takes the lock, or says that all are there already.
    pub fn begin(&self, batch: BatchInfo) -> Result<Begun> {
        let lock = self.lock()?;
        self.start(batch, Some(lock), Self::staging_folder)
    }

    /// Begins a batch that is only tried: it can be prepared and given up, and changes no byte of the lake, not even to mend what a
    /// killed writer left. What it stages lies in a folder of the caller's.
    pub fn rehearse(&self, batch: BatchInfo, folder: &Path) -> Result<Begun> {
        self.start(batch, None, |_| {
            let folder = folder.join(crate::write::random_name()?);
            fs::create_dir(&folder).map_err(LakeError::io(&folder))?;
            Ok(folder)
        })
    }

    fn start(
        &self,
        batch: BatchInfo,
        lock: Option<Lock>,
        folder: impl FnOnce(&Self) -> Result<PathBuf>,
    ) -> Result<Begun> {
        let before = self.snapshot(None)?;
        let manifest = before.manifest();
        let (batch, taken) = batch.fresh(&self.folder, manifest.version, &manifest.batches)?;
        if manifest.batches.contains(&batch.id) || batch.files.is_empty() && !taken.is_empty() {
            return Ok(Begun::AlreadyThere(taken));
        }
        let staging = Staging::new(self.clone(), lock, before, batch, taken, folder(self)?);
        Ok(Begun::Staging(Box::new(staging)))
    }

    /// A writer's own folder under `staging`; its presence at the next start says that the writer was killed.
    pub(crate) fn staging_folder(&self) -> Result<PathBuf> {
        let folder = self.folder.join("staging").join(crate::write::random_name()?);
        fs::create_dir(&folder).map_err(LakeError::io(&folder))?;
        Ok(folder)
    }

    fn mend(&self) -> Result<()> {
        let staging = self.folder.join("staging");
        let left: Vec<PathBuf> = entries(&staging)?;
        if left.is_empty() {
            return Ok(());
        }
        let manifest = manifest::read(&self.folder, self.latest()?)?;
        self.sweep()?;
        for path in entries(&self.folder.join("tables"))? {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let files = manifest.tables.get(name).map_or(&[][..], |state| &state.files);
            delta::align(&self.folder, layout(name)?, files)?;
        }
        left.iter().try_for_each(|path| fs::remove_dir_all(path).map_err(LakeError::io(path)))
    }

    /// Deletes data files that no manifest names, and what a killed writer left beside manifests and ledgers.
    pub(crate) fn sweep(&self) -> Result<u64> {
        let mut named: BTreeSet<PathBuf> = BTreeSet::new();
        for version in manifest::versions(&self.folder)? {
            named.extend(manifest::read(&self.folder, version)?.paths());
        }
        let mut deleted = 0;
        for table in entries(&self.folder.join("tables"))? {
            let folders =
                entries(&table)?.into_iter().filter(|path| path.is_dir() && !path.ends_with("_delta_log"));
            for folder in folders.chain([table.clone()]) {
                let data = entries(&folder)?
                    .into_iter()
                    .filter(|path| path.extension().is_some_and(|ext| ext == "parquet"));
                for path in data {
                    let inside = path.strip_prefix(&self.folder).unwrap_or(&path);
                    if !named.contains(inside) {
                        fs::remove_file(&path).map_err(LakeError::io(&path))?;
                        deleted += 1;
                    }
                }
            }
        }
        let unfinished = |path: &PathBuf| path.extension().is_some_and(|ext| ext == "new");
        for path in entries(&self.folder.join("versions"))?.iter().filter(|path| unfinished(path)) {
            fs::remove_file(path).map_err(LakeError::io(path))?;
        }
        Ok(deleted)
    }

    /// Makes a version: data files to the disk first, then the Delta logs, the manifest last.
    pub(crate) fn publish(&self, mut next: Manifest, changed: &BTreeSet<&'static str>) -> Result<Manifest> {
        let before: BTreeSet<PathBuf> = manifest::read(&self.folder, next.version - 1)?.paths().collect();
        let new = next.paths().filter(|path| !before.contains(path)).map(|path| self.folder.join(path));
        sync_files(&new.collect::<Vec<_>>())?;
        // Each log waits for the disk several times; side by side they wait together.
        std::thread::scope(|scope| {
            let logs = next.tables.iter_mut().filter(|(table, _)| changed.contains(table.as_str()));
            let align = |(table, state): (&String, &mut TableState)| {
                state.files.sort();
                state.delta_version = delta::align(&self.folder, layout(table)?, &state.files)?;
                Ok(())
            };
            let logs: Vec<_> = logs.map(|log| scope.spawn(move || align(log))).collect();
            let died = |_| LakeError::Setting("a thread that wrote a table's log died".into());
            logs.into_iter().map(|log| log.join().map_err(died)?).collect::<Result<Vec<()>>>()
        })?;
        manifest::write(&self.folder, &next)?;
        Ok(next)
    }
}

/// Waits until the disk has the files and their names, several at a time because a disk does.
pub(crate) fn sync_files(files: &[PathBuf]) -> Result<()> {
    let sync = |path: &PathBuf| {
        let file = OpenOptions::new().write(true).open(path);
        file.and_then(|file| file.sync_all()).map_err(LakeError::io(path))
    };
    std::thread::scope(|scope| {
        let share = files.len().div_ceil(SYNCS).max(1);
        let workers = files.chunks(share).map(|share| scope.spawn(move || share.iter().try_for_each(sync)));
        let workers: Vec<_> = workers.collect();
        let died = |_| LakeError::Setting("a thread that waited for the disk died".into());
        workers.into_iter().try_for_each(|worker| worker.join().map_err(died)?)
    })?;
    let folders: BTreeSet<&Path> = files.iter().filter_map(|path| path.parent()).collect();
    folders.into_iter().try_for_each(|folder| {
        sync_folder(folder)?;
        folder.parent().map_or(Ok(()), sync_folder)
    })
}

/// What a folder holds; nothing where it is not there.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            entries.map(|entry| entry.map(|entry| entry.path()).map_err(LakeError::io(folder))).collect()
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(LakeError::io(folder)(error)),
    }
}
