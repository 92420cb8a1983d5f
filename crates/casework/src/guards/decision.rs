//! Decision, service, publication, performance, closing and archive.

use super::{Detail, Guard, approved, lapsed, notice::discussed, passed, said, still_in_time};
use crate::{
    ask::Ask,
    facts::{ClosingGround, DecisionItem, DecisionKind, Matter, owed},
    money::MoneyKind,
    scheme::{Heavy, HeavyScheme, Weight},
    words::Word as _,
};
use mingcha_model::Fen;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("decision_approved", |ask| approved(ask, Matter::Decision)),
    ("heavy_reviewed", |ask| ask.facts.review.passed || heavy(ask, |scheme| scheme.review).is_none()),
    ("heavy_discussed", |ask| discussed(ask) || heavy(ask, |scheme| scheme.discussion).is_none()),
    ("decision_of_kind", decision_of_kind),
    ("money_in_bounds", |ask| out_of_bounds(ask).is_empty()),
    ("fine_as_notified", fine_as_notified),
    ("lines_named", |ask| {
        let counted =
            |item: &DecisionItem| item.proposal.loss > Fen::ZERO || item.proposal.defrauded > Fen::ZERO;
        let decision = &ask.facts.decision;
        let named = decision.lines.iter().any(|line| said(line));
        named || !ask.around.lines_known || !decision.items.iter().any(counted)
    }),
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
    ("publication_open", |ask| ask.before.service.published.is_none() && !ask.before.service.withheld),
    ("published_anonymous", |ask| ask.facts.service.anonymous),
    ("decision_overturned", |ask| said(&ask.facts.decision.overturned)),
    ("decision_published", |ask| ask.before.service.published.is_some() && !ask.before.service.withdrawn),
    ("reconsideration_in_time", |ask| still_in_time(ask, "D27")),
    ("suit_in_time", |ask| still_in_time(ask, "D28")),
    ("remedy_over", |ask| !still_in_time(ask, "D27") && !still_in_time(ask, "D28")),
    ("remedy_unconfirmed", |ask| !court_time_begun(ask)),
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

pub(super) const DETAILS: &[(&str, Detail)] = &[
    ("heavy_reviewed", |ask| heavy(ask, |scheme| scheme.review).unwrap_or_default()),
    ("heavy_discussed", |ask| heavy(ask, |scheme| scheme.discussion).unwrap_or_default()),
    ("decision_of_kind", |ask| ask.facts.decision.kind().title().to_owned()),
    ("money_in_bounds", out_of_bounds),
    ("archive_complete", |ask| ask.around.missing_papers.join("、")),
];

/// Why the law wants a step for so heavy a penalty, whatever the handler said of it; nothing where it does not.
fn heavy(ask: &Ask<'_>, step: fn(&HeavyScheme) -> Heavy) -> Option<String> {
    let decision = &ask.facts.decision;
    if decision.kind() != DecisionKind::Penalty {
        return None;
    }
    // Where the figures are at fault, no penalty is light.
    let Some(scheme) = ask.procedures.heavy(&ask.region) else {
        return Some("标准的数据有误".to_owned());
    };
    let of_a_person = |item: &DecisionItem| {
        let measure = ask.procedures.measures.get(&item.measure);
        measure.is_some_and(|measure| scheme.persons.contains(&measure.subject))
    };
    step(scheme).reached(Weight {
        fine: decision.amounts().fined.0,
        person: decision.items.iter().any(of_a_person),
        suspends: decision.items.iter().any(suspends),
        heard: ask.facts.hearing.held,
    })
}

fn suspends(item: &DecisionItem) -> bool {
    item.proposal.suspension.is_some_and(|months| months > 0)
}

/// A penalty has measures, what is not punished may be returned at most, and what did not happen or is another's has nothing.
fn decision_of_kind(ask: &Ask<'_>) -> bool {
    let decision = &ask.facts.decision;
    let amounts = decision.amounts();
    let punishes =
        [amounts.fined.0, amounts.damages.0, amounts.refused.0].iter().any(|sum| *sum != Fen::ZERO)
            || decision.items.iter().any(suspends);
    let fits = match decision.kind() {
        DecisionKind::Penalty => !decision.items.is_empty(),
        DecisionKind::NoPenalty => !punishes,
        DecisionKind::NotEstablished | DecisionKind::Moved => decision.items.is_empty(),
    };
    // Lines that nothing is counted by would only keep other cases from counting them.
    fits && (decision.lines.is_empty() || !decision.items.is_empty())
}

/// Which items are not inside the bounds of their measures, and how; empty where all are.
fn out_of_bounds(ask: &Ask<'_>) -> String {
    let fault = |(index, item): (usize, &DecisionItem)| {
        let number = index + 1;
        let Some(measure) = ask.procedures.measures.get(&item.measure) else {
            return Some(format!("第{number}项没有这一条款"));
        };
        let errors = measure.check(&item.proposal).err()?;
        let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Some(format!("第{number}项（{}）{}", measure.article, words.join("，")))
    };
    let faults: Vec<String> = ask.facts.decision.items.iter().enumerate().filter_map(fault).collect();
    faults.join("；")
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
