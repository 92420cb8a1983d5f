//! Portraits: for whoever may search the clues of the place, with each look and each try in the trail, and codes in no address.

use crate::setup::{MARK, PORTRAYED, Server, on_sqlite, unbounded};
use serde_json::json;

async fn looked(server: &Server) -> Vec<(String, &'static str, String)> {
    let trail = server.running.app.store.trail_after(0).await.expect("the trail");
    let records = trail.iter().map(|entry| &entry.record).filter(|record| record.act == "portrait");
    records.map(|record| (record.who.account.clone(), record.outcome.name(), record.on.id.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portrait_is_for_the_bureau_of_the_place_and_each_look_is_recorded() {
    on_sqlite(unbounded, async |server| {
        // The place has no bureau of its own, so that of its city keeps its clues.
        let (institution, _) = PORTRAYED;
        let mut lead = server.employed("lead-1", 1, "team_lead").await;
        let mut handler = server.employed("handler-2", 2, "handler").await;
        let mut counts = server.employed("counts-3", 3, "statistics").await;
        let ask = |kind: &str, code: &str| json!({ "kind": kind, "code": code });
        for client in [&mut lead, &mut handler] {
            let told = client.post("/api/v1/portraits", &ask("institution", institution));
            assert_eq!(told.status, 200, "{told:?}");
            assert_eq!(
                told.json()["from"],
                format!("{MARK}{institution}"),
                "asked for what one may see alone"
            );
        }
        assert_eq!(lead.post("/api/v1/portraits", &ask("practitioner", "D330102000001")).status, 200);
        assert_eq!(counts.post("/api/v1/portraits", &ask("institution", institution)).code(), "not_found");
        for wrong in [
            ask("person", "P1"),
            ask("institution", ""),
            ask("institution", "某医院"),
            json!({ "kind": "institution" }),
        ] {
            assert_eq!(lead.post("/api/v1/portraits", &wrong).status, 422, "{wrong}");
        }
        let expected = [
            ("lead-1", "read", institution),
            ("handler-2", "read", institution),
            ("lead-1", "read", "D330102000001"),
            ("counts-3", "refused", institution),
        ];
        let expected = expected.map(|(who, outcome, of)| (who.to_owned(), outcome, of.to_owned()));
        assert_eq!(looked(server).await, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn points_of_somebody_without_any_stand_at_none() {
    on_sqlite(unbounded, async |server| {
        let mut lead = server.employed("lead-1", 1, "team_lead").await;
        let none = lead.post("/api/v1/portraits/points", &json!({ "code": "D330102000001" })).json();
        assert_eq!(
            (&none["points"], &none["entries"], &none["effects"]),
            (&json!(0), &json!([]), &json!([]))
        );
        let whole = |part: &str| none[part].as_u64().is_some_and(|points| points > 0);
        assert!(whole("suspend_from") && whole("end_at") && none["basis"] != "", "{none}");
        assert_eq!(lead.post("/api/v1/portraits/points", &json!({ "code": "某医生" })).status, 422);
    })
    .await;
}
