//! A person's stays with the times that are known of them, and what their diagnoses say.

use crate::{
    claims::NULL,
    detector::{Hit, Part, Source},
    symbols::Symbol,
    timeline::Timeline,
};
use mingcha_model::{Date, Time};

/// A live stay whose beginning is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Row of `encounter`.
    pub row: usize,
    /// Admission.
    pub begin: Time,
    /// Discharge; `None` while the patient is there, or where it was not sent.
    pub end: Option<Time>,
    /// Where.
    pub institution: Symbol,
}

impl Stay {
    /// Last day known of, inclusive.
    pub fn last_day(&self) -> Date {
        self.end.unwrap_or(self.begin).date()
    }
}

/// The stays of a person whose beginning is known, in order of their beginning.
pub fn stays(timeline: &Timeline<'_>) -> Vec<Stay> {
    let institutions = &timeline.claims.encounter.fixmedins_code;
    let known = timeline.stays().filter(|&row| timeline.span(row).0.0 != NULL);
    known
        .map(|row| {
            let (begin, end) = timeline.span(row);
            Stay { row, begin, end, institution: institutions[row] }
        })
        .collect()
}

/// Whether a diagnosis of the encounter begins with one of these prefixes; `None` where it has no diagnosis at all.
pub fn diagnosed(timeline: &Timeline<'_>, encounter: usize, prefixes: &[String]) -> Option<bool> {
    let mut any = None;
    for row in timeline.diagnoses_of(encounter) {
        let code = timeline.text(timeline.claims.diagnosis.diag_code[row]);
        if !code.is_empty() {
            any = Some(any == Some(true) || prefixes.iter().any(|prefix| code.starts_with(prefix.as_str())));
        }
    }
    any
}

/// Marks an encounter and all that was settled for it as offending.
pub fn offending(mut hit: Hit, timeline: &Timeline<'_>, encounter: usize) -> Hit {
    hit = hit.offending(Source::Encounter, encounter, Part::NONE);
    for row in timeline.settlements_of(encounter) {
        hit = hit.offending(Source::Settlement, row, Part::WHOLE);
    }
    hit
}

/// The one institution of all these symbols, or none where they differ.
pub fn only(mut institutions: impl Iterator<Item = Symbol>) -> Symbol {
    let Some(first) = institutions.next() else { return Symbol::NONE };
    if institutions.all(|other| other == first) { first } else { Symbol::NONE }
}

/// How many different institutions there are, those unknown left out.
pub fn places(institutions: impl Iterator<Item = Symbol>) -> usize {
    let mut known: Vec<Symbol> = institutions.filter(|symbol| symbol.is_some()).collect();
    known.sort_unstable();
    known.dedup();
    known.len()
}
