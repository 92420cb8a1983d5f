//! `mingcha lake query`: an answer as a table, CSV or JSON lines.

use crate::{commands::LakeArg, out};
use anyhow::Result;
use arrow_array::{Array, RecordBatch, cast::AsArray};
use arrow_cast::cast;
use arrow_schema::DataType;
use serde_json::{Map, Value};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// The question
    sql: String,
    #[command(flatten)]
    lake: LakeArg,
    /// A version of the lake; the newest where absent
    #[arg(long)]
    version: Option<u64>,
    /// Rows to show
    #[arg(long, default_value_t = 1000)]
    limit: usize,
    /// One JSON object a row
    #[arg(long)]
    json: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let session = args.lake.open()?.snapshot(args.version)?.session(None)?;
    let batches = session.sql(&args.sql)?;
    let mut left = args.limit;
    let mut table = None;
    for batch in &batches {
        let cells = cells(batch)?;
        let names: Vec<String> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let table = table.get_or_insert_with(|| out::Table::new(&names));
        for row in 0..batch.num_rows().min(left) {
            let values: Vec<Option<String>> = cells.iter().map(|column| column[row].clone()).collect();
            if args.json {
                let object: Map<String, Value> = names
                    .iter()
                    .zip(values)
                    .map(|(name, value)| ((*name).to_owned(), value.map_or(Value::Null, Value::String)))
                    .collect();
                out::line(&Value::Object(object).to_string())?;
            } else {
                table.row(values.into_iter().map(Option::unwrap_or_default).collect());
            }
        }
        left = left.saturating_sub(batch.num_rows());
    }
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    if let Some(table) = table.filter(|_| !args.json) {
        table.print()?;
    }
    if rows > args.limit {
        out::tell(&format!("{} of {rows} rows; more with --limit", args.limit));
    }
    Ok(())
}

/// The cells of a batch as texts, by column.
fn cells(batch: &RecordBatch) -> Result<Vec<Vec<Option<String>>>> {
    let column = |array: &arrow_array::ArrayRef| -> Result<Vec<Option<String>>> {
        let texts = cast(array, &DataType::Utf8)?;
        let texts = texts.as_string::<i32>();
        Ok((0..texts.len()).map(|row| texts.is_valid(row).then(|| texts.value(row).to_owned())).collect())
    };
    batch.columns().iter().map(column).collect()
}
