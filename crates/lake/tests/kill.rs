//! A writer killed at any moment leaves the old version or the new one, and the same command finishes the job.

mod common;

use common::{batch, begin, contents, encounter, fee, fine, numbered};
use mingcha_lake::Lake;
use std::{
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

const FOLDER: &str = "MINGCHA_TEST_KILL_FOLDER";

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

/// Not a test of its own: the process that the test below kills.
#[test]
#[ignore = "started by the test below"]
fn child_that_imports() {
    if let Ok(folder) = std::env::var(FOLDER) {
        job(&Lake::open(folder).expect("opens"));
    }
}

#[test]
fn a_killed_import_is_all_there_or_not_at_all_and_can_be_done_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = first(&folder.path().join("whole"));
    let old = everything(&whole);
    job(&whole);
    let new = everything(&whole);
    assert_ne!(old, new);
    let (mut saw_old, mut round) = (0, 0);
    for wait in (0..160).step_by(10) {
        round += 1;
        let path = folder.path().join(format!("lake{round}"));
        let lake = first(&path);
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "child_that_imports", "--ignored"])
            .env(FOLDER, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().expect("ends");
        let found = everything(&lake);
        assert!(found == old || found == new, "after {wait} ms the lake is neither old nor new");
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
        let named: std::collections::BTreeSet<String> =
            state.files.iter().map(|file| file.path.clone()).collect();
        assert_eq!(live, named, "{table}");
    }
}
