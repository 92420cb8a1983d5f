//! Decision, service, publication, performance, closing and archive.

use super::{Guard, approved, passed, still_in_time};
use crate::facts::{CaseFacts, ClosingGround, Matter};
use mingcha_model::Fen;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("decision_approved", |facts| approved(facts, Matter::Decision)),
    ("money_in_bounds", |facts| facts.decision.bounds.is_empty()),
    ("fine_as_notified", fine_as_notified),
    ("lines_counted_once", |facts| facts.decision.lines.is_disjoint(&facts.decision.lines_elsewhere)),
    ("no_penalty_instead_of_transfer", |facts| !facts.transfer.suspected || facts.transfer.decided),
    ("served_once", |facts| facts.service.served.is_none()),
    ("service_proved", |facts| facts.service.receipt),
    ("decision_served", |facts| facts.service.served.is_some_and(|served| served <= facts.now)),
    ("published_once", |facts| facts.service.published.is_none()),
    ("published_anonymous", |facts| facts.service.anonymous),
    ("deferral_approved", |facts| approved(facts, Matter::Deferral)),
    ("payment_to_its_account", |facts| {
        facts.payment.as_ref().is_some_and(|payment| payment.account == payment.kind.account())
    }),
    ("payment_not_more_than_owed", |facts| {
        facts
            .payment
            .as_ref()
            .is_some_and(|payment| payment.amount > Fen::ZERO && payment.amount <= payment.owed)
    }),
    ("reminder_waited", |facts| passed(facts, "D26")),
    ("court_in_time", |facts| still_in_time(facts, "D25")),
    ("closing_ground", closing_ground),
    ("closing_approved", |facts| approved(facts, Matter::Closing)),
    ("archive_complete", |facts| facts.closing.missing_papers.is_empty()),
];

/// The fine is no higher than the notice that the party could answer to.
fn fine_as_notified(facts: &CaseFacts) -> bool {
    let newest = facts.notices.iter().rev().find(|notice| notice.served);
    newest.is_some_and(|notice| facts.decision.amounts.fined.0 <= notice.fine)
}

fn closing_ground(facts: &CaseFacts) -> bool {
    match facts.closing.ground {
        None => false,
        Some(ClosingGround::Performed | ClosingGround::NothingToPerform) => !facts.closing.unpaid,
        Some(ClosingGround::CourtAccepted | ClosingGround::Other) => true,
    }
}
