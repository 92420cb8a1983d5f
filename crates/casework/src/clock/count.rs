//! Counting: days, working days, months and seconds from a start, leaving out what was stopped.

use crate::{
    calendar::Calendar,
    limit::{Period, Span, Unit},
};
use mingcha_model::{Date, Time};
use std::collections::BTreeSet;

/// A stretch that does not count. Days from the one it begins on to the one before it ends on; seconds alike.
pub(super) type Gap = (Time, Time);

/// One part of the sum.
pub(super) struct Part {
    pub span: Span,
    /// The last day of the part.
    pub end: Date,
    /// Days off that were passed over, for working days.
    pub off: u32,
    /// Stopped days that were passed over.
    pub stopped: u32,
}

/// The day that many months later: the same number, or the month's last day.
pub(crate) fn add_months(date: Date, months: i64) -> Date {
    let (year, month, day) = date.ymd();
    let index = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let (year, month) = (index.div_euclid(12) as i32, index.rem_euclid(12) as u32 + 1);
    // A year beyond 9999 has no dates here; the last one stands for all of them.
    let last = Date::new(9999, 12, 31).unwrap_or_default();
    (1..=day).rev().find_map(|day| Date::new(year, month, day)).unwrap_or(last)
}

/// The next day of a period on or after `from`.
pub(super) fn next_day(from: Date, period: Period, month: u32, day: u32) -> Date {
    let length = if period == Period::Quarter { 3 } else { 12 };
    let first = from.month_index().div_euclid(length) * length + month as i32 - 1;
    let at = |index: i32| Date::new(1970 + index.div_euclid(12), index.rem_euclid(12) as u32 + 1, day);
    let days = [first, first + length].into_iter().filter_map(at);
    days.into_iter().find(|&day| day >= from).unwrap_or(from)
}

fn stopped(day: Date, gaps: &[Gap]) -> bool {
    gaps.iter().any(|(from, to)| from.date() <= day && day < to.date())
}

/// Counts from a day on. Remembers the years whose holidays it did not know.
pub(super) struct Counter<'a> {
    pub calendar: &'a Calendar,
    pub gaps: &'a [Gap],
    pub unknown: BTreeSet<i32>,
}

impl Counter<'_> {
    fn works(&mut self, day: Date) -> bool {
        if !self.calendar.known(day) {
            self.unknown.insert(day.ymd().0);
        }
        self.calendar.is_working(day)
    }

    /// The end of a span after the day `after`; `anchor` is the day that months are counted from.
    pub fn part(&mut self, after: Date, anchor: Date, span: Span) -> Part {
        let wanted = match span.unit {
            Unit::Hour | Unit::NaturalDay | Unit::WorkingDay => span.amount,
            Unit::Month => (add_months(anchor, i64::from(span.amount)).0 - anchor.0) as u32,
            Unit::Year => (add_months(anchor, i64::from(span.amount) * 12).0 - anchor.0) as u32,
        };
        let mut part = Part { span, end: after, off: 0, stopped: 0 };
        let mut counted = 0;
        while counted < wanted {
            part.end = Date(part.end.0 + 1);
            if stopped(part.end, self.gaps) {
                part.stopped += 1;
            } else if span.unit == Unit::WorkingDay && !self.works(part.end) {
                part.off += 1;
            } else {
                counted += 1;
            }
        }
        part
    }

    /// The first working day on or after a day; one that is stopped is passed over too.
    pub fn rolled(&mut self, day: Date) -> Date {
        let mut day = day;
        while !self.works(day) || stopped(day, self.gaps) {
            day = Date(day.0 + 1);
        }
        day
    }

    /// Days after `from` up to `to` that were not stopped.
    pub fn days(&self, from: Date, to: Date) -> u32 {
        (from.0 + 1..=to.0).filter(|&day| !stopped(Date(day), self.gaps)).count() as u32
    }
}

/// The instant that many unstopped seconds after `from`.
pub(super) fn after_seconds(from: Time, seconds: i64, gaps: &[Gap]) -> Time {
    let mut gaps = gaps.to_vec();
    gaps.sort_unstable();
    let (mut at, mut left) = (from.0, seconds);
    for (begin, end) in gaps {
        // An end on the very second that a gap begins has been reached.
        if at + left <= begin.0 {
            break;
        }
        if end.0 > at {
            left -= (begin.0 - at).max(0);
            at = end.0;
        }
    }
    Time(at + left)
}
