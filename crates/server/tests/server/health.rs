//! What watches the server, and what stops it.

use crate::setup::{on_both, on_sqlite};

#[tokio::test(flavor = "multi_thread")]
async fn it_lives_it_is_ready_and_it_counts() {
    on_both(
        |_| (),
        async |server| {
            let mut client = server.nobody();
            assert_eq!(client.get("/health").json()["status"], "ok");
            let ready = client.get("/ready");
            assert_eq!((ready.status, ready.json()["database"].as_bool()), (200, Some(true)));
            client.get("/api/v1/nowhere");
            let metrics = client.get("/metrics").body;
            for line in [
                "mingcha_requests_total{route=\"/health\",method=\"GET\",status=\"200\"} 1",
                "mingcha_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1",
                "mingcha_sessions 0",
                "mingcha_trail_records 4",
            ] {
                assert!(metrics.contains(line), "{line} in\n{metrics}");
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_beyond_this_machine_need_the_token() {
    let token = "0123456789abcdef";
    on_sqlite(
        |config| config.metrics_token = Some(token.into()),
        async |server| {
            let mut client = server.nobody();
            assert_eq!(client.get("/metrics").status, 403);
            assert_eq!(client.send("GET", "/metrics", &[("Authorization", "Bearer wrong")], "").status, 403);
            let bearer = format!("Bearer {token}");
            assert_eq!(client.send("GET", "/metrics", &[("Authorization", &bearer)], "").status, 200);
        },
    )
    .await;
}
