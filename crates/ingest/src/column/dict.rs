//! Text columns as dictionaries.

use arrow_array::{DictionaryArray, Int32Array, StringArray, types::Int32Type};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::ArrowError;
use mingcha_model::coder::Coder;
use std::sync::Arc;

/// A dictionary column in the making. An empty text is a missing value.
pub(crate) struct Dict {
    keys: Vec<i32>,
    nulls: NullBufferBuilder,
    coder: Coder,
}

impl Default for Dict {
    fn default() -> Self {
        Self { keys: Vec::new(), nulls: NullBufferBuilder::new(0), coder: Coder::default() }
    }
}

impl Dict {
    /// Adds a value.
    #[inline]
    pub(crate) fn push(&mut self, cell: &[u8]) {
        if cell.is_empty() {
            self.keys.push(0);
            self.nulls.append_null();
            return;
        }
        self.keys.push(self.coder.code(cell));
        self.nulls.append_non_null();
    }

    /// The array of what was added; the dictionary is empty afterwards.
    pub(crate) fn finish(&mut self) -> Result<DictionaryArray<Int32Type>, ArrowError> {
        let Self { keys, mut nulls, coder } = std::mem::take(self);
        let (bytes, ends) = coder.into_parts();
        let offsets = OffsetBuffer::new(ScalarBuffer::from(ends));
        let values = StringArray::try_new(offsets, bytes.into(), None)?;
        let keys = Int32Array::try_new(keys.into(), nulls.finish())?;
        DictionaryArray::try_new(keys, Arc::new(values))
    }
}
