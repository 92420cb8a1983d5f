//! Facts of a clue: where it comes from, how it went down, what was answered, how it went up again.

use super::{Outcome, Source, Step, facts};
use crate::{clock::ServerTime, trail::Digest};
use mingcha_model::{Date, Fen};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

facts! {
    /// What is known of a clue.
    pub struct Clue {
        /// Where it comes from.
        pub source: Option<Source>,
        /// Key of who is suspected.
        pub subject: String,
        /// Digest of rule and subject, by which a screening meets it again.
        pub key: String,
        /// Amount at stake.
        pub amount: Fen,
        /// Severity of the rule, 1 to 3.
        pub severity: u32,
        /// Grade of risk, 1 the highest to 3.
        pub grade: u32,
        /// The clue that it repeats.
        pub same_as: String,
        /// Who it was passed on to.
        pub passed_to: String,
        /// What it belongs with.
        pub links: Vec<Link>,
        /// How it went down, the newest last.
        pub dispatches: Vec<Dispatch>,
        /// Answers, the newest last; those that were sent back stay.
        pub answers: Vec<Answer>,
        /// The region that it was reported up to.
        pub reported: String,
        /// Why it was sent back, each time.
        pub returns: Vec<String>,
        /// The draw that chose it for a spot check.
        pub draw: String,
        /// The region that cross-checks it.
        pub cross_checker: String,
    }

    /// A tie to another matter or to the past of somebody.
    pub struct Link {
        /// `institution`, `person`, `practitioner`, `clue` or `case`.
        pub kind: String,
        /// Which.
        pub id: String,
    }

    /// One step down.
    pub struct Dispatch {
        /// From which region.
        pub from: String,
        /// To which region.
        pub to: String,
        /// By which day it is to be answered.
        pub due: Option<Date>,
    }

    /// What checking came to.
    pub struct Answer {
        /// Confirmed, refuted or unclear.
        pub outcome: Option<Outcome>,
        /// The facts, or what could not be found out.
        pub facts: String,
        /// Amount found.
        pub found: Fen,
        /// What was done.
        pub steps: BTreeSet<Step>,
        /// SM3 of the attachments.
        pub attachments: Vec<Digest>,
        /// Account of who answered.
        pub by: String,
        /// Region that answered.
        pub region: String,
        /// When.
        pub at: Option<ServerTime>,
    }
}

impl Clue {
    /// The region that holds the clue now: the last that it was dispatched to.
    pub fn holder(&self) -> Option<&str> {
        self.dispatches.last().map(|dispatch| dispatch.to.as_str())
    }

    /// The day by which the holder answers.
    pub fn due(&self) -> Option<Date> {
        self.dispatches.last().and_then(|dispatch| dispatch.due)
    }
}
