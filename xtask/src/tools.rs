//! Tools beside cargo, set up by package name: what tests are held against and typos from PyPI into one virtual environment, cargo tools from crates.io.

use crate::shell::{cargo, command, run, succeeds, target};
use anyhow::{Context, Result};
use std::{env, path::PathBuf};

/// The Python packages, with the versions that the tests were written against.
const PYTHON: &str = include_str!("../../bench/requirements.txt");

/// The folder of the virtual environment, outside the checkout.
pub fn venv() -> PathBuf {
    let home = env::var_os("HOME").map_or_else(target, PathBuf::from);
    env::var_os("MINGCHA_VENV").map_or_else(|| home.join(".cache").join("mingcha-venv"), PathBuf::from)
}

/// A program of the virtual environment, made at first use.
pub fn python(program: &str) -> Result<PathBuf> {
    let bin = venv().join("bin");
    let stamp = venv().join("mingcha-packages.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == PYTHON) {
        return Ok(bin.join(program));
    }
    let venv = venv();
    let folder = venv.to_string_lossy();
    run(&mut command("python3", &["-m", "venv", &folder])).context(
        "Python 3 with venv is needed for the DuckDB oracle: on Debian `apt-get install python3-venv`",
    )?;
    let mut install = vec!["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    install.extend(PYTHON.lines());
    run(&mut command(bin.join("python"), &install))?;
    std::fs::write(&stamp, PYTHON)?;
    Ok(bin.join(program))
}

/// Installs a cargo tool where it is missing.
pub fn cargo_tool(name: &str) -> Result<()> {
    let sub = name.trim_start_matches("cargo-");
    if succeeds(&mut cargo(&[sub, "--version"])) {
        return Ok(());
    }
    run(&mut cargo(&["install", "--quiet", "--locked", name])).map(|_| ())
}

/// Installs packages of Debian where a program that they bring is missing and the installer may; names the one command otherwise.
pub fn debian(present: impl Fn() -> bool, packages: &[&str]) -> Result<()> {
    if present() {
        return Ok(());
    }
    let install = format!(
        "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends {}",
        packages.join(" ")
    );
    let root = command("id", &["-u"]).output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if root && succeeds(&mut command("apt-get", &["--version"])) {
        run(&mut command("sh", &["-c", &install]))?;
    }
    anyhow::ensure!(
        present(),
        "the tests need packages that are not here; install them with: sudo sh -c '{install}'"
    );
    Ok(())
}

/// The office program that the papers' tests open every paper with, what reads the pages it prints, and letters for them.
pub fn office() -> Result<()> {
    let starts = |program: &str, argument: &str| succeeds(&mut command(program, &[argument]));
    let writes = || starts("soffice", "--version") && starts("pdftotext", "-v") && font();
    debian(
        writes,
        &[
            "libreoffice-writer-nogui",
            "libreoffice-calc-nogui",
            "poppler-utils",
            "fontconfig",
            "fonts-noto-cjk",
        ],
    )
}

/// Whether there is a font with Chinese letters.
fn font() -> bool {
    let fonts = command("fc-list", &[":lang=zh", "family"]).output();
    fonts.is_ok_and(|fonts| fonts.status.success() && !fonts.stdout.trim_ascii().is_empty())
}

/// The browser that the workbench's stories run in, with letters for its pages.
pub fn chromium() -> Result<()> {
    let starts = || succeeds(&mut command("chromium", &["--version"]));
    debian(|| starts() && font(), &["chromium", "fontconfig", "fonts-noto-cjk"])
}

/// The database that the store's tests start themselves.
pub fn postgres() -> Result<()> {
    debian(mingcha_testbed::postgres::Postgres::installed, &["postgresql"])
}
