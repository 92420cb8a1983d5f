//! Character sets: UTF-8, UTF-16 with a mark, and GB18030 into UTF-8, found out from the first bytes that tell them apart.

use serde::{Deserialize, Serialize};
use std::io::{self, Read};

/// The character set of a text file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Charset {
    /// To be found out.
    #[default]
    Auto,
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
}

enum State {
    /// Nothing was read yet.
    Start,
    /// Only ASCII was seen.
    Ascii,
    Utf8,
    Decoding(Box<encoding_rs::Decoder>),
}

/// A stream as UTF-8. Bytes that are wrong in UTF-8 pass unchanged and are found cell by cell; wrong ones in other sets become U+FFFD.
pub(crate) struct Utf8Reader<R> {
    input: R,
    forced: Charset,
    state: State,
    raw: Vec<u8>,
    used: usize,
    ended: bool,
    /// The decoder has said its last; it must not be asked again.
    decoded: bool,
    /// Decoded bytes for which there was no room yet.
    spill: Vec<u8>,
}

/// Bytes that are looked at to tell character sets apart.
const SAMPLE: usize = 1 << 16;
/// Room that a decoder needs to get on.
const ROOM: usize = 64;

impl<R: Read> Utf8Reader<R> {
    pub(crate) fn new(input: R, forced: Charset) -> Self {
        Self {
            input,
            forced,
            state: State::Start,
            raw: Vec::new(),
            used: 0,
            ended: false,
            decoded: false,
            spill: Vec::new(),
        }
    }

    fn rest(&self) -> &[u8] {
        &self.raw[self.used..]
    }

    /// Reads until the raw buffer holds a sample or the input ends.
    fn fill(&mut self) -> io::Result<()> {
        self.raw.drain(..self.used);
        self.used = 0;
        let missing = SAMPLE.saturating_sub(self.raw.len()) as u64;
        if missing > 0 && !self.ended {
            self.ended = self.input.by_ref().take(missing).read_to_end(&mut self.raw)? == 0;
        }
        Ok(())
    }

    fn start(&mut self) -> io::Result<()> {
        self.fill()?;
        let bom = encoding_rs::Encoding::for_bom(self.rest());
        self.state = match (bom, self.forced) {
            (Some((encoding, length)), _) if encoding == encoding_rs::UTF_8 => {
                self.used = length;
                State::Utf8
            }
            (Some((encoding, _)), _) => State::Decoding(Box::new(encoding.new_decoder())),
            (None, Charset::Utf8) => State::Utf8,
            (None, Charset::Gb18030) => {
                State::Decoding(Box::new(encoding_rs::GB18030.new_decoder_without_bom_handling()))
            }
            (None, Charset::Auto) => State::Ascii,
        };
        Ok(())
    }

    /// Decides between UTF-8 and GB18030; the raw buffer begins with a byte that is not ASCII.
    fn decide(&mut self) {
        self.state = if looks_like_utf8(self.rest()) {
            State::Utf8
        } else {
            State::Decoding(Box::new(encoding_rs::GB18030.new_decoder_without_bom_handling()))
        };
    }

    fn pass(&mut self, out: &mut [u8], most: usize) -> usize {
        let length = out.len().min(most);
        out[..length].copy_from_slice(&self.raw[self.used..self.used + length]);
        self.used += length;
        length
    }

    /// Decodes into `out`. A decoder writes whole letters only, so where there is little room it writes elsewhere first.
    fn decode(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if !self.spill.is_empty() {
            let length = out.len().min(self.spill.len());
            out[..length].copy_from_slice(&self.spill[..length]);
            self.spill.drain(..length);
            return Ok(length);
        }
        if out.len() >= ROOM {
            return self.decode_some(out);
        }
        let mut room = [0; ROOM];
        let written = self.decode_some(&mut room)?;
        self.spill.extend_from_slice(&room[..written]);
        if written == 0 { Ok(0) } else { self.decode(out) }
    }

    fn decode_some(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // A decoder may take bytes and give none, so it is asked until it gives some or has ended.
        while !self.decoded {
            if self.rest().is_empty() {
                self.fill()?;
            }
            let State::Decoding(decoder) = &mut self.state else { return Ok(0) };
            let (result, read, written, _) = decoder.decode_to_utf8(&self.raw[self.used..], out, self.ended);
            self.used += read;
            self.decoded = self.ended && result == encoding_rs::CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// Whether text with bytes beyond ASCII is UTF-8, broken places allowed. Chinese takes three bytes there; what reads as letters of two
/// bytes is Chinese in GB18030 that happens to be allowed in UTF-8 too.
fn looks_like_utf8(sample: &[u8]) -> bool {
    let (mut short, mut long, mut wrong) = (0, 0, 0);
    for chunk in sample.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter.len_utf8() {
                1 => {}
                2 => short += 2,
                length => long += length,
            }
        }
        wrong += chunk.invalid().len();
    }
    long >= short && long + short > wrong * 4
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.state {
                State::Start => self.start()?,
                State::Utf8 if self.rest().is_empty() => return self.input.read(out),
                State::Utf8 => {
                    let all = self.rest().len();
                    return Ok(self.pass(out, all));
                }
                State::Decoding(_) => return self.decode(out),
                State::Ascii => {
                    let ascii =
                        self.rest().iter().position(|byte| !byte.is_ascii()).unwrap_or(self.rest().len());
                    if ascii > 0 {
                        return Ok(self.pass(out, ascii));
                    }
                    self.fill()?;
                    match self.rest().first() {
                        None => return Ok(0),
                        Some(byte) if !byte.is_ascii() => self.decide(),
                        Some(_) => {}
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], forced: Charset) -> String {
        let mut text = Vec::new();
        Utf8Reader::new(bytes, forced).read_to_end(&mut text).expect("memory does not fail");
        String::from_utf8_lossy(&text).into_owned()
    }

    #[test]
    fn every_character_set_gives_the_same_text() {
        let text = format!("{}\n药品,阿莫西林胶囊\n", "a,b\n".repeat(40_000));
        let (gb, _, _) = encoding_rs::GB18030.encode(&text);
        assert_eq!(read(text.as_bytes(), Charset::Auto), text);
        assert_eq!(read(&gb, Charset::Auto), text);
        assert_eq!(read(&gb, Charset::Gb18030), text);
        assert_eq!(read(format!("\u{feff}{text}").as_bytes(), Charset::Auto), text);
        let utf16: Vec<u8> =
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16, Charset::Auto), text);
        assert_eq!(read(b"", Charset::Auto), "");
    }

    #[test]
    fn a_reader_with_little_room_gets_the_same_text() {
        let (gb, _, _) = encoding_rs::GB18030.encode("药品,阿莫西林胶囊\n");
        let mut reader = Utf8Reader::new(&gb[..], Charset::Gb18030);
        let (mut text, mut byte) = (Vec::new(), [0]);
        while reader.read(&mut byte).expect("memory does not fail") > 0 {
            text.push(byte[0]);
        }
        assert_eq!(String::from_utf8(text).as_deref(), Ok("药品,阿莫西林胶囊\n"));
    }

    #[test]
    fn one_broken_byte_does_not_make_a_utf8_file_gb18030() {
        let mut bytes = "医疗保障基金".repeat(10).into_bytes();
        bytes.insert(30, 0xff);
        assert!(read(&bytes, Charset::Auto).contains("医疗保障基金"));
    }
}
