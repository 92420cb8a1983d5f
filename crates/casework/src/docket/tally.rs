//! What statistics count of an act: entries that are written with it and never changed, each with the matter that a figure opens to.

use super::matter::Stored;
use crate::{
    facts::{AgreementMeasure, DecisionKind, Department, Outcome},
    money::MoneyKind,
    store::{Error, Unit},
};
use sqlx::AnyConnection;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    what: &'static str,
    amount: i64,
    subject: String,
}

fn one(what: &'static str) -> Tally {
    of(what, "")
}

fn of(what: &'static str, subject: &str) -> Tally {
    Tally { what, amount: 0, subject: subject.to_owned() }
}

fn sum(what: &'static str, amount: i64) -> Tally {
    Tally { what, amount, subject: String::new() }
}

/// What an act adds.
pub(super) fn counted(act: &str, before: Option<&Stored>, after: &Stored) -> Vec<Tally> {
    let (heading, facts) = (&after.heading, &after.facts);
    let institution = heading.institution.as_str();
    let party = if institution.is_empty() { heading.subject.as_str() } else { institution };
    match (heading.machine.as_str(), act) {
        ("clue", "dispatch") => vec![one("clues_dispatched")],
        ("clue", "answer" | "answer_cross_check") => answered(after, institution),
        ("clue", "send_back") => vec![one("clues_returned")],
        ("case", "write_decision") => {
            let amounts = facts.decision.amounts();
            // What is not punished is a violation all the same, unless it did not happen or is another's.
            let mut entries = match facts.decision.kind() {
                DecisionKind::Penalty => vec![of("penalised", party), of("violating", party)],
                DecisionKind::NoPenalty => vec![of("violating", party)],
                DecisionKind::NotEstablished | DecisionKind::Moved => Vec::new(),
            };
            entries.extend([sum("fined", amounts.fined.0.0), sum("refused", amounts.refused.0.0)]);
            entries.retain(|entry| entry.amount > 0 || !entry.subject.is_empty());
            entries
        }
        ("case" | "agreement", "pay") => facts.payments.last().into_iter().filter_map(paid).collect(),
        ("case", "publish") => vec![one("exposed")],
        ("agreement", "decide") => agreed(after),
        ("self_check", "refund") => {
            let earlier = before.map_or(0, |before| before.facts.self_check.refunded.0);
            vec![sum("self_returned", facts.self_check.refunded.0 - earlier)]
        }
        ("inspection", "leave") => vec![of("inspected", &facts.inspection.institution)],
        ("transfer", "send") => {
            let person =
                (heading.subject_kind == "person").then(|| of("persons_to_judiciary", &heading.subject));
            std::iter::once(one("to_judiciary")).chain(person).collect()
        }
        ("transfer", "catch") => {
            let earlier = before.map_or(0, |before| before.facts.transfer.suspects);
            vec![sum("suspects_caught", i64::from(facts.transfer.suspects.saturating_sub(earlier)))]
        }
        ("transfer", "close_institutions") => {
            let earlier = before.map(|before| &before.facts.transfer.closed);
            let new = |code: &&String| earlier.is_none_or(|earlier| !earlier.contains(*code));
            facts.transfer.closed.iter().filter(new).map(|code| of("institutions_closed", code)).collect()
        }
        ("transfer", "sign_receipt") => vec![one("transfers_received")],
        ("referral", "send") => match facts.referral.to {
            Some(Department::Discipline) => vec![one("to_discipline")],
            Some(Department::Health) => vec![one("to_health")],
            _ => Vec::new(),
        },
        ("person_measure", "talk" | "educate" | "restrict" | "suspend" | "suspend_urgently") => {
            vec![of("insured_handled", &facts.person.person)]
        }
        ("complaint", "open") => vec![one("complaints")],
        ("complaint", "pay_reward") => vec![one("rewarded"), sum("rewards", facts.complaint.reward.0)],
        ("points", act) => points(act, after),
        _ => Vec::new(),
    }
}

fn answered(after: &Stored, institution: &str) -> Vec<Tally> {
    let Some(answer) = after.facts.clue.answers.last() else { return Vec::new() };
    let what = match answer.outcome {
        Some(Outcome::Confirmed) => "clues_confirmed",
        Some(Outcome::Refuted) => "clues_refuted",
        _ => "clues_unclear",
    };
    let outcome = Tally { what, amount: answer.found.0, subject: rule_of(&after.origin) };
    let violating = what == "clues_confirmed" && !institution.is_empty();
    [one("clues_checked"), outcome]
        .into_iter()
        .chain(violating.then(|| of("violating", institution)))
        .collect()
}

/// The rule with its version that a clue came from, as `name version`; empty where it came from none.
fn rule_of(origin: &str) -> String {
    let origin: serde_json::Value = serde_json::from_str(origin).unwrap_or_default();
    let text = |key: &str| match &origin[key] {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    format!("{} {}", text("rule"), text("version")).trim().to_owned()
}

fn paid(payment: &crate::facts::Payment) -> Option<Tally> {
    let what = match payment.kind {
        MoneyKind::Returned => "returned",
        MoneyKind::Fined => "fines_paid",
        MoneyKind::AgreementDamages => "agreement_damages",
        MoneyKind::Refused => return None,
    };
    Some(sum(what, payment.amount.0))
}

fn agreed(after: &Stored) -> Vec<Tally> {
    let agreement = &after.facts.agreement;
    let what = |measure: &AgreementMeasure| match measure {
        AgreementMeasure::Talk => Some("talked_to"),
        AgreementMeasure::Correction => Some("ordered_to_correct"),
        AgreementMeasure::Halt => Some("suspended"),
        AgreementMeasure::End => Some("terminated"),
        AgreementMeasure::Refusal | AgreementMeasure::Recovery | AgreementMeasure::Damages => None,
    };
    let measures = agreement.measures.iter().filter_map(what);
    measures.chain(["violating"]).map(|what| of(what, &agreement.institution)).collect()
}

fn points(act: &str, after: &Stored) -> Vec<Tally> {
    let points = &after.facts.points;
    match act {
        "settle" | "uphold" => {
            vec![Tally { amount: points.points.into(), ..of("points_effective", &points.practitioner) }]
        }
        "repair" => points.repairs.last().map(|kind| of("points_repaired", kind)).into_iter().collect(),
        "suspend" => vec![sum("points_suspended", points.months.into())],
        _ => Vec::new(),
    }
}

/// Writes what an act adds.
pub(super) async fn write(unit: &mut Unit, after: &Stored, entries: &[Tally]) -> Result<(), Error> {
    let (at, heading) = (unit.now.time().0, &after.heading);
    for (number, entry) in (heading.version * 16..).zip(entries) {
        insert(unit.conn(), &heading.id, number, at, &heading.region, entry).await?;
    }
    Ok(())
}

async fn insert(
    conn: &mut AnyConnection,
    matter: &str,
    seq: i64,
    at: i64,
    region: &str,
    entry: &Tally,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO tally (matter, seq, at, what, region, amount, subject) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(matter)
        .bind(seq)
        .bind(at)
        .bind(entry.what)
        .bind(region)
        .bind(entry.amount)
        .bind(entry.subject.as_str())
        .execute(conn)
        .await?;
    Ok(())
}
