//! Ledgers and statistics: columns as data, rows as values, and behind each figure the records that it counts.

mod closed;
mod html;
mod table;
mod xlsx;

pub use closed::{Closed, ClosedError, Correction};
pub use html::html;
pub use table::{Amount, Cell, CellValue, Entry, Figure, Heading, Row, RowError, Table, TableRegion};
pub use xlsx::xlsx;

use crate::paper;
use mingcha_model::{Diagnostic, Time};
use serde::Deserialize;

/// Most columns.
const MOST_COLUMNS: usize = 60;

/// What a table is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One row a record.
    Ledger,
    /// One row a region, figures over its records.
    Statistics,
}

/// How often statistics are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// A quarter, closed at its end.
    Quarter,
    /// A campaign with a name of its own.
    Campaign,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// The row's place, from 1.
    Serial,
    /// The row's region.
    Region,
    /// Words.
    Text,
    /// A day.
    Date,
    /// A whole number.
    Count,
    /// An amount, shown in yuan.
    Money,
    /// One figure as a share of another.
    Share,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Heading.
    pub label: String,
    /// Heading above several columns.
    #[serde(default)]
    pub group: String,
    /// What stands in it.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// A ledger's path in the record, or the id of a figure.
    #[serde(default)]
    pub from: String,
    /// The figure that a share is of.
    #[serde(default)]
    pub of: String,
    /// Width in characters.
    #[serde(default)]
    pub width: u16,
    /// Whether a cell may be empty.
    #[serde(default)]
    pub optional: bool,
    /// What to mind.
    #[serde(default)]
    pub note: String,
}

impl Column {
    /// Its width in characters, or what such values need.
    fn wide(&self) -> u16 {
        match (self.width, self.kind) {
            (0, ColumnType::Money) => 15,
            (0, ColumnType::Text | ColumnType::Region) => 14,
            (0, ColumnType::Date) => 12,
            (0, _) => 9,
            (width, _) => width.min(60),
        }
    }
}

/// A ledger or statistics table as data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Id, also the name of its file.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// What it is made of.
    pub kind: Kind,
    /// How often it is made.
    pub period: Option<Every>,
    /// Whether the last row sums up.
    #[serde(default)]
    pub total: bool,
    /// Who asks for it.
    pub basis: Vec<String>,
    /// What to mind.
    #[serde(default)]
    pub note: String,
    /// Columns.
    pub columns: Vec<Column>,
}

impl Definition {
    /// Reads a definition; what makes no sense is told.
    pub fn read(file: &str, text: &str, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let read: Self = paper::read(file, text, faults)?;
        let mut fault = |message: String, hint: &str| {
            faults.push(Diagnostic::author(file, 0, message).hint(hint));
        };
        if file.rsplit('/').next() != Some(&format!("{}.toml", read.id)) {
            fault(format!("the id `{}` is not the file's name", read.id), "name the file after the id");
        }
        if read.columns.is_empty() || read.columns.len() > MOST_COLUMNS {
            fault(
                format!("{} columns, 1 to {MOST_COLUMNS} are shown", read.columns.len()),
                "change `columns`",
            );
        }
        for column in &read.columns {
            let (from, of) = (!column.from.is_empty(), !column.of.is_empty());
            let statistics = read.kind == Kind::Statistics;
            let fits = match column.kind {
                ColumnType::Serial => !from && !of,
                ColumnType::Region => statistics && !from && !of,
                ColumnType::Text | ColumnType::Date => !statistics && from && !of,
                ColumnType::Count | ColumnType::Money => from && !of,
                ColumnType::Share => statistics && from && of,
            };
            if !fits || column.label.trim().is_empty() {
                let message =
                    format!("the column `{}` has too much, too little or the wrong type", column.label);
                fault(
                    message,
                    "a share has `from` and `of`, a figure or value has `from`, serial and region have neither",
                );
            }
        }
        Some(read)
    }
}

/// Who made a file and when; it stands on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watermark {
    /// Who, as the authority knows the account.
    pub who: String,
    /// When.
    pub when: Time,
}

impl Watermark {
    /// The line that is printed.
    pub fn line(&self) -> String {
        format!("制表：{}　制表时间：{}　仅限监管工作使用", self.who, self.when)
    }
}
