//! Inspections, self-checks, reports, plans of trace codes, and what is kept.

use super::{Guard, passed, said};
use crate::{
    ask::{Ask, region_covers},
    facts::{CheckItem, Department, Finding, InspectionKind},
};
use mingcha_model::Fen;
use std::collections::BTreeSet;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("inspection_described", |ask| {
        let inspection = &ask.facts.inspection;
        inspection.kind.is_some() && said(&inspection.institution) && said(&inspection.plan)
    }),
    ("not_unannounced", |ask| ask.facts.inspection.kind != Some(InspectionKind::Unannounced)),
    ("inspection_notice_numbered", |ask| said(&ask.facts.inspection.notice)),
    ("told_unless_unannounced", |ask| {
        ask.facts.inspection.kind == Some(InspectionKind::Unannounced) || said(&ask.facts.inspection.notice)
    }),
    ("record_new", |ask| {
        let newest = ask.facts.inspection.records.last();
        newest.is_some_and(|record| !ask.before.inspection.records.contains(record))
    }),
    ("record_present", |ask| !ask.facts.inspection.records.is_empty()),
    ("finding_supported", |ask| {
        let supported =
            |finding: &Finding| said(&finding.item) && said(&finding.facts) && !finding.evidence.is_empty();
        ask.facts.inspection.findings.last().is_some_and(supported)
    }),
    ("none_found_said", |ask| said(&ask.facts.inspection.none_found)),
    ("findings_or_none", |ask| {
        ask.facts.inspection.findings.is_empty() == said(&ask.facts.inspection.none_found)
    }),
    ("institution_heard", |ask| said(&ask.facts.inspection.statement)),
    ("handed_to_its_region", |ask| {
        let to = &ask.facts.inspection.handed_to;
        region_covers(to, &ask.region) || region_covers(&ask.region, to)
    }),
    ("finding_answered", |ask| {
        let (after, before) = (&ask.facts.inspection.findings, &ask.before.inspection.findings);
        let changed = after.iter().zip(before).find(|(after, before)| after != before);
        changed.is_some_and(|(after, before)| said(&after.result) && !said(&before.result))
    }),
    ("findings_all_answered", |ask| {
        let inspection = &ask.facts.inspection;
        said(&inspection.answer) && inspection.findings.iter().all(|finding| said(&finding.result))
    }),
    ("followed_up", |ask| said(&ask.facts.inspection.follow_up)),
    ("items_listed", |ask| {
        let items = &ask.facts.self_check.items;
        let named: BTreeSet<&str> = items.iter().map(|item| item.item.as_str()).collect();
        !items.is_empty() && named.len() == items.len() && named.iter().all(|item| said(item))
    }),
    ("check_due_ahead", |ask| ask.facts.self_check.due.is_none_or(|day| day >= ask.now.time().date())),
    ("own_institution", own_institution),
    ("item_answer_complete", |ask| {
        let told = |item: &CheckItem| {
            !item.answered || item.found == said(&item.facts) && (item.found || item.amount == Fen::ZERO)
        };
        ask.facts.self_check.items.iter().all(told)
    }),
    ("all_items_answered", |ask| ask.facts.self_check.items.iter().all(|item| item.answered)),
    ("refund_not_more", |ask| {
        let (before, after) = (ask.before.self_check.refunded, ask.facts.self_check.refunded);
        before < after && after <= found(ask)
    }),
    ("correction_said", |ask| {
        ask.facts.self_check.items.iter().all(|item| !item.corrected || said(&item.correction))
    }),
    ("refunds_complete", |ask| ask.facts.self_check.refunded >= found(ask)),
    ("corrections_complete", |ask| {
        ask.facts.self_check.items.iter().all(|item| !item.found || item.corrected)
    }),
    ("report_named", |ask| said(&ask.facts.report.period)),
    ("report_digested", |ask| ask.facts.report.digest.is_some()),
    ("trace_named", |ask| said(&ask.facts.trace.institution)),
    ("retention_named", |ask| said(&ask.facts.retention.what)),
    ("log_time_over", |ask| passed(ask, "D72")),
    ("assessment_time_over", |ask| passed(ask, "D73")),
];

/// An institution acts for itself alone.
fn own_institution(ask: &Ask<'_>) -> bool {
    let own = [&ask.facts.self_check.institution, &ask.facts.agreement.institution];
    ask.actor.department != Department::Institution
        || own.iter().all(|named| named.is_empty() || **named == ask.actor.organisation)
}

/// What an institution found in itself.
fn found(ask: &Ask<'_>) -> Fen {
    Fen(ask.facts.self_check.items.iter().map(|item| item.amount.0).sum())
}
