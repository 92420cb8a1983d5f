//! The canonical form of a record: a magic with a version, then each field in a fixed order with its length before it.
//!
//! Two records have the same bytes only if they are the same, so a digest over the bytes is a digest of the record.

use super::{Object, Outcome, Record, Who};
use crate::{clock::ServerTime, words::Word as _};
use mingcha_model::Time;

/// What every record begins with: a name and the version of this form.
const MAGIC: &[u8; 5] = b"MCTR\x01";

/// Why bytes are no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// They begin otherwise, or in a version that is not known here.
    #[error("no trail record of version 1")]
    Magic,
    /// They end too soon.
    #[error("trail record cut short at byte {0}")]
    Short(usize),
    /// A field holds what it cannot.
    #[error("trail record has a wrong `{1}` at byte {0}")]
    Field(usize, &'static str),
    /// Something follows the last field.
    #[error("trail record goes on after its end at byte {0}")]
    Long(usize),
}

/// The bytes of a record.
pub fn encode(record: &Record) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&record.seq.to_be_bytes());
    out.extend_from_slice(&record.at.time().0.to_be_bytes());
    let Who { account, organisation, role } = &record.who;
    let Object { kind, id } = &record.on;
    for text in [account, organisation, role, &record.from, &record.act] {
        push(&mut out, text);
    }
    push(&mut out, record.outcome.name());
    for text in [kind, id] {
        push(&mut out, text);
    }
    for state in [&record.before, &record.after] {
        out.push(u8::from(state.is_some()));
        if let Some(text) = state {
            push(&mut out, text);
        }
    }
    push(&mut out, &record.why);
    out
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(&(text.len() as u64).to_be_bytes());
    out.extend_from_slice(text.as_bytes());
}

/// The record of some bytes; refuses everything that [`encode`] does not write.
pub fn decode(bytes: &[u8]) -> Result<Record, DecodeError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(DecodeError::Magic)?;
    let mut input = Input { rest, length: bytes.len() };
    let seq = u64::from_be_bytes(input.eight()?);
    let at = ServerTime::from_store(Time(i64::from_be_bytes(input.eight()?)));
    let who = Who { account: input.text()?, organisation: input.text()?, role: input.text()? };
    let (from, act) = (input.text()?, input.text()?);
    let place = input.at();
    let outcome = Outcome::named(&input.text()?).ok_or(DecodeError::Field(place, "outcome"))?;
    let on = Object { kind: input.text()?, id: input.text()? };
    let (before, after) = (input.state()?, input.state()?);
    let why = input.text()?;
    if !input.rest.is_empty() {
        return Err(DecodeError::Long(input.at()));
    }
    Ok(Record { seq, at, who, from, act, outcome, on, before, after, why })
}

struct Input<'a> {
    rest: &'a [u8],
    length: usize,
}

impl Input<'_> {
    fn at(&self) -> usize {
        self.length - self.rest.len()
    }

    fn eight(&mut self) -> Result<[u8; 8], DecodeError> {
        let (head, rest) = self.rest.split_first_chunk().ok_or(DecodeError::Short(self.at()))?;
        self.rest = rest;
        Ok(*head)
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        let place = self.at();
        let length = usize::try_from(u64::from_be_bytes(self.eight()?)).unwrap_or(usize::MAX);
        let (text, rest) = self.rest.split_at_checked(length).ok_or(DecodeError::Short(place))?;
        self.rest = rest;
        String::from_utf8(text.to_vec()).map_err(|_| DecodeError::Field(place, "text"))
    }

    fn state(&mut self) -> Result<Option<String>, DecodeError> {
        let place = self.at();
        let (&flag, rest) = self.rest.split_first().ok_or(DecodeError::Short(place))?;
        self.rest = rest;
        match flag {
            0 => Ok(None),
            1 => self.text().map(Some),
            _ => Err(DecodeError::Field(place, "state")),
        }
    }
}
