//! `mingcha clues`: list, show, export, push.

mod export;
mod push;

use super::LakeArg;
use crate::{exit::Unusable, out};
use anyhow::Result;
use mingcha_engine::{Clue, Grade, Run, Runs};
use mingcha_model::Finding;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The clues of a run, gravest first
    List {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        filter: Filter,
        /// How many to show
        #[arg(long, default_value_t = 50)]
        limit: usize,
        /// As JSON; money in whole fen (100 fen are a yuan)
        #[arg(long)]
        json: bool,
    },
    /// One clue with its findings and lines
    Show {
        /// The clue
        clue: String,
        #[command(flatten)]
        of: Of,
        /// As JSON; money in whole fen (100 fen are a yuan)
        #[arg(long)]
        json: bool,
    },
    /// Clues or findings as CSV, XLSX or JSON, by the file's ending; money in yuan, in JSON in whole fen
    Export(export::Args),
    /// Hand a run's clues over to casework: new ones begin, open ones are brought up to date, decided ones are left alone
    Push(push::Args),
}

/// Which run.
#[derive(clap::Args, Clone, Debug)]
pub struct Of {
    #[command(flatten)]
    lake: LakeArg,
    /// The run: its id, the beginning of one, or `latest`
    #[arg(long, default_value = "latest")]
    run: String,
}

/// Which clues.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Filter {
    /// Only of rules whose name begins so
    #[arg(long)]
    rule: Option<String>,
    /// Only about this subject
    #[arg(long)]
    subject: Option<String>,
    /// Only of this grade: high or 高, middle or 中, low or 低
    #[arg(long, value_parser = grade)]
    grade: Option<Grade>,
    /// Only of regions that begin so
    #[arg(long)]
    region: Option<String>,
}

impl Filter {
    fn keeps(&self, clue: &Clue) -> bool {
        let begins = |wanted: &Option<String>, have: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| have.is_some_and(|have| have.starts_with(wanted.as_str())))
        };
        begins(&self.rule, Some(&clue.rule))
            && begins(&self.region, clue.admdvs.as_deref())
            && self.subject.as_ref().is_none_or(|subject| clue.subject.id == *subject)
            && self.grade.is_none_or(|grade| clue.grade == grade)
    }
}

/// A grade by its English or Chinese word.
fn grade(word: &str) -> Result<Grade, String> {
    match word {
        "high" | "高" => Ok(Grade::High),
        "middle" | "中" => Ok(Grade::Middle),
        "low" | "低" => Ok(Grade::Low),
        _ => Err("no grade: use high or 高, middle or 中, low or 低".to_owned()),
    }
}

/// The newest run that has a clue, and the clue.
pub fn find(runs: &Runs, clue: &str) -> Result<Option<(Run, Clue)>> {
    for id in runs.ids()?.iter().rev() {
        if let Some(found) = runs.clues(id)?.into_iter().find(|known| known.id == clue) {
            return Ok(Some((runs.find(id)?, found)));
        }
    }
    Ok(None)
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    match &args.what {
        What::List { of, filter, limit, json } => list(of, filter, *limit, *json),
        What::Show { clue, of, json } => show(clue, of, *json),
        What::Export(args) => export::run(args),
        What::Push(args) => push::run(args),
    }
}

fn list(of: &Of, filter: &Filter, limit: usize, json: bool) -> Result<()> {
    let (_, run, clues) = chosen(of, filter)?;
    let shown = &clues[..limit.min(clues.len())];
    if json {
        return out::json(&shown);
    }
    let mut table = out::Table::new(&[
        "clue", "grade", "score", "kind", "title", "subject", "findings", "people", "yuan",
    ]);
    for clue in shown {
        table.row(vec![
            clue.id.clone(),
            clue.grade.label().to_owned(),
            clue.score.total.to_string(),
            clue.kind.label().to_owned(),
            clue.title.clone(),
            clue.subject.id.clone(),
            clue.findings.len().to_string(),
            clue.people.to_string(),
            clue.amount.yuan(),
        ]);
    }
    table.print()?;
    let kept =
        if clues.len() as u64 == run.clues { String::new() } else { format!("{} kept of ", clues.len()) };
    out::tell(&format!("{} shown, {kept}{} of run {}", shown.len(), out::count(run.clues, "clue"), run.id));
    Ok(())
}

/// The runs of the lake, the run, and its clues that the filter keeps.
fn chosen(of: &Of, filter: &Filter) -> Result<(Runs, Run, Vec<Clue>)> {
    let lake = of.lake.open()?;
    let runs = Runs::of(lake.folder());
    let run = runs.find(&of.run)?;
    let mut clues = runs.clues(&run.id)?;
    clues.retain(|clue| filter.keeps(clue));
    Ok((runs, run, clues))
}

fn show(id: &str, of: &Of, json: bool) -> Result<()> {
    let (runs, run, clues) = chosen(of, &Filter::default())?;
    let clue = clues.into_iter().find(|clue| clue.id == id);
    let Some(clue) = clue else { return Err(elsewhere(&runs, &run, id)?.into()) };
    let all = runs.findings(&run.id)?;
    let findings: Vec<&Finding> = clue.findings.iter().filter_map(|&at| all.get(at as usize)).collect();
    if json {
        return out::json(&serde_json::json!({
            "run": run.id, "money_unit": "fen", "clue": clue, "findings": findings,
        }));
    }
    let score = clue.score;
    out::line(&format!("{}  {}  {}", clue.id, clue.title, clue.subject.id))?;
    out::line(&format!(
        "{} {} = 性质 {} + 严重程度 {} + 金额 {} + 重复 {}",
        clue.grade.label(),
        score.total,
        score.kind,
        score.severity,
        score.amount,
        score.repetition
    ))?;
    let account = if clue.account.is_zero() {
        String::new()
    } else {
        format!("，另涉个人账户 {} 元", clue.account)
    };
    out::line(&format!("{} 至 {}，{} 人，{} 元{account}", clue.begin, clue.end, clue.people, clue.amount))?;
    for finding in findings {
        out::line(&format!("\n[{}] {}", finding.kind.label(), finding.message))?;
        out::line(&format!("  依据: {}", finding.basis.join("；")))?;
        for evidence in &finding.evidence {
            let time = evidence.time.map_or_else(String::new, |time| time.to_string());
            out::line(&format!(
                "  {:10} {:9} {time:19} {:>12}  {}",
                evidence.table,
                format!("{:?}", evidence.role).to_lowercase(),
                evidence.amount.yuan(),
                evidence.key.join(" ")
            ))?;
        }
        for (one, other) in &finding.pairs {
            out::line(&format!("  同时: {}", together(finding, *one, *other)))?;
        }
        for note in &finding.notes {
            out::line(&format!("  注意: {note}"))?;
        }
    }
    about(&runs, &run, &clue)
}

/// That a run lacks a clue, and which has it.
fn elsewhere(runs: &Runs, run: &Run, id: &str) -> Result<Unusable> {
    let other = find(runs, id)?.map_or_else(String::new, |(other, _)| {
        format!("; the newest run that has it is {0}: add `--run {0}`", other.id)
    });
    Ok(Unusable(format!("run {} has no clue `{id}`{other}", run.id)))
}

/// Two rows that stand together: who and when each, and where.
fn together(finding: &Finding, one: u32, other: u32) -> String {
    let row = |place: u32| finding.evidence.get(place as usize);
    let side = |place: u32| {
        let person = row(place).and_then(|row| row.psn_no.as_deref()).unwrap_or("-");
        let time = row(place).and_then(|row| row.time).map_or_else(String::new, |time| time.to_string());
        format!("{person} {time}")
    };
    let place = row(one).and_then(|row| row.fixmedins_code.as_deref()).unwrap_or_default();
    format!("{} 与 {}，{place}", side(one), side(other))
}

/// What the rule says of itself: how it may be wrong, and how to check it on site.
fn about(runs: &Runs, run: &Run, clue: &Clue) -> Result<()> {
    let library = mingcha_engine::verify::library(runs, run)?;
    let Some(rule) = library.rule(&clue.rule) else { return Ok(()) };
    for (title, entries) in [("可能的合理情形", &rule.false_positives), ("核查要点", &rule.investigate)]
    {
        out::line(&format!("\n{title}"))?;
        for (at, entry) in entries.iter().enumerate() {
            out::line(&format!("  {}. {entry}", at + 1))?;
        }
    }
    Ok(())
}
