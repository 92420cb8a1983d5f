//! Text columns as dictionaries: a hash table over bytes that lie in one buffer.

use arrow_array::{DictionaryArray, Int32Array, StringArray, types::Int32Type};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::ArrowError;
use std::sync::Arc;

/// A dictionary in the making. An empty text is a missing value.
pub(crate) struct Dict {
    keys: Vec<i32>,
    nulls: NullBufferBuilder,
    bytes: Vec<u8>,
    ends: Vec<i32>,
    hashes: Vec<u32>,
    /// Key + 1 for each slot, 0 where the slot is free; the length is a power of two.
    slots: Vec<u32>,
    last: i32,
}

impl Default for Dict {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            nulls: NullBufferBuilder::new(0),
            bytes: Vec::new(),
            ends: vec![0],
            hashes: Vec::new(),
            slots: vec![0; 64],
            last: -1,
        }
    }
}

impl Dict {
    /// Adds a value.
    #[inline]
    pub(crate) fn push(&mut self, cell: &[u8]) {
        if cell.is_empty() {
            self.keys.push(0);
            self.nulls.append_null();
            return;
        }
        // Lines of one encounter stand together, so the value is often that of the line before.
        if self.last < 0 || self.value(self.last) != cell {
            self.last = self.key(cell);
        }
        self.keys.push(self.last);
        self.nulls.append_non_null();
    }

    #[inline]
    fn value(&self, key: i32) -> &[u8] {
        let key = key as usize;
        &self.bytes[self.ends[key] as usize..self.ends[key + 1] as usize]
    }

    fn key(&mut self, cell: &[u8]) -> i32 {
        let hash = hash(cell);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                0 => return self.insert(cell, hash, slot),
                taken => {
                    let key = taken as i32 - 1;
                    if self.hashes[key as usize] == hash && self.value(key) == cell {
                        return key;
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    fn insert(&mut self, cell: &[u8], hash: u32, slot: usize) -> i32 {
        self.bytes.extend_from_slice(cell);
        self.ends.push(self.bytes.len() as i32);
        self.hashes.push(hash);
        self.slots[slot] = self.hashes.len() as u32;
        if self.hashes.len() * 2 > self.slots.len() {
            self.grow();
        }
        self.hashes.len() as i32 - 1
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        self.slots.clear();
        self.slots.resize(size, 0);
        for (key, hash) in self.hashes.iter().enumerate() {
            let mut slot = *hash as usize & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = key as u32 + 1;
        }
    }

    /// The array of what was added; the dictionary is empty afterwards.
    pub(crate) fn finish(&mut self) -> Result<DictionaryArray<Int32Type>, ArrowError> {
        let done = std::mem::take(self);
        let Self { keys, mut nulls, bytes, ends, .. } = done;
        let offsets = OffsetBuffer::new(ScalarBuffer::from(ends));
        let values = StringArray::try_new(offsets, bytes.into(), None)?;
        let keys = Int32Array::try_new(keys.into(), nulls.finish())?;
        DictionaryArray::try_new(keys, Arc::new(values))
    }
}

/// A quick hash of short texts (multiply and fold); not for untrusted keys that must not collide, so probing is all it costs.
#[inline]
fn hash(bytes: &[u8]) -> u32 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let word =
        |at: usize| bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes);
    let half =
        |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
    let mix = |state: u64, word: u64| {
        let wide = u128::from(state ^ word) * u128::from(K);
        (wide as u64) ^ ((wide >> 64) as u64)
    };
    let length = bytes.len();
    let mut state = (length as u64).wrapping_mul(K) ^ 0x2545_f491_4f6c_dd1d;
    if length >= 8 {
        let mut at = 0;
        while at + 8 < length {
            state = mix(state, word(at));
            at += 8;
        }
        state = mix(state, word(length - 8));
    } else if length >= 4 {
        state = mix(state, u64::from(half(0)) << 32 | u64::from(half(length - 4)));
    } else {
        let short = bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        state = mix(state, short);
    }
    (state ^ (state >> 29)) as u32
}
