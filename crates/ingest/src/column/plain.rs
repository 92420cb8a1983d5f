//! Text columns whose values hardly repeat: bytes and offsets, nothing else.

use arrow_array::StringArray;
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::ArrowError;

/// A plain text column in the making. An empty text is a missing value.
pub(crate) struct Plain {
    bytes: Vec<u8>,
    ends: Vec<i32>,
    nulls: NullBufferBuilder,
}

impl Default for Plain {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: vec![0], nulls: NullBufferBuilder::new(0) }
    }
}

impl Plain {
    /// Adds a value.
    #[inline]
    pub(crate) fn push(&mut self, cell: &[u8]) {
        self.bytes.extend_from_slice(cell);
        self.ends.push(self.bytes.len() as i32);
        self.nulls.append(!cell.is_empty());
    }

    /// The array of what was added; the column is empty afterwards.
    pub(crate) fn finish(&mut self) -> Result<StringArray, ArrowError> {
        let Self { bytes, ends, mut nulls } = std::mem::take(self);
        StringArray::try_new(OffsetBuffer::new(ScalarBuffer::from(ends)), bytes.into(), nulls.finish())
    }
}
