//! Cases through the docket: one violation makes one case, a review that says no sends it back, goods end by their own act, and nothing of the
//! enforcement begins before its time.

use super::{
    COUNTY,
    around::{begin, pass, refused, turned},
    by, clue, does, on_docket_at,
};
use crate::{
    clock::Status,
    docket::{Acted, Docket, NewMatter},
    store::Error,
};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

fn nothing() -> Value {
    json!({ "input": "nothing" })
}

fn approval() -> Value {
    json!({ "input": "approve", "paper": "批〔2026〕1号" })
}

/// A case against somebody, from a clue or none.
fn case(subject: &str, clue: Option<&str>) -> Value {
    json!({
        "machine": "case", "region": COUNTY, "source": "screening", "title": "重复收费", "subject_kind": "institution", "subject": subject,
        "act": "open",
        "input": { "input": "open_case", "subject": subject, "clue": clue, "violation_facts": "重复收费", "violation_ended": "2025-12-31",
            "grave": false, "own_jurisdiction": true },
    })
}

async fn open(docket: &Docket, new: &Value) -> Result<Acted, Error> {
    docket.begin(by("lead"), serde_json::from_value::<NewMatter>(new.clone()).expect("a matter")).await
}

/// A case against somebody that two officers investigate, with a piece of evidence.
pub(super) async fn investigated(docket: &Docket, subject: &str) -> String {
    let id = open(docket, &case(subject, None)).await.expect("opened").id;
    let evidence = json!({
        "input": "evidence", "kind": "electronic", "title": "结算明细", "origin": "outside", "sm3": "1".repeat(64), "sha256": "2".repeat(64),
        "source": "某医院提供",
    });
    for (who, act, input) in [
        ("lead", "assign", json!({ "input": "officers", "accounts": ["one", "two"] })),
        ("head", "approve_filing", approval()),
        ("lead", "file", nothing()),
        ("one", "add_evidence", evidence),
    ] {
        does(docket, who, &id, act, input).await.unwrap_or_else(|error| panic!("{act}: {error:?}"));
    }
    id
}

fn concluded(review: bool) -> Value {
    json!({ "input": "conclude", "review_required": review, "discussion_required": false })
}

fn notice() -> Value {
    json!({
        "input": "notice", "parts": ["facts", "reasons", "basis", "rights"], "fine": 200_000, "new_facts": false, "receipt": "回证1",
    })
}

/// Carries a case that is investigated up to the decision.
pub(super) async fn notified(docket: &Docket, id: &str) {
    for (who, act, input) in [
        ("one", "conclude", concluded(false)),
        ("one", "notify", notice()),
        ("one", "enter_statement", json!({ "input": "statement", "what": "waived" })),
        ("head", "approve_decision", approval()),
    ] {
        does(docket, who, id, act, input).await.unwrap_or_else(|error| panic!("{act}: {error:?}"));
    }
}

/// A fine, and one line that no other case counts.
pub(super) fn decision(line: &str) -> Value {
    let proposal = json!({ "loss": 200_000, "returned": 200_000, "fined": 200_000 });
    json!({ "input": "decide", "kind": "penalty", "items": [["M05", proposal]], "lines": [line] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_click_makes_no_second_case_with_a_clue_or_without() {
    let (_, clock) = turned();
    on_docket_at(clock, async |docket| {
        let twice = async |new: &Value| {
            let first = open(&docket, new).await.expect("opened").id;
            assert_eq!(refused(open(&docket, new).await), ["not_filed_twice"], "{new}");
            first
        };
        twice(&case("H1", None)).await;
        let mut later = case("H1", None);
        later["input"]["violation_ended"] = json!("2025-11-30");
        twice(&later).await;
        // Whom it is about may stand in the input alone.
        let mut unsaid = case("H2", None);
        unsaid["subject"] = json!("");
        let id = twice(&unsaid).await;
        assert_eq!(docket.read(by("lead"), &id).await.expect("read").heading.subject, "H2");
        // A person has another token in every matter.
        let mut person = case("合成某甲", None);
        person["subject_kind"] = json!("person");
        twice(&person).await;
        docket.push(by("lead"), vec![clue("C0a", 1_000), clue("C0b", 1_000)]).await.expect("pushed");
        let id = twice(&case("H1", Some("c0a"))).await;
        assert_eq!(docket.read(by("lead"), &id).await.expect("read").heading.parent.as_deref(), Some("c0a"));
        let mut grown = case("H1", None);
        grown["parent"] = json!("c0a");
        assert_eq!(refused(open(&docket, &grown).await), ["not_filed_twice"], "named or grown out of");
        // Another clue is another cause, and what was dropped may be filed after all.
        twice(&case("H1", Some("c0b"))).await;
        does(&docket, "head", &id, "drop", nothing()).await.expect("dropped");
        twice(&grown).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_are_registered_and_goods_that_are_sealed_end_by_acts_of_their_own() {
    let (_, clock) = turned();
    on_docket_at(clock, async |docket| {
        let id = investigated(&docket, "H1").await;
        for (who, act, input) in [
            ("head", "approve_registration", approval()),
            ("one", "register_goods", json!({ "input": "register_goods", "items": ["账册一本"] })),
            ("head", "approve_sealing", approval()),
            ("one", "seal", json!({ "input": "seal_goods", "items": ["病历一箱"] })),
        ] {
            does(&docket, who, &id, act, input).await.unwrap_or_else(|error| panic!("{act}: {error:?}"));
        }
        let settle = async |act: &str, holding: u32| {
            does(&docket, "one", &id, act, json!({ "input": "settle_goods", "holding": holding })).await
        };
        assert_eq!(refused(settle("settle_goods", 2).await), ["goods_open"]);
        assert_eq!(refused(settle("unseal", 1).await), ["seal_open"]);
        settle("settle_goods", 1).await.expect("registered");
        settle("unseal", 2).await.expect("sealed");
        assert_eq!(refused(settle("settle_goods", 1).await), ["goods_open"], "once");
        assert_eq!(refused(settle("unseal", 2).await), ["seal_open"], "once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_that_says_no_stands_and_sends_the_case_back_for_evidence() {
    let (now, clock) = turned();
    on_docket_at(clock, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = investigated(&docket, "H1").await;
        let review =
            |passed: bool, opinion: &str| json!({ "input": "review", "passed": passed, "opinion": opinion });
        let status = async || {
            let clocks = docket.read(by("lead"), &id).await.expect("read").clocks;
            clocks.into_iter().find(|clock| clock.limit == "D11").expect("a clock").state.status
        };
        does(&docket, "one", &id, "conclude", concluded(true)).await.expect("concluded");
        assert_eq!(
            refused(does(&docket, "lead", &id, "review", review(false, "")).await),
            ["review_explained"]
        );
        let no = does(&docket, "lead", &id, "review", review(false, "证据不足")).await.expect("an opinion");
        assert_eq!((no.state.as_str(), status().await), ("reviewed", Status::DoneInTime));
        assert_eq!(refused(does(&docket, "one", &id, "notify", notice()).await), ["review_passed"]);
        let back = does(&docket, "lead", &id, "reinvestigate", nothing()).await.expect("back");
        assert_eq!(back.state, "investigating");
        pass(&now, 1);
        // Concluding anew without a review does not get round the opinion.
        does(&docket, "one", &id, "conclude", concluded(false)).await.expect("concluded again");
        assert_eq!(status().await, Status::Running, "ten days of its own");
        assert_eq!(docket.read(by("lead"), &id).await.expect("read").heading.waiting_for, "reviewer");
        assert_eq!(refused(does(&docket, "one", &id, "notify", notice()).await), ["review_passed"]);
        does(&docket, "lead", &id, "review", review(true, "同意")).await.expect("reviewed");
        does(&docket, "one", &id, "notify", notice()).await.expect("notified");
        let facts = docket.read(by("lead"), &id).await.expect("read").facts;
        assert_eq!(facts["review"]["earlier"][0]["opinion"], json!("证据不足"), "{}", facts["review"]);
        assert_eq!(facts["review"]["opinion"], json!("同意"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_reminded_before_the_day_and_no_court_is_asked_before_the_remedies_are_over() {
    let (now, clock) = turned();
    on_docket_at(clock, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let id = investigated(&docket, "H1").await;
        notified(&docket, &id).await;
        for (act, input) in [
            ("decide", decision("l1")),
            ("write_decision", json!({ "input": "write_decision" })),
            ("serve", json!({ "input": "serve", "receipt": "回证2" })),
        ] {
            does(&docket, "one", &id, act, input).await.unwrap_or_else(|error| panic!("{act}: {error:?}"));
        }
        let lead = async |act: &str| does(&docket, "lead", &id, act, nothing()).await;
        assert_eq!(refused(lead("remind").await), ["performance_overdue"]);
        pass(&now, 16);
        lead("remind").await.expect("fifteen days are over");
        pass(&now, 20);
        assert_eq!(refused(lead("ask_court").await), ["court_time_begun"], "not over, but not begun");
        pass(&now, 200);
        lead("expire_remedy").await.expect("six months are over");
        assert_eq!(refused(lead("expire_remedy").await), ["remedy_unconfirmed"], "confirmed once");
        lead("ask_court").await.expect("in time");
        assert_eq!(refused(lead("ask_court").await), ["court_in_time"], "asked already");
    })
    .await;
}
