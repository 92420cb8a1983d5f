//! Quarantine: rows that were refused, with place and reason, and their way out and back in as CSV.

use crate::check::Check;
use arrow_array::{
    Array, ArrayRef,
    cast::AsArray,
    types::{Date32Type, Decimal128Type, Float64Type, Int32Type, TimestampMicrosecondType},
};
use arrow_schema::DataType;
use mingcha_model::{Date, Time, money::format_fixed, table::Table};
use std::sync::Arc;

/// What stands in the place of a personal value.
pub const MASK: &str = "***";

/// A row that was refused. Personal values are masked everywhere in it.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// Line on which the row begins, from 1 (in XLSX and Parquet the row, the header counted as the first).
    pub line: u64,
    /// The table that the row was for.
    pub table: &'static Table,
    /// The canonical column, empty where the whole row is at fault.
    pub column: &'static str,
    /// What stood there.
    pub value: String,
    /// The check that refused the row.
    pub reason: Check,
    /// Chinese name of the check.
    pub message: String,
    /// What to do about it, in Chinese.
    pub hint: String,
    /// What the row said, by canonical column; missing values are left out.
    pub row: Vec<(&'static str, String)>,
}

impl Rejected {
    /// Puts other values into the row, by column; an empty one takes away what stood there. What stays masked is imported as missing.
    /// Columns that the table does not have are passed over.
    pub fn mend<'a>(&mut self, cells: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let table = self.table;
        for (name, value) in cells {
            let Some(column) = table.column(name) else { continue };
            self.row.retain(|(known, _)| *known != column.name);
            if !value.is_empty() {
                self.row.push((column.name, value.to_owned()));
            }
        }
    }
}

/// Refused rows of one table as CSV in UTF-8 with a byte order mark: canonical headers, then file, line, column, value, reason and
/// message under names that begin with `_`, which an import leaves aside. Rows of other tables are passed over.
///
/// Texts that a spreadsheet would take for a formula get an apostrophe in front in the `_` columns; data columns stay as they are.
/// Masked personal values have to be filled in again where they are wanted; left as they are, they are imported as missing.
pub fn to_csv<'a>(table: &'static Table, rows: impl IntoIterator<Item = &'a Rejected>) -> String {
    let mut out = String::from("\u{feff}");
    let headers = table.columns.iter().map(|column| column.name).chain(crate::plan::QUARANTINE_COLUMNS);
    push_record(&mut out, headers);
    for rejected in rows.into_iter().filter(|rejected| rejected.table.name == table.name) {
        let value = |name: &str| {
            rejected.row.iter().find(|(column, _)| *column == name).map_or("", |(_, text)| text.as_str())
        };
        let line = rejected.line.to_string();
        let place = [safe(&rejected.file), line, safe(rejected.column), safe(&rejected.value)];
        let why = [rejected.reason.id().to_owned(), safe(&rejected.message)];
        let data = table.columns.iter().map(|column| value(column.name));
        push_record(&mut out, data.chain(place.iter().chain(&why).map(String::as_str)));
    }
    out
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Adds one CSV record, with quotes where RFC 4180 wants them.
fn push_record<'a>(out: &mut String, fields: impl Iterator<Item = &'a str>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}

/// The value of a cell as canonical text; `None` where it is missing.
pub fn cell_text(array: &ArrayRef, row: usize) -> Option<String> {
    if array.is_null(row) {
        return None;
    }
    Some(match array.data_type() {
        DataType::Date32 => Date(array.as_primitive::<Date32Type>().value(row)).to_string(),
        DataType::Timestamp(..) => {
            let micros = array.as_primitive::<TimestampMicrosecondType>().value(row);
            Time(micros.div_euclid(1_000_000)).to_string()
        }
        DataType::Decimal128(_, scale) => {
            let value = array.as_primitive::<Decimal128Type>().value(row);
            format_fixed(value as i64, *scale as u32, 0)
        }
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).to_string(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
        _ => crate::check::row::text_at(array, row)?.to_owned(),
    })
}
