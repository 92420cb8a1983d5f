//! Data of other departments over the wire: digests alone, for a purpose and a time, met with a reason, gone when its day is over.

use crate::{
    accounts::{account, certno},
    client::Client,
    setup::{PASSWORD, Server, hand_clock, on_both_by},
    vault::{act, begin},
};
use mingcha_casework::store::Context;
use mingcha_model::{Date, Time};
use serde_json::{Value, json};
use std::{
    fs,
    io::Read as _,
    sync::{Arc, atomic::AtomicI64, atomic::Ordering},
};

const PATH: &str = "/api/v1/deliveries";

/// Somebody of another department, ready to work.
async fn of(
    server: &Server,
    organisation: &str,
    region: &str,
    department: &str,
    id: &str,
    number: u32,
) -> Client {
    let mut security = server.signed_in("security").await;
    let body = json!({ "id": organisation, "title": "某部门", "region": region, "department": department });
    // Another one of it may have come before.
    assert!([201, 409].contains(&security.post("/api/v1/organisations", &body).status));
    let mut new = account(id, number, "handler");
    new["organisation"] = json!(organisation);
    assert_eq!(security.post("/api/v1/accounts", &new).status, 201);
    let mut client = server.signed_in(id).await;
    let change = json!({ "old": "seven lamps by the lake", "new": PASSWORD });
    assert_eq!(client.write("PUT", "/api/v1/session/password", &change).status, 204);
    client
}

/// All that a server holds in its tables, as text.
async fn tables(server: &Server) -> String {
    let archive = server.folder.path().join("tables.zip");
    drop(fs::remove_file(&archive));
    mingcha_server::operate::backup(&server.running.app.config, &archive).await.expect("backed up");
    let mut zip = zip::ZipArchive::new(fs::File::open(&archive).expect("there")).expect("an archive");
    let mut all = String::new();
    for index in 0..zip.len() {
        zip.by_index(index).expect("an entry").read_to_string(&mut all).expect("text");
    }
    all
}

async fn records(server: &Server, act: &str) -> Vec<(String, String)> {
    let entries = server.running.app.store.trail_after(0).await.expect("the trail");
    let wanted = entries.into_iter().map(|entry| entry.record).filter(|record| record.act == act);
    wanted.map(|record| (record.outcome.name().to_owned(), record.after.unwrap_or_default())).collect()
}

fn delivery(kind: &str, until: Date, rows: &Value) -> Value {
    json!({ "kind": kind, "purposes": ["check_clue", "work_case"], "until": until.to_string(), "why": "示公函〔2026〕3号", "rows": rows })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_departments_deliver_is_met_by_digest_for_its_purpose_and_until_its_day() {
    let instant = Arc::new(AtomicI64::new(Time::parse("2026-03-02 09:00:00").expect("a time").0));
    on_both_by(
        hand_clock(&instant),
        |_| (),
        async |server| {
            let begun = instant.load(Ordering::Relaxed);
            let today = Time(begun).date();
            let until = Date(today.0 + 10);
            let mut police = of(server, "330100-ga", "330100", "police", "police-1", 11).await;
            let mut far = of(server, "330102-ga", "330102", "police", "police-2", 12).await;
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let mut handler = server.employed("handler-1", 3, "handler").await;

            // Delivered: a right number, a wrong one, days in the wrong order.
            let (dead, held) = (certno(77), certno(78));
            let rows = json!([
                { "certno": format!(" {} ", dead.to_lowercase()), "from": "2026-01-05", "to": null },
                { "certno": "990101198001010011", "from": "2026-01-05", "to": null },
                { "certno": held, "from": "2026-01-05", "to": "2026-01-01" },
            ]);
            let taken = police.post(PATH, &delivery("death", until, &rows));
            assert_eq!(taken.status, 201, "{taken:?}");
            let death = taken.json()["delivery"]["id"].as_str().expect("an id").to_owned();
            assert_eq!((&taken.json()["delivery"]["rows"], &taken.json()["delivery"]["refused"]), (&json!(1), &json!(2)));
            let refused: Vec<_> = taken.json()["refused_rows"].as_array().expect("rows").iter().map(|row| row["row"].clone()).collect();
            assert_eq!(refused, [json!(2), json!(3)]);
            let csv = format!("certno,from,to\n{held},2026-02-01,2026-02-20\n");
            let query = format!("{PATH}/csv?kind=detention&purposes=check_clue&until={until}&why=letter");
            let key = [("Idempotency-Key", "csv-1"), ("Content-Type", "text/csv")];
            let csv_taken = police.send("POST", &query, &key, &csv);
            assert_eq!(csv_taken.status, 201, "{csv_taken:?}");
            let again = police.send("POST", &query, &key, &csv);
            assert_eq!(again.body, csv_taken.body, "told twice, taken once");
            // Of another of the bureau's places, but not for clues.
            let mut travel = delivery("travel", until, &json!([{ "certno": dead, "from": "2026-01-01", "to": null }]));
            travel["purposes"] = json!(["work_case"]);
            let far_taken = far.post(PATH, &travel);
            assert_eq!(far_taken.status, 201, "{far_taken:?}");
            for (field, change) in [
                ("until", json!(Date(today.0 - 1).to_string())),
                ("until", json!(Date(today.0 + 181).to_string())),
                ("purposes", json!([])),
                ("rows", json!([])),
                ("why", json!(certno(77))),
            ] {
                let mut wrong = delivery("death", until, &rows);
                wrong[field] = change;
                assert_eq!(police.post(PATH, &wrong).json()["field"], field);
            }
            assert_eq!(lead.post(PATH, &delivery("death", until, &rows)).code(), "denied");

            // Known of, without anybody's data.
            let known = lead.get(PATH);
            let of_whom: Vec<_> = known.json()["items"].as_array().expect("a list").iter().map(|item| item["organisation"].clone()).collect();
            assert_eq!(of_whom.len(), 3, "{of_whom:?}");
            assert_eq!(far.get(PATH).json()["items"].as_array().map(Vec::len), Some(1), "its own alone");
            assert!(handler.get(PATH).json()["items"].as_array().is_some_and(Vec::is_empty));

            // Met with a clue's people.
            let open = json!({ "input": "open_clue", "source": "complaint", "subject": "H33010000001", "key": "k-1", "amount": 100, "severity": 1, "grade": 3 });
            let id = begin(&mut lead, "clue", None, &open);
            for (name, number) in [("甲子丑", &dead), ("乙寅卯", &held)] {
                let person = json!({ "input": "add_person", "role": "witness", "name": name, "certificate": number, "phone": null });
                act(&mut lead, &id, "add_person", person);
            }
            let path = format!("/api/v1/matters/{id}/met-deliveries");
            let ask = |kinds: Value, purpose: &str, why: &str| json!({ "kinds": kinds, "purpose": purpose, "why": why });
            let met = lead.post(&path, &ask(json!([]), "check_clue", "核实住院期间是否死亡"));
            assert_eq!(met.status, 200, "{met:?}");
            let found = met.json();
            assert_eq!(found["people"], 2);
            let kinds: Vec<_> = found["matches"].as_array().expect("matches").iter().map(|one| (one["kind"].clone(), one["from"].clone(), one["to"].clone())).collect();
            assert_eq!(kinds.len(), 2, "{found}");
            assert!(kinds.contains(&(json!("death"), json!("2026-01-05"), Value::Null)));
            assert!(kinds.contains(&(json!("detention"), json!("2026-02-01"), json!("2026-02-20"))));
            let only = lead.post(&path, &ask(json!(["death"]), "check_clue", "核实")).json();
            assert_eq!(only["matches"].as_array().map(Vec::len), Some(1));
            assert_eq!(only["matches"][0]["delivery"], json!(death));
            assert_eq!(lead.post(&path, &ask(json!([]), "work_case", "核实")).json()["field"], "purpose", "a clue is no case");
            assert_eq!(lead.post(&path, &ask(json!([]), "check_clue", " ")).json()["field"], "why");
            assert_eq!(handler.post(&path, &ask(json!([]), "check_clue", "核实")).code(), "denied", "who is not on its team");
            assert_eq!(police.post(&path, &ask(json!([]), "check_clue", "核实")).code(), "not_found");

            // Taken back by those who delivered it alone; then gone.
            let back = format!("{PATH}/{death}/withdraw");
            assert_eq!(far.post(&back, &json!({ "why": "有误" })).code(), "not_found");
            assert_eq!(lead.post(&back, &json!({ "why": "有误" })).code(), "not_found");
            assert!(police.post(&back, &json!({ "why": "有误" })).json()["ended"].is_i64());
            let left = lead.post(&path, &ask(json!([]), "check_clue", "核实")).json();
            assert_eq!(left["matches"].as_array().map(Vec::len), Some(1));

            // On its last day it counts, on the next no more, though no turn has come yet; the turn deletes it.
            instant.store(until.start().0 + 23 * 3600, Ordering::Relaxed);
            let mut lead = server.signed_in("lead-1").await;
            let last = lead.post(&path, &ask(json!([]), "check_clue", "核实")).json();
            assert_eq!(last["matches"].as_array().map(Vec::len), Some(1));
            let docket = &server.running.app.docket;
            assert_eq!(docket.expire_deliveries(console()).await.expect("looked"), 0);
            // A copy is taken by the machine's own clock, so that from here on it is later than the test's.
            let all = tables(server).await;
            for clear in [&dead, &held] {
                assert!(!all.contains(clear.as_str()) && !all.contains(&clear.to_lowercase()), "no table holds a number");
            }
            instant.store(until.start().0 + 24 * 3600, Ordering::Relaxed);
            let mut lead = server.signed_in("lead-1").await;
            let over = lead.post(&path, &ask(json!([]), "check_clue", "核实")).json();
            assert_eq!(over["matches"], json!([]));
            assert!(docket.expire_deliveries(console()).await.expect("deleted") <= 2);
            assert_eq!(docket.expire_deliveries(console()).await.expect("looked"), 0);
            let rows: Vec<String> = tables(server).await.lines().filter(|line| line.contains("\"person\"")).map(str::to_owned).collect();
            assert!(rows.iter().all(|row| !row.contains("\"delivery\"")), "{rows:?}");

            let count = |records: Vec<(String, String)>, outcome: &str| records.iter().filter(|(of, _)| of == outcome).count();
            assert_eq!(count(records(server, "deliver_data").await, "done"), 3);
            assert_eq!(count(records(server, "withdraw_delivery").await, "done"), 1);
            assert_eq!(count(records(server, "expire_delivery").await, "done"), 2);
            let matches = records(server, "match_data").await;
            assert_eq!((count(matches.clone(), "done"), count(matches.clone(), "refused")), (5, 3), "{matches:?}");
            assert!(matches.iter().any(|(_, told)| told.contains("\"matches\":2") && told.contains(&death)));
            instant.store(begun, Ordering::Relaxed);
        },
    )
    .await;
}

fn console() -> Context {
    let who = mingcha_casework::trail::Who {
        account: String::new(),
        organisation: String::new(),
        role: "server".into(),
    };
    Context::new(who, "server")
}
