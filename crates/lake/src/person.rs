//! One person's whole history, found by the least and greatest person of each row group and page.

use crate::{
    LakeError, Result, Snapshot,
    layout::{Layout, Tables, layout, layouts},
    order::{order, take_rows},
    read::{DataFile, Form},
    text::{Text, concat},
};
use arrow_array::RecordBatch;
use parquet::file::{metadata::RowGroupMetaData, page_index::column_index::ColumnIndexMetaData};
use std::ops::Range;

impl Snapshot {
    /// A person's rows by table, in order (time, key): those tables and columns, or all. Tables without a row of theirs are left out.
    ///
    /// Texts are `Dictionary(Int32, Utf8)`. Only the pages that can hold the person are decoded.
    pub fn person(&self, psn_no: &str, tables: Option<&[(&str, &[&str])]>) -> Result<Tables<RecordBatch>> {
        let bucket = self.bucket_of(psn_no);
        let everything: Vec<(&str, Vec<&str>)>;
        let wanted: Vec<(&str, &[&str])> = match tables {
            Some(tables) => tables.to_vec(),
            None => {
                let names = |layout: &'static Layout| {
                    layout.schema.fields().iter().map(|f| f.name().as_str()).collect()
                };
                let by_person = layouts().iter().filter(|layout| layout.table.by_person);
                everything = by_person.map(|layout| (layout.table.name, names(layout))).collect();
                everything.iter().map(|(table, columns)| (*table, columns.as_slice())).collect()
            }
        };
        let mut found = Tables::new();
        for (table, columns) in wanted {
            let layout = layout(table)?;
            if !layout.table.by_person {
                return Err(LakeError::Setting(format!("rows of `{table}` belong to no person")));
            }
            layout.check_columns(columns)?;
            if let Some(rows) = person_rows(layout, self.files(layout.table.name, bucket), psn_no, columns)? {
                found.insert(layout.table.name, rows);
            }
        }
        Ok(found)
    }
}

fn person_rows(
    layout: &Layout,
    files: &[DataFile],
    person: &str,
    columns: &[&str],
) -> Result<Option<RecordBatch>> {
    let mut found = Vec::new();
    for file in files {
        if let Some(range) = find(file, person)? {
            found.push((file, range));
        }
    }
    let ordered = found.len() < 2;
    let mut wanted = columns.to_vec();
    if !ordered {
        wanted.extend(layout.order().iter().filter(|name| !columns.contains(name)));
    }
    let mut parts = Vec::new();
    for (file, range) in found {
        parts.extend(file.read_ranges(Form::Coded, &wanted, &[range])?);
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let rows = concat(&parts)?;
    if ordered {
        return Ok(Some(rows));
    }
    let places: Vec<usize> = (0..columns.len()).collect();
    let numbers = order(layout, &rows, (0..rows.num_rows() as u32).collect())?;
    take_rows(rows.project(&places)?, numbers).map(Some)
}

/// The rows of a person in a file; rows are sorted by person, so they are one range.
fn find(file: &DataFile, person: &str) -> Result<Option<Range<usize>>> {
    let candidates = candidates(file, person)?;
    let mut found: Option<Range<usize>> = None;
    let mut numbers = candidates.iter().flat_map(Clone::clone);
    for batch in file.read_ranges(Form::Coded, &["psn_no"], &candidates)? {
        let text = Text::of(batch.column(0))?;
        for row in 0..batch.num_rows() {
            let number = numbers.next().unwrap_or_default();
            if text.get(row) == Some(person) {
                let start = found.as_ref().map_or(number, |range| range.start);
                found = Some(start..number + 1);
            }
        }
    }
    Ok(found)
}

/// The pages whose least and greatest person leave room for this one, as rows of the file.
fn candidates(file: &DataFile, person: &str) -> Result<Vec<Range<usize>>> {
    let metadata = file.metadata()?;
    let column = file.layout.schema.index_of("psn_no")?;
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, group) in metadata.row_groups().iter().enumerate() {
        let end = start + group.num_rows() as usize;
        if may_hold(group, column, person) {
            let pages = metadata.column_index().zip(metadata.offset_index());
            let pages =
                pages.map(|(index, offsets)| (&index[at][column], offsets[at][column].page_locations()));
            match pages {
                Some((ColumnIndexMetaData::BYTE_ARRAY(index), locations)) => {
                    let first = |page: usize| {
                        locations.get(page).map_or(end, |page| start + page.first_row_index as usize)
                    };
                    let inside = |page: &usize| {
                        let least = index.min_value(*page).unwrap_or_default();
                        index
                            .max_value(*page)
                            .is_none_or(|most| least <= person.as_bytes() && person.as_bytes() <= most)
                    };
                    ranges
                        .extend((0..locations.len()).filter(inside).map(|page| first(page)..first(page + 1)));
                }
                _ => ranges.push(start..end),
            }
        }
        start = end;
    }
    Ok(ranges)
}

fn may_hold(group: &RowGroupMetaData, column: usize, person: &str) -> bool {
    let statistics = group.column(column).statistics();
    let bounds = statistics.and_then(|s| Some((s.min_bytes_opt()?, s.max_bytes_opt()?)));
    bounds.is_none_or(|(least, most)| least <= person.as_bytes() && person.as_bytes() <= most)
}
