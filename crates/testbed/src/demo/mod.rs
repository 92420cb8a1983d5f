//! Fills a server with casework of a demo, over its HTTP interface alone: organisations, users of every role and level, acts of today at every stage.

mod client;
mod people;
mod story;

pub use client::{Client, Refused};
pub use people::{ORGANISATIONS, USERS, certno};

use client::text;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _, net::SocketAddr};

/// The password of every user of the demo, printed where it is used; no installation but a demo ever has it.
pub const PASSWORD: &str = "nine lamps over the quiet harbour";
/// The password that the first administrators are made with.
pub const FIRST_PASSWORD: &str = "seven boats on a winter river";
/// The first three: account and role.
pub const ADMINISTRATORS: [(&str, &str); 3] =
    [("system", "system_administrator"), ("security", "security_administrator"), ("auditor", "auditor")];

/// What `mingcha init` reads of the first three, with the files of their passwords beside it.
pub fn people_file(password_file: &str) -> String {
    let mut text = String::new();
    for (serial, (account, _)) in ADMINISTRATORS.iter().enumerate() {
        let certno = certno(900 + serial);
        let _ = writeln!(
            text,
            "[{account}]\naccount = \"{account}\"\ncertno = \"{certno}\"\npassword_file = \"{password_file}\""
        );
    }
    text
}

/// Makes organisations and users, and signs each in once, so that the password that is printed holds.
pub fn people(address: SocketAddr) -> Result<(), Refused> {
    for (account, _) in ADMINISTRATORS {
        Client::sign_in(address, account, FIRST_PASSWORD, PASSWORD)?;
    }
    let mut security = Client::sign_in(address, "security", FIRST_PASSWORD, PASSWORD)?;
    for (id, title, region, department, code) in ORGANISATIONS {
        let new = json!({ "id": id, "title": title, "region": region, "department": department, "fixmedins_code": code });
        security.post("/api/v1/organisations", &new)?;
    }
    for (serial, (id, organisation, role, clearance, certified)) in USERS.iter().enumerate() {
        let mut new = json!({
            "id": id, "organisation": organisation, "role": role, "clearance": clearance, "certno": certno(serial),
            "password": FIRST_PASSWORD,
        });
        if *certified {
            new["certificate"] = json!(format!("YB9901{serial:04}"));
            new["certificate_until"] = json!("2030-12-31");
        }
        security.post("/api/v1/accounts", &new)?;
        Client::sign_in(address, id, FIRST_PASSWORD, PASSWORD)?;
    }
    letterheads(address)?;
    let mut head = Client::sign_in(address, "city-head", FIRST_PASSWORD, PASSWORD)?;
    let third = head.get("/api/v1/commissions")?["items"].as_array().cloned().unwrap_or_default();
    for account in third {
        let letter = json!({
            "version": account["version"], "matters": [], "institutions": ["H99010100001"], "from": "2020-01-01", "to": "2030-12-31",
            "why": "示医保委〔2026〕1号",
        });
        head.put(&format!("/api/v1/accounts/{}/commission", text(&account, "account")), &letter)?;
    }
    Ok(())
}

/// Has every head publish the names of the office's people.
fn letterheads(address: SocketAddr) -> Result<(), Refused> {
    for (account, organisation, ..) in USERS.iter().filter(|(_, _, role, ..)| *role == "head") {
        let own = USERS.iter().enumerate().filter(|(_, user)| user.1 == *organisation);
        let names: BTreeMap<&str, String> =
            own.map(|(serial, user)| (user.0, people::name(serial))).collect();
        let mut head = Client::sign_in(address, account, FIRST_PASSWORD, PASSWORD)?;
        head.put("/api/v1/letterhead", &json!({ "version": 0, "letterhead": { "names": names } }))?;
    }
    Ok(())
}

/// Hands clues over as the city's lead.
pub fn push(address: SocketAddr, clues: &[Value]) -> Result<Value, Refused> {
    let mut lead = Client::sign_in(address, "city-lead", FIRST_PASSWORD, PASSWORD)?;
    let mut last = Value::Null;
    for part in clues.chunks(100) {
        last = lead.post("/api/v1/clues", &json!({ "clues": part }))?;
    }
    Ok(last)
}

/// Casework of today at every stage, on the clues that are there.
pub fn casework(address: SocketAddr) -> Result<(), Refused> {
    story::tell(address)
}
