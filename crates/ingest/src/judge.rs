//! The judge: runs the row checks over the arrays of a chunk, does what the policy says, and parts good rows from bad.

use crate::{
    IngestError,
    check::{Action, Check, Policy, Refusal, row, value},
    chunk::{Chunk, Reading},
    column::{Fault, SRC_FILE, SRC_LINE, chunk_schema},
    counts::QualityCounts,
    quarantine::{MASK, Rejected, RowFault, cell_text},
};
use arrow_array::{
    Array, ArrayRef, RecordBatch, UInt32Array, UInt64Array,
    cast::AsArray,
    types::{UInt32Type, UInt64Type},
};
use arrow_schema::{ArrowError, SchemaRef};
use mingcha_model::{
    Date,
    table::{Column, Table},
};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Judges the chunks of one table of one file.
pub(crate) struct Judge {
    pub table: &'static Table,
    pub file: Arc<str>,
    pub file_number: u32,
    pub policy: Policy,
    pub as_of: Date,
    schema: SchemaRef,
    rules: Vec<value::Rule>,
}

/// What the checks of one chunk have found so far.
pub(crate) struct Findings<'a> {
    pub policy: &'a Policy,
    pub notes: QualityCounts,
    /// Faults that refuse a row, in no order.
    pub refused: Vec<Fault>,
    /// Rows in which something was corrected.
    pub corrected: FxHashSet<u32>,
    /// Whether examples of the column may be kept, by column.
    table: &'static Table,
}

impl Findings<'_> {
    /// Tells of one row. The text is what stood there; it is kept only where it may be.
    pub(crate) fn row(&mut self, check: Check, row: u32, column: Option<u16>, text: impl FnOnce() -> String) {
        match self.policy.action(check) {
            Action::Refuse => {
                let text = text().into_boxed_str();
                self.refused.push(Fault { row, column, check, text });
            }
            Action::Note => self.count(check, column, 1, text),
            Action::Correct => {
                self.count(check, column, 1, text);
                self.corrected.insert(row);
            }
        }
    }

    /// Counts rows that stay.
    pub(crate) fn count(
        &mut self,
        check: Check,
        column: Option<u16>,
        rows: u64,
        text: impl FnOnce() -> String,
    ) {
        let column = column.and_then(|at| self.table.columns.get(usize::from(at)));
        let example = || column.filter(|column| !column.personal).map(|_| text());
        self.notes.add(check, column.map_or("", |column| column.name), rows, example);
    }
}

impl Judge {
    pub(crate) fn new(
        table: &'static Table,
        file: Arc<str>,
        file_number: u32,
        reading: &Reading<'_>,
    ) -> Self {
        Self {
            table,
            file,
            file_number,
            policy: reading.policy.clone(),
            as_of: reading.as_of,
            schema: chunk_schema(table),
            rules: value::rules(table),
        }
    }

    /// An error of Arrow as a bug met in this file.
    pub(crate) fn bug(&self, source: ArrowError) -> IngestError {
        IngestError::Arrow { file: self.file.to_string(), source }
    }

    /// Checks the columns of a chunk and parts its rows. The arrays are in the order of the table's columns.
    pub(crate) fn judge(
        &self,
        mut arrays: Vec<ArrayRef>,
        lines: Vec<u64>,
        mut faults: Vec<Fault>,
    ) -> Result<Chunk, IngestError> {
        faults.sort_by_key(|fault| fault.row);
        let mut findings = Findings {
            policy: &self.policy,
            notes: QualityCounts::default(),
            refused: Vec::new(),
            corrected: FxHashSet::default(),
            table: self.table,
        };
        for fault in &faults {
            findings.row(fault.check, fault.row, fault.column, || fault.text.to_string());
        }
        for (index, array) in arrays.iter_mut().enumerate() {
            if let Some(changed) = value::check(&self.rules[index], array, index as u16, &mut findings) {
                *array = changed.map_err(|source| self.bug(source))?;
            }
        }
        row::check(self.table, &arrays, self.as_of, &mut findings);
        self.missing(&arrays, &mut findings);
        self.part(arrays, lines, &faults, findings)
    }

    /// Rows without a required value, unless the reason was told already: by a fault of the row as a whole, or of that very value.
    fn missing(&self, arrays: &[ArrayRef], findings: &mut Findings<'_>) {
        for (index, column) in self.table.columns.iter().enumerate() {
            if !column.required || arrays[index].null_count() == 0 {
                continue;
            }
            let index16 = index as u16;
            let told = |fault: &&Fault| fault.column.is_none_or(|column| column == index16);
            let known: FxHashSet<u32> = findings.refused.iter().filter(told).map(|fault| fault.row).collect();
            let nulls = arrays[index].nulls();
            let missing = (0..arrays[index].len() as u32)
                .filter(|row| nulls.is_some_and(|nulls| nulls.is_null(*row as usize)));
            for row in missing {
                if !known.contains(&row) {
                    // A row without a required value cannot be kept, whatever the policy says.
                    let fault =
                        Fault { row, column: Some(index16), check: Check::Missing, text: Box::default() };
                    findings.refused.push(fault);
                }
            }
        }
    }

    fn part(
        &self,
        mut arrays: Vec<ArrayRef>,
        lines: Vec<u64>,
        faults: &[Fault],
        findings: Findings<'_>,
    ) -> Result<Chunk, IngestError> {
        let Findings { notes, mut refused, mut corrected, .. } = findings;
        refused.sort_by_key(|fault| (fault.row, fault.column, fault.check));
        refused.dedup_by_key(|fault| (fault.row, fault.column, fault.check));
        let of_one = || refused.chunk_by(|one, other| one.row == other.row);
        let bad = of_one().map(|row| self.reject(row, &arrays, &lines, faults)).collect();
        let mut refused: Vec<u32> = refused.iter().map(|fault| fault.row).collect();
        refused.dedup();
        for row in &refused {
            corrected.remove(row);
        }
        arrays.push(Arc::new(UInt32Array::from_value(self.file_number, lines.len())));
        arrays.push(Arc::new(UInt64Array::from(lines)));
        let rows =
            RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(|source| self.bug(source))?;
        let corrected = corrected.len() as u64;
        Ok(Chunk { table: self.table, rows, refused, bad, notes, corrected, skipped: 0 })
    }

    /// A row with its faults, those of it as a whole first; `faults` are what reading found in any row, in the order of rows.
    fn reject(&self, refused: &[Fault], arrays: &[ArrayRef], lines: &[u64], faults: &[Fault]) -> Rejected {
        let at = refused[0].row;
        let from = faults.partition_point(|one| one.row < at);
        let own = || faults[from..].iter().take_while(|one| one.row == at);
        let text = |index: usize| {
            let raw = own().find(|one| one.column == Some(index as u16) && !one.text.is_empty());
            raw.map_or_else(|| cell_text(&arrays[index], at as usize), |one| Some(one.text.to_string()))
        };
        let masked = |index: usize, text: String| {
            if self.table.columns[index].personal { MASK.to_owned() } else { text }
        };
        let told = |fault: &Fault| {
            let (column, text) = (fault.column.map(usize::from), fault.text.to_string());
            let value = match column {
                Some(index) => masked(index, text),
                None => text,
            };
            let column = column.map_or("", |index| self.table.columns[index].name);
            row_fault(column, value, fault.check, &self.policy)
        };
        // Where the row as a whole is at fault nobody knows which value belongs where.
        let whole = refused.iter().take_while(|fault| fault.column.is_none()).count();
        let shown = if whole > 0 { whole } else { refused.len() };
        let row = (0..self.table.columns.len())
            .filter_map(|index| Some((self.table.columns[index].name, masked(index, text(index)?))))
            .collect();
        Rejected {
            file: Arc::clone(&self.file),
            line: lines[at as usize],
            table: self.table,
            faults: refused[..shown].iter().map(told).collect(),
            row,
        }
    }
}

/// A fault with the policy's words.
fn row_fault(column: &'static str, value: String, reason: Check, policy: &Policy) -> RowFault {
    let (message, hint) = (policy.title(reason).to_owned(), policy.hint(reason).to_owned());
    RowFault { column, value, reason, message, hint }
}

/// A row that bucket checks refused (`refusals` are all of this row), for quarantine; where it came from is told by its `src_file` and
/// `src_line`.
pub(crate) fn reject_row(
    table: &'static Table,
    batch: &RecordBatch,
    refusals: &[Refusal],
    policy: &Policy,
    files: &[Arc<str>],
) -> Rejected {
    let row = refusals[0].row as usize;
    let text = |name: &str| batch.column_by_name(name).and_then(|array| cell_text(array, row));
    let file = batch
        .column_by_name(SRC_FILE)
        .and_then(|array| array.as_primitive_opt::<UInt32Type>().map(|file| file.value(row)));
    let line = batch
        .column_by_name(SRC_LINE)
        .and_then(|array| array.as_primitive_opt::<UInt64Type>().map(|line| line.value(row)));
    let shown = |column: &Column| match (column.personal, text(column.name)) {
        (true, _) => None,
        (false, text) => text.map(|text| (column.name, text)),
    };
    let told = |refusal: &Refusal| {
        let value = table.column(refusal.column).and_then(shown).map_or_else(String::new, |(_, text)| text);
        row_fault(refusal.column, value, refusal.check, policy)
    };
    Rejected {
        file: file.and_then(|file| files.get(file as usize)).map_or_else(|| Arc::from(""), Arc::clone),
        line: line.unwrap_or(0),
        table,
        faults: refusals.iter().map(told).collect(),
        row: table.columns.iter().filter_map(shown).collect(),
    }
}
