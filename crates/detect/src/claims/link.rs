//! Ties rows together: each row to its person, each line to its encounter and settlement.

use super::{
    LoadError, NO_ROW,
    columns::{Reader, Texts},
};
use arrow_array::{Array, DictionaryArray, RecordBatch, StringArray, types::Int32Type};
use std::ops::Range;

/// Texts of one identifying column over all batches, by row.
#[derive(Default)]
pub struct Ids {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Ids {
    /// Reads a column of each batch; a null is the empty text.
    pub fn read(table: &'static str, column: &str, batches: &[RecordBatch]) -> Result<Self, LoadError> {
        let mut ids = Self::default();
        for batch in batches {
            let texts = Reader::new(table, batch).texts(column)?;
            for row in 0..batch.num_rows() {
                ids.bytes.extend_from_slice(texts.get(row).unwrap_or_default().as_bytes());
                ids.ends.push(ids.bytes.len() as u32);
            }
        }
        Ok(ids)
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> &[u8] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        &self.bytes[start..self.ends[row] as usize]
    }
}

/// The people of a bucket while it is loaded: `psn_no` sorted, with a cursor, since rows come in their order.
pub struct Roll {
    people: Vec<Box<str>>,
}

impl Roll {
    /// The people of all tables. Most come from the person table; the others are those it does not know.
    pub fn of(tables: &[(&'static str, &[RecordBatch])]) -> Result<Self, LoadError> {
        let mut people: Vec<Box<str>> = Vec::new();
        for &(table, batches) in tables {
            let (known, mut cursor) = (people.len(), 0);
            for batch in batches {
                distinct(&Reader::new(table, batch).texts("psn_no")?, batch.num_rows(), |psn_no| {
                    if people.last().is_some_and(|last| &**last == psn_no) {
                        return;
                    }
                    match find(&people[..known], psn_no, cursor) {
                        Some(at) => cursor = at,
                        None => people.push(psn_no.into()),
                    }
                });
            }
            if people.len() > known {
                people.sort_unstable();
                people.dedup();
            }
        }
        Ok(Self { people })
    }

    /// The sorted `psn_no`.
    pub fn into_people(self) -> Vec<Box<str>> {
        self.people
    }

    /// Fills in the person of each row, and where each person's rows begin.
    pub fn assign(
        &self,
        table: &'static str,
        batches: &[RecordBatch],
        person: &mut Vec<u32>,
        of: &mut Vec<u32>,
    ) -> Result<(), LoadError> {
        let mut cursor = 0;
        for batch in batches {
            Reader::new(table, batch).push_mapped(
                "psn_no",
                NO_ROW,
                |psn_no| {
                    let found = find(&self.people, psn_no, cursor);
                    cursor = found.unwrap_or(cursor);
                    found.map_or(NO_ROW, |at| at as u32)
                },
                person,
            )?;
        }
        // Rows of a person stand together: only where the person changes is there anything to do.
        let mut last = NO_ROW;
        for (row, &index) in person.iter().enumerate() {
            if index != last {
                if index == NO_ROW || last != NO_ROW && index < last {
                    return Err(LoadError::Order { table });
                }
                of.resize(index as usize + 1, row as u32);
                last = index;
            }
        }
        of.resize(self.people.len() + 1, person.len() as u32);
        Ok(())
    }
}

/// Where a person stands among sorted people: near the one before, since rows come in their order, or wherever a search finds it.
fn find(people: &[Box<str>], psn_no: &str, before: usize) -> Option<usize> {
    let near = (before..people.len()).take(3).find(|&at| &*people[at] == psn_no);
    near.or_else(|| people.binary_search_by(|person| (**person).cmp(psn_no)).ok())
}

/// Calls `see` for each text of the column; once a dictionary value, or once a run of equal plain texts.
fn distinct<'a>(texts: &Texts<'a>, rows: usize, mut see: impl FnMut(&'a str)) {
    match texts {
        Texts::Absent => {}
        Texts::Plain(_) => (0..rows).filter_map(|row| texts.get(row)).for_each(see),
        Texts::Coded(coded, values) => {
            // A slice of a larger batch may hold dictionary values that none of its rows uses.
            if rows < values.len() {
                (0..rows).filter_map(|row| texts.get(row)).for_each(see);
            } else {
                let mut used = vec![false; values.len()];
                let nulls = coded.nulls();
                let mut last = -1;
                for (row, &code) in coded.keys().values().iter().enumerate() {
                    if code != last && nulls.is_none_or(|nulls| nulls.is_valid(row)) {
                        used[code as usize] = true;
                        last = code;
                    }
                }
                (0..values.len()).filter(|&code| used[code]).for_each(|code| see(values.value(code)));
            }
        }
    }
}

/// The rows that others name: by which column, their identifiers, and where each person's rows begin.
pub struct Targets<'a> {
    /// The column that names a target.
    pub column: &'static str,
    /// The identifier of each target.
    pub ids: &'a Ids,
    /// Where each person's targets begin.
    pub of: &'a [u32],
}

impl Targets<'_> {
    fn range(&self, person: u32) -> Range<u32> {
        self.of[person as usize]..self.of[person as usize + 1]
    }

    /// Looks near the last hit first: lines of one encounter stand together.
    fn search(&self, range: Range<u32>, text: &[u8], last: u32) -> u32 {
        if text.is_empty() {
            return NO_ROW;
        }
        let start = if range.contains(&last) { last } else { range.start };
        let is = |row: &u32| self.ids.get(*row as usize) == text;
        (start..range.end).find(is).or_else(|| (range.start..start).find(is)).unwrap_or(NO_ROW)
    }
}

/// Appends the target that each row's text names, looked for among the same person's rows only.
pub fn link(
    table: &'static str,
    batches: &[RecordBatch],
    person: &[u32],
    targets: &Targets<'_>,
    linked: &mut Vec<u32>,
) -> Result<(), LoadError> {
    for batch in batches {
        let people = &person[linked.len()..linked.len() + batch.num_rows()];
        match Reader::new(table, batch).texts(targets.column)? {
            Texts::Coded(coded, values) => link_coded(coded, values, people, targets, linked),
            texts => {
                for (row, &person) in people.iter().enumerate() {
                    let last = linked.last().copied().unwrap_or(NO_ROW);
                    let text = texts.get(row).unwrap_or_default();
                    linked.push(targets.search(targets.range(person), text.as_bytes(), last));
                }
            }
        }
    }
    Ok(())
}

/// Rows of one encounter stand together and share their code, so only the first of a run is looked up.
fn link_coded(
    coded: &DictionaryArray<Int32Type>,
    values: &StringArray,
    people: &[u32],
    targets: &Targets<'_>,
    linked: &mut Vec<u32>,
) {
    let mut known = vec![NO_ROW; values.len()];
    let (keys, nulls) = (coded.keys().values(), coded.nulls());
    let mut run = (NO_ROW, -1);
    let mut last = NO_ROW;
    for (row, (&person, &code)) in people.iter().zip(keys).enumerate() {
        if nulls.is_some_and(|nulls| nulls.is_null(row)) {
            run = (NO_ROW, -1);
            linked.push(NO_ROW);
            continue;
        }
        if run != (person, code) {
            run = (person, code);
            let (range, slot) = (targets.range(person), &mut known[code as usize]);
            if !range.contains(slot) {
                *slot = targets.search(range, values.value(code as usize).as_bytes(), last);
            }
            last = *slot;
        }
        linked.push(last);
    }
}
