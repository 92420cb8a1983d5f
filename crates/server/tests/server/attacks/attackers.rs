//! Who attacks: every role of every department elsewhere, and those of the victim's own bureau who have nothing to do with his case.

use super::{
    requests::Attack,
    victim::{NAMED, ORGANISATION, REGION, Victim},
};
use crate::{
    accounts::certno,
    client::{Client, Reply},
    setup::{PASSWORD, Server},
};
use mingcha_casework::{
    facts::{Department, Role},
    words::Word as _,
};
use serde_json::json;
use std::collections::BTreeMap;

/// A first password that must be changed at once.
const FIRST: &str = "seven lamps by the lake";

/// Somebody who tries what is not theirs.
pub struct Attacker {
    /// The role and the organisation.
    pub name: String,
    pub client: Client,
    pub region: &'static str,
    pub department: Department,
    pub role: Role,
}

impl Attacker {
    /// Whether a role works on matters at all: others try those that the victim has most to lose in, and no acts.
    fn works(&self) -> bool {
        [Role::Handler, Role::TeamLead, Role::Head].contains(&self.role)
    }

    /// Whether somebody like this could hope for anything from a request. Which requests hope for nothing follows from role and department
    /// alone, so each route is still tried by every role of every department.
    pub fn hopes(&self, attack: &Attack) -> bool {
        // Steps of a transfer are the procuratorate's of the place itself.
        let supervises = self.region == REGION && self.department == Department::Procuratorate;
        match &attack.act {
            Some(_) if supervises => false,
            Some(departments) => {
                (self.works() || self.role == Role::LegalReviewer) && departments.contains(&self.department)
            }
            None => self.works() || !attack.of_lesser_matter,
        }
    }

    /// Asks.
    pub fn send(&mut self, attack: &Attack) -> Reply {
        match &attack.body {
            _ if attack.method == "GET" => self.client.get(&attack.path),
            Some((kind, text)) => self.client.write_as(kind, &attack.method, &attack.path, text),
            None => self.client.write(&attack.method, &attack.path, &json!({})),
        }
    }
}

/// Every role of every department of another province, and of every other department next door.
pub async fn attackers(server: &Server) -> Vec<Attacker> {
    let mut attackers = Vec::new();
    let (mut number, mut ids) = (100, BTreeMap::new());
    for region in ["440104", REGION] {
        for &(department, name, _) in Department::ALL {
            if region == REGION && department == Department::Insurance {
                continue;
            }
            let organisation = format!("{region}-x-{}", name.replace('_', "-"));
            let mut body =
                json!({ "id": organisation, "title": "别处", "region": region, "department": name });
            if department == Department::Institution {
                body["fixmedins_code"] = json!("H44010400009");
            }
            let made = server.signed_in("security").await.post("/api/v1/organisations", &body);
            assert_eq!(made.status, 201, "{made:?}");
            for &(role, role_name, _) in Role::ALL {
                number += 1;
                let id = format!("a{number}");
                if let Some(client) = account(server, &id, number, &organisation, role).await {
                    let name = format!("{role_name} of {organisation}");
                    ids.insert(name.clone(), id);
                    attackers.push(Attacker { name, client, region, department, role });
                }
            }
        }
        let leads = |one: &&mut Attacker| {
            (one.region, one.department, one.role) == (region, Department::Insurance, Role::Head)
        };
        if let Some(head) = attackers.iter_mut().find(leads) {
            commission(&mut head.client);
            // Their sessions ended with it.
            let third =
                |one: &&mut Attacker| (one.region, one.department) == (region, Department::ThirdParty);
            for one in attackers.iter_mut().filter(third) {
                one.client = server.signed_in(&ids[&one.name]).await;
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

/// Those of the victim's own bureau who have nothing to do with his case: who is not on its team, who was and is recused, and who counts or
/// keeps the house.
pub async fn colleagues(server: &Server, victim: &mut Victim) -> Vec<Attacker> {
    let mut colleagues = Vec::new();
    let colleague = |name: String, client: Client, role: Role| Attacker {
        name,
        client,
        region: REGION,
        department: Department::Insurance,
        role,
    };
    for (number, role) in
        (50..).zip([Role::Handler, Role::Statistics, Role::SecurityAdministrator, Role::SystemAdministrator])
    {
        let id = format!("c{number}");
        let client = account(server, &id, number, ORGANISATION, role).await.expect("an account");
        colleagues.push(colleague(format!("{} of the same bureau", role.name()), client, role));
    }
    let mut recused = account(server, "recused", 60, ORGANISATION, Role::TeamLead).await.expect("an account");
    let case = format!("/api/v1/matters/{}", victim.matters["case"]);
    assert_eq!(recused.get(&case).status, 200, "a lead of the bureau, until he is recused");
    let recuse = json!({ "version": victim.client.get(&case).json()["heading"]["version"], "reason": "近亲属",
        "input": { "input": "recuse", "account": "recused" } });
    let done = victim.client.post(&format!("{case}/acts/recuse"), &recuse);
    assert_eq!(done.status, 200, "{done:?}");
    colleagues.push(colleague("recused lead of the same bureau".to_owned(), recused, Role::TeamLead));
    colleagues
}

/// Somebody with a role, past the first password; nothing where the department has no such role.
pub async fn account(
    server: &Server,
    id: &str,
    number: u32,
    organisation: &str,
    role: Role,
) -> Option<Client> {
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
