//! Clues: merging, passing on, dispatching down, answering, reporting up, looking again.

use super::{Guard, approved, said};
use crate::{
    ask::{Ask, above, level, region_covers},
    facts::{Answer, Dispatch, Matter, Outcome, Step},
};
use mingcha_model::Fen;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("clue_described", |ask| {
        let clue = &ask.facts.clue;
        let graded = (1..=3).contains(&clue.severity) && (1..=3).contains(&clue.grade);
        clue.source.is_some() && said(&clue.subject) && graded
    }),
    ("duplicate_named", |ask| said(&ask.facts.clue.same_as)),
    ("target_named", |ask| said(&ask.facts.clue.passed_to)),
    ("link_named", |ask| {
        let new = ask.facts.clue.links.last();
        new.is_some_and(|link| said(&link.kind) && said(&link.id) && !ask.before.clue.links.contains(link))
    }),
    ("holder_acts", |ask| ask.before.clue.holder().is_none_or(|holder| holder == ask.actor.region)),
    ("dispatched_one_level_down", |ask| newest(ask).is_some_and(|dispatch| one_level_down(ask, dispatch))),
    ("dispatch_due_ahead", |ask| {
        let today = ask.now.time().date();
        newest(ask).and_then(|dispatch| dispatch.due).is_some_and(|due| due >= today)
    }),
    ("dispatch_due_within", |ask| {
        let above = ask.before.clue.due();
        newest(ask)
            .is_some_and(|dispatch| above.is_none_or(|above| dispatch.due.is_some_and(|due| due <= above)))
    }),
    ("answer_complete", |ask| ask.facts.clue.answers.last().is_some_and(complete)),
    ("checked_by_another", |ask| {
        let answer = ask.before.clue.answers.last();
        answer.is_some_and(|answer| said(&answer.by) && answer.by != ask.actor.account)
    }),
    ("reported_by_next_level", |ask| {
        above(&ask.before.clue.reported).is_some_and(|next| next == ask.actor.region)
    }),
    ("reported_to_origin", |ask| {
        let clue = &ask.before.clue;
        clue.dispatches.first().is_none_or(|first| region_covers(&clue.reported, &first.from))
    }),
    ("drawn_by_lot", |ask| {
        (said(&ask.facts.clue.draw) || said(&ask.facts.inspection.draw)) && ask.around.drawn
    }),
    ("cross_check_due", |ask| ask.around.cross_check_due),
    ("cross_checker_elsewhere", |ask| {
        let checker = &ask.facts.clue.cross_checker;
        level(checker).is_some() && !region_covers(checker, &ask.region)
    }),
    ("cross_checker_acts", |ask| ask.facts.clue.cross_checker == ask.actor.region),
    ("reopening_approved", |ask| approved(ask, Matter::Reopening)),
];

fn newest<'a>(ask: &'a Ask<'_>) -> Option<&'a Dispatch> {
    ask.facts.clue.dispatches.last()
}

/// To a region right below the one that sends it, on the way to the region of the matter.
fn one_level_down(ask: &Ask<'_>, dispatch: &Dispatch) -> bool {
    above(&dispatch.to).is_some_and(|above| above == dispatch.from)
        && region_covers(&dispatch.to, &ask.region)
}

/// Facts always; what is confirmed names what was done, what is refuted no money.
fn complete(answer: &Answer) -> bool {
    let done = answer.steps.iter().any(|step| *step != Step::Nothing);
    let fits = match answer.outcome {
        None => false,
        Some(Outcome::Confirmed) => done,
        Some(Outcome::Refuted) => answer.found == Fen::ZERO,
        Some(Outcome::Unclear) => true,
    };
    fits && said(&answer.facts)
}
