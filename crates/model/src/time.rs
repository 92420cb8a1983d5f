//! Local civil time of China (UTC+8): a date is a count of days, a time a count of seconds. No zone, no leap second, no clock.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// A calendar day, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

/// A civil time to the second, as seconds since 1970-01-01 00:00:00.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

/// Seconds of an hour.
pub const HOUR: i64 = 3600;
/// Seconds of a day.
pub const DAY: i64 = 86_400;

impl Date {
    /// The day of a year, month (1–12) and day of month; `None` where there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year)
            || !(1..=12).contains(&month)
            || day == 0
            || day > days_in_month(year, month)
        {
            return None;
        }
        // Howard Hinnant's days_from_civil, with the year starting in March.
        let shifted = i64::from(year) - i64::from(month <= 2);
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let day_of_year =
            (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self((era * 146_097 + day_of_era - 719_468) as i32))
    }

    /// Year, month (1–12) and day of month.
    pub fn ymd(self) -> (i32, u32, u32) {
        let days = i64::from(self.0) + 719_468;
        let era = days.div_euclid(146_097);
        let doe = days.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let shifted_month = (5 * doy + 2) / 153;
        let day = doy - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        ((yoe + era * 400 + i64::from(month <= 2)) as i32, month as u32, day as u32)
    }

    /// Midnight at which the day begins.
    pub fn start(self) -> Time {
        Time(i64::from(self.0) * DAY)
    }

    /// Months since 1970-01 (January 1970 is 0).
    pub fn month_index(self) -> i32 {
        let (year, month, _) = self.ymd();
        (year - 1970) * 12 + month as i32 - 1
    }

    /// Whole years of age on `day` of someone born on `self`; negative before birth.
    pub fn age_on(self, day: Self) -> i32 {
        let (birth_year, birth_month, birth_day) = self.ymd();
        let (year, month, day_of_month) = day.ymd();
        year - birth_year - i32::from((month, day_of_month) < (birth_month, birth_day))
    }

    /// Reads `2025-03-31`, `2025/3/31`, `20250331`, each also followed by a time that is then left out.
    pub fn parse(text: &str) -> Option<Self> {
        Time::parse(text).map(Time::date)
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Time {
    /// The day that the time lies in.
    pub fn date(self) -> Date {
        Date(self.0.div_euclid(DAY) as i32)
    }

    /// Hour of the day, 0–23.
    pub fn hour(self) -> u32 {
        (self.0.rem_euclid(DAY) / HOUR) as u32
    }

    /// Reads a civil time: `2025-03-31 08:15:00`, with `/` or nothing between the parts of the date, `T` or a blank
    /// before the time, hours of one digit, seconds left out, or a fraction of a second (dropped). A date alone is its midnight.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if let Some(fast) = parse_canonical(bytes) {
            return Some(fast);
        }
        if bytes.iter().all(u8::is_ascii_digit) {
            return match bytes.len() {
                8 => date_of(&text[..4], &text[4..6], &text[6..8]).map(Date::start),
                14 => {
                    let date = date_of(&text[..4], &text[4..6], &text[6..8])?;
                    clock(&text[8..10], &text[10..12], &text[12..14])
                        .map(|seconds| Self(date.start().0 + seconds))
                }
                _ => None,
            };
        }
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
        let mut parts = date.splitn(3, ['-', '/', '.']);
        let date = date_of(parts.next()?, parts.next()?, parts.next()?)?;
        let time = time.trim().split('.').next()?;
        if time.is_empty() {
            return Some(date.start());
        }
        let mut parts = time.splitn(3, ':');
        let seconds = clock(parts.next()?, parts.next()?, parts.next().unwrap_or("0"))?;
        Some(Self(date.start().0 + seconds))
    }
}

/// The canonical 10 or 19 characters without allocation or search; `None` sends the text to the slower reader.
fn parse_canonical(bytes: &[u8]) -> Option<Time> {
    if !matches!(bytes.len(), 10 | 19) || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let two = |at: usize| -> Option<u32> {
        let (tens, ones) = (bytes[at].wrapping_sub(b'0'), bytes[at + 1].wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
    };
    let date = Date::new((two(0)? * 100 + two(2)?) as i32, two(5)?, two(8)?)?;
    if bytes.len() == 10 {
        return Some(date.start());
    }
    if !matches!(bytes[10], b' ' | b'T') || bytes[13] != b':' || bytes[16] != b':' {
        return None;
    }
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    (hour < 24 && minute < 60 && second < 60)
        .then(|| Time(date.start().0 + i64::from(hour * 3600 + minute * 60 + second)))
}

fn date_of(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(digits(year)? as i32, digits(month)?, digits(day)?)
}

fn clock(hour: &str, minute: &str, second: &str) -> Option<i64> {
    let (hour, minute, second) = (digits(hour)?, digits(minute)?, digits(second)?);
    (hour < 24 && minute < 60 && second < 60).then(|| i64::from(hour * 3600 + minute * 60 + second))
}

fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.bytes().fold(0, |value, byte| value * 10 + u32::from(byte - b'0')))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.rem_euclid(DAY);
        write!(f, "{} {:02}:{:02}:{:02}", self.date(), seconds / HOUR, seconds % HOUR / 60, seconds % 60)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no date such as 2025-03-31")))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom(format!("`{text}` is no time such as 2025-03-31 08:15:00")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        let first = Date::new(1800, 1, 1).expect("a day");
        for days in 0..146_097 {
            let date = Date(first.0 + days);
            let (year, month, day) = date.ymd();
            assert_eq!(Date::new(year, month, day), Some(date));
            assert_eq!(Date::parse(&date.to_string()), Some(date));
        }
        assert_eq!(Date::new(1970, 1, 1), Some(Date(0)));
        assert_eq!(Date::new(2025, 2, 29), None);
    }

    #[test]
    fn times_are_read_in_the_forms_that_extracts_use() {
        let expected = Time::parse("2025-03-01 08:05:09");
        assert!(expected.is_some());
        for text in ["2025/3/1 8:05:09", "20250301080509", "2025-03-01T08:05:09", "2025-03-01 08:05:09.000"] {
            assert_eq!(Time::parse(text), expected, "{text}");
        }
        assert_eq!(Time::parse("2025-03-01"), Some(Date::new(2025, 3, 1).expect("a day").start()));
        for text in [
            "",
            "-",
            "2025-13-01",
            "2025-03-01 24:00:00",
            "2025-03",
            "now",
            "2025-03-01 08:61:00",
            "20250301 1",
        ] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
    }

    #[test]
    fn age_changes_on_the_birthday() {
        let birth = Date::new(2000, 2, 29).expect("a day");
        assert_eq!(birth.age_on(Date::new(2025, 2, 28).expect("a day")), 24);
        assert_eq!(birth.age_on(Date::new(2025, 3, 1).expect("a day")), 25);
    }
}
