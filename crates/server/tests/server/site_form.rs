//! The offline form of an inspection over the wire: taken along by its officers, looked at, taken in whole and once, and nobody else's.

use crate::{
    accounts::account,
    client::{Client, Reply},
    files::sent_to,
    setup::{Server, on_both, unbounded},
};
use mingcha_model::cert::sm3_hex;
use serde_json::{Value, json};

const HOSPITAL: &str = "H33010000001";
/// What somebody wrote as the name of the hospital.
const TITLE: &str = "<img src=x onerror=alert(1)></script>某医院";

/// An officer with a certificate, ready to work.
async fn officer(server: &Server, id: &str, number: u32, organisation: &str) -> Client {
    let mut security = server.signed_in("security").await;
    let mut new = account(id, number, "handler");
    new["certificate"] = json!(format!("ZF{number:04}"));
    new["organisation"] = json!(organisation);
    let made = security.post("/api/v1/accounts", &new);
    assert_eq!(made.status, 201, "{made:?}");
    server.first_time(id).await
}

/// Does an act on a matter as it stands now.
fn act(client: &mut Client, id: &str, act: &str, input: &Value) -> Reply {
    let version = version(client, id);
    let body = json!({ "version": version, "reason": "依规办理", "input": input });
    client.post(&format!("/api/v1/matters/{id}/acts/{act}"), &body)
}

fn version(client: &mut Client, id: &str) -> Value {
    client.get(&format!("/api/v1/matters/{id}")).json()["heading"]["version"].clone()
}

/// An inspection that was planned and drawn for two officers.
fn drawn(lead: &mut Client) -> String {
    let begun = lead.post(
        "/api/v1/matters",
        &json!({
            "machine": "inspection", "act": "open", "region": "330100", "source": "inspection", "title": "专项检查", "institution": HOSPITAL,
            "input": { "input": "plan_inspection", "kind": "unannounced", "institution": HOSPITAL, "plan": "2026年度计划第3项" },
        }),
    );
    assert_eq!(begun.status, 201, "{begun:?}");
    let id = begun.json()["id"].as_str().expect("an id").to_owned();
    let published = lead.post("/api/v1/draws", &json!({ "title": "抽取检查人员" })).json();
    let draw = published["draw"]["id"].as_str().expect("an id");
    let lists = json!({
        "officers": { "list": ["officer-1", "officer-2"], "count": 2 }, "institutions": { "list": [HOSPITAL], "count": 1 },
    });
    let result = lead
        .post(&format!("/api/v1/draws/{draw}/result"), &json!({ "seed": published["seed"], "lists": lists }));
    assert_eq!(result.status, 200, "{result:?}");
    let input = json!({ "input": "draw", "draw": draw, "accounts": ["officer-1", "officer-2"] });
    let drawn = act(lead, &id, "draw", &input);
    assert_eq!(drawn.status, 200, "{drawn:?}");
    id
}

/// What the page saves.
fn file(server: &Server, id: &str, sha256: &Value) -> Value {
    json!({
        "form": "mingcha-site-form-1", "inspection": id, "at": server.running.app.store.now().time().to_string(), "place": "收费处",
        "present": [{ "name": "合成某甲", "post": "院办主任" }], "officers": ["officer-1", "officer-2"], "statement": "没有意见",
        "items": [
            { "item": "M001", "seen": "not_seen", "facts": "", "amount": 0, "files": [] },
            { "item": "M002", "seen": "seen", "facts": "见到十张空刷的凭证", "amount": 120_050, "files": [{ "name": "a.txt", "sha256": sha256 }] },
        ],
    })
}

fn look(client: &mut Client, id: &str, file: &Value) -> Value {
    let looked =
        client.post(&format!("/api/v1/matters/{id}/site-form/look"), &json!({ "file": file.to_string() }));
    assert_eq!(looked.status, 200, "{looked:?}");
    looked.json()
}

fn take(client: &mut Client, id: &str, text: &str) -> Reply {
    let version = version(client, id);
    client.post(&format!("/api/v1/matters/{id}/site-form"), &json!({ "version": version, "file": text }))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offline_form_is_taken_along_and_comes_back_as_record_file_and_findings() {
    on_both(unbounded, async |server| {
        let mut lead = server.employed("lead-1", 1, "team_lead").await;
        let mut one = officer(server, "officer-1", 2, "330100-yb").await;
        officer(server, "officer-2", 3, "330100-yb").await;
        hospital(server).await;
        let id = drawn(&mut lead);
        let page = format!("/api/v1/matters/{id}/site-form?guides=general,pharmacy");
        assert_eq!(one.get(&page).json()["guards"][0]["guard"], "right_state", "not before the site");
        assert_eq!(act(&mut one, &id, "enter", &json!({ "input": "nothing" })).status, 200);
        handed_out(&mut one, &page, &id);

        let stored =
            sent_to(&mut one, &format!("/api/v1/matters/{id}/files"), "a.txt", "evidence", &json!({}));
        let (sha256, sm3) = (stored.json()["sha256"].clone(), stored.json()["sm3"].clone());
        let file = file(server, &id, &sha256);
        refused(&mut one, &id, &file);

        let looked = look(&mut one, &id, &file);
        assert_eq!((&looked["faults"], &looked["form"]["findings"]), (&json!([]), &json!(1)), "{looked}");
        let text = file.to_string();
        let taken = take(&mut one, &id, &text);
        assert_eq!((taken.status, &taken.json()["findings"]), (201, &json!(1)), "{taken:?}");
        let record = sm3_hex(text.as_bytes());
        stands(&mut one, &id, &record, &sm3, &taken.json()["file"]);

        assert_eq!(
            look(&mut one, &id, &file)["faults"].as_array().map(Vec::len),
            Some(1),
            "taken in already"
        );
        let twice = take(&mut one, &id, &text);
        assert_eq!(
            (twice.status, &twice.json()["guards"][0]["guard"]),
            (422, &json!("record_new")),
            "{twice:?}"
        );
        let files = one.get(&format!("/api/v1/matters/{id}/files")).json();
        assert_eq!(files.as_array().map(Vec::len), Some(2), "nothing of it a second time: {files}");
    })
    .await;
}

async fn hospital(server: &Server) {
    let new = json!({
        "id": "330100-yy", "title": TITLE, "region": "330100", "department": "institution", "fixmedins_code": HOSPITAL,
    });
    let made = server.signed_in("security").await.post("/api/v1/organisations", &new);
    assert_eq!(made.status, 201, "{made:?}");
}

/// The page is saved and never shown by the server; what people typed is no markup in it.
fn handed_out(officer: &mut Client, page: &str, id: &str) {
    let form = officer.get(page);
    assert_eq!(form.status, 200, "{form:?}");
    assert_eq!(form.header("content-type"), Some("application/octet-stream"));
    assert!(
        form.header("content-disposition").is_some_and(|name| name.starts_with("attachment; ")),
        "{form:?}"
    );
    let policy = form.header("content-security-policy").expect("the server's own");
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe-inline"), "{policy}");
    assert!(!form.body.contains("<img") && form.body.contains("某医院"), "{}", form.body);
    for part in [id, "officer-2", "M001", "S001"] {
        assert!(form.body.contains(part), "{part}");
    }
    assert!(!form.body.contains("M100"), "only the guides that were asked for");
    let unknown = officer.get(&page.replace("general", "astrology"));
    assert_eq!((unknown.status, &unknown.json()["field"]), (422, &json!("guides")));
}

/// All that is wrong is said at once and by item, and nothing of a refused form stays.
fn refused(officer: &mut Client, id: &str, file: &Value) {
    let mut wrong = file.clone();
    wrong["inspection"] = json!("inspection-0a");
    wrong["officers"] = json!(["officer-1", "lead-1"]);
    wrong["items"][0]["item"] = json!("X1");
    wrong["items"][1]["files"][0]["sha256"] = json!("0".repeat(64));
    let looked = look(officer, id, &wrong);
    let faults: Vec<(&Value, &Value)> = looked["faults"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| (&fault["item"], &fault["message"]))
        .collect();
    assert_eq!(
        faults,
        [
            (&json!(""), &json!("这是另一次检查的检查表")),
            (&json!(""), &json!("lead-1不是本次检查的执法人员")),
            (&json!(""), &json!("记录的执法人员不足两人")),
            (&json!("X1"), &json!("检查指引中没有这一项")),
            (&json!("M002"), &json!("证据文件“a.txt”还没有收存，或者收存的不是现场的那一份")),
        ]
    );
    let before = officer.get(&format!("/api/v1/matters/{id}")).json();
    let told = take(officer, id, &wrong.to_string());
    assert_eq!((told.status, &told.json()["guards"][0]["guard"]), (422, &json!("input_fits")), "{told:?}");
    for text in ["", "{}", r#"{"form":"mingcha-site-form-0"}"#, &"9".repeat(500 * 1024)] {
        let told = take(officer, id, text);
        assert_eq!((told.status, &told.json()["field"]), (422, &json!("form")), "{told:?}");
    }
    let mut input = file.clone();
    input["input"] = json!("site_form");
    input["sm3"] = json!("0".repeat(64));
    input.as_object_mut().expect("an object").remove("form");
    let around = act(officer, id, "import-form", &input);
    assert_eq!(
        (around.status, &around.json()["message"]),
        (422, &json!("离线检查表只从其保存的文件导入")),
        "{around:?}"
    );
    let after = officer.get(&format!("/api/v1/matters/{id}")).json();
    assert_eq!((&before["facts"], &before["heading"]), (&after["facts"], &after["heading"]));
    let files = officer.get(&format!("/api/v1/matters/{id}/files")).json();
    assert_eq!(files.as_array().map(Vec::len), Some(1), "{files}");
}

/// Record, file and finding stand, each under the digest of the file; who was present is sealed; the history says where it came from.
fn stands(officer: &mut Client, id: &str, record: &str, evidence: &Value, file: &Value) {
    let matter = officer.get(&format!("/api/v1/matters/{id}"));
    assert!(!matter.body.contains("合成某甲"), "a name is sealed: {}", matter.body);
    let inspection = matter.json()["facts"]["inspection"].clone();
    assert_eq!(inspection["records"], json!([record]));
    assert_eq!(
        inspection["findings"],
        json!([{ "item": "M002", "facts": "见到十张空刷的凭证", "evidence": [record, evidence], "amount": 120_050 }])
    );
    let sheet = &inspection["sheets"][0];
    assert_eq!((&sheet["record"], &sheet["items"][0]["seen"]), (&json!(record), &json!("not_seen")));
    let kept = officer.get(&format!("/api/v1/matters/{id}/files")).json();
    let kept = kept.as_array().and_then(|files| files.iter().find(|one| one["id"] == *file)).expect("it");
    assert_eq!((&kept["sm3"], &kept["uses"][0]["what"]), (&json!(record), &json!("site_record")), "{kept}");
    let proof = officer.get(&format!("/api/v1/matters/{id}/files/{}/proof", file.as_str().expect("an id")));
    assert_eq!(proof.json()["whole"], true, "{proof:?}");
    let past = officer.get(&format!("/api/v1/matters/{id}/history")).json();
    let import = past["items"]
        .as_array()
        .expect("acts")
        .iter()
        .find(|one| one["act"] == "import_form" && one["refused"] == false);
    let import = import.expect("it is on record");
    assert_eq!(import["title"], "导入离线检查表");
    assert!(import["why"].as_str().is_some_and(|why| why.contains(record)), "{import}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_under_one_key_is_taken_once_and_another_bureau_gets_at_nothing() {
    on_both(
        unbounded,
        async |server| {
            let mut lead = server.employed("lead-1", 1, "team_lead").await;
            let mut one = officer(server, "officer-1", 2, "330100-yb").await;
            officer(server, "officer-2", 3, "330100-yb").await;
            let county = json!({ "id": "330102-yb", "title": "某区医保局", "region": "330102", "department": "insurance" });
            assert_eq!(server.signed_in("security").await.post("/api/v1/organisations", &county).status, 201);
            let mut stranger = officer(server, "officer-3", 4, "330102-yb").await;
            let id = drawn(&mut lead);
            assert_eq!(act(&mut one, &id, "enter", &json!({ "input": "nothing" })).status, 200);
            let mut file = file(server, &id, &json!(""));
            file["items"][1]["files"] = json!([]);

            let base = format!("/api/v1/matters/{id}/site-form");
            assert_eq!(stranger.get(&format!("{base}?guides=general")).status, 404);
            let text = file.to_string();
            assert_eq!(stranger.post(&format!("{base}/look"), &json!({ "file": text })).status, 404);
            assert_eq!(stranger.post(&base, &json!({ "version": 3, "file": text })).status, 404);

            let body = json!({ "version": version(&mut one, &id), "file": text }).to_string();
            let key = [("Idempotency-Key", "form-1")];
            let (first, second) = (one.send("POST", &base, &key, &body), one.send("POST", &base, &key, &body));
            assert_eq!((first.status, second.status, &first.body), (201, 201, &second.body), "a double click");
            let matter = one.get(&format!("/api/v1/matters/{id}")).json();
            assert_eq!(matter["facts"]["inspection"]["findings"].as_array().map(Vec::len), Some(1));
            assert_eq!(one.get(&format!("/api/v1/matters/{id}/files")).json().as_array().map(Vec::len), Some(1));
        },
    )
    .await;
}
