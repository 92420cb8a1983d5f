//! The trail as JSON lines: one entry a line, read back and proved anywhere.

use super::Entry;
use std::io::{self, Write};

/// Why a line is no entry.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, column {column}: no trail entry: {message}; export the trail again")]
pub struct LineError {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column of the line, from 1.
    pub column: usize,
    /// What is wrong with it.
    pub message: String,
}

/// Writes entries, each as one line.
pub fn write_lines<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    out: &mut impl Write,
) -> io::Result<u64> {
    let mut lines = 0;
    for entry in entries {
        serde_json::to_writer(&mut *out, entry)?;
        out.write_all(b"\n")?;
        lines += 1;
    }
    Ok(lines)
}

/// Reads one line; `line` is its number, for the error.
pub fn read_line(line: u64, text: &str) -> Result<Entry, LineError> {
    serde_json::from_str(text).map_err(|error| {
        let category = match error.classify() {
            serde_json::error::Category::Data => "a field is missing or of the wrong kind",
            serde_json::error::Category::Eof => "the line is cut short",
            _ => "not JSON",
        };
        // The parser's own message may quote the value, which may be personal.
        LineError { line, column: error.column(), message: category.to_owned() }
    })
}
