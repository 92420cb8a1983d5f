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
        r#""kind":"electronic","title":"结算明细","sm3":"{sm3}","sha256":"{sm3}","source":"run-7/line-12""#
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
        .act("discuss", r#""opinions":[["u5","同意"],["u6","同意"]],"conclusion":"同意处罚""#)
        .act("approve_decision", PAPER)
        .act("decide", r#""items":[["M05",{"loss":200000,"returned":200000,"fined":200000}]],"lines":["l1"]"#)
        .act("write_decision", "")
        .act("announce", "")
        .act("serve", r#""receipt":"回证2""#)
        .act("publish", r#""anonymous":true"#)
        .act("pay", r#""kind":"returned","account":"fund","amount":200000,"voucher":"P1""#)
        .act("pay", r#""kind":"fined","account":"treasury","amount":150000,"voucher":"P2""#)
        .act("remind", "")
        .act("pay", r#""kind":"fined","account":"treasury","amount":50000,"voucher":"P3""#)
        .act("clear_fine", "")
        .act("approve_closing", PAPER)
        .act("close", r#""ground":"performed""#)
        .act("archive", "");
    assert!(case.over());
    assert_eq!(case.events.first().map(String::as_str), Some("violation_ended"));
    assert_eq!(case.events.last().map(String::as_str), Some("case_archived"));
}

#[test]
fn a_transfer_runs_from_suspicion_to_supervision_and_goods() {
    let mut transfer = Life::new("transfer");
    transfer
        .act("open", r#""case":"case-1","crime":"第266条""#)
        .act("form_team", r#""accounts":["u1","u2"]"#)
        .act("report", r#""paper":"报1""#)
        .act("approve", PAPER)
        .act("send", r#""enclosures":["letter","report","goods","tests","others"],"to":"某分局","same_level":true,"letter":"医保案移字〔2025〕1号""#)
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
        .act("enter_stage", r#""stage":"侦查""#)
        .act("hand_over", r#""goods":["账册一本"]"#)
        .act_as("return_filed", "", |ask| ask.actor.role = Role::Handler);
    assert!(transfer.over());
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
