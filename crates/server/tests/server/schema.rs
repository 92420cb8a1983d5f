//! Schemathesis over the whole description: whatever it makes of it, no answer is an error of the server's own, and each has the shape, the
//! kind and the status that the description names.

use crate::{
    client::Client,
    setup::{Server, on_sqlite},
};
use mingcha_server::Rate;
use serde_json::json;
use std::{env, path::PathBuf, process::Command};

/// Seconds for each who asks; `MINGCHA_SCHEMA_SECONDS` looks longer.
const SECONDS: &str = "25";
/// What must hold of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// The program, from the environment that `cargo xtask test` sets up.
fn program() -> PathBuf {
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache/mingcha-venv");
    env::var_os("MINGCHA_VENV").map_or_else(home, PathBuf::from).join("bin/schemathesis")
}

/// Asks for so long in somebody's session; what was wrong, in the program's words.
fn asked(server: &Server, client: &Client) -> Result<(), String> {
    let (cookie, csrf) = (client.cookie.as_deref().unwrap_or_default(), client.csrf.as_deref().unwrap_or_default());
    let url = format!("http://{}/openapi.json", client.address);
    let seconds = env::var("MINGCHA_SCHEMA_SECONDS").unwrap_or_else(|_| SECONDS.to_owned());
    let output = Command::new(program())
        .current_dir(server.folder.path())
        .args(["run", &url, "--max-time", &seconds, "--checks", CHECKS, "--phases", "examples,coverage,fuzzing"])
        .args(["--seed", "7", "--workers", "1", "--request-timeout", "20", "--no-shrink", "--warnings", "off"])
        .args(["--header", &format!("Cookie:{cookie}"), "--header", &format!("X-CSRF-Token:{csrf}")])
        // Its session must last, and a held connection is no answer to wait for.
        .args(["--exclude-path-regex", "^/api/v1/session(s|/).*$", "--exclude-path", "/api/v1/session"])
        .output()
        .map_err(|error| format!("{}: {error}; `cargo xtask test` installs it", program().display()))?;
    let told = String::from_utf8_lossy(&output.stdout);
    if output.status.success() { Ok(()) } else { Err(format!("{told}{}", String::from_utf8_lossy(&output.stderr))) }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_description_allows_is_answered_as_it_says() {
    let unbounded = Rate { per_second: 1e9, burst: 1e9 };
    on_sqlite(
        |config| (config.rates.address, config.rates.account) = (unbounded, unbounded),
        async |server| {
            let mut lead = server.employed("lead", 1, "team_lead").await;
            let clue = json!({
                "id": "Cone", "title": "重复收费", "region": "330100", "subject_kind": "institution", "subject": "H33010000001",
                "institution": "H33010000001", "amount": 1200, "severity": 2, "score": 50, "grade": 2,
                "origin": { "run": "r-1", "findings": [{ "message": "见到三行" }] },
            });
            assert_eq!(lead.post("/api/v1/clues", &json!({ "clues": [clue] })).status, 200);
            let others = ["security", "auditor", "system"];
            let mut clients = vec![("lead", lead), ("head", server.employed("head", 2, "head").await)];
            for account in others {
                clients.push((account, server.signed_in(account).await));
            }
            let mut wrong = String::new();
            for (name, mut client) in clients {
                let told = tokio::task::block_in_place(|| asked(server, &client));
                wrong.extend(told.err().map(|told| format!("{name}:\n{told}\n")));
                assert_eq!(client.get("/api/v1/session").status, 200, "{name} was signed in to the end");
            }
            assert!(wrong.is_empty(), "{wrong}");
        },
    )
    .await;
}
