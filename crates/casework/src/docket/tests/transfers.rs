//! Transfers through the docket: no penalty before the head has decided, one transfer at a time and of a case that there is, and each decision of
//! the police answered in writing.

use super::{
    COUNTY,
    around::{begin, refused, turned},
    by,
    cases::{decision, investigated, notified},
    does, enclosures, on_docket_at, papers_of_a_transfer,
};
use crate::{
    clock::Status,
    docket::{Acted, By, Cell, Docket, NewMatter, Period},
    store::Error,
};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

fn nothing() -> Value {
    json!({ "input": "nothing" })
}

/// Opens a transfer of a case that the input names, with a parent or without.
async fn open(docket: &Docket, who: &str, case: &str, parent: Option<&str>) -> Result<Acted, Error> {
    let new = json!({
        "machine": "transfer", "region": COUNTY, "source": "", "title": "涉嫌诈骗移送", "parent": parent, "act": "open",
        "input": { "input": "open_transfer", "case": case, "crime": "第266条" },
    });
    docket.begin(by(who), serde_json::from_value::<NewMatter>(new).expect("a matter")).await
}

/// Carries a transfer up to the head's decision.
async fn reported(docket: &Docket, id: &str) {
    let team = json!({ "input": "team", "accounts": ["one", "two"] });
    does(docket, "lead", id, "form_team", team).await.expect("a team");
    let report = json!({ "input": "transfer_report", "paper": "报〔2026〕1号" });
    does(docket, "one", id, "report", report).await.expect("reported");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_penalty_is_decided_while_a_transfer_waits_for_the_head() {
    let (_, clock) = turned();
    on_docket_at(clock, async |docket| {
        let suspect = json!({ "input": "suspect_crime", "crime": "第266条" });
        for (subject, line, suspected) in [("H1", "l1", true), ("H2", "l2", false)] {
            let case = investigated(&docket, subject).await;
            let decide = async || does(&docket, "one", &case, "decide", decision(line)).await;
            if suspected {
                does(&docket, "lead", &case, "suspect_crime", suspect.clone()).await.expect("suspected");
            }
            notified(&docket, &case).await;
            if suspected {
                assert_eq!(refused(decide().await), ["no_penalty_instead_of_transfer"], "no transfer");
            }
            let transfer = open(&docket, "lead", &case, Some(&case)).await.expect("opened").id;
            assert_eq!(refused(decide().await), ["no_penalty_instead_of_transfer"], "suspected");
            let team = json!({ "input": "team", "accounts": ["one", "two"] });
            does(&docket, "lead", &transfer, "form_team", team).await.expect("a team");
            assert_eq!(refused(decide().await), ["no_penalty_instead_of_transfer"], "a team");
            let report = json!({ "input": "transfer_report", "paper": "报〔2026〕1号" });
            does(&docket, "one", &transfer, "report", report).await.expect("reported");
            assert_eq!(refused(decide().await), ["no_penalty_instead_of_transfer"], "reported");
            does(&docket, "head", &transfer, "refuse", nothing()).await.expect("refused");
            // New facts, a new transfer, and once more the head decides first.
            let again = open(&docket, "lead", &case, Some(&case)).await.expect("opened again").id;
            assert_eq!(refused(decide().await), ["no_penalty_instead_of_transfer"], "again");
            reported(&docket, &again).await;
            does(&docket, "head", &again, "approve", json!({ "input": "approve", "paper": "批1" }))
                .await
                .expect("approved");
            decide().await.expect("decided");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_has_one_transfer_until_that_one_was_refused_or_came_back() {
    let (_, clock) = turned();
    on_docket_at(clock, async |docket| {
        let case = investigated(&docket, "H1").await;
        let other = investigated(&docket, "H2").await;
        let wrong = |answer: Result<Acted, Error>| match answer {
            Err(Error::Invalid { field, .. }) => field,
            answer => panic!("{answer:?}"),
        };
        assert_eq!(wrong(open(&docket, "lead", "case-none", None).await), "case");
        assert_eq!(wrong(open(&docket, "lead", &case, Some(&other)).await), "case", "another case");
        assert_eq!(wrong(open(&docket, "stranger", &case, None).await), "case", "not theirs to see");
        assert_eq!(refused(open(&docket, "lead", "", None).await), ["transfer_of_a_case"]);
        let transfer = open(&docket, "lead", &case, None).await.expect("opened").id;
        let heading = docket.read(by("lead"), &transfer).await.expect("read").heading;
        assert_eq!(heading.parent.as_deref(), Some(case.as_str()), "its case, though only named");
        assert_eq!(wrong(open(&docket, "lead", &transfer, None).await), "case", "a transfer is no case");
        for parent in [None, Some(case.as_str())] {
            assert_eq!(refused(open(&docket, "lead", &case, parent).await), ["not_filed_twice"]);
        }
        reported(&docket, &transfer).await;
        does(&docket, "head", &transfer, "refuse", nothing()).await.expect("refused");
        open(&docket, "lead", &case, None).await.expect("on new facts");
        assert_eq!(refused(open(&docket, "lead", &case, None).await), ["not_filed_twice"]);
    })
    .await;
}

/// A transfer whose letter is written, with what goes with it.
async fn lettered(docket: &Docket, subject: &str) -> String {
    let case = investigated(docket, subject).await;
    let id = open(docket, "lead", &case, None).await.expect("opened").id;
    reported(docket, &id).await;
    does(docket, "head", &id, "approve", json!({ "input": "approve", "paper": "批1" }))
        .await
        .expect("approved");
    listed(docket, &id).await;
    papers_of_a_transfer(docket, &id).await;
    id
}

/// Lists what goes with the letter.
async fn listed(docket: &Docket, id: &str) {
    let mut enclose = enclosures();
    enclose["input"] = json!("enclose");
    does(docket, "lead", id, "enclose", enclose).await.expect("listed");
}

fn sending(letter: &str) -> Value {
    json!({ "input": "send", "to": "ga-990101", "same_level": true, "letter": letter })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_from_before_the_list_was_changed_is_not_sent() {
    let (now, clock) = turned();
    on_docket_at(clock, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = lettered(&docket, "H1").await;
        now.fetch_add(60, Ordering::Relaxed);
        listed(&docket, &id).await;
        let send = async || does(&docket, "lead", &id, "send", sending("移〔2026〕1号")).await;
        assert_eq!(refused(send().await), ["letter_lists_enclosures"]);
        now.fetch_add(60, Ordering::Relaxed);
        papers_of_a_transfer(&docket, &id).await;
        send().await.expect("the new letter lists what goes with it");
        let letter = &docket.read(by("lead"), &id).await.expect("read").facts["transfer"]["enclosures"][0];
        assert_eq!(letter["piece"], json!(format!("{id}/transfer-letter/2")));
    })
    .await;
}

/// A transfer that the police declined and said so.
async fn declined(docket: &Docket, subject: &str, letter: &str) -> String {
    let id = lettered(docket, subject).await;
    for (who, act, input) in [
        ("lead", "send", sending(letter)),
        ("officer", "sign_receipt", json!({ "input": "sign_receipt" })),
        ("officer", "decline", nothing()),
        ("officer", "answer_declined", answer("不立案通知1", true)),
    ] {
        does(docket, who, &id, act, input).await.unwrap_or_else(|error| panic!("{act}: {error:?}"));
    }
    id
}

fn answer(paper: &str, file_returned: bool) -> Value {
    json!({ "input": "police_answer", "paper": paper, "file_returned": file_returned })
}

/// How a clock of a transfer stands.
async fn status(docket: &Docket, id: &str, limit: &str) -> Option<Status> {
    let clocks = docket.read(by("lead"), id).await.expect("read").clocks;
    clocks.into_iter().find(|clock| clock.limit == limit).map(|clock| clock.state.status)
}

/// What the ledger of transfers says came of one.
async fn result(docket: &Docket, id: &str) -> Option<Cell> {
    let today = docket.store.now().time().date();
    let period = Period { from: today, to: today };
    let rows = docket.transfer_rows(by("lead"), COUNTY, period, By::Sent, false).await.expect("rows");
    let row = rows.into_iter().find(|row| row.id == id).expect("a row");
    row.cells.get("transfer.result").cloned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_police_decide_anew_is_answered_anew_in_its_own_time() {
    let (now, clock) = turned();
    on_docket_at(clock, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = declined(&docket, "H1", "移〔2026〕1号").await;
        let told = |paper: &str| Some(Cell::Text(paper.to_owned()));
        let twice = does(&docket, "officer", &id, "answer_declined", answer("不立案通知2", true)).await;
        assert_eq!(refused(twice), ["answered_once"]);
        assert_eq!(result(&docket, &id).await, told("不立案通知1"));
        does(&docket, "lead", &id, "contest", nothing()).await.expect("contested");
        assert_eq!(status(&docket, &id, "D40").await, Some(Status::DoneInTime));
        does(&docket, "officer", &id, "overturn", nothing()).await.expect("filed after all");
        assert_eq!(status(&docket, &id, "D40").await, Some(Status::Running));
        assert_eq!((result(&docket, &id).await, status(&docket, &id, "D47").await), (None, None));
        does(&docket, "officer", &id, "answer_filed", answer("立案通知1", false)).await.expect("answered");
        assert_eq!(result(&docket, &id).await, told("立案通知1"));
        assert_eq!(status(&docket, &id, "D40").await, Some(Status::DoneInTime));
        assert_eq!(status(&docket, &id, "D47").await, Some(Status::Running), "goods go to the police");
        let facts = docket.read(by("lead"), &id).await.expect("read").facts;
        assert_eq!(facts["transfer"]["earlier_answers"], json!(["不立案通知1"]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_of_the_procuratorates_supervision_is_answered_anew_too() {
    let (now, clock) = turned();
    on_docket_at(clock, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = declined(&docket, "H1", "移〔2026〕2号").await;
        let supervised =
            [("lead", "ask_supervision"), ("prosecutor", "ask_reasons"), ("officer", "give_reasons")];
        let accepted = supervised.into_iter().chain([("prosecutor", "accept_reasons")]);
        let ordered =
            supervised.into_iter().chain([("prosecutor", "order_filing"), ("officer", "file_on_order")]);
        for (who, act) in accepted {
            does(&docket, who, &id, act, nothing()).await.unwrap_or_else(|error| panic!("{act}: {error:?}"));
        }
        assert_eq!(status(&docket, &id, "D40").await, Some(Status::Running));
        does(&docket, "officer", &id, "answer_declined", answer("不立案通知2", true))
            .await
            .expect("answered");
        for (who, act) in ordered {
            does(&docket, who, &id, act, nothing()).await.unwrap_or_else(|error| panic!("{act}: {error:?}"));
        }
        does(&docket, "officer", &id, "answer_filed", answer("立案通知2", false)).await.expect("answered");
        assert_eq!(status(&docket, &id, "D47").await, Some(Status::Running));
        let facts = docket.read(by("lead"), &id).await.expect("read").facts;
        assert_eq!(facts["transfer"]["earlier_answers"], json!(["不立案通知1", "不立案通知2"]));
        assert_eq!(result(&docket, &id).await, Some(Cell::Text("立案通知2".to_owned())));
    })
    .await;
}
