//! `exclusion`: an item is charged beside another that already includes it.
//!
//! Input: fee lines whose code is in a pair of a knowledge table with this `window`: 单日 (one day), 单次就诊 (one encounter),
//! 同一小时 and 6小时 (less than so long apart), always at one institution. Output: one hit for each pair and encounter of the
//! included item: its lines offend, as many units as both sides have in the window; the lines of the including item are related.
//! Values: `main`, `sub` (names), `times` (lines of the included item), `over` (units charged twice).

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    listed::{column, table},
    symbols::Symbol,
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::{Date, Kind, time::HOUR};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table with columns `window`, `main_code`, `main_name`, `sub_code` and `sub_name`.
    pub knowledge: String,
    /// Which windows of it.
    pub windows: Vec<Window>,
}

/// How near two charges must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Window {
    /// On one calendar day at one institution.
    #[serde(rename = "单日")]
    Day,
    /// In one encounter.
    #[serde(rename = "单次就诊")]
    Encounter,
    /// Less than an hour apart at one institution.
    #[serde(rename = "同一小时")]
    Hour,
    /// Less than six hours apart at one institution.
    #[serde(rename = "6小时")]
    SixHours,
}

impl Window {
    /// Whether two lines stand in one window.
    fn holds(self, timeline: &Timeline<'_>, a: usize, b: usize) -> bool {
        let encounter = &timeline.claims.fee.encounter;
        let (at, by) = (timeline.line_time(a), timeline.line_time(b));
        let near = match self {
            Self::Encounter => return encounter[a] == encounter[b] && encounter[a] != NO_ROW,
            Self::Day => at.date() == by.date(),
            Self::Hour => (at.0 - by.0).abs() < HOUR,
            Self::SixHours => (at.0 - by.0).abs() < 6 * HOUR,
        };
        near && timeline.line_institution(a) == timeline.line_institution(b)
    }

    fn of(text: &str) -> Option<Self> {
        match text {
            "单日" => Some(Self::Day),
            "单次就诊" => Some(Self::Encounter),
            "同一小时" => Some(Self::Hour),
            "6小时" => Some(Self::SixHours),
            _ => None,
        }
    }
}

/// One pair of the table.
#[derive(Clone, Debug)]
struct Pair {
    main: u32,
    sub: u32,
    main_name: String,
    sub_name: String,
    window: Window,
    begin: Option<Date>,
    end: Option<Date>,
}

/// The detector.
#[derive(Debug)]
pub struct Exclusion {
    /// Item codes of the table; their value is the class.
    codes: FxHashMap<String, u32>,
    /// Pairs in which a class includes others.
    pairs_of: Vec<Vec<Pair>>,
}

/// What was found of one pair around one encounter of the included item.
#[derive(Default)]
struct Found {
    mains: Vec<u32>,
    subs: Vec<(u32, i64)>,
    missing: bool,
}

impl Exclusion {
    /// Reads the pairs of these windows.
    pub fn new(settings: &Settings, library: &Library) -> Result<Self, String> {
        let table = table(library, &settings.knowledge)?;
        let at = |name: &str| column(table, name);
        let window = at("window")?;
        let (main, main_name, sub, sub_name) =
            (at("main_code")?, at("main_name")?, at("sub_code")?, at("sub_name")?);
        let mut codes: FxHashMap<String, u32> = FxHashMap::default();
        let mut pairs_of: Vec<Vec<Pair>> = Vec::new();
        for row in &table.rows {
            let Some(window) = Window::of(&row.values[window]).filter(|one| settings.windows.contains(one))
            else {
                continue;
            };
            let mut class = |code: &String| {
                let next = codes.len() as u32;
                *codes.entry(code.clone()).or_insert(next)
            };
            let pair = Pair {
                main: class(&row.values[main]),
                sub: class(&row.values[sub]),
                main_name: row.values[main_name].clone(),
                sub_name: row.values[sub_name].clone(),
                window,
                begin: row.begin,
                end: row.end,
            };
            pairs_of.resize_with(codes.len(), Vec::new);
            pairs_of[pair.main as usize].push(pair);
        }
        if codes.is_empty() {
            return Err(format!("knowledge table `{}` has no pair in these windows", settings.knowledge));
        }
        Ok(Self { codes, pairs_of })
    }
}

/// All lines of one pair, where both sides were charged somewhere near: each unit of the including item takes one of the other.
fn judge(timeline: &Timeline<'_>, pair: &Pair, lines: &[Line], sink: &mut Sink) {
    let holds = |line: &&Line| {
        let day = timeline.line_time(line.row as usize).date();
        pair.begin.is_none_or(|begin| begin <= day) && pair.end.is_none_or(|end| day <= end)
    };
    let of = |class: u32| lines.iter().filter(move |line| line.class == class).filter(holds);
    let units = |row: u32| Some(timeline.claims.fee.cnt[row as usize]).filter(|&cnt| cnt != NULL);
    let mut mains: Vec<(u32, Option<i64>)> = of(pair.main).map(|line| (line.row, units(line.row))).collect();
    let mut found: BTreeMap<(u32, Symbol), Found> = BTreeMap::new();
    for sub in of(pair.sub).map(|line| line.row) {
        let key = (timeline.claims.fee.encounter[sub as usize], timeline.line_institution(sub as usize));
        let near =
            mains.iter_mut().filter(|(main, _)| pair.window.holds(timeline, *main as usize, sub as usize));
        let taken = take(near, units(sub));
        if taken.over > 0 {
            let found = found.entry(key).or_default();
            found.missing |= taken.missing;
            found.mains.extend(taken.mains);
            found.subs.push((sub, taken.over));
        }
    }
    for ((_, institution), found) in found {
        sink.push(hit(timeline, pair, institution, found));
    }
}

/// What one line of the included item takes of the including lines near it.
#[derive(Default)]
struct Taken {
    mains: Vec<u32>,
    over: i64,
    missing: bool,
}

/// Takes units from the including lines in order of time, as many as the included line has; a missing quantity takes what it can.
fn take<'a>(mains: impl Iterator<Item = &'a mut (u32, Option<i64>)>, sub: Option<i64>) -> Taken {
    let mut taken = Taken::default();
    for (main, left) in mains {
        if let (Some(left), Some(sub)) = (left, sub) {
            let units = (*left).min(sub - taken.over);
            if units <= 0 {
                continue;
            }
            (*left, taken.over) = (*left - units, taken.over + units);
        } else {
            (taken.missing, taken.over) = (true, taken.over.max(1));
        }
        taken.mains.push(*main);
    }
    taken
}

fn hit(timeline: &Timeline<'_>, pair: &Pair, institution: Symbol, found: Found) -> Hit {
    let days = found.subs.iter().map(|&(row, _)| timeline.line_time(row as usize).date());
    let (begin, end) = (days.clone().min().unwrap_or_default(), days.max().unwrap_or_default());
    let over: i64 = found.subs.iter().map(|&(_, over)| over).sum();
    let mut hit = Hit::new(institution, begin, end)
        .value("main", Value::Text(pair.main_name.clone()))
        .value("sub", Value::Text(pair.sub_name.clone()))
        .value("times", Value::Number(found.subs.len() as i64))
        .value("over", Value::Quantity(over));
    for (row, over) in found.subs {
        let cnt = timeline.claims.fee.cnt[row as usize];
        let part = if cnt == NULL { Part::WHOLE } else { Part::of(over, cnt) };
        hit = hit.offending(Source::Fee, row as usize, part);
    }
    for row in found.mains {
        hit = hit.related(Source::Fee, row as usize);
    }
    if found.missing {
        hit.kind(Kind::Inconclusive).note("有明细缺少数量，无法合计")
    } else {
        hit
    }
}

impl Detector for Exclusion {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.cnt"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        self.codes.get(code).copied()
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        // Most people have an included item, such as a bed, and none that includes it.
        if !lines.iter().any(|line| !self.pairs_of[line.class as usize].is_empty()) {
            return;
        }
        let mut classes: Vec<u32> = lines.iter().map(|line| line.class).collect();
        classes.sort_unstable();
        classes.dedup();
        for &main in &classes {
            for pair in &self.pairs_of[main as usize] {
                if classes.binary_search(&pair.sub).is_ok() {
                    judge(timeline, pair, lines, sink);
                }
            }
        }
    }
}
