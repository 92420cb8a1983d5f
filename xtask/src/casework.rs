//! `cargo xtask bench casework`: an office under load, on SQLite and on PostgreSQL, over the wire with the trail on.

use crate::{
    bench::{Figures, remove, row},
    shell::{self, cargo, target},
    tools,
};
use anyhow::{Context, Result};
use serde_json::Value;

/// Clients that ask at the same time.
const CLIENTS: &str = "32";

/// Loads both databases in turn.
pub fn run(quick: bool) -> Result<Figures> {
    tools::postgres()?;
    let (clues, cases, seconds) = if quick { ("20000", "1000", "5") } else { ("1000000", "50000", "30") };
    row("clues", clues, "");
    row("cases", cases, "");
    row("clients", CLIENTS, &format!("each asks as soon as it is answered, {seconds} s long"));
    let mut figures = Figures::new();
    let (mut slowest, mut crossings) = (0.0_f64, 0.0);
    for (backend, name, wanted) in [("sqlite", "sqlite_per_s", 500), ("postgres", "postgres_per_s", 2000)] {
        let measured = load(backend, [clues, cases, seconds, CLIENTS])?;
        let figure = |name: &str| measured[name].as_f64().unwrap_or(f64::NAN);
        println!("\n{backend}");
        row("requests a second", &format!("{:.0}", figure("per_s")), &format!("wanted: {wanted}"));
        row("median, ms", &format!("{:.2}", figure("p50_ms")), "");
        row("99 of 100 within, ms", &format!("{:.2}", figure("p99_ms")), "wanted: under 50");
        for kind in measured["kinds"].as_array().into_iter().flatten() {
            let figure = |name: &str| kind[name].as_f64().unwrap_or(f64::NAN);
            let name = kind["kind"].as_str().unwrap_or_default();
            let counted = format!("{} requests, median {:.2} ms", kind["requests"], figure("p50_ms"));
            row(&format!("  {name}, p99 ms"), &format!("{:.2}", figure("p99_ms")), &counted);
        }
        row("clues handed over a second", &format!("{:.0}", figure("pushed_per_s")), "in parts of 200");
        row("crossings", &measured["crossings"].to_string(), "wanted: 0; 2,000 tries and 2,000 listed rows");
        figures.push((name, figure("per_s")));
        slowest = slowest.max(figure("p99_ms"));
        crossings += figure("crossings");
    }
    figures.extend([("p99_ms", slowest), ("crossings", crossings)]);
    Ok(figures)
}

fn load(backend: &str, size: [&str; 4]) -> Result<Value> {
    let folder = target().join("bench").join("casework");
    remove(&folder)?;
    let folder_text = folder.to_string_lossy();
    let mut args = vec!["run", "--quiet", "--example", "office", "--", backend, &folder_text];
    args.extend(size);
    let text = shell::output(&mut cargo(&args))?;
    remove(&folder)?;
    serde_json::from_str(text.trim()).context("the measurement is JSON")
}
