//! `supply`: a person is given more of a drug than the days that it has to last.
//!
//! Input: outpatient and pharmacy lines of drugs with `prd_days` (days that the line lasts); lines of drugs of which the person never
//! has a line with days are not judged. The same drug is the same substance and form, whatever the maker and pack. Output:
//! `over`: one hit for each drug and run of windows that hold too many days from enough institutions; `repeat`: one hit for each
//! drug and institution with all lines bought while more than enough was left. `inconclusive` where a line without days could
//! decide.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    stay,
    symbols::Symbol,
    timeline::{NO_DRUG, Timeline, drug_name},
    windows::runs,
};
use mingcha_model::{Kind, code::Visit};
use serde::Deserialize;
use std::num::NonZeroI64;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "check", rename_all = "snake_case", deny_unknown_fields)]
pub enum Settings {
    /// More days of a drug than a rolling window has, from several institutions.
    Over {
        /// Length of the window, in days.
        days: i64,
        /// What may be held, in percent of the window.
        percent: i64,
        /// From how many institutions at least.
        institutions: usize,
    },
    /// The drug again, in another visit, while there is still enough of it.
    Repeat {
        /// Days of supply that may be left, inclusive.
        days_left: i64,
    },
}

/// Units of `prd_days` in a day.
const DAY: i64 = 10_000;

/// The detector.
#[derive(Debug)]
pub struct Supply {
    settings: Settings,
}

/// A line that gives a person a drug. Small, since it is sorted.
#[derive(Clone, Copy, Debug)]
struct Fill {
    drug: u32,
    row: u32,
    encounter: u32,
    institution: Symbol,
    /// Day of the line.
    day: i64,
    /// In units of [`DAY`]; `None` where it was not sent.
    supply: Option<NonZeroI64>,
}

impl Fill {
    /// The first day without the drug, in units of [`DAY`].
    fn lasts(&self) -> Option<i64> {
        self.supply.map(|supply| self.day * DAY + supply.get())
    }

    /// What is known of its days.
    fn supplied(&self) -> i64 {
        self.supply.map_or(0, NonZeroI64::get)
    }
}

impl Supply {
    /// Windows need at least a day.
    pub fn new(settings: Settings) -> Result<Self, String> {
        let fine = match settings {
            Settings::Over { days, percent, institutions } => days > 0 && percent > 0 && institutions > 0,
            Settings::Repeat { days_left } => days_left >= 0,
        };
        if fine {
            Ok(Self { settings })
        } else {
            Err("days, percent and institutions must be at least 1".to_owned())
        }
    }
}

impl Supply {
    /// Whether there is any reason for the full look. It may say yes in vain, never no.
    fn may_say(&self, timeline: &Timeline<'_>, lines: &[Line]) -> bool {
        let mut courses: Vec<Course> = Vec::with_capacity(8);
        lines.iter().filter_map(|line| fill(timeline, line.row as usize)).any(|fill| {
            let at = courses.iter().position(|course| course.drug == fill.drug).unwrap_or_else(|| {
                courses.push(Course::of(&fill));
                courses.len() - 1
            });
            let course = &mut courses[at];
            let before = (course.encounter != fill.encounter).then_some((course.silent, course.lasts));
            course.add(&fill);
            match self.settings {
                Settings::Over { days, percent, institutions } => {
                    let limit = days * percent * DAY / 100;
                    (course.several || institutions < 2) && (course.silent || course.supplied > limit)
                }
                // From another visit: enough is left, or a line does not say.
                Settings::Repeat { days_left } => {
                    before.is_some_and(|(silent, lasts)| silent || lasts > (fill.day + days_left) * DAY)
                }
            }
        })
    }
}

/// Lines that give the person a drug, by drug and then in order of time.
fn fills(timeline: &Timeline<'_>, lines: &[Line]) -> Vec<Fill> {
    let mut fills: Vec<Fill> = lines.iter().filter_map(|line| fill(timeline, line.row as usize)).collect();
    fills.sort_unstable_by_key(|fill| (fill.drug, fill.row));
    fills
}

/// What one look over a person's lines tells of a drug: enough to pass over nearly everybody.
struct Course {
    drug: u32,
    supplied: i64,
    /// Whether a line came without days.
    silent: bool,
    /// The first day without the drug as far as known, in units of [`DAY`], and the encounter of its lines; [`NO_ROW`] for several.
    lasts: i64,
    encounter: u32,
    institution: Symbol,
    /// Whether lines came from several institutions.
    several: bool,
}

impl Course {
    fn of(fill: &Fill) -> Self {
        Self {
            drug: fill.drug,
            supplied: 0,
            silent: false,
            lasts: i64::MIN,
            encounter: fill.encounter,
            institution: fill.institution,
            several: false,
        }
    }

    fn add(&mut self, fill: &Fill) {
        self.supplied += fill.supplied();
        self.silent |= fill.supply.is_none();
        self.lasts = self.lasts.max(fill.lasts().unwrap_or(i64::MIN));
        self.several |= self.institution != fill.institution;
        if self.encounter != fill.encounter {
            self.encounter = NO_ROW;
        }
    }
}

/// The line as one that gives the person a drug to take home.
fn fill(timeline: &Timeline<'_>, row: usize) -> Option<Fill> {
    let (fee, encounter) = (&timeline.claims.fee, timeline.encounter_of(row)?);
    let (drug, supply) = (timeline.line_drug(row), fee.prd_days[row]);
    let at_home = matches!(timeline.visit(encounter), Visit::Outpatient | Visit::Pharmacy);
    (at_home && drug != NO_DRUG && fee.fee_ocur_time[row] != NULL).then(|| Fill {
        drug,
        day: i64::from(timeline.line_time(row).date().0),
        row: row as u32,
        encounter: encounter as u32,
        institution: timeline.claims.encounter.fixmedins_code[encounter],
        supply: NonZeroI64::new(supply.max(0)),
    })
}

impl Detector for Supply {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.prd_days"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        drug_name(code).map(|_| 0)
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        if !self.may_say(timeline, lines) {
            return;
        }
        let before = sink.hits.len();
        for fills in fills(timeline, lines).chunk_by(|a, b| a.drug == b.drug) {
            if fills.iter().all(|fill| fill.supply.is_none()) {
                continue;
            }
            match self.settings {
                Settings::Over { days, percent, institutions } => {
                    over(timeline, fills, days, days * percent * DAY / 100, institutions, sink);
                }
                Settings::Repeat { days_left } => repeat(timeline, fills, days_left * DAY, sink),
            }
        }
        // Numbers of drugs depend on what the worker met before; rows do not.
        sink.hits[before..].sort_by_key(|hit| hit.marks.first().map(|mark| mark.row));
    }
}

fn supplied(fills: &[Fill]) -> i64 {
    fills.iter().map(Fill::supplied).sum()
}

fn places(fills: &[Fill]) -> usize {
    stay::places(fills.iter().map(|fill| fill.institution))
}

fn over(timeline: &Timeline<'_>, fills: &[Fill], width: i64, limit: i64, least: usize, sink: &mut Sink) {
    let complete = fills.iter().all(|fill| fill.supply.is_some());
    if fills.len() < least || complete && supplied(fills) <= limit || places(fills) < least {
        return;
    }
    let days: Vec<i64> = fills.iter().map(|fill| fill.day).collect();
    let too_much = |range: std::ops::Range<usize>| {
        supplied(&fills[range.clone()]) > limit && places(&fills[range]) >= least
    };
    let found = runs(&days, width, too_much);
    for run in &found {
        sink.push(surplus(timeline, &fills[run.clone()], width, limit, false));
    }
    // A line without days may hide what the others do not show.
    let silent = |range: std::ops::Range<usize>| {
        let fills = &fills[range];
        fills.iter().any(|fill| fill.supply.is_none()) && places(fills) >= least
    };
    if found.is_empty()
        && let Some(run) = runs(&days, width, silent).into_iter().next()
    {
        let hit = surplus(timeline, &fills[run], width, limit, true);
        sink.push(hit.kind(Kind::Inconclusive).note("有购药明细未上传用药天数，累计持有天数无法计算"));
    }
}

/// A line is in question as far as the days held with it go beyond the limit; where that is open, the lines without days are.
fn surplus(timeline: &Timeline<'_>, fills: &[Fill], width: i64, limit: i64, unsure: bool) -> Hit {
    let (first, last) = (&fills[0], &fills[fills.len() - 1]);
    let mut hit = open(timeline, fills, stay::only(fills.iter().map(|fill| fill.institution)));
    let (mut begin, mut held, mut most) = (0, 0, 0);
    for fill in fills {
        held += fill.supplied();
        while fill.day - fills[begin].day >= width {
            held -= fills[begin].supplied();
            begin += 1;
        }
        most = most.max(held);
        let excess = (held - limit).min(fill.supplied());
        if unsure && fill.supply.is_none() {
            hit = hit.offending(Source::Fee, fill.row as usize, Part::NONE);
        } else if excess > 0 {
            hit = hit.offending(Source::Fee, fill.row as usize, Part::of(excess, fill.supplied()));
        } else {
            hit = hit.related(Source::Fee, fill.row as usize);
        }
    }
    hit.value("count", Value::Number(fills.len() as i64))
        .value("places", Value::Number(places(fills) as i64))
        .value("held", Value::Quantity(most))
        .value("allowed", Value::Quantity(limit))
        .value("from", Value::Day(mingcha_model::Date(first.day as i32)))
        .value("until", Value::Day(mingcha_model::Date(last.day as i32)))
}

fn open(timeline: &Timeline<'_>, fills: &[Fill], institution: Symbol) -> Hit {
    let day = |fill: &Fill| mingcha_model::Date(fill.day as i32);
    let code = timeline.line_code(fills[0].row as usize);
    let name = drug_name(code).unwrap_or(code);
    Hit::new(institution, day(&fills[0]), day(&fills[fills.len() - 1]))
        .value("drug", Value::Text(name.to_owned()))
}

fn repeat(timeline: &Timeline<'_>, fills: &[Fill], most: i64, sink: &mut Sink) {
    let (mut found, mut unsure) = (Groups::default(), Groups::default());
    let (mut lasts, mut complete) = (i64::MIN, true);
    for (at, fill) in fills.iter().enumerate() {
        let enough = lasts <= fill.day * DAY + most && complete;
        lasts = lasts.max(fill.lasts().unwrap_or(i64::MIN));
        complete &= fill.supply.is_some();
        if enough {
            continue;
        }
        // Lines of one visit are one prescription, however it is written.
        let earlier = || fills[..at].iter().filter(|other| other.encounter != fill.encounter);
        let left = earlier().filter_map(Fill::lasts).max().map(|last| last - fill.day * DAY);
        if left.is_some_and(|left| left > most) {
            found.add(fill.institution, at as u32);
        } else if earlier().any(|other| other.supply.is_none() && (fill.day - other.day) * DAY <= most) {
            unsure.add(fill.institution, at as u32);
        }
    }
    for (institution, rows) in found {
        sink.push(repeated(timeline, fills, institution, &rows));
    }
    for (institution, rows) in unsure {
        let hit = repeated(timeline, fills, institution, &rows);
        sink.push(hit.kind(Kind::Inconclusive).note("前次购药未上传用药天数，余药天数无法计算"));
    }
}

fn repeated(timeline: &Timeline<'_>, fills: &[Fill], institution: Symbol, rows: &[u32]) -> Hit {
    let again: Vec<Fill> = rows.iter().map(|&at| fills[at as usize]).collect();
    let mut hit = open(timeline, &again, institution);
    let mut most = 0;
    for (fill, &at) in again.iter().zip(rows) {
        let earlier = || fills[..at as usize].iter().filter(|other| other.encounter != fill.encounter);
        let before = earlier().max_by_key(|other| (other.lasts(), other.row));
        most = most.max(before.and_then(Fill::lasts).map_or(0, |last| last - fill.day * DAY));
        hit = hit.offending(Source::Fee, fill.row as usize, Part::WHOLE);
        if let Some(before) = before {
            hit = hit.related(Source::Fee, before.row as usize);
        }
    }
    hit.value("count", Value::Number(again.len() as i64)).value("left", Value::Quantity(most))
}

#[cfg(test)]
mod tests {
    use crate::{
        rows::TextTables,
        trial::{library, row, seen, signs, written},
    };
    use mingcha_model::Date;
    use proptest::prelude::*;

    const DRUG: &str = "XC08CAA187A001010163287";
    const OTHER_MAKER: &str = "XC08CAA187A001020299999";

    /// Each line: institution, day of 2025, drug, days.
    fn rows(fills: &[(usize, i32, &str, &str)]) -> TextTables {
        let start = Date::new(2025, 1, 1).expect("a day").0;
        let mut tables = TextTables::new();
        for (id, &(place, day, code, days)) in fills.iter().enumerate() {
            let mdtrt_id = format!("E{id}");
            let time = Date(start + day).to_string();
            tables.entry("encounter".to_owned()).or_default().push(row(&[
                ("mdtrt_id", &mdtrt_id),
                ("fixmedins_code", &format!("P{place}")),
                ("med_type", "41"),
                ("begntime", &time),
            ]));
            tables.entry("fee".to_owned()).or_default().push(row(&[
                ("feedetl_sn", &format!("F{id:02}")),
                ("mdtrt_id", &mdtrt_id),
                ("fixmedins_code", &format!("P{place}")),
                ("med_list_codg", code),
                ("prd_days", days),
                ("fee_ocur_time", &time),
            ]));
        }
        tables
    }

    const OVER: &str = "check = 'over'\ndays = 180\npercent = 150\ninstitutions = 3";

    #[test]
    fn more_than_270_days_in_180_from_three_places_are_seen() {
        let said = |last: (usize, i32, &str, &str)| {
            signs(
                "supply",
                OVER,
                &library(&[]),
                &rows(&[(1, 0, DRUG, "90"), (2, 10, OTHER_MAKER, "90"), last]),
            )
        };
        assert_eq!(said((3, 20, DRUG, "91")), "!");
        assert_eq!(said((3, 20, DRUG, "90")), "");
        assert_eq!(said((2, 20, DRUG, "200")), "");
        assert_eq!(said((3, 180, DRUG, "91")), "");
        assert_eq!(said((3, 20, "XA10BKD256A001010100001", "91")), "");
        assert_eq!(said((3, 20, DRUG, "")), "?");
    }

    #[test]
    fn only_the_days_beyond_are_in_question() {
        let hits = seen(
            "supply",
            OVER,
            &library(&[]),
            &rows(&[(1, 0, DRUG, "100"), (2, 10, DRUG, "100"), (3, 20, DRUG, "100")]),
        );
        assert_eq!(hits[0].offending, ["F02"]);
        assert_eq!((hits[0].value("held"), hits[0].value("allowed")), ("300", "270"));
    }

    const REPEAT: &str = "check = 'repeat'\ndays_left = 7";

    #[test]
    fn seven_days_left_are_allowed_and_eight_are_not() {
        let said = |day: i32, days: &str| {
            signs("supply", REPEAT, &library(&[]), &rows(&[(1, 0, DRUG, days), (2, day, OTHER_MAKER, "30")]))
        };
        assert_eq!(said(23, "30"), "");
        assert_eq!(said(22, "30"), "!");
        assert_eq!(said(7, ""), "?");
        assert_eq!(said(8, ""), "");
    }

    #[test]
    fn lines_of_one_prescription_and_of_a_stay_are_left_alone() {
        let tables = |med_type: &str, second: &str| {
            let encounter = written(
                "mdtrt_id med_type begntime",
                &[&format!("E1 {med_type} 2025-01-01"), &format!("E2 {med_type} 2025-01-02")],
            );
            let fee = written(
                "feedetl_sn mdtrt_id med_list_codg prd_days",
                &[&format!("F1 E1 {DRUG} 30"), &format!("F2 {second} {DRUG} 30")],
            );
            [("encounter".to_owned(), encounter), ("fee".to_owned(), fee)].into_iter().collect::<TextTables>()
        };
        assert_eq!(signs("supply", REPEAT, &library(&[]), &tables("11", "E1")), "");
        assert_eq!(signs("supply", REPEAT, &library(&[]), &tables("21", "E2")), "");
        assert_eq!(signs("supply", REPEAT, &library(&[]), &tables("11", "E2")), "!");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn repeats_are_those_of_a_plain_look_back(
            items in prop::collection::vec((0_usize..3, 0_i32..60, 0_usize..2, 1_i32..40), 0..12), left in 0_i32..10,
        ) {
            let codes = [DRUG, "XA10BKD256A001010100001"];
            let texts: Vec<String> = items.iter().map(|item| item.3.to_string()).collect();
            let fills: Vec<_> = items.iter().zip(&texts).map(|(item, days)| (item.0, item.1, codes[item.2], days.as_str())).collect();
            // On one day the lines come in the order of institution and number.
            let before = |i: usize, j: usize| (items[i].1, items[i].0, i) < (items[j].1, items[j].0, j);
            let again = |j: usize| (0..items.len()).any(|i| {
                i != j && before(i, j) && items[i].2 == items[j].2 && items[i].1 + items[i].3 - items[j].1 > left
            });
            let expected: Vec<String> = (0..items.len()).filter(|&j| again(j)).map(|j| format!("F{j:02}")).collect();
            let settings = format!("check = 'repeat'\ndays_left = {left}");
            let mut found: Vec<String> = seen("supply", &settings, &library(&[]), &rows(&fills)).into_iter().flat_map(|hit| hit.offending).collect();
            found.sort();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn oversupply_is_that_of_a_plain_sum_over_each_window(
            items in prop::collection::vec((0_usize..4, 0_i32..100, 1_i32..40), 0..14), least in 1_usize..4,
        ) {
            let texts: Vec<String> = items.iter().map(|item| item.2.to_string()).collect();
            let fills: Vec<_> = items.iter().zip(&texts).map(|(item, days)| (item.0, item.1, DRUG, days.as_str())).collect();
            let over = |first: i32| {
                let inside: Vec<_> = items.iter().filter(|item| item.1 >= first && item.1 < first + 40).collect();
                let at = (0..4).filter(|place| inside.iter().any(|item| item.0 == *place)).count();
                inside.iter().map(|item| item.2).sum::<i32>() > 60 && at >= least
            };
            let expected = items.len() > 1 && items.iter().any(|item| over(item.1));
            let settings = format!("check = 'over'\ndays = 40\npercent = 150\ninstitutions = {least}");
            let found = seen("supply", &settings, &library(&[]), &rows(&fills));
            prop_assert_eq!(!found.is_empty(), expected);
            prop_assert!(found.iter().all(|hit| hit.sure && !hit.offending.is_empty()));
        }
    }
}
