//! Accounts over the wire: three administrators apart, disabled at once, versions, nothing of another region.

use crate::setup::{PASSWORD, Server, on_both, on_sqlite};
use mingcha_model::cert::check_character;
use serde_json::{Value, json};

/// A certificate number that nobody has: of a region that is not given out.
pub fn certno(number: u32) -> String {
    let first = format!("99010119800101{number:03}");
    let check = check_character(first.as_bytes()).expect("digits");
    format!("{first}{}", char::from(check))
}

pub fn account(id: &str, number: u32, role: &str) -> Value {
    json!({
        "id": id, "organisation": "330100-yb", "certno": certno(number), "password": "seven lamps by the lake",
        "role": role, "clearance": 2,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_loses_its_sessions_at_once() {
    on_both(
        |_| (),
        async |server| {
            let mut security = server.signed_in("security").await;
            let made = security.post("/api/v1/accounts", &account("handler-1", 1, "handler"));
            assert_eq!(made.status, 201, "{made:?}");
            assert!(!made.body.contains(&certno(1)), "the number is not shown");
            let mut handler = server.signed_in("handler-1").await;
            assert_eq!(handler.get("/api/v1/organisations").code(), "must_change_password");
            let change = json!({ "old": "seven lamps by the lake", "new": PASSWORD });
            assert_eq!(handler.write("PUT", "/api/v1/session/password", &change).status, 204);
            assert_eq!(handler.get("/api/v1/organisations").status, 200);

            let path = "/api/v1/accounts/handler-1/disable";
            let version = security.get("/api/v1/accounts/handler-1").json()["version"].clone();
            assert_eq!(security.post(path, &json!({ "why": "离职" })).code(), "no_version");
            assert_eq!(
                security.post(path, &json!({ "version": version, "why": " " })).json()["field"],
                "why"
            );
            let stale = security.post(path, &json!({ "version": 1, "why": "离职" }));
            assert_eq!(
                (stale.status, stale.code().as_str(), &stale.json()["version"]),
                (409, "conflict", &version)
            );
            let disabled = security.post(path, &json!({ "version": version, "why": "离职" }));
            assert_eq!((disabled.status, &disabled.json()["disabled"]), (200, &json!(true)), "{disabled:?}");
            assert_eq!(handler.get("/api/v1/session").code(), "signed_out");

            let entries = server.running.app.store.trail_after(0).await.expect("the trail");
            let record = entries
                .iter()
                .rev()
                .find(|entry| entry.record.act == "disable_account" && entry.record.outcome.name() == "done");
            let record = &record.expect("recorded").record;
            assert_eq!((record.who.account.as_str(), record.why.as_str()), ("security", "离职"));
            assert!(record.before != record.after);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_administrators_are_three_people() {
    on_both(
        |_| (),
        async |server| {
            let mut security = server.signed_in("security").await;
            assert_eq!(security.post("/api/v1/accounts", &account("auditor-2", 7, "auditor")).status, 201);
            for role in ["system_administrator", "security_administrator", "handler"] {
                let refused = security.post("/api/v1/accounts", &account("second", 7, role));
                assert_eq!(refused.code(), "refused", "{role}");
                assert_eq!(refused.json()["guards"][0]["code"], "three_administrators");
            }
            assert_eq!(security.post("/api/v1/accounts", &account("handler-8", 8, "handler")).status, 201);
            let change = json!({ "version": 1, "role": "auditor", "clearance": 1 });
            assert_eq!(
                security.write("PUT", "/api/v1/accounts/handler-8", &change).status,
                200,
                "alone in it, a person may"
            );
            assert_eq!(security.post("/api/v1/accounts", &account("again", 8, "handler")).code(), "refused");
            assert_eq!(
                security.post("/api/v1/accounts", &account("handler-8", 9, "handler")).code(),
                "exists"
            );
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_managed_by_the_security_administrator_of_the_region_alone() {
    on_sqlite(|_| (), async |server| {
        let mut security = server.signed_in("security").await;
        let county = json!({ "id": "330102-yb", "title": "某区医保局", "region": "330102", "department": "insurance" });
        assert_eq!(security.post("/api/v1/organisations", &county).status, 201);
        let foreign = json!({ "id": "440100-yb", "title": "外地医保局", "region": "440100", "department": "insurance" });
        assert_eq!(security.post("/api/v1/organisations", &foreign).code(), "denied");
        let twice = security.send("POST", "/api/v1/organisations", &[("Idempotency-Key", "same")], &json!({ "id": "330103-yb", "title": "某区医保局", "region": "330103", "department": "insurance" }).to_string());
        let again = security.send("POST", "/api/v1/organisations", &[("Idempotency-Key", "same")], &json!({ "id": "330103-yb", "title": "某区医保局", "region": "330103", "department": "insurance" }).to_string());
        assert_eq!((twice.status, again.status, &twice.body), (201, 201, &again.body), "a double click is one organisation");
        let other = security.send("POST", "/api/v1/organisations", &[("Idempotency-Key", "same")], &county.to_string());
        assert_eq!(other.code(), "key_reused");
        assert_eq!(security.send("POST", "/api/v1/organisations", &[], &county.to_string()).code(), "no_key");

        let mut county_account = account("county-1", 21, "handler");
        county_account["organisation"] = json!("330102-yb");
        assert_eq!(security.post("/api/v1/accounts", &county_account).status, 201);
        let page = security.get("/api/v1/accounts?limit=2").json();
        assert_eq!((&page["items"][0]["id"], &page["next"]), (&json!("auditor"), &json!("county-1")));
        let page = security.get("/api/v1/accounts?limit=2&after=county-1").json();
        assert_eq!(page["items"].as_array().map(Vec::len), Some(2));
        assert_eq!(page["next"], Value::Null);
        let only = security.get("/api/v1/accounts?organisation=330102-yb").json();
        assert_eq!(only["items"].as_array().map(Vec::len), Some(1));

        for account in ["system", "auditor"] {
            let mut other = server.signed_in(account).await;
            for path in ["/api/v1/accounts", "/api/v1/accounts/security", "/api/v1/accounts/not-there"] {
                assert_eq!(other.get(path).code(), "denied", "{account} {path}");
            }
        }
        spelled_otherwise(server).await;
    })
    .await;
}

/// No other spelling of a path means the account.
async fn spelled_otherwise(server: &Server) {
    let mut security = server.signed_in("security").await;
    assert_eq!(security.get("/api/v1/accounts/county-1").status, 200);
    for path in
        ["county%2D1", "County-1", "county-1%00", "..%2Faccounts%2Fcounty-1", "county-1%20", "c%6Funty-1"]
    {
        assert_eq!(security.get(&format!("/api/v1/accounts/{path}")).code(), "not_found", "{path}");
    }
    assert_eq!(security.get("/api/v1//accounts/county-1").code(), "no_route");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_gives_a_first_password_and_takes_the_sessions() {
    on_both(
        |_| (),
        async |server| {
            let mut security = server.signed_in("security").await;
            let mut auditor = server.signed_in("auditor").await;
            let version = security.get("/api/v1/accounts/auditor").json()["version"].clone();
            let reset =
                json!({ "version": version, "why": "遗忘口令", "password": "nine boats on the shore" });
            let reply = security.post("/api/v1/accounts/auditor/reset", &reset);
            assert_eq!(
                (reply.status, &reply.json()["must_change_password"]),
                (200, &json!(true)),
                "{reply:?}"
            );
            assert_eq!(auditor.get("/api/v1/session").code(), "signed_out");
            assert_eq!(
                security.post("/api/v1/accounts/auditor/reset", &reset).code(),
                "conflict",
                "a double click"
            );
        },
    )
    .await;
}
