//! The door: passwords, codes, lock-out, cookies, sessions that end.

use crate::{
    client::{Client, Reply},
    setup::{PASSWORD, hand_clock, on_both, on_both_by, on_sqlite},
};
use mingcha_casework::{
    clock::ServerTime,
    signin::{Cost, Passwords, TotpSecret, unix},
    store::Context,
    trail::Who,
};
use mingcha_server::SecondFactor;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

pub fn sign_in(client: &mut Client, account: &str, password: &str, code: Option<&str>) -> Reply {
    let mut body = json!({ "account": account, "password": password });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    let reply = client.send("POST", "/api/v1/session", &[], &body.to_string());
    if reply.status == 200 {
        client.csrf = reply.json()["csrf_token"].as_str().map(str::to_owned);
    }
    reply
}

/// The code of a moment, found by asking: the secret shows no codes of its own.
pub fn code(now: ServerTime, secret: &TotpSecret) -> String {
    let now = unix(now);
    let right = |code: &String| secret.check(code, now, Some(now / 30 - 1)) == Ok(now / 30);
    (0..1_000_000).map(|code| format!("{code:06}")).find(right).expect("one of a million")
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_gives_a_guarded_cookie_and_signing_out_takes_it() {
    on_both(
        |config| config.session.second_factor = SecondFactor::Chosen,
        async |server| {
            let mut client = server.nobody();
            let reply = sign_in(&mut client, "auditor", PASSWORD, None);
            assert_eq!(reply.status, 200, "{reply:?}");
            let cookie = reply.header("set-cookie").expect("a cookie");
            assert!(
                cookie.starts_with("mingcha=") && cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
                "{cookie}"
            );
            assert_eq!(client.get("/api/v1/session").json()["role"], "auditor");
            assert_eq!(client.get("/api/v1/trail").status, 200);

            let mut forged = client.clone();
            forged.csrf = None;
            assert_eq!(forged.send("DELETE", "/api/v1/session", &[], "").code(), "csrf");
            let kept = client.clone();
            assert_eq!(client.send("DELETE", "/api/v1/session", &[], "").status, 204);
            assert_eq!(client.cookie, None, "the cookie was taken back");
            assert_eq!(
                kept.clone().get("/api/v1/session").code(),
                "signed_out",
                "and the session is no more"
            );
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_way_in_is_answered_alike_recorded_and_in_the_end_locked() {
    on_both(
        |config| config.session.second_factor = SecondFactor::Chosen,
        async |server| {
            let mut client = server.nobody();
            let mut answers = Vec::new();
            for (account, password) in [("auditor", "wrong"), ("nobody-there", PASSWORD), ("auditor", "")] {
                let reply = sign_in(&mut client, account, password, None);
                assert_eq!(reply.status, 401);
                answers.push(reply.body);
            }
            assert!(answers.iter().all(|body| *body == answers[0]), "{answers:?}");
            for _ in 0..3 {
                assert_eq!(sign_in(&mut client, "auditor", "wrong", None).code(), "sign_in_refused");
            }
            let locked = sign_in(&mut client, "auditor", PASSWORD, None);
            assert_eq!(
                (locked.status, locked.body),
                (401, answers[0].clone()),
                "five wrong ones lock it for the right one too"
            );
            assert_eq!(sign_in(&mut client, "security", PASSWORD, None).status, 200, "and nobody else");

            let entries = server.running.app.store.trail_after(0).await.expect("the trail");
            let refused: Vec<&str> = entries
                .iter()
                .filter(|entry| entry.record.act == "sign_in" && entry.record.outcome.name() == "refused")
                .map(|entry| entry.record.why.as_str())
                .collect();
            let wrong = "wrong_password";
            assert_eq!(refused, [wrong, "closed", wrong, wrong, wrong, wrong, "closed"]);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sets_up_a_second_factor_first_and_then_needs_it() {
    on_sqlite(
        |_| (),
        async |server| {
            let mut client = server.nobody();
            let me = sign_in(&mut client, "system", PASSWORD, None).json();
            assert_eq!((&me["must_set_second_factor"], &me["second_factor"]), (&json!(true), &json!(false)));
            assert_eq!(client.get("/api/v1/settings").code(), "second_factor_missing");

            let pending = client.post("/api/v1/session/second-factor", &Value::Null).json();
            let secret = pending["secret"].as_str().expect("a secret").to_owned();
            let secret = TotpSecret::parse(&secret).expect("base32");
            let right = code(server.running.app.store.now(), &secret);
            let mut confirm =
                json!({ "pending": pending["pending"], "code": "000000", "password": PASSWORD });
            assert_eq!(client.write("PUT", "/api/v1/session/second-factor", &confirm).status, 422);
            confirm["code"] = json!(right);
            let mut other = server.signed_in("auditor").await;
            assert_eq!(
                other.write("PUT", "/api/v1/session/second-factor", &confirm).status,
                422,
                "sealed for another"
            );
            assert_eq!(client.write("PUT", "/api/v1/session/second-factor", &confirm).status, 204);
            assert_eq!(client.get("/api/v1/settings").status, 200);

            let mut again = server.nobody();
            assert_eq!(sign_in(&mut again, "system", PASSWORD, None).code(), "code_needed");
            assert_eq!(sign_in(&mut again, "system", PASSWORD, Some("000000")).code(), "wrong_code");
            assert_eq!(
                sign_in(&mut again, "system", PASSWORD, Some(&right)).code(),
                "code_used",
                "no code works twice"
            );
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_other_sessions_and_follows_the_rules() {
    on_both(
        |_| (),
        async |server| {
            let (mut one, mut two) = (server.signed_in("security").await, server.signed_in("security").await);
            let new = "seven lamps by the lake";
            let change = |old: &str, new: &str| json!({ "old": old, "new": new });
            let weak = one.write("PUT", "/api/v1/session/password", &change(PASSWORD, "password1234"));
            assert_eq!((weak.code().as_str(), weak.json()["field"].as_str()), ("weak_password", Some("new")));
            assert_eq!(
                one.write("PUT", "/api/v1/session/password", &change("wrong", new)).code(),
                "wrong_password"
            );
            assert_eq!(one.write("PUT", "/api/v1/session/password", &change(PASSWORD, new)).status, 204);
            assert_eq!(one.get("/api/v1/session").status, 200);
            assert_eq!(two.get("/api/v1/session").code(), "signed_out");
            let mut client = server.nobody();
            assert_eq!(sign_in(&mut client, "security", PASSWORD, None).status, 401);
            assert_eq!(sign_in(&mut client, "security", new, None).status, 200);
            for secret in [PASSWORD, new] {
                let entries = server.running.app.store.trail_after(0).await.expect("the trail");
                assert!(!format!("{entries:?}").contains(secret), "no password is recorded");
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_its_age_however_much_it_is_used() {
    let instant = Arc::new(AtomicI64::new(1_000_000));
    on_both_by(
        hand_clock(&instant),
        |config| (config.session.idle, config.session.longest) = (60, 200),
        async |server| {
            let mut client = server.signed_in("auditor").await;
            for _ in 0..6 {
                instant.fetch_add(30, Ordering::Relaxed);
                assert_eq!(client.get("/api/v1/session").status, 200, "used before its idle time is over");
            }
            instant.fetch_add(19, Ordering::Relaxed);
            assert_eq!(client.get("/api/v1/session").status, 200);
            instant.fetch_add(1, Ordering::Relaxed);
            assert_eq!(client.get("/api/v1/session").code(), "signed_out", "200 seconds after it was opened");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hash_of_an_older_cost_is_renewed_at_sign_in_and_only_by_the_right_password() {
    on_both(
        |config| {
            config.session.second_factor = SecondFactor::Chosen;
            config.cost = Cost { memory: 128, passes: 1 };
        },
        async |server| {
            let store = &server.running.app.store;
            let stored = async || store.credentials("auditor").await.expect("read").expect("there").password;
            let older = Passwords::new(Cost { memory: 64, passes: 1 })
                .expect("a cost")
                .hash(PASSWORD)
                .expect("hashed");
            let known = stored().await;
            let who = Who { account: "auditor".into(), organisation: String::new(), role: String::new() };
            let context = Context::new(who, "test");
            store.renew_password(context, known, older.clone()).await.expect("set");

            let mut client = server.nobody();
            assert_eq!(sign_in(&mut client, "auditor", "wrong", None).status, 401);
            assert_eq!(stored().await, older, "a wrong password renews nothing");
            assert_eq!(sign_in(&mut client, "auditor", PASSWORD, None).status, 200);
            let renewed = stored().await;
            assert!(renewed.starts_with("$argon2id$v=19$m=128,"), "{renewed}");
            assert_eq!(client.get("/api/v1/session").status, 200, "and nobody is signed out by it");
            assert_eq!(sign_in(&mut client, "auditor", PASSWORD, None).status, 200);
            assert_eq!(stored().await, renewed, "once is enough");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_idleness() {
    on_sqlite(
        |config| config.session.idle = 2,
        async |server| {
            let mut client = server.signed_in("auditor").await;
            assert_eq!(client.get("/api/v1/session").status, 200);
            tokio::time::sleep(std::time::Duration::from_millis(3100)).await;
            assert_eq!(client.get("/api/v1/session").code(), "signed_out");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down_by_account_and_by_address() {
    on_sqlite(
        |config| {
            config.rates.sign_in.burst = 3.0;
            config.rates.sign_in.per_second = 0.01;
        },
        async |server| {
            let mut client = server.nobody();
            let mut codes = Vec::new();
            for _ in 0..4 {
                codes.push(sign_in(&mut client, "auditor", "wrong", None).status);
            }
            assert_eq!(codes, [401, 401, 401, 429]);
            let reply = sign_in(&mut client, "security", PASSWORD, None);
            assert_eq!(reply.code(), "too_many", "the address is known by now");
            assert!(reply.header("retry-after").is_some_and(|wait| wait != "0"));
        },
    )
    .await;
}
