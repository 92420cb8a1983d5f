//! The lake from the workbench: files sent, tried, imported and mended, runs made, clues handed over, proved and drawn, by the real server.

use crate::{fails, prints};
use mingcha_testbed::demo::{Client, FIRST_PASSWORD, PASSWORD, certno, people_file};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// An office with its server, which ends with it.
pub struct Office {
    pub folder: TempDir,
    address: SocketAddr,
    server: Child,
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

const ACCOUNTS: [(&str, &str, &str); 5] = [
    ("stat", "990000-yb", "statistics"),
    ("lead", "990000-yb", "team_lead"),
    ("handler", "990000-yb", "handler"),
    ("city-lead", "990100-yb", "team_lead"),
    ("head", "990000-yb", "head"),
];

impl Office {
    /// A province's bureau; `lake` are lines of its configuration.
    pub fn open(lake: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let at = folder.path();
        let port = TcpListener::bind("127.0.0.1:0").and_then(|taken| taken.local_addr()).expect("a port");
        fs::write(at.join("first"), FIRST_PASSWORD).expect("a password");
        fs::write(at.join("people.toml"), people_file("first")).expect("the first three");
        // Of this province's institutions each refused row is a fault.
        let grading = include_str!("../../../../procedures/schemes/grading.toml");
        fs::create_dir_all(at.join("procedures/schemes")).expect("a folder");
        let grading = grading.replace("data_rows = 100", "data_rows = 1");
        fs::write(at.join("procedures/schemes/grading.toml"), grading).expect("a scheme");
        let config = format!(
            "[server]\nlisten = \"{port}\"\n[store]\nfolder = \"data\"\nprocedures = \"procedures\"\n[session]\nsecond_factor = \"chosen\"\n\
             [limits]\nsign_in_per_minute = 10000\n[lake]\nthreads = 2\n{lake}"
        );
        fs::write(at.join("mingcha.toml"), config).expect("a configuration");
        let init = "init --config mingcha.toml --organisation 990000-yb --title 示例省医保局 --region 990000 --people people.toml";
        prints(at, &init.split(' ').collect::<Vec<_>>());
        let server = serve(at);
        let office = Self { folder, address: port, server };
        office.listens();
        office.fill();
        office
    }

    fn listens(&self) {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            assert!(start.elapsed() < Duration::from_mins(1), "the server does not answer");
            sleep(Duration::from_millis(50));
        }
    }

    fn fill(&self) {
        let mut security = self.signed_in("security");
        let city = json!({ "id": "990100-yb", "title": "示例市医保局", "region": "990100", "department": "insurance" });
        security.post("/api/v1/organisations", &city).expect("an organisation");
        for (serial, (id, organisation, role)) in ACCOUNTS.iter().enumerate() {
            let new = json!({
                "id": id, "organisation": organisation, "role": role, "clearance": 3, "certno": certno(serial),
                "password": FIRST_PASSWORD, "certificate": format!("ZF-{id}"),
            });
            security.post("/api/v1/accounts", &new).expect("an account");
        }
    }

    pub fn signed_in(&self, account: &str) -> Client {
        Client::sign_in(self.address, account, FIRST_PASSWORD, PASSWORD).expect("signed in")
    }

    /// Kills the server as a power cut would, and starts it again.
    fn cut_off(&mut self) {
        self.server.kill().expect("killed");
        self.server.wait().expect("gone");
        self.server = serve(self.folder.path());
        self.listens();
    }
}

fn serve(at: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_mingcha"))
        .args(["serve", "--config", "mingcha.toml"])
        .current_dir(at)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts")
}

/// Sends a file in pieces, one of them twice.
fn send(client: &mut Client, title: &str, bytes: &[u8]) -> String {
    let begun =
        client.post("/api/v1/lake/files", &json!({ "title": title, "bytes": bytes.len() })).expect("begun");
    let (id, piece) =
        (begun["file"]["id"].as_str().expect("an id").to_owned(), begun["piece"].as_u64().expect("a size"));
    let mut offset = 0;
    for (number, part) in bytes.chunks((piece as usize / 2).max(1)).enumerate() {
        for _ in 0..if number == 0 { 2 } else { 1 } {
            client.put_bytes(&format!("/api/v1/lake/files/{id}?offset={offset}"), part).expect("a piece");
        }
        offset += part.len();
    }
    id
}

fn ended(client: &mut Client, job: &Value) -> Value {
    let (id, start) = (job["id"].as_str().expect("an id"), Instant::now());
    loop {
        let job = client.get(&format!("/api/v1/jobs/{id}")).expect("the job is there");
        if !matches!(job["state"].as_str(), Some("waiting" | "running")) {
            return job;
        }
        assert!(start.elapsed() < Duration::from_mins(5), "{job}");
        sleep(Duration::from_millis(50));
    }
}

fn done(client: &mut Client, asked: &Value) -> Value {
    let job = client.post("/api/v1/jobs", asked).expect("a job");
    let job = ended(client, &job);
    assert_eq!(job["state"], "done", "{job}");
    job
}

/// The status of a refusal.
pub fn status(refused: Result<Value, String>) -> String {
    let told = refused.expect_err("it is refused");
    told.split(": ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default().to_owned()
}

#[test]
fn files_are_sent_imported_mended_and_screened_and_a_clue_is_proved_and_drawn() {
    let office = Office::open("path = \"lake\"\n");
    let at = office.folder.path();
    prints(
        at,
        &["synth", "--persons", "600", "--months", "8", "--seed", "7", "--out", "city", "--format", "csv"],
    );
    let mut stat = office.signed_in("stat");
    assert_eq!(stat.get("/api/v1/lake").expect("a look")["there"], false);
    let mut files = Vec::new();
    for entry in fs::read_dir(at.join("city/claims")).expect("claims") {
        let path = entry.expect("a file").path();
        let title = path.file_name().expect("a name").to_string_lossy().into_owned();
        files.push(send(&mut stat, &title, &fs::read(&path).expect("claims are read")));
    }
    let waiting = stat.get("/api/v1/lake/files").expect("a list");
    assert!(
        waiting.as_array().expect("a list").iter().all(|file| file["bytes"] == file["received"]),
        "{waiting}"
    );

    let trial = done(&mut stat, &json!({ "kind": "trial", "files": files, "as_of": "2026-11-01" }));
    assert_eq!(trial["report"]["state"], "tried");
    let rejected = trial["report"]["rejected"].as_array().expect("refused rows");
    let placed = |row: &Value| {
        row["line"].as_u64() > Some(1)
            && row["file"].as_str().is_some_and(|file| !file.contains('/'))
            && row["hint"] != ""
    };
    assert!(!rejected.is_empty() && rejected.iter().all(placed), "{rejected:?}");
    assert_eq!(stat.get("/api/v1/lake").expect("a look")["there"], false, "a trial keeps nothing");
    let import = done(&mut stat, &json!({ "kind": "import", "files": files, "as_of": "2026-11-01" }));
    let told = import.to_string();
    assert!(import["report"]["read"].as_u64().is_some_and(|rows| rows > 1000), "{told}");
    assert!(!told.contains(&at.display().to_string()) && !told.contains(&format!("{}/", files[0])), "{told}");
    assert_eq!(stat.get("/api/v1/lake/files").expect("a list"), json!([]), "what the lake has waits no more");

    let institution = refused_rows_are_mended(&mut stat);
    faults_of_its_data_lower_a_grade(&office, &institution);
    let screened = done(&mut stat, &json!({ "kind": "screen" }));
    let run = screened["report"]["id"].as_str().expect("a run").to_owned();
    assert_eq!(stat.get("/api/v1/runs").expect("runs")[0]["id"], run.as_str());
    let report = stat.get(&format!("/api/v1/runs/{run}")).expect("its report");
    let rules: u64 =
        report["by_rule"].as_array().expect("rules").iter().filter_map(|rule| rule["clues"].as_u64()).sum();
    assert_eq!(Some(rules), report["clues"].as_u64());
    a_damaged_run_hides_no_other(&mut stat, at, &run);
    done(&mut stat, &json!({ "kind": "prove", "run": run }));
    handed_over_proved_and_drawn(&office, &run, rules);
}

/// The month in which rows of an institution were refused counts in its grade, also once they were mended.
fn faults_of_its_data_lower_a_grade(office: &Office, institution: &str) {
    let path = format!("/api/v1/boards/institution-grade?institution={institution}");
    let grade = office.signed_in("lead").get(&path).expect("a grade");
    let parts = grade["parts"].as_array().expect("parts");
    let fault = parts.iter().find(|part| part["id"] == "data_fault").expect("it is weighed");
    assert_eq!((&fault["count"], &grade["score"]), (&json!(1), &json!(98)), "{grade}");
}

/// A run whose record cannot be read is named, and the others are shown as ever.
fn a_damaged_run_hides_no_other(stat: &mut Client, at: &Path, run: &str) {
    let folder = at.join("lake/runs/damaged");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("run.json"), "{ \"id\":").expect("half a record");
    let runs = stat.get("/api/v1/runs").expect("runs");
    let told = |at: usize| (runs[at]["id"].as_str(), runs[at]["damaged"].as_bool());
    assert_eq!([told(0), told(1)], [(Some("damaged"), Some(true)), (Some(run), Some(false))], "{runs}");
    assert!(runs[1]["clues"].as_u64() > Some(0), "{runs}");
    assert_eq!(status(stat.get("/api/v1/runs/damaged")), "503");
    assert_eq!(stat.get(&format!("/api/v1/runs/{run}")).expect("its report")["id"], run);
    fs::remove_dir_all(&folder).expect("removed");
}

/// What was refused comes out as CSV, goes in again, and is open no more; the institution of the first row.
fn refused_rows_are_mended(stat: &mut Client) -> String {
    let batches = stat.get("/api/v1/lake/batches").expect("batches");
    let id = batches[0]["id"].as_str().expect("a batch");
    let batch = stat.get(&format!("/api/v1/lake/batches/{id}")).expect("its report");
    assert!(batch["quarantined"].as_u64().is_some_and(|rows| rows > 0), "{batch}");
    let open = stat.get("/api/v1/lake/quarantine").expect("refused rows");
    // Some lines carry words where a time belongs.
    let group = &open["groups"][0];
    assert_eq!(
        (&group["column"], &group["check"]),
        (&json!("fee_ocur_time"), &json!("type")),
        "{}",
        open["groups"]
    );
    let table = group["table"].as_str().expect("a table");
    mended_on_the_page(stat, table);
    let path = format!("/api/v1/lake/quarantine/export?table={table}&check=type");
    let csv = stat.text(&path).expect("the rows as CSV");
    let mended = with_times(&csv);
    let file = send(stat, &format!("{table}-mended.csv"), mended.as_bytes());
    let import = done(stat, &json!({ "kind": "import", "files": [file], "as_of": "2026-11-01" }));
    assert_eq!(import["report"]["state"], "imported", "{import}");
    let left = stat.get(&format!("/api/v1/lake/quarantine?table={table}&check=type")).expect("refused rows");
    assert!(left["total"].as_u64() < open["total"].as_u64(), "{left}");
    assert_eq!(stat.get("/api/v1/lake/versions").expect("versions")[0]["version"], 3);
    let mut items = open["items"].as_array().expect("rows").iter();
    let code = items.find_map(|item| item["row"]["fixmedins_code"].as_str());
    code.expect("a row of an institution").to_owned()
}

/// Rows mended in the workbench are imported as a batch of their own: one in place, one to another key; one that is still at fault comes
/// back with its new reason and nothing else is said of it.
fn mended_on_the_page(stat: &mut Client, table: &str) {
    let path = format!("/api/v1/lake/quarantine?table={table}&check=type");
    let open = stat.get(&path).expect("refused rows");
    let columns = open["columns"].as_array().expect("columns");
    assert!(columns.iter().any(|column| column["column"] == "feedetl_sn" && column["key"] == true));
    let items = open["items"].as_array().expect("rows");
    let at_fault = |row: &&Value| row["column"] == "fee_ocur_time";
    let rows: Vec<&Value> = items.iter().filter(at_fault).take(3).collect();
    assert_eq!(rows.len(), 3, "{open}");
    let time = "2025-03-01 10:00:00";
    let typed = [
        json!({ "fee_ocur_time": time }),
        json!({ "fee_ocur_time": time, "feedetl_sn": "MENDED1" }),
        json!({ "fee_ocur_time": time, "cnt": "many" }),
    ];
    let rows: Vec<Value> = rows
        .iter()
        .zip(typed)
        .map(|(row, cells)| json!({ "batch": row["batch"], "place": row["place"], "cells": cells }))
        .collect();
    let mend = |trial: bool| json!({ "table": table, "rows": rows, "trial": trial });
    let asked = stat.post("/api/v1/lake/quarantine/mend", &mend(true)).expect("a job");
    let trial = ended(stat, &asked);
    assert_eq!((&trial["state"], &trial["report"]["state"]), (&json!("done"), &json!("tried")), "{trial}");
    let told = &trial["report"]["rejected"];
    assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!((&told[0]["line"], &told[0]["column"]), (&json!(4), &json!("cnt")), "{told}");
    assert_eq!(stat.get(&path).expect("refused rows")["total"], open["total"], "a trial keeps nothing");
    let asked = stat.post("/api/v1/lake/quarantine/mend", &mend(false)).expect("a job");
    let import = ended(stat, &asked);
    assert_eq!(import["report"]["state"], "imported", "{import}");
    assert!(!import["asked"].to_string().contains(time), "what was typed is not recorded: {import}");
    assert_eq!(stat.get("/api/v1/lake/files").expect("a list"), json!([]), "the file goes with the job");
    let left = stat.get(&path).expect("refused rows");
    assert_eq!(left["total"].as_u64(), open["total"].as_u64().map(|total| total - 2), "{left}");
    let new = left["items"].as_array().expect("rows").iter().find(|row| row["value"] == "many");
    assert_eq!(new.map(|row| &row["column"]), Some(&json!("cnt")), "{left}");
    let again = stat.post("/api/v1/lake/quarantine/mend", &mend(false));
    assert_eq!(status(again), "422", "none of them is open any more");
}

/// The CSV with a time in each line.
fn with_times(csv: &str) -> String {
    let mut lines = csv.lines();
    let header = lines.next().expect("a header");
    let time = header.split(',').position(|name| name == "fee_ocur_time").expect("a column");
    let mut out = format!("{header}\n");
    for line in lines {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[time] = "2025-03-01 10:00:00";
        let _ = writeln!(out, "{}", cells.join(","));
    }
    out
}

fn handed_over_proved_and_drawn(office: &Office, run: &str, clues: u64) {
    let mut lead = office.signed_in("lead");
    let handed = done(&mut lead, &json!({ "kind": "hand_over", "run": run }));
    assert_eq!(handed["report"]["begun"].as_u64(), Some(clues), "{handed}");
    let again = done(&mut lead, &json!({ "kind": "hand_over", "run": run }));
    assert_eq!(again["report"]["same"].as_u64(), Some(clues), "{again}");
    let mut kinds = Vec::new();
    for kind in ["person", "institution", "pharmacy", "practitioner", "group"] {
        let list =
            lead.get("/api/v1/matters?machine=clue&size=500&sort=score&descending=true").expect("clues");
        let items = list["items"].as_array().expect("a list").clone();
        let Some(clue) = items.iter().find(|item| item["subject_kind"] == kind) else { continue };
        let id = clue["id"].as_str().expect("an id");
        let matter = lead.get(&format!("/api/v1/matters/{id}")).expect("the clue");
        assert_eq!(matter["team"], json!([]), "whoever hands clues over does not work on them all");
        let drawn = lead.get(&format!("/api/v1/matters/{id}/timeline")).expect("its timeline");
        let of = |what: &str| drawn[what].as_array().map_or(0, Vec::len);
        assert!(of("items") + of("days") > 0, "{kind}: {drawn}");
        let lit = |what: &str| {
            drawn[what]
                .as_array()
                .expect("a list")
                .iter()
                .any(|one| one["offending"] != false && one["offending"] != 0)
        };
        assert!(lit("items") || lit("days"), "{kind}: {drawn}");
        if ["person", "group"].contains(&kind) {
            terminals_of_its_lines(&matter, &drawn);
        }
        let numbers = lead.get(&format!("/api/v1/matters/{id}/portrait"));
        match kind {
            "person" => counts_the_person(office, clue, &numbers.expect("the person in numbers")),
            _ => assert_eq!(status(numbers), "404", "{kind}"),
        }
        let peers = lead.get(&format!("/api/v1/matters/{id}/peers")).expect("its peers");
        assert!(
            peers["all"].as_u64() >= peers["peers"].as_array().map(|peers| peers.len() as u64),
            "{peers}"
        );
        let proof =
            lead.post(&format!("/api/v1/matters/{id}/verify"), &json!({})).expect("a proof is asked for");
        let proof = ended(&mut lead, &proof);
        assert_eq!(
            (&proof["state"], &proof["report"]["same"]),
            (&json!("done"), &json!(true)),
            "{kind}: {proof}"
        );
        // Another office sees neither.
        let mut city = office.signed_in("city-lead");
        assert_eq!(status(city.get(&format!("/api/v1/matters/{id}/timeline"))), "404");
        assert_eq!(
            status(city.get(&format!("/api/v1/jobs/{}", proof["id"].as_str().expect("an id")))),
            "404"
        );
        assert_eq!(status(office.signed_in("stat").get(&format!("/api/v1/matters/{id}/peers"))), "404");
        if kind == "institution" {
            evidence_is_proved(office, run, clue);
        }
        kinds.push(kind);
    }
    assert!(kinds.contains(&"person") && kinds.contains(&"institution"), "{kinds:?}");
    named(&mut lead);
    gone(office, run, &mut lead);
    let mut city = office.signed_in("city-lead");
    let elsewhere = city.get("/api/v1/lake").expect_err("it is kept by another bureau");
    assert!(elsewhere.contains("403") && elsewhere.contains("统一导入和筛查"), "{elsewhere}");
    assert_eq!(status(city.post("/api/v1/jobs", &json!({ "kind": "screen" }))), "403");
    assert_eq!(status(office.signed_in("handler").post("/api/v1/jobs", &json!({ "kind": "screen" }))), "403");
    assert_eq!(city.get("/api/v1/jobs").expect("one's own"), json!([]));
}

/// Settlements that a clue's lines name come with their terminals, and no others do.
fn terminals_of_its_lines(matter: &Value, drawn: &Value) {
    let findings = matter["origin"]["findings"].as_array().expect("findings");
    let lines = findings.iter().flat_map(|finding| finding["evidence"].as_array().expect("lines"));
    let settled: BTreeSet<&str> = lines.filter_map(|line| line["setl_id"].as_str()).collect();
    let terminals = drawn["terminals"].as_object().expect("terminals");
    assert_eq!(terminals.is_empty(), settled.is_empty(), "{drawn}");
    for (settlement, terminal) in terminals {
        assert!(settled.contains(settlement.as_str()), "{settlement} is none of the clue's");
        assert!(terminal.as_str().is_some_and(|terminal| terminal.starts_with('T')), "{terminal}");
    }
}

/// A case of a clue, filed, with a file and a finding of the clue as its evidence; the case and the file.
/// A person's numbers are those of the rows.
fn counts_the_person(office: &Office, clue: &Value, numbers: &Value) {
    let person = clue["subject"].as_str().expect("a person");
    let rows = |sql: String| -> Vec<Value> {
        let asked = ["lake", "query", &sql, "--lake", "lake", "--json", "--limit", "100000"];
        let answer = prints(office.folder.path(), &asked);
        answer.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let text = |row: &Value, column: &str| row[column].as_str().expect("a text").to_owned();
    let visits = rows(format!(
        "SELECT CAST(begntime AS VARCHAR) AS at, med_type FROM encounter WHERE psn_no = '{person}'"
    ));
    let bills = rows(format!(
        "SELECT CAST(CAST(medfee_sumamt * 100 AS BIGINT) AS VARCHAR) AS fee, \
         CAST(CAST(fund_pay_sumamt * 100 AS BIGINT) AS VARCHAR) AS fund FROM settlement WHERE psn_no = '{person}'"
    ));
    assert!(!visits.is_empty() && !bills.is_empty(), "a clue about somebody who was somewhere");
    let months = numbers["months"].as_array().expect("months");
    let sum =
        |column: &str| months.iter().map(|month| month[column].as_i64().expect("a number")).sum::<i64>();
    for column in ["fee", "fund"] {
        let all: i64 = bills.iter().map(|bill| text(bill, column).parse::<i64>().expect("fen")).sum();
        assert_eq!(sum(column), all, "{column}: {numbers}");
    }
    for month in months {
        let of_month = text(month, "month");
        let stays = |inside: bool| {
            let of_kind = |visit: &&Value| text(visit, "med_type").starts_with('2') == inside;
            visits.iter().filter(of_kind).filter(|visit| text(visit, "at").starts_with(&of_month)).count()
                as u64
        };
        let others =
            month["visits"].as_u64().zip(month["purchases"].as_u64()).map(|(one, other)| one + other);
        assert_eq!((month["stays"].as_u64(), others), (Some(stays(true)), Some(stays(false))), "{of_month}");
    }
    let named: u64 = months.iter().filter_map(|month| month["people"].as_u64()).max().expect("months");
    assert_eq!(named, 1, "of one person alone");
    assert!(numbers["goods_all"].as_u64() > Some(0) && numbers["stock"].is_null(), "{numbers}");
}

fn with_evidence(office: &Office, run: &str, clue: &Value) -> (String, String) {
    let mut lead = office.signed_in("lead");
    let origin =
        lead.get(&format!("/api/v1/matters/{}", clue["id"].as_str().expect("an id"))).expect("the clue");
    let begun = json!({
        "machine": "case", "act": "open", "region": clue["region"], "source": clue["source"], "title": clue["title"],
        "subject_kind": clue["subject_kind"], "subject": clue["subject"], "institution": clue["institution"],
        "parent": clue["id"],
        "input": {
            "input": "open_case", "subject": clue["subject"], "clue": clue["id"], "violation_facts": "所列明细属实",
            "violation_ended": origin["origin"]["end"], "grave": false, "own_jurisdiction": true,
        },
    });
    let begun = lead.post("/api/v1/matters", &begun).expect("a case");
    let case = begun["id"].as_str().expect("an id").to_owned();
    let officers = json!({ "input": "officers", "accounts": ["handler", "lead"] });
    lead.act(&case, "assign", "", &officers).expect("assigned");
    let approve = json!({ "input": "approve", "paper": "批1" });
    office.signed_in("head").act(&case, "approve_filing", "", &approve).expect("approved");
    lead.act(&case, "file", "", &json!({ "input": "nothing" })).expect("filed");
    let new = json!({ "title": "明细.csv", "bytes": 7 });
    let upload = lead.post(&format!("/api/v1/matters/{case}/files"), &new).expect("begun");
    let upload = upload["upload"].as_str().expect("an upload");
    lead.put_bytes(&format!("/api/v1/uploads/{upload}?offset=0"), b"one,two").expect("sent");
    let stored = lead.post(&format!("/api/v1/uploads/{upload}/finish"), &json!({})).expect("stored");
    let file = stored["id"].as_str().expect("an id").to_owned();
    for (title, more) in [
        ("医院提供的明细", json!({ "origin": "file", "file": file, "source": "该院信息科" })),
        ("筛查发现", json!({ "origin": "finding", "finding": format!("{run}#1") })),
        ("询问笔录", json!({ "origin": "outside", "source": "该院负责人" })),
    ] {
        let mut input = json!({ "input": "evidence", "kind": "electronic", "title": title });
        input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        lead.act(&case, "add_evidence", "", &input).expect("added");
    }
    (case, file)
}

/// The evidence of a case is proved from the console: what is whole, what was altered, what is not there any more.
fn evidence_is_proved(office: &Office, run: &str, clue: &Value) {
    let at = office.folder.path();
    let (case, file) = with_evidence(office, run, clue);
    let args = ["verify", "--config", "mingcha.toml", "--case", &case];
    let told = prints(at, &args);
    let lines: Vec<&str> = told.lines().collect();
    assert!(told.matches("the same").count() == 2 && told.contains("outside the system"), "{told}");
    assert!(lines.len() >= 4, "a line each under the header: {told}");
    let json = [args.as_slice(), &["--json"]].concat();
    let proofs: Value = serde_json::from_str(&prints(at, &json)).expect("JSON");
    assert_eq!(proofs[1]["finding"]["run"], run, "{proofs}");
    assert!(
        proofs[0]["sm3"] == proofs[0]["now_sm3"] && proofs[0]["sha256"] == proofs[0]["now_sha256"],
        "{proofs}"
    );

    let stored = at.join("data/files").join(&file[..2]).join(&file);
    fs::write(&stored, "one,six").expect("altered");
    assert!(fails(at, 3, &args).contains("1 of 3 pieces"), "the altered file is found");
    fs::write(&stored, "one,two").expect("put back");
    let kept = at.join("lake/runs").join(run);
    let away = at.join("run-away");
    fs::rename(&kept, &away).expect("taken away");
    assert!(fails(at, 3, &args).contains("1 of 3 pieces"), "a run that is not kept any more proves nothing");
    fs::rename(&away, &kept).expect("put back");
    prints(at, &args);
    assert!(
        fails(at, 4, &["verify", "--config", "mingcha.toml", "--case", "no-such"])
            .contains("there is no case")
    );
}

/// Institutions have the names of the register, for whoever is signed in, by code and by what one knows of them.
fn named(lead: &mut Client) {
    let mut asked = |query: &str| {
        let answer = lead.get(&format!("/api/v1/institutions?{query}")).expect("institutions");
        answer.as_array().expect("a list").clone()
    };
    let all = asked("text=");
    let first = all.first().expect("a register");
    let (code, name) = (first["code"].as_str().expect("a code"), first["name"].as_str().expect("a name"));
    assert!(code.starts_with(['H', 'P']) && !name.is_empty() && first["region"] != "", "{first}");
    assert_eq!(asked(&format!("codes={code},H00000000000")), std::slice::from_ref(first));
    let like = asked(&format!("text={}", &code[..4]));
    assert!(
        like.contains(first)
            && like.iter().all(|one| one["code"].as_str().is_some_and(|it| it.starts_with(&code[..4])))
    );
    assert!(asked("text=no-such-place").is_empty());
}

/// Of a run that is not kept any more the clue says so in words, and what it was handed over with stays.
fn gone(office: &Office, run: &str, lead: &mut Client) {
    let list = lead.get("/api/v1/matters?machine=clue&size=1").expect("clues");
    let id = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let kept = office.folder.path().join("lake/runs").join(run);
    let away = office.folder.path().join("run-away");
    fs::rename(&kept, &away).expect("taken away");
    for part in ["timeline", "peers"] {
        let told = lead.get(&format!("/api/v1/matters/{id}/{part}")).expect_err("nothing to draw");
        assert!(told.contains("run_gone") && told.contains("筛查运行已不在本系统"), "{told}");
    }
    fs::rename(&away, &kept).expect("put back");
    lead.get(&format!("/api/v1/matters/{id}/timeline")).expect("drawn again");
}

#[cfg(unix)]
#[test]
fn one_job_runs_at_a_time_is_stopped_when_asked_and_marked_when_the_server_was_cut_off() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().expect("a folder");
    let slow = folder.path().join("slow");
    fs::write(&slow, "#!/bin/sh\necho progress 3/10 >&2\nexec sleep 300\n").expect("a program");
    fs::set_permissions(&slow, fs::Permissions::from_mode(0o755)).expect("it may run");
    let mut office = Office::open(&format!("program = {:?}\n", slow.display().to_string()));
    let mut stat = office.signed_in("stat");
    let ask = |stat: &mut Client| stat.post("/api/v1/jobs", &json!({ "kind": "screen" })).expect("a job");
    let (one, two) = (ask(&mut stat), ask(&mut stat));
    let of = |job: &Value| format!("/api/v1/jobs/{}", job["id"].as_str().expect("an id"));
    let start = Instant::now();
    while stat.get(&of(&one)).expect("it is there")["done"] != 3 {
        assert!(start.elapsed() < Duration::from_mins(1), "no progress");
        sleep(Duration::from_millis(50));
    }
    assert_eq!(stat.get(&of(&two)).expect("it is there")["state"], "waiting");
    stat.post(&format!("{}/cancel", of(&one)), &json!({})).expect("stopped");
    assert_eq!(ended(&mut stat, &one)["state"], "cancelled");
    while stat.get(&of(&two)).expect("it is there")["state"] != "running" {
        assert!(start.elapsed() < Duration::from_mins(1), "the second does not begin");
        sleep(Duration::from_millis(50));
    }
    let three = ask(&mut stat);
    office.cut_off();
    let mut stat = office.signed_in("stat");
    let broken = stat.get(&of(&two)).expect("it is there");
    assert_eq!(broken["state"], "broken_off", "{broken}");
    assert!(broken["next"].as_str().is_some_and(|next| !next.is_empty()), "{broken}");
    stat.post(&format!("{}/cancel", of(&three)), &json!({})).expect("stopped");
    assert_eq!(ended(&mut stat, &three)["state"], "cancelled");
    assert_eq!(status(stat.post(&format!("{}/cancel", of(&three)), &json!({}))), "422");
}

#[test]
fn work_that_is_attended_to_ends_with_who_attends() {
    let folder = crate::with_lake();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingcha"))
        .args([
            "lake",
            "query",
            "SELECT sum(CAST(a.cnt AS DOUBLE) * b.cnt * c.cnt) FROM fee a, fee b, fee c",
            "--lake",
            "lake",
            "--attended",
        ])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    sleep(Duration::from_millis(500));
    assert!(child.try_wait().expect("looked after").is_none(), "a question that takes for ever");
    drop(child.stdin.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
}

/// A site that has drawn readmissions narrower, and knows one diagnosis more.
fn site(at: &Path) {
    let table = at.join("site/knowledge/sex_diagnosis");
    fs::create_dir_all(&table).expect("a folder");
    fs::write(table.join("rows.csv"), "code_prefix,sex,name\nZ99.8,女,本地增列\n").expect("rows");
    fs::write(at.join("site/params.toml"), "[\"institution/readmission\"]\ndays = 1\n").expect("parameters");
}

#[test]
fn a_rule_is_proved_on_the_spot_and_other_values_are_tried_before_anybody_keeps_them() {
    let office = Office::open("path = \"lake\"\nsite = \"site\"\n");
    let at = office.folder.path();
    site(at);
    prints(
        at,
        &["synth", "--persons", "600", "--months", "8", "--seed", "7", "--out", "city", "--format", "csv"],
    );
    prints(at, &["import", "city/claims", "--lake", "lake", "--as-of", "2026-11-01"]);
    let mut stat = office.signed_in("stat");

    let known = stat.get("/api/v1/knowledge/sex-diagnosis?code=Z99.8").expect("rows");
    assert_eq!(known["items"][0]["values"][2], "本地增列", "{known}");
    for rule in ["institution/readmission", "gang/seen-together"] {
        let runs = stat.get(&format!("/api/v1/rule/fixtures?name={rule}")).expect("fixtures");
        let passed = |run: &Value| run["passed"] == true;
        assert!(runs.as_array().is_some_and(|runs| runs.len() > 2 && runs.iter().all(passed)), "{runs}");
    }

    let rule = stat.get("/api/v1/rule?name=institution/readmission").expect("a rule");
    assert_eq!((&rule["params"][0]["site"], &rule["own_params"]), (&json!("1"), &json!(1)), "{rule}");
    let tried = |days: &str| json!({ "kind": "effect", "rule": "institution/readmission", "values": { "days": days } });
    let job = done(&mut stat, &tried("31"));
    assert_eq!(job["asked"]["set"], "days = 31\n");
    let report = &job["report"];
    let count = |of: &Value| of.as_u64().expect("a count");
    let (now, changed) = (count(&report["now"]["findings"]), count(&report["changed"]["findings"]));
    assert!(count(&report["come"]) > 0, "more days find more: {report}");
    assert_eq!(now + count(&report["come"]) - count(&report["gone"]), changed, "{report}");
    assert!(report["changed"]["amount"].as_i64() > report["now"]["amount"].as_i64(), "{report}");
    assert!(
        report["come_examples"][0]["message"].as_str().is_some_and(|words| words.contains("出院")),
        "{report}"
    );
    assert_eq!(stat.get("/api/v1/runs").expect("runs"), json!([]), "nothing was written");

    assert_eq!(status(stat.post("/api/v1/jobs", &tried("32"))), "422", "beyond the bounds");
    let mut handler = office.signed_in("handler");
    assert_eq!(status(handler.post("/api/v1/jobs", &tried("31"))), "403");
    kept(&office, &mut stat);
}

/// Only whoever is in charge keeps other values; they stand in the site's file, beside what somebody wrote there, and on the trail.
fn kept(office: &Office, stat: &mut Client) {
    let file = office.folder.path().join("site/params.toml");
    let before = "# decided in March\n[\"institution/readmission\"]\ndays = 1\n";
    fs::write(&file, before).expect("parameters");
    let set = |days: &str| json!({ "rule": "institution/readmission", "values": { "days": days } });
    assert_eq!(status(stat.put("/api/v1/rule/params", &set("20"))), "403");
    assert_eq!(fs::read_to_string(&file).expect("the file"), before);
    let mut head = office.signed_in("head");
    assert_eq!(status(head.put("/api/v1/rule/params", &set("99"))), "422");
    let params = head.put("/api/v1/rule/params", &set("20")).expect("kept");
    assert_eq!(params[0]["site"], "20", "{params}");
    assert_eq!(fs::read_to_string(&file).expect("the file"), before.replace("= 1", "= 20"));
    let mut auditor = office.signed_in("auditor");
    let trail = auditor.get("/api/v1/trail?act=set_params").expect("the trail").to_string();
    assert!(trail.contains("institution/readmission"), "{trail}");
}
