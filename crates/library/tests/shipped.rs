//! The library that ships: every rule and table of it is whole.

use mingcha_library::Library;
use mingcha_model::Level;

#[test]
fn the_shipped_library_has_no_fault() {
    let (library, faults) = Library::embedded();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", told.join("\n"));
    assert!(library.rule("institution/drug-sex").is_some() && library.rule("MC-0001").is_some());
    assert!(library.knowledge("item_pair").is_some_and(|table| table.rows.len() == 900));
}

#[test]
fn the_folder_and_the_binary_carry_the_same_library() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library");
    let (library, faults) = Library::load(&folder);
    assert_eq!(faults, []);
    assert_eq!(library.digest, Library::embedded().0.digest);
}

#[test]
fn an_archive_brings_the_same_library_back() {
    let (library, _) = Library::embedded();
    let (again, faults) = Library::from_archive(&library.to_archive()).expect("an archive");
    assert_eq!(faults, []);
    assert_eq!(
        (again.digest, again.rules, again.knowledge),
        (library.digest, library.rules, library.knowledge)
    );
    assert!(Library::from_archive(b"{\"format\":\"other\",\"files\":{}}").is_err());
    assert!(Library::from_archive(b"PK").is_err());
}

#[test]
fn the_shipped_fixtures_and_lock_have_no_error() {
    let faults = Library::embedded().0.lint();
    let told: Vec<String> =
        faults.iter().filter(|fault| fault.level == Level::Error).map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn national_tables_carry_every_published_fact() {
    let (library, _) = Library::embedded();
    let rows = |name: &str| library.knowledge(name).map_or(0, |table| table.rows.len());
    let expected = [
        ("drug_restriction", 1215),
        ("item_restriction", 512),
        ("item_pair", 900),
        ("surgery_group", 378),
        ("rule_class", 88),
        ("key_item", 176),
        ("negative_list", 129),
    ];
    for (name, count) in expected {
        assert_eq!(rows(name), count, "{name}");
    }
}

#[test]
fn every_item_of_a_national_table_has_a_class_by_its_longest_prefix() {
    let (library, _) = Library::embedded();
    let classes = library.knowledge("service_item").expect("the table");
    let class = |code: &str| {
        let rows = classes.rows.iter().filter(|row| code.starts_with(row.values[0].as_str()));
        rows.max_by_key(|row| row.values[0].len()).map(|row| row.values[1].as_str())
    };
    assert_eq!(class("003301000050000"), Some("anaesthesia"));
    assert_eq!(class("003310060020000"), Some("surgery"));
    assert_eq!(class("003314000020000"), Some("delivery"));
    for (table, columns) in
        [("item_pair", ["main_code", "sub_code"]), ("surgery_group", ["item_code", "item_code"])]
    {
        let table = library.knowledge(table).expect("the table");
        for at in columns.map(|column| table.column(column).expect("the column")) {
            let without: Vec<&str> = table
                .rows
                .iter()
                .map(|row| row.values[at].as_str())
                .filter(|code| class(code).is_none())
                .collect();
            assert!(without.is_empty(), "{without:?}");
        }
    }
}
