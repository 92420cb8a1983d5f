//! `restriction`: a good is charged for someone, somewhere or in a way that its knowledge row does not allow.
//!
//! Input: fee lines whose code a knowledge table restricts. Output: one hit a line that breaks the restriction; `inconclusive`
//! where what decides (sex, birth date, level, …) is not known.

use crate::{
    claims::NULL,
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    timeline::Timeline,
};
use mingcha_library::{Knowledge, Library};
use mingcha_model::{Date, Kind};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table.
    pub knowledge: String,
    /// Only rows whose column `kind` is this; all rows where absent.
    pub kind: Option<String>,
    /// The column with the code or code prefix.
    pub code: String,
    /// What the row restricts.
    pub check: Check,
    /// Age in whole years at which a person is no child any more, for `child`.
    #[serde(default)]
    pub adult_age: Option<i32>,
}

/// What a knowledge row restricts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Column `value`: 男 or 女.
    Sex,
    /// For children only: under `adult_age` whole years.
    Child,
}

/// One restriction of a code.
#[derive(Clone, Debug)]
struct Row {
    value: String,
    name: String,
    begin: Option<Date>,
    end: Option<Date>,
}

/// The detector.
#[derive(Debug)]
pub struct Restriction {
    settings: Settings,
    rows: Vec<Row>,
    prefixes: FxHashMap<String, u32>,
    lengths: Vec<usize>,
}

impl Restriction {
    /// Reads the knowledge table. A code of the data matches the longest prefix in it.
    pub fn new(settings: Settings, library: &Library) -> Result<Self, String> {
        let table = library
            .knowledge(&settings.knowledge)
            .ok_or_else(|| format!("there is no knowledge table `{}`", settings.knowledge))?;
        let column = |table: &Knowledge, name: &str| {
            table
                .column(name)
                .ok_or_else(|| format!("knowledge table `{}` has no column `{name}`", table.name))
        };
        let (code, value, name) =
            (column(table, &settings.code)?, column(table, "value")?, column(table, "name")?);
        let kind = settings
            .kind
            .as_ref()
            .map(|kind| column(table, "kind").map(|at| (at, kind.clone())))
            .transpose()?;
        let (mut rows, mut prefixes) = (Vec::new(), FxHashMap::default());
        for row in &table.rows {
            if kind.as_ref().is_some_and(|(at, kind)| row.values[*at] != *kind) {
                continue;
            }
            prefixes.insert(row.values[code].clone(), rows.len() as u32);
            rows.push(Row {
                value: row.values[value].clone(),
                name: row.values[name].clone(),
                begin: row.begin,
                end: row.end,
            });
        }
        let mut lengths: Vec<usize> = prefixes.keys().map(String::len).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths.dedup();
        Ok(Self { settings, rows, prefixes, lengths })
    }

    /// Whether a line keeps the restriction; `None` where the data does not say.
    fn allowed(&self, timeline: &Timeline<'_>, line: usize, row: &Row) -> Option<bool> {
        let person = timeline.person_row()?;
        let people = &timeline.claims.person;
        match self.settings.check {
            Check::Sex => match timeline.text(people.gend[person]) {
                "1" => Some(row.value == "男"),
                "2" => Some(row.value == "女"),
                _ => None,
            },
            Check::Child => {
                let birth = people.brdy[person];
                let day = timeline.line_time(line).date();
                (birth != NULL)
                    .then(|| Date(birth as i32).age_on(day) < self.settings.adult_age.unwrap_or(18))
            }
        }
    }
}

impl Detector for Restriction {
    fn reads(&self) -> Vec<&'static str> {
        match self.settings.check {
            Check::Sex => vec!["fee.med_list_codg", "person.gend"],
            Check::Child => vec!["fee.med_list_codg", "person.brdy"],
        }
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        let mut prefixes = self.lengths.iter().filter_map(|&length| code.get(..length));
        prefixes.find_map(|prefix| self.prefixes.get(prefix)).copied()
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        for line in lines {
            let (at, row) = (line.row as usize, &self.rows[line.class as usize]);
            let day = timeline.line_time(at).date();
            if row.begin.is_some_and(|begin| day < begin) || row.end.is_some_and(|end| day > end) {
                continue;
            }
            let allowed = self.allowed(timeline, at, row);
            if allowed == Some(true) {
                continue;
            }
            let hit = Hit::new(timeline.line_institution(at), day, day)
                .offending(Source::Fee, at, Part::WHOLE)
                .value("name", Value::Text(row.name.clone()))
                .value("limit", Value::Text(row.value.clone()));
            sink.push(if allowed.is_none() { hit.kind(Kind::Inconclusive) } else { hit });
        }
    }
}
