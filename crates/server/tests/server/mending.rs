//! Refused rows mended in the workbench: bounded, done once, imported by a job, and recorded without what was typed.

use crate::setup::{on_sqlite, unbounded};
use mingcha_server::Config;
use serde_json::{Value, json};
use std::time::Duration;

const PATH: &str = "/api/v1/lake/quarantine/mend";
/// A name that nobody has.
const TYPED: &str = "某某某";

fn mend(rows: &[Value]) -> Value {
    json!({ "table": "person", "rows": rows, "trial": false })
}

fn row(place: u64) -> Value {
    json!({ "batch": "b1", "place": place, "cells": { "psn_name": TYPED, "brdy": "1980-02-29" } })
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_mended_once_within_bounds_and_what_was_typed_is_kept_nowhere() {
    let no_import = |config: &mut Config| {
        unbounded(config);
        config.lake.program = Some("/bin/false".into());
    };
    on_sqlite(no_import, async |server| {
        let mut stat = server.employed("stat-1", 1, "statistics").await;
        let mut handler = server.employed("handler-1", 2, "handler").await;
        assert_eq!(handler.post(PATH, &mend(&[row(0)])).code(), "denied");

        let many: Vec<Value> = (0..501).map(row).collect();
        let unknown = json!({ "batch": "b1", "place": 0, "cells": { "no_such": "1" } });
        let nothing = json!({ "batch": "b1", "place": 0, "cells": {} });
        let lines = json!({ "batch": "b1", "place": 0, "cells": { "brdy": "1980\n1981" } });
        let gone = json!({ "batch": "gone", "place": 0, "cells": { "brdy": "1980-02-29" } });
        for bad in [vec![], many, vec![unknown], vec![nothing], vec![lines], vec![row(0), row(0)], vec![gone]]
        {
            let refused = stat.post(PATH, &mend(&bad));
            assert_eq!((refused.status, refused.code().as_str()), (422, "invalid"), "{refused:?}");
        }
        assert_eq!(stat.get("/api/v1/jobs").json(), json!([]));

        let body = mend(&[row(0), row(7)]).to_string();
        let key = [("Idempotency-Key", "mend-1")];
        let asked = stat.send("POST", PATH, &key, &body);
        assert_eq!(asked.status, 202, "{asked:?}");
        let job = asked.json();
        let cells = json!({ "psn_name": 2, "brdy": 2 });
        assert_eq!(
            job["asked"]["mends"],
            json!({ "table": "person", "rows": { "b1": [0, 7] }, "cells": cells })
        );
        assert_eq!((&job["kind"], &job["title"]), (&json!("import"), &json!("更正退回的参保人2行")));
        assert_eq!(stat.send("POST", PATH, &key, &body).json()["id"], job["id"], "done once");

        // The importer fails here; nobody chose to keep the file.
        let path = format!("/api/v1/jobs/{}", job["id"].as_str().expect("an id"));
        for _ in 0..200 {
            if stat.get(&path).json()["state"] == "failed" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(stat.get(&path).json()["state"], "failed");
        assert_eq!(stat.get("/api/v1/lake/files").json(), json!([]));
        let trail = server.running.app.store.trail_after(0).await.expect("the trail");
        assert!(trail.iter().any(|entry| entry.record.act == "mend_quarantine"));
        assert!(!format!("{trail:?}").contains(TYPED));
    })
    .await;
}
