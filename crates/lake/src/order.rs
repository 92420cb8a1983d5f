//! The one order of rows (person, time, key) and the one row per key, over any batch of a table.

use crate::{
    LakeError, Result,
    layout::{Layout, key_hashes},
    text::{Text, numbers},
};
use arrow_array::{Array, RecordBatch, UInt32Array};
use arrow_schema::DataType;
use std::cmp::Ordering;

/// A column whose rows can be compared.
pub(crate) enum Compared<'a> {
    Text(Text<'a>),
    Numbers(Vec<i64>),
}

impl<'a> Compared<'a> {
    pub(crate) fn of(batch: &'a RecordBatch, name: &str) -> Result<Self> {
        let column =
            batch.column_by_name(name).ok_or_else(|| LakeError::column("batch", name, "is missing"))?;
        match column.data_type() {
            DataType::Utf8 | DataType::Dictionary(_, _) => Text::of(column).map(Self::Text),
            _ => numbers(column).map(Self::Numbers),
        }
    }

    /// Null comes first.
    pub(crate) fn compare(&self, row: usize, other: &Compared<'_>, at: usize) -> Ordering {
        match (self, other) {
            (Self::Text(one), Compared::Text(two)) => one.get(row).cmp(&two.get(at)),
            (Self::Numbers(one), Compared::Numbers(two)) => one[row].cmp(&two[at]),
            _ => Ordering::Equal,
        }
    }

    /// Numbers from 0 that order the rows as the column does, and how many there are.
    fn ranks(&self, rows: usize) -> (Vec<u32>, usize) {
        match self {
            Self::Numbers(values) => ranks_by(values.len(), |row| values[row]),
            Self::Text(Text::Coded(keys, values)) => {
                // Null comes first, so that each text's place is one more.
                let (of, count) = ranks_by(values.len(), |at| values.value(at));
                let rank = |row| if keys.is_null(row) { 0 } else { of[keys.value(row) as usize] + 1 };
                ((0..rows).map(rank).collect(), count + 1)
            }
            Self::Text(text) => ranks_by(rows, |row| text.get(row)),
        }
    }
}

/// The place of each value among all, equal ones at one place.
fn ranks_by<T: Ord>(count: usize, value: impl Fn(usize) -> T) -> (Vec<u32>, usize) {
    let mut sorted: Vec<u32> = (0..count as u32).collect();
    sorted.sort_unstable_by_key(|at| value(*at as usize));
    let mut ranks = vec![0; count];
    let mut places = 0;
    for same in sorted.chunk_by(|one, two| value(*one as usize) == value(*two as usize)) {
        same.iter().for_each(|at| ranks[*at as usize] = places);
        places += 1;
    }
    (ranks, places as usize)
}

/// The given rows of a batch in the lake's order.
///
/// Rows are dealt to the places of their leading value first; what is left to compare are the few rows of one person.
pub(crate) fn order(layout: &Layout, batch: &RecordBatch, rows: Vec<u32>) -> Result<Vec<u32>> {
    let by = layout.order();
    let (lead, places) = Compared::of(batch, by[0])?.ranks(batch.num_rows());
    let mut rest = &by[1..];
    let mut second = Vec::new();
    if let Some(time) = rest.first()
        && let Compared::Numbers(values) = Compared::of(batch, time)?
    {
        (second, rest) = (values, &rest[1..]);
    }
    let ties = rest.iter().map(|name| Compared::of(batch, name)).collect::<Result<Vec<_>>>()?;
    let tie = |one: u32, two: u32| {
        let unequal = |column: &Compared<'_>| column.compare(one as usize, column, two as usize);
        ties.iter().map(unequal).find(|ordering| ordering.is_ne()).unwrap_or(one.cmp(&two))
    };
    let mut dealt = deal(&lead, places, &rows, |row| second.get(row as usize).copied().unwrap_or_default());
    drop(rows);
    for person in dealt.chunk_by_mut(|one, two| lead[one.1 as usize] == lead[two.1 as usize]) {
        person.sort_unstable_by(|one, two| one.0.cmp(&two.0).then_with(|| tie(one.1, two.1)));
    }
    Ok(dealt.into_iter().map(|(_, row)| row).collect())
}

/// Rows by the place of their leading value, each with its second.
fn deal(lead: &[u32], places: usize, rows: &[u32], second: impl Fn(u32) -> i64) -> Vec<(i64, u32)> {
    let mut next = vec![0_u32; places];
    rows.iter().for_each(|row| next[lead[*row as usize] as usize] += 1);
    let mut start = 0;
    for slot in &mut next {
        let count = std::mem::replace(slot, start);
        start += count;
    }
    let mut dealt = vec![(0, 0); rows.len()];
    for row in rows {
        let slot = &mut next[lead[*row as usize] as usize];
        dealt[*slot as usize] = (second(*row), *row);
        *slot += 1;
    }
    dealt
}

/// One row per key: of several with one key the last by file and line. Also gives how many fell out.
pub(crate) fn last_of_each_key(layout: &Layout, batch: &RecordBatch) -> Result<(Vec<u32>, usize)> {
    let (mut kept, mut by_hash) = unlike(&key_hashes(layout, batch)?);
    if by_hash.is_empty() {
        return Ok((kept, 0));
    }
    by_hash.sort_unstable();
    let key = layout.table.key.iter().map(|name| Compared::of(batch, name)).collect::<Result<Vec<_>>>()?;
    let same = |one: u32, two: u32| key.iter().all(|k| k.compare(one as usize, k, two as usize).is_eq());
    let (file, line) = (Compared::of(batch, "src_file")?, Compared::of(batch, "src_line")?);
    let later = |one: u32, two: u32| {
        let (one, two) = (one as usize, two as usize);
        file.compare(one, &file, two).then(line.compare(one, &line, two)).is_gt()
    };
    for group in by_hash.chunk_by(|one, two| one.0 == two.0) {
        let start = kept.len();
        for (_, row) in group {
            match kept[start..].iter_mut().find(|there| same(**there, *row)) {
                Some(there) if later(*row, *there) => *there = *row,
                Some(_) => {}
                None => kept.push(*row),
            }
        }
    }
    kept.sort_unstable();
    let gone = batch.num_rows() - kept.len();
    Ok((kept, gone))
}

/// The rows whose hash no other row has, in order, and all rows of the other hashes.
fn unlike(hashes: &[u64]) -> (Vec<u32>, Vec<(u64, u32)>) {
    let size = (hashes.len() * 2).next_power_of_two();
    let mut slots = vec![u32::MAX; size];
    let mut shared = vec![false; hashes.len()];
    for (row, hash) in hashes.iter().enumerate() {
        let mut slot = *hash as usize & (size - 1);
        while slots[slot] != u32::MAX && hashes[slots[slot] as usize] != *hash {
            slot = (slot + 1) & (size - 1);
        }
        match slots[slot] {
            u32::MAX => slots[slot] = row as u32,
            first => (shared[first as usize], shared[row]) = (true, true),
        }
    }
    let (shared, alone): (Vec<u32>, Vec<u32>) =
        (0..hashes.len() as u32).partition(|row| shared[*row as usize]);
    (alone, shared.into_iter().map(|row| (hashes[row as usize], row)).collect())
}

/// The given rows, column by column, so that the source is freed as the copy grows.
pub(crate) fn take_rows(batch: RecordBatch, rows: Vec<u32>) -> Result<RecordBatch> {
    let (schema, columns, _) = batch.into_parts();
    let rows = UInt32Array::from(rows);
    let take = |column| arrow_select::take::take(&column, &rows, None);
    let taken = columns.into_iter().map(take).collect::<Result<Vec<_>, _>>()?;
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(rows.len()));
    Ok(RecordBatch::try_new_with_options(schema, taken, &options)?)
}
