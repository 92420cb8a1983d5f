//! The guards by name: each a small question to what is known. What it says when the answer is no stands in `machines/guards.toml`.
//!
//! A guard sees the facts before the act (`ask.before`) and as the act would leave them (`ask.facts`).

mod clue;
mod decision;
mod filing;
mod foreseen;
mod joint;
mod notice;
mod people;
mod person;
mod site;
mod transfer;

pub(crate) use foreseen::foreseen;
pub use person::in_scope;

use crate::{
    ask::Ask,
    clock::Status,
    facts::{Approval, Matter, Officer, Role},
};
use std::collections::BTreeSet;

/// A guard: whether the act may go on.
pub type Guard = fn(&Ask<'_>) -> bool;

/// All guards with their names.
pub(crate) fn all() -> impl Iterator<Item = &'static (&'static str, Guard)> {
    let case = [person::GUARDS, filing::GUARDS, notice::GUARDS, decision::GUARDS, transfer::GUARDS];
    let others = [clue::GUARDS, joint::GUARDS, site::GUARDS, people::GUARDS];
    case.into_iter().chain(others).flatten()
}

/// What the refusal of a guard adds to its words: which item, which amount, which papers.
type Detail = fn(&Ask<'_>) -> String;

/// What the refusal of that guard adds to its words; nothing where they say all.
pub(crate) fn detail(name: &str, ask: &Ask<'_>) -> Option<String> {
    let mut details = decision::DETAILS.iter().chain(transfer::DETAILS);
    let (_, detail) = details.find(|(known, _)| *known == name)?;
    Some(detail(ask)).filter(|words| said(words))
}

/// The guard of that name.
pub(crate) fn named(name: &str) -> Option<Guard> {
    all().find(|(known, _)| *known == name).map(|(_, guard)| *guard)
}

/// A written approval by the head, whoever acts: the head needs one as well.
fn approved(ask: &Ask<'_>, matter: Matter) -> bool {
    let fits = |approval: &Approval| {
        approval.matter == matter
            && said(&approval.paper)
            && approval.role == Role::Head
            && approval.at <= ask.now
    };
    ask.facts.approvals.iter().any(fits)
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

/// Whether a list holds something that says something.
fn some_said(texts: &[String]) -> bool {
    texts.iter().any(|text| said(text))
}

/// Whether a time that has to pass first has passed.
fn passed(ask: &Ask<'_>, limit: &str) -> bool {
    let clock = ask.clocks.get(limit);
    clock.and_then(|clock| clock.earliest).is_some_and(|earliest| earliest <= ask.now.time())
}

/// Whether the end of a limit has not passed.
fn still_in_time(ask: &Ask<'_>, limit: &str) -> bool {
    let clock = ask.clocks.get(limit);
    clock.is_some_and(|clock| matches!(clock.status, Status::Running | Status::Stopped))
}

/// Whether a limit ran out without the act.
fn lapsed(ask: &Ask<'_>, limit: &str) -> bool {
    let clock = ask.clocks.get(limit);
    clock.is_some_and(|clock| matches!(clock.status, Status::Breached | Status::Lapsed))
}
