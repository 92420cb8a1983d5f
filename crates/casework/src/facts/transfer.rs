//! Facts of a transfer to the police.

use super::{Enclosure, Officer, facts};
use crate::clock::ServerTime;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

facts! {
    /// The transfer of a suspected crime.
    pub struct Transfer {
        /// A crime is suspected.
        pub suspected: bool,
        /// The case that it belongs to.
        pub case: String,
        /// The article of the criminal law that may be broken.
        pub crime: String,
        /// The team.
        pub team: Vec<Officer>,
        /// Number of the written report.
        pub report: String,
        /// The five enclosures, each there or declared not to exist.
        pub enclosures: BTreeSet<Enclosure>,
        /// The department that receives it.
        pub to: String,
        /// The receiving department is of the same level.
        pub same_level: bool,
        /// Number of the letter.
        pub letter: String,
        /// When the receipt was signed.
        pub receipt: Option<ServerTime>,
        /// How often the police asked for a supplement.
        pub rounds: u32,
        /// What is to be supplemented.
        pub supplements: Vec<String>,
        /// What was supplemented.
        pub supplied: Vec<String>,
        /// Where it is sent on to, told in writing.
        pub rerouted_to: String,
        /// Number of the police's written answer to their newest decision.
        pub answer: String,
        /// Numbers of their answers to the decisions before it, the newest last.
        pub earlier_answers: Vec<String>,
        /// The file came back with a refusal.
        pub file_returned: bool,
        /// The list of goods to hand over.
        pub goods: Vec<String>,
        /// How far the police are.
        pub stage: String,
        /// How many suspects the police caught.
        pub suspects: u32,
        /// Codes of the institutions that were closed together.
        pub closed: BTreeSet<String>,
    }
}

impl Transfer {
    /// The police decided: their answer to an earlier decision is kept, and the new one waits for its own.
    pub(crate) fn decided(&mut self) {
        if !self.answer.is_empty() {
            self.earlier_answers.push(std::mem::take(&mut self.answer));
        }
    }
}
