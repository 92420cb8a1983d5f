//! The whole run: the city's own tables, then groups on threads, their truth gathered in order.

use crate::{
    FraudLevel, GROUP, Options, Progress, Summary, SynthError,
    catalogue::Catalogue,
    cells::Cells,
    extras,
    foreign::Sinks,
    group::{self, GroupResult},
    plan::Plan,
    rows,
    truth::TruthFiles,
    world::World,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
};

/// Makes a city: claims in `<out>/claims/`, the truth in `<out>/truth/`; with foreign names, what has none in `<out>/own/`.
///
/// `progress` is called after every group of persons. Files of an earlier city in the two folders are removed first.
pub fn generate(options: &Options, progress: &mut dyn FnMut(Progress)) -> Result<Summary, SynthError> {
    if options.persons == 0 || options.months == 0 || options.months > 120 {
        return Err(SynthError::Options("a city needs at least one person and 1 to 120 months"));
    }
    if options.start.ymd().2 != 1 {
        return Err(SynthError::Options("a city starts on the first day of a month"));
    }
    let claims = fresh(&options.out.join("claims"))?;
    let truth = fresh(&options.out.join("truth"))?;
    if let Some(naming) = &options.naming {
        naming.check()?;
        fresh(&options.out.join("own"))?;
    }
    let world = World::build(options, Catalogue::load());
    let plan = match (&options.plan, options.fraud) {
        (_, FraudLevel::None) => Plan::default(),
        (Some(plan), _) => plan.clone(),
        (None, _) => Plan::built_in()?,
    };
    plan.check()?;
    let mut summary = Summary::default();
    found(&world, options, &claims, &mut summary)?;
    let mut files = TruthFiles::create(&truth)?;
    people(options, &world, &plan, &claims, &mut files, &mut summary, progress)?;
    files.finish()?;
    Ok(summary)
}

/// An empty folder of that name: files of claims and truth that an earlier run left are removed, nothing else.
fn fresh(folder: &Path) -> Result<PathBuf, SynthError> {
    let fail = |error| SynthError::write(folder, error);
    fs::create_dir_all(folder).map_err(fail)?;
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.extension().is_some_and(|extension| extension == "csv" || extension == "parquet") {
            fs::remove_file(&path).map_err(|error| SynthError::write(&path, error))?;
        }
    }
    Ok(folder.to_owned())
}

/// The tables of the city itself.
fn found(world: &World, options: &Options, claims: &Path, summary: &mut Summary) -> Result<(), SynthError> {
    let sinks = Sinks::new(options, claims);
    let mut institutions = sinks.open("institution", "")?;
    let mut agreements = sinks.open("agreement", "")?;
    let mut stock = sinks.open("stock", "")?;
    extras::purchases(&mut stock, world)?;
    let mut practitioners = sinks.open("practitioner", "")?;
    for one in &world.institutions {
        rows::institution(&mut institutions, world, one)?;
        rows::agreements(&mut agreements, one)?;
    }
    for (number, one) in world.practitioners.iter().enumerate() {
        rows::practitioners(&mut practitioners, world, one, number as u64)?;
    }
    let all = [
        ("institution", institutions),
        ("agreement", agreements),
        ("practitioner", practitioners),
        ("stock", stock),
    ];
    for (table, mut sink) in all {
        let (rows, bytes) = sink.finish()?;
        summary.rows.insert(table, rows);
        summary.bytes += bytes;
    }
    Ok(())
}

fn people(
    options: &Options,
    world: &World,
    plan: &Plan,
    claims: &Path,
    files: &mut TruthFiles,
    summary: &mut Summary,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), SynthError> {
    let groups = options.persons.div_ceil(GROUP);
    let next = AtomicU64::new(0);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..options.threads.clamp(1, 64) {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                loop {
                    let group = next.fetch_add(1, Ordering::Relaxed);
                    let done = group >= groups;
                    if done || send.send((group, group::write(options, world, plan, claims, group))).is_err()
                    {
                        break;
                    }
                }
            });
        }
        drop(send);
        let gathered = gather(options, &receive, groups, files, summary, progress);
        // After a failure the workers find no group left and end.
        next.store(u64::MAX / 2, Ordering::Relaxed);
        drop(receive);
        gathered
    })
}

type Sent = (u64, Result<GroupResult, SynthError>);

/// Takes the groups' results in their order, whatever order they come in.
fn gather(
    options: &Options,
    receive: &mpsc::Receiver<Sent>,
    groups: u64,
    files: &mut TruthFiles,
    summary: &mut Summary,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), SynthError> {
    let mut waiting: BTreeMap<u64, GroupResult> = BTreeMap::new();
    let mut wanted = 0;
    while wanted < groups {
        let (group, result) = receive.recv().map_err(|_| SynthError::Worker)?;
        waiting.insert(group, result?);
        while let Some(result) = waiting.remove(&wanted) {
            files.write(&result.cases, &result.dirt)?;
            add(summary, &result);
            wanted += 1;
            let fee_lines = summary.rows.get("fee").copied().unwrap_or_default();
            progress(Progress {
                persons: (wanted * GROUP).min(options.persons),
                of: options.persons,
                fee_lines,
            });
        }
    }
    Ok(())
}

fn add(summary: &mut Summary, result: &GroupResult) {
    for &(table, rows, bytes) in &result.written {
        *summary.rows.entry(table).or_default() += rows;
        summary.bytes += bytes;
    }
    for case in &result.cases {
        *summary.cases.entry(case.rule.clone()).or_default() += 1;
    }
}
