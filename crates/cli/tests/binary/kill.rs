//! Killed at any moment, a run is there whole or not at all, and the next one finishes the job.

use crate::{city, prints, with_lake};
use std::{
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

/// Starts the binary and kills it after some milliseconds.
fn killed(folder: &std::path::Path, args: &[&str], after: u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingcha"))
        .args(args)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    sleep(Duration::from_millis(after));
    let _ = child.kill();
    let _ = child.wait();
}

#[test]
fn a_killed_screening_leaves_no_half_run() {
    let folder = with_lake();
    let at = folder.path();
    for after in [5, 20, 45, 80, 130, 200, 300, 450] {
        killed(at, &["screen", "--lake", "lake", "--full"], after);
        let runs = mingcha_engine::Runs::of(&at.join("lake"));
        for id in runs.ids().expect("runs are listed") {
            let run = runs.find(&id).expect("a run that is listed is whole");
            let findings = runs.findings(&id).expect("its findings are there");
            assert_eq!(mingcha_engine::store::digest(&findings), run.findings_sm3);
        }
    }
    prints(at, &["screen", "--lake", "lake", "--full"]);
    prints(at, &["verify", "latest", "--lake", "lake"]);
}

#[test]
fn a_lake_that_a_kill_left_half_made_is_made_by_the_next_import() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::create_dir_all(at.join("lake/versions")).expect("what creating a lake makes first");
    std::fs::create_dir_all(at.join("lake/keys")).expect("what creating a lake makes next");
    let claims = city().join("city/claims").to_string_lossy().into_owned();
    prints(at, &["import", &claims, "--lake", "lake", "--as-of", "2026-11-01"]);
    prints(at, &["lake", "status", "--lake", "lake"]);
}

#[test]
fn a_killed_import_is_finished_by_the_same_command() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    let claims = city().join("city/claims").to_string_lossy().into_owned();
    let args = ["import", &claims, "--lake", "lake", "--as-of", "2026-11-01"];
    for after in [10, 60, 150, 280, 430, 600] {
        killed(at, &args, after);
        if at.join("lake/versions/0.json").exists() {
            let status = prints(at, &["lake", "status", "--lake", "lake", "--json"]);
            let status: serde_json::Value = serde_json::from_str(&status).expect("status is JSON");
            let batches = status["batches"].as_u64().expect("a count");
            let rows = status["tables"].as_array().map_or(0, Vec::len);
            assert_eq!(batches == 0, rows == 0, "half a batch is visible: {status}");
        }
    }
    prints(at, &args);
    let sums = "SELECT count(*) AS n, sum(det_item_fee_sumamt) AS yuan FROM fee";
    let whole = city().join("lake").to_string_lossy().into_owned();
    assert_eq!(
        prints(at, &["lake", "query", sums, "--lake", "lake"]),
        prints(at, &["lake", "query", sums, "--lake", &whole])
    );
}
