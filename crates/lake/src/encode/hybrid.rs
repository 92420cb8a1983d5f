//! The run-length and bit-packed hybrid of Parquet, for codes and definition levels.

use arrow_buffer::NullBuffer;

/// Values that are packed together.
const GROUP: usize = 8;

/// An unsigned number of seven bits a byte.
pub(super) fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Bits that hold every code below `count`.
pub(super) fn width(count: usize) -> u32 {
    count.saturating_sub(1).checked_ilog2().map_or(0, |bits| bits + 1)
}

/// Appends the values, each of which fits into `width` bits: runs of at least eight as runs, the rest packed.
pub(super) fn encode(values: &[u32], width: u32, out: &mut Vec<u8>) {
    let (mut packed, mut at) = (0, 0);
    while at < values.len() {
        let end = (at + GROUP).min(values.len());
        let first = values[at];
        if end - at < GROUP || values[at..end].iter().any(|value| *value != first) {
            at = end;
            continue;
        }
        let more = values[end..].iter().position(|value| *value != first).unwrap_or(values.len() - end);
        pack(&values[packed..at], width, out);
        repeat(end - at + more, first, width, out);
        at = end + more;
        packed = at;
    }
    pack(&values[packed..], width, out);
}

fn repeat(count: usize, value: u32, width: u32, out: &mut Vec<u8>) {
    varint((count as u64) << 1, out);
    out.extend_from_slice(&value.to_le_bytes()[..width.div_ceil(8) as usize]);
}

fn pack(values: &[u32], width: u32, out: &mut Vec<u8>) {
    if values.is_empty() {
        return;
    }
    let groups = values.len().div_ceil(GROUP);
    varint((groups as u64) << 1 | 1, out);
    bits(values, groups * GROUP, width, out);
}

/// Appends values of `width` bits each, and zeros as if there were `count` of them.
pub(super) fn bits(values: &[u32], count: usize, width: u32, out: &mut Vec<u8>) {
    let end = out.len() + count * width as usize / 8;
    let (mut word, mut held) = (0_u64, 0);
    for value in values {
        word |= u64::from(*value) << held;
        held += width;
        if held >= 32 {
            out.extend_from_slice(&(word as u32).to_le_bytes());
            word >>= 32;
            held -= 32;
        }
    }
    out.extend_from_slice(&word.to_le_bytes()[..held.div_ceil(8) as usize]);
    out.resize(end, 0);
}

/// Appends the definition levels of some rows, their length in front; gives how many rows have a value.
pub(super) fn levels(nulls: Option<&NullBuffer>, from: usize, rows: usize, out: &mut Vec<u8>) -> usize {
    let here = nulls.map(|nulls| nulls.slice(from, rows));
    let valid = rows - here.as_ref().map_or(0, NullBuffer::null_count);
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    match here {
        Some(here) if valid > 0 && valid < rows => {
            let groups = rows.div_ceil(GROUP);
            varint((groups as u64) << 1 | 1, out);
            out.extend_from_slice(&here.inner().sliced().as_slice()[..groups]);
        }
        _ => repeat(rows, u32::from(valid > 0), 1, out),
    }
    let length = (out.len() - start - 4) as u32;
    out[start..start + 4].copy_from_slice(&length.to_le_bytes());
    valid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_needs_as_many_bits_as_its_greatest() {
        let widths = [1, 2, 3, 4, 5, 256, 257].map(width);
        assert_eq!(widths, [0, 1, 2, 2, 3, 8, 9]);
    }

    #[test]
    fn runs_are_runs_and_the_rest_is_packed() {
        let mut out = Vec::new();
        // The example of the format's specification: 0 to 7 in three bits.
        encode(&[0, 1, 2, 3, 4, 5, 6, 7], 3, &mut out);
        assert_eq!(out, [0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010]);
        out.clear();
        encode(&[9; 300], 4, &mut out);
        assert_eq!(out, [0xD8, 0x04, 9]);
    }
}
