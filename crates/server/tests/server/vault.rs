//! People's data over the wire: sealed on the way in, masked, opened with a reason; and an informant whom nothing that leaves the vault names.

use crate::{
    accounts::certno,
    client::{Client, Reply},
    setup::{Server, on_both},
};
use mingcha_model::Date;
use mingcha_server::operate;
use serde_json::{Value, json};
use std::{
    fs,
    io::{self, Read as _},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// Does an act on the version that stands now.
#[expect(clippy::needless_pass_by_value, reason = "calls read better with what they bring written out")]
pub fn act(client: &mut Client, id: &str, act: &str, input: Value) -> Reply {
    let version = client.get(&format!("/api/v1/matters/{id}")).json()["heading"]["version"].clone();
    let body = json!({ "version": version, "reason": "依规办理", "input": input });
    let reply = client.post(&format!("/api/v1/matters/{id}/acts/{}", act.replace('_', "-")), &body);
    assert_eq!(reply.status, 200, "{act}: {reply:?}");
    reply
}

/// Begins a matter and returns its id.
pub fn begin(client: &mut Client, machine: &str, parent: Option<&str>, input: &Value) -> String {
    let body = json!({
        "machine": machine, "region": "330100", "source": "complaint", "title": "群众反映挂床住院", "act": "open",
        "reason": "受理", "parent": parent, "input": input,
    });
    let reply = client.post("/api/v1/matters", &body);
    assert_eq!(reply.status, 201, "{machine}: {reply:?}");
    reply.json()["id"].as_str().expect("an id").to_owned()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A case about a violation of some months ago.
fn case_of(server: &Server, clue: &str) -> Value {
    let ended = Date(server.running.app.store.now().time().date().0 - 100).to_string();
    json!({ "input": "open_case", "subject": "H33010000001", "clue": clue, "violation_facts": "挂床住院", "violation_ended": ended,
        "grave": false, "own_jurisdiction": true })
}

fn clue() -> Value {
    json!({ "input": "open_clue", "source": "complaint", "subject": "H33010000001", "key": "k-1", "amount": 100, "severity": 1, "grade": 3 })
}

/// All tables and files of a server as a backup holds them, as text.
async fn everything(server: &Server) -> String {
    let archive = server.folder.path().join("all.zip");
    drop(fs::remove_file(&archive));
    operate::backup(&server.running.app.config, &archive).await.expect("backed up");
    let mut zip = zip::ZipArchive::new(fs::File::open(&archive).expect("there")).expect("an archive");
    let mut all = String::new();
    for index in 0..zip.len() {
        let mut bytes = Vec::new();
        zip.by_index(index).expect("an entry").read_to_end(&mut bytes).expect("read");
        all.push_str(&String::from_utf8_lossy(&bytes));
    }
    all
}

/// The bytes of all files of a folder.
fn on_disk(folder: &Path, all: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            on_disk(&path, all);
        } else {
            all.extend(fs::read(path).expect("read"));
        }
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_personal_is_sealed_masked_and_opened_with_a_reason() {
    on_both(
        |config| config.openings_a_day = 4,
        async |server| {
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let mut head = server.employed("head-1", 2, "head").await;
            let mut handler = server.employed("handler-1", 3, "handler").await;
            let id = begin(&mut lead, "clue", None, &clue());
            let (name, number, phone) = ("甲子丑", certno(77), "19900001234");
            let person = json!({ "input": "add_person", "role": "witness", "name": name, "certificate": number, "phone": phone });
            act(&mut lead, &id, "add_person", person);
            let body = json!({ "version": 2, "reason": format!("{name}（{number}）来电{phone}"), "input": { "input": "nothing" } });
            assert_eq!(lead.post(&format!("/api/v1/matters/{id}/acts/register"), &body).status, 200);

            let matter = lead.get(&format!("/api/v1/matters/{id}"));
            let facts = matter.json()["facts"]["people"][0].clone();
            let token = facts["certificate"].as_str().expect("a token").to_owned();
            let masked = matter.json()["masked"].clone();
            let shown: Vec<&str> = masked.as_array().expect("a list").iter().filter_map(|one| one["shown"].as_str()).collect();
            assert_eq!(shown.len(), 3, "{masked}");
            assert!(shown.contains(&"甲**") && shown.contains(&"199****1234"), "{masked}");
            for clear in [name, &number, phone] {
                assert!(!matter.body.contains(clear), "{matter:?}");
                assert!(!everything(server).await.contains(clear), "no table holds it");
            }

            let open = |tokens: &[&str], purpose: &str| json!({ "matter": id, "tokens": tokens, "purpose": purpose });
            let opened = lead.post("/api/v1/vault/open", &open(&[&token], "核实身份"));
            assert_eq!(opened.json()["values"][0]["value"], json!(number), "{opened:?}");
            assert_eq!(opened.json()["values"][0]["kind"], "certificate");
            assert_eq!(lead.post("/api/v1/vault/open", &open(&[&token], " ")).json()["field"], "purpose");
            assert_eq!(lead.post("/api/v1/vault/open", &open(&[&token], &number)).json()["field"], "purpose");
            assert_eq!(lead.post("/api/v1/vault/open", &open(&["x"], "核实")).json()["field"], "tokens");
            assert_eq!(lead.post("/api/v1/vault/open", &open(&[&"0".repeat(32)], "核实")).code(), "not_found");
            // Who may read the clue may not open what stands in it.
            assert_eq!(handler.post("/api/v1/vault/open", &open(&[&token], "核实")).code(), "denied");
            let mut auditor = server.signed_in("auditor").await;
            assert_eq!(auditor.post("/api/v1/vault/open", &open(&[&token], "核实")).code(), "not_found");

            let elsewhere = begin(&mut lead, "clue", None, &clue());
            let other = json!({ "matter": elsewhere, "tokens": [token], "purpose": "核实" });
            assert_eq!(lead.post("/api/v1/vault/open", &other).code(), "not_found", "another matter's");

            // One was opened; three more may be.
            let all: Vec<&str> = ["name", "certificate", "phone"].iter().filter_map(|field| facts[*field].as_str()).collect();
            assert_eq!(lead.post("/api/v1/vault/open", &open(&all, "核实")).status, 200);
            let refused = lead.post("/api/v1/vault/open", &open(&[&token], "核实"));
            assert_eq!((refused.code().as_str(), &refused.json()["guards"][0]["code"]), ("refused", &json!("opening_limit")));
            assert_eq!(head.post("/api/v1/vault/open", &open(&[&token], "核实")).status, 200, "counted by account");

            let case = begin(&mut lead, "case", Some(&id), &case_of(server, &id));
            let over = json!({ "matter": case, "tokens": [token], "purpose": "核实" });
            assert_eq!(head.post("/api/v1/vault/open", &over).status, 200, "a case opens what it grew out of");
            act(&mut lead, &case, "recuse", json!({ "input": "recuse", "account": "head-1" }));
            assert_eq!(head.post("/api/v1/vault/open", &over).code(), "not_found", "recused");

            let entries = server.running.app.store.trail_after(0).await.expect("the trail");
            let of = |outcome: &str| {
                let opened = |entry: &&mingcha_casework::trail::Entry| {
                    entry.record.act == "open_personal_data" && entry.record.outcome.name() == outcome
                };
                entries.iter().filter(opened).map(|entry| entry.record.why.clone()).collect::<Vec<_>>()
            };
            assert_eq!(of("done"), ["核实身份", "核实", "核实", "核实"]);
            assert_eq!(of("refused").len(), 6, "each attempt on a matter stands in the trail: {:?}", of("refused"));
            let record = entries.iter().find(|entry| entry.record.act == "open_personal_data").expect("one");
            assert_eq!(record.record.after.as_deref(), Some(json!({ "tokens": [token] }).to_string().as_str()));
        },
    )
    .await;
}

/// Takes a complaint of an informant from its intake over a case to the reward; returns all that anybody was shown on the way.
async fn rewarded(server: &Server, informant: &Value, content: &str) -> String {
    let mut intake = server.employed("handler-1", 1, "handler").await;
    let mut lead = server.employed("lead-1", 2, "team_lead").await;
    let mut head = server.employed("head-1", 3, "head").await;
    let complaint = begin(
        &mut intake,
        "complaint",
        None,
        &json!({ "input": "complaint", "channel": "line_12345", "named": true, "informant": informant, "target": "某医院", "content": content, "evidence": true }),
    );
    act(&mut intake, &complaint, "register", json!({ "input": "nothing" }));
    act(&mut intake, &complaint, "accept", json!({ "input": "nothing" }));
    let clue = begin(&mut intake, "clue", Some(&complaint), &clue());
    act(&mut intake, &complaint, "hand_over", json!({ "input": "complaint_clue", "clue": clue }));
    let case = begin(&mut lead, "case", Some(&clue), &case_of(server, &clue));
    // Somebody who knows the informant writes the name down where it does not belong.
    let careless = format!("{}来电催办（{}）", text(&informant["name"]), text(&informant["phone"]));
    for (id, name, input) in [
        (&clue, "register", json!({ "input": "nothing" })),
        (&case, "recuse", json!({ "input": "recuse", "account": "system" })),
    ] {
        let body = json!({ "version": 1, "reason": careless, "input": input });
        let reply = lead.post(&format!("/api/v1/matters/{id}/acts/{name}"), &body);
        assert_eq!(reply.status, 200, "{name}: {reply:?}");
    }
    act(
        &mut intake,
        &complaint,
        "conclude_named",
        json!({ "input": "complaint_outcome", "proved": true, "value": 10_000_000 }),
    );
    act(&mut intake, &complaint, "tell", json!({ "input": "tell", "paper": "告1" }));
    act(&mut intake, &complaint, "prove", json!({ "input": "nothing" }));
    act(
        &mut intake,
        &complaint,
        "propose_reward",
        json!({ "input": "reward", "amount": 200_000, "known": false, "first": true, "staff": false }),
    );
    act(&mut head, &complaint, "approve_reward", json!({ "input": "approve", "paper": "批〔2026〕1号" }));
    let code = mingcha_model::cert::sm3_hex("seven-lamps".as_bytes());
    act(&mut intake, &complaint, "tell_reward", json!({ "input": "tell_reward", "code_sm3": code }));
    act(&mut intake, &complaint, "claim_reward", json!({ "input": "claim", "code": "seven-lamps" }));
    act(&mut lead, &complaint, "pay_reward", json!({ "input": "pay_reward", "voucher": "转1" }));

    let mut seen = String::new();
    for client in [&mut intake, &mut lead, &mut head] {
        for id in [&complaint, &clue, &case] {
            seen.push_str(&client.get(&format!("/api/v1/matters/{id}")).body);
        }
        seen.push_str(&client.get("/api/v1/matters/export").body);
        seen.push_str(&client.get("/api/v1/matters").body);
    }
    let mut auditor = server.signed_in("auditor").await;
    seen.push_str(&auditor.get("/api/v1/trail/export").body);
    assert!(seen.contains("〔举报人〕"), "its words stay, without the name");

    // The intake opens who informed; nobody else does.
    let ask = json!({ "matter": complaint, "purpose": "核对领奖人" });
    let opened = intake.post("/api/v1/vault/informant", &ask);
    assert_eq!(
        (opened.status, &opened.json()["name"], &opened.json()["phone"]),
        (200, &informant["name"], &informant["phone"]),
        "{opened:?}"
    );
    for client in [&mut lead, &mut head] {
        assert_eq!(client.post("/api/v1/vault/informant", &ask).code(), "denied");
    }
    for (client, matter) in [(&mut intake, &clue), (&mut lead, &case)] {
        let other = json!({ "matter": matter, "purpose": "核对领奖人" });
        assert_eq!(
            client.post("/api/v1/vault/informant", &other).code(),
            "denied",
            "a clue or case has none"
        );
    }
    let token =
        intake.get(&format!("/api/v1/matters/{complaint}")).json()["facts"]["complaint"]["token"].clone();
    let other = json!({ "matter": complaint, "tokens": [token], "purpose": "核实" });
    assert_eq!(
        lead.post("/api/v1/vault/open", &other).code(),
        "not_found",
        "personal data's keys open no informant"
    );
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_names_an_informant_from_the_intake_over_the_case_to_the_reward() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .init();
    on_both(
        |_| (),
        async |server| {
            let (name, phone, number) = ("癸亥某", "19900007654", certno(88));
            let informant =
                json!({ "name": name, "phone": phone, "certificate": number, "account": "9900000000001234" });
            let content = format!("本人{name}，身份证{number}，电话{phone}，举报挂床住院");
            let seen = rewarded(server, &informant, &content).await;
            let stored = everything(server).await;
            let mut files = Vec::new();
            on_disk(server.folder.path(), &mut files);
            let logged = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            assert!(logged.len() > 10_000, "the log was listened to");
            for clear in [name, phone, &number, "9900000000001234"] {
                let found = |bytes: &[u8]| bytes.windows(clear.len()).any(|part| part == clear.as_bytes());
                assert!(!found(seen.as_bytes()), "shown to somebody");
                assert!(!found(stored.as_bytes()), "in a table or a backup");
                assert!(!found(&files), "in a file of the data folder");
                assert!(!found(&logged), "in the log");
            }
        },
    )
    .await;
}
