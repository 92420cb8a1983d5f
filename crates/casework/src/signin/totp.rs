//! One-time codes by time: RFC 6238 over RFC 4226, six digits, steps of 30 seconds, HMAC-SHA-1 as authenticator apps have it.

use super::same;
use crate::clock::ServerTime;
use hmac::{Hmac, KeyInit as _, Mac as _};
use mingcha_model::time::HOUR;
use sha1::Sha1;
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// Seconds of a step.
const STEP: i64 = 30;
/// Steps before and after the present one whose codes are taken: clocks of telephones differ.
const DRIFT: i64 = 1;
/// Bytes of a secret, as RFC 4226, 4 recommends.
const BYTES: usize = 20;

/// The secret that a telephone and the server share. It has no `Debug` and no `Display`; at rest it lies in the vault.
pub struct TotpSecret(Zeroizing<Vec<u8>>);

/// Why a code is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TotpError {
    /// Not the code of now.
    #[error("动态码不正确或已过期；请核对手机时间后重试")]
    Wrong,
    /// Its step, or a later one, was used before.
    #[error("动态码已使用；请等待下一个动态码")]
    Used,
}

/// Seconds since 1970 in universal time, which codes count from; the store's clock is eight hours ahead.
pub fn unix(at: ServerTime) -> i64 {
    at.time().0 - 8 * HOUR
}

impl TotpSecret {
    /// A new secret; `None` where the system gave no randomness.
    pub fn random() -> Option<Self> {
        let mut bytes = Zeroizing::new(vec![0; BYTES]);
        getrandom::fill(&mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// Reads base32 (RFC 4648, without padding), as [`Self::base32`] writes it.
    pub fn parse(base32: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES));
        let (mut bits, mut held) = (0_u32, 0_u32);
        for letter in base32.bytes() {
            let digit = ALPHABET.iter().position(|known| *known == letter)? as u32;
            bits = (bits << 5 | digit) & 0xfff;
            held += 5;
            if held >= 8 {
                held -= 8;
                bytes.push((bits >> held) as u8);
            }
        }
        (bytes.len() == BYTES).then_some(Self(bytes))
    }

    /// The secret as base32, to be sealed.
    pub fn base32(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(self.0.len() * 8 / 5 + 1));
        for chunk in self.0.chunks(5) {
            let mut bits = 0_u64;
            chunk.iter().chain(&[0; 5]).take(5).for_each(|byte| bits = bits << 8 | u64::from(*byte));
            for at in 0..(chunk.len() * 8).div_ceil(5) {
                text.push(char::from(ALPHABET[(bits >> (35 - 5 * at) & 31) as usize]));
            }
        }
        text
    }

    /// The address that an authenticator app reads from a picture, shown once.
    pub fn address(&self, account: &str) -> Zeroizing<String> {
        let mut escaped = String::new();
        for byte in account.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
                escaped.push(char::from(byte));
            } else {
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
        Zeroizing::new(format!("otpauth://totp/Mingcha:{escaped}?secret={}&issuer=Mingcha", *self.base32()))
    }

    /// Checks a code at a time in seconds of universal time; `last` is the step of the code that was taken last. Returns the step to
    /// keep, so that no code is taken twice (RFC 6238, 5.2).
    pub fn check(&self, code: &str, unix: i64, last: Option<i64>) -> Result<i64, TotpError> {
        let now = unix.div_euclid(STEP);
        // All steps are looked at, so that the time says nothing about which one fits.
        let fits = |step: &i64| same(code, &self.code(*step));
        let fitting: Vec<i64> = (now - DRIFT..=now + DRIFT).filter(fits).collect();
        let fresh = fitting.iter().find(|step| last.is_none_or(|last| **step > last));
        match (fresh, fitting.is_empty()) {
            (Some(step), _) => Ok(*step),
            (None, true) => Err(TotpError::Wrong),
            (None, false) => Err(TotpError::Used),
        }
    }

    fn code(&self, step: i64) -> String {
        format!("{:06}", truncated(&self.0, step) % 1_000_000)
    }
}

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// RFC 4226, 5.3.
fn truncated(secret: &[u8], step: i64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    u32::from_be_bytes([digest[at], digest[at + 1], digest[at + 2], digest[at + 3]]) & 0x7fff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rfc() -> TotpSecret {
        TotpSecret(Zeroizing::new(b"12345678901234567890".to_vec()))
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // RFC 6238, appendix B, SHA-1, eight digits.
        let cases = [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ];
        for (at, code) in cases {
            assert_eq!(truncated(&rfc().0, at / STEP) % 100_000_000, code, "{at}");
        }
    }

    #[test]
    fn counters_are_those_of_rfc_4226() {
        // RFC 4226, appendix D.
        let codes =
            [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489];
        for (count, code) in (0..).zip(codes) {
            assert_eq!(truncated(&rfc().0, count) % 1_000_000, code);
        }
    }

    #[test]
    fn a_code_is_taken_once_and_in_its_time() {
        let secret = rfc();
        assert_eq!(secret.check("287082", 59, None), Ok(1));
        assert_eq!(secret.check("287082", 59, Some(1)), Err(TotpError::Used));
        assert_eq!(secret.check("287082", 89, Some(0)), Ok(1), "one step late");
        assert_eq!(secret.check("287082", 29, Some(0)), Ok(1), "one step early");
        assert_eq!(secret.check("287082", 90, Some(0)), Err(TotpError::Wrong), "two steps late");
        assert_eq!(
            secret.check("755224", 59, Some(1)),
            Err(TotpError::Used),
            "an older code after a newer one"
        );
        for wrong in ["", "28708", "2870820", "287083", "２８７０８２"] {
            assert_eq!(secret.check(wrong, 59, None), Err(TotpError::Wrong), "{wrong}");
        }
    }

    #[test]
    fn the_address_carries_the_secret_of_rfc_4648() {
        assert_eq!(*rfc().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let address = rfc().address("li 1&secret=x");
        assert!(
            address.starts_with("otpauth://totp/Mingcha:li%201%26secret%3Dx?secret=GEZD"),
            "{}",
            *address
        );
        assert!(TotpSecret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1").is_none());
        assert!(TotpSecret::parse("").is_none());
    }

    proptest! {
        #[test]
        fn base32_comes_back(bytes in prop::collection::vec(any::<u8>(), BYTES)) {
            let secret = TotpSecret(Zeroizing::new(bytes));
            let back = TotpSecret::parse(&secret.base32()).expect("its own form");
            prop_assert_eq!(&back.0, &secret.0);
        }

        #[test]
        fn whatever_is_taken_is_newer_than_what_was(at in 0_i64..2_000, last in prop::option::of(0_i64..70), step in 0_i64..70) {
            let secret = rfc();
            if let Ok(taken) = secret.check(&secret.code(step), at, last) {
                prop_assert!(last.is_none_or(|last| taken > last));
                prop_assert!((taken - at / STEP).abs() <= DRIFT);
            }
        }
    }
}
