//! `price`: a unit price above the ceiling that stands on the line, which the patient does not bear alone.
//!
//! Input: all fee lines with `pric_uplmt_amt`, screened for a higher `pric`. Output: one hit for each encounter and code. Where
//! `overlmt_amt` already takes the difference out of scope, the ceiling is a payment limit that was kept, and nothing is said.
//! `inconclusive` where there is a ceiling and no price. Values: `price`, `ceiling`, `excess` (in yuan, over all lines), `code`.

use crate::{
    Claims,
    claims::NULL,
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    timeline::Timeline,
};
use mingcha_model::{Fen, Kind, money};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Fen a unit that a price may lie above its ceiling, for rounding.
    pub tolerance: i64,
}

/// A fen as a price.
const FEN: i64 = 10_000;

/// The detector.
#[derive(Debug)]
pub struct Price {
    tolerance: i64,
}

impl Price {
    /// Takes the settings as they are.
    pub fn new(settings: &Settings) -> Self {
        Self { tolerance: settings.tolerance * FEN }
    }

    /// What is charged above the ceiling and not borne by the patient alone, in fen; `None` where the price is not known.
    fn excess(claims: &Claims, row: usize) -> Option<i64> {
        let fee = &claims.fee;
        if fee.pric[row] == NULL || fee.cnt[row] == NULL {
            return None;
        }
        let beyond = Fen::of_quantity(fee.cnt[row], fee.pric[row] - fee.pric_uplmt_amt[row]).0;
        let borne = if fee.overlmt_amt[row] == NULL { 0 } else { fee.overlmt_amt[row] };
        Some(beyond - borne)
    }
}

impl Detector for Price {
    fn reads(&self) -> Vec<&'static str> {
        vec![
            "fee.med_list_codg",
            "fee.cnt",
            "fee.pric",
            "fee.pric_uplmt_amt",
            "fee.overlmt_amt",
            "fee.det_item_fee_sumamt",
        ]
    }

    fn interest(&self) -> Interest {
        Interest::Picked
    }

    fn screen(&self, claims: &Claims, picked: &mut Vec<u32>) {
        let fee = &claims.fee;
        // An absent ceiling is the least integer and no line lies above it by subtraction; an absent price is asked about below.
        for (row, (&price, &ceiling)) in fee.pric.iter().zip(&fee.pric_uplmt_amt).enumerate() {
            if ceiling > 0 && (price == NULL || price > ceiling + self.tolerance) {
                picked.push(row as u32);
            }
        }
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        let fee = &timeline.claims.fee;
        let mut groups = Groups::default();
        for line in lines {
            let row = line.row as usize;
            let excess = Self::excess(timeline.claims, row);
            // Rounding of the line's amount may leave a fen.
            if excess.is_none_or(|excess| excess > 1) {
                groups.add((fee.encounter[row], fee.med_list_codg[row], excess.is_some()), line.row);
            }
        }
        for ((_, _, known), rows) in groups {
            let (first, last) = (rows[0] as usize, rows[rows.len() - 1] as usize);
            let day = |row: usize| timeline.line_time(row).date();
            let yuan = |price: i64| {
                let price = if price == NULL { 0 } else { price };
                Value::Text(money::format_fixed(price, money::PRICE_SCALE, 2))
            };
            let (mut total, mut hit) = (0, Hit::new(timeline.line_institution(first), day(first), day(last)));
            for &row in &rows {
                let row = row as usize;
                let excess = Self::excess(timeline.claims, row).unwrap_or(0);
                total += excess;
                hit = hit.offending(Source::Fee, row, Part::of(excess, fee.det_item_fee_sumamt[row]));
            }
            hit = hit
                .value("code", Value::Text(timeline.line_code(first).to_owned()))
                .value("price", yuan(fee.pric[first]))
                .value("ceiling", yuan(fee.pric_uplmt_amt[first]))
                .value("excess", Value::Money(Fen(total)));
            sink.push(if known { hit } else { hit.kind(Kind::Inconclusive).note("缺少单价或数量") });
        }
    }
}
