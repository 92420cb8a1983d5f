//! As much of Thrift's compact protocol as it takes to look at Parquet's own numbers before anything is allocated by them.

/// Bytes being read. Every method answers `None` where the bytes end early or mean nothing.
pub(super) struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The type of a field, as its four bits say.
pub(super) type Kind = u8;

pub(super) const LIST: Kind = 9;
pub(super) const STRUCT: Kind = 12;

/// How deep values may lie in each other; Parquet's own need ten.
const DEPTH: u8 = 32;

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Bytes that are not read yet.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn pass(&mut self, bytes: u64) -> Option<()> {
        let end = self.at.checked_add(usize::try_from(bytes).ok()?)?;
        (end <= self.bytes.len()).then(|| self.at = end)
    }

    /// A number of at most 64 bits.
    pub(super) fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A signed number.
    pub(super) fn number(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The number and kind of a list's elements; each takes a byte at least, so that no list is longer than what is left.
    pub(super) fn list(&mut self) -> Option<(u64, Kind)> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        (count <= self.left() as u64).then_some((count, head & 15))
    }

    /// Hands the fields of a struct out by id; whoever gets one must read it or [`Self::skip`] it.
    pub(super) fn fields(&mut self, mut each: impl FnMut(&mut Self, i64, Kind) -> Option<()>) -> Option<()> {
        let mut id = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            id = if head >> 4 == 0 { self.number()? } else { id + i64::from(head >> 4) };
            each(self, id, head & 15)?;
        }
    }

    /// Passes over a value.
    pub(super) fn skip(&mut self, kind: Kind) -> Option<()> {
        self.skip_at(kind, DEPTH)
    }

    fn skip_at(&mut self, kind: Kind, depth: u8) -> Option<()> {
        let inner = depth.checked_sub(1)?;
        match kind {
            1 | 2 => Some(()),
            3 => self.pass(1),
            4..=6 => self.varint().map(drop),
            7 => self.pass(8),
            8 => {
                let length = self.varint()?;
                self.pass(length)
            }
            LIST | 10 => {
                let (count, kind) = self.list()?;
                (0..count).try_for_each(|_| if kind <= 2 { self.pass(1) } else { self.skip_at(kind, inner) })
            }
            11 => self.skip_map(inner),
            STRUCT => self.fields(|input, _, kind| input.skip_at(kind, inner)),
            _ => None,
        }
    }

    fn skip_map(&mut self, inner: u8) -> Option<()> {
        let count = self.varint()?;
        if count == 0 {
            return Some(());
        }
        let kinds = self.byte()?;
        (0..count).try_for_each(|_| {
            self.skip_at(kinds >> 4, inner)?;
            self.skip_at(kinds & 15, inner)
        })
    }
}
