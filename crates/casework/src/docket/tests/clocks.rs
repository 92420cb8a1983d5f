//! Clocks as the docket keeps them: what lapses is no breach, what has ended is not counted on, and each of several things has a clock.

use super::{
    COUNTY,
    around::{begin, pass, refused, turned},
    by, clue, does, enclosures, on_docket_at, papers_of_a_transfer,
};
use crate::{
    clock::{ClockState, Status},
    docket::{Acted, Docket, MatterView, NewMatter},
};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

async fn read(docket: &Docket, id: &str) -> MatterView {
    docket.read(by("lead"), id).await.expect("read")
}

/// A clock of a matter, by its limit and the number of the thing that it runs for.
fn clock<'a>(view: &'a MatterView, limit: &str, item: Option<u32>) -> Option<&'a ClockState> {
    view.clocks.iter().map(|clock| &clock.state).find(|state| state.limit == limit && state.item == item)
}

fn status(view: &MatterView, limit: &str, item: Option<u32>) -> Option<Status> {
    clock(view, limit, item).map(|state| state.status)
}

/// The last second of a clock.
fn end(view: &MatterView, limit: &str, item: Option<u32>) -> Option<i64> {
    clock(view, limit, item).and_then(|state| state.due).map(|due| due.last.0)
}

/// What was broken, with the numbers of the things.
fn broken(view: &MatterView) -> Vec<(&str, Option<u32>)> {
    view.breaches.iter().map(|breach| (breach.limit.as_str(), breach.item)).collect()
}

/// Does an act that must not be refused, with what it brings beside the name of its input.
async fn act(docket: &Docket, account: &str, id: &str, act: &str, mut brought: Value) -> Acted {
    let machine = read(docket, id).await.heading.machine;
    brought["input"] = json!(docket.procedures.machines[&machine].acts[act].input);
    does(docket, account, id, act, brought).await.unwrap_or_else(|error| panic!("{act}: {error:?}"))
}

async fn open(docket: &Docket, new: Value) -> Acted {
    let new: NewMatter = serde_json::from_value(new).expect("a matter");
    docket.begin(by("lead"), new).await.expect("begun")
}

/// Takes turns until none is left; how many breaches they entered.
async fn turn(docket: &Docket) -> u64 {
    let mut breaches = 0;
    loop {
        let passed = docket.pass_time(by("lead")).await.expect("a turn");
        breaches += passed.breaches;
        if passed.matters == 0 {
            return breaches;
        }
    }
}

/// A case under investigation with one piece of evidence.
async fn investigating(docket: &Docket) -> String {
    investigating_of(docket, "2026-01-31").await
}

/// The same, of a violation that ended on that day.
async fn investigating_of(docket: &Docket, ended: &str) -> String {
    let opened = open(
        docket,
        json!({
            "machine": "case", "region": COUNTY, "source": "screening", "title": "重复收费案", "act": "open", "reason": "提出立案",
            "input": { "input": "open_case", "subject": "H99010100001", "violation_facts": "重复收费", "violation_ended": ended,
                "grave": false, "own_jurisdiction": true },
        }),
    )
    .await;
    assert_eq!(opened.due, None, "what was found as the case was opened is not waited for");
    let id = opened.id;
    assert_eq!(status(&read(docket, &id).await, "D29", None), Some(Status::DoneInTime));
    act(docket, "lead", &id, "assign", json!({ "accounts": ["one", "two"] })).await;
    act(docket, "head", &id, "approve_filing", json!({ "paper": "批1" })).await;
    act(docket, "lead", &id, "file", json!({})).await;
    let evidence = json!({
        "kind": "electronic", "title": "结算明细", "origin": "outside", "sm3": "1".repeat(64), "sha256": "2".repeat(64),
        "source": "某医院提供",
    });
    act(docket, "one", &id, "add_evidence", evidence).await;
    id
}

/// Tells the party, who gives up all rights, and serves the decision.
async fn served(docket: &Docket, id: &str, proposal: Value) {
    decided(docket, id, json!({ "kind": "penalty", "items": [["M05", proposal]], "lines": [] })).await;
    act(docket, "one", id, "serve", json!({ "receipt": "回证2" })).await;
}

/// A case from its investigation to its written decision.
async fn decided(docket: &Docket, id: &str, decision: Value) {
    act(docket, "one", id, "conclude", json!({ "review_required": false, "discussion_required": false }))
        .await;
    let notice = json!({
        "parts": ["facts", "reasons", "basis", "rights"], "fine": 200_000, "new_facts": false, "receipt": "回证1",
    });
    act(docket, "one", id, "notify", notice).await;
    act(docket, "one", id, "enter_statement", json!({ "what": "waived" })).await;
    act(docket, "head", id, "approve_decision", json!({ "paper": "批2" })).await;
    act(docket, "one", id, "decide", decision).await;
    act(docket, "one", id, "write_decision", json!({})).await;
}

/// A transfer that the police have signed for.
async fn received(docket: &Docket, case: &str) -> String {
    let opened = open(
        docket,
        json!({
            "machine": "transfer", "region": COUNTY, "source": "", "title": "涉嫌诈骗移送", "parent": case, "act": "open", "reason": "认定",
            "input": { "input": "open_transfer", "case": case, "crime": "《刑法》第266条" },
        }),
    )
    .await;
    let id = opened.id;
    act(docket, "lead", &id, "form_team", json!({ "accounts": ["one", "two"] })).await;
    act(docket, "one", &id, "report", json!({ "paper": "报1" })).await;
    act(docket, "head", &id, "approve", json!({ "paper": "批3" })).await;
    act(docket, "one", &id, "enclose", enclosures()).await;
    let send = json!({ "to": "ga-990101", "same_level": true, "letter": format!("移{id}") });
    papers_of_a_transfer(docket, &id).await;
    act(docket, "one", &id, "send", send).await;
    act(docket, "officer", &id, "sign_receipt", json!({})).await;
    id
}

/// The police file the case, goods go over, and it comes back.
async fn returned(docket: &Docket, id: &str) {
    act(docket, "officer", id, "file", json!({})).await;
    act(docket, "officer", id, "answer_filed", json!({ "paper": "公立1", "file_returned": false })).await;
    act(docket, "one", id, "hand_over", json!({ "goods": ["账册一本"] })).await;
    act(docket, "officer", id, "return_filed", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_that_is_taken_as_it_is_breaks_no_limit_of_what_was_not_called_for() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let case = investigating(&docket).await;
        let id = received(&docket, &case).await;
        returned(&docket, &id).await;
        let view = read(&docket, &id).await;
        for limit in ["D36", "D38"] {
            assert_eq!(status(&view, limit, None), Some(Status::Moot), "{limit}");
        }
        assert!(view.heading.ended.is_some());
        assert_eq!(
            view.heading.due,
            end(&view, "D48", None),
            "what the law asks for once it is back is all that is left"
        );
        pass(&now, 30);
        assert_eq!(turn(&docket).await, 0);
        pass(&now, 90);
        turn(&docket).await;
        assert_eq!(broken(&read(&docket, &id).await), [("D48", None)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_called_for_too_late_is_a_breach_and_each_supplement_has_a_clock() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let case = investigating(&docket).await;
        let id = received(&docket, &case).await;
        pass(&now, 2);
        assert_eq!(turn(&docket).await, 0, "a day has passed without a word, which nobody owes");
        assert_eq!(status(&read(&docket, &id).await, "D36", None), Some(Status::Lapsed));
        let missing = json!({ "items": ["银行流水"] });
        act(&docket, "officer", &id, "ask_supplement", missing.clone()).await;
        assert_eq!(broken(&read(&docket, &id).await), [("D36", None)], "told after a day");
        act(&docket, "one", &id, "supplement", missing.clone()).await;
        act(&docket, "officer", &id, "ask_supplement", missing).await;
        let view = read(&docket, &id).await;
        let both = [1, 2].map(|round| status(&view, "D37", Some(round)));
        assert_eq!(both, [Some(Status::DoneInTime), Some(Status::Running)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_are_given_up_and_duties_that_do_not_arise_break_nothing() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = investigating(&docket).await;
        served(&docket, &id, json!({ "loss": 200_000, "returned": 200_000 })).await;
        act(&docket, "one", &id, "publish", json!({ "anonymous": true })).await;
        let view = read(&docket, &id).await;
        for limit in ["D11", "D21"] {
            assert_eq!(status(&view, limit, None), None, "{limit}: neither a review nor a fine");
        }
        assert_eq!(status(&view, "D19", None), Some(Status::DoneInTime), "a penalty is published");
        let input = json!({ "input": "withhold_publication" });
        let later = does(&docket, "head", &id, "withhold_publication", input).await;
        assert_eq!(refused(later), ["publication_open"], "what is published is out");
        assert_eq!(view.heading.due, end(&view, "D14", None));
        pass(&now, 30);
        assert_eq!(turn(&docket).await, 0);
        let view = read(&docket, &id).await;
        assert_eq!(status(&view, "D14", None), Some(Status::Lapsed));
        assert_eq!(view.heading.due, end(&view, "D27", None), "what has lapsed is due no more");
        pass(&now, 300);
        assert_eq!(turn(&docket).await, 0);
        let view = read(&docket, &id).await;
        assert!(view.heading.due.is_none() && view.breaches.is_empty(), "{:?}", view.breaches);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_punishes_nobody_need_not_be_published() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = investigating(&docket).await;
        decided(&docket, &id, json!({ "kind": "not_established", "items": [], "lines": [] })).await;
        let view = read(&docket, &id).await;
        assert_eq!(status(&view, "D19", None), None);
        assert_eq!(view.heading.state, "decided", "it is decided all the same");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_penalty_that_touches_nobody_else_need_not_be_published_once_the_head_says_why() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = investigating(&docket).await;
        served(&docket, &id, json!({ "loss": 200_000, "fined": 200_000 })).await;
        assert_eq!(status(&read(&docket, &id).await, "D19", None), Some(Status::Running));
        let input = json!({ "input": "withhold_publication" });
        let officer = does(&docket, "one", &id, "withhold_publication", input).await;
        assert_eq!(refused(officer), ["head_decides"], "an officer does not decide it");
        act(&docket, "head", &id, "withhold_publication", json!({})).await;
        assert_eq!(status(&read(&docket, &id).await, "D19", None), Some(Status::Moot));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fine_that_is_paid_in_time_is_paid_whether_somebody_confirms_it_or_not() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = investigating(&docket).await;
        served(&docket, &id, json!({ "loss": 200_000, "fined": 200_000 })).await;
        let pay = |amount: i64, voucher: &str| {
            json!({ "kind": "fined", "account": "treasury", "amount": amount, "voucher": voucher })
        };
        act(&docket, "one", &id, "pay", pay(150_000, "P1")).await;
        assert_eq!(status(&read(&docket, &id).await, "D21", None), Some(Status::Running), "not all of it");
        act(&docket, "one", &id, "pay", pay(50_000, "P2")).await;
        assert_eq!(status(&read(&docket, &id).await, "D21", None), Some(Status::DoneInTime));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_matter_closes_its_clocks_and_leaves_what_was_broken() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        docket.push(by("lead"), vec![clue("C0a", 1), clue("C0b", 2)]).await.expect("pushed");
        let merged = act(&docket, "lead", "c0a", "merge", json!({ "into": "c0b" })).await;
        assert_eq!(merged.due, None);
        assert_eq!(status(&read(&docket, "c0a").await, "D01", None), Some(Status::Moot));
        pass(&now, 60);
        assert_eq!(turn(&docket).await, 1, "the other alone");
        assert!(read(&docket, "c0a").await.breaches.is_empty());

        let late = read(&docket, "c0b").await;
        assert_eq!(broken(&late), [("D01", None)]);
        assert_eq!(late.heading.due, end(&late, "D01", None));
        let gone = act(&docket, "lead", "c0b", "pass_on", json!({ "to": "某市医保局" })).await;
        assert_eq!(gone.due, None, "nothing is due in what has ended");
        let view = read(&docket, "c0b").await;
        assert_eq!((broken(&view).len(), status(&view, "D01", None)), (1, Some(Status::Breached)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_holding_and_each_request_for_help_has_a_clock_and_a_breach_of_its_own() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = investigating(&docket).await;
        act(&docket, "head", &id, "approve_registration", json!({ "paper": "批4" })).await;
        act(&docket, "one", &id, "register_goods", json!({ "items": ["甲账册"] })).await;
        act(&docket, "one", &id, "settle_goods", json!({ "holding": 1 })).await;
        pass(&now, 1);
        for goods in ["乙账册", "丙账册"] {
            act(&docket, "one", &id, "register_goods", json!({ "items": [goods] })).await;
        }
        for asked in ["核实就诊", "核实购药"] {
            act(&docket, "one", &id, "ask_help", json!({ "of": "某县医保局", "asked": asked })).await;
        }
        act(&docket, "one", &id, "enter_help", json!({ "help": 1, "answer": "属实" })).await;
        let view = read(&docket, &id).await;
        let done_and_running = [Some(Status::DoneInTime), Some(Status::Running)];
        for limit in ["D07", "D09"] {
            assert_eq!([1, 2].map(|item| status(&view, limit, Some(item))), done_and_running, "{limit}");
        }
        assert!(view.clocks.iter().any(|clock| clock.title == "先行登记保存后的处理（第2份物品清单）"));
        // Seven working days for the goods, fifteen for the help: the first that is late hides no later one.
        pass(&now, 12);
        assert_eq!(turn(&docket).await, 2);
        pass(&now, 20);
        assert_eq!(turn(&docket).await, 1);
        let view = read(&docket, &id).await;
        assert_eq!(broken(&view), [("D07", Some(2)), ("D07", Some(3)), ("D09", Some(2))]);
        assert_eq!(view.heading.due, end(&view, "D07", Some(2)), "what is longest owed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sealed_is_extended_and_released_by_its_number() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = investigating(&docket).await;
        act(&docket, "head", &id, "approve_sealing", json!({ "paper": "批5" })).await;
        for goods in ["甲箱", "乙箱"] {
            act(&docket, "one", &id, "seal", json!({ "items": [goods] })).await;
        }
        let extend = |limit: &str| json!({ "input": "extend", "limit": limit, "extension": "seal-more" });
        assert_eq!(
            refused(does(&docket, "head", &id, "extend", extend("D08")).await),
            ["extension_allowed"],
            "of which?"
        );
        act(&docket, "head", &id, "extend", extend("D08#2")).await;
        act(&docket, "one", &id, "unseal", json!({ "holding": 1 })).await;
        let view = read(&docket, &id).await;
        assert_eq!(status(&view, "D08", Some(1)), Some(Status::DoneInTime));
        let longer = end(&view, "D08", Some(2)).zip(end(&view, "D08", Some(1)));
        assert_eq!(longer.map(|(second, first)| second - first), Some(30 * 86_400));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_self_check_is_due_by_the_day_that_was_set_or_counts_by_none() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let new = |due: Option<&str>| {
            json!({
                "machine": "self_check", "region": COUNTY, "source": "", "title": "自查自纠", "institution": "H99010100001", "act": "open",
                "input": { "input": "self_check", "institution": "H99010100001", "field": "骨科", "items": ["重复收费"], "due": due },
            })
        };
        let id = open(&docket, new(None)).await.id;
        assert_eq!(act(&docket, "lead", &id, "issue", json!({})).await.due, None);
        let view = read(&docket, &id).await;
        let state = clock(&view, "D69", None).expect("shown");
        assert_eq!(state.status, Status::NotStarted);
        assert!(state.refused[0].why.contains("未另定日期"), "it says why: {:?}", state.refused);

        let id = open(&docket, new(Some("2026-03-20"))).await.id;
        act(&docket, "lead", &id, "issue", json!({})).await;
        let view = read(&docket, &id).await;
        assert_eq!(clock(&view, "D69", None).and_then(|state| state.due).map(|due| due.to_string()).as_deref(), Some("2026-03-20 24:00"));
        assert_eq!(view.heading.due, end(&view, "D69", None));

        let stale = open(&docket, new(Some("2026-03-03"))).await.id;
        pass(&now, 30);
        let issue = json!({ "input": "nothing" });
        assert_eq!(refused(does(&docket, "lead", &stale, "issue", issue).await), ["check_due_ahead"]);
        assert_eq!(turn(&docket).await, 1);
        assert_eq!(broken(&read(&docket, &id).await), [("D69", None)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_from_the_police_is_decided_once() {
    let (now, clock_of_store) = turned();
    on_docket_at(clock_of_store, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let decision = || json!({ "loss": 200_000, "returned": 200_000 });
        let case = investigating(&docket).await;
        let transfer = received(&docket, &case).await;
        returned(&docket, &transfer).await;
        assert_eq!(status(&read(&docket, &transfer).await, "D48", None), Some(Status::Running));
        served(&docket, &case, decision()).await;
        let view = read(&docket, &transfer).await;
        assert_eq!((status(&view, "D48", None), view.heading.due), (Some(Status::DoneInTime), None));

        let case = investigating_of(&docket, "2026-01-30").await;
        let transfer = received(&docket, &case).await;
        served(&docket, &case, decision()).await;
        returned(&docket, &transfer).await;
        assert_eq!(status(&read(&docket, &transfer).await, "D48", None), None, "it was decided before");
    })
    .await;
}
