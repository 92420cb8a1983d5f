//! The guards by name: each a small question to the facts. What it says when the answer is no stands in `machines/guards.toml`.

mod clue;
mod decision;
mod filing;
mod notice;
mod person;
mod transfer;

use crate::{
    clock::Status,
    facts::{CaseFacts, Matter, Officer, Role},
};
use std::collections::BTreeSet;

/// A guard: whether the act may go on.
pub type Guard = fn(&CaseFacts) -> bool;

/// All guards with their names.
pub(crate) fn all() -> impl Iterator<Item = &'static (&'static str, Guard)> {
    [person::GUARDS, filing::GUARDS, notice::GUARDS, decision::GUARDS, transfer::GUARDS, clue::GUARDS]
        .into_iter()
        .flatten()
}

/// The guard of that name.
pub(crate) fn named(name: &str) -> Option<Guard> {
    all().find(|(known, _)| *known == name).map(|(_, guard)| *guard)
}

/// A written approval by the head, whoever acts: the head needs one as well.
fn approved(facts: &CaseFacts, matter: Matter) -> bool {
    let fits = |approval: &crate::facts::Approval| {
        approval.matter == matter
            && approval.written
            && approval.role == Role::Head
            && approval.at <= facts.now
    };
    facts.approvals.iter().any(fits)
}

/// Two people, counted by certificate number: the same officer under two accounts is one.
fn two_certified(officers: &[Officer]) -> bool {
    let counted = officers.iter().filter(|officer| officer.valid && !officer.recused);
    let certificates: BTreeSet<&str> =
        counted.map(|officer| officer.certificate.trim()).filter(|number| !number.is_empty()).collect();
    certificates.len() >= 2
}

/// Whether a text says something.
fn said(text: &str) -> bool {
    !text.trim().is_empty()
}

/// Whether a time that has to pass first has passed.
fn passed(facts: &CaseFacts, limit: &str) -> bool {
    let clock = facts.clocks.get(limit);
    clock.and_then(|clock| clock.earliest).is_some_and(|earliest| earliest <= facts.now.time())
}

/// Whether the end of a limit has not passed.
fn still_in_time(facts: &CaseFacts, limit: &str) -> bool {
    let clock = facts.clocks.get(limit);
    clock.is_some_and(|clock| matches!(clock.status, Status::Running | Status::Stopped))
}

/// Whether a limit ran out without the act.
fn lapsed(facts: &CaseFacts, limit: &str) -> bool {
    facts.clocks.get(limit).is_some_and(|clock| clock.status == Status::Breached)
}
