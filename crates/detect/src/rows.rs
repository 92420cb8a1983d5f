//! Rows written as texts (a fixture, a call of a hospital) into [`Tables`].

use crate::claims::Tables;
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, Int32Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow_schema::{ArrowError, DataType};
use mingcha_model::{
    Date, Time, money,
    table::{self, Column, ColumnType, Table},
};
use std::{collections::BTreeMap, sync::Arc};

/// One row: column to text.
pub type TextRow = BTreeMap<String, String>;
/// Rows by table.
pub type TextTables = BTreeMap<String, Vec<TextRow>>;

/// Why rows cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// There is no such table.
    #[error("there is no table `{0}`")]
    Table(String),
    /// There is no such column.
    #[error("table `{0}` has no column `{1}`")]
    Column(String, String),
    /// A value does not fit its column.
    #[error("`{value}` in row {row} of `{table}` is no {ty} for `{column}`")]
    Value {
        /// Table.
        table: String,
        /// Column.
        column: String,
        /// Row, from 1.
        row: usize,
        /// The value.
        value: String,
        /// What the column holds.
        ty: &'static str,
    },
    /// Arrow refused the columns.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

/// Turns text rows into sorted tables. An empty text is null.
pub fn tables(rows: &TextTables) -> Result<Tables, RowError> {
    let mut tables = Tables::default();
    for (name, rows) in rows {
        let table = table::table(name).ok_or_else(|| RowError::Table(name.clone()))?;
        tables.0.insert(name.clone(), vec![batch(table, rows)?]);
    }
    Ok(tables.sort()?)
}

fn batch(table: &'static Table, rows: &[TextRow]) -> Result<RecordBatch, RowError> {
    let schema = table.lake_schema();
    for (name, row) in rows.iter().flat_map(|row| row.keys().map(move |name| (name, row))) {
        if schema.column_with_name(name).is_none() && table.column(name).is_none() {
            let _ = row;
            return Err(RowError::Column(table.name.to_owned(), name.clone()));
        }
    }
    let columns: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .map(|field| match table.column(field.name()) {
            Some(column) => array(table, column, rows),
            None => Ok(Arc::new(StringArray::from(vec![None::<&str>; rows.len()])) as ArrayRef),
        })
        .collect::<Result<_, _>>()?;
    // Fixtures leave required columns out on purpose: to show what missing data does.
    let fields: Vec<_> =
        schema.fields().iter().map(|field| field.as_ref().clone().with_nullable(true)).collect();
    Ok(RecordBatch::try_new(Arc::new(arrow_schema::Schema::new(fields)), columns)?)
}

fn array(table: &Table, column: &Column, rows: &[TextRow]) -> Result<ArrayRef, RowError> {
    let text = |row: &TextRow| {
        row.get(column.name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let parsed =
        |ty: &'static str, parse: &dyn Fn(&str) -> Option<i64>| -> Result<Vec<Option<i64>>, RowError> {
            let cell = |(at, row)| {
                let Some(text) = text(row) else { return Ok(None) };
                let wrong = || RowError::Value {
                    table: table.name.to_owned(),
                    column: column.name.to_owned(),
                    row: at + 1,
                    value: text.clone(),
                    ty,
                };
                parse(&text).map(Some).ok_or_else(wrong)
            };
            rows.iter().enumerate().map(cell).collect()
        };
    Ok(match column.ty {
        ColumnType::Str(_) | ColumnType::Code => Arc::new(rows.iter().map(text).collect::<StringArray>()),
        ColumnType::Date => {
            let days = parsed("date", &|text| Date::parse(text).map(|date| i64::from(date.0)))?;
            Arc::new(days.into_iter().map(|day| day.map(|day| day as i32)).collect::<Date32Array>())
        }
        ColumnType::DateTime => {
            let times = parsed("time", &|text| Time::parse(text).map(|time| time.0 * 1_000_000))?;
            Arc::new(times.into_iter().collect::<TimestampMicrosecondArray>())
        }
        ColumnType::Int => {
            let numbers = parsed("whole number", &|text| text.parse::<i32>().ok().map(i64::from))?;
            Arc::new(
                numbers.into_iter().map(|number| number.map(|number| number as i32)).collect::<Int32Array>(),
            )
        }
        ColumnType::Num => Arc::new(
            rows.iter().map(|row| text(row).and_then(|text| text.parse().ok())).collect::<Float64Array>(),
        ),
        ColumnType::Money | ColumnType::Price | ColumnType::Qty => {
            let DataType::Decimal128(precision, scale) = column.ty.arrow() else {
                unreachable!("money is decimal")
            };
            let values = parsed("decimal number", &|text| money::parse_fixed(text, scale as u32))?;
            let array: Decimal128Array = values.into_iter().map(|value| value.map(i128::from)).collect();
            Arc::new(array.with_precision_and_scale(precision, scale)?)
        }
    })
}
