//! `distinct`: the same listed drug from many pharmacies within a few days.
//!
//! Input: lines of drugs that a knowledge table lists. Output: one hit for each drug and run of days in which some window holds
//! enough pharmacies; `inconclusive` where it is enough only with lines whose pharmacy was not sent.

use crate::{
    claims::NULL,
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    listed::{column, table},
    prefix::Prefixes,
    stay,
    symbols::Symbol,
    timeline::Timeline,
    windows::runs,
};
use mingcha_library::Library;
use mingcha_model::{Date, Kind, code::Visit};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table, with columns `code`, `class` and `name`.
    pub knowledge: String,
    /// Which of its classes; all where empty.
    #[serde(default)]
    pub classes: Vec<String>,
    /// How many pharmacies at least.
    pub least: usize,
    /// Within how many days, first and last included.
    pub days: i64,
}

/// What a code or prefix of the list stands for.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Index into the names: rows with one name are one drug.
    drug: u32,
    begin: Option<Date>,
    end: Option<Date>,
}

/// The detector.
#[derive(Debug)]
pub struct Distinct {
    settings: Settings,
    entries: Prefixes<Entry>,
    names: Vec<String>,
}

impl Distinct {
    /// Reads the list.
    pub fn new(settings: Settings, library: &Library) -> Result<Self, String> {
        if settings.least == 0 || settings.days <= 0 {
            return Err("`least` and `days` must be at least 1".to_owned());
        }
        let table = table(library, &settings.knowledge)?;
        let (code, class, name) = (column(table, "code")?, column(table, "class")?, column(table, "name")?);
        let (mut entries, mut names) = (Prefixes::default(), Vec::<String>::new());
        for row in &table.rows {
            if !settings.classes.is_empty() && !settings.classes.contains(&row.values[class]) {
                continue;
            }
            let drug = names.iter().position(|known| *known == row.values[name]).unwrap_or_else(|| {
                names.push(row.values[name].clone());
                names.len() - 1
            });
            entries.entry(&row.values[code], || Entry { drug: drug as u32, begin: row.begin, end: row.end });
        }
        if entries.is_empty() {
            return Err(format!("knowledge table `{}` has no row of these classes", settings.knowledge));
        }
        Ok(Self { settings, entries, names })
    }

    /// Looks at the purchases of one drug, in order of time.
    fn drug(&self, timeline: &Timeline<'_>, bought: &[Bought], sink: &mut Sink) {
        if bought.len() < self.settings.least {
            return;
        }
        let days: Vec<i64> = bought.iter().map(|bought| bought.day).collect();
        let known = |range: &std::ops::Range<usize>| {
            stay::places(bought[range.clone()].iter().map(|one| one.pharmacy))
        };
        let unknown = |range: &std::ops::Range<usize>| {
            bought[range.clone()].iter().filter(|one| !one.pharmacy.is_some()).count()
        };
        let found = runs(&days, self.settings.days, |range| known(&range) >= self.settings.least);
        for run in &found {
            sink.push(self.hit(timeline, &bought[run.clone()]));
        }
        if found.is_empty() {
            for run in runs(&days, self.settings.days, |range| {
                known(&range) + unknown(&range) >= self.settings.least
            }) {
                let note = "有购药明细没有对应的就诊与机构，药店家数无法确认";
                sink.push(self.hit(timeline, &bought[run]).kind(Kind::Inconclusive).note(note));
            }
        }
    }

    fn hit(&self, timeline: &Timeline<'_>, bought: &[Bought]) -> Hit {
        let (first, last) = (&bought[0], &bought[bought.len() - 1]);
        let pharmacies = || bought.iter().map(|one| one.pharmacy);
        let quantity = |one: &Bought| timeline.claims.fee.cnt[one.row];
        let mut hit = Hit::new(last.pharmacy, Date(first.day as i32), Date(last.day as i32))
            .value("name", Value::Text(self.names[first.drug as usize].clone()))
            .value("places", Value::Number(stay::places(pharmacies()) as i64))
            .value("count", Value::Number(bought.len() as i64))
            .value("quantity", Value::Quantity(bought.iter().map(quantity).filter(|&cnt| cnt != NULL).sum()));
        for one in bought {
            hit = hit.offending(Source::Fee, one.row, Part::WHOLE);
        }
        hit
    }
}

/// One line.
#[derive(Clone, Copy, Debug)]
struct Bought {
    drug: u32,
    day: i64,
    row: usize,
    /// [`Symbol::NONE`] where it was not sent.
    pharmacy: Symbol,
}

impl Detector for Distinct {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        self.entries.class(code)
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        if lines.len() < self.settings.least {
            return;
        }
        let bought = |line: &Line| {
            let (row, entry) = (line.row as usize, self.entries.get(line.class));
            let encounter = timeline.encounter_of(row);
            let day = timeline.line_time(row).date();
            let holds =
                entry.begin.is_none_or(|begin| begin <= day) && entry.end.is_none_or(|end| day <= end);
            let here = encounter.is_none_or(|encounter| timeline.visit(encounter) == Visit::Pharmacy);
            (holds && here && timeline.line_time(row).0 != NULL).then(|| Bought {
                drug: entry.drug,
                day: i64::from(day.0),
                row,
                pharmacy: timeline.line_institution(row),
            })
        };
        let mut all: Vec<Bought> = lines.iter().filter_map(bought).collect();
        all.sort_by_key(|one| one.drug);
        for bought in all.chunk_by(|a, b| a.drug == b.drug) {
            self.drug(timeline, bought, sink);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        rows::TextTables,
        trial::{library, row, seen, signs},
    };
    use mingcha_library::Library;
    use mingcha_model::Date;
    use proptest::prelude::*;

    fn list() -> Library {
        let rows: &[&str] = &[
            "西药 XC08CAA187A001 氨氯地平",
            "西药 XC08CAA187A025 氨氯地平",
            "中成药 ZA12AAN0052 脑心通",
            "耗材 C02 支架",
        ];
        library(&[("key_item", "class code name", rows)])
    }

    const SETTINGS: &str = "knowledge = 'key_item'\nclasses = ['西药', '中成药']\nleast = 4\ndays = 30";
    const CODES: [&str; 3] = ["XC08CAA187A001010163287", "XC08CAA187A025010163287", "ZA12AAN0052010100001"];

    fn rows(fills: &[(&str, i32, usize)], med_type: &str) -> TextTables {
        let start = Date::new(2025, 1, 1).expect("a day").0;
        let mut tables = TextTables::new();
        for (id, &(place, day, code)) in fills.iter().enumerate() {
            let (mdtrt_id, time) = (format!("E{id}"), Date(start + day).to_string());
            if !place.is_empty() {
                tables.entry("encounter".to_owned()).or_default().push(row(&[
                    ("mdtrt_id", &mdtrt_id),
                    ("fixmedins_code", place),
                    ("med_type", med_type),
                    ("begntime", &time),
                    ("psn_no", "P1"),
                ]));
            }
            let mdtrt_id = if place.is_empty() { String::new() } else { mdtrt_id };
            tables.entry("fee".to_owned()).or_default().push(row(&[
                ("feedetl_sn", &format!("F{id:02}")),
                ("mdtrt_id", &mdtrt_id),
                ("med_list_codg", CODES[code]),
                ("fee_ocur_time", &time),
                ("psn_no", "P1"),
                ("fixmedins_code", "P9"),
            ]));
        }
        tables
    }

    fn said(fills: &[(&str, i32, usize)]) -> String {
        signs("distinct", SETTINGS, &list(), &rows(fills, "41"))
    }

    #[test]
    fn the_fourth_pharmacy_within_thirty_days_is_seen() {
        assert_eq!(said(&[("A", 0, 0), ("B", 9, 1), ("C", 19, 0), ("D", 29, 0)]), "!");
        assert_eq!(said(&[("A", 0, 0), ("B", 9, 1), ("C", 19, 0), ("D", 30, 0)]), "");
        assert_eq!(said(&[("A", 0, 0), ("B", 9, 0), ("C", 19, 0), ("C", 29, 0)]), "");
        assert_eq!(said(&[("A", 0, 0), ("B", 9, 0), ("C", 19, 0), ("D", 29, 2)]), "");
        assert_eq!(
            signs(
                "distinct",
                SETTINGS,
                &list(),
                &rows(&[("A", 0, 0), ("B", 9, 1), ("C", 19, 0), ("D", 29, 0)], "11")
            ),
            ""
        );
    }

    #[test]
    fn a_line_without_its_pharmacy_leaves_it_open() {
        assert_eq!(said(&[("A", 0, 0), ("B", 9, 1), ("C", 19, 0), ("", 29, 0)]), "?");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn lines_in_hits_are_those_of_a_plain_count_of_places(
            items in prop::collection::vec((0_usize..5, 0_i32..80, 0_usize..3), 0..16),
        ) {
            let places = ["A", "B", "C", "D", "E"];
            let fills: Vec<_> = items.iter().map(|item| (places[item.0], item.1, item.2)).collect();
            let drug = |code: usize| usize::from(code == 2);
            let enough = |first: i32, of: usize| {
                let at = |place: usize| items.iter().any(|item| item.0 == place && drug(item.2) == of && item.1 >= first && item.1 < first + 30);
                (0..5).filter(|&place| at(place)).count() >= 4
            };
            let inside = |item: &(usize, i32, usize)| items.iter().any(|other| {
                drug(other.2) == drug(item.2) && other.1 <= item.1 && item.1 < other.1 + 30 && enough(other.1, drug(item.2))
            });
            let expected: Vec<String> = items.iter().enumerate().filter(|(_, item)| inside(item)).map(|(id, _)| format!("F{id:02}")).collect();
            let mut found: Vec<String> = seen("distinct", SETTINGS, &list(), &rows(&fills, "41")).into_iter().flat_map(|hit| hit.offending).collect();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
