//! Filing and investigation.

use super::{Guard, approved, said, some_said};
use crate::{
    ask::Ask,
    clock::{Event, EventKind, ServerTime, Status, compute},
    facts::{Evidence, Holding, Matter},
};

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("violation_facts", |ask| said(&ask.facts.filing.violation_facts)),
    ("own_jurisdiction", |ask| ask.facts.filing.own_jurisdiction),
    ("within_limitation", within_limitation),
    ("violation_end_proved", violation_end_proved),
    ("not_filed_twice", |ask| ask.around.existing.is_none()),
    ("dispute_named", |ask| said(&ask.facts.filing.disputed_with)),
    ("filing_approved", |ask| approved(ask, Matter::Filing)),
    ("evidence_titled", |ask| newest(ask, |evidence| said(&evidence.title))),
    ("evidence_sourced", |ask| newest(ask, |evidence| said(&evidence.source))),
    ("evidence_new", evidence_new),
    ("evidence_in_custody", |ask| {
        ask.facts.evidence.iter().all(|evidence| evidence.custody.iter().all(|hand| said(hand)))
    }),
    ("evidence_present", |ask| !ask.facts.evidence.is_empty()),
    ("registration_approved", |ask| approved(ask, Matter::Registration)),
    ("sealing_approved", |ask| approved(ask, Matter::Sealing)),
    ("goods_listed", |ask| ask.facts.holdings.last().is_some_and(|holding| some_said(&holding.items))),
    ("goods_open", |ask| settled_now(ask).is_some_and(|holding| !holding.sealed)),
    ("seal_open", |ask| settled_now(ask).is_some_and(|holding| holding.sealed)),
    ("holdings_settled", |ask| ask.facts.holdings.iter().all(|holding| holding.settled)),
    ("help_asked_of", |ask| ask.facts.help.last().is_some_and(|help| said(&help.of) && said(&help.asked))),
    ("help_answered", |ask| {
        let new = ask.facts.help.iter().zip(&ask.before.help).find(|(after, before)| after != before);
        new.is_some_and(|(after, before)| said(&after.answer) && before.answer.is_empty())
    }),
    ("suspension_approved", |ask| approved(ask, Matter::Suspension)),
    ("refusal_recorded", |ask| ask.facts.refusals.iter().any(|(_, what)| said(what))),
    ("stop_approved", |ask| approved(ask, Matter::Stop)),
];

fn newest(ask: &Ask<'_>, holds: impl Fn(&Evidence) -> bool) -> bool {
    ask.facts.evidence.last().is_some_and(holds)
}

/// The newest piece is none of those before it: by its digest, or by its words where it has none.
fn evidence_new(ask: &Ask<'_>) -> bool {
    let same = |known: &Evidence, new: &Evidence| {
        known.sm3 == new.sm3 && (new.sm3.is_some() || known.title == new.title && known.source == new.source)
    };
    newest(ask, |new| !ask.before.evidence.iter().any(|known| same(known, new)))
}

/// The limitation, from the end of the violation to its discovery, as the law in force counts it.
fn within_limitation(ask: &Ask<'_>) -> bool {
    let (Some(limit), Some(ended)) =
        (ask.procedures.limit("D29", &ask.region), ask.facts.filing.violation_ended)
    else {
        return false;
    };
    let variant = ask.facts.filing.grave.then(|| "grave".to_owned());
    let start =
        Event { at: ServerTime::from_store(ended.start()), kind: EventKind::Started { variant, day: None } };
    let found = ask.around.found.unwrap_or(ask.now).min(ask.now);
    let end = Event { at: found.max(start.at), kind: EventKind::Done };
    compute(limit, &[start, end], &ask.procedures.calendar, ask.now).status == Status::DoneInTime
}

/// The end of the violation is no day to come, and none after the lines that the matter rests on.
fn violation_end_proved(ask: &Ask<'_>) -> bool {
    ask.facts.filing.violation_ended.is_some_and(|ended| {
        ended <= ask.now.time().date() && ask.around.last_line.is_none_or(|last| ended <= last)
    })
}

/// What is settled now and was open before: goods that are registered are settled by one act, goods that are sealed by another.
fn settled_now<'a>(ask: &'a Ask<'_>) -> Option<&'a Holding> {
    let mut both = ask.facts.holdings.iter().zip(&ask.before.holdings);
    both.find(|(after, before)| after.settled && !before.settled).map(|(after, _)| after)
}
