//! `mingcha lake quarantine`: refused rows by reason, or as CSV to be mended and imported again.

pub mod mended;

use crate::{commands::LakeArg, import, out};
use anyhow::{Context, Result};
use mended::Refused;
use mingcha_ingest::{Rejected, RowFault, quarantine};
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
    /// Mended rows too: those whose key a later batch brought into the lake
    #[arg(long)]
    all: bool,
    /// Write a CSV a table into this folder
    #[arg(long)]
    out: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let lake = args.lake.open()?;
    let mut refused = refused(&lake, args.batch.as_deref())?;
    mended::find(&lake, &mut refused)?;
    mended::fold(&mut refused);
    let mended = refused.iter().filter(|row| row.mended).count();
    if !args.all {
        refused.retain(|row| !row.mended);
    }
    if let Some(folder) = &args.out {
        return export(refused, folder);
    }
    let groups = groups(&refused);
    if args.json {
        return out::json(&groups.iter().map(Group::json).collect::<Vec<_>>());
    }
    if groups.is_empty() {
        return out::line(&format!("no open rows; {mended} mended (`--all` shows them)"));
    }
    list(&groups)?;
    if groups.iter().map(|group| group.rows).sum::<u64>() > refused.len() as u64 {
        let rows = out::count(refused.len() as u64, "row");
        out::tell(&format!("{rows} in all: one with more than one fault stands in more than one line"));
    }
    if mended > 0 && !args.all {
        out::tell(&format!("mended since: {}; `--all` shows them", out::count(mended as u64, "more row")));
    }
    Ok(())
}

/// Rows of one table, column, reason and state; a row with more than one fault is in the groups of all of them.
struct Group<'a> {
    first: &'a Rejected,
    fault: &'a RowFault,
    state: &'static str,
    rows: u64,
}

impl Group<'_> {
    fn json(&self) -> serde_json::Value {
        let Self { first, fault, state, rows } = self;
        json!({
            "table": first.table.name, "column": fault.column, "reason": fault.reason.id(), "state": state, "rows": rows,
            "message": fault.message, "first": { "file": &*first.file, "line": first.line, "value": fault.value },
        })
    }
}

fn groups(refused: &[Refused]) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<(&str, &str, &str, &str), Group<'_>> = BTreeMap::new();
    for Refused { row, mended, whole_batch, .. } in refused {
        let state = match (mended, whole_batch) {
            (true, _) => "mended",
            (false, true) => "refused batch",
            (false, false) => "open",
        };
        for fault in &row.faults {
            let key = (row.table.name, fault.column, fault.reason.id(), state);
            groups.entry(key).or_insert(Group { first: row, fault, state, rows: 0 }).rows += 1;
        }
    }
    groups.into_values().collect()
}

fn list(groups: &[Group<'_>]) -> Result<()> {
    let mut table = out::Table::new(&[
        "table",
        "column",
        "reason",
        "state",
        "rows",
        "message",
        "first value",
        "first place",
    ]);
    for Group { first, fault, state, rows } in groups {
        table.row(vec![
            first.table.name.to_owned(),
            fault.column.to_owned(),
            fault.reason.id().to_owned(),
            (*state).to_owned(),
            rows.to_string(),
            fault.message.clone(),
            fault.value.clone(),
            format!("{}:{}", first.file, first.line),
        ]);
    }
    table.print()
}

/// The refused rows of all batches that were imported, and of those that were refused whole, in the order in which they came.
pub fn refused(lake: &Lake, wanted: Option<&str>) -> Result<Vec<Refused>> {
    let mut all = Vec::new();
    for line in lake.history()? {
        if let Made::Import { batch } = &line.made
            && wanted.is_none_or(|wanted| batch.starts_with(wanted))
            && lake.batch(batch)?.quarantined > 0
        {
            let rows = import::rejected(&lake.quarantine(batch)?)?;
            all.extend(mended::of_batch(lake, batch, rows, line.version, false)?);
        }
    }
    for entry in lake.refused()? {
        if wanted.is_none_or(|wanted| entry.id.starts_with(wanted)) {
            let rows = import::rejected(&lake.refused_rows(&entry.id)?)?;
            all.extend(mended::of_batch(lake, &entry.id, rows, entry.version, true)?);
        }
    }
    all.sort_by_key(|row| (row.version, row.whole_batch));
    Ok(all)
}

/// Writes a file a table; the rows of refused batches apart, because the sound rows beside them are not in the lake either.
fn export(refused: Vec<Refused>, folder: &std::path::Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let (whole, single): (Vec<_>, Vec<_>) = refused.into_iter().partition(|row| row.whole_batch);
    for (rows, name) in [(single, "quarantine"), (whole, "refused-batch")] {
        let rows: Vec<Rejected> = rows.into_iter().map(|row| row.row).collect();
        for table in table::tables() {
            let count = rows.iter().filter(|row| row.table.name == table.name).count();
            if count > 0 {
                let file = folder.join(format!("{}-{name}.csv", table.name));
                fs::write(&file, quarantine::to_csv(table, &rows))
                    .with_context(|| file.display().to_string())?;
                out::line(&format!("{} into {}", out::count(count as u64, "row"), file.display()))?;
            }
        }
    }
    Ok(())
}
