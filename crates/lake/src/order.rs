//! The one order of rows (person, time, key) and the one row per key, over any batch of a table.

use crate::{
    LakeError, Result,
    layout::{Layout, key_hashes},
    text::{Text, numbers},
};
use arrow_array::{Array, RecordBatch, UInt32Array};
use arrow_schema::DataType;
use std::{cmp::Ordering, collections::BTreeMap};

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

    /// Numbers that order the rows as the column does.
    fn ranks(&self, rows: usize) -> Vec<u64> {
        match self {
            Self::Numbers(values) => values.iter().map(|value| ordered(*value)).collect(),
            Self::Text(Text::Coded(keys, values)) => {
                let ranks = dense(values.iter().flatten());
                let of: Vec<u64> = values.iter().map(|value| value.map_or(0, |value| ranks[value])).collect();
                (0..rows)
                    .map(|row| if keys.is_null(row) { 0 } else { of[keys.value(row) as usize] })
                    .collect()
            }
            Self::Text(text) => {
                let ranks = dense((0..rows).filter_map(|row| text.get(row)));
                (0..rows).map(|row| text.get(row).map_or(0, |value| ranks[value])).collect()
            }
        }
    }
}

fn ordered(value: i64) -> u64 {
    (value as u64) ^ (1 << 63)
}

/// The place of each text among all, from 1.
fn dense<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u64> {
    let mut ranks: BTreeMap<&str, u64> = texts.map(|text| (text, 0)).collect();
    ranks.values_mut().zip(1..).for_each(|(rank, at)| *rank = at);
    ranks
}

/// The given rows of a batch in the lake's order.
pub(crate) fn order(layout: &Layout, batch: &RecordBatch, rows: Vec<u32>) -> Result<Vec<u32>> {
    let by = layout.order();
    let lead = Compared::of(batch, by[0])?.ranks(batch.num_rows());
    let mut rest = &by[1..];
    let mut second = Vec::new();
    if let Some(time) = rest.first()
        && let Compared::Numbers(values) = Compared::of(batch, time)?
    {
        (second, rest) = (values, &rest[1..]);
    }
    let ties = rest.iter().map(|name| Compared::of(batch, name)).collect::<Result<Vec<_>>>()?;
    let packed = |row: u32| {
        let low = second.get(row as usize).map_or(0, |value| ordered(*value));
        (u128::from(lead[row as usize]) << 64 | u128::from(low), row)
    };
    let mut keys: Vec<(u128, u32)> = rows.into_iter().map(packed).collect();
    let tie = |one: u32, two: u32| {
        let unequal = |column: &Compared<'_>| column.compare(one as usize, column, two as usize);
        ties.iter().map(unequal).find(|ordering| ordering.is_ne()).unwrap_or(one.cmp(&two))
    };
    keys.sort_unstable_by(|one, two| one.0.cmp(&two.0).then_with(|| tie(one.1, two.1)));
    Ok(keys.into_iter().map(|(_, row)| row).collect())
}

/// One row per key: of several with one key the last by file and line. Also gives how many fell out.
pub(crate) fn last_of_each_key(layout: &Layout, batch: &RecordBatch) -> Result<(Vec<u32>, usize)> {
    let hashes = key_hashes(layout, batch)?;
    let mut by_hash: Vec<(u64, u32)> = hashes.into_iter().zip(0..).collect();
    by_hash.sort_unstable();
    let key = layout.table.key.iter().map(|name| Compared::of(batch, name)).collect::<Result<Vec<_>>>()?;
    let same = |one: u32, two: u32| key.iter().all(|k| k.compare(one as usize, k, two as usize).is_eq());
    let (file, line) = (Compared::of(batch, "src_file")?, Compared::of(batch, "src_line")?);
    let later = |one: u32, two: u32| {
        let (one, two) = (one as usize, two as usize);
        file.compare(one, &file, two).then(line.compare(one, &line, two)).is_gt()
    };
    let mut kept: Vec<u32> = Vec::with_capacity(by_hash.len());
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

/// The given rows, column by column, so that the source is freed as the copy grows.
pub(crate) fn take_rows(batch: RecordBatch, rows: Vec<u32>) -> Result<RecordBatch> {
    let (schema, columns, _) = batch.into_parts();
    let rows = UInt32Array::from(rows);
    let take = |column| arrow_select::take::take(&column, &rows, None);
    let taken = columns.into_iter().map(take).collect::<Result<Vec<_>, _>>()?;
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(rows.len()));
    Ok(RecordBatch::try_new_with_options(schema, taken, &options)?)
}
