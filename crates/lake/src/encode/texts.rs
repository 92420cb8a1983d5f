//! Texts: a row group's own dictionary out of codes that are known already, or lengths and bytes where each text is its own.

use super::{hybrid::varint, pages::Bounds};
use arrow_array::{Array, Int32Array, StringArray};

/// Codes of a row group by code of the whole column, remembered by generation so that nothing is cleared between groups.
#[derive(Default)]
pub(super) struct Local {
    slots: Vec<(u32, u32)>,
    generation: u32,
    /// The column's codes by local code.
    pub(super) codes: Vec<u32>,
}

impl Local {
    /// The local codes of the rows that have a text; appends the dictionary's texts to `dictionary`.
    pub(super) fn encode(
        &mut self,
        keys: &Int32Array,
        texts: &StringArray,
        dictionary: &mut Vec<u8>,
    ) -> Vec<u32> {
        if self.slots.len() < texts.len() {
            self.slots.resize(texts.len(), (0, 0));
        }
        self.generation += 1;
        self.codes.clear();
        let mut before = (-1, 0);
        let mut local = |key: i32| {
            // Rows of one visit stand together and share most of their texts.
            if key == before.0 {
                return before.1;
            }
            let slot = &mut self.slots[key as usize];
            if slot.0 != self.generation {
                *slot = (self.generation, self.codes.len() as u32);
                self.codes.push(key as u32);
                let text = texts.value(key as usize).as_bytes();
                dictionary.extend_from_slice(&(text.len() as u32).to_le_bytes());
                dictionary.extend_from_slice(text);
            }
            before = (key, slot.1);
            slot.1
        };
        match keys.nulls().filter(|nulls| nulls.null_count() > 0) {
            None => keys.values().iter().map(|key| local(*key)).collect(),
            Some(nulls) => nulls.valid_indices().map(|row| local(keys.values()[row])).collect(),
        }
    }

    /// The least and greatest text of some local codes.
    pub(super) fn bounds(&self, codes: &[u32], texts: &StringArray) -> Option<Bounds> {
        // A person's rows stand together, so most texts are those of the row before.
        let changes = codes.chunk_by(|one, two| one == two).map(|run| self.codes[run[0] as usize] as usize);
        bounds(changes.map(|code| texts.value(code)))
    }
}

/// The least and greatest of texts.
pub(super) fn bounds<'a>(mut texts: impl Iterator<Item = &'a str>) -> Option<Bounds> {
    let first = texts.next()?;
    let (least, most) = texts.fold((first, first), |(least, most), text| (least.min(text), most.max(text)));
    Some(Bounds::Text(least.into(), most.into()))
}

/// Values of a block and of a part of it whose width is its own, as the format's other writers have them.
const BLOCK: usize = 128;
const PART: usize = 32;

/// Appends texts as `DELTA_LENGTH_BYTE_ARRAY`: the lengths packed as differences, then all bytes.
pub(super) fn plain<'a>(texts: impl Iterator<Item = &'a str> + Clone, out: &mut Vec<u8>) {
    let lengths: Vec<i64> = texts.clone().map(|text| text.len() as i64).collect();
    delta(&lengths, out);
    texts.for_each(|text| out.extend_from_slice(text.as_bytes()));
}

fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63) as u64
}

/// Appends numbers as `DELTA_BINARY_PACKED`.
fn delta(values: &[i64], out: &mut Vec<u8>) {
    [
        BLOCK as u64,
        (BLOCK / PART) as u64,
        values.len() as u64,
        zigzag(values.first().copied().unwrap_or_default()),
    ]
    .into_iter()
    .for_each(|number| varint(number, out));
    let differences: Vec<i64> = values.windows(2).map(|two| two[1] - two[0]).collect();
    for block in differences.chunks(BLOCK) {
        let least = block.iter().copied().min().unwrap_or_default();
        varint(zigzag(least), out);
        let widths = out.len();
        out.extend_from_slice(&[0; BLOCK / PART]);
        for (at, part) in block.chunks(PART).enumerate() {
            let above: Vec<u32> = part.iter().map(|value| (value - least) as u32).collect();
            let bits = above.iter().max().map_or(0, |most| u32::BITS - most.leading_zeros());
            out[widths + at] = bits as u8;
            super::hybrid::bits(&above, PART, bits, out);
        }
    }
}
