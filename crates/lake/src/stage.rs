//! Rows of one table on their way in: scattered to fine partitions by the hash of the leading column and held packed in memory, or
//! spilled to disk once memory is full.

use crate::{
    LakeError, Result,
    column::{Column, Frame, Input, Inputs, Kind, Numbers, Packed, Scattered},
    interner::Interners,
    layout::{Layout, is_plain, is_wide},
    text::{NULL, Text},
};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::DataType;
use mingcha_model::key::hash64;
use std::{
    borrow::Cow,
    fs::File,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Fine partitions: the most buckets that a batch can be sorted into without reading it twice.
pub(crate) const FINE: usize = 256;
/// Where rows wait whose person is not known yet.
pub(crate) const ORPHANS: usize = FINE;
/// The place of rows that go nowhere.
const REFUSED: u16 = ORPHANS as u16 + 1;
/// Bytes that are read at once where chunks lie side by side.
const READ: u64 = 4 << 20;
/// Packed bytes that the tables of a batch hold in memory together; the rest goes to disk.
const HELD: u64 = 1152 << 20;

/// Memory that the stages of a batch share.
#[derive(Debug)]
pub(crate) struct Room(AtomicU64);

impl Room {
    /// Room for what a batch holds in memory at most.
    pub(crate) fn new() -> Self {
        Self(AtomicU64::new(HELD))
    }

    /// Takes that many bytes, if they are left.
    fn take(&self, bytes: u64) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
    }

    fn give_back(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    fn has(&self, bytes: u64) -> bool {
        self.0.load(Ordering::Relaxed) >= bytes
    }
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
    spill: Mutex<Spill>,
    room: Arc<Room>,
    rows: AtomicU64,
}

struct Spill {
    path: PathBuf,
    file: Option<Arc<File>>,
    end: u64,
    /// The batches that are held in memory.
    held: Vec<Arc<[Packed]>>,
    /// How the columns of each spilled batch lie.
    frames: Vec<Arc<[Frame]>>,
    /// The chunks of each partition, in the order of the batches.
    chunks: Vec<Vec<Chunk>>,
}

/// The rows that one batch has in one partition.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    rows: u32,
    at: Place,
}

/// Where a chunk's bytes are.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// In the batch of that number in memory, at that place.
    Held { batch: u32, place: u32 },
    /// In the file; the batch of that number says how they lie.
    Spilled { batch: u32, start: u64, bytes: u32 },
}

/// The places that have rows of a batch, and how many.
type Counts = Vec<(usize, u32)>;

/// Takes the number of a chunk's rows and its columns.
type UseChunk<'a> = dyn FnMut(usize, &mut Inputs<'_>) -> Result<()> + 'a;

/// One column of an incoming batch, ready to be scattered.
enum Source<'a> {
    Numbers(Numbers<'a>),
    Texts(Text<'a>),
    Absent,
}

impl Stage {
    pub(crate) fn new(layout: &'static Layout, folder: &Path, room: &Arc<Room>) -> Self {
        let slots = slots(layout);
        let lead = slots.iter().position(|slot| slot.name == layout.lead()).unwrap_or_default();
        let path = folder.join(format!("{}.spill", layout.table.name));
        let chunks = vec![Vec::new(); ORPHANS + 1];
        let spill = Spill { path, file: None, end: 0, held: Vec::new(), frames: Vec::new(), chunks };
        Self {
            layout,
            lead,
            spill: Mutex::new(spill),
            room: Arc::clone(room),
            rows: AtomicU64::new(0),
            slots,
        }
    }

    /// Rows appended so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Takes a batch in without its refused rows. `ticket` stands for the source file where the batch does not say it.
    pub(crate) fn append(
        &self,
        batch: &RecordBatch,
        refused: &[u32],
        interners: &Interners,
        ticket: u64,
    ) -> Result<()> {
        let batch = self.readable(batch)?;
        let sources = self.sources(&batch, refused, interners, ticket)?;
        let lead = batch.column_by_name(self.layout.lead()).map(|column| Text::of(column)).transpose()?;
        let scattered = scatter(lead, batch.num_rows(), refused, ORPHANS);
        self.keep(&scattered, sources)?;
        self.rows.fetch_add(scattered.rows.len() as u64, Ordering::Relaxed);
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
        let cast = |column: &ArrayRef| match text(column.data_type()) {
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
        refused: &[u32],
        interners: &Interners,
        ticket: u64,
    ) -> Result<Vec<Source<'a>>> {
        self.slots.iter().map(|slot| self.source(slot, batch, refused, interners, ticket)).collect()
    }

    fn source<'a>(
        &self,
        slot: &Slot,
        batch: &'a RecordBatch,
        refused: &[u32],
        interners: &Interners,
        ticket: u64,
    ) -> Result<Source<'a>> {
        let table = self.layout.table.name;
        let Some(column) = batch.column_by_name(slot.name) else {
            return match slot.name {
                "src_file" => Ok(own(vec![ticket as i64; batch.num_rows()])),
                "src_line" => Ok(own((1..=batch.num_rows() as i64).collect())),
                name if slot.required => Err(LakeError::column(table, name, "is missing")),
                _ => Ok(Source::Absent),
            };
        };
        let empty = |row: &&u32| column.is_null(**row as usize);
        if slot.required && column.null_count() > refused.iter().filter(empty).count() {
            return Err(LakeError::column(
                table,
                slot.name,
                "is empty in a row that should have been refused",
            ));
        }
        let text = || Text::of(column).map_err(|_| LakeError::column(table, slot.name, "is not text"));
        match slot.kind {
            Kind::Number => Numbers::of(column).map(Source::Numbers),
            Kind::Local | Kind::Plain => text().map(Source::Texts),
            Kind::Narrow => narrow(slot.name, text()?, interners).map(Source::Numbers),
        }
    }

    /// Keeps rows, partition after partition. Columns are brought into the partitions' order one by one, each of which fits a
    /// processor's cache; going through all columns for each partition would fetch every value from memory on its own.
    fn keep(&self, scattered: &Scattered, sources: Vec<Source<'_>>) -> Result<()> {
        let pack = |(slot, source): (&Slot, Source<'_>)| match source {
            Source::Numbers(values) => Packed::numbers(&values, scattered),
            Source::Texts(text) => Packed::texts(slot.kind, text, scattered),
            Source::Absent => Packed::absent(slot.kind, scattered),
        };
        let mut packed: Arc<[Packed]> = self.slots.iter().zip(sources).map(pack).collect();
        let counts: Counts = scattered.counts().collect();
        if self.room.take(held(&mut packed)) {
            self.hold(&counts, packed);
            return Ok(());
        }
        self.spill(&counts, &packed)
    }

    fn hold(&self, counts: &[(usize, u32)], packed: Arc<[Packed]>) {
        let mut spill = locked(&self.spill);
        let batch = spill.held.len() as u32;
        spill.held.push(packed);
        for &(place, rows) in counts {
            let at = Place::Held { batch, place: place as u32 };
            spill.chunks[part_at(place)].push(Chunk { rows, at });
        }
    }

    /// Brings batches from memory to disk, the latest first, until the room has that many bytes or nothing is held here.
    pub(crate) fn make_way(&self, bytes: u64) -> Result<()> {
        while !self.room.has(bytes) {
            let Some((mut packed, counts)) = locked(&self.spill).let_go() else { break };
            self.spill(&counts, &packed)?;
            self.room.give_back(held(&mut packed));
        }
        Ok(())
    }

    fn spill(&self, counts: &[(usize, u32)], packed: &[Packed]) -> Result<()> {
        let mut bytes = Vec::with_capacity(packed.iter().map(Packed::size).sum());
        let mut ends = Vec::new();
        for &(place, _) in counts {
            packed.iter().for_each(|column| bytes.extend_from_slice(column.part(place)));
            ends.push(bytes.len() as u64);
        }
        let mut spill = locked(&self.spill);
        if spill.file.is_none() {
            let file = File::options().create(true).truncate(true).read(true).write(true).open(&spill.path);
            spill.file = Some(Arc::new(file.map_err(LakeError::io(&spill.path))?));
        }
        let (base, batch) = (spill.end, spill.frames.len() as u32);
        spill.end += bytes.len() as u64;
        spill.frames.push(packed.iter().map(|column| column.frame).collect());
        let mut start = base;
        for (&(place, rows), end) in counts.iter().zip(ends) {
            let at = Place::Spilled { batch, start, bytes: (base + end - start) as u32 };
            spill.chunks[part_at(place)].push(Chunk { rows, at });
            start = base + end;
        }
        let (file, path) = (spill.file.clone(), spill.path.clone());
        drop(spill);
        // The place is taken; threads write side by side.
        file.map_or(Ok(()), |file| file.write_all_at(&bytes, base)).map_err(LakeError::io(&path))
    }

    /// Puts rows whose person has been found where they belong; `persons` are those people, `None` leaves the row without.
    pub(crate) fn adopt(&self, columns: &[ArrayRef], persons: &StringArray) -> Result<()> {
        let mut sources = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            sources.push(match column.data_type() {
                _ if at == self.lead => Source::Texts(Text::Plain(persons)),
                DataType::Int64 => Source::Numbers(Numbers::of(column)?),
                _ => Source::Texts(Text::of(column)?),
            });
        }
        // A row whose person stays unknown is shown to the checker with the people of an arbitrary, fixed partition.
        self.keep(&scatter(Some(Text::Plain(persons)), persons.len(), &[], part_of("")), sources)
    }

    /// Rows of a partition.
    pub(crate) fn part_rows(&self, part: usize) -> usize {
        locked(&self.spill).chunks[part].iter().map(|chunk| chunk.rows as usize).sum()
    }

    /// All rows of the partitions by column, numbers as they are staged; `None` where there are none.
    pub(crate) fn load(
        &self,
        parts: impl Iterator<Item = usize>,
        dictionary: impl Fn(&Slot) -> Option<ArrayRef>,
    ) -> Result<Option<Vec<ArrayRef>>> {
        let mut columns: Vec<Column> = self.slots.iter().map(|slot| Column::new(slot.kind)).collect();
        let parts: Vec<usize> = parts.collect();
        let total = parts.iter().map(|part| self.part_rows(*part)).sum();
        columns.iter_mut().for_each(|column| column.reserve(total));
        self.chunks(parts.into_iter(), &mut |rows, inputs| {
            let each = |(at, column): (usize, &mut Column)| {
                inputs.column(at, |frame, input| column.decode(frame, rows, input))
            };
            columns.iter_mut().enumerate().try_for_each(each)
        })?;
        let arrays =
            self.slots.iter().zip(columns).map(|(slot, column)| column.array(dictionary(slot).as_ref()));
        if total > 0 { arrays.collect::<Result<_>>().map(Some) } else { Ok(None) }
    }

    /// Gives the columns of each spilled chunk of a partition; codes of texts as numbers.
    pub(crate) fn each(
        &self,
        part: usize,
        use_chunk: &mut dyn FnMut(&[ArrayRef]) -> Result<()>,
    ) -> Result<()> {
        self.chunks(std::iter::once(part), &mut |rows, inputs| {
            let decode = |(at, slot): (usize, &Slot)| {
                let mut column = Column::new(slot.kind);
                inputs.column(at, |frame, input| column.decode(frame, rows, input))?;
                column.array(None)
            };
            let arrays = self.slots.iter().enumerate().map(decode).collect::<Result<Vec<_>>>()?;
            use_chunk(&arrays)
        })
    }

    /// Gives each chunk of the partitions, in the order in which they came.
    fn chunks(&self, parts: impl Iterator<Item = usize>, each: &mut UseChunk<'_>) -> Result<()> {
        let spill = locked(&self.spill);
        let (mut held, mut spilled) = (Vec::new(), Vec::new());
        for chunk in parts.flat_map(|part| &spill.chunks[part]) {
            match chunk.at {
                Place::Held { batch, place } => {
                    held.push((batch, place, chunk.rows, Arc::clone(&spill.held[batch as usize])));
                }
                Place::Spilled { batch, start, bytes } => {
                    spilled.push((start, bytes, chunk.rows, Arc::clone(&spill.frames[batch as usize])));
                }
            }
        }
        let (file, path) = (spill.file.clone(), spill.path.clone());
        drop(spill);
        held.sort_unstable_by_key(|(batch, place, ..)| (*batch, *place));
        for (_, place, rows, packed) in &held {
            each(*rows as usize, &mut Inputs::Apart(packed, *place as usize))?;
        }
        spilled.sort_unstable_by_key(|(start, ..)| *start);
        let mut bytes = Vec::new();
        // Chunks that lie side by side are read at once.
        let mut rest = &spilled[..];
        while let (Some((first, ..)), Some(file)) = (rest.first(), &file) {
            let end = |at: usize| rest[at].0 + u64::from(rest[at].1);
            let more =
                (1..rest.len()).take_while(|at| end(at - 1) == rest[*at].0 && end(*at) - first <= READ);
            let count = more.count() + 1;
            bytes.resize((end(count - 1) - first) as usize, 0);
            file.read_exact_at(&mut bytes, *first).map_err(LakeError::io(&path))?;
            for (start, size, rows, frames) in &rest[..count] {
                let input = Input(&bytes[(start - first) as usize..][..*size as usize]);
                each(*rows as usize, &mut Inputs::Together(frames, input))?;
            }
            rest = &rest[count..];
        }
        Ok(())
    }

    /// Empties a partition's list of chunks.
    pub(crate) fn forget(&self, part: usize) {
        locked(&self.spill).chunks[part].clear();
    }
}

impl Spill {
    /// Takes out the last batch that is held, with the places that have rows of it, and how many.
    fn let_go(&mut self) -> Option<(Arc<[Packed]>, Counts)> {
        let packed = self.held.pop()?;
        let last = self.held.len() as u32;
        let mut counts = Counts::new();
        for chunks in &mut self.chunks {
            chunks.retain(|chunk| match chunk.at {
                Place::Held { batch, place } if batch == last => {
                    counts.push((place as usize, chunk.rows));
                    false
                }
                _ => true,
            });
        }
        counts.sort_unstable();
        Some((packed, counts))
    }
}

/// Bytes that columns hold in memory, once what was set aside for nothing is given back.
fn held(packed: &mut Arc<[Packed]>) -> u64 {
    Arc::get_mut(packed).unwrap_or_default().iter_mut().map(Packed::held).sum()
}

/// The partition that stands at a place: partitions of a bucket are congruent, and lie side by side when their bits are turned round.
fn part_at(place: usize) -> usize {
    if place < FINE { usize::from((place as u8).reverse_bits()) } else { place }
}

/// The numbers of the rows that are not refused, by the place of the fine partition of the leading text; those without one go to `lost`.
fn scatter(lead: Option<Text<'_>>, rows: usize, refused: &[u32], lost: usize) -> Scattered {
    let mut places: Vec<u16> = match lead {
        Some(Text::Coded(keys, values)) => {
            let of: Vec<u16> = values.iter().map(|text| part_at(text.map_or(lost, part_of)) as u16).collect();
            let place =
                |row| if keys.is_null(row) { part_at(lost) as u16 } else { of[keys.value(row) as usize] };
            (0..rows).map(place).collect()
        }
        Some(texts) => (0..rows).map(|row| part_at(texts.get(row).map_or(lost, part_of)) as u16).collect(),
        None => vec![part_at(lost) as u16; rows],
    };
    refused.iter().for_each(|row| places[*row as usize] = REFUSED);
    Scattered::of(&places, ORPHANS)
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
        let kind = match name {
            _ if !text => Kind::Number,
            name if is_plain(name) => Kind::Plain,
            name if is_wide(name) => Kind::Local,
            _ => Kind::Narrow,
        };
        slots.push(Slot { name, kind, required: column.required && !column.personal });
    }
    slots.extend(["src_file", "src_line"].map(|name| Slot { name, kind: Kind::Number, required: false }));
    slots
}

fn narrow<'a>(column: &'static str, text: Text<'a>, interners: &Interners) -> Result<Numbers<'a>> {
    match text {
        Text::Plain(texts) => interners.codes(column, texts.iter(), NULL).map(Numbers::Own),
        Text::Coded(keys, values) => {
            let codes = interners.codes(column, values.iter(), NULL)?;
            let code = |key: &i32| codes[*key as usize];
            Ok(match keys.nulls().filter(|nulls| nulls.null_count() > 0) {
                None => Numbers::Coded(keys.values(), codes),
                Some(nulls) if nulls.null_count() == keys.len() => Numbers::Own(vec![NULL; keys.len()]),
                Some(nulls) => {
                    let rows = keys.values().iter().zip(nulls);
                    Numbers::Own(rows.map(|(key, valid)| if valid { code(key) } else { NULL }).collect())
                }
            })
        }
    }
}

fn own<'a>(values: Vec<i64>) -> Source<'a> {
    Source::Numbers(Numbers::Own(values))
}

fn part_of(text: &str) -> usize {
    (hash64(&[text.as_bytes()]) % FINE as u64) as usize
}

/// A lock whose holder panicked is still good here: the batch is abandoned as a whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
