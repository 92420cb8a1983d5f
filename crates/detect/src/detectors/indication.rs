//! `indication`: a drug is paid for someone without any diagnosis that it is paid for.
//!
//! Input: fee lines in scope whose code a knowledge table ties to diagnoses. A line is in order where a diagnosis of its own encounter,
//! or of one in the `lookback` days before, begins with one of the row's prefixes. Output: one hit for each encounter and drug
//! without; `inconclusive` where the encounter itself carries no diagnosis. Values: `name`, `code`, `diagnoses` (those of the
//! encounter), `lookback`.

use crate::{
    claims::NO_ROW,
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    listed::{self, Fact, Goods, Selection},
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::{Date, Kind};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table with a column `name`.
    pub knowledge: String,
    /// The column with the code prefix of the drug.
    pub code: String,
    /// The column with prefixes of diagnoses, separated by blanks.
    pub diagnoses: String,
    /// Days before the line in which a diagnosis still counts.
    pub lookback: i32,
}

/// The detector.
#[derive(Debug)]
pub struct Indication {
    goods: Goods,
    lookback: i32,
}

impl Indication {
    /// Reads the knowledge table.
    pub fn new(settings: &Settings, library: &Library) -> Result<Self, String> {
        let goods = listed::read(
            library,
            &Selection {
                knowledge: &settings.knowledge,
                kind: None,
                code: &settings.code,
                value: &settings.diagnoses,
            },
        )?;
        Ok(Self { goods, lookback: settings.lookback })
    }

    /// Whether a diagnosis of the encounter itself is one that the drug is paid for: the cheap look that settles most lines.
    fn indicated_here(timeline: &Timeline<'_>, encounter: u32, prefixes: &[Box<str>]) -> bool {
        let diagnosis = &timeline.claims.diagnosis;
        let mut own = diagnosis.rows(timeline.person).filter(|&row| diagnosis.encounter[row] == encounter);
        encounter != NO_ROW && own.any(|row| begins(timeline.text(diagnosis.diag_code[row]), prefixes))
    }

    /// Whether a diagnosis of another encounter, on the day of the line or in the days before, is one.
    fn indicated_before(&self, timeline: &Timeline<'_>, day: Date, prefixes: &[Box<str>]) -> bool {
        let diagnosis = &timeline.claims.diagnosis;
        diagnosis.rows(timeline.person).any(|row| {
            let of = diagnosis.encounter[row];
            if of == NO_ROW || !timeline.claims.encounter.live[of as usize] {
                return false;
            }
            let begin = timeline.span(of as usize).0.date();
            let near = begin <= day && day.0 - begin.0 <= self.lookback;
            near && begins(timeline.text(diagnosis.diag_code[row]), prefixes)
        })
    }

    fn hit(&self, timeline: &Timeline<'_>, encounter: u32, class: u32, rows: &[u32]) -> Hit {
        let good = self.goods.get(class);
        let day = |row: u32| timeline.line_time(row as usize).date();
        let (first, last) = (rows[0], rows[rows.len() - 1]);
        let code = timeline.line_code(first as usize);
        let own: Vec<usize> = if encounter == NO_ROW {
            Vec::new()
        } else {
            timeline.diagnoses_of(encounter as usize).collect()
        };
        let names: Vec<&str> =
            own.iter().map(|&row| timeline.text(timeline.claims.diagnosis.diag_code[row])).collect();
        let name = good.on(day(first)).unwrap_or_else(|| good.first()).name.clone();
        let mut hit = Hit::new(timeline.line_institution(first as usize), day(first), day(last))
            .value("name", Value::Text(name))
            .value("code", Value::Text(code.to_owned()))
            .value("lookback", Value::Number(i64::from(self.lookback)))
            .value(
                "diagnoses",
                Value::Text(if names.is_empty() { "无".to_owned() } else { names.join("、") }),
            );
        for &row in rows {
            hit = hit.offending(Source::Fee, row as usize, Part::WHOLE);
        }
        for &row in &own {
            hit = hit.related(Source::Diagnosis, row);
        }
        if own.is_empty() {
            return hit.kind(Kind::Inconclusive).note("本次就诊没有上传诊断");
        }
        good.weigh(code, hit)
    }
}

/// Whether a diagnosis begins with one of the prefixes.
fn begins(code: &str, prefixes: &[Box<str>]) -> bool {
    prefixes.iter().any(|prefix| code.starts_with(&**prefix))
}

impl Detector for Indication {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.inscp_scp_amt", "diagnosis.diag_code"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        self.goods.class(code)
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        let fee = &timeline.claims.fee;
        let mut groups = Groups::default();
        // Lines of one encounter and drug mostly stand together and share the row of the table: one look settles them all.
        let mut settled: Option<(u32, &Fact)> = None;
        for line in lines.iter().filter(|line| fee.inscp_scp_amt[line.row as usize] != 0) {
            let (row, encounter) = (line.row as usize, fee.encounter[line.row as usize]);
            let day = timeline.line_time(row).date();
            let Some(fact) = self.goods.get(line.class).on(day) else { continue };
            if settled.is_some_and(|(of, known)| of == encounter && std::ptr::eq(known, fact)) {
                continue;
            }
            if Self::indicated_here(timeline, encounter, &fact.words) {
                settled = Some((encounter, fact));
            } else if !self.indicated_before(timeline, day, &fact.words) {
                groups.add((encounter, line.class), line.row);
            }
        }
        for ((encounter, class), rows) in groups {
            sink.push(self.hit(timeline, encounter, class, &rows));
        }
    }
}
