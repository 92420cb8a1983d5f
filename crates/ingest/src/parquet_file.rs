//! Parquet: columns as they lie in the file, dictionaries kept, without a step through text wherever the types allow it.

mod conform;
mod guard;
mod thrift;

use crate::{
    IngestError, Source,
    block::{Block, Span},
    chunk::{Chunk, Feeder},
    column::{dictionary_type, is_dictionary},
    limits::Limits,
    plan::{Feed, Plan},
    source::Part,
};
use arrow_array::{Array, RecordBatch, StringArray, cast::AsArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::{
    arrow::{
        ProjectionMask,
        arrow_reader::{
            ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
            ParquetRecordBatchReaderBuilder,
        },
    },
    errors::ParquetError,
    file::metadata::RowGroupMetaData,
};
use std::{fs::File, path::Path, sync::Arc};

/// Rows of a batch that goes through text.
const TEXT_ROWS: usize = 4096;
/// More rows than that in a byte no file holds that says anything of each.
const ROWS_OF_A_BYTE: u64 = 64;

fn content(file: &str, error: &ParquetError) -> IngestError {
    IngestError::Content { file: file.to_owned(), line: 0, message: format!("no sound Parquet: {error}") }
}

/// Calls the Parquet library. It panics at some numbers that no honest file has; a hostile file must not take the import with it, and
/// the library holds nothing that a panic could leave half done for others: the reader is not used again.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    let gave_up = |_| Err(ParquetError::General("the reader gave up on it".to_owned()));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(gave_up)
}

fn open(path: &Path, name: &str, limits: &Limits) -> Result<(File, ArrowReaderMetadata), IngestError> {
    let mut file = File::open(path).map_err(|source| IngestError::Io { file: name.to_owned(), source })?;
    let metadata = guarded(|| {
        guard::check_footer(&mut file, limits)?;
        ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
    });
    Ok((file, metadata.map_err(|error| content(name, &error))?))
}

/// The names of the columns.
pub(crate) fn header(path: &Path, name: &str, limits: &Limits) -> Result<Vec<String>, IngestError> {
    let (file, metadata) = open(path, name, limits)?;
    check_size(&file, &metadata, name, limits)?;
    Ok(metadata.schema().fields().iter().map(|field| field.name().clone()).collect())
}

/// Refuses files whose own numbers promise more than the limits.
fn check_size(
    file: &File,
    metadata: &ArrowReaderMetadata,
    name: &str,
    limits: &Limits,
) -> Result<(), IngestError> {
    let size =
        file.metadata().map_err(|source| IngestError::Io { file: name.to_owned(), source })?.len().max(1);
    let groups = metadata.metadata().row_groups();
    let inflated: u64 = groups
        .iter()
        .map(|group| u64::try_from(group.total_byte_size()).unwrap_or(u64::MAX))
        .fold(0, u64::saturating_add);
    // Dictionary pages with long runs make honest files shrink a hundredfold more than text does.
    if inflated > limits.inflated_bytes || (inflated > 1 << 30 && inflated / size > limits.inflation * 100) {
        let message = format!("unpacks to {inflated} bytes, more than the limit");
        return Err(IngestError::Limit { file: name.to_owned(), line: 0, message });
    }
    // Each of our rows names itself, so an honest row takes bytes.
    let rows = groups
        .iter()
        .map(|group| u64::try_from(group.num_rows()).unwrap_or(u64::MAX))
        .fold(0, u64::saturating_add);
    if rows > (size * ROWS_OF_A_BYTE).max(1 << 20) {
        let message = format!("claims {rows} rows in {size} bytes");
        return Err(IngestError::Limit { file: name.to_owned(), line: 0, message });
    }
    Ok(())
}

/// At most `parts` runs of row groups of about the same number of rows.
pub(crate) fn split(path: &Path, name: &str, parts: usize) -> Result<Vec<Part>, IngestError> {
    let (_, metadata) = open(path, name, &Limits::default())?;
    let groups = metadata.metadata().row_groups();
    let rows: Vec<u64> = groups.iter().map(|group| group.num_rows().unsigned_abs()).collect();
    let share = rows.iter().sum::<u64>().div_ceil(parts as u64).max(1);
    let mut cut = Vec::new();
    let (mut from, mut before, mut sum) = (0, 0, 0);
    for (index, count) in rows.iter().enumerate() {
        sum += count;
        if sum >= share || index + 1 == rows.len() {
            cut.push(Part::Groups(from..index + 1, before));
            (from, before, sum) = (index + 1, before + sum, 0);
        }
    }
    Ok(cut)
}

/// A Parquet file as batches.
pub(crate) struct Batches {
    name: Arc<str>,
    reader: ParquetRecordBatchReader,
    /// For each field of the source header, the column of the batches.
    columns: Vec<Option<usize>>,
    row: u64,
    /// The row that the footer says is the last.
    end: u64,
    through_text: bool,
}

impl Batches {
    pub(crate) fn open(source: &Source, limits: &Limits) -> Result<Self, IngestError> {
        let name = &source.name;
        let (file, metadata) = open(&source.path, name, limits)?;
        check_size(&file, &metadata, name, limits)?;
        let options = ArrowReaderOptions::new()
            .with_skip_arrow_metadata(true)
            .with_schema(hinted(metadata.schema(), source));
        // A hint that the file's types do not allow is dropped, and the columns are cast afterwards.
        let metadata = guarded(|| ArrowReaderMetadata::load(&file, options)).unwrap_or(metadata);
        let through_text = source.plans.iter().any(|plan| !is_columnar(plan));
        let (used, columns) = used_fields(source);
        let rows = |group: &RowGroupMetaData| group.num_rows().unsigned_abs();
        let groups = metadata.metadata().row_groups();
        let (row, end) = match &source.part {
            Part::Groups(part, before) => {
                (*before, before + groups.get(part.clone()).unwrap_or_default().iter().map(rows).sum::<u64>())
            }
            _ => (0, groups.iter().map(rows).sum()),
        };
        let file = guard::Guarded::new(file, metadata.metadata(), limits)
            .map_err(|error| IngestError::Io { file: name.to_string(), source: error })?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
        let mask = ProjectionMask::roots(builder.parquet_schema(), used);
        let batch = if through_text { TEXT_ROWS } else { limits.chunk_rows };
        let mut builder = builder.with_projection(mask).with_batch_size(batch);
        if let Part::Groups(groups, _) = &source.part {
            builder = builder.with_row_groups(groups.clone().collect());
        }
        let reader = guarded(|| builder.build()).map_err(|error| content(name, &error))?;
        Ok(Self { name: Arc::clone(name), reader, columns, row, end, through_text })
    }

    /// The next batch as chunks, or put into the block where it must go through text; `None` at the end.
    pub(crate) fn next(
        &mut self,
        feeders: &mut [Feeder],
        block: &mut Block,
    ) -> Result<Option<Vec<Chunk>>, IngestError> {
        let next = guarded(|| self.reader.next().transpose().map_err(ParquetError::from));
        let batch = match next.transpose() {
            None if self.row == self.end => return Ok(None),
            None => {
                let (row, end) = (self.row, self.end);
                let message =
                    format!("no sound Parquet: it ends after {row} rows where its footer says {end}");
                return Err(IngestError::Content { file: self.name.to_string(), line: row + 1, message });
            }
            Some(Err(error)) => {
                let message = format!("no sound Parquet: {error}");
                return Err(IngestError::Content {
                    file: self.name.to_string(),
                    line: self.row + 1,
                    message,
                });
            }
            Some(Ok(batch)) => batch,
        };
        // The header counts as the first line, so that rows are numbered as in the other formats.
        let first = self.row + 2;
        let lines = || (first..first + batch.num_rows() as u64).collect();
        self.row += batch.num_rows() as u64;
        let bug = |source| IngestError::Arrow { file: self.name.to_string(), source };
        if self.through_text {
            fill(block, &batch, &self.columns, lines()).map_err(bug)?;
            return Ok(Some(Vec::new()));
        }
        let chunks = feeders.iter_mut().map(|feeder| feeder.take_batch(&batch, &self.columns, lines()));
        chunks.collect::<Result<_, _>>().map(Some)
    }
}

/// Whether a plan only renames columns.
fn is_columnar(plan: &Plan) -> bool {
    let simple = |feed: &Feed| matches!(feed, Feed::Missing | Feed::Field(_) | Feed::Constant(_));
    plan.skip.is_empty() && !plan.distinct && plan.feeds.iter().all(simple)
}

/// The fields that some plan uses, and where each stands in a batch of them.
fn used_fields(source: &Source) -> (Vec<usize>, Vec<Option<usize>>) {
    let uses = |field: u16| {
        source.plans.iter().any(|plan| {
            plan.skip.iter().any(|(one, _)| *one == field)
                || plan.feeds.iter().any(|feed| match feed {
                    Feed::Field(one) | Feed::Ordinal(one) => *one == field,
                    Feed::First(many) | Feed::Goods(many) => many.contains(&field),
                    Feed::Missing | Feed::Constant(_) => false,
                })
        })
    };
    let used: Vec<usize> = (0..source.header.len()).filter(|field| uses(*field as u16)).collect();
    let columns = (0..source.header.len()).map(|field| used.binary_search(&field).ok()).collect();
    (used, columns)
}

/// The schema of the file with those text columns as dictionaries that become dictionaries; others would only be taken apart again.
fn hinted(schema: &SchemaRef, source: &Source) -> SchemaRef {
    let wanted = |at: usize| {
        source.plans.iter().any(|plan| {
            let columns = plan.table.columns.iter().zip(&plan.feeds);
            let mut fed = columns.filter(|(_, feed)| **feed == Feed::Field(at as u16));
            fed.any(|(column, _)| is_dictionary(plan.table, column.name))
        })
    };
    let hint = |(at, field): (usize, &Arc<Field>)| match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Dictionary(..) => {
            let ty = if wanted(at) { dictionary_type() } else { DataType::Utf8 };
            Arc::new(Field::new(field.name(), ty, field.is_nullable()))
        }
        _ => Arc::clone(field),
    };
    Arc::new(Schema::new(schema.fields().iter().enumerate().map(hint).collect::<Vec<_>>()))
}

/// Writes a batch into a block as text.
fn fill(
    block: &mut Block,
    batch: &RecordBatch,
    columns: &[Option<usize>],
    lines: Vec<u64>,
) -> Result<(), ArrowError> {
    let texts: Vec<Option<StringArray>> = columns
        .iter()
        .map(|column| column.map(|at| conform::as_text(batch.column(at))).transpose())
        .collect::<Result<_, _>>()?;
    block.text.clear();
    block.clear_records(columns.len());
    for row in 0..batch.num_rows() {
        for text in &texts {
            let from = block.text.len() as u32;
            if let Some(text) = text.as_ref().filter(|text| text.is_valid(row)) {
                block.text.extend_from_slice(text.value(row).as_bytes());
            }
            block.spans.push(Span { from, to: block.text.len() as u32 });
        }
    }
    block.lines = lines;
    Ok(())
}

impl Feeder {
    /// A batch of columns as a chunk; the plan only renames.
    fn take_batch(
        &mut self,
        batch: &RecordBatch,
        columns: &[Option<usize>],
        lines: Vec<u64>,
    ) -> Result<Chunk, IngestError> {
        let at = |field: usize| columns.get(field).copied().flatten().map(|at| batch.column(at));
        self.chunk_of(lines, |sink, builder, feed, target| match feed {
            Feed::Field(field) => match at(usize::from(*field)) {
                Some(array) => conform::conform(array, target, builder, sink),
                None => Ok(None),
            },
            _ => Ok(None),
        })
    }
}

/// Whether a dictionary's values or a text column hold an empty text or blanks around one, which reading as text would take away.
fn needs_trim(texts: &StringArray) -> bool {
    let (ends, bytes) = (texts.value_offsets(), texts.value_data());
    let all = &bytes[ends[0] as usize..ends[texts.len()] as usize];
    let blanks = all.iter().fold(u8::MAX, |least, byte| least.min(*byte)) <= b' ';
    // Most columns have no blank anywhere; then only empty texts are left to be found.
    let trims = |row: usize| {
        let text = texts.value(row);
        text.is_empty()
            || text.trim_ascii_start().len() != text.len()
            || text.trim_ascii_end().len() != text.len()
    };
    let mut rows = ends.windows(2).enumerate().filter(|(_, two)| blanks || two[0] == two[1]);
    rows.any(|(row, _)| texts.is_valid(row) && trims(row))
}

/// The texts of a dictionary.
fn dictionary_values(array: &dyn Array) -> Option<&StringArray> {
    array.as_dictionary_opt::<arrow_array::types::Int32Type>()?.values().as_string_opt::<i32>()
}
