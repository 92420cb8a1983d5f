//! `requirement`: an item is charged without another that it cannot do without, such as an operation without anaesthesia.
//!
//! Input: fee lines of stays whose item class, by the longest prefix in a knowledge table, is one of `of` or `needs`. Output: one hit
//! for each stay with lines of `of` above `least` yuan and no line of `needs`; `inconclusive` for lines whose encounter is not known.
//! Values: `items` (how many lines), `sum` (what they cost).

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    listed::{column, table},
    prefix::Prefixes,
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::{Fen, Kind, code::Visit};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table with columns `code_prefix` and `class`.
    pub knowledge: String,
    /// Classes of the items that need others.
    pub of: Vec<String>,
    /// Classes of which one is needed.
    pub needs: Vec<String>,
    /// Beginnings of codes of the needed classes that do not count, such as monitoring during anaesthesia.
    #[serde(default)]
    pub except: Vec<String>,
    /// Least amount of a line in whole yuan; smaller operations may do without.
    pub least: i64,
}

/// The detector.
#[derive(Debug)]
pub struct Requirement {
    classes: Prefixes<Option<Side>>,
    least: i64,
}

/// Which side of the requirement a class stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Needing,
    Needed,
}

impl Requirement {
    /// Reads the classes of item codes.
    pub fn new(settings: &Settings, library: &Library) -> Result<Self, String> {
        let table = table(library, &settings.knowledge)?;
        let (prefix, class) = (column(table, "code_prefix")?, column(table, "class")?);
        let mut classes = Prefixes::default();
        for row in &table.rows {
            let side = if settings.of.contains(&row.values[class]) {
                Some(Side::Needing)
            } else {
                settings.needs.contains(&row.values[class]).then_some(Side::Needed)
            };
            classes.entry(&row.values[prefix], || side);
        }
        for prefix in &settings.except {
            *classes.entry(prefix, || None) = None;
        }
        for side in [Side::Needing, Side::Needed] {
            if !classes.iter().any(|known| *known == Some(side)) {
                return Err(format!("no row of `{}` has one of the classes named", settings.knowledge));
            }
        }
        Ok(Self { classes, least: settings.least * 100 })
    }

    fn judge(&self, timeline: &Timeline<'_>, encounter: u32, rows: &[u32]) -> Option<Hit> {
        let fee = &timeline.claims.fee;
        let amounts = &fee.det_item_fee_sumamt;
        let large = |row: &&u32| amounts[**row as usize] == NULL || amounts[**row as usize] >= self.least;
        let large: Vec<u32> = rows.iter().filter(large).copied().collect();
        let (first, last) = (*large.first()?, *large.last()?);
        let day = |row: u32| timeline.line_time(row as usize).date();
        let sum = large.iter().map(|&row| amounts[row as usize]).filter(|&amount| amount != NULL).sum();
        let institution = timeline.line_institution(first as usize);
        let mut hit = Hit::new(institution, day(first), day(last))
            .value("items", Value::Number(large.len() as i64))
            .value("sum", Value::Money(Fen(sum)));
        for &row in &large {
            hit = hit.offending(Source::Fee, row as usize, Part::WHOLE);
        }
        if encounter == NO_ROW {
            return Some(hit.kind(Kind::Inconclusive).note("费用明细对应的就诊记录不存在"));
        }
        (timeline.visit(encounter as usize) == Visit::Inpatient)
            .then(|| hit.related(Source::Encounter, encounter as usize))
    }
}

impl Detector for Requirement {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.det_item_fee_sumamt"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        let side = (*self.classes.find(code)?)?;
        Some(u32::from(side == Side::Needed))
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        if lines.iter().all(|line| line.class == 1) {
            return;
        }
        let fee = &timeline.claims.fee;
        let mut groups = Groups::default();
        for line in lines.iter().filter(|line| line.class == 0) {
            groups.add(fee.encounter[line.row as usize], line.row);
        }
        for (encounter, rows) in groups {
            let kept =
                lines.iter().any(|line| line.class == 1 && fee.encounter[line.row as usize] == encounter);
            if !kept && let Some(hit) = self.judge(timeline, encounter, &rows) {
                sink.push(hit);
            }
        }
    }
}
