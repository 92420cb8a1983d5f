//! The pages of one column chunk in the making: compressed where wished, counted, and described for the file's footer.

use bytes::Bytes;
use parquet::{
    basic::{Compression, Encoding, PageType, ZstdLevel},
    column::{
        page::{CompressedPage, Page, PageWriter},
        writer::ColumnCloseResult,
    },
    data_type::ByteArray,
    errors::{ParquetError, Result},
    file::{
        metadata::{ColumnChunkMetaData, ColumnIndexBuilder, OffsetIndexBuilder},
        statistics::Statistics,
        writer::{SerializedPageWriter, TrackedWrite},
    },
    schema::types::ColumnDescPtr,
};
use zstd::bulk::Compressor;

/// The least and greatest value of a page.
#[derive(Clone, Debug)]
pub(super) enum Bounds {
    Text(Vec<u8>, Vec<u8>),
    Int(i32, i32),
    Long(i64, i64),
}

impl Bounds {
    fn bytes(&self) -> (Vec<u8>, Vec<u8>) {
        match self {
            Self::Text(least, most) => (least.clone(), most.clone()),
            Self::Int(least, most) => (least.to_le_bytes().into(), most.to_le_bytes().into()),
            Self::Long(least, most) => (least.to_le_bytes().into(), most.to_le_bytes().into()),
        }
    }

    fn with(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Text(a, b), Self::Text(c, d)) => Self::Text(a.min(c.clone()), b.max(d.clone())),
            (Self::Int(a, b), Self::Int(c, d)) => Self::Int(a.min(*c), b.max(*d)),
            (Self::Long(a, b), Self::Long(c, d)) => Self::Long(a.min(*c), b.max(*d)),
            (own, _) => own,
        }
    }

    fn statistics(self, nulls: u64) -> Statistics {
        let nulls = Some(nulls);
        match self {
            Self::Text(least, most) => Statistics::new::<ByteArray>(
                Some(ByteArray::from(least)),
                Some(ByteArray::from(most)),
                None,
                nulls,
                false,
            ),
            Self::Int(least, most) => Statistics::new::<i32>(Some(least), Some(most), None, nulls, false),
            Self::Long(least, most) => Statistics::new::<i64>(Some(least), Some(most), None, nulls, false),
        }
    }
}

/// A column chunk in the making.
pub(super) struct Pages<'a> {
    descr: ColumnDescPtr,
    zstd: Option<&'a mut Compressor<'static>>,
    sink: TrackedWrite<Vec<u8>>,
    offsets: OffsetIndexBuilder,
    index: Option<ColumnIndexBuilder>,
    bounds: Option<Bounds>,
    encodings: Vec<Encoding>,
    dictionary: Option<i64>,
    data: Option<i64>,
    uncompressed: i64,
    rows: u64,
    nulls: u64,
}

impl<'a> Pages<'a> {
    /// A chunk of the column of about `rows` rows; `bounded` where pages tell their least and greatest value.
    pub(super) fn new(
        descr: ColumnDescPtr,
        zstd: Option<&'a mut Compressor<'static>>,
        bounded: bool,
        rows: usize,
    ) -> Self {
        let index = bounded.then(|| ColumnIndexBuilder::new(descr.physical_type()));
        Self {
            descr,
            zstd,
            sink: TrackedWrite::new(Vec::with_capacity(rows * 4)),
            offsets: OffsetIndexBuilder::new(),
            index,
            bounds: None,
            encodings: vec![Encoding::RLE],
            dictionary: None,
            data: None,
            uncompressed: 0,
            rows: 0,
            nulls: 0,
        }
    }

    fn packed(&mut self, bytes: Vec<u8>) -> Result<Bytes> {
        match &mut self.zstd {
            Some(zstd) => {
                let packed = zstd.compress(&bytes).map_err(|error| ParquetError::External(error.into()))?;
                Ok(packed.into())
            }
            None => Ok(bytes.into()),
        }
    }

    fn write(&mut self, page: Page, size: usize) -> Result<(u64, usize)> {
        let spec = SerializedPageWriter::new(&mut self.sink).write_page(CompressedPage::new(page, size))?;
        self.uncompressed += spec.uncompressed_size as i64;
        match spec.page_type {
            PageType::DICTIONARY_PAGE => self.dictionary = Some(spec.offset as i64),
            _ => self.data = self.data.or(Some(spec.offset as i64)),
        }
        Ok((spec.offset, spec.compressed_size))
    }

    /// The dictionary, before all data.
    pub(super) fn dictionary(&mut self, bytes: Vec<u8>, values: usize) -> Result<()> {
        let size = bytes.len();
        let buf = self.packed(bytes)?;
        self.encodings.push(Encoding::PLAIN);
        let page = Page::DictionaryPage {
            buf,
            num_values: values as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        self.write(page, size).map(|_| ())
    }

    /// A page of `rows` rows, `valid` of which have a value.
    pub(super) fn data(
        &mut self,
        bytes: Vec<u8>,
        encoding: Encoding,
        rows: usize,
        valid: usize,
        bounds: Option<Bounds>,
    ) -> Result<()> {
        let size = bytes.len();
        let buf = self.packed(bytes)?;
        let page = Page::DataPage {
            buf,
            num_values: rows as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let (offset, packed) = self.write(page, size)?;
        self.offsets.append_row_count(rows as i64);
        self.offsets.append_offset_and_size(offset as i64, packed as i32);
        self.encodings.push(encoding);
        self.rows += rows as u64;
        self.nulls += (rows - valid) as u64;
        if let Some(index) = &mut self.index {
            let (least, most) = bounds.as_ref().map(Bounds::bytes).unwrap_or_default();
            index.append(bounds.is_none(), least, most, (rows - valid) as i64);
        }
        if let Some(bounds) = bounds {
            self.bounds = Some(match self.bounds.take() {
                Some(before) => before.with(&bounds),
                None => bounds,
            });
        }
        Ok(())
    }

    /// The bytes and what the footer says of them.
    pub(super) fn close(mut self) -> Result<(Bytes, ColumnCloseResult)> {
        self.encodings.sort_unstable_by_key(|encoding| *encoding as i32);
        self.encodings.dedup();
        let compression = match self.zstd {
            Some(_) => Compression::ZSTD(ZstdLevel::try_new(super::LEVEL)?),
            None => Compression::UNCOMPRESSED,
        };
        let bytes: Bytes = self.sink.into_inner()?.into();
        let mut metadata = ColumnChunkMetaData::builder(self.descr)
            .set_compression(compression)
            .set_encodings(self.encodings)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.uncompressed)
            .set_num_values(self.rows as i64)
            .set_data_page_offset(self.data.unwrap_or_default())
            .set_dictionary_page_offset(self.dictionary);
        if let Some(bounds) = self.bounds {
            metadata = metadata.set_statistics(bounds.statistics(self.nulls));
        }
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.rows,
            metadata: metadata.build()?,
            bloom_filter: None,
            column_index: self.index.map(ColumnIndexBuilder::build).transpose()?,
            offset_index: Some(self.offsets.build()),
        };
        Ok((bytes, close))
    }
}
