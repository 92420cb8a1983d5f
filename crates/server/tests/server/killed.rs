//! A server that is killed at random moments: what it acknowledged is there, nothing is there by half, and the trail proves.

use crate::{
    client::Client,
    setup::{PASSWORD, Server, begin, config},
};
use mingcha_casework::{
    signin::TotpSecret,
    store::{Context, Error, Store, accounts::BodyQuery, machine_clock},
    trail::Who,
    vault::Purpose,
};
use mingcha_server::{Config, SecondFactor, keys, start};
use mingcha_testbed::postgres::Postgres;
use serde_json::json;
use std::{
    env,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// Folder and database of the child, which tell this test's executable that it is one.
const FOLDER: &str = "MINGCHA_TEST_CHILD_FOLDER";
const DATABASE: &str = "MINGCHA_TEST_CHILD_DATABASE";
/// How often it is killed, on each database; more by `MINGCHA_KILLS`.
const KILLS: u32 = 8;
const CLIENTS: u32 = 4;

fn child_config(folder: &str, database: &str) -> Config {
    let mut config = Config::in_folder(folder.as_ref());
    config.listen.set_port(0);
    database.clone_into(&mut config.database);
    config.session.second_factor = SecondFactor::Chosen;
    config.cost = mingcha_casework::signin::Cost { memory: 64, passes: 1 };
    for rate in [&mut config.rates.address, &mut config.rates.account, &mut config.rates.sign_in] {
        *rate = mingcha_server::Rate { per_second: 100_000.0, burst: 100_000.0 };
    }
    config
}

/// What the child process runs; called by itself it finds nothing to serve and ends.
#[tokio::test(flavor = "multi_thread")]
async fn the_child_serves_until_it_is_killed() {
    let (Ok(folder), Ok(database)) = (env::var(FOLDER), env::var(DATABASE)) else { return };
    let running = start(child_config(&folder, &database)).await.expect("it starts");
    // Standard output is the test harness's own.
    eprintln!("listening {}", running.address);
    std::future::pending::<()>().await;
}

/// Starts one of the children below once it says that it is at work, and where.
fn spawn(test: &str, (folder, database): (&str, &str), more: Option<(&str, &str)>) -> (Child, SocketAddr) {
    let mut child = Command::new(env::current_exe().expect("this executable"))
        .args(["--exact", test, "--nocapture"])
        .envs([(FOLDER, folder), (DATABASE, database)].into_iter().chain(more))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a child");
    let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let address = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("listening ")?.parse().ok());
    (child, address.expect("it listens"))
}

/// Kills a child at a random moment.
async fn kill(mut child: Child, after: Duration) {
    let mut byte = [0; 1];
    getrandom::fill(&mut byte).expect("random");
    tokio::time::sleep(after + Duration::from_millis(2 * u64::from(byte[0]))).await;
    child.kill().expect("killed");
    child.wait().expect("gone");
}

/// How often: as told, or else the usual number of times.
fn kills(usual: u32) -> u32 {
    env::var("MINGCHA_KILLS").ok().map_or(usual, |times| times.parse().expect("a number"))
}

/// Clients at work on a server that is killed so often; all that was acknowledged. The work is told the round and which client it is.
async fn killed<T: Send + 'static>(
    at: (&str, &str),
    kills: u32,
    work: fn(SocketAddr, u32, u32) -> Vec<T>,
) -> Vec<T> {
    let mut acknowledged = Vec::new();
    for round in 0..kills {
        let (child, address) = spawn("killed::the_child_serves_until_it_is_killed", at, None);
        let clients: Vec<_> =
            (0..CLIENTS).map(|client| thread::spawn(move || work(address, round, client))).collect();
        kill(child, Duration::from_millis(250)).await;
        acknowledged.extend(clients.into_iter().flat_map(|client| client.join().expect("ended")));
    }
    acknowledged
}

/// Somebody who signed in at the door; nothing where the server was gone before.
fn signed_in(address: SocketAddr, account: &str) -> Option<Client> {
    let mut asking = Client::new(address);
    let door = json!({ "account": account, "password": PASSWORD }).to_string();
    let me = asking.try_send("POST", "/api/v1/session", &[], &door)?;
    asking.csrf = me.json()["csrf_token"].as_str().map(str::to_owned);
    Some(asking)
}

/// Adds organisations until the server is gone; returns those that were acknowledged.
fn work(address: SocketAddr, round: u32, client: u32) -> Vec<String> {
    let Some(mut asking) = signed_in(address, "security") else { return Vec::new() };
    let mut acknowledged = Vec::new();
    for count in 0.. {
        let id = format!("o-{round}-{client}-{count}");
        let body = json!({ "id": id, "title": "某区医保局", "region": "330102", "department": "insurance" })
            .to_string();
        match asking.try_send("POST", "/api/v1/organisations", &[("Idempotency-Key", &id)], &body) {
            Some(reply) if reply.status == 201 => acknowledged.push(id),
            Some(reply) => assert_eq!(reply.status, 201, "{reply:?}"),
            None => break,
        }
    }
    acknowledged
}

async fn survives(folder: &tempfile::TempDir, database: &str) {
    let place = folder.path().display().to_string();
    let running = start(child_config(&place, database)).await.expect("it starts");
    let server = Server::of(running);
    begin(&server).await;
    server.running.stop().await.expect("it stops");

    let kills = kills(KILLS);
    let acknowledged = killed((&place, database), kills, work).await;
    assert!(acknowledged.len() > kills as usize, "it was at work when it was killed: {}", acknowledged.len());

    let store = Store::open(database, machine_clock()).await.expect("opened");
    for id in &acknowledged {
        store.organisation(id).await.expect("what was acknowledged is there");
    }
    let all =
        store.organisations(&BodyQuery { limit: 1_000_000, ..BodyQuery::default() }).await.expect("read");
    let (mut recorded, mut after) = (0, 0);
    loop {
        let page = store.trail_after(after).await.expect("read");
        let Some(last) = page.last() else { break };
        after = last.record.seq;
        recorded += page.iter().filter(|entry| entry.record.act == "add_organisation").count();
    }
    assert_eq!(all.len(), recorded, "each act with its record, and no record without its act");
    assert_eq!(store.prove(Vec::new()).await.expect("proved").1.faults, []);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_it_loses_nothing_that_it_acknowledged() {
    let postgres = Postgres::start();
    let folder = tempfile::tempdir().expect("a folder");
    survives(&folder, &config(&folder).database).await;
    survives(&folder, &postgres.database("killed")).await;
}

/// Sends files in pieces until the server is gone; returns the ids of those that were acknowledged, with their texts.
fn send_files(address: SocketAddr, round: u32, client: u32) -> Vec<(String, String)> {
    let Some(mut asking) = signed_in(address, "lead-1") else { return Vec::new() };
    let mut acknowledged = Vec::new();
    for count in 0.. {
        let text = format!("file {round} {client} {count} ").repeat(200);
        let new = json!({ "title": "x.txt", "bytes": text.len() }).to_string();
        let Some(begun) = asking.try_send("POST", "/api/v1/matters/c0a/files", &[], &new) else { break };
        let begun = begun.json();
        let upload = begun["upload"].as_str().unwrap_or_else(|| panic!("{begun}"));
        let pieces = text.as_bytes().chunks(1000).enumerate().all(|(at, piece)| {
            let path = format!("/api/v1/uploads/{upload}?offset={}", at * 1000);
            let octets = [("Content-Type", "application/octet-stream")];
            asking.try_send("PUT", &path, &octets, std::str::from_utf8(piece).expect("ASCII")).is_some()
        });
        let key = format!("f-{round}-{client}-{count}");
        let finish = format!("/api/v1/uploads/{upload}/finish");
        let reply =
            if pieces { asking.try_send("POST", &finish, &[("Idempotency-Key", &key)], "{}") } else { None };
        let Some(reply) = reply else { break };
        assert_eq!(reply.status, 201, "{reply:?}");
        acknowledged.push((reply.json()["id"].as_str().expect("an id").to_owned(), text));
    }
    acknowledged
}

async fn keeps_files(folder: &tempfile::TempDir, database: &str) {
    let place = folder.path().display().to_string();
    let server = Server::of(start(child_config(&place, database)).await.expect("it starts"));
    begin(&server).await;
    let mut lead = crate::matters::lead(&server).await;
    lead.post("/api/v1/clues", &json!({ "clues": [crate::matters::clue("C0a", "重复收费")] }));
    server.running.stop().await.expect("it stops");
    let acknowledged = killed((&place, database), kills(KILLS / 2), send_files).await;
    assert!(!acknowledged.is_empty(), "it was at work when it was killed");

    let server = Server::of(start(child_config(&place, database)).await.expect("it starts again"));
    let mut lead = server.signed_in("lead-1").await;
    for (id, text) in &acknowledged {
        assert_eq!(&lead.get(&format!("/api/v1/matters/c0a/files/{id}")).body, text, "{id}");
    }
    let listed = lead.get("/api/v1/matters/c0a/files").json();
    for file in listed.as_array().expect("a list") {
        let id = file["id"].as_str().expect("an id");
        let proof = lead.get(&format!("/api/v1/matters/c0a/files/{id}/proof")).json();
        assert_eq!(proof["whole"], true, "every row has its file and its record: {proof}");
    }
    let files = &server.running.app.files;
    assert_eq!(files.incoming().expect("listed"), [""; 0], "nothing half stays");
    server.running.stop().await.expect("it stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_files_come_in_it_keeps_what_it_acknowledged_and_nothing_half() {
    let postgres = Postgres::start();
    for database in [None, Some(postgres.database("killed"))] {
        let folder = tempfile::tempdir().expect("a folder");
        let database = database.unwrap_or_else(|| config(&folder).database);
        keeps_files(&folder, &database).await;
    }
}

/// Opens cases and takes a second step in each until the server is gone; returns those that were acknowledged, and whether the second step was.
fn work_on_cases(address: SocketAddr, round: u32, client: u32) -> Vec<(String, bool)> {
    let Some(mut asking) = signed_in(address, "lead-1") else { return Vec::new() };
    let mut acknowledged = Vec::new();
    for count in 0.. {
        let subject = format!("H33{round:03}{client}{count:05}");
        let case = json!({
            "machine": "case", "region": "330100", "source": "screening", "title": "重复收费", "act": "open", "reason": "查实",
            "subject_kind": "institution", "subject": subject, "institution": subject,
            "input": { "input": "open_case", "subject": subject, "violation_facts": "同日重复收费", "violation_ended": "2026-01-31",
                "own_jurisdiction": true, "grave": false },
        });
        let key = format!("k-{round}-{client}-{count}");
        let opened =
            asking.try_send("POST", "/api/v1/matters", &[("Idempotency-Key", &key)], &case.to_string());
        let Some(opened) = opened else { break };
        assert_eq!(opened.status, 201, "{opened:?}");
        let id = opened.json()["id"].as_str().expect("an id").to_owned();
        let recuse = json!({ "version": 1, "reason": "近亲属", "input": { "input": "recuse", "account": "security" } });
        let path = format!("/api/v1/matters/{id}/acts/recuse");
        let second =
            asking.try_send("POST", &path, &[("Idempotency-Key", &format!("{key}-2"))], &recuse.to_string());
        acknowledged.push((id, second.is_some()));
        let Some(second) = second else { break };
        assert_eq!(second.status, 200, "{second:?}");
    }
    acknowledged
}

async fn keeps_cases(folder: &tempfile::TempDir, database: &str) {
    let place = folder.path().display().to_string();
    let server = Server::of(start(child_config(&place, database)).await.expect("it starts"));
    begin(&server).await;
    crate::matters::lead(&server).await;
    server.running.stop().await.expect("it stops");
    let kills = kills(KILLS / 2);
    let acknowledged = killed((&place, database), kills, work_on_cases).await;
    assert!(acknowledged.len() > kills as usize, "it was at work when it was killed: {}", acknowledged.len());

    let server = Server::of(start(child_config(&place, database)).await.expect("it starts again"));
    let mut lead = server.signed_in("lead-1").await;
    let view = |lead: &mut Client, id: &str| lead.get(&format!("/api/v1/matters/{id}")).json();
    for (id, second) in &acknowledged {
        let view = view(&mut lead, id);
        let recused = view["facts"]["recused"].as_array().is_some_and(|recused| !recused.is_empty());
        assert!(recused || !second, "what was acknowledged is there: {view}");
    }
    // Each case stands with its record and its clocks, each second step with its own, also those whose answer was never heard.
    let (mut opened, mut recused, mut after) = (Vec::new(), 0, 0);
    loop {
        let page = server.running.app.store.trail_after(after).await.expect("read");
        let Some(last) = page.last() else { break };
        after = last.record.seq;
        let done = page.iter().map(|entry| &entry.record).filter(|record| record.outcome.name() == "done");
        for record in done {
            recused += u64::from(record.act == "recuse");
            if record.act == "open" {
                opened.push(record.on.id.clone());
            }
        }
    }
    let mut standing = 0;
    for id in &opened {
        let view = view(&mut lead, id);
        assert!(view["clocks"].as_array().is_some_and(|clocks| !clocks.is_empty()), "no act by half: {view}");
        standing += u64::from(view["facts"]["recused"].as_array().is_some_and(|list| !list.is_empty()));
    }
    assert_eq!(standing, recused, "each step with its record");
    let counts = lead.get("/api/v1/matters/counts?machine=case&by=state").json();
    let all: i64 = counts.as_array().expect("counts").iter().filter_map(|part| part["count"].as_i64()).sum();
    assert_eq!(all, opened.len() as i64, "no case without its record: {counts}");
    server.running.stop().await.expect("it stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_it_keeps_cases_whole() {
    let postgres = Postgres::start();
    for database in [None, Some(postgres.database("killed"))] {
        let folder = tempfile::tempdir().expect("a folder");
        let database = database.unwrap_or_else(|| config(&folder).database);
        keeps_cases(&folder, &database).await;
    }
}

/// Tells the child that it rotates instead.
const ROTATES: &str = "MINGCHA_TEST_CHILD_ROTATES";

/// What the other child process runs.
#[tokio::test(flavor = "multi_thread")]
async fn the_child_rotates_until_it_is_killed() {
    let (Ok(folder), Ok(database), Ok(_)) = (env::var(FOLDER), env::var(DATABASE), env::var(ROTATES)) else {
        return;
    };
    let config = child_config(&folder, &database);
    eprintln!("listening 127.0.0.1:1");
    loop {
        keys::rotate(&config, Purpose::SignIn, |_| ()).await.expect("rotated");
    }
}

/// Second factors of some accounts; the server that made them goes on all the while with the ring of before.
async fn keeps_factors(folder: &tempfile::TempDir, database: &str) {
    let place = folder.path().display().to_string();
    let server = Server::of(start(child_config(&place, database)).await.expect("it starts"));
    begin(&server).await;
    let app = std::sync::Arc::clone(&server.running.app);
    let mut secrets = Vec::new();
    for number in 1..=120 {
        let id = format!("p-{number}");
        let mut security = server.signed_in("security").await;
        let made = security.post("/api/v1/accounts", &crate::accounts::account(&id, number, "handler"));
        assert_eq!(made.status, 201, "{made:?}");
        let secret = TotpSecret::random().expect("random");
        let sealed = app.desk.seal(None, &id, &secret).expect("sealed");
        let who = Who { account: id.clone(), organisation: String::new(), role: String::new() };
        let context = Context::new(who, "test");
        app.store.set_second_factor(context, sealed, 0, String::new()).await.expect("set");
        secrets.push((id, secret.base32().to_string()));
    }
    let config = child_config(&place, database);
    for _ in 0..KILLS {
        let rotates = "killed::the_child_rotates_until_it_is_killed";
        let (child, _) = spawn(rotates, (&place, database), Some((ROTATES, "1")));
        kill(child, Duration::ZERO).await;
        for (id, secret) in &secrets {
            let factor = app.store.credentials(id).await.expect("read").and_then(|known| known.totp);
            let opened = app.desk.open(id, &factor.expect("kept")).expect("opened without a stop");
            assert_eq!(opened.base32().as_str(), secret);
        }
    }
    let key = keys::rotate(&config, Purpose::SignIn, |_| ()).await.expect("brought to its end");
    let stands = app.store.sign_in_keys_in_use().await.expect("read");
    assert_eq!((stands.waiting(), stands.values.get(&key)), (0, Some(&120)), "{stands:?}");
    assert!(key != "k1", "it was at work when it was killed");
    // Once nothing needs it a key is taken out; what was sealed under one that is no longer current is not taken in.
    keys::retire(&config, Purpose::SignIn, &key).await.expect_err("the current one");
    keys::retire(&config, Purpose::SignIn, "k1").await.expect("taken out");
    let desk = mingcha_server::desk(&config, false).expect("a desk");
    for (id, secret) in &secrets {
        let factor =
            app.store.credentials(id).await.expect("read").and_then(|known| known.totp).expect("kept");
        assert_eq!(desk.open(id, &factor).expect("opened").base32().as_str(), secret);
    }
    let late = app.desk.seal(Some("k1"), "p-1", &TotpSecret::random().expect("random"));
    if let Ok(late) = late {
        let who = Who { account: "p-1".into(), organisation: String::new(), role: String::new() };
        let context = Context::new(who, "test");
        let refused = app.store.set_second_factor(context, late, 0, String::new()).await;
        assert!(matches!(refused, Err(Error::Keys(_))), "{refused:?}");
    }
    assert_eq!(app.store.prove(Vec::new()).await.expect("proved").1.faults, []);
    drop(app);
    server.running.stop().await.expect("it stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_the_key_of_second_factors_changes_every_one_of_them_still_opens() {
    let postgres = Postgres::start();
    for database in [None, Some(postgres.database("killed"))] {
        let folder = tempfile::tempdir().expect("a folder");
        let database = database.unwrap_or_else(|| config(&folder).database);
        keeps_factors(&folder, &database).await;
    }
}
