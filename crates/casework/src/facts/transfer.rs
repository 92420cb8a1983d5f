//! Facts of a transfer to the police.

use super::{EnclosedAs, Enclosure, Officer, facts, is_default};
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
        /// The five enclosures, each there or declared not to exist; there may be several of one. The letter joins them as it is sent.
        pub enclosures: Vec<Enclosed>,
        /// When they were last listed.
        pub enclosed: Option<ServerTime>,
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

/// An enclosure of a transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Enclosed {
    /// Which of the five.
    pub enclosure: Enclosure,
    /// As what it is there; absent in transfers from before enclosures pointed at anything.
    #[serde(skip_serializing_if = "is_default")]
    pub form: Option<EnclosedAs>,
    /// The paper as `matter/kind/version`, or the id of the file; empty where it is neither.
    #[serde(skip_serializing_if = "is_default")]
    pub piece: String,
    /// Title.
    #[serde(skip_serializing_if = "is_default")]
    pub title: String,
    /// Number of the paper or of the original.
    #[serde(skip_serializing_if = "is_default")]
    pub number: String,
    /// How much of it; one where empty.
    #[serde(skip_serializing_if = "is_default")]
    pub amount: String,
}

/// An enclosure as records hold it: once only its word was ticked.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Ticked(Enclosure),
    Pointed(Pointed),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pointed {
    enclosure: Enclosure,
    #[serde(default)]
    form: Option<EnclosedAs>,
    #[serde(default)]
    piece: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    amount: String,
}

impl From<Stored> for Enclosed {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Ticked(enclosure) => Self::ticked(enclosure),
            Stored::Pointed(Pointed { enclosure, form, piece, title, number, amount }) => {
                Self { enclosure, form, piece, title, number, amount }
            }
        }
    }
}

impl Enclosed {
    /// One of the five of which nothing else is known.
    pub fn ticked(enclosure: Enclosure) -> Self {
        let none = String::new;
        Self { enclosure, form: None, piece: none(), title: none(), number: none(), amount: none() }
    }

    /// Whether it is there and can be found, or may be missing and was declared not to exist. The letter and the report are never missing.
    pub(crate) fn holds(&self) -> bool {
        match self.form {
            Some(EnclosedAs::Paper | EnclosedAs::File) => !self.piece.is_empty(),
            Some(EnclosedAs::Original) => !self.number.is_empty(),
            Some(EnclosedAs::None) => !matches!(self.enclosure, Enclosure::Letter | Enclosure::Report),
            None => false,
        }
    }

    /// As papers list it: its title with its number, and how much of it.
    pub(crate) fn listed(&self) -> [String; 2] {
        let title = if self.title.is_empty() { self.enclosure.title() } else { &self.title };
        let name = match self.form {
            Some(EnclosedAs::Original) => format!("{title}（原件，编号：{}）", self.number),
            _ if self.number.is_empty() => title.to_owned(),
            _ => format!("{title}（{}）", self.number),
        };
        let amount = match self.form {
            Some(EnclosedAs::None) => "无",
            _ if self.amount.is_empty() => "1份",
            _ => &self.amount,
        };
        [name, amount.to_owned()]
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
