//! Facts of a case, from filing to archive.

use super::{ClosingGround, DecisionKind, EvidenceKind, EvidenceOrigin, NoticePart, Statement, facts};
use crate::{
    clock::ServerTime,
    measure::Proposal,
    money::{Account, Amounts, MoneyKind},
    trail::Digest,
    vault::Token,
};
use mingcha_model::{Date, Fen};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Sha256;
use sm3::{Digest as _, Sm3};
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
        /// Whether it was decided, with a reason, not to publish: only what touches the public must be (Administrative Penalty
        /// Law, article 48).
        pub withheld: bool,
    }

    /// A finding of the clue that a case comes from: what `mingcha verify` makes again.
    pub struct FindingPointer {
        /// The clue's matter.
        pub clue: String,
        /// The run that saw it.
        pub run: String,
        /// The rule's folder.
        pub rule: String,
        /// The rule's version.
        pub version: u32,
        /// Which of the clue's findings in that run, from 1.
        pub number: u32,
        /// Money in question.
        pub amount: Fen,
        /// Tables and keys of its first lines, at most [`POINTED_LINES`], such as `fee S1/1`.
        pub lines: Vec<String>,
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
    /// SM3 of it: of a file's bytes, of a finding's pointer, or as it was typed; none of an original that nobody scanned.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub sm3: Option<Digest>,
    /// SHA-256 of the same.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub sha256: Option<Digest>,
    /// Where it comes from, in words.
    pub source: String,
    /// Id of the file of the matter that it is, empty where it is none.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub file: String,
    /// The finding that it is. What is neither file nor finding lies outside the system, as all that was entered by hand before did.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub finding: Option<FindingPointer>,
    /// Whose hands it went through, in order.
    pub custody: Vec<String>,
}

impl Evidence {
    /// Where it is.
    pub fn origin(&self) -> EvidenceOrigin {
        match &self.finding {
            Some(_) => EvidenceOrigin::Finding,
            None if self.file.is_empty() => EvidenceOrigin::Outside,
            None => EvidenceOrigin::File,
        }
    }
}

/// Most lines that a pointer to a finding names: as many as a clue is handed over with.
pub const POINTED_LINES: usize = 200;

impl FindingPointer {
    /// Points at a finding as a run writes it; `None` where the value is no finding.
    pub fn of(clue: &str, run: &str, number: u32, finding: &Value) -> Option<Self> {
        let line = |line: &Value| {
            let key: Vec<&str> = line["key"].as_array()?.iter().filter_map(Value::as_str).collect();
            Some(format!("{} {}", line["table"].as_str()?, key.join("/")))
        };
        Some(Self {
            clue: clue.to_owned(),
            run: run.to_owned(),
            rule: finding["rule"].as_str()?.to_owned(),
            version: u32::try_from(finding["version"].as_u64()?).ok()?,
            number,
            amount: Fen(finding["amount"].as_i64()?),
            lines: finding["evidence"].as_array()?.iter().filter_map(line).take(POINTED_LINES).collect(),
        })
    }

    /// Whether a pointer that was made again is this one. Where a line's key held a person's number the record holds its token, which no run
    /// has: of such a line the table alone is compared.
    pub fn is_again(&self, now: &Self) -> bool {
        let table = |line: &str| line.split(' ').next().map(str::to_owned);
        let sealed = |line: &str| {
            line.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| Token::parse(part).is_some())
        };
        let same = |(own, now): (&String, &String)| own == now || sealed(own) && table(own) == table(now);
        let lines = self.lines.len() == now.lines.len() && self.lines.iter().zip(&now.lines).all(same);
        lines && *self == Self { lines: self.lines.clone(), ..now.clone() }
    }

    /// SM3 and SHA-256 of the pointer, over its fields line by line in their order.
    pub fn digests(&self) -> [Digest; 2] {
        let Self { clue, run, rule, version, number, amount, lines } = self;
        let head = format!("{clue}\n{run}\n{rule}\n{version}\n{number}\n{}\n", amount.0);
        let text = head + &lines.join("\n");
        let bytes = text.as_bytes();
        [Digest(Sm3::digest(bytes).into()), Digest(Sha256::digest(bytes).into())]
    }
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
