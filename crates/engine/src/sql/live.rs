//! Live rows as views: refunds and what they reverse are gone, and so is what lies after the day of the run.
//!
//! The meaning is that of `mingcha_detect::claims`; the rows that do not count are few, so they are found once and taken off by joins.

use datafusion::{
    arrow::datatypes::{DataType, Field, Schema, SchemaRef},
    common::Result,
    datasource::{MemTable, TableProvider},
    prelude::{DataFrame, SessionContext},
};
use mingcha_model::{Date, table};
use std::sync::Arc;

/// Ids of settlements that do not count, with their encounters.
const DEAD_SETTLEMENT: &str = "dead_settlement";
/// Ids of encounters all of whose settlements do not count.
const DEAD_ENCOUNTER: &str = "dead_encounter";
/// What is taken off lines that were reversed: key, quantity, amount.
const REVERSED_LINE: &str = "reversed_line";

/// Registers every table that the session lacks as an empty one, so that a rule finds the tables it declares.
pub fn complete(raw: &SessionContext) -> Result<()> {
    for table in table::tables() {
        if !raw.table_exist(table.name)? {
            raw.register_table(table.name, Arc::new(MemTable::try_new(schema(table), vec![vec![]])?))?;
        }
    }
    Ok(())
}

fn schema(table: &table::Table) -> SchemaRef {
    let mut fields: Vec<_> = table.lake_schema().fields().iter().cloned().collect();
    if table.name == "fee" {
        for key in ["feedetl_key", "init_feedetl_key"] {
            fields.push(Arc::new(Field::new(key, DataType::Int64, true)));
        }
    }
    Arc::new(Schema::new(fields))
}

/// Finds the rows that do not count on `as_of`, inclusive, and keeps them beside the tables.
pub async fn bury(raw: &SessionContext, as_of: Date) -> Result<()> {
    keep(raw, DEAD_SETTLEMENT, &dead_settlements(as_of)).await?;
    keep(raw, DEAD_ENCOUNTER, DEAD_ENCOUNTERS).await?;
    keep(raw, REVERSED_LINE, &reversed_lines(as_of)).await
}

async fn keep(raw: &SessionContext, name: &str, sql: &str) -> Result<()> {
    let rows = raw.sql(sql).await?;
    let schema = Arc::new(rows.schema().as_arrow().clone());
    let table = MemTable::try_new(schema, rows.collect_partitioned().await?)?;
    raw.register_table(name, Arc::new(table)).map(drop)
}

/// The live rows of a table as a view with all its columns.
pub async fn view(raw: &SessionContext, name: &str, as_of: Date) -> Result<Arc<dyn TableProvider>> {
    frame(raw, name, as_of).await.map(DataFrame::into_view)
}

async fn frame(raw: &SessionContext, name: &str, as_of: Date) -> Result<DataFrame> {
    let before = |column: &str| format!("({column} < {} OR {column} IS NULL)", end(as_of));
    match name {
        "settlement" => {
            let dead = without(raw, DEAD_SETTLEMENT, "t.setl_id = dead.setl_id").await?;
            raw.sql(&format!("SELECT t.* FROM settlement t{dead} WHERE {}", before("t.setl_time"))).await
        }
        "encounter" => {
            let dead = without(raw, DEAD_ENCOUNTER, "t.mdtrt_id = dead.mdtrt_id").await?;
            raw.sql(&format!("SELECT t.* FROM encounter t{dead} WHERE {}", before("t.begntime"))).await
        }
        "fee" => raw.sql(&lines(raw, &before("t.fee_ocur_time")).await?).await,
        _ => raw.table(name).await,
    }
}

/// An anti-join, or nothing where there is nothing to take off.
async fn without(raw: &SessionContext, name: &str, on: &str) -> Result<String> {
    let empty = is_empty(raw, name).await?;
    Ok(if empty { String::new() } else { format!(" LEFT ANTI JOIN {name} dead ON {on}") })
}

async fn is_empty(raw: &SessionContext, name: &str) -> Result<bool> {
    Ok(raw.table(name).await?.count().await? == 0)
}

async fn lines(raw: &SessionContext, before: &str) -> Result<String> {
    let dead = without(raw, DEAD_SETTLEMENT, "t.setl_id = dead.setl_id").await?;
    if is_empty(raw, REVERSED_LINE).await? {
        return Ok(format!("SELECT t.* FROM fee t{dead} WHERE {before} AND t.init_feedetl_key IS NULL"));
    }
    let left = |column: &str| {
        format!(
            "CASE WHEN r.cnt IS NULL OR t.cnt IS NULL THEN t.{column} ELSE CAST(t.{column} - r.{column} AS {}) END AS {column}",
            if column == "cnt" { "DECIMAL(16, 4)" } else { "DECIMAL(16, 2)" }
        )
    };
    let provider = raw.table_provider("fee").await?;
    let columns: Vec<String> = provider
        .schema()
        .fields()
        .iter()
        .map(|field| match field.name().as_str() {
            reduced @ ("cnt" | "det_item_fee_sumamt") => left(reduced),
            other => format!("t.{other}"),
        })
        .collect();
    Ok(format!(
        "SELECT {} FROM fee t{dead} LEFT JOIN {REVERSED_LINE} r ON t.feedetl_key = r.feedetl_key \
         WHERE {before} AND t.init_feedetl_key IS NULL AND (r.cnt IS NULL OR t.cnt IS NULL OR t.cnt > r.cnt)",
        columns.join(", ")
    ))
}

/// The first moment that lies after the day.
fn end(as_of: Date) -> String {
    format!("TIMESTAMP '{} 00:00:00'", Date(as_of.0.saturating_add(1)))
}

/// Refunds, what they reverse, and what was settled after the day.
fn dead_settlements(as_of: Date) -> String {
    let end = end(as_of);
    let refunds = format!("SELECT * FROM settlement WHERE refd_setl_flag = '1' AND setl_time < {end}");
    format!(
        "SELECT setl_id, mdtrt_id FROM ({refunds}) refund \
         UNION SELECT s.setl_id, s.mdtrt_id FROM settlement s \
         JOIN (SELECT DISTINCT psn_no, init_setl_id FROM ({refunds}) refund WHERE init_setl_id IS NOT NULL) r \
         ON s.setl_id = r.init_setl_id AND s.psn_no = r.psn_no \
         UNION SELECT setl_id, mdtrt_id FROM settlement WHERE setl_time >= {end}"
    )
}

const DEAD_ENCOUNTERS: &str = "SELECT DISTINCT d.mdtrt_id FROM dead_settlement d LEFT ANTI JOIN \
     (SELECT s.mdtrt_id FROM settlement s LEFT ANTI JOIN dead_settlement x ON s.setl_id = x.setl_id) l \
     ON d.mdtrt_id = l.mdtrt_id WHERE d.mdtrt_id IS NOT NULL";

/// What live reversing lines take off the lines they name. Some senders leave the sign out, hence the absolute values.
fn reversed_lines(as_of: Date) -> String {
    format!(
        "SELECT t.init_feedetl_key AS feedetl_key, SUM(ABS(t.cnt)) AS cnt, \
         SUM(COALESCE(ABS(t.det_item_fee_sumamt), 0)) AS det_item_fee_sumamt \
         FROM fee t LEFT ANTI JOIN dead_settlement dead ON t.setl_id = dead.setl_id \
         WHERE t.init_feedetl_key IS NOT NULL AND t.cnt IS NOT NULL AND t.fee_ocur_time < {} GROUP BY t.init_feedetl_key",
        end(as_of)
    )
}
