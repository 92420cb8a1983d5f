//! Clues of eight runs, worked on in the weeks after each: dispatched, checked, answered, sent back, closed, filed, and some left lying.

use super::{
    LAST_RUN, RUNS, cases,
    stock::{Stock, matter},
};
use crate::demo::{
    agenda::Agenda,
    client::text,
    story::{self, nothing},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Clues of a run in each county that are answered but for those that become cases.
const ANSWERED: usize = 8;
/// Clues of a run in the counties where nobody works yet: the city checks them itself.
const ELSEWHERE: usize = 4;

/// What checking came to, one after the other.
const OUTCOMES: [&str; 6] = ["confirmed", "refuted", "confirmed", "unclear", "refuted", "confirmed"];

/// Tells of every run; the names are those of its clues.
pub fn tell(agenda: &mut Agenda, stock: &mut Stock) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut serial = 0;
    for ago in RUNS {
        let before = agenda.date(ago);
        let mut pushed = Vec::new();
        for county in story::COUNTIES {
            if let Some(clue) = stock.take_for_case(&before, county.0) {
                serial += 1;
                let found = matter(&clue);
                filed(agenda, &found, county, ago, serial);
                pushed.push(clue);
            }
            for place in 0..ANSWERED {
                let Some(clue) = stock.take(&before, |clue| clue["region"] == county.0) else { break };
                answered(agenda, &matter(&clue), county, ago, place);
                pushed.push(clue);
            }
        }
        for place in 0..ELSEWHERE {
            let elsewhere = |clue: &Value| {
                let region = text(clue, "region");
                region.starts_with("9901") && story::COUNTIES.iter().all(|county| region != county.0)
            };
            let Some(clue) = stock.take(&before, elsewhere) else { break };
            checked_by_the_city(agenda, &matter(&clue), ago, place);
            pushed.push(clue);
        }
        names.extend(pushed.iter().map(|clue| (text(&matter(clue), "id"), text(&matter(clue), "id"))));
        agenda.push(ago, pushed);
    }
    agenda.push(LAST_RUN, stock.rest());
    names
}

/// A county of the story: its region, lead and head.
type County = (&'static str, &'static str, &'static str);

/// What checking a clue came to, as an answer says it.
fn answer(outcome: &str, amount: i64, place: usize) -> Value {
    let (found, steps, facts) = match outcome {
        "refuted" => (0, ["nothing"], "调阅病历与清单，系两次独立就诊，收费有依据。"),
        "unclear" => (0, ["talk"], "机构未能提供当日监控和原始单据，已约谈并要求补充。"),
        // Not all that a rule sees stands up to the papers.
        _ => (
            amount * (10 - place as i64 % 4) / 10,
            ["returned"],
            "现场核对原始单据，明细与系统一致，机构予以承认。",
        ),
    };
    json!({ "input": "answer", "outcome": outcome, "facts": facts, "found": found, "steps": steps, "attachments": [] })
}

/// Down to the county and under way there.
fn dispatched(agenda: &mut Agenda, clue: &Value, (region, lead, _): County, ago: i64, verified: i64) {
    let mut course = agenda.course(text(clue, "id"), ago);
    course.after(1).plain("city-handler", "register").after(1);
    let due = course.ahead(20);
    let input = json!({ "input": "dispatch", "to": region, "due": due });
    course.act("city-lead", "dispatch", "按属地分办", input).after(verified).plain(lead, "verify");
}

/// A clue that was found to be so and becomes a case.
fn filed(agenda: &mut Agenda, clue: &Value, county: County, ago: i64, serial: usize) {
    dispatched(agenda, clue, county, ago, 2);
    let (_, lead, head) = county;
    let amount = clue["amount"].as_i64().unwrap_or_default();
    let mut course = agenda.course(text(clue, "id"), ago - 11);
    course.act(lead, "answer", "", answer("confirmed", amount, 0)).after(2);
    course.act("city-lead", "report_up", "复核无误", json!({ "input": "report_up" })).after(1);
    course.act(head, "file", "查实，转立案", nothing());
    cases::tell(agenda, clue, ago - 15, serial);
}

/// A clue that a county answers: most in time, one late, one sent back first, one of every other run never.
fn answered(agenda: &mut Agenda, clue: &Value, county: County, ago: i64, place: usize) {
    let (_, lead, head) = county;
    dispatched(agenda, clue, county, ago, 1 + place as i64 % 3);
    if place == 7 && ago % 4 != 0 {
        return;
    }
    let outcome = OUTCOMES[(place + ago as usize / 30) % OUTCOMES.len()];
    let amount = clue["amount"].as_i64().unwrap_or_default();
    let said = answer(outcome, amount, place);
    let late = if place == 5 { 18 } else { 0 };
    let mut course = agenda.course(text(clue, "id"), ago - 8 - place as i64 % 5 - late);
    course.act(lead, "answer", "", said.clone()).after(2);
    if place == 2 {
        let back = json!({ "input": "send_back" });
        course.act("city-lead", "send_back", "缺少机构负责人签字的核对表，请补充", back);
        course.after(3).act(lead, "answer", "", said).after(1);
    }
    course.act("city-lead", "report_up", "复核无误", json!({ "input": "report_up" })).after(1);
    match outcome {
        "confirmed" => course.act(head, "close", "费用已退回，予以办结", nothing()),
        "refuted" => course.act(head, "close", "查否，予以办结", nothing()),
        // What could not be found out waits for more papers.
        _ => &mut course,
    };
}

/// A clue of a county where nobody works yet.
fn checked_by_the_city(agenda: &mut Agenda, clue: &Value, ago: i64, place: usize) {
    let amount = clue["amount"].as_i64().unwrap_or_default();
    let outcome = OUTCOMES[place % OUTCOMES.len()];
    let mut course = agenda.course(text(clue, "id"), ago - 1);
    course.plain("city-handler", "register").after(3).plain("city-lead", "verify").after(9);
    course.act("city-lead", "answer", "", answer(outcome, amount, place));
    if outcome != "unclear" {
        course.after(3).act("city-head", "close", "核查完毕，予以办结", nothing());
    }
}
