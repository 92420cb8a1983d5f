//! What `mingcha rule lint` tells beside the faults of loading: fixtures that are missing or wrong, and the lock.

use crate::{
    Library, Rule, Status,
    fixtures::{self, Scenario, Sort},
    lock,
};
use mingcha_model::{Diagnostic, source::fault};

impl Library {
    /// Faults of fixtures and lock, sorted by file and line. Load faults come from loading.
    pub fn lint(&self) -> Vec<Diagnostic> {
        let mut out: Vec<Diagnostic> = self.rules.iter().flat_map(|rule| self.scenarios(rule).1).collect();
        out.extend(lock::check(self));
        out.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
        out
    }

    /// The scenarios of a rule, checked against it: parameters inside their bounds, each sort at least once.
    pub fn scenarios(&self, rule: &Rule) -> (Vec<Scenario>, Vec<Diagnostic>) {
        let file = format!("rules/{}/tests.md", rule.name);
        let Some(text) = self.fixtures(rule) else {
            let missing = fault(&file, 0, "", "the rule has no fixtures");
            return (Vec::new(), vec![graded(missing.hint("see FIXTURES.md of the crate `library`"), rule)]);
        };
        let (scenarios, mut out) = fixtures::parse(text);
        for diagnostic in &mut out {
            diagnostic.file.clone_from(&file);
        }
        for (sort, word) in Sort::WORDS {
            if !scenarios.iter().any(|scenario| scenario.sort == sort) {
                let missing = fault(&file, 0, "", format!("no scenario `{word}`"));
                out.push(graded(
                    missing.hint("a rule shows that it fires, stays silent and meets missing data"),
                    rule,
                ));
            }
        }
        for scenario in &scenarios {
            for (name, message) in rule.param_faults(&scenario.params) {
                out.push(fault(&file, scenario.line, &name, message));
            }
            for name in scenario.tables.keys().filter(|name| !read(rule, name)) {
                let message = format!("the rule reads nothing of `{name}`");
                out.push(fault(&file, scenario.line, name, message).warning());
            }
        }
        (scenarios, out)
    }
}

/// A draft may still lack its fixtures.
fn graded(fault: Diagnostic, rule: &Rule) -> Diagnostic {
    if rule.status == Status::Draft { fault.warning() } else { fault }
}

/// Whether a scenario's table can matter: people, encounters, settlements and lines are tied together whatever the rule reads.
fn read(rule: &Rule, table: &str) -> bool {
    if matches!(table, "person" | "encounter" | "settlement" | "fee") {
        return true;
    }
    rule.reads.iter().any(|read| read.split_once('.').is_some_and(|(name, _)| name == table))
}
