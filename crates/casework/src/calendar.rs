//! Working days: the State Council's yearly notices of holidays and make-up days as tables, weekends elsewhere.
//!
//! Whoever counts over a year without a complete table is told so: the count then knows weekends only.

use crate::reader::{Faults, Section, Source};
use mingcha_model::{Date, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};

const YEAR_KEYS: &[&str] = &["year", "notices", "complete", "note?", "holiday"];
const HOLIDAY_KEYS: &[&str] = &["name", "first", "last", "days", "work?"];
/// The years that a table may be for.
const FIRST_YEAR: i64 = 1990;
const LAST_YEAR: i64 = 2200;

/// One holiday as its notice words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Name, such as 春节.
    pub name: String,
    /// First day off.
    pub first: Date,
    /// Last day off.
    pub last: Date,
    /// Days on a weekend that are worked instead.
    pub work: Vec<Date>,
}

/// The table of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// Numbers of the notices it is taken from.
    pub notices: Vec<String>,
    /// Whether it holds all of the year's holidays.
    pub complete: bool,
    /// What else to know about it.
    pub note: Option<String>,
    /// Its holidays, in order.
    pub holidays: Vec<Holiday>,
}

impl Year {
    /// How many days off the notice names, weekends among them counted.
    pub fn days_off(&self) -> usize {
        self.holidays.iter().map(|holiday| (holiday.last.0 - holiday.first.0 + 1) as usize).sum()
    }

    /// How many weekend days it makes working days.
    pub fn days_made_up(&self) -> usize {
        self.holidays.iter().map(|holiday| holiday.work.len()).sum()
    }
}

/// The calendar of working days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
    /// Days that differ from their weekday: day to (is worked, name of the holiday).
    special: BTreeMap<Date, (bool, String)>,
}

/// Monday is 0, Sunday 6.
pub fn weekday(date: Date) -> u32 {
    (date.0 + 3).rem_euclid(7) as u32
}

impl Calendar {
    /// Whether a day is worked; in a year that is not [`known`](Self::known) only weekends are told apart.
    pub fn is_working(&self, date: Date) -> bool {
        self.special.get(&date).map_or_else(|| weekday(date) < 5, |(worked, _)| *worked)
    }

    /// Whether the day's year has a complete table.
    pub fn known(&self, date: Date) -> bool {
        self.years.get(&date.ymd().0).is_some_and(|year| year.complete)
    }

    /// The holiday that a day belongs to, also as a day worked instead.
    pub fn holiday(&self, date: Date) -> Option<&str> {
        self.special.get(&date).map(|(_, name)| name.as_str())
    }

    /// The first working day on or after a day.
    #[must_use]
    pub fn working_on_or_after(&self, date: Date) -> Date {
        let mut day = date;
        while !self.is_working(day) {
            day = Date(day.0 + 1);
        }
        day
    }

    /// The tables, by year.
    pub fn years(&self) -> impl Iterator<Item = &Year> {
        self.years.values()
    }

    /// Adds or replaces the table of a year from a file such as `calendars/2027.toml`; nothing changes where it has a fault.
    pub fn import(&mut self, file: &str, text: &str) -> Vec<Diagnostic> {
        let faults = Faults::default();
        let year = read(&Source::parse(file, text, &faults), &faults);
        if let (Some(year), 0) = (year, faults.count()) {
            self.add(year, file, &faults);
        }
        faults.sorted()
    }

    /// Adds a year that was read; a day that another year's table says the opposite of is a fault.
    pub(crate) fn add(&mut self, year: Year, file: &str, faults: &Faults) {
        let mut changed = self.clone();
        changed.years.insert(year.year, year);
        changed.special.clear();
        for holiday in changed.years.values().flat_map(|year| &year.holidays) {
            let off = (holiday.first.0..=holiday.last.0).map(|day| (Date(day), false));
            for (day, worked) in off.chain(holiday.work.iter().map(|day| (*day, true))) {
                let before = changed.special.insert(day, (worked, holiday.name.clone()));
                if before.is_some_and(|(other, _)| other != worked) {
                    let message = format!("{day} is a holiday in one table and worked in another");
                    faults
                        .push(Diagnostic::author(file, 0, message).hint("see which notice is the later one"));
                    return;
                }
            }
        }
        *self = changed;
    }
}

/// Reads the table of a year.
pub(crate) fn read(source: &Source, faults: &Faults) -> Option<Year> {
    let root = source.root(faults);
    root.keys(YEAR_KEYS);
    let year = root.integer("year", FIRST_YEAR, LAST_YEAR);
    let notices = root.texts("notices");
    let complete = root.flag("complete");
    let note = root.text("note");
    let tables = root.tables("holiday");
    let mut seen = BTreeSet::new();
    let holidays: Vec<Holiday> =
        tables.iter().filter_map(|table| holiday(table, year.unwrap_or(0) as i32, &mut seen)).collect();
    let year = Year { year: year? as i32, notices, complete: complete?, note, holidays };
    if year.notices.is_empty() {
        root.fault(
            "notices",
            "names no notice",
            "name the State Council notice that the days are taken from",
        );
    }
    Some(year)
}

fn holiday(table: &Section, year: i32, seen: &mut BTreeSet<Date>) -> Option<Holiday> {
    table.keys(HOLIDAY_KEYS);
    let (name, first, last) = (table.text("name"), table.date("first"), table.date("last"));
    let days = table.integer("days", 1, 31);
    let holiday = Holiday { name: name?, first: first?, last: last?, work: table.dates("work") };
    let long = i64::from(holiday.last.0) - i64::from(holiday.first.0) + 1;
    if !(1..=31).contains(&long) || days.is_some_and(|days| days != long) {
        let message = format!("the days from {} to {} are {long}", holiday.first, holiday.last);
        table.fault("days", message, "compare with the notice: 共…天");
        return None;
    }
    for day in (holiday.first.0..=holiday.last.0).map(Date).chain(holiday.work.iter().copied()) {
        check_day(table, day, year, holiday.work.contains(&day), seen);
    }
    Some(holiday)
}

/// A day stands once, in its year or the last December, and only weekends are made up for.
fn check_day(table: &Section, day: Date, year: i32, worked: bool, seen: &mut BTreeSet<Date>) {
    let key = if worked { "work" } else { "first" };
    let (its_year, month, _) = day.ymd();
    if its_year != year && (its_year, month) != (year - 1, 12) {
        table.fault(key, format!("{day} is not in {year}"), "move it to the table of its year");
    }
    if !seen.insert(day) {
        table.fault(key, format!("{day} stands twice"), "take one of the two out");
    }
    if worked && weekday(day) < 5 {
        table.fault(key, format!("{day} is no Saturday or Sunday"), "compare with the notice");
    }
}
