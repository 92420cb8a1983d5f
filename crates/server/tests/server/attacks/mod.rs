//! Every route of the description, tried by every role of every department elsewhere: none gets at what is not theirs, and nothing of it changes.
//!
//! The requests are made from the description itself, so a new route is attacked without a line here. A path parameter of a new
//! name fails the test until it is said which of the victim's ids stands for it, and a new machine until the victim has a matter of it.

mod attackers;
mod requests;
mod victim;

use crate::{
    client::Reply,
    setup::{MARK, Server, begin_in, on_empty, on_empty_postgres, unbounded},
};
use attackers::{Attacker, attackers, colleagues};
use mingcha_casework::{
    Procedures,
    facts::{Department, Role},
};
use mingcha_server::Config;
use requests::{Attack, requests};
use serde_json::json;
use std::{collections::BTreeSet, thread};
use victim::{NAMED, ORGANISATION, PEOPLE, REGION, Victim, victim};

/// How many attack at once.
const AT_ONCE: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn nobody_elsewhere_gets_at_anything_by_any_route() {
    on_empty(settings, async |server| {
        let (victim, before, tried) = attacked(server, |_| true).await;
        assert!(tried > 50_000, "{tried}");
        from_within(server, victim, before).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_elsewhere_gets_at_anything_on_postgres_either() {
    on_empty_postgres(settings, async |server| {
        // One of each department, from elsewhere and from next door by turns.
        let chosen = |attacker: &Attacker| {
            let next_door =
                attacker.department != Department::Insurance && (attacker.department as u8).is_multiple_of(2);
            attacker.role == Role::TeamLead && (attacker.region == REGION) == next_door
        };
        let (_, _, tried) = attacked(server, chosen).await;
        assert!(tried > 5_000, "{tried}");
    })
    .await;
}

/// Nobody is told to wait, and no work on the lake is begun by what a job is asked for with.
fn settings(config: &mut Config) {
    unbounded(config);
    config.lake.program = Some("false".into());
}

/// The victim after those attackers tried everything, what he sees of his own, and how many requests that were.
async fn attacked(
    server: &Server,
    chosen: impl Fn(&Attacker) -> bool,
) -> (Victim, Vec<serde_json::Value>, usize) {
    begin_in(server, "guojia-yb", "国家医保局", "000000").await;
    let mut victim = victim(server).await;
    let machines = Procedures::embedded().0.machines;
    let without: Vec<_> = machines.keys().filter(|one| !victim.matters.contains_key(one.as_str())).collect();
    assert!(without.is_empty(), "the victim has no matter of {without:?}");
    let before = victim.seen();
    // What the lake knows of a clue is there for its own people.
    for part in ["timeline", "peers", "portrait"] {
        let own = victim.client.get(&format!("/api/v1/matters/cvictim/{part}"));
        assert!(own.status == 200 && own.body.contains(MARK), "{own:?}");
    }
    let own = victim.client.post("/api/v1/portraits", &json!({ "kind": "institution", "code": NAMED }));
    assert!(own.status == 200 && own.body.contains(MARK), "{own:?}");
    let description = server.nobody().get("/openapi.json").json();
    let requests = requests(&description, &victim);
    let mut attackers = attackers(server).await;
    attackers.retain(chosen);
    for attacker in &mut attackers {
        // A look at one's own is no crossing: what is seen without any of the victim's ids is what everybody sees.
        let own = attacker.client.get("/api/v1/session").status;
        assert_eq!(own, 200, "{} is signed in and past the first password", attacker.name);
    }
    let (tried, crossings) = attack(attackers, &victim, &requests);
    assert!(crossings.is_empty(), "{} of {tried}:\n{}", crossings.len(), crossings.join("\n"));
    assert_eq!(victim.seen(), before, "nothing of the victim's was changed");
    (victim, before, tried)
}

/// All of them try what they can hope for, some at once; how many requests that were, and the crossings.
fn attack(attackers: Vec<Attacker>, victim: &Victim, requests: &[Attack]) -> (usize, Vec<String>) {
    let mut turns: Vec<Vec<Attacker>> = (0..AT_ONCE).map(|_| Vec::new()).collect();
    for (number, attacker) in attackers.into_iter().enumerate() {
        turns[number % AT_ONCE].push(attacker);
    }
    let one = |attackers: Vec<Attacker>| {
        let (mut tried, mut crossings) = (0, Vec::new());
        for mut attacker in attackers {
            for request in requests.iter().filter(|request| attacker.hopes(request)).collect::<Vec<_>>() {
                tried += 1;
                crossings.extend(tries(&mut attacker, request, victim));
            }
        }
        (tried, crossings)
    };
    let results: Vec<(usize, Vec<String>)> = thread::scope(|scope| {
        let one = &one;
        let threads: Vec<_> = turns.into_iter().map(|turn| scope.spawn(move || one(turn))).collect();
        threads.into_iter().map(|thread| thread.join().expect("nobody fails")).collect()
    });
    let tried = results.iter().map(|(tried, _)| tried).sum();
    (tried, results.into_iter().flat_map(|(_, crossings)| crossings).collect())
}

/// Tries a request; why its answer is a crossing.
fn tries(attacker: &mut Attacker, request: &Attack, victim: &Victim) -> Option<String> {
    let reply = attacker.send(request);
    let broke = (reply.status >= 500).then(|| format!("{reply:?}"));
    let what = broke.or_else(|| crossed_by(attacker, request, &reply, victim))?;
    Some(format!("{}: {} {}: {what}", attacker.name, request.method, request.path))
}

/// Those of the victim's own bureau try his case.
async fn from_within(server: &Server, mut victim: Victim, outside: Vec<serde_json::Value>) {
    let description = server.nobody().get("/openapi.json").json();
    let requests = requests(&description, &victim);
    let colleagues = colleagues(server, &mut victim).await;
    // One of them was recused, which is on the case.
    let before = victim.seen();
    assert!(before != outside, "the recusal stands");
    let case = victim.matters["case"].clone();
    let of_the_case = format!("/matters/{case}");
    let mut crossings = Vec::new();
    for mut colleague in colleagues {
        for request in requests.iter().filter(|request| request.path.contains(&of_the_case)) {
            crossings.extend(tries(&mut colleague, request, &victim));
        }
        let listed = colleague.client.get("/api/v1/matters?machine=case");
        assert!(!listed.body.contains(&case), "{}: {listed:?}", colleague.name);
    }
    assert!(crossings.is_empty(), "{}:\n{}", crossings.len(), crossings.join("\n"));
    assert_eq!(victim.seen(), before, "nothing of the victim's was changed by colleagues");
}

/// Why an answer is a crossing.
fn crossed_by(attacker: &Attacker, attack: &Attack, reply: &Reply, victim: &Victim) -> Option<String> {
    if reply.status >= 400 {
        // A refusal may repeat what was asked, but never what the asker could not know.
        let mut unknown = std::iter::once(MARK).chain(PEOPLE);
        return unknown.any(|one| reply.body.contains(one)).then(|| "the refusal tells something".to_owned());
    }
    let (get, here) = (attack.method == "GET", attacker.region == REGION);
    let of = |beginnings: &[&str]| beginnings.iter().any(|beginning| attack.path.starts_with(beginning));
    // The procuratorate of the place supervises transfers: it reads the victim's, under the name of its case, and does nothing to it.
    let supervises = here && attacker.department == Department::Procuratorate;
    if supervises && get && attack.path.contains(&victim.matters["transfer"]) {
        return None;
    }
    // A draw that somebody was told of is repeated by anybody; who there is, by name and region, everybody knows, for matters are handed
    // over by it; and what comes with Mingcha is everybody's, with codes of services that look like regions.
    let everybodys =
        ["/api/v1/draws/", "/api/v1/organisations", "/api/v1/regions", "/api/v1/knowledge", "/api/v1/rule?"];
    if get && of(&everybodys) {
        return None;
    }
    // Those who keep the accounts of a region see what third parties of it are commissioned with; and an agency that wrote a clue down about an
    // institution of its own region looks at that.
    let keeps = matches!(attacker.role, Role::SecurityAdministrator | Role::Auditor);
    let looks = attacker.department == Department::Agency && of(&["/api/v1/portraits"]);
    if here && (keeps && get && of(&["/api/v1/accounts"]) || looks) {
        return None;
    }
    if attack.named {
        return Some(format!("answered {}", reply.status));
    }
    // Each of these would make something at the victim's own or in his region, which next door is one's own.
    let makes: &[&str] = if here {
        &["/api/v1/accounts"]
    } else {
        &["/api/v1/accounts", "/api/v1/organisations", "/api/v1/matters", "/api/v1/clues"]
    };
    if !get && makes.contains(&attack.path.as_str()) {
        return Some(format!("answered {} to something of the victim's", reply.status));
    }
    let batch = of(&["/api/v1/matters/acts"]);
    if batch && reply.body.contains("\"done\":true") {
        return Some("an act is done".to_owned());
    }
    // An auditor reads what his own people tried, an export asks with the filters that its asker gave, and of many acts each is refused:
    // under the ids that they named themselves. The region next door is one's own.
    let tried = batch || of(&["/api/v1/trail", "/api/v1/exports"]);
    let shown = |machine: &str| supervises && machine != "clue";
    let ids = victim.matters.iter().filter(|(machine, _)| !shown(machine)).map(|(_, id)| id.as_str());
    let named: BTreeSet<&str> = ids.chain(victim.secrets()).filter(|_| !tried).collect();
    let places = [REGION, ORGANISATION].into_iter().filter(|_| !tried && !here);
    let secrets = std::iter::once(MARK).filter(|_| !supervises).chain(PEOPLE).chain(places).chain(named);
    // What the attackers' own head wrote into a commission, and what they ask about, is told back to them.
    let mut body = reply.body.replace(NAMED, "");
    if of(&["/api/v1/ledgers/"]) && attack.path.contains("region=") {
        body = body.replace(REGION, "");
    }
    let told: Vec<&str> = secrets.filter(|secret| body.contains(secret)).collect();
    (!told.is_empty()).then(|| format!("{} tells {}", reply.status, told.join(", ")))
}
