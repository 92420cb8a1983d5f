//! The description made from the code: as it was reviewed, and true of the server.

use crate::setup::on_sqlite;
use serde_json::{Value, json};

/// Where nobody is signed in yet: the ways in, and the way over the provider.
const DOOR: &[&str] = &["/api/v1/session/ways", "/api/v1/session/oidc", "/api/v1/session/oidc/callback"];

fn description() -> Value {
    serde_json::to_value(mingcha_server::openapi()).expect("JSON")
}

#[test]
fn the_description_is_the_one_that_was_reviewed() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&description()).expect("JSON"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_but_the_door_answers_somebody_who_is_not_signed_in() {
    on_sqlite(
        |_| (),
        async |server| {
            let mut nobody = server.nobody();
            assert_eq!(nobody.get("/openapi.json").json(), description());
            let mut seen = 0;
            for (path, operations) in description()["paths"].as_object().expect("paths") {
                if !path.starts_with("/api/") {
                    continue;
                }
                for (method, operation) in operations.as_object().expect("operations") {
                    if DOOR.contains(&path.as_str()) {
                        continue;
                    }
                    assert!(
                        operation["responses"]["401"].is_object(),
                        "{method} {path} does not say that it asks who one is"
                    );
                    if (method.as_str(), path.as_str()) == ("post", "/api/v1/session") {
                        continue;
                    }
                    let path = path.replace("{id}", "an-id");
                    let reply = nobody.write(&method.to_uppercase(), &path, &json!({}));
                    assert_eq!((reply.status, reply.code().as_str()), (401, "signed_out"), "{method} {path}");
                    seen += 1;
                }
            }
            assert!(seen >= 18, "{seen}");
        },
    )
    .await;
}
