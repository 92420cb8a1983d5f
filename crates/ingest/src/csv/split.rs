//! The splitter: finds delimiters, line ends and quotes eight bytes at a time (RFC 4180, with `\n` or `\r\n`).

use crate::{
    block::{Block, Flaw, Span},
    check::Check,
};

/// Where the splitter stopped.
pub(super) struct Stop {
    /// Bytes that belong to finished records.
    pub used: usize,
    /// The line on which the next record begins.
    pub line: u64,
    /// Bytes of the record that is not finished yet.
    pub open: usize,
    /// The line of a record with a quote that the end of the text leaves open.
    pub unclosed: Option<u64>,
}

const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
const ONES: u64 = 0x0101_0101_0101_0101;

/// A bit in the highest place of each byte of `word` that equals the byte repeated in `pattern`.
#[inline]
fn equal(word: u64, pattern: u64) -> u64 {
    let x = word ^ pattern;
    !(((x & LOW) + LOW) | x | LOW)
}

/// Eight bytes from `at`, padded with zeros at the end.
#[inline]
fn word_at(text: &[u8], at: usize) -> u64 {
    if let Some(bytes) = text.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()) {
        return u64::from_le_bytes(bytes);
    }
    let mut bytes = [0; 8];
    let rest = text.get(at..).unwrap_or_default();
    bytes[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(bytes)
}

/// A field in quotes: its content and where the quotes close.
struct Quoted {
    content: Span,
    /// Position after the closing quote.
    after: usize,
    doubled: bool,
}

/// The record that is being read.
struct Open {
    begin: usize,
    line: u64,
    first_span: usize,
    field: usize,
    quoted: Option<Quoted>,
    faulty: bool,
    doubled: Vec<usize>,
}

/// Splits the text of the block into at most `most` records; an unfinished last record is left for later unless the text has ended.
pub(super) fn records(block: &mut Block, delimiter: u8, ended: bool, line: u64, most: usize) -> Stop {
    // The text is lent out of the block, so that spans can be pushed while it is read.
    let mut text = std::mem::take(&mut block.text);
    let stop = Splitter { block, delimiter, ended, most, now: line, unclosed: None }.run(&mut text);
    block.text = text;
    stop
}

struct Splitter<'a> {
    block: &'a mut Block,
    delimiter: u8,
    ended: bool,
    most: usize,
    now: u64,
    unclosed: Option<u64>,
}

impl Splitter<'_> {
    fn run(mut self, text: &mut [u8]) -> Stop {
        let (delimiters, newlines, quotes) = (ONES * u64::from(self.delimiter), ONES * 0x0a, ONES * 0x22);
        let mut open = self.begin(0);
        let mut at = 0;
        'words: while at < text.len() {
            let word = word_at(text, at);
            let mut marks = equal(word, delimiters) | equal(word, newlines) | equal(word, quotes);
            while marks != 0 {
                let place = at + marks.trailing_zeros() as usize / 8;
                marks &= marks - 1;
                let byte = text[place];
                if byte == self.delimiter {
                    self.field(text, &mut open, place);
                } else if byte == b'\n' {
                    self.now += 1;
                    self.record(text, &mut open, place);
                    open = self.begin(place + 1);
                    if self.block.lines.len() >= self.most {
                        break 'words;
                    }
                } else if place == open.field {
                    let Some(next) = self.quote(text, &mut open, place) else { break 'words };
                    at = next;
                    continue 'words;
                }
            }
            at += 8;
        }
        self.finish(text, open)
    }

    fn begin(&self, place: usize) -> Open {
        let first_span = self.block.spans.len();
        let doubled = Vec::new();
        Open { begin: place, line: self.now, first_span, field: place, quoted: None, faulty: false, doubled }
    }

    /// Ends a field before `place`.
    #[inline]
    fn field(&mut self, text: &[u8], open: &mut Open, place: usize) {
        let span = match open.quoted.take() {
            None => Span { from: open.field as u32, to: place as u32 },
            Some(quoted) => {
                let rest = text.get(quoted.after..place).unwrap_or_default();
                open.faulty |= !rest.trim_ascii().is_empty();
                if quoted.doubled {
                    open.doubled.push(self.block.spans.len());
                }
                quoted.content
            }
        };
        self.block.spans.push(span);
        open.field = place + 1;
    }

    /// Ends a record before `place`: the last field, blank lines, width, doubled quotes.
    #[inline]
    fn record(&mut self, text: &mut [u8], open: &mut Open, place: usize) {
        let end = if place > open.field && text[place - 1] == b'\r' { place - 1 } else { place };
        self.field(text, open, end);
        let fields = self.block.spans.len() - open.first_span;
        if fields == 1 && end == open.begin {
            self.block.spans.truncate(open.first_span);
            return;
        }
        let row = self.block.lines.len() as u32;
        if !open.doubled.is_empty() {
            self.unquote(text, open);
        }
        if fields != self.block.width && self.block.width > 0 {
            // Which value belongs to which column nobody knows: shifted ones would only be taken for wrong ones.
            self.block.spans.truncate(open.first_span);
            self.block.spans.resize(open.first_span + self.block.width, Span::default());
            self.block.faults.push(Flaw { row, field: None, check: Check::Fields, fields });
        }
        if open.faulty {
            self.block.faults.push(Flaw { row, field: None, check: Check::Quotes, fields });
        }
        self.block.lines.push(open.line);
    }

    /// Reads a quoted field; `None` where its end is not in the text yet. Returns where to read on.
    fn quote(&mut self, text: &[u8], open: &mut Open, place: usize) -> Option<usize> {
        let from = place + 1;
        let mut at = from;
        let mut doubled = false;
        loop {
            let close = match memchr::memchr(b'"', &text[at..]) {
                Some(offset) => at + offset,
                None if self.ended => {
                    self.unclosed = Some(open.line);
                    text.len()
                }
                None => return None,
            };
            if text.get(close + 1) == Some(&b'"') {
                doubled = true;
                at = close + 2;
                continue;
            }
            if close + 1 >= text.len() && !self.ended {
                return None;
            }
            self.now += memchr::memchr_iter(b'\n', &text[from..close]).count() as u64;
            let content = Span { from: from as u32, to: close as u32 };
            let after = (close + 1).min(text.len());
            open.quoted = Some(Quoted { content, after, doubled });
            return Some(after);
        }
    }

    /// Turns doubled quotes into single ones, in place; only done once the record is known to be whole.
    fn unquote(&mut self, text: &mut [u8], open: &Open) {
        for &index in &open.doubled {
            let Some(span) = self.block.spans.get_mut(index) else { continue };
            let mut write = span.from as usize;
            let mut read = write;
            while read < span.to as usize {
                text[write] = text[read];
                read += if text[read] == b'"' { 2 } else { 1 };
                write += 1;
            }
            span.to = write as u32;
        }
    }

    /// What is left at the end of the text: a last record without a line end, or one to be read on.
    fn finish(mut self, text: &mut [u8], mut open: Open) -> Stop {
        let full = self.block.lines.len() >= self.most;
        if self.ended && !full && open.begin < text.len() {
            self.record(text, &mut open, text.len());
            return Stop { used: text.len(), line: self.now, open: 0, unclosed: self.unclosed };
        }
        self.block.spans.truncate(open.first_span);
        Stop { used: open.begin, line: open.line, open: text.len() - open.begin, unclosed: self.unclosed }
    }
}
