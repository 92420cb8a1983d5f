//! Rows written as texts (a fixture, a call of a hospital) into [`Tables`], with harmless defaults for what a short example leaves out.

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
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

/// Fills in what a short example leaves out: `psn_no`, institution, encounters, settlements, amounts. What is written stays,
/// also an empty cell, which means that the data is missing.
///
/// A line without encounter rows gets an outpatient visit (11) around it; without settlement rows the fund pays each encounter whole.
pub fn complete(mut rows: TextTables) -> TextTables {
    fees(&mut rows);
    encounters(&mut rows);
    settlements(&mut rows);
    people(&mut rows);
    institutions(&mut rows);
    rows
}

fn default(row: &mut TextRow, column: &str, value: impl Into<String>) {
    row.entry(column.to_owned()).or_insert_with(|| value.into());
}

fn fees(rows: &mut TextTables) {
    for (at, row) in rows.entry("fee".to_owned()).or_default().iter_mut().enumerate() {
        default(row, "mdtrt_id", "E1");
        default(row, "feedetl_sn", format!("F{}", at + 1));
        default(row, "list_type", "201");
        default(row, "cnt", "1");
        let fixed = |text: Option<&String>, scale| text.and_then(|text| money::parse_fixed(text, scale));
        let (cnt, pric) =
            (fixed(row.get("cnt"), money::QTY_SCALE), fixed(row.get("pric"), money::PRICE_SCALE));
        let amount = cnt
            .zip(pric)
            .map_or_else(|| "100".to_owned(), |(cnt, pric)| money::Fen::of_quantity(cnt, pric).yuan());
        default(row, "det_item_fee_sumamt", amount);
        let amount = row["det_item_fee_sumamt"].clone();
        let price = fixed(Some(&amount), money::MONEY_SCALE)
            .zip(cnt.filter(|&cnt| cnt != 0))
            .map_or_else(String::new, |(fen, cnt)| {
                money::format_fixed(fen * 100_000_000 / cnt, money::PRICE_SCALE, 2)
            });
        default(row, "pric", price);
        default(row, "inscp_scp_amt", amount);
        let setl_id = format!("S-{}", row["mdtrt_id"]);
        default(row, "setl_id", setl_id);
    }
}

/// Rows of `table` that belong to encounter `mdtrt_id`.
fn of_encounter<'a>(
    rows: &'a TextTables,
    table: &str,
    mdtrt_id: &'a str,
) -> impl Iterator<Item = &'a TextRow> {
    rows.get(table)
        .into_iter()
        .flatten()
        .filter(move |row| row.get("mdtrt_id").is_some_and(|id| id == mdtrt_id))
}

fn encounters(rows: &mut TextTables) {
    let known: BTreeSet<String> =
        rows.get("encounter").into_iter().flatten().filter_map(|row| row.get("mdtrt_id").cloned()).collect();
    let mut missing = BTreeSet::new();
    for table in ["fee", "diagnosis", "operation", "settlement"] {
        let ids = rows.get(table).into_iter().flatten().filter_map(|row| row.get("mdtrt_id"));
        missing.extend(ids.filter(|id| !id.is_empty() && !known.contains(*id)).cloned());
    }
    for id in missing {
        let times: Vec<&String> =
            of_encounter(rows, "fee", &id).filter_map(|row| row.get("fee_ocur_time")).collect();
        let row = [
            ("mdtrt_id", Some(&id)),
            ("begntime", times.iter().min().copied()),
            ("endtime", times.iter().max().copied()),
            ("psn_no", of_encounter(rows, "fee", &id).find_map(|row| row.get("psn_no"))),
            ("fixmedins_code", of_encounter(rows, "fee", &id).find_map(|row| row.get("fixmedins_code"))),
        ];
        let row =
            row.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.clone()))).collect();
        rows.entry("encounter".to_owned()).or_default().push(row);
    }
    for row in rows.entry("encounter".to_owned()).or_default() {
        default(row, "psn_no", "P1");
        default(row, "fixmedins_code", "H99010100001");
        default(row, "med_type", "11");
        default(row, "begntime", "2025-03-01 08:00:00");
        default(row, "insutype", "310");
        default(row, "insu_admdvs", "990101");
        let begin = row["begntime"].clone();
        default(row, "endtime", begin);
    }
    let encounters = rows["encounter"].clone();
    for table in ["fee", "diagnosis", "operation"] {
        for row in rows.get_mut(table).into_iter().flatten() {
            default(row, "mdtrt_id", "E1");
            let of = encounters.iter().find(|encounter| encounter.get("mdtrt_id") == row.get("mdtrt_id"));
            let inherit = |column: &str| of.and_then(|of| of.get(column)).cloned().unwrap_or_default();
            default(row, "psn_no", inherit("psn_no"));
            if table == "fee" {
                default(row, "fixmedins_code", inherit("fixmedins_code"));
                default(row, "fee_ocur_time", inherit("begntime"));
            }
        }
    }
    for (at, row) in rows.get_mut("diagnosis").into_iter().flatten().enumerate() {
        default(row, "diag_srt_no", (at + 1).to_string());
        default(row, "maindiag_flag", "1");
    }
    for (at, row) in rows.get_mut("operation").into_iter().flatten().enumerate() {
        default(row, "oprn_srt_no", (at + 1).to_string());
        default(row, "main_oprn_flag", "1");
    }
}

fn settlements(rows: &mut TextTables) {
    let encounters = rows["encounter"].clone();
    if !rows.contains_key("settlement") {
        let fresh = encounters.iter().filter_map(|row| row.get("mdtrt_id")).map(|id| {
            let setl_id = format!("S-{id}");
            [("mdtrt_id".to_owned(), id.clone()), ("setl_id".to_owned(), setl_id)].into_iter().collect()
        });
        rows.insert("settlement".to_owned(), fresh.collect());
    }
    let lines = rows["fee"].clone();
    for (at, row) in rows.get_mut("settlement").into_iter().flatten().enumerate() {
        default(row, "mdtrt_id", "E1");
        let id = if row["mdtrt_id"].is_empty() {
            format!("S{}", at + 1)
        } else {
            format!("S-{}", row["mdtrt_id"])
        };
        default(row, "setl_id", id);
        let of = encounters.iter().find(|encounter| encounter.get("mdtrt_id") == row.get("mdtrt_id"));
        for (column, source) in [
            ("psn_no", "psn_no"),
            ("fixmedins_code", "fixmedins_code"),
            ("med_type", "med_type"),
            ("insutype", "insutype"),
            ("insu_admdvs", "insu_admdvs"),
            ("setl_time", "endtime"),
        ] {
            default(row, column, of.and_then(|of| of.get(source)).cloned().unwrap_or_default());
        }
        default(row, "refd_setl_flag", "0");
        let own = |line: &&TextRow| line.get("setl_id") == row.get("setl_id");
        let sum: i64 = lines
            .iter()
            .filter(own)
            .filter_map(|line| money::parse_fixed(line.get("inscp_scp_amt")?, money::MONEY_SCALE))
            .sum();
        for column in ["medfee_sumamt", "inscp_scp_amt", "fund_pay_sumamt", "hifp_pay"] {
            default(row, column, money::Fen(sum).yuan());
        }
    }
}

fn people(rows: &mut TextTables) {
    let mut ids = BTreeSet::new();
    for table in ["encounter", "settlement", "fee", "activity", "benefit"] {
        for row in rows.get_mut(table).into_iter().flatten() {
            default(row, "psn_no", "P1");
            ids.insert(row["psn_no"].clone());
        }
    }
    let people = rows.entry("person".to_owned()).or_default();
    for row in people.iter_mut() {
        default(row, "psn_no", "P1");
    }
    for id in ids {
        if !id.is_empty() && !people.iter().any(|row| row.get("psn_no") == Some(&id)) {
            people.push([("psn_no".to_owned(), id)].into_iter().collect());
        }
    }
    for row in people {
        default(row, "gend", "1");
        default(row, "brdy", "1980-01-01");
        default(row, "insutype", "310");
        default(row, "insu_admdvs", "990101");
    }
}

fn institutions(rows: &mut TextTables) {
    let mut codes = BTreeSet::new();
    for table in ["encounter", "settlement", "agreement", "practitioner"] {
        codes.extend(
            rows.get(table).into_iter().flatten().filter_map(|row| row.get("fixmedins_code").cloned()),
        );
    }
    let institutions = rows.entry("institution".to_owned()).or_default();
    for code in codes {
        if !code.is_empty() && !institutions.iter().any(|row| row.get("fixmedins_code") == Some(&code)) {
            institutions.push([("fixmedins_code".to_owned(), code)].into_iter().collect());
        }
    }
    for row in institutions {
        default(row, "fixmedins_code", "H99010100001");
        let code = row["fixmedins_code"].clone();
        default(row, "fixmedins_name", format!("机构{code}"));
        default(row, "fixmedins_type", if code.starts_with('P') { "2" } else { "1" });
        default(row, "hosp_lv", "05");
        default(row, "admdvs", "990101");
    }
}
