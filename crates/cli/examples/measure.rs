//! Measures a lake from inside, for `cargo xtask bench`: the bare decode, the pass over it, one person's history. Prints one JSON object.
//!
//! `measure screen LAKE [RULE,RULE…]` or `measure person LAKE`.
#![allow(clippy::print_stdout, reason = "a measurement is printed")]

use mingcha_detect::{Program, Window};
use mingcha_engine::{Watch, pass, run::Chosen};
use mingcha_lake::{Lake, Snapshot};
use mingcha_library::Library;
use mingcha_model::{Date, Finding};
use std::{
    env,
    error::Error,
    hint::black_box,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
    time::Instant,
};

/// The allocator of the binary, so that what is measured is what runs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each measurement is repeated.
const TIMES: usize = 9;
const THREADS: usize = 2;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let (what, lake) = (args.first().ok_or("screen or person?")?, args.get(1).ok_or("which lake?")?);
    let snapshot = Lake::open(lake)?.snapshot(None)?;
    match what.as_str() {
        "screen" => screen(&snapshot, args.get(2).map(String::as_str).unwrap_or_default()),
        "person" => person(lake),
        other => Err(format!("`{other}` is neither screen nor person").into()),
    }
}

/// Runs two works in turn, so that a disturbance meets both, and gives the seconds of each time.
fn turns(
    mut one: impl FnMut() -> Result<(), Box<dyn Error>>,
    mut other: impl FnMut() -> Result<(), Box<dyn Error>>,
) -> Result<Vec<[f64; 2]>, Box<dyn Error>> {
    let time = |work: &mut dyn FnMut() -> Result<(), Box<dyn Error>>| -> Result<f64, Box<dyn Error>> {
        let start = Instant::now();
        work()?;
        Ok(start.elapsed().as_secs_f64())
    };
    // Now one goes first, now the other: what the first leaves in caches serves both alike.
    let turn = |at: usize| -> Result<[f64; 2], Box<dyn Error>> {
        if at.is_multiple_of(2) {
            let first = time(&mut one)?;
            Ok([first, time(&mut other)?])
        } else {
            let first = time(&mut other)?;
            Ok([time(&mut one)?, first])
        }
    };
    (0..TIMES).map(turn).collect()
}

/// The least seconds of one of the two.
fn least(turns: &[[f64; 2]], which: usize) -> f64 {
    turns.iter().map(|turn| turn[which]).fold(f64::MAX, f64::min)
}

fn screen(snapshot: &Snapshot, rules: &str) -> Result<(), Box<dyn Error>> {
    let (library, _) = Library::embedded();
    let names: Vec<String> = rules.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let mut chosen = Chosen::of(&library, &names, &toml::Table::new())?;
    let program = chosen.program(&library)?;
    // What the last rule adds: the same pass without it. Its columns are still decoded, since other rules read them too.
    chosen.person.pop();
    let fewer = chosen.program(&library)?;
    let mut findings = 0;
    let beside = turns(
        || decode(snapshot, &program, false),
        || {
            findings = people(snapshot, &program)?.len();
            Ok(())
        },
    )?;
    let adding = turns(|| people(snapshot, &program).map(|_| ()), || people(snapshot, &fewer).map(|_| ()))?;
    let own = least(&turns(|| decode(snapshot, &program, true), || Ok(()))?, 0);
    // The middle of the ratios, turn by turn: the least of each swings by more than a rule costs.
    let added = median(&mut adding.iter().map(|[with, without]| with / without).collect::<Vec<_>>());
    let (decode, pass) = (least(&beside, 0), least(&beside, 1).min(least(&adding, 0)));
    let lines: u64 = (0..snapshot.buckets()).map(|bucket| snapshot.bucket_row_count("fee", bucket)).sum();
    println!(
        "{{\"lines\": {lines}, \"rules\": {}, \"findings\": {findings}, \"decode_s\": {decode:.3}, \"own_decode_s\": {own:.3}, \"pass_s\": {pass:.3}, \"last_rule_ratio\": {added:.4}, \"peak_mib\": {}}}",
        program.rules().len(),
        peak_mib()
    );
    Ok(())
}

fn people(snapshot: &Snapshot, program: &Program) -> Result<Vec<Finding>, Box<dyn Error>> {
    let window = Window { from: None, to: None, as_of: Date(47_481) };
    let cancel = AtomicBool::new(false);
    let watch = Watch { progress: &|_| {}, cancel: &cancel };
    Ok(pass::people(snapshot, program, window, None, THREADS, snapshot.buckets(), &watch)?.findings)
}

/// Reads the columns that the rules read, and nothing else: in the types of their tables, or `own` as the pass reads them.
fn decode(snapshot: &Snapshot, program: &Program, own: bool) -> Result<(), Box<dyn Error>> {
    let wanted = program.needs().by_person();
    let next = AtomicU32::new(0);
    let work = || -> Result<(), String> {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= snapshot.buckets() {
                return Ok(());
            }
            if own {
                black_box(pass::bucket(snapshot, program.needs(), at).map_err(|error| error.to_string())?);
                continue;
            }
            let read = |(table, columns): &(&str, Vec<String>)| {
                let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
                snapshot.bucket(table, at, &columns).map_err(|error| error.to_string())
            };
            black_box(wanted.iter().map(read).collect::<Result<Vec<_>, _>>()?);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| "a thread panicked".to_owned())?)
    })?;
    Ok(())
}

/// Reads people's whole histories: cold with a fresh snapshot and pages dropped where the system lets us, warm with footers at hand.
fn person(folder: &str) -> Result<(), Box<dyn Error>> {
    let lake = Lake::open(folder)?;
    let snapshot = lake.snapshot(None)?;
    let mut ids = Vec::new();
    for bucket in 0..snapshot.buckets() {
        let batches = snapshot.bucket("person", bucket, &["psn_no"])?;
        let row = batches.iter().find(|batch| batch.num_rows() > 0);
        ids.extend(row.map(|batch| {
            let column = arrow_cast::cast(batch.column(0), &arrow_schema::DataType::Utf8).expect("texts");
            let texts = arrow_array::cast::AsArray::as_string::<i32>(&column);
            texts.value(batch.num_rows() / 2).to_owned()
        }));
    }
    let mut cold = Vec::new();
    for id in &ids {
        let dropped = std::fs::write("/proc/sys/vm/drop_caches", "3").is_ok();
        let start = Instant::now();
        black_box(lake.snapshot(None)?.person(id, None)?);
        cold.push((start.elapsed().as_secs_f64() * 1000.0, dropped));
    }
    let mut warm = Vec::new();
    for id in ids.iter().chain(&ids) {
        let start = Instant::now();
        black_box(snapshot.person(id, None)?);
        warm.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let dropped = cold.iter().all(|(_, dropped)| *dropped);
    let warm: Vec<f64> = warm.split_off(ids.len());
    let lines: u64 = (0..snapshot.buckets()).map(|bucket| snapshot.bucket_row_count("fee", bucket)).sum();
    println!(
        "{{\"lines\": {lines}, \"people\": {}, \"warm_ms\": {:.2}, \"warm_max_ms\": {:.2}, \"cold_ms\": {:.2}, \"cold_max_ms\": {:.2}, \"caches_dropped\": {dropped}}}",
        ids.len(),
        median(&mut warm.clone()),
        warm.iter().copied().fold(0.0, f64::max),
        median(&mut cold.iter().map(|(ms, _)| *ms).collect::<Vec<_>>()),
        cold.iter().map(|(ms, _)| *ms).fold(0.0, f64::max),
    );
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The most memory that the process ever held, in MiB; 0 where the system does not say.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1))
        .and_then(|kib| kib.parse::<u64>().ok())
        .map_or(0, |kib| kib / 1024)
}
