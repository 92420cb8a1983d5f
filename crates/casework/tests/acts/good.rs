//! Everything in order for an act: the facts that its guards ask for, before and after it.

use crate::{NOW, PROCEDURES, at, clock, officer};
use mingcha_casework::{
    ask::{Actor, Around, Ask},
    clock::ClockState,
    facts::{
        Answer, Approval, Closing, ClosingGround, Clue, Decision, DecisionItem, Department, Discussion,
        Dispatch, Enclosure, Evidence, EvidenceKind, Facts, Filing, Hearing, Help, Holding, Link, Matter,
        Notice, NoticePart, Outcome, Payment, Refusal, Review, Role, Service, Source, Statement, Step,
        Transfer,
    },
    measure::Proposal,
    money::{Account, Fined, MoneyKind},
    trail::Digest,
    words::Word,
};
use mingcha_model::{Date, Fen};
use std::collections::{BTreeMap, BTreeSet};

/// All acts with their machines.
pub fn all_acts() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROCEDURES
        .machines
        .values()
        .flat_map(|machine| machine.acts.keys().map(|act| (machine.id.as_str(), act.as_str())))
}

pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

pub fn approval(matter: Matter) -> Approval {
    Approval {
        matter,
        role: Role::Head,
        account: "head".into(),
        paper: "批〔2025〕1号".into(),
        at: at("2025-06-01 09:00:00"),
    }
}

pub fn notice() -> Notice {
    let parts = NoticePart::ALL.iter().map(|(part, ..)| *part).collect();
    Notice { parts, served: true, fine: Fen(200_000), new_facts: false }
}

pub fn evidence() -> Evidence {
    Evidence {
        kind: EvidenceKind::Electronic,
        title: "结算明细".into(),
        sm3: Digest([1; 32]),
        sha256: Digest([2; 32]),
        source: "run-7/line-12".into(),
        custody: vec!["u1".into()],
    }
}

/// Somebody who may do an act.
pub fn actor(department: Department) -> Actor {
    Actor {
        account: "head".into(),
        department,
        role: Role::Head,
        region: "210102".into(),
        organisation: "210102-yb".into(),
        enabled: true,
        recused: false,
    }
}

/// A question with everything in order for an act of a machine.
pub fn good(machine: &str, act: &str) -> Ask<'static> {
    let entry = &PROCEDURES.machines[machine].acts[act];
    let mut ask = Ask::new(&PROCEDURES, actor(entry.departments[0]), "210102", &entry.from[0], at(NOW));
    ask.reason = "写明的理由".into();
    ask.clocks = clocks();
    ask.around = Around { lines_elsewhere: BTreeSet::from(["line-2".to_owned()]), ..around() };
    ask.before = facts();
    ask.facts = facts();
    before(machine, act, &mut ask);
    ask
}

pub fn around() -> Around {
    let officers = [officer("u1", "LN-001"), officer("u2", "LN-002")];
    Around {
        officers: officers.into_iter().map(|officer| (officer.account.clone(), officer)).collect(),
        transfer_decided: true,
        last_line: Some(day("2024-05-01")),
        drawn: true,
        cross_check_due: true,
        ..Around::default()
    }
}

fn clocks() -> BTreeMap<String, ClockState> {
    [
        clock("D13", "2025-06-19"),
        clock("D14", "2025-06-18"),
        clock("D15", "2025-06-05"),
        clock("D25", "2025-05-20"),
        clock("D26", "2025-05-20"),
        clock("D27", "2025-06-01"),
        clock("D28", "2025-06-01"),
        clock("D42", "2025-06-18"),
    ]
    .into()
}

/// A file in which everything that any guard asks for is there.
fn facts() -> Facts {
    Facts {
        officers: vec![officer("u1", "LN-001"), officer("u2", "LN-002")],
        approvals: Matter::ALL.iter().map(|(matter, ..)| approval(*matter)).collect(),
        filing: filing(),
        evidence: vec![evidence()],
        holdings: vec![Holding { items: vec!["账册一本".into()], sealed: true, settled: true }],
        help: vec![Help {
            of: "某市医保局".into(), asked: "核实就诊".into(), answer: "属实".into()
        }],
        refusals: vec![(Refusal::Entry, "拒绝进入现场".into())],
        review: Review { required: true, reviewer: "u8".into(), passed: true, opinion: "同意".into() },
        notices: vec![notice()],
        hearing: Hearing {
            statement: Some(Statement::Examined),
            asked: true,
            chair: "u9".into(),
            held: true,
            finished: true,
            ..Hearing::default()
        },
        discussion: Discussion {
            required: true,
            opinions: vec![("u5".into(), "同意".into()), ("u6".into(), "同意".into())],
            conclusion: "同意处罚".into(),
        },
        decision: decision(),
        service: Service {
            served: Some(at("2025-06-10 09:00:00")),
            receipt: true,
            published: Some(at("2025-06-11 09:00:00")),
            anonymous: true,
            withdrawn: false,
        },
        payments: vec![payment(200_000)],
        closing: Closing { ground: Some(ClosingGround::Performed) },
        transfer: transfer(),
        clue: clue(),
        ..Facts::default()
    }
}

fn filing() -> Filing {
    Filing {
        subject: "H21010200001".into(),
        clue: Some("c1".into()),
        violation_facts: "重复收费".into(),
        own_jurisdiction: true,
        violation_ended: Some(day("2024-05-01")),
        grave: false,
        disputed_with: "某市医保局".into(),
    }
}

pub fn payment(amount: i64) -> Payment {
    Payment {
        kind: MoneyKind::Fined,
        account: Account::Treasury,
        amount: Fen(amount),
        voucher: format!("P-{amount}"),
    }
}

/// Article 38: a loss of 2,000 yuan, fined once.
fn decision() -> Decision {
    let proposal = Proposal { loss: Fen(200_000), fined: Some(Fined(Fen(200_000))), ..Proposal::default() };
    Decision {
        items: vec![DecisionItem { measure: "M05".into(), proposal }],
        lines: BTreeSet::from(["line-1".to_owned()]),
        written: true,
        absent: true,
        overturned: "复决字〔2025〕1号".into(),
    }
}

fn transfer() -> Transfer {
    Transfer {
        suspected: true,
        case: "case-1".into(),
        crime: "第266条".into(),
        team: vec![officer("u1", "LN-001"), officer("u2", "LN-002")],
        report: "报〔2025〕1号".into(),
        enclosures: Enclosure::ALL.iter().map(|(enclosure, ..)| *enclosure).collect(),
        to: "某区公安分局".into(),
        same_level: true,
        letter: "医保案移字〔2025〕1号".into(),
        receipt: Some(at("2025-06-12 09:00:00")),
        supplements: vec!["银行流水".into()],
        supplied: vec!["银行流水".into()],
        rerouted_to: "某分局".into(),
        answer: "公立字〔2025〕1号".into(),
        file_returned: true,
        goods: vec!["无".into()],
        stage: "侦查".into(),
    }
}

fn clue() -> Clue {
    Clue {
        source: Some(Source::Screening),
        subject: "H21010200001".into(),
        key: "k1".into(),
        amount: Fen(200_000),
        severity: 2,
        grade: 1,
        same_as: "c0".into(),
        passed_to: "某市医保局".into(),
        links: vec![Link { kind: "case".into(), id: "case-1".into() }],
        dispatches: vec![Dispatch {
            from: "210100".into(),
            to: "210102".into(),
            due: Some(day("2025-07-01")),
        }],
        answers: vec![Answer {
            outcome: Some(Outcome::Confirmed),
            facts: "重复收费二十次".into(),
            found: Fen(200_000),
            steps: BTreeSet::from([Step::Returned]),
            by: "u1".into(),
            region: "210102".into(),
            at: Some(at("2025-06-19 09:00:00")),
            ..Answer::default()
        }],
        reported: "210100".into(),
        draw: "draw-1".into(),
        cross_checker: "210200".into(),
        ..Clue::default()
    }
}

/// What must not be there yet before an act, and who does it.
fn before(machine: &str, act: &str, ask: &mut Ask<'_>) {
    let Ask { before, actor, facts, .. } = ask;
    match (machine, act) {
        ("case", "add_evidence") => before.evidence.clear(),
        ("case", "settle_goods" | "unseal") => before.holdings[0].settled = false,
        ("case", "enter_help") => before.help[0].answer.clear(),
        ("case", "notify") => before.notices[0].served = false,
        ("case", "ask_hearing") => before.hearing.asked = false,
        ("case", "notify_hearing") => before.hearing.chair.clear(),
        ("case", "write_decision") => before.decision.written = false,
        ("case", "announce") => before.decision.absent = false,
        ("case", "serve") => before.service.served = None,
        ("case", "publish") => before.service.published = None,
        ("case", "pay") => before.payments.clear(),
        ("case", "find_overdue") => {
            facts.payments.clear();
            ask.clocks.extend([clock("D21", "2025-05-01")]);
        }
        ("case", "expire_remedy") => {
            ask.clocks.extend([clock("D27", "2024-06-01"), clock("D28", "2024-06-01")]);
        }
        ("transfer", "sign_receipt") => before.transfer.receipt = None,
        ("transfer", "supplement") => before.transfer.supplied.clear(),
        ("transfer", "answer_filed" | "answer_declined") => before.transfer.answer.clear(),
        ("clue", "link") => before.clue.links.clear(),
        ("clue", "dispatch") => {
            actor.region = "210100".into();
            let city = Dispatch { from: "210000".into(), to: "210100".into(), due: Some(day("2025-07-02")) };
            before.clue.dispatches = vec![city];
        }
        ("clue", "report_up") => {
            actor.region = "210100".into();
            before.clue.reported = "210102".into();
        }
        ("clue", "answer_cross_check") => actor.region = "210200".into(),
        _ => {}
    }
}
