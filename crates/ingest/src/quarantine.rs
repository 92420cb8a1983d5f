//! Quarantine: rows that were refused, with place and reason, and their way out and back in as CSV.

use crate::check::Check;
use arrow_array::{
    Array, ArrayRef,
    cast::AsArray,
    types::{Date32Type, Decimal128Type, Float64Type, Int32Type, TimestampMicrosecondType},
};
use arrow_schema::DataType;
use mingcha_model::{Date, Time, money::format_fixed, table::Table};
use std::{collections::BTreeSet, sync::Arc};

/// What stands in the place of a personal value.
pub const MASK: &str = "***";

/// A fault of a refused row. A personal value is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The canonical column, empty where the whole row is at fault.
    pub column: &'static str,
    /// What stood there.
    pub value: String,
    /// The check that the row fails.
    pub reason: Check,
    /// Chinese name of the check.
    pub message: String,
    /// What to do about it, in Chinese.
    pub hint: String,
}

/// A row that was refused. Personal values are masked everywhere in it.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// Line on which the row begins, from 1 (in XLSX and Parquet the row, the header counted as the first).
    pub line: u64,
    /// The table that the row was for.
    pub table: &'static Table,
    /// Why it was refused: at least one fault, each column and check once. Where the row as a whole is at fault nothing else is told.
    pub faults: Vec<RowFault>,
    /// What the row said, by canonical column; missing values are left out.
    pub row: Vec<(&'static str, String)>,
}

impl Rejected {
    /// The checks that the row fails, each once.
    pub fn reasons(&self) -> BTreeSet<Check> {
        self.faults.iter().map(|fault| fault.reason).collect()
    }

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
/// message under names that begin with `_`, which an import leaves aside; those of several faults in one order, joined by `；`. Rows of
/// other tables are passed over.
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
        let all =
            |of: &dyn Fn(&RowFault) -> String| rejected.faults.iter().map(of).collect::<Vec<_>>().join("；");
        let what = [all(&|fault| fault.column.to_owned()), all(&|fault| fault.value.clone())];
        let place = [safe(&rejected.file), line, safe(&what[0]), safe(&what[1])];
        let why = [all(&|fault| fault.reason.id().to_owned()), safe(&all(&|fault| fault.message.clone()))];
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
