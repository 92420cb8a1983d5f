//! Every guard of the law, one by one: with all in order each act passes, and with one thing missing exactly that is said.

use mingcha_casework::{
    Procedures,
    clock::{ClockState, Event, EventKind, ServerTime, compute},
    facts::{
        Actor, Approval, CaseFacts, Closing, ClosingGround, Clue, Decision, Department, Discussion,
        Enclosure, Evidence, EvidenceKind, Filing, Hearing, Holding, Matter, Notice, NoticePart, Officer,
        Payment, Review, Role, Service, Statement, Transfer,
    },
    machine::trail_outcome,
    measure::BoundError,
    money::{Account, Amounts, Fined, MoneyKind},
    trail::{Digest, Outcome},
    words::Word,
};
use mingcha_model::{Fen, Time};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

static PROCEDURES: LazyLock<Procedures> = LazyLock::new(|| Procedures::embedded().0);

const NOW: &str = "2025-06-20 10:00:00";

fn at(text: &str) -> ServerTime {
    ServerTime::from_store(Time::parse(text).expect("a time"))
}

/// A clock that began at `start`, as of now.
fn clock(limit: &str, start: &str) -> (String, ClockState) {
    let event = Event { at: at(start), kind: EventKind::Started { variant: None } };
    let state = compute(&PROCEDURES.limits[limit], &[event], &PROCEDURES.calendar, at(NOW));
    (limit.to_owned(), state)
}

fn officer(account: &str, certificate: &str) -> Officer {
    Officer { account: account.into(), certificate: certificate.into(), valid: true, recused: false }
}

fn approval(matter: Matter) -> Approval {
    Approval { matter, role: Role::Head, written: true, at: at("2025-06-01 09:00:00") }
}

fn notice() -> Notice {
    let parts = NoticePart::ALL.iter().map(|(part, ..)| *part).collect();
    Notice { parts, served: true, fine: Fen(200_000), new_facts: false }
}

fn evidence() -> Evidence {
    Evidence {
        kind: Some(EvidenceKind::Electronic),
        sm3: Some(Digest([1; 32])),
        sha256: Some(Digest([2; 32])),
        source: "run-7/line-12".into(),
        custody: vec!["u1".into()],
    }
}

/// Everything in order for an act of a machine.
fn good(machine: &str, act: &str) -> CaseFacts {
    let entry = &PROCEDURES.machines[machine].acts[act];
    let mut facts = CaseFacts {
        now: at(NOW),
        actor: Actor {
            account: "head".into(),
            department: entry.departments[0],
            role: Role::Head,
            region: "210100".into(),
            enabled: true,
            recused: false,
        },
        region: "210102".into(),
        state: entry.from[0].clone(),
        reason: "写明的理由".into(),
        clocks: clocks(),
        officers: vec![officer("u1", "LN-001"), officer("u2", "LN-002")],
        approvals: Matter::ALL.iter().map(|(matter, ..)| approval(*matter)).collect(),
        filing: Filing { violation_facts: true, own_jurisdiction: true, existing_case: None },
        evidence: vec![evidence()],
        holdings: vec![Holding { items: vec!["账册一本".into()], settled: true }],
        refused_cooperation: vec!["拒绝进入现场".into()],
        review: Review { required: true, reviewer: "u8".into(), passed: true },
        notices: vec![notice()],
        hearing: Hearing {
            statement: Some(Statement::Examined),
            asked: true,
            chair: "u9".into(),
            finished: true,
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
            published: None,
            anonymous: true,
        },
        payment: Some(Payment {
            kind: MoneyKind::Fined,
            account: Account::Treasury,
            amount: Fen(100),
            owed: Fen(200_000),
        }),
        closing: Closing {
            ground: Some(ClosingGround::Performed),
            unpaid: false,
            missing_papers: Vec::new(),
        },
        transfer: transfer(),
        clue: Clue {
            same_as: "c1".into(),
            target: "210102".into(),
            answer_complete: true,
            answered_by: "u1".into(),
        },
    };
    match act {
        "serve" => facts.service.served = None,
        "notify" => facts.notices[0].served = false,
        "sign_receipt" => facts.transfer.receipt = false,
        _ => {}
    }
    facts
}

fn clocks() -> BTreeMap<String, ClockState> {
    [
        clock("D29", "2024-05-01"),
        clock("D13", "2025-06-19"),
        clock("D14", "2025-06-18"),
        clock("D15", "2025-06-05"),
        clock("D25", "2025-05-20"),
        clock("D26", "2025-05-20"),
        clock("D42", "2025-06-18"),
    ]
    .into()
}

fn decision() -> Decision {
    Decision {
        amounts: Amounts { fined: Fined(Fen(200_000)), ..Amounts::default() },
        bounds: Vec::new(),
        lines: BTreeSet::from(["line-1".to_owned()]),
        lines_elsewhere: BTreeSet::from(["line-2".to_owned()]),
    }
}

fn transfer() -> Transfer {
    Transfer {
        suspected: true,
        decided: true,
        team: vec![officer("u1", "LN-001"), officer("u2", "LN-002")],
        report: true,
        enclosures: Enclosure::ALL.iter().map(|(enclosure, ..)| *enclosure).collect(),
        same_level: true,
        receipt: true,
        supplements: vec!["银行流水".into()],
        rerouted_to: "某分局".into(),
        longer_review: Some(("案情重大".into(), Role::Head)),
        file_returned: true,
        goods: vec!["无".into()],
    }
}

fn without(facts: &mut CaseFacts, matter: Matter) {
    facts.approvals.retain(|approval| approval.matter != matter);
}

/// Takes away what a guard asks for.
fn spoil(guard: &str, facts: &mut CaseFacts) {
    match guard {
        "known_act" => {}
        "right_state" => facts.state = "nowhere".into(),
        "right_department" if facts.actor.department == Department::Police => {
            facts.actor.department = Department::Agency;
        }
        "right_department" => facts.actor.department = Department::Court,
        "account_enabled" => facts.actor.enabled = false,
        "actor_not_recused" => facts.actor.recused = true,
        "in_scope" => facts.region = "210202".into(),
        "two_officers" => facts.officers[1].valid = false,
        "officers_not_recused" => facts.officers[1].recused = true,
        "violation_facts" => facts.filing.violation_facts = false,
        "own_jurisdiction" => facts.filing.own_jurisdiction = false,
        "within_limitation" => facts.clocks.extend([clock("D29", "2023-06-18")]),
        "not_filed_twice" => facts.filing.existing_case = Some("c9".into()),
        "filing_approved" => without(facts, Matter::Filing),
        "evidence_kind" => facts.evidence[0].kind = None,
        "evidence_digested" => facts.evidence[0].sha256 = None,
        "evidence_sourced" => facts.evidence[0].source = " ".into(),
        "evidence_in_custody" => facts.evidence[0].custody = vec![String::new()],
        "evidence_present" => facts.evidence.clear(),
        "registration_approved" => without(facts, Matter::Registration),
        "sealing_approved" => without(facts, Matter::Sealing),
        "goods_listed" => facts.holdings[0].items.clear(),
        "holdings_settled" => facts.holdings[0].settled = false,
        "suspension_approved" => without(facts, Matter::Suspension),
        "refusal_recorded" => facts.refused_cooperation.clear(),
        "stop_approved" => without(facts, Matter::Stop),
        "reviewer_independent" => facts.review.reviewer = "u1".into(),
        "review_passed" => facts.review.passed = false,
        "notice_complete" => drop(facts.notices[0].parts.remove(&NoticePart::Rights)),
        "notified_once" => facts.notices[0].served = true,
        "notice_served" => facts.notices[0].served = false,
        "notice_not_harsher" => facts.notices.push(Notice { fine: Fen(200_001), served: false, ..notice() }),
        "hearing_kept" | "hearing_finished" => facts.hearing.finished = false,
        "statement_heard" => facts.hearing.statement = None,
        "hearing_asked_in_time" => facts.clocks.extend([clock("D14", "2025-06-12")]),
        "hearing_notified_ahead" => facts.clocks.extend([clock("D15", "2025-06-11")]),
        "chair_independent" => facts.hearing.chair = "u2".into(),
        "hearing_right_over" => facts.hearing.asked = false,
        "discussion_not_empty" | "discussed_where_required" => facts.discussion.opinions.truncate(1),
        _ => spoil_rest(guard, facts),
    }
}

fn spoil_rest(guard: &str, facts: &mut CaseFacts) {
    match guard {
        "decision_approved" => without(facts, Matter::Decision),
        "money_in_bounds" => facts.decision.bounds = vec![BoundError::NoSuspension],
        "fine_as_notified" => facts.decision.amounts.fined = Fined(Fen(200_001)),
        "lines_counted_once" => drop(facts.decision.lines.insert("line-2".into())),
        "no_penalty_instead_of_transfer" => facts.transfer.decided = false,
        "served_once" => facts.service.served = Some(facts.now),
        "service_proved" => facts.service.receipt = false,
        "decision_served" => facts.service.served = None,
        "published_once" => facts.service.published = Some(facts.now),
        "published_anonymous" => facts.service.anonymous = false,
        "deferral_approved" => without(facts, Matter::Deferral),
        "payment_to_its_account" => facts.payment.as_mut().expect("one").account = Account::Fund,
        "payment_not_more_than_owed" => facts.payment.as_mut().expect("one").amount = Fen(200_001),
        "reminder_waited" => facts.clocks.extend([clock("D26", "2025-06-12")]),
        "court_in_time" => facts.clocks.extend([clock("D25", "2025-03-01")]),
        "closing_ground" => facts.closing.unpaid = true,
        "closing_approved" => without(facts, Matter::Closing),
        "archive_complete" => facts.closing.missing_papers = vec!["送达回证".into()],
        "crime_suspected" => facts.transfer.suspected = false,
        "transfer_team_of_two" => drop(facts.transfer.team.pop()),
        "transfer_report_written" => facts.transfer.report = false,
        "head_decides" => facts.actor.role = Role::Handler,
        "transfer_approved" => without(facts, Matter::Transfer),
        "reason_given" => facts.reason = "  ".into(),
        "enclosures_complete" => drop(facts.transfer.enclosures.remove(&Enclosure::Tests)),
        "same_level" => facts.transfer.same_level = false,
        "receipt_once" => facts.transfer.receipt = true,
        "receipt_signed" => facts.transfer.receipt = false,
        "supplement_listed" => facts.transfer.supplements.clear(),
        "rerouted_in_writing" => facts.transfer.rerouted_to.clear(),
        "longer_review_grounded" => facts.transfer.longer_review = Some(("案情重大".into(), Role::Handler)),
        "file_returned" => facts.transfer.file_returned = false,
        "contested_in_time" => facts.clocks.extend([clock("D42", "2025-06-10")]),
        "goods_to_hand_over_listed" => facts.transfer.goods.clear(),
        "duplicate_named" => facts.clue.same_as.clear(),
        "target_named" => facts.clue.target.clear(),
        "answer_complete" => facts.clue.answer_complete = false,
        "checked_by_another" => facts.clue.answered_by = "head".into(),
        "reopening_approved" => without(facts, Matter::Reopening),
        other => panic!("no test takes away what `{other}` asks for"),
    }
}

fn refusals(machine: &str, act: &str, facts: &CaseFacts) -> Vec<String> {
    let answer = PROCEDURES.machines[machine].may(act, facts);
    answer.err().unwrap_or_default().into_iter().map(|error| error.guard).collect()
}

fn all_acts() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROCEDURES
        .machines
        .values()
        .flat_map(|machine| machine.acts.keys().map(|act| (machine.id.as_str(), act.as_str())))
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
    let mut seen = BTreeSet::from(["known_act".to_owned()]);
    for (machine, act) in all_acts() {
        let definition = &PROCEDURES.machines[machine];
        let guards = own.iter().chain(&definition.every).chain(&definition.acts[act].guards);
        for guard in guards {
            let mut facts = good(machine, act);
            spoil(guard, &mut facts);
            let errors = definition.may(act, &facts).expect_err(guard);
            let error = errors.iter().find(|error| error.guard == *guard).expect(guard);
            assert_eq!(error.code, definition.texts[guard].code);
            assert!(!error.message.is_empty() && !error.next.is_empty() && !error.basis.is_empty());
            let allowed: &[&str] = match guard.as_str() {
                // An officer who is recused does not count as one of the two.
                "officers_not_recused" => &["two_officers"],
                // Without a served notice there is no announced fine, and the discussion asks twice.
                "notice_served" => &["fine_as_notified"],
                "discussion_not_empty" => &["discussed_where_required"],
                _ => &[],
            };
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

// What others found in themselves, one test each.

#[test]
fn notifying_again_neither_resets_a_hearing_nor_raises_a_fine() {
    let mut facts = good("case", "notify");
    facts.notices[0].served = true;
    assert_eq!(refusals("case", "notify", &facts), ["notified_once"]);
    let mut facts = good("case", "amend_notice");
    facts.hearing.finished = false;
    assert_eq!(refusals("case", "amend_notice", &facts), ["hearing_kept"]);
    facts.hearing.finished = true;
    facts.notices.push(Notice { fine: Fen(200_001), served: false, ..notice() });
    assert_eq!(refusals("case", "amend_notice", &facts), ["notice_not_harsher"]);
    facts.notices[1].new_facts = true;
    assert_eq!(refusals("case", "amend_notice", &facts), Vec::<String>::new());
}

#[test]
fn a_hearing_is_not_held_on_the_day_of_its_notice() {
    let mut facts = good("case", "hold_hearing");
    facts.clocks.extend([clock("D15", "2025-06-20 08:00:00")]);
    assert_eq!(refusals("case", "hold_hearing", &facts), ["hearing_notified_ahead"]);
    facts.clocks.remove("D15");
    assert_eq!(refusals("case", "hold_hearing", &facts), ["hearing_notified_ahead"]);
}

#[test]
fn an_empty_collective_discussion_does_not_pass() {
    for opinions in [
        vec![],
        vec![("u5", "同意"), ("u5", "同意")],
        vec![("u5", "同意"), ("u6", " ")],
        vec![("", "同意"), (" ", "同意")],
    ] {
        let mut facts = good("case", "discuss");
        facts.discussion.opinions =
            opinions.into_iter().map(|(who, what)| (who.into(), what.into())).collect();
        assert_eq!(refusals("case", "discuss", &facts), ["discussion_not_empty"]);
        assert_eq!(
            refusals("case", "decide", &CaseFacts { state: "notified".into(), ..facts }),
            ["discussed_where_required"]
        );
    }
    let mut facts = good("case", "discuss");
    facts.discussion.conclusion.clear();
    assert_eq!(refusals("case", "discuss", &facts), ["discussion_not_empty"]);
}

#[test]
fn one_officer_under_two_accounts_counts_once() {
    let mut facts = good("case", "file");
    facts.officers = vec![officer("u1", "LN-001"), officer("u1b", " LN-001 ")];
    assert_eq!(refusals("case", "file", &facts), ["two_officers"]);
    facts.officers = vec![officer("u1", "LN-001"), officer("u2", "")];
    assert_eq!(refusals("case", "file", &facts), ["two_officers"]);
}

#[test]
fn the_head_who_acts_directly_needs_a_written_approval_too() {
    for approvals in [
        vec![],
        vec![Approval { written: false, ..approval(Matter::Filing) }],
        vec![Approval { role: Role::TeamLead, ..approval(Matter::Filing) }],
        vec![Approval { at: at("2025-06-21"), ..approval(Matter::Filing) }],
        vec![approval(Matter::Decision)],
    ] {
        let facts = CaseFacts { approvals, ..good("case", "file") };
        assert_eq!(facts.actor.role, Role::Head);
        assert_eq!(refusals("case", "file", &facts), ["filing_approved"]);
    }
}

#[test]
fn nothing_is_published_before_service_or_again_to_change_the_date() {
    let mut facts = good("case", "publish");
    facts.service.served = None;
    assert_eq!(refusals("case", "publish", &facts), ["decision_served"]);
    facts.service.served = Some(at("2025-06-20 10:00:01"));
    assert_eq!(refusals("case", "publish", &facts), ["decision_served"]);
    facts.service = Service { published: Some(at("2025-06-11")), ..good("case", "publish").service };
    assert_eq!(refusals("case", "publish", &facts), ["published_once"]);
    let mut facts = good("case", "serve");
    facts.service.served = Some(at("2025-06-11"));
    assert_eq!(refusals("case", "serve", &facts), ["served_once"]);
}

#[test]
fn a_double_click_makes_one_case() {
    let mut facts = good("case", "file");
    assert_eq!(PROCEDURES.machines["case"].may("file", &facts), Ok("investigating".to_owned()));
    // The second click meets the state and the case that the first one left, in either order.
    facts.filing.existing_case = Some("c1".into());
    assert_eq!(refusals("case", "file", &facts), ["not_filed_twice"]);
    facts.state = "investigating".into();
    assert_eq!(refusals("case", "file", &facts), ["right_state", "not_filed_twice"]);
}

#[test]
fn who_may_not_read_may_not_write_either() {
    for (machine, act) in all_acts() {
        for spoiled in ["in_scope", "actor_not_recused", "account_enabled"] {
            let mut facts = good(machine, act);
            spoil(spoiled, &mut facts);
            assert!(refusals(machine, act, &facts).contains(&spoiled.to_owned()), "{machine}.{act}");
            let read = CaseFacts { state: PROCEDURES.machines[machine].initial.clone(), ..facts };
            assert!(refusals(machine, "read", &read).contains(&spoiled.to_owned()), "{machine}.{act}");
        }
    }
}

#[test]
fn a_recused_officer_reads_no_more_by_the_case_list_either() {
    let mut facts = good("case", "read");
    facts.actor.account = "u1".into();
    assert_eq!(refusals("case", "read", &facts), Vec::<String>::new());
    facts.officers[0].recused = true;
    assert_eq!(refusals("case", "read", &facts), ["actor_not_recused"]);
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
        assert_eq!(mingcha_casework::facts::region_covers(own, other), covers, "{own} {other}");
    }
}

#[test]
fn a_refused_act_is_written_down_as_refused() {
    let mut facts = good("case", "serve");
    facts.service.receipt = false;
    let answer = PROCEDURES.machines["case"].may("serve", &facts);
    let code = &PROCEDURES.machines["case"].texts["service_proved"].code;
    assert_eq!(trail_outcome(&answer, "送达"), (Outcome::Refused, code.clone()));
    let answer = PROCEDURES.machines["case"].may("serve", &good("case", "serve"));
    assert_eq!(trail_outcome(&answer, "送达"), (Outcome::Done, "送达".to_owned()));
}

#[test]
fn a_signed_receipt_is_not_overwritten() {
    let mut facts = good("transfer", "sign_receipt");
    facts.transfer.receipt = true;
    assert_eq!(refusals("transfer", "sign_receipt", &facts), ["receipt_once"]);
}

#[test]
fn an_id_has_one_spelling_and_no_path_means_another() {
    use mingcha_casework::id::ObjectId;
    assert!(ObjectId::parse("case-2025-1").is_ok());
    for text in
        ["", "a%2fb", "a/b", "..", "a..b", "A", "a ", " a", "a\u{ff0f}b", "%61", "-a", "a-", "a\0", "é"]
    {
        assert!(ObjectId::parse(text).is_err(), "{text}");
    }
    assert!(ObjectId::parse(&"a".repeat(41)).is_err());
}

#[test]
fn formulas_leave_as_text() {
    use mingcha_casework::cell::cell;
    for text in ["=1+1", "+1", "-1", "@SUM", " =1", "\t=1", "\r@x", "＝HYPERLINK()", "\u{feff} =1", "\nx"] {
        assert!(cell(text).starts_with('\''), "{text:?}");
    }
    for text in ["", "某医院", "12.50", "'=1", "a=1"] {
        assert_eq!(cell(text), text);
    }
}

// The chain of a transfer.

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
            let mut facts = good("transfer", act);
            facts.actor.department = *other;
            assert_eq!(refusals("transfer", act, &facts), ["right_department"], "{act}");
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

#[test]
fn a_transfer_runs_from_suspicion_to_supervision_and_goods() {
    let machine = &PROCEDURES.machines["transfer"];
    let mut state = machine.initial.clone();
    for act in [
        "form_team",
        "report",
        "approve",
        "send",
        "sign_receipt",
        "ask_supplement",
        "supplement",
        "extend_review",
        "decline",
        "answer_declined",
        "contest",
        "uphold",
        "ask_supervision",
        "ask_reasons",
        "give_reasons",
        "order_filing",
        "file_on_order",
        "answer_filed",
        "hand_over",
        "return_filed",
    ] {
        let facts = CaseFacts { state: state.clone(), ..good("transfer", act) };
        state = machine.may(act, &facts).unwrap_or_else(|errors| panic!("{act}: {errors:?}"));
    }
    assert!(machine.state(&state).expect("known").last);
}

/// The acts of a transfer start and end every clock of the chain.
#[test]
fn each_limit_of_the_transfer_chain_starts_and_ends_with_an_act() {
    let machines = PROCEDURES.machines.values();
    let emitted: BTreeSet<&String> = machines
        .flat_map(|machine| machine.acts.values().flat_map(|act| &act.emits).chain(&machine.begins))
        .collect();
    for limit in (31..=48).map(|number| &PROCEDURES.limits[&format!("D{number}")]) {
        assert!(emitted.contains(&limit.starts_on), "{} starts on {}", limit.id, limit.starts_on);
        assert!(emitted.contains(&limit.ends_on), "{} ends on {}", limit.id, limit.ends_on);
    }
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
        (["D21", "D27", "D28"].map(str::to_owned).to_vec(), vec!["D18".to_owned()])
    );
}

#[test]
fn no_fine_stands_in_for_a_transfer() {
    let mut facts = good("case", "decide");
    facts.transfer.decided = false;
    assert_eq!(refusals("case", "decide", &facts), ["no_penalty_instead_of_transfer"]);
    facts.transfer.suspected = false;
    assert_eq!(refusals("case", "decide", &facts), Vec::<String>::new());
}

#[test]
fn a_case_runs_from_filing_to_archive() {
    let machine = &PROCEDURES.machines["case"];
    let mut state = machine.initial.clone();
    for act in [
        "file",
        "add_evidence",
        "register_goods",
        "seal",
        "suspend_settlement",
        "stop",
        "resume",
        "conclude",
        "review",
        "notify",
        "amend_notice",
        "enter_statement",
        "ask_hearing",
        "hold_hearing",
        "discuss",
        "decide",
        "serve",
        "publish",
        "pay",
        "ask_court",
        "close",
        "archive",
    ] {
        let facts = CaseFacts { state: state.clone(), ..good("case", act) };
        state = machine.may(act, &facts).unwrap_or_else(|errors| panic!("{act}: {errors:?}"));
    }
    assert!(machine.state(&state).expect("known").last);
}

#[test]
fn a_party_who_is_silent_loses_the_right_only_when_the_time_is_over() {
    let mut facts = good("case", "decide");
    facts.hearing.statement = None;
    assert_eq!(refusals("case", "decide", &facts), ["statement_heard"]);
    facts.clocks.extend([clock("D13", "2025-06-12")]);
    assert_eq!(refusals("case", "decide", &facts), Vec::<String>::new());
}

#[test]
fn a_guard_that_the_code_does_not_know_never_says_yes() {
    let mut machine = PROCEDURES.machines["case"].clone();
    machine.every.push("invented".to_owned());
    let errors = machine.may("file", &good("case", "file")).expect_err("refused");
    assert_eq!((errors.len(), errors[0].guard.as_str()), (1, "invented"));
}
