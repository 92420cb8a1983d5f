//! Refused rows as the lake stores them, and back.

use anyhow::{Context, Result};
use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt64Array, cast::AsArray, types::UInt64Type};
use mingcha_ingest::{Check, Rejected, RowFault};
use mingcha_model::table::{Table, table};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// The columns of texts. The first fault of a row has columns of its own, the others stand in `more` as JSON: lakes made before have none.
const TEXTS: [&str; 9] = ["file", "table", "column", "value", "reason", "message", "hint", "row", "more"];

/// A fault behind the first.
#[derive(Serialize, Deserialize)]
struct More<'a> {
    column: &'a str,
    value: String,
    reason: &'a str,
    message: String,
    hint: String,
}

impl<'a> More<'a> {
    fn of(fault: &'a RowFault) -> Self {
        let RowFault { column, value, reason, message, hint } = fault.clone();
        Self { column, value, reason: reason.id(), message, hint }
    }

    /// The fault; `None` where its check is one that this version does not know.
    fn fault(self, table: &Table) -> Option<RowFault> {
        let Self { column, value, reason, message, hint } = self;
        let column = table.column(column).map_or("", |column| column.name);
        Some(RowFault { column, value, reason: Check::of(reason)?, message, hint })
    }
}

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
    let more = |rejected: &Rejected| match rejected.faults.get(1..) {
        None | Some([]) => String::new(),
        Some(more) => {
            serde_json::to_string(&more.iter().map(More::of).collect::<Vec<_>>()).unwrap_or_default()
        }
    };
    let first = |rejected: &Rejected, of: fn(&RowFault) -> &str| {
        rejected.faults.first().map_or_else(String::new, |fault| of(fault).to_owned())
    };
    let text = |name: &str, rejected: &Rejected| match name {
        "file" => rejected.file.to_string(),
        "table" => rejected.table.name.to_owned(),
        "column" => first(rejected, |fault| fault.column),
        "value" => first(rejected, |fault| &fault.value),
        "reason" => first(rejected, |fault| fault.reason.id()),
        "message" => first(rejected, |fault| &fault.message),
        "hint" => first(rejected, |fault| &fault.hint),
        "more" => more(rejected),
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
            let column = match batch.column_by_name(name) {
                None if name == "more" => return Ok(StringArray::from(vec![""; batch.num_rows()])),
                column => column.with_context(|| format!("the quarantine has no column `{name}`"))?,
            };
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
    let [column, value, reason, message, hint] = [2, 3, 4, 5, 6].map(text);
    let (value, message, hint) = (value.to_owned(), message.to_owned(), hint.to_owned());
    let mut faults = vec![More { column, value, reason, message, hint }.fault(table)?];
    if !text(8).is_empty() {
        let more: Vec<More<'_>> = serde_json::from_str(text(8)).ok()?;
        faults.extend(more.into_iter().filter_map(|more| more.fault(table)));
    }
    Some(Rejected {
        file: text(0).into(),
        line,
        table,
        faults,
        row: row.into_iter().filter_map(cell).collect(),
    })
}
