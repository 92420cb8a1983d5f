//! Stable 64-bit hashes: of a person, which chooses the bucket, and of a line's key, which ties a refund to what it reverses.
//!
//! They are part of the data's format and never change. xxHash64 would do as well; FNV-1a with a finisher needs no dependency.

/// FNV-1a over the bytes, then the finisher of MurmurHash3 so that the low bits are good enough to choose a bucket.
pub fn hash(bytes: &[u8]) -> u64 {
    finish(fold(0xcbf2_9ce4_8422_2325, bytes))
}

fn fold(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, &byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn finish(mut state: u64) -> u64 {
    state = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    state = (state ^ (state >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    state ^ (state >> 33)
}

/// The bucket of a person among `buckets`, a power of two. Doubling the count splits each bucket in two.
pub fn bucket(psn_no: &str, buckets: u32) -> u32 {
    debug_assert!(buckets.is_power_of_two());
    hash(psn_no.as_bytes()) as u32 & (buckets - 1)
}

/// The key of a fee line: institution and `feedetl_sn`, which is unique in an institution.
///
/// Never [`i64::MIN`], which stands for an absent key.
pub fn line_key(fixmedins_code: &str, feedetl_sn: &str) -> i64 {
    let state = fold(fold(0xcbf2_9ce4_8422_2325, fixmedins_code.as_bytes()), &[0]);
    let key = finish(fold(state, feedetl_sn.as_bytes())) as i64;
    if key == i64::MIN { 0 } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_never_change() {
        assert_eq!(hash(b""), 0xefd0_1f60_ba99_2926);
        assert_eq!(line_key("H99010100001", "1"), line_key("H99010100001", "1"));
        assert_ne!(line_key("H99010100001", "11"), line_key("H990101000011", "1"));
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
