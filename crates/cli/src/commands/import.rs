//! `mingcha import`: claims files into the lake, with a report of the batch.

use super::{LakeArg, threads};
use crate::{
    exit::{Faulty, Unusable},
    import::{self, Job, Outcome},
    out, progress,
};
use anyhow::{Context, Result};
use mingcha_ingest::{Check, Limits, Policy, Profile, Rejected, Report, RowFault, best_profile};
use mingcha_lake::{Lake, LakeError};
use mingcha_model::{Date, Fault, Level};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Instant, SystemTime},
};

/// What the report's columns mean.
const LEGEND: &str = "The report counts the rows of each table: read = kept + duplicate + unchanged + quarantined.
  kept         new in the lake, or in the place of a row with the same key
  duplicate    a later row of the same batch has the same key, and that one counts
  unchanged    the lake has the row already, equal in every column
  quarantined  refused, and kept apart with place and reasons: `mingcha lake quarantine`; a row with several is counted with each below
  corrected    of the rows that passed, those in which a check corrected a value: rounded it, or took a placeholder as missing";

/// Most refused rows that the JSON of a batch that was not kept names.
const REJECTED: usize = 200;

/// Arguments.
#[derive(clap::Args)]
#[command(after_help = LEGEND)]
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
    /// Read files, too, that an earlier batch brought: with another profile or other checks, or to take a correction back
    #[arg(long)]
    again: bool,
    /// A site's file of what each check does
    #[arg(long)]
    quality: Option<PathBuf>,
    /// Dates after this day are impossible; today where absent
    #[arg(long, value_parser = super::screen::date)]
    as_of: Option<Date>,
    /// Write the report as a page that lists the refused rows
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
    let (profile, text) = chosen(args)?;
    let policy = policy(args.quality.as_deref())?;
    let place = Place::of(args)?;
    let bar = progress::bar("import");
    let job = Job {
        paths: &args.paths,
        profile: &profile,
        profile_text: &text,
        policy: &policy,
        as_of: args.as_of.unwrap_or_else(today),
        threads: threads(args.threads),
        trial: place.trial.as_ref().map(tempfile::TempDir::path),
        again: args.again,
        cancel: progress::cancel(),
        progress: &|done, of| {
            bar.set_length(of);
            bar.set_position(done);
        },
    };
    let outcome = import::run(&place.lake, &job)?;
    bar.finish_and_clear();
    let kept = match &outcome {
        // What became of the refused rows of a batch that was kept: they lie in the lake.
        Outcome::Done(_, outcome) if args.report.is_some() && outcome.entry.quarantined > 0 => {
            import::rejected(&place.lake.quarantine(&outcome.entry.id)?)?
        }
        _ => Vec::new(),
    };
    tell(args, &policy, outcome, &kept, start.elapsed().as_secs_f64())
}

/// Where an import works.
struct Place {
    lake: Lake,
    /// What only a trial needs; it goes when the trial is over.
    trial: Option<tempfile::TempDir>,
}

impl Place {
    /// The lake that is named; for a trial where there is none yet, one that goes with the trial.
    fn of(args: &Args) -> Result<Self> {
        if !args.dry_run {
            return Ok(Self { lake: args.lake.open_or_create()?, trial: None });
        }
        let trial = tempfile::Builder::new().prefix("mingcha-trial-").tempdir()?;
        let lake = match Lake::open(&args.lake.lake) {
            Err(LakeError::NoLake(_)) => Lake::create(trial.path().join("lake"))?,
            opened => opened?,
        };
        Ok(Self { lake, trial: Some(trial) })
    }
}

fn tell(args: &Args, policy: &Policy, outcome: Outcome, kept: &[Rejected], seconds: f64) -> Result<()> {
    let shown = |report: &Report, state: &str, rows: &[Rejected], version: Option<u64>| -> Result<()> {
        if let Some(file) = &args.report {
            fs::write(file, report.to_html(policy, rows)).with_context(|| file.display().to_string())?;
        }
        if args.json {
            let mut value = report.to_json();
            value["state"] = json!(state);
            value["lake_version"] = json!(version);
            value["seconds"] = json!(seconds);
            value["titles"] = json!(crate::claims::titles(policy));
            if state != "imported" {
                // Of a batch that was kept they lie in the lake.
                value["rejected"] = rows.iter().take(REJECTED).map(rejected).collect();
            }
            return out::json(&value);
        }
        match report.to_text().trim_end() {
            "" => Ok(()),
            text => out::line(text),
        }
    };
    match outcome {
        Outcome::AlreadyThere(taken) if args.json => {
            let batch = taken.first().map(|taken| taken.batch.as_str());
            out::json(&json!({ "state": "already there", "batch": batch, "files": taken }))
        }
        Outcome::AlreadyThere(taken) => {
            let files = out::count(taken.len() as u64, "file");
            out::line(&format!("{files} in the lake already: nothing changed (`--again` reads them again)"))
        }
        Outcome::Unreadable(report) => {
            shown(&report, "unreadable", &[], None)?;
            Err(unreadable(&report))
        }
        Outcome::Done(report, outcome) => {
            shown(&report, "imported", kept, Some(outcome.version))?;
            if !args.json {
                out::line(&format!(
                    "lake version {}, batch {}, {seconds:.1} s",
                    outcome.version,
                    outcome.entry.id.get(..12).unwrap_or_default()
                ))?;
            }
            Ok(())
        }
        Outcome::Tried(report, rejected) => {
            shown(&report, "tried", &rejected, None)?;
            examples(&rejected, args.json)
        }
        Outcome::Refused(report, rejected, batch) => {
            shown(&report, "refused", &rejected, None)?;
            examples(&rejected, args.json)?;
            let batch = if args.dry_run { None } else { batch.get(..12) };
            Err(Faulty(refusal(&report, policy, batch)).into())
        }
    }
}

/// Why a batch was refused whole, and what to do.
fn refusal(report: &Report, policy: &Policy, batch: Option<&str>) -> String {
    let (share, most) = (report.refused_ratio() * 100.0, policy.refuse_batch_above * 100.0);
    let most_often = report.commonest_refusal().map_or_else(String::new, |(table, check, rows)| {
        let (id, what) = (check.id(), advice(check, policy));
        format!("\n  most often `{id}`: {rows} rows of `{table}` {what}")
    });
    let kept = batch.map_or_else(String::new, |batch| {
        format!(
            "\n  hint: `mingcha lake quarantine --batch {batch} --out FOLDER` writes its refused rows to be mended"
        )
    });
    format!(
        "the batch is refused whole: {share:.2} % of its rows are bad, at most {most:.2} % may be; nothing of it is in the \
         lake{most_often}\n  \
         hint: `--report FILE` lists the refused rows; the limit is `refuse_batch_above` in a `--quality` file{kept}"
    )
}

/// What the rows that a check refused did, and what to do about it.
fn advice(check: Check, policy: &Policy) -> String {
    let known = match check {
        Check::OrphanEncounter => {
            "name a visit that is not in the lake: import the encounter file first, or together"
        }
        Check::Missing => {
            "lack a value that every row needs: map its header in the profile, or give a constant"
        }
        Check::Type => "hold no date, time or number where one belongs: see `[form]` in docs/profiles.md",
        Check::Fields => {
            "have another number of cells than the header: look for a comma inside a number, or another delimiter"
        }
        Check::Future => "have a date after the day of the data: see `--as-of`",
        Check::CodeImpossible => {
            "hold words where a code belongs: translate them in `[table.codes]` of the profile"
        }
        Check::Encoding => "hold bytes that are no text: set `encoding` in the profile, or export as UTF-8",
        other => return format!("fail this check ({})", policy.title(other)),
    };
    known.to_owned()
}

/// Why nothing of the batch was kept: the fault of a file, or of the disk where that is the only one.
fn unreadable(report: &Report) -> anyhow::Error {
    let errors: Vec<_> = report.problems.iter().filter(|problem| problem.level == Level::Error).collect();
    if errors.is_empty() {
        let message = "no rows were found: see `mingcha profile new FILE` for files with names of their own";
        return Faulty(message.to_owned()).into();
    }
    let faults = out::count(errors.len() as u64, "fault");
    let message = format!(
        "nothing was imported: {faults} in the files, told above, and a batch is taken whole or not at all\n  \
         hint: mend those files or leave them out, and give the command again"
    );
    if errors.iter().all(|problem| problem.fault == Fault::Outside) {
        return anyhow::Error::msg(message);
    }
    Faulty(message).into()
}

/// The first refused rows, where they are not kept in the lake.
fn examples(rejected: &[Rejected], json: bool) -> Result<()> {
    if json {
        return Ok(());
    }
    for row in rejected.iter().take(20) {
        row.faults.iter().try_for_each(|fault| out::line(&example(row, fault)))?;
    }
    if rejected.len() > 20 {
        out::line(&format!("… and {} more", rejected.len() - 20))?;
    }
    let faults = rejected.iter().take(20).flat_map(|row| &row.faults);
    let hints: BTreeMap<&str, &str> = faults.map(|fault| (fault.reason.id(), fault.hint.as_str())).collect();
    hints.iter().try_for_each(|(reason, hint)| out::line(&format!("hint ({reason}): {hint}")))
}

/// A refused row as JSON, its first fault with the place and the others behind it; what is personal in it is masked.
fn rejected(row: &Rejected) -> serde_json::Value {
    let fault = |fault: &RowFault| {
        let RowFault { column, value, reason, message, hint } = fault;
        json!({ "column": column, "value": value, "check": reason.id(), "message": message, "hint": hint })
    };
    let mut faults = row.faults.iter().map(fault);
    let mut value = faults.next().unwrap_or_else(|| json!({}));
    value["file"] = json!(&*row.file);
    value["line"] = json!(row.line);
    value["table"] = json!(row.table.name);
    value["more"] = faults.collect();
    value
}

/// A fault of a refused row in one line; what is no fault of one column names none.
fn example(row: &Rejected, fault: &RowFault) -> String {
    let Rejected { file, line, table, .. } = row;
    let RowFault { column, value, message, reason, .. } = fault;
    let column = if column.is_empty() { String::new() } else { format!(".{column}") };
    let value = if value.is_empty() { String::new() } else { format!(" `{value}`") };
    format!("{file}:{line}: {}{column}{value}: {message} ({})", table.name, reason.id())
}

/// The profile and the text that stands for it in the batch's identity.
fn chosen(args: &Args) -> Result<(Profile, String)> {
    let Some(name) = &args.profile else {
        let best = best_profile(&args.paths, &Limits::default()).context("there is a built-in profile")?;
        return Ok((best.clone(), best.name.clone()));
    };
    let profile = profile(name)?;
    let text = if profile.is_embedded() { profile.name.clone() } else { super::read(Path::new(name))? };
    Ok((profile, text))
}

/// The profile that is built in under a name, or stands in a file.
fn profile(name: &str) -> Result<Profile> {
    if let Some(known) = Profile::named(name) {
        return Ok(known.clone());
    }
    let file = Path::new(name);
    if !file.exists() {
        return Err(Unusable(format!(
            "there is no profile `{name}`: name a file; {}, and `mingcha profile new FILE` drafts one",
            super::profile::built_in()
        ))
        .into());
    }
    super::profile::load(file)
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
