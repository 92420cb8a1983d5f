//! Refused rows as the lake stores them, and back.

use anyhow::{Context, Result};
use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt64Array, cast::AsArray, types::UInt64Type};
use mingcha_ingest::{Check, Rejected};
use mingcha_model::table::table;
use std::{collections::BTreeMap, sync::Arc};

const TEXTS: [&str; 8] = ["file", "table", "column", "value", "reason", "message", "hint", "row"];

/// Refused rows as record batches: place, reason, and the row as JSON. Personal values are masked already.
pub fn batches(rejected: &[Rejected]) -> Result<Vec<RecordBatch>> {
    rejected.chunks(65_536).map(batch).collect()
}

fn batch(rejected: &[Rejected]) -> Result<RecordBatch> {
    let row = |rejected: &Rejected| {
        let row: BTreeMap<&str, &String> =
            rejected.row.iter().map(|(column, value)| (*column, value)).collect();
        serde_json::to_string(&row).unwrap_or_default()
    };
    let text = |name: &str, rejected: &Rejected| match name {
        "file" => rejected.file.to_string(),
        "table" => rejected.table.name.to_owned(),
        "column" => rejected.column.to_owned(),
        "value" => rejected.value.clone(),
        "reason" => rejected.reason.id().to_owned(),
        "message" => rejected.message.clone(),
        "hint" => rejected.hint.clone(),
        _ => row(rejected),
    };
    let mut columns: Vec<(&str, ArrayRef)> =
        vec![("line", Arc::new(rejected.iter().map(|rejected| rejected.line).collect::<UInt64Array>()))];
    for name in TEXTS {
        columns.push((
            name,
            Arc::new(rejected.iter().map(|rejected| Some(text(name, rejected))).collect::<StringArray>()),
        ));
    }
    Ok(RecordBatch::try_from_iter(columns)?)
}

/// The refused rows of stored batches.
pub fn rejected(batches: &[RecordBatch]) -> Result<Vec<Rejected>> {
    let mut all = Vec::new();
    for batch in batches {
        let column = |name: &str| -> Result<StringArray> {
            let column = batch
                .column_by_name(name)
                .with_context(|| format!("the quarantine has no column `{name}`"))?;
            Ok(arrow_cast::cast(column, &arrow_schema::DataType::Utf8)?.as_string::<i32>().clone())
        };
        let texts: Vec<StringArray> = TEXTS.iter().map(|name| column(name)).collect::<Result<_>>()?;
        let lines = batch
            .column_by_name("line")
            .context("the quarantine has no column `line`")?
            .as_primitive::<UInt64Type>();
        for at in 0..batch.num_rows() {
            all.extend(one(&|index: usize| texts[index].value(at), lines.value(at)));
        }
    }
    Ok(all)
}

/// One row; `None` where it names a table or check that this version does not know.
fn one<'a>(text: &dyn Fn(usize) -> &'a str, line: u64) -> Option<Rejected> {
    let table = table(text(1))?;
    let row: BTreeMap<String, String> = serde_json::from_str(text(7)).ok()?;
    let cell = |(column, value): (String, String)| Some((table.column(&column)?.name, value));
    Some(Rejected {
        file: text(0).into(),
        line,
        table,
        column: table.column(text(2)).map_or("", |column| column.name),
        value: text(3).to_owned(),
        reason: Check::of(text(4))?,
        message: text(5).to_owned(),
        hint: text(6).to_owned(),
        row: row.into_iter().filter_map(cell).collect(),
    })
}
