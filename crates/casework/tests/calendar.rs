//! The tables of holidays say what the State Council's notices say, and a later year can be added.

#[path = "../../../bench/python.rs"]
mod python;

use mingcha_casework::{Calendar, Procedures, calendar::weekday};
use mingcha_model::Date;
use std::process::Command;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn calendar() -> Calendar {
    let (procedures, faults) = Procedures::embedded();
    assert!(faults.is_empty(), "{faults:?}");
    procedures.calendar
}

#[test]
fn each_year_has_as_many_holidays_and_made_up_days_as_its_notice_names() {
    let sums: Vec<_> = calendar()
        .years()
        .map(|year| (year.year, year.days_off(), year.days_made_up(), year.complete))
        .collect();
    // 2020: the extension to 2 February added three days off and took back the work of 1 February.
    let expected = [
        (2020, 1 + 10 + 3 + 5 + 3 + 8, 6, true),
        (2021, 3 + 7 + 3 + 5 + 3 + 3 + 7, 7, true),
        (2022, 3 + 7 + 3 + 5 + 3 + 3 + 7, 7, true),
        (2023, 3 + 7 + 1 + 5 + 3 + 8, 7, true),
        (2024, 1 + 8 + 3 + 5 + 1 + 3 + 7, 8, true),
        (2025, 1 + 8 + 3 + 5 + 3 + 8, 5, true),
        (2026, 3 + 9 + 3 + 5 + 3 + 3 + 7, 6, true),
    ];
    assert_eq!(sums, expected);
}

/// Prints every day that the package knows to be worked, from a day to another.
const WORKED: &str = "import sys, datetime, chinese_calendar
day, last = map(datetime.date.fromisoformat, sys.argv[1:])
while day <= last:
    if chinese_calendar.is_workday(day): print(day)
    day += datetime.timedelta(1)";

#[test]
fn every_day_of_every_year_is_worked_or_off_as_others_who_read_the_notices_have_it() {
    let calendar = calendar();
    let years: Vec<i32> = calendar.years().map(|year| year.year).collect();
    let (first, last) = (years[0], years[years.len() - 1]);
    let (first, last) = (format!("{first}-01-01"), format!("{last}-12-31"));
    let mut asked = Command::new(python::python("chinese_calendar"));
    let output = asked.args(["-c", WORKED, &first, &last]).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs = String::from_utf8(output.stdout).expect("days");
    let days = (day(&first).0..=day(&last).0).map(Date);
    let ours: Vec<String> = days.filter(|day| calendar.is_working(*day)).map(|day| day.to_string()).collect();
    assert!(ours.len() > 1_700);
    assert_eq!(ours, theirs.lines().collect::<Vec<_>>());
}

#[test]
fn known_days_are_worked_or_off_as_people_remember_them() {
    let calendar = calendar();
    for (text, worked) in [
        ("2020-01-19", true),  // a Sunday made up for
        ("2020-02-01", false), // no longer a working Saturday
        ("2020-02-03", true),
        ("2022-12-31", false), // New Year of 2023 begins in 2022
        ("2023-01-02", false),
        ("2024-02-09", true), // the eve was left to leave
        ("2024-02-18", true),
        ("2025-01-26", true),
        ("2025-02-04", false),
        ("2025-02-05", true),
        ("2025-10-08", false),
        ("2025-10-11", true),
        ("2026-01-04", true),
        ("2026-02-23", false),
        ("2026-03-07", false), // a plain Saturday
    ] {
        assert_eq!(calendar.is_working(day(text)), worked, "{text}");
    }
    assert_eq!(calendar.holiday(day("2025-02-08")), Some("春节"));
    assert_eq!(calendar.working_on_or_after(day("2025-10-01")), day("2025-10-09"));
}

#[test]
fn every_made_up_day_is_a_weekend_and_follows_no_weekday() {
    for year in calendar().years() {
        for made_up in year.holidays.iter().flat_map(|holiday| &holiday.work) {
            assert!(weekday(*made_up) >= 5, "{made_up}");
        }
        assert!(year.notices.iter().all(|notice| notice.starts_with("国办发明电")), "{}", year.year);
    }
    assert_eq!(weekday(day("2026-11-22")), 6);
}

#[test]
fn a_year_without_a_table_is_unknown_until_it_is_imported() {
    let mut calendar = calendar();
    assert!(calendar.known(day("2026-12-31")) && !calendar.known(day("2027-01-01")));
    let faults = calendar.import(
        "calendars/2027.toml",
        "year = 2027\nnotices = [\"made up\"]\ncomplete = true\n[[holiday]]\nname = \"元旦\"\nfirst = 2027-01-01\nlast = 2027-01-03\ndays = 3\n",
    );
    assert!(faults.is_empty(), "{faults:?}");
    assert!(calendar.known(day("2027-01-01")) && !calendar.is_working(day("2027-01-01")));
}

#[test]
fn a_table_with_faults_names_them_all_by_line_and_changes_nothing() {
    let mut calendar = calendar();
    let before = calendar.clone();
    let faults = calendar.import(
        "calendars/2027.toml",
        "year = 2027\nnotices = []\ncomplete = \"yes\"\n\n[[holiday]]\nname = \"春节\"\nfirst = 2027-02-05\nlast = 2027-02-11\ndays = 8\n\n[[holiday]]\nname = \"清明节\"\nfirst = 2027-04-03\nlast = 2027-04-05\ndays = 3\nwork = [2027-04-06]\ncolour = 1\n",
    );
    let seen: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
    assert_eq!(
        seen,
        [
            (2, "notices"),
            (3, "complete"),
            (9, "holiday.1.days"),
            (16, "holiday.2.work"),
            (17, "holiday.2.colour")
        ][1..],
        "{faults:?}"
    );
    assert!(faults.iter().all(|fault| !fault.hint.is_empty() && fault.file == "calendars/2027.toml"));
    assert_eq!(calendar, before);
}
