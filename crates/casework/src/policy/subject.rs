//! Who asks and what is asked about: values that the store reads in the same transaction, never what a client says of itself.

use super::words::{Kind, Level, Secrecy};
use crate::facts::{Department, Role};
use mingcha_model::Date;
use std::collections::BTreeSet;

/// Who asks, as the store knows the account now.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    /// Account.
    pub account: String,
    /// Department of its organisation.
    pub department: Department,
    /// Its role.
    pub role: Role,
    /// Code of its organisation.
    pub organisation: String,
    /// Region of its organisation.
    pub region: String,
    /// Whether it is enabled now.
    pub enabled: bool,
    /// Highest secrecy grade that it may see.
    pub clearance: Secrecy,
    /// Code of the designated institution that it belongs to, empty for others.
    pub institution: String,
    /// What a third party was commissioned with.
    pub commission: Option<Commission>,
    /// The day of the question, by the store's clock.
    pub today: Date,
}

impl Actor {
    /// The level of its organisation; a county where the region is no code, which covers nothing.
    pub fn level(&self) -> Level {
        Level::of(&self.region).unwrap_or(Level::County)
    }
}

/// What a commissioned third party may look at, and when (regulation 735, articles 27(6) and 28; data security law, article 40).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Commission {
    /// Code of the organisation that gave it.
    pub by: String,
    /// Ids of the matters that it names.
    pub matters: BTreeSet<String>,
    /// Codes of the institutions that it names.
    pub institutions: BTreeSet<String>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A clue, a case or anything else that is worked on, as far as access depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: Kind,
    /// Region where it lies.
    pub region: String,
    /// Code of the organisation that owns it now.
    pub organisation: String,
    /// Department of that organisation.
    pub department: Department,
    /// Region of that organisation.
    pub seat: String,
    /// Codes of organisations that it was handed to: receivers of a transfer or referral, members of a joint team.
    pub handed_to: BTreeSet<String>,
    /// Accounts that work on it.
    pub team: BTreeSet<String>,
    /// Accounts that are recused from it.
    pub recused: BTreeSet<String>,
    /// Secrecy grade.
    pub secrecy: Secrecy,
    /// Code of the designated institution concerned, empty where there is none.
    pub institution: String,
}

impl Matter {
    /// What any matter of a kind would be that an organisation begins in its own region: for what is asked beside a certain one.
    pub fn any(kind: Kind, organisation: &str, department: Department, region: &str) -> Self {
        Self {
            id: kind.name().to_owned(),
            kind,
            region: region.to_owned(),
            organisation: organisation.to_owned(),
            department,
            seat: region.to_owned(),
            handed_to: BTreeSet::new(),
            team: BTreeSet::new(),
            recused: BTreeSet::new(),
            secrecy: Secrecy::Internal,
            institution: String::new(),
        }
    }
}

/// An organisation, where its accounts or its bulk exports are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Code.
    pub code: String,
    /// Department.
    pub department: Department,
    /// Region.
    pub region: String,
}

/// The installation as far as it serves a region: its trail, its policies, its operation. The whole of it serves the region of the bureau
/// that was made first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// Region.
    pub region: String,
}
