//! Practitioners' points, measures against people and by the agreement, sanctions, penalties on the spot.

use super::{Guard, approved, lapsed, notice::complete, passed, said, still_in_time};
use crate::{
    ask::Ask,
    facts::{Matter, PointsMatter, Responsibility, owed},
    measure::{Measure, SuspensionOf},
    money::MoneyKind,
    scheme::PointsScheme,
};
use mingcha_model::Fen;

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("points_described", |ask| {
        let points = &ask.facts.points;
        said(&points.practitioner) && said(&points.institution) && said(&points.facts)
    }),
    ("points_in_band", |ask| scheme(ask).is_some_and(|scheme| in_band(&ask.facts.points, scheme))),
    ("points_contest_in_time", |ask| still_in_time(ask, "D61")),
    ("points_contest_said", |ask| said(&ask.facts.points.contest)),
    ("points_contest_over", |ask| lapsed(ask, "D61")),
    ("points_reviewed_by_another", |ask| ask.before.points.decided_by != ask.actor.account),
    ("repair_known", repair_known),
    ("suspension_by_points", |ask| {
        let months = scheme(ask)
            .and_then(|scheme| scheme.months.iter().find(|months| months.points == ask.around.points));
        months.is_some_and(|months| (months.least..=months.most).contains(&ask.facts.points.months))
    }),
    ("ending_by_points", |ask| {
        scheme(ask).is_some_and(|scheme| {
            ask.around.points >= scheme.end_at && ask.facts.points.points < scheme.end_at
        })
    }),
    ("ending_at_once", |ask| scheme(ask).is_some_and(|scheme| ask.facts.points.points >= scheme.end_at)),
    ("below_suspension", |ask| scheme(ask).is_some_and(|scheme| ask.around.points < scheme.suspend_from)),
    ("qualification_time_over", |ask| ["D63", "D64", "D65"].iter().any(|limit| passed(ask, limit))),
    ("points_year_over", points_year_over),
    ("person_described", |ask| {
        let known = person_measure(ask).is_some_and(|measure| measure.subject == "个人");
        known && said(&ask.facts.person.person) && said(&ask.facts.person.facts)
    }),
    ("talk_recorded", |ask| ask.facts.person.talks.last().is_some_and(|record| said(record))),
    ("education_recorded", |ask| ask.facts.person.education.last().is_some_and(|record| said(record))),
    ("restriction_named", |ask| !ask.facts.person.convenience.is_empty()),
    ("person_notice_complete", |ask| complete(&ask.facts.person.notified)),
    ("person_heard", |ask| ask.facts.person.statement.is_some()),
    ("person_months_in_bounds", |ask| {
        let suspension = person_measure(ask).and_then(|measure| measure.suspension);
        let bounds = suspension.filter(|suspension| suspension.of == SuspensionOf::Networking);
        bounds.is_some_and(|bounds| (bounds.least..=bounds.most).contains(&ask.facts.person.months))
    }),
    ("person_suspension_approved", |ask| approved(ask, Matter::PersonSuspension)),
    ("person_refused", |ask| ask.facts.person.urgent && !ask.facts.refusals.is_empty()),
    ("person_contest_said", |ask| said(&ask.facts.person.contest)),
    ("networking_time_over", |ask| passed(ask, "D67") && !ask.facts.person.urgent),
    ("agreement_described", |ask| {
        said(&ask.facts.agreement.institution) && said(&ask.facts.agreement.breach)
    }),
    ("agreement_heard", |ask| ask.facts.agreement.statement.is_some()),
    ("agreement_approved", |ask| approved(ask, Matter::Agreement)),
    ("agreement_measures_named", |ask| !ask.facts.agreement.measures.is_empty()),
    ("agreement_contest_numbered", |ask| said(&ask.facts.agreement.contest)),
    ("agreement_contest_in_time", |ask| still_in_time(ask, "D56")),
    ("agreement_result_said", |ask| said(&ask.facts.agreement.result)),
    ("agreement_paid", |ask| {
        let owes = |kind| owed(&ask.facts.decision, &ask.facts.payments, kind) > Fen::ZERO;
        !owes(MoneyKind::Returned) && !owes(MoneyKind::AgreementDamages)
    }),
    ("coordination_said", |ask| {
        said(&ask.facts.agreement.coordination) && said(&ask.facts.agreement.institution)
    }),
    ("summary_in_bounds", |ask| {
        let summary = &ask.facts.summary;
        let scheme = ask.procedures.schemes.as_ref().map(|schemes| &schemes.summary);
        let most = scheme.map(|scheme| if summary.person { scheme.person } else { scheme.organisation });
        said(&summary.subject) && most.is_some_and(|most| summary.fine > Fen::ZERO && summary.fine <= most)
    }),
    ("collected_once", |ask| !ask.before.summary.collected),
    ("fine_collected_before", |ask| ask.before.summary.collected),
    ("handed_in_numbered", |ask| said(&ask.facts.summary.handed_in)),
    ("summary_numbered", |ask| said(&ask.facts.summary.recorded)),
    ("collected_handed_in", |ask| !ask.facts.summary.collected || said(&ask.facts.summary.handed_in)),
    ("sanction_described", |ask| {
        let sanction = &ask.facts.sanction;
        let known = ask.procedures.measures.contains_key(&sanction.measure);
        known && said(&sanction.subject) && said(&sanction.case)
    }),
    ("sanction_approved", |ask| approved(ask, Matter::Sanction)),
    ("sanction_months_in_bounds", |ask| {
        let sanction = &ask.facts.sanction;
        let measure = ask.procedures.measures.get(&sanction.measure);
        let bounds = measure.and_then(|measure| measure.suspension);
        let bounds = bounds.filter(|bounds| bounds.of == SuspensionOf::Department);
        said(&sanction.department)
            && bounds.is_some_and(|bounds| (bounds.least..=bounds.most).contains(&sanction.months))
    }),
    ("department_time_over", |ask| passed(ask, "D66")),
    ("ban_time_over", |ask| passed(ask, "D68")),
];

fn scheme<'a>(ask: &Ask<'a>) -> Option<&'a PointsScheme> {
    ask.procedures.schemes.as_ref().map(|schemes| &schemes.points)
}

fn person_measure<'a>(ask: &Ask<'a>) -> Option<&'a Measure> {
    ask.procedures.measures.get(&ask.facts.person.measure)
}

/// The points lie in the event's band, and the lower, middle or upper part of it is that of the responsibility.
fn in_band(matter: &PointsMatter, scheme: &PointsScheme) -> bool {
    let event = scheme.events.iter().find(|event| event.id == matter.event);
    event.zip(matter.responsibility).is_some_and(|(event, responsibility)| {
        let middle = u32::midpoint(event.least, event.most);
        let points = matter.points;
        match responsibility {
            Responsibility::General => points == event.least,
            Responsibility::Important => (event.least..=event.most).contains(&points) && points == middle,
            Responsibility::Main => points == event.most,
        }
    })
}

/// The newest repair is one of the scheme's and not done too often.
fn repair_known(ask: &Ask<'_>) -> bool {
    let Some((newest, scheme)) = ask.facts.points.repairs.last().zip(scheme(ask)) else { return false };
    let times = ask.facts.points.repairs.iter().filter(|kind| *kind == newest).count();
    scheme.repairs.iter().any(|repair| repair.id == *newest && times <= repair.most as usize)
}

/// The last day of the year has come.
fn points_year_over(ask: &Ask<'_>) -> bool {
    let due = ask.clocks.get("D62").and_then(|clock| clock.due);
    due.is_some_and(|due| ask.now.time().date() >= due.last.date())
}
