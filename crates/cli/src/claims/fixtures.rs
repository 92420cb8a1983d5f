//! The fixtures of a rule, run on the spot: what it must find and what it found, in words.

use crate::commands::rule::outcome;
use mingcha_library::{
    Library, Rule,
    fixtures::{EvidenceRef, Expected, Scenario},
};
use mingcha_model::Finding;
use mingcha_server::claims::FixtureRun;
use std::time::{Duration, Instant};

/// How long a rule's fixtures may take; those that were not run by then are told as such. The longest of the built-in rules take seconds.
const TIME: Duration = Duration::from_secs(20);

/// Runs all fixtures of a rule. One that cannot be read says so in place of a title.
pub fn run(library: &Library, rule: &Rule) -> Vec<FixtureRun> {
    let start = Instant::now();
    let (scenarios, faults) = library.scenarios(rule);
    let unread = faults.iter().map(|fault| FixtureRun {
        sort: String::new(),
        title: String::new(),
        expected: Vec::new(),
        found: Vec::new(),
        differences: vec![fault.to_string()],
        passed: Some(false),
    });
    let runs = scenarios.iter().map(|scenario| one(library, rule, scenario, start.elapsed() < TIME));
    unread.chain(runs).collect()
}

fn one(library: &Library, rule: &Rule, scenario: &Scenario, in_time: bool) -> FixtureRun {
    let outcome = in_time.then(|| outcome(library, rule, scenario));
    let passed = outcome.as_ref().map(|outcome| outcome.differences.is_empty());
    let outcome = outcome.unwrap_or_default();
    FixtureRun {
        sort: scenario.sort.word().to_owned(),
        title: scenario.title.clone(),
        expected: scenario.expected.iter().map(expected).collect(),
        found: outcome.found.iter().map(found).collect(),
        differences: outcome.differences,
        passed,
    }
}

/// What must be found, as far as the fixture says it.
fn expected(one: &Expected) -> String {
    let rows = |rows: &Vec<EvidenceRef>| rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let parts = [
        ("对象", one.subject.clone()),
        ("参保人", one.psn_no.clone()),
        ("机构", one.fixmedins_code.clone()),
        ("医师", one.prac_psn_code.clone()),
        ("金额（元）", one.amount.map(mingcha_model::Fen::yuan)),
        ("问题明细", one.evidence.as_ref().map(rows)),
        ("相关明细", one.related.as_ref().map(rows)),
        ("说明含", one.message.as_ref().map(|part| format!("“{part}”"))),
    ];
    let said = parts.into_iter().filter_map(|(name, value)| Some(format!("，{name} {}", value?)));
    format!("{}{}", one.kind.label(), said.collect::<String>())
}

fn found(one: &Finding) -> String {
    format!(
        "{}，对象 {}，金额（元） {}：{}",
        one.kind.label(),
        one.subject.id,
        one.amount.yuan(),
        one.message
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixture_says_what_must_be_found_and_what_was() {
        let (library, _) = Library::embedded();
        let rule = library.rule("institution/drug-sex").expect("a rule");
        let runs = run(&library, rule);
        assert!(runs.iter().all(|run| run.passed == Some(true)), "{runs:?}");
        let hit = runs.iter().find(|run| run.sort == "命中").expect("one that fires");
        assert!(!hit.expected.is_empty() && !hit.found.is_empty(), "{hit:?}");
        let silent = runs.iter().find(|run| run.sort == "不命中").expect("one that stays silent");
        assert!(silent.found.is_empty(), "{silent:?}");
    }

    #[test]
    fn what_is_not_run_in_time_has_neither_passed_nor_failed() {
        let (library, _) = Library::embedded();
        let rule = library.rule("institution/drug-sex").expect("a rule");
        let (scenarios, _) = library.scenarios(rule);
        assert_eq!(one(&library, rule, &scenarios[0], false).passed, None);
    }
}
