//! Row groups encoded by ourselves. The texts of a bucket are codes already and most numbers are few, so that dictionaries come from
//! tables of codes; the Parquet library's own writer would hash every value again, which took most of an import's writing time.

mod hybrid;
mod numbers;
mod pages;
mod texts;

use crate::layout::{Layout, is_plain, is_wide};
use arrow_array::{Array, RecordBatch, cast::AsArray, types::Int32Type};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;
use bytes::Bytes;
use numbers::{Distinct, Words};
use pages::{Bounds, Pages};
use parquet::{
    arrow::ArrowSchemaConverter,
    basic::Encoding,
    column::writer::ColumnCloseResult,
    errors::{ParquetError, Result},
    file::writer::SerializedRowGroupWriter,
    schema::types::{SchemaDescriptor, TypePtr},
};
use std::io::Write;
use texts::Local;
use zstd::bulk::Compressor;

/// Rows of a page: what is decoded at least to find one person.
const PAGE_ROWS: usize = 2_048;
/// Effort of compression.
const LEVEL: i32 = 1;
/// Texts that repeat but are long.
const LONG: &[&str] = &["medins_list_name", "diag_name", "oprn_oprt_name", "fixmedins_name", "spler_name"];

/// Encodes the row groups of one file.
pub(crate) struct Encoder {
    descriptor: SchemaDescriptor,
    columns: Vec<Column>,
    zstd: Compressor<'static>,
    distinct: Distinct,
}

/// How a column is encoded, and what is remembered of it from one group to the next.
struct Column {
    name: String,
    packed: bool,
    bounded: bool,
    local: Local,
}

impl Encoder {
    /// An encoder for files of the layout.
    pub(crate) fn new(layout: &Layout) -> Result<Self> {
        let order = layout.order();
        // The leading columns find a person's pages; bounds of the others would cost more than they find. Codes and numbers are
        // packed by their dictionaries already; setting a decompressor up would cost more than reading them.
        let column = |name: &str| Column {
            name: name.to_owned(),
            packed: is_wide(name) || LONG.contains(&name),
            bounded: order.iter().take(2).any(|lead| *lead == name),
            local: Local::default(),
        };
        Ok(Self {
            descriptor: ArrowSchemaConverter::new().convert(&layout.working)?,
            columns: layout.working.fields().iter().map(|field| column(field.name())).collect(),
            zstd: Compressor::new(LEVEL).map_err(|error| ParquetError::External(error.into()))?,
            distinct: Distinct::default(),
        })
    }

    /// The schema of the file.
    pub(crate) fn schema(&self) -> TypePtr {
        self.descriptor.root_schema_ptr()
    }

    /// Writes the rows as one group.
    pub(crate) fn write<W: Write + Send>(
        &mut self,
        rows: &RecordBatch,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<()> {
        for (at, array) in rows.columns().iter().enumerate() {
            let (bytes, close) = self.column(at, array)?;
            group.append_column(&bytes, close)?;
        }
        Ok(())
    }

    fn column(&mut self, at: usize, array: &dyn Array) -> Result<(Bytes, ColumnCloseResult)> {
        let Self { descriptor, columns, zstd, distinct } = self;
        let (descr, column) = (descriptor.column(at), &mut columns[at]);
        let nullable = descr.max_def_level() > 0;
        if !nullable && array.null_count() > 0 {
            return Err(ParquetError::General(format!(
                "the required column {} has an empty value",
                column.name
            )));
        }
        let mut pages = Pages::new(descr, column.packed.then_some(zstd), column.bounded, array.len());
        let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0).cloned();
        let each = Each { rows: array.len(), nullable, nulls };
        match array.data_type() {
            DataType::Dictionary(..) => each.coded(array, column, &mut pages)?,
            DataType::Utf8 => each.texts(array, column, &mut pages)?,
            _ => each.numbers(array, column, distinct, &mut pages)?,
        }
        pages.close()
    }
}

/// The rows of a chunk, page by page.
struct Each {
    rows: usize,
    nullable: bool,
    nulls: Option<NullBuffer>,
}

impl Each {
    /// Makes a page of every [`PAGE_ROWS`] rows; `body` appends the values of a range among those that are there.
    fn page(
        &self,
        encoding: Encoding,
        pages: &mut Pages<'_>,
        mut body: impl FnMut(std::ops::Range<usize>, &mut Vec<u8>) -> Option<Bounds>,
    ) -> Result<()> {
        let mut start = 0;
        for from in (0..self.rows.max(1)).step_by(PAGE_ROWS) {
            let rows = PAGE_ROWS.min(self.rows - from);
            let mut page = Vec::with_capacity(rows * 2);
            let valid = match self.nullable {
                true => hybrid::levels(self.nulls.as_ref(), from, rows, &mut page),
                false => rows,
            };
            let bounds = body(start..start + valid, &mut page);
            pages.data(page, encoding, rows, valid, bounds)?;
            start += valid;
        }
        Ok(())
    }

    fn codes(
        &self,
        codes: &[u32],
        count: usize,
        pages: &mut Pages<'_>,
        bounds: impl Fn(&[u32]) -> Option<Bounds>,
    ) -> Result<()> {
        let width = hybrid::width(count);
        self.page(Encoding::RLE_DICTIONARY, pages, |valid, out| {
            out.push(width as u8);
            hybrid::encode(&codes[valid.clone()], width, out);
            bounds(&codes[valid])
        })
    }

    fn coded(&self, array: &dyn Array, column: &mut Column, pages: &mut Pages<'_>) -> Result<()> {
        let wrong = || ParquetError::General(format!("the codes of {} are no text", column.name));
        let dictionary = array.as_dictionary_opt::<Int32Type>().ok_or_else(wrong)?;
        let texts = dictionary.values().as_string_opt::<i32>().ok_or_else(wrong)?;
        let mut bytes = Vec::new();
        let codes = column.local.encode(dictionary.keys(), texts, &mut bytes);
        let (local, bounded) = (&column.local, column.bounded);
        pages.dictionary(bytes, local.codes.len())?;
        self.codes(
            &codes,
            local.codes.len(),
            pages,
            |codes| {
                if bounded { local.bounds(codes, texts) } else { None }
            },
        )
    }

    fn texts(&self, array: &dyn Array, column: &Column, pages: &mut Pages<'_>) -> Result<()> {
        let texts = array.as_string::<i32>();
        debug_assert!(is_plain(&column.name));
        let there: Vec<&str> = texts.iter().flatten().collect();
        self.page(Encoding::DELTA_LENGTH_BYTE_ARRAY, pages, |valid, out| {
            let here = there[valid].iter().copied();
            texts::plain(here.clone(), out);
            if column.bounded { texts::bounds(here) } else { None }
        })
    }

    fn numbers(
        &self,
        array: &dyn Array,
        column: &Column,
        distinct: &mut Distinct,
        pages: &mut Pages<'_>,
    ) -> Result<()> {
        let words = Words::of(array)?;
        let bounds = |values: &[u64]| if column.bounded { words.bounds(values) } else { None };
        // A hash has no order, no repetition and no small range.
        let codes = if column.name.ends_with("_key") { None } else { distinct.codes(&words.values) };
        let Some(codes) = codes else {
            return self.page(Encoding::PLAIN, pages, |valid, out| {
                words.plain(&words.values[valid.clone()], out);
                bounds(&words.values[valid])
            });
        };
        let mut bytes = Vec::new();
        words.plain(&distinct.values, &mut bytes);
        pages.dictionary(bytes, distinct.values.len())?;
        let values = &distinct.values;
        self.codes(&codes, values.len(), pages, |codes| {
            let here: Vec<u64> = codes.iter().map(|code| values[*code as usize]).collect();
            bounds(&here)
        })
    }
}

#[cfg(test)]
mod tests;
