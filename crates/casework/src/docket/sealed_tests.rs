//! What the docket promises of people's data, on both databases: names and numbers become tokens before anything is stored, and keys change
//! under them.

use super::{
    Docket, NewMatter, OpenRequest, Pushed, Query,
    tests::{by, clue, does, on_docket, proved},
};
use crate::{
    policy::OpenPersonalData,
    vault::{Held, KeyRing, KeySource, Purpose, Vaults, new_ring, with_new_key},
};
use mingcha_model::cert::check_character;
use serde_json::{Value, json};
use std::{fs, sync::Arc};

/// A certificate number that nobody has: of a region that is not given out.
fn certno(number: u32) -> String {
    let first = format!("99010119800101{number:03}");
    let check = check_character(first.as_bytes()).expect("digits");
    format!("{first}{}", char::from(check))
}

/// Whether a text stands in clear in a matter, its sealed values or the trail.
async fn stored(docket: &Docket, clear: &str) -> bool {
    let mut conn = docket.store.reader().await.expect("a connection");
    let mut texts: Vec<String> = Vec::new();
    for text in [
        "SELECT facts || title || subject || origin || source FROM matter",
        "SELECT token || kind || match_digest || envelope FROM sealed",
        "SELECT token || kind || match_digest || envelope FROM informant",
        "SELECT why || COALESCE(was, '') || COALESCE(became, '') || object FROM trail",
        "SELECT body || digest FROM answered",
    ] {
        texts.extend(sqlx::query_scalar::<_, String>(text).fetch_all(&mut *conn).await.expect("read"));
    }
    texts.iter().any(|text| text.contains(clear))
}

fn new(input: &Value) -> NewMatter {
    serde_json::from_value(json!({
        "machine": "clue", "region": "990101", "source": "complaint", "title": "群众反映", "act": "open", "input": input,
    }))
    .expect("a matter")
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_numbers_become_tokens_wherever_they_are_typed() {
    on_docket(async |docket| {
        let (name, number, phone) = ("甲子丑", certno(1), "19900001234");
        let input = json!({
            "input": "open_clue", "source": "complaint", "subject": name, "key": "k", "amount": 1, "severity": 1, "grade": 3,
        });
        let mut new = new(&input);
        new.subject_kind = "person".into();
        new.subject = name.into();
        new.title = format!("反映{name}（{number}）");
        new.reason = format!("来电{phone}");
        let id = docket.begin(by("lead"), new).await.expect("begun").id;
        let view = docket.read(by("lead"), &id).await.expect("read");
        let token = view.facts["clue"]["subject"].as_str().expect("a token").to_owned();
        assert_eq!(view.heading.subject, token, "one value, one token");
        assert!(view.heading.title.starts_with(&format!("反映〔姓名:{token}〕（〔证件号码:")), "{}", view.heading.title);
        let shown: Vec<&str> = view.masked.iter().map(|masked| masked.shown.as_str()).collect();
        assert!(shown.contains(&"甲**") && shown.len() == 2, "{shown:?}");

        let person = json!({ "input": "add_person", "role": "party", "name": name, "certificate": number });
        does(&docket, "lead", &id, "add_person", person).await.expect("added");
        let view = docket.read(by("lead"), &id).await.expect("read");
        assert_eq!(view.facts["people"][0]["name"], json!(token), "met by its keyed digest");
        let replaced = json!({ "input": "add_person", "role": "party", "name": "乙丑", "instead_of": 1 });
        does(&docket, "lead", &id, "add_person", replaced).await.expect("replaced");
        assert_eq!(docket.read(by("lead"), &id).await.expect("read").facts["people"].as_array().map(Vec::len), Some(1));

        let page = docket.list(by("lead"), &Query { q: Some(name.into()), ..Query::default() }).await.expect("a list");
        assert_eq!(page.total, 0, "names are not what lists are searched by");
        for clear in [name, &number, phone, "乙丑"] {
            assert!(!stored(&docket, clear).await, "{clear}");
        }
        let open = OpenRequest { matter: id, tokens: vec![token], purpose: "核实".into(), most_a_day: 9 };
        let opened = docket.open_personal(by("lead"), open).await.expect("opened");
        assert_eq!(opened[0].value.expose(), name);
        proved(&docket).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_keys_are_certificate_numbers_comes_in_sealed_and_once() {
    on_docket(async |docket| {
        let pushed = || {
            let mut clue = clue("C0a", 1_000);
            clue.subject_kind = "person".into();
            clue.subject = certno(2);
            clue.origin = json!({ "run": "r-1", "findings": [{ "message": format!("{}同日两地", certno(2)), "rows": [certno(3)] }] });
            vec![clue]
        };
        assert_eq!(docket.push(by("lead"), pushed()).await.expect("in"), Pushed { begun: 1, ..Pushed::default() });
        assert_eq!(docket.push(by("lead"), pushed()).await.expect("again"), Pushed { same: 1, ..Pushed::default() });
        for number in [2, 3] {
            assert!(!stored(&docket, &certno(number)).await, "{number}");
        }
        let view = docket.read(by("lead"), "c0a").await.expect("read");
        assert_eq!(view.masked.len(), 2, "{:?}", view.masked);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_was_killed_goes_on_where_it_was() {
    on_docket(async |docket| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("personal.keys");
        let first = new_ring(Purpose::Personal, "k1").expect("random");
        write(&path, &first);
        let held = || Held::<OpenPersonalData>::read(KeySource::File(path.clone())).expect("a ring");
        let informant = new_ring(Purpose::Informant, "k1").expect("random");
        let other =
            || Held::fixed(KeyRing::parse(Purpose::Informant, &informant).expect("a ring")).expect("fits");
        let docket = Docket { vaults: Arc::new(Vaults::new(held(), other())), ..docket };
        let mut many = clue("C0a", 1_000);
        many.origin = json!({ "findings": (0..230).map(certno).collect::<Vec<_>>() });
        docket.push(by("lead"), vec![many]).await.expect("pushed");

        write(&path, &with_new_key(Purpose::Personal, &first, "k2").expect("a ring"));
        docket.store.use_key::<OpenPersonalData>(by(""), &docket.vaults, "k2").await.expect("current");
        assert_eq!(
            docket.store.reseal::<OpenPersonalData>(by(""), &docket.vaults).await.expect("a batch"),
            200
        );
        let stands = docket.store.keys_in_use::<OpenPersonalData>().await.expect("read");
        assert_eq!((stands.values["k1"], stands.values["k2"], stands.waiting()), (30, 200, 30));
        // Another program with a ring of its own goes on.
        let vaults = Arc::new(Vaults::new(held(), other()));
        assert_eq!(docket.store.reseal::<OpenPersonalData>(by(""), &vaults).await.expect("the rest"), 30);
        assert_eq!(docket.store.reseal::<OpenPersonalData>(by(""), &vaults).await.expect("nothing"), 0);
        let unknown = docket.store.use_key::<OpenPersonalData>(by(""), &vaults, "k3").await;
        assert!(unknown.is_err(), "no ring has it");
        assert_eq!(docket.read(by("lead"), "c0a").await.expect("read").masked.len(), 230);
    })
    .await;
}

fn write(path: &std::path::Path, text: &str) {
    fs::write(path, text).expect("written");
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("set");
}
