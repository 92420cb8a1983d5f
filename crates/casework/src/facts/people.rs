//! Facts of what is done about people and by the agreement: points, measures, sanctions, penalties on the spot.

use super::{AgreementMeasure, CreditMeasure, NoticePart, PersonRole, Responsibility, Statement, facts};
use mingcha_model::Fen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

facts! {
    /// Somebody whom a matter concerns. Each text is a token of the vault, empty where nothing is known.
    pub struct Person {
        /// As what.
        pub role: Option<PersonRole>,
        /// Name.
        pub name: String,
        /// Number of an identity certificate.
        pub certificate: String,
        /// Telephone.
        pub phone: String,
        /// Address.
        pub address: String,
        /// Bank account.
        pub account: String,
    }

    /// Points of a practitioner for one act.
    pub struct PointsMatter {
        /// Key of the practitioner.
        pub practitioner: String,
        /// Code of the institution.
        pub institution: String,
        /// Id of the event in the table of points.
        pub event: String,
        /// How far the practitioner is responsible.
        pub responsibility: Option<Responsibility>,
        /// The points.
        pub points: u32,
        /// What was done.
        pub facts: String,
        /// Account of who decided.
        pub decided_by: String,
        /// What the practitioner says.
        pub contest: String,
        /// Months of suspension.
        pub months: u32,
        /// Kinds of repair that were done.
        pub repairs: Vec<String>,
        /// The qualification stands again.
        pub restored: bool,
    }

    /// What is done about an insured person.
    pub struct PersonMeasure {
        /// Token of the person.
        pub person: String,
        /// Id of the measure that was broken.
        pub measure: String,
        /// What was done.
        pub facts: String,
        /// Records of talks.
        pub talks: Vec<String>,
        /// Records of education.
        pub education: Vec<String>,
        /// Conveniences that are restricted.
        pub convenience: BTreeSet<CreditMeasure>,
        /// What the notice states.
        pub notified: BTreeSet<NoticePart>,
        /// What became of the right to answer.
        pub statement: Option<Statement>,
        /// Months of suspension.
        pub months: u32,
        /// Suspended because cooperation was refused, not as a penalty.
        pub urgent: bool,
        /// What the person says against it.
        pub contest: String,
    }

    /// What an agency does by the agreement.
    pub struct Agreement {
        /// Code of the institution.
        pub institution: String,
        /// What was broken.
        pub breach: String,
        /// What became of the right to answer.
        pub statement: Option<Statement>,
        /// What is done.
        pub measures: BTreeSet<AgreementMeasure>,
        /// Number of the application or suit.
        pub contest: String,
        /// It is a suit.
        pub suit: bool,
        /// What the institution complains of.
        pub coordination: String,
        /// What came of it.
        pub result: String,
    }

    /// A penalty on the spot.
    pub struct Summary {
        /// Key of who is punished.
        pub subject: String,
        /// It is a person, not an organisation.
        pub person: bool,
        /// The fine.
        pub fine: Fen,
        /// It was collected on the spot.
        pub collected: bool,
        /// Number of the paper by which it was handed in.
        pub handed_in: String,
        /// Number of the record.
        pub recorded: String,
    }

    /// A suspension of a department or a ban.
    pub struct Sanction {
        /// Code of the institution, or key of the person.
        pub subject: String,
        /// Id of the measure.
        pub measure: String,
        /// The department that is suspended.
        pub department: String,
        /// Months.
        pub months: u32,
        /// The case that ordered it.
        pub case: String,
    }
}
