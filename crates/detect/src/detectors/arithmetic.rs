//! `arithmetic`: the amount of a line is not its quantity times its price.
//!
//! Input: all fee lines, screened for an amount off by more than `tolerance` fen. Output: one hit for each encounter and code; what is
//! charged above the product is in question, what lies below it is only told. `inconclusive` where price or quantity is missing.
//! Values: `code`, `charged` (sum of the lines), `product` (what quantity times price gives), `difference`.

use crate::{
    Claims,
    claims::NULL,
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    timeline::Timeline,
};
use mingcha_model::{Fen, Kind};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Fen that an amount may be off, for rounding.
    pub tolerance: i64,
}

/// A fen in units of quantity times price.
const FEN: i64 = 100_000_000;

/// The detector.
#[derive(Debug)]
pub struct Arithmetic {
    tolerance: i64,
}

impl Arithmetic {
    /// Takes the settings as they are.
    pub fn new(settings: &Settings) -> Self {
        Self { tolerance: settings.tolerance }
    }
}

/// Quantity times price of a line, where both are known.
fn product(claims: &Claims, row: usize) -> Option<i64> {
    let (cnt, pric) = (claims.fee.cnt[row], claims.fee.pric[row]);
    (cnt != NULL && pric != NULL).then(|| Fen::of_quantity(cnt, pric).0)
}

impl Detector for Arithmetic {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.cnt", "fee.pric", "fee.det_item_fee_sumamt"]
    }

    fn interest(&self) -> Interest {
        Interest::Picked
    }

    fn screen(&self, claims: &Claims, picked: &mut Vec<u32>) {
        let fee = &claims.fee;
        // Quantity and price have four and six decimals: their product is in hundred-millionths of a fen, where nothing is rounded.
        let bound = self.tolerance * FEN + FEN / 2;
        let lines = fee.cnt.iter().zip(&fee.pric).zip(&fee.det_item_fee_sumamt);
        for (row, ((cnt, pric), amount)) in lines.enumerate() {
            let off = cnt.saturating_mul(*pric).saturating_sub(amount.saturating_mul(FEN));
            // An absent value is the least integer, so far off that it is picked as well.
            if off.unsigned_abs() >= bound.unsigned_abs() {
                picked.push(row as u32);
            }
        }
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        let fee = &timeline.claims.fee;
        let mut groups = Groups::default();
        for line in lines {
            let row = line.row as usize;
            let amount = fee.det_item_fee_sumamt[row];
            let product = product(timeline.claims, row);
            let known = product.is_some() && amount != NULL;
            if !known || product.is_some_and(|product| (amount - product).abs() > self.tolerance) {
                let over = product.is_some_and(|product| amount > product);
                groups.add((fee.encounter[row], fee.med_list_codg[row], known, over), line.row);
            }
        }
        for ((_, _, known, _), rows) in groups {
            sink.push(hit(timeline, &rows, known));
        }
    }
}

fn hit(timeline: &Timeline<'_>, rows: &[u32], known: bool) -> Hit {
    let (first, last) = (rows[0] as usize, rows[rows.len() - 1] as usize);
    let day = |row: usize| timeline.line_time(row).date();
    let (mut charged, mut sum) = (0, 0);
    let mut hit = Hit::new(timeline.line_institution(first), day(first), day(last));
    for &row in rows {
        let row = row as usize;
        let amount = timeline.claims.fee.det_item_fee_sumamt[row];
        let product = product(timeline.claims, row);
        let part = match product {
            Some(product) if amount != NULL => Part::of(amount - product, amount),
            _ => Part::NONE,
        };
        charged += if amount == NULL { 0 } else { amount };
        sum += product.unwrap_or(0);
        hit = hit.offending(Source::Fee, row, part);
    }
    hit = hit
        .value("code", Value::Text(timeline.line_code(first).to_owned()))
        .value("charged", Value::Money(Fen(charged)))
        .value("product", Value::Money(Fen(sum)))
        .value("difference", Value::Money(Fen((charged - sum).abs())));
    if known { hit } else { hit.kind(Kind::Inconclusive).note("缺少单价、数量或金额") }
}
