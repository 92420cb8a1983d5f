//! Inputs that several machines share.

use super::{Input, InputError, Line, List, payloads, registered};
use crate::{
    ask::Ask,
    facts::{Approval, Facts},
    limit::Stop,
    machine::Act,
};

payloads! {
    /// Nothing beside the reason.
    Nothing {
    } (self, _ask, _act, _facts) => {
    }
    /// A written approval of what the act names.
    Approve {
        /// Number of the paper.
        paper: Line,
    } (self, ask, act, facts) => {
        let matter = act.matter.ok_or_else(|| InputError::unknown("审批事项", &act.id))?;
        facts.approvals.push(Approval {
            matter,
            role: ask.actor.role,
            account: ask.actor.account.clone(),
            paper: self.paper.owned(),
            at: ask.now,
        });
    }
    /// The officers of the matter, by account; certificates come from the register.
    Officers {
        /// Accounts.
        accounts: List<Line, 20>,
    } (self, ask, _act, facts) => {
        facts.officers = registered(ask, &self.accounts.0)?;
    }
    /// Somebody steps back from the matter.
    Recuse {
        /// Account.
        account: Line,
    } (self, _ask, _act, facts) => {
        facts.recused.insert(self.account.owned());
        let own = facts.officers.iter_mut().chain(&mut facts.transfer.team);
        own.filter(|officer| officer.account == self.account.as_str()).for_each(|officer| officer.recused = true);
    }
    /// More time for a limit. The reason of the act is its ground.
    Extend {
        /// Id of the limit; of one that runs for each of several things with the number, such as `D08#2`.
        limit: Line,
        /// Id of the extension.
        extension: Line,
        /// How much, in its unit; all of it where absent.
        amount: Option<u32>,
    } (self, _ask, _act, _facts) => {
    }
    /// Something that stops clocks began.
    StopClock {
        /// What.
        cause: Stop,
    } (self, _ask, _act, _facts) => {
    }
    /// It ended.
    ResumeClock {
        /// What.
        cause: Stop,
    } (self, _ask, _act, _facts) => {
    }
}
