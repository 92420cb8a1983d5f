//! Reading columns of a batch by name, whether texts are dictionaries or plain.

use arrow_array::{
    Array, Int32Array, RecordBatch, StringArray,
    cast::AsArray,
    types::{Decimal128Type, Int32Type, TimestampMicrosecondType},
};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// A text column.
#[derive(Clone, Copy)]
pub(crate) enum Texts<'a> {
    Dict(&'a Int32Array, &'a StringArray),
    Plain(&'a StringArray),
}

impl<'a> Texts<'a> {
    /// The column of that name, where there is one and it holds text.
    pub(crate) fn of(batch: &'a RecordBatch, name: &str) -> Option<Self> {
        let array = batch.column_by_name(name)?;
        if let Some(dictionary) = array.as_dictionary_opt::<Int32Type>() {
            return Some(Self::Dict(dictionary.keys(), dictionary.values().as_string_opt::<i32>()?));
        }
        array.as_string_opt::<i32>().map(Self::Plain)
    }

    /// The text of a row.
    #[inline]
    pub(crate) fn get(self, row: usize) -> Option<&'a str> {
        match self {
            Self::Dict(keys, values) => keys.is_valid(row).then(|| values.value(keys.value(row) as usize)),
            Self::Plain(texts) => texts.is_valid(row).then(|| texts.value(row)),
        }
    }
}

/// Hundredths, by row; missing where the column is or the value is.
pub(crate) struct Fens<'a>(Option<&'a arrow_array::Decimal128Array>);

impl<'a> Fens<'a> {
    pub(crate) fn of(batch: &'a RecordBatch, name: &str) -> Self {
        Self(batch.column_by_name(name).and_then(|array| array.as_primitive_opt::<Decimal128Type>()))
    }

    pub(crate) fn get(&self, row: usize) -> Option<i64> {
        self.0.filter(|values| values.is_valid(row)).map(|values| values.value(row) as i64)
    }
}

/// Seconds since 1970, by row.
pub(crate) struct Seconds<'a>(Option<&'a arrow_array::TimestampMicrosecondArray>);

impl<'a> Seconds<'a> {
    pub(crate) fn of(batch: &'a RecordBatch, name: &str) -> Self {
        Self(
            batch.column_by_name(name).and_then(|array| array.as_primitive_opt::<TimestampMicrosecondType>()),
        )
    }

    pub(crate) fn get(&self, row: usize) -> Option<i64> {
        self.0.filter(|values| values.is_valid(row)).map(|values| values.value(row).div_euclid(1_000_000))
    }
}

/// A hash of some columns for each row.
pub(crate) fn hashes(batch: &RecordBatch, columns: &[&str]) -> Vec<u64> {
    let mut hashers = vec![FxHasher::default(); batch.num_rows()];
    for name in columns {
        if let Some(texts) = Texts::of(batch, name) {
            hashers.iter_mut().enumerate().for_each(|(row, hasher)| texts.get(row).hash(hasher));
        } else if let Some(array) = batch.column_by_name(name) {
            for (row, hasher) in hashers.iter_mut().enumerate() {
                crate::quarantine::cell_text(array, row).hash(hasher);
            }
        }
    }
    hashers.into_iter().map(|hasher| hasher.finish()).collect()
}

/// Whether two rows say the same in some columns.
pub(crate) fn same(batch: &RecordBatch, columns: &[&str], one: usize, other: usize) -> bool {
    columns.iter().all(|name| {
        batch.column_by_name(name).is_none_or(|array| {
            crate::quarantine::cell_text(array, one) == crate::quarantine::cell_text(array, other)
        })
    })
}
