//! `burst`: many settlements of one person within minutes, at more than one place.
//!
//! Input: live settlements by their time. Output: one hit for each run of minutes with enough of them; `inconclusive` where
//! places or times of day were not sent.

use crate::{
    claims::NULL,
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    stay,
    timeline::Timeline,
    windows::runs,
};
use mingcha_model::{Kind, Time, time::DAY};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How many settlements at least.
    pub least: usize,
    /// Within how many minutes from the first to the last, inclusive.
    pub minutes: i64,
    /// At how many institutions at least.
    pub places: usize,
}

/// The detector.
#[derive(Debug)]
pub struct Burst {
    settings: Settings,
}

impl Burst {
    /// Counts need at least one settlement within no negative time.
    pub fn new(settings: Settings) -> Result<Self, String> {
        if settings.least == 0 || settings.minutes < 0 {
            return Err("`least` must be at least 1 and `minutes` not negative".to_owned());
        }
        Ok(Self { settings })
    }

    /// Settlements that came within `seconds` and at enough places, those unknown counted or not.
    fn find(
        &self,
        timeline: &Timeline<'_>,
        rows: &[usize],
        times: &[i64],
        seconds: i64,
        sure: bool,
    ) -> Vec<Vec<usize>> {
        let institutions = &timeline.claims.settlement.fixmedins_code;
        let enough = |range: std::ops::Range<usize>| {
            range.len() >= self.settings.least && {
                let codes = || rows[range.clone()].iter().map(|&row| institutions[row]);
                let unknown = codes().filter(|code| !code.is_some()).count();
                stay::places(codes()) + if sure { 0 } else { unknown } >= self.settings.places
            }
        };
        runs(times, seconds, enough).into_iter().map(|run| rows[run].to_vec()).collect()
    }
}

fn hit(timeline: &Timeline<'_>, rows: &[usize]) -> Hit {
    let settlement = &timeline.claims.settlement;
    let time = |row: usize| Time(settlement.setl_time[row]);
    let (first, last) = (time(rows[0]), time(rows[rows.len() - 1]));
    let codes = || rows.iter().map(|&row| settlement.fixmedins_code[row]);
    let mut hit = Hit::new(stay::only(codes()), first.date(), last.date())
        .value("count", Value::Number(rows.len() as i64))
        .value("found_places", Value::Number(stay::places(codes()) as i64))
        .value("from", Value::Time(first))
        .value("until", Value::Time(last))
        .value("found_minutes", Value::Number((last.0 - first.0 + 59) / 60));
    for &row in rows {
        hit = hit.offending(Source::Settlement, row, Part::WHOLE);
    }
    hit
}

impl Detector for Burst {
    fn reads(&self) -> Vec<&'static str> {
        Vec::new()
    }

    fn interest(&self) -> Interest {
        Interest::Settlements(self.settings.least)
    }

    fn detect(&self, timeline: &Timeline<'_>, _lines: &[Line], sink: &mut Sink) {
        let settlement = &timeline.claims.settlement;
        let known = |row: &usize| settlement.live[*row] && settlement.setl_time[*row] != NULL;
        let rows: Vec<usize> = timeline.settlements().filter(known).collect();
        // A settlement sent with its day only stands at midnight.
        let (dated, timed): (Vec<usize>, Vec<usize>) =
            rows.iter().partition(|&&row| settlement.setl_time[row].rem_euclid(DAY) == 0);
        let times: Vec<i64> = timed.iter().map(|&row| settlement.setl_time[row]).collect();
        let seconds = self.settings.minutes * 60 + 1;
        let sure = self.find(timeline, &timed, &times, seconds, true);
        let taken = |row: &usize| sure.iter().any(|run| run.contains(row));
        let mut open: Vec<Vec<usize>> = self.find(timeline, &timed, &times, seconds, false);
        if !dated.is_empty() {
            let days: Vec<i64> = rows.iter().map(|&row| settlement.setl_time[row].div_euclid(DAY)).collect();
            let by_day = self.find(timeline, &rows, &days, 1, false);
            open.extend(by_day.into_iter().filter(|run| run.iter().any(|row| dated.contains(row))));
        }
        open.retain(|run| !run.iter().any(taken));
        for run in &sure {
            sink.push(hit(timeline, run));
        }
        for run in &open {
            let note = "结算只有日期没有时刻，或者机构缺失，无法判断是否集中";
            sink.push(hit(timeline, run).kind(Kind::Inconclusive).note(note));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        rows::TextTables,
        trial::{library, row, seen, signs, written},
    };
    use mingcha_model::{Date, Time};
    use proptest::prelude::*;

    fn said(settlements: &[&str]) -> String {
        let rows: TextTables =
            [("settlement".to_owned(), written("setl_id mdtrt_id fixmedins_code setl_time", settlements))]
                .into_iter()
                .collect();
        signs("burst", "least = 4\nminutes = 30\nplaces = 2", &library(&[]), &rows)
    }

    #[test]
    fn four_within_thirty_minutes_at_two_places_are_seen() {
        let three =
            ["S1 E1 P1 2025-03-01T09:00:00", "S2 E2 P1 2025-03-01T09:10:00", "S3 E3 P2 2025-03-01T09:20:00"];
        let with = |last: &str| said(&[three[0], three[1], three[2], last]);
        assert_eq!(with("S4 E4 P2 2025-03-01T09:30:00"), "!");
        assert_eq!(with("S4 E4 P2 2025-03-01T09:30:01"), "");
        assert_eq!(
            said(&[three[0], three[1], "S3 E3 P1 2025-03-01T09:20:00", "S4 E4 P1 2025-03-01T09:25:00"]),
            ""
        );
    }

    #[test]
    fn days_without_a_time_and_unknown_places_leave_it_open() {
        let day = [
            "S1 E1 P1 2025-03-01",
            "S2 E2 P1 2025-03-01",
            "S3 E3 P2 2025-03-01",
            "S4 E4 P2 2025-03-01T09:00:00",
        ];
        assert_eq!(said(&day), "?");
        assert_eq!(said(&day[1..]), "");
        let nowhere = [
            "S1 E1 P1 2025-03-01T09:00:00",
            "S2 E2 P1 2025-03-01T09:10:00",
            "S3 E3 _ 2025-03-01T09:20:00",
            "S4 E4 P1 2025-03-01T09:21:00",
        ];
        assert_eq!(said(&nowhere), "?");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_settlement_is_in_a_hit_where_a_window_around_it_has_enough(
            items in prop::collection::vec((1_i64..120, 0..3), 0..14), least in 1_usize..5, minutes in 0_i64..30, places in 1_usize..4,
        ) {
            let start = Date::new(2025, 1, 1).expect("a day").start().0;
            let mut rows = TextTables::new();
            for (id, &(minute, place)) in items.iter().enumerate() {
                rows.entry("settlement".to_owned()).or_default().push(row(&[
                    ("setl_id", &format!("S{id}")), ("mdtrt_id", &format!("E{id}")), ("fixmedins_code", &format!("P{place}")),
                    ("setl_time", &Time(start + minute * 60).to_string()),
                ]));
            }
            let enough = |first: i64| {
                let inside: Vec<i32> = items.iter().filter(|(minute, _)| *minute >= first && *minute <= first + minutes).map(|item| item.1).collect();
                let at = (0..3).filter(|place| inside.contains(place)).count();
                inside.len() >= least && at >= places
            };
            let seen_in = |minute: i64| items.iter().any(|&(first, _)| first <= minute && minute <= first + minutes && enough(first));
            let mut expected: Vec<String> = items.iter().enumerate().filter(|(_, item)| seen_in(item.0)).map(|(id, _)| format!("S{id}")).collect();
            expected.sort();
            let settings = format!("least = {least}\nminutes = {minutes}\nplaces = {places}");
            let mut found: Vec<String> = seen("burst", &settings, &library(&[]), &rows).into_iter().flat_map(|hit| hit.offending).collect();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
