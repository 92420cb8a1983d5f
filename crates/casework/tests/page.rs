//! The page of procedures shows every limit, measure and guard.

use mingcha_casework::{Procedures, docs::procedures_md};

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
