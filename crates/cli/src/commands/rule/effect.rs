//! `mingcha rule effect`: what other values of a rule's parameters find in the lake, beside what those in force find. Writes nothing.

use crate::{
    commands::{LakeArg, LibraryArg, screen::date, threads},
    exit::Unusable,
    out, progress,
};
use anyhow::Result;
use mingcha_engine::{Options, Watch, pass, total::total, trial};
use mingcha_library::{Rule, Status};
use mingcha_model::{Date, Finding};
use serde::Serialize;
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU32, Ordering},
};
use toml::{Table, Value};

/// Examples of each sort, those of the most money first.
const EXAMPLES: usize = 10;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Its id or name
    rule: String,
    /// The values, as `params.toml` has them under the rule: `days = 10`
    #[arg(long)]
    set: String,
    #[command(flatten)]
    lake: LakeArg,
    #[command(flatten)]
    library: LibraryArg,
    /// Rows after this day do not count; the last day of the data where absent
    #[arg(long, value_parser = date)]
    as_of: Option<Date>,
    /// Buckets to work on at once; the number of cores where absent
    #[arg(long)]
    threads: Option<usize>,
    /// As JSON; money in whole fen (100 fen are a yuan)
    #[arg(long)]
    json: bool,
}

/// What a rule finds with some values.
#[derive(Serialize)]
struct Side {
    findings: usize,
    people: usize,
    institutions: usize,
    /// The fund's money in question, each line once, fen.
    amount: i64,
}

/// A finding that only one of the two sides has. It names no person.
#[derive(Serialize)]
struct Example {
    begin: Date,
    end: Date,
    institution: String,
    amount: i64,
    message: String,
}

/// What other values change.
#[derive(Serialize)]
struct Effect {
    rule: String,
    title: String,
    as_of: Date,
    lake_version: u64,
    money_unit: &'static str,
    now: Side,
    changed: Side,
    /// Findings that come, and that go.
    come: usize,
    gone: usize,
    come_examples: Vec<Example>,
    gone_examples: Vec<Example>,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let lake = args.lake.open()?;
    let library = args.library.load_sound()?;
    let rule = library.rule(&args.rule).filter(|rule| rule.status != Status::Retired).ok_or_else(|| {
        Unusable(format!("there is no rule `{}` that runs: see `mingcha rule list`", args.rule))
    })?;
    let set: Table =
        args.set.parse().map_err(|_| Unusable("--set is no TOML such as `days = 10`".to_owned()))?;
    let in_force = args.library.params(&library)?;
    let changed = with(&in_force, rule, set);
    let snapshot = lake.snapshot(None)?;
    let last = args.as_of.map_or_else(|| pass::last_day(&snapshot), |day| Ok(Some(day)))?;
    let as_of = last.ok_or_else(|| Unusable("the lake holds no claims: import some first".to_owned()))?;
    let bar = progress::bar("effect");
    let past = AtomicU32::new(0);
    let find = |params: Table| {
        let before = past.load(Ordering::Relaxed);
        let watch = Watch {
            progress: &|progress| {
                bar.set_length(2 * u64::from(progress.of));
                bar.set_position(u64::from(before + progress.done));
                past.fetch_max(progress.of, Ordering::Relaxed);
            },
            cancel: progress::cancel(),
        };
        let options = Options {
            as_of,
            from: None,
            to: None,
            region: None,
            rules: vec![rule.id.clone()],
            params,
            threads: threads(args.threads),
            incremental: false,
        };
        trial(&snapshot, &library, &options, &watch)
    };
    let (now, then) = (find(in_force)?, find(changed)?);
    bar.finish_and_clear();
    let effect = compare(rule, as_of, snapshot.version(), &now, &then);
    if args.json { out::json(&effect) } else { tell(&effect) }
}

/// A site's parameters with other values of one rule.
fn with(site: &Table, rule: &Rule, set: Table) -> Table {
    let mut changed = site.clone();
    let mut own = site.get(&rule.name).and_then(Value::as_table).cloned().unwrap_or_default();
    own.extend(set);
    changed.insert(rule.name.clone(), Value::Table(own));
    changed
}

/// What makes a finding the same with other values: whom it is about, when, and the rows that it stands on; not its words, which name them.
fn identity(finding: &Finding) -> impl Ord + '_ {
    (&finding.subject, finding.begin, finding.end, &finding.fixmedins_code, &finding.evidence)
}

fn compare(rule: &Rule, as_of: Date, lake_version: u64, now: &[Finding], then: &[Finding]) -> Effect {
    let (come, gone) = (only(then, now), only(now, then));
    Effect {
        rule: rule.name.clone(),
        title: rule.title.clone(),
        as_of,
        lake_version,
        money_unit: "fen",
        now: side(now),
        changed: side(then),
        come: come.len(),
        gone: gone.len(),
        come_examples: examples(come),
        gone_examples: examples(gone),
    }
}

/// The findings of one side that the other has not.
fn only<'a>(one: &'a [Finding], other: &[Finding]) -> Vec<&'a Finding> {
    let known: BTreeSet<_> = other.iter().map(identity).collect();
    one.iter().filter(|finding| !known.contains(&identity(finding))).collect()
}

fn side(findings: &[Finding]) -> Side {
    let count =
        |of: fn(&Finding) -> Option<&String>| findings.iter().filter_map(of).collect::<BTreeSet<_>>().len();
    Side {
        findings: findings.len(),
        people: count(|finding| finding.psn_no.as_ref()),
        institutions: count(|finding| finding.fixmedins_code.as_ref()),
        amount: total(findings).0,
    }
}

fn examples(mut findings: Vec<&Finding>) -> Vec<Example> {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.amount));
    let example = |finding: &&Finding| Example {
        begin: finding.begin,
        end: finding.end,
        institution: finding.fixmedins_code.clone().unwrap_or_default(),
        amount: finding.amount.0,
        // A site's rule may name the person in its words.
        message: match &finding.psn_no {
            Some(psn_no) => finding.message.replace(psn_no.as_str(), "（编号略）"),
            None => finding.message.clone(),
        },
    };
    findings.iter().take(EXAMPLES).map(example).collect()
}

fn tell(effect: &Effect) -> Result<()> {
    let mut table = out::Table::new(&["values", "findings", "people", "institutions", "yuan"]);
    for (name, side) in [("in force", &effect.now), ("changed", &effect.changed)] {
        let counts = [side.findings, side.people, side.institutions].map(|count| count.to_string());
        let yuan = mingcha_model::Fen(side.amount).yuan();
        table.row([vec![name.to_owned()], counts.to_vec(), vec![yuan]].concat());
    }
    table.print()?;
    out::line(&format!("{} come, {} go; nothing was written", effect.come, effect.gone))?;
    for (sign, examples) in [('+', &effect.come_examples), ('-', &effect.gone_examples)] {
        for Example { begin, end, institution, message, .. } in examples {
            out::line(&format!("{sign} {begin}..{end} {institution} {message}"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_library::Library;
    use serde_json::json;

    fn finding(person: &str, day: &str, amount: i64, message: &str) -> Finding {
        let written = json!({
            "rule_id": "T-0001", "rule": "institution/trial", "version": 1, "kind": "suspect", "severity": 1,
            "subject": { "kind": "person", "id": person }, "psn_no": person, "begin": day, "end": day,
            "amount": amount, "counting": "line_fund", "message": message, "values": {}, "basis": [], "evidence": [],
        });
        serde_json::from_value(written).expect("a finding")
    }

    #[test]
    fn other_words_of_the_same_rows_neither_come_nor_go_and_examples_name_nobody() {
        let (library, _) = Library::embedded();
        let rule = library.rule("institution/readmission").expect("a rule");
        let day = Date::parse("2025-12-31").expect("a day");
        let now = [finding("P1", "2025-01-02", 100, "10天内"), finding("P2", "2025-01-03", 200, "10天内")];
        let then = [
            finding("P1", "2025-01-02", 100, "20天内"),
            finding("P3", "2025-02-01", 300, "参保人P3再次入院"),
            finding("P4", "2025-02-01", 400, "20天内"),
        ];
        let effect = compare(rule, day, 1, &now, &then);
        assert_eq!((effect.come, effect.gone), (2, 1));
        assert_eq!((effect.now.people, effect.changed.people), (2, 3));
        let come: Vec<i64> = effect.come_examples.iter().map(|example| example.amount).collect();
        assert_eq!(come, [400, 300], "the most money first");
        assert!(!effect.come_examples[1].message.contains("P3"));
    }
}
