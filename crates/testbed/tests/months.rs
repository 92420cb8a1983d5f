//! Months of casework are filled into a folder as the demo does it, and a server with the machine's clock finds every act on its own day.

#[path = "../examples/months/moved.rs"]
mod moved;

use mingcha_casework::trail::Outcome;
use mingcha_model::{Date, Time};
use mingcha_server::{Config, Rate, Running, SecondFactor, operate, start};
use mingcha_testbed::demo::{self, Client, PASSWORD};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path};

/// Clues of four counties, each over a line of its own.
fn clues() -> Vec<Value> {
    let ended = Date(Time(demo::machine()).date().0 - 300).to_string();
    let clue = |number: u64| {
        let region = ["990101", "990102", "990103"][number as usize % 3];
        let institution = format!("H{region}{:05}", number % 7 + 1);
        json!({
            "id": format!("C{:08x}", number.wrapping_mul(2_654_435_761) % (1 << 32)), "title": format!("重复收费第{number}组"),
            "region": region, "subject_kind": "institution", "subject": institution, "institution": institution,
            "amount": 60_000 + number * 1_300, "severity": number % 3 + 1, "score": number % 101, "grade": number % 3 + 1,
            "origin": {
                "run": "r-1", "rule": "institution/twice", "rule_id": "R001", "version": 1, "begin": ended, "end": ended,
                "findings": [{ "message": "同日重复收取", "evidence": [{ "role": "offending", "key": [format!("line-{number}")] }] }],
            },
        })
    };
    (0..330).map(clue).collect()
}

fn config(folder: &Path) -> Config {
    let mut config = Config::in_folder(folder);
    config.listen.set_port(0);
    config.session.second_factor = SecondFactor::Chosen;
    let rate = Rate { per_second: 1e9, burst: 1e9 };
    (config.rates.address, config.rates.account, config.rates.sign_in) = (rate, rate, rate);
    config
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// What a head sees of the months.
fn seen(running: &Running) {
    let mut lead = Client::sign_in(running.address, "city-lead", PASSWORD, PASSWORD)
        .expect("the printed password holds");
    let months = lead.get("/api/v1/matters/counts?by=month").expect("counted");
    let with = |figure: &str| -> BTreeSet<String> {
        let months = items(&months).filter(|month| month[figure].as_i64() > Some(0));
        months.filter_map(|month| month["value"].as_str().map(str::to_owned)).collect()
    };
    assert!(with("count").len() >= 8, "{months}");
    assert!(with("found").len() >= 6 && with("recovered").len() >= 5, "{months}");
    let mut total = |query: &str| {
        let page = lead.get(&format!("/api/v1/matters?{query}&size=1")).expect("listed");
        page["total"].as_i64().unwrap_or_default()
    };
    for query in [
        "machine=case&state=archived",
        "machine=case&state=performing",
        "machine=case&state=notified",
        "machine=case&state=investigating",
        "machine=transfer&state=handed_over",
        "machine=clue&state=verifying",
        "machine=clue&state=closed",
        "machine=complaint&state=paid",
        "machine=inspection&state=closed",
        "machine=self_check&state=closed",
    ] {
        assert!(total(query) > 0, "nothing under {query}");
    }
    let boards = lead.get("/api/v1/boards/clocks").expect("read");
    let of = |figure: &str| -> i64 { items(&boards).filter_map(|board| board[figure].as_i64()).sum() };
    assert!(of("running") > 0 && of("overdue") > 0, "{boards}");
    let limits: BTreeSet<&str> = items(&boards)
        .flat_map(|board| items(&board["breaches"]))
        .filter_map(|breach| breach["limit"].as_str())
        .collect();
    assert!(limits.len() >= 3, "{limits:?}");
}

/// The trail's records run from the first day to now, none before the one that it follows, and none of them is a refused act.
async fn trail(running: &Running) {
    let store = &running.app.store;
    let (mut seq, mut last, mut days) = (0, demo::first_instant(), BTreeSet::new());
    loop {
        let page = store.trail_after(seq).await.expect("read");
        if page.is_empty() {
            break;
        }
        for entry in page {
            let record = entry.record;
            seq = record.seq;
            assert!(record.at.time().0 >= last, "record {seq} goes back");
            last = record.at.time().0;
            days.insert(record.at.time().date());
            let done = record.outcome != Outcome::Refused;
            assert!(done || record.act == "sign_in", "{} {}: {}", record.who.account, record.act, record.why);
        }
    }
    assert!(last <= store.now().time().0, "nothing is dated in the future");
    assert!(days.len() > 60, "{} days of work", days.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn months_of_casework_carry_their_own_days() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = moved::fill(config(folder.path()), clues()).await.expect("filled");
    assert!(refused.is_empty(), "{refused:#?}");
    let running = start(config(folder.path())).await.expect("the folder is served");
    tokio::task::block_in_place(|| seen(&running));
    trail(&running).await;
    running.stop().await.expect("it stops");
    let (_, report) = operate::verify(&config(folder.path()), Vec::new()).await.expect("proved");
    assert!(report.faults.is_empty() && report.entries > 1000, "{report:?}");
}
