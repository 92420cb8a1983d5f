//! Fetches the rows that findings stand on: when they were, what settled them, what the fund paid.

use super::answer::Row;
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, StringArray},
        compute::cast,
        datatypes::{DataType, Decimal128Type, Field, Schema, TimeUnit, TimestampMicrosecondType},
        record_batch::RecordBatch,
    },
    common::Result,
    datasource::{MemTable, TableProvider},
    prelude::SessionContext,
};
use mingcha_model::{
    Fen, Time,
    table::{self, Table},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What is known of one evidence row.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The row's own time.
    pub time: Option<Time>,
    /// The settlement that paid it.
    pub setl_id: Option<String>,
    /// The institution.
    pub fixmedins_code: Option<String>,
    /// The insured person.
    pub psn_no: Option<String>,
    /// What the fund paid, where the row is a settlement.
    pub fund: Fen,
    /// What personal accounts paid, where the row is a settlement.
    pub account: Fen,
}

/// Evidence rows by table and key.
pub type Fetched = BTreeMap<(&'static str, Vec<String>), Known>;

/// Looks the evidence of all rows up among live rows, one query a table.
pub async fn fetch(
    raw: &SessionContext,
    views: &BTreeMap<&'static str, Arc<dyn TableProvider>>,
    rows: &[Row],
) -> Result<Fetched> {
    let mut wanted: BTreeMap<&'static str, BTreeSet<&[String]>> = BTreeMap::new();
    for (name, key) in rows.iter().flat_map(|row| row.marks.keys()) {
        wanted.entry(name).or_default().insert(key);
    }
    let mut fetched = Fetched::new();
    for (name, keys) in wanted {
        let (Some(table), Some(view)) = (table::table(name), views.get(name)) else { continue };
        let session = SessionContext::new_with_config_rt(raw.copied_config(), raw.runtime_env());
        session.register_table("wanted", Arc::new(keys_table(table, &keys)?))?;
        session.register_table("known", Arc::clone(view))?;
        for batch in session.sql(&query(table)).await?.collect().await? {
            read(table, &batch, &mut fetched)?;
        }
    }
    Ok(fetched)
}

fn keys_table(table: &Table, keys: &BTreeSet<&[String]>) -> Result<MemTable> {
    let columns: Vec<ArrayRef> = (0..table.key.len())
        .map(|part| {
            Arc::new(keys.iter().map(|key| Some(key[part].as_str())).collect::<StringArray>()) as ArrayRef
        })
        .collect();
    let fields: Vec<Field> = table.key.iter().map(|part| Field::new(*part, DataType::Utf8, false)).collect();
    let schema = Arc::new(Schema::new(fields));
    MemTable::try_new(Arc::clone(&schema), vec![vec![RecordBatch::try_new(schema, columns)?]])
}

/// Key parts, then time, settlement, institution, fund and account payments, person, null where the table has none.
fn query(table: &Table) -> String {
    let mut columns: Vec<String> = table.key.iter().map(|part| format!("w.{part}")).collect();
    let or_null = |is: bool, column: &str, ty: &str| {
        if is { format!("k.{column}") } else { format!("CAST(NULL AS {ty})") }
    };
    columns.push(or_null(!table.time.is_empty(), table.time, "TIMESTAMP"));
    columns.push(or_null(matches!(table.name, "fee" | "settlement"), "setl_id", "VARCHAR"));
    columns.push(or_null(table.column("fixmedins_code").is_some(), "fixmedins_code", "VARCHAR"));
    let settled = table.name == "settlement";
    columns.push(or_null(settled, "fund_pay_sumamt", "DECIMAL(16, 2)"));
    let accounts = "COALESCE(k.acct_pay, 0) + COALESCE(k.acct_mulaid_pay, 0)";
    columns.push(if settled { accounts.to_owned() } else { "CAST(NULL AS DECIMAL(16, 2))".to_owned() });
    columns.push(or_null(table.column("psn_no").is_some(), "psn_no", "VARCHAR"));
    let names = ["row_time", "row_setl_id", "row_place", "row_fund", "row_account", "row_person"];
    let first = table.key.len();
    for (column, name) in columns[first..].iter_mut().zip(names) {
        *column = format!("{column} AS {name}");
    }
    // A column that is text already is not cast, so that the join reads it as it lies in the file.
    let on = table.key.iter().map(|part| {
        let text = table.column(part).is_some_and(|column| column.ty.max_chars().is_some());
        if text { format!("k.{part} = w.{part}") } else { format!("CAST(k.{part} AS VARCHAR) = w.{part}") }
    });
    format!(
        "SELECT {} FROM known k JOIN wanted w ON {}",
        columns.join(", "),
        on.collect::<Vec<_>>().join(" AND ")
    )
}

fn read(table: &'static Table, batch: &RecordBatch, fetched: &mut Fetched) -> Result<()> {
    let text = |at: usize| cast(batch.column(at), &DataType::Utf8);
    let keys: Vec<ArrayRef> = (0..table.key.len()).map(text).collect::<std::result::Result<_, _>>()?;
    let first = table.key.len();
    let times = cast(batch.column(first), &DataType::Timestamp(TimeUnit::Microsecond, None))?;
    let times = times.as_primitive::<TimestampMicrosecondType>();
    let settlements = text(first + 1)?;
    let settlements = settlements.as_string::<i32>();
    let places = text(first + 2)?;
    let places = places.as_string::<i32>();
    let people = text(first + 5)?;
    let people = people.as_string::<i32>();
    let money = |at: usize| cast(batch.column(first + at), &DataType::Decimal128(38, 2));
    let (funds, accounts) = (money(3)?, money(4)?);
    let fen = |column: &ArrayRef, row: usize| {
        let column = column.as_primitive::<Decimal128Type>();
        Fen(if column.is_valid(row) { column.value(row) as i64 } else { 0 })
    };
    for row in 0..batch.num_rows() {
        let key = keys.iter().map(|key| key.as_string::<i32>().value(row).to_owned()).collect();
        let known = Known {
            time: times.is_valid(row).then(|| Time(times.value(row).div_euclid(1_000_000))),
            setl_id: settlements.is_valid(row).then(|| settlements.value(row).to_owned()),
            fixmedins_code: places.is_valid(row).then(|| places.value(row).to_owned()),
            psn_no: people.is_valid(row).then(|| people.value(row).to_owned()),
            fund: fen(&funds, row),
            account: fen(&accounts, row),
        };
        fetched.insert((table.name, key), known);
    }
    Ok(())
}
