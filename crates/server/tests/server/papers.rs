//! Papers over the wire: what may be issued and what is missing by name, a draft, a number once however often one clicks, and the letterhead.

use crate::{
    accounts::account,
    client::Client,
    matters::lead,
    setup::{Server, config, on_both},
};
use mingcha_casework::vault::KeySource;
use mingcha_server::{operate, start};
use serde_json::{Value, json};
use std::fs;

/// A case that is proposed; its id.
fn proposed(lead: &mut Client) -> String {
    let case = json!({
        "machine": "case", "region": "330100", "source": "screening", "title": "某医院重复收费案", "institution": "H33010000001",
        "subject_kind": "institution", "subject": "H33010000001", "act": "open",
        "input": { "input": "open_case", "subject": "H33010000001", "violation_facts": "重复收费二百次", "violation_ended": "2026-01-31",
            "grave": false, "own_jurisdiction": true },
    });
    let begun = lead.post("/api/v1/matters", &case);
    assert_eq!(begun.status, 201, "{begun:?}");
    begun.json()["id"].as_str().expect("an id").to_owned()
}

fn kind<'a>(list: &'a Value, paper: &str) -> &'a Value {
    list["kinds"].as_array().expect("kinds").iter().find(|kind| kind["paper"] == paper).expect("that kind")
}

/// What the record does not hold for the paper of a filing.
fn fields() -> Value {
    json!({
        "案由": "重复收费", "当事人名称": "某医院", "当事人住所": "某市人民路", "立案理由": "符合立案条件",
        "办案人员": [{ "姓名": "甲某", "执法证号": "X1" }, { "姓名": "乙某", "执法证号": "X2" }],
    })
}

async fn letterhead(server: &Server) {
    let mut security = server.signed_in("security").await;
    assert_eq!(security.post("/api/v1/accounts", &account("head-1", 41, "head")).status, 201);
    let mut head = server.first_time("head-1").await;
    let set = json!({ "version": 0, "letterhead": {
        "place": "某", "unit": "基金监管科", "names": { "head-1": "甲示例", "elsewhere": "乙示例" },
    } });
    let path = "/api/v1/letterhead";
    assert_eq!(head.write("PUT", path, &set).status, 200);
    assert_eq!(head.write("PUT", path, &set).code(), "conflict");
    assert_eq!(head.get(path).json()["letterhead"]["unit"], "基金监管科");
    let mut lead = server.signed_in("lead-1").await;
    let later = json!({ "version": 1, "letterhead": {} });
    assert_eq!(lead.write("PUT", path, &later).code(), "denied", "the head alone sets it");
    // A name counts for the office's own people alone: nobody is named by another office.
    let published = security.get("/api/v1/officers/names?accounts=head-1,lead-1,elsewhere,nobody").json();
    assert_eq!(published, json!({ "head-1": "甲示例" }));
    let many = vec!["a"; 201].join(",");
    assert_eq!(security.get(&format!("/api/v1/officers/names?accounts={many}")).code(), "invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_says_what_it_lacks_and_takes_its_number_once() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = lead(server).await;
            letterhead(server).await;
            let case = proposed(&mut lead);
            let papers = format!("/api/v1/matters/{case}/papers");
            let list = lead.get(&papers).json();
            let filing = kind(&list, "filing-approval");
            assert_eq!((&filing["open"], &filing["series"]), (&json!(true), &json!("医保立字")), "{filing}");
            let missing = filing["missing"].as_array().expect("labels");
            assert!(missing.contains(&json!("案由")) && missing.contains(&json!("办案人员")), "{missing:?}");
            assert!(
                !missing.contains(&json!("承办单位")) && !missing.contains(&json!("违法事实")),
                "{missing:?}"
            );
            let decision = kind(&list, "penalty-decision");
            assert_eq!((&decision["open"], &decision["closed_by"]), (&json!(false), &json!("act")));

            let path = format!("{papers}/filing-approval");
            let lacking = lead.post(&path, &json!({ "version": 1 }));
            assert_eq!((lacking.status, lacking.code().as_str()), (422, "refused"), "{lacking:?}");
            let guards = lacking.json()["guards"].clone();
            let named = |label: &str| {
                let guards = guards.as_array().expect("guards");
                guards.iter().any(|guard| guard["message"] == format!("{label}：缺少必填的值").as_str())
            };
            assert!(named("案由") && named("办案人员"), "{guards}");
            let fields = fields();
            let draft = lead.post(&format!("{path}/preview"), &json!({ "fields": { "案由": "重复收费" } }));
            assert!(draft.status == 200 && draft.bytes.starts_with(b"PK"), "{}", draft.body);
            let told = json!({ "fields": { "案件名称": "另一案" } });
            assert_eq!(lead.post(&format!("{path}/preview"), &told).json()["field"], "fields.案件名称");

            let other = json!({ "fields": { "机关名称": "另一机关" } });
            let refused = lead.post(&format!("{path}/preview"), &other);
            assert_eq!(
                refused.json()["field"],
                "fields.机关名称",
                "what the record holds is not entered: {refused:?}"
            );

            let issue = json!({ "version": 1, "fields": fields });
            let key = [("Idempotency-Key", "issue-1")];
            let first = lead.send("POST", &path, &key, &issue.to_string());
            let second = lead.send("POST", &path, &key, &issue.to_string());
            assert_eq!(
                (first.status, &first.body),
                (201, &second.body),
                "a double click is one paper: {first:?}"
            );
            let number = first.json()["number"].as_str().expect("a number").to_owned();
            assert!(number.starts_with("某医保立字〔") && number.ends_with("〕1号"), "{number}");
            assert_eq!(lead.post(&path, &issue).json()["field"], "reason");
            let again = lead.post(
                &path,
                &json!({ "version": 1, "reason": "笔误", "fields": {
                "办案人员": [{ "姓名": "甲某", "执法证号": "X1" }, { "姓名": "乙某", "执法证号": "X2" }],
            } }),
            );
            assert_eq!(
                (again.status, &again.json()["version"]),
                (201, &json!(2)),
                "what was entered is kept: {again:?}"
            );
            assert_eq!(lead.post(&path, &json!({ "version": 9, "reason": "x" })).code(), "conflict");

            let read = lead.get(&format!("{path}/1"));
            assert!(read.status == 200 && read.bytes.starts_with(b"PK"), "{}", read.body);
            assert_eq!(read.bytes.len() as i64, first.json()["bytes"].as_i64().expect("a size"));
            assert_eq!(lead.get(&format!("{path}/3")).status, 404);
            let issued = lead.get(&papers).json()["issued"].clone();
            assert_eq!(issued.as_array().map(Vec::len), Some(2));
            let mut auditor = server.signed_in("auditor").await;
            assert_eq!((auditor.get(&papers).status, auditor.get(&format!("{path}/1")).status), (404, 404));
            assert_eq!(auditor.post(&path, &issue).status, 404);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issued_paper_is_the_same_in_a_restored_copy_and_unreadable_without_its_keys() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = lead(server).await;
            letterhead(server).await;
            let path = format!("/api/v1/matters/{}/papers/filing-approval", proposed(&mut lead));
            assert_eq!(lead.post(&path, &json!({ "version": 1, "fields": fields() })).status, 201);
            let issued = lead.get(&format!("{path}/1"));
            assert!(issued.bytes.starts_with(b"PK"), "{}", issued.body);
            let own = &server.running.app.config;
            let archive = own.folder.join("copy.zip");
            operate::backup(own, &archive).await.expect("backed up");

            let folder = tempfile::tempdir().expect("a folder");
            let copy = config(&folder);
            operate::restore(&copy, &archive).await.expect("restored");
            // The copy holds no key: without the rings nothing starts that could make new ones over what the old ones sealed.
            assert!(start(copy.clone()).await.is_err(), "no keys");
            let rings = |config: &mingcha_server::Config| {
                [&config.personal_keys, &config.informant_keys, &config.sign_in_keys].map(|source| {
                    match source {
                        KeySource::File(path) => path.clone(),
                        KeySource::Command(_) => unreachable!("rings of a test are files"),
                    }
                })
            };
            for (from, to) in rings(own).iter().zip(rings(&copy)) {
                fs::create_dir_all(to.parent().expect("a folder")).expect("made");
                fs::copy(from, to).expect("keys travel apart from the copy");
            }
            let restored = Server::of(start(copy).await.expect("it starts"));
            let mut lead = restored.signed_in("lead-1").await;
            assert_eq!(lead.get(&format!("{path}/1")).bytes, issued.bytes);
            restored.running.stop().await.expect("it stops");
        },
    )
    .await;
}
