//! Cases of the months, each from its proposal as far as time went: paid in full, by instalments, too late, heard, sued over, brought
//! before the court, dropped, handed to the police.

use super::transfers;
use crate::demo::{
    agenda::{Agenda, Course},
    clock,
    story::{self, Step, lines, nothing, proposal},
};
use serde_json::{Value, json};

/// How a case goes once it is under way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Everything is paid in time.
    Full,
    /// The same, and the head decides that it touches nobody else and is not published.
    Quiet,
    /// The fine is paid by instalments.
    Instalments,
    /// The party asks to be heard, then pays.
    Heard,
    /// The fine is paid after a reminder, too late.
    Late,
    /// Only the fund's money came back; the fine grows day by day, and the party sues.
    Unpaid,
    /// The same, but nobody sues: when the time to do so is over, the court is asked to enforce it.
    Court,
    /// A crime is suspected.
    Crime,
    /// It is not filed.
    Dropped,
}

/// How the cases go, in the order in which they are proposed.
const WAYS: [Way; 16] = [
    Way::Court,
    Way::Instalments,
    Way::Heard,
    Way::Late,
    Way::Crime,
    Way::Full,
    Way::Unpaid,
    Way::Quiet,
    Way::Instalments,
    Way::Dropped,
    Way::Crime,
    Way::Heard,
    Way::Full,
    Way::Crime,
    Way::Full,
    Way::Full,
];

/// Tells of a case that a clue became so many days ago; `serial` counts cases from 1.
pub fn tell(agenda: &mut Agenda, clue: &Value, ago: i64, serial: usize) {
    let way = WAYS[(serial - 1) % WAYS.len()];
    let amount = clue["amount"].as_i64().unwrap_or_default();
    let ended = clue["origin"]["end"].as_str().unwrap_or_default();
    let numbered = (clock::year(agenda.day(ago)), serial);
    let steps = story::steps(amount, &lines(&clue["origin"]), numbered);
    let mut course = agenda.course(format!("case-{serial}"), ago);
    course.worth(amount).begin("city-lead", proposal(clue, ended));
    if way == Way::Dropped {
        course.after(3).act("city-head", "drop", "主动退回且情节轻微，不予立案", nothing());
        return;
    }
    let until = if way == Way::Crime { "conclude" } else { "" };
    for step in steps.into_iter().take_while(|(_, act, ..)| *act != until) {
        taken(&mut course, step, way);
    }
    if way == Way::Crime {
        course.after(5);
        transfers::tell(&mut course, clue, serial);
        return;
    }
    performed(&mut course, amount, way, serial);
}

/// Days that pass before a step.
fn days(act: &str) -> i64 {
    match act {
        "assign" => 0,
        "approve_filing" | "discuss" | "add_evidence" => 4,
        "notify" | "enter_statement" => 3,
        "conclude" => 13,
        "review" => 5,
        _ => 1,
    }
}

/// One step, with the papers that go before and after it.
fn taken(course: &mut Course<'_>, (who, act, reason, input): Step, way: Way) {
    course.after(days(act));
    for (clerk, paper) in papers(act, BEFORE) {
        course.issue(clerk, paper);
    }
    if act == "enter_statement" && way == Way::Heard {
        heard(course);
    } else {
        course.act(who, act, reason, input);
    }
    for (clerk, paper) in papers(act, AFTER) {
        course.issue(clerk, paper);
    }
}

/// An act, and who issues which paper with it.
type Paper = (&'static str, &'static str, &'static str);

/// Papers that are issued before an act.
const BEFORE: &[Paper] = &[
    ("approve_filing", "city-handler", "filing-approval"),
    ("conclude", "city-handler", "evidence-list"),
    ("notify", "city-handler", "penalty-notice"),
];

/// Papers that are issued after an act.
const AFTER: &[Paper] = &[
    ("conclude", "city-handler", "conclusion-report"),
    ("review", "city-legal", "legal-review"),
    ("discuss", "city-handler", "discussion-record"),
    ("decide", "city-handler", "penalty-decision"),
];

fn papers(act: &str, of: &[Paper]) -> impl Iterator<Item = (&'static str, &'static str)> {
    of.iter().filter(move |(with, ..)| *with == act).map(|(_, clerk, paper)| (*clerk, *paper))
}

/// The party answers and asks to be heard.
fn heard(course: &mut Course<'_>) {
    let said = json!({ "input": "statement", "what": "examined" });
    course.act("city-lead", "enter_statement", "当事人书面陈述，已复核", said);
    course.act("city-lead", "ask_hearing", "", json!({ "input": "ask_hearing" })).after(2);
    let hearing =
        json!({ "input": "notify_hearing", "chair": "city-legal", "place": "示例市医疗保障局三楼会议室" });
    course.act("city-lead", "notify_hearing", "", hearing).issue("city-handler", "hearing-notice").after(20);
    course.act("city-lead", "hold_hearing", "", json!({ "input": "hold_hearing" }));
    course.act("city-lead", "close_hearing", "", json!({ "input": "close_hearing" }));
    course.issue("city-lead", "hearing-record").after(1);
    let opinion =
        json!({ "input": "hearing_opinion", "opinion": "事实清楚，证据充分，建议维持拟处罚意见。" });
    course.act("city-lead", "enter_hearing_opinion", "", opinion).issue("city-lead", "hearing-opinion");
}

/// Service, publication, performance, closing.
fn performed(course: &mut Course<'_>, amount: i64, way: Way, serial: usize) {
    course.after(1).act("city-handler", "write_decision", "", json!({ "input": "write_decision" })).after(2);
    let receipt = course.paper("示医保送", 100 + serial);
    course.act("city-handler", "serve", "", json!({ "input": "serve", "receipt": receipt }));
    course.issue("city-handler", "service-receipt").after(2);
    // One is published too late.
    if way == Way::Late {
        course.after(12);
    }
    if way == Way::Quiet {
        let withheld = json!({ "input": "withhold_publication" });
        course.act("city-head", "withhold_publication", "金额较小，情节轻微，没有社会影响", withheld);
    } else {
        course.act("city-lead", "publish", "", json!({ "input": "publish", "anonymous": true }));
    }
    course.after(2);
    paid(course, "returned", amount, serial, 1);
    match way {
        Way::Instalments => instalments(course, amount, serial),
        Way::Late | Way::Unpaid | Way::Court => overdue(course, amount, way, serial),
        _ => paid(course.after(3), "fined", amount, serial, 2),
    }
    if !matches!(way, Way::Unpaid | Way::Court) {
        closed(course, serial);
    }
}

fn paid(course: &mut Course<'_>, kind: &str, amount: i64, serial: usize, part: usize) {
    let account = if kind == "fined" { "treasury" } else { "fund" };
    let voucher = format!("{}-{part}", course.paper("缴", serial));
    let input =
        json!({ "input": "pay", "kind": kind, "account": account, "amount": amount, "voucher": voucher });
    course.act("city-handler", "pay", "", input);
}

/// Three instalments, a month apart, that the head allowed.
fn instalments(course: &mut Course<'_>, amount: i64, serial: usize) {
    let paper = course.paper("示医保缓", serial);
    course.after(2).approve("city-head", "approve_deferral", &paper);
    let later = json!({ "input": "extend", "limit": "D21", "extension": "pay-later", "amount": 3 });
    course.act("city-lead", "defer", "经营困难，申请分三期缴纳", later);
    let part = amount / 3;
    for (number, sum) in [part, part, amount - 2 * part].into_iter().enumerate() {
        paid(course.after(if number == 0 { 5 } else { 28 }), "fined", sum, serial, 2 + number);
    }
}

/// The day of payment goes by.
fn overdue(course: &mut Course<'_>, amount: i64, way: Way, serial: usize) {
    course.after(20).plain("city-lead", "find_overdue").after(2);
    course
        .act("city-lead", "remind", "逾期未缴罚款，依法催告", nothing())
        .issue("city-handler", "payment-reminder");
    match way {
        Way::Late => paid(course.after(9), "fined", amount, serial, 2),
        Way::Court => {
            // A week before today: six months after service, when nobody can sue any more.
            course.after(162).plain("city-lead", "expire_remedy").after(1);
            course.plain("city-lead", "ask_court");
        }
        _ => {
            course.after(6).act("city-lead", "enter_suit", "当事人不服处罚决定，已向人民法院起诉", nothing());
        }
    }
}

fn closed(course: &mut Course<'_>, serial: usize) {
    let paper = course.paper("示医保结", serial);
    course.after(3).approve("city-head", "approve_closing", &paper).after(1);
    course.act("city-lead", "close", "", json!({ "input": "closing", "ground": "performed" }));
    course.issue("city-lead", "closing-report").after(9).plain("city-lead", "archive");
}
