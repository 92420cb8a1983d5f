//! Facts of inspections, self-checks and plans of institutions, and of what is kept and reported.

use super::{InspectionKind, Seen, facts};
use crate::trail::Digest;
use mingcha_model::{Date, Fen, Time};
use serde::{Deserialize, Serialize};

facts! {
    /// An inspection.
    pub struct Inspection {
        /// Which kind.
        pub kind: Option<InspectionKind>,
        /// Code of the institution.
        pub institution: String,
        /// The item of the year's plan.
        pub plan: String,
        /// The draw that chose institution and officers.
        pub draw: String,
        /// Number of the notice.
        pub notice: String,
        /// SM3 of the records of the site, each brought in once.
        pub records: Vec<Digest>,
        /// What was noted on site without network, form by form.
        pub sheets: Vec<SiteSheet>,
        /// Findings line by line.
        pub findings: Vec<Finding>,
        /// That nothing was found, in words.
        pub none_found: String,
        /// What the institution says, or that it says nothing.
        pub statement: String,
        /// To which region it was handed over.
        pub handed_to: String,
        /// What came of it.
        pub answer: String,
        /// What was looked at again.
        pub follow_up: String,
    }

    /// One finding of an inspection.
    pub struct Finding {
        /// The item of the guide.
        pub item: String,
        /// What was seen.
        pub facts: String,
        /// SM3 of the evidence.
        pub evidence: Vec<Digest>,
        /// Amount.
        pub amount: Fen,
        /// What became of it.
        pub result: String,
    }

    /// What an offline form of an inspection came back with.
    pub struct SiteSheet {
        /// SM3 of its file, one of the records of the site.
        pub record: Option<Digest>,
        /// When it was noted.
        pub at: Option<Time>,
        /// Where.
        pub place: String,
        /// Who of the institution was present.
        pub present: Vec<SitePerson>,
        /// Accounts of the officers who noted it.
        pub officers: Vec<String>,
        /// What was noted, item by item; what was seen is a finding as well.
        pub items: Vec<SiteItem>,
        /// What the institution said on the spot; empty where it said nothing.
        pub statement: String,
    }

    /// Somebody of the institution on site.
    pub struct SitePerson {
        /// The name as a token of the vault.
        pub name: String,
        /// What they do there.
        pub post: String,
    }

    /// What was noted of an item of a guide.
    pub struct SiteItem {
        /// Its id.
        pub item: String,
        /// Whether it was seen.
        pub seen: Option<Seen>,
        /// What was seen.
        pub facts: String,
        /// Amount.
        pub amount: Fen,
        /// SM3 of the files of evidence.
        pub files: Vec<Digest>,
    }

    /// The self-check of an institution.
    pub struct SelfCheck {
        /// Code of the institution.
        pub institution: String,
        /// The field, such as psychiatry.
        pub field: String,
        /// The day by which it is to be done, where who issues it set one.
        pub due: Option<Date>,
        /// The list of problems.
        pub items: Vec<CheckItem>,
        /// Returned so far.
        pub refunded: Fen,
        /// Why it was sent back, each time.
        pub returns: Vec<String>,
        /// Account of who reviewed it.
        pub reviewed_by: String,
    }

    /// One item with its answer.
    pub struct CheckItem {
        /// Id of the problem.
        pub item: String,
        /// It was answered.
        pub answered: bool,
        /// Something was found.
        pub found: bool,
        /// How many lines.
        pub lines: u32,
        /// Amount.
        pub amount: Fen,
        /// What was found.
        pub facts: String,
        /// What was put right.
        pub correction: String,
        /// It was put right.
        pub corrected: bool,
    }

    /// A report that is due.
    pub struct Report {
        /// Which.
        pub duty: String,
        /// The quarter, year or campaign.
        pub period: String,
        /// SM3 of what was sent.
        pub digest: Option<Digest>,
        /// What was corrected later, and why.
        pub corrections: Vec<String>,
    }

    /// The plan of trace codes in an institution.
    pub struct Trace {
        /// Code of the institution.
        pub institution: String,
        /// The variant of the plan, such as `pharmacy`.
        pub kind: String,
    }

    /// Something that must be kept for a time.
    pub struct Retention {
        /// What is kept.
        pub what: String,
        /// SM3 of it.
        pub digest: Option<Digest>,
    }
}
