//! Brings rows of a few people into the order that [`Claims`](super::Claims) expects: for fixtures and real-time review, where no lake did it.

use super::{Tables, columns::Reader};
use arrow_array::{ArrayRef, Int64Array, RecordBatch, UInt32Array};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use mingcha_model::{key, table};
use std::sync::Arc;

impl Tables {
    /// Sorts each person-scope table by (`psn_no`, time, key) into one batch and adds the keys that net refunds.
    pub fn sort(mut self) -> Result<Self, ArrowError> {
        for (name, batches) in &mut self.0 {
            let Some(table) = table::table(name).filter(|table| table.by_person) else { continue };
            let Some(schema) = batches.first().map(RecordBatch::schema) else { continue };
            let whole = arrow_select::concat::concat_batches(&schema, batches.iter())?;
            let order = UInt32Array::from(order(table, &whole));
            let sorted = arrow_select::take::take_record_batch(&whole, &order)?;
            *batches = vec![if name == "fee" { with_keys(&sorted)? } else { sorted }];
        }
        Ok(self)
    }
}

fn order(table: &'static table::Table, batch: &RecordBatch) -> Vec<u32> {
    let reader = Reader::new(table.name, batch);
    let text = |column: &str| -> Vec<String> {
        let texts = reader.texts(column).ok();
        (0..batch.num_rows())
            .map(|row| texts.as_ref().and_then(|texts| texts.get(row)).unwrap_or_default().to_owned())
            .collect()
    };
    let mut times = Vec::new();
    if reader.push_integers(table.time, &mut times).is_err() {
        times = vec![0; batch.num_rows()];
    }
    let people = text("psn_no");
    let keys: Vec<Vec<String>> = table.key.iter().map(|column| text(column)).collect();
    let mut order: Vec<u32> = (0..batch.num_rows() as u32).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (a as usize, b as usize);
        let by_key = || {
            keys.iter()
                .map(|key| key[a].cmp(&key[b]))
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        };
        people[a].cmp(&people[b]).then(times[a].cmp(&times[b])).then_with(by_key)
    });
    order
}

/// Adds `feedetl_key` and `init_feedetl_key`, which the lake keeps beside each line.
fn with_keys(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    if batch.column_by_name("feedetl_key").is_some() {
        return Ok(batch.clone());
    }
    let reader = Reader::new("fee", batch);
    let wrong = |error: super::LoadError| ArrowError::SchemaError(error.to_string());
    let institution = reader.texts("fixmedins_code").map_err(wrong)?;
    let keys = |column: &str| -> Result<ArrayRef, ArrowError> {
        let texts = reader.texts(column).map_err(wrong)?;
        let key = |row| texts.get(row).map(|sn| key::line_key(institution.get(row).unwrap_or_default(), sn));
        Ok(Arc::new((0..batch.num_rows()).map(key).collect::<Int64Array>()))
    };
    let mut fields: Vec<_> = batch.schema().fields().iter().cloned().collect();
    let mut columns = batch.columns().to_vec();
    for (name, source) in [("feedetl_key", "feedetl_sn"), ("init_feedetl_key", "init_feedetl_sn")] {
        fields.push(Arc::new(Field::new(name, DataType::Int64, true)));
        columns.push(keys(source)?);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}
