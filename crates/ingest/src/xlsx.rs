//! XLSX: sheets as blocks of records, streamed by a thread of its own, so that a broken workbook cannot take the import with it.

use crate::{
    IngestError, Source,
    block::{Block, Flaw, Span},
    check::Check,
    limits::Limits,
};
use calamine::{DataRef, Reader as _, Xlsx};
use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread,
};

/// Records of one block.
const ROWS: usize = 2048;
/// Bytes after which a block is closed.
const BYTES: usize = 4 << 20;
/// Integers beyond this are not exact in a spreadsheet.
const EXACT: f64 = 999_999_999_999_999.0;

type Message = Result<Block, IngestError>;

fn content(file: &str, what: impl std::fmt::Display) -> IngestError {
    IngestError::Content { file: file.to_owned(), line: 0, message: format!("no sound workbook: {what}") }
}

/// Name and header of each sheet: its first row that holds anything.
pub(crate) fn headers(
    path: &Path,
    name: &str,
    limits: &Limits,
) -> Result<Vec<(String, Vec<String>)>, IngestError> {
    check_size(path, name, limits)?;
    let (path, file) = (path.to_path_buf(), name.to_owned());
    let columns = limits.columns;
    let work = thread::spawn(move || -> Result<Vec<(String, Vec<String>)>, IngestError> {
        let mut workbook = workbook(&path, &file)?;
        let sheets = workbook.sheet_names();
        let mut headers = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            // Charts are sheets too; what holds no cells has no header.
            let header = header(&mut workbook, &sheet, columns).unwrap_or_default();
            headers.push((sheet, header));
        }
        Ok(headers)
    });
    work.join().unwrap_or_else(|_| Err(content(name, "the reader gave up on it")))
}

fn workbook(path: &Path, name: &str) -> Result<Xlsx<BufReader<File>>, IngestError> {
    let file = File::open(path).map_err(|source| IngestError::Io { file: name.to_owned(), source })?;
    Xlsx::new(BufReader::new(file)).map_err(|error| content(name, error))
}

fn header(workbook: &mut Xlsx<BufReader<File>>, sheet: &str, most: usize) -> Option<Vec<String>> {
    let mut cells = workbook.worksheet_cells_reader(sheet).ok()?;
    let mut header: Vec<String> = Vec::new();
    let mut first = None;
    while let Ok(Some(cell)) = cells.next_cell() {
        let (row, column) = cell.get_position();
        let text = cell_text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        if *first.get_or_insert(row) != row {
            break;
        }
        let column = column as usize;
        if column > most {
            header.resize(most + 1, String::new());
            break;
        }
        header.resize(header.len().max(column + 1), String::new());
        text.trim().clone_into(&mut header[column]);
    }
    Some(header)
}

/// Unpacks all parts of the workbook into nothing, because what a zip says about its sizes may be a lie.
fn check_size(path: &Path, name: &str, limits: &Limits) -> Result<(), IngestError> {
    let file = File::open(path).map_err(|source| IngestError::Io { file: name.to_owned(), source })?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|error| content(name, error))?;
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| content(name, error))?;
        let strings = part.name().is_ok_and(|part| part.ends_with("sharedStrings.xml"));
        let left = limits.xlsx_bytes - total;
        let most = if strings { left.min(limits.xlsx_bytes / 2) } else { left };
        let read =
            io::copy(&mut part.take(most + 1), &mut io::sink()).map_err(|error| content(name, error))?;
        if read > most {
            let message = format!("unpacks to more than {most} bytes");
            return Err(IngestError::Limit { file: name.to_owned(), line: 0, message });
        }
        total += read;
    }
    Ok(())
}

/// The rows of a sheet as blocks.
pub(crate) struct Rows {
    name: Arc<str>,
    blocks: mpsc::Receiver<Message>,
    work: Option<thread::JoinHandle<()>>,
}

impl Rows {
    pub(crate) fn open(source: &Source, sheet: &str, limits: &Limits) -> Result<Self, IngestError> {
        // Two blocks wait at most, so the thread stays as far ahead as that and no further.
        let (sender, blocks) = mpsc::sync_channel(1);
        let sheet = Sheet {
            path: source.path.clone(),
            file: source.name.to_string(),
            title: sheet.to_owned(),
            width: source.header.len(),
            line_bytes: limits.line_bytes,
        };
        let spawned = thread::Builder::new().name("xlsx".to_owned()).spawn(move || {
            if let Err(error) = sheet.send(&sender) {
                // Nobody listens any more where this fails, so there is nobody to tell.
                let _ = sender.send(Err(error));
            }
        });
        let work = spawned.map_err(|source_error| IngestError::Io {
            file: source.name.to_string(),
            source: source_error,
        })?;
        Ok(Self { name: Arc::clone(&source.name), blocks, work: Some(work) })
    }

    /// Puts the next rows into the block; `false` at the end.
    pub(crate) fn next(&mut self, block: &mut Block) -> Result<bool, IngestError> {
        if let Ok(message) = self.blocks.recv() {
            *block = message?;
            return Ok(true);
        }
        match self.work.take().map(thread::JoinHandle::join) {
            Some(Err(_)) => Err(content(&self.name, "the reader gave up on it")),
            _ => Ok(false),
        }
    }
}

/// One sheet and what its rows must be like.
struct Sheet {
    path: PathBuf,
    file: String,
    title: String,
    width: usize,
    line_bytes: usize,
}

impl Sheet {
    fn send(&self, sender: &mpsc::SyncSender<Message>) -> Result<(), IngestError> {
        let mut workbook = workbook(&self.path, &self.file)?;
        let cells = workbook.worksheet_cells_reader(&self.title);
        let mut cells = cells.map_err(|error| content(&self.file, error))?;
        let mut header = None;
        let mut block = self.block();
        let mut row = Row::default();
        while let Some(cell) = cells.next_cell().map_err(|error| content(&self.file, error))? {
            let (line, column) = cell.get_position();
            let text = cell_text(cell.get_value());
            if text.trim().is_empty() || *header.get_or_insert(line) == line {
                continue;
            }
            if line != row.line {
                row.close(&mut block);
                row.line = line;
                if block.rows() >= ROWS || block.text.len() > BYTES {
                    let full = std::mem::replace(&mut block, self.block());
                    if sender.send(Ok(full)).is_err() {
                        return Ok(());
                    }
                }
            }
            let lossy = matches!(cell.get_value(), DataRef::Float(value) if value.abs() > EXACT);
            self.add(&mut block, &mut row, column as usize, &text, lossy)?;
        }
        row.close(&mut block);
        let _ = sender.send(Ok(block));
        Ok(())
    }

    fn block(&self) -> Block {
        Block { width: self.width, ..Block::default() }
    }

    fn add(
        &self,
        block: &mut Block,
        row: &mut Row,
        column: usize,
        text: &str,
        lossy: bool,
    ) -> Result<(), IngestError> {
        if text.len() > self.line_bytes {
            let message = format!("a cell is longer than {} bytes", self.line_bytes);
            return Err(IngestError::Limit {
                file: self.file.clone(),
                line: u64::from(row.line) + 1,
                message,
            });
        }
        if row.cells == 0 {
            block.spans.resize(block.spans.len() + self.width, Span::default());
        }
        row.cells += 1;
        let number = block.rows() as u32;
        if column >= self.width {
            row.fields = column + 1;
            return Ok(());
        }
        let from = block.text.len() as u32;
        block.text.extend_from_slice(text.as_bytes());
        block.spans[number as usize * self.width + column] = Span { from, to: block.text.len() as u32 };
        if lossy {
            let fields = self.width;
            block.faults.push(Flaw {
                row: number,
                field: Some(column as u16),
                check: Check::Precision,
                fields,
            });
        }
        Ok(())
    }
}

/// The row that is being read.
#[derive(Default)]
struct Row {
    line: u32,
    cells: usize,
    /// Columns up to the last cell, where that is one without a header.
    fields: usize,
}

impl Row {
    fn close(&mut self, block: &mut Block) {
        if self.cells > 0 {
            if self.fields > 0 {
                let begin = block.spans.len() - block.width;
                block.spans[begin..].fill(Span::default());
                let row = block.rows() as u32;
                block.faults.retain(|flaw| flaw.row != row);
                block.faults.push(Flaw { row, field: None, check: Check::Fields, fields: self.fields });
            }
            block.lines.push(u64::from(self.line) + 1);
        }
        *self = Self::default();
    }
}

/// The text that a cell would have in a CSV file.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => number_text(*value),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => u8::from(*value).to_string(),
        DataRef::DateTime(when) => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A number in the shortest form that means the same; what a spreadsheet's arithmetic left in the eleventh place is rounded away.
pub(crate) fn number_text(value: f64) -> String {
    let shortest = value.to_string();
    let places = shortest.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if places <= 10 {
        return shortest;
    }
    let rounded = format!("{value:.10}");
    rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
}
