//! CSV: bytes to records, with line numbers, in blocks that stay in the cache.

pub(crate) mod range;
mod split;

use crate::{block::Block, limits::Limits};
use split::Stop;
use std::io::{self, Read};

/// What is read at once; a block of this size and its spans stay in the second-level cache.
const BLOCK: usize = 192 << 10;

/// Why the reading of a CSV text ended early.
#[derive(Debug)]
pub(crate) enum CsvError {
    /// The input failed on this line or in what was read ahead of it.
    Io(io::Error, u64),
    /// The text ends inside a quote that the record beginning on this line opens.
    OpenQuote(u64),
    /// The record that begins on this line is longer than the limit.
    LongLine(u64),
}

/// A CSV text as blocks of records of `width` fields each.
pub(crate) struct CsvBlocks<R> {
    input: R,
    /// Bytes of the block that belong to records already handed out.
    used: usize,
    ended: bool,
    line: u64,
    delimiter: u8,
    width: usize,
    limit: usize,
}

impl<R: Read> CsvBlocks<R> {
    /// Reads from the beginning of a line, which is `line` of its file.
    pub(crate) fn new(input: R, line: u64, delimiter: u8, width: usize, limits: &Limits) -> Self {
        Self { input, used: 0, ended: false, line, delimiter, width, limit: limits.line_bytes }
    }

    /// Sets how many fields each record must have.
    pub(crate) fn expect_width(&mut self, width: usize) {
        self.width = width;
    }

    /// Fills the block with the next records; `false` at the end. `most` caps the records of one block.
    pub(crate) fn next(&mut self, block: &mut Block, most: usize) -> Result<bool, CsvError> {
        block.text.drain(..self.used);
        self.used = 0;
        let mut want = BLOCK;
        loop {
            if let Err(error) = self.fill(&mut block.text, want) {
                let whole = memchr::memchr_iter(b'\n', &block.text).count() as u64;
                return Err(CsvError::Io(error, self.line + whole));
            }
            block.clear_records(self.width);
            let stop = split::records(block, self.delimiter, self.ended, self.line, most);
            let Stop { used, line, open, unclosed } = stop;
            if let Some(line) = unclosed {
                return Err(CsvError::OpenQuote(line));
            }
            if block.rows() > 0 {
                self.used = used;
                self.line = line;
                return Ok(true);
            }
            if self.ended && used >= block.text.len() {
                return Ok(false);
            }
            if used > 0 {
                block.text.drain(..used);
                self.line = line;
                continue;
            }
            if open >= self.limit {
                return Err(CsvError::LongLine(self.line));
            }
            want = (block.text.len() * 2).clamp(BLOCK, self.limit.max(BLOCK));
        }
    }

    /// Reads until the text has `want` bytes or the input ends.
    fn fill(&mut self, text: &mut Vec<u8>, want: usize) -> io::Result<()> {
        let mut filled = text.len();
        if filled >= want || self.ended {
            return Ok(());
        }
        text.resize(want, 0);
        while filled < want {
            match self.input.read(&mut text[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    text.truncate(filled);
                    return Err(error);
                }
            }
        }
        text.truncate(filled);
        Ok(())
    }
}

/// The first record of a text, as header names; empty where there is none.
pub(crate) fn header(block: &mut Block, delimiter: u8, ended: bool) -> Vec<String> {
    // Doubled quotes are taken out in place, so each attempt gets the text as it was.
    let text = block.text.clone();
    block.clear_records(0);
    split::records(block, delimiter, ended, 1, 1);
    let header = if block.rows() == 0 { Vec::new() } else { crate::source::texts(block, &block.spans) };
    block.text = text;
    header
}

#[cfg(test)]
mod tests;
