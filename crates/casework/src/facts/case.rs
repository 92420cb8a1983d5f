//! Facts of a case, from filing to archive.

use super::{ClosingGround, DecisionKind, EvidenceKind, NoticePart, Statement, facts};
use crate::{
    clock::ServerTime,
    measure::Proposal,
    money::{Account, Amounts, MoneyKind},
    trail::Digest,
};
use mingcha_model::{Date, Fen};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

facts! {
    /// What is known at filing.
    pub struct Filing {
        /// Key of who is suspected.
        pub subject: String,
        /// The clue that it comes from.
        pub clue: Option<String>,
        /// The facts of a violation.
        pub violation_facts: String,
        /// It belongs to this department.
        pub own_jurisdiction: bool,
        /// The last day of the violation.
        pub violation_ended: Option<Date>,
        /// It touches life, health or financial safety and had harmful consequences.
        pub grave: bool,
        /// With whom the jurisdiction is disputed.
        pub disputed_with: String,
    }

    /// Goods that are registered or sealed.
    pub struct Holding {
        /// The list of goods.
        pub items: Vec<String>,
        /// Whether they are sealed.
        pub sealed: bool,
        /// Whether they were handled: kept, released, handed over.
        pub settled: bool,
    }

    /// Help that was asked of another body.
    pub struct Help {
        /// Of whom.
        pub of: String,
        /// For what.
        pub asked: String,
        /// What came back.
        pub answer: String,
    }

    /// The opinion of a legal review before the newest.
    pub struct Opinion {
        /// Account of the reviewer.
        pub reviewer: String,
        /// Whether it agreed.
        pub passed: bool,
        /// What it said.
        pub opinion: String,
    }

    /// The legal review.
    pub struct Review {
        /// Whether the law asks for it.
        pub required: bool,
        /// Account of the reviewer.
        pub reviewer: String,
        /// Whether it agrees.
        pub passed: bool,
        /// What it says.
        pub opinion: String,
        /// Opinions on what was concluded earlier, the newest last.
        pub earlier: Vec<Opinion>,
    }

    /// A notice before the decision.
    pub struct Notice {
        /// What it states.
        pub parts: BTreeSet<NoticePart>,
        /// It was served.
        pub served: bool,
        /// The fine that it announces.
        pub fine: Fen,
        /// It rests on facts that are newer than the notice before it.
        pub new_facts: bool,
    }

    /// The hearing that the party may ask for.
    pub struct Hearing {
        /// What became of the party's right to answer.
        pub statement: Option<Statement>,
        /// A hearing was asked for in time.
        pub asked: bool,
        /// Account of who chairs it.
        pub chair: String,
        /// Where it is held.
        pub place: String,
        /// It was held.
        pub held: bool,
        /// It was held and closed.
        pub finished: bool,
        /// What the chair thinks of it.
        pub opinion: String,
    }

    /// A collective discussion.
    pub struct Discussion {
        /// Whether the law asks for it.
        pub required: bool,
        /// Account and opinion of each who took part.
        pub opinions: Vec<(String, String)>,
        /// What was concluded.
        pub conclusion: String,
    }

    /// One act with what answers it.
    pub struct DecisionItem {
        /// Id of the measure.
        pub measure: String,
        /// What is proposed.
        pub proposal: Proposal,
    }

    /// What is decided.
    pub struct Decision {
        /// What the case comes to; absent until then, and in a decision by the agreement.
        pub kind: Option<DecisionKind>,
        /// Act by act.
        pub items: Vec<DecisionItem>,
        /// Keys of the lines whose money is counted.
        pub lines: BTreeSet<String>,
        /// The paper was written.
        pub written: bool,
        /// The party was absent when it was announced.
        pub absent: bool,
        /// By what it was changed, withdrawn or found unlawful.
        pub overturned: String,
    }

    /// Service and what follows it.
    pub struct Service {
        /// When the decision was served.
        pub served: Option<ServerTime>,
        /// Whether a proof of it is there.
        pub receipt: bool,
        /// When the decision was published.
        pub published: Option<ServerTime>,
        /// Whether personal data were taken out of what is published.
        pub anonymous: bool,
        /// Whether the publication was withdrawn.
        pub withdrawn: bool,
    }

    /// The end of a case.
    pub struct Closing {
        /// Why.
        pub ground: Option<ClosingGround>,
    }
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Which of the eight kinds.
    pub kind: EvidenceKind,
    /// What it is.
    pub title: String,
    /// SM3 of it.
    pub sm3: Digest,
    /// SHA-256 of it.
    pub sha256: Digest,
    /// Where it comes from: line, rule and run, or who handed it over.
    pub source: String,
    /// Whose hands it went through, in order.
    pub custody: Vec<String>,
}

/// A payment that was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// What for.
    pub kind: MoneyKind,
    /// To where.
    pub account: Account,
    /// How much.
    pub amount: Fen,
    /// Number of the bank's paper.
    pub voucher: String,
}

impl Review {
    /// The investigation is concluded: what was reviewed once is reviewed again, so that nobody gets round an opinion by concluding anew.
    pub(crate) fn concluded(&mut self, required: bool) {
        if !self.reviewer.is_empty() {
            self.earlier.push(Opinion {
                reviewer: std::mem::take(&mut self.reviewer),
                passed: std::mem::take(&mut self.passed),
                opinion: std::mem::take(&mut self.opinion),
            });
        }
        self.required = required || !self.earlier.is_empty();
    }
}

impl Decision {
    /// The four kinds of money, each added to its like.
    pub fn amounts(&self) -> Amounts {
        let of = |item: &DecisionItem| Amounts {
            returned: item.proposal.returned.unwrap_or_default(),
            fined: item.proposal.fined.unwrap_or_default(),
            damages: item.proposal.damages.unwrap_or_default(),
            refused: item.proposal.refused.unwrap_or_default(),
        };
        self.items.iter().map(of).fold(Amounts::default(), std::ops::Add::add)
    }

    /// The kind; what was decided before kinds were recorded was a penalty.
    pub fn kind(&self) -> DecisionKind {
        self.kind.unwrap_or(DecisionKind::Penalty)
    }
}

/// What is still owed of a kind of money. What was refused was never paid, so nothing is owed of it.
pub fn owed(decision: &Decision, payments: &[Payment], kind: MoneyKind) -> Fen {
    let amounts = decision.amounts();
    let due = match kind {
        MoneyKind::Returned => amounts.returned.0,
        MoneyKind::Fined => amounts.fined.0,
        MoneyKind::AgreementDamages => amounts.damages.0,
        MoneyKind::Refused => Fen::ZERO,
    };
    let paid = payments.iter().filter(|payment| payment.kind == kind).map(|payment| payment.amount.0).sum();
    Fen(due.0.saturating_sub(paid))
}
