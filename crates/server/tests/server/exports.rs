//! Exports of personal data: two people, one download within its time, a mark, and no formula.

use crate::{
    setup::{hand_clock, on_both_by},
    vault::{act, begin},
};
use mingcha_model::Time;
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

#[tokio::test(flavor = "multi_thread")]
async fn one_asks_another_approves_and_it_is_taken_once() {
    let instant = Arc::new(AtomicI64::new(Time::parse("2026-03-02 09:00:00").expect("a time").0));
    on_both_by(
        hand_clock(&instant),
        |config| config.export_hours = 1,
        async |server| {
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let mut head = server.employed("head-1", 2, "head").await;
            let mut twin = server.employed("head-2", 1, "head").await;
            let mut handler = server.employed("handler-1", 4, "handler").await;
            let clue = json!({ "input": "open_clue", "source": "complaint", "subject": "H33010000001", "key": "k-1", "amount": 100,
                "severity": 1, "grade": 3 });
            let id = begin(&mut lead, "clue", None, &clue);
            let person = json!({ "input": "add_person", "role": "insured", "name": "=乙丑某", "phone": "19900005678" });
            act(&mut lead, &id, "add_person", person);
            let foreign = begin(&mut handler, "clue", None, &clue);
            assert_ne!(id, foreign);

            let asked = json!({ "query": { "machine": "clue" }, "purpose": "逐人核查" });
            assert_eq!(handler.post("/api/v1/exports", &json!({ "purpose": "19900005678" })).json()["field"], "purpose");
            let export = lead.post("/api/v1/exports", &asked);
            assert_eq!((export.status, &export.json()["state"]), (201, &json!("asked")), "{export:?}");
            let path = format!("/api/v1/exports/{}", export.json()["id"].as_str().expect("an id"));
            let (approve, download) = (format!("{path}/approve"), format!("{path}/download"));
            let why = json!({ "why": "确有需要" });
            let guard = |reply: crate::client::Reply| reply.json()["guards"][0]["code"].as_str().map(str::to_owned);
            assert_eq!(guard(lead.post(&download, &json!({}))).as_deref(), Some("export_not_approved"));
            assert_eq!(lead.post(&approve, &why).code(), "denied", "a lead approves nothing");
            assert_eq!(guard(twin.post(&approve, &why)).as_deref(), Some("export_same_person"), "another account of the asker");
            let approved = head.post(&approve, &why);
            assert_eq!((approved.status, &approved.json()["state"]), (200, &json!("approved")), "{approved:?}");
            assert_eq!(guard(head.post(&approve, &why)).as_deref(), Some("export_state"));
            assert_eq!(head.post(&download, &json!({})).code(), "not_found", "who approved takes nothing");

            let later = instant.fetch_add(3600, Ordering::Relaxed) + 3600;
            let (mut lead, mut head) = (server.signed_in("lead-1").await, server.signed_in("head-1").await);
            assert_eq!(guard(lead.post(&download, &json!({}))).as_deref(), Some("export_expired"));

            let export = lead.post("/api/v1/exports", &asked).json();
            let path = format!("/api/v1/exports/{}", export["id"].as_str().expect("an id"));
            assert_eq!(head.post(&format!("{path}/approve"), &why).status, 200);
            let taken = lead.post(&format!("{path}/download"), &json!({}));
            assert_eq!(taken.status, 200, "{taken:?}");
            assert!(taken.body.starts_with(&format!("\u{feff}明察 导出人 lead-1（330100-yb） {} 记录号 ", Time(later))), "{taken:?}");
            assert!(taken.body.contains(&format!("{id},群众反映挂床住院,参保人,'=乙丑某,,19900005678,,")), "{taken:?}");
            assert_eq!(guard(lead.post(&format!("{path}/download"), &json!({}))).as_deref(), Some("export_state"), "once");

            let entries = server.running.app.store.trail_after(0).await.expect("the trail");
            let record = entries.iter().find(|entry| entry.record.act == "take_export" && entry.record.outcome.name() == "done");
            let record = &record.expect("recorded").record;
            assert!(taken.body.contains(&format!("记录号 {} ", record.seq)), "the mark leads to the record");
            let all = head.get("/api/v1/exports").json();
            assert_eq!((all.as_array().map(Vec::len), &all[0]["state"], &all[0]["rows"]), (Some(2), &json!("taken"), &json!(1)));
            let mut auditor = server.signed_in("auditor").await;
            assert_eq!(auditor.post("/api/v1/exports", &asked).code(), "denied");
            assert_eq!(auditor.get("/api/v1/exports").json(), json!([]));
        },
    )
    .await;
}
