//! New rows of a bucket against those that stand there: what is new is written, what changed is replaced, the rest is left.

use crate::{
    Result, Snapshot,
    layout::{Layout, key_hashes},
    ledger::Counts,
    manifest::FileEntry,
    moved::stored_hashes,
    order::{Compared, order, take_rows},
    read::{DataFile, Form},
    text::{Text, concat},
    write::write_bucket,
};
use arrow_array::{BooleanArray, RecordBatch};
use arrow_select::filter::filter_record_batch;
use rustc_hash::FxHashMap;
use std::{collections::BTreeSet, path::PathBuf};

/// What a bucket's merge did to a table's files.
pub(crate) struct Merged {
    pub(crate) table: &'static str,
    pub(crate) added: Vec<FileEntry>,
    /// Paths of files that no longer count.
    pub(crate) removed: Vec<String>,
}

/// Where new rows meet standing ones.
struct Meeting {
    /// New rows that stand there already, equal.
    unchanged: Vec<u32>,
    /// Standing rows that are replaced, by file.
    replaced: Vec<Vec<u32>>,
}

/// The bucket of a table that new rows meet.
pub(crate) struct Place<'a> {
    /// The lake's folder; none where the rows are only counted, not written.
    pub(crate) lake: Option<&'a PathBuf>,
    pub(crate) before: &'a Snapshot,
    pub(crate) layout: &'static Layout,
    pub(crate) bucket: u32,
}

/// Merges the new rows of a bucket, in order and each key once, into the lake; `None` where they change nothing. Adds whose rows changed
/// to `touched`.
pub(crate) fn merge(
    place: &Place<'_>,
    new: RecordBatch,
    counts: &mut Counts,
    touched: &mut BTreeSet<String>,
) -> Result<Option<Merged>> {
    let Place { lake, before, layout, bucket } = *place;
    let standing = if layout.table.by_person { bucket % before.buckets() } else { bucket };
    let files = before.files(layout.table.name, standing);
    let meeting =
        if files.is_empty() || new.num_rows() == 0 { None } else { Some(meet(layout, files, &new)?) };
    let unchanged = meeting.as_ref().map_or(&[][..], |meeting| &meeting.unchanged);
    let new = if unchanged.is_empty() { new } else { without(&new, unchanged)? };
    let replaced = meeting.as_ref().map_or(0, |meeting| meeting.replaced.iter().map(Vec::len).sum::<usize>());
    counts.unchanged = unchanged.len() as u64;
    counts.replaced = replaced as u64;
    counts.added = new.num_rows() as u64 - counts.replaced;
    let Some(lake) = lake.filter(|_| new.num_rows() > 0) else { return Ok(None) };
    let mut merged = Merged { table: layout.table.name, added: Vec::new(), removed: Vec::new() };
    if layout.table.by_person {
        persons(&new, touched)?;
    }
    let rows = match meeting {
        Some(meeting) if replaced > 0 => {
            merged.removed =
                before.manifest().files(layout.table.name, bucket).map(|file| file.path.clone()).collect();
            rewrite(layout, files, &meeting, new, touched)?
        }
        _ => new,
    };
    merged.added.push(write_bucket(lake, layout, bucket, &[rows])?);
    Ok(Some(merged))
}

/// The texts of `psn_no`.
pub(crate) fn persons(batch: &RecordBatch, into: &mut BTreeSet<String>) -> Result<()> {
    let Some(column) = batch.column_by_name("psn_no") else { return Ok(()) };
    let text = Text::of(column)?;
    // Rows stand by person, so each person comes as one run.
    let mut before = None;
    for person in (0..batch.num_rows()).filter_map(|row| text.get(row)) {
        if before != Some(person) {
            if !into.contains(person) {
                into.insert(person.into());
            }
            before = Some(person);
        }
    }
    Ok(())
}

fn without(batch: &RecordBatch, rows: &[u32]) -> Result<RecordBatch> {
    let mut keep = vec![true; batch.num_rows()];
    rows.iter().for_each(|row| keep[*row as usize] = false);
    Ok(filter_record_batch(batch, &BooleanArray::from(keep))?)
}

/// Finds the new rows whose keys stand in the files.
fn meet(layout: &Layout, files: &[DataFile], new: &RecordBatch) -> Result<Meeting> {
    let by_key: FxHashMap<u64, u32> = key_hashes(layout, new)?.into_iter().zip(0..).collect();
    let mut meeting = Meeting { unchanged: Vec::new(), replaced: vec![Vec::new(); files.len()] };
    for (file, replaced) in files.iter().zip(&mut meeting.replaced) {
        let standing = stored_hashes(file)?.into_iter().zip(0..);
        let pairs: Vec<(u32, u32)> =
            standing.filter_map(|(hash, row)| Some((row, *by_key.get(&hash)?))).collect();
        compare(layout, file, new, &pairs, &mut meeting.unchanged, replaced)?;
    }
    Ok(meeting)
}

/// Sorts pairs of a standing and a new row with one key hash into equal and changed ones.
fn compare(
    layout: &Layout,
    file: &DataFile,
    new: &RecordBatch,
    pairs: &[(u32, u32)],
    unchanged: &mut Vec<u32>,
    replaced: &mut Vec<u32>,
) -> Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = layout.schema.fields().iter().map(|field| field.name().as_str()).collect();
    let rows: Vec<u32> = pairs.iter().map(|(row, _)| *row).collect();
    let standing = concat(&file.read_rows(Form::Working, &names, &rows)?)?;
    let columns = |batch| names.iter().map(|name| Compared::of(batch, name)).collect::<Result<Vec<_>>>();
    let (old, fresh) = (columns(&standing)?, columns(new)?);
    let is_key: Vec<bool> = names.iter().map(|name| layout.table.key.contains(name)).collect();
    for (at, (row, new_row)) in pairs.iter().enumerate() {
        let equal = |column: usize| old[column].compare(at, &fresh[column], *new_row as usize).is_eq();
        let differs = (0..names.len()).filter(|column| !equal(*column));
        // Two keys of one hash are told apart here; nothing is taken for a correction that is not.
        match differs.clone().any(|column| is_key[column]) {
            true => {}
            false if differs.clone().next().is_none() => unchanged.push(*new_row),
            false => replaced.push(*row),
        }
    }
    Ok(())
}

/// The whole bucket with replaced rows gone and new ones in their place.
fn rewrite(
    layout: &Layout,
    files: &[DataFile],
    meeting: &Meeting,
    new: RecordBatch,
    touched: &mut BTreeSet<String>,
) -> Result<RecordBatch> {
    let names: Vec<&str> = layout.schema.fields().iter().map(|field| field.name().as_str()).collect();
    let mut parts = vec![new];
    for (file, replaced) in files.iter().zip(&meeting.replaced) {
        let mut start = 0;
        for batch in file.read_all(Form::Working, &names)? {
            let end = start + batch.num_rows() as u32;
            let gone =
                &replaced[replaced.partition_point(|r| *r < start)..replaced.partition_point(|r| *r < end)];
            let mut keep = vec![true; batch.num_rows()];
            gone.iter().for_each(|row| keep[(*row - start) as usize] = false);
            let keep = BooleanArray::from(keep);
            if layout.table.by_person && !gone.is_empty() {
                // The person that a corrected row belonged to before has changed too.
                let dropped = filter_record_batch(&batch, &inverse(&keep))?;
                persons(&dropped, touched)?;
            }
            parts.push(filter_record_batch(&batch, &keep)?);
            start = end;
        }
    }
    let all = concat(&parts)?;
    drop(parts);
    let rows = order(layout, &all, (0..all.num_rows() as u32).collect())?;
    take_rows(all, rows)
}

fn inverse(mask: &BooleanArray) -> BooleanArray {
    BooleanArray::new(!mask.values(), None)
}
