//! Dates and times from bytes; the day before is remembered, because extracts come day by day.

use crate::profile::{Form, TimeForm};
use mingcha_model::{
    Date, Time,
    time::{DAY, HOUR},
};

/// Seconds that China's civil time is ahead of UTC.
const CHINA: i64 = 8 * HOUR;

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
        let text = std::str::from_utf8(cell).ok()?;
        // The zone first: who reads civil times takes what stands behind a fraction of a second for a part of it.
        let time = zoned(text).or_else(|| Time::parse(text)).or_else(|| chinese(text));
        time.filter(|time| plausible(*time))
    }
}

/// `2025-01-13T16:03:13Z` or `…+08:00`, as civil time of China.
fn zoned(text: &str) -> Option<Time> {
    let (civil, offset) = match text.as_bytes() {
        [civil @ .., b'Z' | b'z'] => (civil, 0),
        [civil @ .., sign @ (b'+' | b'-'), h1, h0, b':', m1, m0] => {
            let ahead = clock([*h1, *h0, *m1, *m0, b'0', b'0'])?;
            (civil, if *sign == b'-' { -ahead } else { ahead })
        }
        _ => return None,
    };
    // A day alone has no zone: which day it is elsewhere nobody knows.
    let civil = text.get(..civil.len()).filter(|civil| civil.len() > 10)?;
    Some(Time(Time::parse(civil)?.0 - offset + CHINA))
}

/// `2025年1月13日`, perhaps with `16:03`, `16:03:13`, `16时3分` or `16时3分13秒` behind it.
fn chinese(text: &str) -> Option<Time> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, rest) = rest.split_once('日')?;
    let clock = rest.trim_start().replace(['时', '分'], ":").replace('秒', "");
    Time::parse(&format!("{year}-{month}-{day} {}", clock.trim_end_matches(':')))
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
    let time = Time(value.div_euclid(unit).checked_add(CHINA)?);
    (plausible(time) && time.date().ymd().0 <= 9999).then_some(time)
}
