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
            assert_eq!(rule["own_params"], 0);
            let knowledge = rule["knowledge"][0]["id"].as_str().expect("a table");
            assert_eq!(reader.get(&format!("/api/v1/knowledge/{knowledge}")).status, 200);
            assert_eq!(reader.get("/api/v1/rule?name=no/such").status, 404);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn knowledge_is_looked_up_by_code_name_and_day() {
    on_sqlite(
        |_| (),
        async |server| {
            let mut reader = server.signed_in("auditor").await;
            let tables = reader.get("/api/v1/knowledge").json();
            let tables = tables.as_array().expect("tables");
            let drugs = tables.iter().find(|table| table["id"] == "drug-indication").expect("a table");
            assert_eq!(drugs["columns"][0]["meaning"], "药品代码前缀", "{drugs}");
            let mut rows = |asked: &str| reader.get(&format!("/api/v1/knowledge/{asked}")).json();
            let all = rows("drug-restriction");
            assert_eq!(all["items"].as_array().map(Vec::len), Some(50), "a page, not all");
            assert!(all["total"].as_u64() > Some(1000), "{}", all["total"]);
            assert_ne!(all["items"][0], rows("drug-restriction?page=2")["items"][0]);
            let by_code = rows("drug-indication?code=XB05AAR021B001&date=2025-06-30");
            assert_eq!(by_code["total"], 1, "the row of its prefix: {by_code}");
            assert_eq!(by_code["items"][0]["values"][1], "人血白蛋白");
            assert_eq!(rows("drug-indication?code=%E8%9B%8B%E7%99%BD")["total"].as_u64(), Some(1));
            for (asked, status) in [("no-such", 404), ("drug-indication?date=today", 422)] {
                assert_eq!(reader.get(&format!("/api/v1/knowledge/{asked}")).status, status, "{asked}");
            }
        },
    )
    .await;
}
