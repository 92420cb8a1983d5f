//! `cargo xtask web build|test`: the workbench from its sources, and its stories against the real binary in Debian's Chromium.

use crate::{
    shell::{self, build_mingcha, cargo, command, root, succeeds},
    tools,
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Install what the lock names, where it changed, and build the workbench
    Build,
    /// Lint, unit tests and stories of the workbench
    Test,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    match args.what {
        What::Build => build(),
        What::Test => {
            build()?;
            check()?;
            stories()
        }
    }
}

fn folder() -> PathBuf {
    root().join("web")
}

fn npm(args: &[&str]) -> Command {
    npm_in(&folder(), args)
}

fn npm_in(folder: &Path, args: &[&str]) -> Command {
    let mut npm = command("npm", args);
    npm.current_dir(folder);
    npm
}

/// Installs the packages of a folder, anew only when their lock changed.
fn install(folder: &Path) -> Result<()> {
    let starts = |program: &str| succeeds(&mut command(program, &["--version"]));
    tools::debian(|| starts("node") && starts("npm"), &["nodejs", "npm"])?;
    let lock = folder.join("package-lock.json");
    let lock = fs::read_to_string(&lock).with_context(|| lock.display().to_string())?;
    let stamp = folder.join("node_modules").join(".installed-lock.json");
    if fs::read_to_string(&stamp).ok().as_ref() != Some(&lock) {
        // Not `npm ci`: it wants the packages of every other platform in the lock too, which a mirror need not have.
        shell::run(&mut npm_in(folder, &["install", "--no-save", "--no-audit", "--no-fund"]))?;
        fs::write(&stamp, lock)?;
    }
    Ok(())
}

/// Installs the OpenID provider that the tests of sign-in start themselves.
pub fn provider() -> Result<()> {
    install(&mingcha_testbed::provider::folder())
}

/// Builds the workbench.
pub fn build() -> Result<()> {
    install(&folder())?;
    shell::run(&mut npm(&["run", "build"])).map(|_| ())
}

/// Lint and unit tests.
pub fn check() -> Result<()> {
    shell::run(&mut npm(&["run", "lint"]))?;
    shell::run(&mut npm(&["test"])).map(|_| ())
}

/// The stories against the binary that carries what was built, on SQLite.
pub fn stories() -> Result<()> {
    tools::chromium()?;
    let mingcha = build_mingcha()?;
    shell::run(npm(&["run", "stories"]).env("MINGCHA_BIN", mingcha).env("MINGCHA_FILL", fill()?)).map(|_| ())
}

/// Builds what fills a server with the demo's casework, and answers where it is.
pub fn fill() -> Result<PathBuf> {
    shell::run(&mut cargo(&["build", "--quiet", "--example", "fill"]))?;
    Ok(shell::example("fill"))
}
