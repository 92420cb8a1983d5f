//! Codes by the longest listed prefix: a knowledge table lists the first characters, the data carries the whole code.

use rustc_hash::FxHashMap;

/// One value for each listed prefix.
#[derive(Clone, Debug)]
pub struct Prefixes<T> {
    values: Vec<T>,
    by_prefix: FxHashMap<Box<str>, u32>,
    /// Lengths that occur, longest first.
    lengths: Vec<usize>,
}

impl<T> Default for Prefixes<T> {
    fn default() -> Self {
        Self { values: Vec::new(), by_prefix: FxHashMap::default(), lengths: Vec::new() }
    }
}

impl<T> Prefixes<T> {
    /// The value of a prefix, made by `new` where the prefix is new.
    pub fn entry(&mut self, prefix: &str, new: impl FnOnce() -> T) -> &mut T {
        let known = self.by_prefix.get(prefix).copied();
        let at = known.unwrap_or_else(|| {
            let at = self.values.len() as u32;
            self.values.push(new());
            self.by_prefix.insert(prefix.into(), at);
            if let Err(place) = self.lengths.binary_search_by(|known| prefix.len().cmp(known)) {
                self.lengths.insert(place, prefix.len());
            }
            at
        });
        &mut self.values[at as usize]
    }

    /// The class of a code: the index of the longest prefix that it begins with.
    pub fn class(&self, code: &str) -> Option<u32> {
        let mut prefixes = self.lengths.iter().filter_map(|&length| code.get(..length));
        prefixes.find_map(|prefix| self.by_prefix.get(prefix)).copied()
    }

    /// The value of a class.
    pub fn get(&self, class: u32) -> &T {
        &self.values[class as usize]
    }

    /// The value of the longest prefix that a code begins with.
    pub fn find(&self, code: &str) -> Option<&T> {
        self.class(code).map(|class| self.get(class))
    }

    /// All values, in the order in which their prefixes were first listed.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longest_prefix_wins() {
        let mut prefixes = Prefixes::default();
        for prefix in ["0033", "003301", "00330101"] {
            prefixes.entry(prefix, || prefix);
        }
        assert_eq!(prefixes.find("003301010000000"), Some(&"00330101"));
        assert_eq!(prefixes.find("003301020000000"), Some(&"003301"));
        assert_eq!(prefixes.find("003399"), Some(&"0033"));
        assert_eq!(prefixes.find("0032"), None);
        assert_eq!(prefixes.find("药003301"), None);
    }

    proptest! {
        #[test]
        fn the_class_is_that_of_a_plain_search(
            listed in prop::collection::vec("[AB]{1,4}", 0..8), code in "[ABC]{0,6}"
        ) {
            let mut prefixes = Prefixes::default();
            for prefix in &listed {
                prefixes.entry(prefix, || prefix.clone());
            }
            let naive = listed.iter().filter(|prefix| code.starts_with(*prefix)).max_by_key(|prefix| prefix.len());
            prop_assert_eq!(prefixes.find(&code), naive);
        }
    }
}
