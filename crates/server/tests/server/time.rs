//! Time passes in the running server, whether anybody asks or not.

use crate::{
    matters::clue,
    setup::{Server, hand_clock, on_both_by},
};
use mingcha_model::{Time, time::DAY};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// What a counter of `/metrics` stands at.
fn counter(server: &Server, name: &str) -> u64 {
    let text = server.nobody().get("/metrics").body;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{name} in\n{text}")).parse().expect("a number")
}

async fn until(what: impl Fn() -> bool) {
    for _ in 0..200 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_the_clock_passes_is_a_breach_without_anybody_asking() {
    let instant = Arc::new(AtomicI64::new(Time::parse("2026-03-02 09:00:00").expect("a time").0));
    on_both_by(
        hand_clock(&instant),
        |config| config.turn = Duration::from_millis(100),
        async |server| {
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let pushed = lead.post("/api/v1/clues", &json!({ "clues": [clue("C0a", "重复收费")] }));
            assert_eq!(pushed.status, 200, "{pushed:?}");
            let turns = counter(server, "mingcha_turns_total");
            until(|| counter(server, "mingcha_turns_total") > turns + 2).await;
            assert_eq!(counter(server, "mingcha_breaches_entered_total"), 0, "the limit still runs");

            // Far beyond fifteen working days and all extensions.
            instant.fetch_add(90 * DAY, Ordering::Relaxed);
            until(|| counter(server, "mingcha_breaches_entered_total") > 0).await;
            let mut lead = server.signed_in("lead-1").await;
            let matter = lead.get("/api/v1/matters/c0a").json();
            assert_eq!(matter["breaches"][0]["limit"], "D01", "{matter}");
            assert_eq!(counter(server, "mingcha_turns_failed_total"), 0);
            let entries = server.running.app.store.trail_after(0).await.expect("the trail");
            let passed: Vec<_> = entries.iter().filter(|entry| entry.record.act == "pass_time").collect();
            assert_eq!(passed.len(), 1, "entered once, and never again: {passed:?}");
            assert_eq!(passed[0].record.who.role, "server");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_turn_is_taken_at_once_and_stopping_does_not_wait_for_the_next() {
    let instant = Arc::new(AtomicI64::new(Time::parse("2026-03-02 09:00:00").expect("a time").0));
    on_both_by(
        hand_clock(&instant),
        |config| config.turn = Duration::from_hours(1),
        async |server| until(|| counter(server, "mingcha_turns_total") == 1).await,
    )
    .await;
}
