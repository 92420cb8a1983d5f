//! Numbers as Parquet words: a dictionary where values repeat, plain where they do not.

use super::pages::Bounds;
use arrow_array::{
    Array, PrimitiveArray,
    cast::AsArray,
    types::{
        ArrowPrimitiveType, Date32Type, Decimal128Type, Float64Type, Int32Type, Int64Type,
        TimestampMicrosecondType,
    },
};
use arrow_schema::DataType;
use parquet::errors::{ParquetError, Result};

/// Values looked at before a dictionary is given up.
const SAMPLE: usize = 2_048;

/// The values of a column without its nulls, as the bits that Parquet stores.
pub(super) struct Words {
    pub(super) values: Vec<u64>,
    /// Bytes of a value: 4 or 8.
    pub(super) bytes: usize,
    signed: bool,
}

impl Words {
    pub(super) fn of(array: &dyn Array) -> Result<Self> {
        let (values, bytes) = match array.data_type() {
            DataType::Date32 => (each::<Date32Type>(array, |value| u64::from(value as u32)), 4),
            DataType::Int32 => (each::<Int32Type>(array, |value| u64::from(value as u32)), 4),
            DataType::Int64 => (each::<Int64Type>(array, |value| value as u64), 8),
            DataType::Timestamp(..) => (each::<TimestampMicrosecondType>(array, |value| value as u64), 8),
            DataType::Float64 => (each::<Float64Type>(array, f64::to_bits), 8),
            DataType::Decimal128(10..=18, _) => (each::<Decimal128Type>(array, |value| value as u64), 8),
            other => return Err(ParquetError::NYI(format!("{other} as a column of the lake"))),
        };
        let signed = !matches!(array.data_type(), DataType::Float64);
        Ok(Self { values, bytes, signed })
    }

    /// Appends values as they are.
    pub(super) fn plain(&self, values: &[u64], out: &mut Vec<u8>) {
        match self.bytes {
            4 => out.extend(values.iter().flat_map(|value| (*value as u32).to_le_bytes())),
            _ => out.extend(values.iter().flat_map(|value| value.to_le_bytes())),
        }
    }

    pub(super) fn bounds(&self, values: &[u64]) -> Option<Bounds> {
        if self.bytes == 4 {
            let each = || values.iter().map(|value| *value as i32);
            return Some(Bounds::Int(each().min()?, each().max()?));
        }
        let each = || values.iter().map(|value| *value as i64);
        self.signed.then_some(())?;
        Some(Bounds::Long(each().min()?, each().max()?))
    }
}

fn each<T: ArrowPrimitiveType>(array: &dyn Array, of: impl Fn(T::Native) -> u64) -> Vec<u64> {
    let array: &PrimitiveArray<T> = array.as_primitive();
    match array.nulls().filter(|nulls| nulls.null_count() > 0) {
        None => array.values().iter().map(|value| of(*value)).collect(),
        Some(nulls) => nulls.valid_indices().map(|row| of(array.values()[row])).collect(),
    }
}

/// Distinct values by code.
#[derive(Default)]
pub(super) struct Distinct {
    /// The values in the order in which they were met.
    pub(super) values: Vec<u64>,
    /// Code + 1 by slot, 0 where the slot is free.
    slots: Vec<u32>,
}

impl Distinct {
    /// The codes of the values; `None` where too few repeat for a dictionary to be smaller.
    pub(super) fn codes(&mut self, values: &[u64]) -> Option<Vec<u32>> {
        let most = values.len() / 2;
        let size = (most * 2).next_power_of_two().max(16);
        self.values.clear();
        self.slots.clear();
        self.slots.resize(size, 0);
        let shift = 64 - size.trailing_zeros();
        let mut codes = Vec::with_capacity(values.len());
        let (mut before, mut code) = (0, u32::MAX);
        for value in values {
            if *value != before || code == u32::MAX {
                before = *value;
                code = self.code(*value, shift);
                let met = self.values.len();
                if met > most || codes.len() == SAMPLE && met > SAMPLE * 3 / 4 {
                    return None;
                }
            }
            codes.push(code);
        }
        Some(codes)
    }

    fn code(&mut self, value: u64, shift: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut slot = (value.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) as usize;
        loop {
            match self.slots[slot] {
                0 => {
                    self.values.push(value);
                    self.slots[slot] = self.values.len() as u32;
                    return self.values.len() as u32 - 1;
                }
                code if self.values[code as usize - 1] == value => return code - 1,
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}
