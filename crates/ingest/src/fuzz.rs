//! Entry points for fuzzing: bytes from anywhere must meet an error or rows, never a panic, and never memory without bound.

use crate::{
    Limits, Policy, Profile, Reader, Reading, Source,
    open::{self, Packing},
    plan::Plan,
    quarantine, scan,
    source::{Format, Part},
    text::{Charset, Utf8Reader},
};
use mingcha_model::{Date, table::table};
use std::{io::Read, path::PathBuf, sync::Arc};

/// Small limits, so that a fuzzer meets them.
const LIMITS: Limits = Limits {
    line_bytes: 1 << 12,
    columns: 64,
    inflated_bytes: 1 << 20,
    inflation: 100,
    xlsx_bytes: 1 << 20,
    page_bytes: 1 << 20,
    chunk_rows: 64,
};

/// Reads bytes as the text of a fee file: packed or not, in any character set, with whatever delimiter the first byte chooses; every row
/// goes through all checks, refused rows out to CSV.
///
/// # Panics
/// If a row is neither kept nor refused, or a line number goes backwards: those are what the fuzzer looks for.
pub fn fuzz_csv(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let delimiter = [b',', b'\t', b';', b'|'][usize::from(first % 4)];
    let Ok(unpacked) = open::unpack(std::io::Cursor::new(rest.to_vec()), Packing::of(rest), &LIMITS) else {
        return;
    };
    let (Some(profile), Some(fee)) = (Profile::named("mingcha"), table("fee")) else { return };
    let Some(mapping) = profile.tables.iter().find(|mapping| mapping.table.name == "fee") else { return };
    let header: Vec<String> = fee.columns.iter().map(|column| column.name.to_owned()).collect();
    let source = Source {
        path: PathBuf::new(),
        name: Arc::from("fuzz"),
        number: 0,
        format: Format::Csv { packing: Packing::Plain, charset: Charset::Auto, delimiter },
        plans: vec![Plan::new(profile, mapping, &header)],
        header,
        part: Part::Whole,
    };
    let text: Box<dyn Read + Send> = Box::new(unpacked);
    let policy = Policy::default();
    let reading = Reading { policy: &policy, as_of: Date(20_000), limits: LIMITS };
    let Ok(reader) = Reader::of_text(&source, Utf8Reader::new(text, Charset::Auto), delimiter, 2, &reading)
    else {
        return;
    };
    let mut line = 0;
    for chunk in reader {
        let Ok(chunk) = chunk else { return };
        let _ = quarantine::to_csv(chunk.table, &chunk.bad);
        for rejected in &chunk.bad {
            assert!(rejected.line >= line, "line numbers go forward");
            line = rejected.line;
        }
    }
}

/// Reads bytes as a profile; a profile that is read is also drawn up against a header.
pub fn fuzz_profile(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (Some(profile), _) = Profile::parse("fuzz.toml", text) else { return };
    for mapping in &profile.tables {
        let header: Vec<String> = mapping.table.columns.iter().map(|column| column.name.to_owned()).collect();
        let plan = Plan::new(&profile, mapping, &header);
        assert_eq!(plan.feeds.len(), mapping.table.columns.len());
        let _ = mapping.matches_name(&profile.name);
    }
}

/// Reads bytes as an XLSX workbook, by way of a file in the folder for temporary files.
pub fn fuzz_xlsx(bytes: &[u8]) {
    let path = std::env::temp_dir().join(format!("mingcha-fuzz-{}.xlsx", std::process::id()));
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let policy = Policy::default();
    let reading = Reading { policy: &policy, as_of: Date(20_000), limits: LIMITS };
    if let Some(profile) = Profile::named("mingcha") {
        for source in &scan(&[&path], profile, &LIMITS).sources {
            if let Ok(reader) = Reader::open(source, &reading) {
                // An error ends the reader; rows and errors are both right answers.
                let _ = reader.count();
            }
        }
    }
    let _ = std::fs::remove_file(&path);
}
