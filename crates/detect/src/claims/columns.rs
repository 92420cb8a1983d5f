//! Readers of Arrow columns as the pass wants them: numbers, days and texts, whatever encoding the batch holds them in.

use super::LoadError;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, RecordBatch, StringArray,
    cast::AsArray,
    types::{
        Date32Type, Decimal64Type, Decimal128Type, Float64Type, Int32Type, Int64Type,
        TimestampMicrosecondType,
    },
};
use arrow_schema::{DataType, TimeUnit};
use mingcha_model::Date;

/// The absent number in a column of integers.
pub const NULL: i64 = i64::MIN;
/// The absent day in a column of days.
pub const NO_DAY: i32 = i32::MIN;

/// Looks up columns of one batch of one table.
pub struct Reader<'a> {
    table: &'static str,
    batch: &'a RecordBatch,
}

/// A text column: plain or dictionary.
pub enum Texts<'a> {
    /// The column is not in the batch.
    Absent,
    /// One text a row.
    Plain(&'a StringArray),
    /// Codes into a dictionary.
    Coded(&'a DictionaryArray<Int32Type>, &'a StringArray),
}

impl<'a> Texts<'a> {
    /// The text of a row; `None` where it is null or the column absent.
    pub fn get(&self, row: usize) -> Option<&'a str> {
        match self {
            Self::Absent => None,
            Self::Plain(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::Coded(coded, values) => coded
                .is_valid(row)
                .then(|| coded.keys().value(row) as usize)
                .and_then(|code| values.is_valid(code).then(|| values.value(code))),
        }
    }
}

/// A column of days.
pub enum Days<'a> {
    /// The column is not in the batch.
    Absent,
    /// Days since 1970-01-01.
    Days(&'a arrow_array::Date32Array),
}

impl Days<'_> {
    /// The day of a row.
    pub fn get(&self, row: usize) -> Option<Date> {
        match self {
            Self::Absent => None,
            Self::Days(days) => days.is_valid(row).then(|| Date(days.value(row))),
        }
    }
}

/// A column of measured numbers.
pub enum Numbers<'a> {
    /// The column is not in the batch.
    Absent,
    /// Floating-point numbers.
    Numbers(&'a arrow_array::Float64Array),
}

impl Numbers<'_> {
    /// The number of a row.
    pub fn get(&self, row: usize) -> Option<f64> {
        match self {
            Self::Absent => None,
            Self::Numbers(numbers) => numbers.is_valid(row).then(|| numbers.value(row)),
        }
    }
}

impl<'a> Reader<'a> {
    /// A reader of `batch`, whose rows belong to `table`.
    pub fn new(table: &'static str, batch: &'a RecordBatch) -> Self {
        Self { table, batch }
    }

    fn column(&self, name: &str) -> Option<&'a ArrayRef> {
        self.batch.column_by_name(name)
    }

    fn wrong(&self, column: &str, found: &DataType) -> LoadError {
        LoadError::Type { table: self.table, column: column.to_owned(), found: found.to_string() }
    }

    /// A text column.
    pub fn texts(&self, name: &str) -> Result<Texts<'a>, LoadError> {
        let Some(column) = self.column(name) else { return Ok(Texts::Absent) };
        if let Some(plain) = column.as_string_opt::<i32>() {
            return Ok(Texts::Plain(plain));
        }
        let coded =
            column.as_dictionary_opt::<Int32Type>().ok_or_else(|| self.wrong(name, column.data_type()))?;
        let values =
            coded.values().as_string_opt::<i32>().ok_or_else(|| self.wrong(name, column.data_type()))?;
        Ok(Texts::Coded(coded, values))
    }

    /// A column of days.
    pub fn days(&self, name: &str) -> Result<Days<'a>, LoadError> {
        let Some(column) = self.column(name) else { return Ok(Days::Absent) };
        let days =
            column.as_primitive_opt::<Date32Type>().ok_or_else(|| self.wrong(name, column.data_type()))?;
        Ok(Days::Days(days))
    }

    /// A column of measured numbers.
    pub fn numbers(&self, name: &str) -> Result<Numbers<'a>, LoadError> {
        let Some(column) = self.column(name) else { return Ok(Numbers::Absent) };
        let numbers =
            column.as_primitive_opt::<Float64Type>().ok_or_else(|| self.wrong(name, column.data_type()))?;
        Ok(Numbers::Numbers(numbers))
    }

    /// Appends an integer column: decimals as their unscaled integer, times as seconds, days as days, [`NULL`] where absent.
    pub fn push_integers(&self, name: &str, out: &mut Vec<i64>) -> Result<(), LoadError> {
        let rows = self.batch.num_rows();
        let Some(column) = self.column(name) else {
            out.resize(out.len() + rows, NULL);
            return Ok(());
        };
        let start = out.len();
        match column.data_type() {
            DataType::Decimal128(..) => {
                out.extend(
                    column.as_primitive::<Decimal128Type>().values().iter().map(|&value| value as i64),
                );
            }
            DataType::Timestamp(TimeUnit::Microsecond, None) => {
                let times = column.as_primitive::<TimestampMicrosecondType>().values();
                out.extend(times.iter().map(|&time| time.div_euclid(1_000_000)));
            }
            DataType::Decimal64(..) => {
                out.extend_from_slice(column.as_primitive::<Decimal64Type>().values());
            }
            DataType::Int64 => out.extend_from_slice(column.as_primitive::<Int64Type>().values()),
            DataType::Int32 => {
                out.extend(column.as_primitive::<Int32Type>().values().iter().map(|&value| i64::from(value)));
            }
            DataType::Date32 => {
                out.extend(
                    column.as_primitive::<Date32Type>().values().iter().map(|&value| i64::from(value)),
                );
            }
            other => return Err(self.wrong(name, other)),
        }
        patch_nulls(column, &mut out[start..], NULL);
        Ok(())
    }

    /// Appends a column of days, [`NO_DAY`] where absent.
    pub fn push_days(&self, name: &str, out: &mut Vec<i32>) -> Result<(), LoadError> {
        let days = self.days(name)?;
        out.extend((0..self.batch.num_rows()).map(|row| days.get(row).map_or(NO_DAY, |day| day.0)));
        Ok(())
    }

    /// Appends one value a row computed once a distinct text: `of` is called for each dictionary value in use, not for each row.
    pub fn push_mapped<T: Copy>(
        &self,
        name: &str,
        none: T,
        mut of: impl FnMut(&str) -> T,
        out: &mut Vec<T>,
    ) -> Result<(), LoadError> {
        let rows = self.batch.num_rows();
        match self.texts(name)? {
            Texts::Absent => out.resize(out.len() + rows, none),
            Texts::Plain(texts) => {
                // Neighbours are often equal: a sorted bucket repeats its person, its stay and its institution.
                let mut last: Option<(&str, T)> = None;
                out.extend((0..rows).map(|row| {
                    if texts.is_null(row) {
                        return none;
                    }
                    let text = texts.value(row);
                    match last {
                        Some((known, value)) if known == text => value,
                        _ => {
                            let value = of(text);
                            last = Some((text, value));
                            value
                        }
                    }
                }));
            }
            Texts::Coded(coded, values) => {
                let by_code: Vec<T> = (0..values.len())
                    .map(|code| if values.is_valid(code) { of(values.value(code)) } else { none })
                    .collect();
                let (keys, start) = (coded.keys(), out.len());
                // A null's code says nothing, and may even be none of the dictionary's.
                let of = |&code: &i32| by_code.get(code as usize).copied().unwrap_or(none);
                out.extend(keys.values().iter().map(of));
                patch_nulls(keys, &mut out[start..], none);
            }
        }
        Ok(())
    }
}

/// Puts `none` where the column is null.
fn patch_nulls<T: Copy>(column: &dyn Array, written: &mut [T], none: T) {
    let Some(nulls) = column.nulls().filter(|nulls| nulls.null_count() > 0) else { return };
    if nulls.null_count() == written.len() {
        written.fill(none);
        return;
    }
    for (slot, valid) in written.iter_mut().zip(nulls.iter()) {
        if !valid {
            *slot = none;
        }
    }
}
