//! `cargo xtask bench workbench`: the workbench in a browser against the real binary over a filled office, from the first screen to
//! every next.

use crate::{
    bench::{Figures, remove, row},
    shell::{self, cargo, command, root, target},
    tools,
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

/// What the first screen and each next may take, in milliseconds.
const FIRST: f64 = 1500.0;
const NEXT: f64 = 500.0;
/// What the first screen's scripts may weigh as they are sent, in bytes.
const SCRIPT: f64 = 1_048_576.0;
/// A server that ends with what started it.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Fills an office once, serves it and measures.
pub fn run(mingcha: &Path, quick: bool) -> Result<Figures> {
    tools::chromium()?;
    let (clues, cases, rounds) = if quick { ("20000", "1000", "1") } else { ("1000000", "50000", "3") };
    let folder = filled(clues, cases)?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let _server = serve(mingcha, &folder, address)?;
    let account: Value = serde_json::from_str(&fs::read_to_string(folder.join("account.json"))?)?;
    let of = |name: &str| account[name].as_str().unwrap_or_default().to_owned();
    let script = root().join("web/scripts/measure.mjs");
    let url = format!("http://{address}");
    let mut measure = command("node", &[&script.to_string_lossy(), &url, &of("account"), rounds]);
    let text = shell::output(measure.env("MINGCHA_PASSWORD", of("password")))?;
    let measured: Value = serde_json::from_str(text.trim()).context("the measurement is JSON")?;
    row("clues", clues, "");
    row("cases", cases, "");
    told(&measured)
}

/// Prints what was measured; the slowest of the next screens stands for them.
fn told(measured: &Value) -> Result<Figures> {
    let Some(screens) = measured["screens"].as_object() else { bail!("no screen was measured") };
    let figure = |of: &Value, name: &str| of[name].as_f64().unwrap_or(f64::NAN);
    let (mut first, mut next) = (f64::NAN, 0.0_f64);
    for (name, screen) in screens {
        let (ms, slowest) = (figure(screen, "ms"), figure(screen, "slowest_ms"));
        let wanted = if name == "first" { FIRST } else { NEXT };
        let over = if ms > wanted { "OVER; " } else { "" };
        let path = screen["slowest"].as_str().unwrap_or_default();
        row(&format!("{name}, ms"), &format!("{ms:.0}"), &format!("{over}slowest {slowest:.0} ms {path}"));
        if name == "first" {
            first = ms;
        } else {
            next = next.max(ms);
        }
    }
    let script = figure(measured, "script_bytes");
    row("first screen, ms", &format!("{first:.0}"), &format!("wanted: under {FIRST:.0}"));
    row("slowest next screen, ms", &format!("{next:.0}"), &format!("wanted: under {NEXT:.0}"));
    row(
        "scripts of the first, KiB",
        &format!("{:.0}", script / 1024.0),
        &format!("as sent; wanted: under {:.0}", SCRIPT / 1024.0),
    );
    Ok(vec![("first_ms", first), ("next_max_ms", next), ("script_bytes", script)])
}

/// A data folder of so many clues and cases, filled over the wire by `office` and kept for the next time; filled anew where the store's
/// form is another.
fn filled(clues: &str, cases: &str) -> Result<PathBuf> {
    let folder = target().join("bench").join(format!("workbench-{clues}"));
    let form = fs::read_to_string(root().join("crates/casework/migrations/0001_begin.sql"))?;
    let stamp = folder.join("form.sql");
    if fs::read_to_string(&stamp).is_ok_and(|have| have == form) {
        return Ok(folder);
    }
    remove(&folder)?;
    let folder_text = folder.to_string_lossy();
    let text = shell::output(&mut cargo(&[
        "run",
        "--quiet",
        "--example",
        "office",
        "--",
        "fill",
        &folder_text,
        clues,
        cases,
    ]))?;
    fs::write(folder.join("account.json"), text)?;
    fs::write(stamp, form)?;
    Ok(folder)
}

fn serve(mingcha: &Path, folder: &Path, address: SocketAddr) -> Result<Served> {
    let config = folder.join("mingcha.toml");
    let unbounded = "100000";
    fs::write(
        &config,
        format!(
            "[server]\nlisten = \"{address}\"\n[store]\nfolder = {:?}\n[session]\nsecond_factor = \"chosen\"\n[limits]\n\
             sign_in_per_minute = {unbounded}\naddress_per_second = {unbounded}\naddress_burst = {unbounded}\n\
             account_per_second = {unbounded}\naccount_burst = {unbounded}\n",
            folder.display().to_string()
        ),
    )?;
    let server = command(mingcha, &["serve", "--config", &config.to_string_lossy()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut server = Served(server);
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        if let Some(status) = server.0.try_wait()? {
            bail!("the server ended: {status}");
        }
        if start.elapsed() > Duration::from_mins(1) {
            bail!("the server does not answer");
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(server)
}
