//! A knowledge table: rows of codes, names and limits with their source and the days for which they hold.

use mingcha_model::Date;

/// One knowledge table, all values as text.
#[derive(Clone, Debug, PartialEq)]
pub struct Knowledge {
    /// Name, which is its folder.
    pub name: String,
    /// Chinese title.
    pub title: String,
    /// Where the facts come from.
    pub source: String,
    /// Column names, without `begndate` and `enddate`.
    pub columns: Vec<String>,
    /// What each column means, in Chinese, in the order of `columns`.
    pub meanings: Vec<String>,
    /// Rows in file order.
    pub rows: Vec<KnowledgeRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct KnowledgeRow {
    /// Line in the file, from 1, for messages.
    pub line: u64,
    /// Values in the order of the table's columns.
    pub values: Vec<String>,
    /// First day on which it holds, inclusive; always where `None`.
    pub begin: Option<Date>,
    /// Last day on which it holds, inclusive; always where `None`.
    pub end: Option<Date>,
}

impl Knowledge {
    /// The index of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

impl KnowledgeRow {
    /// Whether the row holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.begin.is_none_or(|begin| begin <= day) && self.end.is_none_or(|end| day <= end)
    }
}
