//! A guard before the Parquet library: it believes what a file says of itself and allocates by it, so lies are found here first.
//!
//! What a failed allocation or an endless recursion ends is the whole process; no error could be caught then. So the footer is looked
//! at before the library reads it, and each page's header before the library unpacks the page.

use super::thrift::{Input, LIST, STRUCT};
use crate::limits::Limits;
use bytes::Bytes;
use parquet::{
    basic::{Compression, Type},
    errors::{ParquetError, Result},
    file::{
        metadata::ParquetMetaData,
        reader::{ChunkReader, Length},
    },
};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
    sync::{Mutex, PoisonError},
};

/// Bytes of a page's header that are read at first, and at most: statistics may make it long.
const HEADER: [u64; 2] = [1 << 13, 1 << 22];
/// A footer beyond this is no honest one.
const FOOTER: u64 = 256 << 20;
/// How deep a schema may nest; ours are flat.
const NESTING: usize = 16;

fn refused(message: impl Into<String>) -> ParquetError {
    ParquetError::General(message.into())
}

/// Looks at the footer as far as the library would allocate or recurse by it.
pub(super) fn check_footer(file: &mut File, limits: &Limits) -> Result<()> {
    let size = file.seek(SeekFrom::End(0))?;
    let mut tail = [0; 8];
    let at = size.checked_sub(8).ok_or_else(|| refused("it is too short"))?;
    read_at(file, at, 8)?.as_slice().read_exact(&mut tail)?;
    let length = u64::from(u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]));
    if &tail[4..] != b"PAR1" {
        return Err(refused("it does not end as Parquet does; it may be cut short, or encrypted"));
    }
    if length > FOOTER || length + 12 > size {
        return Err(refused(format!("its footer claims {length} bytes")));
    }
    let footer = read_at(file, at - length, length)?;
    let (mut nesting, mut elements) = (Vec::new(), 0);
    let sound = Input::new(&footer).fields(|input, id, kind| {
        if (id, kind) != (2, LIST) {
            return input.skip(kind);
        }
        let (count, kind) = input.list()?;
        elements = count;
        (0..count).try_for_each(|_| schema_element(input, kind, &mut nesting))
    });
    if nesting.len() > NESTING {
        return Err(refused(format!("its schema nests deeper than {NESTING}")));
    }
    if elements > limits.columns as u64 * 4 {
        return Err(refused(format!("its schema has {elements} elements")));
    }
    sound.ok_or_else(|| refused("its footer cannot be read"))
}

/// Reads one element of a schema; `nesting` holds how many children each open group still has. Fails where it grows too deep.
fn schema_element(input: &mut Input<'_>, kind: u8, nesting: &mut Vec<i64>) -> Option<()> {
    let mut children = 0;
    if kind != STRUCT {
        return None;
    }
    input.fields(|input, id, kind| match id {
        5 => input.number().map(|number| children = number),
        _ => input.skip(kind),
    })?;
    while nesting.last() == Some(&0) {
        nesting.pop();
    }
    if let Some(left) = nesting.last_mut() {
        *left -= 1;
    }
    if children > 0 {
        nesting.push(children);
    }
    (nesting.len() <= NESTING).then_some(())
}

fn read_at(file: &mut File, at: u64, most: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::with_capacity(most as usize);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// One column of one row group.
struct Column {
    from: u64,
    to: u64,
    group: usize,
    rows: i64,
    flat: bool,
    /// Bytes that a value of a dictionary takes at least.
    least: i64,
    /// Whether pages begin with the levels that say which values are missing.
    levels: bool,
    codec: Compression,
}

/// A page whose header was looked at.
#[derive(Default)]
struct Page {
    /// Where its data begins.
    at: u64,
    column: usize,
    kind: i64,
    unpacked: i64,
    packed_bytes: i64,
    values: i64,
    encoding: i64,
    /// Bytes of levels before the packed data, in pages of the second form.
    levels: i64,
    packed: bool,
}

/// A file that hands out only pages that keep to the limits.
pub(super) struct Guarded {
    file: Mutex<File>,
    length: u64,
    columns: Vec<Column>,
    most: i64,
    page: Mutex<Option<Page>>,
    /// Bytes of the pages that are held, by row group, column and whether it is the dictionary.
    held: Mutex<BTreeMap<(usize, usize, bool), i64>>,
}

impl Guarded {
    pub(super) fn new(file: File, metadata: &ParquetMetaData, limits: &Limits) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let groups = metadata.row_groups().iter().enumerate();
        let mut columns: Vec<Column> = groups
            .flat_map(|(at, group)| group.columns().iter().map(move |column| (at, group.num_rows(), column)))
            .map(|(group, rows, column)| {
                // `byte_range` panics at numbers below zero.
                let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
                let (from, bytes) = (start.max(0) as u64, column.compressed_size().max(0) as u64);
                let kind = column.column_descr();
                Column {
                    from,
                    to: from.saturating_add(bytes),
                    group,
                    rows,
                    least: if kind.physical_type() == Type::FIXED_LEN_BYTE_ARRAY { 1 } else { 4 },
                    flat: kind.max_rep_level() == 0,
                    levels: kind.max_def_level() > 0,
                    codec: column.compression(),
                }
            })
            .collect();
        columns.sort_by_key(|column| column.from);
        let most = i64::try_from(limits.page_bytes).unwrap_or(i64::MAX);
        Ok(Self {
            file: Mutex::new(file),
            length,
            columns,
            most,
            page: Mutex::default(),
            held: Mutex::default(),
        })
    }

    fn read(&self, at: u64, most: u64) -> io::Result<Vec<u8>> {
        read_at(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner), at, most)
    }

    /// The page whose header begins there.
    fn page(&self, at: u64, header: &[u8]) -> Option<Page> {
        let column = self.columns.partition_point(|column| column.from <= at).checked_sub(1)?;
        let mut page = Page { at, column, packed: true, ..Page::default() };
        let mut input = Input::new(header);
        input.fields(|input, id, kind| match (id, kind) {
            (1, _) => input.number().map(|number| page.kind = number),
            (2, _) => input.number().map(|number| page.unpacked = number),
            (3, _) => input.number().map(|number| page.packed_bytes = number),
            (5 | 7, STRUCT) => input.fields(|input, id, kind| match id {
                1 => input.number().map(|number| page.values = number),
                2 => input.number().map(|number| page.encoding = number),
                _ => input.skip(kind),
            }),
            (8, STRUCT) => input.fields(|input, id, kind| match id {
                1 => input.number().map(|number| page.values = number),
                4 => input.number().map(|number| page.encoding = number),
                5 | 6 => input.number().map(|number| page.levels = page.levels.saturating_add(number)),
                7 => {
                    page.packed = kind == 1;
                    Some(())
                }
                _ => input.skip(kind),
            }),
            _ => input.skip(kind),
        })?;
        page.at = at + (header.len() - input.left()) as u64;
        Some(page)
    }

    /// Adds the page to those that the reader holds: of each column the last one and its dictionary.
    fn hold(&self, page: &Page) -> Result<()> {
        let group = self.columns[page.column].group;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(other, ..), _| *other == group);
        held.insert((group, page.column, page.kind == DICTIONARY), page.unpacked.max(0));
        let sum: i64 = held.values().sum();
        if sum / 4 > self.most {
            return Err(refused(format!("its pages unpack to {sum} bytes at once")));
        }
        Ok(())
    }

    fn check_header(&self, page: &Page) -> Result<()> {
        let column = &self.columns[page.column];
        if page.unpacked > self.most {
            return Err(refused(format!(
                "a page unpacks to {} bytes, more than {}",
                page.unpacked, self.most
            )));
        }
        if column.codec == Compression::UNCOMPRESSED && page.unpacked != page.packed_bytes {
            return Err(refused("a page that is not packed claims two sizes"));
        }
        self.hold(page)?;
        // A page of rows has no more values than its group has rows.
        let values = if page.kind == DICTIONARY { page.unpacked / column.least } else { column.rows };
        if page.values > values && (column.flat || page.kind == DICTIONARY) {
            return Err(refused(format!("a page claims {} values where there can be {values}", page.values)));
        }
        match column.codec {
            Compression::UNCOMPRESSED
            | Compression::SNAPPY
            | Compression::GZIP(_)
            | Compression::ZSTD(_)
            | Compression::LZ4_RAW => Ok(()),
            other => Err(refused(format!("it is packed with {other}; write it with zstd, snappy or gzip"))),
        }
    }

    /// What only the page itself can tell: how much it unpacks to where its header is not held to, and how many lengths it announces.
    fn check_data(&self, page: &Page, data: &[u8]) -> Result<()> {
        let column = &self.columns[page.column];
        let levels = usize::try_from(page.levels).unwrap_or(0).min(data.len());
        let packed = &data[levels..];
        let unpacked = (page.unpacked.max(0) as u64).saturating_sub(levels as u64);
        let codec = if page.packed { column.codec } else { Compression::UNCOMPRESSED };
        match codec {
            Compression::SNAPPY if Input::new(packed).varint().is_some_and(|claimed| claimed > unpacked) => {
                return Err(refused("a page unpacks to more than its header says"));
            }
            Compression::GZIP(_) => {
                let unpacking = flate2::bufread::MultiGzDecoder::new(packed);
                if io::copy(&mut unpacking.take(unpacked + 1), &mut io::sink())? > unpacked {
                    return Err(refused("a page unpacks to more than its header says"));
                }
            }
            _ => {}
        }
        if !matches!(page.encoding, DELTA_LENGTHS | DELTA_TEXTS) {
            return Ok(());
        }
        let mut begin = Vec::new();
        let first_form = page.kind == DATA;
        match codec {
            Compression::UNCOMPRESSED => self.begin(packed, first_form && column.levels, &mut begin)?,
            Compression::ZSTD(_) => {
                self.begin(zstd::Decoder::with_buffer(packed)?, first_form && column.levels, &mut begin)?;
            }
            other => {
                let message =
                    "texts by their differences are read where they are packed with zstd or not at all";
                return Err(refused(format!("{message}, not with {other}")));
            }
        }
        let mut input = Input::new(&begin);
        let announced = input.varint().and(input.varint()).and(input.varint());
        match announced {
            Some(lengths) if lengths <= page.values.max(0) as u64 => Ok(()),
            _ => Err(refused("a page announces more texts than it has values")),
        }
    }

    /// The first bytes behind the levels.
    fn begin(&self, mut data: impl Read, levels: bool, out: &mut Vec<u8>) -> Result<()> {
        if levels {
            let mut length = [0; 4];
            data.read_exact(&mut length)?;
            let length = u64::from(u32::from_le_bytes(length)).min(self.most.max(0) as u64);
            io::copy(&mut data.by_ref().take(length), &mut io::sink())?;
        }
        data.take(32).read_to_end(out)?;
        Ok(())
    }
}

/// Kinds of pages and encodings by their numbers in the format.
const DATA: i64 = 0;
const DICTIONARY: i64 = 2;
const DELTA_LENGTHS: i64 = 6;
const DELTA_TEXTS: i64 = 7;

impl Length for Guarded {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Guarded {
    type T = Cursor<Vec<u8>>;

    /// Only headers of pages are read this way.
    fn get_read(&self, start: u64) -> Result<Self::T> {
        for most in HEADER {
            let header = self.read(start, most)?;
            if let Some(page) = self.page(start, &header) {
                self.check_header(&page)?;
                *self.page.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
                return Ok(Cursor::new(header));
            }
        }
        Err(refused("a page's header cannot be read"))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(refused("a page lies beyond the end of the file"));
        }
        let data = self.read(start, length as u64)?;
        let page = self.page.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(page) = page.filter(|page| page.at == start) {
            let inside = start + length as u64 <= self.columns[page.column].to;
            if !inside {
                return Err(refused("a page lies beyond the end of its column"));
            }
            self.check_data(&page, &data)?;
        }
        Ok(data.into())
    }
}
