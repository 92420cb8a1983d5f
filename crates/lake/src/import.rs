//! A batch on its way in: appended, checked bucket by bucket, written, and made visible at once.

use crate::{
    BatchInfo, LakeError, Result, Snapshot,
    build::build,
    interner::Interners,
    keys::Keys,
    lake::{Lake, Lock, sync_files},
    layout::{Layout, Tables, layouts},
    ledger::{self, Counts, Entry, Taken},
    links,
    manifest::{Made, Manifest, now},
    merge::{Merged, Place, merge},
    moved::{self, Written, can_move},
    stage::{FINE, Room, Stage},
};
use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch, StringArray};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Fee lines that a bucket shall hold at most when the number of buckets is chosen: two of them fit into memory at once.
pub(crate) const BUCKET_LINES: u64 = 250_000;
/// Rows of a shard of a table that belongs to no person.
const SHARD_ROWS: u64 = 2_000_000;
/// Memory that the buckets in work may take together, by estimate.
const WORK_BYTES: u64 = 1 << 30;
/// As much of it as there is beside all rows that may be held; where it is more, rows make way.
const BESIDE: u64 = 400 << 20;
/// Bytes of a fee line and its share of the other tables while a bucket is in work, as measured.
const LINE_BYTES: u64 = 700;

/// Rows being appended. `append` may be called from several threads.
pub struct Staging {
    lake: Lake,
    /// None where the batch is only tried.
    lock: Option<Lock>,
    before: Snapshot,
    batch: BatchInfo,
    taken: Vec<Taken>,
    bucket_lines: u64,
    folder: PathBuf,
    stages: Vec<Stage>,
    interners: Interners,
    tickets: AtomicUsize,
    /// The keys of tables whose rows can move from one bucket to another.
    keys: Tables<Keys>,
}

/// The new rows of one bucket, or of one table that belongs to no person, as a checker sees them.
pub struct BucketRows<'a> {
    /// The bucket; `None` where the rows belong to no person. A batch that is only tried may have more buckets than the lake.
    pub bucket: Option<u32>,
    /// New rows by table, in order, each key once; texts as `Dictionary(Int32, Utf8)` but for serial numbers and digests, which are
    /// plain; the last two columns are `src_file` and `src_line`.
    pub tables: Tables<RecordBatch>,
    /// The lake before this batch.
    pub before: &'a Snapshot,
}

impl BucketRows<'_> {
    /// Columns of the rows that stand in the lake already: of this bucket, or all where the table belongs to no person.
    pub fn standing(&self, table: &str, columns: &[&str]) -> Result<Vec<RecordBatch>> {
        let by_person = mingcha_model::table::table(table).is_some_and(|table| table.by_person);
        match self.bucket {
            Some(bucket) if by_person => self.before.bucket(table, bucket % self.before.buckets(), columns),
            _ => self.before.table(table, columns),
        }
    }
}

/// What a checker says about a bucket.
pub struct Verdict<P> {
    /// By table, which rows to refuse (true). A table that is not named keeps all.
    pub refuse: Tables<BooleanArray>,
    /// Whatever else it found.
    pub payload: P,
}

/// Looks at the new rows of a bucket. Called from several threads, each bucket once.
pub type Check<'a, P> = dyn Fn(&BucketRows<'_>) -> Verdict<P> + Sync + 'a;

/// A batch that is checked and written but not yet visible. Dropped, it leaves nothing behind.
pub struct Ready<P> {
    /// What the checker found, reference tables first, then by bucket.
    pub payloads: Vec<P>,
    lake: Lake,
    /// None where the batch is only tried.
    lock: Option<Lock>,
    folder: PathBuf,
    next: Manifest,
    changed: BTreeSet<&'static str>,
    entry: Entry,
    persons: StringArray,
    written: Vec<PathBuf>,
}

/// What became of a batch.
#[derive(Clone, Debug)]
pub struct BatchOutcome {
    /// The version that shows it; the version before where nothing changed.
    pub version: u64,
    /// Whether the batch changed anything.
    pub changed: bool,
    /// Its entry in the ledger.
    pub entry: Entry,
}

/// The result of one bucket.
struct Unit<P> {
    payload: P,
    merged: Vec<Merged>,
    persons: StringArray,
    counts: Vec<(&'static str, Counts)>,
}

impl Staging {
    pub(crate) fn new(
        lake: Lake,
        lock: Option<Lock>,
        before: Snapshot,
        batch: BatchInfo,
        taken: Vec<Taken>,
        folder: PathBuf,
    ) -> Self {
        let room = Arc::new(Room::new());
        let stages = layouts().iter().map(|layout| Stage::new(layout, &folder, &room)).collect();
        let (interners, tickets) = (Interners::new(), AtomicUsize::new(0));
        let (bucket_lines, keys) = (BUCKET_LINES, Tables::new());
        Self { lake, lock, before, batch, taken, bucket_lines, folder, stages, interners, tickets, keys }
    }

    /// Bounds memory more tightly: that many fee lines to a bucket where the number of buckets is chosen.
    #[must_use]
    pub fn bucket_lines(self, most: u64) -> Self {
        Self { bucket_lines: most, ..self }
    }

    /// What is imported: the files that no earlier batch brought.
    pub fn batch(&self) -> &BatchInfo {
        &self.batch
    }

    /// The files that are left out because an earlier batch brought them.
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }

    /// The lake before this batch.
    pub fn before(&self) -> &Snapshot {
        &self.before
    }

    /// Takes rows of a table in: columns of `Table::lake_schema` by name (optional ones may be absent) and, where known, `src_file`
    /// (`UInt32`) and `src_line` (`UInt64`), by which the last of several rows with one key is the one that counts.
    ///
    /// Texts are `Utf8` or `Dictionary(Int32, Utf8)`. Fails at unknown columns, wrong types and empty required columns.
    pub fn append(&self, table: &str, batch: &RecordBatch) -> Result<()> {
        self.append_but(table, batch, &[])
    }

    /// The same without some of the rows: their numbers, in order and each once. Nothing is asked of what stands in them.
    pub fn append_but(&self, table: &str, batch: &RecordBatch, refused: &[u32]) -> Result<()> {
        let stage = self.stages.iter().find(|stage| stage.layout.table.name == table);
        let stage = stage.ok_or_else(|| LakeError::NoTable(table.into()))?;
        stage.append(batch, refused, &self.interners, self.tickets.fetch_add(1, Ordering::Relaxed) as u64)
    }

    /// Rows appended to a table so far.
    pub fn rows(&self, table: &str) -> u64 {
        self.stages.iter().filter(|stage| stage.layout.table.name == table).map(Stage::rows).sum()
    }

    /// Gives the batch up: nothing of it stays.
    pub fn abandon(self) -> Result<()> {
        fs::remove_dir_all(&self.folder).map_err(LakeError::io(&self.folder))
    }

    /// Checks, writes and shows the batch in one go, for callers that never refuse it whole.
    pub fn finish<P: Send>(self, check: &Check<'_, P>) -> Result<BatchOutcome> {
        self.prepare(check)?.commit(&[], serde_json::Value::Null)
    }

    /// Checks and writes all buckets on all cores. Nothing is visible until [`Ready::commit`]. A batch that is only tried is checked and
    /// counted, and nothing is written.
    pub fn prepare<P: Send>(mut self, check: &Check<'_, P>) -> Result<Ready<P>> {
        if self.lock.is_some() {
            self.make_room()?;
        }
        links::resolve(&self.stages, &self.before)?;
        let dictionaries = std::mem::replace(&mut self.interners, Interners::new()).freeze();
        let buckets = self.buckets();
        if buckets > 1 {
            self.keys = self
                .stages
                .iter()
                .filter(|stage| can_move(stage.layout))
                .map(|s| (s.layout.table.name, Keys::new(&self.folder, s.layout.table.name, s.rows())))
                .collect();
        }
        let units = self.units(buckets);
        let lines: u64 = self.stages.iter().map(Stage::rows).sum();
        let bucket_bytes = (lines * LINE_BYTES / u64::from(buckets)).max(1);
        let threads = cores().min((WORK_BYTES / bucket_bytes).max(1) as usize);
        let wanted = (bucket_bytes * threads as u64).saturating_sub(BESIDE);
        self.stages.iter().try_for_each(|stage| stage.make_way(wanted))?;
        // The largest first: the small ones at the end keep all threads busy until all is done.
        let mut turns: Vec<usize> = (0..units.len()).collect();
        turns.sort_by_key(|at| std::cmp::Reverse(self.unit_rows(&units[*at], buckets)));
        let next_turn = AtomicUsize::new(0);
        let results = Mutex::new(BTreeMap::new());
        std::thread::scope(|scope| {
            let work = || loop {
                let turn = next_turn.fetch_add(1, Ordering::Relaxed);
                let Some(&at) = turns.get(turn) else { return };
                let (bucket, stages) = &units[at];
                let result = self.unit(*bucket, stages, buckets, &dictionaries, check);
                match &result {
                    Ok(unit) => {
                        let written = self.written(&unit.merged);
                        // The disk works while the next bucket is built. What goes wrong here is met again when the batch is published.
                        scope.spawn(move || drop(sync_files(&written)));
                    }
                    // The others stop at their next bucket; what they wrote is swept with the rest.
                    Err(_) => next_turn.store(units.len(), Ordering::Relaxed),
                }
                results.lock().unwrap_or_else(PoisonError::into_inner).insert(at, result);
            };
            (0..threads).for_each(|_| drop(scope.spawn(work)));
        });
        let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        let done = results.into_values().collect::<Result<Vec<_>>>();
        match done {
            Ok(done) => self.ready(done, buckets),
            Err(error) => {
                if self.lock.is_some() {
                    let _ = self.lake.sweep();
                }
                let _ = fs::remove_dir_all(&self.folder);
                Err(error)
            }
        }
    }

    /// Splits buckets that the batch would fill beyond what memory holds, as a version of its own.
    fn make_room(&mut self) -> Result<()> {
        let lines = self.before.row_count("fee") + self.rows("fee");
        let buckets = self.before.manifest().buckets;
        if buckets > 0 && buckets < FINE as u32 && lines / u64::from(buckets) > 2 * self.bucket_lines {
            crate::compact::compact(&self.lake, &self.before, Some(enough(lines, self.bucket_lines)))?;
            self.before = self.lake.snapshot(None)?;
        }
        Ok(())
    }

    fn buckets(&self) -> u32 {
        match self.before.manifest().buckets {
            0 => enough(self.rows("fee").max(self.rows("settlement")), self.bucket_lines),
            // A trial splits no standing bucket, so its own rows are looked at in smaller portions.
            buckets if self.lock.is_none() => {
                buckets.max(enough(self.before.row_count("fee") + self.rows("fee"), self.bucket_lines))
            }
            buckets => buckets,
        }
    }

    fn shards(&self, stage: &Stage) -> u32 {
        let standing = self.before.manifest().tables.get(stage.layout.table.name);
        standing.map_or_else(|| enough(stage.rows(), SHARD_ROWS), |state| state.buckets)
    }

    /// The pieces of work: tables that belong to no person by shard, then the buckets.
    fn units(&self, buckets: u32) -> Vec<(u32, Vec<&Stage>)> {
        let (by_person, reference): (Vec<&Stage>, Vec<&Stage>) = self
            .stages
            .iter()
            .filter(|stage| stage.rows() > 0)
            .partition(|stage| stage.layout.table.by_person);
        let shards = |stage: &'_ _| (0..self.shards(stage)).collect::<Vec<_>>();
        let mut units: Vec<(u32, Vec<&Stage>)> = reference
            .into_iter()
            .flat_map(|stage| shards(stage).into_iter().map(move |shard| (shard, vec![stage])))
            .collect();
        if !by_person.is_empty() {
            units.extend((0..buckets).map(|bucket| (bucket, by_person.clone())));
        }
        units
    }

    /// Rows of a piece of work.
    fn unit_rows(&self, (bucket, stages): &(u32, Vec<&Stage>), buckets: u32) -> usize {
        let rows = |stage: &&Stage| -> usize {
            let of = if stage.layout.table.by_person { buckets } else { self.shards(stage) };
            (0..FINE).filter(|part| *part as u32 % of == *bucket).map(|part| stage.part_rows(part)).sum()
        };
        stages.iter().map(rows).sum()
    }

    fn unit<P>(
        &self,
        bucket: u32,
        stages: &[&Stage],
        buckets: u32,
        dictionaries: &Tables<ArrayRef>,
        check: &Check<'_, P>,
    ) -> Result<Unit<P>> {
        let by_person = stages[0].layout.table.by_person;
        let buckets = if by_person { buckets } else { self.shards(stages[0]) };
        let (mut tables, mut counts) = (Tables::new(), Vec::new());
        for stage in stages {
            let parts = (0..FINE).filter(|part| *part as u32 % buckets == bucket);
            if let Some((batch, duplicate)) = build(stage, parts, dictionaries)? {
                let (name, duplicate) = (stage.layout.table.name, duplicate as u64);
                counts.push((
                    name,
                    Counts { read: batch.num_rows() as u64 + duplicate, duplicate, ..Counts::default() },
                ));
                tables.insert(name, batch);
            }
        }
        let rows = BucketRows { bucket: by_person.then_some(bucket), tables, before: &self.before };
        let verdict = check(&rows);
        let (mut merged, mut persons) = (Vec::new(), BTreeSet::new());
        let mut tables = rows.tables;
        for (name, counts) in &mut counts {
            let Some(batch) = tables.remove(name) else { continue };
            let layout = crate::layout::layout(name)?;
            let kept = keep(layout, batch, verdict.refuse.get(name))?;
            if let Some(keys) = self.keys.get(layout.table.name) {
                moved::note(keys, layout, bucket, &kept)?;
            }
            let stored: Vec<usize> = (0..kept.num_columns() - 2).collect();
            let kept = kept.project(&stored)?;
            counts.refused = counts.read - counts.duplicate - kept.num_rows() as u64;
            let place = Place {
                lake: self.lock.is_some().then_some(&self.lake.folder),
                before: &self.before,
                layout,
                bucket,
            };
            merged.extend(merge(&place, kept, counts, &mut persons)?);
        }
        // Side by side they take a quarter of what the set does, and those of all buckets wait for the end together.
        let persons = StringArray::from_iter_values(persons);
        Ok(Unit { payload: verdict.payload, merged, persons, counts })
    }

    fn ready<P>(self, done: Vec<Unit<P>>, buckets: u32) -> Result<Ready<P>> {
        let mut next = self.before.manifest().next(Made::Import { batch: self.batch.id.clone() });
        next.batches.push(self.batch.id.clone());
        let mut entry =
            Entry { id: self.batch.id.clone(), version: next.version, written_at: now(), ..Entry::default() };
        for file in &self.batch.files {
            entry.files.push(file.name.clone());
            entry.digests.push(file.digest.clone());
        }
        let (mut payloads, mut changed, mut written) = (Vec::new(), BTreeSet::new(), Vec::new());
        let mut persons: Vec<StringArray> = Vec::new();
        for unit in done {
            payloads.push(unit.payload);
            unit.counts
                .iter()
                .for_each(|(name, counts)| entry.tables.entry((*name).into()).or_default().merge(counts));
            for merged in unit.merged {
                let layout = crate::layout::layout(merged.table)?;
                let state = next.tables.entry(merged.table.into()).or_default();
                state.buckets =
                    if layout.table.by_person { buckets } else { self.shards(self.stage(merged.table)?) };
                state.files.retain(|file| !merged.removed.contains(&file.path));
                written.extend(self.written(std::slice::from_ref(&merged)));
                state.files.extend(merged.added);
                changed.insert(merged.table);
                entry.reference_tables_changed |= !layout.table.by_person;
                next.buckets = if layout.table.by_person { buckets } else { next.buckets };
            }
            persons.push(unit.persons);
        }
        for (name, counts) in &mut entry.tables {
            let layout = crate::layout::layout(name)?;
            let Some(keys) = self.keys.get(name.as_str()) else { continue };
            let (lake, threads) = (self.lake.folder.as_path(), cores());
            let table = Written { lake, keys, threads, before: &self.before, layout };
            if self.lock.is_none() {
                table.count(counts)?;
                continue;
            }
            let Some(state) = next.tables.get_mut(name) else { continue };
            let settled = table.settle(&mut state.files, counts)?;
            if !settled.persons.is_empty() {
                changed.insert(layout.table.name);
            }
            written.extend(settled.written);
            persons.push(StringArray::from_iter_values(settled.persons));
        }
        let mut texts: Vec<&str> = persons.iter().flat_map(|some| some.iter().flatten()).collect();
        #[expect(
            clippy::stable_sort_primitive,
            reason = "the people of each bucket come sorted, which this sort is quick with"
        )]
        texts.sort();
        texts.dedup();
        let persons = StringArray::from_iter_values(texts);
        entry.persons = persons.len() as u64;
        let Self { lake, lock, folder, .. } = self;
        Ok(Ready { payloads, lake, lock, folder, next, changed, entry, persons, written })
    }

    /// The files that merges have written.
    fn written(&self, merged: &[Merged]) -> Vec<PathBuf> {
        let tables = self.lake.folder.join("tables");
        let files =
            merged.iter().flat_map(|merged| merged.added.iter().map(move |file| (merged.table, file)));
        files.map(|(table, file)| tables.join(table).join(&file.path)).collect()
    }

    fn stage(&self, table: &str) -> Result<&Stage> {
        let stage = self.stages.iter().find(|stage| stage.layout.table.name == table);
        stage.ok_or_else(|| LakeError::NoTable(table.into()))
    }
}

impl<P> Ready<P> {
    /// What became of the rows of each table.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The version that would show the batch.
    pub fn version(&self) -> u64 {
        self.next.version
    }

    /// Makes the batch visible, with its refused rows and the importer's report. Without any change, refused row or file to remember, no
    /// version is made.
    pub fn commit(mut self, quarantine: &[RecordBatch], report: serde_json::Value) -> Result<BatchOutcome> {
        self.entry.quarantined = crate::layout::rows(quarantine) as u64;
        self.entry.report = report;
        let changed = !self.changed.is_empty();
        // What brought nothing new is remembered all the same: rows that are corrected later must not fall back when it comes again.
        let nothing = !changed && self.entry.quarantined == 0 && self.entry.digests.is_empty();
        if nothing || self.lock.is_none() {
            let outcome = BatchOutcome { version: self.next.version - 1, changed, entry: self.entry };
            fs::remove_dir_all(&self.folder).map_err(LakeError::io(&self.folder))?;
            return Ok(outcome);
        }
        // The spilled rows go first: waiting for the data files would otherwise wait for these to reach the disk as well.
        let spilled = crate::lake::entries(&self.folder)?;
        spilled.iter().try_for_each(|path| fs::remove_file(path).map_err(LakeError::io(path)))?;
        ledger::write(&self.lake.folder, &self.entry, self.persons, quarantine)?;
        let next = self.lake.publish(self.next, &self.changed)?;
        let named: BTreeSet<PathBuf> = next.paths().map(|path| self.lake.folder.join(path)).collect();
        // Files that were written and then written again without a row that moved.
        let superseded = self.written.iter().filter(|path| !named.contains(*path));
        superseded.into_iter().try_for_each(|path| fs::remove_file(path).map_err(LakeError::io(path)))?;
        ledger::forget_refused(&self.lake.folder, &next.batches)?;
        fs::remove_dir_all(&self.folder).map_err(LakeError::io(&self.folder))?;
        Ok(BatchOutcome { version: next.version, changed, entry: self.entry })
    }

    /// Gives the batch up: nothing of it stays.
    pub fn abandon(self) -> Result<()> {
        self.written.iter().try_for_each(|path| fs::remove_file(path).map_err(LakeError::io(path)))?;
        for path in &self.written {
            // The folders of a bucket and of its table go where this batch made them; those that hold anything stay.
            let folders = path.ancestors().skip(1).take_while(|folder| !folder.ends_with("tables"));
            folders.take_while(|folder| fs::remove_dir(folder).is_ok()).for_each(drop);
        }
        fs::remove_dir_all(&self.folder).map_err(LakeError::io(&self.folder))
    }

    /// Gives the batch up for its refused rows, which are kept with the importer's report: see [`Lake::refused`]. Nothing of it is visible
    /// in any table, and its files count as never imported.
    pub fn refuse(mut self, quarantine: &[RecordBatch], report: serde_json::Value) -> Result<()> {
        self.entry.quarantined = crate::layout::rows(quarantine) as u64;
        self.entry.report = report;
        self.entry.version = self.next.version - 1;
        if self.lock.is_some() {
            ledger::write_refused(&self.lake.folder, &self.entry, quarantine)?;
        }
        self.abandon()
    }
}

/// Threads that work at once.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The least power of two, at most [`FINE`], that leaves at most `most` in each.
pub(crate) fn enough(rows: u64, most: u64) -> u32 {
    rows.div_ceil(most).max(1).next_power_of_two().min(FINE as u64) as u32
}

/// The rows that are not refused. A row of a table by person that belongs to nobody known is always refused.
fn keep(layout: &Layout, batch: RecordBatch, refuse: Option<&BooleanArray>) -> Result<RecordBatch> {
    let person =
        batch.column_by_name("psn_no").filter(|person| layout.table.by_person && person.null_count() > 0);
    let lost = |row: usize| person.is_some_and(|person| person.is_null(row));
    let refused = |row: usize| refuse.is_some_and(|refuse| refuse.is_valid(row) && refuse.value(row));
    if person.is_none() && refuse.is_none_or(|refuse| refuse.true_count() == 0) {
        return Ok(batch);
    }
    let keep: BooleanArray = (0..batch.num_rows()).map(|row| Some(!refused(row) && !lost(row))).collect();
    Ok(arrow_select::filter::filter_record_batch(&batch, &keep)?)
}
