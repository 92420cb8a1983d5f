//! Columns in the making: texts of cells into typed Arrow arrays, without a string per cell.

mod dict;
mod number;
mod plain;
mod when;

use crate::{check::Check, profile::Form};
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, Int32Array, TimestampMicrosecondArray,
};
use arrow_buffer::NullBufferBuilder;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use dict::Dict;
use mingcha_model::table::{ColumnType, Table};
use plain::Plain;
use std::sync::Arc;
use when::When;

/// A fault of one cell or row of a chunk.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// Row in the chunk.
    pub row: u32,
    /// Column in the table; `None` where it is the whole row.
    pub column: Option<u16>,
    /// The check that fired.
    pub check: Check,
    /// The text that stood there.
    pub text: Box<str>,
}

/// Columns whose values hardly repeat, whatever the table: a dictionary of them would only cost.
const UNIQUE: &[&str] = &[
    "feedetl_sn",
    "init_feedetl_sn",
    "init_setl_id",
    "rxno",
    "drug_trac_codg",
    "invo_no",
    "purc_invo_no",
    "ipt_otp_no",
];

/// Whether a text column comes as `Dictionary(Int32, Utf8)`, a dictionary for each chunk; the others come as `Utf8`.
///
/// All text and code columns do, but personal ones, the key of a table with a one-column key, and serial numbers.
pub fn is_dictionary(table: &Table, column: &str) -> bool {
    let Some(column) = table.column(column) else { return false };
    let text = matches!(column.ty, ColumnType::Str(_) | ColumnType::Code);
    let unique = UNIQUE.contains(&column.name) || table.key == [column.name];
    text && !column.personal && !unique
}

/// Name of the column that holds the number of the source file.
pub const SRC_FILE: &str = "src_file";
/// Name of the column that holds the line in the source file, from 1 (in Parquet and XLSX: the row, a header counted).
pub const SRC_LINE: &str = "src_line";

/// The schema of the chunks of a table: [`Table::schema`] with dictionaries where [`is_dictionary`] says so, every column nullable,
/// for a refused row may lack what the table requires, and `src_file: UInt32`, `src_line: UInt64` at the end.
pub fn chunk_schema(table: &'static Table) -> SchemaRef {
    let mut fields: Vec<Field> = Vec::with_capacity(table.columns.len() + 2);
    for column in &table.columns {
        let ty = if is_dictionary(table, column.name) { dictionary_type() } else { column.ty.arrow() };
        fields.push(Field::new(column.name, ty, true));
    }
    fields.push(Field::new(SRC_FILE, DataType::UInt32, false));
    fields.push(Field::new(SRC_LINE, DataType::UInt64, false));
    Arc::new(Schema::new(fields))
}

/// `Dictionary(Int32, Utf8)`.
pub(crate) fn dictionary_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// One column in the making.
pub(crate) enum Builder {
    Dict(Dict),
    Plain(Plain),
    Fixed { scale: u32, values: Vec<i128>, nulls: NullBufferBuilder },
    Date { when: When, values: Vec<i32>, nulls: NullBufferBuilder },
    Time { when: When, values: Vec<i64>, nulls: NullBufferBuilder },
    Int { values: Vec<i32>, nulls: NullBufferBuilder },
    Num { values: Vec<f64>, nulls: NullBufferBuilder },
}

/// Where faults go while a column is fed.
pub(crate) struct Sink<'a> {
    /// Row of the chunk that the first cell becomes.
    pub base: u32,
    /// Column in the table.
    pub column: u16,
    /// Forms of dates and numbers.
    pub form: Form,
    /// The faults.
    pub faults: &'a mut Vec<Fault>,
}

impl Sink<'_> {
    #[cold]
    pub(crate) fn fault(&mut self, row: usize, check: Check, cell: &[u8]) {
        let text = String::from_utf8_lossy(&cell[..cell.len().min(200)]).into_owned().into_boxed_str();
        self.faults.push(Fault { row: self.base + row as u32, column: Some(self.column), check, text });
    }
}

impl Builder {
    /// A builder for a column of the table.
    pub(crate) fn new(table: &Table, index: usize) -> Self {
        let column = &table.columns[index];
        let nulls = NullBufferBuilder::new(0);
        match column.ty {
            ColumnType::Str(_) | ColumnType::Code if is_dictionary(table, column.name) => {
                Self::Dict(Dict::default())
            }
            ColumnType::Str(_) | ColumnType::Code => Self::Plain(Plain::default()),
            ColumnType::Money => Self::Fixed { scale: 2, values: Vec::new(), nulls },
            ColumnType::Qty => Self::Fixed { scale: 4, values: Vec::new(), nulls },
            ColumnType::Price => Self::Fixed { scale: 6, values: Vec::new(), nulls },
            ColumnType::Date => Self::Date { when: When::default(), values: Vec::new(), nulls },
            ColumnType::DateTime => Self::Time { when: When::default(), values: Vec::new(), nulls },
            ColumnType::Int => Self::Int { values: Vec::new(), nulls },
            ColumnType::Num => Self::Num { values: Vec::new(), nulls },
        }
    }

    /// Adds the cells of a block; a cell that cannot be read becomes missing, with a fault.
    pub(crate) fn feed<'a>(&mut self, cells: impl Iterator<Item = &'a [u8]>, sink: &mut Sink<'_>) {
        match self {
            Self::Dict(dict) => cells.for_each(|cell| dict.push(cell)),
            Self::Plain(plain) => cells.for_each(|cell| plain.push(cell)),
            Self::Fixed { scale, values, nulls } => number::feed_fixed(cells, *scale, values, nulls, sink),
            Self::Date { when, values, nulls } => {
                let read = |cell: &[u8], form: Form| when.read(cell, form).map(|time| time.date().0);
                feed_with(cells, values, nulls, sink, read);
            }
            Self::Time { when, values, nulls } => {
                let read = |cell: &[u8], form: Form| when.read(cell, form).map(|time| time.0 * 1_000_000);
                feed_with(cells, values, nulls, sink, read);
            }
            Self::Int { values, nulls } => {
                feed_with(cells, values, nulls, sink, |cell, _| number::whole(cell));
            }
            Self::Num { values, nulls } => {
                feed_with(cells, values, nulls, sink, |cell, _| number::measured(cell));
            }
        }
    }

    /// Adds missing values.
    pub(crate) fn feed_missing(&mut self, rows: usize) {
        match self {
            Self::Dict(dict) => (0..rows).for_each(|_| dict.push(b"")),
            Self::Plain(plain) => (0..rows).for_each(|_| plain.push(b"")),
            Self::Fixed { values, nulls, .. } => missing(values, nulls, rows),
            Self::Date { values, nulls, .. } | Self::Int { values, nulls } => missing(values, nulls, rows),
            Self::Time { values, nulls, .. } => missing(values, nulls, rows),
            Self::Num { values, nulls } => missing(values, nulls, rows),
        }
    }

    /// The array of what was fed; the builder is empty afterwards.
    pub(crate) fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Dict(dict) => Arc::new(dict.finish()?),
            Self::Plain(plain) => Arc::new(plain.finish()?),
            Self::Fixed { scale, values, nulls } => {
                let array = Decimal128Array::try_new(std::mem::take(values).into(), nulls.finish())?;
                Arc::new(array.with_precision_and_scale(16, *scale as i8)?)
            }
            Self::Date { values, nulls, .. } => {
                Arc::new(Date32Array::try_new(std::mem::take(values).into(), nulls.finish())?)
            }
            Self::Time { values, nulls, .. } => {
                Arc::new(TimestampMicrosecondArray::try_new(std::mem::take(values).into(), nulls.finish())?)
            }
            Self::Int { values, nulls } => {
                Arc::new(Int32Array::try_new(std::mem::take(values).into(), nulls.finish())?)
            }
            Self::Num { values, nulls } => {
                Arc::new(Float64Array::try_new(std::mem::take(values).into(), nulls.finish())?)
            }
        })
    }
}

/// The unit of every time column.
pub(crate) const TIME: DataType = DataType::Timestamp(TimeUnit::Microsecond, None);

fn missing<T: Default + Clone>(values: &mut Vec<T>, nulls: &mut NullBufferBuilder, rows: usize) {
    values.resize(values.len() + rows, T::default());
    nulls.append_n_nulls(rows);
}

fn feed_with<'a, T: Default>(
    cells: impl Iterator<Item = &'a [u8]>,
    values: &mut Vec<T>,
    nulls: &mut NullBufferBuilder,
    sink: &mut Sink<'_>,
    mut read: impl FnMut(&[u8], Form) -> Option<T>,
) {
    for (row, cell) in cells.enumerate() {
        let value = if cell.is_empty() { None } else { read(cell, sink.form) };
        if value.is_none() && !cell.is_empty() {
            sink.fault(row, unreadable(cell), cell);
        }
        nulls.append(value.is_some());
        values.push(value.unwrap_or_default());
    }
}

/// What an unreadable date or number is: a placeholder, or of the wrong type.
fn unreadable(cell: &[u8]) -> Check {
    let text = std::str::from_utf8(cell).unwrap_or("?");
    if mingcha_model::form::is_placeholder(text) {
        Check::Placeholder
    } else if mingcha_model::Time::parse(text).is_some() {
        Check::Range
    } else {
        Check::Type
    }
}

#[cfg(test)]
mod tests;
