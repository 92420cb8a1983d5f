//! Numbers from bytes: fixed-point amounts, whole and measured numbers.

use super::{Sink, unreadable};
use crate::check::Check;
use arrow_buffer::NullBufferBuilder;

/// Greatest value that `Decimal128(16, _)` holds, exclusive.
const BOUND: i64 = 10_000_000_000_000_000;

const POWERS: [i64; 7] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/// What a text is as a fixed-point number.
#[derive(Clone, Copy)]
pub(super) enum Fixed {
    /// Exactly this.
    Exact(i64),
    /// More decimal places than the scale has: this, rounded half away from zero.
    Rounded(i64),
    /// Too large.
    Large,
    /// No number.
    Wrong,
}

/// Reads a decimal number as an integer of 10^-`scale`.
#[inline]
pub(super) fn fixed(cell: &[u8], scale: u32) -> Fixed {
    let (negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, cell),
    };
    let mut value: i64 = 0;
    let mut places: Option<u32> = None;
    let mut exact = true;
    let mut up = false;
    let mut seen = false;
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            seen = true;
            match &mut places {
                Some(count) if *count >= scale => {
                    up |= *count == scale && digit >= 5;
                    exact &= digit == 0;
                    *count += 1;
                    continue;
                }
                Some(count) => *count += 1,
                None => {}
            }
            if value >= BOUND {
                return Fixed::Large;
            }
            value = value * 10 + i64::from(digit);
        } else if byte == b'.' && places.is_none() {
            places = Some(0);
        } else {
            return Fixed::Wrong;
        }
    }
    if !seen {
        return Fixed::Wrong;
    }
    let Some(size) = value.checked_mul(POWERS[(scale - places.unwrap_or(0).min(scale)) as usize]) else {
        return Fixed::Large;
    };
    let size = size + i64::from(up);
    let value = if negative { -size } else { size };
    match (size < BOUND, exact) {
        (false, _) => Fixed::Large,
        (true, true) => Fixed::Exact(value),
        (true, false) => Fixed::Rounded(value),
    }
}

/// Adds fixed-point cells; places beyond the scale are rounded away with a fault.
pub(super) fn feed_fixed<'a>(
    cells: impl Iterator<Item = &'a [u8]>,
    scale: u32,
    values: &mut Vec<i128>,
    nulls: &mut NullBufferBuilder,
    sink: &mut Sink<'_>,
) {
    let fen = sink.form.money_in_fen && scale == 2;
    let read_scale = if fen { 0 } else { scale };
    for (row, cell) in cells.enumerate() {
        let value = match fixed(cell, read_scale) {
            Fixed::Exact(value) => Some(value),
            _ if cell.is_empty() => None,
            other => unusual(other, cell, read_scale, row, sink),
        };
        nulls.append(value.is_some());
        values.push(i128::from(value.unwrap_or_default()));
    }
}

/// What is rarely met: rounding, thousands separators, exponents of spreadsheets, and what is no number.
#[cold]
fn unusual(fixed_cell: Fixed, cell: &[u8], scale: u32, row: usize, sink: &mut Sink<'_>) -> Option<i64> {
    match fixed_cell {
        Fixed::Exact(value) => Some(value),
        Fixed::Rounded(value) => {
            sink.fault(row, Check::Decimals, cell);
            Some(value)
        }
        Fixed::Large => {
            sink.fault(row, Check::Range, cell);
            None
        }
        Fixed::Wrong if sink.form.thousands && cell.contains(&b',') => {
            let plain: Vec<u8> = cell.iter().copied().filter(|byte| *byte != b',').collect();
            unusual(fixed(&plain, scale), cell, scale, row, sink)
        }
        Fixed::Wrong => {
            sink.fault(row, unreadable(cell), cell);
            None
        }
    }
}

/// Reads a whole number; `1.0` is one too, as spreadsheets write it.
pub(super) fn whole(cell: &[u8]) -> Option<i32> {
    match fixed(cell, 0) {
        Fixed::Exact(value) => i32::try_from(value).ok(),
        _ => None,
    }
}

/// Reads a measured number.
pub(super) fn measured(cell: &[u8]) -> Option<f64> {
    std::str::from_utf8(cell).ok()?.parse().ok().filter(|value: &f64| value.is_finite())
}
