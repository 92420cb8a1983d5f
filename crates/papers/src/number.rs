//! Numbers of papers: the place's short name, the word of the series, the year in brackets and the serial.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A number such as 医保案移字〔2026〕12号. Who gives it sees to it that it is given once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Number {
    /// What stands before the series, mostly a place's short name; may be empty.
    pub place: String,
    /// The word of the series, such as 医保案移字.
    pub series: String,
    /// The year.
    pub year: u16,
    /// The serial in the year, from 1.
    pub serial: u32,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}〔{}〕{}号", self.place, self.series, self.year, self.serial)
    }
}

impl Number {
    /// Whether it can stand on a paper.
    pub fn valid(&self) -> bool {
        (1949..=9999).contains(&self.year) && self.serial > 0 && self.place.chars().count() <= 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_in_the_form_of_official_papers() {
        let number =
            Number { place: String::new(), series: "医保案移字".into(), year: 2026, serial: 12 };
        assert_eq!(number.to_string(), "医保案移字〔2026〕12号");
        assert!(number.valid() && !Number { serial: 0, ..number }.valid());
    }
}
