//! The reading half: sources shared among threads, chunks digested and handed to the lake's staging.

use super::Job;
use anyhow::Result;
use arrow_array::cast::AsArray;
use mingcha_ingest::{
    BatchCounters, Chunk, IngestError, Limits, Reader, Reading, Rejected, Report, Scan, Source,
    digest_personal,
};
use mingcha_lake::Staging;
use mingcha_model::{Level, cert::DigestKey};
use std::{
    collections::HashSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

/// Bytes of a part of a large file.
const PART_BYTES: u64 = 64 << 20;
/// Faults of rows in quarantine that a batch may have before it counts as too bad whatever its size: they are kept in memory.
const MOST_FAULTS: usize = 1_000_000;

/// What was read.
#[derive(Default)]
pub struct Read {
    /// Counts by table and file.
    pub report: Report,
    /// Counts for the checks of the batch as a whole.
    pub counters: BatchCounters,
    /// Rows for quarantine.
    pub rejected: Vec<Rejected>,
    /// How many faults they have.
    faults: usize,
    /// Whether there were too many of them to keep.
    pub overflow: bool,
    /// Institutions that the batch names in its own table.
    pub institutions: HashSet<String>,
    /// Practitioners likewise.
    pub practitioners: HashSet<String>,
    /// Whether the batch has people.
    pub people: bool,
}

impl Read {
    fn merge(&mut self, other: Self) {
        self.report.merge(&other.report);
        self.counters.merge(&other.counters);
        self.rejected.extend(other.rejected);
        self.faults += other.faults;
        self.overflow |= other.overflow;
        self.institutions.extend(other.institutions);
        self.practitioners.extend(other.practitioners);
        self.people |= other.people;
    }

    fn take(&mut self, file: &str, chunk: &mut Chunk) {
        self.report.add(file, chunk);
        self.counters.add(chunk);
        match chunk.table.name {
            "institution" => names(chunk, "fixmedins_code", &mut self.institutions),
            "practitioner" => names(chunk, "prac_psn_code", &mut self.practitioners),
            "person" => self.people |= chunk.kept() > 0,
            _ => {}
        }
        let more: usize = chunk.bad.iter().map(|row| row.faults.len()).sum();
        if self.faults + more > MOST_FAULTS {
            self.overflow = true;
        } else {
            self.faults += more;
            self.rejected.append(&mut chunk.bad);
        }
    }
}

fn names(chunk: &Chunk, column: &str, into: &mut HashSet<String>) {
    let texts = chunk
        .rows
        .column_by_name(column)
        .and_then(|array| arrow_cast::cast(array, &arrow_schema::DataType::Utf8).ok());
    if let Some(texts) = texts {
        for run in chunk.runs() {
            let texts = texts.slice(run.start, run.len());
            into.extend(texts.as_string::<i32>().iter().flatten().map(str::to_owned));
        }
    }
}

/// Reads all sources. A file that cannot be read to its end is told in the report; the others are read all the same, so that all faults
/// are told at once, though nothing of the batch will be kept.
pub fn all(found: &Scan, staging: &Staging, key: &DigestKey, limits: Limits, job: &Job<'_>) -> Result<Read> {
    let mut read = Read::default();
    read.report.problems.clone_from(&found.problems);
    let parts = parts(found, &mut read.report);
    let (of, done) = (parts.len() as u64, AtomicU64::new(0));
    let queue = Mutex::new(parts.into_iter());
    let failed = AtomicBool::new(false);
    let broken = AtomicBool::new(read.report.problems.iter().any(|problem| problem.level == Level::Error));
    let work = || -> Result<Read> {
        let mut own = Read::default();
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(source) = next.filter(|_| !failed.load(Ordering::Relaxed)) else { return Ok(own) };
            let result = one(&source, &Sink { staging, key, broken: &broken }, limits, job, &mut own);
            failed.fetch_or(result.is_err() || own.overflow, Ordering::Relaxed);
            result?;
            (job.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, of);
        }
    };
    let all = thread::scope(|scope| {
        let workers: Vec<_> = (0..job.threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect::<Vec<_>>()
    });
    for own in all {
        read.merge(own?);
    }
    Ok(read)
}

/// The sources, large ones cut into parts, so that threads share the work evenly; files back from quarantine are told in the report.
fn parts(found: &Scan, report: &mut Report) -> Vec<Source> {
    let mut parts = Vec::new();
    for source in &found.sources {
        if source.is_returned() {
            // A row that is refused later names the workbook and not its sheet.
            report.returned.extend([source.name.to_string(), source.path.display().to_string()]);
        }
        let bytes = std::fs::metadata(&source.path).map_or(0, |meta| meta.len());
        match source.split(bytes.div_ceil(PART_BYTES) as usize) {
            Ok(split) => parts.extend(split),
            Err(error) => report.add_error(&error),
        }
    }
    parts
}

/// Where good rows go.
struct Sink<'a> {
    staging: &'a Staging,
    key: &'a DigestKey,
    /// Set once a file broke off: rows need not be staged any more.
    broken: &'a AtomicBool,
}

impl Sink<'_> {
    fn take(&self, chunk: &Chunk) -> Result<()> {
        if chunk.kept() == 0 || self.broken.load(Ordering::Relaxed) {
            return Ok(());
        }
        let rows = digest_personal(&chunk.rows, chunk.table, self.key)?;
        Ok(self.staging.append_but(chunk.table.name, &rows, &chunk.refused)?)
    }

    fn break_off(&self, own: &mut Read, error: &IngestError) {
        self.broken.store(true, Ordering::Relaxed);
        own.report.add_error(error);
    }
}

fn one(source: &Source, sink: &Sink<'_>, limits: Limits, job: &Job<'_>, own: &mut Read) -> Result<()> {
    let reading = Reading { policy: job.policy, as_of: job.as_of, limits };
    let reader = match Reader::open(source, &reading) {
        Ok(reader) => reader,
        Err(error) => {
            sink.break_off(own, &error);
            return Ok(());
        }
    };
    for chunk in reader {
        super::stop(job)?;
        let mut chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => {
                sink.break_off(own, &error);
                return Ok(());
            }
        };
        own.take(&source.name, &mut chunk);
        sink.take(&chunk)?;
        if own.overflow {
            break;
        }
    }
    Ok(())
}
