//! Keys that turn up in two buckets: a correction that gives a row to another person must not leave the old row behind.

use crate::{
    LakeError, Result, Snapshot,
    layout::{Layout, key_hashes},
    ledger::Counts,
    manifest::FileEntry,
    merge::persons,
    read::{DataFile, Texts},
    text::Cell,
    write::write_bucket,
};
use arrow_array::{BooleanArray, RecordBatch};
use arrow_select::filter::filter_record_batch;
use rustc_hash::{FxHashMap, FxHashSet};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

/// Keys looked at together; the bound on memory.
const AT_ONCE: u64 = 4_000_000;
/// Bytes of a key on disk: hash, source file, source line.
const RECORD: usize = 24;

/// A key of the batch: its hash, where it stood in the source, and the bucket it went to.
type Place = (u64, u64, u64, u32);
/// By bucket the keys to take out, each with the bucket of the row that replaces it and whether that row is of this batch.
type Doomed = BTreeMap<u32, FxHashMap<u64, (u32, bool)>>;

/// One table of a batch, after its buckets are written.
pub(crate) struct Written<'a> {
    pub(crate) lake: &'a Path,
    pub(crate) folder: &'a Path,
    pub(crate) before: &'a Snapshot,
    pub(crate) layout: &'static Layout,
    pub(crate) buckets: u32,
}

/// What settling changed.
#[derive(Default)]
pub(crate) struct Settled {
    pub(crate) persons: BTreeSet<String>,
    pub(crate) written: Vec<PathBuf>,
}

fn keys_path(folder: &Path, table: &str, bucket: u32) -> PathBuf {
    folder.join(format!("{table}-{bucket}.keys"))
}

/// Whether rows of the table could move to another bucket: not where the person is part of the key.
pub(crate) fn can_move(layout: &Layout) -> bool {
    layout.table.by_person && !layout.table.key.contains(&"psn_no")
}

/// Notes the keys of a bucket's new rows, which still carry their source places.
pub(crate) fn note(folder: &Path, layout: &Layout, bucket: u32, rows: &RecordBatch) -> Result<()> {
    let place = |name: &str| match Cell::of(rows, name)? {
        Cell::Number(values) => Ok(values),
        _ => Err(LakeError::column(layout.table.name, name, "is no number")),
    };
    let (files, lines) = (place("src_file")?, place("src_line")?);
    let mut bytes = Vec::with_capacity(rows.num_rows() * RECORD);
    for ((hash, file), line) in key_hashes(layout, rows)?.into_iter().zip(files).zip(lines) {
        [hash, file as u64, line as u64].iter().for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
    }
    let path = keys_path(folder, layout.table.name, bucket);
    fs::write(&path, bytes).map_err(LakeError::io(&path))
}

impl Written<'_> {
    /// Takes every row out of `files` whose key a later row of the batch holds in another bucket.
    pub(crate) fn settle(
        &self,
        rows: u64,
        files: &mut Vec<FileEntry>,
        counts: &mut Counts,
    ) -> Result<Settled> {
        let mut settled = Settled::default();
        let passes = rows.div_ceil(AT_ONCE).max(1);
        for pass in 0..passes {
            let mut places = self.places(pass, passes);
            places.sort_unstable();
            for (bucket, doomed) in self.doomed(&places, pass, passes)? {
                self.take_out(bucket, &doomed, files, counts, &mut settled)?;
            }
        }
        Ok(settled)
    }

    fn places(&self, pass: u64, passes: u64) -> Vec<Place> {
        let mut places = Vec::new();
        for bucket in 0..self.buckets {
            let path = keys_path(self.folder, self.layout.table.name, bucket);
            let Ok(file) = File::open(&path) else { continue };
            let mut reader = BufReader::with_capacity(1 << 20, file);
            let mut record = [0; RECORD];
            while reader.read_exact(&mut record).is_ok() {
                let word = |at: usize| {
                    record[at..at + 8].iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
                };
                if word(0) % passes == pass {
                    places.push((word(0), word(8), word(16), bucket));
                }
            }
        }
        places
    }

    /// By bucket the keys to take out, each with the bucket of the row that replaces it and whether the row is of this batch.
    fn doomed(&self, places: &[Place], pass: u64, passes: u64) -> Result<Doomed> {
        let mut doomed = Doomed::new();
        let mut last: FxHashMap<u64, u32> = FxHashMap::default();
        for group in places.chunk_by(|one, two| one.0 == two.0) {
            let (hash, .., winner) = group[group.len() - 1];
            last.insert(hash, winner);
            for (_, _, _, bucket) in group.iter().filter(|place| place.3 != winner) {
                doomed.entry(*bucket).or_default().insert(hash, (winner, true));
            }
        }
        for bucket in 0..self.buckets {
            for file in self.before.files(self.layout.table.name, bucket) {
                for hash in stored_hashes(file)?.into_iter().filter(|hash| hash % passes == pass) {
                    if let Some(winner) = last.get(&hash).filter(|winner| **winner != bucket) {
                        doomed.entry(bucket).or_default().entry(hash).or_insert((*winner, false));
                    }
                }
            }
        }
        Ok(doomed)
    }

    fn take_out(
        &self,
        bucket: u32,
        doomed: &FxHashMap<u64, (u32, bool)>,
        files: &mut Vec<FileEntry>,
        counts: &mut Counts,
        settled: &mut Settled,
    ) -> Result<()> {
        let certain = self.certain(bucket, doomed, files)?;
        let names: Vec<&str> =
            self.layout.schema.fields().iter().map(|field| field.name().as_str()).collect();
        for entry in std::mem::take(files) {
            let file = self.open(&entry);
            let hit =
                entry.bucket == bucket && stored_hashes(&file)?.iter().any(|hash| certain.contains(hash));
            if !hit {
                files.push(entry);
                continue;
            }
            let mut kept = Vec::new();
            for batch in file.read_all(Texts::Working, &names)? {
                let gone: BooleanArray = key_hashes(self.layout, &batch)?
                    .iter()
                    .map(|hash| Some(certain.contains(hash)))
                    .collect();
                persons(&filter_record_batch(&batch, &gone)?, &mut settled.persons)?;
                kept.push(filter_record_batch(&batch, &BooleanArray::new(!gone.values(), None))?);
            }
            if crate::layout::rows(&kept) > 0 {
                let entry = write_bucket(self.lake, self.layout, bucket, &kept)?;
                settled.written.push(self.open(&entry).path);
                files.push(entry);
            }
        }
        for hash in &certain {
            let of_batch = doomed.get(hash).is_some_and(|(_, of_batch)| *of_batch);
            counts.added = counts.added.saturating_sub(1);
            if of_batch { counts.duplicate += 1 } else { counts.replaced += 1 }
        }
        Ok(())
    }

    /// Those of the doomed whose keys are equal as text, not only as hash.
    fn certain(
        &self,
        bucket: u32,
        doomed: &FxHashMap<u64, (u32, bool)>,
        files: &[FileEntry],
    ) -> Result<FxHashSet<u64>> {
        let hashes: FxHashSet<u64> = doomed.keys().copied().collect();
        let losers = self.keys(bucket, &hashes, files)?;
        let mut certain = FxHashSet::default();
        for winner in doomed.values().map(|(winner, _)| *winner).collect::<BTreeSet<_>>() {
            let winners = self.keys(winner, &hashes, files)?;
            let meant = doomed.iter().filter(|(_, (to, _))| *to == winner).map(|(hash, _)| hash);
            certain.extend(
                meant.filter(|hash| losers.get(hash).is_some_and(|key| winners.get(hash) == Some(key))),
            );
        }
        Ok(certain)
    }

    fn keys(
        &self,
        bucket: u32,
        hashes: &FxHashSet<u64>,
        files: &[FileEntry],
    ) -> Result<FxHashMap<u64, String>> {
        let mut found = FxHashMap::default();
        for entry in files.iter().filter(|entry| entry.bucket == bucket) {
            let file = self.open(entry);
            let mut start = 0;
            let here = stored_hashes(&file)?;
            let rows: Vec<u32> =
                (0..).zip(&here).filter(|(_, hash)| hashes.contains(hash)).map(|(row, _)| row).collect();
            for batch in file.read_rows(Texts::Working, self.layout.table.key, &rows)? {
                let cast =
                    |column: &arrow_array::ArrayRef| arrow_cast::cast(column, &arrow_schema::DataType::Utf8);
                let columns = batch.columns().iter().map(cast).collect::<Result<Vec<_>, _>>()?;
                let texts =
                    columns.iter().map(|column| crate::text::Text::of(column)).collect::<Result<Vec<_>>>()?;
                for row in 0..batch.num_rows() {
                    let key = texts
                        .iter()
                        .map(|text| text.get(row).unwrap_or_default())
                        .collect::<Vec<_>>()
                        .join("\u{1f}");
                    found.insert(here[rows[start + row] as usize], key);
                }
                start += batch.num_rows();
            }
        }
        Ok(found)
    }

    fn open(&self, entry: &FileEntry) -> DataFile {
        DataFile::new(self.lake.join("tables").join(self.layout.table.name).join(&entry.path), self.layout)
    }
}

/// The hash of each row's key in a file.
pub(crate) fn stored_hashes(file: &DataFile) -> Result<Vec<u64>> {
    let stored: Vec<&str> = match file.layout.table.name {
        "fee" => vec!["feedetl_key"],
        "settlement" => vec!["setl_key"],
        _ => file.layout.table.key.to_vec(),
    };
    let batches = file.read_all(Texts::Working, &stored)?;
    let hashes = batches.iter().map(|batch| key_hashes(file.layout, batch)).collect::<Result<Vec<_>>>()?;
    Ok(hashes.concat())
}
