//! `mingcha lake`: what is in it, questions to it, its upkeep.

pub mod quarantine;
mod query;

use super::LakeArg;
use crate::{exit::Unusable, out};
use anyhow::Result;
use mingcha_engine::Runs;
use mingcha_lake::{ExportFormat, Made};
use mingcha_model::{Time, time::HOUR};
use serde_json::json;
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Tables, rows, files, and whether compaction would help
    Status {
        #[command(flatten)]
        lake: LakeArg,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// All imports, and the versions that are kept
    History {
        #[command(flatten)]
        lake: LakeArg,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Ask in SQL; nothing but SELECT over the lake's own tables
    Query(query::Args),
    /// Merge small files, or change the number of buckets; no answer changes
    Compact {
        #[command(flatten)]
        lake: LakeArg,
        /// Number of buckets, a power of two; by size where absent
        #[arg(long)]
        buckets: Option<u32>,
    },
    /// Give up old versions; those that runs stand on are kept
    Vacuum {
        #[command(flatten)]
        lake: LakeArg,
        /// How many of the newest versions to keep
        #[arg(long, default_value_t = 2)]
        keep: usize,
    },
    /// Write a table to a file, `.csv` or `.parquet`
    ///
    /// CSV keeps every value as it is, because it is for other programs: a text that begins with =, +, - or @ is a formula to a
    /// table program. `mingcha clues export` writes for table programs and makes such texts harmless.
    Export {
        /// The table
        table: String,
        /// The file
        file: PathBuf,
        #[command(flatten)]
        lake: LakeArg,
        /// Only rows for which this SQL condition holds
        #[arg(long)]
        r#where: Option<String>,
    },
    /// Refused rows: what is there, or as CSV to be mended and imported again
    Quarantine(quarantine::Args),
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    match &args.what {
        What::Status { lake, json } => status(lake, *json),
        What::History { lake, json } => history(lake, *json),
        What::Query(args) => query::run(args),
        What::Compact { lake, buckets } => match lake.open()?.compact(*buckets)? {
            Some(version) => out::line(&format!("lake version {version}")),
            None => out::line("nothing to compact"),
        },
        What::Vacuum { lake, keep } => vacuum(lake, *keep),
        What::Export { table, file, lake, r#where } => export(table, file, lake, r#where.as_deref()),
        What::Quarantine(args) => quarantine::run(args),
    }
}

fn status(lake: &LakeArg, json: bool) -> Result<()> {
    let status = lake.open()?.status()?;
    if json {
        let tables: Vec<_> = status
            .tables
            .iter()
            .map(|table| json!({ "table": table.table, "rows": table.rows, "bytes": table.bytes, "files": table.files, "buckets": table.buckets }))
            .collect();
        return out::json(&json!({
            "version": status.version, "batches": status.batches, "buckets": status.buckets,
            "wants_compaction": status.wants_compaction, "tables": tables,
        }));
    }
    let mut table = out::Table::new(&["table", "label", "rows", "MiB", "files", "buckets"]);
    for line in &status.tables {
        let label = mingcha_model::table::table(&line.table).map_or("", |table| table.label);
        table.row(vec![
            line.table.clone(),
            label.to_owned(),
            out::thousands(line.rows),
            format!("{:.1}", line.bytes as f64 / 1_048_576.0),
            line.files.to_string(),
            line.buckets.to_string(),
        ]);
    }
    table.print()?;
    out::line(&format!(
        "version {}, {}, {}",
        status.version,
        out::count(status.batches as u64, "batch"),
        out::count(u64::from(status.buckets), "bucket")
    ))?;
    if status.wants_compaction {
        out::tell("warning: buckets are in many files: `mingcha lake compact` makes reading faster");
    }
    Ok(())
}

fn history(lake: &LakeArg, json: bool) -> Result<()> {
    let lines = lake.open()?.history()?;
    let made = |made: &Made| match made {
        Made::Import { batch } => format!("import {}", batch.get(..12).unwrap_or(batch)),
        other => format!("{other:?}").split([' ', '{']).next().unwrap_or_default().to_lowercase(),
    };
    // Written times are the system's, shown in China's civil time.
    let written = |at: u64| Time(at as i64 + 8 * HOUR).to_string();
    if json {
        let all: Vec<_> = lines
            .iter()
            .map(|line| json!({ "version": line.version, "written": written(line.written_at), "made": made(&line.made), "kept": line.kept, "counts": line.counts }))
            .collect();
        return out::json(&all);
    }
    let mut table =
        out::Table::new(&["version", "written", "by", "added", "replaced", "unchanged", "refused", "state"]);
    for line in &lines {
        let sum = |of: fn(&mingcha_lake::Counts) -> u64| {
            out::thousands(line.counts.iter().flat_map(|counts| counts.values()).map(of).sum())
        };
        table.row(vec![
            line.version.to_string(),
            written(line.written_at),
            made(&line.made),
            sum(|counts| counts.added),
            sum(|counts| counts.replaced),
            sum(|counts| counts.unchanged),
            sum(|counts| counts.refused),
            if line.kept { "kept" } else { "given up" }.to_owned(),
        ]);
    }
    table.print()
}

fn vacuum(lake: &LakeArg, keep: usize) -> Result<()> {
    let lake = lake.open()?;
    let runs = Runs::of(lake.folder());
    let pinned: Vec<u64> = runs
        .ids()?
        .iter()
        .map(|id| runs.find(id).map(|run| run.asked.lake_version))
        .collect::<Result<_, _>>()?;
    let mut refused = quarantine::refused(&lake, None)?;
    quarantine::mended::find(&lake, &mut refused)?;
    quarantine::mended::note(&lake, &refused)?;
    let done = lake.vacuum(keep, &pinned)?;
    let (versions, files) = (out::count(done.versions as u64, "version"), out::count(done.files, "file"));
    out::line(&format!("{versions} and {files} given up"))
}

fn export(table: &str, file: &std::path::Path, lake: &LakeArg, condition: Option<&str>) -> Result<()> {
    let format = match file.extension().and_then(std::ffi::OsStr::to_str) {
        Some("csv") => ExportFormat::Csv,
        Some("parquet") => ExportFormat::Parquet,
        _ => return Err(Unusable(format!("`{}` ends in neither .csv nor .parquet", file.display())).into()),
    };
    let snapshot = lake.open()?.snapshot(None)?;
    let rows = out::whole(file, |draft| Ok(snapshot.export(table, draft, format, condition)?))?;
    out::line(&format!("{} into {}", out::count(rows, "row"), file.display()))
}
