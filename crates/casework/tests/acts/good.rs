//! Everything in order for an act: the facts that its guards ask for, before and after it.

use crate::{NOW, PROCEDURES, at, clock, officer};
use mingcha_casework::{
    ask::{Actor, Around, Ask},
    clock::ClockState,
    facts::{
        Agreement, AgreementMeasure, Answer, Approval, Channel, CheckItem, Closing, ClosingGround, Clue,
        Complaint, CreditMeasure, Decision, DecisionItem, DecisionKind, Department, Discussion, Dispatch,
        Due, Enclosed, EnclosedAs, Enclosure, Evidence, EvidenceKind, Facts, Filing, Finding, Hearing, Help,
        Holding, Inspection, InspectionKind, Link, Listed, Matter, Meeting, Notice, NoticePart, Outcome,
        Payment, PersonMeasure, PointsMatter, Referral, Refusal, Report, Responsibility, Retention, Review,
        Role, Sanction, SelfCheck, Service, Source, Statement, Step, Summary, Task, Trace, Transfer,
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
        sm3: Some(Digest([1; 32])),
        sha256: Some(Digest([2; 32])),
        source: "某医院病案室提供".into(),
        file: String::new(),
        finding: None,
        custody: vec!["u1".into()],
    }
}

/// Somebody who may do an act.
pub fn actor(department: Department) -> Actor {
    let organisation = if department == Department::Institution { INSTITUTION } else { "210102-yb" };
    Actor {
        account: "head".into(),
        department,
        role: Role::Head,
        region: "210102".into(),
        organisation: organisation.into(),
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
        lines_known: true,
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
        clock("D56", "2025-06-01"),
        clock("D61", "2025-06-16"),
        clock("D62", "2024-01-01"),
        clock("D63", "2025-01-01"),
        clock("D66", "2024-11-01"),
        clock("D67", "2025-01-01"),
        clock("D68", "2019-01-01"),
        clock("D72", "2024-01-01"),
        clock("D73", "2020-01-01"),
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
        review: Review {
            required: true,
            reviewer: "u8".into(),
            passed: true,
            opinion: "同意".into(),
            ..Review::default()
        },
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
            withheld: false,
        },
        payments: vec![payment(200_000)],
        closing: Closing { ground: Some(ClosingGround::Performed) },
        transfer: transfer(),
        clue: clue(),
        complaint: complaint(),
        referral: referral(),
        inspection: inspection(),
        self_check: self_check(),
        listed: listed(),
        meeting: meeting(),
        points: points(),
        person: person(),
        agreement: agreement(),
        summary: Summary {
            subject: "H1".into(),
            person: true,
            fine: Fen(20_000),
            collected: true,
            handed_in: "票1".into(),
            recorded: "备1".into(),
        },
        sanction: Sanction {
            subject: INSTITUTION.into(),
            measure: "M03".into(),
            department: "骨科".into(),
            months: 6,
            case: "case-1".into(),
        },
        report: Report { period: "2025Q1".into(), digest: Some(Digest([3; 32])), ..Report::default() },
        trace: Trace { institution: INSTITUTION.into(), kind: "pharmacy".into() },
        retention: Retention { what: "2025年1月访问日志".into(), digest: Some(Digest([4; 32])) },
        ..Facts::default()
    }
}

const INSTITUTION: &str = "H21010200001";

fn due() -> Due {
    Due { day: Some(day("2025-07-01")), was: Vec::new() }
}

/// A case of 100,000 yuan: two in a hundred of it.
fn complaint() -> Complaint {
    Complaint {
        channel: Some(Channel::Line),
        named: true,
        token: "i-1".into(),
        target: "某医院".into(),
        content: "挂床住院".into(),
        evidence: true,
        first: true,
        clue: "c1".into(),
        passed_to: "某市医保局".into(),
        proved: true,
        value: Fen(10_000_000),
        told: "告1".into(),
        proposed_by: "u1".into(),
        reward: Fen(200_000),
        claim_code: Some(Digest([5; 32])),
        told_reward: Some(at("2025-06-10 09:00:00")),
        claimed: Some(Digest([5; 32])),
        voucher: "转1".into(),
        ..Complaint::default()
    }
}

fn referral() -> Referral {
    Referral {
        from: Some(Department::Insurance),
        from_region: "210102".into(),
        to: Some(Department::Police),
        to_region: "210102".into(),
        content: "涉嫌倒卖药品".into(),
        asked: "依法查处".into(),
        due: due(),
        result: "已查处".into(),
        ..Referral::default()
    }
}

fn inspection() -> Inspection {
    Inspection {
        kind: Some(InspectionKind::Daily),
        institution: INSTITUTION.into(),
        plan: "2025-1".into(),
        draw: "draw-1".into(),
        notice: "检1".into(),
        records: vec![Digest([6; 32])],
        findings: vec![Finding {
            item: "P1".into(),
            facts: "重复收费".into(),
            evidence: vec![Digest([7; 32])],
            amount: Fen(1000),
            result: "退回".into(),
        }],
        statement: "没有意见".into(),
        handed_to: "210102".into(),
        answer: "已处理".into(),
        follow_up: "已整改".into(),
        ..Inspection::default()
    }
}

fn self_check() -> SelfCheck {
    let item = CheckItem {
        item: "P1".into(),
        answered: true,
        found: true,
        lines: 1,
        amount: Fen(1000),
        facts: "重复收费一次".into(),
        correction: "已改".into(),
        corrected: true,
    };
    let institution = INSTITUTION.into();
    SelfCheck { institution, items: vec![item], refunded: Fen(1000), ..SelfCheck::default() }
}

fn listed() -> Listed {
    let both = BTreeSet::from([Department::Insurance, Department::Police]);
    Listed {
        matters: vec!["case-1".into()],
        duty_region: "210102".into(),
        authorities: both.clone(),
        agreed: both.clone(),
        due: due(),
        progress: vec!["已抓获".into()],
        result: "已判决".into(),
        lifted: both,
    }
}

fn meeting() -> Meeting {
    let task = Task {
        what: "提供数据".into(),
        who: Some(Department::Insurance),
        due: due(),
        result: "已提供".into(),
    };
    Meeting {
        topic: "联合行动".into(),
        departments: BTreeSet::from([Department::Insurance, Department::Police]),
        minutes: "议定一项".into(),
        tasks: vec![task],
    }
}

fn points() -> PointsMatter {
    PointsMatter {
        practitioner: "D1".into(),
        institution: INSTITUTION.into(),
        event: "penalty".into(),
        responsibility: Some(Responsibility::Main),
        points: 6,
        facts: "受处罚且负主要责任".into(),
        decided_by: "u1".into(),
        contest: "责任不在本人".into(),
        months: 1,
        repairs: vec!["learning".into()],
        restored: false,
    }
}

fn person() -> PersonMeasure {
    PersonMeasure {
        person: "p-1".into(),
        measure: "M15".into(),
        facts: "出借凭证".into(),
        talks: vec!["谈1".into()],
        education: vec!["教1".into()],
        convenience: BTreeSet::from([CreditMeasure::Reminder]),
        notified: NoticePart::ALL.iter().map(|(part, ..)| *part).collect(),
        statement: Some(Statement::Examined),
        months: 3,
        urgent: false,
        contest: "不知情".into(),
    }
}

fn agreement() -> Agreement {
    Agreement {
        institution: INSTITUTION.into(),
        breach: "超标准收费".into(),
        statement: Some(Statement::Examined),
        measures: BTreeSet::from([AgreementMeasure::Talk]),
        contest: "行复1".into(),
        suit: false,
        coordination: "未按时拨付".into(),
        result: "维持".into(),
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
        kind: Some(DecisionKind::Penalty),
        items: vec![DecisionItem { measure: "M05".into(), proposal }],
        lines: BTreeSet::from(["line-1".to_owned()]),
        written: true,
        absent: true,
        overturned: "复决字〔2025〕1号".into(),
    }
}

/// An enclosure on paper.
pub fn original(enclosure: Enclosure) -> Enclosed {
    Enclosed { form: Some(EnclosedAs::Original), number: "1".into(), ..Enclosed::ticked(enclosure) }
}

fn transfer() -> Transfer {
    Transfer {
        suspected: true,
        case: "case-1".into(),
        crime: "第266条".into(),
        team: vec![officer("u1", "LN-001"), officer("u2", "LN-002")],
        report: "报〔2025〕1号".into(),
        enclosures: Enclosure::ALL.iter().map(|(enclosure, ..)| original(*enclosure)).collect(),
        to: "某区公安分局".into(),
        same_level: true,
        letter: "医保案移字〔2025〕1号".into(),
        receipt: Some(at("2025-06-12 09:00:00")),
        rounds: 1,
        supplements: vec!["银行流水".into()],
        supplied: vec!["银行流水".into()],
        rerouted_to: "某分局".into(),
        answer: "公立字〔2025〕1号".into(),
        file_returned: true,
        goods: vec!["无".into()],
        stage: "侦查".into(),
        suspects: 2,
        closed: BTreeSet::from(["H21010200001".to_owned()]),
        ..Transfer::default()
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
        ("case", "settle_goods") => {
            (before.holdings[0].settled, before.holdings[0].sealed) = (false, false);
            facts.holdings[0].sealed = false;
        }
        ("case", "unseal") => before.holdings[0].settled = false,
        ("case", "enter_help") => before.help[0].answer.clear(),
        ("case", "notify") => before.notices[0].served = false,
        ("case", "ask_hearing") => before.hearing.asked = false,
        ("case", "notify_hearing") => before.hearing.chair.clear(),
        ("case", "write_decision") => before.decision.written = false,
        ("case", "announce") => before.decision.absent = false,
        ("case", "serve") => before.service.served = None,
        ("case", "publish" | "withhold_publication") => before.service.published = None,
        ("case", "pay") => before.payments.clear(),
        ("case", "find_overdue" | "remind") => {
            facts.payments.clear();
            ask.clocks.extend([clock("D21", "2025-05-01")]);
        }
        ("case", "expire_remedy") => {
            ask.clocks.extend([clock("D27", "2024-06-01"), clock("D28", "2024-06-01")]);
            ask.clocks.remove("D25");
        }
        ("transfer", "sign_receipt") => before.transfer.receipt = None,
        ("transfer", "supplement") => before.transfer.supplied.clear(),
        ("transfer", "catch") => before.transfer.suspects = 0,
        ("transfer", "close_institutions") => before.transfer.closed.clear(),
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
        _ => before_others(machine, act, ask),
    }
}

fn before_others(machine: &str, act: &str, ask: &mut Ask<'_>) {
    let Ask { before, facts, around, clocks, .. } = ask;
    match (machine, act) {
        ("complaint", "conclude_anonymous") => facts.complaint.named = false,
        ("complaint", "lapse_reward") => facts.complaint.told_reward = Some(at("2025-01-01 09:00:00")),
        ("referral", "receive" | "refuse" | "answer") => {
            (before.referral.from, before.referral.to) =
                (Some(Department::Police), Some(Department::Insurance));
        }
        ("inspection", "add_record" | "import_form") => before.inspection.records.clear(),
        ("inspection", "answer_finding") => before.inspection.findings[0].result.clear(),
        ("inspection", "find_nothing") => facts.inspection.none_found = "查阅病历五十份".into(),
        ("self_check", "refund") => before.self_check.refunded = Fen::ZERO,
        ("meeting", "answer_task") => before.meeting.tasks[0].result.clear(),
        ("points", "settle") => clocks.extend([clock("D61", "2025-05-01")]),
        ("points", "suspend") => around.points = 9,
        ("points", "end") => around.points = 12,
        ("points", "end_at_once") => facts.points.points = 12,
        ("person_measure", "suspend_urgently" | "restore_cooperating") => facts.person.urgent = true,
        ("agreement", "pay") => before.payments.clear(),
        ("summary_penalty", "collect") => before.summary.collected = false,
        _ => {}
    }
}
