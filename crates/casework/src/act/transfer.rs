//! Inputs of a transfer to the police.

use super::{Input, InputError, Line, List, optional_line, payloads, registered};
use crate::{
    ask::Ask,
    facts::{Enclosed, EnclosedAs, Enclosure, Facts},
    machine::Act,
};
use serde::{Deserialize, Serialize};

/// An enclosure, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enclosing {
    /// Which of the five.
    pub enclosure: Enclosure,
    /// As what it is there.
    pub form: EnclosedAs,
    /// The paper as `matter/kind/version`, or the id of the file.
    #[serde(default)]
    pub piece: Option<Line>,
    /// Title of an original.
    #[serde(default)]
    pub title: Option<Line>,
    /// Number of an original.
    #[serde(default)]
    pub number: Option<Line>,
    /// How much of it, such as `1份`; one where absent.
    #[serde(default)]
    pub amount: Option<Line>,
}

impl Enclosing {
    /// The enclosure with title and number: of what the store keeps as the store knows them, of an original as they are told.
    fn found(&self, ask: &Ask<'_>) -> Result<Enclosed, InputError> {
        let piece = optional_line(self.piece.as_ref());
        let (title, number) = match self.form {
            EnclosedAs::Paper => {
                let paper = ask.around.papers.get(&piece);
                let paper = paper.ok_or_else(|| InputError::unknown("已出具的文书", &piece))?;
                (paper.title.clone(), paper.number.clone())
            }
            EnclosedAs::File => {
                let file = ask.around.files.get(&piece);
                (file.ok_or_else(|| InputError::unknown("文件", &piece))?.title.clone(), String::new())
            }
            EnclosedAs::Original => (optional_line(self.title.as_ref()), optional_line(self.number.as_ref())),
            EnclosedAs::None => (String::new(), String::new()),
        };
        let kept = matches!(self.form, EnclosedAs::Paper | EnclosedAs::File);
        let piece = if kept { piece } else { String::new() };
        let amount = optional_line(self.amount.as_ref());
        Ok(Enclosed { enclosure: self.enclosure, form: Some(self.form), piece, title, number, amount })
    }
}

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
    /// What goes with the letter is listed, before the letter is written; told again, it takes the place of what was listed.
    Enclose {
        /// Enclosures that are there or declared not to exist.
        enclosures: List<Enclosing, 50>,
    } (self, ask, _act, facts) => {
        let found = self.enclosures.0.iter().map(|enclosing| enclosing.found(ask));
        facts.transfer.enclosures = found.collect::<Result<_, _>>()?;
        facts.transfer.enclosures.sort_by_key(|enclosed| enclosed.enclosure);
        facts.transfer.enclosed = Some(ask.now);
    }
    /// The file goes to the police.
    Send {
        /// Who receives it.
        to: Line,
        /// It is of the same level.
        same_level: bool,
        /// Number of the letter.
        letter: Line,
    } (self, ask, _act, facts) => {
        facts.transfer.to = self.to.owned();
        facts.transfer.same_level = self.same_level;
        facts.transfer.letter = self.letter.owned();
        let issued = ask.around.letter.as_ref().map(|(letter, _)| letter);
        facts.transfer.enclosures.retain(|enclosed| enclosed.enclosure != Enclosure::Letter);
        facts.transfer.enclosures.insert(0, Enclosed {
            form: Some(issued.map_or(EnclosedAs::Original, |_| EnclosedAs::Paper)),
            piece: issued.cloned().unwrap_or_default(),
            number: self.letter.owned(),
            ..Enclosed::ticked(Enclosure::Letter)
        });
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
