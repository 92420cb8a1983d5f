//! The page of procedures shows every limit, measure and guard, that of policies every policy.

use mingcha_casework::{Policies, Procedures, docs::procedures_md, policy::policies_md};

#[test]
fn every_limit_measure_and_guard_stands_on_the_page() {
    let (procedures, _) = Procedures::embedded();
    let page = procedures_md(&procedures);
    let codes = procedures.machines["case"].texts.values().map(|text| &text.code);
    for id in procedures.limits.keys().chain(procedures.measures.keys()).chain(codes) {
        assert_eq!(page.matches(&format!("\n| {id} |")).count(), 1, "{id}");
    }
}

#[test]
fn rows_have_as_many_cells_as_their_table() {
    let (procedures, _) = Procedures::embedded();
    let page = procedures_md(&procedures);
    for block in page.split("\n\n").filter(|block| block.starts_with('|')) {
        let cells: Vec<usize> =
            block.lines().map(|line| line.matches('|').count() - line.matches("\\|").count()).collect();
        assert!(cells.iter().all(|count| *count == cells[0]), "{block}");
    }
}

#[test]
fn every_policy_stands_on_its_page() {
    let policies = Policies::embedded().unwrap_or_else(|faults| panic!("{faults:?}"));
    let page = policies_md(&policies);
    assert!(policies.rules().len() > 20);
    for rule in policies.rules() {
        assert_eq!(page.matches(&format!("\n| {} | {} |", rule.id, rule.title)).count(), 1, "{}", rule.id);
    }
    let bare = policies.rules().iter().filter(|rule| page.contains(&format!("{} |  |", rule.title))).count();
    assert_eq!(bare, 0, "a policy without an action");
}
