//! What a rule is: its identity, contract, settings and the words a supervisor reads, checked.

use mingcha_model::{Counting, Date, Kind, SubjectKind};
use serde::{Deserialize, Serialize};

/// Where a rule stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written; never run but in tests.
    Draft,
    /// Run beside the others, its findings marked.
    Trial,
    /// In force.
    Active,
    /// Kept so that its old findings can be proved; no longer run.
    Retired,
}

/// When a rule may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// 事前: a reminder while the doctor writes or the pharmacy sells.
    Before,
    /// 事中: at settlement or at the agency, before the fund pays.
    During,
    /// 事后: screening of what was paid.
    After,
}

/// How a rule looks.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// A detector over one person's timeline. Settings are those of the rule file, parameters not yet filled in.
    Detector {
        /// The detector's name, which is its file's.
        name: String,
        /// Its settings as written; a text `$name` stands for the parameter of that name.
        settings: toml::Table,
    },
    /// One SELECT over the declared tables and columns.
    Sql {
        /// The text of `rule.sql`; `$name` stands for the parameter of that name.
        text: String,
    },
}

/// A value that localities may move inside its bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Name, as used in settings, SQL and message.
    pub name: String,
    /// Default: an integer, a float, a text, a boolean or a list of texts.
    pub default: toml::Value,
    /// Least value, for numbers.
    pub min: Option<toml::Value>,
    /// Greatest value, for numbers.
    pub max: Option<toml::Value>,
    /// The texts that are allowed, for texts and lists of texts; any where it is empty.
    pub choices: Vec<String>,
    /// What it means, in Chinese, with unit and source.
    pub meaning: String,
}

/// One rule of the method library.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Never reused, such as `MC-0001`.
    pub id: String,
    /// `chapter/name`, which is its folder.
    pub name: String,
    /// Chinese title.
    pub title: String,
    /// Grows with each change of logic.
    pub version: u32,
    /// Draft, trial, active, retired.
    pub status: Status,
    /// What its findings claim: violation, suspect or monitor.
    pub kind: Kind,
    /// 1 (light) to 3 (grave).
    pub severity: u8,
    /// Whom its findings are about.
    pub scope: SubjectKind,
    /// When it may speak.
    pub stage: Vec<Stage>,
    /// Ids of negative-list items, national rule classes (`GZ…` or `C-<seq>`) and key fields.
    pub covers: Vec<String>,
    /// First day of what it judges, inclusive.
    pub effective: Date,
    /// Last day of what it judges, inclusive.
    pub expires: Option<Date>,
    /// Tables and columns that it may see, as `table.column`.
    pub reads: Vec<String>,
    /// Knowledge tables that it uses.
    pub knowledge: Vec<String>,
    /// Detector or SQL.
    pub method: Method,
    /// Its parameters.
    pub params: Vec<Param>,
    /// How its amounts are counted.
    pub amount: Counting,
    /// Law and article.
    pub basis: Vec<String>,
    /// What it looks for, in Chinese.
    pub definition: String,
    /// Known honest explanations, in Chinese.
    pub false_positives: Vec<String>,
    /// How to check it on site, in Chinese, step by step.
    pub investigate: Vec<String>,
    /// What a finding says, in Chinese, with `{placeholders}`.
    pub message: String,
}

impl Rule {
    /// The chapter: the folder's first part.
    pub fn chapter(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// Whether the rule reads a column, given as table and column.
    pub fn reads_column(&self, table: &str, column: &str) -> bool {
        self.reads.iter().any(|read| read.split_once('.') == Some((table, column)))
    }
}
