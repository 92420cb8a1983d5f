//! Inputs of a clue.

use super::{Input, InputError, Key, Line, List, Prose, Sum, payloads};
use crate::{
    ask::{Ask, above},
    facts::{Answer, Clue, Dispatch, Facts, Link, Outcome, Source, Step},
    machine::Act,
    trail::Digest,
};
use mingcha_model::Date;

payloads! {
    /// A clue comes in.
    OpenClue {
        /// Where it comes from.
        source: Source,
        /// Key of who is suspected.
        subject: Key,
        /// Digest of rule and subject.
        key: Line,
        /// Amount at stake.
        amount: Sum,
        /// 1 to 3.
        severity: u32,
        /// 1 the highest to 3.
        grade: u32,
    } (self, _ask, _act, facts) => {
        facts.clue = Clue {
            source: Some(self.source),
            subject: self.subject.code()?,
            key: self.key.owned(),
            amount: self.amount.0,
            severity: self.severity,
            grade: self.grade,
            ..Clue::default()
        };
    }
    /// A newer run saw it again.
    Refresh {
        /// Amount at stake now.
        amount: Sum,
        /// Grade now.
        grade: u32,
    } (self, _ask, _act, facts) => {
        facts.clue.amount = self.amount.0;
        facts.clue.grade = self.grade;
    }
    /// It repeats another.
    Merge {
        /// Which.
        into: Line,
    } (self, _ask, _act, facts) => {
        facts.clue.same_as = self.into.owned();
    }
    /// It belongs elsewhere.
    PassOn {
        /// Where.
        to: Line,
    } (self, _ask, _act, facts) => {
        facts.clue.passed_to = self.to.owned();
        facts.complaint.passed_to = self.to.owned();
    }
    /// It belongs with something.
    AddLink {
        /// `institution`, `person`, `practitioner`, `clue` or `case`.
        kind: Line,
        /// Which.
        id: Key,
    } (self, _ask, _act, facts) => {
        facts.clue.links.push(Link { kind: self.kind.owned(), id: self.id.code()? });
    }
    /// One step down.
    SendDown {
        /// To which region.
        to: Line,
        /// By which day it is to be answered.
        due: Date,
    } (self, ask, _act, facts) => {
        let from = facts.clue.holder().unwrap_or(&ask.actor.region).to_owned();
        facts.clue.dispatches.push(Dispatch { from, to: self.to.owned(), due: Some(self.due) });
    }
    /// What checking came to.
    AnswerClue {
        /// Confirmed, refuted or unclear.
        outcome: Outcome,
        /// The facts, or what could not be found out.
        facts: Prose,
        /// Amount found.
        found: Sum,
        /// What was done.
        steps: List<Step, 10>,
        /// SM3 of the attachments.
        attachments: List<Digest, 100>,
    } (self, ask, _act, facts) => {
        facts.clue.answers.push(Answer {
            outcome: Some(self.outcome),
            facts: self.facts.owned(),
            found: self.found.0,
            steps: self.steps.0.iter().copied().collect(),
            attachments: self.attachments.0.clone(),
            by: ask.actor.account.clone(),
            region: ask.actor.region.clone(),
            at: Some(ask.now),
        });
        facts.clue.reported.clone_from(&ask.actor.region);
    }
    /// The answer goes up one level.
    ReportUp {
    } (self, _ask, _act, facts) => {
        facts.clue.reported = above(&facts.clue.reported).unwrap_or_default();
    }
    /// The answer goes back with the reason of the act.
    SendBack {
    } (self, ask, _act, facts) => {
        facts.clue.returns.push(ask.reason.clone());
        facts.clue.reported.clear();
    }
    /// Chosen by lot for a second look.
    SpotCheck {
        /// The draw.
        draw: Line,
    } (self, _ask, _act, facts) => {
        facts.clue.draw = self.draw.owned();
    }
    /// Another region looks.
    CrossCheck {
        /// Which.
        region: Line,
    } (self, _ask, _act, facts) => {
        facts.clue.cross_checker = self.region.owned();
    }
}
