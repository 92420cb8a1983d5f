//! Whole lives of matters, act by act through `perform`, with the inputs that a client would send.

use crate::{
    NOW, PROCEDURES, at, clock,
    good::{actor, around},
};
use mingcha_casework::{
    act::{ActInput, Done, perform},
    ask::Ask,
    facts::{Department, Facts, Role},
    machine::NEW,
};

/// A matter while it lives.
pub struct Life {
    machine: &'static str,
    pub state: String,
    pub facts: Facts,
    pub events: Vec<String>,
}

impl Life {
    pub fn new(machine: &'static str) -> Self {
        Self { machine, state: NEW.to_owned(), facts: Facts::default(), events: Vec::new() }
    }

    pub fn ask(&self, department: Department) -> Ask<'static> {
        let mut ask = Ask::new(&PROCEDURES, actor(department), "210102", &self.state, at(NOW));
        ask.reason = "写明的理由".into();
        ask.around = around();
        ask.before = self.facts.clone();
        ask.clocks = [
            clock("D13", "2025-06-19"),
            clock("D14", "2025-06-18"),
            clock("D15", "2025-06-05"),
            clock("D26", "2025-05-20"),
            clock("D42", "2025-06-18"),
            clock("D39", "2025-06-19"),
        ]
        .into();
        ask
    }

    /// Does an act as somebody of the first department that may do it.
    pub fn act(&mut self, act: &str, input: &str) -> &mut Self {
        self.act_as(act, input, |_| {})
    }

    /// Does an act after a change of who acts or of what is around.
    pub fn act_as(&mut self, act: &str, input: &str, change: impl Fn(&mut Ask<'static>)) -> &mut Self {
        let entry = &PROCEDURES.machines[self.machine].acts[act];
        let fields = if input.is_empty() { String::new() } else { format!(",{input}") };
        let json = format!("{{\"input\":\"{}\"{fields}}}", entry.input);
        let input: ActInput = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{act}: {error}"));
        let mut ask = self.ask(entry.departments[0]);
        change(&mut ask);
        let done = perform(ask, self.machine, act, &input);
        let Done { facts, state, events, .. } = done.unwrap_or_else(|errors| panic!("{act}: {errors:?}"));
        // What the store keeps is what it reads again.
        let stored = serde_json::to_string(&facts).expect("writes");
        assert_eq!(serde_json::from_str::<Facts>(&stored).expect("reads"), facts, "{act}");
        self.facts = facts;
        self.state = state;
        self.events.extend(events.into_iter().map(|event| event.event));
        self
    }

    pub fn over(&self) -> bool {
        PROCEDURES.machines[self.machine].state(&self.state).expect("known").last
    }
}

const PAPER: &str = r#""paper":"批1""#;

#[test]
fn a_case_runs_from_proposal_to_archive() {
    let sm3 = "1".repeat(64);
    let evidence = format!(
        r#""kind":"electronic","title":"结算明细","origin":"outside","sm3":"{sm3}","sha256":"{sm3}","source":"某医院提供""#
    );
    let mut case = Life::new("case");
    case.act("open", r#""subject":"H1","violation_facts":"重复收费","violation_ended":"2024-05-01","grave":false,"own_jurisdiction":true"#)
        .act("assign", r#""accounts":["u1","u2"]"#)
        .act("approve_filing", PAPER)
        .act("file", "")
        .act("add_evidence", &evidence)
        .act("move_evidence", r#""evidence":1,"to":"u2""#)
        .act("approve_registration", PAPER)
        .act("register_goods", r#""items":["账册一本"]"#)
        .act("settle_goods", r#""holding":1"#)
        .act("approve_sealing", PAPER)
        .act("seal", r#""items":["病历一箱"]"#)
        .act("unseal", r#""holding":2"#)
        .act("ask_help", r#""of":"某市医保局","asked":"核实就诊""#)
        .act("enter_help", r#""help":1,"answer":"属实""#)
        .act("record_refusal", r#""situation":"entry","what":"拒绝进入""#)
        .act("approve_suspension", PAPER)
        .act("suspend_settlement", "")
        .act("approve_stop", PAPER)
        .act("stop", "")
        .act("resume", "")
        .act("conclude", r#""review_required":true,"discussion_required":true"#)
        .act_as("review", r#""passed":true,"opinion":"同意""#, |ask| ask.actor.account = "u8".into())
        .act("notify", r#""parts":["facts","reasons","basis","rights"],"fine":200000,"new_facts":false,"receipt":"回证1""#)
        .act("enter_statement", r#""what":"examined""#)
        .act("ask_hearing", "")
        .act("notify_hearing", r#""chair":"u9","place":"会议室""#)
        .act("hold_hearing", "")
        .act("close_hearing", "")
        .act("enter_hearing_opinion", r#""opinion":"事实清楚""#)
        .act_as("review_before_decision", r#""passed":true,"opinion":"同意""#, |ask| ask.actor.account = "u8".into())
        .act("discuss", r#""opinions":[["u5","同意"],["u6","同意"]],"conclusion":"同意处罚""#)
        .act("approve_decision", PAPER)
        .act("decide", r#""kind":"penalty","items":[["M05",{"loss":200000,"returned":200000,"fined":200000}]],"lines":["l1"]"#)
        .act("write_decision", "")
        .act("announce", "")
        .act("serve", r#""receipt":"回证2""#)
        .act("publish", r#""anonymous":true"#)
        .act("pay", r#""kind":"returned","account":"fund","amount":200000,"voucher":"P1""#)
        .act("pay", r#""kind":"fined","account":"treasury","amount":150000,"voucher":"P2""#)
        .act_as("remind", "", |ask| ask.clocks.extend([clock("D21", "2025-05-01")]))
        .act("pay", r#""kind":"fined","account":"treasury","amount":50000,"voucher":"P3""#)
        .act("clear_fine", "")
        .act("approve_closing", PAPER)
        .act("close", r#""ground":"performed""#)
        .act("archive", "");
    assert!(case.over());
    assert_eq!(case.events.first().map(String::as_str), Some("violation_ended"));
    assert_eq!(case.events.last().map(String::as_str), Some("case_archived"));
}

/// What goes with a letter, on paper or not at all.
const ENCLOSURES: &str = r#""enclosures":[{"enclosure":"report","form":"original","number":"报1"},
    {"enclosure":"goods","form":"none"},{"enclosure":"tests","form":"none"},
    {"enclosure":"others","form":"original","title":"住院病历","number":"卷2","amount":"3册"}]"#;

#[test]
fn a_transfer_runs_from_suspicion_to_supervision_and_goods() {
    let mut transfer = Life::new("transfer");
    transfer
        .act("open", r#""case":"case-1","crime":"第266条""#)
        .act("form_team", r#""accounts":["u1","u2"]"#)
        .act("report", r#""paper":"报1""#)
        .act("approve", PAPER)
        .act("enclose", ENCLOSURES)
        .act("send", r#""to":"某分局","same_level":true,"letter":"医保案移字〔2025〕1号""#)
        .act("sign_receipt", "")
        .act("ask_supplement", r#""items":["银行流水"]"#)
        .act("supplement", r#""items":["银行流水"]"#)
        .act("extend_review", r#""limit":"D39","extension":"review-30""#)
        .act("decline", "")
        .act("answer_declined", r#""paper":"公1","file_returned":true"#)
        .act("contest", "")
        .act("uphold", "")
        .act("ask_supervision", "")
        .act("ask_reasons", "")
        .act("give_reasons", "")
        .act("order_filing", "")
        .act("file_on_order", "")
        .act("answer_filed", r#""paper":"公2","file_returned":false"#)
        .act("enter_stage", r#""stage":"侦查""#)
        .act("hand_over", r#""goods":["账册一本"]"#)
        .act_as("return_filed", "", |ask| ask.actor.role = Role::Handler);
    assert!(transfer.over());
    let answers = &transfer.facts.transfer;
    assert_eq!(answers.answer, "公2");
    assert_eq!(answers.earlier_answers, ["公1"]);
}

#[test]
fn a_clue_goes_down_level_by_level_and_its_answer_up_again() {
    let at_region = |region: &'static str, account: &'static str| {
        move |ask: &mut Ask<'static>| {
            ask.actor.region = region.into();
            ask.actor.account = account.into();
        }
    };
    let answer = r#""outcome":"confirmed","facts":"重复收费二十次","found":200000,"steps":["returned"],"attachments":[]"#;
    let mut clue = Life::new("clue");
    clue.act_as(
        "open",
        r#""source":"screening","subject":"H1","key":"k1","amount":200000,"severity":2,"grade":1"#,
        at_region("000000", "n1"),
    )
    .act_as("refresh", r#""amount":210000,"grade":1"#, at_region("000000", "n1"))
    .act_as("register", "", at_region("000000", "n1"))
    .act_as("dispatch", r#""to":"210000","due":"2025-08-01""#, at_region("000000", "n1"))
    .act_as("dispatch", r#""to":"210100","due":"2025-07-20""#, at_region("210000", "p1"))
    .act_as("dispatch", r#""to":"210102","due":"2025-07-10""#, at_region("210100", "s1"))
    .act_as("verify", "", at_region("210102", "x1"))
    .act_as("answer", answer, at_region("210102", "x1"))
    .act_as("report_up", "", at_region("210100", "s1"))
    .act_as("send_back", "", at_region("210000", "p1"))
    .act_as("answer", answer, at_region("210102", "x1"))
    .act_as("report_up", "", at_region("210100", "s1"))
    .act_as("report_up", "", at_region("210000", "p1"))
    .act_as("spot_check", r#""draw":"draw-1""#, at_region("210000", "p1"))
    .act_as("pass_spot_check", "", at_region("210000", "p1"))
    .act_as("report_up", "", at_region("000000", "n1"))
    .act_as("close", "", at_region("000000", "n1"))
    .act("approve_reopening", PAPER)
    .act("reopen", "");
    assert_eq!(clue.facts.clue.answers.len(), 2, "what was sent back stays");
    assert_eq!(clue.facts.clue.returns, ["写明的理由"]);
    assert_eq!(clue.state, "registered");
}

/// As an account of a department.
fn by(account: &'static str, department: Department) -> impl Fn(&mut Ask<'static>) {
    move |ask| {
        ask.actor.account = account.into();
        ask.actor.department = department;
    }
}

#[test]
fn a_complaint_runs_from_the_line_to_a_reward_without_a_name() {
    let insurance = Department::Insurance;
    // SM3 of `abc`, as the standard prints it.
    let code = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    let told = format!(r#""code_sm3":"{code}""#);
    let mut complaint = Life::new("complaint");
    complaint
        .act("open", r#""channel":"line_12345","named":true,"token":"i-1","target":"某医院","content":"挂床住院","evidence":true"#)
        .act("register", "")
        .act("accept", "")
        .act("hand_over", r#""clue":"c1""#)
        .act("conclude_named", r#""proved":true,"value":10000000"#)
        .act("tell", r#""paper":"告1""#)
        .act("prove", "")
        .act_as("propose_reward", r#""amount":200000,"known":false,"first":true,"staff":false"#, by("u1", insurance))
        .act_as("send_back_reward", "", by("u2", insurance))
        .act_as("propose_reward", r#""amount":200000,"known":false,"first":true,"staff":false"#, by("u1", insurance))
        .act("approve_reward", PAPER)
        .act("tell_reward", &told)
        .act("claim_reward", r#""code":"abc""#)
        .act("pay_reward", r#""voucher":"转1""#);
    assert!(complaint.over());
    let told = ["complaint_received", "complaint_registered", "complaint_decided", "informant_told"];
    assert_eq!(complaint.events[..4], told);
    assert_eq!(complaint.events[4..], ["report_proved", "reward_told"]);
}

#[test]
fn a_referral_is_refused_with_a_ground_and_goes_elsewhere() {
    let mut referral = Life::new("referral");
    referral
        .act("open", r#""to":"market","to_region":"210102","content":"涉嫌倒卖药品","asked":"依法查处","linked":"c1","due":"2025-07-01""#)
        .act("send", "")
        .act_as("refuse", "", by("m1", Department::Market))
        .act("redirect", r#""to":"police","to_region":"210102","due":"2025-07-10""#)
        .act_as("receive", "", by("p1", Department::Police))
        .act_as("answer", r#""result":"已查处","amount":0"#, by("p1", Department::Police))
        .act("return_answer", "")
        .act_as("answer", r#""result":"已立案","amount":100"#, by("p1", Department::Police))
        .act("close", "");
    assert!(referral.over());
    assert_eq!(referral.facts.referral.refusals.len(), 1);
    assert_eq!(referral.facts.referral.due.was.len(), 1, "the first day stays on record");
}

#[test]
fn an_inspection_runs_from_the_plan_to_the_follow_up() {
    let sm3 = "6".repeat(64);
    let finding = format!(r#""item":"P1","facts":"重复收费","evidence":["{sm3}"],"amount":1000"#);
    let mut inspection = Life::new("inspection");
    inspection
        .act("open", r#""kind":"unannounced","institution":"H1","plan":"2025-1""#)
        .act("draw", r#""draw":"draw-1","accounts":["u1","u2"]"#)
        .act("enter", "")
        .act("add_record", &format!(r#""sm3":"{sm3}""#))
        .act("add_finding", &finding)
        .act("leave", "")
        .act("hear", r#""statement":"没有意见""#)
        .act("hand_over", r#""region":"210102""#)
        .act("answer_finding", r#""finding":1,"result":"退回基金""#)
        .act("answer", r#""answer":"已处理""#)
        .act("follow_up", r#""what":"已整改""#)
        .act("close", "");
    assert!(inspection.over());
    assert_eq!(inspection.events, ["inspection_ended", "inspection_answered"]);
}

#[test]
fn a_self_check_is_answered_item_by_item_refunded_and_corrected() {
    let mut check = Life::new("self_check");
    check
        .act(
            "open",
            r#""institution":"H21010200001","field":"精神","items":["P1","P2"],"variant":"psychiatry_2026""#,
        )
        .act("issue", "")
        .act("answer_item", r#""item":"P1","found":true,"lines":2,"amount":1000,"facts":"重复收费""#)
        .act("answer_item", r#""item":"P2","found":false,"lines":0,"amount":0,"facts":"""#)
        .act("submit", "")
        .act("return", "")
        .act("submit", "")
        .act("correct_item", r#""item":"P1","correction":"已改""#)
        .act("refund", r#""amount":1000,"voucher":"P1""#)
        .act("review", "")
        .act("close", "");
    assert!(check.over());
    assert_eq!(check.facts.variants.get("D69").map(String::as_str), Some("psychiatry_2026"));
}

#[test]
fn two_authorities_list_and_lift_together() {
    let police = || by("p1", Department::Police);
    let mut listed = Life::new("listed_supervision");
    listed
        .act("open", r#""matters":["case-1"],"duty_region":"210102","authorities":["insurance","police"],"due":"2025-09-01""#)
        .act("agree", "")
        .act_as("agree", "", police())
        .act("list", "")
        .act("report", r#""what":"已抓获三人""#)
        .act("move_due", r#""day":"2025-10-01""#)
        .act("answer", r#""result":"已判决""#)
        .act("agree_to_lift", "")
        .act_as("agree_to_lift", "", police())
        .act("lift", "");
    assert!(listed.over());
}

#[test]
fn a_meeting_makes_tasks_and_ends_when_they_are_done() {
    let mut meeting = Life::new("meeting");
    meeting
        .act("open", r#""topic":"联合行动","departments":["insurance","police"]"#)
        .act("hold", r#""minutes":"议定一项""#)
        .act("add_task", r#""what":"提供数据","who":"police","due":"2025-07-01""#)
        .act_as("answer_task", r#""task":1,"result":"已提供""#, by("p1", Department::Police))
        .act("close", "");
    assert!(meeting.over());
}

#[test]
fn points_are_decided_told_contested_and_end_in_a_suspension() {
    let clocks = |limit: &'static str, start: &'static str| {
        move |ask: &mut Ask<'static>| {
            ask.clocks.extend([clock(limit, start)]);
            ask.around.points = 9;
        }
    };
    let mut points = Life::new("points");
    points
        .act("open", r#""practitioner":"D1","institution":"H1","event":"covering","responsibility":"main","points":9,"facts":"以他人名义结算""#)
        .act_as("decide", "", by("u1", Department::Agency))
        .act("tell", "")
        .act_as("contest", r#""what":"责任不在本人""#, clocks("D61", "2025-06-16"))
        .act("uphold", "")
        .act("repair", r#""kind":"learning""#)
        .act_as("suspend", r#""months":2"#, clocks("D61", "2025-06-16"))
        .act_as("restore", "", clocks("D63", "2025-01-01"));
    assert!(points.over());
    assert_eq!(points.events.last().map(String::as_str), Some("qualification_restored"));
}

#[test]
fn a_person_is_told_heard_and_suspended_for_months_in_bounds() {
    let mut person = Life::new("person_measure");
    person
        .act("open", r#""person":"p-1","measure":"M15","facts":"出借凭证""#)
        .act("talk", r#""record":"谈1""#)
        .act("educate", r#""record":"教1""#)
        .act("restrict", r#""measures":["reminder","named"]"#)
        .act("notify", r#""parts":["facts","reasons","basis","rights"]"#)
        .act("enter_statement", r#""what":"waived""#)
        .act("approve_suspension", PAPER)
        .act("decide", r#""months":3"#)
        .act("suspend", "")
        .act("contest", r#""what":"不知情""#)
        .act_as("restore", "", |ask| ask.clocks.extend([clock("D67", "2025-01-01")]));
    assert!(person.over());
    let mut urgent = Life::new("person_measure");
    urgent
        .act("open", r#""person":"p-1","measure":"M18","facts":"涉嫌骗保""#)
        .act("record_refusal", r#""situation":"silence","what":"拒绝回答""#)
        .act("approve_suspension", PAPER)
        .act("suspend_urgently", "")
        .act("restore_cooperating", "");
    assert!(
        urgent.over() && urgent.events.is_empty(),
        "a measure of the investigation starts no term of a penalty"
    );
}

#[test]
fn an_agreement_runs_beside_the_penalty_and_its_dispute_is_settled() {
    let mut agreement = Life::new("agreement");
    agreement
        .act("open", r#""institution":"H1","breach":"超标准收费""#)
        .act("hear", r#""what":"examined""#)
        .act("approve", PAPER)
        .act("decide", r#""measures":["recovery"],"money":[["M24",{"damages":1000}]]"#)
        .act_as("contest", r#""paper":"行复1","suit":false"#, |ask| {
            ask.clocks.extend([clock("D56", "2025-06-01")]);
        })
        .act("settle", r#""result":"维持""#)
        .act("pay", r#""kind":"agreement_damages","account":"agreement","amount":1000,"voucher":"P1""#)
        .act("perform", r#""result":"已履行""#);
    assert!(agreement.over());
    let mut dispute = Life::new("agreement");
    dispute.act("open_coordination", r#""what":"未按时拨付""#).act("coordinate", r#""result":"已协调""#);
    assert!(dispute.over());
}

#[test]
fn the_small_machines_run_to_their_ends() {
    let mut summary = Life::new("summary_penalty");
    summary
        .act("open", r#""subject":"H1","person":false,"fine":300000"#)
        .act("collect", "")
        .act("record", r#""paper":"备1""#)
        .act("hand_in", r#""paper":"票1""#)
        .act("close", "");
    let mut sanction = Life::new("sanction");
    sanction
        .act("open", r#""subject":"H1","measure":"M03","department":"骨科","months":6,"case":"case-1""#)
        .act("approve", PAPER)
        .act("suspend_department", "")
        .act_as("restore_department", "", |ask| ask.clocks.extend([clock("D66", "2024-11-01")]));
    let mut report = Life::new("report");
    report
        .act("open_statistics", r#""period":"2025Q1""#)
        .act("send", &format!(r#""sm3":"{}""#, "3".repeat(64)))
        .act("correct", "")
        .act("close", "");
    assert_eq!(report.facts.report.corrections.len(), 1);
    let mut trace = Life::new("trace_plan");
    trace
        .act("open", r#""institution":"H1","kind":"level_1""#)
        .act("settle_by_code", "")
        .act("scan", "")
        .act("upload", "");
    let mut log = Life::new("retention");
    log.act("open_log", &format!(r#""what":"日志","sm3":"{}""#, "4".repeat(64))).act_as(
        "delete_log",
        "",
        |ask| ask.clocks.extend([clock("D72", "2024-01-01")]),
    );
    let mut year = Life::new("points_year");
    year.act("open", r#""period":"2024""#)
        .act_as("clear", "", |ask| ask.clocks.extend([clock("D62", "2024-01-01")]));
    for life in [&summary, &sanction, &report, &trace, &log, &year] {
        assert!(life.over(), "{}", life.state);
    }
}
