//! `mingcha lake quarantine`: refused rows by reason, or as CSV to be mended and imported again.

use crate::{commands::LakeArg, import, out};
use anyhow::{Context, Result};
use mingcha_ingest::{Rejected, quarantine};
use mingcha_lake::{Lake, Made};
use mingcha_model::table;
use serde_json::json;
use std::{collections::BTreeMap, fs, path::PathBuf};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    lake: LakeArg,
    /// The batch, or the beginning of its id; all where absent
    #[arg(long)]
    batch: Option<String>,
    /// Write a CSV a table into this folder
    #[arg(long)]
    out: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let rejected = rejected(&args.lake.open()?, args.batch.as_deref())?;
    if let Some(folder) = &args.out {
        return export(&rejected, folder);
    }
    let mut reasons: BTreeMap<(&str, &str, &str), (u64, &Rejected)> = BTreeMap::new();
    for row in &rejected {
        reasons.entry((row.table.name, row.column, row.reason.id())).or_insert((0, row)).0 += 1;
    }
    if args.json {
        let all: Vec<_> = reasons
            .iter()
            .map(|((table, column, reason), (rows, first))| {
                json!({
                    "table": table, "column": column, "reason": reason, "rows": rows, "message": first.message,
                    "first": { "file": &*first.file, "line": first.line, "value": first.value },
                })
            })
            .collect();
        return out::json(&all);
    }
    let mut table =
        out::Table::new(&["table", "column", "reason", "rows", "message", "first value", "first place"]);
    for ((name, column, reason), (rows, first)) in reasons {
        table.row(vec![
            name.to_owned(),
            column.to_owned(),
            reason.to_owned(),
            rows.to_string(),
            first.message.clone(),
            first.value.clone(),
            format!("{}:{}", first.file, first.line),
        ]);
    }
    table.print()
}

/// The refused rows of the batches that the lake's kept versions imported.
fn rejected(lake: &Lake, wanted: Option<&str>) -> Result<Vec<Rejected>> {
    let mut all = Vec::new();
    for line in lake.history()? {
        if let Made::Import { batch } = &line.made
            && wanted.is_none_or(|wanted| batch.starts_with(wanted))
            && lake.batch(batch)?.quarantined > 0
        {
            all.extend(import::rejected(&lake.quarantine(batch)?)?);
        }
    }
    Ok(all)
}

fn export(rejected: &[Rejected], folder: &std::path::Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for table in table::tables() {
        let count = rejected.iter().filter(|row| row.table.name == table.name).count();
        if count > 0 {
            let file = folder.join(format!("{}-quarantine.csv", table.name));
            fs::write(&file, quarantine::to_csv(table, rejected))
                .with_context(|| file.display().to_string())?;
            out::line(&format!("{count} rows into {}", file.display()))?;
        }
    }
    Ok(())
}
