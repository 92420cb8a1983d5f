//! Inputs of a case.

use super::{Input, InputError, Key, Line, List, Prose, Sum, at, optional_line, payloads};
use crate::{
    ask::Ask,
    facts::{
        ClosingGround, DecisionItem, DecisionKind, Evidence, EvidenceKind, EvidenceOrigin, Facts, Filing,
        Help, Holding, Notice, NoticePart, Payment, Refusal, Statement,
    },
    machine::Act,
    measure::Proposal,
    money::{Account, MoneyKind},
    trail::Digest,
};
use mingcha_model::Date;

payloads! {
    /// A case is proposed.
    OpenCase {
        /// Key of who is suspected.
        subject: Key,
        /// The clue that it comes from.
        clue: Option<Line>,
        /// The facts of a violation.
        violation_facts: Prose,
        /// The last day of the violation, a fact to be proved.
        violation_ended: Date,
        /// It touches life, health or financial safety and had harmful consequences.
        grave: bool,
        /// It belongs to this department.
        own_jurisdiction: bool,
    } (self, _ask, _act, facts) => {
        facts.filing = Filing {
            subject: self.subject.code()?,
            clue: self.clue.as_ref().map(Line::owned),
            violation_facts: self.violation_facts.owned(),
            own_jurisdiction: self.own_jurisdiction,
            violation_ended: Some(self.violation_ended),
            grave: self.grave,
            disputed_with: String::new(),
        };
        if self.grave {
            facts.variants.insert("D29".to_owned(), "grave".to_owned());
        }
    }
    /// Another department claims the matter.
    Dispute {
        /// Which.
        with: Line,
    } (self, _ask, _act, facts) => {
        facts.filing.disputed_with = self.with.owned();
        facts.filing.own_jurisdiction = false;
    }
    /// It is settled whose matter it is.
    SettleJurisdiction {
        /// It is ours.
        own: bool,
    } (self, _ask, _act, facts) => {
        facts.filing.own_jurisdiction = self.own;
    }
    /// A piece of evidence.
    AddEvidence {
        /// Which of the eight kinds.
        kind: EvidenceKind,
        /// Where it is.
        origin: EvidenceOrigin,
        /// Id of the file of the matter.
        file: Option<Line>,
        /// The finding of the clue that the case comes from: run and number from 1, such as `r-1#2`.
        finding: Option<Line>,
        /// What it is.
        title: Line,
        /// Who gave it; what is known already of a file or a finding need not be told.
        source: Option<Line>,
        /// SM3 of an original that was scanned.
        sm3: Option<Digest>,
        /// SHA-256 of the same.
        sha256: Option<Digest>,
    } (self, ask, _act, facts) => {
        facts.evidence.push(self.piece(ask)?);
    }
    /// A piece of evidence goes into other hands.
    Custody {
        /// Which, from 1.
        evidence: u32,
        /// Whose hands.
        to: Key,
    } (self, _ask, _act, facts) => {
        at(&mut facts.evidence, self.evidence, "证据")?.custody.push(self.to.code()?);
    }
    /// Goods are registered and kept.
    RegisterGoods {
        /// The list.
        items: List<Line>,
    } (self, _ask, _act, facts) => {
        facts.holdings.push(Holding { items: self.items.owned(), sealed: false, settled: false });
    }
    /// Goods are sealed.
    SealGoods {
        /// The list.
        items: List<Line>,
    } (self, _ask, _act, facts) => {
        facts.holdings.push(Holding { items: self.items.owned(), sealed: true, settled: false });
    }
    /// Goods are kept, released or handed over.
    SettleGoods {
        /// Which list, from 1.
        holding: u32,
    } (self, _ask, _act, facts) => {
        at(&mut facts.holdings, self.holding, "物品清单")?.settled = true;
    }
    /// Another body is asked to help.
    AskHelp {
        /// Which.
        of: Line,
        /// For what.
        asked: Prose,
    } (self, _ask, _act, facts) => {
        facts.help.push(Help { of: self.of.owned(), asked: self.asked.owned(), answer: String::new() });
    }
    /// Its answer.
    EnterHelp {
        /// To which request, from 1.
        help: u32,
        /// The answer.
        answer: Prose,
    } (self, _ask, _act, facts) => {
        at(&mut facts.help, self.help, "协查函")?.answer = self.answer.owned();
    }
    /// Cooperation was refused.
    RecordRefusal {
        /// Which situation.
        situation: Refusal,
        /// What happened.
        what: Prose,
    } (self, _ask, _act, facts) => {
        facts.refusals.push((self.situation, self.what.owned()));
    }
    /// The investigation is over.
    Conclude {
        /// The law asks for a legal review.
        review_required: bool,
        /// The law asks for a collective discussion.
        discussion_required: bool,
    } (self, _ask, _act, facts) => {
        facts.review.concluded(self.review_required);
        facts.discussion.required = self.discussion_required;
    }
    /// The opinion of the legal review, by who acts.
    LegalReview {
        /// It agrees.
        passed: bool,
        /// What it says.
        opinion: Prose,
    } (self, ask, _act, facts) => {
        facts.review.reviewer.clone_from(&ask.actor.account);
        facts.review.passed = self.passed;
        facts.review.opinion = self.opinion.owned();
    }
    /// A notice before the decision, with the proof of its service.
    ServeNotice {
        /// What it states.
        parts: List<NoticePart, 8>,
        /// The fine that it announces.
        fine: Sum,
        /// It rests on new facts.
        new_facts: bool,
        /// Number of the proof of service.
        receipt: Line,
    } (self, _ask, _act, facts) => {
        facts.notices.push(Notice {
            parts: self.parts.0.iter().copied().collect(),
            served: !self.receipt.as_str().is_empty(),
            fine: self.fine.0,
            new_facts: self.new_facts,
        });
    }
    /// What became of the right to answer.
    EnterStatement {
        /// What.
        what: Statement,
    } (self, _ask, _act, facts) => {
        facts.hearing.statement = Some(self.what);
    }
    /// The party asks to be heard.
    AskHearing {
    } (self, _ask, _act, facts) => {
        facts.hearing.asked = true;
    }
    /// Place and chair of a hearing.
    NotifyHearing {
        /// Account of the chair.
        chair: Line,
        /// Where.
        place: Line,
    } (self, _ask, _act, facts) => {
        facts.hearing.chair = self.chair.owned();
        facts.hearing.place = self.place.owned();
    }
    /// The hearing is held.
    HoldHearing {
    } (self, _ask, _act, facts) => {
        facts.hearing.held = true;
    }
    /// The hearing is closed.
    CloseHearing {
    } (self, _ask, _act, facts) => {
        facts.hearing.finished = true;
    }
    /// What the chair thinks.
    HearingOpinion {
        /// It.
        opinion: Prose,
    } (self, _ask, _act, facts) => {
        facts.hearing.opinion = self.opinion.owned();
    }
    /// A collective discussion.
    Discuss {
        /// Account and opinion of each.
        opinions: List<(Line, Prose), 50>,
        /// What was concluded.
        conclusion: Prose,
    } (self, _ask, _act, facts) => {
        facts.discussion.opinions = self.opinions.0.iter().map(|(who, what)| (who.owned(), what.owned())).collect();
        facts.discussion.conclusion = self.conclusion.owned();
    }
    /// The decision, act by act.
    Decide {
        /// What the case comes to.
        kind: DecisionKind,
        /// Id of the measure, and what is proposed.
        items: List<(Line, Proposal), 50>,
        /// Keys of the lines whose money is counted.
        lines: List<Line, 20000>,
    } (self, _ask, _act, facts) => {
        let item = |(measure, proposal): &(Line, Proposal)| DecisionItem { measure: measure.owned(), proposal: *proposal };
        facts.decision.kind = Some(self.kind);
        facts.decision.items = self.items.0.iter().map(item).collect();
        facts.decision.lines = self.lines.owned().into_iter().collect();
    }
    /// The paper is written.
    WriteDecision {
    } (self, _ask, _act, facts) => {
        facts.decision.written = true;
    }
    /// It is announced while the party is absent.
    Announce {
    } (self, _ask, _act, facts) => {
        facts.decision.absent = true;
    }
    /// It is served.
    Serve {
        /// Number of the proof of service.
        receipt: Line,
    } (self, ask, _act, facts) => {
        facts.service.served = Some(ask.now);
        facts.service.receipt = !self.receipt.as_str().is_empty();
    }
    /// It is published.
    Publish {
        /// Personal data were taken out.
        anonymous: bool,
    } (self, ask, _act, facts) => {
        facts.service.published = Some(ask.now);
        facts.service.withheld = false;
        facts.service.anonymous = self.anonymous;
    }
    /// It was changed, withdrawn or found unlawful.
    Overturn {
        /// By what paper.
        by: Line,
    } (self, _ask, _act, facts) => {
        facts.decision.overturned = self.by.owned();
    }
    /// What was published is taken back.
    WithdrawPublication {
    } (self, _ask, _act, facts) => {
        facts.service.withdrawn = true;
    }
    /// It touches the public so little that it is not published.
    WithholdPublication {
    } (self, _ask, _act, facts) => {
        facts.service.withheld = true;
    }
    /// A payment.
    Pay {
        /// What for.
        kind: MoneyKind,
        /// To where.
        account: Account,
        /// How much.
        amount: Sum,
        /// Number of the bank's paper.
        voucher: Line,
    } (self, _ask, _act, facts) => {
        facts.payments.push(Payment {
            kind: self.kind,
            account: self.account,
            amount: self.amount.0,
            voucher: self.voucher.owned(),
        });
    }
    /// Why it is closed.
    Close {
        /// Why.
        ground: ClosingGround,
    } (self, _ask, _act, facts) => {
        facts.closing.ground = Some(self.ground);
    }
    /// A crime is suspected.
    SuspectCrime {
        /// The article that may be broken.
        crime: Line,
    } (self, _ask, _act, facts) => {
        facts.transfer.suspected = true;
        facts.transfer.crime = self.crime.owned();
    }
}

impl AddEvidence {
    /// The piece with the digests that the store knows; those of an original are the ones that are told.
    fn piece(&self, ask: &Ask<'_>) -> Result<Evidence, InputError> {
        if self.origin != EvidenceOrigin::Outside && (self.sm3.is_some() || self.sha256.is_some()) {
            return Err(InputError::Counted);
        }
        let told = optional_line(self.source.as_ref());
        let mut piece = Evidence {
            kind: self.kind,
            title: self.title.owned(),
            sm3: self.sm3,
            sha256: self.sha256,
            source: told,
            file: String::new(),
            finding: None,
            custody: vec![ask.actor.account.clone()],
        };
        match self.origin {
            EvidenceOrigin::File => {
                let id = optional_line(self.file.as_ref());
                let file = ask.around.files.get(&id).ok_or_else(|| InputError::unknown("文件", &id))?;
                (piece.sm3, piece.sha256) = (Some(file.sm3), Some(file.sha256));
                if piece.source.is_empty() {
                    piece.source.clone_from(&file.taken_from);
                }
                piece.file = id;
            }
            EvidenceOrigin::Finding => {
                let id = optional_line(self.finding.as_ref());
                let known = ask.around.finding.as_ref();
                let known = known.ok_or_else(|| InputError::unknown("来源线索的发现", &id))?;
                let [sm3, sha256] = known.pointer.digests();
                (piece.sm3, piece.sha256) = (Some(sm3), Some(sha256));
                if piece.source.is_empty() {
                    let (number, run) = (known.pointer.number, &known.pointer.run);
                    piece.source = format!("筛查运行{run}，规则“{}”，来源线索第{number}项发现", known.title);
                }
                piece.finding = Some(known.pointer.clone());
            }
            EvidenceOrigin::Outside => {}
        }
        Ok(piece)
    }
}
