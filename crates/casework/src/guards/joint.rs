//! Complaints, referrals, listed supervision, joint meetings.

use super::{Guard, approved, said};
use crate::{
    ask::{Ask, level, region_covers},
    clock::count::add_months,
    facts::{Complaint, Department, Due, Matter, Task},
};
use mingcha_model::{Date, Fen};

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("complaint_described", |ask| {
        let complaint = &ask.facts.complaint;
        complaint.channel.is_some() && said(&complaint.target) && said(&complaint.content)
    }),
    ("informant_sealed", |ask| !ask.facts.complaint.named || said(&ask.facts.complaint.token)),
    ("target_definite", |ask| ask.facts.complaint.evidence),
    ("complaint_target_named", |ask| said(&ask.facts.complaint.passed_to)),
    ("clue_linked", |ask| said(&ask.facts.complaint.clue)),
    ("informant_named", |ask| ask.facts.complaint.named),
    ("informant_anonymous", |ask| !ask.facts.complaint.named),
    ("told_in_writing", |ask| said(&ask.facts.complaint.told)),
    ("complaint_proved", |ask| ask.facts.complaint.proved),
    ("reward_conditions", |ask| {
        let complaint = &ask.facts.complaint;
        complaint.evidence && complaint.first && !complaint.known && !complaint.staff
    }),
    ("reward_in_bounds", reward_in_bounds),
    ("reward_by_another", |ask| {
        said(&ask.before.complaint.proposed_by) && ask.before.complaint.proposed_by != ask.actor.account
    }),
    ("claim_code_set", |ask| ask.facts.complaint.claim_code.is_some() && approved(ask, Matter::Reward)),
    ("claim_code_right", |ask| {
        let Complaint { claim_code, claimed, .. } = &ask.facts.complaint;
        claim_code.is_some() && claim_code == claimed
    }),
    ("claim_in_time", |ask| claim_ends(ask).is_some_and(|end| ask.now.time().date() <= end)),
    ("claim_over", |ask| claim_ends(ask).is_some_and(|end| ask.now.time().date() > end)),
    ("reward_not_cash", |ask| said(&ask.facts.complaint.voucher)),
    ("referral_described", |ask| {
        let referral = &ask.facts.referral;
        let elsewhere = referral.to != referral.from || referral.to_region != referral.from_region;
        let whole = said(&referral.content) && said(&referral.asked);
        referral.to.is_some() && level(&referral.to_region).is_some() && elsewhere && whole
    }),
    ("referral_due_ahead", |ask| ahead(ask, &ask.facts.referral.due)),
    ("receiver_acts", |ask| {
        let referral = &ask.before.referral;
        referral.to == Some(ask.actor.department) && referral.to_region == ask.actor.region
    }),
    ("sender_acts", |ask| {
        let referral = &ask.before.referral;
        referral.from == Some(ask.actor.department) && referral.from_region == ask.actor.region
    }),
    ("referral_answered", |ask| said(&ask.facts.referral.result)),
    ("listed_described", |ask| {
        let listed = &ask.facts.listed;
        let regioned = region_covers(&ask.actor.region, &listed.duty_region);
        !listed.matters.is_empty() && regioned && (1..=2).contains(&listed.authorities.len())
    }),
    ("listed_due_ahead", |ask| ahead(ask, &ask.facts.listed.due)),
    ("authority_acts", |ask| ask.facts.listed.authorities.contains(&ask.actor.department)),
    ("all_agreed", |ask| ask.facts.listed.agreed.is_superset(&ask.facts.listed.authorities)),
    ("all_lifted", |ask| ask.facts.listed.lifted.is_superset(&ask.facts.listed.authorities)),
    ("progress_said", |ask| ask.facts.listed.progress.last().is_some_and(|progress| said(progress))),
    ("listed_answered", |ask| said(&ask.facts.listed.result)),
    ("meeting_described", |ask| said(&ask.facts.meeting.topic) && ask.facts.meeting.departments.len() >= 2),
    ("participant_acts", |ask| ask.before.meeting.departments.contains(&ask.actor.department)),
    ("minutes_said", |ask| said(&ask.facts.meeting.minutes)),
    ("task_described", |ask| ask.facts.meeting.tasks.last().is_some_and(|task| task_described(ask, task))),
    ("task_own", |ask| answered(ask).is_none_or(|task| task.who == Some(ask.actor.department))),
    ("task_answered", |ask| answered(ask).is_some_and(|task| said(&task.result))),
    ("tasks_done", |ask| ask.facts.meeting.tasks.iter().all(|task| said(&task.result))),
];

fn ahead(ask: &Ask<'_>, due: &Due) -> bool {
    due.day.is_some() && !due.over(ask.now.time().date())
}

fn reward_in_bounds(ask: &Ask<'_>) -> bool {
    let Complaint { reward, value, .. } = ask.facts.complaint;
    let scheme = ask.procedures.schemes.as_ref().map(|schemes| &schemes.reward);
    scheme.is_some_and(|scheme| value > Fen::ZERO && reward == scheme.amount(value))
}

/// The last day on which a reward is claimed.
fn claim_ends(ask: &Ask<'_>) -> Option<Date> {
    let scheme = &ask.procedures.schemes.as_ref()?.reward;
    let told = ask.facts.complaint.told_reward?;
    Some(add_months(told.time().date(), i64::from(scheme.claim_months)))
}

fn task_described(ask: &Ask<'_>, task: &Task) -> bool {
    let takes_part = |who: Department| ask.facts.meeting.departments.contains(&who);
    said(&task.what) && task.who.is_some_and(takes_part) && ahead(ask, &task.due)
}

/// The task that the act answers.
fn answered<'a>(ask: &'a Ask<'_>) -> Option<&'a Task> {
    let (after, before) = (&ask.facts.meeting.tasks, &ask.before.meeting.tasks);
    after.iter().zip(before).find(|(after, before)| after != before).map(|(after, _)| after)
}
