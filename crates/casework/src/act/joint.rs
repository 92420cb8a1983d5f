//! Inputs of complaints, referrals, listed supervision and meetings.

use super::{Informant, Input, InputError, Line, List, Prose, Sum, at, payloads, sm3};
use crate::{
    ask::Ask,
    facts::{Channel, Complaint, Department, Due, Facts, Listed, Referral, Task},
    machine::Act,
    trail::Digest,
    vault::Token,
};
use mingcha_model::Date;

payloads! {
    /// A complaint. Who informed is sealed apart on the way; only the token stays here.
    OpenComplaint {
        /// How it came.
        channel: Channel,
        /// The informant gave a name.
        named: bool,
        /// Who informed; taken out and sealed apart before anything is done.
        informant: Option<Informant>,
        /// The token of the sealed informant, which sealing sets.
        token: Option<Line>,
        /// Against whom.
        target: Line,
        /// It is against a natural person, whose name is sealed.
        target_is_person: Option<bool>,
        /// What is said.
        content: Prose,
        /// It brings concrete leads or evidence.
        evidence: bool,
    } (self, _ask, _act, facts) => {
        let name = self.target_is_person == Some(true) && Token::parse(self.target.as_str()).is_none();
        if self.informant.is_some() || name {
            return Err(InputError::Unsealed);
        }
        facts.complaint = Complaint {
            channel: Some(self.channel),
            named: self.named,
            token: self.token.as_ref().map(Line::owned).unwrap_or_default(),
            target: self.target.owned(),
            content: self.content.owned(),
            evidence: self.evidence,
            ..Complaint::default()
        };
    }
    /// The clue that it became.
    ComplaintClue {
        /// Which.
        clue: Line,
    } (self, _ask, _act, facts) => {
        facts.complaint.clue = self.clue.owned();
    }
    /// What came of it.
    ComplaintOutcome {
        /// It was proved.
        proved: bool,
        /// The value of the case.
        value: Sum,
    } (self, _ask, _act, facts) => {
        facts.complaint.proved = self.proved;
        facts.complaint.value = self.value.0;
    }
    /// The informant was told.
    Tell {
        /// Number of the paper.
        paper: Line,
    } (self, _ask, _act, facts) => {
        facts.complaint.told = self.paper.owned();
    }
    /// A reward is proposed.
    ProposeReward {
        /// How much.
        amount: Sum,
        /// The main facts were known before.
        known: bool,
        /// This informant was the first.
        first: bool,
        /// The informant works for an agency or on its behalf.
        staff: bool,
    } (self, ask, _act, facts) => {
        let complaint = &mut facts.complaint;
        (complaint.known, complaint.first, complaint.staff) = (self.known, self.first, self.staff);
        complaint.reward = self.amount.0;
        complaint.proposed_by.clone_from(&ask.actor.account);
    }
    /// The informant is told of the reward and of a code to claim it by.
    TellReward {
        /// SM3 of the code.
        code_sm3: Digest,
    } (self, ask, _act, facts) => {
        facts.complaint.claim_code = Some(self.code_sm3);
        facts.complaint.told_reward = Some(ask.now);
    }
    /// Somebody shows a code.
    ClaimReward {
        /// The code.
        code: Line,
    } (self, _ask, _act, facts) => {
        facts.complaint.claimed = Some(sm3(self.code.as_str()));
    }
    /// The reward is transferred.
    PayReward {
        /// Number of the transfer.
        voucher: Line,
    } (self, _ask, _act, facts) => {
        facts.complaint.voucher = self.voucher.owned();
    }
    /// A matter for another department.
    OpenReferral {
        /// Which department.
        to: Department,
        /// In which region.
        to_region: Line,
        /// What it is about.
        content: Prose,
        /// What is asked for.
        asked: Prose,
        /// The clue or case that it belongs to.
        linked: Line,
        /// By when.
        due: Date,
    } (self, ask, _act, facts) => {
        facts.referral = Referral {
            from: Some(ask.actor.department),
            from_region: ask.actor.region.clone(),
            to: Some(self.to),
            to_region: self.to_region.owned(),
            content: self.content.owned(),
            asked: self.asked.owned(),
            linked: self.linked.owned(),
            due: Due { day: Some(self.due), was: Vec::new() },
            ..Referral::default()
        };
    }
    /// It is refused with the ground of the act.
    RefuseReferral {
    } (self, ask, _act, facts) => {
        facts.referral.refusals.push(ask.reason.clone());
    }
    /// It goes to somebody else, or again.
    Redirect {
        /// Which department.
        to: Department,
        /// In which region.
        to_region: Line,
        /// By when.
        due: Date,
    } (self, _ask, _act, facts) => {
        facts.referral.to = Some(self.to);
        facts.referral.to_region = self.to_region.owned();
        facts.referral.due.moved(self.due);
    }
    /// What came of it.
    ReferralResult {
        /// What.
        result: Prose,
        /// Money that came of it.
        amount: Sum,
    } (self, _ask, _act, facts) => {
        facts.referral.result = self.result.owned();
        facts.referral.amount = self.amount.0;
    }
    /// Matters to be supervised.
    OpenListed {
        /// Which.
        matters: List<Line, 100>,
        /// The region that must act.
        duty_region: Line,
        /// One or two authorities.
        authorities: List<Department, 2>,
        /// By when.
        due: Date,
    } (self, _ask, _act, facts) => {
        facts.listed = Listed {
            matters: self.matters.owned(),
            duty_region: self.duty_region.owned(),
            authorities: self.authorities.0.iter().copied().collect(),
            due: Due { day: Some(self.due), was: Vec::new() },
            ..Listed::default()
        };
    }
    /// The authority of who acts agrees.
    Agree {
    } (self, ask, _act, facts) => {
        facts.listed.agreed.insert(ask.actor.department);
    }
    /// How far it is.
    Progress {
        /// How far.
        what: Prose,
    } (self, _ask, _act, facts) => {
        facts.listed.progress.push(self.what.owned());
    }
    /// The result.
    ListedResult {
        /// It.
        result: Prose,
    } (self, _ask, _act, facts) => {
        facts.listed.result = self.result.owned();
    }
    /// The authority of who acts agrees to lift it.
    AgreeToLift {
    } (self, ask, _act, facts) => {
        facts.listed.lifted.insert(ask.actor.department);
    }
    /// Another day.
    MoveDue {
        /// Which.
        day: Date,
    } (self, _ask, _act, facts) => {
        facts.listed.due.moved(self.day);
    }
    /// A joint meeting.
    OpenMeeting {
        /// About what.
        topic: Line,
        /// Who takes part.
        departments: List<Department, 20>,
    } (self, _ask, _act, facts) => {
        facts.meeting.topic = self.topic.owned();
        facts.meeting.departments = self.departments.0.iter().copied().collect();
    }
    /// The minutes.
    Minutes {
        /// They.
        minutes: Prose,
    } (self, _ask, _act, facts) => {
        facts.meeting.minutes = self.minutes.owned();
    }
    /// A decision that becomes a task.
    AddTask {
        /// What.
        what: Prose,
        /// By whom.
        who: Department,
        /// By when.
        due: Date,
    } (self, _ask, _act, facts) => {
        facts.meeting.tasks.push(Task {
            what: self.what.owned(),
            who: Some(self.who),
            due: Due { day: Some(self.due), was: Vec::new() },
            result: String::new(),
        });
    }
    /// What came of a task.
    TaskResult {
        /// Which, from 1.
        task: u32,
        /// What.
        result: Prose,
    } (self, _ask, _act, facts) => {
        at(&mut facts.meeting.tasks, self.task, "任务")?.result = self.result.owned();
    }
}
