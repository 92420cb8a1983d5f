//! Who may act at all: asked for every act, reading among them. And what any act may ask of officers, approvals and reasons.

use super::{Guard, said, two_certified};
use crate::{
    ask::{Ask, region_covers},
    clock::EventKind,
    facts::{Department, Facts, Officer, Role},
    machine::NEW,
};

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("account_enabled", |ask| ask.actor.enabled),
    ("actor_not_recused", |ask| !ask.actor.recused && !recused(ask)),
    ("in_scope", |ask| in_scope(&ask.actor.region, &ask.region, &ask.before) && own_matter(ask)),
    ("two_officers", |ask| two_certified(&ask.facts.officers)),
    ("officers_not_recused", |ask| !ask.facts.officers.iter().any(|officer| officer.recused)),
    ("head_decides", |ask| ask.actor.role == Role::Head),
    ("reason_given", |ask| said(&ask.reason)),
    ("paper_numbered", |ask| ask.facts.approvals.last().is_some_and(|approval| said(&approval.paper))),
    ("extension_allowed", extension_allowed),
];

/// Whether a matter is within reach of a region: it lies there, or its facts name the region as taking part.
pub fn in_scope(actor: &str, region: &str, facts: &Facts) -> bool {
    let taking_part = [&facts.clue.cross_checker, &facts.referral.from_region, &facts.referral.to_region];
    region_covers(actor, region) || taking_part.into_iter().any(|part| region_covers(actor, part))
}

/// An institution reaches what names it and nothing else.
fn own_matter(ask: &Ask<'_>) -> bool {
    let Facts { self_check, agreement, trace, .. } = &ask.before;
    let named = [&self_check.institution, &agreement.institution, &trace.institution];
    let opens = ask.state == NEW;
    ask.actor.department != Department::Institution || opens || named.contains(&&ask.actor.organisation)
}

/// Recused by the matter's own record, whatever the account says.
fn recused(ask: &Ask<'_>) -> bool {
    let own = |officer: &Officer| officer.recused && officer.account == ask.actor.account;
    ask.before.recused.contains(&ask.actor.account)
        || ask.before.officers.iter().chain(&ask.before.transfer.team).any(own)
}

/// The limit knows the extension and its clock is open; the clock itself refuses what goes beyond it.
fn extension_allowed(ask: &Ask<'_>) -> bool {
    ask.changes.iter().all(|change| {
        let EventKind::Extended { extension, amount, ground, .. } = &change.kind else { return true };
        let limit = ask.procedures.limit(&change.clock.limit, &ask.region);
        let known = limit.and_then(|limit| limit.extensions.iter().find(|known| known.id == *extension));
        known.is_some_and(|known| {
            amount.is_none_or(|amount| (1..=known.span.amount).contains(&amount))
                && (!known.ground || ground.as_deref().is_some_and(said))
                && super::still_in_time(ask, &change.clock.to_string())
        })
    })
}
