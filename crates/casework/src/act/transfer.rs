//! Inputs of a transfer to the police.

use super::{Input, InputError, Line, List, payloads, registered};
use crate::{
    ask::Ask,
    facts::{Enclosure, Facts},
    machine::Act,
};

payloads! {
    /// A crime is suspected in a case.
    OpenTransfer {
        /// The case.
        case: Line,
        /// The article that may be broken.
        crime: Line,
    } (self, _ask, _act, facts) => {
        facts.transfer.suspected = true;
        facts.transfer.case = self.case.owned();
        facts.transfer.crime = self.crime.owned();
    }
    /// The team, by account.
    Team {
        /// Accounts.
        accounts: List<Line, 20>,
    } (self, ask, _act, facts) => {
        facts.transfer.team = registered(ask, &self.accounts.0)?;
    }
    /// The written report.
    TransferReport {
        /// Its number.
        paper: Line,
    } (self, _ask, _act, facts) => {
        facts.transfer.report = self.paper.owned();
    }
    /// The file goes to the police.
    Send {
        /// Enclosures that are there or declared not to exist.
        enclosures: List<Enclosure, 8>,
        /// Who receives it.
        to: Line,
        /// It is of the same level.
        same_level: bool,
        /// Number of the letter.
        letter: Line,
    } (self, _ask, _act, facts) => {
        facts.transfer.enclosures = self.enclosures.0.iter().copied().collect();
        facts.transfer.to = self.to.owned();
        facts.transfer.same_level = self.same_level;
        facts.transfer.letter = self.letter.owned();
    }
    /// The police sign.
    SignReceipt {
    } (self, ask, _act, facts) => {
        facts.transfer.receipt = Some(ask.now);
    }
    /// What is missing.
    AskSupplement {
        /// Item by item.
        items: List<Line>,
    } (self, _ask, _act, facts) => {
        facts.transfer.rounds = facts.transfer.rounds.saturating_add(1);
        facts.transfer.supplements = self.items.owned();
    }
    /// What was added.
    Supplement {
        /// Item by item.
        items: List<Line>,
    } (self, _ask, _act, facts) => {
        facts.transfer.supplied.extend(self.items.owned());
    }
    /// Another department has jurisdiction.
    Reroute {
        /// Which.
        to: Line,
    } (self, _ask, _act, facts) => {
        facts.transfer.rerouted_to = self.to.owned();
    }
    /// The written answer.
    PoliceAnswer {
        /// Its number.
        paper: Line,
        /// The file comes back with it.
        file_returned: bool,
    } (self, _ask, _act, facts) => {
        facts.transfer.answer = self.paper.owned();
        facts.transfer.file_returned = self.file_returned;
    }
    /// Goods go to the police.
    HandOver {
        /// The list.
        goods: List<Line>,
    } (self, _ask, _act, facts) => {
        facts.transfer.goods = self.goods.owned();
    }
    /// How far the police are.
    Stage {
        /// The stage.
        stage: Line,
    } (self, _ask, _act, facts) => {
        facts.transfer.stage = self.stage.owned();
    }
    /// Suspects whom the police caught; nobody is named.
    Catch {
        /// How many more.
        suspects: u32,
    } (self, _ask, _act, facts) => {
        facts.transfer.suspects = facts.transfer.suspects.saturating_add(self.suspects);
    }
    /// Institutions that the departments closed together.
    CloseInstitutions {
        /// Their codes.
        institutions: List<Line, 10>,
    } (self, _ask, _act, facts) => {
        facts.transfer.closed.extend(self.institutions.owned());
    }
}
