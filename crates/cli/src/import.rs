//! An import from files to a visible batch: reads on all cores, checks bucket by bucket, refuses a batch that is too bad whole.

mod check;
mod quarantine;
mod read;

pub use quarantine::{batches, rejected};

use crate::exit::Interrupted;
use anyhow::{Context, Result};
use check::Checker;
use mingcha_ingest::{IngestError, Limits, Months, Policy, Profile, Rejected, Report, Scan, Source, scan};
use mingcha_lake::{BatchFile, BatchInfo, BatchOutcome, Begun, Lake, Staging, Taken};
use mingcha_model::{Date, Level};
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// What to import.
pub struct Job<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// How foreign names map to ours.
    pub profile: &'a Profile,
    /// The text of the profile, which is part of the batch's identity.
    pub profile_text: &'a str,
    /// What each check does.
    pub policy: &'a Policy,
    /// Later dates are impossible.
    pub as_of: Date,
    /// Files to read at once.
    pub threads: usize,
    /// Check everything, keep nothing: a folder outside the lake for what a trial stages.
    pub trial: Option<&'a Path>,
    /// Read files that an earlier batch brought, too.
    pub again: bool,
    /// Set from outside to stop.
    pub cancel: &'a AtomicBool,
    /// Called with files (or parts of files) done and in all.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// What became of it.
pub enum Outcome {
    /// The same files were imported before; nothing was done.
    AlreadyThere(Vec<Taken>),
    /// A file could not be read to its end, or there were no rows: nothing was kept.
    Unreadable(Box<Report>),
    /// The batch of that id was too bad and was refused whole.
    Refused(Box<Report>, Vec<Rejected>, String),
    /// Everything was checked, nothing was kept.
    Tried(Box<Report>, Vec<Rejected>),
    /// The batch is in the lake.
    Done(Box<Report>, Box<BatchOutcome>),
}

/// Runs the import.
pub fn run(lake: &Lake, job: &Job<'_>) -> Result<Outcome> {
    let limits = Limits::default();
    let mut found = scan(job.paths, job.profile, &limits);
    let info = identity(&found, job)?;
    let info = if job.again { info.again() } else { info };
    let begun = match job.trial {
        Some(folder) => lake.rehearse(info, folder)?,
        None => lake.begin(info)?,
    };
    let staging = match begun {
        Begun::AlreadyThere(taken) => return Ok(Outcome::AlreadyThere(taken)),
        Begun::Staging(staging) => staging,
    };
    let taken = |path: &Path| staging.taken().iter().any(|taken| path.display().to_string() == taken.file);
    found.sources.retain(|source| !taken(&source.path));
    let mut read = read::all(&found, &staging, &lake.digest_key()?, limits, job)?;
    stop(job)?;
    for Taken { file, batch } in staging.taken() {
        read.report.left_out.insert(file.clone(), batch.clone());
    }
    let broken = read.report.problems.iter().any(|problem| problem.level == Level::Error);
    if !broken && read.report.read() == 0 {
        found.sources.iter().for_each(|source| read.report.add_error(&without_rows(source)));
    }
    if broken || read.report.read() == 0 {
        // A part of what somebody sent looks like all of it in every figure that follows.
        staging.abandon()?;
        return Ok(Outcome::Unreadable(Box::new(read.report)));
    }
    check(*staging, &found, read, job)
}

/// A file whose names are known and that says nothing.
fn without_rows(source: &Source) -> IngestError {
    let message = "has a header and no rows that are read".to_owned();
    IngestError::Content { file: source.name.to_string(), line: 1, message }
}

/// The second half: the rows that were read against each other and the lake, and what becomes of the batch.
fn check(staging: Staging, found: &Scan, mut read: read::Read, job: &Job<'_>) -> Result<Outcome> {
    let id = staging.batch().id.clone();
    let files: Vec<std::sync::Arc<str>> = found.files.iter().map(|name| name.as_str().into()).collect();
    let checker = Checker::new(staging.before(), &read, files, job.policy)?;
    let ready = staging.prepare(&|rows: &mingcha_lake::BucketRows<'_>| checker.bucket(rows))?;
    let (mut failures, mut before) = (Vec::new(), Months::default());
    for found in &ready.payloads {
        before.merge(&found.months);
        read.report.add_bucket(&found.report, &found.rejected);
        read.rejected.extend(found.rejected.iter().cloned());
        failures.extend(found.failure.clone());
    }
    if let Some(failure) = failures.into_iter().next() {
        ready.abandon()?;
        anyhow::bail!("{failure}");
    }
    for (name, counts) in &ready.entry().tables {
        if let Some(table) = mingcha_model::table::table(name) {
            read.report.add_left_out(table.name, counts.duplicate, counts.unchanged);
        }
    }
    let met =
        |table: &str| ready.entry().tables.get(table).map_or(0, |counts| counts.unchanged + counts.replaced);
    read.report.findings = read.counters.findings(&before, met);
    let report = Box::new(read.report);
    if read.overflow || report.refused_ratio() > job.policy.refuse_batch_above {
        ready.refuse(&batches(&read.rejected)?, report.to_json())?;
        return Ok(Outcome::Refused(report, read.rejected, id));
    }
    if job.trial.is_some() {
        ready.abandon()?;
        return Ok(Outcome::Tried(report, read.rejected));
    }
    stop(job)?;
    let outcome = ready.commit(&batches(&read.rejected)?, report.to_json())?;
    Ok(Outcome::Done(report, Box::new(outcome)))
}

fn stop(job: &Job<'_>) -> Result<()> {
    if job.cancel.load(Ordering::Relaxed) { Err(Interrupted.into()) } else { Ok(()) }
}

/// The batch's identity: what its files hold and how they are read, not what they are called. What each check does (`--quality`,
/// `--as-of`) is not in it: the same rows judged anew would replace what was corrected since. `--again` says that this is meant.
fn identity(found: &Scan, job: &Job<'_>) -> Result<BatchInfo> {
    let mut paths: Vec<&PathBuf> = found.sources.iter().map(|source| &source.path).collect();
    paths.sort();
    paths.dedup();
    let next = AtomicUsize::new(0);
    let digests = || -> Result<Vec<(usize, String)>> {
        let mine = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let mine = mine.map_while(|at| paths.get(at).map(|path| (at, path)));
        mine.map(|(at, path)| digest(path).map(|digest| (at, digest))).collect()
    };
    let mut all = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..job.threads).map(|_| scope.spawn(digests)).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, _>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().map(join).collect::<Result<Vec<_>>>()
    })?
    .concat();
    all.sort_unstable();
    let file = |(at, digest): (usize, String)| BatchFile { name: paths[at].display().to_string(), digest };
    Ok(BatchInfo::new(all.into_iter().map(file).collect(), job.profile_text))
}

/// The digest of a file's content.
fn digest(path: &Path) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let digested = std::fs::File::open(path).and_then(|file| hasher.update_reader(file).map(|_| ()));
    digested.with_context(|| path.display().to_string())?;
    Ok(hasher.finalize().to_hex().to_string())
}
