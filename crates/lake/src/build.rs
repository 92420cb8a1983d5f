//! Staged columns turned into a sorted batch of Arrow columns, one row per key.

use crate::{
    LakeError, Result,
    layout::{Layout, Tables, dictionary_type},
    order::{last_of_each_key, order},
    stage::Stage,
    text::NULL,
};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray, RecordBatch, UInt32Array,
    cast::AsArray,
    types::{
        Date32Type, Decimal128Type, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType, UInt32Type,
        UInt64Type,
    },
};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::{DataType, Field, Schema};
use std::sync::Arc;

/// The rows of some fine partitions of a table: in order, each key once, the source place of each row as the last two columns.
/// Also gives how many rows had the key of a later one. `None` where there are no rows.
pub(crate) fn build(
    stage: &Stage,
    parts: impl Iterator<Item = usize>,
    dictionaries: &Tables<ArrayRef>,
) -> Result<Option<(RecordBatch, usize)>> {
    let layout = stage.layout;
    let Some(mut columns) = stage.load(parts, |slot| dictionaries.get(slot.name).cloned())? else {
        return Ok(None);
    };
    // Numbers are still as they were staged; only the rows that stay, in their order, become what the table holds.
    let fields = stage.slots.iter().zip(&columns);
    let mut fields: Vec<Field> =
        fields.map(|(slot, column)| Field::new(slot.name, column.data_type().clone(), true)).collect();
    let staged = RecordBatch::try_new(Arc::new(Schema::new(fields.clone())), columns.clone())?;
    for (derived, column) in layout.derived.iter().zip(layout.derive(&staged)?) {
        fields.insert(fields.len() - 2, Field::new(derived.name, DataType::Int64, true));
        columns.insert(columns.len() - 2, column);
    }
    let staged = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?;
    let (kept, gone) = last_of_each_key(layout, &staged)?;
    let rows = order(layout, &staged, kept)?;
    gather(layout, staged, rows).map(|batch| Some((batch, gone)))
}

/// The working schema with the place of each row in its source.
pub(crate) fn with_source(layout: &Layout) -> Arc<Schema> {
    let source = [("src_file", DataType::UInt32), ("src_line", DataType::UInt64)];
    let source = source.map(|(name, kind)| Arc::new(Field::new(name, kind, true)));
    Arc::new(Schema::new(layout.working.fields().iter().cloned().chain(source).collect::<Vec<_>>()))
}

/// The given rows as the table holds them, column by column, so that the source is freed as the copy grows.
fn gather(layout: &Layout, staged: RecordBatch, rows: Vec<u32>) -> Result<RecordBatch> {
    let schema = with_source(layout);
    let (_, columns, _) = staged.into_parts();
    let rows = UInt32Array::from(rows);
    let each = |(column, field): (ArrayRef, &Arc<Field>)| gathered(&column, field.data_type(), &rows);
    let columns = columns.into_iter().zip(schema.fields()).map(each).collect::<Result<Vec<_>>>()?;
    Ok(RecordBatch::try_new(schema, columns)?)
}

fn gathered(column: &ArrayRef, kind: &DataType, rows: &UInt32Array) -> Result<ArrayRef> {
    if *kind == DataType::Utf8 || *kind == dictionary_type() || column.nulls().is_some() {
        return Ok(arrow_select::take::take(column, rows, None)?);
    }
    let (values, rows) = (column.as_primitive::<Int64Type>().values(), rows.values());
    let nulls = values.contains(&NULL).then(|| {
        NullBuffer::new(BooleanBuffer::collect_bool(rows.len(), |at| values[rows[at] as usize] != NULL))
    });
    // A null's slot holds 0: some encoders look at it.
    let each = rows.iter().map(|row| values[*row as usize]);
    let each = each.map(|value| if value == NULL { 0 } else { value });
    Ok(match kind {
        DataType::Date32 => Arc::new(array::<Date32Type>(each.map(|value| value as i32), nulls)),
        DataType::Timestamp(..) => Arc::new(array::<TimestampMicrosecondType>(each, nulls)),
        DataType::Int32 => Arc::new(array::<Int32Type>(each.map(|value| value as i32), nulls)),
        DataType::Int64 => Arc::new(array::<Int64Type>(each, nulls)),
        DataType::UInt32 => Arc::new(array::<UInt32Type>(each.map(|value| value as u32), nulls)),
        DataType::UInt64 => Arc::new(array::<UInt64Type>(each.map(|value| value as u64), nulls)),
        DataType::Float64 => {
            Arc::new(array::<Float64Type>(each.map(|value| f64::from_bits(value as u64)), nulls))
        }
        DataType::Decimal128(precision, scale) => {
            let array = array::<Decimal128Type>(each.map(i128::from), nulls);
            Arc::new(array.with_precision_and_scale(*precision, *scale)?)
        }
        other => return Err(LakeError::Setting(format!("{other} as a column of the lake"))),
    })
}

fn array<T: ArrowPrimitiveType>(
    values: impl Iterator<Item = T::Native>,
    nulls: Option<NullBuffer>,
) -> PrimitiveArray<T> {
    PrimitiveArray::new(values.collect(), nulls)
}
