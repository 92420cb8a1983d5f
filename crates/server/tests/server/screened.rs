//! What screening found at an institution: for its own people, while a self-check waits for their answers, and for nobody else.

use crate::{
    client::Client,
    setup::{PASSWORD, Server, on_sqlite, unbounded},
    vault::act,
};
use serde_json::json;

const HERE: &str = "H33010000001";
const THERE: &str = "H33010000002";

/// Somebody of a hospital, made with it.
async fn handler(server: &Server, code: &str, number: u32) -> Client {
    let mut security = server.signed_in("security").await;
    let organisation = code.to_lowercase();
    let hospital = json!({
        "id": organisation, "title": "某医院", "region": "330100", "department": "institution", "fixmedins_code": code,
    });
    assert_eq!(security.post("/api/v1/organisations", &hospital).status, 201);
    let id = format!("hospital-{number}");
    let mut new = crate::accounts::account(&id, number, "handler");
    new["organisation"] = json!(organisation);
    assert_eq!(security.post("/api/v1/accounts", &new).status, 201);
    let mut client = server.signed_in(&id).await;
    let change = json!({ "old": "seven lamps by the lake", "new": PASSWORD });
    assert_eq!(client.write("PUT", "/api/v1/session/password", &change).status, 204);
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_sees_its_own_while_it_may_answer_and_nobody_else_does() {
    on_sqlite(unbounded, async |server| {
        let mut lead = server.employed("lead-1", 1, "team_lead").await;
        let (mut own, mut other) = (handler(server, HERE, 2).await, handler(server, THERE, 3).await);
        let check = json!({
            "machine": "self_check", "region": "330100", "source": "self_check", "title": "骨科领域自查自纠", "act": "open",
            "institution": HERE,
            "input": { "input": "self_check", "institution": HERE, "field": "骨科", "items": ["重复收费"], "variant": null },
        });
        let begun = lead.post("/api/v1/matters", &check);
        assert_eq!(begun.status, 201, "{begun:?}");
        let id = begun.json()["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/matters/{id}/screened");
        assert_eq!(own.get(&path).code(), "denied", "not before it was issued");

        act(&mut lead, &id, "issue", json!({ "input": "nothing" }));
        let seen = own.get(&path).json();
        assert_eq!(seen["as_of"], HERE, "the lake is asked for one's own institution: {seen}");
        assert_eq!(own.get(&format!("{path}?rule=institution/twice&page=2")).status, 200);
        assert_eq!(other.get(&path).code(), "not_found");
        assert_eq!(lead.get(&path).code(), "denied");
        let trail = server.running.app.store.trail_after(0).await.expect("the trail");
        let looked = trail.iter().map(|entry| &entry.record).filter(|record| record.act == "read_screened");
        let looked: Vec<_> =
            looked.map(|record| (record.who.account.as_str(), record.outcome.name())).collect();
        let expected = [
            ("hospital-2", "refused"),
            ("hospital-2", "read"),
            ("hospital-2", "read"),
            ("hospital-3", "refused"),
            ("lead-1", "refused"),
        ];
        assert_eq!(looked, expected);

        let answer = json!({ "input": "check_answer", "item": "重复收费", "found": false, "lines": 0, "amount": 0, "facts": "" });
        act(&mut own, &id, "answer_item", answer);
        act(&mut own, &id, "submit", json!({ "input": "nothing" }));
        assert_eq!(own.get(&path).code(), "denied", "not once it was answered");
    })
    .await;
}
