//! Reading columns of a batch by name, whether texts are dictionaries or plain.

use arrow_array::{
    Array, Int32Array, RecordBatch, StringArray,
    cast::AsArray,
    types::{Decimal128Type, Int32Type, TimestampMicrosecondType},
};
use mingcha_model::key::hash64;

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

/// What a question says of each row's text, asked once for each value of a dictionary.
pub(crate) struct Answers<'a, T> {
    texts: Texts<'a>,
    /// By code, or by row where texts are plain.
    answers: Vec<T>,
}

impl<'a, T: Copy + Default> Answers<'a, T> {
    pub(crate) fn of(texts: Texts<'a>, mut ask: impl FnMut(&'a str) -> T) -> Self {
        let answers = match texts {
            Texts::Dict(_, values) => (0..values.len()).map(|code| ask(values.value(code))).collect(),
            Texts::Plain(texts) => texts.iter().map(|text| text.map_or(T::default(), &mut ask)).collect(),
        };
        Self { texts, answers }
    }

    /// All answers, of values that no row has too.
    pub(crate) fn all(&self) -> &[T] {
        &self.answers
    }

    /// The answer to a row's text, where it has one.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<T> {
        match self.texts {
            Texts::Dict(keys, _) => keys.is_valid(row).then(|| self.answers[keys.value(row) as usize]),
            Texts::Plain(texts) => texts.is_valid(row).then(|| self.answers[row]),
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

    /// Whether there is such a column.
    pub(crate) fn is_there(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn get(&self, row: usize) -> Option<i64> {
        self.0.filter(|values| values.is_valid(row)).map(|values| values.value(row).div_euclid(1_000_000))
    }
}

/// A hash of some columns for each row.
pub(crate) fn hashes(batch: &RecordBatch, columns: &[&str]) -> Vec<u64> {
    let mut hashes = vec![0_u64; batch.num_rows()];
    let fold = |state: &mut u64, hash: u64| {
        *state = state.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ hash;
    };
    for name in columns {
        if let Some(texts) = Texts::of(batch, name) {
            let texts = Answers::of(texts, |text| hash64(&[text.as_bytes()]));
            (0..).zip(&mut hashes).for_each(|(row, state)| fold(state, texts.get(row).unwrap_or(1)));
        } else if let Some(array) = batch.column_by_name(name) {
            for (row, state) in hashes.iter_mut().enumerate() {
                let text = crate::quarantine::cell_text(array, row);
                fold(state, text.map_or(1, |text| hash64(&[text.as_bytes()])));
            }
        }
    }
    hashes
}

/// Calls back for each row whose hash an earlier row has, with the last such row.
pub(crate) fn repeated(hashes: &[u64], mut each: impl FnMut(usize, usize)) {
    let size = (hashes.len() * 2).next_power_of_two();
    // The row met last by slot: one table of small numbers stays in the cache where a map of hashes would not.
    let mut slots = vec![u32::MAX; size];
    for (row, hash) in hashes.iter().enumerate() {
        let mut slot = *hash as usize & (size - 1);
        while slots[slot] != u32::MAX && hashes[slots[slot] as usize] != *hash {
            slot = (slot + 1) & (size - 1);
        }
        if slots[slot] != u32::MAX {
            each(slots[slot] as usize, row);
        }
        slots[slot] = row as u32;
    }
}

/// Whether two rows say the same in some columns.
pub(crate) fn same(batch: &RecordBatch, columns: &[&str], one: usize, other: usize) -> bool {
    columns.iter().all(|name| {
        batch.column_by_name(name).is_none_or(|array| {
            crate::quarantine::cell_text(array, one) == crate::quarantine::cell_text(array, other)
        })
    })
}
