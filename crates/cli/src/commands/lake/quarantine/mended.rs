//! Which refused rows are mended: those whose key stands in the lake from a later batch, the key that they were mended to where the one
//! that they came with was at fault. What a vacuum would take from view is noted before it.

use anyhow::Result;
use arrow_array::RecordBatch;
use mingcha_ingest::{Rejected, quarantine::cell_text};
use mingcha_lake::{Lake, MendedKeys, Snapshot};
use mingcha_model::table::{Table, tables};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// A refused row and what became of it.
pub struct Refused {
    /// The row.
    pub row: Rejected,
    /// Its batch.
    pub batch: Arc<str>,
    /// Its place among the batch's refused rows, from 0.
    pub place: u64,
    /// The version that its batch made, or met where it was refused whole.
    pub version: u64,
    /// Whether its batch was refused whole.
    pub whole_batch: bool,
    /// Whether a later batch brought a row of its key.
    pub mended: bool,
    /// The key that it was mended to, where the one that it came with was at fault.
    pub mended_to: Option<Key>,
}

/// The refused rows of a batch, those mended that a vacuum noted.
pub fn of_batch(
    lake: &Lake,
    batch: &str,
    rows: Vec<Rejected>,
    version: u64,
    whole_batch: bool,
) -> Result<Vec<Refused>> {
    let (noted, mut keys, batch): (_, _, Arc<str>) =
        (lake.mended(batch)?, lake.mended_keys(batch)?, batch.into());
    let refused = |(place, row)| Refused {
        row,
        batch: Arc::clone(&batch),
        place,
        version,
        whole_batch,
        mended: noted.contains(&place),
        mended_to: keys.remove(&place),
    };
    Ok((0..).zip(rows).map(refused).collect())
}

/// Notes which rows are mended, for what tells it goes with the versions that a vacuum gives up.
pub fn note(lake: &Lake, refused: &[Refused]) -> Result<()> {
    let mut mended: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for row in refused.iter().filter(|row| row.mended) {
        mended.entry(&row.batch).or_default().insert(row.place);
    }
    for (batch, places) in mended {
        lake.note_mended(batch, &places)?;
    }
    Ok(())
}

/// Notes the keys of rows that were mended to other ones than they came with.
pub fn note_keys(lake: &Lake, mended: &[Refused]) -> Result<()> {
    let mut keys: BTreeMap<&str, MendedKeys> = BTreeMap::new();
    for row in mended {
        if let Some(key) = &row.mended_to {
            keys.entry(&row.batch).or_default().insert(row.place, key.clone());
        }
    }
    for (batch, new) in keys {
        let mut noted = lake.mended_keys(batch)?;
        noted.extend(new);
        lake.note_mended_keys(batch, &noted)?;
    }
    Ok(())
}

/// Leaves a row that came again with other batches to the last of them: word for word, and then it is mended where it was mended after any;
/// or under the same key, half mended, and then the last refusal says what is still to be done.
pub fn fold(refused: &mut Vec<Refused>) {
    let words = |row: &Refused| {
        let faults: Vec<_> = row.row.faults.iter().map(|fault| (fault.column, fault.reason)).collect();
        (row.row.table.name, faults, row.row.row.clone())
    };
    let mut last = HashMap::new();
    for row in refused.iter() {
        let (batch, mended) = last.entry(words(row)).or_insert_with(|| (Arc::clone(&row.batch), false));
        *batch = Arc::clone(&row.batch);
        *mended |= row.mended;
    }
    refused.retain_mut(|row| {
        let Some((batch, mended)) = last.get(&words(row)) else { return true };
        row.mended = *mended;
        row.batch == *batch
    });
    let mut last = HashMap::new();
    for row in refused.iter().filter(|row| !row.mended) {
        if let Some(key) = key(row) {
            last.insert((row.row.table.name, key), Arc::clone(&row.batch));
        }
    }
    refused.retain(|row| {
        let of_key = key(row).and_then(|key| last.get(&(row.row.table.name, key)));
        row.mended || of_key.is_none_or(|batch| *batch == row.batch)
    });
}

/// The values of a key's columns; missing ones only where the column need not be filled.
pub type Key = Vec<Option<String>>;

/// A row that stands: all its values, and whose it is where the table belongs to persons.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Standing {
    person: Option<String>,
    values: Vec<Option<String>>,
}

/// Marks the rows that are mended. A row whose key cannot be read stays open, and so does one whose key stood before and has not
/// changed since: what was refused then was a correction.
pub fn find(lake: &Lake, refused: &mut [Refused]) -> Result<()> {
    let newest = lake.snapshot(None)?;
    let kept: BTreeSet<u64> =
        lake.history()?.iter().filter(|line| line.kept).map(|line| line.version).collect();
    for row in refused.iter_mut() {
        // Of a version that a vacuum gave up, the next one stands in; what was mended before was noted then.
        row.version = kept.range(row.version..).next().copied().unwrap_or(row.version);
    }
    for table in tables() {
        let of_table = |row: &Refused| row.row.table.name == table.name && !row.mended;
        let wanted: HashSet<Key> = refused.iter().filter(|row| of_table(row)).filter_map(key).collect();
        if wanted.is_empty() {
            continue;
        }
        let now = standing(&newest, table, &wanted, None)?;
        let versions: BTreeSet<u64> =
            refused.iter().filter(|row| of_table(row)).map(|row| row.version).collect();
        for version in versions {
            let mut rows: Vec<&mut Refused> =
                refused.iter_mut().filter(|row| of_table(row) && row.version == version).collect();
            let then = before(&lake.snapshot(Some(version))?, table, &rows, &now)?;
            for row in &mut rows {
                let Some(key) = key(row) else { continue };
                row.mended = now.get(&key).is_some_and(|now| then.get(&key) != Some(now));
            }
        }
    }
    Ok(())
}

/// Which of the rows' keys stood when their batch was imported. Only keys that stand now matter, and they stood in the bucket of the
/// person that they belong to now, or are another's since, which is a change too.
fn before(
    then: &Snapshot,
    table: &'static Table,
    rows: &[&mut Refused],
    now: &HashMap<Key, Standing>,
) -> Result<HashMap<Key, Standing>> {
    let wanted: HashSet<Key> =
        rows.iter().filter_map(|row| key(row)).filter(|key| now.contains_key(key)).collect();
    let persons = wanted.iter().filter_map(|key| now[key].person.as_deref());
    let buckets: BTreeSet<u32> = persons.map(|person| then.bucket_of(person)).collect();
    if wanted.is_empty() { Ok(HashMap::new()) } else { standing(then, table, &wanted, Some(&buckets)) }
}

/// The key by which a refused row is looked for.
fn key(row: &Refused) -> Option<Key> {
    row.mended_to.clone().or_else(|| key_of(&row.row))
}

/// The key that a refused row says; none where a part of it is missing that every row must have.
pub fn key_of(row: &Rejected) -> Option<Key> {
    let values: BTreeMap<&str, &String> = row.row.iter().map(|(column, value)| (*column, value)).collect();
    let value = |name: &&str| match values.get(name) {
        Some(value) => Some(Some((*value).clone())),
        None if row.table.column(name).is_some_and(|column| !column.required) => Some(None),
        None => None,
    };
    row.table.key.iter().map(value).collect()
}

/// The rows of a version that have one of the keys; of a table by person in those buckets, or in all.
fn standing(
    snapshot: &Snapshot,
    table: &'static Table,
    wanted: &HashSet<Key>,
    buckets: Option<&BTreeSet<u32>>,
) -> Result<HashMap<Key, Standing>> {
    let schema = table.lake_schema();
    let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let mut found = HashMap::new();
    if !table.by_person {
        for batch in snapshot.table(table.name, &columns)? {
            take(table, &batch, wanted, &mut found);
        }
        return Ok(found);
    }
    for bucket in 0..snapshot.buckets() {
        if buckets.is_some_and(|buckets| !buckets.contains(&bucket)) {
            continue;
        }
        let rows = places(&snapshot.bucket(table.name, bucket, table.key)?, wanted);
        if !rows.is_empty() {
            take(table, &snapshot.bucket_rows(table.name, bucket, &columns, &rows)?, wanted, &mut found);
        }
    }
    Ok(found)
}

/// The numbers of the rows with one of the keys, over all batches of key columns.
fn places(batches: &[RecordBatch], wanted: &HashSet<Key>) -> Vec<u32> {
    let rows = batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
    let hit = |(batch, row): &(&RecordBatch, usize)| {
        wanted.contains(&batch.columns().iter().map(|column| cell_text(column, *row)).collect::<Key>())
    };
    (0..).zip(rows).filter(|(_, row)| hit(row)).map(|(number, _)| number).collect()
}

/// Takes over the rows of a batch that have one of the keys.
fn take(table: &Table, batch: &RecordBatch, wanted: &HashSet<Key>, found: &mut HashMap<Key, Standing>) {
    let text = |name: &str, row: usize| batch.column_by_name(name).and_then(|column| cell_text(column, row));
    for row in 0..batch.num_rows() {
        let key: Key = table.key.iter().map(|name| text(name, row)).collect();
        if wanted.contains(&key) {
            let values = batch.columns().iter().map(|column| cell_text(column, row)).collect();
            let person = if table.by_person { text("psn_no", row) } else { None };
            found.insert(key, Standing { person, values });
        }
    }
}
