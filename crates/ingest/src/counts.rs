//! Counts of what checks found: small, mergeable, without personal data.

use crate::check::Check;
use std::collections::BTreeMap;

/// Most examples kept of one check and column.
const EXAMPLES: usize = 3;

/// How often one check fired on one column, with a few examples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Rows.
    pub rows: u64,
    /// A few of the values; none of a personal column.
    pub examples: Vec<String>,
}

/// Counts by check and column; the column is empty where the whole row is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QualityCounts {
    counts: BTreeMap<(Check, &'static str), Count>,
}

impl QualityCounts {
    /// Adds rows; `example` is only asked for while examples are wanted.
    pub fn add(
        &mut self,
        check: Check,
        column: &'static str,
        rows: u64,
        example: impl FnOnce() -> Option<String>,
    ) {
        if rows == 0 {
            return;
        }
        let count = self.counts.entry((check, column)).or_default();
        count.rows += rows;
        if count.examples.len() < EXAMPLES
            && let Some(text) = example()
            && !count.examples.contains(&text)
        {
            count.examples.push(text);
        }
    }

    /// Adds another's counts.
    pub fn merge(&mut self, other: &Self) {
        for (key, count) in &other.counts {
            let own = self.counts.entry(*key).or_default();
            own.rows += count.rows;
            for example in &count.examples {
                if own.examples.len() < EXAMPLES && !own.examples.contains(example) {
                    own.examples.push(example.clone());
                }
            }
        }
    }

    /// Rows of a check over all columns.
    pub fn rows(&self, check: Check) -> u64 {
        self.iter().filter(|((one, _), _)| *one == check).map(|(_, count)| count.rows).sum()
    }

    /// All counts, by check and column.
    pub fn iter(&self) -> impl Iterator<Item = (&(Check, &'static str), &Count)> {
        self.counts.iter()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}
