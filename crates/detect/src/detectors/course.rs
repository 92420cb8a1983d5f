//! `course`: a good is paid for longer than one course of treatment may last, over all institutions.
//!
//! Input: fee lines whose code a knowledge table limits to `value` days a course. A line covers its day, or as many days from
//! then on as `prd_days` says. A course ends where `gap_days` days pass with nothing covered. Output: one hit for each course,
//! institution and code with lines beyond the limit: `measure = "days"` counts the days covered, `measure = "span"` the days
//! from the first. Values: `name`, `limit`, `first` (first day of the course), `days` (what was counted), `over`.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    listed::{self, Goods, Selection},
    symbols::Symbol,
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::{Date, money};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table; it needs columns `name` and `value`. Rows without a value are left out.
    pub knowledge: String,
    /// Only rows whose column `kind` is this; all rows where absent.
    pub kind: Option<String>,
    /// The column with the code or code prefix.
    pub code: String,
    /// How a course is measured.
    pub measure: Measure,
    /// Days without the good after which a new course begins.
    pub gap_days: i32,
}

/// How a course is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Calendar days on which the good was charged or supplied.
    Days,
    /// Calendar days from the first of the course, used or not.
    Span,
}

/// The detector.
#[derive(Debug)]
pub struct Course {
    measure: Measure,
    gap_days: i32,
    goods: Goods,
}

/// A line with the days that it adds to its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Use {
    row: u32,
    /// Which course, by its first day.
    first: Date,
    /// Last day covered, inclusive.
    until: Date,
    /// Days counted up to and with this line.
    counted: i32,
    /// Days that this line adds to the count.
    fresh: i32,
    /// Days of this line that are beyond the limit.
    over: i32,
}

impl Course {
    /// Reads the knowledge table.
    pub fn new(settings: &Settings, library: &Library) -> Result<Self, String> {
        let goods = listed::read(
            library,
            &Selection {
                knowledge: &settings.knowledge,
                kind: settings.kind.as_deref(),
                code: &settings.code,
                value: "value",
            },
        )?;
        Ok(Self { measure: settings.measure, gap_days: settings.gap_days, goods })
    }

    /// Counts a person's lines of one good along its courses; lines come in order of time.
    fn uses(&self, timeline: &Timeline<'_>, rows: &[u32]) -> Vec<Use> {
        let mut uses: Vec<Use> = Vec::with_capacity(rows.len());
        for &row in rows {
            let day = timeline.line_time(row as usize).date();
            let until = Date(day.0 + supplied(timeline, row as usize) - 1);
            let one = match uses.last() {
                Some(last) if day.0 - last.until.0 <= self.gap_days => {
                    let (counted, fresh) = self.count(last, day, until);
                    Use { row, first: last.first, until: until.max(last.until), counted, fresh, over: 0 }
                }
                _ => {
                    let days = until.0 - day.0 + 1;
                    Use { row, first: day, until, counted: days, fresh: days, over: 0 }
                }
            };
            uses.push(one);
        }
        uses
    }

    fn count(&self, last: &Use, day: Date, until: Date) -> (i32, i32) {
        let fresh = (until.0 - day.0.max(last.until.0 + 1) + 1).max(0);
        match self.measure {
            Measure::Days => (last.counted + fresh, fresh),
            Measure::Span => (until.max(last.until).0 - last.first.0 + 1, fresh),
        }
    }

    fn judge(&self, timeline: &Timeline<'_>, class: u32, rows: &[u32], sink: &mut Sink) {
        let good = self.goods.get(class);
        let mut uses = self.uses(timeline, rows);
        let mut groups: Groups<(Date, Symbol)> = Groups::default();
        for at in 0..uses.len() {
            let day = timeline.line_time(uses[at].row as usize).date();
            let Some(limit) = good.on(day).and_then(|fact| fact.number(0)) else { continue };
            let one = uses[at];
            let over = i64::from(one.counted) - limit;
            // A second line of a day beyond the limit adds no day, but is beyond the limit as well.
            let again = at
                .checked_sub(1)
                .map(|before| uses[before])
                .filter(|before| one.fresh == 0 && timeline.line_time(before.row as usize).date() == day);
            uses[at].over = again.map_or(over.clamp(0, i64::from(one.fresh)) as i32, |before| before.over);
            if uses[at].over > 0 {
                groups.add((one.first, timeline.line_institution(one.row as usize)), at as u32);
            }
        }
        for ((_, institution), beyond) in groups {
            sink.push(self.hit(timeline, class, &uses, institution, &beyond));
        }
    }

    fn hit(
        &self,
        timeline: &Timeline<'_>,
        class: u32,
        uses: &[Use],
        institution: Symbol,
        beyond: &[u32],
    ) -> Hit {
        let good = self.goods.get(class);
        let (one, last) = (&uses[beyond[0] as usize], &uses[beyond[beyond.len() - 1] as usize]);
        let day = |one: &Use| timeline.line_time(one.row as usize).date();
        let fact = good.on(day(one)).unwrap_or_else(|| good.first());
        let limit = fact.number(0).unwrap_or_default();
        let mut hit = Hit::new(institution, day(one), day(last))
            .value("name", Value::Text(fact.name.clone()))
            .value("limit", Value::Number(limit))
            .value("first", Value::Day(one.first))
            .value("days", Value::Number(i64::from(last.counted)))
            .value("over", Value::Number(i64::from(last.counted) - limit));
        for &at in beyond {
            let one = &uses[at as usize];
            let covered = i64::from(supplied(timeline, one.row as usize));
            let part = Part::of(i64::from(one.over), covered);
            hit = hit.offending(Source::Fee, one.row as usize, part);
        }
        let kept = uses[..beyond[0] as usize].iter().rev().find(|known| known.first == one.first);
        if let Some(kept) = kept {
            hit = hit.related(Source::Fee, kept.row as usize);
        }
        good.weigh(timeline.line_code(one.row as usize), hit)
    }
}

/// Days that a line covers: its day, or what it is a supply for.
fn supplied(timeline: &Timeline<'_>, row: usize) -> i32 {
    let days = timeline.claims.fee.prd_days[row];
    if days == NULL { 1 } else { (days / 10_i64.pow(money::QTY_SCALE)).clamp(1, 366) as i32 }
}

impl Detector for Course {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.prd_days", "fee.inscp_scp_amt"]
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
        for line in lines {
            let row = line.row as usize;
            // What the patient pays alone is no part of the course that the fund pays for.
            if fee.inscp_scp_amt[row] != 0 && fee.encounter[row] != NO_ROW {
                groups.add(line.class, line.row);
            }
        }
        for (class, rows) in groups {
            self.judge(timeline, class, &rows, sink);
        }
    }
}
