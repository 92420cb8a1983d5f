//! Small synthetic batches and what a lake holds, for the tests beside this file. Everyone in them lives in region 99xxxx.
#![allow(dead_code, reason = "each test binary uses its share")]

use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal128Array, Float64Array, Int32Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, UInt32Array, UInt64Array,
};
use arrow_schema::DataType;
use mingcha_lake::{BatchInfo, BatchOutcome, Begun, BucketRows, Lake, Snapshot, Staging, Verdict};
use mingcha_model::table;
use std::{collections::BTreeMap, sync::Arc};

/// One row: column to text; numbers are unscaled.
pub type Row = BTreeMap<&'static str, String>;

/// A row of pairs.
pub fn row(pairs: &[(&'static str, &str)]) -> Row {
    pairs.iter().map(|(name, value)| (*name, (*value).to_string())).collect()
}

/// A fee line with its required columns.
pub fn fee(sn: u32, person: u32, second: i64, amount: i64) -> Row {
    row(&[
        ("feedetl_sn", &format!("F{sn:06}")),
        ("mdtrt_id", &format!("M{:06}", person * 10)),
        ("psn_no", &format!("99{person:08}")),
        ("fixmedins_code", &format!("H9900000000{}", person % 3)),
        ("fee_ocur_time", &(1_735_689_600 + second).to_string()),
        ("med_list_codg", &format!("X{:05}", sn % 7)),
        ("list_type", "101"),
        ("cnt", "10000"),
        ("pric", "1000000"),
        ("det_item_fee_sumamt", &amount.to_string()),
    ])
}

/// An encounter with its required columns.
pub fn encounter(id: u32, person: u32) -> Row {
    row(&[
        ("mdtrt_id", &format!("M{id:06}")),
        ("psn_no", &format!("99{person:08}")),
        ("fixmedins_code", "H99000000001"),
        ("med_type", "11"),
        ("begntime", "1735689600"),
        ("insutype", "310"),
        ("insu_admdvs", "990100"),
    ])
}

/// A diagnosis that names no person.
pub fn diagnosis(encounter: u32, number: u32) -> Row {
    row(&[
        ("mdtrt_id", &format!("M{encounter:06}")),
        ("diag_srt_no", &number.to_string()),
        ("maindiag_flag", "1"),
        ("diag_code", "I10.x00"),
    ])
}

/// Rows of a table as a batch, each with its place in a source.
pub fn batch(name: &str, rows: &[(Row, u32, u64)]) -> RecordBatch {
    let table = table::table(name).expect("a table");
    let schema = table.lake_schema();
    let column = |field: &arrow_schema::FieldRef| -> ArrayRef {
        let text = |row: &(Row, u32, u64)| row.0.get(field.name().as_str()).cloned();
        let number = |row: &(Row, u32, u64)| text(row).map(|value| value.parse::<i64>().expect("a number"));
        match field.data_type() {
            DataType::Utf8 => Arc::new(rows.iter().map(text).collect::<StringArray>()),
            DataType::Date32 => {
                Arc::new(rows.iter().map(|r| number(r).map(|v| v as i32)).collect::<Date32Array>())
            }
            DataType::Int32 => {
                Arc::new(rows.iter().map(|r| number(r).map(|v| v as i32)).collect::<Int32Array>())
            }
            DataType::Float64 => {
                Arc::new(rows.iter().map(|r| number(r).map(|v| v as f64)).collect::<Float64Array>())
            }
            DataType::Timestamp(_, _) => Arc::new(
                rows.iter().map(|r| number(r).map(|v| v * 1_000_000)).collect::<TimestampMicrosecondArray>(),
            ),
            DataType::Decimal128(precision, scale) => {
                let array: Decimal128Array = rows.iter().map(|r| number(r).map(i128::from)).collect();
                Arc::new(array.with_precision_and_scale(*precision, *scale).expect("fits"))
            }
            other => panic!("no such column type here: {other}"),
        }
    };
    let mut columns: Vec<(String, ArrayRef)> =
        schema.fields().iter().map(|field| (field.name().clone(), column(field))).collect();
    columns.push(("src_file".into(), Arc::new(rows.iter().map(|row| row.1).collect::<UInt32Array>())));
    columns.push(("src_line".into(), Arc::new(rows.iter().map(|row| row.2).collect::<UInt64Array>())));
    RecordBatch::try_from_iter(columns).expect("columns of one length")
}

/// Numbers rows as lines of file 0.
pub fn numbered(rows: &[Row]) -> Vec<(Row, u32, u64)> {
    rows.iter().cloned().zip(1..).map(|(row, line)| (row, 0, line)).collect()
}

/// A checker that finds nothing.
pub fn fine(_: &BucketRows<'_>) -> Verdict<()> {
    Verdict { refuse: BTreeMap::new(), payload: () }
}

/// Begins a batch that is new.
pub fn begin(lake: &Lake, id: &str) -> Box<Staging> {
    match lake.begin(BatchInfo::named(id)).expect("begins") {
        Begun::Staging(staging) => staging,
        Begun::AlreadyThere(_) => panic!("the batch is there already"),
    }
}

/// Imports rows of several tables.
pub fn import(lake: &Lake, id: &str, tables: &[(&str, Vec<Row>)]) -> BatchOutcome {
    let staging = begin(lake, id);
    for (table, rows) in tables {
        staging.append(table, &batch(table, &numbered(rows))).expect("appends");
    }
    staging.finish(&fine).expect("finishes")
}

/// All rows of a table in the lake's order, bucket after bucket, as text.
pub fn contents(snapshot: &Snapshot, table: &str) -> Vec<String> {
    let layout = mingcha_lake::layout::layout(table).expect("a table");
    let names: Vec<&str> = layout.schema.fields().iter().map(|field| field.name().as_str()).collect();
    let batches = if layout.table.by_person {
        (0..snapshot.buckets())
            .flat_map(|bucket| snapshot.bucket(table, bucket, &names).expect("reads"))
            .collect()
    } else {
        snapshot.table(table, &names).expect("reads")
    };
    batches.iter().flat_map(lines).collect()
}

/// The rows of a batch as text.
pub fn lines(batch: &RecordBatch) -> Vec<String> {
    let columns: Vec<_> = batch
        .columns()
        .iter()
        .map(|column| arrow_cast::cast(column, &DataType::Utf8).expect("casts"))
        .collect();
    let cell = |column: &ArrayRef, row: usize| {
        let column = column.as_any().downcast_ref::<StringArray>().expect("text");
        if column.is_null(row) { String::from("~") } else { column.value(row).to_string() }
    };
    (0..batch.num_rows())
        .map(|row| columns.iter().map(|c| cell(c, row)).collect::<Vec<_>>().join("|"))
        .collect()
}

/// The files that a table's Delta log names, read from its JSON commits alone.
pub fn delta_files(table: &std::path::Path) -> std::collections::BTreeSet<String> {
    let mut commits: Vec<_> = std::fs::read_dir(table.join("_delta_log"))
        .expect("a log")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .collect();
    commits.sort();
    let mut files = std::collections::BTreeSet::new();
    for commit in commits {
        for line in std::fs::read_to_string(commit).expect("reads").lines() {
            let action: serde_json::Value = serde_json::from_str(line).expect("is JSON");
            let path =
                |action: &serde_json::Value| action["path"].as_str().map(|path| path.replace("%3D", "="));
            path(&action["remove"]).map(|path| files.remove(&path));
            path(&action["add"]).map(|path| files.insert(path));
        }
    }
    files
}
