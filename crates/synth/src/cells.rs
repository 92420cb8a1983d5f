//! The form in which rows leave: cell by cell, in the order of a table's columns, as CSV or Parquet.

use crate::{Format, SynthError, columnar::ParquetSink, csv::CsvSink, foreign::ForeignSink};
use arrow_schema::SchemaRef;
use mingcha_model::Date;
use std::path::Path;

/// Takes the cells of one table, row by row, column by column.
pub trait Cells {
    /// A text.
    fn text(&mut self, value: &str);
    /// Nothing; only in a column that is not required.
    fn null(&mut self);
    /// A day.
    fn date(&mut self, value: Date);
    /// A time in seconds since 1970.
    fn time(&mut self, value: i64);
    /// A whole number.
    fn int(&mut self, value: i32);
    /// A measure in millionths.
    fn measure(&mut self, millionths: i32);
    /// A decimal number of so many places: 2 money, 4 quantity, 6 price.
    fn fixed(&mut self, value: i64, places: u32);
    /// A value that cannot be right, for dirty data: the text where the format can hold it, otherwise something absurd.
    fn broken(&mut self, text: &str);
    /// Ends the row.
    fn end(&mut self) -> Result<(), SynthError>;
    /// Writes what is left and closes the file; returns rows and bytes.
    fn finish(&mut self) -> Result<(u64, u64), SynthError>;

    /// A text or nothing.
    fn maybe(&mut self, value: &str) {
        if value.is_empty() { self.null() } else { self.text(value) }
    }

    /// A day or nothing.
    fn maybe_date(&mut self, value: Option<Date>) {
        match value {
            Some(day) => self.date(day),
            None => self.null(),
        }
    }
}

/// A file of one table in the format that was asked for; made when its first rows are written.
#[derive(Debug)]
pub enum Sink {
    /// CSV.
    Csv(CsvSink),
    /// Parquet.
    Parquet(Box<ParquetSink>),
    /// Files of another form, by the names of a foreign system.
    Foreign(Box<ForeignSink>),
}

impl Sink {
    /// A sink for a file called `stem` in `folder`, with these columns.
    pub fn new(format: Format, folder: &Path, stem: &str, schema: SchemaRef) -> Self {
        let path = |extension: &str| folder.join(format!("{stem}.{extension}"));
        match format {
            Format::Csv => Self::Csv(CsvSink::new(path("csv"), &schema)),
            Format::Parquet => Self::Parquet(Box::new(ParquetSink::new(path("parquet"), schema))),
        }
    }
}

/// Calls a method of whichever sink it is.
macro_rules! either {
    ($self:ident, $sink:ident => $call:expr) => {
        match $self {
            Sink::Csv($sink) => $call,
            Sink::Parquet($sink) => $call,
            Sink::Foreign($sink) => $call,
        }
    };
}

impl Cells for Sink {
    fn text(&mut self, value: &str) {
        either!(self, sink => sink.text(value));
    }
    fn null(&mut self) {
        either!(self, sink => sink.null());
    }
    fn date(&mut self, value: Date) {
        either!(self, sink => sink.date(value));
    }
    fn time(&mut self, value: i64) {
        either!(self, sink => sink.time(value));
    }
    fn int(&mut self, value: i32) {
        either!(self, sink => sink.int(value));
    }
    fn measure(&mut self, millionths: i32) {
        either!(self, sink => sink.measure(millionths));
    }
    fn fixed(&mut self, value: i64, places: u32) {
        either!(self, sink => sink.fixed(value, places));
    }
    fn broken(&mut self, text: &str) {
        either!(self, sink => sink.broken(text));
    }
    fn end(&mut self) -> Result<(), SynthError> {
        either!(self, sink => sink.end())
    }
    fn finish(&mut self) -> Result<(u64, u64), SynthError> {
        either!(self, sink => sink.finish())
    }
}

/// Decimal digits of a number on the stack, after a prefix, padded with zeros to a width.
#[derive(Clone, Copy, Debug)]
pub struct Digits {
    bytes: [u8; 24],
    len: usize,
}

impl Digits {
    /// Digits of `number`, at least `width` of them, after `prefix` (at most 4 bytes).
    pub fn new(prefix: &str, number: u64, width: usize) -> Self {
        let mut bytes = [b'0'; 24];
        let start = prefix.len();
        bytes[..start].copy_from_slice(prefix.as_bytes());
        let mut left = number;
        let mut at = start + width;
        while at > start {
            at -= 1;
            bytes[at] = b'0' + (left % 10) as u8;
            left /= 10;
        }
        Self { bytes, len: start + width }
    }

    /// As a text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}
