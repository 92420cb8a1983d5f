//! What makes daily work shorter, over the wire: counts by what a meeting asks for, one act on many matters, officers, saved views.

use crate::{matters::clue, setup::on_both};
use serde_json::{Value, json};

fn of_rule(id: &str, rule: &str, severity: u32, covers: &[&str]) -> Value {
    let mut clue = clue(id, "重复收费");
    clue["severity"] = json!(severity);
    clue["origin"] = json!({ "run": "r-1", "rule": rule, "findings": [], "about": { "covers": covers } });
    clue
}

fn counted(counts: &Value) -> Vec<(&str, i64)> {
    let rows = counts.as_array().expect("rows").iter();
    rows.map(|row| (row["value"].as_str().expect("a value"), row["count"].as_i64().expect("a count")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn clues_are_counted_by_rule_severity_item_and_month_and_dealt_with_together() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let clues = [
                of_rule("C0a", "institution/often", 2, &["N1", "N2"]),
                of_rule("C0b", "institution/often", 2, &["N1"]),
                of_rule("C0c", "insured/twice", 3, &[]),
            ];
            assert_eq!(lead.post("/api/v1/clues", &json!({ "clues": clues })).json()["begun"], 3);
            assert_eq!(lead.get("/api/v1/matters/c0a").json()["team"], json!([]), "nobody's own yet");
            let of = |client: &mut crate::client::Client, query: &str| {
                client.get(&format!("/api/v1/matters/counts?machine=clue&{query}")).json()
            };
            let by_rule = of(&mut lead, "by=rule");
            assert_eq!(counted(&by_rule), [("institution/often", 2), ("insured/twice", 1)]);
            assert_eq!((&by_rule[0]["found"], &by_rule[0]["recovered"]), (&json!(0), &json!(0)));
            assert_eq!(counted(&of(&mut lead, "by=severity")), [("2", 2), ("3", 1)]);
            assert_eq!(counted(&of(&mut lead, "by=covers")), [("N1", 2), ("N2", 1)]);
            assert_eq!(counted(&of(&mut lead, "by=institution&covers=N2")), [("H33010000001", 1)]);
            let months = of(&mut lead, "by=month");
            let month = months[0]["value"].as_str().expect("a month");
            assert!(month.len() == 7 && month.starts_with("20") && counted(&months)[0].1 == 3, "{months}");
            assert_eq!(counted(&of(&mut lead, "by=state&begun_to=1000")), []);
            let listed = |query: &str| format!("/api/v1/matters?machine=clue&{query}");
            assert_eq!(lead.get(&listed("rule=insured/twice")).json()["total"], 1);
            assert_eq!(lead.get(&listed("subject_kind=institution&severity=2")).json()["total"], 2);
            assert_eq!(lead.get(&listed("handed_to_me=true")).json()["total"], 0);

            let items = json!([{ "id": "c0a", "version": 1 }, { "id": "c0b", "version": 9 }, { "id": "c0d", "version": 1 }]);
            let acts = json!({ "act": "register", "reason": "登记", "items": items });
            let handled = lead.post("/api/v1/matters/acts", &acts).json();
            assert_eq!((&handled[0]["done"], &handled[0]["state"]), (&json!(true), &json!("registered")));
            assert_eq!((&handled[1]["done"], &handled[1]["refused"]["code"]), (&json!(false), &json!("conflict")));
            assert_eq!(handled[2]["refused"]["code"], "not_found");
            assert_eq!(lead.get("/api/v1/matters?waiting_for=others").json()["total"], 0);
            answered(&mut lead);
            for (whom, total) in [("others", 1), ("another", 1), ("head,another", 1), ("head", 0)] {
                let listed = lead.get(&format!("/api/v1/matters?waiting_for={whom}")).json();
                assert_eq!(listed["total"], total, "an answer waits for a second person: {whom} {listed}");
            }
            let by_rule = of(&mut lead, "by=rule");
            assert_eq!((&by_rule[0]["found"], &by_rule[0]["ended"]), (&json!(70_000), &json!(0)), "{by_rule}");
        },
    )
    .await;
}

/// Answers the first clue.
fn answered(lead: &mut crate::client::Client) {
    for act in ["verify", "answer"] {
        let version = lead.get("/api/v1/matters/c0a").json()["heading"]["version"].clone();
        let input = match act {
            "answer" => json!({
                "input": "answer", "outcome": "confirmed", "facts": "逐笔核对属实", "found": 70_000, "steps": ["returned"],
                "attachments": [],
            }),
            _ => json!({ "input": "nothing" }),
        };
        let body = json!({ "version": version, "reason": "核查", "input": input });
        let done = lead.post(&format!("/api/v1/matters/c0a/acts/{act}"), &body);
        assert_eq!(done.status, 200, "{act}: {done:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn officers_are_chosen_views_are_kept_and_nobody_unknown_steps_back() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            server.employed("handler-1", 2, "handler").await;
            let officers = lead.get("/api/v1/officers").json();
            let accounts: Vec<_> = officers.as_array().expect("officers").iter().map(|one| &one["account"]).collect();
            assert_eq!(accounts, [&json!("handler-1"), &json!("lead-1")], "nobody who does not work on matters");
            assert_eq!(officers[0]["certified"], false);
            assert_eq!(lead.get("/api/v1/officers?organisation=110000-yb").status, 404);
            assert_eq!(server.signed_in("auditor").await.get("/api/v1/officers").status, 404);
            assert_eq!(lead.get("/api/v1/regions").json()[0]["code"], "330100");

            assert_eq!(lead.get("/api/v1/views/clues").json()["body"], Value::Null);
            let kept = json!({ "body": { "高风险": { "grade": "high" } } });
            assert_eq!(lead.write("PUT", "/api/v1/views/clues", &kept).status, 200);
            assert_eq!(lead.get("/api/v1/views/clues").json()["body"], kept["body"]);
            let mut handler = server.signed_in("handler-1").await;
            assert_eq!(handler.get("/api/v1/views/clues").json()["body"], Value::Null, "one's own alone");
            let personal = json!({ "body": { "q": crate::accounts::certno(7) } });
            assert_eq!(lead.write("PUT", "/api/v1/views/clues", &personal).status, 422);

            lead.post("/api/v1/clues", &json!({ "clues": [clue("C0a", "重复收费")] }));
            let case = lead.post("/api/v1/matters", &case_of("c0a"));
            assert_eq!(case.status, 201, "{case:?}");
            let case = case.json()["id"].as_str().expect("an id").to_owned();
            let path = format!("/api/v1/matters/{case}");
            assert_eq!(lead.get(&path).json()["heading"]["amount"], 120_000, "the clue's money goes with it");
            let waiting = "/api/v1/matters?machine=case&waiting_for=head";
            assert_eq!(lead.get(waiting).json()["items"][0]["id"], json!(case), "a proposed case waits for its approval");
            let recuse = |account: &str| {
                json!({ "version": 1, "reason": "亲属", "input": { "input": "recuse", "account": account } })
            };
            let unknown = lead.post(&format!("{path}/acts/recuse"), &recuse("nobody"));
            assert_eq!((unknown.status, &unknown.json()["field"]), (422, &json!("account")), "{unknown:?}");
            assert_eq!(lead.post(&format!("{path}/acts/recuse"), &recuse("handler-1")).status, 200);
            let mut head = server.employed("head-1", 3, "head").await;
            let approve = json!({ "version": 2, "reason": "符合条件", "input": { "input": "approve", "paper": "批2026-1" } });
            let approved = head.post(&format!("{path}/acts/approve-filing"), &approve);
            assert_eq!((approved.status, &approved.json()["state"]), (200, &json!("proposed")), "{approved:?}");
            assert_eq!(lead.get(waiting).json()["total"], 0, "approved, it lies with its officers again");
            let machines = lead.get("/api/v1/machines").json();
            let clue = machines.as_array().expect("machines").iter().find(|one| one["id"] == "clue").expect("clues");
            let open = clue["acts"].as_array().expect("acts").iter().find(|act| act["id"] == "open").expect("open");
            assert_eq!(open["departments"], json!(["insurance", "agency"]));
        },
    )
    .await;
}

fn case_of(clue: &str) -> Value {
    json!({
        "machine": "case", "region": "330100", "source": "screening", "title": "重复收费案", "act": "open", "reason": "查实",
        "subject_kind": "institution", "subject": "H33010000001", "institution": "H33010000001", "parent": clue,
        "input": { "input": "open_case", "subject": "H33010000001", "violation_facts": "同日重复收费", "clue": clue,
            "violation_ended": "2026-01-31", "own_jurisdiction": true, "grave": false },
    })
}
