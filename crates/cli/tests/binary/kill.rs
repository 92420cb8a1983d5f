//! Killed at any moment, a run is there whole or not at all, and the next one finishes the job.

use crate::{
    city,
    dice::{Dice, times},
    prints, with_lake,
};
use mingcha_model::Date;
use std::{
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How often each work is killed where `MINGCHA_KILLS` asks for no more.
const KILLS: u32 = 8;

/// The binary at work; nobody hears what it says.
fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingcha"));
    command.args(args).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Starts the binary and kills it after some time.
fn killed(folder: &Path, args: &[&str], after: Duration) {
    let mut child = command(folder, args).spawn().expect("the binary starts");
    sleep(after);
    let _ = child.kill();
    let _ = child.wait();
}

/// How long the work takes when nobody kills it.
fn undisturbed(folder: &Path, args: &[&str]) -> Duration {
    let start = Instant::now();
    assert!(command(folder, args).status().expect("the binary starts").success());
    start.elapsed()
}

/// Whether there is a run of that day; every run that is listed is whole, and its clues can be listed and read.
fn has_run_of(at: &Path, day: Date) -> bool {
    let runs = mingcha_engine::Runs::of(&at.join("lake"));
    let ids = runs.ids().expect("runs are listed");
    for id in &ids {
        let run = runs.find(id).expect("a run that is listed is whole");
        let findings = runs.findings(id).expect("its findings are there");
        assert_eq!(mingcha_engine::store::digest(&findings), run.findings_sm3);
        assert_eq!(runs.clues(id).expect("its clues are there").len() as u64, run.clues);
        runs.library(id).expect("its library is there");
    }
    let latest = prints(at, &["clues", "list", "--lake", "lake", "--limit", "1", "--json"]);
    assert!(latest.contains("\"id\""), "the newest run has clues: {latest}");
    ids.iter().any(|id| id.starts_with(&day.to_string()))
}

#[test]
fn a_screening_killed_at_random_leaves_no_half_run() {
    let (kills, mut dice) = (times("MINGCHA_KILLS", KILLS), Dice::cast());
    let folder = with_lake();
    let at = folder.path();
    let last = Date::parse("2025-12-31").expect("a day");
    let whole = undisturbed(at, &["screen", "--lake", "lake", "--full", "--as-of", &last.to_string()]);
    // Half of the kills meet the end of it, where a run is written.
    let end = |moment: Duration| whole * 3 / 4 + moment / 4;
    let moments =
        dice.moments(whole, kills).into_iter().chain(dice.moments(whole, kills).into_iter().map(end));
    let mut early = 0;
    for (round, after) in (1..).zip(moments) {
        eprintln!("round {round}: killed after {after:?} of {whole:?}");
        let day = Date(last.0 - round);
        let of_day = day.to_string();
        killed(at, &["screen", "--lake", "lake", "--full", "--as-of", &of_day], after);
        if !has_run_of(at, day) {
            early += 1;
            prints(at, &["screen", "--lake", "lake", "--as-of", &of_day]);
        }
        assert!(has_run_of(at, day), "the next screening finishes the job");
        prints(at, &["verify", &of_day, "--lake", "lake"]);
    }
    assert!(early > 0, "no round was killed early enough to show anything");
    for entry in at.join("lake/runs").read_dir().expect("runs") {
        let name = entry.expect("an entry").file_name();
        assert!(!name.to_string_lossy().starts_with(".draft"), "{} is left over", name.display());
    }
}

#[test]
fn a_lake_that_a_kill_left_half_made_is_made_by_the_next_import() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::create_dir_all(at.join("lake/versions")).expect("what creating a lake makes first");
    std::fs::create_dir_all(at.join("lake/keys")).expect("what creating a lake makes next");
    let claims = city().join("city/claims").to_string_lossy().into_owned();
    prints(at, &["import", &claims, "--lake", "lake", "--as-of", "2026-11-01"]);
    prints(at, &["lake", "status", "--lake", "lake"]);
}

/// Whether the batch is in the lake; half of one never is.
fn has_batch(at: &Path) -> bool {
    if !at.join("lake/versions/0.json").exists() {
        return false;
    }
    let status = prints(at, &["lake", "status", "--lake", "lake", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&status).expect("status is JSON");
    let batches = status["batches"].as_u64().expect("a count");
    let rows = status["tables"].as_array().map_or(0, Vec::len);
    assert_eq!(batches == 0, rows == 0, "half a batch is visible: {status}");
    batches > 0
}

#[test]
fn an_import_killed_at_random_is_finished_by_the_same_command() {
    let mut dice = Dice::cast();
    let folder = TempDir::new().expect("a folder");
    let claims = city().join("city/claims").to_string_lossy().into_owned();
    let args = ["import", &claims, "--lake", "lake", "--as-of", "2026-11-01"];
    let sums = |at: &Path| {
        let sums = "SELECT count(*) AS n, sum(det_item_fee_sumamt) AS yuan FROM fee";
        prints(at, &["lake", "query", sums, "--lake", "lake"])
    };
    let whole = undisturbed(folder.path(), &args);
    let expected = sums(folder.path());
    let mut at = TempDir::new().expect("a folder");
    for after in dice.moments(whole, times("MINGCHA_KILLS", KILLS)) {
        eprintln!("killed after {after:?} of {whole:?}");
        killed(at.path(), &args, after);
        // Kills meet what earlier kills left, until one comes too late.
        if has_batch(at.path()) {
            assert_eq!(sums(at.path()), expected);
            at = TempDir::new().expect("a folder");
        }
    }
    prints(at.path(), &args);
    assert_eq!(sums(at.path()), expected);
}
