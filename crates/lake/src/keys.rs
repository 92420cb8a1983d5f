//! The keys of a batch's rows, noted on disk by range of their hash, so that a key that went to two buckets is found a range at a time.

use crate::{LakeError, Result};
use rustc_hash::FxHashSet;
use std::{
    fs::{self, File},
    io::Write,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

/// Keys of a range, on average: two of them are in memory at once.
const RANGE_KEYS: u64 = 500_000;
/// Bytes of a key on disk: hash and source place.
const RECORD: usize = 16;
/// Bits of a source place that hold the line; the file number stands above them.
const LINE_BITS: u32 = 40;

/// A key of the batch: its hash, where it stood in the source (later places are greater), and the bucket it went to.
pub(crate) type Place = (u64, u64, u32);

/// The keys of one table of a batch.
#[derive(Debug)]
pub(crate) struct Keys {
    path: PathBuf,
    bits: u32,
    noted: Mutex<Noted>,
}

#[derive(Debug, Default)]
struct Noted {
    file: Option<File>,
    end: u64,
    runs: Vec<Run>,
}

/// The keys of one bucket: where they begin and how many stand before the end of each range.
#[derive(Debug)]
struct Run {
    bucket: u32,
    start: u64,
    ends: Vec<u32>,
}

impl Keys {
    /// A place for about `rows` keys of a table.
    pub(crate) fn new(folder: &Path, table: &str, rows: u64) -> Self {
        let bits = rows.div_ceil(RANGE_KEYS).max(1).next_power_of_two().trailing_zeros().min(16);
        Self { path: folder.join(format!("{table}.keys")), bits, noted: Mutex::default() }
    }

    /// How many ranges there are.
    pub(crate) fn ranges(&self) -> u32 {
        1 << self.bits
    }

    /// The range of a hash.
    pub(crate) fn range(&self, hash: u64) -> u32 {
        hash.checked_shr(64 - self.bits).unwrap_or_default() as u32
    }

    /// Notes the keys of a bucket's new rows and their places in the source.
    pub(crate) fn note(&self, bucket: u32, hashes: &[u64], files: &[i64], lines: &[i64]) -> Result<()> {
        let mut ends = vec![0_u32; self.ranges() as usize];
        hashes.iter().for_each(|hash| ends[self.range(*hash) as usize] += 1);
        let mut next: Vec<u32> = ends
            .iter_mut()
            .scan(0, |sum, count| {
                let start = *sum;
                *sum += *count;
                *count = *sum;
                Some(start)
            })
            .collect();
        let mut bytes = vec![0; hashes.len() * RECORD];
        for ((hash, file), line) in hashes.iter().zip(files).zip(lines) {
            let slot = &mut next[self.range(*hash) as usize];
            let at = *slot as usize * RECORD;
            *slot += 1;
            let place = (*file as u64) << LINE_BITS | *line as u64 & ((1 << LINE_BITS) - 1);
            bytes[at..at + 8].copy_from_slice(&hash.to_le_bytes());
            bytes[at + 8..at + RECORD].copy_from_slice(&place.to_le_bytes());
        }
        self.write(bucket, ends, &bytes).map_err(LakeError::io(&self.path))
    }

    fn write(&self, bucket: u32, ends: Vec<u32>, bytes: &[u8]) -> std::io::Result<()> {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.file.is_none() {
            noted.file =
                Some(File::options().create(true).truncate(true).read(true).write(true).open(&self.path)?);
        }
        if let Some(file) = &mut noted.file {
            file.write_all(bytes)?;
        }
        let start = noted.end;
        noted.runs.push(Run { bucket, start, ends });
        noted.end += bytes.len() as u64;
        Ok(())
    }

    /// All keys of a range.
    pub(crate) fn load(&self, range: u32) -> Result<Vec<Place>> {
        let noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = &noted.file else { return Ok(Vec::new()) };
        let file = file.try_clone().map_err(LakeError::io(&self.path))?;
        let slice = |run: &Run| {
            let from = range.checked_sub(1).map_or(0, |before| run.ends[before as usize]);
            (
                run.bucket,
                run.start + u64::from(from) * RECORD as u64,
                (run.ends[range as usize] - from) as usize,
            )
        };
        let slices: Vec<(u32, u64, usize)> = noted.runs.iter().map(slice).collect();
        drop(noted);
        let mut places = Vec::with_capacity(slices.iter().map(|slice| slice.2).sum());
        let mut bytes = Vec::new();
        for (bucket, start, count) in slices {
            bytes.resize(count * RECORD, 0);
            file.read_exact_at(&mut bytes, start).map_err(LakeError::io(&self.path))?;
            let (words, _) = bytes.as_chunks::<8>();
            let word = |at: usize| u64::from_le_bytes(words[at]);
            places.extend((0..count).map(|at| (word(2 * at), word(2 * at + 1), bucket)));
        }
        Ok(places)
    }

    /// Every place of every key that went to more than one bucket, looked for on `threads` threads.
    pub(crate) fn scattered(&self, threads: usize) -> Result<Vec<Place>> {
        let next = AtomicU32::new(0);
        let worker = || -> Result<Vec<Place>> {
            let mut found = Vec::new();
            loop {
                let range = next.fetch_add(1, Ordering::Relaxed);
                if range >= self.ranges() {
                    return Ok(found);
                }
                in_two_buckets(&self.load(range)?, &mut found);
            }
        };
        let found = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(worker)).collect();
            let join = |worker: std::thread::ScopedJoinHandle<'_, _>| {
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            workers.into_iter().map(join).collect::<Result<Vec<_>>>()
        });
        let mut found = found?.concat();
        found.sort_unstable();
        Ok(found)
    }

    /// Removes what was noted.
    pub(crate) fn forget(&self) -> Result<()> {
        let taken = std::mem::take(&mut *self.noted.lock().unwrap_or_else(PoisonError::into_inner));
        if taken.file.is_some() {
            fs::remove_file(&self.path).map_err(LakeError::io(&self.path))
        } else {
            Ok(())
        }
    }
}

/// Adds the places of keys that stand in more than one bucket.
fn in_two_buckets(places: &[Place], found: &mut Vec<Place>) {
    let size = (places.len() * 2).next_power_of_two();
    // The first place of each key by slot: one table of small numbers stays in the cache where a map of hashes would not.
    let mut slots = vec![u32::MAX; size];
    let mut twice = FxHashSet::default();
    for (at, (hash, _, bucket)) in (0..).zip(places) {
        let mut slot = *hash as usize & (size - 1);
        while slots[slot] != u32::MAX && places[slots[slot] as usize].0 != *hash {
            slot = (slot + 1) & (size - 1);
        }
        match slots[slot] {
            u32::MAX => slots[slot] = at,
            first if places[first as usize].2 != *bucket => drop(twice.insert(*hash)),
            _ => {}
        }
    }
    if !twice.is_empty() {
        found.extend(places.iter().filter(|(hash, ..)| twice.contains(hash)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_in_two_buckets_is_found_with_all_its_places(
            rows in prop::collection::vec((0_u64..40, 0_i64..3, 1_i64..90, 0_u32..4), 0..60),
            ranges in 1_u64..20,
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let keys = Keys::new(folder.path(), "fee", ranges * RANGE_KEYS);
            let spread = |key: u64| key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            for bucket in 0..4 {
                let own: Vec<_> = rows.iter().filter(|row| row.3 == bucket).collect();
                let hashes: Vec<u64> = own.iter().map(|row| spread(row.0)).collect();
                let files: Vec<i64> = own.iter().map(|row| row.1).collect();
                let lines: Vec<i64> = own.iter().map(|row| row.2).collect();
                keys.note(bucket, &hashes, &files, &lines).expect("noted");
            }
            let in_two = |key: u64| {
                let buckets: FxHashSet<u32> = rows.iter().filter(|row| row.0 == key).map(|row| row.3).collect();
                buckets.len() > 1
            };
            let mut expected: Vec<Place> = rows
                .iter()
                .filter(|row| in_two(row.0))
                .map(|row| (spread(row.0), (row.1 as u64) << LINE_BITS | row.2 as u64, row.3))
                .collect();
            expected.sort_unstable();
            prop_assert_eq!(keys.scattered(2).expect("found"), expected);
        }
    }
}
