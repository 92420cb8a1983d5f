//! Decision, service, publication, performance, closing and archive.

use super::{Guard, approved, lapsed, passed, said, still_in_time};
use crate::{
    ask::Ask,
    facts::{ClosingGround, DecisionItem, Matter, owed},
    money::MoneyKind,
    words::Word as _,
};
use mingcha_model::Fen;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("decision_approved", |ask| approved(ask, Matter::Decision)),
    ("money_in_bounds", money_in_bounds),
    ("fine_as_notified", fine_as_notified),
    ("lines_counted_once", |ask| ask.facts.decision.lines.is_disjoint(&ask.around.lines_elsewhere)),
    ("no_penalty_instead_of_transfer", |ask| {
        !ask.around.transfer_open && (!ask.facts.transfer.suspected || ask.around.transfer_decided)
    }),
    ("decision_written", |ask| ask.facts.decision.written),
    ("decision_written_once", |ask| !ask.before.decision.written),
    ("party_absent", |ask| ask.facts.decision.absent && !ask.before.decision.absent),
    ("served_once", |ask| ask.before.service.served.is_none()),
    ("service_proved", |ask| ask.facts.service.receipt),
    ("decision_served", |ask| ask.before.service.served.is_some_and(|served| served <= ask.now)),
    ("published_once", |ask| ask.before.service.published.is_none()),
    ("published_anonymous", |ask| ask.facts.service.anonymous),
    ("decision_overturned", |ask| said(&ask.facts.decision.overturned)),
    ("decision_published", |ask| ask.before.service.published.is_some() && !ask.before.service.withdrawn),
    ("reconsideration_in_time", |ask| still_in_time(ask, "D27")),
    ("suit_in_time", |ask| still_in_time(ask, "D28")),
    ("remedy_over", |ask| !still_in_time(ask, "D27") && !still_in_time(ask, "D28")),
    ("deferral_approved", |ask| approved(ask, Matter::Deferral)),
    ("payment_to_its_account", |ask| {
        ask.facts.payments.last().is_some_and(|payment| payment.account == payment.kind.account())
    }),
    ("payment_not_more_than_owed", |ask| {
        ask.facts.payments.last().is_some_and(|payment| {
            payment.amount > Fen::ZERO
                && payment.amount <= owed(&ask.facts.decision, &ask.before.payments, payment.kind)
        })
    }),
    ("payment_vouched", |ask| {
        let Some((newest, earlier)) = ask.facts.payments.split_last() else { return false };
        said(&newest.voucher) && earlier.iter().all(|payment| payment.voucher != newest.voucher)
    }),
    ("fine_cleared", |ask| {
        ask.facts.decision.amounts().fined.0 > Fen::ZERO && owes(ask, MoneyKind::Fined) == Fen::ZERO
    }),
    ("fine_overdue", |ask| owes(ask, MoneyKind::Fined) > Fen::ZERO && lapsed(ask, "D21")),
    // What is to be returned is owed by the same day as a fine.
    ("performance_overdue", |ask| {
        let owed = [MoneyKind::Fined, MoneyKind::Returned].iter().any(|kind| owes(ask, *kind) > Fen::ZERO);
        let due = ask.clocks.get("D21").and_then(|clock| clock.due);
        owed && due.is_some_and(|due| due.last < ask.now.time())
    }),
    ("reminder_waited", |ask| passed(ask, "D26")),
    ("court_time_begun", court_time_begun),
    // What has not begun is not over.
    ("court_in_time", |ask| !court_time_begun(ask) || still_in_time(ask, "D25")),
    ("closing_ground", closing_ground),
    ("closing_approved", |ask| approved(ask, Matter::Closing)),
    ("archive_complete", |ask| ask.around.missing_papers.is_empty()),
];

/// Each act's money stays inside the bounds of its measure.
fn money_in_bounds(ask: &Ask<'_>) -> bool {
    let fits = |item: &DecisionItem| {
        let measure = ask.procedures.measures.get(&item.measure);
        measure.is_some_and(|measure| measure.check(&item.proposal).is_ok())
    };
    ask.facts.decision.items.iter().all(fits)
}

/// The fine is no higher than the notice that the party could answer to.
fn fine_as_notified(ask: &Ask<'_>) -> bool {
    let newest = ask.facts.notices.iter().rev().find(|notice| notice.served);
    newest.is_some_and(|notice| ask.facts.decision.amounts().fined.0 <= notice.fine)
}

/// Whether the time to ask the court runs or ran: it begins when the party's time to contest is over.
fn court_time_begun(ask: &Ask<'_>) -> bool {
    ask.clocks.get("D25").is_some_and(|clock| clock.started.is_some())
}

fn owes(ask: &Ask<'_>, kind: MoneyKind) -> Fen {
    owed(&ask.facts.decision, &ask.facts.payments, kind)
}

fn closing_ground(ask: &Ask<'_>) -> bool {
    let unpaid = MoneyKind::ALL.iter().any(|(kind, ..)| owes(ask, *kind) > Fen::ZERO);
    match ask.facts.closing.ground {
        None => false,
        Some(ClosingGround::Performed | ClosingGround::NothingToPerform) => !unpaid,
        Some(ClosingGround::CourtAccepted | ClosingGround::Other) => true,
    }
}
