//! Which clock of a matter: that of a limit, or one of several where the limit runs for each of a matter's things.

use std::fmt;

/// A clock of a matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockKey {
    /// Id of the limit.
    pub limit: String,
    /// Number of the thing that it runs for, from 1; nothing where the limit runs for the matter.
    pub item: Option<u32>,
}

impl ClockKey {
    /// The clock of a limit, for a thing or for the whole matter.
    pub fn of(limit: &str, item: Option<u32>) -> Self {
        Self { limit: limit.to_owned(), item }
    }

    /// Reads what [`Display`](fmt::Display) writes. A text of another form is taken for the id of a limit, which none then has.
    pub fn read(text: &str) -> Self {
        let numbered = text.split_once('#').and_then(|(limit, item)| Some((limit, item.parse().ok()?)));
        numbered.map_or_else(|| Self::of(text, None), |(limit, item)| Self::of(limit, Some(item)))
    }
}

impl fmt::Display for ClockKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            None => write!(f, "{}", self.limit),
            Some(item) => write!(f, "{}#{item}", self.limit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_read_as_it_is_written() {
        for (text, key) in [("D06", ClockKey::of("D06", None)), ("D08#2", ClockKey::of("D08", Some(2)))] {
            assert_eq!((key.to_string().as_str(), ClockKey::read(text)), (text, key));
        }
        assert_eq!(ClockKey::read("D08#two"), ClockKey::of("D08#two", None));
    }
}
