//! The ledger of breaches: what once stands in it stays, whatever is done or granted later.

use super::{Breach, ClockKey, ClockState};
use std::collections::{BTreeMap, btree_map::Entry};

/// Breaches by clock: a limit that runs for each of several things may be broken for each. There is no way to take one out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreachLedger {
    /// By the matter and its clock.
    entries: BTreeMap<(String, ClockKey), Breach>,
}

impl BreachLedger {
    /// Enters what a state says about a clock of that matter; true where the ledger changed.
    ///
    /// An entry keeps its first end and beginning; only the day of a late act is added, once.
    pub fn enter(&mut self, matter: &str, state: &ClockState) -> bool {
        let Some(breach) = &state.breach else { return false };
        match self.entries.entry((matter.to_owned(), state.key())) {
            Entry::Vacant(entry) => {
                entry.insert(breach.clone());
                true
            }
            Entry::Occupied(mut entry) => {
                let added = entry.get().done.is_none() && breach.done.is_some();
                if added {
                    entry.get_mut().done = breach.done;
                }
                added
            }
        }
    }

    /// All breaches with their matters.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Breach)> {
        self.entries.iter().map(|((matter, _), breach)| (matter.as_str(), breach))
    }
}
