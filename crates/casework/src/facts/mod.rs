//! The facts of a matter: one document that the store keeps, changed by acts alone and looked at by guards.
//!
//! Every field has a default and is left out where it stands at it, so that the document of a clue is short. A field that
//! this version does not know is refused, as is another version: a newer server's document is never cut down unseen.

mod case;
mod clue;
mod joint;
mod people;
mod site;
mod transfer;
mod words;

pub use case::{
    Closing, Decision, DecisionItem, Discussion, Evidence, Filing, FindingPointer, Hearing, Help, Holding,
    Notice, Opinion, POINTED_LINES, Payment, Review, Service, owed,
};
pub use clue::{Answer, Clue, Dispatch, Link};
pub use joint::{Complaint, Due, Listed, Meeting, Referral, Task};
pub use people::{Agreement, Person, PersonMeasure, PointsMatter, Sanction, Summary};
pub use site::{
    CheckItem, Finding, Inspection, Report, Retention, SelfCheck, SiteItem, SitePerson, SiteSheet, Trace,
};
pub use transfer::{Enclosed, Transfer};
pub use words::{
    AgreementMeasure, Channel, ClosingGround, CreditMeasure, DecisionKind, Department, EnclosedAs, Enclosure,
    EvidenceKind, EvidenceOrigin, InspectionKind, Matter, NoticePart, Outcome, PersonRole, Refusal,
    Responsibility, Role, Seen, Source, Statement, Step,
};

use crate::clock::ServerTime;
use mingcha_model::Date;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::collections::{BTreeMap, BTreeSet};

/// Declares parts of the document: defaults everywhere, unknown fields refused, defaults left out.
macro_rules! facts {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* pub $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[allow(clippy::struct_excessive_bools, reason = "each is one fact of the file")]
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$doc])* #[serde(skip_serializing_if = "crate::facts::is_default")] pub $field: $type,)*
        }
    )*};
}

pub(crate) use facts;

/// Whether a value stands at its default.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The version of the document that this code reads and writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Version(u32);

impl Version {
    /// The one that is written.
    pub const CURRENT: Self = Self(1);
}

impl Default for Version {
    fn default() -> Self {
        Self::CURRENT
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let version = Self(u32::deserialize(deserializer)?);
        if version == Self::CURRENT {
            Ok(version)
        } else {
            Err(D::Error::custom(format!("facts of version {}, this server reads version 1", version.0)))
        }
    }
}

facts! {
    /// An officer of the matter, as the register of certificates knows them.
    pub struct Officer {
        /// Account.
        pub account: String,
        /// Number of the enforcement certificate.
        pub certificate: String,
        /// Whether it is valid now.
        pub valid: bool,
        /// Whether the officer is recused.
        pub recused: bool,
    }
}

/// An approval on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Of what.
    pub matter: Matter,
    /// By which role.
    pub role: Role,
    /// By whom.
    pub account: String,
    /// Number of the paper; an approval without one does not count.
    pub paper: String,
    /// When it was given.
    pub at: ServerTime,
}

/// All facts of one matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Version of the document.
    pub version: Version,
    /// The case of a limit that the facts make, by limit: what its clock starts with.
    #[serde(default, skip_serializing_if = "is_default")]
    pub variants: BTreeMap<String, String>,
    /// Accounts that are recused.
    #[serde(default, skip_serializing_if = "is_default")]
    pub recused: BTreeSet<String>,
    /// Officers of the matter.
    #[serde(default, skip_serializing_if = "is_default")]
    pub officers: Vec<Officer>,
    /// People whom the matter concerns, as tokens of the vault.
    #[serde(default, skip_serializing_if = "is_default")]
    pub people: Vec<Person>,
    /// Approvals.
    #[serde(default, skip_serializing_if = "is_default")]
    pub approvals: Vec<Approval>,
    /// Filing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub filing: Filing,
    /// Evidence, the newest last.
    #[serde(default, skip_serializing_if = "is_default")]
    pub evidence: Vec<Evidence>,
    /// Goods.
    #[serde(default, skip_serializing_if = "is_default")]
    pub holdings: Vec<Holding>,
    /// Help that was asked for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub help: Vec<Help>,
    /// Situations of refused cooperation that were recorded, with what happened.
    #[serde(default, skip_serializing_if = "is_default")]
    pub refusals: Vec<(Refusal, String)>,
    /// Review.
    #[serde(default, skip_serializing_if = "is_default")]
    pub review: Review,
    /// Notices, the newest last.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notices: Vec<Notice>,
    /// Statement and hearing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub hearing: Hearing,
    /// Discussion.
    #[serde(default, skip_serializing_if = "is_default")]
    pub discussion: Discussion,
    /// Decision.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decision: Decision,
    /// Service.
    #[serde(default, skip_serializing_if = "is_default")]
    pub service: Service,
    /// Payments.
    #[serde(default, skip_serializing_if = "is_default")]
    pub payments: Vec<Payment>,
    /// Closing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub closing: Closing,
    /// Transfer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub transfer: Transfer,
    /// Clue.
    #[serde(default, skip_serializing_if = "is_default")]
    pub clue: Clue,
    /// Complaint.
    #[serde(default, skip_serializing_if = "is_default")]
    pub complaint: Complaint,
    /// Referral.
    #[serde(default, skip_serializing_if = "is_default")]
    pub referral: Referral,
    /// Inspection.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inspection: Inspection,
    /// Self-check.
    #[serde(default, skip_serializing_if = "is_default")]
    pub self_check: SelfCheck,
    /// Listed supervision.
    #[serde(default, skip_serializing_if = "is_default")]
    pub listed: Listed,
    /// Practitioner's points.
    #[serde(default, skip_serializing_if = "is_default")]
    pub points: PointsMatter,
    /// Insured person.
    #[serde(default, skip_serializing_if = "is_default")]
    pub person: PersonMeasure,
    /// Agreement.
    #[serde(default, skip_serializing_if = "is_default")]
    pub agreement: Agreement,
    /// Penalty on the spot.
    #[serde(default, skip_serializing_if = "is_default")]
    pub summary: Summary,
    /// Suspension or ban.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sanction: Sanction,
    /// Report.
    #[serde(default, skip_serializing_if = "is_default")]
    pub report: Report,
    /// Plan of trace codes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub trace: Trace,
    /// Retention.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retention: Retention,
    /// Meeting.
    #[serde(default, skip_serializing_if = "is_default")]
    pub meeting: Meeting,
}

impl Facts {
    /// The day that an authority set for a limit that ends on a day.
    pub fn day_for(&self, limit: &str) -> Option<Date> {
        self.self_check.due.filter(|_| limit == "D69")
    }
}
