//! Nets refunds: what was reversed does not count, what was partly reversed counts with what is left.

use super::{Claims, NO_ROW, NULL, link::Ids};
use mingcha_model::Date;

/// Marks which rows count on the day one looks (`as_of`, inclusive).
pub fn net(
    claims: &mut Claims,
    setl_id: &Ids,
    init_setl_id: &Ids,
    refund: impl Fn(usize) -> bool,
    as_of: Date,
) {
    let end = (i64::from(as_of.0) + 1).saturating_mul(86_400);
    settle(claims, setl_id, init_setl_id, refund, end);
    lines(claims, end);
    encounters(claims, end);
    claims.diagnosis.live.resize(claims.diagnosis.len(), true);
    claims.operation.live.resize(claims.operation.len(), true);
    claims.person.live.resize(claims.person.len(), true);
    claims.activity.live.resize(claims.activity.len(), true);
    claims.benefit.live.resize(claims.benefit.len(), true);
}

/// A refund and the settlement that it reverses do not count.
fn settle(claims: &mut Claims, setl_id: &Ids, init_setl_id: &Ids, refund: impl Fn(usize) -> bool, end: i64) {
    let settlement = &mut claims.settlement;
    settlement.live.extend(settlement.setl_time.iter().map(|&time| time < end));
    for row in 0..settlement.len() {
        if !refund(row) || !settlement.live[row] {
            continue;
        }
        settlement.live[row] = false;
        let wanted = init_setl_id.get(row);
        if wanted.is_empty() {
            continue;
        }
        let mut range = settlement.rows(settlement.person[row]);
        if let Some(reversed) = range.find(|&other| setl_id.get(other) == wanted) {
            settlement.live[reversed] = false;
        }
    }
}

/// A line does not count where its settlement does not, where it reverses another, or where it is reversed whole.
fn lines(claims: &mut Claims, end: i64) {
    let (fee, settlement) = (&mut claims.fee, &claims.settlement);
    let paid = |row: u32| row == NO_ROW || settlement.live[row as usize];
    let rows = fee.fee_ocur_time.iter().zip(&fee.settlement);
    fee.live.extend(rows.map(|(&time, &setl)| time < end && paid(setl)));
    for row in 0..fee.len() {
        let init = fee.init_feedetl_key[row];
        if init == NULL || !fee.live[row] {
            continue;
        }
        fee.live[row] = false;
        let (cnt, amount) = (fee.cnt[row], fee.det_item_fee_sumamt[row]);
        let mut range = fee.rows(fee.person[row]);
        let Some(reversed) = range.find(|&other| fee.feedetl_key[other] == init) else { continue };
        if fee.cnt[reversed] == NULL || cnt == NULL {
            continue;
        }
        // A refund is booked with negative numbers; some senders leave the sign out.
        fee.cnt[reversed] -= cnt.abs();
        if fee.det_item_fee_sumamt[reversed] != NULL && amount != NULL {
            fee.det_item_fee_sumamt[reversed] -= amount.abs();
        }
        if fee.cnt[reversed] <= 0 {
            fee.live[reversed] = false;
        }
    }
}

/// An encounter counts unless all that was settled for it was refunded, or it lies ahead.
fn encounters(claims: &mut Claims, end: i64) {
    let (encounter, settlement) = (&mut claims.encounter, &claims.settlement);
    let mut settled = vec![(false, false); encounter.len()];
    for (row, &of) in settlement.encounter.iter().enumerate() {
        if of != NO_ROW {
            let entry = &mut settled[of as usize];
            entry.0 = true;
            entry.1 |= settlement.live[row];
        }
    }
    let counts =
        encounter.begntime.iter().zip(settled).map(|(&begin, (any, live))| begin < end && (!any || live));
    encounter.live.extend(counts);
}
