//! Who may act at all: asked for every act, reading among them.

use super::{Guard, two_certified};
use crate::facts::{CaseFacts, region_covers};

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("account_enabled", |facts| facts.actor.enabled),
    ("actor_not_recused", |facts| !facts.actor.recused && !recused_officer(facts)),
    ("in_scope", |facts| region_covers(&facts.actor.region, &facts.region)),
    ("two_officers", |facts| two_certified(&facts.officers)),
    ("officers_not_recused", |facts| !facts.officers.iter().any(|officer| officer.recused)),
];

fn recused_officer(facts: &CaseFacts) -> bool {
    facts.officers.iter().any(|officer| officer.recused && officer.account == facts.actor.account)
}
