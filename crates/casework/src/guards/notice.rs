//! Review, notice, statement, hearing and discussion.

use super::{Guard, lapsed, passed, said, still_in_time};
use crate::{
    facts::{CaseFacts, NoticePart, Statement},
    words::Word as _,
};
use std::collections::BTreeSet;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("reviewer_independent", |facts| said(&facts.review.reviewer) && !handles(facts, &facts.review.reviewer)),
    ("review_passed", |facts| !facts.review.required || facts.review.passed),
    ("notice_complete", |facts| {
        let states =
            |part: &NoticePart| facts.notices.last().is_some_and(|notice| notice.parts.contains(part));
        NoticePart::ALL.iter().all(|(part, ..)| states(part))
    }),
    ("notified_once", |facts| facts.notices.iter().filter(|notice| notice.served).count() == 0),
    ("notice_served", |facts| facts.notices.iter().any(|notice| notice.served)),
    ("notice_not_harsher", not_harsher),
    ("hearing_kept", |facts| !facts.hearing.asked || facts.hearing.finished),
    ("statement_heard", |facts| facts.hearing.statement.is_some() || lapsed(facts, "D13")),
    ("hearing_asked_in_time", |facts| still_in_time(facts, "D14")),
    ("hearing_notified_ahead", |facts| passed(facts, "D15")),
    ("chair_independent", |facts| said(&facts.hearing.chair) && !handles(facts, &facts.hearing.chair)),
    ("hearing_right_over", |facts| {
        let waived = facts.hearing.statement == Some(Statement::Waived);
        facts.hearing.asked || waived || !still_in_time(facts, "D14")
    }),
    ("hearing_finished", |facts| !facts.hearing.asked || facts.hearing.finished),
    ("discussion_not_empty", discussed),
    ("discussed_where_required", |facts| !facts.discussion.required || discussed(facts)),
];

fn handles(facts: &CaseFacts, account: &str) -> bool {
    facts.officers.iter().any(|officer| officer.account == account.trim())
}

/// A later notice announces no higher fine because the party answered; only new facts may.
fn not_harsher(facts: &CaseFacts) -> bool {
    let Some((newest, earlier)) = facts.notices.split_last() else { return false };
    newest.new_facts || earlier.iter().filter(|notice| notice.served).all(|notice| newest.fine <= notice.fine)
}

/// At least two people, each with an opinion, and a conclusion.
fn discussed(facts: &CaseFacts) -> bool {
    let opinions = facts.discussion.opinions.iter().filter(|(who, opinion)| said(who) && said(opinion));
    let people: BTreeSet<&str> = opinions.map(|(who, _)| who.trim()).collect();
    people.len() >= 2 && said(&facts.discussion.conclusion)
}
