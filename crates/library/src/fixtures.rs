//! Fixtures: `tests.md`, rows in and findings out, in Markdown that a supervisor can read. The form is in `FIXTURES.md`.

mod complete;
mod expect;
mod parse;

pub use expect::{EvidenceRef, Expected, compare};
pub use parse::parse;

use mingcha_model::{Date, Finding};
use std::collections::BTreeMap;

/// One row of a table: text by column. A column that is absent is null or gets a default, one with an empty text is null.
pub type Row = BTreeMap<String, String>;
/// Rows by table.
pub type Tables = BTreeMap<String, Vec<Row>>;

/// What a scenario shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// 命中: the rule must find something.
    Hit,
    /// 不命中: the rule must stay silent.
    Silent,
    /// 缺数据: what the rule needs is missing; it must say so or stay silent, as stated.
    Missing,
}

impl Sort {
    /// All sorts with the word that a heading begins with.
    pub const WORDS: [(Self, &'static str); 3] =
        [(Self::Hit, "命中"), (Self::Silent, "不命中"), (Self::Missing, "缺数据")];

    /// The word in a heading.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hit => "命中",
            Self::Silent => "不命中",
            Self::Missing => "缺数据",
        }
    }
}

/// One scenario: a little world and what the rule must find in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// Fires, stays silent, or meets missing data.
    pub sort: Sort,
    /// The line of its heading, from 1.
    pub line: u64,
    /// Rows as written, by table; [`Scenario::completed`] fills in the rest.
    pub tables: Tables,
    /// What the rule must find, and nothing else.
    pub expected: Vec<Expected>,
    /// Values of parameters that differ from the defaults.
    pub params: toml::Table,
    /// The day as of which the rule looks, where the scenario states one.
    pub as_of: Option<Date>,
}

/// What a rule made of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What it found.
    pub found: Vec<Finding>,
    /// What differs from what was expected, one sentence each, or why the rule could not be run; empty where all agree.
    pub differences: Vec<String>,
}

impl Outcome {
    /// That of a rule that could not be run.
    pub fn failed(why: &impl ToString) -> Self {
        Self { found: Vec::new(), differences: vec![why.to_string()] }
    }
}
