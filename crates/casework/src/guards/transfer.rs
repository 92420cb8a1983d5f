//! The transfer of suspected crimes, from the team to the goods.

use super::{Guard, approved, said, still_in_time, two_certified};
use crate::{
    facts::{Enclosure, Matter, Role},
    words::Word as _,
};

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("crime_suspected", |facts| facts.transfer.suspected),
    ("transfer_team_of_two", |facts| two_certified(&facts.transfer.team)),
    ("transfer_report_written", |facts| facts.transfer.report),
    ("head_decides", |facts| facts.actor.role == Role::Head),
    ("transfer_approved", |facts| approved(facts, Matter::Transfer)),
    ("reason_given", |facts| said(&facts.reason)),
    ("enclosures_complete", |facts| {
        Enclosure::ALL.iter().all(|(enclosure, ..)| facts.transfer.enclosures.contains(enclosure))
    }),
    ("same_level", |facts| facts.transfer.same_level),
    ("receipt_once", |facts| !facts.transfer.receipt),
    ("receipt_signed", |facts| facts.transfer.receipt),
    ("supplement_listed", |facts| facts.transfer.supplements.iter().any(|item| said(item))),
    ("rerouted_in_writing", |facts| said(&facts.transfer.rerouted_to)),
    ("longer_review_grounded", |facts| {
        let longer = facts.transfer.longer_review.as_ref();
        longer.is_some_and(|(ground, approver)| said(ground) && *approver == Role::Head)
    }),
    ("file_returned", |facts| facts.transfer.file_returned),
    ("contested_in_time", |facts| still_in_time(facts, "D42")),
    ("goods_to_hand_over_listed", |facts| facts.transfer.goods.iter().any(|item| said(item))),
];
