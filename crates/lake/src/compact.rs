//! Compaction: small files merged and buckets split or joined, without changing any answer.

use crate::{
    LakeError, Result, Snapshot,
    lake::Lake,
    layout::{Layout, layout},
    manifest::{Made, TableState},
    order::{order, take_rows},
    read::{DataFile, Form},
    stage::FINE,
    text::{Text, concat},
    write::write_bucket,
};
use arrow_array::{BooleanArray, RecordBatch};
use std::{collections::BTreeSet, fs};

impl Lake {
    /// Merges the files of each bucket into one and, where asked, changes the number of buckets to a power of two of at most 256.
    ///
    /// Makes a new version whose every row, order and person is the old one's; `None` where there was nothing to do.
    pub fn compact(&self, buckets: Option<u32>) -> Result<Option<u64>> {
        let _lock = self.lock()?;
        let folder = self.staging_folder()?;
        let version = compact(self, &self.snapshot(None)?, buckets)?;
        fs::remove_dir_all(&folder).map_err(LakeError::io(&folder))?;
        Ok(version)
    }
}

/// The same for a writer that holds the lock and has a folder under `staging`.
pub(crate) fn compact(lake: &Lake, before: &Snapshot, buckets: Option<u32>) -> Result<Option<u64>> {
    if buckets.is_some_and(|buckets| !buckets.is_power_of_two() || buckets as usize > FINE) {
        return Err(LakeError::Setting(format!(
            "the number of buckets must be a power of two of at most {FINE}"
        )));
    }
    let mut next = before.manifest().next(Made::Compact);
    let mut changed = BTreeSet::new();
    for (name, state) in &before.manifest().tables {
        let layout = layout(name)?;
        let target = if layout.table.by_person { buckets.unwrap_or(state.buckets) } else { state.buckets };
        let crowded =
            state.files.len() > state.files.iter().map(|file| file.bucket).collect::<BTreeSet<_>>().len();
        if target != state.buckets || crowded {
            let files = rebuild(lake, before, layout, state.buckets, target)?;
            next.tables.insert(name.clone(), TableState { buckets: target, ..files });
            changed.insert(layout.table.name);
        }
        if layout.table.by_person {
            next.buckets = target;
        }
    }
    if changed.is_empty() {
        return Ok(None);
    }
    Ok(Some(lake.publish(next, &changed)?.version))
}

fn rebuild(
    lake: &Lake,
    before: &Snapshot,
    layout: &'static Layout,
    from: u32,
    to: u32,
) -> Result<TableState> {
    let mut state = TableState::default();
    for bucket in 0..to {
        // Bucket b of n holds the rows of every bucket that is congruent to it under the smaller number.
        let common = from.min(to);
        let sources = (0..from).filter(|source| source % common == bucket % common);
        let files: Vec<&DataFile> =
            sources.flat_map(|source| before.files(layout.table.name, source)).collect();
        if files.len() == 1 && from == to {
            state.files.extend(before.manifest().files(layout.table.name, bucket).cloned());
            continue;
        }
        if let Some(rows) = gather(layout, &files, bucket, to)? {
            state.files.push(write_bucket(&lake.folder, layout, bucket, &[rows])?);
        }
    }
    Ok(state)
}

/// The rows of the files that belong to one of `buckets`, in order.
fn gather(layout: &Layout, files: &[&DataFile], bucket: u32, buckets: u32) -> Result<Option<RecordBatch>> {
    let names: Vec<&str> = layout.schema.fields().iter().map(|field| field.name().as_str()).collect();
    let mut parts = Vec::new();
    for file in files {
        for group in 0..file.metadata()?.num_row_groups() {
            for batch in file.read(Form::Working, &names, &[group], None)? {
                let kept = belonging(layout, &batch, bucket, buckets)?;
                if kept.num_rows() > 0 {
                    parts.push(kept);
                }
            }
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let all = concat(&parts)?;
    drop(parts);
    let rows = order(layout, &all, (0..all.num_rows() as u32).collect())?;
    Ok(Some(take_rows(all, rows)?))
}

fn belonging(layout: &Layout, batch: &RecordBatch, bucket: u32, buckets: u32) -> Result<RecordBatch> {
    let column = batch.column_by_name(layout.lead());
    let lead =
        Text::of(column.ok_or_else(|| LakeError::column(layout.table.name, layout.lead(), "is missing"))?)?;
    let inside =
        |row: usize| lead.get(row).is_some_and(|text| mingcha_model::key::bucket(text, buckets) == bucket);
    let keep: BooleanArray = (0..batch.num_rows()).map(|row| Some(inside(row))).collect();
    Ok(arrow_select::filter::filter_record_batch(batch, &keep)?)
}
