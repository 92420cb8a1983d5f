//! The law and the rules as tables: everybody who is signed in reads them, whole.

use crate::setup::on_sqlite;

#[tokio::test(flavor = "multi_thread")]
async fn limits_calendars_measures_policies_and_rules_are_there_to_be_read() {
    on_sqlite(
        |_| (),
        async |server| {
            let mut reader = server.signed_in("auditor").await;
            let mut count = |path: &str| reader.get(path).json().as_array().map_or(0, Vec::len);
            assert_eq!(count("/api/v1/limits"), 73);
            assert_eq!(count("/api/v1/limits?region=330100"), 73);
            assert_eq!(count("/api/v1/measures"), 29);
            assert_eq!(count("/api/v1/calendars"), 7);
            assert!(count("/api/v1/policies") > 20);
            assert!(count("/api/v1/rules") >= 49);
            let limits = reader.get("/api/v1/limits").json();
            let limits = limits.as_array().expect("limits");
            let decision = limits.iter().find(|limit| limit["id"] == "D06").expect("the decision's");
            assert_eq!(decision["extensions"][0]["span"], "顺延30日", "{decision}");
            let points = reader.get("/api/v1/schemes/points").json();
            for part in ["events", "repairs"] {
                assert!(
                    points[part].as_array().is_some_and(|all| all.iter().all(|one| one["title"].is_string()))
                );
            }
            let rule = reader.get("/api/v1/rule?name=institution/drug-sex").json();
            assert_eq!(rule["title"], "药品限定性别使用");
            for part in ["definition", "false_positives", "investigate", "basis", "fixtures"] {
                assert!(!rule[part].is_null(), "{part}: {rule}");
            }
            assert_eq!(reader.get("/api/v1/rule?name=no/such").status, 404);
        },
    )
    .await;
}
