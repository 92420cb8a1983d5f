//! Acts: what people of a planted case do. Each act writes its own visits before the honest year is written around them.

use crate::{history::History, plan::Job};

/// What one person of a case does.
pub(crate) type Play = fn(&mut History<'_>, &Job);

/// An act, known by the rule that it breaks.
#[derive(Clone, Copy)]
pub struct Act {
    rule: &'static str,
    play: Play,
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.rule)
    }
}

const ACTS: &[Act] = &[];

/// The act for a rule.
pub fn of_rule(rule: &str) -> Option<Act> {
    ACTS.iter().find(|act| act.rule == rule).copied()
}

/// Rules that cases can be planted for.
pub fn rules() -> impl Iterator<Item = &'static str> {
    ACTS.iter().map(|act| act.rule)
}

pub(crate) fn play(history: &mut History<'_>, job: &Job) {
    (job.act.play)(history, job);
}
