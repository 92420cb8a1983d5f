//! `mingcha screen`: every rule over the lake, into a run.

use super::{LakeArg, LibraryArg, threads};
use crate::{exit::Unusable, out, progress};
use anyhow::Result;
use mingcha_engine::{Options, Run, Screened, Watch, pass, screen};
use mingcha_model::{Date, Finding, Kind};
use std::{collections::BTreeMap, time::Instant};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    lake: LakeArg,
    #[command(flatten)]
    library: LibraryArg,
    /// Rows after this day do not count; the last day of the data where absent
    #[arg(long, value_parser = date)]
    as_of: Option<Date>,
    /// Leave out findings that end before this day
    #[arg(long, value_parser = date)]
    from: Option<Date>,
    /// Leave out findings that begin after this day
    #[arg(long, value_parser = date)]
    to: Option<Date>,
    /// Only these rules, separated by commas: ids, names, or beginnings of names such as `institution/`
    #[arg(long, value_delimiter = ',')]
    rules: Vec<String>,
    /// Only findings of this region (the beginning of its code)
    #[arg(long)]
    region: Option<String>,
    /// Look at everybody again, though an earlier run could be built on
    #[arg(long)]
    full: bool,
    /// Buckets to work on at once; the number of cores where absent
    #[arg(long)]
    threads: Option<usize>,
    /// The run as JSON; money in whole fen (100 fen are a yuan)
    #[arg(long)]
    json: bool,
}

/// Reads a day.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is no day such as 2025-12-31"))
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        return Err(Unusable(format!("--from {from} lies after --to {to}")).into());
    }
    let start = Instant::now();
    let lake = args.lake.open()?;
    let library = args.library.load_sound()?;
    let as_of = match args.as_of {
        Some(day) => day,
        None => {
            let last = pass::last_day(&lake.snapshot(None)?)?;
            last.ok_or_else(|| Unusable("the lake holds no claims: import some first".to_owned()))?
        }
    };
    let options = Options {
        as_of,
        from: args.from,
        to: args.to,
        region: args.region.clone(),
        rules: args.rules.clone(),
        params: args.library.params(&library)?,
        threads: threads(args.threads),
        incremental: !args.full,
    };
    let bar = progress::bar("screen");
    let watch = Watch {
        progress: &|progress| {
            bar.set_length(u64::from(progress.of));
            bar.set_position(u64::from(progress.done));
        },
        cancel: progress::cancel(),
    };
    let mut screened = screen(&lake, &library, &options, &watch)?;
    bar.finish_and_clear();
    warn(&mut screened);
    if args.json {
        let mut value = serde_json::to_value(&screened.run)?;
        value["money_unit"] = serde_json::json!("fen");
        value["people"] = serde_json::json!({
            "looked_at": screened.people, "of": screened.of, "built_on": screened.built_on,
        });
        return out::json(&value);
    }
    table(&screened.findings, &library)?;
    summary(&screened.run, start.elapsed().as_secs_f64())?;
    looked_at(&screened)?;
    out::line(&format!("prove it again: mingcha verify {}", screened.run.id))
}

/// What the one who asked must know of the answer, whatever it is.
fn warn(screened: &mut Screened) {
    for error in screened.unreadable.drain(..) {
        let error = anyhow::Error::from(error);
        out::tell(&format!("warning: an earlier run cannot be read and was not built on: {error:#}"));
    }
    for why in &screened.outside {
        out::tell(&format!("warning: {why}: no finding here means nothing"));
    }
}

/// How many people the rules over one person looked at, where there was such a rule.
fn looked_at(screened: &Screened) -> Result<()> {
    if screened.of == 0 {
        return Ok(());
    }
    let others = screened.built_on.as_ref().map_or_else(String::new, |run| {
        format!("; the others have no new data, and their findings are those of run {run}")
    });
    let (people, of) = (out::thousands(screened.people), out::thousands(screened.of));
    out::line(&format!("people looked at: {people} of {of}{others}"))
}

/// Findings by rule, for people.
fn table(findings: &[Finding], library: &mingcha_library::Library) -> Result<()> {
    let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_rule.entry(&finding.rule).or_default().push(finding);
    }
    let mut table =
        out::Table::new(&["rule", "title", "violation", "suspect", "monitor", "inconclusive", "yuan"]);
    for (rule, findings) in by_rule {
        let count = |kind: Kind| findings.iter().filter(|finding| finding.kind == kind).count().to_string();
        let title = library.rule(rule).map_or_else(String::new, |rule| rule.title.clone());
        let yuan = mingcha_engine::total::total(findings.iter().copied()).yuan();
        let kinds = [Kind::Violation, Kind::Suspect, Kind::Monitor, Kind::Inconclusive].map(count);
        table.row([vec![rule.to_owned(), title], kinds.to_vec(), vec![yuan]].concat());
    }
    table.print()
}

fn summary(run: &Run, seconds: f64) -> Result<()> {
    out::line("")?;
    out::line(&format!(
        "run {}: {}, {}, {} yuan in question (each line once), {:.1} s",
        run.id,
        out::count(run.findings, "finding"),
        out::count(run.clues, "clue"),
        run.amount,
        seconds
    ))?;
    if !run.empty_tables.is_empty() {
        let tables: Vec<String> = run
            .empty_tables
            .iter()
            .map(|(table, rules)| {
                let of = out::count(run.asked.rules.len() as u64, "rule");
                format!("{table} (read by {} of {of})", rules.len())
            })
            .collect();
        out::line(&format!(
            "no rows in {}: what those rules did not find is not proved absent",
            tables.join(", ")
        ))?;
    }
    Ok(())
}
