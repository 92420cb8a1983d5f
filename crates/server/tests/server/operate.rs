//! What an operator does beside the running server, on both databases: the first people, accounts, the trail, copies, keys.

use crate::{
    accounts::certno,
    setup::{PASSWORD, Server, config, on_both},
    sign_in::code,
    vault::{act, begin as open},
};
use mingcha_casework::{
    facts::{Department, Role},
    id::ObjectId,
    signin::TotpSecret,
    store::{
        Context, Store,
        accounts::{Body, Profile},
        machine_clock,
    },
    trail::{Who, Witness, read_line, verify},
    vault::Purpose,
};
use mingcha_server::{
    Config, Rate, SecondFactor,
    keys::{self, Progress},
    operate::{self, Console, OperateError, Person},
};
use mingcha_testbed::postgres::Postgres;
use serde_json::{Value, json};

fn bureau() -> Body {
    Body {
        id: "330100-yb".into(),
        title: "某市医保局".into(),
        region: "330100".into(),
        department: Department::Insurance,
        fixmedins_code: None,
        version: 0,
    }
}

fn person(account: &str, number: u32) -> Person {
    Person { account: account.into(), certno: certno(number), password: PASSWORD.into() }
}

fn three() -> [Person; 3] {
    [person("system", 1), person("security", 2), person("auditor", 3)]
}

/// The same body on an empty SQLite and on an empty PostgreSQL.
async fn on_empty<F: AsyncFn(Config, &str)>(body: F) {
    let postgres = Postgres::start();
    for (database, copy) in [(None, "copy_1"), (Some(postgres.database("operated")), "copy_2")] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config(&folder);
        if let Some(database) = database {
            config.database = database;
        }
        config.session.second_factor = SecondFactor::Chosen;
        body(config, &postgres.database(copy)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_three_are_made_once_and_keep_the_accounts_from_the_console() {
    on_empty(async |config, _| {
        operate::init(&config, bureau(), three()).await.expect("made");
        let again = operate::init(&config, bureau(), three()).await;
        assert!(matches!(again, Err(OperateError::Store(_))), "nobody makes them a second time");

        let wrong = Console::sign_in(&config, "security", "wrong".into(), None).await;
        assert!(matches!(wrong, Err(OperateError::SignIn)));
        let auditor = Console::sign_in(&config, "auditor", PASSWORD.into(), None).await.expect("signed in");
        assert!(matches!(auditor.list("330100-yb").await, Err(OperateError::Denied(_))), "not hers");
        let security = Console::sign_in(&config, "security", PASSWORD.into(), None).await.expect("signed in");
        let listed = security.list("330100-yb").await.expect("a list");
        assert_eq!(
            listed.iter().filter(|account| account.must_change).count(),
            3,
            "first passwords all of them"
        );
        let profile =
            Profile { role: Role::Handler, clearance: 1, certificate: None, certificate_until: None };
        let bad = Person { certno: "990101".into(), ..person("handler-1", 4) };
        assert!(matches!(
            security.add("330100-yb", bad, profile.clone()).await,
            Err(OperateError::Certificate(_))
        ));
        let made = security.add("330100-yb", person("handler-1", 4), profile).await.expect("made");
        assert!(made.must_change);
        let id = ObjectId::parse("handler-1").expect("an id");
        assert!(security.disable(&id, true, "离岗".into()).await.expect("disabled").disabled);
        let closed = Console::sign_in(&config, "handler-1", PASSWORD.into(), None).await;
        assert!(matches!(closed, Err(OperateError::SignIn)), "disabled");
        assert!(!security.disable(&id, false, "返岗".into()).await.expect("enabled").disabled);
        let reset =
            security.reset(&id, "seven lamps by the lake".into(), "遗忘".into()).await.expect("reset");
        assert!(reset.must_change && reset.version > made.version);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_shown_at_the_console_works_once() {
    on_empty(async |config, _| {
        operate::init(&config, bureau(), three()).await.expect("made");
        let store = Store::open(&config.database, machine_clock()).await.expect("opened");
        let desk = mingcha_server::desk(&config, false).expect("a desk");
        let secret = TotpSecret::random().expect("random");
        let sealed = desk.seal(None, "security", &secret).expect("sealed");
        let who = Who { account: "security".into(), organisation: String::new(), role: String::new() };
        let context = Context::new(who, "test");
        store.set_second_factor(context, sealed, 0, String::new()).await.expect("set");
        let shown = code(store.now(), &secret);
        assert!(
            Console::sign_in(&config, "security", PASSWORD.into(), None).await.is_err(),
            "a code is needed"
        );
        assert!(Console::sign_in(&config, "security", "wrong".into(), Some(&shown)).await.is_err());
        Console::sign_in(&config, "security", PASSWORD.into(), Some(&shown)).await.expect("signed in");
        let again = Console::sign_in(&config, "security", PASSWORD.into(), Some(&shown)).await;
        assert!(matches!(again, Err(OperateError::SignIn)), "no code works twice");
        let known = store.credentials("security").await.expect("read").expect("there");
        assert!(known.totp_step > 0, "its step is kept");
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_proved_exported_and_anchored_and_a_copy_proves_as_well() {
    on_empty(async |mut config, copy| {
        operate::init(&config, bureau(), three()).await.expect("made");
        assert_eq!(
            operate::migrate(&config).await.expect("nothing to do").0,
            operate::migrate(&config).await.expect("again").1
        );
        let anchor = operate::anchor(&config).await.expect("an anchor");
        let (records, report) = operate::verify(&config, vec![anchor]).await.expect("proved");
        assert_eq!((records, report.faults), (4, Vec::new()));
        let mut out = Vec::new();
        let lines = operate::export(&config, &mut out).await.expect("exported");
        let text = String::from_utf8(out).expect("text");
        let entries: Vec<_> =
            text.lines().zip(1..).map(|(line, number)| read_line(number, line).expect("an entry")).collect();
        assert_eq!((lines, entries.len()), (5, 5));
        assert_eq!(verify(entries, &Witness::default()).faults, []);
        let store = Store::open(&config.database, machine_clock()).await.expect("opened");
        let last = store.trail_after(5).await.expect("read").remove(0).record;
        assert_eq!(
            (last.act.as_str(), last.why.as_str()),
            ("export_audit_end", "5 records left, all of them")
        );
        store.close().await;

        let archive = config.folder.join("copy.zip");
        operate::backup(&config, &archive).await.expect("backed up");
        assert!(operate::backup(&config, &archive).await.is_err(), "never written over");
        copy.clone_into(&mut config.database);
        operate::restore(&config, &archive).await.expect("restored");
        let (records, report) = operate::verify(&config, vec![anchor]).await.expect("proved");
        assert_eq!((records, report.faults), (7, Vec::new()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_rotated_under_the_running_server_and_the_old_one_goes_when_nothing_needs_it() {
    on_both(
        |config| {
            for rate in [&mut config.rates.address, &mut config.rates.account] {
                *rate = Rate { per_second: 100_000.0, burst: 100_000.0 };
            }
        },
        async |server| {
            let config = &server.running.app.config;
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let clue = json!({ "input": "open_clue", "source": "complaint", "subject": "H33010000001", "key": "k-1", "amount": 100,
                "severity": 1, "grade": 3 });
            let id = open(&mut lead, "clue", None, &clue);
            for number in 0..230 {
                let person = json!({ "input": "add_person", "role": "witness", "name": format!("证人{number}") });
                act(&mut lead, &id, "add_person", person);
            }
            let people = lead.get(&format!("/api/v1/matters/{id}")).json()["facts"]["people"].clone();
            let opened = |lead: &mut crate::client::Client, number: usize| {
                let ask = json!({ "matter": id, "tokens": [people[number]["name"]], "purpose": "核实" });
                lead.post("/api/v1/vault/open", &ask).json()["values"][0]["value"].clone()
            };
            assert_eq!(keys::status(config).await.expect("a status")[0].values, [("k1".to_owned(), 230)].into());
            let used = keys::retire(config, Purpose::Personal, "k1").await;
            assert!(matches!(used, Err(OperateError::KeyInUse(_, 230))), "{used:?}");

            let mut told = Vec::new();
            let key = keys::rotate(config, Purpose::Personal, |progress| told.push(progress)).await.expect("rotated");
            assert_eq!((key.as_str(), told.first(), told.last().map(|last| last.of)), ("k2", Some(&Progress { done: 0, of: 230 }), Some(230)));
            let status = keys::status(config).await.expect("a status");
            assert_eq!((status[0].values.clone(), status[0].waiting()), ([("k2".to_owned(), 230)].into(), 0));
            assert_eq!(opened(&mut lead, 229), "证人229", "the server reads the ring again by itself");
            let person = json!({ "input": "add_person", "role": "witness", "name": "新证人" });
            act(&mut lead, &id, "add_person", person);
            assert_eq!(keys::status(config).await.expect("a status")[0].values, [("k2".to_owned(), 231)].into());

            keys::retire(config, Purpose::Personal, "k1").await.expect("nothing needs it");
            assert!(keys::retire(config, Purpose::Personal, "k2").await.is_err(), "the current one stays");
            assert_eq!(opened(&mut lead, 0), "证人0");
            from_the_workbench(server).await;
            assert_eq!(opened(&mut lead, 1), "证人1");
            assert_eq!(keys::rotate(config, Purpose::Informant, |_| ()).await.expect("an empty one too"), "k2");
        },
    )
    .await;
}

/// Rotates as the system administrator does in the workbench: asked for twice under one key it happens once; nobody else may.
async fn from_the_workbench(server: &Server) {
    let path = "/api/v1/keys/personal/rotation";
    for other in ["lead-1", "auditor", "security"] {
        let mut other = server.signed_in(other).await;
        assert_eq!(other.get("/api/v1/keys").code(), "denied");
        assert_eq!(other.post(path, &json!({ "why": "期满" })).code(), "denied");
    }
    let mut system = server.signed_in("system").await;
    assert_eq!(system.post(path, &json!({ "why": " " })).json()["field"], "why");
    assert_eq!(system.post("/api/v1/keys/sign-in/rotation", &json!({ "why": "期满" })).status, 404);
    let before = system.get("/api/v1/keys").json()[0].clone();
    assert_eq!((&before["current"], &before["makes_key"]), (&json!("k2"), &json!(true)), "{before}");
    let ask = json!({ "why": "密钥使用满一年" });
    let begun = system.send("POST", path, &[("Idempotency-Key", "rotate-once")], &ask.to_string());
    assert_eq!((begun.status, &begun.json()["vault"]), (202, &json!("personal")), "{begun:?}");
    let mut stands = Value::Null;
    for _ in 0..300 {
        stands = system.get("/api/v1/keys").json()[0].clone();
        if stands["rotation"]["state"] != "running" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!((&stands["rotation"]["state"], &stands["waiting"]), (&json!("done"), &json!(0)), "{stands}");
    assert_eq!(stands["keys"].as_array().map(Vec::len), Some(1), "{stands}");
    let key = stands["current"].clone();
    assert_ne!(key, "k2");
    assert_eq!(
        system.send("POST", path, &[("Idempotency-Key", "rotate-once")], &ask.to_string()).status,
        202
    );
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(system.get("/api/v1/keys").json()[0]["current"], key, "asked for twice, done once");
    let mut entries = Vec::new();
    loop {
        let page = server.running.app.store.trail_after(entries.len() as u64).await.expect("the trail");
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    let asked = entries
        .iter()
        .filter(|entry| entry.record.act == "rotate_key" && entry.record.outcome.name() == "done");
    let asked: Vec<_> =
        asked.map(|entry| (entry.record.who.account.as_str(), entry.record.why.as_str())).collect();
    assert_eq!(asked, [("system", "密钥使用满一年")]);
}

/// The list of archives once no work on them runs.
async fn rested(system: &mut crate::client::Client) -> Value {
    for _ in 0..300 {
        let stands = system.get("/api/v1/backups").json();
        if stands["work"]["state"] != "running" {
            return stands;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("work on a backup does not end")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_system_administrator_backs_up_and_checks_in_the_workbench_and_nobody_else_does() {
    on_both(
        |config| {
            for rate in [&mut config.rates.address, &mut config.rates.account] {
                *rate = Rate { per_second: 100_000.0, burst: 100_000.0 };
            }
        },
        async |server| {
            let path = "/api/v1/backups";
            drop(server.employed("lead-1", 1, "team_lead").await);
            for other in ["lead-1", "auditor", "security"] {
                let mut other = server.signed_in(other).await;
                assert_eq!(other.get(path).code(), "denied");
                assert_eq!(other.post(path, &json!({})).code(), "denied");
                assert_eq!(other.post("/api/v1/backups/backup-1/check", &json!({})).code(), "denied");
            }
            let mut system = server.signed_in("system").await;
            assert_eq!(system.get(path).json(), json!({ "archives": [], "work": null }));
            for _ in 0..2 {
                let asked = system.send("POST", path, &[("Idempotency-Key", "once")], "");
                assert_eq!(asked.status, 202, "{asked:?}");
                rested(&mut system).await;
            }
            let stands = rested(&mut system).await;
            assert_eq!(stands["work"]["state"], "done", "{stands}");
            assert_eq!(stands["archives"].as_array().map(Vec::len), Some(1), "asked for twice, made once");
            let archive = &stands["archives"][0];
            let name = archive["name"].as_str().expect("a name").to_owned();
            let folder = server.running.app.config.backups_folder();
            let file = folder.join(format!("{name}.zip"));
            assert_eq!(archive["bytes"], std::fs::metadata(&file).expect("there").len());
            assert_eq!((&archive["account"], &archive["checked"]), (&json!("system"), &Value::Null));
            #[cfg(unix)]
            for entry in std::fs::read_dir(&folder).expect("read") {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = entry.expect("an entry").metadata().expect("known").permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "its owner alone reads it");
            }

            let check = format!("{path}/{name}/check");
            assert_eq!(system.post(&check, &json!({})).status, 202);
            let stands = rested(&mut system).await;
            assert_eq!(stands["archives"][0]["checked"]["whole"], true, "{stands}");
            assert_eq!(system.post("/api/v1/backups/backup-1/check", &json!({})).status, 404);
            let mut bytes = std::fs::read(&file).expect("read");
            let middle = bytes.len() / 3;
            bytes[middle] ^= 1;
            std::fs::write(&file, bytes).expect("damaged");
            assert_eq!(system.post(&check, &json!({})).status, 202);
            let stands = rested(&mut system).await;
            assert_eq!(stands["archives"][0]["checked"]["whole"], false, "{stands}");

            let trail = server.running.app.store.trail_after(0).await.expect("the trail");
            let acts = trail.iter().map(|entry| &entry.record);
            let acts = acts.filter(|record| record.on.id == name && record.who.account == "system");
            let acts: Vec<&str> = acts.map(|record| record.act.as_str()).collect();
            let checked = ["check_backup", "check_backup_end"];
            assert_eq!(acts, [["backup", "backup_end"], checked, checked].concat());
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_with_people_and_no_keys_is_not_served_with_new_ones() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let clue = json!({ "input": "open_clue", "source": "complaint", "subject": "甲子丑", "key": "k-1", "amount": 100,
                "severity": 1, "grade": 3 });
            open(&mut lead, "clue", None, &clue);
            let mut config = (*server.running.app.config).clone();
            config.personal_keys = mingcha_casework::vault::KeySource::File(config.folder.join("lost.keys"));
            let refused = mingcha_server::start(config).await.map(|_| ()).expect_err("the old ones are needed");
            assert!(matches!(refused, mingcha_server::StartError::Keys(..)), "{refused}");
        },
    )
    .await;
}
