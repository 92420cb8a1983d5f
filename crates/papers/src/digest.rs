//! SM3 and SHA-256 of bytes: the one for records here, the other for those who have no SM3.

use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sm3::{Digest as _, Sm3};
use std::fmt::Write as _;

/// Both digests of the same bytes, as lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Digest {
    /// SM3.
    pub sm3: String,
    /// SHA-256.
    pub sha256: String,
}

impl Digest {
    /// The digests of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { sm3: hex(&Sm3::digest(bytes)), sha256: hex(&Sha256::digest(bytes)) }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_own_examples() {
        let digest = Digest::of(b"abc");
        assert_eq!(digest.sm3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(digest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
