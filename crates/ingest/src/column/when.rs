//! Dates and times from bytes; the day before is remembered, because extracts come day by day.

use crate::profile::{Form, TimeForm};
use mingcha_model::{Date, Time, time::DAY};

/// A reader of times that remembers the last day it read.
#[derive(Default)]
pub(crate) struct When {
    text: [u8; 10],
    day: Option<Date>,
}

impl When {
    /// Reads a time in the form that the profile names.
    #[inline]
    pub(super) fn read(&mut self, cell: &[u8], form: Form) -> Option<Time> {
        match form.time {
            TimeForm::Auto => self.canonical(cell).or_else(|| Self::other(cell)),
            TimeForm::EpochMs => epoch(cell, 1000),
            TimeForm::EpochS => epoch(cell, 1),
        }
    }

    /// `2025-03-31` or `2025-03-31 08:15:00`.
    #[inline]
    fn canonical(&mut self, cell: &[u8]) -> Option<Time> {
        let date: &[u8; 10] = cell.get(..10)?.try_into().ok()?;
        let day = match self.day {
            Some(day) if *date == self.text => day,
            _ => {
                let day = Time::parse(std::str::from_utf8(date).ok()?)?.date();
                (self.text, self.day) = (*date, Some(day));
                day
            }
        };
        let seconds = match &cell[10..] {
            [] => 0,
            &[b' ' | b'T', h1, h0, b':', m1, m0, b':', s1, s0] => clock([h1, h0, m1, m0, s1, s0])?,
            _ => return None,
        };
        let time = Time(i64::from(day.0) * DAY + seconds);
        plausible(time).then_some(time)
    }

    #[cold]
    fn other(cell: &[u8]) -> Option<Time> {
        Time::parse(std::str::from_utf8(cell).ok()?).filter(|time| plausible(*time))
    }
}

/// Dates before 1900 stand for "nothing" in extracts and are no dates of living people.
fn plausible(time: Time) -> bool {
    const FROM: i64 = -25_566 * DAY;
    time.0 >= FROM
}

#[inline]
fn clock(digits: [u8; 6]) -> Option<i64> {
    let value = digits.map(|digit| digit.wrapping_sub(b'0'));
    if value.iter().any(|digit| *digit > 9) {
        return None;
    }
    let pair = |at: usize| i64::from(value[at]) * 10 + i64::from(value[at + 1]);
    let (hour, minute, second) = (pair(0), pair(2), pair(4));
    (hour < 24 && minute < 60 && second < 60).then(|| hour * 3600 + minute * 60 + second)
}

/// An instant since 1970 in UTC, as civil time of China.
fn epoch(cell: &[u8], unit: i64) -> Option<Time> {
    let value: i64 = std::str::from_utf8(cell).ok()?.parse().ok()?;
    let time = Time(value.div_euclid(unit).checked_add(8 * 3600)?);
    (plausible(time) && time.date().ymd().0 <= 9999).then_some(time)
}
