//! The quality checks: their names, what each does to a row, and where they live.

mod batch;
mod bucket;
mod columns;
mod months;
mod policy;
pub(crate) mod row;
pub(crate) mod value;

pub use batch::{BatchCounters, BatchFinding};
pub use bucket::{BucketReport, BucketView, Known, Refusal, check_bucket};
pub use months::Months;
pub use policy::{Action, Policy};

macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// A quality check. The id is what reports, policies and quarantine files call it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Check { $($(#[$doc])* $name,)* }

        impl Check {
            /// All checks, in the order of the reports.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The id, such as `form_region`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }
        }
    };
}

checks! {
    /// A record has more or fewer fields than the header.
    Fields = "fields",
    /// A quoted field does not end where it should.
    Quotes = "quotes",
    /// Bytes that are no text in the file's character set.
    Encoding = "encoding",
    /// A control character, such as NUL, inside a text.
    Control = "control",
    /// A required value is missing.
    Missing = "missing",
    /// Not a date, time or number.
    Type = "type",
    /// A number too large to be stored, or a date before 1900.
    Range = "range",
    /// A text longer than the dictionary allows.
    Length = "length",
    /// More decimal places than the column has; rounded half away from zero.
    Decimals = "decimals",
    /// A long identifier that a spreadsheet stored as a number and so cut to 15 digits.
    Precision = "precision",
    /// A placeholder such as `-` or `0` where a text should be; taken as missing.
    Placeholder = "placeholder",
    /// A masked value that came back from a quarantine file; taken as missing.
    Masked = "masked",
    /// A code that its code table does not have.
    CodeUnknown = "code_unknown",
    /// What stands in a code column cannot be a code.
    CodeImpossible = "code_impossible",
    /// An institution code of the wrong form.
    FormInstitution = "form_institution",
    /// A practitioner code of the wrong form.
    FormPractitioner = "form_practitioner",
    /// A name where a practitioner's code should be; taken as missing and never shown.
    NameAsCode = "name_as_code",
    /// A region code of the wrong form.
    FormRegion = "form_region",
    /// A diagnosis code of the wrong form.
    FormDiagnosis = "form_diagnosis",
    /// A drug, item or consumable code of the wrong form.
    FormGood = "form_good",
    /// A trace code that is not 20 digits.
    FormTrace = "form_trace",
    /// A date after the day as of which the data is read.
    Future = "future",
    /// An end before its begin.
    EndBeforeBegin = "end_before_begin",
    /// Amount other than quantity times price, by more than one fen.
    Amount = "amount",
    /// A price below zero.
    NegativePrice = "negative_price",
    /// A resident's certificate number that GB 11643 refuses.
    Certificate = "certificate",
    /// A certificate number that names another sex or date of birth than the row.
    CertificatePerson = "certificate_person",
    /// A place outside China.
    Coordinates = "coordinates",
    /// A row that says the same as another of the batch.
    DuplicateRow = "duplicate_row",
    /// Two rows of one key that differ; the later one counts.
    DuplicateKey = "duplicate_key",
    /// A row whose encounter is not known.
    OrphanEncounter = "orphan_encounter",
    /// A row whose settlement is not known.
    OrphanSettlement = "orphan_settlement",
    /// A person that no person row describes.
    UnknownPerson = "unknown_person",
    /// An institution that no institution row describes.
    UnknownInstitution = "unknown_institution",
    /// A practitioner that no practitioner row describes.
    UnknownPractitioner = "unknown_practitioner",
    /// A settlement whose total is not the sum of its fee lines.
    SettlementSum = "settlement_sum",
    /// A settlement whose parts do not add up.
    SettlementParts = "settlement_parts",
    /// A fee outside the days of its stay.
    FeeOutsideStay = "fee_outside_stay",
    /// A refund of something unknown.
    RefundUnknown = "refund_unknown",
    /// A month without rows between months with rows.
    MonthHole = "month_hole",
    /// A month with less than half or more than twice the rows of its neighbours.
    VolumeBreak = "volume_break",
    /// One practitioner code on more than nine of ten lines of an institution.
    OneDoctor = "one_doctor",
    /// A column with more than one in ten placeholders.
    PlaceholderShare = "placeholder_share",
}

impl Check {
    /// The check of that id.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|check| check.id() == id)
    }
}
