//! Schemathesis over the whole API: whatever it makes of the description, for everybody who may ask, the server answers as it says it does.
//! `MINGCHA_EXAMPLES=100` asks more of each operation.

#[path = "../../../../bench/python.rs"]
mod python;

use crate::{
    client::Client,
    matters::clue,
    setup::{Server, on_sqlite, unbounded},
};
use serde_json::{Value, json};
use std::{env, fs, process::Command};

/// Signing out ends the session that all the other requests need.
const NOT_ASKED: &str = "session_sign_out";
/// Made-up requests of each operation where the environment asks for no more.
const EXAMPLES: &str = "5";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,\
                      response_headers_conformance,unsupported_method";

/// For a thing that is there; ids of its own making find nothing.
#[tokio::test(flavor = "multi_thread")]
async fn every_answer_to_a_team_lead_is_as_described() {
    answered("lead", Some("c0")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_to_the_security_administrator_is_as_described() {
    answered("security", None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_to_the_auditor_is_as_described() {
    answered("auditor", None).await;
}

async fn answered(name: &str, id: Option<&str>) {
    on_sqlite(unbounded, async |server| {
        let mut lead = server.employed("lead", 7, "team_lead").await;
        assert_eq!(lead.post("/api/v1/clues", &json!({ "clues": [clue("C0", "重复收费")] })).status, 200);
        asked(server, name, &server.signed_in(name).await, id);
    })
    .await;
}

/// Has Schemathesis ask everything as somebody, for a thing of an id where one is named.
fn asked(server: &Server, name: &str, who: &Client, id: Option<&str>) {
    let folder = server.folder.path().join(format!("asked-{name}"));
    fs::create_dir(&folder).expect("a folder");
    let config = folder.join("schemathesis.toml");
    let given = id.map_or_else(String::new, |id| format!("[parameters]\n\"path.id\" = \"{id}\"\n"));
    fs::write(&config, given).expect("written");
    let report = folder.join("report.json");
    let cookie = format!("Cookie: {}", who.cookie.as_deref().expect("signed in"));
    let token = format!("X-CSRF-Token: {}", who.csrf.as_deref().expect("signed in"));
    let mut asking = Command::new(python::python("schemathesis").with_file_name("schemathesis"));
    asking.current_dir(&folder).arg("--config-file").arg(&config);
    asking.args(["run", &format!("http://{}/openapi.json", server.running.address)]);
    asking.args(["--header", &cookie, "--header", &token, "--exclude-operation-id", NOT_ASKED]);
    asking.args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing"]);
    asking.arg("--max-examples").arg(env::var("MINGCHA_EXAMPLES").as_deref().unwrap_or(EXAMPLES));
    asking.args(["--seed", "1", "--suppress-health-check", "all", "--warnings", "off"]);
    asking.args(["--report", "json", "--report-json-path"]).arg(&report);
    let output = asking.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&fs::read(&report).expect("a report")).expect("JSON");
    let operations = &report["operations"];
    assert!(operations["tested"].as_u64() > Some(100) && operations["errored"] == 0, "{operations}");
    assert!(report["test_cases"]["generated"].as_u64() > Some(2_000), "{}", report["test_cases"]);
}
