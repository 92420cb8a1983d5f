//! The clues that the months draw on, each once.

use crate::demo::{client::text, story};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Clues that were not handed over yet.
pub struct Stock {
    free: Vec<Value>,
    /// How many clues hold a line.
    holders: BTreeMap<String, usize>,
}

impl Stock {
    /// All of them, in an order that has nothing to do with what they are about.
    pub fn of(mut clues: Vec<Value>) -> Self {
        clues.sort_by_key(|clue| text(clue, "id"));
        let mut holders = BTreeMap::new();
        for line in clues.iter().flat_map(|clue| story::lines(&clue["origin"])) {
            *holders.entry(line).or_default() += 1;
        }
        Self { free: clues, holders }
    }

    /// One that fits and ended before a day, as matters know it.
    pub fn take(&mut self, before: &str, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        let over = |clue: &Value| clue["origin"]["end"].as_str().is_some_and(|end| end < before);
        let place = self.free.iter().position(|clue| over(clue) && fits(clue))?;
        Some(self.free.remove(place))
    }

    /// One that a case can rest on: of an institution, about money, over lines that no other clue holds.
    pub fn take_for_case(&mut self, before: &str, region: &str) -> Option<Value> {
        let holders = std::mem::take(&mut self.holders);
        let own = |clue: &Value| {
            let lines = story::lines(&clue["origin"]);
            !lines.is_empty() && lines.iter().all(|line| holders.get(line) == Some(&1))
        };
        let taken = self.take(before, |clue| {
            let institution = ["institution", "pharmacy"].contains(&text(clue, "subject_kind").as_str());
            institution && clue["region"] == region && clue["amount"].as_i64() >= Some(50_000) && own(clue)
        });
        self.holders = holders;
        taken
    }

    /// What is left.
    pub fn rest(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.free)
    }
}

/// A clue as the matter that it becomes.
pub fn matter(clue: &Value) -> Value {
    let mut matter = clue.clone();
    matter["id"] = json!(text(clue, "id").to_lowercase());
    matter["source"] = json!("screening");
    matter
}
