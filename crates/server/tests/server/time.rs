//! Time passes in the running server, whether anybody asks or not.

use crate::{
    matters::clue,
    setup::{Server, begin, config, hand_clock, on_both_by},
};
use mingcha_casework::store::machine_clock;
use mingcha_model::{Time, time::DAY};
use mingcha_server::start_by;
use mingcha_testbed::postgres::Postgres;
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

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_is_gone_turns_fail_and_are_counted_and_once_it_is_back_all_goes_on() {
    let postgres = Postgres::start();
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(&folder);
    (config.database, config.turn) = (postgres.database("served"), Duration::from_millis(100));
    let running = start_by(config, machine_clock()).await.expect("it starts");
    let server = Server { running, folder };
    begin(&server).await;
    let mut lead = server.employed("lead-1", 1, "team_lead").await;
    until(|| counter(&server, "mingcha_turns_total") > 1).await;
    assert_eq!(counter(&server, "mingcha_turns_failed_total"), 0);

    postgres.kill();
    until(|| counter(&server, "mingcha_turns_failed_total") > 2).await;
    assert_eq!(counter(&server, "mingcha_database_up"), 0);
    assert_eq!(server.nobody().get("/ready").status, 503);
    let refused = lead.get("/api/v1/matters?machine=clue");
    assert_eq!(refused.status, 503, "{refused:?}");
    assert!(!refused.json()["next"].as_str().expect("what to do").is_empty());

    postgres.start_again();
    until(|| server.nobody().get("/ready").status == 200).await;
    let failed = || counter(&server, "mingcha_turns_failed_total");
    let (before, taken) = (failed(), counter(&server, "mingcha_turns_total"));
    until(|| counter(&server, "mingcha_turns_total") > taken + 2).await;
    assert!(failed() <= before + 5, "what was under way may still have failed, and nothing after it");
    let pushed = lead.post("/api/v1/clues", &json!({ "clues": [clue("C0a", "重复收费")] }));
    assert_eq!(pushed.status, 200, "{pushed:?}");
    server.running.stop().await.expect("it stops");
}
