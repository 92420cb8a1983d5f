//! Envelopes: what is stored instead of personal data, bound to its token, kind and purpose, so that none can be put in another's place.

use super::{Datum, KeyRing, Opening, RingError, SignIn, mask, ring};
use crate::policy::{Authorized, Deed, Scope};
use aes_gcm::{
    AesGcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload, consts::U12},
};
use sm4::Sm4;
use std::marker::PhantomData;
use zeroize::Zeroizing;

type Sm4Gcm = AesGcm<Sm4, U12>;

/// The form of envelopes: this byte, the length and text of the key's id, the nonce, the ciphertext with its tag.
const FORM: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;
/// Most bytes of a value.
const MOST_BYTES: usize = 1 << 16;

/// What stands for a value everywhere outside the vault: 128 random bits, which say nothing of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(String);

impl Token {
    /// A new token.
    pub fn random() -> Result<Self, RingError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| RingError::Random)?;
        Ok(Self(mingcha_model::cert::hex(&bytes)))
    }

    /// Reads 32 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 32 && text.bytes().all(digit)).then(|| Self(text.to_owned()))
    }

    /// The token as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A sealed value as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes what [`Self::text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        (0..text.len()).step_by(2).map(byte).collect::<Option<_>>().map(Self)
    }

    /// The bytes as hexadecimal digits, to store.
    pub fn text(&self) -> String {
        mingcha_model::cert::hex(&self.0)
    }

    /// Takes stored bytes; whether they open is found when they are opened.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Id of the key that sealed it, nonce and ciphertext.
    fn parts(&self) -> Option<(&str, &[u8; NONCE], &[u8])> {
        let (&form, rest) = self.0.split_first()?;
        let (&length, rest) = rest.split_first()?;
        let (id, rest) = rest.split_at_checked(usize::from(length))?;
        let (nonce, sealed) = rest.split_first_chunk()?;
        let id = std::str::from_utf8(id).ok().filter(|id| ring::is_key_id(id))?;
        (form == FORM && sealed.len() >= TAG).then_some((id, nonce, sealed))
    }

    /// Id of the key that sealed it; `None` where it is no envelope.
    pub fn key_id(&self) -> Option<&str> {
        self.parts().map(|(id, ..)| id)
    }
}

/// An opened value. It has no `Debug` and no `Display`, and is wiped when it is dropped.
pub struct Plain(Zeroizing<String>);

impl Plain {
    /// The value, for whoever may see it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Why a value is not sealed or opened. Says nothing of it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The bytes are no envelope.
    #[error("not an envelope of the vault: the stored bytes are damaged; restore them from a backup")]
    Form,
    /// The ring lacks the key.
    #[error("the key ring has no key `{0}`; add it to the ring again")]
    Key(String),
    /// It was changed, or put in another's place.
    #[error("an envelope does not belong where it stands, or was changed")]
    Changed,
    /// The value is longer than 64 KiB.
    #[error("a value is longer than 64 KiB")]
    Long,
    /// The system gave no randomness.
    #[error("the operating system gave no randomness")]
    Random,
}

/// A ring of keys in use: `Vault<OpenPersonalData>` and `Vault<OpenInformant>` cannot be taken for one another.
#[derive(Debug)]
pub struct Vault<D> {
    ring: KeyRing,
    opens: PhantomData<fn() -> D>,
}

impl<D: Opening> Vault<D> {
    /// A vault over its ring; refused where the ring is of another purpose.
    pub fn new(ring: KeyRing) -> Result<Self, RingError> {
        if ring.purpose() == D::PURPOSE {
            Ok(Self { ring, opens: PhantomData })
        } else {
            Err(RingError::Purpose(ring.purpose(), D::PURPOSE))
        }
    }

    /// Seals a value under the current key with a fresh nonce.
    ///
    /// Nonces are 96 random bits, so a key seals at most 2^32 values (NIST SP 800-38D, 8.3): rotate before.
    pub fn seal(&self, token: &Token, kind: Datum, value: &str) -> Result<Sealed, OpenError> {
        self.seal_under(self.ring.current(), token, kind, value)
    }

    /// The same under another key of the ring.
    pub fn seal_under(&self, id: &str, token: &Token, kind: Datum, value: &str) -> Result<Sealed, OpenError> {
        if value.len() > MOST_BYTES {
            return Err(OpenError::Long);
        }
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| OpenError::Random)?;
        let payload = Payload { msg: value.as_bytes(), aad: &Self::bound_to(token, kind, id) };
        let sealed = self.cipher(id)?.encrypt(&Nonce::from(nonce), payload).map_err(|_| OpenError::Long)?;
        let mut bytes = vec![FORM, id.len() as u8];
        bytes.extend_from_slice(id.as_bytes());
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        Ok(Sealed(bytes))
    }

    /// The value sealed anew under the current key; `None` where it is already. So a key is rotated while everything runs: add a key,
    /// read the ring again, seal row by row, and take the old key out when none names it.
    pub fn reseal(&self, token: &Token, kind: Datum, sealed: &Sealed) -> Result<Option<Sealed>, OpenError> {
        self.reseal_under(self.ring.current(), token, kind, sealed)
    }

    /// The same under another key of the ring.
    pub fn reseal_under(
        &self,
        id: &str,
        token: &Token,
        kind: Datum,
        sealed: &Sealed,
    ) -> Result<Option<Sealed>, OpenError> {
        if sealed.key_id() == Some(id) {
            return Ok(None);
        }
        let value = self.unsealed(token, kind, sealed)?;
        self.seal_under(id, token, kind, &value).map(Some)
    }

    /// Whether the ring has a key.
    pub fn has(&self, id: &str) -> bool {
        self.ring.key(id).is_some()
    }

    /// A keyed digest by which equal values meet without being opened: HMAC-SM3, trimmed and upper-cased. It stays the same when
    /// keys rotate.
    pub fn digest(&self, value: &str) -> String {
        self.ring.digest_key().digest(value)
    }

    /// A value with all but a little hidden, for whoever may read its matter.
    pub fn masked(&self, token: &Token, kind: Datum, sealed: &Sealed) -> Result<String, OpenError> {
        self.unsealed(token, kind, sealed).map(|value| mask(kind, &value))
    }

    /// A value, to find it in words and put its token in its place. Nobody is shown it.
    pub(crate) fn to_hide(
        &self,
        token: &Token,
        kind: Datum,
        sealed: &Sealed,
    ) -> Result<Zeroizing<String>, OpenError> {
        self.unsealed(token, kind, sealed)
    }

    /// Id of the key that seals.
    pub fn current(&self) -> &str {
        self.ring.current()
    }

    fn unsealed(&self, token: &Token, kind: Datum, sealed: &Sealed) -> Result<Zeroizing<String>, OpenError> {
        let (id, nonce, text) = sealed.parts().ok_or(OpenError::Form)?;
        let payload = Payload { msg: text, aad: &Self::bound_to(token, kind, id) };
        let opened = self.cipher(id)?.decrypt(&Nonce::from(*nonce), payload);
        let opened = Zeroizing::new(opened.map_err(|_| OpenError::Changed)?);
        let text = std::str::from_utf8(&opened).map_err(|_| OpenError::Form)?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    fn cipher(&self, id: &str) -> Result<Sm4Gcm, OpenError> {
        let key = self.ring.key(id).ok_or_else(|| OpenError::Key(id.to_owned()))?;
        Ok(Sm4Gcm::new((&**key).into()))
    }

    /// What an envelope is bound to, each part with its length.
    fn bound_to(token: &Token, kind: Datum, key: &str) -> Vec<u8> {
        let parts = ["mingcha-vault-1", D::PURPOSE.name(), kind.name(), token.as_str(), key];
        parts.iter().flat_map(|part| [&[part.len() as u8], part.as_bytes()].concat()).collect()
    }
}

impl<D: Opening + Deed> Vault<D> {
    /// Opens a value for somebody whom policy allowed it, by the proof. The caller records it in the same transaction and has checked
    /// that the token belongs to the matter that the proof is for.
    pub fn open(
        &self,
        _proof: &Authorized<D>,
        token: &Token,
        kind: Datum,
        sealed: &Sealed,
    ) -> Result<Plain, OpenError> {
        self.unsealed(token, kind, sealed).map(Plain)
    }
}

impl<D: Opening + Deed> Vault<D> {
    /// Opens a value of a matter that a list may cover, by the proof of the list; otherwise as [`Self::open`].
    pub fn open_listed(
        &self,
        _proof: &Scope<D>,
        token: &Token,
        kind: Datum,
        sealed: &Sealed,
    ) -> Result<Plain, OpenError> {
        self.unsealed(token, kind, sealed).map(Plain)
    }
}

impl Vault<SignIn> {
    /// Opens a secret of sign-in.
    pub fn open_secret(&self, token: &Token, kind: Datum, sealed: &Sealed) -> Result<Plain, OpenError> {
        self.unsealed(token, kind, sealed).map(Plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes from hexadecimal digits.
    fn bytes(hex: &str) -> Vec<u8> {
        let digit = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("digits");
        (0..hex.len()).step_by(2).map(digit).collect()
    }

    #[test]
    fn sm4_gcm_is_that_of_rfc_8998() {
        // RFC 8998, appendix A.1.
        let key: [u8; 16] = bytes("0123456789ABCDEFFEDCBA9876543210").try_into().expect("16 bytes");
        let nonce: [u8; 12] = bytes("00001234567800000000ABCD").try_into().expect("12 bytes");
        let aad = bytes("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
        let plain = bytes(
            "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD\
             EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA",
        );
        let sealed = bytes(
            "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735\
             D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D\
             83DE3541E4C2B58177E065A9BF7B62EC",
        );
        let cipher = Sm4Gcm::new(&key.into());
        let payload = Payload { msg: &plain, aad: &aad };
        assert_eq!(cipher.encrypt(&Nonce::from(nonce), payload), Ok(sealed));
    }
}
