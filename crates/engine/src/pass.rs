//! The one pass over the lake: each bucket decoded once, all person-scope rules over it, on as many threads as asked.

use crate::{
    error::Result,
    run::{Progress, Watch},
};
use mingcha_detect::{
    Hit, Needs, Program, Tables, Window, Worker, World,
    claims::{NULL, columns::Reader},
    finding,
};
use mingcha_lake::Snapshot;
use mingcha_model::{Date, Finding, Time};
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

/// The tables around people: institutions, agreements, practitioners.
pub fn world(snapshot: &Snapshot, needs: &Needs) -> Result<World> {
    let mut tables = Tables::default();
    // Names and regions of institutions stand in every finding, whatever its rule reads.
    let mut needs = needs.clone();
    for read in ["institution.fixmedins_name", "institution.admdvs"] {
        needs.add(read);
    }
    for (table, columns) in needs.reference() {
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        tables.0.insert(table.to_owned(), snapshot.table(table, &columns)?);
    }
    Ok(World::load(&tables)?)
}

/// The last day of which there is a fee line or a settlement.
pub fn last_day(snapshot: &Snapshot) -> Result<Option<Date>> {
    Ok(days(snapshot)?.map(|(_, last)| last))
}

/// The first and the last day of which there is a fee line or a settlement.
pub fn days(snapshot: &Snapshot) -> Result<Option<(Date, Date)>> {
    let mut days: Option<(i64, i64)> = None;
    for (table, column) in [("settlement", "setl_time"), ("fee", "fee_ocur_time")] {
        for bucket in 0..snapshot.buckets() {
            for batch in snapshot.bucket(table, bucket, &[column])? {
                let mut times = Vec::new();
                Reader::new(table, &batch).push_integers(column, &mut times)?;
                for time in times.into_iter().filter(|&time| time != NULL) {
                    let (first, last) = days.unwrap_or((time, time));
                    days = Some((first.min(time), last.max(time)));
                }
            }
        }
    }
    Ok(days.map(|(first, last)| (Time(first).date(), Time(last).date())))
}

/// One bucket's rows of the columns needed.
pub fn bucket(snapshot: &Snapshot, needs: &Needs, bucket: u32) -> Result<Tables> {
    let mut tables = Tables::default();
    for (table, columns) in needs.by_person() {
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        tables.0.insert(table.to_owned(), snapshot.bucket_narrow(table, bucket, &columns)?);
    }
    Ok(tables)
}

/// What a pass found, and over how many people.
#[derive(Debug, Default)]
pub struct Passed {
    /// The findings.
    pub findings: Vec<Finding>,
    /// How many people the rules looked at.
    pub people: u64,
    /// How many people have a row that the rules read.
    pub of: u64,
}

impl Passed {
    fn add(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.people += other.people;
        self.of += other.of;
    }
}

/// Runs the program over all people, or those in `only`. Findings come in no order.
pub fn people(
    snapshot: &Snapshot,
    program: &Program,
    window: Window,
    only: Option<&BTreeSet<String>>,
    threads: usize,
    steps: u32,
    watch: &Watch<'_>,
) -> Result<Passed> {
    if program.rules().is_empty() {
        return Ok(Passed::default());
    }
    let world = world(snapshot, program.needs())?;
    let (next, done) = (AtomicU32::new(0), AtomicU32::new(0));
    let work = || -> Result<Passed> {
        let mut worker = Worker::new(program, &world, window);
        let mut passed = Passed::default();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= snapshot.buckets() {
                return Ok(passed);
            }
            watch.check()?;
            passed.add(one_bucket(snapshot, program, &mut worker, at, only)?);
            (watch.progress)(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, of: steps });
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let mut passed = Passed::default();
        for worker in workers {
            passed.add(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(passed)
    })
}

fn one_bucket(
    snapshot: &Snapshot,
    program: &Program,
    worker: &mut Worker<'_>,
    at: u32,
    only: Option<&BTreeSet<String>>,
) -> Result<Passed> {
    let tables = bucket(snapshot, program.needs(), at)?;
    let claims = worker.load(&tables)?;
    let who: Option<Vec<bool>> =
        only.map(|only| claims.psn_no.iter().map(|psn_no| only.contains(&**psn_no)).collect());
    let hits = worker.run(&claims, &|person| who.as_ref().is_none_or(|who| who[person as usize])).hits;
    let fetched = evidence(snapshot, &tables, &hits, at)?;
    let findings = finding::findings(worker, program.rules(), &claims, &hits, &fetched);
    let of = claims.psn_no.len() as u64;
    let people = who.map_or(of, |who| who.into_iter().filter(|&looked_at| looked_at).count() as u64);
    worker.done(claims);
    Ok(Passed { findings, people, of })
}

/// The rows that the hits name: what the bucket's batches hold of them is taken from there, and only the rest is read.
fn evidence(snapshot: &Snapshot, tables: &Tables, hits: &[Hit], at: u32) -> Result<finding::Fetched> {
    let mut fetched = finding::Fetched::default();
    for (source, rows) in finding::rows_of(hits) {
        let missing = finding::missing_columns(source, tables);
        let rest = (!missing.is_empty())
            .then(|| snapshot.bucket_rows(source.table(), at, &missing, &rows))
            .transpose()?;
        fetched.add_held(source, &rows, tables, rest.as_ref())?;
    }
    Ok(fetched)
}
