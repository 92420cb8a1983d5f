//! `mingcha import`: claims files into the lake, with a report of the batch.

use super::{LakeArg, threads};
use crate::{
    exit::{Faulty, Unusable},
    import::{self, Job, Outcome},
    out, progress,
};
use anyhow::{Context, Result};
use mingcha_ingest::{Limits, Policy, Profile, Rejected, Report, best_profile};
use mingcha_model::Date;
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Instant, SystemTime},
};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How foreign names map to ours: `mingcha`, `interface`, `centre`, or a file; the built-in one that knows most where absent
    #[arg(long)]
    profile: Option<String>,
    #[command(flatten)]
    lake: LakeArg,
    /// Check everything, keep nothing
    #[arg(long)]
    dry_run: bool,
    /// A site's file of what each check does
    #[arg(long)]
    quality: Option<PathBuf>,
    /// Dates after this day are impossible; today where absent
    #[arg(long, value_parser = super::screen::date)]
    as_of: Option<Date>,
    /// Write the report as a page
    #[arg(long)]
    report: Option<PathBuf>,
    /// Files to read at once; the number of cores where absent
    #[arg(long)]
    threads: Option<usize>,
    /// The report as JSON
    #[arg(long)]
    json: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let start = Instant::now();
    for path in &args.paths {
        fs::metadata(path)
            .with_context(|| path.display().to_string())
            .map_err(|error| Unusable(format!("{error:#}")))?;
    }
    let (profile, text) = profile(args)?;
    let policy = policy(args.quality.as_deref())?;
    let lake = args.lake.open_or_create()?;
    let bar = progress::bar("import");
    let job = Job {
        paths: &args.paths,
        profile: &profile,
        profile_text: &text,
        policy: &policy,
        as_of: args.as_of.unwrap_or_else(today),
        threads: threads(args.threads),
        dry_run: args.dry_run,
        cancel: progress::cancel(),
        progress: &|done, of| {
            bar.set_length(of);
            bar.set_position(done);
        },
    };
    let outcome = import::run(&lake, &job)?;
    bar.finish_and_clear();
    tell(args, &policy, outcome, start.elapsed().as_secs_f64())
}

fn tell(args: &Args, policy: &Policy, outcome: Outcome, seconds: f64) -> Result<()> {
    let page = |report: &Report| -> Result<()> {
        let Some(file) = &args.report else { return Ok(()) };
        fs::write(file, report.to_html(policy)).with_context(|| file.display().to_string())
    };
    let shown = |report: &Report, state: &str, version: Option<u64>| -> Result<()> {
        page(report)?;
        if args.json {
            let mut value = report.to_json();
            value["state"] = json!(state);
            value["lake_version"] = json!(version);
            value["seconds"] = json!(seconds);
            return out::json(&value);
        }
        out::line(report.to_text().trim_end())
    };
    match outcome {
        Outcome::AlreadyThere(info) if args.json => {
            out::json(&json!({ "state": "already there", "batch": info.id }))
        }
        Outcome::AlreadyThere(info) => {
            out::line(&format!("batch {} is in the lake already: nothing changed", &info.id[..12]))
        }
        Outcome::Done(report, outcome) => {
            shown(&report, "imported", Some(outcome.version))?;
            if !args.json {
                out::line(&format!(
                    "lake version {}, batch {}, {seconds:.1} s",
                    outcome.version,
                    outcome.entry.id.get(..12).unwrap_or_default()
                ))?;
            }
            unreadable(&report)
        }
        Outcome::Tried(report, rejected) => {
            shown(&report, "tried", None)?;
            examples(&rejected, args.json)?;
            unreadable(&report)
        }
        Outcome::Refused(report, rejected) => {
            shown(&report, "refused", None)?;
            examples(&rejected, args.json)?;
            let (share, most) = (report.refused_ratio() * 100.0, policy.refuse_batch_above * 100.0);
            Err(Faulty(format!("the batch is refused whole: {share:.2} % of its rows are bad, at most {most:.2} % may be; nothing was kept")).into())
        }
    }
}

/// Files that could not be read make the command fail, though the rest was kept.
fn unreadable(report: &Report) -> Result<()> {
    let errors =
        report.problems.iter().filter(|problem| problem.level == mingcha_model::Level::Error).count();
    if errors > 0 {
        return Err(Faulty(format!("{errors} file(s) could not be read; the others were")).into());
    }
    if report.read() == 0 {
        return Err(Faulty(
            "no rows were found: see `mingcha profile new FILE` for files with names of their own".to_owned(),
        )
        .into());
    }
    Ok(())
}

/// The first refused rows, where they are not kept in the lake.
fn examples(rejected: &[Rejected], json: bool) -> Result<()> {
    if json {
        return Ok(());
    }
    for row in rejected.iter().take(20) {
        let (file, line, table, column) = (&row.file, row.line, row.table.name, row.column);
        out::line(&format!(
            "{file}:{line}: {table}.{column} `{}`: {} ({})",
            row.value,
            row.message,
            row.reason.id()
        ))?;
    }
    if rejected.len() > 20 {
        out::line(&format!("… and {} more", rejected.len() - 20))?;
    }
    Ok(())
}

/// The profile and the text that stands for it in the batch's identity.
fn profile(args: &Args) -> Result<(Profile, String)> {
    let Some(name) = &args.profile else {
        let best = best_profile(&args.paths, &Limits::default()).context("there is a built-in profile")?;
        return Ok((best.clone(), best.name.clone()));
    };
    if let Some(known) = Profile::embedded().iter().find(|profile| profile.name == *name) {
        return Ok((known.clone(), known.name.clone()));
    }
    let file = Path::new(name);
    if !file.exists() {
        let known: Vec<&str> = Profile::embedded().iter().map(|profile| profile.name.as_str()).collect();
        return Err(Unusable(format!(
            "there is no profile `{name}`: name a file, or one of {}",
            known.join(", ")
        ))
        .into());
    }
    Ok((super::profile::load(file)?, super::read(file)?))
}

fn policy(file: Option<&Path>) -> Result<Policy> {
    let Some(file) = file else { return Ok(Policy::default()) };
    let (policy, diagnostics) = Policy::with_overrides(&file.display().to_string(), &super::read(file)?);
    super::refuse_errors(&diagnostics)?;
    Ok(policy)
}

/// Today in China. The only clock of an import: what it decides is which dates lie ahead.
fn today() -> Date {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date(((since + 8 * 3600) / 86_400) as i32)
}
