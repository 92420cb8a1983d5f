//! What an act is for the clocks: its events, when each happened and which thing of the matter it is about.

use super::{ActInput, Emitted};
use crate::{
    ask::Ask,
    clock::ServerTime,
    facts::{DecisionKind, Facts, owed},
    limit::Per,
    machine::Act,
    money::MoneyKind,
    words::Word as _,
};
use mingcha_model::Fen;

/// The events of an act, in the order in which its machine names them.
pub(super) fn emitted(ask: &Ask<'_>, act: &Act, input: &ActInput) -> Vec<Emitted> {
    let item = item(&ask.facts, input);
    let happened = act.emits.iter().filter(|event| happened(ask, event));
    happened.map(|event| Emitted { event: event.clone(), at: instant(ask, event), item }).collect()
}

/// Whether an act is an event that it is only where its matter has what the law asks about.
fn happened(ask: &Ask<'_>, event: &str) -> bool {
    let Facts { decision, payments, review, service, .. } = &ask.facts;
    let owes = |kind| owed(decision, payments, kind) > Fen::ZERO;
    match event {
        "review_asked" => review.required,
        "fine_imposed" => owes(MoneyKind::Fined),
        // Paid is paid, whether somebody confirms it later or not.
        "fine_paid" => decision.amounts().fined.0 > Fen::ZERO && !owes(MoneyKind::Fined),
        "decision_overturned" => service.published.is_some() && !service.withdrawn,
        // Only penalties are published: what was left without one, did not stand or went elsewhere is not.
        "penalty_decided" => decision.kind() == DecisionKind::Penalty,
        "case_returned" => !ask.around.case_decided,
        // Nothing is enforced against one who has paid.
        "remedy_expired" => MoneyKind::ALL.iter().any(|(kind, ..)| owes(*kind)),
        _ => true,
    }
}

/// When an event happened: now, but for the two that lie before the act by their nature.
fn instant(ask: &Ask<'_>, event: &str) -> ServerTime {
    let ended = || {
        let day = ask.facts.filing.violation_ended;
        day.map_or(ask.now, |day| ServerTime::from_store(day.start()))
    };
    match event {
        "violation_ended" => ended(),
        // What went on after it was seen was found no earlier than it ended.
        "violation_found" => ask.around.found.unwrap_or(ask.now).min(ask.now).max(ended()),
        _ => ask.now,
    }
}

/// The thing that an act is about, where a limit may run for each such thing: which number it has among its like, from 1.
fn item(facts: &Facts, input: &ActInput) -> Option<(Per, u32)> {
    Some(match input {
        ActInput::RegisterGoods(_) | ActInput::SealGoods(_) => (Per::Holding, facts.holdings.len() as u32),
        ActInput::SettleGoods(input) => (Per::Holding, input.holding),
        ActInput::AskHelp(_) => (Per::Help, facts.help.len() as u32),
        ActInput::EnterHelp(input) => (Per::Help, input.help),
        // The next is asked for only when the one before has come, so that both are about the newest.
        ActInput::AskSupplement(_) | ActInput::Supplement(_) => (Per::Supplement, facts.transfer.rounds),
        _ => return None,
    })
}
