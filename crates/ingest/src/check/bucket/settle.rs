//! Settlements against the sum of their fee lines and against their own parts.

use super::{BucketView, Tell};
use crate::check::{
    Check,
    columns::{Answers, Fens, Texts},
};
use arrow_array::RecordBatch;
use mingcha_model::{Fen, table::table};
use rustc_hash::FxHashMap;

/// A total and the parts that it is the sum of. The parts follow from the labels of the national dictionary.
struct Sum {
    total: &'static str,
    /// Parts without which the sum is not looked at.
    parts: &'static [&'static str],
    /// Parts that are nothing where they are missing.
    optional: &'static [&'static str],
}

const SUMS: [Sum; 4] = [
    Sum {
        total: "fund_pay_sumamt",
        parts: &["hifp_pay"],
        optional: &["cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay"],
    },
    Sum {
        total: "medfee_sumamt",
        parts: &["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"],
        optional: &[],
    },
    Sum { total: "medfee_sumamt", parts: &["fund_pay_sumamt", "psn_part_amt"], optional: &["hosp_part_amt"] },
    Sum { total: "psn_part_amt", parts: &["acct_pay", "psn_cash_pay"], optional: &["acct_mulaid_pay"] },
];

/// Runs the checks of settlements.
pub(super) fn check(view: &BucketView<'_>, tell: &mut Tell<'_>) {
    let Some(batch) = view.settlement else { return };
    sums(view, batch, tell);
    for sum in &SUMS {
        parts(batch, sum, tell);
    }
}

/// The sum of the fee lines in view, by `setl_id`. A line that the batch brings anew counts as it is there, not as the lake has it.
fn by_settlement<'a>(view: &BucketView<'a>) -> FxHashMap<&'a str, Fen> {
    let replaced = match view.known.fee {
        Some(_) => super::reference::ids(view.fee, "feedetl_sn"),
        None => rustc_hash::FxHashSet::default(),
    };
    let mut sums: FxHashMap<&str, Fen> = FxHashMap::default();
    for (batch, lake) in [(view.known.fee, true), (view.fee, false)] {
        let Some((batch, ids)) = batch.and_then(|batch| Some((batch, Texts::of(batch, "setl_id")?))) else {
            continue;
        };
        let (lines, amounts) = (Texts::of(batch, "feedetl_sn"), Fens::of(batch, "det_item_fee_sumamt"));
        let is_replaced = |row: usize| {
            lake && lines.and_then(|lines| lines.get(row)).is_some_and(|line| replaced.contains(line))
        };
        // The sum of each id stands in a list by its place; the place of an id is asked once for each value of the dictionary.
        let mut totals: Vec<(&str, Option<Fen>)> = Vec::new();
        let places = Answers::of(ids, |id| {
            totals.push((id, None));
            totals.len() as u32 - 1
        });
        for row in 0..batch.num_rows() {
            if let (Some(place), Some(amount), false) = (places.get(row), amounts.get(row), is_replaced(row))
            {
                *totals[place as usize].1.get_or_insert_default() += Fen(amount);
            }
        }
        sums.reserve(totals.len());
        for (id, total) in totals {
            if let Some(total) = total {
                *sums.entry(id).or_default() += total;
            }
        }
    }
    sums
}

/// A settlement of which no fee line is in view is not looked at: its lines may come with another file.
fn sums(view: &BucketView<'_>, batch: &RecordBatch, tell: &mut Tell<'_>) {
    let (Some(ids), Some(settlement)) = (Texts::of(batch, "setl_id"), table("settlement")) else { return };
    let sums = by_settlement(view);
    let totals = Fens::of(batch, "medfee_sumamt");
    for row in 0..batch.num_rows() {
        let Some(sum) = ids.get(row).and_then(|id| sums.get(id)) else { continue };
        let Some(total) = totals.get(row).map(Fen) else { continue };
        if total.0.abs_diff(sum.0) > 1 {
            tell.row(settlement, Check::SettlementSum, "medfee_sumamt", row, || {
                Some(format!("{total} ≠ {sum}"))
            });
        }
    }
}

fn parts(batch: &RecordBatch, sum: &Sum, tell: &mut Tell<'_>) {
    let Some(settlement) = table("settlement") else { return };
    let totals = Fens::of(batch, sum.total);
    let of = |names: &[&str]| names.iter().map(|part| Fens::of(batch, part)).collect::<Vec<_>>();
    let (columns, optional) = (of(sum.parts), of(sum.optional));
    for row in 0..batch.num_rows() {
        let parts: Option<Fen> = columns.iter().map(|column| column.get(row).map(Fen)).sum();
        let (Some(total), Some(parts)) = (totals.get(row), parts) else { continue };
        let more = optional.iter().filter_map(|column| column.get(row));
        let together: Fen = std::iter::once(parts).chain(more.map(Fen)).sum();
        if total.abs_diff(together.0) > 1 {
            let example = || Some(format!("{} ≠ {together}", Fen(total)));
            tell.row(settlement, Check::SettlementParts, sum.total, row, example);
        }
    }
}
