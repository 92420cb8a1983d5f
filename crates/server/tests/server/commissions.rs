//! Commissioned third parties over the wire: what the letter names, of the bureau that gave it, for its time, and not a day longer.

use crate::{
    accounts::account,
    client::Client,
    setup::{PASSWORD, Server, hand_clock, on_both_by},
    vault::begin,
};
use mingcha_model::{Date, Time};
use serde_json::{Value, json};
use std::sync::{Arc, atomic::AtomicI64, atomic::Ordering};

async fn third_party(server: &Server, id: &str, number: u32) -> Client {
    let mut security = server.signed_in("security").await;
    let body = json!({ "id": "330100-kj", "title": "某会计师事务所", "region": "330100", "department": "third_party" });
    assert!([201, 409].contains(&security.post("/api/v1/organisations", &body).status));
    let mut new = account(id, number, "handler");
    new["organisation"] = json!("330100-kj");
    assert_eq!(security.post("/api/v1/accounts", &new).status, 201);
    new["id"] = json!("other");
    new["commission"] =
        json!({ "matters": ["x"], "institutions": [], "from": "2026-01-01", "to": "2030-01-01" });
    assert_eq!(
        security.post("/api/v1/accounts", &new).json()["field"],
        "commission",
        "no administrator gives one"
    );
    let mut client = server.signed_in(id).await;
    let change = json!({ "old": "seven lamps by the lake", "new": PASSWORD });
    assert_eq!(client.write("PUT", "/api/v1/session/password", &change).status, 204);
    client
}

fn clue(key: &str) -> Value {
    json!({ "input": "open_clue", "source": "complaint", "subject": "H33010000001", "key": key, "amount": 100, "severity": 1, "grade": 3 })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_party_sees_what_its_commission_names_and_only_while_it_runs() {
    let instant = Arc::new(AtomicI64::new(Time::parse("2026-03-02 09:00:00").expect("a time").0));
    on_both_by(
        hand_clock(&instant),
        |_| (),
        async |server| {
            let day = |days: i32| Date(Time(instant.load(Ordering::Relaxed)).date().0 + days);
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let mut head = server.employed("head-1", 2, "head").await;
            let mut firm = third_party(server, "firm-1", 3).await;
            let named = begin(&mut lead, "clue", None, &clue("k-1"));
            let other = begin(&mut lead, "clue", None, &clue("k-2"));
            let path = |id: &str| format!("/api/v1/matters/{id}");
            assert_eq!(firm.get(&path(&named)).code(), "not_found");

            let version = |head: &mut Client| {
                let list = head.get("/api/v1/commissions").json();
                let own = list["items"].as_array().expect("a list").iter().find(|item| item["account"] == "firm-1");
                own.expect("listed")["version"].clone()
            };
            let give = "/api/v1/accounts/firm-1/commission";
            let letter = |version: Value, matters: Value, from: Date, to: Date| {
                json!({ "version": version, "matters": matters, "institutions": [], "from": from.to_string(), "to": to.to_string(), "why": "委〔2026〕1号" })
            };
            let now = version(&mut head);
            assert_eq!(lead.write("PUT", give, &letter(now.clone(), json!([named]), day(0), day(9))).code(), "denied");
            assert_eq!(lead.get("/api/v1/commissions").code(), "denied");
            assert_eq!(firm.write("PUT", give, &letter(now.clone(), json!([named]), day(0), day(9))).code(), "denied");
            for (field, matters, from, to) in [
                ("matters", json!([named, "clue-of-nobody"]), day(0), day(9)),
                ("matters", json!([]), day(0), day(9)),
                ("to", json!([named]), day(5), day(4)),
                ("to", json!([named]), day(-9), day(-1)),
            ] {
                let refused = head.write("PUT", give, &letter(now.clone(), matters, from, to));
                assert_eq!(refused.json()["field"], field, "{refused:?}");
            }
            let given = head.write("PUT", give, &letter(now.clone(), json!([named]), day(1), day(3)));
            assert_eq!(given.status, 200, "{given:?}");
            assert_eq!(given.json()["commission"]["by"], "330100-yb");
            assert_eq!(head.write("PUT", give, &letter(now, json!([named]), day(1), day(3))).code(), "conflict");
            assert_eq!(firm.get("/api/v1/session").code(), "signed_out", "its sessions ended with the change");

            let sees = async |days: i64| {
                instant.fetch_add(days * 86_400, Ordering::Relaxed);
                let mut firm = server.signed_in("firm-1").await;
                let listed = firm.get("/api/v1/matters?machine=clue").json()["items"].as_array().map(Vec::len);
                (firm.get(&path(&named)).status, firm.get(&path(&other)).status, listed)
            };
            assert_eq!(sees(0).await, (404, 404, Some(0)), "the day before");
            assert_eq!(sees(1).await, (200, 404, Some(1)), "the first day");
            let mut firm = server.signed_in("firm-1").await;
            for refused in [
                firm.get("/api/v1/matters/export?machine=clue&format=csv"),
                firm.post(&format!("{}/met-deliveries", path(&named)), &json!({ "kinds": [], "purpose": "check_clue", "why": "核实" })),
                firm.post("/api/v1/vault/open", &json!({ "matter": named, "tokens": ["0".repeat(32)], "purpose": "核实" })),
            ] {
                assert!(refused.status >= 400 || !refused.body.contains(&named), "{refused:?}");
            }
            assert_eq!(sees(2).await, (200, 404, Some(1)), "the last day");
            assert_eq!(sees(1).await, (404, 404, Some(0)), "the day after");

            // Of an institution; changed to it, and ended at once.
            let mut head = server.signed_in("head-1").await;
            let mut of_institution = letter(version(&mut head), json!([]), day(0), day(30));
            of_institution["institutions"] = json!(["H33010000001"]);
            let changed = head.write("PUT", give, &of_institution);
            assert_eq!(changed.status, 200, "{changed:?}");
            let end = json!({ "version": version(&mut head), "why": "委托终止" });
            assert_eq!(lead_now(server).await.post(&format!("{give}/end"), &end).code(), "denied");
            assert_eq!(head.post(&format!("{give}/end"), &end).json()["commission"], Value::Null);
            assert_eq!(sees(0).await, (404, 404, Some(0)));

            let entries = server.running.app.store.trail_after(0).await.expect("the trail");
            let done: Vec<&str> = entries
                .iter()
                .map(|entry| &entry.record)
                .filter(|record| record.act.contains("commission") && record.outcome.name() == "done")
                .map(|record| record.act.as_str())
                .collect();
            assert_eq!(done, ["commission", "commission", "end_commission"]);
        },
    )
    .await;
}

async fn lead_now(server: &Server) -> Client {
    server.signed_in("lead-1").await
}
