//! Whatever stands in a file or a record, it ends in faults or in values, never in a panic.

use mingcha_casework::{
    Policies, Procedures,
    clock::{Event, EventKind, ServerTime, compute},
    fuzz::{fuzz_policies, fuzz_procedures, fuzz_site_form, fuzz_trail, fuzz_vault},
    policy,
    procedures::{Files, embedded_files},
};
use mingcha_model::Time;
use proptest::prelude::*;
use std::sync::LazyLock;

static FILES: LazyLock<Vec<(String, String)>> =
    LazyLock::new(|| embedded_files().into_iter().map(|(path, text)| (path, text.into_owned())).collect());

#[test]
fn hostile_files_end_in_faults() {
    let tables =
        "[[limit]]\n[[limit.extension]]\n[[limit.variant]]\n[[measure]]\n[[state]]\n[[act]]\n[[holiday]]\n";
    for text in [
        "",
        "\0",
        "limit = 3",
        "[[limit]]\nid = 7",
        "year = 99999999999999999999",
        tables,
        "every = [1]\nregion = \"2\"",
    ] {
        fuzz_procedures(text.as_bytes());
        fuzz_trail(text.as_bytes());
        fuzz_site_form(text.as_bytes());
    }
    fuzz_site_form(&b"{\"form\":".repeat(10_000));
    fuzz_site_form(br#"{"form":"mingcha-site-form-1","items":[{}]}"#);
    let mut endless = b"MCTR\x01".to_vec();
    endless.resize(60, 0xff);
    fuzz_trail(&endless);
}

#[test]
fn a_hostile_policy_ends_in_faults() {
    let head = "@id(\"a\") @title(\"a\") @basis(\"a\") permit (principal, action, resource) when {";
    let bodies = [
        "true && ".repeat(30_000) + "true",
        "true&&".repeat(50) + "true",
        "!".repeat(99) + "true",
        "!".repeat(3_500) + "true",
        "1".to_owned() + &"+1".repeat(99) + " == 1",
        "principal".to_owned() + &".a".repeat(99),
        "principal".to_owned() + &".a".repeat(1_800),
        "(".repeat(30_000),
        "(".repeat(14) + "true" + &")".repeat(14),
        "if true then ".repeat(100) + "true" + &" else true".repeat(100),
        "if true then ".repeat(3_000) + "true" + &" else true".repeat(3_000),
        "\";\" == \";\" && ".repeat(2_000) + "true",
    ];
    for body in bodies {
        fuzz_policies(format!("{head}{body}}};").as_bytes());
    }
    for text in ["", "\0", "permit", "@id(\"a\")", "permit(principal,action,resource);", "\u{202e}"] {
        fuzz_policies(text.as_bytes());
        fuzz_vault(text.as_bytes());
    }
    fuzz_vault(b"\x01\x03old");
}

#[test]
fn an_event_at_the_end_of_time_does_not_overflow() {
    let (procedures, _) = Procedures::embedded();
    for seconds in [i64::MAX, i64::MIN, 253_402_300_000, -70_000_000_000] {
        let at = ServerTime::from_store(Time(seconds));
        let start = Event { at, kind: EventKind::Started { variant: None, day: None } };
        for limit in procedures.limits.values() {
            let state = compute(limit, std::slice::from_ref(&start), &procedures.calendar, at);
            // A day that has passed starts no clock, and it says so.
            let told = state.started.is_some() || !state.refused.is_empty();
            assert!(told && !state.steps.is_empty(), "{}", limit.id);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_damaged_file_never_panics_and_a_fault_names_its_file(
        file in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        length in 0..40_usize,
        put in "[\\[\\]\"=a-z0-9\n.-]{0,12}",
    ) {
        let (path, text) = &FILES[file.index(FILES.len())];
        let mut chars: Vec<char> = text.chars().collect();
        let from = place.index(chars.len());
        let to = (from + length).min(chars.len());
        chars.splice(from..to, put.chars());
        let damaged: String = chars.into_iter().collect();
        let mut files: Files = embedded_files();
        files.insert(path.clone(), damaged.clone().into());
        let (_, faults) = Procedures::from_files(&files);
        for fault in &faults {
            prop_assert!(!fault.message.is_empty() && FILES.iter().any(|(known, _)| *known == fault.file), "{fault}");
            prop_assert!(fault.line as usize <= damaged.lines().count() + 1 || fault.file != *path, "{fault}");
        }
        fuzz_procedures(damaged.as_bytes());
    }

    #[test]
    fn a_damaged_policy_file_never_panics_and_a_fault_names_its_line(
        file in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        length in 0..40_usize,
        put in "[()\\[\\]{}\"=&|!;:a-z0-9\n., ]{0,12}",
    ) {
        let mut files = policy::embedded_files();
        let path = file.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        let mut chars: Vec<char> = files[&path].chars().collect();
        let from = place.index(chars.len());
        let to = (from + length).min(chars.len());
        chars.splice(from..to, put.chars());
        let damaged: String = chars.into_iter().collect();
        let lines = damaged.lines().count() as u64;
        files.insert(path.clone(), damaged.into());
        if let Err(faults) = Policies::from_files(&files) {
            prop_assert!(!faults.is_empty());
            for fault in faults.iter().filter(|fault| fault.file == path) {
                prop_assert!(fault.line >= 1 && fault.line <= lines + 1 && !fault.message.is_empty(), "{fault}");
            }
        }
    }
}
