//! Ties rows together: each row to its person, each line to its encounter and settlement.

use super::{
    LoadError, NO_ROW,
    columns::{Reader, Texts},
};
use arrow_array::{Array, RecordBatch};

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
            let known = people.len();
            for batch in batches {
                distinct(&Reader::new(table, batch).texts("psn_no")?, batch.num_rows(), |psn_no| {
                    if people.last().is_some_and(|last| &**last == psn_no) {
                        return;
                    }
                    if people[..known].binary_search_by(|person| (**person).cmp(psn_no)).is_err() {
                        people.push(psn_no.into());
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

    /// The person of each row, and where each person's rows begin.
    pub fn assign(
        &self,
        table: &'static str,
        batches: &[RecordBatch],
    ) -> Result<(Vec<u32>, Vec<u32>), LoadError> {
        let mut person = Vec::with_capacity(batches.iter().map(RecordBatch::num_rows).sum());
        let mut cursor = 0;
        for batch in batches {
            Reader::new(table, batch).push_mapped(
                "psn_no",
                NO_ROW,
                |psn_no| self.find(psn_no, &mut cursor),
                &mut person,
            )?;
        }
        let mut of = vec![0_u32; self.people.len() + 1];
        let mut last = 0;
        for &index in &person {
            if index < last || index == NO_ROW {
                return Err(LoadError::Order { table });
            }
            last = index;
            of[index as usize + 1] += 1;
        }
        for index in 1..of.len() {
            of[index] += of[index - 1];
        }
        Ok((person, of))
    }

    fn find(&self, psn_no: &str, cursor: &mut usize) -> u32 {
        let is_at = |at: usize| self.people.get(at).is_some_and(|person| &**person == psn_no);
        let found = (*cursor..*cursor + 3)
            .find(|&at| is_at(at))
            .or_else(|| self.people.binary_search_by(|person| (**person).cmp(psn_no)).ok());
        let Some(found) = found else { return NO_ROW };
        *cursor = found;
        found as u32
    }
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
                for row in 0..rows {
                    if coded.is_valid(row) {
                        used[coded.keys().value(row) as usize] = true;
                    }
                }
                (0..values.len()).filter(|&code| used[code]).for_each(|code| see(values.value(code)));
            }
        }
    }
}

/// The row of `targets` (a table's identifiers) that each row's text names, looked for among the same person's rows only.
pub fn link(
    table: &'static str,
    column: &str,
    batches: &[RecordBatch],
    person: &[u32],
    targets: &Ids,
    target_of: &[u32],
) -> Result<Vec<u32>, LoadError> {
    let mut linked = Vec::with_capacity(person.len());
    for batch in batches {
        let texts = Reader::new(table, batch).texts(column)?;
        let people = &person[linked.len()..linked.len() + batch.num_rows()];
        match &texts {
            Texts::Coded(coded, values) => {
                let mut known = vec![NO_ROW; values.len()];
                for (row, &person) in people.iter().enumerate() {
                    if coded.is_null(row) {
                        linked.push(NO_ROW);
                        continue;
                    }
                    let code = coded.keys().value(row) as usize;
                    let range = target_of[person as usize]..target_of[person as usize + 1];
                    if !range.contains(&known[code]) {
                        known[code] = search(targets, range, values.value(code).as_bytes(), linked.last());
                    }
                    linked.push(known[code]);
                }
            }
            _ => {
                for (row, &person) in people.iter().enumerate() {
                    let range = target_of[person as usize]..target_of[person as usize + 1];
                    let found = texts
                        .get(row)
                        .map_or(NO_ROW, |text| search(targets, range, text.as_bytes(), linked.last()));
                    linked.push(found);
                }
            }
        }
    }
    Ok(linked)
}

/// Looks near the last hit first: lines of one encounter stand together.
fn search(targets: &Ids, range: std::ops::Range<u32>, text: &[u8], last: Option<&u32>) -> u32 {
    if text.is_empty() {
        return NO_ROW;
    }
    let start = last.copied().filter(|row| range.contains(row)).unwrap_or(range.start);
    (start..range.end)
        .chain(range.start..start)
        .find(|&row| targets.get(row as usize) == text)
        .unwrap_or(NO_ROW)
}
