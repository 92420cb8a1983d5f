//! Loads a real server over the wire, for `cargo xtask bench casework`: an office of so many clues and cases, asked and written to by
//! many at once, with the trail on. Prints one JSON object.
//!
//! `office sqlite|postgres FOLDER CLUES CASES SECONDS CLIENTS`
//! `office fill FOLDER CLUES CASES` only fills a folder, on SQLite, and prints whom to sign in as: for `cargo xtask bench workbench`.
//! `office load FOLDER CLUES CASES SECONDS CLIENTS FROM` loads a folder that was filled; acts begin with clue number FROM, since each is
//! registered once.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a measurement is printed")]

#[path = "../../tests/server/accounts.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use more of it")]
mod accounts;
#[path = "../../tests/server/client.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod client;
#[path = "../../tests/server/setup.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod setup;
mod wire;

use client::Client;
use mingcha_model::cert::check_character;
use mingcha_server::{Config, Rate, start};
use mingcha_testbed::postgres::Postgres;
use serde_json::{Value, json};
use setup::{PASSWORD, Server};
use std::{
    env,
    error::Error,
    net::SocketAddr,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};
use wire::Wire;

/// The allocator of the binary, so that what is measured is what runs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Officers who work at the same time.
const OFFICERS: u32 = 8;
/// Clues of one hand-over.
const AT_ONCE: u64 = 200;

/// What is asked, and of a hundred requests how many.
const MIX: [(Kind, u64); 5] =
    [(Kind::Read, 45), (Kind::List, 25), (Kind::Act, 20), (Kind::Begin, 5), (Kind::Mine, 5)];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One matter with its clocks and what may be done.
    Read,
    /// A page of a list, filtered and sorted.
    List,
    /// An act on a clue.
    Act,
    /// A new clue.
    Begin,
    /// Who one is.
    Mine,
}

/// How much of what.
#[derive(Clone, Copy)]
struct Size {
    clues: u64,
    cases: u64,
    seconds: u64,
    clients: u64,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [backend, folder, numbers @ ..] = args.as_slice() else {
        return Err("see the head of this file".into());
    };
    let numbers: Vec<u64> = numbers.iter().map(|number| number.parse()).collect::<Result<_, _>>()?;
    if let ("fill", &[clues, cases]) = (backend.as_str(), numbers.as_slice()) {
        return filled(Path::new(folder), Size { clues, cases, seconds: 0, clients: 0 }).await;
    }
    if let ("load", &[clues, cases, seconds, clients, from]) = (backend.as_str(), numbers.as_slice()) {
        return loaded(Path::new(folder), Size { clues, cases, seconds, clients }, from).await;
    }
    let [clues, cases, seconds, clients] = numbers[..] else { return Err("four numbers".into()) };
    let size = Size { clues, cases, seconds, clients };
    // As its manual advises for a machine of its own that is written to without rest: a good part of the memory, not the 128 MB that it comes
    // with, and checkpoints further apart than five minutes.
    let settings = "-c shared_buffers=4GB -c max_wal_size=8GB -c checkpoint_timeout=30min";
    let postgres = (backend == "postgres").then(|| Postgres::start_with(settings));
    let server = Server::of(start(config(Path::new(folder), postgres.as_ref())?).await?);
    setup::begin(&server).await;
    let officers = officers(&server).await;
    let outsider = outsider(&server).await;
    let address = server.running.address;
    let (filled, measured) = tokio::task::spawn_blocking(move || {
        let begun = Instant::now();
        let filled = fill(address, &officers, size);
        eprintln!("filled after {:.0} s", begun.elapsed().as_secs_f64());
        // The database gathers statistics of what has come.
        thread::sleep(Duration::from_secs(5));
        (filled, measured(address, &officers, &outsider, size, 0))
    })
    .await?;
    server.running.stop().await?;
    told(measured, size, filled);
    Ok(())
}

/// Loads a folder that was filled before, with the officers that it knows.
async fn loaded(folder: &Path, size: Size, from: u64) -> Result<(), Box<dyn Error>> {
    let server = Server::of(start(config(folder, None)?).await?);
    let mut officers = Vec::new();
    for number in 1..=OFFICERS {
        officers.push(server.signed_in(&format!("lead-{number}")).await);
    }
    let outsider = server.signed_in(&format!("lead-{}", OFFICERS + 1)).await;
    let address = server.running.address;
    let measured =
        tokio::task::spawn_blocking(move || measured(address, &officers, &outsider, size, from)).await?;
    server.running.stop().await?;
    told(measured, size, 0.0);
    Ok(())
}

/// What was asked with the time that each answer took, and how often somebody got at what is not theirs.
type Measured = (Vec<(Kind, u64)>, u64);

fn measured(address: SocketAddr, officers: &[Client], outsider: &Client, size: Size, from: u64) -> Measured {
    let latencies = load(address, officers, size, from);
    (latencies, crossings(&mut Wire::new(address, outsider), size))
}

fn told((mut latencies, crossings): Measured, size: Size, filled: f64) {
    let mut report = report(filled, &mut latencies, size);
    report["crossings"] = json!(crossings);
    println!("{report}");
}

/// Fills a folder and lets go of it.
async fn filled(folder: &Path, size: Size) -> Result<(), Box<dyn Error>> {
    let server = Server::of(start(config(folder, None)?).await?);
    setup::begin(&server).await;
    let officers = officers(&server).await;
    let address = server.running.address;
    tokio::task::spawn_blocking(move || fill(address, &officers, size)).await?;
    server.running.stop().await?;
    println!("{}", json!({ "account": "lead-1", "password": PASSWORD }));
    Ok(())
}

fn config(folder: &Path, postgres: Option<&Postgres>) -> Result<Config, Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let mut config = Config::in_folder(folder);
    config.listen.set_port(0);
    (config.cost.memory, config.cost.passes) = (64, 1);
    config.body_bytes = 4 << 20;
    let unbounded = Rate { per_second: 1e9, burst: 1e9 };
    (config.rates.address, config.rates.account, config.rates.sign_in) = (unbounded, unbounded, unbounded);
    if let Some(postgres) = postgres {
        config.database = postgres.database("load");
    }
    Ok(config)
}

/// Officers of the city with sessions of their own.
async fn officers(server: &Server) -> Vec<Client> {
    let mut officers = Vec::new();
    for number in 1..=OFFICERS {
        officers.push(officer(server, "330100-yb", number).await);
    }
    officers
}

/// An officer of one county, who has no business with the others.
async fn outsider(server: &Server) -> Client {
    let county =
        json!({ "id": "330102-yb", "title": "某区医保局", "region": "330102", "department": "insurance" });
    let made = server.signed_in("security").await.post("/api/v1/organisations", &county);
    assert_eq!(made.status, 201, "{made:?}");
    officer(server, "330102-yb", OFFICERS + 1).await
}

async fn officer(server: &Server, organisation: &str, number: u32) -> Client {
    let id = format!("lead-{number}");
    let first = format!("99010119800101{number:03}");
    let check = check_character(first.as_bytes()).expect("digits");
    let account = json!({
        "id": id, "organisation": organisation, "certno": format!("{first}{}", char::from(check)),
        "password": "seven lamps by the lake", "role": "team_lead", "clearance": 2,
    });
    let made = server.signed_in("security").await.post("/api/v1/accounts", &account);
    assert_eq!(made.status, 201, "{made:?}");
    let mut officer = server.signed_in(&id).await;
    let change = json!({ "old": "seven lamps by the lake", "new": PASSWORD });
    assert_eq!(officer.write("PUT", "/api/v1/session/password", &change).status, 204);
    officer
}

/// How often an officer of another county gets at a clue: by reading it, by an act, in a list.
fn crossings(wire: &mut Wire, size: Size) -> u64 {
    let mut crossed = 0;
    let foreign = (0..size.clues).filter(|number| region(*number) != "330102").take(1000);
    for number in foreign {
        let path = format!("/api/v1/matters/c{number:08x}");
        crossed += u64::from(wire.get(&path).0 != 404);
        let act = json!({ "version": 1, "reason": "登记" });
        crossed += u64::from(wire.post(&format!("{path}/acts/register"), &act).0 != 404);
    }
    for page in 1..=4 {
        let (_, body) = wire.get(&format!("/api/v1/matters?size=500&page={page}"));
        let page: Value = serde_json::from_str(&body).expect("JSON");
        let items = page["items"].as_array().expect("items");
        crossed += items.iter().filter(|item| item["region"] != "330102").count() as u64;
    }
    crossed
}

fn clue(number: u64) -> Value {
    let institution = format!("H3301{:08}", number % 5_000);
    json!({
        "id": format!("C{number:08x}"), "title": format!("重复收费第{}组", number % 97), "region": region(number),
        "subject_kind": "institution", "subject": institution, "institution": institution,
        "amount": (number * 7_919) % 10_000_000, "severity": number % 3 + 1, "score": number % 101, "grade": number % 3 + 1,
        "origin": { "run": "r-1", "findings": [
            { "message": "见到三行，与同日另一收费项目重复，共计一百二十元", "lines": ["1", "2", "3"] },
        ] },
    })
}

fn case(number: u64) -> Value {
    let institution = format!("H3301{number:08}");
    json!({
        "machine": "case", "region": region(number), "source": "screening", "title": format!("第{number}号案件"), "act": "open",
        "reason": "线索查实", "subject_kind": "institution", "subject": institution, "institution": institution,
        "input": { "input": "open_case", "subject": institution, "violation_facts": "同日重复收取项目费用",
            "violation_ended": "2026-01-31", "own_jurisdiction": true, "grave": false },
    })
}

fn region(number: u64) -> String {
    format!("3301{:02}", number % 14 + 1)
}

/// Works through numbers from 0, a step at a time, an officer beside the other.
fn together(
    address: SocketAddr,
    officers: &[Client],
    most: u64,
    step: u64,
    work: impl Fn(&mut Wire, u64) + Sync,
) {
    let next = AtomicU64::new(0);
    thread::scope(|scope| {
        for officer in officers {
            let (next, work) = (&next, &work);
            scope.spawn(move || {
                let mut wire = Wire::new(address, officer);
                loop {
                    let from = next.fetch_add(step, Ordering::Relaxed);
                    if from >= most {
                        return;
                    }
                    work(&mut wire, from);
                }
            });
        }
    });
}

/// Hands clues over and begins cases; clues a second.
fn fill(address: SocketAddr, officers: &[Client], size: Size) -> f64 {
    let start = Instant::now();
    together(address, officers, size.clues, AT_ONCE, |wire, from| {
        let part: Vec<Value> = (from..(from + AT_ONCE).min(size.clues)).map(clue).collect();
        let (status, body) = wire.post("/api/v1/clues", &json!({ "clues": part }));
        assert_eq!(status, 200, "{body}");
        if from % 100_000 == 0 {
            eprintln!("{from} clues after {:.0} s", start.elapsed().as_secs_f64());
        }
    });
    let rate = size.clues as f64 / start.elapsed().as_secs_f64();
    together(address, officers, size.cases, 1, |wire, number| {
        let (status, body) = wire.post("/api/v1/matters", &case(number));
        assert_eq!(status, 201, "{body}");
        if number % 5_000 == 0 {
            eprintln!("{number} cases after {:.0} s", start.elapsed().as_secs_f64());
        }
    });
    rate
}

/// Ids of some of the cases.
fn cases(wire: &mut Wire) -> Vec<String> {
    let mut ids = Vec::new();
    for page in 1..=4 {
        let (_, body) = wire.get(&format!("/api/v1/matters?machine=case&size=500&page={page}"));
        let page: Value = serde_json::from_str(&body).expect("JSON");
        let items = page["items"].as_array().expect("items");
        ids.extend(items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
    }
    ids
}

/// Asks for so long; the kind and microseconds of every answer.
fn load(address: SocketAddr, officers: &[Client], size: Size, from: u64) -> Vec<(Kind, u64)> {
    // Acts go over clues that nobody has touched yet, one after another.
    let fresh = AtomicU64::new(from);
    let cases = cases(&mut Wire::new(address, &officers[0]));
    let until = Instant::now() + Duration::from_secs(size.seconds);
    thread::scope(|scope| {
        let client = |number: u64| {
            let officer = &officers[number as usize % officers.len()];
            let (fresh, cases) = (&fresh, cases.as_slice());
            move || {
                let mut dice = Dice(number + 1 + from);
                let mut wire = Wire::new(address, officer);
                let mut seen = Vec::new();
                while Instant::now() < until {
                    let kind = dice.kind();
                    let start = Instant::now();
                    ask(&mut wire, kind, &mut dice, size.clues, cases, fresh);
                    seen.push((kind, start.elapsed().as_micros() as u64));
                }
                seen
            }
        };
        let workers: Vec<_> = (0..size.clients).map(|number| scope.spawn(client(number))).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no client fails")).collect()
    })
}

fn ask(wire: &mut Wire, kind: Kind, dice: &mut Dice, clues: u64, cases: &[String], fresh: &AtomicU64) {
    let (wanted, (status, body)) = match kind {
        Kind::Read if !cases.is_empty() && dice.below(4) == 0 => {
            let id = &cases[dice.below(cases.len() as u64) as usize];
            (200, wire.get(&format!("/api/v1/matters/{id}")))
        }
        Kind::Read => (200, wire.get(&format!("/api/v1/matters/c{:08x}", dice.below(clues)))),
        Kind::List => {
            let sort = ["changed", "score", "amount", "due"][dice.below(4) as usize];
            let filter = match dice.below(3) {
                0 => format!("&region={}", region(dice.below(14))),
                1 => "&state=received".to_owned(),
                _ => format!("&institution=H3301{:08}", dice.below(5_000)),
            };
            // What is due first comes first; of all else the most or the newest.
            let descending = sort != "due";
            let path =
                format!("/api/v1/matters?machine=clue&size=20&descending={descending}&sort={sort}{filter}");
            (200, wire.get(&path))
        }
        Kind::Act => {
            let id = fresh.fetch_add(1, Ordering::Relaxed);
            let act = json!({ "version": 1, "reason": "登记" });
            (200, wire.post(&format!("/api/v1/matters/c{id:08x}/acts/register"), &act))
        }
        Kind::Begin => {
            let number = dice.next();
            let new = json!({
                "machine": "clue", "region": region(number), "source": "complaint", "title": "群众反映重复收费", "act": "open",
                "input": { "input": "open_clue", "source": "complaint", "subject": "H33010000001",
                    "key": format!("k-{number}"), "amount": 100, "severity": 1, "grade": 3 },
            });
            (201, wire.post("/api/v1/matters", &new))
        }
        Kind::Mine => (200, wire.get("/api/v1/session")),
    };
    assert_eq!(status, wanted, "{kind:?}: {body}");
}

fn report(filled: f64, latencies: &mut [(Kind, u64)], size: Size) -> Value {
    latencies.sort_by_key(|(_, micros)| *micros);
    let of = |kind: &Kind| -> Vec<u64> {
        latencies.iter().filter(|(known, _)| known == kind).map(|(_, micros)| *micros).collect()
    };
    let kind = |(kind, _): &(Kind, u64)| {
        let of = of(kind);
        let name = format!("{kind:?}").to_lowercase();
        json!({ "kind": name, "requests": of.len(), "p50_ms": at(&of, 0.5), "p99_ms": at(&of, 0.99) })
    };
    let all: Vec<u64> = latencies.iter().map(|(_, micros)| *micros).collect();
    json!({
        "per_s": all.len() as f64 / size.seconds as f64, "p50_ms": at(&all, 0.5), "p99_ms": at(&all, 0.99),
        "kinds": MIX.iter().map(kind).collect::<Vec<_>>(), "pushed_per_s": filled,
    })
}

/// The value below which such a share lies, in milliseconds.
fn at(sorted: &[u64], share: f64) -> f64 {
    let index = (sorted.len() as f64 * share) as usize;
    sorted.get(index.min(sorted.len().saturating_sub(1))).map_or(0.0, |micros| *micros as f64 / 1000.0)
}

/// Xorshift: the same requests every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 & (u64::MAX >> 1)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    fn kind(&mut self) -> Kind {
        let mut left = self.below(100);
        for (kind, share) in MIX {
            if left < share {
                return kind;
            }
            left -= share;
        }
        Kind::Read
    }
}
