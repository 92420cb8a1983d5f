//! `mingcha synth`: the claims of a synthetic city.

mod naming;

use crate::{exit::Unusable, out, progress};
use anyhow::Result;
use mingcha_model::Date;
use mingcha_synth::{Format, FraudLevel, Options, Plan, generate};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// People
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    persons: u64,
    /// Months of claims
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..))]
    months: u32,
    /// Seed: the same gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder that gets `claims/` and `truth/`
    #[arg(long)]
    out: PathBuf,
    /// Form of the claims
    #[arg(long, value_enum, default_value_t = Form::Parquet)]
    format: Form,
    /// Whether cases are planted
    #[arg(long, value_enum, default_value_t = Fraud::Planned)]
    fraud: Fraud,
    /// First day of the claims, the first of a month
    #[arg(long, value_parser = super::screen::date, default_value = "2025-01-01")]
    start: Date,
    /// A plan of planted cases in place of the built-in one
    #[arg(long)]
    plan: Option<PathBuf>,
    /// Write files, headers and codes by this profile: its name, or a file; what it has no table for goes to `own/` with our names
    #[arg(long)]
    profile: Option<String>,
    /// Lines in a million that are dirty on purpose
    #[arg(long)]
    dirty: Option<u32>,
    /// Threads; the bytes do not depend on it
    #[arg(long)]
    threads: Option<usize>,
    /// What was made as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Form {
    Csv,
    Parquet,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Fraud {
    None,
    Planned,
}

/// Refuses a folder that holds claims or truth: making a city removes what lies there, and those may be somebody's own files.
fn refuse_city(folder: &Path) -> Result<()> {
    let holds = |part: &PathBuf| fs::read_dir(part).is_ok_and(|mut entries| entries.next().is_some());
    match ["claims", "truth"].map(|part| folder.join(part)).into_iter().find(holds) {
        None => Ok(()),
        Some(part) => Err(Unusable(format!(
            "`{}` holds files already: remove it where they are no longer wanted, or name another folder with --out",
            part.display()
        ))
        .into()),
    }
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let start = Instant::now();
    refuse_city(&args.out)?;
    let mut options = Options::new(args.persons, args.out.clone());
    options.months = args.months;
    options.seed = args.seed;
    options.start = args.start;
    options.threads = super::threads(args.threads);
    options.format = match args.format {
        Form::Csv => Format::Csv,
        Form::Parquet => Format::Parquet,
    };
    options.fraud = match args.fraud {
        Fraud::None => FraudLevel::None,
        Fraud::Planned => FraudLevel::Planned,
    };
    if let Some(dirty) = args.dirty {
        options.dirty_per_million = dirty;
    }
    if let Some(plan) = &args.plan {
        options.plan = Some(Plan::parse(&super::read(plan)?)?);
    }
    if let Some(profile) = &args.profile {
        options.naming = Some(naming::of(profile)?);
    }
    let bar = progress::bar("synth");
    let made = generate(&options, &mut |progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.persons);
    })?;
    bar.finish_and_clear();
    let seconds = start.elapsed().as_secs_f64();
    if args.json {
        return out::json(
            &serde_json::json!({ "rows": made.rows, "bytes": made.bytes, "cases": made.cases, "seconds": seconds }),
        );
    }
    let mut table = out::Table::new(&["table", "rows"]);
    for (name, rows) in &made.rows {
        table.row(vec![(*name).to_owned(), out::thousands(*rows)]);
    }
    table.print()?;
    let fees = made.rows.get("fee").copied().unwrap_or_default();
    let cases: u64 = made.cases.values().sum();
    out::line(&format!(
        "{} MiB, {}, {seconds:.1} s, {} fee lines a second",
        made.bytes >> 20,
        out::count(cases, "planted case"),
        out::thousands((fees as f64 / seconds) as u64)
    ))
}
