//! Staged columns turned into a sorted batch of Arrow columns, one row per key.

use crate::{
    Result,
    column::{Texts, Values},
    layout::{Layout, Tables, is_plain},
    order::{last_of_each_key, order, take_rows},
    stage::{Kind, Slot, Stage},
    text::NULL,
};
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array, UInt64Array,
};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Field, Schema};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The rows of some fine partitions of a table: in order, each key once, the source place of each row as the last two columns.
/// Also gives how many rows had the key of a later one. `None` where there are no rows.
pub(crate) fn build(
    stage: &Stage,
    parts: impl Iterator<Item = usize>,
    dictionaries: &Tables<ArrayRef>,
) -> Result<Option<(RecordBatch, usize)>> {
    let (values, rows) = stage.load(parts)?;
    if rows == 0 {
        return Ok(None);
    }
    let batch = assemble(stage, values, dictionaries)?;
    let (kept, gone) = last_of_each_key(stage.layout, &batch)?;
    let rows = order(stage.layout, &batch, kept)?;
    Ok(Some((take_rows(batch, rows)?, gone)))
}

fn assemble(stage: &Stage, values: Vec<Values>, dictionaries: &Tables<ArrayRef>) -> Result<RecordBatch> {
    let layout = stage.layout;
    let columns =
        stage.slots.iter().zip(values).map(|(slot, values)| column(layout, slot, values, dictionaries));
    let mut columns = columns.collect::<Result<Vec<_>>>()?;
    let source = columns.split_off(columns.len() - 2);
    let stored = columns.len();
    let fields: Vec<_> = layout.working.fields().iter().cloned().collect();
    let plain = RecordBatch::try_new(Arc::new(Schema::new(fields[..stored].to_vec())), columns)?;
    let derived = layout.derive(&plain)?;
    let all = plain.columns().iter().cloned().chain(derived).chain(source).collect();
    Ok(RecordBatch::try_new(with_source(layout), all)?)
}

/// The working schema with the place of each row in its source.
pub(crate) fn with_source(layout: &Layout) -> Arc<Schema> {
    let source = [("src_file", DataType::UInt32), ("src_line", DataType::UInt64)];
    let source = source.map(|(name, kind)| Arc::new(Field::new(name, kind, true)));
    Arc::new(Schema::new(layout.working.fields().iter().cloned().chain(source).collect::<Vec<_>>()))
}

fn column(layout: &Layout, slot: &Slot, values: Values, dictionaries: &Tables<ArrayRef>) -> Result<ArrayRef> {
    match (values, slot.kind) {
        (Values::Texts(texts), _) if is_plain(slot.name) => {
            Ok(Arc::new(texts.iter().collect::<StringArray>()))
        }
        (Values::Texts(texts), _) => Ok(Arc::new(code(&texts))),
        (Values::Numbers(codes), Kind::Narrow) => {
            let nulls = nulls(&codes);
            let keys = codes.iter().map(|code| (*code).max(0) as i32).collect::<Vec<_>>();
            let keys = Int32Array::new(keys.into(), nulls);
            Ok(Arc::new(DictionaryArray::try_new(keys, dictionaries[slot.name].clone())?))
        }
        (Values::Numbers(values), _) => {
            let kind = match slot.name {
                "src_file" => &DataType::UInt32,
                "src_line" => &DataType::UInt64,
                name => layout.schema.field_with_name(name)?.data_type(),
            };
            number_column(&values, kind)
        }
    }
}

fn nulls(values: &[i64]) -> Option<NullBuffer> {
    values.contains(&NULL).then(|| values.iter().map(|value| *value != NULL).collect())
}

fn number_column(values: &[i64], kind: &DataType) -> Result<ArrayRef> {
    let nulls = nulls(values);
    // A null's slot holds 0: some encoders look at it.
    let each = || values.iter().map(|value| if *value == NULL { 0 } else { *value });
    Ok(match kind {
        DataType::Date32 => Arc::new(Date32Array::new(each().map(|v| v as i32).collect(), nulls)),
        DataType::Timestamp(_, _) => Arc::new(TimestampMicrosecondArray::new(each().collect(), nulls)),
        DataType::Int32 => Arc::new(Int32Array::new(each().map(|v| v as i32).collect(), nulls)),
        DataType::UInt32 => Arc::new(UInt32Array::new(each().map(|v| v as u32).collect(), nulls)),
        DataType::UInt64 => Arc::new(UInt64Array::new(each().map(|v| v as u64).collect(), nulls)),
        DataType::Float64 => {
            Arc::new(Float64Array::new(each().map(|v| f64::from_bits(v as u64)).collect(), nulls))
        }
        DataType::Decimal128(precision, scale) => {
            let array = Decimal128Array::new(each().map(i128::from).collect(), nulls);
            Arc::new(array.with_precision_and_scale(*precision, *scale)?)
        }
        _ => Arc::new(Int64Array::new(each().collect(), nulls)),
    })
}

/// A dictionary of the texts, each value once.
fn code(texts: &Texts) -> DictionaryArray<arrow_array::types::Int32Type> {
    let mut codes: FxHashMap<&str, i32> = FxHashMap::default();
    let mut values: Vec<&str> = Vec::new();
    // Lines of one visit stand together in most extracts, so the text before is often the text now.
    let (mut before, mut code_before) = ("", -1);
    let keys: Int32Array = texts
        .iter()
        .map(|text| {
            let text = text?;
            if code_before < 0 || text != before {
                before = text;
                code_before = *codes.entry(text).or_insert_with(|| {
                    values.push(text);
                    values.len() as i32 - 1
                });
            }
            Some(code_before)
        })
        .collect();
    DictionaryArray::new(keys, Arc::new(StringArray::from(values)))
}
