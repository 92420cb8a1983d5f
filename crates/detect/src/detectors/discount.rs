//! `discount`: several operations of one group, done in one session, each charged at its full price.
//!
//! Input: fee lines whose code is in a group of a knowledge table, in no more than one session (one day, one encounter). The first
//! operation of a session has its full price; each further one is to be charged at `percent` of it. Charged at full price is a line
//! whose price lies above `percent` of its ceiling (`pric_uplmt_amt`) and whose quantity is no fraction. Output: one hit for each
//! session and group with two or more different codes at full price: the dearest is related, the others offend with what lies
//! above `percent`; `inconclusive` where a ceiling is missing. Values: `group`, `operations`, `names`, `percent`.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    listed::{column, table},
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::{Date, Kind};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table with columns `group`, `item_code` and `name`.
    pub knowledge: String,
    /// What a further operation costs of its full price, in percent.
    pub percent: i64,
}

/// One item with the groups that it is in.
#[derive(Clone, Debug)]
struct Item {
    name: String,
    groups: Vec<(u32, Option<Date>, Option<Date>)>,
}

/// The detector.
#[derive(Debug)]
pub struct Discount {
    percent: i64,
    groups: Vec<String>,
    items: Vec<Item>,
    classes: FxHashMap<String, u32>,
}

/// One unit of quantity.
const ONE: i64 = 10_000;

impl Discount {
    /// Reads the groups.
    pub fn new(settings: &Settings, library: &Library) -> Result<Self, String> {
        let table = table(library, &settings.knowledge)?;
        let (group, code, name) =
            (column(table, "group")?, column(table, "item_code")?, column(table, "name")?);
        let (mut groups, mut items, mut classes) = (Vec::new(), Vec::new(), FxHashMap::default());
        for row in &table.rows {
            let at = groups.iter().position(|known| *known == row.values[group]).unwrap_or_else(|| {
                groups.push(row.values[group].clone());
                groups.len() - 1
            });
            let class = *classes.entry(row.values[code].clone()).or_insert_with(|| {
                items.push(Item { name: row.values[name].clone(), groups: Vec::new() });
                items.len() as u32 - 1
            });
            items[class as usize].groups.push((at as u32, row.begin, row.end));
        }
        Ok(Self { percent: settings.percent, groups, items, classes })
    }

    /// Whether a line is at full price; `None` where its ceiling, price or quantity is not known.
    fn full(&self, timeline: &Timeline<'_>, row: usize) -> Option<bool> {
        let fee = &timeline.claims.fee;
        let (cnt, pric, ceiling) = (fee.cnt[row], fee.pric[row], fee.pric_uplmt_amt[row]);
        if cnt == NULL || pric == NULL || ceiling == NULL || ceiling <= 0 {
            return None;
        }
        // Some charge a further operation as half a unit, others at half the price.
        Some(cnt >= ONE && i128::from(pric) * 100 > i128::from(ceiling) * i128::from(self.percent))
    }

    fn judge(&self, timeline: &Timeline<'_>, group: u32, lines: &[Line]) -> Option<Hit> {
        let fee = &timeline.claims.fee;
        let codes = |lines: &[Line]| {
            let mut codes: Vec<u32> = lines.iter().map(|line| line.class).collect();
            codes.sort_unstable();
            codes.dedup();
            codes.len()
        };
        let judged: Vec<(Line, Option<bool>)> =
            lines.iter().map(|&line| (line, self.full(timeline, line.row as usize))).collect();
        let full: Vec<Line> =
            judged.iter().filter(|(_, full)| *full != Some(false)).map(|&(line, _)| line).collect();
        if codes(&full) < 2 {
            return None;
        }
        let sure: Vec<Line> =
            judged.iter().filter(|(_, full)| *full == Some(true)).map(|&(line, _)| line).collect();
        let known = codes(&sure) >= 2;
        let offending = if known { &sure } else { &full };
        let dearest = offending
            .iter()
            .max_by_key(|line| (fee.pric[line.row as usize], std::cmp::Reverse(line.row)))
            .map(|line| line.class)?;
        Some(self.hit(timeline, group, offending, dearest, known))
    }

    fn hit(&self, timeline: &Timeline<'_>, group: u32, lines: &[Line], dearest: u32, known: bool) -> Hit {
        let day = timeline.line_time(lines[0].row as usize).date();
        let mut names: Vec<&str> =
            lines.iter().map(|line| self.items[line.class as usize].name.as_str()).collect();
        names.dedup();
        let mut hit = Hit::new(timeline.line_institution(lines[0].row as usize), day, day)
            .value("group", Value::Text(self.groups[group as usize].clone()))
            .value("operations", Value::Number(names.len() as i64))
            .value("names", Value::Text(names.join("、")))
            .value("percent", Value::Number(self.percent));
        for line in lines {
            let row = line.row as usize;
            hit = if line.class == dearest {
                hit.related(Source::Fee, row)
            } else {
                hit.offending(Source::Fee, row, self.excess(timeline, row))
            };
        }
        if known {
            hit
        } else {
            hit.kind(Kind::Inconclusive).note("缺少限价、单价或数量，无法判断是否已折价")
        }
    }

    /// What of a line lies above the price of a further operation.
    fn excess(&self, timeline: &Timeline<'_>, row: usize) -> Part {
        let fee = &timeline.claims.fee;
        let (pric, ceiling) = (fee.pric[row], fee.pric_uplmt_amt[row]);
        if pric == NULL || ceiling == NULL || pric <= 0 {
            return Part::NONE;
        }
        // What the institution would charge alone is not known; the ceiling is the most that it may.
        let proper = ceiling / 100 * self.percent;
        Part::of(pric - proper, pric)
    }
}

impl Detector for Discount {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.cnt", "fee.pric", "fee.pric_uplmt_amt"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        self.classes.get(code).copied()
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        if lines.len() < 2 {
            return;
        }
        let mut sessions: Groups<(u32, Date, u32)> = Groups::default();
        for (at, line) in lines.iter().enumerate() {
            let (row, day) = (line.row as usize, timeline.line_time(line.row as usize).date());
            let encounter = timeline.claims.fee.encounter[row];
            for &(group, begin, end) in &self.items[line.class as usize].groups {
                let holds = begin.is_none_or(|begin| begin <= day) && end.is_none_or(|end| day <= end);
                if holds && encounter != NO_ROW {
                    sessions.add((encounter, day, group), at as u32);
                }
            }
        }
        let mut told: Vec<Vec<u32>> = Vec::new();
        for ((_, _, group), members) in sessions {
            let session: Vec<Line> = members.iter().map(|&at| lines[at as usize]).collect();
            // Two operations that share two groups are one finding.
            if session.len() >= 2
                && !told.contains(&members)
                && let Some(hit) = self.judge(timeline, group, &session)
            {
                told.push(members);
                sink.push(hit);
            }
        }
    }
}
