//! The whole binary, as its users run it: what it prints, what it leaves behind, and its exit codes.

mod again;
mod dice;
mod faults;
mod kill;
mod newcomer;
mod oracle;
mod portrait;
mod served;
mod snapshots;
mod split;
mod story;
mod whole;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};
use tempfile::TempDir;

/// Runs `mingcha` in a folder.
fn mingcha(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mingcha"))
        .args(args)
        .current_dir(folder)
        .env_remove("MINGCHA_LAKE")
        .env_remove("MINGCHA_LIBRARY")
        .env_remove("MINGCHA_SITE")
        .output()
        .expect("the binary starts")
}

/// Runs it, expects success, answers what it printed.
fn prints(folder: &Path, args: &[&str]) -> String {
    let output = mingcha(folder, args);
    assert!(output.status.success(), "{args:?}\n{}\n{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// Runs it, expects this exit code, answers what it told on standard error.
fn fails(folder: &Path, code: i32, args: &[&str]) -> String {
    let output = mingcha(folder, args);
    assert_eq!(
        output.status.code(),
        Some(code),
        "{args:?}\n{}\n{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stderr)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A small city, made once for all tests, and a lake of it. Tests copy what they change.
fn city() -> &'static Path {
    static CITY: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = CITY.get_or_init(|| {
        let folder = TempDir::new().expect("a folder");
        prints(
            folder.path(),
            &[
                "synth",
                "--persons",
                "3000",
                "--months",
                "12",
                "--seed",
                "5",
                "--out",
                "city",
                "--format",
                "csv",
            ],
        );
        prints(folder.path(), &["import", "city/claims", "--lake", "lake", "--as-of", "2026-11-01"]);
        let path = folder.path().to_owned();
        (folder, path)
    });
    path
}

/// A folder with a copy of the city's lake.
fn with_lake() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    copy(&city().join("lake"), &folder.path().join("lake"));
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder is made");
    for entry in std::fs::read_dir(from).expect("a folder is read") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}
