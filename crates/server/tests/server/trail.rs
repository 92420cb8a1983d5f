//! The trail over the wire: only for those who look after it, and every look is in it.

use crate::setup::on_both;
use mingcha_casework::trail::{Witness, read_line, verify};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn it_is_read_proved_exported_and_anchored_by_its_keepers_alone() {
    on_both(
        |_| (),
        async |server| {
            let (mut auditor, mut security) =
                (server.signed_in("auditor").await, server.signed_in("security").await);
            for path in ["/api/v1/trail", "/api/v1/trail/export", "/api/v1/trail/anchor"] {
                assert_eq!(security.get(path).code(), "denied", "{path}");
            }
            let page = auditor.get("/api/v1/trail?limit=3").json();
            assert_eq!(page["items"][0]["outcome"], "refused", "the attempts before stand in it");
            let next = page["next"].as_u64().expect("more");
            let older = auditor.get(&format!("/api/v1/trail?before={next}&limit=200")).json();
            assert_eq!(
                older["items"].as_array().map(Vec::len),
                Some(usize::try_from(next).expect("few") - 1)
            );
            let read = auditor.get("/api/v1/trail?act=read_audit&outcome=read").json();
            assert_eq!(read["items"].as_array().map(Vec::len), Some(2));
            assert_eq!(auditor.get("/api/v1/trail?outcome=maybe").json()["field"], "outcome");
            assert_eq!(auditor.get("/api/v1/trail?since=yesterday").json()["field"], "since");

            let anchor = auditor.get("/api/v1/trail/anchor").json();
            let proved = auditor.post("/api/v1/trail/verify", &json!({ "anchors": [anchor] })).json();
            assert_eq!((&proved["whole"], &proved["faults"]), (&json!(true), &json!([])));
            let export = auditor.get("/api/v1/trail/export");
            assert_eq!(export.header("content-type"), Some("application/x-ndjson"));
            let entries: Vec<_> = export
                .body
                .lines()
                .zip(1..)
                .map(|(line, number)| read_line(number, line).expect("an entry"))
                .collect();
            assert!(
                entries.len() > 8 && entries.last().is_some_and(|last| last.record.act == "export_audit")
            );
            let lines = entries.len();
            assert_eq!(verify(entries, &Witness::default()).faults, []);

            let ended = auditor.get("/api/v1/trail?act=export_audit_end").json()["items"].clone();
            assert_eq!(
                ended[0]["why"],
                format!("{lines} records left, all of them"),
                "how many left is recorded"
            );

            let lie = json!({ "anchors": [{ "seq": 2, "digest": "0".repeat(64), "at": anchor["at"] }] });
            let proved = auditor.post("/api/v1/trail/verify", &lie).json();
            assert_eq!(proved["whole"], json!(false), "an anchor that does not agree");
        },
    )
    .await;
}
