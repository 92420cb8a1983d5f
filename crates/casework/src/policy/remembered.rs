//! What policies leave over for an account is worked out once and remembered: the same account asks the same of many matters.

use super::{
    Action, Actor, Denied, Filter, Policies, Rule,
    attribute::{self, Column},
    deed::Deed,
    floor,
    partial::Question,
    subject::Matter,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// Most answers that are kept; then all are worked out anew.
const MOST: usize = 4096;

/// A question about matters without the matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    actor: Actor,
    action: Action,
    act: String,
}

/// The matters on which policies speak, for one question.
#[derive(Debug)]
pub(super) struct Residue {
    /// All that is permitted and not forbidden.
    pub whole: Filter,
    /// What each forbidding policy forbids, by its id.
    forbidden: Vec<(String, Filter)>,
}

/// The answers so far, shared by all copies of the policies that they are of.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembered(Arc<Mutex<HashMap<Key, Arc<Residue>>>>);

impl Policies {
    /// Whether an account may do something to a matter, told from what is remembered: for views that ask of many acts or matters.
    /// What changes something or opens personal data is decided by [`Policies::decide`].
    pub fn glance<D: Deed<On = Matter>>(
        &self,
        actor: &Actor,
        deed: &D,
        matter: &Matter,
    ) -> Result<(), Denied> {
        let action = deed.action();
        if let Some((code, message)) = floor(actor, deed, matter.recused.contains(&actor.account)) {
            return Err(Denied { action, code: code.to_owned(), message: message.to_owned() });
        }
        let residue = self.residue(actor, deed);
        if residue.whole.covers(matter) {
            return Ok(());
        }
        let forbidding = residue.forbidden.iter().filter(|(_, filter)| filter.covers(matter));
        Err(self.denied(action, forbidding.map(|(id, _)| id.clone()).collect()))
    }

    /// What is left of the policies for a question about matters.
    pub(super) fn residue<D: Deed>(&self, actor: &Actor, deed: &D) -> Arc<Residue> {
        let key = Key {
            actor: actor.clone(),
            action: deed.action(),
            act: deed.act().unwrap_or_default().to_owned(),
        };
        let known = self.remembered.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let residue = Arc::new(self.work_out(&key));
            let mut kept = self.remembered.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= MOST {
                kept.clear();
            }
            kept.insert(key, Arc::clone(&residue));
            residue
        })
    }

    fn work_out(&self, Key { actor, action, act }: &Key) -> Residue {
        let none = BTreeSet::new();
        let attributes = attribute::account(actor);
        let question = Question {
            account: &actor.account,
            attributes: &attributes,
            actions: self.actions.get(action).unwrap_or(&none),
            act,
            today: i64::from(actor.today.0),
        };
        let (mut permitted, mut forbidden) =
            (Filter::nothing(), Filter::Holds(Column::Recused, actor.account.clone()));
        let mut forbidding = Vec::new();
        for Rule { id, forbids, body, .. } in &self.rules {
            match (question.residual(body), forbids) {
                (Ok(filter), true) => {
                    forbidden = forbidden.or(filter.clone());
                    forbidding.push((id.clone(), filter));
                }
                (Ok(filter), false) => permitted = permitted.or(filter),
                // Cannot be once loaded, and must not open anything if it is.
                (Err(_), true) => return Residue { whole: Filter::nothing(), forbidden: Vec::new() },
                (Err(_), false) => {}
            }
        }
        forbidding.retain(|(_, filter)| !filter.is_nothing());
        Residue { whole: permitted.and(forbidden.negated()), forbidden: forbidding }
    }
}
