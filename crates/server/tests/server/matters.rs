//! Matters over the wire: a run's clues come in, are worked on under version and key, listed and taken out; nobody else's are seen.

use crate::setup::{Server, on_both};
use crate::{accounts::account, client::Client};
use serde_json::{Value, json};

/// A lead of the bureau, ready to work.
pub async fn lead(server: &Server) -> Client {
    let mut security = server.signed_in("security").await;
    let made = security.post("/api/v1/accounts", &account("lead-1", 1, "team_lead"));
    assert_eq!(made.status, 201, "{made:?}");
    server.first_time("lead-1").await
}

pub fn clue(id: &str, title: &str) -> Value {
    json!({
        "id": id, "title": title, "region": "330100", "subject_kind": "institution", "subject": "H33010000001",
        "institution": "H33010000001", "amount": 120_000, "severity": 2, "score": 55, "grade": 2,
        "origin": { "run": "r-1", "findings": [{ "message": "见到三行" }] },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clue_of_a_run_is_worked_on_from_its_arrival_to_the_answer() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let clues = json!({ "clues": [clue("C0a", "重复收费"), clue("C0b", "=HYPERLINK(1)")] });
            let pushed = lead.post("/api/v1/clues", &clues);
            assert_eq!((pushed.status, &pushed.json()["begun"]), (200, &json!(2)), "{pushed:?}");
            assert_eq!(lead.post("/api/v1/clues", &clues).json()["same"], 2, "told twice, in once");

            let page = lead.get("/api/v1/matters?machine=clue&sort=amount&descending=true&size=1").json();
            assert_eq!((&page["total"], page["items"].as_array().map(Vec::len)), (&json!(2), Some(1)));
            assert_eq!(lead.get("/api/v1/matters?q=重复").json()["total"], 1);
            assert_eq!(lead.get("/api/v1/matters?colour=red").json()["field"], "colour");
            let counts = lead.get("/api/v1/matters/counts?by=state").json();
            assert_eq!((&counts[0]["value"], &counts[0]["amount"]), (&json!("received"), &json!(240_000)));
            assert_eq!(lead.get("/api/v1/matters/counts?by=facts").json()["field"], "by");

            let export = lead.get("/api/v1/matters/export?machine=clue");
            assert!(export.body.starts_with("\u{feff}导出人 lead-1"), "{export:?}");
            assert!(export.body.contains(",'=HYPERLINK(1),"), "no formula leaves the house: {export:?}");
            let line = export.body.lines().find(|line| line.starts_with("c0a,")).expect("the clue");
            assert!(line.starts_with("c0a,线索,已接收,"), "in words: {line}");
            assert!(line.contains(",大数据筛查,"), "{line}");

            let matter = lead.get("/api/v1/matters/c0a").json();
            assert_eq!(matter["heading"]["state"], "received");
            assert_eq!(matter["origin"]["run"], "r-1");
            let acts = matter["acts"].as_array().expect("acts");
            let open: Vec<_> = acts.iter().filter(|act| act["open"] == true).map(|act| &act["id"]).collect();
            assert!(open.contains(&&json!("register")) && !open.contains(&&json!("close")), "{open:?}");

            let mut new = json!({
                "machine": "clue", "region": "330100", "source": "complaint", "title": "群众反映重复收费", "act": "open",
                "input": { "input": "open_clue", "source": "complaint", "subject": "H33010000001", "key": "k-1", "amount": 100,
                    "severity": 1, "grade": 3 },
            });
            let begun = lead.post("/api/v1/matters", &new);
            assert_eq!((begun.status, &begun.json()["state"]), (201, &json!("received")), "{begun:?}");
            new["colour"] = json!("red");
            assert_eq!(lead.post("/api/v1/matters", &new).json()["field"], "colour", "nothing unknown is taken");

            let act = "/api/v1/matters/c0a/acts/register";
            assert_eq!(lead.post(act, &json!({ "reason": "登记" })).code(), "no_version");
            let done = lead.post(act, &json!({ "version": 1, "reason": "登记" }));
            assert_eq!((done.status, &done.json()["state"]), (200, &json!("registered")), "{done:?}");
            let late = lead.post(act, &json!({ "version": 1, "reason": "登记" }));
            assert_eq!(
                (late.status, late.code().as_str(), &late.json()["version"]),
                (409, "conflict", &json!(2))
            );
            let refused = lead.post("/api/v1/matters/c0a/acts/close", &json!({ "version": 2, "reason": "" }));
            assert_eq!((refused.status, refused.code().as_str()), (422, "refused"), "{refused:?}");
            assert!(refused.json()["guards"].as_array().is_some_and(|guards| !guards.is_empty()));
            let wrong =
                json!({ "version": 2, "input": { "input": "dispatch", "to": "330101", "due": "soon" } });
            assert_eq!(lead.post("/api/v1/matters/c0a/acts/dispatch", &wrong).json()["field"], "input");

            let past = lead.get("/api/v1/matters/c0a/history").json();
            let told: Vec<_> = past["items"].as_array().expect("acts").iter().map(|act| (&act["title"], &act["refused"])).collect();
            assert_eq!(told[0], (&json!("办结"), &json!(true)), "{past}");
            assert!(told.contains(&(&json!("登记"), &json!(false))), "{past}");
            assert!(!past.to_string().contains("read"), "who looked at it is the auditor's to know: {past}");
            assert_eq!(server.signed_in("auditor").await.get("/api/v1/matters/c0a/history").status, 404);

            assert_eq!(lead.get("/api/v1/matters/c%30a").code(), "not_found", "no other spelling means it");
            let mut auditor = server.signed_in("auditor").await;
            assert_eq!(auditor.get("/api/v1/matters/c0a").status, 404);
            assert_eq!(auditor.get("/api/v1/matters").json()["total"], 0);
            assert_eq!(server.nobody().get("/api/v1/matters").code(), "signed_out");
            let machines = lead.get("/api/v1/machines").json();
            assert!(machines.as_array().is_some_and(|machines| machines.len() > 10));
        },
    )
    .await;
}
