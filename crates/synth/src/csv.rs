//! CSV, written byte by byte: no text is made for a cell. The catalogue holds nothing that needs quotes, so nothing is quoted.

use crate::{SynthError, cells::Cells};
use arrow_schema::Schema;
use mingcha_model::{Date, time::DAY};
use std::{fs::File, io::Write, path::PathBuf};

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 20;

/// A CSV file of one table.
#[derive(Debug)]
pub struct CsvSink {
    path: PathBuf,
    file: Option<File>,
    buffer: Vec<u8>,
    rows: u64,
    bytes: u64,
    first: bool,
    day: i64,
    day_text: [u8; 10],
}

impl CsvSink {
    /// A sink for rows of these columns; the file is made with the first row.
    pub fn new(path: PathBuf, schema: &Schema) -> Self {
        let mut buffer = Vec::with_capacity(BUFFER + 4096);
        for (index, field) in schema.fields().iter().enumerate() {
            if index > 0 {
                buffer.push(b',');
            }
            buffer.extend_from_slice(field.name().as_bytes());
        }
        buffer.push(b'\n');
        Self { path, file: None, buffer, rows: 0, bytes: 0, first: true, day: i64::MIN, day_text: [b'0'; 10] }
    }

    fn separate(&mut self) {
        if !self.first {
            self.buffer.push(b',');
        }
        self.first = false;
    }

    fn flush(&mut self) -> Result<(), SynthError> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self
                .file
                .insert(File::create(&self.path).map_err(|error| SynthError::write(&self.path, error))?),
        };
        file.write_all(&self.buffer).map_err(|error| SynthError::write(&self.path, error))?;
        self.bytes += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    fn write_day(&mut self, day: i64) {
        if self.day != day {
            let (year, month, of_month) = Date(day as i32).ymd();
            let text = &mut self.day_text;
            put(&mut text[0..4], year as u64);
            text[4] = b'-';
            put(&mut text[5..7], u64::from(month));
            text[7] = b'-';
            put(&mut text[8..10], u64::from(of_month));
            self.day = day;
        }
        self.buffer.extend_from_slice(&self.day_text);
    }
}

/// Writes a number into all of the bytes, with leading zeros.
fn put(bytes: &mut [u8], mut number: u64) {
    for byte in bytes.iter_mut().rev() {
        *byte = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

fn push_number(buffer: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0_u8; 20];
    let mut at = 20;
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    buffer.extend_from_slice(&digits[at..]);
}

impl Cells for CsvSink {
    fn text(&mut self, value: &str) {
        self.separate();
        self.buffer.extend_from_slice(value.as_bytes());
    }

    fn null(&mut self) {
        self.separate();
    }

    fn date(&mut self, value: Date) {
        self.separate();
        self.write_day(i64::from(value.0));
    }

    fn time(&mut self, value: i64) {
        self.separate();
        self.write_day(value.div_euclid(DAY));
        let seconds = value.rem_euclid(DAY) as u64;
        let mut text = *b" 00:00:00";
        put(&mut text[1..3], seconds / 3600);
        put(&mut text[4..6], seconds / 60 % 60);
        put(&mut text[7..9], seconds % 60);
        self.buffer.extend_from_slice(&text);
    }

    fn int(&mut self, value: i32) {
        self.fixed(i64::from(value), 0);
    }

    fn measure(&mut self, millionths: i32) {
        self.fixed(i64::from(millionths), 6);
    }

    fn fixed(&mut self, value: i64, places: u32) {
        self.separate();
        if value < 0 {
            self.buffer.push(b'-');
        }
        let unit = 10_u64.pow(places);
        let size = value.unsigned_abs();
        push_number(&mut self.buffer, size / unit);
        let mut fraction = size % unit;
        let mut shown = places as usize;
        // Money keeps its two places; a quantity or price drops the zeros that say nothing.
        while shown > 0 && (places != 2) && fraction.is_multiple_of(10) {
            fraction /= 10;
            shown -= 1;
        }
        if shown > 0 {
            let mut text = [b'.'; 8];
            put(&mut text[1..=shown], fraction);
            self.buffer.extend_from_slice(&text[..=shown]);
        }
    }

    fn broken(&mut self, text: &str) {
        self.text(text);
    }

    fn end(&mut self) -> Result<(), SynthError> {
        self.buffer.push(b'\n');
        self.first = true;
        self.rows += 1;
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<(u64, u64), SynthError> {
        if self.rows > 0 {
            self.flush()?;
        }
        Ok((self.rows, self.bytes))
    }
}
