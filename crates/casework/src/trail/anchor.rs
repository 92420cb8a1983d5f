//! Signed anchors: who holds the key file says with Ed25519 how long the trail was and what it ended on; anybody can check it.
//!
//! Signed are `mingcha-anchor-1`, the sequence number, the digest, and the instant as seconds of China's civil time; numbers
//! in eight bytes, big-endian.

use super::{Anchor, Digest};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// The key that signs; its text never leaves the process and is wiped when dropped.
pub struct AnchorKey(SigningKey);

/// The key that others check with: 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKey(pub Digest);

/// An anchor with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedAnchor {
    /// What is signed.
    pub anchor: Anchor,
    /// By which key.
    pub key: PublicKey,
    /// First half of the signature.
    pub r: Digest,
    /// Second half.
    pub s: Digest,
}

/// Why a key or an anchor does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// The key file is not one.
    #[error("a key file holds 64 hexadecimal digits and nothing else; make one with 32 random bytes")]
    KeyFile,
    /// Signed by another key than the one that is trusted.
    #[error("the anchor is signed by another key than the trusted one")]
    OtherKey,
    /// The signature does not fit.
    #[error("the signature does not fit the anchor: one of them was changed")]
    Signature,
}

impl AnchorKey {
    /// Reads the text of a key file.
    pub fn parse(text: &str) -> Result<Self, AnchorError> {
        let Digest(seed) = Digest::parse(text.trim()).ok_or(AnchorError::KeyFile)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// The key to publish.
    pub fn public(&self) -> PublicKey {
        PublicKey(Digest(self.0.verifying_key().to_bytes()))
    }

    /// Signs an anchor.
    pub fn sign(&self, anchor: Anchor) -> SignedAnchor {
        let signature = self.0.sign(&message(&anchor));
        let (r, s) = (Digest(*signature.r_bytes()), Digest(*signature.s_bytes()));
        SignedAnchor { anchor, key: self.public(), r, s }
    }
}

impl SignedAnchor {
    /// The anchor, if the trusted key signed just this one.
    pub fn verify(&self, trusted: PublicKey) -> Result<Anchor, AnchorError> {
        if self.key != trusted {
            return Err(AnchorError::OtherKey);
        }
        let key = VerifyingKey::from_bytes(&trusted.0.0).map_err(|_| AnchorError::Signature)?;
        let signature = Signature::from_components(self.r.0, self.s.0);
        let fits = key.verify_strict(&message(&self.anchor), &signature);
        fits.map(|()| self.anchor).map_err(|_| AnchorError::Signature)
    }
}

fn message(anchor: &Anchor) -> Vec<u8> {
    let mut bytes = b"mingcha-anchor-1".to_vec();
    bytes.extend(anchor.seq.to_be_bytes());
    bytes.extend(anchor.digest.0);
    bytes.extend(anchor.at.time().0.to_be_bytes());
    bytes
}
