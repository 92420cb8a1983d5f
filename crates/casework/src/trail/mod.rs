//! The trail: every act, every opening of personal data and every refusal as a record, chained by SM3 so that no change goes unseen.

mod anchor;
mod encode;
mod export;
mod verify;

pub use anchor::{AnchorError, AnchorKey, PublicKey, SignedAnchor};
pub use encode::{DecodeError, decode, encode};
pub use export::{LineError, read_line, write_lines};
pub use verify::{Fault, Report, Witness, verify};

use crate::{clock::ServerTime, words::words};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sm3::{Digest as _, Sm3};
use std::fmt;

words! {
    /// What became of an act.
    pub enum Outcome {
        /// It was done.
        Done = "done", "已办";
        /// It was refused; nothing changed.
        Refused = "refused", "已拒绝";
        /// Something was looked at.
        Read = "read", "查阅";
    }
}

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Account, never a name.
    pub account: String,
    /// Code of the organisation.
    pub organisation: String,
    /// In which role.
    pub role: String,
}

/// What was acted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// Kind, such as `case`.
    pub kind: String,
    /// Id.
    pub id: String,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Place in the trail, from 1 without gaps.
    pub seq: u64,
    /// When, by the store's clock.
    pub at: ServerTime,
    /// Who.
    pub who: Who,
    /// From where: the address of the connection.
    pub from: String,
    /// Which act.
    pub act: String,
    /// What became of it.
    pub outcome: Outcome,
    /// On what.
    pub on: Object,
    /// The state before, where it changed or was shown.
    pub before: Option<String>,
    /// The state after.
    pub after: Option<String>,
    /// Why: the stated reason, or the codes of the guards that refused.
    pub why: String,
}

/// 32 bytes of SM3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// What the first record follows.
    pub const ZERO: Self = Self([0; 32]);

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mingcha_model::cert::hex(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a digest has 64 hexadecimal digits"))
    }
}

/// A record with its place in the chain, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The record.
    #[serde(flatten)]
    pub record: Record,
    /// Digest of the entry before.
    pub previous: Digest,
    /// Digest of this entry.
    pub digest: Digest,
}

impl Entry {
    /// The digest that the entry must have by what it holds.
    pub fn computed(&self) -> Digest {
        digest(self.previous, &self.record)
    }
}

/// SM3 over the digest before and the canonical form of a record.
pub fn digest(previous: Digest, record: &Record) -> Digest {
    let hash = Sm3::new().chain_update(previous.0).chain_update(encode(record));
    Digest(hash.finalize().into())
}

/// A sequence number and digest that were signed or published where the store cannot reach them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Sequence number of the newest record then.
    pub seq: u64,
    /// Its digest.
    pub digest: Digest,
    /// When it was published.
    pub at: ServerTime,
}

/// The end of a trail, to which the next record is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Sequence number of the newest record, 0 where there is none.
    pub seq: u64,
    /// Its digest.
    pub digest: Digest,
}

impl Default for Head {
    fn default() -> Self {
        Self { seq: 0, digest: Digest::ZERO }
    }
}

impl Head {
    /// Chains a record on; its sequence number is given here, whatever it was.
    pub fn append(&mut self, mut record: Record) -> Entry {
        record.seq = self.seq + 1;
        let previous = self.digest;
        let digest = digest(previous, &record);
        *self = Self { seq: record.seq, digest };
        Entry { record, previous, digest }
    }

    /// What to sign or publish now.
    pub fn anchor(&self, at: ServerTime) -> Anchor {
        Anchor { seq: self.seq, digest: self.digest, at }
    }
}
