//! The one shape of errors, from every corner that a request can be refused in.

use crate::{client::raw, setup::on_sqlite};
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_has_the_same_shape_and_the_same_headers() {
    on_sqlite(
        |config| config.body_bytes = 2000,
        async |server| {
            let mut nobody = server.nobody();
            let mut auditor = server.signed_in("auditor").await;
            let replies = [
                (nobody.get("/api/v1/nowhere"), 404, "no_route"),
                (nobody.get("/%2e%2e/etc/passwd"), 404, "no_route"),
                (nobody.send("PUT", "/health", &[], ""), 405, "no_method"),
                (nobody.get("/api/v1/session"), 401, "signed_out"),
                (nobody.send("DELETE", "/api/v1/session", &[], ""), 401, "signed_out"),
                (auditor.send("DELETE", "/api/v1/session", &[("X-CSRF-Token", "no")], ""), 403, "csrf"),
                (auditor.send("GET", "/api/v1/session", &[("Idempotency-Key", "a b")], ""), 400, "bad_key"),
            ];
            for (reply, status, code) in replies {
                assert_eq!((reply.status, reply.code().as_str()), (status, code), "{reply:?}");
                for (header, value) in [
                    ("cache-control", "no-store"),
                    ("x-content-type-options", "nosniff"),
                    ("content-type", "application/json"),
                    ("x-frame-options", "DENY"),
                ] {
                    assert_eq!(reply.header(header), Some(value), "{reply:?}");
                }
                let policy = reply.header("content-security-policy").expect("a policy");
                assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
                assert_eq!(reply.header("x-request-id").map(str::len), Some(16));
            }
            assert_eq!(auditor.get("/api/v1/session").json()["account"], json!("auditor"));
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_large_or_too_slow_is_refused_in_the_same_shape() {
    on_sqlite(
        |config| {
            config.body_bytes = 2000;
            config.timeout = Duration::from_millis(500);
        },
        async |server| {
            let large = json!({ "account": "auditor", "password": "x".repeat(3000) }).to_string();
            let reply = server.nobody().send("POST", "/api/v1/session", &[], &large);
            assert_eq!((reply.status, reply.code().as_str()), (413, "too_large"), "{reply:?}");
            let head = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json";
            let slow = raw(server.running.address, format!("{head}\r\nContent-Length: 10\r\n\r\n{{").as_bytes());
            assert_eq!((slow.status, slow.code().as_str()), (504, "timeout"), "{slow:?}");
            assert!(slow.header("x-request-id").is_some());
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_is_believed_only_where_it_is_known() {
    for (known, seen) in [(true, "203.0.113.7"), (false, "127.0.0.1")] {
        on_sqlite(
            |config| {
                config.proxies =
                    if known { vec!["127.0.0.1".parse().expect("an address")] } else { Vec::new() }
            },
            async |server| {
                // What stands before the last address anybody can write.
                let forwarded = [("X-Forwarded-For", "198.51.100.9, 203.0.113.7")];
                let wrong = json!({ "account": "auditor", "password": "wrong" }).to_string();
                assert_eq!(server.nobody().send("POST", "/api/v1/session", &forwarded, &wrong).status, 401);
                let entries = server.running.app.store.trail_after(0).await.expect("the trail");
                let refused = entries.iter().find(|entry| entry.record.act == "sign_in").expect("recorded");
                assert_eq!(refused.record.from, seen);
            },
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_headers_is_refused() {
    on_sqlite(
        |_| (),
        async |server| {
            let many = "X-A: b\r\n".repeat(200);
            let reply = raw(
                server.running.address,
                format!("GET /health HTTP/1.1\r\nHost: a\r\n{many}\r\n").as_bytes(),
            );
            assert_eq!(reply.status, 431);
        },
    )
    .await;
}
