//! `overlap`: what happens to a person beside a stay that leaves no room for it.
//!
//! Input: stays, and as `check` says other stays, settlements elsewhere, or the stay's own lines. Output: one hit for each pair of
//! stays, for each stay with visits elsewhere, for each stay with lines outside it; `inconclusive` where a discharge or a
//! time that decides was not sent.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    stay::{self, Stay},
    timeline::Timeline,
};
use mingcha_model::{
    Date, Kind, Time,
    code::Visit,
    time::{DAY, HOUR},
};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "check", rename_all = "snake_case", deny_unknown_fields)]
pub enum Settings {
    /// Two stays of one person at the same time.
    Stays {
        /// Hours of overlap that a transfer may take, inclusive.
        hours: i64,
        /// `med_type`s (by their first characters) that are billed beside a stay, such as that of a newborn on its mother's account.
        #[serde(default)]
        skip_med_types: Vec<String>,
    },
    /// Outpatient visits and purchases at another institution during a stay.
    Visits {
        /// Hours after admission and before discharge that are left out.
        guard_hours: i64,
        /// On how many different days at least.
        least_days: usize,
        /// `mdtrt_cert_type`s of the settlement that need nobody present.
        #[serde(default)]
        skip_cert_types: Vec<String>,
    },
    /// Fee lines of a stay far outside it.
    Lines {
        /// Days before the admission in which examinations may belong to the stay, to the second.
        days_before: i64,
        /// Hours after the discharge in which results may still be charged, inclusive.
        hours_after: i64,
    },
}

/// The detector.
#[derive(Debug)]
pub struct Overlap {
    settings: Settings,
}

impl Overlap {
    /// All settings will do that count time forward.
    pub fn new(settings: Settings) -> Result<Self, String> {
        let fine = match settings {
            Settings::Stays { hours, .. } => hours >= 0,
            Settings::Visits { guard_hours, least_days, .. } => guard_hours >= 0 && least_days > 0,
            Settings::Lines { days_before, hours_after } => days_before >= 0 && hours_after >= 0,
        };
        if fine {
            Ok(Self { settings })
        } else {
            Err("hours and days must not be negative, `least_days` at least 1".to_owned())
        }
    }
}

impl Detector for Overlap {
    fn reads(&self) -> Vec<&'static str> {
        match &self.settings {
            Settings::Visits { skip_cert_types, .. } if !skip_cert_types.is_empty() => {
                vec!["settlement.mdtrt_cert_type"]
            }
            _ => Vec::new(),
        }
    }

    fn interest(&self) -> Interest {
        Interest::Stays(if matches!(self.settings, Settings::Stays { .. }) { 2 } else { 1 })
    }

    fn detect(&self, timeline: &Timeline<'_>, _lines: &[Line], sink: &mut Sink) {
        match &self.settings {
            Settings::Stays { hours, skip_med_types } => stays(timeline, hours * HOUR, skip_med_types, sink),
            Settings::Visits { guard_hours, least_days, skip_cert_types } => {
                for stay in stay::stays(timeline) {
                    visits(timeline, &stay, guard_hours * HOUR, *least_days, skip_cert_types, sink);
                }
            }
            Settings::Lines { days_before, hours_after } => {
                lines(timeline, days_before * DAY, hours_after * HOUR, sink);
            }
        }
    }
}

/// Each pair of stays that share more than `most` seconds.
fn stays(timeline: &Timeline<'_>, most: i64, skip: &[String], sink: &mut Sink) {
    let mut stays = stay::stays(timeline);
    stays.retain(|stay| {
        let med_type = timeline.text(timeline.claims.encounter.med_type[stay.row]);
        !skip.iter().any(|prefix| med_type.starts_with(prefix.as_str()))
    });
    for (at, later) in stays.iter().enumerate() {
        for earlier in &stays[..at] {
            let shared = |open: i64| {
                let end = |stay: &Stay| stay.end.map_or(open.max(stay.begin.0), |end| end.0);
                end(earlier).min(end(later)).saturating_sub(later.begin.0)
            };
            // Without a discharge the stays share at least nothing and at most all time to come.
            if shared(i64::MAX) <= most {
                continue;
            }
            let sure = shared(i64::MIN) > most;
            let hit = together(timeline, earlier, later, sure.then(|| shared(i64::MIN)));
            sink.push(if sure {
                hit
            } else {
                hit.kind(Kind::Inconclusive).note("住院没有出院时间，重叠时长无法计算")
            });
        }
    }
}

/// The later stay's lines while the earlier one lasts are in question.
fn together(timeline: &Timeline<'_>, earlier: &Stay, later: &Stay, shared: Option<i64>) -> Hit {
    let until = [earlier.end, later.end].into_iter().flatten().min().map_or(i64::MAX, |end| end.0);
    let last = if until == i64::MAX { later.last_day() } else { Time(until).date() };
    let mut hit = Hit::new(later.institution, later.begin.date(), last.max(later.begin.date()))
        .value("hours", shared.map_or_else(unknown, |seconds| Value::Number(seconds / HOUR)))
        .value("other", name(timeline, earlier))
        .value("other_begin", Value::Time(earlier.begin))
        .value("other_end", earlier.end.map_or_else(unknown, Value::Time))
        .value("own_begin", Value::Time(later.begin))
        .value("own_end", later.end.map_or_else(unknown, Value::Time))
        .related(Source::Encounter, earlier.row)
        .offending(Source::Encounter, later.row, Part::NONE);
    for line in timeline.lines_of(later.row) {
        let time = timeline.line_time(line).0;
        if time >= later.begin.0 && time <= until {
            hit = hit.offending(Source::Fee, line, Part::WHOLE);
        }
    }
    hit
}

fn unknown() -> Value {
    Value::Text("未知".to_owned())
}

fn name(timeline: &Timeline<'_>, stay: &Stay) -> Value {
    let known = timeline.institution(stay.institution).map(|institution| institution.name.clone());
    Value::Text(
        known.filter(|name| !name.is_empty()).unwrap_or_else(|| timeline.text(stay.institution).to_owned()),
    )
}

/// Settlements of visits and purchases elsewhere, well inside the stay.
fn visits(timeline: &Timeline<'_>, stay: &Stay, guard: i64, least: usize, skip: &[String], sink: &mut Sink) {
    let settlement = &timeline.claims.settlement;
    let from = stay.begin.0.saturating_add(guard);
    let to = stay.end.map_or(i64::MAX, |end| end.0.saturating_sub(guard));
    let elsewhere = |&row: &usize| {
        let time = settlement.setl_time[row];
        settlement.live[row]
            && time != NULL
            && from <= time
            && time <= to
            && settlement.fixmedins_code[row] != stay.institution
            && !skip.iter().any(|kind| timeline.text(settlement.mdtrt_cert_type[row]) == kind)
    };
    // `None`: the settlement's encounter was not sent, so that it may be anything.
    let visit = |row: usize| {
        let encounter = settlement.encounter[row];
        (encounter != NO_ROW).then(|| timeline.visit(encounter as usize))
    };
    let mut rows: Vec<(usize, bool)> = Vec::new();
    for row in timeline.settlements().filter(elsewhere) {
        match visit(row) {
            Some(Visit::Outpatient | Visit::Pharmacy) => {
                rows.push((row, settlement.fixmedins_code[row].is_some()));
            }
            None => rows.push((row, false)),
            Some(_) => {}
        }
    }
    let day = |row: usize| Time(settlement.setl_time[row]).date();
    let days = |rows: &[(usize, bool)], sure: bool| {
        let mut days: Vec<Date> =
            rows.iter().filter(|(_, known)| *known || !sure).map(|&(row, _)| day(row)).collect();
        days.dedup();
        days.len()
    };
    if days(&rows, false) < least {
        return;
    }
    let sure = stay.end.is_some() && days(&rows, true) >= least;
    rows.retain(|(_, known)| *known || !sure);
    let mut hit = Hit::new(stay.institution, day(rows[0].0), day(rows[rows.len() - 1].0))
        .value("count", Value::Number(rows.len() as i64))
        .value("days", Value::Number(days(&rows, sure) as i64))
        .value(
            "places",
            Value::Number(stay::places(rows.iter().map(|&(row, _)| settlement.fixmedins_code[row])) as i64),
        )
        .value("admitted", Value::Time(stay.begin))
        .value("discharged", stay.end.map_or_else(unknown, Value::Time))
        .related(Source::Encounter, stay.row);
    for &(row, _) in &rows {
        hit = hit.offending(Source::Settlement, row, Part::WHOLE);
    }
    if !sure {
        hit = hit
            .kind(Kind::Inconclusive)
            .note("住院没有出院时间，或者结算没有对应的就诊与机构，无法判断是否在住院期间");
    }
    sink.push(hit);
}

/// Lines of each stay before it by more than `before` or after it by more than `after` seconds.
fn lines(timeline: &Timeline<'_>, before: i64, after: i64, sink: &mut Sink) {
    for encounter in timeline.stays() {
        let (begin, end) = timeline.span(encounter);
        let (mut early, mut late, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for line in timeline.lines_of(encounter) {
            let time = timeline.line_time(line).0;
            if begin.0 == NULL || time == NULL {
                open.push(line);
            } else if time < begin.0 - before {
                early.push(line);
            } else if end.is_some_and(|end| time > end.0 + after) {
                late.push(line);
            }
        }
        let institution = timeline.claims.encounter.fixmedins_code[encounter];
        let found = early.len() + late.len();
        if found > 0 {
            let rows = [early.as_slice(), late.as_slice()].concat();
            let hit = outside(timeline, institution, &rows)
                .value("admitted", Value::Time(begin))
                .value("discharged", end.map_or_else(unknown, Value::Time))
                .value("early", Value::Number(early.len() as i64))
                .value("late", Value::Number(late.len() as i64));
            sink.push(hit.related(Source::Encounter, encounter));
        } else if let Some(known) = open.iter().find(|&&line| timeline.line_time(line).0 != NULL) {
            let day = timeline.line_time(*known).date();
            open_hit(sink, Hit::new(institution, day, day), encounter, &open);
        } else if !open.is_empty() && begin.0 != NULL {
            let day = begin.date();
            open_hit(sink, Hit::new(institution, day, day), encounter, &open);
        }
    }
}

fn outside(timeline: &Timeline<'_>, institution: crate::Symbol, rows: &[usize]) -> Hit {
    let day = |row: usize| timeline.line_time(row).date();
    let mut hit = Hit::new(institution, day(rows[0]), day(rows[rows.len() - 1]))
        .value("count", Value::Number(rows.len() as i64));
    for &row in rows {
        hit = hit.offending(Source::Fee, row, Part::WHOLE);
    }
    hit
}

fn open_hit(sink: &mut Sink, mut hit: Hit, encounter: usize, rows: &[usize]) {
    for &row in rows {
        hit = hit.offending(Source::Fee, row, Part::WHOLE);
    }
    let count = Value::Number(rows.len() as i64);
    let hit = hit.value("count", count).value("early", unknown()).value("late", unknown());
    let hit = hit.value("admitted", unknown()).value("discharged", unknown());
    sink.push(
        hit.related(Source::Encounter, encounter)
            .kind(Kind::Inconclusive)
            .note("入院时间或者费用发生时间缺失，无法判断费用是否在住院期间"),
    );
}

#[cfg(test)]
mod tests {
    use crate::{
        rows::TextTables,
        trial::{library, row, seen, settled, signs, written},
    };
    use mingcha_model::{Date, Time};
    use proptest::prelude::*;

    fn tables(parts: &[(&str, &str, &[&str])]) -> TextTables {
        parts.iter().map(|(table, heading, rows)| ((*table).to_owned(), written(heading, rows))).collect()
    }

    const ENCOUNTER: &str = "mdtrt_id fixmedins_code med_type begntime endtime";

    #[test]
    fn a_transfer_of_a_day_is_no_overlap_and_an_hour_more_is() {
        let said = |rows: &[&str]| {
            signs(
                "overlap",
                "check = 'stays'\nhours = 24",
                &library(&[]),
                &tables(&[("encounter", ENCOUNTER, rows)]),
            )
        };
        let first = "E1 H1 21 2025-03-01T08:00:00 2025-03-10T08:00:00";
        assert_eq!(said(&[first, "E2 H2 21 2025-03-09T08:00:00 2025-03-12T08:00:00"]), "");
        assert_eq!(said(&[first, "E2 H2 21 2025-03-09T07:00:00 2025-03-12T08:00:00"]), "!");
        assert_eq!(said(&[first, "E2 H2 11 2025-03-05T07:00:00 2025-03-12T08:00:00"]), "");
        assert_eq!(
            said(&["E1 H1 21 2025-03-01T08:00:00 _", "E2 H2 21 2025-03-09T07:00:00 2025-03-12T08:00:00"]),
            "?"
        );
    }

    fn elsewhere(discharge: &str, visits: &[&str]) -> String {
        let stay = format!("E1 H1 21 2025-03-01T08:00:00 {discharge}");
        let mut rows = vec![stay.as_str()];
        rows.extend(visits);
        let rows = settled(tables(&[("encounter", ENCOUNTER, &rows)]));
        signs("overlap", "check = 'visits'\nguard_hours = 12\nleast_days = 2", &library(&[]), &rows)
    }

    #[test]
    fn visits_elsewhere_on_two_days_of_a_stay_are_seen() {
        let (a, b) = (
            "E2 H2 11 2025-03-03T09:00:00 2025-03-03T09:00:00",
            "E3 P3 41 2025-03-05T09:00:00 2025-03-05T09:00:00",
        );
        let end = "2025-03-10T08:00:00";
        assert_eq!(elsewhere(end, &[a, b]), "!");
        assert_eq!(elsewhere(end, &[a]), "");
        assert_eq!(elsewhere(end, &[a, "E3 P3 41 2025-03-09T21:00:00 2025-03-09T21:00:00"]), "");
        assert_eq!(elsewhere(end, &[a, "E3 P3 41 2025-03-03T21:00:00 2025-03-03T21:00:00"]), "");
        assert_eq!(elsewhere(end, &[a, "E3 H1 11 2025-03-05T09:00:00 2025-03-05T09:00:00"]), "");
        assert_eq!(elsewhere("_", &[a, b]), "?");
    }

    #[test]
    fn lines_outside_the_stay_are_one_hit() {
        let found = |begin: &str, lines: &[&str]| {
            let rows = tables(&[
                ("encounter", ENCOUNTER, &[&format!("E1 H1 21 {begin} 2025-03-10T08:00:00")]),
                ("fee", "feedetl_sn mdtrt_id fee_ocur_time", lines),
            ]);
            seen("overlap", "check = 'lines'\ndays_before = 3\nhours_after = 24", &library(&[]), &rows)
        };
        let lines = [
            "F1 E1 2025-02-26T08:00:00",
            "F2 E1 2025-02-26T07:59:59",
            "F3 E1 2025-03-11T08:00:00",
            "F4 E1 2025-03-11T08:00:01",
        ];
        let hits = found("2025-03-01T08:00:00", &lines);
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].offending, ["F2", "F4"]);
        assert_eq!((hits[0].value("early"), hits[0].value("late")), ("1", "1"));
        assert!(!found("_", &lines)[0].sure);
        assert_eq!(found("2025-03-01T08:00:00", &["F1 E1 2025-03-04T08:00:00"]), []);
    }

    fn at(hours: i64) -> String {
        Time(Date::new(2025, 1, 1).expect("a day").start().0 + hours * 3600).to_string()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn overlapping_pairs_are_those_of_a_plain_count_of_hours(
            stays in prop::collection::vec((0_i64..100, 0_i64..60), 0..8), hours in 0_i64..30,
        ) {
            let mut rows = TextTables::new();
            for (id, &(begin, length)) in stays.iter().enumerate() {
                rows.entry("encounter".to_owned()).or_default().push(row(&[
                    ("mdtrt_id", &format!("E{id}")), ("med_type", "21"), ("begntime", &at(begin)), ("endtime", &at(begin + length)),
                ]));
            }
            let shared = |a: (i64, i64), b: (i64, i64)| (0..200).filter(|h| (a.0..a.0 + a.1).contains(h) && (b.0..b.0 + b.1).contains(h)).count() as i64;
            let pairs = (0..stays.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
            let expected = pairs.filter(|&(i, j)| shared(stays[i], stays[j]) > hours).count();
            let settings = format!("check = 'stays'\nhours = {hours}");
            prop_assert_eq!(signs("overlap", &settings, &library(&[]), &rows), "!".repeat(expected));
        }

        #[test]
        fn visits_are_those_of_a_plain_look_at_each(
            stays in prop::collection::vec((0_i64..200, 0_i64..150), 0..4),
            visits in prop::collection::vec((0_i64..350, 1..3), 0..12), guard in 0_i64..20, least in 1_usize..4,
        ) {
            let mut rows = TextTables::new();
            let encounters = rows.entry("encounter".to_owned()).or_default();
            for (id, &(begin, length)) in stays.iter().enumerate() {
                encounters.push(row(&[
                    ("mdtrt_id", &format!("E{id}")), ("fixmedins_code", "H1"), ("med_type", "21"), ("begntime", &at(begin)), ("endtime", &at(begin + length)),
                ]));
            }
            for (id, &(time, place)) in visits.iter().enumerate() {
                encounters.push(row(&[
                    ("mdtrt_id", &format!("V{id}")), ("fixmedins_code", &format!("H{place}")), ("med_type", "11"), ("begntime", &at(time)),
                ]));
            }
            let expected = stays.iter().filter(|(begin, length)| {
                let inside = |&&(time, place): &&(i64, i32)| place != 1 && time >= begin + guard && time <= begin + length - guard;
                let mut days: Vec<i64> = visits.iter().filter(inside).map(|(time, _)| time / 24).collect();
                days.sort_unstable();
                days.dedup();
                days.len() >= least
            });
            let settings = format!("check = 'visits'\nguard_hours = {guard}\nleast_days = {least}");
            prop_assert_eq!(signs("overlap", &settings, &library(&[]), &settled(rows)), "!".repeat(expected.count()));
        }
    }
}
