//! Certificate numbers of residents (GB 11643): check digit, birth date, sex, and the keyed SM3 digest that the lake keeps instead.

use crate::Date;
use sm3::{Digest, Sm3};

/// What a valid certificate number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resident {
    /// Date of birth.
    pub birth: Date,
    /// 1 male, 2 female.
    pub sex: u8,
}

/// Why a certificate number is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertError {
    /// Not 17 digits and a digit or `X`.
    #[error("is not 17 digits and a check character")]
    Form,
    /// There is no such birth date.
    #[error("holds no possible date of birth")]
    Birth,
    /// The check character is not what GB 11643 computes.
    #[error("has a wrong check character")]
    Check,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// The check character of the first 17 digits; `None` where they are not digits.
pub fn check_character(first: &[u8]) -> Option<u8> {
    if first.len() != 17 || !first.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = first.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    Some(CHECKS[(sum % 11) as usize])
}

/// Checks an 18-character certificate number of a resident.
pub fn parse(certno: &str) -> Result<Resident, CertError> {
    let bytes = certno.as_bytes();
    if bytes.len() != 18 {
        return Err(CertError::Form);
    }
    let check = check_character(&bytes[..17]).ok_or(CertError::Form)?;
    let birth = Date::parse(&certno[6..14]).ok_or(CertError::Birth)?;
    if bytes[17].to_ascii_uppercase() != check {
        return Err(CertError::Check);
    }
    Ok(Resident { birth, sex: if (bytes[16] - b'0') % 2 == 1 { 1 } else { 2 } })
}

/// The key of the digests of one installation. Never printed, never written beside the data it protects in clear.
#[derive(Clone)]
pub struct DigestKey {
    /// What is left of the key once its two blocks are hashed; each digest goes on from there.
    inner: Sm3,
    outer: Sm3,
}

impl std::fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DigestKey(…)")
    }
}

impl DigestKey {
    /// A key of 32 bytes of good randomness.
    pub fn new(bytes: [u8; 32]) -> Self {
        let begun = |byte: u8| {
            let mut block = [byte; 64];
            block.iter_mut().zip(bytes).for_each(|(slot, key)| *slot ^= key);
            Sm3::new().chain_update(block)
        };
        Self { inner: begun(0x36), outer: begun(0x5c) }
    }

    /// HMAC-SM3 (GM/T 0042 over RFC 2104) of a normalised text, as 64 hexadecimal digits.
    ///
    /// The text is trimmed and upper-cased, so that `x` and `X` at the end of a certificate number agree.
    pub fn digest(&self, text: &str) -> String {
        let inner = self.inner.clone().chain_update(text.trim().to_uppercase()).finalize();
        hex(&self.outer.clone().chain_update(inner).finalize())
    }
}

/// SM3 of some bytes as 64 hexadecimal digits.
pub fn sm3_hex(bytes: &[u8]) -> String {
    hex(&Sm3::digest(bytes))
}

/// Lower-case hexadecimal digits of some bytes.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)] as char, DIGITS[usize::from(byte & 15)] as char])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_checked_to_its_last_character() {
        let mut number = b"99010119800229001".to_vec();
        number.push(check_character(&number).expect("digits"));
        let number = String::from_utf8(number).expect("ascii");
        let resident = parse(&number).expect("valid");
        assert_eq!((resident.birth, resident.sex), (Date::new(1980, 2, 29).expect("a day"), 1));
        let wrong = format!("{}{}", &number[..17], if number.ends_with('1') { '2' } else { '1' });
        assert_eq!(parse(&wrong), Err(CertError::Check));
        assert_eq!(parse("990101198102290011"), Err(CertError::Birth));
        assert_eq!(parse("12345"), Err(CertError::Form));
    }

    #[test]
    fn digests_depend_on_the_key_and_hide_it() {
        let (one, two) = (DigestKey::new([1; 32]), DigestKey::new([2; 32]));
        assert_eq!(one.digest(" 99x "), one.digest("99X"));
        assert_ne!(one.digest("99X"), two.digest("99X"));
        assert_eq!(format!("{one:?}"), "DigestKey(…)");
    }

    #[test]
    fn a_digest_is_the_keyed_hash_of_rfc_2104() {
        let pad = |byte: u8| [[byte ^ 7; 32], [byte; 32]].concat();
        let of = |parts: [&[u8]; 2]| Sm3::digest(parts.concat());
        let inner = of([&pad(0x36), b"99010119800229001X"]);
        let outer = of([&pad(0x5c), &inner]);
        assert_eq!(DigestKey::new([7; 32]).digest("99010119800229001x"), hex(&outer));
    }

    #[test]
    fn sm3_is_the_standard_one() {
        // GM/T 0004-2012, example 1.
        assert_eq!(sm3_hex(b"abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }
}
