//! What attackers ask: every operation of the description, with something of the victim's wherever it takes a name.

use super::victim::{ACCOUNT, FIRM, NAMED, ORGANISATION, PAPER, REGION, Victim};
use mingcha_casework::{Procedures, facts::Department};
use serde_json::{Value, json};

/// A request of an attacker.
pub struct Attack {
    pub method: String,
    pub path: String,
    /// Content type and text.
    pub body: Option<(String, String)>,
    /// Whether it names something of the victim's in its path: then no answer but a refusal is right.
    pub named: bool,
    /// Of one of many acts on one matter, the departments that may do it to any: only they try it.
    pub act: Option<Vec<Department>>,
    /// Whether its matter is one of those that only people who work on matters try.
    pub of_lesser_matter: bool,
}

/// A path with the victim's ids in it, and what [`Attack`] says of it.
struct Place {
    path: String,
    named: bool,
    act: Option<Vec<Department>>,
    of_lesser_matter: bool,
}

/// Matters that everybody tries.
const TRIED: [&str; 4] = ["clue", "case", "transfer", "complaint"];

/// Requests for every operation of the description.
pub fn requests(description: &Value, victim: &Victim) -> Vec<Attack> {
    let mut attacks = Vec::new();
    for (path, operations) in description["paths"].as_object().expect("paths") {
        // Signing in and out and one's own password are about oneself alone.
        if !path.starts_with("/api/") || path.starts_with("/api/v1/session") {
            continue;
        }
        for (method, operation) in operations.as_object().expect("operations") {
            let queries = queries(path, operation, victim);
            for place in places(path, victim) {
                let bodies = bodies(description, operation, &place, victim);
                for (body, query) in bodies.iter().flat_map(|body| queries.iter().map(move |one| (body, one)))
                {
                    attacks.push(Attack {
                        method: method.to_uppercase(),
                        path: format!("{}{query}", place.path),
                        body: body.clone(),
                        named: place.named,
                        act: place.act.clone(),
                        of_lesser_matter: place.of_lesser_matter,
                    });
                }
            }
        }
    }
    attacks
}

/// The paths with the victim's ids in them.
fn places(path: &str, victim: &Victim) -> Vec<Place> {
    let place = |path: String, named: bool| Place { path, named, act: None, of_lesser_matter: false };
    if !path.contains('{') {
        return vec![place(path.to_owned(), false)];
    }
    // What one keeps of one's own under a name that everybody may use, ledgers that are everybody's while what stands in them is not, and the
    // knowledge that comes with Mingcha.
    let everybodys: &[&str] = match path.split('/').nth(3).unwrap_or_default() {
        "views" => &["clues"],
        "ledgers" => &["transfer-ledger", "fund-work"],
        "knowledge" => &["negative_list"],
        _ => &[],
    };
    if !everybodys.is_empty() {
        return everybodys.iter().map(|id| place(path.replace("{id}", id), false)).collect();
    }
    let own: Vec<&str> = if path.starts_with("/api/v1/accounts/{id}/commission") {
        vec![FIRM, ACCOUNT]
    } else if path.starts_with("/api/v1/accounts/{id}") {
        vec![ACCOUNT]
    } else if path.starts_with("/api/v1/keys/{id}") {
        vec!["personal"]
    } else {
        let named = victim.others.iter().filter(|(of, _)| path.starts_with(of));
        named.map(|(_, id)| id.as_str()).collect()
    };
    if !own.is_empty() {
        return own.into_iter().map(|id| place(path.replace("{id}", id), true)).collect();
    }
    assert!(path.starts_with("/api/v1/matters/{id}"), "say which of the victim's ids stands in {path}");
    let (procedures, _) = Procedures::embedded();
    let mut places = Vec::new();
    for (machine, id) in &victim.matters {
        let of_lesser_matter = !TRIED.contains(machine);
        let path = path.replace("{id}", id).replace("{file}", &victim.file);
        let path = path.replace("{paper}", PAPER).replace("{version}", "1");
        if !path.contains("{act}") {
            places.push(Place { of_lesser_matter, ..place(path, true) });
            continue;
        }
        for (act, entry) in &procedures.machines[*machine].acts {
            // One act is tried by everybody, so that the route is.
            let everybodys = (*machine, act.as_str()) == ("clue", "register");
            places.push(Place {
                act: (!everybodys).then(|| entry.departments.clone()),
                of_lesser_matter,
                ..place(path.replace("{act}", &act.replace('_', "-")), true)
            });
        }
    }
    for Place { path, .. } in &places {
        assert!(!path.contains('{'), "say which of the victim's ids stands in {path}");
    }
    places
}

/// The bodies that an operation may take: one for each kind of what it takes, about each matter that it may name, and an empty one.
fn bodies(
    description: &Value,
    operation: &Value,
    place: &Place,
    victim: &Victim,
) -> Vec<Option<(String, String)>> {
    let Some(content) = operation["requestBody"]["content"].as_object() else { return vec![None] };
    let mut bodies = Vec::new();
    for (kind, content) in content {
        if kind != "application/json" {
            let csv = "certno,from,to\n990101198001010011,2026-02-01,2026-02-20\n";
            bodies.push(Some((kind.clone(), csv.to_owned())));
            continue;
        }
        let schema = resolved(description, &content["schema"]);
        let kinds = schema["oneOf"].as_array().map_or_else(|| vec![schema], |kinds| kinds.iter().collect());
        // About each of the victim's matters, and about none.
        let about = if place.named { &TRIED[..1] } else { &TRIED };
        let about = about.iter().map(|matter| Some(victim.matters[matter].as_str()));
        for matter in about.chain((!place.named).then_some(None)) {
            let filler = Filler { description, victim, matter };
            for schema in &kinds {
                let body = Some((kind.clone(), filler.body(schema).to_string()));
                if !bodies.contains(&body) {
                    bodies.push(body);
                }
            }
        }
        // Who may not touch a matter is told so whatever they bring.
        if !place.path.starts_with("/api/v1/matters/") {
            bodies.push(Some((kind.clone(), "{}".to_owned())));
        }
    }
    bodies
}

/// What a reference of the description stands for.
fn resolved<'a>(description: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => {
            let name = reference.rsplit('/').next().expect("a name");
            resolved(description, &description["components"]["schemas"][name])
        }
        None => schema,
    }
}

/// No query, and each parameter with something of the victim's, beside those that the operation cannot do without.
fn queries(path: &str, operation: &Value, victim: &Victim) -> Vec<String> {
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = parameters.iter().filter(|parameter| parameter["in"] == "query");
    let named: Vec<(&str, bool)> = named
        .map(|parameter| {
            let name = parameter["name"].as_str().expect("a name");
            // A ledger is of a time.
            let of_time = path.starts_with("/api/v1/ledgers/") && ["period", "from", "to"].contains(&name);
            (name, of_time || parameter["required"] == true)
        })
        .collect();
    let asked = |name: &str| format!("{name}={}", value(name, victim));
    let needed: Vec<String> =
        named.iter().filter(|(_, needed)| *needed).map(|(name, _)| asked(name)).collect();
    let mut queries = vec![String::new()];
    if !needed.is_empty() {
        queries.push(format!("?{}", needed.join("&")));
    }
    for (name, _) in named.iter().filter(|(_, needed)| !needed) {
        let all: Vec<String> = needed.iter().cloned().chain([asked(name)]).collect();
        queries.push(format!("?{}", all.join("&")));
    }
    queries
}

/// Something of the victim's that may stand under such a name.
fn value<'a>(name: &str, victim: &'a Victim) -> &'a str {
    match name {
        "by" => "region",
        "rule" => "insured/often",
        "name" => "institution/duplicate",
        "region" => REGION,
        "organisation" => ORGANISATION,
        "machine" => "case",
        "member" | "account" | "accounts" => ACCOUNT,
        "institution" | "codes" | "subject" => NAMED,
        "period" => &victim.quarter,
        "year" => "2026",
        "from" => "2026-01-01",
        "to" | "until" => "2099-12-31",
        "figure" => "clues_confirmed",
        "format" => "html",
        "kind" => "death",
        "purposes" => "check_clue",
        "sort" => "id",
        "q" => "%E6%A0%87%E8%AE%B0",
        "descending" | "ended" | "mended" => "false",
        "handed_to_me" => "true",
        "before" | "begun_to" | "due_by" => "9999999999",
        "page" | "size" | "limit" | "least" | "grade" | "severity" | "begun_from" | "offset" => "1",
        _ => &victim.matters["case"],
    }
}

/// Makes bodies that a schema allows, with the victim's own where a name asks for it.
struct Filler<'a> {
    description: &'a Value,
    victim: &'a Victim,
    /// The matter that is named, and that what is begun grows out of; none where it grows out of nothing.
    matter: Option<&'a str>,
}

impl Filler<'_> {
    fn body(&self, schema: &Value) -> Value {
        let schema = resolved(self.description, schema);
        if let Some(one) = ["oneOf", "anyOf", "allOf"].into_iter().find_map(|kind| schema[kind].as_array()) {
            let one = one.iter().find(|one| one["type"] != "null").expect("one that is something");
            return self.body(one);
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
                let Some(properties) = schema["properties"].as_object() else { return json!({}) };
                let opens = properties.contains_key("machine") && properties.contains_key("act");
                let named = |(name, schema): (&String, &Value)| {
                    (name.clone(), self.named(name, opens).unwrap_or_else(|| self.body(schema)))
                };
                let told = properties.iter().filter(|(name, _)| self.matter.is_some() || *name != "parent");
                told.map(named).collect()
            }
            Some("array") => json!([self.body(&schema["items"])]),
            Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
            Some("boolean") => json!(true),
            Some("string") if schema["format"] == "date" => json!("2026-11-22"),
            Some("string") => json!(self.victim.matters["case"]),
            _ => json!({}),
        }
    }

    /// What stands under a name; `opens` is whether it is asked of a body that opens a matter.
    fn named(&self, name: &str, opens: bool) -> Option<Value> {
        let input = || {
            let clue = json!({ "input": "open_clue", "source": "complaint", "subject": NAMED, "key": "k", "amount": 1,
                "severity": 1, "grade": 3 });
            if opens { clue } else { json!({ "input": "nothing" }) }
        };
        let matter = self.matter.unwrap_or(&self.victim.matters["case"]);
        Some(match name {
            "region" => json!(REGION),
            "organisation" => json!(ORGANISATION),
            "account" | "member" => json!(ACCOUNT),
            "institution" | "subject" | "code" => json!(NAMED),
            "institutions" => json!([NAMED]),
            "id" | "matter" | "parent" => json!(matter),
            "matters" => json!([matter]),
            "tokens" => json!([self.victim.token]),
            "purpose" | "why" | "reason" => json!("核查"),
            // What they say of their own is told back to them.
            "title" => json!("别处的事项"),
            "subject_kind" => json!("institution"),
            "source" => json!("complaint"),
            "period" => json!(self.victim.quarter),
            "from" => json!("2026-01-01"),
            "to" => json!("2099-12-31"),
            "machine" => json!("clue"),
            "act" => json!(if opens { "open" } else { "register" }),
            "input" => input(),
            "version" => json!(1),
            _ => return None,
        })
    }
}
