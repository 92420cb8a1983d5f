//! Codes for the texts of one bucket: a hash table over bytes that lie in one buffer, which becomes the dictionary as it is.

use crate::Result;
use arrow_array::StringArray;
use arrow_buffer::{OffsetBuffer, ScalarBuffer};
use mingcha_model::key::hash64;

/// A dictionary in the making.
pub(crate) struct Coder {
    bytes: Vec<u8>,
    ends: Vec<i32>,
    hashes: Vec<u32>,
    /// Code + 1 for each slot, 0 where the slot is free; the length is a power of two.
    slots: Vec<u32>,
    last: i32,
}

impl Default for Coder {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: vec![0], hashes: Vec::new(), slots: vec![0; 64], last: -1 }
    }
}

impl Coder {
    /// The code of a text, from 0 in the order in which texts are met.
    pub(crate) fn code(&mut self, text: &[u8]) -> i32 {
        // Rows of one visit stand together in most extracts, so the text before is often the text now.
        if self.last < 0 || self.text(self.last as u32) != text {
            self.last = self.find(text);
        }
        self.last
    }

    fn text(&self, code: u32) -> &[u8] {
        let code = code as usize;
        &self.bytes[self.ends[code] as usize..self.ends[code + 1] as usize]
    }

    fn find(&mut self, text: &[u8]) -> i32 {
        let hash = hash64(&[text]) as u32;
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                0 => return self.insert(text, hash, slot),
                taken if self.hashes[taken as usize - 1] == hash && self.text(taken - 1) == text => {
                    return taken as i32 - 1;
                }
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn insert(&mut self, text: &[u8], hash: u32, slot: usize) -> i32 {
        self.bytes.extend_from_slice(text);
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
        for (code, hash) in self.hashes.iter().enumerate() {
            let mut slot = *hash as usize & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = code as u32 + 1;
        }
    }

    /// The texts by code.
    pub(crate) fn texts(self) -> Result<StringArray> {
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        Ok(StringArray::try_new(offsets, self.bytes.into(), None)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_text_has_one_code_and_each_code_its_text(texts in prop::collection::vec("[a-c]{0,4}", 0..300)) {
            let mut coder = Coder::default();
            let codes: Vec<i32> = texts.iter().map(|text| coder.code(text.as_bytes())).collect();
            let values = coder.texts().expect("texts");
            for (code, text) in codes.iter().zip(&texts) {
                prop_assert_eq!(values.value(*code as usize), text);
            }
            let distinct: std::collections::BTreeSet<&String> = texts.iter().collect();
            prop_assert_eq!(values.iter().count(), distinct.len());
        }
    }
}
