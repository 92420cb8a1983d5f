//! Entry points for fuzzing: any bytes in, no panic, bounded work.

use crate::{
    Calendar, Policies, Procedures, policy,
    policy::OpenPersonalData,
    procedures::{Files, embedded_files},
    site_form, trail,
    vault::{Datum, KeyRing, Purpose, Sealed, Token, Vault},
};

/// Reads bytes as each kind of file of the procedures folder, and makes the page of it.
///
/// Of the embedded files only those stay that others refer to, so that a run is short.
pub fn fuzz_procedures(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut files: Files = embedded_files();
    files.retain(|path, _| path == "limits/clue.toml" || path == "machines/guards.toml");
    let names = [
        "calendars/fuzz.toml",
        "limits/fuzz.toml",
        "measures/fuzz.toml",
        "regions/fuzz.toml",
        "machines/fuzz.toml",
        "schemes/points.toml",
        "guides/fuzz.toml",
    ];
    files.extend(names.map(|name| (name.to_owned(), text.clone().into())));
    let (procedures, _) = Procedures::from_files(&files);
    let _ = crate::docs::procedures_md(&procedures);
    let _ = Calendar::default().import("fuzz.toml", &text);
}

/// Reads bytes as a trail record and as an exported line; what decodes must be canonical.
pub fn fuzz_trail(bytes: &[u8]) {
    if let Ok(record) = trail::decode(bytes) {
        assert_eq!(trail::encode(&record), bytes, "a record has one form");
    }
    let text = String::from_utf8_lossy(bytes);
    let entries: Vec<_> =
        text.lines().zip(1..).filter_map(|(line, number)| trail::read_line(number, line).ok()).collect();
    let _ = trail::verify(entries, &trail::Witness::default());
}

/// Reads bytes as a policy file; what is read has a page and nothing else.
pub fn fuzz_policies(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let files = [("policies/fuzz.cedar".to_owned(), text.into())].into();
    if let Ok(policies) = Policies::from_files(&files) {
        let _ = policy::policies_md(&policies);
    }
}

/// Reads bytes as the file of an offline form; what does not read says why.
pub fn fuzz_site_form(bytes: &[u8]) {
    if let Err(faults) = site_form::read(&String::from_utf8_lossy(bytes)) {
        assert!(!faults.is_empty(), "a refusal without a reason");
    }
}

/// Reads bytes as a ring of keys and as a sealed value, which no bytes made without the key may be.
pub fn fuzz_vault(bytes: &[u8]) {
    let _ = KeyRing::parse(Purpose::Personal, &String::from_utf8_lossy(bytes));
    let zeros = |digits: usize| "0".repeat(digits);
    let text = format!(
        "purpose personal\ncurrent new\ndigest {}\nkey new {}\nkey old {}\n",
        zeros(64),
        zeros(32),
        zeros(32)
    );
    let ring = KeyRing::parse(Purpose::Personal, &text).expect("a ring");
    let vault: Vault<OpenPersonalData> = Vault::new(ring).expect("of its purpose");
    let token = Token::parse(&zeros(32)).expect("a token");
    let sealed = Sealed::from_bytes(bytes.to_vec());
    let opened = vault.reseal(&token, Datum::Name, &sealed);
    assert!(!matches!(opened, Ok(Some(_))), "bytes that nobody sealed were opened");
}
