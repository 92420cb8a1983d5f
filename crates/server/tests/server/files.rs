//! Files over the wire: sent in pieces, held to their digests and to policy, never replaced, nothing left half.

use crate::{
    client::{Client, Reply},
    matters::{clue, lead},
    setup::{Server, config, on_both},
};
use mingcha_model::cert::sm3_hex;
use mingcha_server::start;
use serde_json::{Value, json};
use std::fs;

const FILES: &str = "/api/v1/matters/c0a/files";

/// Sends one piece.
fn piece(client: &mut Client, upload: &str, offset: usize, text: &str) -> Reply {
    let octets = [("Content-Type", "application/octet-stream")];
    client.send("PUT", &format!("/api/v1/uploads/{upload}?offset={offset}"), &octets, text)
}

fn begin(client: &mut Client, new: &Value) -> String {
    begin_at(client, FILES, new)
}

fn begin_at(client: &mut Client, files: &str, new: &Value) -> String {
    let begun = client.post(files, new);
    assert_eq!(begun.status, 201, "{begun:?}");
    begun.json()["upload"].as_str().expect("an upload").to_owned()
}

/// Sends a whole file in pieces of a thousand bytes.
pub fn sent(client: &mut Client, title: &str, text: &str, more: &Value) -> Reply {
    sent_to(client, FILES, title, text, more)
}

/// The same to the files of any matter.
pub fn sent_to(client: &mut Client, files: &str, title: &str, text: &str, more: &Value) -> Reply {
    let mut new = json!({ "title": title, "bytes": text.len() });
    new.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let upload = begin_at(client, files, &new);
    for (number, part) in text.as_bytes().chunks(1000).enumerate() {
        let taken = piece(client, &upload, number * 1000, std::str::from_utf8(part).expect("ASCII"));
        assert_eq!(taken.status, 200, "{taken:?}");
    }
    client.post(&format!("/api/v1/uploads/{upload}/finish"), &json!({ "sm3": sm3_hex(text.as_bytes()) }))
}

/// Files that lie in the folder, `incoming/` apart.
fn lying(server: &Server) -> (usize, usize) {
    let root = server.running.app.files.root().to_owned();
    let count = |folder: &std::path::Path| fs::read_dir(folder).map_or(0, Iterator::count);
    let folders = fs::read_dir(&root).map_or(Vec::new(), |found| found.flatten().collect());
    let placed =
        folders.iter().filter(|one| one.file_name() != "incoming").map(|one| count(&one.path())).sum();
    (placed, count(&root.join("incoming")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_in_by_pieces_and_goes_out_as_it_came() {
    on_both(
        |config| config.files.most = 5000,
        async |server| {
            let mut lead = lead(server).await;
            lead.post("/api/v1/clues", &json!({ "clues": [clue("C0a", "重复收费")] }));
            let text = "line 1234567890\n".repeat(120);
            let source = json!({ "rule": "r-1", "run": "run-7", "line": "l-12" });
            let stored = sent(&mut lead, "明细 表.txt", &text, &source);
            assert_eq!(stored.status, 201, "{stored:?}");
            let view = stored.json();
            assert_eq!(view["sm3"], sm3_hex(text.as_bytes()));
            assert_eq!((&view["version"], &view["line"]), (&json!(1), &json!("l-12")));
            let id = view["id"].as_str().expect("an id").to_owned();
            assert_eq!(lying(server), (1, 0));

            let read = lead.get(&format!("{FILES}/{id}"));
            assert_eq!((read.status, read.body == text), (200, true));
            assert_eq!(read.header("content-type"), Some("application/octet-stream"));
            assert_eq!(read.header("x-content-type-options"), Some("nosniff"));
            let name = read.header("content-disposition").expect("a name");
            assert_eq!(name, "attachment; filename*=UTF-8''%E6%98%8E%E7%BB%86%20%E8%A1%A8.txt");

            assert_eq!(sent(&mut lead, "again.txt", &text, &json!({})).code(), "exists");
            let newer = sent(&mut lead, "明细.txt", &text.replace('1', "2"), &json!({ "replaces": id }));
            assert_eq!((newer.status, &newer.json()["version"]), (201, &json!(2)), "{newer:?}");
            let other = sent(&mut lead, "明细.txt", &text.replace('1', "3"), &json!({ "replaces": id }));
            assert_eq!(other.code(), "conflict", "a version has one newer one");
            assert_eq!(lead.get(&format!("{FILES}/{id}")).body, text, "the old version stays");
            assert_eq!(lead.get(FILES).json().as_array().map(Vec::len), Some(2));
            assert_eq!(lying(server), (2, 0), "what was refused left nothing");

            proved_and_altered(server, &mut lead, &id).await;
        },
    )
    .await;
}

async fn proved_and_altered(server: &Server, lead: &mut Client, id: &str) {
    let proof = lead.get(&format!("{FILES}/{id}/proof")).json();
    assert_eq!((&proof["whole"], &proof["now"]), (&json!(true), &proof["recorded"]), "{proof}");
    let sha256 = &proof["file"]["sha256"];
    assert_eq!((&proof["now_sha256"], &proof["recorded_sha256"]), (sha256, sha256), "{proof}");
    fs::write(server.running.app.files.path(id), "other").expect("altered");
    let proof = lead.get(&format!("{FILES}/{id}/proof")).json();
    assert_eq!(proof["whole"], false, "{proof}");
    let altered = lead.get(&format!("{FILES}/{id}"));
    assert_eq!((altered.status, altered.code().as_str()), (500, "altered"));

    let mut auditor = server.signed_in("auditor").await;
    assert_eq!(auditor.get(FILES).status, 404);
    assert_eq!(auditor.get(&format!("{FILES}/{id}")).status, 404);
    let new = json!({ "title": "x.txt", "bytes": 1 });
    assert_eq!(auditor.post(FILES, &new).status, 404, "nobody who may not read learns of it");

    let entries = server.running.app.store.trail_after(0).await.expect("the trail");
    let outcomes = |act: &str| -> Vec<&str> {
        let of = entries.iter().filter(|entry| entry.record.act == act);
        of.map(|entry| entry.record.outcome.name()).collect()
    };
    assert_eq!(outcomes("read_file"), ["read", "read", "refused", "refused"]);
    assert_eq!(outcomes("attach"), ["done", "refused", "done", "refused", "refused"]);
    assert!(
        !entries.iter().any(|entry| format!("{entry:?}").contains("明细")),
        "no name of a file in the trail"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_out_of_order_and_files_out_of_bounds_are_refused() {
    on_both(
        |config| config.files.most = 5000,
        async |server| {
            let mut lead = lead(server).await;
            lead.post("/api/v1/clues", &json!({ "clues": [clue("C0a", "重复收费")] }));
            for (new, field) in [
                (json!({ "title": "x.txt", "bytes": 5001 }), "bytes"),
                (json!({ "title": "x.txt", "bytes": 0 }), "bytes"),
                (json!({ "title": "x.exe", "bytes": 1 }), "title"),
                (json!({ "title": "x.txt", "bytes": 1, "path": "/etc" }), "path"),
            ] {
                let refused = lead.post(FILES, &new);
                assert_eq!((refused.status, &refused.json()["field"]), (422, &json!(field)), "{refused:?}");
            }
            let upload = begin(&mut lead, &json!({ "title": "x.txt", "bytes": 6 }));
            assert_eq!(piece(&mut lead, &upload, 3, "def").json()["field"], "offset");
            assert_eq!(piece(&mut lead, &upload, 0, "abc").json()["received"], 3);
            assert_eq!(piece(&mut lead, &upload, 0, "abc").json()["received"], 3, "sent twice, taken once");
            assert_eq!(piece(&mut lead, &upload, 3, "defg").json()["field"], "bytes");
            let finish = format!("/api/v1/uploads/{upload}/finish");
            assert_eq!(lead.post(&finish, &json!({})).json()["field"], "bytes", "not all has come");
            assert_eq!(
                lead.write("PUT", &format!("/api/v1/uploads/{upload}?offset=3"), &json!({})).code(),
                "media_type"
            );
            let mut system = server.signed_in("system").await;
            assert_eq!(piece(&mut system, &upload, 3, "def").status, 404, "another's upload is nobody's");
            assert_eq!(piece(&mut lead, &upload, 3, "def").json()["received"], 6);
            let key = [("Idempotency-Key", "finish-1")];
            let (first, second) =
                (lead.send("POST", &finish, &key, "{}"), lead.send("POST", &finish, &key, "{}"));
            assert_eq!(
                (first.status, second.status, &first.body),
                (201, 201, &second.body),
                "a double click"
            );
            assert_eq!(lead.post(&finish, &json!({})).status, 404);

            let wrong = begin(&mut lead, &json!({ "title": "y.txt", "bytes": 3 }));
            piece(&mut lead, &wrong, 0, "xyz");
            let finish = format!("/api/v1/uploads/{wrong}/finish");
            assert_eq!(lead.post(&finish, &json!({ "sm3": "0" })).json()["field"], "sm3");
            assert_eq!(lying(server), (1, 0));
            for _ in 0..4 {
                begin(&mut lead, &json!({ "title": "z.txt", "bytes": 3 }));
            }
            assert_eq!(lead.post(FILES, &json!({ "title": "z.txt", "bytes": 3 })).code(), "too_many");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_places_what_stands_in_the_store_and_sweeps_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::of(start(config(&folder)).await.expect("it starts"));
    crate::setup::begin(&server).await;
    let mut client = lead(&server).await;
    client.post("/api/v1/clues", &json!({ "clues": [clue("C0a", "重复收费")] }));
    let id = sent(&mut client, "x.txt", "abc", &json!({})).json()["id"].as_str().expect("an id").to_owned();
    // As a kill leaves it: a row without its file in place, and half of another file.
    let files = server.running.app.files.clone();
    let incoming = files.root().join("incoming");
    fs::rename(files.path(&id), incoming.join(&id)).expect("moved back");
    fs::write(incoming.join("half"), "ab").expect("written");
    assert_eq!(client.get(&format!("{FILES}/{id}")).body, "abc", "it is read all the same");
    server.running.stop().await.expect("it stops");

    let server = Server::of(start(config(&folder)).await.expect("it starts again"));
    assert_eq!(lying(&server), (1, 0));
    client.address = server.running.address;
    assert_eq!(client.get(&format!("{FILES}/{id}")).body, "abc");
    server.running.stop().await.expect("it stops");
}
