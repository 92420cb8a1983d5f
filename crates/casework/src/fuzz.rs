//! Entry points for fuzzing: any bytes in, no panic, bounded work.

use crate::{
    Calendar, Procedures,
    procedures::{Files, embedded_files},
    trail,
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
