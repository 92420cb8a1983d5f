//! `limit`: more of an item is charged on one day than its knowledge row allows.
//!
//! Input: fee lines whose code a knowledge table limits; `value` is the greatest quantity a calendar day (times a day, or hours
//! a day). Output: one hit for each encounter and code that goes beyond the limit on some day, with all lines of those days. Where
//! the whole stay keeps the limit times its days, the lines may have been charged together, and the hit is `suspect` at most.
//! Values: `name`, `limit`, `unit`, `days` (days beyond), `most` (greatest quantity of a day), `over` (quantity beyond).

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    listed::{self, Goods, Selection},
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::{Date, Kind, code::Visit, money};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table; it needs columns `name` and `value`, and may have `unit`.
    pub knowledge: String,
    /// Only rows whose column `kind` is this; all rows where absent.
    pub kind: Option<String>,
    /// The column with the code or code prefix.
    pub code: String,
}

/// The detector.
#[derive(Debug)]
pub struct Limit {
    goods: Goods,
}

/// The lines of one day that go beyond the limit.
struct Day {
    date: Date,
    rows: Vec<u32>,
    quantity: i64,
    known: bool,
}

impl Limit {
    /// Reads the knowledge table; each row's `value` must be a number.
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
        listed::check_numbers(&goods, &settings.knowledge)?;
        Ok(Self { goods })
    }

    /// A hit for one code in one encounter, where some day goes beyond the limit.
    fn judge(&self, timeline: &Timeline<'_>, encounter: u32, class: u32, rows: &[u32]) -> Option<Hit> {
        let good = self.goods.get(class);
        let mut beyond = days(timeline, rows);
        beyond.retain(|day| match good.on(day.date).and_then(|fact| fact.number(money::QTY_SCALE)) {
            Some(limit) => !day.known || day.quantity > limit,
            None => false,
        });
        let first = beyond.first()?;
        let fact = good.on(first.date)?;
        let limit = fact.number(money::QTY_SCALE)?;
        let over: i64 = beyond.iter().map(|day| (day.quantity - limit).max(0)).sum();
        let most = beyond.iter().map(|day| day.quantity).max().unwrap_or_default();
        let institution = timeline.line_institution(first.rows[0] as usize);
        let mut hit = Hit::new(institution, first.date, beyond.last().map_or(first.date, |day| day.date))
            .value("name", Value::Text(fact.name.clone()))
            .value("limit", Value::Quantity(limit))
            .value("unit", Value::Text(if fact.unit == "小时" { "小时" } else { "次" }.to_owned()))
            .value("days", Value::Number(beyond.len() as i64))
            .value("most", Value::Quantity(most))
            .value("over", Value::Quantity(over));
        for day in &beyond {
            let part = Part::of(day.quantity - limit, day.quantity);
            for &row in &day.rows {
                hit = hit.offending(Source::Fee, row as usize, part);
            }
        }
        if beyond.iter().any(|day| !day.known) {
            return Some(hit.kind(Kind::Inconclusive).note("有明细缺少数量，无法合计"));
        }
        if charged_together(timeline, encounter, rows, limit) {
            hit =
                hit.kind(Kind::Suspect).note("按整个住院天数合计没有超过限额，可能是多日费用在一天合并计费");
        }
        Some(good.weigh(timeline.line_code(first.rows[0] as usize), hit))
    }
}

/// The lines day by day; they come in order of time.
fn days(timeline: &Timeline<'_>, rows: &[u32]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for &row in rows {
        let (day, cnt) = (timeline.line_time(row as usize).date(), timeline.claims.fee.cnt[row as usize]);
        if days.last().is_none_or(|last| last.date != day) {
            days.push(Day { date: day, rows: Vec::new(), quantity: 0, known: true });
        }
        if let Some(last) = days.last_mut() {
            last.rows.push(row);
            last.quantity += if cnt == NULL { 0 } else { cnt };
            last.known &= cnt != NULL;
        }
    }
    days
}

/// Whether a stay as a whole keeps the limit: its lines may stand on other days than what they are for.
fn charged_together(timeline: &Timeline<'_>, encounter: u32, rows: &[u32], limit: i64) -> bool {
    if encounter == NO_ROW || timeline.visit(encounter as usize) != Visit::Inpatient {
        return false;
    }
    let (begin, end) = timeline.span(encounter as usize);
    let last = rows.last().map_or(begin, |&row| timeline.line_time(row as usize));
    let days = i64::from(end.unwrap_or(last).date().0 - begin.date().0) + 1;
    let whole: i64 = rows.iter().map(|&row| timeline.claims.fee.cnt[row as usize]).sum();
    whole <= limit * days.max(1)
}

impl Detector for Limit {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.cnt"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        self.goods.class(code)
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        if !self.any_day_beyond(timeline, lines) {
            return;
        }
        let mut groups = Groups::default();
        for line in lines {
            groups.add((timeline.claims.fee.encounter[line.row as usize], line.class), line.row);
        }
        for ((encounter, class), rows) in groups {
            if let Some(hit) = self.judge(timeline, encounter, class, &rows) {
                sink.push(hit);
            }
        }
    }
}

impl Limit {
    /// Whether any line may be part of a day beyond its limit: a cheap look before anything is gathered.
    ///
    /// A day is beyond where one line is, or where a code stands on it twice; most people have neither.
    fn any_day_beyond(&self, timeline: &Timeline<'_>, lines: &[Line]) -> bool {
        let fee = &timeline.claims.fee;
        let mut day = Date(i32::MIN);
        let mut seen = 0_u64;
        lines.iter().any(|line| {
            let at = line.row as usize;
            let limit = self.goods.get(line.class).least().unwrap_or(0);
            if timeline.line_time(at).date() != day {
                (day, seen) = (timeline.line_time(at).date(), 0);
            }
            let bit = 1 << (line.class % 64);
            let again = seen & bit != 0;
            seen |= bit;
            again || fee.cnt[at] == NULL || fee.cnt[at] > limit
        })
    }
}
