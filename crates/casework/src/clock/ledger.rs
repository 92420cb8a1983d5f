//! The ledger of breaches: what once stands in it stays, whatever is done or granted later.

use super::{Breach, ClockState};
use std::collections::{BTreeMap, btree_map::Entry};

/// Breaches by clock. There is no way to take one out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreachLedger {
    /// By the clock's key and the limit's id.
    entries: BTreeMap<(String, String), Breach>,
}

impl BreachLedger {
    /// Enters what a state says about the clock of that key; true where the ledger changed.
    ///
    /// An entry keeps its first end and beginning; only the day of a late act is added, once.
    pub fn enter(&mut self, clock: &str, state: &ClockState) -> bool {
        let Some(breach) = &state.breach else { return false };
        match self.entries.entry((clock.to_owned(), state.limit.clone())) {
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

    /// All breaches with the keys of their clocks.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Breach)> {
        self.entries.iter().map(|((clock, _), breach)| (clock.as_str(), breach))
    }
}
