//! What the docket promises, on both databases: clues come in once, acts follow law and policy, nobody sees what is not his.

mod around;
mod cases;
mod clocks;
mod counts;
mod decisions;
mod evidence;
mod figures;
mod foreseen;
mod grades;
mod groups;
mod plans;
mod portrait;
mod search;
mod states;
mod suggest;
mod transfers;
mod walk;

use super::{ActRequest, Crowds, Docket, Overview, Pushed, PushedClue, Query};
use crate::{
    Procedures,
    facts::{Department, Role},
    policy::{self, Kind, Policies, Secrecy},
    store::{Clock, Context, Error, Request, Store, machine_clock, tests::on_both},
    trail::{self, Outcome, Who, Witness},
    vault::{Held, KeyRing, Purpose, Vaults, new_ring},
    words::Word as _,
};
use mingcha_model::Date;
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};

const COUNTY: &str = "990101";
const CITY: &str = "990100";

/// Bureaus of a county, another county and their city, and the county's police, with some people each.
async fn city(store: &Store) {
    let mut conn = store.by_hand().await;
    let organisations = [
        ("yb-990101", COUNTY, "insurance"),
        ("yb-990102", "990102", "insurance"),
        ("yb-990100", CITY, "insurance"),
        ("ga-990101", COUNTY, "police"),
        ("jb-990101", COUNTY, "agency"),
        ("jc-990101", COUNTY, "procuratorate"),
    ];
    for (id, region, department) in organisations {
        sqlx::query("INSERT INTO organisation (id, title, region, department, fixmedins_code, version) VALUES ($1, $1, $2, $3, NULL, 1)")
            .bind(id)
            .bind(region)
            .bind(department)
            .execute(&mut conn)
            .await
            .expect("an organisation");
    }
    let accounts = [
        ("lead", "yb-990101", "team_lead"),
        ("head", "yb-990101", "head"),
        ("one", "yb-990101", "handler"),
        ("two", "yb-990101", "handler"),
        ("stranger", "yb-990102", "head"),
        ("above", "yb-990100", "head"),
        ("officer", "ga-990101", "handler"),
        ("prosecutor", "jc-990101", "handler"),
        ("auditor", "yb-990101", "auditor"),
        ("agent", "jb-990101", "head"),
        ("agent-2", "jb-990101", "team_lead"),
    ];
    for (id, organisation, role) in accounts {
        sqlx::query(
            "INSERT INTO account (id, person, organisation, role, clearance, certificate, certificate_until, password, totp, \
             totp_step, failures, failed_at, locked_until, disabled, must_change, created, version) \
             VALUES ($1, $1, $2, $3, 3, $4, NULL, '', NULL, 0, 0, 0, 0, 0, 0, 0, 1)",
        )
        .bind(id)
        .bind(organisation)
        .bind(role)
        .bind(format!("ZF-{id}"))
        .execute(&mut conn)
        .await
        .expect("an account");
    }
}

/// Vaults over new rings.
fn vaults() -> Vaults {
    let ring =
        |purpose| KeyRing::parse(purpose, &new_ring(purpose, "k1").expect("random")).expect("its own form");
    let personal = Held::fixed(ring(Purpose::Personal)).expect("of its purpose");
    Vaults::new(personal, Held::fixed(ring(Purpose::Informant)).expect("of its purpose"))
}

pub(super) async fn on_docket<F: AsyncFn(Docket)>(body: F) {
    on_docket_at(machine_clock(), body).await;
}

async fn on_docket_at<F: AsyncFn(Docket)>(clock: Clock, body: F) {
    on_both(clock, async |store, _| {
        city(&store).await;
        let (procedures, faults) = Procedures::embedded();
        assert!(faults.is_empty(), "{faults:?}");
        let policies = Policies::embedded().expect("policies");
        let docket = Docket {
            store: Arc::new(store),
            procedures: Arc::new(procedures),
            policies: Arc::new(policies),
            vaults: Arc::new(vaults()),
            overview: Overview::default(),
            crowds: Crowds::default(),
        };
        Box::pin(body(docket)).await;
    })
    .await;
}

pub(super) fn by(account: &str) -> Context {
    let who = Who { account: account.into(), organisation: String::new(), role: String::new() };
    Context::new(who, "127.0.0.1")
}

pub(super) fn clue(id: &str, amount: i64) -> PushedClue {
    PushedClue {
        id: id.into(),
        title: "重复收费".into(),
        region: COUNTY.into(),
        subject_kind: "institution".into(),
        subject: "H99010100001".into(),
        institution: "H99010100001".into(),
        amount,
        severity: 2,
        score: 60,
        grade: 2,
        origin: json!({ "run": "r-1", "findings": [{ "message": "见到三行", "amount": amount }] }),
    }
}

pub(super) async fn does(
    docket: &Docket,
    account: &str,
    id: &str,
    act: &str,
    input: Value,
) -> Result<super::Acted, Error> {
    let version: i64 = {
        let mut conn = docket.store.reader().await?;
        super::matter::load(&mut conn, id).await?.heading.version
    };
    let request = ActRequest {
        version,
        reason: "依规办理".into(),
        input: serde_json::from_value(input).expect("an input"),
    };
    docket.act(by(account), id, act, request).await
}

/// What goes with a letter of transfer, on paper or not at all.
fn enclosures() -> Value {
    let original = |enclosure: &str| json!({ "enclosure": enclosure, "form": "original", "number": "卷1" });
    let none = |enclosure: &str| json!({ "enclosure": enclosure, "form": "none" });
    json!({ "enclosures": [original("report"), none("goods"), none("tests"), original("others")] })
}

/// Enters the papers that a transfer is not sent without, as if a press had made them; the letter has no number.
async fn papers_of_a_transfer(docket: &Docket, id: &str) {
    let mut conn = docket.store.by_hand().await;
    let at = docket.store.now().time().0;
    for template in ["investigation-report", "transfer-letter"] {
        sqlx::query(
            "INSERT INTO paper (matter, template, version, file, file_key, sealed_sm3, bytes, sm3, sha256, detail, reason, at, account) \
             SELECT $1, $2, COUNT(*) + 1, $3, '', '', 0, '', '', '{}', '', $4, 'one' FROM paper WHERE matter = $1 AND template = $2",
        )
        .bind(id)
        .bind(template)
        .bind(format!("{id}-{template}-{at}"))
        .bind(at)
        .execute(&mut conn)
        .await
        .expect("issued");
    }
}

pub(super) async fn proved(docket: &Docket) -> Vec<trail::Entry> {
    let mut entries = Vec::new();
    loop {
        let page = docket.store.trail_after(entries.len() as u64).await.expect("read");
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    let head = Some(docket.store.anchor().await.expect("an anchor"));
    assert_eq!(trail::verify(entries.clone(), &Witness { head, ..Witness::default() }).faults, []);
    entries
}

#[tokio::test(flavor = "multi_thread")]
async fn clues_of_a_run_come_in_once_and_a_newer_run_changes_only_open_ones() {
    on_docket(async |docket| {
        let all = || vec![clue("C0a", 1_000), clue("C0b", 2_000)];
        assert_eq!(docket.push(by("lead"), all()).await.expect("pushed"), Pushed { begun: 2, ..Pushed::default() });
        assert_eq!(docket.push(by("lead"), all()).await.expect("again"), Pushed { same: 2, ..Pushed::default() });
        for (act, input) in [("register", json!({"input": "nothing"})), ("verify", json!({"input": "nothing"}))] {
            does(&docket, "lead", "c0a", act, input).await.unwrap_or_else(|error| panic!("{act}: {error}"));
        }
        let answer = json!({
            "input": "answer", "outcome": "confirmed", "facts": "三行重复", "found": 900, "steps": ["returned"], "attachments": [],
        });
        let answered = does(&docket, "lead", "c0a", "answer", answer).await;
        let acted = answered.unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(acted.state, "answered");
        let newer = vec![clue("C0a", 5_000), clue("C0b", 6_000)];
        let pushed = docket.push(by("lead"), newer).await.expect("pushed");
        assert_eq!(pushed, Pushed { updated: 1, left: 1, ..Pushed::default() });
        let amount = async |id: &str| docket.read(by("lead"), id).await.expect("read").heading.amount;
        assert_eq!((amount("c0a").await, amount("c0b").await), (1_000, 6_000));
        proved(&docket).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_of_a_matter_of_another_region_and_the_attempt_is_recorded() {
    on_docket(async |docket| {
        docket.push(by("lead"), vec![clue("C0a", 1_000)]).await.expect("pushed");
        for account in ["stranger", "officer", "auditor"] {
            assert!(matches!(docket.read(by(account), "c0a").await, Err(Error::NotFound)), "{account}");
            let acted = does(&docket, account, "c0a", "register", json!({"input": "nothing"})).await;
            assert!(matches!(acted, Err(Error::NotFound)), "{account}");
            let page = docket.list(by(account), &Query::default()).await.expect("a list");
            assert_eq!((page.items.len(), page.total), (0, 0), "{account}");
            assert_eq!(
                docket.count(by(account), &Query::default(), "state").await.expect("counts"),
                [],
                "{account}"
            );
            assert_eq!(
                docket.export(by(account), &Query::default()).await.expect("an export"),
                [],
                "{account}"
            );
        }
        assert_eq!(docket.list(by("above"), &Query::default()).await.expect("a list").total, 1);
        assert!(matches!(docket.read(by("lead"), "no-such").await, Err(Error::NotFound)));
        let refused =
            proved(&docket).await.into_iter().filter(|entry| entry.record.outcome == Outcome::Refused);
        assert_eq!(refused.count(), 7, "each attempt on the matter stands in the trail");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_race_is_a_conflict_and_a_refusal_names_every_condition() {
    on_docket(async |docket| {
        docket.push(by("lead"), vec![clue("C0a", 1_000)]).await.expect("pushed");
        let request = || ActRequest {
            version: 1,
            reason: "登记".into(),
            input: serde_json::from_value(json!({"input": "nothing"})).expect("an input"),
        };
        let (one, other) = futures::future::join(
            docket.act(by("lead"), "c0a", "register", request()),
            docket.act(by("head"), "c0a", "register", request()),
        )
        .await;
        let conflicts = [&one, &other]
            .iter()
            .filter(|result| matches!(result, Err(Error::Conflict { based_on: 1, version: 2 })))
            .count();
        assert_eq!(conflicts, 1, "{one:?} {other:?}");
        // Closing what nobody has answered.
        let Err(Error::Refused(guards)) =
            does(&docket, "lead", "c0a", "close", json!({"input": "nothing"})).await
        else {
            panic!("closed without an answer");
        };
        assert!(guards.iter().any(|guard| guard.guard == "right_state"), "{guards:?}");
        let repeated =
            Context { request: Some(Request { key: "k".into(), digest: "d".into() }), ..by("lead") };
        let verify = || ActRequest { version: 2, ..request() };
        let first = docket.act(repeated.clone(), "c0a", "verify", verify()).await.expect("done");
        let second = docket.act(repeated, "c0a", "verify", verify()).await.expect("the same answer");
        assert_eq!(first, second);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disabled_or_recused_loses_access_at_once() {
    on_docket(async |docket| {
        docket.push(by("officer"), vec![clue("C0a", 1_000)]).await.expect_err("no clues from the police");
        docket.push(by("lead"), vec![clue("C0a", 1_000)]).await.expect("pushed");
        docket.read(by("head"), "c0a").await.expect("read");
        let mut conn = docket.store.by_hand().await;
        sqlx::query("UPDATE account SET disabled = 1 WHERE id = 'head'")
            .execute(&mut conn)
            .await
            .expect("disabled");
        sqlx::query("INSERT INTO member (matter, account, recused) VALUES ('c0a', 'above', 1)")
            .execute(&mut conn)
            .await
            .expect("recused");
        drop(conn);
        for account in ["head", "above"] {
            assert!(matches!(docket.read(by(account), "c0a").await, Err(Error::NotFound)), "{account}");
            assert_eq!(
                docket.list(by(account), &Query::default()).await.expect("a list").total,
                0,
                "{account}"
            );
        }
    })
    .await;
}

/// Who a policy is asked about: an account of a department in a role, at a matter that it owns, works on and was handed.
fn may(policies: &Policies, kind: Kind, act: &str, department: Department, role: Role) -> bool {
    let institution = if department == Department::Institution { "H99010100001" } else { "" };
    let actor = policy::Actor {
        account: "a".into(),
        department,
        role,
        organisation: "o".into(),
        region: COUNTY.into(),
        enabled: true,
        clearance: Secrecy::Secret,
        institution: institution.into(),
        commission: None,
        today: Date(20_000),
    };
    let matter = policy::Matter {
        id: "m".into(),
        kind,
        region: COUNTY.into(),
        organisation: "o".into(),
        department,
        seat: COUNTY.into(),
        handed_to: ["o".to_owned()].into(),
        team: ["a".to_owned()].into(),
        recused: BTreeSet::new(),
        secrecy: Secrecy::Internal,
        institution: institution.into(),
    };
    let act = policy::Act { id: act.into() };
    policies.decide(&actor, act, &matter).is_ok() || policies.decide(&actor, policy::Create, &matter).is_ok()
}

#[test]
fn every_machine_is_known_to_policy_and_every_act_open_to_somebody_of_its_departments() {
    let (procedures, _) = Procedures::embedded();
    let policies = Policies::embedded().expect("policies");
    let mut dead = Vec::new();
    for machine in procedures.machines.values() {
        let kind =
            Kind::named(&machine.id).unwrap_or_else(|| panic!("policy does not know `{}`", machine.id));
        for act in machine.acts.values() {
            for &department in &act.departments {
                if !Role::ALL.iter().any(|(role, ..)| may(&policies, kind, &act.id, department, *role)) {
                    dead.push(format!("{}.{} {}", machine.id, act.id, department.name()));
                }
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new(), "acts that policy opens to nobody");
}
