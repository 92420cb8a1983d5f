//! Review, notice, statement, hearing and discussion.

use super::{Guard, lapsed, passed, said, still_in_time};
use crate::{
    ask::Ask,
    facts::{NoticePart, Statement},
    words::Word as _,
};
use std::collections::BTreeSet;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("reviewer_independent", |ask| {
        said(&ask.facts.review.reviewer) && !handles(ask, &ask.facts.review.reviewer)
    }),
    ("review_explained", |ask| ask.facts.review.passed || said(&ask.facts.review.opinion)),
    // An opinion binds also where nobody had to ask for it.
    ("review_passed", |ask| {
        let review = &ask.facts.review;
        review.passed || !review.required && !said(&review.reviewer)
    }),
    ("notice_complete", |ask| ask.facts.notices.last().is_some_and(|notice| complete(&notice.parts))),
    ("notified_once", |ask| !ask.before.notices.iter().any(|notice| notice.served)),
    ("notice_served", |ask| ask.facts.notices.last().is_some_and(|notice| notice.served)),
    ("notice_not_harsher", not_harsher),
    ("hearing_kept", |ask| !ask.facts.hearing.asked || ask.facts.hearing.finished),
    ("statement_heard", |ask| ask.facts.hearing.statement.is_some() || lapsed(ask, "D13")),
    ("hearing_asked_in_time", |ask| still_in_time(ask, "D14")),
    ("hearing_asked_once", |ask| !ask.before.hearing.asked),
    ("hearing_notified_ahead", |ask| passed(ask, "D15")),
    ("hearing_notified_once", |ask| !said(&ask.before.hearing.chair)),
    ("hearing_held", |ask| ask.facts.hearing.held),
    ("chair_independent", |ask| said(&ask.facts.hearing.chair) && !handles(ask, &ask.facts.hearing.chair)),
    ("hearing_right_over", |ask| {
        let waived = ask.facts.hearing.statement == Some(Statement::Waived);
        ask.facts.hearing.asked || waived || !still_in_time(ask, "D14")
    }),
    ("hearing_finished", |ask| !ask.facts.hearing.asked || ask.facts.hearing.finished),
    ("discussion_not_empty", discussed),
    ("discussed_where_required", |ask| !ask.facts.discussion.required || discussed(ask)),
];

/// Whether a notice states all that it must.
pub(super) fn complete(parts: &BTreeSet<NoticePart>) -> bool {
    NoticePart::ALL.iter().all(|(part, ..)| parts.contains(part))
}

fn handles(ask: &Ask<'_>, account: &str) -> bool {
    ask.facts.officers.iter().any(|officer| officer.account == account.trim())
}

/// A later notice announces no higher fine because the party answered; only new facts may.
fn not_harsher(ask: &Ask<'_>) -> bool {
    let Some((newest, earlier)) = ask.facts.notices.split_last() else { return false };
    newest.new_facts || earlier.iter().filter(|notice| notice.served).all(|notice| newest.fine <= notice.fine)
}

/// At least two people, each with an opinion, and a conclusion.
pub(super) fn discussed(ask: &Ask<'_>) -> bool {
    let discussion = &ask.facts.discussion;
    let opinions = discussion.opinions.iter().filter(|(who, opinion)| said(who) && said(opinion));
    let people: BTreeSet<&str> = opinions.map(|(who, _)| who.trim()).collect();
    people.len() >= 2 && said(&discussion.conclusion)
}
