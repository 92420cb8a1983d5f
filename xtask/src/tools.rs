//! Tools beside cargo, set up by package name: DuckDB and typos from PyPI into one virtual environment, cargo tools from crates.io.

use crate::shell::{cargo, command, run, succeeds, target};
use anyhow::{Context, Result};
use std::{env, path::PathBuf};

/// The Python packages, with the versions that the tests were written against.
const PYTHON: &[&str] = &["duckdb==2.0.0", "typos==1.52.0"];

/// The folder of the virtual environment, outside the checkout.
pub fn venv() -> PathBuf {
    let home = env::var_os("HOME").map_or_else(target, PathBuf::from);
    env::var_os("MINGCHA_VENV").map_or_else(|| home.join(".cache").join("mingcha-venv"), PathBuf::from)
}

/// A program of the virtual environment, made at first use.
pub fn python(program: &str) -> Result<PathBuf> {
    let bin = venv().join("bin");
    let stamp = venv().join("mingcha-packages.txt");
    let wanted = PYTHON.join("\n");
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(bin.join(program));
    }
    let venv = venv();
    let folder = venv.to_string_lossy();
    run(&mut command("python3", &["-m", "venv", &folder])).context(
        "Python 3 with venv is needed for the DuckDB oracle: on Debian `apt-get install python3-venv`",
    )?;
    let mut install = vec!["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    install.extend(PYTHON);
    run(&mut command(bin.join("python"), &install))?;
    std::fs::write(&stamp, wanted)?;
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
