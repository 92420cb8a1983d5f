//! `frequency`: a person is in hospital, or settles visits, more often within rolling days than people usually are.
//!
//! Input: stays by admission, or settlements of visits by their time. Output: one hit for each run of days in which some window
//! holds enough; `inconclusive` where it is enough only with stays whose diagnoses were not sent, or where the person is unknown.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    stay,
    timeline::Timeline,
    windows::runs,
};
use mingcha_model::{Date, Kind, Time, code::Visit};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What is counted.
    pub count: Count,
    /// How many at least.
    pub least: usize,
    /// Within how many days, first and last included.
    pub days: i64,
    /// Only people with a hardship group (`psn_idet_type`).
    #[serde(default)]
    pub hardship: bool,
    /// A stay with a diagnosis that begins so (chemotherapy, dialysis, …) does not count.
    #[serde(default)]
    pub skip_diagnoses: Vec<String>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Stays, by the day of admission.
    Stays,
    /// Settlements of outpatient visits and purchases, by their day.
    Visits,
}

const OPEN: &str = "有就诊缺少诊断或就诊信息，或者参保人身份未知，无法确认是否计入";

/// The detector.
#[derive(Debug)]
pub struct Frequency {
    settings: Settings,
}

/// A stay or settlement to count.
#[derive(Clone, Copy, Debug)]
struct Item {
    day: Date,
    row: usize,
    /// Whether it counts for sure.
    sure: bool,
}

impl Frequency {
    /// Counts need at least one thing within at least one day.
    pub fn new(settings: Settings) -> Result<Self, String> {
        if settings.least == 0 || settings.days <= 0 {
            return Err("`least` and `days` must be at least 1".to_owned());
        }
        Ok(Self { settings })
    }

    fn items(&self, timeline: &Timeline<'_>) -> Vec<Item> {
        if self.settings.count == Count::Visits {
            return visits(timeline);
        }
        let counted = |stay: &stay::Stay| {
            let skipped = if self.settings.skip_diagnoses.is_empty() {
                Some(false)
            } else {
                stay::diagnosed(timeline, stay.row, &self.settings.skip_diagnoses)
            };
            let item = Item { day: stay.begin.date(), row: stay.row, sure: skipped.is_some() };
            (skipped != Some(true)).then_some(item)
        };
        stay::stays(timeline).iter().filter_map(counted).collect()
    }

    fn push_runs(&self, timeline: &Timeline<'_>, items: &[Item], sure: bool, sink: &mut Sink) {
        let days: Vec<i64> = items.iter().map(|item| i64::from(item.day.0)).collect();
        let enough = |range: std::ops::Range<usize>| range.len() >= self.settings.least;
        for run in runs(&days, self.settings.days, enough) {
            let within = |first: usize| {
                days[first..run.end].partition_point(|&day| day - days[first] < self.settings.days)
            };
            let most = run.clone().map(within).max().unwrap_or_default();
            let hit = self.hit(timeline, &items[run], most);
            sink.push(if sure { hit } else { hit.kind(Kind::Inconclusive).note(OPEN) });
        }
    }

    fn hit(&self, timeline: &Timeline<'_>, items: &[Item], most: usize) -> Hit {
        let (encounter, settlement) = (&timeline.claims.encounter, &timeline.claims.settlement);
        let stays = self.settings.count == Count::Stays;
        let codes = if stays { &encounter.fixmedins_code } else { &settlement.fixmedins_code };
        let places = || items.iter().map(|item| codes[item.row]);
        let mut hit = Hit::new(stay::only(places()), items[0].day, items[items.len() - 1].day)
            .value("count", Value::Number(items.len() as i64))
            .value("most", Value::Number(most as i64))
            .value("places", Value::Number(stay::places(places()) as i64));
        if stays {
            let length = |item: &Item| {
                timeline.span(item.row).1.map_or(0, |end| i64::from((end.date().0 - item.day.0).max(1)))
            };
            hit = hit.value("bed_days", Value::Number(items.iter().map(length).sum()));
        }
        for item in items {
            if stays {
                hit = stay::offending(hit, timeline, item.row);
            } else {
                hit = hit.offending(Source::Settlement, item.row, Part::WHOLE);
            }
        }
        hit
    }
}

fn visits(timeline: &Timeline<'_>) -> Vec<Item> {
    let settlement = &timeline.claims.settlement;
    let visit = |row: usize| {
        let encounter = settlement.encounter[row];
        (encounter != NO_ROW).then(|| timeline.visit(encounter as usize))
    };
    let known =
        timeline.settlements().filter(|&row| settlement.live[row] && settlement.setl_time[row] != NULL);
    known
        .filter_map(|row| {
            let sure = match visit(row) {
                Some(Visit::Outpatient | Visit::Pharmacy) => true,
                None => false,
                Some(_) => return None,
            };
            Some(Item { day: Time(settlement.setl_time[row]).date(), row, sure })
        })
        .collect()
}

impl Detector for Frequency {
    fn reads(&self) -> Vec<&'static str> {
        let mut reads = Vec::new();
        if self.settings.hardship {
            reads.push("person.psn_idet_type");
        }
        if !self.settings.skip_diagnoses.is_empty() {
            reads.push("diagnosis.diag_code");
        }
        reads
    }

    fn interest(&self) -> Interest {
        match self.settings.count {
            Count::Stays => Interest::Stays(self.settings.least),
            Count::Visits => Interest::Settlements(self.settings.least),
        }
    }

    fn detect(&self, timeline: &Timeline<'_>, _lines: &[Line], sink: &mut Sink) {
        let person = timeline.person_row();
        if self.settings.hardship
            && person.is_some_and(|row| timeline.text(timeline.claims.person.psn_idet_type[row]).is_empty())
        {
            return;
        }
        let items = self.items(timeline);
        let known = !self.settings.hardship || person.is_some();
        let sure: Vec<Item> = items.iter().copied().filter(|item| item.sure).collect();
        let before = sink.hits.len();
        self.push_runs(timeline, &sure, known, sink);
        if sink.hits.len() == before {
            self.push_runs(timeline, &items, false, sink);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        rows::TextTables,
        trial::{library, row, seen, settled, signs, written},
    };
    use mingcha_model::Date;
    use proptest::prelude::*;

    fn said(settings: &str, group: &str, stays: &[&str], diagnoses: &[&str]) -> String {
        let rows: TextTables = [
            ("person".to_owned(), vec![row(&[("psn_no", "P1"), ("psn_idet_type", group)])]),
            ("encounter".to_owned(), written("mdtrt_id med_type begntime", stays)),
            ("diagnosis".to_owned(), written("mdtrt_id diag_code", diagnoses)),
        ]
        .into_iter()
        .collect();
        signs("frequency", settings, &library(&[]), &rows)
    }

    const STAYS: [&str; 3] = ["E1 21 2025-01-01", "E2 21 2025-06-01", "E3 21 2025-12-31"];

    #[test]
    fn the_last_day_of_the_window_counts() {
        let settings = "count = 'stays'\nleast = 3\ndays = 365";
        assert_eq!(said(settings, "", &STAYS, &[]), "!");
        assert_eq!(
            said(settings, "", &["E1 21 2025-01-01", "E2 21 2025-06-01", "E3 21 2026-01-01"], &[]),
            ""
        );
        assert_eq!(
            said(settings, "", &["E1 21 2025-01-01", "E2 11 2025-06-01", "E3 21 2025-12-31"], &[]),
            ""
        );
    }

    #[test]
    fn hardship_and_planned_stays_are_told_apart() {
        let hardship = "count = 'stays'\nleast = 3\ndays = 365\nhardship = true";
        assert_eq!(said(hardship, "", &STAYS, &[]), "");
        assert_eq!(said(hardship, "061", &STAYS, &[]), "!");
        let planned = "count = 'stays'\nleast = 3\ndays = 365\nskip_diagnoses = ['Z51']";
        assert_eq!(said(planned, "", &STAYS, &["E1 J18.9", "E2 J18.9", "E3 Z51.1"]), "");
        assert_eq!(said(planned, "", &STAYS, &["E1 J18.9", "E2 J18.9", "E3 J18.9"]), "!");
        assert_eq!(said(planned, "", &STAYS, &["E1 J18.9", "E2 J18.9"]), "?");
    }

    #[test]
    fn visits_are_counted_by_settlement_and_stays_are_none() {
        let said = |kinds: [&str; 3], last: &str| {
            let visit = |id: usize, day: &str| {
                format!("E{id} {} 2025-03-{day}T09:00:00 2025-03-{day}T09:00:00", kinds[id])
            };
            let visits = [visit(0, "01"), visit(1, "05"), visit(2, last)];
            let visits: Vec<&str> = visits.iter().map(String::as_str).collect();
            let rows: TextTables =
                [("encounter".to_owned(), written("mdtrt_id med_type begntime endtime", &visits))]
                    .into_iter()
                    .collect();
            signs("frequency", "count = 'visits'\nleast = 3\ndays = 10", &library(&[]), &settled(rows))
        };
        assert_eq!(said(["11", "41", "14"], "10"), "!");
        assert_eq!(said(["11", "41", "14"], "11"), "");
        assert_eq!(said(["11", "41", "21"], "10"), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_hit_holds_the_stays_of_a_plain_count(
            days in prop::collection::vec(0_i32..200, 0..14), least in 1_usize..6, width in 1_i32..60,
        ) {
            let start = Date::new(2025, 1, 1).expect("a day").0;
            let mut rows = TextTables::new();
            for (id, day) in days.iter().enumerate() {
                rows.entry("encounter".to_owned()).or_default().push(row(&[
                    ("mdtrt_id", &format!("E{id}")), ("med_type", "21"), ("begntime", &Date(start + day).to_string()),
                ]));
            }
            let count = |first: i32| days.iter().filter(|&&day| day >= first && day < first + width).count();
            let inside = |day: i32| days.iter().any(|&first| first <= day && day < first + width && count(first) >= least);
            let mut expected: Vec<String> = days.iter().enumerate().filter(|&(_, &day)| inside(day)).map(|(id, _)| format!("E{id}")).collect();
            expected.sort();
            let settings = format!("count = 'stays'\nleast = {least}\ndays = {width}");
            let hits = seen("frequency", &settings, &library(&[]), &rows);
            let mut found: Vec<String> = hits.iter().flat_map(|hit| hit.offending.clone()).filter(|key| key.starts_with('E')).collect();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
