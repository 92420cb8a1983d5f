//! Rows of one table on their way in: scattered to fine partitions by the hash of the leading column and spilled to disk.

use crate::{
    LakeError, Result,
    column::{Input, Values},
    interner::Interners,
    layout::{Layout, is_wide},
    text::{NULL, Text, numbers},
};
use arrow_array::{Array, RecordBatch, StringArray};
use arrow_schema::DataType;
use mingcha_model::key::hash64;
use std::{
    borrow::Cow,
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Fine partitions: the most buckets that a batch can be sorted into without reading it twice.
pub(crate) const FINE: usize = 256;
/// Where rows wait whose person is not known yet.
pub(crate) const ORPHANS: usize = FINE;
/// Rows after which a partition is spilled.
const CHUNK: usize = 1024;

/// How a staged column is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A number.
    Number,
    /// The code of a text that repeats.
    Narrow,
    /// A text that hardly repeats.
    Wide,
}

/// A staged column: its name, how it is held, whether rows must have it.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

/// One table's staged rows.
pub(crate) struct Stage {
    pub(crate) layout: &'static Layout,
    pub(crate) slots: Vec<Slot>,
    lead: usize,
    parts: Vec<Mutex<Part>>,
    spill: Mutex<Spill>,
    rows: AtomicU64,
}

struct Part {
    rows: usize,
    columns: Vec<Values>,
}

struct Spill {
    path: PathBuf,
    file: Option<File>,
    end: u64,
    chunks: Vec<Vec<Chunk>>,
}

#[derive(Clone, Copy, Debug)]
struct Chunk {
    start: u64,
    bytes: usize,
    rows: usize,
}

/// One column of an incoming batch, ready to be scattered.
enum Source<'a> {
    Numbers(Vec<i64>),
    Texts(Text<'a>),
    Absent,
}

impl Stage {
    pub(crate) fn new(layout: &'static Layout, folder: &Path) -> Self {
        let slots = slots(layout);
        let lead = slots.iter().position(|slot| slot.name == layout.lead()).unwrap_or_default();
        let part = || Part {
            rows: 0,
            columns: slots.iter().map(|slot| Values::new(slot.kind == Kind::Wide)).collect(),
        };
        let parts = (0..=ORPHANS).map(|_| Mutex::new(part())).collect();
        let path = folder.join(format!("{}.spill", layout.table.name));
        let spill = Spill { path, file: None, end: 0, chunks: vec![Vec::new(); ORPHANS + 1] };
        Self { layout, lead, parts, spill: Mutex::new(spill), rows: AtomicU64::new(0), slots }
    }

    /// Rows appended so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Takes a batch in. `ticket` stands for the source file where the batch does not say it.
    pub(crate) fn append(&self, batch: &RecordBatch, interners: &Interners, ticket: u64) -> Result<()> {
        let batch = self.readable(batch)?;
        let sources = self.sources(&batch, interners, ticket)?;
        let lead = batch.column_by_name(self.layout.lead()).map(|column| Text::of(column)).transpose()?;
        self.distribute(&Self::scatter(lead, batch.num_rows()), sources)?;
        self.rows.fetch_add(batch.num_rows() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// The batch with texts as Utf8 or its dictionary; fails at unknown columns and wrong types.
    fn readable<'a>(&self, batch: &'a RecordBatch) -> Result<Cow<'a, RecordBatch>> {
        let table = self.layout.table.name;
        for field in batch.schema_ref().fields() {
            let slot = self.slots.iter().find(|slot| slot.name == field.name());
            let Some(slot) = slot else {
                return Err(LakeError::column(table, field.name(), "is not kept in the lake"));
            };
            let expected =
                self.layout.schema.field_with_name(slot.name).ok().map(|field| field.data_type().clone());
            let numeric = slot.kind == Kind::Number;
            if numeric && expected.as_ref().is_some_and(|expected| expected != field.data_type()) {
                let expected = expected.unwrap_or(DataType::Null);
                let message = format!("is {}, not {expected}", field.data_type());
                return Err(LakeError::column(table, field.name(), message));
            }
        }
        let text = |kind: &DataType| matches!(kind, DataType::LargeUtf8 | DataType::Utf8View);
        if !batch.columns().iter().any(|column| text(column.data_type())) {
            return Ok(Cow::Borrowed(batch));
        }
        let cast = |column: &arrow_array::ArrayRef| match text(column.data_type()) {
            true => arrow_cast::cast(column, &DataType::Utf8),
            false => Ok(column.clone()),
        };
        let columns = batch.columns().iter().map(cast).collect::<Result<Vec<_>, _>>()?;
        let named = batch.schema_ref().fields().iter().map(|field| field.name()).zip(columns);
        Ok(Cow::Owned(RecordBatch::try_from_iter(named)?))
    }

    fn sources<'a>(
        &self,
        batch: &'a RecordBatch,
        interners: &Interners,
        ticket: u64,
    ) -> Result<Vec<Source<'a>>> {
        self.slots.iter().map(|slot| self.source(slot, batch, interners, ticket)).collect()
    }

    fn source<'a>(
        &self,
        slot: &Slot,
        batch: &'a RecordBatch,
        interners: &Interners,
        ticket: u64,
    ) -> Result<Source<'a>> {
        let table = self.layout.table.name;
        let Some(column) = batch.column_by_name(slot.name) else {
            return match slot.name {
                "src_file" => Ok(Source::Numbers(vec![ticket as i64; batch.num_rows()])),
                "src_line" => Ok(Source::Numbers((1..=batch.num_rows() as i64).collect())),
                name if slot.required => Err(LakeError::column(table, name, "is missing")),
                _ => Ok(Source::Absent),
            };
        };
        if slot.required && column.null_count() > 0 {
            return Err(LakeError::column(
                table,
                slot.name,
                "is empty in a row that should have been refused",
            ));
        }
        let text = || Text::of(column).map_err(|_| LakeError::column(table, slot.name, "is not text"));
        match slot.kind {
            Kind::Number => numbers(column).map(Source::Numbers),
            Kind::Wide => text().map(Source::Texts),
            Kind::Narrow => narrow(slot.name, text()?, column.len(), interners).map(Source::Numbers),
        }
    }

    /// Row numbers by fine partition of the leading text.
    fn scatter(lead: Option<Text<'_>>, rows: usize) -> Vec<Vec<u32>> {
        let mut parts: Vec<Vec<u32>> = vec![Vec::new(); ORPHANS + 1];
        match lead {
            Some(Text::Coded(keys, values)) => {
                let of: Vec<usize> = (0..values.len()).map(|at| part_of(values.value(at))).collect();
                for row in 0..rows {
                    let part = if keys.is_null(row) { ORPHANS } else { of[keys.value(row) as usize] };
                    parts[part].push(row as u32);
                }
            }
            Some(texts) => {
                (0..rows).for_each(|row| parts[texts.get(row).map_or(ORPHANS, part_of)].push(row as u32));
            }
            None => parts[ORPHANS].extend(0..rows as u32),
        }
        parts
    }

    /// Puts rows into their partitions. Numbers are first brought into the partitions' order column by column, each of which fits a
    /// processor's cache; going through all columns for each partition would fetch every value from memory on its own.
    fn distribute(&self, parts: &[Vec<u32>], mut sources: Vec<Source<'_>>) -> Result<()> {
        for source in &mut sources {
            if let Source::Numbers(values) = source {
                *values = parts.iter().flatten().map(|row| values[*row as usize]).collect();
            }
        }
        let mut start = 0;
        for (part, rows) in parts.iter().enumerate() {
            if !rows.is_empty() {
                self.push(part, rows, start, &sources)?;
            }
            start += rows.len();
        }
        Ok(())
    }

    fn push(&self, at: usize, rows: &[u32], start: usize, sources: &[Source<'_>]) -> Result<()> {
        let mut part = locked(&self.parts[at]);
        for (column, source) in part.columns.iter_mut().zip(sources) {
            match (column, source) {
                (Values::Numbers(out), Source::Numbers(from)) => {
                    out.extend_from_slice(&from[start..start + rows.len()]);
                }
                (Values::Numbers(out), _) => out.resize(out.len() + rows.len(), NULL),
                (Values::Texts(out), Source::Texts(text)) => {
                    rows.iter().for_each(|row| out.push(text.get(*row as usize)));
                }
                (Values::Texts(out), _) => rows.iter().for_each(|_| out.push(None)),
            }
        }
        part.rows += rows.len();
        if part.rows >= CHUNK { self.spill(at, &mut part) } else { Ok(()) }
    }

    /// Puts rows whose person has been found where they belong; `text` is that person, `None` leaves the row without.
    pub(crate) fn adopt(&self, columns: &[Values], persons: &[Option<&str>]) -> Result<()> {
        let texts = |column: &Values| match column {
            Values::Texts(texts) => Some(texts.iter().collect::<StringArray>()),
            Values::Numbers(_) => None,
        };
        let texts: Vec<Option<StringArray>> = columns.iter().map(texts).collect();
        let persons: StringArray = persons.iter().copied().collect();
        let source = |(at, column): (usize, &Values)| match (column, &texts[at]) {
            _ if at == self.lead => Source::Texts(Text::Plain(&persons)),
            (_, Some(texts)) => Source::Texts(Text::Plain(texts)),
            (Values::Numbers(values), None) => Source::Numbers(values.clone()),
            (Values::Texts(_), None) => Source::Absent,
        };
        let sources: Vec<Source<'_>> = columns.iter().enumerate().map(source).collect();
        let mut parts = Self::scatter(Some(Text::Plain(&persons)), persons.len());
        // A row whose person stays unknown is shown to the checker with the people of an arbitrary, fixed partition.
        let lost = std::mem::take(&mut parts[ORPHANS]);
        parts[part_of("")].extend(lost);
        self.distribute(&parts, sources)
    }

    fn spill(&self, at: usize, part: &mut Part) -> Result<()> {
        let mut bytes = Vec::with_capacity(part.rows * 128);
        part.columns.iter().for_each(|column| column.encode(&mut bytes));
        locked(&self.spill).write(at, part.rows, &bytes)?;
        part.rows = 0;
        part.columns.iter_mut().for_each(Values::clear);
        Ok(())
    }

    /// Spills what is left and frees the buffers, but for those of rows without a person.
    pub(crate) fn flush(&self) -> Result<()> {
        for (at, part) in self.parts.iter().enumerate() {
            let mut part = locked(part);
            if part.rows > 0 {
                self.spill(at, &mut part)?;
            }
            part.columns
                .iter_mut()
                .zip(&self.slots)
                .for_each(|(column, slot)| *column = Values::new(slot.kind == Kind::Wide));
        }
        Ok(())
    }

    /// A column of no rows for each staged column.
    pub(crate) fn empty_columns(&self) -> Vec<Values> {
        self.slots.iter().map(|slot| Values::new(slot.kind == Kind::Wide)).collect()
    }

    /// Rows of a partition.
    pub(crate) fn part_rows(&self, part: usize) -> usize {
        locked(&self.spill).chunks[part].iter().map(|chunk| chunk.rows).sum()
    }

    /// All spilled rows of the partitions by column, and their number.
    pub(crate) fn load(&self, parts: impl Iterator<Item = usize>) -> Result<(Vec<Values>, usize)> {
        let mut columns = self.empty_columns();
        let mut rows = 0;
        for part in parts {
            self.chunks(part, &mut |chunk, count| {
                let mut input = Input(chunk);
                rows += count;
                columns.iter_mut().try_for_each(|column| column.decode(count, &mut input))
            })?;
        }
        Ok((columns, rows))
    }

    /// Gives each spilled chunk of a partition: its bytes and its number of rows.
    pub(crate) fn chunks(&self, part: usize, each: &mut dyn FnMut(&[u8], usize) -> Result<()>) -> Result<()> {
        let (path, chunks) = {
            let spill = locked(&self.spill);
            (spill.path.clone(), spill.chunks[part].clone())
        };
        if chunks.is_empty() {
            return Ok(());
        }
        let mut file = File::open(&path).map_err(LakeError::io(&path))?;
        let mut bytes = Vec::new();
        for chunk in chunks {
            bytes.resize(chunk.bytes, 0);
            let read = file.seek(SeekFrom::Start(chunk.start)).and_then(|_| file.read_exact(&mut bytes));
            read.map_err(LakeError::io(&path))?;
            each(&bytes, chunk.rows)?;
        }
        Ok(())
    }

    /// Empties a partition's list of chunks.
    pub(crate) fn forget(&self, part: usize) {
        locked(&self.spill).chunks[part].clear();
    }
}

impl Spill {
    fn write(&mut self, part: usize, rows: usize, bytes: &[u8]) -> Result<()> {
        if self.file.is_none() {
            self.file = Some(File::create(&self.path).map_err(LakeError::io(&self.path))?);
        }
        if let Some(file) = &mut self.file {
            file.write_all(bytes).map_err(LakeError::io(&self.path))?;
        }
        self.chunks[part].push(Chunk { start: self.end, bytes: bytes.len(), rows });
        self.end += bytes.len() as u64;
        Ok(())
    }
}

fn slots(layout: &Layout) -> Vec<Slot> {
    let stored = layout.table.lake_schema();
    let mut slots: Vec<Slot> = Vec::with_capacity(stored.fields().len() + 2);
    for column in &layout.table.columns {
        let name = match (column.personal, mingcha_model::table::digest_of(column.name)) {
            (false, _) => column.name,
            (true, Some(digest)) => digest,
            (true, None) => continue,
        };
        let text = column.personal || column.ty.arrow() == DataType::Utf8;
        let kind = match (text, is_wide(name)) {
            (false, _) => Kind::Number,
            (true, true) => Kind::Wide,
            (true, false) => Kind::Narrow,
        };
        slots.push(Slot { name, kind, required: column.required && !column.personal });
    }
    slots.extend(["src_file", "src_line"].map(|name| Slot { name, kind: Kind::Number, required: false }));
    slots
}

fn narrow(column: &'static str, text: Text<'_>, rows: usize, interners: &Interners) -> Result<Vec<i64>> {
    match text {
        Text::Plain(texts) => interners.codes(column, texts.iter(), NULL),
        Text::Coded(keys, values) => {
            let codes = interners.codes(column, values.iter(), NULL)?;
            Ok((0..rows)
                .map(|row| if keys.is_null(row) { NULL } else { codes[keys.value(row) as usize] })
                .collect())
        }
    }
}

fn part_of(text: &str) -> usize {
    (hash64(&[text.as_bytes()]) % FINE as u64) as usize
}

/// A lock whose holder panicked is still good here: the batch is abandoned as a whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
