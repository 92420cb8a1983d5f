//! Files that are sealed each under a key of its own: the key is a value of the vault, so that keys rotate and no file is written again.

use super::{OpenError, RingError};
use aes_gcm::{
    AesGcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload, consts::U12},
};
use sm4::Sm4;
use zeroize::Zeroizing;

/// The form of sealed files: this byte, the nonce, the ciphertext with its tag.
const FORM: u8 = 1;
const NONCE: usize = 12;

/// The key of one file. It has no `Debug`, and is wiped when it is dropped.
pub(crate) struct FileKey(Zeroizing<[u8; 16]>);

impl FileKey {
    /// A new key.
    pub(crate) fn random() -> Result<Self, RingError> {
        let mut key = Zeroizing::new([0; 16]);
        getrandom::fill(key.as_mut_slice()).map_err(|_| RingError::Random)?;
        Ok(Self(key))
    }

    /// Reads what [`Self::text`] wrote.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut key = Zeroizing::new([0; 16]);
        if text.len() != 32 {
            return None;
        }
        for (index, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Self(key))
    }

    /// The key as the value that the vault seals.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(mingcha_model::cert::hex(self.0.as_slice()))
    }

    /// Seals bytes, bound to what they are.
    pub(crate) fn seal(&self, bytes: &[u8], what: &str) -> Result<Vec<u8>, OpenError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| OpenError::Random)?;
        let payload = Payload { msg: bytes, aad: what.as_bytes() };
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload).map_err(|_| OpenError::Long)?;
        Ok([&[FORM], &nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for the same.
    pub(crate) fn open(&self, sealed: &[u8], what: &str) -> Result<Vec<u8>, OpenError> {
        let (&form, rest) = sealed.split_first().ok_or(OpenError::Form)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE>().ok_or(OpenError::Form)?;
        if form != FORM {
            return Err(OpenError::Form);
        }
        let payload = Payload { msg: text, aad: what.as_bytes() };
        self.cipher().decrypt(&Nonce::from(*nonce), payload).map_err(|_| OpenError::Changed)
    }

    fn cipher(&self) -> AesGcm<Sm4, U12> {
        AesGcm::new((&*self.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_opens_as_what_it_was_sealed_as_and_unchanged_alone() {
        let key = FileKey::random().expect("random");
        let sealed = key.seal("决定书".as_bytes(), "case-1/penalty-decision/1").expect("sealed");
        assert!(!sealed.windows(3).any(|three| three == &"决".as_bytes()[..3]));
        let again = FileKey::parse(&key.text()).expect("its own form");
        assert_eq!(again.open(&sealed, "case-1/penalty-decision/1"), Ok("决定书".as_bytes().to_vec()));
        assert_eq!(key.open(&sealed, "case-1/penalty-decision/2"), Err(OpenError::Changed));
        let other = FileKey::random().expect("random");
        assert_eq!(other.open(&sealed, "case-1/penalty-decision/1"), Err(OpenError::Changed));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open(&changed, "case-1/penalty-decision/1").is_err(), "byte {at}");
        }
        assert_eq!(key.open(&sealed[..5], ""), Err(OpenError::Form));
        assert!(FileKey::parse("00").is_none() && FileKey::parse(&"é".repeat(16)).is_none());
    }
}
