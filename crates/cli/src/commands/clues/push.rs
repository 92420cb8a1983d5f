//! `mingcha clues push`: a run's clues as values into casework.

use super::{Filter, Of, chosen};
use crate::{
    commands::serve::{Place, runtime, secret},
    out,
};
use anyhow::Result;
use mingcha_casework::docket::PushedClue;
use mingcha_engine::{Clue, Grade, Run};
use mingcha_library::Rule;
use mingcha_model::{Finding, SubjectKind};
use mingcha_server::operate::Console;
use serde_json::json;
use std::path::PathBuf;

/// Most findings that go with a clue; the run keeps them all.
const FINDINGS: usize = 100;
/// Most lines of evidence that go with a finding.
const LINES: usize = 200;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    place: Place,
    /// Print the clues as they would be handed over, one JSON object a line, and hand nothing over
    #[arg(long)]
    values: bool,
    /// Account that hands them over; its bureau owns them
    #[arg(long = "as", required_unless_present = "values")]
    by: Option<String>,
    /// File whose first line is that account's password
    #[arg(long, required_unless_present = "values")]
    password_file: Option<PathBuf>,
    /// One-time code of that account
    #[arg(long)]
    code: Option<String>,
    /// Region of clues whose findings name none, six digits
    #[arg(long, default_value = "990000")]
    region_if_none: String,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let (runs, run, clues) = chosen(&args.of, &args.filter)?;
    let findings = runs.findings(&run.id)?;
    let library = mingcha_engine::verify::library(&runs, &run)?;
    let values = clues.iter().map(|clue| {
        // With the values that the run was made with.
        let rule = library.rule(&clue.rule).and_then(|rule| rule.resolve(&run.asked.params).ok());
        value(args, &run, clue, &findings, rule.map(|resolved| resolved.rule).as_ref())
    });
    let bar = crate::progress::bar("clues");
    bar.set_length(clues.len() as u64);
    bar.set_position(0);
    let (Some(by), Some(password)) = (&args.by, &args.password_file) else {
        return values.into_iter().try_for_each(|value| out::line(&serde_json::to_string(&value)?));
    };
    let values: Vec<PushedClue> = values.collect();
    let config = args.place.load()?;
    let password = secret(password)?;
    let pushed = runtime()?.block_on(async {
        let console = Console::sign_in(&config, by, password, args.code.as_deref()).await?;
        console.push(values, |done| bar.set_position(done as u64)).await
    })?;
    bar.finish_and_clear();
    if args.json {
        return out::json(&pushed);
    }
    out::line(&format!(
        "run {}: {} begun, {} brought up to date, {} the same already, {} decided and left alone",
        run.id, pushed.begun, pushed.updated, pushed.same, pushed.left
    ))
}

fn value(args: &Args, run: &Run, clue: &Clue, findings: &[Finding], rule: Option<&Rule>) -> PushedClue {
    let own: Vec<&Finding> = clue.findings.iter().filter_map(|&place| findings.get(place as usize)).collect();
    let first = own.first();
    let institution = match clue.subject.kind {
        SubjectKind::Institution | SubjectKind::Pharmacy => clue.subject.id.clone(),
        _ => first.and_then(|finding| finding.fixmedins_code.clone()).unwrap_or_default(),
    };
    let shown = own.iter().take(FINDINGS).map(|finding| {
        let mut finding = (*finding).clone();
        finding.evidence.truncate(LINES);
        finding.pairs.retain(|(one, other)| (*one.max(other) as usize) < LINES);
        finding
    });
    PushedClue {
        id: clue.id.clone(),
        title: clue.title.clone(),
        region: clue.admdvs.clone().unwrap_or_else(|| args.region_if_none.clone()),
        subject_kind: format!("{:?}", clue.subject.kind).to_lowercase(),
        subject: clue.subject.id.clone(),
        institution,
        amount: clue.amount.0,
        severity: first.map_or(1, |finding| u32::from(finding.severity)),
        score: i64::from(clue.score.total),
        grade: match clue.grade {
            Grade::High => 1,
            Grade::Middle => 2,
            Grade::Low => 3,
        },
        origin: json!({
            "run": run.id,
            "rule": clue.rule,
            "rule_id": clue.rule_id,
            "version": first.map(|finding| finding.version),
            "begin": clue.begin,
            "end": clue.end,
            "people": clue.people,
            "account": clue.account,
            "findings_in_all": own.len(),
            "findings": shown.collect::<Vec<_>>(),
            // What a checker who has never seen the rule needs beside the lines.
            "about": rule.map(|rule| json!({
                "title": rule.title,
                "definition": rule.definition,
                "false_positives": rule.false_positives,
                "investigate": rule.investigate,
                "covers": rule.covers,
            })),
        }),
    }
}
