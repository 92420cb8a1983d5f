//! Every person-scope rule that ships, over its own fixtures: it finds what they say, and nothing around a person changes that.

use mingcha_detect::{
    finding::STANDARD,
    fixture::{AS_OF, check, run_person},
    rows::TextTables,
};
use mingcha_library::{
    Library, Method, Rule, Status,
    fixtures::{Scenario, Sort, parse},
};
use mingcha_model::Finding;
use std::collections::BTreeSet;

/// Rules with a detector and their scenarios.
fn rules(library: &Library) -> Vec<(&Rule, Vec<Scenario>)> {
    let (mut rules, mut wrong) = (Vec::new(), Vec::new());
    for rule in library.rules.iter().filter(|rule| matches!(rule.method, Method::Detector { .. })) {
        let (scenarios, faults) = parse(library.fixtures(rule).unwrap_or_default());
        wrong.extend(faults.iter().map(|fault| format!("{}: {fault}", rule.name)));
        rules.push((rule, scenarios));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!rules.is_empty());
    rules
}

/// Calls `look` for each scenario and gathers what it complains about.
fn over_all(look: impl Fn(&Library, &Rule, &Scenario) -> Vec<String>) {
    let (library, faults) = Library::embedded();
    assert_eq!(faults, []);
    let mut wrong = Vec::new();
    for (rule, scenarios) in rules(&library) {
        for scenario in scenarios {
            let told = look(&library, rule, &scenario);
            wrong.extend(told.into_iter().map(|one| format!("{} “{}”: {one}", rule.name, scenario.title)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn found(library: &Library, rule: &Rule, scenario: &Scenario, rows: &TextTables) -> Vec<Finding> {
    let resolved = rule.resolve_with(&scenario.params).expect("parameters");
    run_person(library, &resolved, rows, scenario.as_of.unwrap_or(AS_OF)).expect("a run")
}

#[test]
fn every_rule_finds_what_its_fixtures_say() {
    over_all(check);
}

#[test]
fn every_active_rule_fires_stays_silent_and_meets_missing_data() {
    let (library, _) = Library::embedded();
    for (rule, scenarios) in rules(&library).into_iter().filter(|(rule, _)| rule.status == Status::Active) {
        for sort in [Sort::Hit, Sort::Silent, Sort::Missing] {
            assert!(scenarios.iter().any(|one| one.sort == sort), "{} has no {}", rule.name, sort.word());
        }
    }
}

#[test]
fn every_finding_knows_the_standard_values() {
    over_all(|library, rule, scenario| {
        let findings = found(library, rule, scenario, &scenario.completed());
        let knows = |name: &&str| findings.iter().all(|finding| finding.values.contains_key(*name));
        let unknown = STANDARD.into_iter().filter(|name| !knows(name));
        unknown.map(|name| format!("`{name}` is not known")).collect()
    });
}

#[test]
fn the_order_of_rows_changes_nothing() {
    over_all(|library, rule, scenario| {
        let rows = scenario.completed();
        let mut turned = rows.clone();
        turned.values_mut().for_each(|rows| rows.reverse());
        let same = found(library, rule, scenario, &rows) == found(library, rule, scenario, &turned);
        if same { Vec::new() } else { vec!["turned rows give other findings".to_owned()] }
    });
}

#[test]
fn unrelated_people_change_nothing() {
    over_all(|library, rule, scenario| {
        let rows = scenario.completed();
        let alone = found(library, rule, scenario, &rows);
        ["!", "~"]
            .into_iter()
            .filter_map(|mark| {
                let mut crowd = rows.clone();
                for (table, rows) in renamed(&rows, mark) {
                    crowd.entry(table).or_default().extend(rows);
                }
                let mut own = found(library, rule, scenario, &crowd);
                own.retain(|finding| !finding.psn_no.as_ref().is_some_and(|id| id.starts_with(mark)));
                (own != alone).then(|| format!("people before or after ({mark}) change the findings"))
            })
            .collect()
    });
}

#[test]
fn people_looked_at_one_by_one_give_the_same() {
    over_all(|library, rule, scenario| {
        let rows = scenario.completed();
        let together = found(library, rule, scenario, &rows);
        let ids: BTreeSet<&String> =
            rows.values().flat_map(|rows| rows.iter().filter_map(|row| row.get("psn_no"))).collect();
        let mut apart: Vec<Finding> = ids
            .into_iter()
            .flat_map(|psn_no| found(library, rule, scenario, &of_person(&rows, psn_no)))
            .collect();
        apart.sort_by(|a, b| a.order().cmp(&b.order()));
        if apart == together { Vec::new() } else { vec!["split people give other findings".to_owned()] }
    });
}

#[test]
fn empty_tables_give_nothing() {
    over_all(|library, rule, scenario| {
        let mut rows = scenario.completed();
        rows.values_mut().for_each(Vec::clear);
        let found = found(library, rule, scenario, &rows).len() + found_in_nothing(library, rule, scenario);
        if found == 0 { Vec::new() } else { vec![format!("{found} findings in nothing")] }
    });
}

fn found_in_nothing(library: &Library, rule: &Rule, scenario: &Scenario) -> usize {
    found(library, rule, scenario, &TextTables::new()).len()
}

/// The same rows of other people: every identifier of a person or of what belongs to one begins with `mark`.
fn renamed(rows: &TextTables, mark: &str) -> TextTables {
    let ids = ["psn_no", "mdtrt_id", "setl_id", "init_setl_id", "feedetl_sn", "init_feedetl_sn"];
    let mut renamed = rows.clone();
    renamed
        .retain(|_, rows| rows.iter().any(|row| row.contains_key("psn_no") || row.contains_key("mdtrt_id")));
    renamed.remove("practitioner");
    for row in renamed.values_mut().flatten() {
        for id in ids {
            if let Some(value) = row.get_mut(id).filter(|value| !value.is_empty()) {
                value.insert_str(0, mark);
            }
        }
    }
    renamed
}

/// The rows of one person, and those that belong to nobody.
fn of_person(rows: &TextTables, psn_no: &str) -> TextTables {
    let own = |row: &&mingcha_detect::rows::TextRow| row.get("psn_no").is_none_or(|id| id == psn_no);
    rows.iter().map(|(table, rows)| (table.clone(), rows.iter().filter(own).cloned().collect())).collect()
}
