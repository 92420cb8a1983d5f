//! A writer killed at any moment leaves the old version or the new one, and the same command finishes the job.

mod common;

use common::{batch, begin, contents, encounter, fee, fine, numbered};
use mingcha_lake::{Lake, VersionLine};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{BuildHasher, Hasher, RandomState},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const FOLDER: &str = "MINGCHA_TEST_KILL_FOLDER";
const WORK: &str = "MINGCHA_TEST_KILL_WORK";

fn job(lake: &Lake) {
    let staging = begin(lake, "second");
    let rows: Vec<_> = (0..3000).map(|sn| fee(sn, sn % 97, i64::from(sn), 800)).collect();
    let visits: Vec<_> = (0..900).map(|id| encounter(id, id % 97)).collect();
    staging.append("fee", &batch("fee", &numbered(&rows))).expect("appends");
    staging.append("encounter", &batch("encounter", &numbered(&visits))).expect("appends");
    staging.finish(&fine).expect("finishes");
}

fn first(folder: &Path) -> Lake {
    let lake = Lake::create(folder).expect("a lake");
    let rows: Vec<_> = (2000..4000).map(|sn| fee(sn, sn % 97, i64::from(sn), 500)).collect();
    common::import(&lake, "first", &[("fee", rows)]);
    lake
}

fn everything(lake: &Lake) -> (Vec<String>, Vec<String>) {
    let snapshot = lake.snapshot(None).expect("reads");
    (contents(&snapshot, "fee"), contents(&snapshot, "encounter"))
}

fn work(lake: &Lake, what: &str) {
    match what {
        "import" => job(lake),
        "split" => drop(lake.compact(Some(8)).expect("compacts")),
        "merge" => drop(lake.compact(None).expect("compacts")),
        _ => drop(lake.vacuum(1, &[2]).expect("vacuums")),
    }
}

/// Not a test of its own: the process that the tests below kill.
#[test]
#[ignore = "started by the tests below"]
fn child_that_works() {
    if let (Ok(folder), Ok(what)) = (std::env::var(FOLDER), std::env::var(WORK)) {
        work(&Lake::open(folder).expect("opens"), &what);
    }
}

/// Starts the work as a process of its own.
fn started(path: &Path, what: &str) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "child_that_works", "--ignored"])
        .env(FOLDER, path)
        .env(WORK, what)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts")
}

/// Kills the work after a while.
fn killed(path: &Path, what: &str, after: Duration) {
    let mut child = started(path, what);
    std::thread::sleep(after);
    let _ = child.kill();
    child.wait().expect("ends");
}

/// Random moments, one in each of so many equal parts of the time that the work takes when nobody kills it.
fn moments(whole: Duration, parts: u32) -> Vec<Duration> {
    let chance = |_| f64::from(RandomState::new().build_hasher().finish() as u32) / f64::from(u32::MAX);
    (0..parts).map(|part| whole.mul_f64((f64::from(part) + chance(part)) / f64::from(parts))).collect()
}

/// A lake of several batches, so that each bucket has several files.
fn crowded(path: &Path) -> Lake {
    let lake = first(path);
    for batch in 0..5 {
        let rows = (0..800).map(|sn| fee(5000 + batch * 800 + sn, sn % 97, i64::from(sn), 600)).collect();
        common::import(&lake, &format!("batch {batch}"), &[("fee", rows)]);
    }
    lake
}

/// The rows of all versions that are kept, each version's in one order whatever its buckets.
fn versions(lake: &Lake) -> BTreeMap<u64, Vec<String>> {
    let kept = lake.history().expect("reads").into_iter().filter(|line| line.kept);
    let rows = |version: u64| {
        let mut rows = contents(&lake.snapshot(Some(version)).expect("opens"), "fee");
        rows.sort();
        rows
    };
    kept.map(|line| (line.version, rows(line.version))).collect()
}

/// Does the work on a lake of its own without a kill, and says how long it took.
fn undisturbed(folder: &Path, what: &str) -> Duration {
    let path = folder.join(format!("undisturbed {what}"));
    crowded(&path);
    lasts(&path, what)
}

/// How long the work takes on a lake when nobody kills it.
fn lasts(path: &Path, what: &str) -> Duration {
    let start = Instant::now();
    assert!(started(path, what).wait().expect("ends").success());
    start.elapsed()
}

#[test]
fn a_compaction_killed_at_any_moment_changes_no_row_of_any_version() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut before_it, mut after_it) = (0, 0);
    for what in ["split", "merge"] {
        let whole = undisturbed(folder.path(), what);
        for (round, after) in moments(whole, 10).into_iter().enumerate() {
            let path = folder.path().join(format!("{what} {round}"));
            let lake = crowded(&path);
            let old = versions(&lake);
            killed(&path, what, after);
            let found = versions(&lake);
            let newest = *old.keys().last().expect("a version");
            let mut expected = old.clone();
            if found.len() > old.len() {
                after_it += 1;
                expected.insert(newest + 1, old[&newest].clone());
            } else {
                before_it += 1;
            }
            assert!(found == expected, "{what}, killed after {after:?}: rows differ");
            work(&lake, what);
            expected.insert(newest + 1, old[&newest].clone());
            assert!(
                versions(&lake) == expected,
                "{what}, killed after {after:?} and done again: rows differ"
            );
            delta_agrees(&lake, &path);
            nothing_left_over(&lake, &path);
        }
    }
    assert!(before_it > 0, "no round was killed early enough: {before_it}, {after_it}");
}

#[test]
fn a_vacuum_killed_at_any_moment_leaves_every_kept_version_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = undisturbed(folder.path(), "vacuum");
    for (round, after) in moments(whole, 14).into_iter().enumerate() {
        let path = folder.path().join(format!("lake{round}"));
        let lake = crowded(&path);
        let (old, told) = (versions(&lake), lake.history().expect("reads"));
        killed(&path, "vacuum", after);
        for (version, rows) in versions(&lake) {
            assert!(old[&version] == rows, "killed after {after:?}: version {version} has other rows");
        }
        work(&lake, "vacuum");
        let kept: Vec<u64> = versions(&lake).into_keys().collect();
        assert_eq!(kept, [2, *old.keys().last().expect("a version")], "killed after {after:?}");
        let imports = |lines: &[VersionLine]| lines.iter().filter_map(|line| line.counts.clone()).count();
        assert_eq!(imports(&lake.history().expect("reads")), imports(&told));
        nothing_left_over(&lake, &path);
        delta_agrees(&lake, &path);
    }
}

/// No data file lies in the lake that no kept version names.
fn nothing_left_over(lake: &Lake, path: &Path) {
    let mut named = BTreeSet::new();
    for version in versions(lake).into_keys() {
        let snapshot = lake.snapshot(Some(version)).expect("opens");
        for (table, state) in &snapshot.manifest().tables {
            named.extend(state.files.iter().map(|file| path.join("tables").join(table).join(&file.path)));
        }
    }
    let mut found = BTreeSet::new();
    for table in std::fs::read_dir(path.join("tables")).expect("tables") {
        for bucket in std::fs::read_dir(table.expect("a table").path()).expect("buckets") {
            let bucket = bucket.expect("a bucket").path();
            if !bucket.ends_with("_delta_log") && bucket.is_dir() {
                found.extend(
                    std::fs::read_dir(bucket).expect("files").map(|file| file.expect("a file").path()),
                );
            }
        }
    }
    assert_eq!(found, named);
    assert_eq!(std::fs::read_dir(path.join("staging")).expect("a folder").count(), 0);
}

#[test]
fn a_killed_import_is_all_there_or_not_at_all_and_can_be_done_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = first(&folder.path().join("whole"));
    let old = everything(&whole);
    job(&whole);
    let new = everything(&whole);
    assert_ne!(old, new);
    let measured = folder.path().join("undisturbed");
    first(&measured);
    let takes = lasts(&measured, "import");
    let mut saw_old = 0;
    for (round, wait) in moments(takes, 16).into_iter().enumerate() {
        let path = folder.path().join(format!("lake{round}"));
        let lake = first(&path);
        killed(&path, "import", wait);
        let found = everything(&lake);
        assert!(found == old || found == new, "after {wait:?} of {takes:?} the lake is neither old nor new");
        if found == old {
            saw_old += 1;
            job(&lake);
        }
        assert_eq!(everything(&lake), new);
        delta_agrees(&lake, &path);
    }
    assert!(saw_old > 0, "no round was killed early enough to prove anything");
}

/// The Delta logs name exactly the manifest's files, and no other data file is left.
fn delta_agrees(lake: &Lake, path: &Path) {
    // A writer that finds nothing to do still mends what a killed one left.
    lake.compact(None).expect("compacts");
    let snapshot = lake.snapshot(None).expect("reads");
    for (table, state) in &snapshot.manifest().tables {
        let live = common::delta_files(&path.join("tables").join(table));
        let named: BTreeSet<String> = state.files.iter().map(|file| file.path.clone()).collect();
        assert_eq!(live, named, "{table}");
    }
}
