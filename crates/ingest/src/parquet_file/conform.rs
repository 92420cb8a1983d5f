//! Makes the columns of a Parquet file what the tables want: as they are, by a cast, or through text.

use super::{dictionary_values, needs_trim};
use crate::{
    check::Check,
    column::{Builder, Sink, TIME, dictionary_type},
};
use arrow_array::{
    Array, ArrayRef, Float64Array, PrimitiveArray, StringArray,
    cast::AsArray,
    types::{ArrowPrimitiveType, Date32Type, Decimal128Type, TimestampMicrosecondType},
};
use arrow_cast::{
    cast,
    display::{ArrayFormatter, FormatOptions},
};
use arrow_schema::{ArrowError, DataType, TimeUnit};
use std::sync::Arc;

/// The array as the type of its column; `None` never happens but where nothing feeds it.
pub(super) fn conform(
    array: &ArrayRef,
    target: &DataType,
    builder: &mut Builder,
    sink: &mut Sink<'_>,
) -> Result<Option<ArrayRef>, ArrowError> {
    let done = match target {
        DataType::Utf8 | DataType::Dictionary(..) => text(array, target)?,
        DataType::Date32 => match array.data_type() {
            DataType::Date32 => Some(Arc::clone(array)),
            DataType::Date64 | DataType::Timestamp(_, None) => Some(cast(array, target)?),
            _ => None,
        },
        DataType::Timestamp(..) => time(array)?,
        _ if array.data_type() == target => Some(Arc::clone(array)),
        _ => None,
    };
    match done {
        Some(array) => Ok(Some(bounded(array, sink))),
        None => through_text(array, builder, sink).map(Some),
    }
}

/// A text column as it is, or in the other of the two forms; `None` where texts must be trimmed.
fn text(array: &ArrayRef, target: &DataType) -> Result<Option<ArrayRef>, ArrowError> {
    let dictionary = dictionary_type();
    let texts = match array.data_type() {
        ty if *ty == dictionary => dictionary_values(array),
        DataType::Utf8 => array.as_string_opt::<i32>(),
        _ => None,
    };
    match texts {
        Some(texts) if !needs_trim(texts) && array.data_type() == target => Ok(Some(Arc::clone(array))),
        Some(texts) if !needs_trim(texts) => cast(array, target).map(Some),
        _ => Ok(None),
    }
}

/// A time column; instants with a zone become civil time of China.
fn time(array: &ArrayRef) -> Result<Option<ArrayRef>, ArrowError> {
    Ok(match array.data_type() {
        ty if *ty == TIME => Some(Arc::clone(array)),
        DataType::Timestamp(_, None) | DataType::Date32 | DataType::Date64 => Some(cast(array, &TIME)?),
        DataType::Timestamp(_, Some(zone)) => {
            let instants = cast(array, &DataType::Timestamp(TimeUnit::Microsecond, Some(Arc::clone(zone))))?;
            let instants = instants.as_primitive::<TimestampMicrosecondType>();
            let civil: PrimitiveArray<TimestampMicrosecondType> =
                instants.unary(|micros| micros.wrapping_add(8 * 3_600_000_000));
            Some(Arc::new(civil))
        }
        _ => None,
    })
}

/// Takes out values that no cell of a text file could have had: dates before 1900, numbers beyond 16 digits.
fn bounded(array: ArrayRef, sink: &mut Sink<'_>) -> ArrayRef {
    const FROM: i32 = -25_566;
    const DIGITS: i128 = 10_000_000_000_000_000;
    const MICROS: i64 = 86_400_000_000;
    match array.data_type() {
        DataType::Date32 => within::<Date32Type>(&array, sink, |day| (FROM..=2_932_896).contains(day)),
        DataType::Timestamp(..) => {
            let range = i64::from(FROM) * MICROS..=2_932_896 * MICROS;
            within::<TimestampMicrosecondType>(&array, sink, |micros| range.contains(micros))
        }
        DataType::Decimal128(..) => {
            within::<Decimal128Type>(&array, sink, |value| -DIGITS < *value && *value < DIGITS)
        }
        _ => array,
    }
}

fn within<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    sink: &mut Sink<'_>,
    fits: impl Fn(&T::Native) -> bool,
) -> ArrayRef {
    let values = array.as_primitive::<T>();
    if values.values().iter().all(&fits) {
        return Arc::clone(array);
    }
    let text = |row: usize| {
        let formatter = ArrayFormatter::try_new(array, &FormatOptions::default());
        formatter.map_or_else(|_| String::new(), |formatter| formatter.value(row).to_string())
    };
    for row in 0..values.len() {
        if values.is_valid(row) && !fits(&values.value(row)) {
            sink.fault(row, Check::Range, text(row).as_bytes());
        }
    }
    let kept: PrimitiveArray<T> = values.iter().map(|value| value.filter(&fits)).collect();
    Arc::new(kept.with_data_type(array.data_type().clone()))
}

/// Reads a column as if its values had stood in a text file.
fn through_text(
    array: &ArrayRef,
    builder: &mut Builder,
    sink: &mut Sink<'_>,
) -> Result<ArrayRef, ArrowError> {
    let texts = as_text(array)?;
    builder.feed(texts.iter().map(|text| text.map_or(&b""[..], |text| text.trim_ascii().as_bytes())), sink);
    builder.finish()
}

/// The values of a column as texts; floats in the shortest form that means the same, so that 12.35 stays 12.35.
pub(super) fn as_text(array: &ArrayRef) -> Result<StringArray, ArrowError> {
    let texts = match array.data_type() {
        DataType::Float32 | DataType::Float64 => {
            let floats = cast(array, &DataType::Float64)?;
            let floats: &Float64Array = floats.as_primitive();
            return Ok(floats.iter().map(|value| value.map(crate::xlsx::number_text)).collect());
        }
        DataType::Timestamp(_, Some(_)) => match time(array)? {
            Some(civil) => cast(&civil, &DataType::Utf8)?,
            None => cast(array, &DataType::Utf8)?,
        },
        _ => cast(array, &DataType::Utf8)?,
    };
    Ok(texts.as_string::<i32>().clone())
}
