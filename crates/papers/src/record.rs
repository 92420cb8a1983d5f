//! The record that papers are filled from: a tree of named values, with one digest for the same content.

use crate::digest::Digest;
use mingcha_model::{Date, Fen, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Words; a line break begins a new paragraph.
    Text(String),
    /// A day.
    Date(Date),
    /// A time to the minute.
    Time(Time),
    /// An amount of money.
    Money(Fen),
    /// A whole number.
    Count(i64),
    /// Things of one kind, in their order.
    List(Vec<Record>),
    /// A group of values.
    Group(Record),
}

/// Values by name; names are those that the fields of papers point to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Record(pub BTreeMap<String, Value>);

impl Record {
    /// The value at a path such as `decision.fine`.
    pub fn get(&self, path: &str) -> Option<&Value> {
        match path.split_once('.') {
            None => self.0.get(path),
            Some((first, rest)) => match self.0.get(first)? {
                Value::Group(group) => group.get(rest),
                _ => None,
            },
        }
    }

    /// Puts a value at a path; groups on the way are made, and what is no group is replaced.
    pub fn set(&mut self, path: &str, value: Value) {
        let Some((first, rest)) = path.split_once('.') else {
            self.0.insert(path.to_owned(), value);
            return;
        };
        let entry = self.0.entry(first.to_owned()).or_insert_with(|| Value::Group(Self::default()));
        if !matches!(entry, Value::Group(_)) {
            *entry = Value::Group(Self::default());
        }
        if let Value::Group(group) = entry {
            group.set(rest, value);
        }
    }

    /// The digest of the content; the order in which values were put does not matter.
    pub fn digest(&self) -> Digest {
        // Maps are sorted and no value is a float, so that the JSON has one form.
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_reach_into_groups_and_the_digest_knows_content_only() {
        let mut record = Record::default();
        record.set("case.number", Value::Count(3));
        record.set("case.name", Value::Text("甲".into()));
        let mut other = Record::default();
        other.set("case.name", Value::Text("甲".into()));
        other.set("case.number", Value::Count(3));
        assert_eq!(record.digest(), other.digest());
        assert_eq!(record.get("case.number"), Some(&Value::Count(3)));
        assert_eq!(record.get("case.number.x"), None);
        other.set("case.number", Value::Text("3".into()));
        assert_ne!(record.digest(), other.digest(), "a number is no text");
        let json = serde_json::to_string(&record).expect("JSON");
        assert_eq!(serde_json::from_str::<Record>(&json).expect("a record"), record);
    }
}
