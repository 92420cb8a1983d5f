//! Decisions of cases: what the store knows of a clue's lines, of other cases and of a penalty's weight decides, not what the handler says.

use super::{
    COUNTY,
    around::{refused, turned},
    by, clue, does, on_docket_at,
};
use crate::docket::{Docket, NewMatter, Period};
use serde_json::{Value, json};

/// 100,000 yuan, from which on the nation's figures call an organisation's fine heavy.
const HEAVY: i64 = 10_000_000;

/// A case from a clue that knows its lines, announced and approved; its handler says that nothing is required.
async fn approved(docket: &Docket, id: &str, fine: i64) -> String {
    let mut seen = clue(id, fine);
    let line = json!({ "table": "fee", "key": ["S1", "1"], "role": "offending", "amount": fine });
    seen.origin = json!({ "run": "r-1", "end": "2025-12-31", "findings": [{ "message": "见到一行", "evidence": [line] }] });
    docket.push(by("lead"), vec![seen]).await.expect("pushed");
    let new = json!({
        "machine": "case", "region": COUNTY, "source": "screening", "title": "重复收费案", "parent": id.to_lowercase(), "act": "open",
        "institution": "H99010100001",
        "input": { "input": "open_case", "subject": "H99010100001", "clue": id.to_lowercase(), "violation_facts": "重复收费",
            "violation_ended": "2025-12-31", "grave": false, "own_jurisdiction": true },
    });
    let new: NewMatter = serde_json::from_value(new).expect("a matter");
    let case = docket.begin(by("lead"), new).await.expect("begun").id;
    let digest = "1".repeat(64);
    let approve = json!({ "input": "approve", "paper": "批1" });
    for (who, act, input) in [
        ("lead", "assign", json!({ "input": "officers", "accounts": ["one", "two"] })),
        ("head", "approve_filing", approve.clone()),
        ("lead", "file", json!({ "input": "nothing" })),
        (
            "one",
            "add_evidence",
            json!({ "input": "evidence", "kind": "electronic", "title": "结算明细", "origin": "outside", "sm3": digest, "sha256": digest,
                "source": "某医院提供" }),
        ),
        (
            "one",
            "conclude",
            json!({ "input": "conclude", "review_required": false, "discussion_required": false }),
        ),
        (
            "one",
            "notify",
            json!({ "input": "notice", "parts": ["facts", "reasons", "basis", "rights"], "fine": fine, "new_facts": false,
                "receipt": "回证1" }),
        ),
        ("one", "enter_statement", json!({ "input": "statement", "what": "waived" })),
        ("head", "approve_decision", approve),
    ] {
        does(docket, who, &case, act, input).await.unwrap_or_else(|error| panic!("{who} {act}: {error:?}"));
    }
    case
}

fn penalty(fine: i64, lines: &[&str]) -> Value {
    let proposal = json!({ "loss": fine, "returned": fine, "fined": fine, "damages": 0, "refused": 0 });
    json!({ "input": "decide", "kind": "penalty", "items": [["M05", proposal]], "lines": lines })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_who_asks_for_nothing_does_not_spare_a_heavy_penalty_its_review_and_discussion() {
    let (_, clock) = turned();
    on_docket_at(clock, async |docket| {
        let case = approved(&docket, "C0a", HEAVY).await;
        let answer = does(&docket, "one", &case, "decide", penalty(HEAVY, &[])).await;
        assert_eq!(refused(answer), ["heavy_reviewed", "heavy_discussed", "lines_named"]);
        // The county has nobody who reviews yet.
        let mut conn = docket.store.by_hand().await;
        sqlx::query("UPDATE account SET role = 'legal_reviewer' WHERE id = 'auditor'")
            .execute(&mut conn)
            .await
            .expect("named");
        drop(conn);
        let review = json!({ "input": "review", "passed": true, "opinion": "事实清楚" });
        does(&docket, "auditor", &case, "review_before_decision", review).await.expect("reviewed");
        let answer = does(&docket, "one", &case, "decide", penalty(HEAVY, &["l-1"])).await;
        assert_eq!(refused(answer), ["heavy_discussed"]);
        let opinions = json!({ "input": "discuss", "opinions": [["head", "同意"], ["lead", "同意"]], "conclusion": "同意处罚" });
        does(&docket, "head", &case, "discuss", opinions).await.expect("discussed");
        let decided = does(&docket, "one", &case, "decide", penalty(HEAVY, &["l-1"])).await.expect("decided");
        assert_eq!(decided.state, "decided");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_punished_counts_no_line_and_no_penalty() {
    let (_, clock) = turned();
    on_docket_at(clock, async |docket| {
        let penalised = async || {
            let quarter = Period::quarter("2026Q1").expect("a quarter");
            let figures = docket.figures(by("lead"), COUNTY, quarter).await.expect("counted");
            figures.iter().filter_map(|region| region.figures.get("penalised")).sum::<i64>()
        };
        let write = || json!({ "input": "write_decision" });
        let (first, second) =
            (approved(&docket, "C0a", 200_000).await, approved(&docket, "C0b", 200_000).await);
        does(&docket, "one", &first, "decide", penalty(200_000, &["l-1"])).await.expect("decided");
        let answer = does(&docket, "one", &second, "decide", penalty(200_000, &["l-1"])).await;
        assert_eq!(refused(answer), ["lines_counted_once"]);
        let decide = |lines: &[&str]| json!({ "input": "decide", "kind": "not_established", "items": [], "lines": lines });
        let answer = does(&docket, "one", &second, "decide", decide(&["l-2"])).await;
        assert_eq!(refused(answer), ["decision_of_kind"]);
        does(&docket, "one", &second, "decide", decide(&[])).await.expect("decided");
        does(&docket, "one", &second, "write_decision", write()).await.expect("written");
        assert_eq!(penalised().await, 0, "nobody was punished yet");
        does(&docket, "one", &first, "write_decision", write()).await.expect("written");
        assert_eq!(penalised().await, 1);
    })
    .await;
}
