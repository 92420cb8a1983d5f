//! `balance`: a settlement's totals are more than its parts.
//!
//! Input: live settlements. Output: one hit for each settlement whose fund payment exceeds the sum of the funds' parts, or whose total
//! exceeds the sum of its fee lines, by more than `tolerance` fen. Encounters with a refunded line are left out of the
//! second look, since the total may be that of before the refund; so are settlements of which no line is known, which
//! would say something of the extract and not of the institution. Values: `what`, `total`, `parts`, `difference`.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    timeline::Timeline,
};
use mingcha_model::{Date, Fen, Time};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Fen that a total may be off, for rounding.
    pub tolerance: i64,
}

/// The detector.
#[derive(Debug)]
pub struct Balance {
    tolerance: i64,
}

impl Balance {
    /// Takes the settings as they are.
    pub fn new(settings: &Settings) -> Self {
        Self { tolerance: settings.tolerance }
    }

    fn judge(&self, timeline: &Timeline<'_>, row: usize, lines: Option<i64>, sink: &mut Sink) {
        let settlement = &timeline.claims.settlement;
        let looks = [
            ("基金支付总额", settlement.fund_pay_sumamt[row], fund_parts(timeline, row)),
            ("医疗费总额", settlement.medfee_sumamt[row], lines),
        ];
        for (what, total, parts) in looks {
            let Some(parts) = parts.filter(|parts| total != NULL && total - parts > self.tolerance) else {
                continue;
            };
            let time = settlement.setl_time[row];
            let day = if time == NULL { Date(0) } else { Time(time).date() };
            sink.push(
                Hit::new(settlement.fixmedins_code[row], day, day)
                    .offending(Source::Settlement, row, Part::of(total - parts, total))
                    .value("what", Value::Text(what.to_owned()))
                    .value("total", Value::Money(Fen(total)))
                    .value("parts", Value::Money(Fen(parts)))
                    .value("difference", Value::Money(Fen(total - parts))),
            );
        }
    }
}

/// What the funds paid one by one; `None` where not even the pooled fund's part is known.
fn fund_parts(timeline: &Timeline<'_>, row: usize) -> Option<i64> {
    let settlement = &timeline.claims.settlement;
    let others = [
        &settlement.cvlserv_pay,
        &settlement.hifes_pay,
        &settlement.hifmi_pay,
        &settlement.hifob_pay,
        &settlement.maf_pay,
        &settlement.oth_pay,
    ];
    let others: i64 = others.iter().map(|column| column[row]).filter(|&paid| paid != NULL).sum();
    Some(settlement.hifp_pay[row]).filter(|&paid| paid != NULL).map(|pooled| pooled + others)
}

/// The sum of each settlement's lines, by its place among the person's; `None` where it cannot be compared.
fn line_sums(timeline: &Timeline<'_>) -> Vec<Option<i64>> {
    let (fee, settlement) = (&timeline.claims.fee, &timeline.claims.settlement);
    let rows = timeline.settlements();
    let mut sums: Vec<Option<i64>> = vec![None; rows.len()];
    let mut refunded: Vec<u32> = Vec::new();
    for line in timeline.fees() {
        let of = fee.settlement[line];
        if fee.init_feedetl_key[line] != NULL || fee.det_item_fee_sumamt[line] == NULL {
            refunded.push(fee.encounter[line]);
        } else if of != NO_ROW {
            let sum = &mut sums[of as usize - rows.start];
            *sum = Some(sum.unwrap_or(0) + fee.det_item_fee_sumamt[line]);
        }
    }
    for (sum, row) in sums.iter_mut().zip(rows) {
        if refunded.contains(&settlement.encounter[row]) {
            *sum = None;
        }
    }
    sums
}

impl Detector for Balance {
    fn reads(&self) -> Vec<&'static str> {
        vec![
            "settlement.medfee_sumamt",
            "settlement.fund_pay_sumamt",
            "settlement.hifp_pay",
            "settlement.cvlserv_pay",
            "settlement.hifes_pay",
            "settlement.hifmi_pay",
            "settlement.hifob_pay",
            "settlement.maf_pay",
            "settlement.oth_pay",
            "fee.det_item_fee_sumamt",
        ]
    }

    fn interest(&self) -> Interest {
        Interest::Settlements(1)
    }

    fn detect(&self, timeline: &Timeline<'_>, _lines: &[Line], sink: &mut Sink) {
        let sums = line_sums(timeline);
        for (row, lines) in timeline.settlements().zip(sums) {
            if timeline.claims.settlement.live[row] {
                self.judge(timeline, row, lines, sink);
            }
        }
    }
}
