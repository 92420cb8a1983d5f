//! `duplicate`: the same good is charged twice in one encounter, in the same minute and the same quantity.
//!
//! Input: all fee lines, screened for minutes in which a code stands twice. Output: one hit for each encounter and code: of each
//! minute the first line is related, the others offend. `inconclusive` where the lines carry a day without a time (midnight)
//! or no quantity. Values: `code`, `copies` (lines beyond the first), `cnt` (quantity of each).

use crate::{
    Claims,
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    timeline::Timeline,
};
use mingcha_model::{Kind, time::DAY};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Beginnings of codes that are charged line by line by their nature and left out.
    #[serde(default)]
    pub except: Vec<String>,
}

/// The detector.
#[derive(Debug)]
pub struct Duplicate {
    settings: Settings,
}

/// Lines that are copies of each other: encounter, code, minute, quantity.
type Key = (u32, u32, i64, i64);
/// Copies with their lines.
type Copies = (Key, Vec<u32>);
/// Copies of one finding: encounter, code, whether the quantity is missing, whether the time is.
type Cause = (u32, u32, bool, bool);

impl Duplicate {
    /// Takes the settings as they are.
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }
}

/// Appends the rows of a run of one person and minute that have a copy in it.
fn pick(claims: &Claims, run: std::ops::Range<usize>, picked: &mut Vec<u32>) {
    let fee = &claims.fee;
    let key = |row: usize| (fee.encounter[row], fee.med_list_codg[row].0, fee.cnt[row]);
    let mut rows: Vec<usize> = run.filter(|&row| fee.live[row] && fee.encounter[row] != NO_ROW).collect();
    rows.sort_by_key(|&row| (key(row), row));
    let first = picked.len();
    for same in rows.chunk_by(|&a, &b| key(a) == key(b)).filter(|same| same.len() > 1) {
        picked.extend(same.iter().map(|&row| row as u32));
    }
    picked[first..].sort_unstable();
}

fn hit(timeline: &Timeline<'_>, copies: &[Copies]) -> Hit {
    let first = copies[0].1[0] as usize;
    let last = copies[copies.len() - 1].1[0] as usize;
    let day = |row: usize| timeline.line_time(row).date();
    let (_, _, minute, cnt) = copies[0].0;
    let beyond: usize = copies.iter().map(|(_, rows)| rows.len() - 1).sum();
    let mut hit = Hit::new(timeline.line_institution(first), day(first), day(last))
        .value("code", Value::Text(timeline.line_code(first).to_owned()))
        .value("copies", Value::Number(beyond as i64))
        .value("cnt", Value::Quantity(if cnt == NULL { 0 } else { cnt }));
    for (_, rows) in copies {
        hit = hit.related(Source::Fee, rows[0] as usize);
        for &row in &rows[1..] {
            hit = hit.offending(Source::Fee, row as usize, Part::WHOLE);
        }
    }
    if cnt == NULL {
        hit = hit.kind(Kind::Inconclusive).note("缺少数量，无法比对");
    } else if unclear(minute) {
        hit = hit.kind(Kind::Inconclusive).note("费用发生时间只有日期，无法判断是否同一时间");
    }
    hit
}

/// Whether a minute is midnight, which stands for a day without a time.
fn unclear(minute: i64) -> bool {
    (minute * 60).rem_euclid(DAY) == 0
}

impl Detector for Duplicate {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.cnt", "fee.fee_ocur_time"]
    }

    fn interest(&self) -> Interest {
        Interest::Picked
    }

    /// Lines of a person come in order of time, so those of a minute stand together. Sixty-four bits of their codes say of
    /// nearly all minutes that no code stands twice.
    fn screen(&self, claims: &Claims, picked: &mut Vec<u32>) {
        let fee = &claims.fee;
        let (mut begin, mut minute, mut person) = (0, i64::MIN, NO_ROW);
        let (mut seen, mut again) = (0_u64, false);
        let lines = fee.fee_ocur_time.iter().zip(&fee.person).zip(&fee.med_list_codg);
        for (row, ((&time, &of), code)) in lines.enumerate() {
            // `minute` is its first second: a division a line would cost more than all the rest.
            if !(minute..minute.saturating_add(60)).contains(&time) || of != person {
                if again {
                    pick(claims, begin..row, picked);
                }
                (begin, minute, person, seen, again) = (row, time - time.rem_euclid(60), of, 0, false);
            }
            let bit = 1 << (code.0 % 64);
            again |= seen & bit != 0;
            seen |= bit;
        }
        if again {
            pick(claims, begin..fee.len(), picked);
        }
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        let fee = &timeline.claims.fee;
        let mut copies: Groups<Key> = Groups::default();
        for line in lines {
            let row = line.row as usize;
            let code = timeline.line_code(row);
            if fee.fee_ocur_time[row] == NULL
                || self.settings.except.iter().any(|known| code.starts_with(known))
            {
                continue;
            }
            let minute = fee.fee_ocur_time[row].div_euclid(60);
            copies.add((fee.encounter[row], fee.med_list_codg[row].0, minute, fee.cnt[row]), line.row);
        }
        let mut causes: Vec<(Cause, Vec<Copies>)> = Vec::new();
        for (key, rows) in copies.into_iter().filter(|(_, rows)| rows.len() > 1) {
            let cause = (key.0, key.1, key.3 == NULL, unclear(key.2));
            match causes.iter_mut().find(|(known, _)| *known == cause) {
                Some((_, known)) => known.push((key, rows)),
                None => causes.push((cause, vec![(key, rows)])),
            }
        }
        for (_, copies) in causes {
            sink.push(hit(timeline, &copies));
        }
    }
}
