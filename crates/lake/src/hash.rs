//! The one hash that the lake stores and buckets by. It never changes: buckets and key columns on disk depend on it.

/// Odd constant of the mixing step (the 64-bit golden ratio).
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
/// Starting value (the FNV-1a offset basis).
const BASIS: u64 = 0xCBF2_9CE4_8422_2325;

/// 64-bit hash of texts in order.
///
/// Each part is taken eight bytes at a time, little-endian, the last word padded with zeros, and closed with its length, so
/// that `("ab", "c")` and `("a", "bc")` differ. A word is folded in by xor, multiplication and rotation; the end is the
/// finaliser of MurmurHash3. Golden values in the tests below hold it still.
pub fn hash64(parts: &[&[u8]]) -> u64 {
    let mut state = BASIS;
    let mut fold = |word: u64| state = (state ^ word).wrapping_mul(MULTIPLIER).rotate_left(29);
    for part in parts {
        let (words, tail) = part.as_chunks::<8>();
        words.iter().for_each(|word| fold(u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        fold(u64::from_le_bytes(last));
        fold(part.len() as u64);
    }
    finish(state)
}

fn finish(mut state: u64) -> u64 {
    state = (state ^ (state >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    state = (state ^ (state >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    state ^ (state >> 33)
}

/// The bucket of a person (or of another leading key) among `buckets`, a power of two.
///
/// The low bits decide, so that bucket `b` of `n` splits into exactly `b` and `b + n` of `2n`.
pub fn bucket_of(text: &str, buckets: u32) -> u32 {
    debug_assert!(buckets.is_power_of_two());
    (hash64(&[text.as_bytes()]) & u64::from(buckets - 1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_on_disk_never_changes() {
        assert_eq!(hash64(&[b""]), 0x0301_42F8_171A_13B3);
        assert_eq!(hash64(&[b"9900000001"]), 0x2BD3_0DC2_FE0A_77D4);
        assert_eq!(hash64(&[b"H99000000001", b"F000000000000000001"]), 0x70D3_FB86_0161_24EA);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(hash64(&[b"ab", b"c"]), hash64(&[b"a", b"bc"]));
        assert_ne!(hash64(&[b"a\0"]), hash64(&[b"a"]));
    }

    #[test]
    fn a_bucket_splits_into_two_children() {
        for n in 0..1000 {
            let person = format!("99{n:08}");
            let (before, after) = (bucket_of(&person, 16), bucket_of(&person, 32));
            assert!(after == before || after == before + 16);
        }
    }
}
