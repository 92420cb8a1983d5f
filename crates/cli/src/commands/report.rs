//! `mingcha report`: a run as one page for a supervisor.

use super::LakeArg;
use crate::out;
use anyhow::{Context, Result};
use mingcha_engine::{Runs, report, verify};
use std::{fs, path::PathBuf};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// The run: its id, the beginning of one, or `latest`
    #[arg(default_value = "latest")]
    run: String,
    #[command(flatten)]
    lake: LakeArg,
    /// The page; `mingcha-report-<run>.html` where absent
    #[arg(long)]
    out: Option<PathBuf>,
    /// How many of the gravest clues to show with their evidence
    #[arg(long, default_value_t = 200)]
    clues: usize,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let lake = args.lake.open()?;
    let runs = Runs::of(lake.folder());
    let run = runs.find(&args.run)?;
    let library = verify::library(&runs, &run)?;
    let page = report::page(&run, &runs.findings(&run.id)?, &runs.clues(&run.id)?, &library, args.clues);
    let file = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("mingcha-report-{}.html", run.id)));
    out::whole(&file, |draft| fs::write(draft, page).with_context(|| file.display().to_string()))?;
    out::line(&file.display().to_string())
}
