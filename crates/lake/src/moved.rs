//! Keys that turn up in two buckets: a correction that gives a row to another person must not leave the old row behind.

use crate::{
    LakeError, Result, Snapshot,
    keys::Keys,
    layout::{Layout, key_hashes},
    ledger::Counts,
    manifest::FileEntry,
    merge::persons,
    read::{DataFile, Form},
    text::Cell,
    write::write_bucket,
};
use arrow_array::{BooleanArray, RecordBatch};
use arrow_select::filter::filter_record_batch;
use rustc_hash::{FxHashMap, FxHashSet};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// Keys looked at together against those that stand; the bound on memory.
const AT_ONCE: usize = 4_000_000;

/// By bucket the keys to take out, each with the bucket of the row that replaces it and whether that row is of this batch.
type Doomed = BTreeMap<u32, FxHashMap<u64, (u32, bool)>>;

/// One table of a batch, after its buckets are written.
pub(crate) struct Written<'a> {
    pub(crate) lake: &'a Path,
    pub(crate) keys: &'a Keys,
    pub(crate) threads: usize,
    pub(crate) before: &'a Snapshot,
    pub(crate) layout: &'static Layout,
}

/// What settling changed.
#[derive(Default)]
pub(crate) struct Settled {
    pub(crate) persons: BTreeSet<String>,
    pub(crate) written: Vec<PathBuf>,
}

/// Whether rows of the table could move to another bucket: not where the person is part of the key.
pub(crate) fn can_move(layout: &Layout) -> bool {
    layout.table.by_person && !layout.table.key.contains(&"psn_no")
}

/// Notes the keys of a bucket's new rows, which still carry their source places.
pub(crate) fn note(keys: &Keys, layout: &Layout, bucket: u32, rows: &RecordBatch) -> Result<()> {
    let place = |name: &str| match Cell::of(rows, name)? {
        Cell::Number(values) => Ok(values),
        _ => Err(LakeError::column(layout.table.name, name, "is no number")),
    };
    keys.note(bucket, &key_hashes(layout, rows)?, &place("src_file")?, &place("src_line")?)
}

impl Written<'_> {
    /// Takes every row out of `files` whose key a later row of the batch holds in another bucket.
    pub(crate) fn settle(&self, files: &mut Vec<FileEntry>, counts: &mut Counts) -> Result<Settled> {
        let mut settled = Settled::default();
        for (bucket, doomed) in self.doomed()? {
            self.take_out(bucket, &doomed, files, counts, &mut settled)?;
        }
        Ok(settled)
    }

    /// Counts what settling would, by the hashes of the keys alone, for a batch that is only tried: it has written no row to look at.
    pub(crate) fn count(&self, counts: &mut Counts) -> Result<()> {
        let doomed = self.doomed()?;
        doomed.values().flat_map(FxHashMap::values).for_each(|(_, of_batch)| take(counts, *of_batch));
        Ok(())
    }

    fn doomed(&self) -> Result<Doomed> {
        let mut doomed = Doomed::new();
        for group in self.keys.scattered(self.threads)?.chunk_by(|one, two| one.0 == two.0) {
            let (hash, _, winner) = group[group.len() - 1];
            for (_, _, bucket) in group.iter().filter(|place| place.2 != winner) {
                doomed.entry(*bucket).or_default().insert(hash, (winner, true));
            }
        }
        self.standing(&mut doomed)?;
        self.keys.forget()?;
        Ok(doomed)
    }

    /// Adds the keys of rows that stand in a bucket while the batch brings them to another.
    fn standing(&self, doomed: &mut Doomed) -> Result<()> {
        if (0..self.before.buckets())
            .all(|bucket| self.before.files(self.layout.table.name, bucket).is_empty())
        {
            return Ok(());
        }
        let mut from = 0;
        while from < self.keys.ranges() {
            let mut last: FxHashMap<u64, (u64, u32)> = FxHashMap::default();
            let start = from;
            while from < self.keys.ranges() && last.len() < AT_ONCE {
                for (hash, place, bucket) in self.keys.load(from)? {
                    let slot = last.entry(hash).or_default();
                    *slot = (*slot).max((place, bucket));
                }
                from += 1;
            }
            self.stand_elsewhere(&last, &|hash| (start..from).contains(&self.keys.range(hash)), doomed)?;
        }
        Ok(())
    }

    fn stand_elsewhere(
        &self,
        last: &FxHashMap<u64, (u64, u32)>,
        in_range: &dyn Fn(u64) -> bool,
        doomed: &mut Doomed,
    ) -> Result<()> {
        let buckets = self.before.buckets();
        for bucket in 0..buckets {
            for file in self.before.files(self.layout.table.name, bucket) {
                for hash in stored_hashes(file)?.into_iter().filter(|hash| in_range(*hash)) {
                    if let Some((_, winner)) =
                        last.get(&hash).filter(|(_, winner)| *winner % buckets != bucket)
                    {
                        doomed.entry(bucket).or_default().entry(hash).or_insert((*winner, false));
                    }
                }
            }
        }
        Ok(())
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
            for batch in file.read_all(Form::Working, &names)? {
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
            take(counts, of_batch);
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
            for batch in file.read_rows(Form::Working, self.layout.table.key, &rows)? {
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

/// Counts a row that is taken out for one of the same key: a repetition within the batch, or one that stood in the lake.
fn take(counts: &mut Counts, of_batch: bool) {
    counts.added = counts.added.saturating_sub(1);
    if of_batch { counts.duplicate += 1 } else { counts.replaced += 1 }
}

/// The hash of each row's key in a file.
pub(crate) fn stored_hashes(file: &DataFile) -> Result<Vec<u64>> {
    let stored: Vec<&str> = match file.layout.table.name {
        "fee" => vec!["feedetl_key"],
        "settlement" => vec!["setl_key"],
        _ => file.layout.table.key.to_vec(),
    };
    let batches = file.read_all(Form::Working, &stored)?;
    let hashes = batches.iter().map(|batch| key_hashes(file.layout, batch)).collect::<Result<Vec<_>>>()?;
    Ok(hashes.concat())
}
