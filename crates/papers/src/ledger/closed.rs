//! A closed table: what was reported stays as it was; corrections stand beside it, each linked to the one before.

use super::table::{CellValue, Table};
use crate::digest::Digest;
use mingcha_model::Time;
use serde::{Deserialize, Serialize};

/// A table that was closed, with the corrections made since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    table: Table,
    by: String,
    at: Time,
    digest: Digest,
    corrections: Vec<Correction>,
}

/// What a figure should have been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Row, by its id.
    pub row: String,
    /// Column, by its heading and the heading above it where there is one.
    pub column: String,
    /// What stands in the closed table.
    pub was: CellValue,
    /// What it should be.
    pub now: CellValue,
    /// Why.
    pub reason: String,
    /// Ids of the records behind the new value.
    pub records: Vec<String>,
    /// Who corrected.
    pub by: String,
    /// When.
    pub at: Time,
    /// SM3 over the correction and what stands before it.
    #[serde(default)]
    pub link: String,
}

/// Why a closed table is not taken, or not corrected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClosedError {
    /// The table is not the one that was closed.
    #[error("the table differs from the one that was closed; restore it from the backup")]
    Table,
    /// A correction was altered, left out or put in.
    #[error("correction {0} does not follow from the one before it; restore it from the backup")]
    Link(usize),
    /// The cell is not there.
    #[error("there is no column `{column}` in a row `{row}`; take both from the table")]
    NoCell {
        /// Row.
        row: String,
        /// Column.
        column: String,
    },
    /// No reason was given.
    #[error("a correction needs a reason")]
    NoReason,
    /// The correction is older than the one before it, or than the closing.
    #[error("a correction cannot be older than what it corrects")]
    Older,
}

impl Closed {
    /// Closes a table.
    pub fn close(table: Table, by: &str, at: Time) -> Self {
        let mut closed =
            Self { table, by: by.to_owned(), at, digest: Digest::of(&[]), corrections: Vec::new() };
        closed.digest = closed.own();
        closed
    }

    /// Reads what was kept, and proves that nothing of it was altered.
    pub fn proved(self) -> Result<Self, ClosedError> {
        if self.own() != self.digest {
            return Err(ClosedError::Table);
        }
        let mut before = self.digest.sm3.clone();
        for (correction, number) in self.corrections.iter().zip(1..) {
            if link(&before, correction) != correction.link {
                return Err(ClosedError::Link(number));
            }
            before.clone_from(&correction.link);
        }
        Ok(self)
    }

    fn own(&self) -> Digest {
        Digest::of(&serde_json::to_vec(&(&self.table, &self.by, self.at)).unwrap_or_default())
    }

    /// Notes what a figure should have been; the table stays as it is.
    pub fn correct(&mut self, mut correction: Correction) -> Result<(), ClosedError> {
        if correction.reason.trim().is_empty() {
            return Err(ClosedError::NoReason);
        }
        if correction.at < self.corrections.last().map_or(self.at, |last| last.at) {
            return Err(ClosedError::Older);
        }
        let Some(was) = self.cell(&correction.row, &correction.column) else {
            let Correction { row, column, .. } = correction;
            return Err(ClosedError::NoCell { row, column });
        };
        correction.was = was;
        correction.link = link(&self.link(), &correction);
        self.corrections.push(correction);
        Ok(())
    }

    fn cell(&self, row: &str, column: &str) -> Option<CellValue> {
        let at = self.table.headings.iter().position(|heading| heading.full() == column)?;
        let row = self.table.all_rows().find(|known| known.id == row)?;
        row.cells.get(at).map(|cell| cell.value.clone())
    }

    /// The table as it was closed.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Who closed it, and when.
    pub fn closing(&self) -> (&str, Time) {
        (&self.by, self.at)
    }

    /// The digest of what was closed.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The corrections, oldest first.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// The last link; a later state is proved against it.
    pub fn link(&self) -> String {
        self.corrections.last().map_or_else(|| self.digest.sm3.clone(), |last| last.link.clone())
    }
}

fn link(before: &str, correction: &Correction) -> String {
    let bare = Correction { link: String::new(), ..correction.clone() };
    Digest::of(&serde_json::to_vec(&(before, &bare)).unwrap_or_default()).sm3
}

impl super::table::Heading {
    /// The heading with the one above it, such as `行政处罚·家数`.
    pub fn full(&self) -> String {
        if self.group.is_empty() { self.label.clone() } else { format!("{}·{}", self.group, self.label) }
    }
}
