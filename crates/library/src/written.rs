//! What a rule file says of its detector or SQL and its message, for `mingcha rule lint`: read however much else is wrong with the file.

use crate::{
    Library, Method, Rule, Status,
    check::setting_params,
    folders,
    reader::Lines,
    rule_file::{self, Parsed},
};
use std::collections::BTreeSet;
use toml::{Table, Value};

/// A rule as far as its file could be read.
#[derive(Clone, Debug)]
pub struct Written {
    /// The rule file.
    pub file: String,
    /// The rule with its parameters filled in with their defaults, where it is one in SQL: then it names no detector and has no settings.
    pub sql: Option<Box<Rule>>,
    /// The detector that it names, whether there is such a one or not.
    pub detector: String,
    /// Its settings, parameters filled in with their defaults.
    pub settings: Table,
    /// Settings that are not among them, since their parameter has no default: that is told by loading.
    pub open: BTreeSet<String>,
    /// Tables and columns that it may see, as `table.column`.
    pub reads: Vec<String>,
    /// What a finding says, placeholders and parameters not filled in; empty where the file does not say.
    pub message: String,
    /// The names of its parameters.
    pub params: Vec<String>,
    lines: Lines,
}

impl Written {
    /// The line of a key such as `detector` or `settings.days`; 0 where the file has no such key.
    pub fn line(&self, key: &str) -> u64 {
        self.lines.key(key)
    }
}

impl Library {
    /// The rules, those with faults too. Retired ones are left out: nothing runs them any more.
    pub fn written(&self) -> Vec<Written> {
        let names = folders(&self.files, "rules/", 2);
        let read = names.iter().filter_map(|name| rule_file::read(name, &self.files, &mut Vec::new()));
        read.filter(|parsed| parsed.rule.status != Status::Retired).filter_map(written).collect()
    }
}

fn written(parsed: Parsed) -> Option<Written> {
    let rule = parsed.rule.resolve_with(&Table::new()).ok()?.rule;
    let (detector, mut settings, sql) = match &rule.method {
        Method::Detector { name, settings } => (name.clone(), settings.clone(), None),
        Method::Sql { .. } => (String::new(), Table::new(), Some(Box::new(rule.clone()))),
    };
    let open: BTreeSet<String> =
        settings.iter().filter(|(_, value)| is_open(value)).map(|(name, _)| name.clone()).collect();
    settings.retain(|name, _| !open.contains(name));
    Some(Written {
        file: parsed.file,
        sql,
        detector,
        settings,
        open,
        reads: rule.reads,
        message: parsed.rule.message,
        params: rule.params.into_iter().map(|param| param.name).collect(),
        lines: parsed.lines,
    })
}

/// Whether a parameter is left in a setting that is filled in.
fn is_open(value: &Value) -> bool {
    let mut names = Vec::new();
    setting_params(value, &mut names);
    !names.is_empty()
}
