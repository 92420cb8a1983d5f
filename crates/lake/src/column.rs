//! Staged columns and the compact bytes they are spilled as: numbers by the width of their range, texts once for each partition.

use crate::{
    LakeError, Result,
    text::{NULL, Text, numbers},
};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, DictionaryArray, Int32Array, Int64Array, StringArray,
    cast::AsArray,
    types::{
        Date32Type, Decimal128Type, Int32Type, Int64Type, TimestampMicrosecondType, UInt32Type, UInt64Type,
    },
};
use arrow_buffer::{BooleanBuffer, NullBuffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::DataType;
use mingcha_model::coder::Coder;
use std::{cell::Cell, ops::Range, sync::Arc};

/// How a staged column is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A number.
    Number,
    /// The code of a text that repeats over the whole batch.
    Narrow,
    /// A text that repeats in a bucket at most.
    Local,
    /// A text of its own in each row.
    Plain,
}

/// How the values of one column of one spilled batch lie in its bytes; the same for all partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Bytes of a value, or of a text's length: 0 (all are `least`), 1, 2, 4 or 8 (values as they are).
    width: u8,
    /// Whether 0 stands for null and values begin at 1.
    nulls: bool,
    /// What values move in above `least`: whole seconds, whole fen of a price and the like.
    step: u32,
    /// The least value.
    least: i64,
}

/// The rows of a batch in the order of their partitions.
pub(crate) struct Scattered {
    /// Row numbers.
    pub(crate) rows: Vec<u32>,
    /// Where each partition's rows end.
    pub(crate) ends: Vec<u32>,
    /// Where each row of the batch goes; behind all others where it goes nowhere.
    to: Vec<u32>,
    /// The runs of the batch's rows between those that go nowhere.
    runs: Vec<Range<usize>>,
}

/// The numbers of a column: as they lie where none is missing, else with [`NULL`] in the place of null.
pub(crate) enum Numbers<'a> {
    Own(Vec<i64>),
    I32(&'a [i32]),
    I64(&'a [i64]),
    U32(&'a [u32]),
    U64(&'a [u64]),
    /// Decimals, all of which fit into 64 bits.
    I128(&'a [i128]),
    /// Keys of a dictionary, and the number of each of its values.
    Coded(&'a [i32], Vec<i64>),
}

impl<'a> Numbers<'a> {
    /// The column's numbers: decimals unscaled, times in microseconds, days, floats by their bits.
    pub(crate) fn of(array: &'a dyn Array) -> Result<Self> {
        fn values<T: ArrowPrimitiveType>(array: &dyn Array) -> &[T::Native] {
            array.as_primitive::<T>().values()
        }
        if array.null_count() > 0 {
            return numbers(array).map(Self::Own);
        }
        Ok(match array.data_type() {
            DataType::Date32 => Self::I32(values::<Date32Type>(array)),
            DataType::Int32 => Self::I32(values::<Int32Type>(array)),
            DataType::Int64 => Self::I64(values::<Int64Type>(array)),
            DataType::Timestamp(..) => Self::I64(values::<TimestampMicrosecondType>(array)),
            DataType::UInt32 => Self::U32(values::<UInt32Type>(array)),
            DataType::UInt64 => Self::U64(values::<UInt64Type>(array)),
            DataType::Decimal128(..) => Self::I128(values::<Decimal128Type>(array)),
            _ => return numbers(array).map(Self::Own),
        })
    }
}

impl Scattered {
    /// Rows by the place of each; those whose place lies beyond the last go nowhere.
    pub(crate) fn of(places: &[u16], last: usize) -> Self {
        let place = |row: usize| usize::from(places[row]).min(last + 1);
        let mut ends = vec![0_u32; last + 2];
        (0..places.len()).for_each(|row| ends[place(row)] += 1);
        let mut start = 0;
        for end in &mut ends {
            let count = std::mem::replace(end, start);
            start += count;
        }
        let (mut rows, mut to) = (vec![0; places.len()], Vec::with_capacity(places.len()));
        for row in 0..places.len() {
            let slot = &mut ends[place(row)];
            rows[*slot as usize] = row as u32;
            to.push(*slot);
            *slot += 1;
        }
        ends.truncate(last + 1);
        rows.truncate(ends[last] as usize);
        let gone = (0..places.len()).filter(|row| usize::from(places[*row]) > last).chain([places.len()]);
        let mut start = 0;
        let runs = gone.map(|row| std::mem::replace(&mut start, row + 1)..row);
        let runs = runs.filter(|run| !run.is_empty()).collect();
        Self { rows, ends, to, runs }
    }

    /// The rows of each partition, in order.
    fn parts(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.rows[start as usize..*end as usize])
    }

    /// The places that have rows, and how many.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (usize, u32)> {
        self.parts().map(|rows| rows.len() as u32).enumerate().filter(|(_, rows)| *rows > 0)
    }
}

/// One column of a batch as bytes, partition after partition.
#[derive(Debug)]
pub(crate) struct Packed {
    pub(crate) frame: Frame,
    bytes: Vec<u8>,
    /// Where each partition's bytes end.
    ends: Vec<u32>,
}

impl Frame {
    /// Texts' lengths of that width, or codes within a partition: 0 stands for null.
    fn small(width: u8) -> Self {
        Self { width, nulls: true, step: 1, least: 1 }
    }

    /// Every value is null.
    const EMPTY: Self = Self { width: 0, nulls: true, step: 1, least: NULL };

    /// The frame that holds the numbers of those runs in the fewest bytes.
    fn of<T: Copy>(values: &[T], runs: &[Range<usize>], of: impl Fn(T) -> i64) -> Self {
        // One less turns null, the least number of all, into the greatest.
        let (mut most, mut least, mut nulls) = (i64::MIN, i64::MAX, false);
        for run in runs {
            for value in &values[run.clone()] {
                let value = of(*value);
                nulls |= value == NULL;
                most = most.max(value);
                least = least.min(value.wrapping_sub(1));
            }
        }
        if most == NULL {
            return Self::EMPTY;
        }
        let least = least + 1;
        let range = most.wrapping_sub(least) as u64;
        let step = match range {
            0..=0xFE => 1,
            _ if whole::<1_000_000, T>(values, runs, least, &of) => 1_000_000,
            _ if whole::<10_000, T>(values, runs, least, &of) => 10_000,
            _ if whole::<100, T>(values, runs, least, &of) => 100,
            _ => 1,
        };
        let width = match range / u64::from(step) {
            0 if !nulls => 0,
            0..=0xFE => 1,
            0xFF..=0xFFFE => 2,
            0xFFFF if !nulls => 2,
            0xFFFF..=0xFFFF_FFFE => 4,
            _ => 8,
        };
        Self { width, nulls, step, least }
    }

    /// The numbers as bytes, each where it goes.
    fn encode(self, values: impl Iterator<Item = i64>, to: &[u32]) -> Vec<u8> {
        match (self.width, self.step) {
            (8, _) => spread(values.map(|value| value as u64), to, 8),
            (width, 1_000_000) => spread(values.map(|value| self.stored::<1_000_000>(value)), to, width),
            (width, 10_000) => spread(values.map(|value| self.stored::<10_000>(value)), to, width),
            (width, 100) => spread(values.map(|value| self.stored::<100>(value)), to, width),
            (width, _) => spread(values.map(|value| self.stored::<1>(value)), to, width),
        }
    }

    /// What stands for a value where the width is 1, 2 or 4. The step is known to the compiler, which then needs no division.
    #[inline]
    fn stored<const STEP: u64>(self, value: i64) -> u64 {
        let above = value.wrapping_sub(self.least) as u64 / STEP;
        if value == NULL { 0 } else { above + u64::from(self.nulls) }
    }

    /// Reads `rows` numbers and appends what `of` makes of them.
    fn decode<T: Clone>(
        self,
        rows: usize,
        input: &mut Input<'_>,
        out: &mut Vec<T>,
        of: impl Fn(i64) -> T,
    ) -> Result<()> {
        let bytes = input.take(rows * usize::from(self.width))?;
        let (least, step) = (self.least, i64::from(self.step));
        let value = |stored: u64| least.wrapping_add((stored as i64).wrapping_mul(step));
        match (self.width, self.nulls) {
            (0, _) => out.resize(out.len() + rows, of(least)),
            (8, _) => out.extend(bytes.as_chunks().0.iter().map(|eight| of(i64::from_le_bytes(*eight)))),
            (width, false) => wide(bytes, width, out, |stored| of(value(stored))),
            (width, true) => wide(bytes, width, out, |stored| {
                let value = value(stored.wrapping_sub(1));
                of(if stored == 0 { NULL } else { value })
            }),
        }
        Ok(())
    }
}

/// Whether all numbers of those runs are a multiple of the step above the least.
fn whole<const STEP: u64, T: Copy>(
    values: &[T],
    runs: &[Range<usize>],
    least: i64,
    of: impl Fn(T) -> i64,
) -> bool {
    let fits = |value: i64| value == NULL || (value.wrapping_sub(least) as u64).is_multiple_of(STEP);
    runs.iter().all(|run| values[run.clone()].iter().all(|value| fits(of(*value))))
}

/// Appends what `of` makes of numbers of 1, 2 or 4 bytes.
fn wide<T>(bytes: &[u8], width: u8, out: &mut Vec<T>, of: impl Fn(u64) -> T) {
    match width {
        1 => out.extend(bytes.iter().map(|byte| of(u64::from(*byte)))),
        2 => out.extend(bytes.as_chunks().0.iter().map(|two| of(u64::from(u16::from_le_bytes(*two))))),
        _ => out.extend(bytes.as_chunks().0.iter().map(|four| of(u64::from(u32::from_le_bytes(*four))))),
    }
}

/// Appends the low bytes of each value.
fn narrow(values: impl ExactSizeIterator<Item = u64>, width: u8, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + values.len() * usize::from(width), 0);
    let slots = &mut out[start..];
    match width {
        0 => {}
        1 => slots.iter_mut().zip(values).for_each(|(slot, value)| *slot = value as u8),
        2 => {
            let slots = slots.as_chunks_mut().0.iter_mut();
            slots.zip(values).for_each(|(slot, value)| *slot = (value as u16).to_le_bytes());
        }
        4 => {
            let slots = slots.as_chunks_mut().0.iter_mut();
            slots.zip(values).for_each(|(slot, value)| *slot = (value as u32).to_le_bytes());
        }
        _ => {
            let slots = slots.as_chunks_mut().0.iter_mut();
            slots.zip(values).for_each(|(slot, value)| *slot = value.to_le_bytes());
        }
    }
}

/// The low bytes of each value, where it goes. Values are read as they lie and written to as many places as there are partitions, all of
/// which fit into the nearest cache; reading them in the order of the partitions would fetch a line for each.
fn spread(values: impl Iterator<Item = u64>, to: &[u32], width: u8) -> Vec<u8> {
    let mut out = vec![0; to.len() * usize::from(width)];
    let each = values.zip(to);
    match width {
        0 => {}
        1 => each.for_each(|(value, to)| out[*to as usize] = value as u8),
        2 => {
            let slots = out.as_chunks_mut().0;
            each.for_each(|(value, to)| slots[*to as usize] = (value as u16).to_le_bytes());
        }
        4 => {
            let slots = out.as_chunks_mut().0;
            each.for_each(|(value, to)| slots[*to as usize] = (value as u32).to_le_bytes());
        }
        _ => {
            let slots = out.as_chunks_mut().0;
            each.for_each(|(value, to)| slots[*to as usize] = value.to_le_bytes());
        }
    }
    out
}

fn width_of(most: usize) -> u8 {
    match most {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        _ => 4,
    }
}

impl Packed {
    /// Numbers or codes.
    pub(crate) fn numbers(numbers: &Numbers<'_>, scattered: &Scattered) -> Self {
        match numbers {
            Numbers::Own(values) => Self::each(values, scattered, |value| value),
            Numbers::I32(values) => Self::each(values, scattered, i64::from),
            Numbers::I64(values) => Self::each(values, scattered, |value| value),
            Numbers::U32(values) => Self::each(values, scattered, i64::from),
            Numbers::U64(values) => Self::each(values, scattered, |value| value as i64),
            Numbers::I128(values) => Self::each(values, scattered, |value| value as i64),
            Numbers::Coded(keys, numbers) => Self::each(keys, scattered, |key| numbers[key as usize]),
        }
    }

    fn each<T: Copy>(values: &[T], scattered: &Scattered, of: impl Fn(T) -> i64) -> Self {
        let frame = Frame::of(values, &scattered.runs, &of);
        let mut bytes = frame.encode(values.iter().map(|value| of(*value)), &scattered.to);
        bytes.truncate(scattered.rows.len() * usize::from(frame.width));
        let ends = scattered.ends.iter().map(|end| end * u32::from(frame.width)).collect();
        Self { frame, bytes, ends }
    }

    /// A column that no row has.
    pub(crate) fn absent(kind: Kind, scattered: &Scattered) -> Self {
        match kind {
            Kind::Number | Kind::Narrow => {
                Self { frame: Frame::EMPTY, bytes: Vec::new(), ends: vec![0; scattered.ends.len()] }
            }
            Kind::Plain | Kind::Local => {
                Self::texts(kind, Text::Plain(&StringArray::new_null(scattered.to.len())), scattered)
            }
        }
    }

    /// Texts: of a [`Kind::Local`] column each once a partition and a code a row, else one a row.
    pub(crate) fn texts(kind: Kind, text: Text<'_>, scattered: &Scattered) -> Self {
        let rows = &scattered.rows;
        let longest = match text {
            Text::Coded(_, values) => values.iter().flatten().map(str::len).max(),
            Text::Plain(texts) => {
                texts.value_offsets().windows(2).map(|ends| (ends[1] - ends[0]) as usize).max()
            }
        };
        let frame = Frame::small(width_of(longest.unwrap_or_default() + 1));
        let mut packed = Self {
            frame,
            bytes: Vec::with_capacity(rows.len() * 8),
            ends: Vec::with_capacity(scattered.ends.len()),
        };
        let mut local = Local::default();
        for part in scattered.parts() {
            match (kind, text) {
                (Kind::Local, Text::Coded(..)) => local.push(text, part, &mut packed),
                (Kind::Local, _) => {
                    packed.bytes.extend_from_slice(&u32::MAX.to_le_bytes());
                    packed.push(part.iter().map(|row| text.get(*row as usize)));
                }
                (_, Text::Plain(texts)) if texts.null_count() == 0 => packed.push_plain(texts, part),
                _ => packed.push(part.iter().map(|row| text.get(*row as usize))),
            }
            packed.ends.push(packed.bytes.len() as u32);
        }
        packed
    }

    /// Its bytes.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Gives back memory that was set aside for nothing; answers what it holds.
    pub(crate) fn held(&mut self) -> u64 {
        if self.bytes.capacity() > self.bytes.len() + self.bytes.len() / 4 {
            self.bytes.shrink_to_fit();
        }
        (self.bytes.capacity() + size_of_val(&self.ends[..])) as u64
    }

    /// The bytes of a partition.
    pub(crate) fn part(&self, place: usize) -> &[u8] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[place] as usize]
    }

    /// Appends texts, their lengths first.
    fn push<'a>(&mut self, texts: impl ExactSizeIterator<Item = Option<&'a str>> + Clone) {
        let lengths = texts.clone().map(|text| text.map_or(0, |text| text.len() as u64 + 1));
        narrow(lengths, self.frame.width, &mut self.bytes);
        texts.flatten().for_each(|text| self.bytes.extend_from_slice(text.as_bytes()));
    }

    /// The same for the rows of a column without nulls: rows that stand together are copied together.
    fn push_plain(&mut self, texts: &StringArray, rows: &[u32]) {
        let ends = texts.value_offsets();
        let place = |row: u32| (ends[row as usize] as usize, ends[row as usize + 1] as usize);
        let length = |row: &u32| place(*row).1 - place(*row).0 + 1;
        narrow(rows.iter().map(|row| length(row) as u64), self.frame.width, &mut self.bytes);
        for run in rows.chunk_by(|one, two| one + 1 == *two) {
            let (from, to) = (place(run[0]).0, place(run[run.len() - 1]).1);
            self.bytes.extend_from_slice(&texts.value_data()[from..to]);
        }
    }
}

/// Codes within a partition by code of the batch, told apart by the number of the partition.
#[derive(Default)]
struct Local {
    slots: Vec<(u32, u32)>,
    part: u32,
    codes: Vec<u32>,
    distinct: Vec<u32>,
}

impl Local {
    /// Appends the number of texts, a code for each row (0 for null), and the texts.
    fn push(&mut self, text: Text<'_>, rows: &[u32], packed: &mut Packed) {
        let Text::Coded(keys, values) = text else { return };
        self.slots.resize(values.len(), (0, 0));
        self.part += 1;
        self.codes.clear();
        self.distinct.clear();
        for row in rows {
            let row = *row as usize;
            let code = if keys.is_null(row) { 0 } else { self.code(keys.value(row) as u32) };
            self.codes.push(code);
        }
        packed.bytes.extend_from_slice(&(self.distinct.len() as u32).to_le_bytes());
        narrow(
            self.codes.iter().map(|code| u64::from(*code)),
            width_of(self.distinct.len()),
            &mut packed.bytes,
        );
        packed.push(self.distinct.iter().map(|key| Some(values.value(*key as usize))));
    }

    fn code(&mut self, key: u32) -> u32 {
        let slot = &mut self.slots[key as usize];
        if slot.0 != self.part {
            self.distinct.push(key);
            *slot = (self.part, self.distinct.len() as u32);
        }
        slot.1
    }
}

/// A staged column being read back.
pub(crate) enum Column {
    Numbers(Vec<i64>),
    Codes(Vec<i32>),
    Local(Vec<i32>, Coder),
    Plain { bytes: Vec<u8>, ends: Vec<i32>, nulls: NullBufferBuilder },
}

impl Column {
    pub(crate) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Number => Self::Numbers(Vec::new()),
            Kind::Narrow => Self::Codes(Vec::new()),
            Kind::Local => Self::Local(Vec::new(), Coder::default()),
            Kind::Plain => Self::Plain { bytes: Vec::new(), ends: vec![0], nulls: NullBufferBuilder::new(0) },
        }
    }

    /// Makes room for more rows.
    pub(crate) fn reserve(&mut self, rows: usize) {
        match self {
            Self::Numbers(values) => values.reserve(rows),
            Self::Codes(codes) | Self::Local(codes, _) => codes.reserve(rows),
            Self::Plain { ends, .. } => ends.reserve(rows),
        }
    }

    /// Reads `rows` values and appends them.
    pub(crate) fn decode(&mut self, frame: Frame, rows: usize, input: &mut Input<'_>) -> Result<()> {
        match self {
            Self::Numbers(out) => frame.decode(rows, input, out, |value| value),
            Self::Codes(out) => {
                frame.decode(rows, input, out, |value| if value == NULL { -1 } else { value as i32 })
            }
            Self::Local(out, coder) => local(frame, rows, input, out, coder),
            Self::Plain { bytes, ends, nulls } => plain(frame, rows, input, bytes, ends, nulls),
        }
    }

    /// The column as an array: numbers as `Int64` with [`NULL`] in the place of null, codes into `dictionary`.
    pub(crate) fn array(self, dictionary: Option<&ArrayRef>) -> Result<ArrayRef> {
        Ok(match (self, dictionary) {
            (Self::Numbers(values), _) => Arc::new(Int64Array::new(values.into(), None)),
            (Self::Codes(codes), Some(dictionary)) => coded(codes, dictionary.clone())?,
            (Self::Codes(codes), None) => {
                let wide = codes.iter().map(|code| if *code < 0 { NULL } else { i64::from(*code) });
                Arc::new(Int64Array::new(wide.collect(), None))
            }
            (Self::Local(codes, coder), _) => coded(codes, Arc::new(texts_of(coder)?))?,
            (Self::Plain { bytes, ends, mut nulls }, _) => {
                let offsets = OffsetBuffer::new(ScalarBuffer::from(ends));
                Arc::new(StringArray::try_new(offsets, bytes.into(), nulls.finish())?)
            }
        })
    }
}

/// The texts by code.
fn texts_of(coder: Coder) -> Result<StringArray> {
    let (bytes, ends) = coder.into_parts();
    Ok(StringArray::try_new(OffsetBuffer::new(ScalarBuffer::from(ends)), bytes.into(), None)?)
}

/// A dictionary column of codes, null where they are negative.
fn coded(mut codes: Vec<i32>, texts: ArrayRef) -> Result<ArrayRef> {
    let least = codes.iter().fold(0, |least, code| least.min(*code));
    let nulls =
        (least < 0).then(|| NullBuffer::new(BooleanBuffer::collect_bool(codes.len(), |row| codes[row] >= 0)));
    if nulls.is_some() {
        codes.iter_mut().for_each(|code| *code = (*code).max(0));
    }
    Ok(Arc::new(DictionaryArray::try_new(Int32Array::new(codes.into(), nulls), texts)?))
}

fn local(
    frame: Frame,
    rows: usize,
    input: &mut Input<'_>,
    out: &mut Vec<i32>,
    coder: &mut Coder,
) -> Result<()> {
    let count = input.number()? as usize;
    if count == u32::MAX as usize {
        return texts(frame, rows, input, |text| {
            out.push(text.map_or(-1, |text| coder.code(text)));
            Ok(())
        });
    }
    let width = width_of(count);
    let codes = input.take(rows * usize::from(width))?;
    let mut map = vec![-1];
    texts(frame, count, input, |text| {
        map.push(coder.code(text.unwrap_or_default()));
        Ok(())
    })?;
    let whole = Cell::new(true);
    let code = |stored: u64| {
        let code = map.get(stored as usize);
        whole.set(whole.get() & code.is_some());
        code.copied().unwrap_or(-1)
    };
    wide(codes, width, out, code);
    if whole.get() { Ok(()) } else { Err(cut()) }
}

/// Reads texts of their own in each row.
fn plain(
    frame: Frame,
    rows: usize,
    input: &mut Input<'_>,
    bytes: &mut Vec<u8>,
    ends: &mut Vec<i32>,
    nulls: &mut NullBufferBuilder,
) -> Result<()> {
    let lengths = lengths(frame, rows, input)?;
    let mut end = bytes.len();
    for length in &lengths {
        end = end.saturating_add(length.saturating_sub(1));
        ends.push(end as i32);
    }
    // Ends only grow, so that the last tells whether all fit.
    i32::try_from(end).map_err(|_| cut())?;
    bytes.extend_from_slice(input.take(end - bytes.len())?);
    match lengths.contains(&0) {
        true => lengths.iter().for_each(|length| nulls.append(*length > 0)),
        false => nulls.append_n_non_nulls(rows),
    }
    Ok(())
}

/// Reads the lengths of texts: 0 for null, else one more.
fn lengths(frame: Frame, rows: usize, input: &mut Input<'_>) -> Result<Vec<usize>> {
    if frame.width == 0 {
        return Err(cut());
    }
    // No room is made for rows before their bytes are seen to be there.
    let mut lengths = Vec::new();
    frame.decode(rows, input, &mut lengths, |length| if length == NULL { 0 } else { length as usize })?;
    Ok(lengths)
}

/// Reads texts, none for null.
fn texts<'a>(
    frame: Frame,
    rows: usize,
    input: &mut Input<'a>,
    mut each: impl FnMut(Option<&'a [u8]>) -> Result<()>,
) -> Result<()> {
    for length in lengths(frame, rows, input)? {
        each(length.checked_sub(1).map(|length| input.take(length)).transpose()?)?;
    }
    Ok(())
}

/// The columns of a chunk being read: one after the other in bytes from disk, or each by itself in memory, in a partition.
pub(crate) enum Inputs<'a> {
    Together(&'a [Frame], Input<'a>),
    Apart(&'a [Packed], usize),
}

impl Inputs<'_> {
    /// Reads a column; columns are read in their order.
    pub(crate) fn column<T>(&mut self, at: usize, read: impl FnOnce(Frame, &mut Input<'_>) -> T) -> T {
        match self {
            Self::Together(frames, input) => read(frames[at], input),
            Self::Apart(packed, place) => read(packed[at].frame, &mut Input(packed[at].part(*place))),
        }
    }
}

/// Bytes being read.
pub(crate) struct Input<'a>(pub(crate) &'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(bytes).ok_or_else(cut)?;
        self.0 = tail;
        Ok(head)
    }

    fn number(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().map_err(|_| cut())?))
    }
}

fn cut() -> LakeError {
    LakeError::Setting("a staging file ends early; import the batch again".into())
}

#[cfg(test)]
mod tests;
