//! Who is attacked: a bureau with a matter of every machine, and something of its own of everything else that has an id.

use super::attackers::account;
use crate::{
    client::{Client, Reply},
    files::sent_to,
    ledgers::quarters,
    setup::{MARK, Server},
    vault::act,
};
use mingcha_casework::facts::Role;
use mingcha_model::Date;
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};

/// Where the victim sits.
pub const REGION: &str = "330102";
pub const ORGANISATION: &str = "330102-yb";
pub const ACCOUNT: &str = "victim";
/// The victim's institution, which another bureau names in a commission of its own.
pub const NAMED: &str = "H33010200001";
/// The third party that works for the victim's bureau.
pub const FIRM: &str = "victim-firm";
/// Whom the victim's clue concerns, and who informed.
pub const PEOPLE: [&str; 2] = ["甲子丑", "庚辛壬"];
/// The victim's paper.
pub const PAPER: &str = "filing-approval";

/// The victim's matters, by machine, and what else of his has an id.
pub struct Victim {
    /// Leads the bureau.
    pub client: Client,
    /// Leads the agency one level up, whose matters the county's own agencies may not read.
    agency: Client,
    pub matters: BTreeMap<&'static str, String>,
    /// A file of the clue.
    pub file: String,
    /// A sealed value of the clue.
    pub token: String,
    /// A closed quarter, and the digest of the table that stays of it.
    pub quarter: String,
    closed: String,
    /// By the beginning of the paths that name them.
    pub others: Vec<(&'static str, String)>,
}

impl Victim {
    /// What the victim sees of his own, but for how much time his clocks still give.
    pub fn seen(&mut self) -> Vec<Value> {
        let mut seen = Vec::new();
        for (machine, id) in &self.matters {
            let client = if of_the_agency(machine) { &mut self.agency } else { &mut self.client };
            let path = format!("/api/v1/matters/{id}");
            let matter = client.get(&path);
            assert_eq!(matter.status, 200, "{machine}: {matter:?}");
            let matter = matter.json();
            seen.extend(["heading", "facts", "origin", "team", "handed_to"].map(|part| matter[part].clone()));
            seen.push(client.get(&format!("{path}/files")).json());
            seen.push(client.get(&format!("{path}/papers")).json()["issued"].clone());
        }
        let of = |prefix: &str| self.others.iter().find(|(of, _)| *of == prefix).map(|(_, id)| id.clone());
        let (draw, delivery) = (of("/api/v1/draws/").expect("one"), of("/api/v1/deliveries/").expect("one"));
        let ledger = format!("ledgers/fund-work?period={}", self.quarter);
        let counts = format!("matters/counts?by=state&organisation={ORGANISATION}");
        for path in ["letterhead", "exports", &counts, &format!("draws/{draw}"), &ledger] {
            let list = self.client.get(&format!("/api/v1/{path}"));
            assert_eq!(list.status, 200, "{path}: {list:?}");
            seen.push(list.json());
        }
        // What others of the place delivered of their own is seen too, and is theirs to change.
        let deliveries = self.client.get("/api/v1/deliveries").json()["items"].clone();
        let own = deliveries.as_array().and_then(|all| all.iter().find(|one| one["id"] == delivery));
        seen.push(own.expect("delivered").clone());
        seen
    }

    /// What nobody elsewhere may be told, but for what stands in the victim's matters.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().map(|(_, id)| id.as_str());
        others.chain([&self.file, &self.token, &self.closed].map(String::as_str)).chain(PEOPLE)
    }
}

/// Whether it is the agency that begins matters of a machine.
fn of_the_agency(machine: &str) -> bool {
    ["agreement", "points_year"].contains(&machine)
}

/// What was made: its id under a name of the answer.
fn made(reply: &Reply, part: &str) -> String {
    assert!([200, 201, 202].contains(&reply.status), "{reply:?}");
    reply.json()[part].as_str().unwrap_or_else(|| panic!("`{part}` in {reply:?}")).to_owned()
}

/// The bureau of a county with all that it has, in a house where a national bureau keeps the lake.
pub async fn victim(server: &Server) -> Victim {
    let mut security = server.signed_in("security").await;
    for (id, region, department) in [
        (ORGANISATION, REGION, "insurance"),
        ("330100-jb", "330100", "agency"),
        ("330102-ga", REGION, "police"),
        ("330102-ws", REGION, "health"),
        ("330102-kj", REGION, "third_party"),
    ] {
        let own = json!({ "id": id, "title": format!("某区{department}"), "region": region, "department": department });
        assert_eq!(security.post("/api/v1/organisations", &own).status, 201);
    }
    let mut client = account(server, ACCOUNT, 1, ORGANISATION, Role::TeamLead).await.expect("an account");
    let mut agency =
        account(server, "victim-agency", 2, "330100-jb", Role::TeamLead).await.expect("an account");
    let mut head = account(server, "victim-head", 3, ORGANISATION, Role::Head).await.expect("an account");
    let mut matters = matters(server, &mut client);
    for (machine, input) in agency_inputs() {
        matters.insert(machine, begin(&mut agency, machine, "330100", "open", None, &input));
    }
    let person =
        json!({ "input": "add_person", "role": "witness", "name": PEOPLE[0], "phone": "19900001234" });
    act(&mut client, "cvictim", "add_person", person);
    let person = client.get("/api/v1/matters/cvictim").json()["facts"]["people"][0]["name"].clone();
    let file = sent_to(&mut client, CLUE_FILES, "明细.txt", &format!("{MARK}1234"), &json!({}));
    let mut others = things(&mut client);
    others.extend(lake(server).await);
    others.push(("/api/v1/deliveries/", delivered(server).await));
    issued(&mut client, &mut head, &matters["case"]);
    commissioned(server, &mut head, &matters["clue"]).await;
    let quarter = quarters(server).1;
    let closed = client.post("/api/v1/ledgers/fund-work/close", &json!({ "period": quarter }));
    assert_eq!(closed.status, 200, "{closed:?}");
    Victim {
        client,
        agency,
        matters,
        file: made(&file, "id"),
        token: person.as_str().expect("a token").to_owned(),
        quarter,
        closed: closed.json()["closed"]["sm3"].as_str().expect("a digest").to_owned(),
        others,
    }
}

const CLUE_FILES: &str = "/api/v1/matters/cvictim/files";

/// Begins a matter and returns its id.
fn begin(
    client: &mut Client,
    machine: &str,
    region: &str,
    act: &str,
    parent: Option<&str>,
    input: &Value,
) -> String {
    let new = json!({
        "machine": machine, "region": region, "source": "screening", "title": format!("{MARK}{machine}"), "act": act,
        "reason": "依规办理", "subject_kind": "institution", "subject": NAMED, "institution": NAMED, "parent": parent, "input": input,
    });
    let reply = client.post("/api/v1/matters", &new);
    assert_eq!(reply.status, 201, "{machine}: {reply:?}");
    made(&reply, "id")
}

/// A matter of every machine of the bureau's.
fn matters(server: &Server, client: &mut Client) -> BTreeMap<&'static str, String> {
    let clue = json!({
        "id": "Cvictim", "title": format!("{MARK}线索"), "region": REGION, "subject_kind": "institution", "subject": NAMED,
        "institution": NAMED, "amount": 120_000, "severity": 2, "score": 55, "grade": 2,
        "origin": { "run": "r-1", "findings": [{ "message": format!("{MARK}见到三行") }] },
    });
    assert_eq!(client.post("/api/v1/clues", &json!({ "clues": [clue] })).status, 200);
    let case = json!({
        "input": "open_case", "subject": NAMED, "violation_facts": format!("{MARK}同日重复收费"), "violation_ended": "2026-01-31",
        "own_jurisdiction": true, "grave": false,
    });
    let case = begin(client, "case", REGION, "open", None, &case);
    let crime = "《中华人民共和国刑法》第二百六十六条";
    let transfer = json!({ "input": "open_transfer", "case": case, "crime": crime });
    let transfer = begin(client, "transfer", REGION, "open", Some(&case), &transfer);
    let due = Date(server.running.app.store.now().time().date().0 + 30).to_string();
    let mut matters = BTreeMap::from([("clue", "cvictim".to_owned()), ("transfer", transfer)]);
    for (machine, opening, input) in bureau_inputs(&case, &due) {
        matters.insert(machine, begin(client, machine, REGION, opening, None, &input));
    }
    matters.insert("case", case);
    // Handed over, each to an office of the victim's own place, not to others of its kind there.
    for (machine, name) in [("referral", "send"), ("self_check", "issue")] {
        act(client, &matters[machine], name, json!({ "input": "nothing" }));
    }
    matters
}

/// What the bureau's matters begin with: machine, act, input.
fn bureau_inputs(case: &str, due: &str) -> Vec<(&'static str, &'static str, Value)> {
    let informant = json!({ "name": PEOPLE[1], "phone": "19900005678" });
    vec![
        (
            "complaint",
            "open",
            json!({ "input": "complaint", "channel": "line_12345", "named": true, "informant": informant, "target": "某医院",
                "content": format!("{MARK}挂床住院"), "evidence": true }),
        ),
        (
            "inspection",
            "open",
            json!({ "input": "plan_inspection", "kind": "special", "institution": NAMED, "plan": "2026年度计划第3项" }),
        ),
        (
            "self_check",
            "open",
            json!({ "input": "self_check", "institution": NAMED, "field": "骨科", "items": ["重复收费"], "variant": null, "due": due }),
        ),
        (
            "referral",
            "open",
            json!({ "input": "referral", "to": "health", "to_region": REGION, "content": format!("{MARK}诊疗不规范"),
                "asked": "依职责核查处理", "linked": "", "due": due }),
        ),
        (
            "listed_supervision",
            "open",
            json!({ "input": "listed", "matters": [case], "duty_region": REGION, "authorities": ["insurance", "police"], "due": due }),
        ),
        (
            "meeting",
            "open",
            json!({ "input": "meeting", "topic": format!("{MARK}联合行动"), "departments": ["insurance", "police"] }),
        ),
        (
            "points",
            "open",
            json!({ "input": "points", "practitioner": "D330102000001", "institution": NAMED, "event": "covering",
                "responsibility": "main", "points": 9, "facts": format!("{MARK}以他人名义结算") }),
        ),
        (
            "person_measure",
            "open",
            json!({ "input": "person", "person": "p-1", "measure": "M15", "facts": format!("{MARK}出借凭证") }),
        ),
        (
            "summary_penalty",
            "open",
            json!({ "input": "summary", "subject": NAMED, "person": false, "fine": 300_000 }),
        ),
        (
            "sanction",
            "open",
            json!({ "input": "sanction", "subject": NAMED, "measure": "M03", "department": "骨科", "months": 6, "case": case }),
        ),
        ("report", "open_statistics", json!({ "input": "report", "period": "2026Q1" })),
        (
            "retention",
            "open_log",
            json!({ "input": "keep", "what": format!("{MARK}日志"), "sm3": "4".repeat(64) }),
        ),
        ("trace_plan", "open", json!({ "input": "trace_plan", "institution": NAMED, "kind": "level_1" })),
    ]
}

/// What the agency's matters begin with.
fn agency_inputs() -> [(&'static str, Value); 2] {
    [
        (
            "agreement",
            json!({ "input": "agreement", "institution": NAMED, "breach": format!("{MARK}超标准收费") }),
        ),
        ("points_year", json!({ "input": "report", "period": "2026" })),
    ]
}

/// An export, half a file, a draw that waits for its lists, and a job that proves the clue.
fn things(client: &mut Client) -> Vec<(&'static str, String)> {
    let export = client.post("/api/v1/exports", &json!({ "query": {}, "purpose": "核查" }));
    let upload = client.post(CLUE_FILES, &json!({ "title": "一半.txt", "bytes": 9 }));
    let draw = client.post("/api/v1/draws", &json!({ "title": "抽查" }));
    assert_eq!(draw.status, 201, "{draw:?}");
    let drawn = draw.json()["draw"]["id"].as_str().expect("an id").to_owned();
    let job = client.post("/api/v1/matters/cvictim/verify", &json!({}));
    vec![
        ("/api/v1/exports/", made(&export, "id")),
        ("/api/v1/uploads/", made(&upload, "upload")),
        ("/api/v1/draws/", drawn),
        ("/api/v1/jobs/", made(&job, "id")),
    ]
}

/// What the bureau that keeps the lake has of it and of the house: a file on its way, a job about the victim's region, a batch and a run
/// (the lake of these tests knows whatever it is asked for), a backup.
async fn lake(server: &Server) -> Vec<(&'static str, String)> {
    let mut keeper = account(server, "keeper", 4, "guojia-yb", Role::Head).await.expect("an account");
    let file = keeper.post("/api/v1/lake/files", &json!({ "title": "a.csv", "bytes": 9 }));
    assert_eq!(file.status, 201, "{file:?}");
    let file = file.json()["file"]["id"].as_str().expect("an id").to_owned();
    let job = keeper.post("/api/v1/jobs", &json!({ "kind": "screen", "region": REGION }));
    for path in
        ["lake", "lake/batches/batch-of-the-house", "lake/quarantine", "runs", "runs/run-of-the-house"]
    {
        let own = keeper.get(&format!("/api/v1/{path}"));
        assert!(own.status == 200 && own.body.contains(MARK), "{path}: {own:?}");
    }
    let mut system = server.signed_in("system").await;
    assert_eq!(system.post("/api/v1/backups", &json!({})).status, 202);
    vec![
        ("/api/v1/lake/files/", file),
        ("/api/v1/jobs/", made(&job, "id")),
        ("/api/v1/lake/batches/", "batch-of-the-house".to_owned()),
        ("/api/v1/runs/", "run-of-the-house".to_owned()),
        ("/api/v1/backups/", archive(&mut system).await),
    ]
}

/// The backup that was asked for, once it is made.
async fn archive(system: &mut Client) -> String {
    for _ in 0..300 {
        let stands = system.get("/api/v1/backups").json();
        if let Some(name) = stands["archives"][0]["name"].as_str() {
            return name.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("a backup does not end")
}

/// What the police of the victim's place delivered.
async fn delivered(server: &Server) -> String {
    let mut police =
        account(server, "victim-police", 5, "330102-ga", Role::TeamLead).await.expect("an account");
    let until = Date(server.running.app.store.now().time().date().0 + 30).to_string();
    let rows = json!([{ "certno": crate::accounts::certno(77), "from": "2026-01-05", "to": null }]);
    let delivery = json!({ "kind": "death", "purposes": ["check_clue"], "until": until, "why": "示公函〔2026〕3号", "rows": rows });
    let taken = police.post("/api/v1/deliveries", &delivery);
    assert_eq!(taken.status, 201, "{taken:?}");
    taken.json()["delivery"]["id"].as_str().expect("an id").to_owned()
}

/// A letterhead, and a paper of the case under it.
fn issued(client: &mut Client, head: &mut Client, case: &str) {
    let letterhead =
        json!({ "version": 0, "letterhead": { "place": "某", "unit": format!("{MARK}科"), "names": {} } });
    assert_eq!(head.write("PUT", "/api/v1/letterhead", &letterhead).status, 200);
    let officers = json!([{ "姓名": "甲某", "执法证号": "X1" }, { "姓名": "乙某", "执法证号": "X2" }]);
    let version = client.get(&format!("/api/v1/matters/{case}")).json()["heading"]["version"].clone();
    let paper = json!({ "version": version, "fields": {
        "案由": format!("{MARK}重复收费"), "当事人名称": "某医院", "当事人住所": "某市人民路", "立案理由": "符合立案条件",
        "办案人员": officers,
    } });
    let issued = client.post(&format!("/api/v1/matters/{case}/papers/{PAPER}"), &paper);
    assert_eq!(issued.status, 201, "{issued:?}");
}

/// A third party that works for the bureau on the clue.
async fn commissioned(server: &Server, head: &mut Client, clue: &str) {
    account(server, FIRM, 6, "330102-kj", Role::Handler).await.expect("an account");
    let listed = head.get("/api/v1/commissions").json();
    let own = listed["items"].as_array().and_then(|all| all.iter().find(|one| one["account"] == FIRM));
    let letter = json!({
        "version": own.expect("listed")["version"], "matters": [clue], "institutions": [], "from": "2026-01-01", "to": "2099-12-31",
        "why": format!("{MARK}委托"),
    });
    let given = head.write("PUT", &format!("/api/v1/accounts/{FIRM}/commission"), &letter);
    assert_eq!(given.status, 200, "{given:?}");
}
