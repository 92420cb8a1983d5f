//! `cycle`: an item is charged again before its cycle has passed, wherever that was.
//!
//! Input: fee lines whose code a knowledge table limits to `value` times in `window_days` days, over all institutions. A use counts
//! against later ones as far as it was allowed itself. Output: one hit for each encounter and code with uses beyond the limit, the
//! allowed uses that they come too soon after as related lines. Values: `name`, `limit`, `window`, `over`, `last` (day of the
//! latest allowed use before), `gap` (days since then).

use crate::{
    claims::NULL,
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    listed::{self, Fact, Goods, Selection},
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::{Date, Kind, money};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table; it needs columns `name`, `value` and `window_days`.
    pub knowledge: String,
    /// Only rows whose column `kind` is this; all rows where absent.
    pub kind: Option<String>,
    /// The column with the code or code prefix.
    pub code: String,
}

/// The detector.
#[derive(Debug)]
pub struct Cycle {
    goods: Goods,
}

/// A use with how much of it was within the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Use {
    row: u32,
    day: Date,
    quantity: i64,
    allowed: i64,
}

impl Cycle {
    /// Reads the knowledge table; each row needs a number and a window.
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
        if let Some(good) = goods.iter().find(|good| good.first().window_days.is_none()) {
            return Err(format!("`{}` has no `window_days`", good.first().name));
        }
        Ok(Self { goods })
    }

    fn judge(&self, timeline: &Timeline<'_>, class: u32, rows: &[u32], sink: &mut Sink) {
        let uses = self.uses(timeline, class, rows);
        let mut groups = Groups::default();
        for (at, one) in uses.iter().enumerate() {
            if one.quantity == NULL || one.allowed < one.quantity {
                groups.add(timeline.claims.fee.encounter[one.row as usize], at as u32);
            }
        }
        for (_, beyond) in groups {
            sink.push(self.hit(timeline, class, &uses, &beyond));
        }
    }

    /// The uses in order of time, each with what the limit leaves of it.
    fn uses(&self, timeline: &Timeline<'_>, class: u32, rows: &[u32]) -> Vec<Use> {
        let mut uses: Vec<Use> = Vec::with_capacity(rows.len());
        for &row in rows {
            let day = timeline.line_time(row as usize).date();
            let quantity = timeline.claims.fee.cnt[row as usize];
            let mut allowed = quantity;
            if let Some((limit, window)) = self.goods.get(class).on(day).and_then(terms)
                && quantity != NULL
            {
                let recent = uses.iter().rev().take_while(|one| day.0 - one.day.0 < window);
                let used: i64 = recent.filter(|one| one.quantity != NULL).map(|one| one.allowed).sum();
                allowed = quantity.min((limit - used).max(0));
            }
            uses.push(Use { row, day, quantity, allowed });
        }
        uses
    }

    fn hit(&self, timeline: &Timeline<'_>, class: u32, uses: &[Use], beyond: &[u32]) -> Hit {
        let good = self.goods.get(class);
        let (first, last) = (beyond[0] as usize, beyond[beyond.len() - 1] as usize);
        let fact = good.on(uses[first].day).unwrap_or_else(|| good.first());
        let (limit, window) = terms(fact).unwrap_or_default();
        let mut hit =
            Hit::new(timeline.line_institution(uses[first].row as usize), uses[first].day, uses[last].day);
        let mut over = 0;
        for &at in beyond {
            let one = &uses[at as usize];
            if one.quantity == NULL {
                hit = hit.offending(Source::Fee, one.row as usize, Part::WHOLE);
                continue;
            }
            over += one.quantity - one.allowed;
            hit = hit.offending(
                Source::Fee,
                one.row as usize,
                Part::of(one.quantity - one.allowed, one.quantity),
            );
        }
        let day = uses[first].day;
        let before = uses[..first]
            .iter()
            .rev()
            .find(|one| one.quantity != NULL && one.allowed > 0)
            .filter(|one| day.0 - one.day.0 < window);
        if let Some(before) = before {
            hit = hit.related(Source::Fee, before.row as usize);
        }
        let before = before.map_or(day, |before| before.day);
        hit = hit
            .value("name", Value::Text(fact.name.clone()))
            .value("limit", Value::Quantity(limit))
            .value("window", Value::Number(i64::from(window)))
            .value("over", Value::Quantity(over))
            .value("last", Value::Day(before))
            .value("gap", Value::Number(i64::from(day.0 - before.0)));
        if beyond.iter().any(|&at| uses[at as usize].quantity == NULL) {
            return hit.kind(Kind::Inconclusive).note("有明细缺少数量，无法合计");
        }
        good.weigh(timeline.line_code(uses[first].row as usize), hit)
    }
}

/// The limit as a quantity and the window in days.
fn terms(fact: &Fact) -> Option<(i64, i32)> {
    Some((fact.number(money::QTY_SCALE)?, fact.window_days? as i32))
}

impl Detector for Cycle {
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
        let mut groups = Groups::default();
        for line in lines {
            groups.add(line.class, line.row);
        }
        for (class, rows) in groups {
            self.judge(timeline, class, &rows, sink);
        }
    }
}
