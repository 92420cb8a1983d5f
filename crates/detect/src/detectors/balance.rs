//! `balance`: a settlement's totals are more than its parts.
//!
//! Input: live settlements. Output: one hit for each settlement whose fund payment exceeds the sum of the funds' parts, or whose total
//! exceeds the sum of its own four parts (self-paid, above ceiling, first share, in scope), by more than `tolerance` fen.
//! A total above the sum of the fee lines is `inconclusive`: as often as not a line has not arrived or stands in quarantine.
//! Encounters with a refunded line are left out of that look, since the total may be that of before the refund; so are
//! settlements of which no line is known, which would say something of the extract and not of the institution, and
//! settlements that their own parts speak of already. Values: `what`, `total`, `parts`, `difference`.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    timeline::Timeline,
};
use mingcha_model::{Date, Fen, Kind, Time};
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
        let (fund, total) = (settlement.fund_pay_sumamt[row], settlement.medfee_sumamt[row]);
        let beyond = |total: i64, parts: Option<i64>| {
            parts.filter(|parts| total != NULL && total - parts > self.tolerance)
        };
        if let Some(parts) = beyond(fund, fund_parts(timeline, row)) {
            sink.push(hit(timeline, row, "基金支付总额", fund, parts));
        }
        if let Some(parts) = beyond(total, own_parts(timeline, row)) {
            sink.push(hit(timeline, row, "医疗费总额", total, parts));
        } else if let Some(lines) = beyond(total, lines) {
            let open = hit(timeline, row, "医疗费总额", total, lines).kind(Kind::Inconclusive);
            sink.push(open.note("费用明细合计少于医疗费总额，可能有明细未到达或者被隔离"));
        }
    }
}

fn hit(timeline: &Timeline<'_>, row: usize, what: &str, total: i64, parts: i64) -> Hit {
    let settlement = &timeline.claims.settlement;
    let time = settlement.setl_time[row];
    let day = if time == NULL { Date(0) } else { Time(time).date() };
    Hit::new(settlement.fixmedins_code[row], day, day)
        .offending(Source::Settlement, row, Part::of(total - parts, total))
        .value("what", Value::Text(what.to_owned()))
        .value("total", Value::Money(Fen(total)))
        .value("parts", Value::Money(Fen(parts)))
        .value("difference", Value::Money(Fen(total - parts)))
}

/// The parts of a settlement's total in its own columns; `None` where one of them is not known.
fn own_parts(timeline: &Timeline<'_>, row: usize) -> Option<i64> {
    let settlement = &timeline.claims.settlement;
    let parts = [
        &settlement.fulamt_ownpay_amt,
        &settlement.overlmt_selfpay,
        &settlement.preselfpay_amt,
        &settlement.inscp_scp_amt,
    ];
    parts.iter().map(|column| Some(column[row]).filter(|&part| part != NULL)).sum()
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

/// The sum of each settlement's lines, by its place among the person's; [`NULL`] where it cannot be compared.
fn line_sums(timeline: &Timeline<'_>) -> Vec<i64> {
    let (fee, settlement) = (&timeline.claims.fee, &timeline.claims.settlement);
    let rows = timeline.settlements();
    let mut sums = vec![NULL; rows.len()];
    let mut refunded: Vec<u32> = Vec::new();
    for line in timeline.fees() {
        let of = fee.settlement[line];
        if fee.init_feedetl_key[line] != NULL || fee.det_item_fee_sumamt[line] == NULL {
            refunded.push(fee.encounter[line]);
        } else if of != NO_ROW {
            let sum = &mut sums[of as usize - rows.start];
            *sum = if *sum == NULL { 0 } else { *sum } + fee.det_item_fee_sumamt[line];
        }
    }
    for (sum, row) in sums.iter_mut().zip(rows).filter(|_| !refunded.is_empty()) {
        if refunded.contains(&settlement.encounter[row]) {
            *sum = NULL;
        }
    }
    sums
}

impl Detector for Balance {
    fn reads(&self) -> Vec<&'static str> {
        vec![
            "settlement.medfee_sumamt",
            "settlement.fulamt_ownpay_amt",
            "settlement.overlmt_selfpay",
            "settlement.preselfpay_amt",
            "settlement.inscp_scp_amt",
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
                self.judge(timeline, row, (lines != NULL).then_some(lines), sink);
            }
        }
    }
}
