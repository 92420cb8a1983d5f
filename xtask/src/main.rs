//! What developers run: `cargo xtask demo`, `test`, `lint`, `generate`, `bench`, `new rule`, `web`. Everything else is behind these.
#![allow(clippy::print_stdout, reason = "a command line talks")]

mod bench;
mod casework;
mod demo;
mod detectors;
mod fuzz;
mod generate;
mod lint;
mod new;
mod shell;
mod test;
#[cfg(test)]
mod tidy;
mod tools;
mod truth;
mod web;
mod workbench;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "What developers of Mingcha run")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a county's year of claims, screen it, fill casework, and serve the workbench on this machine
    Demo(demo::Args),
    /// Run the whole gate: lint, tests, generated files, fuzzing in CI
    Test(test::Args),
    /// Check format, clippy, documentation, spelling, dependencies
    Lint,
    /// Write the generated files, or with --check say which are stale
    Generate(generate::Args),
    /// Measure: import, person, screen, truth, synth, casework, workbench
    Bench(bench::Args),
    /// Make a new thing from its recipe
    New(new::Args),
    /// The workbench: build it, or run its lint, tests and stories
    Web(web::Args),
}

fn main() -> Result<()> {
    match Args::parse().command {
        Command::Demo(args) => demo::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Lint => lint::run(),
        Command::Generate(args) => generate::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::New(args) => new::run(&args),
        Command::Web(args) => web::run(&args),
    }
}
