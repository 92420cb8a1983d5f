//! Every route of the description, tried by every role of every department elsewhere: none gets at what is not theirs, and nothing of it changes.
//!
//! The requests are made from the description itself, so a new route is attacked without a line here. A path parameter of a new
//! name fails the test until it is said below which of the victim's ids stands for it.

use crate::{
    accounts::certno,
    client::{Client, Reply},
    files::sent_to,
    setup::{MARK, PASSWORD, Server, begin_in, on_empty, unbounded},
};
use mingcha_casework::{
    facts::{Department, Role},
    words::Word as _,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _};

/// Where the victim sits.
const REGION: &str = "330102";
const ORGANISATION: &str = "330102-yb";
const ACCOUNT: &str = "victim";
/// The victim's institution, which another bureau names in a commission of its own.
const NAMED: &str = "H33010200001";
/// A first password that must be changed at once.
const FIRST: &str = "seven lamps by the lake";

/// The victim's matters, by machine, and what else of his has an id.
struct Victim {
    client: Client,
    matters: BTreeMap<&'static str, String>,
    /// A file of the clue.
    file: String,
    /// By the beginning of the paths that name it.
    others: BTreeMap<&'static str, String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_elsewhere_gets_at_anything_by_any_route() {
    on_empty(unbounded, async |server| {
        begin_in(server, "guojia-yb", "国家医保局", "000000").await;
        let mut victim = victim(server).await;
        let before = seen(&mut victim);
        // What the lake knows of a clue is there for its own people.
        for part in ["timeline", "peers"] {
            let own = victim.client.get(&format!("/api/v1/matters/cvictim/{part}"));
            assert!(own.status == 200 && own.body.contains(MARK), "{own:?}");
        }
        let own = json!({ "kind": "institution", "code": NAMED });
        let own = victim.client.post("/api/v1/portraits", &own);
        assert!(own.status == 200 && own.body.contains(MARK), "{own:?}");
        let description = server.nobody().get("/openapi.json").json();
        let requests = requests(&description, &victim);
        let mut crossings = Vec::new();
        let mut tried = 0_u64;
        for (name, mut attacker) in attackers(server).await {
            // A look at one's own is no crossing: what is seen without any of the victim's ids is what everybody sees.
            assert_eq!(
                attacker.get("/api/v1/session").status,
                200,
                "{name} is signed in and past the first password"
            );
            for request in &requests {
                if request.every_act && !name.contains("insurance") {
                    continue;
                }
                let reply = attacker.send_request(request);
                tried += 1;
                if let Some(what) = crossed(&name, request, &reply, &victim) {
                    crossings.push(format!("{name}: {} {}: {what}", request.method, request.path));
                }
                assert!(reply.status < 500, "{name}: {} {}: {reply:?}", request.method, request.path);
            }
        }
        assert_eq!(seen(&mut victim), before, "nothing of the victim's was changed");
        let colleagues = colleagues(server, &mut victim).await;
        // One of them was recused, which is on the case.
        let before = seen(&mut victim);
        for (name, mut colleague) in colleagues {
            let of_the_case = format!("/matters/{}", victim.matters["case"]);
            for request in requests.iter().filter(|request| request.path.contains(&of_the_case)) {
                let reply = colleague.send_request(request);
                tried += 1;
                if let Some(what) = crossed(&name, request, &reply, &victim) {
                    crossings.push(format!("{name}: {} {}: {what}", request.method, request.path));
                }
            }
            let listed = colleague.get("/api/v1/matters?machine=case");
            assert!(!listed.body.contains(&victim.matters["case"]), "{name}: {listed:?}");
        }
        assert!(crossings.is_empty(), "{} of {tried}:\n{}", crossings.len(), crossings.join("\n"));
        assert_eq!(seen(&mut victim), before, "nothing of the victim's was changed by colleagues");
        assert!(tried > 5_000, "{tried}");
    })
    .await;
}

/// A request of an attacker.
struct Attack {
    method: String,
    path: String,
    body: Option<Value>,
    /// Whether it names the victim's matter, account or organisation in its path: then no answer but a refusal is right.
    named: bool,
    /// One of many acts on one matter, which only the victim's own kind of department tries.
    every_act: bool,
}

impl Client {
    fn send_request(&mut self, attack: &Attack) -> Reply {
        match &attack.body {
            Some(body) => self.write(&attack.method, &attack.path, body),
            None if attack.method == "GET" => self.get(&attack.path),
            None => self.write(&attack.method, &attack.path, &json!({})),
        }
    }
}

/// Why an answer is a crossing.
fn crossed(name: &str, attack: &Attack, reply: &Reply, victim: &Victim) -> Option<String> {
    if reply.status >= 400 {
        // A refusal may repeat what was asked, but never what the asker could not know.
        return reply.body.contains(MARK).then(|| "the refusal tells something".to_owned());
    }
    // The procuratorate of the place supervises transfers: it reads the victim's, under the name of its case, and does nothing to it.
    let supervises = name.ends_with(&format!("{REGION}-x-procuratorate"));
    if supervises && attack.method == "GET" && attack.path.contains(&victim.matters["transfer"]) {
        return None;
    }
    if attack.named {
        return Some(format!("answered {}", reply.status));
    }
    // Who there is, by name and region, everybody knows: matters are handed over by it.
    if ["/api/v1/organisations", "/api/v1/regions"].iter().any(|known| attack.path.starts_with(known)) {
        return None;
    }
    // An auditor reads what his own people tried, and an export asks with the filters that its asker gave: under the ids that they named
    // themselves. The region next door is one's own.
    let tried = ["/api/v1/trail", "/api/v1/exports"].iter().any(|own| attack.path.starts_with(own));
    let shown = |machine: &str| supervises && machine != "clue";
    let ids = victim.matters.iter().filter(|(machine, _)| !tried && !shown(machine));
    let ids = ids.map(|(_, id)| id.as_str());
    let places = [REGION, ORGANISATION].into_iter().filter(|_| !tried && !name.contains(REGION));
    let secrets = std::iter::once(MARK).filter(|_| !supervises).chain(places).chain(ids);
    // What the attackers' own head wrote into a commission is told back to them.
    let body = reply.body.replace(&format!("\"institutions\":[\"{NAMED}\"]"), "");
    let told: Vec<&str> = secrets.filter(|secret| body.contains(secret)).collect();
    (!told.is_empty()).then(|| format!("{} tells {}", reply.status, told.join(", ")))
}

/// What the victim sees of his own, but for how much time his clocks still give.
fn seen(victim: &mut Victim) -> Vec<Value> {
    let mut seen = Vec::new();
    for id in victim.matters.values() {
        let matter = victim.client.get(&format!("/api/v1/matters/{id}")).json();
        seen.extend(["heading", "facts", "origin", "team", "handed_to"].map(|part| matter[part].clone()));
    }
    seen.push(victim.client.get("/api/v1/matters/counts?by=state").json());
    seen
}

async fn victim(server: &Server) -> Victim {
    let mut security = server.signed_in("security").await;
    let own = json!({ "id": ORGANISATION, "title": format!("{MARK}区医保局"), "region": REGION, "department": "insurance" });
    assert_eq!(security.post("/api/v1/organisations", &own).status, 201);
    let mut client = account(server, ACCOUNT, 1, ORGANISATION, Role::TeamLead).await.expect("an account");
    let clue = json!({
        "id": "Cvictim", "title": format!("{MARK}线索"), "region": REGION, "subject_kind": "institution",
        "subject": "H33010200001", "institution": "H33010200001", "amount": 120_000, "severity": 2, "score": 55, "grade": 2,
        "origin": { "run": "r-1", "findings": [{ "message": format!("{MARK}见到三行") }] },
    });
    assert_eq!(client.post("/api/v1/clues", &json!({ "clues": [clue] })).status, 200);
    let case = json!({
        "machine": "case", "region": REGION, "source": "screening", "title": format!("{MARK}案件"), "act": "open", "reason": "查实",
        "subject_kind": "institution", "subject": "H33010200001", "institution": "H33010200001",
        "input": { "input": "open_case", "subject": "H33010200001", "violation_facts": format!("{MARK}同日重复收费"),
            "violation_ended": "2026-01-31", "own_jurisdiction": true, "grave": false },
    });
    let made = |reply: Reply, part: &str| {
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()[part].as_str().expect("an id").to_owned()
    };
    let case = made(client.post("/api/v1/matters", &case), "id");
    let transfer = json!({
        "machine": "transfer", "region": REGION, "source": "screening", "title": format!("{MARK}移送"), "act": "open", "reason": "涉嫌犯罪",
        "parent": case,
        "input": { "input": "open_transfer", "case": case, "crime": "《中华人民共和国刑法》第二百六十六条" },
    });
    let transfer = made(client.post("/api/v1/matters", &transfer), "id");
    let files = "/api/v1/matters/cvictim/files";
    let others = BTreeMap::from([
        (
            "/api/v1/exports/",
            made(client.post("/api/v1/exports", &json!({ "query": {}, "purpose": "核查" })), "id"),
        ),
        ("/api/v1/uploads/", made(client.post(files, &json!({ "title": "一半.txt", "bytes": 9 })), "upload")),
    ]);
    let file = made(sent_to(&mut client, files, "明细.txt", &format!("{MARK}1234"), &json!({})), "id");
    let matters = BTreeMap::from([("clue", "cvictim".to_owned()), ("case", case), ("transfer", transfer)]);
    Victim { client, matters, file, others }
}

/// Those of the victim's own bureau who have nothing to do with his case: who is not on its team, who was and is recused, and who counts or
/// keeps the house.
async fn colleagues(server: &Server, victim: &mut Victim) -> Vec<(String, Client)> {
    let mut colleagues = Vec::new();
    for (number, role) in
        (50..).zip([Role::Handler, Role::Statistics, Role::SecurityAdministrator, Role::SystemAdministrator])
    {
        let id = format!("c{number}");
        let client = account(server, &id, number, ORGANISATION, role).await.expect("an account");
        colleagues.push((format!("{} of the same bureau", role.name()), client));
    }
    let mut recused = account(server, "recused", 60, ORGANISATION, Role::TeamLead).await.expect("an account");
    let case = format!("/api/v1/matters/{}", victim.matters["case"]);
    assert_eq!(recused.get(&case).status, 200, "a lead of the bureau, until he is recused");
    let recuse = json!({ "version": victim.client.get(&case).json()["heading"]["version"], "reason": "近亲属",
        "input": { "input": "recuse", "account": "recused" } });
    let done = victim.client.post(&format!("{case}/acts/recuse"), &recuse);
    assert_eq!(done.status, 200, "{done:?}");
    colleagues.push(("recused lead of the same bureau".to_owned(), recused));
    colleagues
}

/// Somebody with a role, past the first password; nothing where the department has no such role.
async fn account(server: &Server, id: &str, number: u32, organisation: &str, role: Role) -> Option<Client> {
    let new = json!({
        "id": id, "organisation": organisation, "certno": certno(number), "password": FIRST, "role": role.name(), "clearance": 4,
    });
    let made = server.signed_in("security").await.post("/api/v1/accounts", &new);
    if made.status != 201 {
        assert_eq!(made.status, 422, "{id}: {made:?}");
        return None;
    }
    let mut client = server.signed_in(id).await;
    let change = json!({ "old": FIRST, "new": PASSWORD });
    assert_eq!(client.write("PUT", "/api/v1/session/password", &change).status, 204);
    Some(client)
}

/// Every role of every department of another province, and of every other department next door.
async fn attackers(server: &Server) -> Vec<(String, Client)> {
    let mut attackers = Vec::new();
    let (mut number, mut ids) = (100, BTreeMap::new());
    for region in ["440104", REGION] {
        for (department, name, _) in Department::ALL {
            if region == REGION && *department == Department::Insurance {
                continue;
            }
            let organisation = format!("{region}-x-{}", name.replace('_', "-"));
            let mut body =
                json!({ "id": organisation, "title": "别处", "region": region, "department": name });
            if *department == Department::Institution {
                body["fixmedins_code"] = json!("H44010400009");
            }
            let made = server.signed_in("security").await.post("/api/v1/organisations", &body);
            assert_eq!(made.status, 201, "{made:?}");
            for (role, role_name, _) in Role::ALL {
                number += 1;
                let id = format!("a{number}");
                if let Some(client) = account(server, &id, number, &organisation, *role).await {
                    let name = format!("{role_name} of {organisation}");
                    ids.insert(name.clone(), id);
                    attackers.push((name, client));
                }
            }
        }
        if let Some((_, head)) =
            attackers.iter_mut().find(|(name, _)| *name == format!("head of {region}-x-insurance"))
        {
            commission(head);
            // Their sessions ended with it.
            for (name, client) in
                attackers.iter_mut().filter(|(name, _)| name.ends_with(&format!("{region}-x-third-party")))
            {
                *client = server.signed_in(&ids[name]).await;
            }
        }
    }
    attackers
}

/// Third parties that another bureau commissioned with the victim's own institution: what they may see is that bureau's matters alone.
fn commission(head: &mut Client) {
    let third = head.get("/api/v1/commissions").json()["items"].as_array().cloned().expect("a list");
    assert!(third.len() > 2, "{third:?}");
    for account in third {
        let letter = json!({
            "version": account["version"], "matters": [], "institutions": [NAMED], "from": "2026-01-01", "to": "2099-12-31",
            "why": "委托",
        });
        let path =
            format!("/api/v1/accounts/{}/commission", account["account"].as_str().expect("an account"));
        let given = head.write("PUT", &path, &letter);
        assert_eq!(given.status, 200, "{given:?}");
    }
}

/// Requests for every operation of the description.
fn requests(description: &Value, victim: &Victim) -> Vec<Attack> {
    let mut attacks = Vec::new();
    for (path, operations) in description["paths"].as_object().expect("paths") {
        if !path.starts_with("/api/") {
            continue;
        }
        for (method, operation) in operations.as_object().expect("operations") {
            // Signing in and out and one's own password are about oneself alone.
            if path.starts_with("/api/v1/session") {
                continue;
            }
            for (path, named, every_act) in paths(path, victim) {
                let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
                let bodies = match schema {
                    Value::Null => vec![None],
                    schema => vec![Some(body(description, schema, victim)), Some(json!({}))],
                };
                for body in bodies {
                    for query in queries(operation, victim) {
                        let path = format!("{path}{query}");
                        attacks.push(Attack {
                            method: method.to_uppercase(),
                            path,
                            body: body.clone(),
                            named,
                            every_act,
                        });
                    }
                }
            }
        }
    }
    attacks
}

/// The paths with the victim's ids in them.
fn paths(path: &str, victim: &Victim) -> Vec<(String, bool, bool)> {
    if !path.contains('{') {
        return vec![(path.to_owned(), false, false)];
    }
    if path.contains("/accounts/{id}") {
        return vec![(path.replace("{id}", ACCOUNT), true, false)];
    }
    if path.contains("/organisations/{id}") {
        return vec![(path.replace("{id}", ORGANISATION), true, false)];
    }
    if path.contains("/views/{id}") {
        // What one keeps of one's own under a name that everybody may use.
        return vec![(path.replace("{id}", "clues"), false, false)];
    }
    if let Some((_, id)) = victim.others.iter().find(|(of, _)| path.starts_with(**of)) {
        return vec![(path.replace("{id}", id), true, false)];
    }
    if path.contains("/ledgers/{id}") {
        // A ledger is everybody's; what stands in it is not.
        return ["transfer-ledger", "fund-work"].map(|id| (path.replace("{id}", id), false, false)).to_vec();
    }
    let (procedures, _) = mingcha_casework::Procedures::embedded();
    let mut paths = Vec::new();
    for (machine, id) in &victim.matters {
        let path = path.replace("{id}", id).replace("{file}", &victim.file);
        let path = path.replace("{paper}", "filing-approval").replace("{version}", "1");
        if path.contains("{act}") {
            let acts = procedures.machines[*machine].acts.keys();
            paths.extend(
                acts.map(|act| (path.replace("{act}", &act.replace('_', "-")), true, act != "register")),
            );
        } else {
            paths.push((path, true, false));
        }
    }
    for (path, ..) in &paths {
        assert!(!path.contains('{'), "say which of the victim's ids stands in {path}");
    }
    paths
}

/// No query, and each parameter with something of the victim's.
fn queries(operation: &Value, victim: &Victim) -> Vec<String> {
    let mut queries = vec![String::new()];
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        if parameter["in"] != "query" {
            continue;
        }
        let name = parameter["name"].as_str().expect("a name");
        let mut query = String::from("?");
        if parameter["required"] != true {
            for other in operation["parameters"].as_array().into_iter().flatten() {
                if other["in"] == "query" && other["required"] == true {
                    let other = other["name"].as_str().expect("a name");
                    let _ = write!(query, "{other}={}&", value(other, victim));
                }
            }
        }
        let _ = write!(query, "{name}={}", value(name, victim));
        queries.push(query);
    }
    queries
}

/// Something of the victim's that may stand under such a name.
fn value(name: &str, victim: &Victim) -> String {
    match name {
        "by" => "region".to_owned(),
        "rule" => "insured/often".to_owned(),
        "region" => REGION.to_owned(),
        "organisation" => ORGANISATION.to_owned(),
        "machine" => "case".to_owned(),
        "member" | "account" => ACCOUNT.to_owned(),
        "sort" => "id".to_owned(),
        "q" => "%E6%A0%87%E8%AE%B0".to_owned(),
        "descending" | "ended" => "false".to_owned(),
        "page" | "size" | "limit" | "from" | "least" | "grade" | "severity" | "begun_from" | "offset" => {
            "1".to_owned()
        }
        _ => victim.matters["case"].clone(),
    }
}

/// A body that the schema allows, with the victim's own where a name asks for it.
fn body(description: &Value, schema: &Value, victim: &Victim) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().expect("a name");
        return body(description, &description["components"]["schemas"][name], victim);
    }
    if let Some(one) = ["oneOf", "anyOf", "allOf"].into_iter().find_map(|kind| schema[kind].as_array()) {
        let one = one.iter().find(|one| one["type"] != "null").expect("one that is something");
        return body(description, one, victim);
    }
    if let Some(only) = schema["const"].as_str().or_else(|| schema["enum"][0].as_str()) {
        return json!(only);
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null").cloned().unwrap_or_default(),
        kind => kind.clone(),
    };
    match kind.as_str() {
        Some("object") => {
            let properties = schema["properties"].as_object().cloned().unwrap_or_default();
            let named = |(name, schema): (&String, &Value)| {
                let value = match name.as_str() {
                    "region" => json!(REGION),
                    "organisation" => json!(ORGANISATION),
                    "account" | "member" => json!(ACCOUNT),
                    "matter" | "parent" => json!(victim.matters["case"]),
                    "machine" => json!("clue"),
                    "act" => json!("open"),
                    "version" => json!(1),
                    _ => body(description, schema, victim),
                };
                (name.clone(), value)
            };
            properties.iter().map(named).collect()
        }
        Some("array") => json!([body(description, &schema["items"], victim)]),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("boolean") => json!(true),
        Some("string") if schema["format"] == "date" => json!("2026-11-22"),
        Some("string") => json!(victim.matters["case"]),
        _ => json!({}),
    }
}
