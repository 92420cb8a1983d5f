//! Clues: merging, passing on, answering.

use super::{Guard, approved, said};
use crate::facts::Matter;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("duplicate_named", |facts| said(&facts.clue.same_as)),
    ("target_named", |facts| said(&facts.clue.target)),
    ("answer_complete", |facts| facts.clue.answer_complete),
    ("checked_by_another", |facts| {
        said(&facts.clue.answered_by) && facts.clue.answered_by != facts.actor.account
    }),
    ("reopening_approved", |facts| approved(facts, Matter::Reopening)),
];
