//! Stable 64-bit hashes: of a person, which chooses the bucket, and of a row's key, which ties a refund to what it reverses.
//!
//! They are part of the lake's format: whoever changes them raises the form of its manifest. The words are folded by the 128-bit product
//! (as wyhash does), because serial numbers differ in a few digits only: a product cut to 64 bits carries differences upwards alone, and
//! one in 70 keys of a real-sized year then met another.

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
const ONE: u64 = 0xA076_1D64_78BD_642F;
const TWO: u64 = 0xE703_7ED1_A0B4_28DB;
const LENGTH: u64 = 0x8EBC_6AF0_9C88_C6E3;

#[inline]
fn fold(one: u64, two: u64) -> u64 {
    let wide = u128::from(one) * u128::from(two);
    wide as u64 ^ (wide >> 64) as u64
}

/// Folds a part in, its length first, so that `("ab", "c")` and `("a", "bc")` differ.
#[inline]
fn part(state: u64, bytes: &[u8]) -> u64 {
    let mut state = state ^ (bytes.len() as u64).wrapping_mul(LENGTH);
    let (pairs, tail) = bytes.as_chunks::<16>();
    for pair in pairs {
        state = pair_of(state, pair);
    }
    if tail.is_empty() && !pairs.is_empty() {
        return state;
    }
    let mut last = [0; 16];
    last[..tail.len()].copy_from_slice(tail);
    pair_of(state, &last)
}

#[inline]
fn pair_of(state: u64, pair: &[u8; 16]) -> u64 {
    let wide = u128::from_le_bytes(*pair);
    fold(wide as u64 ^ ONE, (wide >> 64) as u64 ^ state)
}

/// 64-bit hash of texts in order.
#[inline]
pub fn hash64(parts: &[&[u8]]) -> u64 {
    let state = parts.iter().fold(SEED, |state, bytes| part(state, bytes));
    fold(state ^ TWO, ONE)
}

/// The bucket of a person (or of another leading key) among `buckets`, a power of two.
///
/// The low bits decide, so that bucket `b` of `n` splits into exactly `b` and `b + n` of `2n`.
pub fn bucket(text: &str, buckets: u32) -> u32 {
    debug_assert!(buckets.is_power_of_two());
    hash64(&[text.as_bytes()]) as u32 & (buckets - 1)
}

/// The key of a row as the lake stores it: the hash of its texts, such as institution and `feedetl_sn`.
///
/// Never [`i64::MIN`], which stands for an absent key.
#[inline]
pub fn key(parts: &[&[u8]]) -> i64 {
    let key = hash64(parts) as i64;
    if key == i64::MIN { 0 } else { key }
}

/// The key of a fee line: institution and `feedetl_sn`, which is unique in an institution.
pub fn line_key(fixmedins_code: &str, feedetl_sn: &str) -> i64 {
    key(&[fixmedins_code.as_bytes(), feedetl_sn.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_hash_on_disk_never_changes() {
        assert_eq!(hash64(&[b""]), 0x14CB_B45E_7166_3F30);
        assert_eq!(hash64(&[b"9900000001"]), 0xF673_7B9D_1E06_93CE);
        assert_eq!(line_key("H99010100001", "F000000000000000001"), -0x7E98_2609_8A95_9BD7);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(hash64(&[b"ab", b"c"]), hash64(&[b"a", b"bc"]));
        assert_ne!(hash64(&[b"a\0"]), hash64(&[b"a"]));
        assert_ne!(hash64(&[b"", b"a"]), hash64(&[b"a", b""]));
        assert_ne!(line_key("H99010100001", "11"), line_key("H990101000011", "1"));
    }

    #[test]
    fn serial_numbers_that_differ_in_a_few_digits_have_keys_of_their_own() {
        // Encounters and lines as systems number them: an institution's or person's number, then a running one.
        let mut keys = HashSet::new();
        for person in 0..2_000 {
            for visit in 0..100 {
                assert!(keys.insert(key(&[format!("9{person:08}{visit:06}").as_bytes()])));
            }
            let institution = format!("H9901{:02}00{:03}", person % 40, person % 7);
            for line in 0..100 {
                assert!(keys.insert(line_key(&institution, &format!("3{person:08}{line:09}"))));
            }
        }
    }

    #[test]
    fn people_spread_evenly_and_buckets_split_in_two() {
        let mut counts = [0_u32; 16];
        for person in 0..16_000 {
            let psn_no = format!("99{person:010}");
            counts[bucket(&psn_no, 16) as usize] += 1;
            assert_eq!(bucket(&psn_no, 32) % 16, bucket(&psn_no, 16));
        }
        assert!(counts.iter().all(|&count| (850..1150).contains(&count)), "{counts:?}");
    }
}
