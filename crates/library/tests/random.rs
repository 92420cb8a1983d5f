//! Random and mangled files: reading never panics, and what is said stays bounded.

mod support;

use mingcha_library::{fixtures, fuzz};
use proptest::{collection::vec, prelude::*, sample};

/// A text with a few places replaced by pieces that mean something to a parser.
fn mangled(text: &'static str) -> impl Strategy<Value = String> {
    let piece = sample::select(vec![
        "",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "\r\n",
        "|",
        "$",
        "$days",
        "-- ",
        "/*",
        ",",
        "#",
        "## ",
        "### ",
        "1e999",
        "-1",
        "9223372036854775808",
        "0x",
        "true",
        "2025-02-30",
        "\u{0}",
        "\u{feff}",
        "明察",
        "\\",
        "\"\"\"",
        "[[a]]",
    ]);
    vec((any::<sample::Index>(), 0_usize..30, piece), 1..8).prop_map(move |edits| {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, remove, piece) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + remove).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn mangled_rules_never_panic(text in mangled(support::RULE)) {
        fuzz::fuzz_rule(text.as_bytes());
        let (library, faults) = support::changed("rules/institution/one/rule.toml", "", &text);
        prop_assert!(!library.rules.is_empty() || !faults.is_empty(), "a rule is read or its fault told");
    }

    #[test]
    fn mangled_knowledge_never_panics(table in mangled(support::TABLE), rows in mangled(support::ROWS)) {
        fuzz::fuzz_knowledge(format!("{table}---\n{rows}").as_bytes());
        let (library, faults) = support::changed("knowledge/limits/rows.csv", "", &rows);
        let whole = library.knowledge("limits").is_some();
        prop_assert!(whole != faults.iter().any(|fault| fault.file == "knowledge/limits/rows.csv"));
    }

    #[test]
    fn mangled_fixtures_never_panic(text in mangled(support::TESTS)) {
        fuzz::fuzz_fixtures(text.as_bytes());
    }

    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..600)) {
        fuzz::fuzz_rule(&bytes);
        fuzz::fuzz_knowledge(&bytes);
        fuzz::fuzz_fixtures(&bytes);
    }

    #[test]
    fn completed_worlds_hold_the_key_of_every_row(text in mangled(support::TESTS)) {
        let (scenarios, faults) = fixtures::parse(&text);
        for (name, rows) in scenarios.iter().filter(|_| faults.is_empty()).flat_map(fixtures::Scenario::completed) {
            let table = mingcha_model::table::table(&name).expect("a table");
            for column in table.columns.iter().filter(|column| table.key.contains(&column.name) && column.required) {
                prop_assert!(rows.iter().all(|row| row.contains_key(column.name)), "{name}.{}", column.name);
            }
        }
    }
}
