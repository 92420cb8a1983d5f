//! The reader: a source as a stream of checked chunks, with bounded memory whatever the file.

use crate::{
    IngestError, Source,
    block::{Block, Flaw},
    check::Check,
    chunk::{Chunk, Feeder, Reading},
    csv::{CsvBlocks, CsvError},
    judge::Judge,
    open::{self, Bytes},
    parquet_file::Batches,
    plan::Plan,
    source::{Format, Part},
    text::Utf8Reader,
    xlsx::Rows,
};
use std::{collections::VecDeque, sync::Arc};

/// Reads one source. An iterator of chunks of at most [`crate::Limits::chunk_rows`] rows (a block more in CSV); ends after an error.
///
/// A reader belongs to one thread; two readers may read two files, or two parts of one file (see [`Source::split`]), at the same time.
pub struct Reader {
    name: Arc<str>,
    input: Input,
    feeders: Vec<Feeder>,
    ready: VecDeque<Chunk>,
    block: Block,
    chunk_rows: usize,
    line_bytes: usize,
    ended: bool,
}

enum Input {
    Csv(Box<CsvBlocks<Utf8Reader<Bytes>>>),
    Xlsx(Box<Rows>),
    Parquet(Box<Batches>),
}

impl Reader {
    /// Opens a source.
    pub fn open(source: &Source, reading: &Reading<'_>) -> Result<Self, IngestError> {
        let limits = &reading.limits;
        let input = match &source.format {
            Format::Csv { packing, charset, delimiter } => {
                let (range, line) = match &source.part {
                    Part::Bytes(range, line) => (Some((range.start, range.end)), *line),
                    _ => (None, 1),
                };
                let opened = open::open(&source.path, *packing, range, limits);
                let bytes = opened.map_err(|error| open::read_error(&source.name, line, error))?;
                return Self::of_text(source, Utf8Reader::new(bytes, *charset), *delimiter, line, reading);
            }
            Format::Xlsx { sheet } => Input::Xlsx(Box::new(Rows::open(source, sheet, limits)?)),
            Format::Parquet => Input::Parquet(Box::new(Batches::open(source, limits)?)),
        };
        Ok(Self::of(source, input, reading))
    }

    /// Reads text that begins on a line of its file; on the first line there is a header to pass over.
    pub(crate) fn of_text(
        source: &Source,
        text: Utf8Reader<Bytes>,
        delimiter: u8,
        line: u64,
        reading: &Reading<'_>,
    ) -> Result<Self, IngestError> {
        let limits = &reading.limits;
        let mut blocks = CsvBlocks::new(text, line, delimiter, 0, limits);
        let mut block = Block::default();
        if line == 1 {
            blocks.next(&mut block, 1).map_err(|error| csv_error(&source.name, limits.line_bytes, error))?;
        }
        blocks.expect_width(source.header.len());
        let reader = Self::of(source, Input::Csv(Box::new(blocks)), reading);
        Ok(Self { block, ..reader })
    }

    fn of(source: &Source, input: Input, reading: &Reading<'_>) -> Self {
        let judge = |plan: &Plan| Judge::new(plan.table, Arc::clone(&source.name), source.number, reading);
        Self {
            name: Arc::clone(&source.name),
            input,
            feeders: source.plans.iter().map(|plan| Feeder::new(plan.clone(), judge(plan))).collect(),
            ready: VecDeque::new(),
            block: Block::default(),
            chunk_rows: reading.limits.chunk_rows,
            line_bytes: reading.limits.line_bytes,
            ended: false,
        }
    }

    /// Reads on until a chunk is ready or the source ends.
    fn advance(&mut self) -> Result<(), IngestError> {
        while self.ready.is_empty() && !self.ended {
            self.ended = !self.step()?;
        }
        Ok(())
    }

    /// Reads one block; `false` at the end.
    fn step(&mut self) -> Result<bool, IngestError> {
        let more = match &mut self.input {
            Input::Csv(blocks) => {
                let room = self.feeders.iter().map(Feeder::rows).max().unwrap_or(0);
                let most = self.chunk_rows.saturating_sub(room).max(1);
                blocks
                    .next(&mut self.block, most)
                    .map_err(|error| csv_error(&self.name, self.line_bytes, error))?
            }
            Input::Xlsx(rows) => rows.next(&mut self.block)?,
            Input::Parquet(batches) => match batches.next(&mut self.feeders, &mut self.block)? {
                Some(chunks) => {
                    self.ready.extend(chunks);
                    true
                }
                None => false,
            },
        };
        if more && self.block.rows() > 0 {
            check_encoding(&mut self.block);
            self.feeders.iter_mut().for_each(|feeder| feeder.feed(&self.block));
        }
        if !matches!(self.input, Input::Csv(_)) {
            self.block.text.clear();
            self.block.clear_records(self.block.width);
        }
        for feeder in &mut self.feeders {
            if feeder.is_full(self.chunk_rows) || !more && feeder.rows() > 0 {
                self.ready.push_back(feeder.finish()?);
            }
        }
        Ok(more)
    }
}

impl Iterator for Reader {
    type Item = Result<Chunk, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.advance() {
            self.ended = true;
            return Some(Err(error));
        }
        self.ready.pop_front().map(Ok)
    }
}

fn csv_error(file: &str, line_bytes: usize, error: CsvError) -> IngestError {
    match error {
        CsvError::Io(error, line) => open::read_error(file, line, error),
        CsvError::OpenQuote(line) => {
            let message =
                "a quote is opened here and never closed; the file breaks off, or the quote is a stray one";
            IngestError::Content { file: file.to_owned(), line, message: message.to_owned() }
        }
        CsvError::LongLine(line) => {
            let message = format!("a line is longer than {line_bytes} bytes, or a quote is never closed");
            IngestError::Limit { file: file.to_owned(), line, message }
        }
    }
}

/// Takes out the fields that are not UTF-8, with a fault for each.
fn check_encoding(block: &mut Block) {
    let end = block.spans.iter().map(|span| span.to as usize).max().unwrap_or(0);
    if std::str::from_utf8(&block.text[..end]).is_ok() {
        return;
    }
    for index in 0..block.spans.len() {
        let span = &mut block.spans[index];
        if std::str::from_utf8(&block.text[span.from as usize..span.to as usize]).is_err() {
            span.to = span.from;
            let (row, field) = (index / block.width, index % block.width);
            block.faults.push(Flaw {
                row: row as u32,
                field: Some(field as u16),
                check: Check::Encoding,
                fields: block.width,
            });
        }
    }
}
