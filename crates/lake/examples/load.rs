//! Loads claims in Parquet (`<table>*.parquet`, columns of the dictionary) into a lake, and measures loading, decoding and person reads.
//!
//! `load CLAIMS LAKE [COPIES]`: with COPIES, every row is loaded so many times under other persons, visits and serial numbers.

use arrow_array::{ArrayRef, DictionaryArray, RecordBatch, StringArray, cast::AsArray, types::Int32Type};
use arrow_schema::{DataType, Field, Schema};
use mingcha_lake::{BatchInfo, Begun, Lake, LakeError, Snapshot, Staging, Verdict};
use mingcha_model::table::{self, Table};
use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder},
};
use std::{
    collections::BTreeMap,
    error::Error,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

type Any<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Columns that a usual set of rules reads.
const READ: &[&str] = &[
    "psn_no",
    "mdtrt_id",
    "setl_id",
    "fixmedins_code",
    "fee_ocur_time",
    "med_list_codg",
    "list_type",
    "cnt",
    "pric",
    "det_item_fee_sumamt",
    "bilg_dept_codg",
    "bilg_dr_code",
    "feedetl_key",
    "init_feedetl_key",
    "prd_days",
];
/// Columns that name things, so that copies name other things.
const NAMES: &[&str] = &["psn_no", "mdtrt_id", "setl_id", "init_setl_id", "feedetl_sn", "init_feedetl_sn"];

fn main() -> Any<()> {
    let args: Vec<String> = std::env::args().collect();
    let [_, claims, lake, rest @ ..] = args.as_slice() else {
        return Err("load CLAIMS LAKE [COPIES]".into());
    };
    let copies: u32 = rest.first().map_or(Ok(1), |copies| copies.parse())?;
    let lake = match Lake::open(lake) {
        Err(LakeError::NoLake(_)) => Lake::create(lake)?,
        other => other?,
    };
    load(&lake, Path::new(claims), copies)?;
    let snapshot = lake.snapshot(None)?;
    say(&format!("buckets {}", snapshot.buckets()))?;
    for _ in 0..3 {
        decode(&snapshot)?;
    }
    persons(&lake, &snapshot)
}

fn say(line: &str) -> Any<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

fn load(lake: &Lake, claims: &Path, copies: u32) -> Any<()> {
    let mut tasks: Vec<(&'static Table, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(claims)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let name = name.split('-').next().unwrap_or_default();
        if let Some(table) = table::table(name) {
            tasks.push((table, path));
        }
    }
    tasks.sort_by(|one, two| one.1.cmp(&two.1));
    let id = format!("{}x{copies}", claims.display());
    let Begun::Staging(staging) = lake.begin(BatchInfo::named(id))? else {
        return say("already there");
    };
    let start = Instant::now();
    let (next, busy, error) = (AtomicUsize::new(0), AtomicU64::new(0), Mutex::new(None));
    let worker = || {
        while let Some((table, path)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(failed) = load_file(&staging, table, path, copies, &busy) {
                *error.lock().expect("unpoisoned") = Some(failed);
            }
        }
    };
    std::thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(worker))));
    if let Some(failed) = error.into_inner()? {
        return Err(failed);
    }
    let lines = staging.rows("fee");
    let appended = start.elapsed();
    let buckets = AtomicU32::new(0);
    let ready = staging.prepare(&|_| {
        buckets.fetch_add(1, Ordering::Relaxed);
        Verdict { refuse: BTreeMap::new(), payload: () }
    })?;
    let prepared = start.elapsed();
    let outcome = ready.commit(&[], serde_json::Value::Null)?;
    let total = start.elapsed();
    say(&format!(
        "loaded {lines} fee lines in {total:.2?}: append {appended:.2?} (of two threads {:.2?} in the lake), check and write {:.2?}, commit {:.2?}; {:.0} lines/s; peak {} MiB",
        Duration::from_nanos(busy.into_inner()),
        prepared.saturating_sub(appended),
        total.saturating_sub(prepared),
        lines as f64 / total.as_secs_f64(),
        peak_mib(),
    ))?;
    for (table, counts) in &outcome.entry.tables {
        say(&format!("  {table}: {counts:?}"))?;
    }
    Ok(())
}

fn load_file(
    staging: &Staging,
    table: &'static Table,
    path: &Path,
    copies: u32,
    busy: &AtomicU64,
) -> Any<()> {
    let coded = |field: &Arc<Field>| match field.data_type() {
        DataType::Utf8 => {
            let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            field.as_ref().clone().with_data_type(kind)
        }
        _ => field.as_ref().clone(),
    };
    let schema = Arc::new(Schema::new(table.schema().fields().iter().map(coded).collect::<Vec<_>>()));
    let options = ArrowReaderOptions::new().with_schema(schema);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(File::open(path)?, options)?;
    let kept: Vec<usize> =
        table.columns.iter().enumerate().filter(|(_, column)| !column.personal).map(|(at, _)| at).collect();
    let mask = ProjectionMask::roots(builder.parquet_schema(), kept);
    for batch in builder.with_projection(mask).with_batch_size(65_536).build()? {
        let batch = batch?;
        for copy in 0..if table.by_person { copies } else { 1 } {
            let batch = if copy == 0 { batch.clone() } else { renamed(&batch, copy)? };
            let start = Instant::now();
            staging.append(table.name, &batch)?;
            busy.fetch_add(start.elapsed().as_nanos() as u64, Ordering::Relaxed);
        }
    }
    Ok(())
}

fn renamed(batch: &RecordBatch, copy: u32) -> Any<RecordBatch> {
    let rename = |(field, column): (&Arc<Field>, &ArrayRef)| -> ArrayRef {
        match column.as_dictionary_opt::<Int32Type>() {
            Some(coded) if NAMES.contains(&field.name().as_str()) => {
                let values: &StringArray = coded.values().as_string();
                let values: StringArray =
                    values.iter().map(|text| text.map(|text| format!("{text}{copy:02}"))).collect();
                Arc::new(DictionaryArray::new(coded.keys().clone(), Arc::new(values)))
            }
            _ => column.clone(),
        }
    };
    let columns = batch.schema_ref().fields().iter().zip(batch.columns()).map(rename).collect();
    Ok(RecordBatch::try_new(batch.schema(), columns)?)
}

fn decode(snapshot: &Snapshot) -> Any<()> {
    let (start, next, rows, busy) =
        (Instant::now(), AtomicU32::new(0), AtomicUsize::new(0), AtomicU64::new(0));
    let worker = || -> Any<()> {
        let before = cpu();
        loop {
            let bucket = next.fetch_add(1, Ordering::Relaxed);
            if bucket >= snapshot.buckets() {
                busy.fetch_add(cpu().saturating_sub(before).as_nanos() as u64, Ordering::Relaxed);
                return Ok(());
            }
            let batches = snapshot.bucket("fee", bucket, READ)?;
            rows.fetch_add(batches.iter().map(RecordBatch::num_rows).sum(), Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a thread panicked")?)
    })?;
    let (rows, took) = (rows.into_inner(), start.elapsed());
    let rate = rows as f64 / 1e6 / took.as_secs_f64();
    let busy = Duration::from_nanos(busy.into_inner());
    say(&format!(
        "decoded {rows} fee lines x {} columns in {took:.2?} ({busy:.2?} of processors): {rate:.1} M lines/s",
        READ.len()
    ))
}

fn persons(lake: &Lake, snapshot: &Snapshot) -> Any<()> {
    let batches = snapshot.bucket("person", 0, &["psn_no"])?;
    let mut people: Vec<String> = Vec::new();
    for batch in &batches {
        let coded = batch.column(0).as_dictionary::<Int32Type>();
        let values: &StringArray = coded.values().as_string();
        people.extend(coded.keys().iter().flatten().map(|key| values.value(key as usize).to_owned()));
    }
    let step = (people.len() / 200).max(1);
    let people: Vec<&String> = people.iter().step_by(step).collect();
    let measure = |snapshot: &dyn Fn() -> Any<Snapshot>| -> Any<(Duration, Duration, usize)> {
        let (mut times, mut rows, busy) = (Vec::new(), 0, cpu());
        for person in &people {
            let snapshot = snapshot()?;
            let start = Instant::now();
            let history = snapshot.person(person, None)?;
            times.push(start.elapsed());
            rows += history.values().map(RecordBatch::num_rows).sum::<usize>();
        }
        times.sort();
        say(&format!("  processor time a person: {:.2?}", cpu().saturating_sub(busy) / people.len() as u32))?;
        Ok((times[times.len() / 2], times[times.len() * 99 / 100], rows))
    };
    let warm = measure(&|| Ok(snapshot.clone()))?;
    let fresh = measure(&|| Ok(lake.snapshot(None)?))?;
    say(&format!(
        "person: {} people, {} rows; footers kept: median {:.2?}, 99% {:.2?}",
        people.len(),
        warm.2,
        warm.0,
        warm.1
    ))?;
    say(&format!("person: footers read anew: median {:.2?}, 99% {:.2?}", fresh.0, fresh.1))
}

/// Time that this thread has had a processor; unlike the clock it does not count what other programs took.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(
        text.split_whitespace().next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default(),
    )
}

fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next())
        .and_then(|kib| kib.parse::<u64>().ok())
        .unwrap_or_default()
        / 1024
}
