//! Facts of what departments do together: complaints, referrals, listed supervision, meetings.

use super::{Channel, Department, facts};
use crate::{clock::ServerTime, trail::Digest};
use mingcha_model::{Date, Fen};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

facts! {
    /// A complaint, without who made it: the informant lives sealed apart under a token.
    pub struct Complaint {
        /// How it came.
        pub channel: Option<Channel>,
        /// The informant gave a name.
        pub named: bool,
        /// The token of the sealed informant.
        pub token: String,
        /// Against whom.
        pub target: String,
        /// What is said.
        pub content: String,
        /// It brings concrete leads or evidence.
        pub evidence: bool,
        /// The main facts were known before.
        pub known: bool,
        /// This informant was the first.
        pub first: bool,
        /// The informant works for an agency or on its behalf.
        pub staff: bool,
        /// The clue that it became.
        pub clue: String,
        /// Who it was passed on to.
        pub passed_to: String,
        /// It was proved.
        pub proved: bool,
        /// The value of the case.
        pub value: Fen,
        /// By what the informant was told, as a number of a paper.
        pub told: String,
        /// Account of who proposed the reward.
        pub proposed_by: String,
        /// The reward.
        pub reward: Fen,
        /// SM3 of the code by which the reward is claimed without a name.
        pub claim_code: Option<Digest>,
        /// When the informant was told of the reward.
        pub told_reward: Option<ServerTime>,
        /// SM3 of the code that was shown.
        pub claimed: Option<Digest>,
        /// Number of the transfer by which it was paid, never cash.
        pub voucher: String,
    }

    /// Something to be done by a day that was set, not by the law.
    pub struct Due {
        /// By the end of which day.
        pub day: Option<Date>,
        /// Earlier days, each moved by an act of its own.
        pub was: Vec<Date>,
    }

    /// A matter that goes to another department.
    pub struct Referral {
        /// From which.
        pub from: Option<Department>,
        /// From which region.
        pub from_region: String,
        /// To which.
        pub to: Option<Department>,
        /// In which region.
        pub to_region: String,
        /// What it is about.
        pub content: String,
        /// What is asked for.
        pub asked: String,
        /// The clue or case that it belongs to.
        pub linked: String,
        /// By when.
        pub due: Due,
        /// Why it was refused, each time.
        pub refusals: Vec<String>,
        /// What came of it.
        pub result: String,
        /// Money that came of it.
        pub amount: Fen,
    }

    /// Listed supervision by one or two authorities.
    pub struct Listed {
        /// The matters that are supervised.
        pub matters: Vec<String>,
        /// The region that must act.
        pub duty_region: String,
        /// The authorities.
        pub authorities: BTreeSet<Department>,
        /// Those that agreed to list it.
        pub agreed: BTreeSet<Department>,
        /// By when.
        pub due: Due,
        /// Reports of progress.
        pub progress: Vec<String>,
        /// The result.
        pub result: String,
        /// Those that agreed to lift it.
        pub lifted: BTreeSet<Department>,
    }

    /// A joint meeting of departments.
    pub struct Meeting {
        /// About what.
        pub topic: String,
        /// Who takes part.
        pub departments: BTreeSet<Department>,
        /// The minutes.
        pub minutes: String,
        /// What was decided, task by task.
        pub tasks: Vec<Task>,
    }

    /// A task of a meeting.
    pub struct Task {
        /// What.
        pub what: String,
        /// By whom.
        pub who: Option<Department>,
        /// By when.
        pub due: Due,
        /// What came of it.
        pub result: String,
    }
}

impl Due {
    /// Whether the day is over.
    pub fn over(&self, today: Date) -> bool {
        self.day.is_some_and(|day| day < today)
    }

    /// Moves the day; the one before stays on record.
    pub fn moved(&mut self, day: Date) {
        self.was.extend(self.day.replace(day));
    }
}
