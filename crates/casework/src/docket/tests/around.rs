//! What guards hear of the store is true: draws that prove themselves, clues that wait, days of lines, points of a person everywhere.

use super::{CITY, COUNTY, by, clue, does, on_docket_at};
use crate::{
    clock::ServerTime,
    docket::{Acted, Docket, DrawList, DrawRequest, NewMatter},
    draw::commitment,
    store::{Clock, Error},
};
use mingcha_model::Time;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// A clock that the test turns, from a Monday morning.
pub(super) fn turned() -> (Arc<AtomicI64>, Clock) {
    let now = Arc::new(AtomicI64::new(begin()));
    let clock = Arc::clone(&now);
    (now, Arc::new(move || ServerTime::from_store(Time(clock.load(Ordering::Relaxed)))))
}

pub(super) fn begin() -> i64 {
    Time::parse("2026-03-02 09:00:00").expect("a time").0
}

pub(super) fn pass(now: &AtomicI64, days: i64) {
    now.fetch_add(days * 86_400, Ordering::Relaxed);
}

pub(super) fn refused(answer: Result<Acted, Error>) -> Vec<String> {
    match answer {
        Err(Error::Refused(guards)) => guards.into_iter().map(|guard| guard.guard).collect(),
        other => panic!("{other:?}"),
    }
}

async fn draw(docket: &Docket, who: &str, list: &[&str], count: usize) -> (String, Vec<String>) {
    let begun = docket.begin_draw(by(who), "抽取".into(), commitment("seed")).await.expect("published");
    let names = list.iter().map(|name| (*name).to_owned()).collect();
    let list = DrawList { list: names, without: [].into(), count };
    let request = DrawRequest { seed: "seed".into(), lists: [("all".to_owned(), list)].into() };
    let drawn = docket.draw(by(who), &begun.id, request).await.expect("drawn");
    (begun.id, drawn.draws["all"].drawn.clone())
}

const ANSWER: &str = r#"{"input":"answer","outcome":"refuted","facts":"不重复","found":0,"steps":["nothing"],"attachments":[]}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_spot_check_needs_a_draw_that_names_the_clue() {
    let (_, clock) = turned();
    on_docket_at(clock, async |docket| {
        docket.push(by("lead"), vec![clue("C0a", 1), clue("C0b", 2)]).await.expect("pushed");
        for id in ["c0a", "c0b"] {
            for act in ["register", "verify"] {
                does(&docket, "lead", id, act, json!({ "input": "nothing" })).await.expect("done");
            }
            does(&docket, "lead", id, "answer", serde_json::from_str(ANSWER).expect("JSON"))
                .await
                .expect("answered");
        }
        let (id, drawn) = draw(&docket, "above", &["c0a", "c0b"], 1).await;
        let other = if drawn[0] == "c0a" { "c0b" } else { "c0a" };
        let check = |draw: &str| json!({ "input": "spot_check", "draw": draw });
        assert_eq!(refused(does(&docket, "above", other, "spot_check", check(&id)).await), ["drawn_by_lot"]);
        assert_eq!(
            refused(does(&docket, "above", &drawn[0], "spot_check", check("draw-x")).await),
            ["drawn_by_lot"]
        );
        does(&docket, "above", &drawn[0], "spot_check", check(&id)).await.expect("drawn, so checked");
        let mut conn = docket.store.by_hand().await;
        sqlx::query("UPDATE draw SET draws = REPLACE(draws, $1, $2)")
            .bind(format!("\"drawn\":[\"{}\"]", drawn[0]))
            .bind(format!("\"drawn\":[\"{other}\"]"))
            .execute(&mut conn)
            .await
            .expect("tampered");
        drop(conn);
        assert_eq!(refused(does(&docket, "above", other, "spot_check", check(&id)).await), ["drawn_by_lot"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clue_goes_to_a_cross_check_when_it_is_grave_and_waited_too_long() {
    let (now, clock) = turned();
    on_docket_at(clock, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let mut grave = clue("C0a", 1_000);
        grave.grade = 1;
        docket.push(by("above"), vec![grave]).await.expect("pushed");
        does(&docket, "above", "c0a", "register", json!({ "input": "nothing" })).await.expect("registered");
        let down = json!({ "input": "dispatch", "to": COUNTY, "due": "2026-06-30" });
        does(&docket, "above", "c0a", "dispatch", down).await.expect("dispatched");
        let cross = json!({ "input": "cross_check", "region": "990200" });
        pass(&now, 30);
        assert_eq!(
            refused(does(&docket, "above", "c0a", "cross_check", cross.clone()).await),
            ["cross_check_due"]
        );
        pass(&now, 1);
        let sent = does(&docket, "above", "c0a", "cross_check", cross).await.expect("thirty days are over");
        assert_eq!(sent.state, "cross_checking");
        assert_eq!(docket.read(by("above"), "c0a").await.expect("read").heading.region, COUNTY, "of {CITY}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_violation_does_not_end_after_the_lines_that_it_rests_on() {
    let (_, clock) = turned();
    on_docket_at(clock, async |docket| {
        let mut seen = clue("C0a", 1_000);
        seen.origin = json!({ "end": "2025-12-31", "findings": [] });
        docket.push(by("lead"), vec![seen]).await.expect("pushed");
        let open = |ended: &str, parent: Value| {
            let new = json!({
                "machine": "case", "region": COUNTY, "source": "screening", "title": "重复收费", "parent": parent, "act": "open",
                "input": { "input": "open_case", "subject": "H1", "clue": "c0a", "violation_facts": "重复收费", "violation_ended": ended,
                    "grave": false, "own_jurisdiction": true },
            });
            docket.begin(by("lead"), serde_json::from_value::<NewMatter>(new).expect("a matter"))
        };
        assert_eq!(refused(open("2026-01-01", json!("c0a")).await), ["violation_end_proved"]);
        assert_eq!(refused(open("2026-01-01", Value::Null).await), ["violation_end_proved"], "named is enough");
        open("2025-12-31", json!("c0a")).await.expect("the last day itself");
    })
    .await;
}

async fn pointed(docket: &Docket, now: &AtomicI64, points: u32, event: &str) -> Acted {
    let new = json!({
        "machine": "points", "region": COUNTY, "source": "", "title": "记分", "act": "open",
        "input": { "input": "points", "practitioner": "D1", "institution": "H99010100001", "event": event, "responsibility": "main",
            "points": points, "facts": "负主要责任" },
    });
    let begun =
        docket.begin(by("agent"), serde_json::from_value(new).expect("a matter")).await.expect("begun");
    let decide = json!({ "input": "decide_points" });
    does(docket, "agent", &begun.id, "decide", decide).await.expect("decided");
    does(docket, "agent", &begun.id, "tell", json!({ "input": "nothing" })).await.expect("told");
    pass(now, 40);
    does(docket, "agent", &begun.id, "settle", json!({ "input": "nothing" })).await.expect("settled")
}

#[tokio::test(flavor = "multi_thread")]
async fn points_add_up_over_matters_and_a_repair_takes_them_back() {
    let (now, clock) = turned();
    on_docket_at(clock, async |docket| {
        now.store(begin(), Ordering::Relaxed);
        let scheme = &docket.procedures.schemes.as_ref().expect("schemes").points;
        let event =
            scheme.events.iter().find(|event| event.least <= 6 && event.most >= 6).expect("an event of six");
        let first = pointed(&docket, &now, 6, &event.id).await;
        let months = |months: u32| json!({ "input": "suspend_qualification", "months": months });
        assert_eq!(
            refused(does(&docket, "agent", &first.id, "suspend", months(1)).await),
            ["suspension_by_points"],
            "six are too few"
        );
        let second = pointed(&docket, &now, 6, &event.id).await;
        let ended = does(&docket, "agent", &second.id, "conclude", json!({ "input": "nothing" })).await;
        assert_eq!(refused(ended), ["below_suspension"], "twelve of one person, from two matters");
        let repair = scheme.repairs.first().expect("a repair");
        does(&docket, "agent", &first.id, "repair", json!({ "input": "repair", "kind": repair.id }))
            .await
            .expect("repaired");
        let over = does(&docket, "agent", &second.id, "end", json!({ "input": "nothing" })).await;
        assert_eq!(refused(over), ["ending_by_points"], "{} taken back", repair.points);
        let third = pointed(&docket, &now, 6, &event.id).await;
        does(&docket, "agent", &third.id, "end", json!({ "input": "nothing" }))
            .await
            .expect("eighteen less the repair");
        let standing = docket.points_standing(by("agent"), "D1").await.expect("they stand");
        assert_eq!((standing.points, standing.end_at), (18 - repair.points, scheme.end_at));
        assert_eq!(
            standing.entries.iter().map(|one| one.matter.as_str()).collect::<Vec<_>>(),
            [&third.id, &second.id, &first.id],
            "the newest first"
        );
        assert_eq!(standing.entries[2].title, event.title);
        assert!(standing.entries[2].repairs[0].ends_with(&repair.title), "{:?}", standing.entries[2]);
        let ended = standing.effects.last().expect("it ended");
        assert!(ended.ended && ended.holds, "{ended:?}");
        let elsewhere = docket.points_standing(by("stranger"), "D1").await.expect("nothing of theirs");
        assert_eq!((elsewhere.points, elsewhere.entries.len(), elsewhere.effects.len()), (0, 0, 0));
    })
    .await;
}
