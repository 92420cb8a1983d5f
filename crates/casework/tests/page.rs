//! The page of procedures shows every limit, measure and guard, and is the one that stands in `docs/`.

use mingcha_casework::{Procedures, docs::procedures_md};
use std::{fs, path::Path};

#[test]
fn the_page_in_docs_is_what_the_procedures_say() {
    let (procedures, faults) = Procedures::embedded();
    assert!(faults.is_empty(), "{faults:?}");
    let page = procedures_md(&procedures);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/procedures.md");
    assert_eq!(fs::read_to_string(&file).ok().as_deref(), Some(page.as_str()), "stale: see examples/page.rs");
}

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
