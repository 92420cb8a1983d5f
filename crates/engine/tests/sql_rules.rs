//! Rules in SQL: their fixtures, what they may see, what changes nothing, and DuckDB's answer to the same question.

use mingcha_detect::{fixture::AS_OF, rows::TextTables};
use mingcha_engine::sql::fixture::{check, run};
use mingcha_library::{Library, Method, Rule, fixtures};
use std::path::Path;

fn library() -> Library {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library");
    Library::load(&folder).0
}

fn rules(library: &Library) -> Vec<Rule> {
    let sql = |rule: &&Rule| matches!(rule.method, Method::Sql { .. });
    library.rules.iter().filter(sql).cloned().collect()
}

fn scenarios(library: &Library, rule: &Rule) -> Vec<fixtures::Scenario> {
    let (scenarios, faults) = fixtures::parse(library.fixtures(rule).expect("every rule has fixtures"));
    assert!(faults.is_empty(), "{}: {faults:#?}", rule.name);
    scenarios
}

#[test]
fn the_six_rules_in_sql_are_read_without_a_fault() {
    let names: Vec<String> = rules(&library()).into_iter().map(|rule| rule.name).collect();
    for name in [
        "gang/admitted-together",
        "gang/seen-together",
        "institution/assist-share",
        "institution/key-item-growth",
        "pharmacy/night-burst",
        "pharmacy/terminal-burst",
    ] {
        assert!(names.iter().any(|known| known == name), "{name}");
    }
}

#[test]
fn every_fixture_of_a_rule_in_sql_holds() {
    let library = library();
    let mut wrong = Vec::new();
    for rule in rules(&library) {
        for scenario in scenarios(&library, &rule) {
            let differences = check(&library, &rule, &scenario);
            wrong.extend(
                differences.into_iter().map(|text| format!("{} “{}”: {text}", rule.name, scenario.title)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn empty_tables_give_no_finding() {
    let library = library();
    for rule in rules(&library) {
        let resolved = rule.resolve_with(&toml::Table::new()).expect("defaults are allowed");
        let findings = run(&library, &resolved, &TextTables::new(), AS_OF).expect("it runs");
        assert!(findings.is_empty(), "{}", rule.name);
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let library = library();
    for rule in rules(&library) {
        for scenario in scenarios(&library, &rule) {
            let resolved = rule.resolve_with(&scenario.params).expect("fixtures keep the bounds");
            let (rows, as_of) = (scenario.completed(), scenario.as_of.unwrap_or(AS_OF));
            let mut turned = rows.clone();
            turned.values_mut().for_each(|rows| rows.reverse());
            let (one, other) =
                (run(&library, &resolved, &rows, as_of), run(&library, &resolved, &turned, as_of));
            assert_eq!(one.expect("it runs"), other.expect("it runs"), "{} “{}”", rule.name, scenario.title);
        }
    }
}

#[test]
fn a_rule_sees_only_what_it_declares() {
    let library = library();
    let mut rule = library.rule("pharmacy/terminal-burst").expect("the rule").clone();
    rule.reads.retain(|read| read != "settlement.setl_dev_no");
    let resolved = rule.resolve_with(&toml::Table::new()).expect("defaults are allowed");
    let error = run(&library, &resolved, &TextTables::new(), AS_OF).expect_err("the column is not declared");
    let text = error.to_string();
    assert!(text.contains("setl_dev_no") && text.contains("`reads`"), "{text}");
    for table in ["settlement", "institution"] {
        let mut blind = library.rule("pharmacy/terminal-burst").expect("the rule").clone();
        blind.reads.retain(|read| !read.starts_with(table));
        let resolved = blind.resolve_with(&toml::Table::new()).expect("defaults are allowed");
        assert!(run(&library, &resolved, &TextTables::new(), AS_OF).is_err(), "{table}");
    }
}
