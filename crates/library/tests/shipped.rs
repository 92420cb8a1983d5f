//! The library that ships: every rule and table of it is whole.

use mingcha_library::Library;

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
