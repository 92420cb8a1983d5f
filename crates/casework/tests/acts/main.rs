//! Acts and their guards, one by one: with all in order each act passes, and with one thing missing exactly that is said.

mod decisions;
mod defects;
mod foreseen;
mod forms;
mod good;
mod lives;
mod spoil;

use good::{all_acts, good};
use mingcha_casework::{
    Procedures,
    ask::Ask,
    clock::{ClockState, Event, EventKind, ServerTime, compute},
    facts::{Department, Officer},
    words::Word,
};
use mingcha_model::Time;
use spoil::spoil;
use std::{collections::BTreeSet, sync::LazyLock};

static PROCEDURES: LazyLock<Procedures> = LazyLock::new(|| Procedures::embedded().0);

const NOW: &str = "2025-06-20 10:00:00";

fn at(text: &str) -> ServerTime {
    ServerTime::from_store(Time::parse(text).expect("a time"))
}

/// A clock that began at `start`, as of now.
fn clock(limit: &str, start: &str) -> (String, ClockState) {
    let event = Event { at: at(start), kind: EventKind::Started { variant: None, day: None } };
    let state = compute(&PROCEDURES.limits[limit], &[event], &PROCEDURES.calendar, at(NOW));
    (limit.to_owned(), state)
}

fn officer(account: &str, certificate: &str) -> Officer {
    Officer { account: account.into(), certificate: certificate.into(), valid: true, recused: false }
}

fn refusals(machine: &str, act: &str, ask: &Ask<'_>) -> Vec<String> {
    let answer = PROCEDURES.machines[machine].may(act, ask);
    answer.err().unwrap_or_default().into_iter().map(|error| error.guard).collect()
}

#[test]
fn the_procedures_are_free_of_faults() {
    let (_, faults) = Procedures::embedded();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn with_everything_in_order_every_act_passes() {
    for (machine, act) in all_acts() {
        assert_eq!(refusals(machine, act, &good(machine, act)), Vec::<String>::new(), "{machine}.{act}");
    }
}

#[test]
fn with_one_thing_missing_exactly_that_is_said_with_code_and_next_step() {
    let own = ["right_state", "right_department"].map(str::to_owned);
    let mut seen = BTreeSet::from(["known_act", "input_fits"].map(str::to_owned));
    for (machine, act) in all_acts() {
        let definition = &PROCEDURES.machines[machine];
        let guards = own.iter().chain(&definition.every).chain(&definition.acts[act].guards);
        for guard in guards {
            let mut ask = good(machine, act);
            spoil(guard, &mut ask);
            let errors = definition.may(act, &ask).expect_err(&format!("{machine}.{act} without {guard}"));
            let error = errors.iter().find(|error| error.guard == *guard).expect(guard);
            assert_eq!(error.code, definition.texts[guard].code);
            assert!(!error.message.is_empty() && !error.next.is_empty() && !error.basis.is_empty());
            let allowed: &[&str] = spoil::drags_along(guard);
            let rest = errors
                .iter()
                .filter(|error| error.guard != *guard && !allowed.contains(&error.guard.as_str()));
            assert_eq!(rest.count(), 0, "{machine}.{act} without {guard}: {errors:?}");
            seen.insert(guard.clone());
        }
    }
    let texts: BTreeSet<String> = PROCEDURES.machines["case"].texts.keys().cloned().collect();
    assert_eq!(seen, texts, "a guard that no act asks");
}

#[test]
fn an_unknown_act_is_refused() {
    assert_eq!(refusals("case", "delete", &good("case", "file")), ["known_act"]);
}

#[test]
fn a_guard_that_the_code_does_not_know_never_says_yes() {
    let mut machine = PROCEDURES.machines["case"].clone();
    machine.every.push("invented".to_owned());
    let errors = machine.may("file", &good("case", "file")).expect_err("refused");
    assert_eq!((errors.len(), errors[0].guard.as_str()), (1, "invented"));
}

#[test]
fn a_scope_is_a_region_and_what_lies_in_it() {
    for (own, other, covers) in [
        ("210000", "210102", true),
        ("210100", "210100", true),
        ("210100", "210200", false),
        ("210102", "210100", false),
        ("000000", "650000", true),
        ("21", "210100", false),
        ("", "210100", false),
        ("210000", "21010", false),
    ] {
        assert_eq!(mingcha_casework::ask::region_covers(own, other), covers, "{own} {other}");
    }
}

#[test]
fn each_step_of_a_transfer_is_done_by_the_department_it_belongs_to() {
    for (act, department) in [
        ("form_team", Department::Insurance),
        ("send", Department::Insurance),
        ("sign_receipt", Department::Police),
        ("ask_supplement", Department::Police),
        ("decline", Department::Police),
        ("order_filing", Department::Procuratorate),
    ] {
        assert_eq!(PROCEDURES.machines["transfer"].acts[act].departments, [department], "{act}");
        for (other, ..) in Department::ALL.iter().filter(|(other, ..)| *other != department) {
            let mut ask = good("transfer", act);
            ask.actor.department = *other;
            assert!(refusals("transfer", act, &ask).contains(&"right_department".to_owned()), "{act}");
        }
    }
}

#[test]
fn the_police_cannot_refuse_to_receive_for_missing_papers() {
    let machine = &PROCEDURES.machines["transfer"];
    let from_sent: Vec<&str> = machine
        .acts
        .values()
        .filter(|act| act.from.contains(&"sent".to_owned()) && act.to.is_some())
        .map(|act| act.id.as_str())
        .collect();
    assert_eq!(from_sent, ["reroute", "sign_receipt"]);
}

/// Limits that no act starts or ends, each with the reason.
const WITHOUT_ACTS: &[(&str, &str)] = &[];

#[test]
fn every_limit_starts_and_ends_with_an_act() {
    let machines = PROCEDURES.machines.values();
    let emitted: BTreeSet<&String> =
        machines.flat_map(|machine| machine.acts.values().flat_map(|act| &act.emits)).collect();
    let without: Vec<&str> = PROCEDURES
        .limits
        .values()
        .filter(|limit| {
            let mut events = [&limit.starts_on, &limit.ends_on].into_iter().chain(&limit.moot_on);
            events.any(|event| !emitted.contains(event))
        })
        .map(|limit| limit.id.as_str())
        .collect();
    let named: Vec<&str> = WITHOUT_ACTS.iter().map(|(id, _)| *id).collect();
    assert_eq!(without, named);
}

#[test]
fn an_act_touches_the_clocks_that_the_law_ties_to_it() {
    let ids = |limits: Vec<&mingcha_casework::Limit>| {
        limits.iter().map(|limit| limit.id.clone()).collect::<Vec<_>>()
    };
    let (starts, ends) = PROCEDURES.touched("transfer_approved", "210102");
    assert_eq!((ids(starts), ids(ends)), (vec!["D33".to_owned()], vec![]));
    let (starts, ends) = PROCEDURES.touched("decision_served", "210102");
    assert_eq!(
        (ids(starts), ids(ends)),
        (["D27", "D28"].map(str::to_owned).to_vec(), vec!["D18".to_owned()])
    );
    // The law asks for the fine, the review or the withdrawal only where there is one.
    for (event, limit) in [("fine_imposed", "D21"), ("review_asked", "D11"), ("decision_overturned", "D20")] {
        assert_eq!(ids(PROCEDURES.touched(event, "210102").0), [limit], "{event}");
    }
    assert_eq!(ids(PROCEDURES.made_moot("police_decided", "210102")), ["D36", "D38"]);
}
