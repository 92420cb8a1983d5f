//! The transfer of suspected crimes, from the team to the goods.

use super::{Detail, Guard, approved, said, some_said, still_in_time, two_certified};
use crate::{
    ask::Ask,
    facts::{Enclosed, Enclosure, Matter},
    words::Word as _,
};

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("crime_suspected", |ask| ask.facts.transfer.suspected && said(&ask.facts.transfer.crime)),
    ("transfer_of_a_case", |ask| said(&ask.facts.transfer.case)),
    ("transfer_team_of_two", |ask| two_certified(&ask.facts.transfer.team)),
    ("transfer_report_written", |ask| said(&ask.facts.transfer.report)),
    ("transfer_approved", |ask| approved(ask, Matter::Transfer)),
    ("enclosures_complete", |ask| lacking(ask).next().is_none()),
    ("papers_issued", |ask| ask.around.unissued_papers.is_empty()),
    ("letter_numbered", |ask| said(&ask.facts.transfer.letter)),
    ("letter_its_own", |ask| !ask.around.letter_taken),
    ("letter_lists_enclosures", |ask| {
        let issued = ask.around.letter.as_ref().map(|(_, issued)| *issued);
        issued.zip(ask.facts.transfer.enclosed).is_none_or(|(issued, listed)| listed <= issued)
    }),
    ("same_level", |ask| ask.facts.transfer.same_level),
    ("receipt_once", |ask| ask.before.transfer.receipt.is_none()),
    ("receipt_signed", |ask| ask.before.transfer.receipt.is_some()),
    ("supplement_listed", |ask| some_said(&ask.facts.transfer.supplements)),
    ("supplement_sent", |ask| ask.facts.transfer.supplied.len() > ask.before.transfer.supplied.len()),
    ("rerouted_in_writing", |ask| said(&ask.facts.transfer.rerouted_to)),
    ("answered_in_writing", |ask| said(&ask.facts.transfer.answer)),
    ("answered_once", |ask| !said(&ask.before.transfer.answer)),
    ("file_returned", |ask| ask.facts.transfer.file_returned),
    ("contested_in_time", |ask| still_in_time(ask, "D42")),
    ("goods_to_hand_over_listed", |ask| some_said(&ask.facts.transfer.goods)),
    ("stage_named", |ask| said(&ask.facts.transfer.stage)),
    // More than a transfer ever has is a slip of the hand.
    ("suspects_counted", |ask| {
        let (before, after) = (ask.before.transfer.suspects, ask.facts.transfer.suspects);
        (1..=1000).contains(&after.saturating_sub(before))
    }),
    ("institutions_closed_named", |ask| ask.facts.transfer.closed.len() > ask.before.transfer.closed.len()),
];

pub(super) const DETAILS: &[(&str, Detail)] = &[
    ("papers_issued", |ask| ask.around.unissued_papers.join("、")),
    ("enclosures_complete", |ask| lacking(ask).map(Enclosure::title).collect::<Vec<_>>().join("、")),
];

/// Those of the five that neither point at anything nor were declared not to exist. The letter is written after the list of what goes with
/// it; that it is there has guards of its own.
fn lacking<'a>(ask: &'a Ask<'_>) -> impl Iterator<Item = Enclosure> + 'a {
    let there = &ask.facts.transfer.enclosures;
    let all = Enclosure::ALL.iter().map(|(enclosure, ..)| *enclosure);
    all.filter(|enclosure| {
        let mut own = there.iter().filter(|one| one.enclosure == *enclosure).peekable();
        let named = own.peek().is_some() || *enclosure == Enclosure::Letter;
        !named || !own.all(Enclosed::holds)
    })
}
