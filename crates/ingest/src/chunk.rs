//! Chunks: what a reader yields, and the feeder that makes them out of blocks of text.

use crate::{
    IngestError,
    block::Block,
    check::Policy,
    column::{Builder, Fault, Sink},
    counts::QualityCounts,
    judge::Judge,
    plan::{Feed, Plan},
    quarantine::Rejected,
};
use arrow_array::{ArrayRef, DictionaryArray, RecordBatch, StringArray, cast::AsArray, types::Int32Type};
use arrow_schema::{ArrowError, DataType};
use mingcha_model::{Date, form::Good, table::Table};
use rustc_hash::{FxHashMap, FxHashSet};
use std::{collections::BTreeMap, hash::Hasher, ops::Range, sync::Arc};

/// Some rows of one table out of one file.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// The table.
    pub table: &'static Table,
    /// All its rows, as [`crate::chunk_schema`] says. Few are refused: leaving them where they stand spares a copy of all others.
    pub rows: RecordBatch,
    /// Which of them did not pass, in order, each once.
    pub refused: Vec<u32>,
    /// What was wrong with those.
    pub bad: Vec<Rejected>,
    /// What was noted about the good rows, and corrected in them.
    pub notes: QualityCounts,
    /// How many good rows had a value corrected.
    pub corrected: u64,
    /// Rows that the profile leaves out.
    pub skipped: u64,
}

impl Chunk {
    /// How many rows passed.
    pub fn kept(&self) -> usize {
        self.rows.num_rows() - self.refused.len()
    }

    /// The runs of rows that passed, between those that were refused.
    pub fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = self.refused.iter().map(|row| *row as usize).chain([self.rows.num_rows()]);
        let starts = std::iter::once(0).chain(self.refused.iter().map(|row| *row as usize + 1));
        starts.zip(ends).map(|(start, end)| start..end).filter(|run| !run.is_empty())
    }
}

/// What a reader is told beside the file.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// What each check does.
    pub policy: &'a Policy,
    /// The day as of which the data is read: later dates are impossible.
    pub as_of: Date,
    /// Limits on the file.
    pub limits: crate::Limits,
}

/// Bytes of text after which a chunk is closed whatever its rows.
const CHUNK_BYTES: usize = 64 << 20;
/// Faults after which a chunk is closed, because each may become a quarantined row.
const CHUNK_FAULTS: usize = 1 << 14;

/// Makes chunks of one table out of blocks.
pub(crate) struct Feeder {
    plan: Plan,
    judge: Judge,
    builders: Vec<Builder>,
    lines: Vec<u64>,
    faults: Vec<Fault>,
    bytes: usize,
    skipped: u64,
    seen: FxHashSet<u64>,
    ordinals: FxHashMap<u64, u32>,
}

impl Feeder {
    pub(crate) fn new(plan: Plan, judge: Judge) -> Self {
        let builders = (0..plan.table.columns.len()).map(|index| Builder::new(plan.table, index)).collect();
        Self {
            plan,
            judge,
            builders,
            lines: Vec::new(),
            faults: Vec::new(),
            bytes: 0,
            skipped: 0,
            seen: FxHashSet::default(),
            ordinals: FxHashMap::default(),
        }
    }

    /// Whether a chunk of at most `rows` rows is full.
    pub(crate) fn is_full(&self, rows: usize) -> bool {
        self.lines.len() >= rows || self.bytes > CHUNK_BYTES || self.faults.len() > CHUNK_FAULTS
    }

    /// Rows that wait for a chunk.
    pub(crate) fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Adds the rows of a block.
    pub(crate) fn feed(&mut self, block: &Block) {
        let base = self.lines.len() as u32;
        let chosen = self.choose(block);
        match &chosen {
            None => self.lines.extend_from_slice(&block.lines),
            Some(rows) => {
                self.skipped += (block.rows() - rows.len()) as u64;
                self.lines.extend(rows.iter().map(|row| block.lines[*row as usize]));
            }
        }
        self.bytes += block.spans.last().map_or(0, |span| span.to as usize);
        self.take_faults(block, base, chosen.as_deref());
        for column in 0..self.builders.len() {
            self.feed_column(block, base, column, chosen.as_deref());
        }
    }

    /// The rows that the profile does not leave out; `None` for all.
    fn choose(&mut self, block: &Block) -> Option<Vec<u32>> {
        if self.plan.skip.is_empty() && !self.plan.distinct {
            return None;
        }
        let skipped = |row: usize| {
            self.plan.skip.iter().any(|(field, values)| {
                let cell = block.cell(row, usize::from(*field));
                values.iter().any(|value| value.as_bytes() == cell)
            })
        };
        let mut rows: Vec<u32> =
            (0..block.rows()).filter(|row| !skipped(*row)).map(|row| row as u32).collect();
        if self.plan.distinct {
            rows.retain(|row| self.seen.insert(row_hash(&self.plan, block, *row as usize)));
        }
        (rows.len() < block.rows()).then_some(rows)
    }

    /// Takes over the faults that the splitting found.
    fn take_faults(&mut self, block: &Block, base: u32, chosen: Option<&[u32]>) {
        for flaw in &block.faults {
            let place = match chosen {
                None => Some(flaw.row),
                Some(rows) => rows.binary_search(&flaw.row).ok().map(|at| at as u32),
            };
            let column = flaw.field.map(|field| self.plan.column_of(field));
            // A fault in a field that feeds nothing is nobody's.
            if let (Some(place), false) = (place, column == Some(None)) {
                let text = flaw.text(block.width).into_boxed_str();
                let (row, column) = (base + place, column.flatten());
                self.faults.push(Fault { row, column, check: flaw.check, text });
            }
        }
    }

    fn feed_column(&mut self, block: &Block, base: u32, column: usize, chosen: Option<&[u32]>) {
        let form = self.plan.form;
        let mut sink = Sink { base, column: column as u16, form, faults: &mut self.faults };
        let builder = &mut self.builders[column];
        let rows = chosen.map_or(block.rows(), <[u32]>::len);
        let pick = |at: usize| chosen.map_or(at, |rows| rows[at] as usize);
        match &self.plan.feeds[column] {
            Feed::Missing => builder.feed_missing(rows),
            Feed::Field(field) if chosen.is_none() => {
                builder.feed(block.cells(usize::from(*field)), &mut sink);
            }
            Feed::Field(field) => {
                builder.feed((0..rows).map(|at| block.cell(pick(at), usize::from(*field))), &mut sink);
            }
            Feed::First(fields) => {
                builder.feed((0..rows).map(|at| first(block, pick(at), fields)), &mut sink);
            }
            Feed::Constant(value) => builder.feed((0..rows).map(|_| value.as_bytes()), &mut sink),
            Feed::Goods(fields) => {
                builder.feed((0..rows).map(|at| goods(first(block, pick(at), fields))), &mut sink);
            }
            Feed::Ordinal(field) => {
                let ordinals = &mut self.ordinals;
                let texts: Vec<String> = (0..rows)
                    .map(|at| {
                        let count = ordinals
                            .entry(bytes_hash(block.cell(pick(at), usize::from(*field))))
                            .or_default();
                        *count += 1;
                        count.to_string()
                    })
                    .collect();
                builder.feed(texts.iter().map(String::as_bytes), &mut sink);
            }
        }
    }

    /// The chunk of what was fed.
    pub(crate) fn finish(&mut self) -> Result<Chunk, IngestError> {
        self.bytes = 0;
        let lines = std::mem::take(&mut self.lines);
        let faults = std::mem::take(&mut self.faults);
        let arrays = self.arrays().map_err(|source| self.judge.bug(source))?;
        let mut chunk = self.judge.judge(arrays, lines, faults)?;
        chunk.skipped = std::mem::take(&mut self.skipped);
        Ok(chunk)
    }

    /// A chunk of arrays that `take` makes out of a column's feed; `None` from it means constant or missing.
    pub(crate) fn chunk_of(
        &mut self,
        lines: Vec<u64>,
        mut take: impl FnMut(
            &mut Sink<'_>,
            &mut Builder,
            &Feed,
            &DataType,
        ) -> Result<Option<ArrayRef>, ArrowError>,
    ) -> Result<Chunk, IngestError> {
        let schema = crate::chunk_schema(self.plan.table);
        let form = self.plan.form;
        let mut faults = Vec::new();
        let mut arrays = Vec::with_capacity(self.builders.len());
        for (column, builder) in self.builders.iter_mut().enumerate() {
            let feed = &self.plan.feeds[column];
            let mut sink = Sink { base: 0, column: column as u16, form, faults: &mut faults };
            let taken = take(&mut sink, builder, feed, schema.field(column).data_type());
            let array = if let Some(array) = taken.map_err(|source| self.judge.bug(source))? {
                array
            } else {
                match feed {
                    Feed::Constant(value) => {
                        builder.feed(lines.iter().map(|_| value.as_bytes()), &mut sink);
                    }
                    _ => builder.feed_missing(lines.len()),
                }
                builder.finish().map_err(|source| self.judge.bug(source))?
            };
            let mapped = self.plan.codes[column]
                .as_ref()
                .map_or(Ok(Arc::clone(&array)), |codes| map_codes(&array, codes));
            arrays.push(mapped.map_err(|source| self.judge.bug(source))?);
        }
        self.judge.judge(arrays, lines, faults)
    }

    fn arrays(&mut self) -> Result<Vec<ArrayRef>, ArrowError> {
        let columns = self.builders.iter_mut().zip(&self.plan.codes);
        columns
            .map(|(builder, codes)| {
                let array = builder.finish()?;
                match codes {
                    Some(codes) => map_codes(&array, codes),
                    None => Ok(array),
                }
            })
            .collect()
    }
}

/// Puts our codes in the place of theirs, once for each value of the dictionary.
pub(crate) fn map_codes(array: &ArrayRef, codes: &BTreeMap<String, String>) -> Result<ArrayRef, ArrowError> {
    let ours =
        |value: Option<&str>| value.map(|value| codes.get(value).map_or(value, String::as_str).to_owned());
    let Some(dictionary) = array.as_dictionary_opt::<Int32Type>() else {
        let Some(texts) = array.as_string_opt::<i32>() else { return Ok(Arc::clone(array)) };
        return Ok(Arc::new(texts.iter().map(ours).collect::<StringArray>()));
    };
    let values: StringArray = dictionary.values().as_string::<i32>().iter().map(ours).collect();
    Ok(Arc::new(DictionaryArray::try_new(dictionary.keys().clone(), Arc::new(values))?))
}

/// The first cell that is not empty.
fn first<'a>(block: &'a Block, row: usize, fields: &[u16]) -> &'a [u8] {
    let mut cells = fields.iter().map(|field| block.cell(row, usize::from(*field)));
    cells.find(|cell| !cell.is_empty()).unwrap_or_default()
}

/// The `list_type` that the form of a goods code tells; nothing where it tells none.
pub(crate) fn goods(code: &[u8]) -> &'static [u8] {
    match std::str::from_utf8(code).ok().and_then(mingcha_model::form::good) {
        Some(Good::Drug) => b"101",
        Some(Good::Slice) => b"102",
        Some(Good::Item) => b"201",
        Some(Good::Consumable) => b"301",
        None => b"",
    }
}

fn bytes_hash(bytes: &[u8]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    hasher.write_u8(0xff);
    hasher.finish()
}

/// A hash of all cells that a row is made of.
fn row_hash(plan: &Plan, block: &Block, row: usize) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    for feed in &plan.feeds {
        let cell: &[u8] = match feed {
            Feed::Field(field) => block.cell(row, usize::from(*field)),
            Feed::First(fields) | Feed::Goods(fields) => first(block, row, fields),
            _ => b"",
        };
        hasher.write(cell);
        hasher.write_u8(0xff);
    }
    hasher.finish()
}
