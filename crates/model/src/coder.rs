//! Codes for texts that repeat: a hash table over bytes that lie in one buffer, which becomes a column's dictionary as it is.

/// A dictionary in the making: texts get codes from 0, in the order in which they are met.
#[derive(Clone, Debug)]
pub struct Coder {
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
    /// The code of a text.
    #[inline]
    pub fn code(&mut self, text: &[u8]) -> i32 {
        // Lines of one visit stand together in most extracts, so the text is often the one before.
        if self.last < 0 || self.text(self.last) != text {
            self.last = self.find(text);
        }
        self.last
    }

    /// The texts one after the other, and where they end: 0 first, then the end of the text of each code.
    pub fn into_parts(self) -> (Vec<u8>, Vec<i32>) {
        (self.bytes, self.ends)
    }

    #[inline]
    fn text(&self, code: i32) -> &[u8] {
        let code = code as usize;
        &self.bytes[self.ends[code] as usize..self.ends[code + 1] as usize]
    }

    #[inline]
    fn find(&mut self, text: &[u8]) -> i32 {
        let hash = hash(text);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                0 => return self.insert(text, hash, slot),
                taken => {
                    let code = taken as i32 - 1;
                    if self.hashes[code as usize] == hash && self.text(code) == text {
                        return code;
                    }
                }
            }
            slot = (slot + 1) & mask;
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
}

/// A quick hash of short texts (multiply and fold) that is stored nowhere. Whoever makes texts collide on purpose gains slow probing, no
/// wrong code.
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Holds the table against an ordered map.
    fn check(texts: &[String]) {
        let (mut coder, mut known) = (Coder::default(), BTreeMap::new());
        for text in texts {
            let next = known.len() as i32;
            assert_eq!(coder.code(text.as_bytes()), *known.entry(text.clone()).or_insert(next), "{text}");
        }
        let (bytes, ends) = coder.into_parts();
        assert_eq!(ends.len(), known.len() + 1);
        for (text, code) in known {
            let code = code as usize;
            assert_eq!(&bytes[ends[code] as usize..ends[code + 1] as usize], text.as_bytes());
        }
    }

    #[test]
    fn each_text_has_one_code_and_each_code_its_text() {
        let lengths = (0..40).map(|length| "药ab12345".chars().cycle().take(length).collect());
        check(&lengths.collect::<Vec<String>>());
        let rounds = (0..30_000_u64).map(|row| format!("{:x}", row * row % 7_919));
        check(&rounds.collect::<Vec<String>>());
    }

    #[test]
    fn the_same_text_again_and_again_is_one_code() {
        let mut coder = Coder::default();
        assert_eq!([b"a", b"a", b"b", b"b", b"a"].map(|text| coder.code(text)), [0, 0, 1, 1, 0]);
        assert_eq!(coder.into_parts(), (b"ab".to_vec(), vec![0, 1, 2]));
    }
}
