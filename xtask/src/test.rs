//! `cargo xtask test`: the whole gate, as CI runs it. Sets up what it needs by package name.

use crate::{
    fuzz, generate, lint,
    shell::{self, cargo, succeeds},
    tools, web,
};
use anyhow::Result;
use std::{env, time::Instant};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Only the tests, without lint and fuzzing
    #[arg(long)]
    pub only_tests: bool,
    /// Seconds for each fuzz target; 60 in CI, none otherwise
    #[arg(long)]
    pub fuzz: Option<u64>,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let start = Instant::now();
    // The server carries what is built here.
    web::build()?;
    if !args.only_tests {
        lint::run()?;
        generate::run(&generate::Args { check: true })?;
    }
    // The oracle of the SQL and speed tests; its tests call it through this environment.
    tools::python("python")?;
    tools::postgres()?;
    web::provider()?;
    tools::office()?;
    let seconds = args.fuzz.unwrap_or(if env::var_os("CI").is_some() { 60 } else { 0 });
    if seconds > 0 && !args.only_tests {
        fuzz::run(seconds)?;
    }
    tests()?;
    web::check()?;
    web::stories()?;
    println!("test: all of it passed in {} s", start.elapsed().as_secs());
    Ok(())
}

/// All tests of the workspace; with nextest where it is there, which runs them in parallel.
fn tests() -> Result<()> {
    let nextest = succeeds(&mut cargo(&["nextest", "--version"]));
    let mut tests = if nextest {
        cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--status-level",
            "fail",
            "--final-status-level",
            "fail",
        ])
    } else {
        cargo(&["test", "--quiet", "--workspace"])
    };
    shell::run(tests.env("MINGCHA_VENV", tools::venv())).map(|_| ())
}
