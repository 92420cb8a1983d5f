//! Reads the files of a folder and prints what was in them and how fast: `cargo run -p mingcha-ingest --example read -- FOLDER [THREADS]`.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use mingcha_ingest::{Limits, Policy, Profile, QualityCounts, Reader, Reading, Source, best_profile, scan};
use mingcha_model::Date;
use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

/// Rows kept and refused, by table.
type Sums = BTreeMap<&'static str, (u64, u64)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder")?;
    let threads: usize = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let limits = Limits::default();
    let profile =
        best_profile(&[&folder], &limits).or_else(|| Profile::named("mingcha")).ok_or("no profile")?;
    let found = scan(&[&folder], profile, &limits);
    found.problems.iter().for_each(|problem| println!("{problem}"));
    let policy = Policy::default();
    let as_of = Date::new(2030, 1, 1).ok_or("no such day")?;
    let reading = Reading { policy: &policy, as_of, limits };
    let start = Instant::now();
    let mut parts: Vec<Source> = Vec::new();
    for source in &found.sources {
        parts.extend(source.split(threads)?);
    }
    let next = AtomicUsize::new(0);
    let sums = Mutex::new((Sums::new(), QualityCounts::default()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(source) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    read(source, &reading, &sums);
                }
            });
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    let (sums, notes) = sums.into_inner().map_err(|_| "a thread failed")?;
    let mut rows = 0;
    for (table, (good, bad)) in sums {
        rows += good + bad;
        println!("{table:14} {good:>12} kept {bad:>8} refused");
    }
    for ((check, column), count) in notes.iter() {
        println!("{:22} {column:22} {:>10}  {}", check.id(), count.rows, count.examples.join(" | "));
    }
    println!(
        "{rows} rows in {seconds:.2} s with profile `{}`: {:.0} rows/s",
        profile.name,
        rows as f64 / seconds
    );
    Ok(())
}

fn read(source: &Source, reading: &Reading<'_>, sums: &Mutex<(Sums, QualityCounts)>) {
    let reader = match Reader::open(source, reading) {
        Ok(reader) => reader,
        Err(error) => return println!("{error}"),
    };
    for chunk in reader {
        match chunk {
            Err(error) => println!("{error}"),
            Ok(chunk) => {
                let Ok(mut sums) = sums.lock() else { return };
                let sum = sums.0.entry(chunk.table.name).or_default();
                sum.0 += chunk.kept() as u64;
                sum.1 += chunk.bad.len() as u64;
                sums.1.merge(&chunk.notes);
            }
        }
    }
}
