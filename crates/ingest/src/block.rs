//! A block of records as text: what CSV and XLSX are read into before columns are made of them.

use crate::check::Check;

/// Where the text of one field stands in its block: from, to (exclusive).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span {
    /// First byte.
    pub from: u32,
    /// One after the last byte.
    pub to: u32,
}

/// Some records of the same width, each field a span of one text.
#[derive(Default)]
pub(crate) struct Block {
    /// The bytes that the spans point into; more may follow that belong to no record yet.
    pub text: Vec<u8>,
    /// Spans, `width` for each record.
    pub spans: Vec<Span>,
    /// Fields of a record.
    pub width: usize,
    /// The line on which each record begins, from 1.
    pub lines: Vec<u64>,
    /// Faults of whole records or of one field, by record.
    pub faults: Vec<Flaw>,
}

/// What is wrong with a record before anybody knows what its fields mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flaw {
    /// Record in the block.
    pub row: u32,
    /// Field in the record; `None` where it is the whole record.
    pub field: Option<u16>,
    /// The check that fired.
    pub check: Check,
    /// How many fields the record has.
    pub fields: usize,
}

impl Flaw {
    /// What to show of it: how many fields there are, where that is what is wrong. Fields out of place are never shown, since nobody
    /// can say which of them are personal.
    pub(crate) fn text(&self, width: usize) -> String {
        match self.check {
            Check::Fields => format!("该行 {} 列，表头 {width} 列", self.fields),
            _ => String::new(),
        }
    }
}

impl Block {
    /// Forgets the records but not the text.
    pub(crate) fn clear_records(&mut self, width: usize) {
        self.spans.clear();
        self.lines.clear();
        self.faults.clear();
        self.width = width;
    }

    /// Records in the block.
    pub(crate) fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The text of a field without blanks around it.
    #[inline]
    pub(crate) fn cell(&self, row: usize, field: usize) -> &[u8] {
        let span = self.spans[row * self.width + field];
        trim(&self.text[span.from as usize..span.to as usize])
    }

    /// The texts of one field, record by record.
    #[inline]
    pub(crate) fn cells(&self, field: usize) -> impl Iterator<Item = &[u8]> {
        let text = self.text.as_slice();
        self.spans
            .iter()
            .skip(field)
            .step_by(self.width)
            .map(|span| trim(&text[span.from as usize..span.to as usize]))
    }
}

#[inline]
fn trim(cell: &[u8]) -> &[u8] {
    match cell {
        [first, .., last] if *first > b' ' && *last > b' ' => cell,
        _ => cell.trim_ascii(),
    }
}
