//! Text columns read alike, whether they are plain or a dictionary, and dictionaries joined without repeated values.

use crate::{LakeError, Result};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Int32Array, PrimitiveArray, RecordBatch, StringArray,
    cast::AsArray,
    types::{
        ArrowPrimitiveType, Date32Type, Decimal128Type, Float64Type, Int32Type, Int64Type,
        TimestampMicrosecondType, UInt32Type, UInt64Type,
    },
};
use arrow_schema::DataType;
use mingcha_model::key::hash64;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A text column.
#[derive(Clone, Copy)]
pub enum Text<'a> {
    /// Each row its own text.
    Plain(&'a StringArray),
    /// Codes into a list of texts.
    Coded(&'a Int32Array, &'a StringArray),
}

impl<'a> Text<'a> {
    /// A view of the column; an error where it holds no text.
    pub fn of(array: &'a dyn Array) -> Result<Self> {
        let fail = || LakeError::Setting(format!("a text column was expected, not {}", array.data_type()));
        match array.data_type() {
            DataType::Utf8 => Ok(Self::Plain(array.as_string())),
            DataType::Dictionary(_, _) => {
                let coded = array.as_dictionary_opt::<Int32Type>().ok_or_else(fail)?;
                let values = coded.values().as_string_opt::<i32>().ok_or_else(fail)?;
                Ok(Self::Coded(coded.keys(), values))
            }
            _ => Err(fail()),
        }
    }

    /// The text of a row, `None` where it is null.
    pub fn get(self, row: usize) -> Option<&'a str> {
        match self {
            Self::Plain(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::Coded(keys, values) => keys.is_valid(row).then(|| values.value(keys.value(row) as usize)),
        }
    }
}

/// One column of a key, hashed row by row.
pub(crate) enum Cell<'a> {
    Plain(&'a StringArray),
    /// Dictionary codes and the hash of each value.
    Coded(&'a Int32Array, Vec<u64>),
    /// Numbers, null as the least.
    Number(Vec<i64>),
}

const NULL_HASH: u64 = 0x6E75_6C6C;

impl<'a> Cell<'a> {
    pub(crate) fn of(batch: &'a RecordBatch, name: &str) -> Result<Self> {
        let column =
            batch.column_by_name(name).ok_or_else(|| LakeError::column("batch", name, "is missing"))?;
        if !matches!(column.data_type(), DataType::Utf8 | DataType::Dictionary(_, _)) {
            return numbers(column).map(Self::Number);
        }
        Ok(match Text::of(column)? {
            Text::Plain(texts) => Self::Plain(texts),
            Text::Coded(keys, values) => {
                let hashes = (0..values.len()).map(|at| hash64(&[values.value(at).as_bytes()])).collect();
                Self::Coded(keys, hashes)
            }
        })
    }

    pub(crate) fn hash(&self, row: usize) -> u64 {
        match self {
            Self::Plain(texts) if texts.is_valid(row) => hash64(&[texts.value(row).as_bytes()]),
            Self::Coded(keys, hashes) if keys.is_valid(row) => hashes[keys.value(row) as usize],
            Self::Number(values) => hash64(&[&values[row].to_le_bytes()]),
            _ => NULL_HASH,
        }
    }
}

/// What a null number is held as while rows are staged and compared; no amount, time or count reaches it.
pub(crate) const NULL: i64 = i64::MIN;

/// The column's numbers: decimals unscaled, times in microseconds, days, floats by their bits, null as [`NULL`].
pub(crate) fn numbers(array: &dyn Array) -> Result<Vec<i64>> {
    fn each<T: ArrowPrimitiveType>(array: &dyn Array, of: impl Fn(T::Native) -> i64) -> Vec<i64> {
        let array: &PrimitiveArray<T> = array.as_primitive();
        let mut out: Vec<i64> = array.values().iter().map(|value| of(*value)).collect();
        if let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) {
            out.iter_mut().zip(nulls).filter(|(_, valid)| !valid).for_each(|(value, _)| *value = NULL);
        }
        out
    }
    Ok(match array.data_type() {
        DataType::Date32 => each::<Date32Type>(array, i64::from),
        DataType::Timestamp(_, _) => each::<TimestampMicrosecondType>(array, |value| value),
        DataType::Int32 => each::<Int32Type>(array, i64::from),
        DataType::Int64 => each::<Int64Type>(array, |value| value),
        DataType::UInt32 => each::<UInt32Type>(array, i64::from),
        DataType::UInt64 => each::<UInt64Type>(array, |value| value as i64),
        // Adding zero turns -0.0, whose bits are those of the null, into 0.0.
        DataType::Float64 => each::<Float64Type>(array, |value| (value + 0.0).to_bits() as i64),
        DataType::Decimal128(_, _) => each::<Decimal128Type>(array, |value| value as i64),
        other => return Err(LakeError::Setting(format!("a number was expected, not {other}"))),
    })
}

/// One dictionary column out of several, each value once.
pub(crate) fn join_dictionaries(parts: &[&DictionaryArray<Int32Type>]) -> ArrayRef {
    let mut codes: FxHashMap<&str, i32> = FxHashMap::default();
    let mut values: Vec<&str> = Vec::new();
    let mut keys: Vec<Option<i32>> = Vec::with_capacity(parts.iter().map(Array::len).sum());
    for part in parts {
        let texts: &StringArray = part.values().as_string();
        let map: Vec<i32> = (0..texts.len())
            .map(|at| {
                *codes.entry(texts.value(at)).or_insert_with(|| {
                    values.push(texts.value(at));
                    values.len() as i32 - 1
                })
            })
            .collect();
        keys.extend(part.keys().iter().map(|key| key.map(|key| map[key as usize])));
    }
    let values: ArrayRef = Arc::new(StringArray::from(values));
    Arc::new(DictionaryArray::new(Int32Array::from(keys), values))
}

/// All rows of batches of one schema as one batch; dictionaries hold each value once.
pub(crate) fn concat(batches: &[RecordBatch]) -> Result<RecordBatch> {
    if let [only] = batches {
        return Ok(only.clone());
    }
    let schema = batches
        .first()
        .map(RecordBatch::schema)
        .ok_or_else(|| LakeError::Setting("no batch to join".into()))?;
    let columns = (0..schema.fields().len()).map(|at| {
        let parts: Vec<&dyn Array> = batches.iter().map(|batch| batch.column(at).as_ref()).collect();
        let coded: Option<Vec<_>> = parts.iter().map(|part| part.as_dictionary_opt::<Int32Type>()).collect();
        Ok(match coded {
            Some(coded) => join_dictionaries(&coded),
            None => arrow_select::concat::concat(&parts)?,
        })
    });
    let columns = columns.collect::<Result<Vec<_>>>()?;
    Ok(RecordBatch::try_new(schema, columns)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_dictionaries_hold_each_value_once() {
        let parts: [DictionaryArray<Int32Type>; 2] = [
            vec![Some("a"), None, Some("b")].into_iter().collect(),
            vec!["b", "c", "a"].into_iter().collect(),
        ];
        let joined = join_dictionaries(&[&parts[0], &parts[1]]);
        let joined = joined.as_dictionary::<Int32Type>();
        let text = Text::of(joined).expect("text");
        let rows: Vec<_> = (0..6).map(|row| text.get(row)).collect();
        assert_eq!(rows, [Some("a"), None, Some("b"), Some("b"), Some("c"), Some("a")]);
        assert_eq!(joined.values().len(), 3);
    }
}
