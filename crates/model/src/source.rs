//! The text of a file that a person wrote, and the faults found in it: byte offsets become lines.

use crate::Diagnostic;

/// One file's text with its name.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// Its name, as the one who wrote it knows it.
    pub file: &'a str,
    /// All of its text.
    pub text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Knows where the lines of a text begin.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, starts }
    }

    /// The line, from 1, that a byte offset lies in.
    pub fn line(&self, offset: usize) -> u64 {
        self.starts.partition_point(|&start| start <= offset) as u64
    }

    /// A fault at a byte offset, under a key or column.
    pub fn fault(&self, offset: usize, key: &str, message: impl Into<String>) -> Diagnostic {
        fault(self.file, self.line(offset), key, message)
    }
}

/// A fault by the author of `file`, with the key or column that it concerns.
pub fn fault(file: &str, line: u64, key: &str, message: impl Into<String>) -> Diagnostic {
    let mut diagnostic = Diagnostic::author(file, line, message);
    key.clone_into(&mut diagnostic.column);
    diagnostic
}

/// A text shortened for a message, so that a hostile file cannot fill a terminal.
pub fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let clean: String = text.chars().take(MOST).map(|c| if c.is_control() { '·' } else { c }).collect();
    if text.chars().nth(MOST).is_some() { format!("{clean}…") } else { clean }
}
