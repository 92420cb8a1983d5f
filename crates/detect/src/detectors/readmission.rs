//! `readmission`: the same hospital admits a patient again within a few days for the same illness.
//!
//! Input: stays with their main diagnosis. Output: one hit for each later stay, its settlements offending, the earlier stay
//! beside it; `inconclusive` where a main diagnosis or the earlier discharge was not sent.

use crate::{
    detector::{Detector, Hit, Interest, Line, Sink, Source, Value},
    stay::{self, Stay},
    timeline::Timeline,
};
use mingcha_model::Kind;
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Most days from discharge to the next admission, inclusive; 0 is the same day.
    pub days: i32,
    /// Characters in which the main diagnoses must agree.
    #[serde(default = "three")]
    pub diagnosis_chars: usize,
    /// A stay with a diagnosis that begins so (chemotherapy, dialysis, …) is planned and not looked at.
    #[serde(default)]
    pub skip_diagnoses: Vec<String>,
}

fn three() -> usize {
    3
}

/// The detector.
#[derive(Debug)]
pub struct Readmission {
    settings: Settings,
}

impl Readmission {
    /// Any settings will do but a comparison of no character.
    pub fn new(settings: Settings) -> Result<Self, String> {
        if settings.diagnosis_chars == 0 || settings.days < 0 {
            return Err("`diagnosis_chars` must be at least 1 and `days` at least 0".to_owned());
        }
        Ok(Self { settings })
    }

    /// The days between, or `None` where the earlier discharge is not known; an outer `None` where this is no readmission.
    #[allow(clippy::option_option, reason = "no readmission, one of unknown gap, one of a known gap")]
    fn gap(&self, earlier: &Stay, later: &Stay) -> Option<Option<i32>> {
        let Some(end) = earlier.end else { return Some(None) };
        let days = later.begin.date().0 - end.date().0;
        (end <= later.begin && days <= self.settings.days).then_some(Some(days))
    }

    /// Whether the illness is the same; `None` where it is not known.
    fn same(&self, timeline: &Timeline<'_>, earlier: &Stay, later: &Stay) -> Option<bool> {
        let planned = [earlier, later]
            .iter()
            .any(|stay| stay::diagnosed(timeline, stay.row, &self.settings.skip_diagnoses) == Some(true));
        if planned {
            return Some(false);
        }
        let head = |stay: &Stay| timeline.main_diagnosis(stay.row).get(..self.settings.diagnosis_chars);
        Some(head(earlier)? == head(later)?)
    }
}

impl Detector for Readmission {
    fn reads(&self) -> Vec<&'static str> {
        vec!["diagnosis.maindiag_flag", "diagnosis.diag_code"]
    }

    fn interest(&self) -> Interest {
        Interest::Stays(2)
    }

    fn detect(&self, timeline: &Timeline<'_>, _lines: &[Line], sink: &mut Sink) {
        let stays = stay::stays(timeline);
        for (at, later) in stays.iter().enumerate() {
            let before = &stays[..at];
            let Some(of) = before.iter().rposition(|stay| stay.institution == later.institution) else {
                continue;
            };
            let earlier = &before[of];
            let Some(gap) = self.gap(earlier, later) else { continue };
            // Someone who came back from another hospital was not sent home and taken in again.
            let elsewhere = |stay: &Stay| earlier.end.is_some_and(|end| stay.begin >= end);
            if before[of + 1..].iter().any(elsewhere) {
                continue;
            }
            let same = self.same(timeline, earlier, later);
            if same == Some(false) {
                continue;
            }
            let mut hit = Hit::new(later.institution, later.begin.date(), later.last_day())
                .value("discharged", earlier.end.map_or_else(unknown, |end| Value::Day(end.date())))
                .value("admitted", Value::Day(later.begin.date()))
                .value("gap", gap.map_or_else(unknown, |days| Value::Number(i64::from(days))))
                .value("diagnosis", diagnosis(timeline, later))
                .value("earlier_diagnosis", diagnosis(timeline, earlier))
                .related(Source::Encounter, earlier.row);
            hit = stay::offending(hit, timeline, later.row);
            if gap.is_none() {
                hit = hit.note("前次住院没有出院时间，间隔天数无法计算");
            }
            if same.is_none() {
                hit = hit.note("主诊断缺失，无法比较两次住院的病种");
            }
            sink.push(if gap.is_none() || same.is_none() { hit.kind(Kind::Inconclusive) } else { hit });
        }
    }
}

fn unknown() -> Value {
    Value::Text("未知".to_owned())
}

fn diagnosis(timeline: &Timeline<'_>, stay: &Stay) -> Value {
    let code = timeline.main_diagnosis(stay.row);
    if code.is_empty() { unknown() } else { Value::Text(code.to_owned()) }
}

#[cfg(test)]
mod tests {
    use crate::{
        rows::TextTables,
        trial::{library, row, seen, signs, written},
    };
    use mingcha_model::{Date, Time};
    use proptest::prelude::*;

    const SETTINGS: &str = "days = 15\nskip_diagnoses = ['Z51', 'Z49']";

    fn rows(stays: &[&str], diagnoses: &[&str]) -> TextTables {
        [
            ("encounter".to_owned(), written("mdtrt_id fixmedins_code med_type begntime endtime", stays)),
            ("diagnosis".to_owned(), written("mdtrt_id diag_code", diagnoses)),
        ]
        .into_iter()
        .collect()
    }

    fn said(stays: &[&str], diagnoses: &[&str]) -> String {
        signs("readmission", SETTINGS, &library(&[]), &rows(stays, diagnoses))
    }

    #[test]
    fn the_fifteenth_day_counts_and_the_sixteenth_does_not() {
        let same = ["E1 J18.9", "E2 J18.0"];
        let first = "E1 H1 21 2025-03-01T08:00:00 2025-03-05T10:00:00";
        assert_eq!(said(&[first, "E2 H1 21 2025-03-20T09:00:00 2025-03-25T10:00:00"], &same), "!");
        assert_eq!(said(&[first, "E2 H1 21 2025-03-21T09:00:00 2025-03-25T10:00:00"], &same), "");
        assert_eq!(said(&[first, "E2 H2 21 2025-03-06T09:00:00 2025-03-25T10:00:00"], &same), "");
        assert_eq!(
            said(&[first, "E2 H1 21 2025-03-06T09:00:00 2025-03-25T10:00:00"], &["E1 J18.9", "E2 K35.8"]),
            ""
        );
    }

    #[test]
    fn planned_cycles_and_returns_from_another_hospital_are_left_alone() {
        let first = "E1 H1 21 2025-03-01T08:00:00 2025-03-05T10:00:00";
        let second = "E2 H1 21 2025-03-10T09:00:00 2025-03-12T10:00:00";
        assert_eq!(said(&[first, second], &["E1 Z51.1", "E2 Z51.1"]), "");
        let between = "E3 H2 21 2025-03-05T12:00:00 2025-03-09T10:00:00";
        assert_eq!(said(&[first, second, between], &["E1 J18.9", "E2 J18.9", "E3 J18.9"]), "");
    }

    #[test]
    fn a_missing_diagnosis_or_discharge_leaves_it_open() {
        let second = "E2 H1 21 2025-03-10T09:00:00 2025-03-12T10:00:00";
        let first = "E1 H1 21 2025-03-01T08:00:00 2025-03-05T10:00:00";
        assert_eq!(said(&[first, second], &["E1 J18.9"]), "?");
        assert_eq!(said(&["E1 H1 21 2025-03-01T08:00:00 _", second], &["E1 J18.9", "E2 J18.9"]), "?");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn equals_a_look_at_all_pairs(
            stays in prop::collection::vec((0_i64..60, 0_i64..12, 0..2, 0_usize..3), 0..9), days in 0_i64..12,
        ) {
            let codes = ["J18.9", "K35.1", "Z51.1"];
            let start = Date::new(2025, 1, 1).expect("a day").start().0;
            let time = |hours: i64| Time(start + hours * 3600);
            // Each stay begins at an hour of its own, so that their order is plain.
            let spans: Vec<(i64, i64)> = stays
                .iter()
                .enumerate()
                .map(|(at, &(begin, length, ..))| (begin * 24 + at as i64, (begin + length) * 24 + 12))
                .collect();
            let mut tables = TextTables::new();
            for (at, &(_, _, place, code)) in stays.iter().enumerate() {
                let id = format!("E{at}");
                tables.entry("encounter".to_owned()).or_default().push(row(&[
                    ("mdtrt_id", &id), ("fixmedins_code", &format!("H{place}")), ("med_type", "21"),
                    ("begntime", &time(spans[at].0).to_string()), ("endtime", &time(spans[at].1).to_string()),
                ]));
                tables.entry("diagnosis".to_owned()).or_default().push(row(&[("mdtrt_id", &id), ("diag_code", codes[code])]));
            }
            let mut expected = Vec::new();
            for j in 0..stays.len() {
                for i in 0..stays.len() {
                    let (earlier, later) = (spans[i], spans[j]);
                    let gap = later.0.div_euclid(24) - earlier.1.div_euclid(24);
                    let between = |k: usize, from: i64| spans[k].0 >= from && spans[k].0 < later.0 && k != i;
                    let nearest = !(0..stays.len()).any(|k| stays[k].2 == stays[i].2 && between(k, earlier.0 + 1));
                    let direct = !(0..stays.len()).any(|k| between(k, earlier.1));
                    if stays[i].2 == stays[j].2 && earlier.1 <= later.0 && gap <= days && nearest && direct
                        && stays[i].3 == stays[j].3 && stays[j].3 != 2
                    {
                        expected.push(format!("E{j}"));
                    }
                }
            }
            expected.sort();
            let settings = format!("days = {days}\nskip_diagnoses = ['Z51']");
            let mut found: Vec<String> = seen("readmission", &settings, &library(&[]), &tables)
                .into_iter()
                .map(|hit| hit.offending[0].clone())
                .collect();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
