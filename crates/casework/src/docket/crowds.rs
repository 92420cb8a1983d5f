//! Lists that were found to be longer than is counted: whoever turns their pages need not have them counted again at each.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// For so many seconds a list counts as long; one that shrank in the meantime is told to be longer than it is, and its last page is short.
const LASTS: i64 = 10;
/// Most lists that are kept in mind.
const MOST: usize = 2_000;

/// Long lists, by what was asked for, with the instant until which they count as such.
#[derive(Clone, Debug, Default)]
pub struct Crowds(Arc<Mutex<HashMap<String, i64>>>);

impl Crowds {
    /// Whether that list was found to be long not long ago.
    pub(super) fn knows(&self, list: &str, now: i64) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(list).is_some_and(|until| now < *until)
    }

    /// Keeps in mind that a list is long.
    pub(super) fn learn(&self, list: String, now: i64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, until| now < *until);
        }
        if known.len() < MOST {
            known.insert(list, now + LASTS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_counts_as_long_for_ten_seconds_and_there_is_room_for_so_many() {
        let crowds = Crowds::default();
        assert!(!crowds.knows("a", 100));
        crowds.learn("a".to_owned(), 100);
        assert!(crowds.knows("a", 109) && !crowds.knows("a", 110) && !crowds.knows("b", 100));
        for list in 1..MOST {
            crowds.learn(list.to_string(), 100);
        }
        crowds.learn("full".to_owned(), 105);
        assert!(!crowds.knows("full", 105), "it is counted instead");
        crowds.learn("room".to_owned(), 110);
        assert!(crowds.knows("room", 110), "what is over makes room");
    }
}
