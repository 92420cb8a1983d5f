//! Filing and investigation.

use super::{Guard, approved, lapsed, said};
use crate::facts::{CaseFacts, Matter};

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("violation_facts", |facts| facts.filing.violation_facts),
    ("own_jurisdiction", |facts| facts.filing.own_jurisdiction),
    ("within_limitation", |facts| facts.clocks.contains_key("D29") && !lapsed(facts, "D29")),
    ("not_filed_twice", |facts| facts.filing.existing_case.is_none()),
    ("filing_approved", |facts| approved(facts, Matter::Filing)),
    ("evidence_kind", |facts| newest(facts, |evidence| evidence.kind.is_some())),
    ("evidence_digested", |facts| {
        newest(facts, |evidence| evidence.sm3.is_some() && evidence.sha256.is_some())
    }),
    ("evidence_sourced", |facts| newest(facts, |evidence| said(&evidence.source))),
    ("evidence_in_custody", |facts| newest(facts, |evidence| evidence.custody.iter().any(|hand| said(hand)))),
    ("evidence_present", |facts| !facts.evidence.is_empty()),
    ("registration_approved", |facts| approved(facts, Matter::Registration)),
    ("sealing_approved", |facts| approved(facts, Matter::Sealing)),
    ("goods_listed", |facts| {
        facts.holdings.last().is_some_and(|holding| holding.items.iter().any(|item| said(item)))
    }),
    ("holdings_settled", |facts| facts.holdings.iter().all(|holding| holding.settled)),
    ("suspension_approved", |facts| approved(facts, Matter::Suspension)),
    ("refusal_recorded", |facts| facts.refused_cooperation.iter().any(|situation| said(situation))),
    ("stop_approved", |facts| approved(facts, Matter::Stop)),
];

fn newest(facts: &CaseFacts, holds: impl Fn(&crate::facts::Evidence) -> bool) -> bool {
    facts.evidence.last().is_some_and(holds)
}
