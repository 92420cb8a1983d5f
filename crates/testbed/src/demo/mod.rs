//! Fills a server with casework of a demo, over its HTTP interface alone: organisations, users of every role and level, acts at every
//! stage, either of today ([`casework`]) or of the months before it ([`months`]), where the server goes by a clock that the story moves.

mod agenda;
mod cast;
mod client;
mod clock;
mod hand;
mod months;
mod people;
mod story;

pub use agenda::Move;
pub use client::{Client, Refused};
pub use clock::{Hands, machine};
pub use months::{first_instant, months};
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

/// The bureau that is made first: code, name, region.
pub const FIRST_BUREAU: (&str, &str, &str) = ("990000-yb", "示例省医疗保障局", "990000");

/// The first three with the numbers of their certificates.
pub fn administrators() -> [(&'static str, String); 3] {
    let mut serials = 900..;
    ADMINISTRATORS.map(|(account, _)| (account, certno(serials.next().unwrap_or_default())))
}

/// What `mingcha init` reads of the first three, with the files of their passwords beside it.
pub fn people_file(password_file: &str) -> String {
    let mut text = String::new();
    for (account, certno) in administrators() {
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

/// Has every bureau's head publish the names of the office's people.
fn letterheads(address: SocketAddr) -> Result<(), Refused> {
    let bureau_heads =
        USERS.iter().filter(|(_, organisation, role, ..)| *role == "head" && organisation.ends_with("-yb"));
    for (account, organisation, ..) in bureau_heads {
        let own = USERS.iter().enumerate().filter(|(_, user)| user.1 == *organisation);
        let names: BTreeMap<&str, String> =
            own.map(|(serial, user)| (user.0, people::name(serial))).collect();
        let mut head = Client::sign_in(address, account, FIRST_PASSWORD, PASSWORD)?;
        head.put("/api/v1/letterhead", &json!({ "version": 0, "letterhead": { "names": names } }))?;
    }
    Ok(())
}

/// Most clues of one request, and most bytes of them but for the last.
const PART: (usize, usize) = (100, 1 << 20);

/// Hands clues over, part by part.
fn push(client: &mut Client, clues: &[Value]) -> Result<(), Refused> {
    let (mut part, mut bytes) = (Vec::new(), 0);
    for (place, clue) in clues.iter().enumerate() {
        bytes += clue.to_string().len();
        part.push(clue);
        if part.len() == PART.0 || bytes > PART.1 || place + 1 == clues.len() {
            client.post("/api/v1/clues", &json!({ "clues": part }))?;
            (part, bytes) = (Vec::new(), 0);
        }
    }
    Ok(())
}

/// Casework of today at every stage, on the clues that are there.
pub fn casework(address: SocketAddr) -> Result<(), Refused> {
    story::tell(address)
}
