//! Cuts a plain text file into parts that begin at a line, with the number of that line.

use crate::source::Part;
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

/// Below this a part is not worth a thread.
const LEAST: u64 = 1 << 20;
const BUFFER: usize = 1 << 18;

/// At most `parts` parts, at line ends that lie outside of quotes; fewer or none where the file is small.
pub(crate) fn split(path: &Path, delimiter: u8, parts: usize) -> io::Result<Vec<Part>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let parts = (parts as u64).min(size / LEAST);
    let mut head = [0; 2];
    let utf16 =
        size >= 2 && file.read_exact(&mut head).is_ok() && matches!(head, [0xff, 0xfe] | [0xfe, 0xff]);
    if parts < 2 || utf16 {
        return Ok(Vec::new());
    }
    file.seek(SeekFrom::Start(0))?;
    let wanted: Vec<u64> = (1..parts).map(|part| size / parts * part).collect();
    let cuts = cuts(&mut file, delimiter, &wanted)?;
    let mut parts = Vec::with_capacity(cuts.len() + 1);
    let (mut from, mut line) = (0, 1);
    for (at, next_line) in cuts.into_iter().chain([(size, 0)]) {
        if at > from {
            parts.push(Part::Bytes(from..at, line));
        }
        (from, line) = (at, next_line);
    }
    Ok(parts)
}

/// For each wanted position the first record begin at or after it: place and line.
fn cuts(file: &mut File, delimiter: u8, wanted: &[u64]) -> io::Result<Vec<(u64, u64)>> {
    let mut buffer = vec![0; BUFFER];
    let mut walk = Walk { delimiter, at: 0, line: 1, quoted: false, field_start: true };
    let mut cuts = Vec::new();
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 || cuts.len() == wanted.len() {
            return Ok(cuts);
        }
        walk.over(&buffer[..read], wanted, &mut cuts);
    }
}

/// The state of a walk over the bytes of a file.
struct Walk {
    delimiter: u8,
    at: u64,
    line: u64,
    quoted: bool,
    field_start: bool,
}

impl Walk {
    fn over(&mut self, bytes: &[u8], wanted: &[u64], cuts: &mut Vec<(u64, u64)>) {
        let next = |cuts: &Vec<(u64, u64)>| wanted.get(cuts.len()).copied().unwrap_or(u64::MAX);
        let plain = !self.quoted && memchr::memchr(b'"', bytes).is_none();
        if plain && self.at + (bytes.len() as u64) < next(cuts) {
            // Nothing to decide here: only lines are counted.
            self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
            self.field_start = bytes.last().is_some_and(|byte| *byte == b'\n' || *byte == self.delimiter);
            self.at += bytes.len() as u64;
            return;
        }
        for &byte in bytes {
            self.at += 1;
            match byte {
                // A doubled quote closes and opens again, which comes to the same.
                b'"' if self.quoted => self.quoted = false,
                b'"' if self.field_start => self.quoted = true,
                b'\n' => {
                    self.line += 1;
                    if !self.quoted && self.at >= next(cuts) {
                        cuts.push((self.at, self.line));
                    }
                }
                _ => {}
            }
            // After a closing quote a further quote opens again: it was a doubled one.
            self.field_start = byte == b'\n' || byte == self.delimiter || byte == b'"' && !self.quoted;
        }
    }
}
