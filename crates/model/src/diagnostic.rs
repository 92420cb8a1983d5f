//! What is wrong with something a person wrote or sent: where, how bad, whose fault, and what to do next.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The thing still works; a person should know.
    Warning,
    /// The thing cannot be used as it is.
    Error,
}

/// Who can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// Mingcha itself: please report it.
    Bug,
    /// Whoever made the data file.
    Data,
    /// Whoever wrote the rule, knowledge table or profile.
    Author,
    /// Whoever runs the program: an argument, a path, a permission.
    Operator,
    /// Something outside: a disk, a network, another program.
    Outside,
}

/// One fault with its place. Collected, so that all of them are told at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Warning or error.
    pub level: Level,
    /// Who can mend it.
    pub fault: Fault,
    /// The file, as the user named it or relative to the folder that was checked.
    pub file: String,
    /// Line in the file, from 1; 0 where it is the file as a whole.
    pub line: u64,
    /// Column or key, empty where it is the whole line.
    pub column: String,
    /// What is wrong: lower case, no final dot, never personal data.
    pub message: String,
    /// What to do next, empty where the message says it.
    pub hint: String,
}

impl Diagnostic {
    /// An error by whoever wrote `file`.
    pub fn author(file: impl Into<String>, line: u64, message: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            fault: Fault::Author,
            file: file.into(),
            line,
            column: String::new(),
            message: message.into(),
            hint: String::new(),
        }
    }

    /// The same, with what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same, as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.level == Level::Error { "error" } else { "warning" };
        write!(f, "{level}: {}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, " `{}`", self.column)?;
        }
        write!(f, ": {}", self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}
