//! Tests of the splitter.

use super::*;
use crate::Check;
use proptest::prelude::*;

/// All records of a text with the lines that they begin on, read with that much of the input at once.
fn read(text: &[u8], width: usize, most: usize) -> Result<Vec<(u64, Vec<String>)>, CsvError> {
    let mut blocks = CsvBlocks::new(text, 1, b',', width, &Limits::default());
    let mut block = Block::default();
    let mut records = Vec::new();
    while blocks.next(&mut block, most)? {
        for row in 0..block.rows() {
            let cells = (0..width).map(|field| String::from_utf8_lossy(block.cell(row, field)).into_owned());
            records.push((block.lines[row], cells.collect()));
        }
    }
    Ok(records)
}

fn record(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn quotes_line_ends_and_blank_lines_are_read_as_rfc_4180_says() {
    let text = b"a,b\r\n\"1,5\",\"say \"\"x\"\"\"\n\n,\r\n\"two\nlines\",end";
    let expected = [
        record(1, &["a", "b"]),
        record(2, &["1,5", "say \"x\""]),
        record(4, &["", ""]),
        record(5, &["two\nlines", "end"]),
    ];
    for most in [1, 2, 100] {
        assert_eq!(read(text, 2, most).expect("sound"), expected, "{most}");
    }
}

#[test]
fn lines_are_counted_through_quoted_newlines() {
    let text = b"\"a\n\n\nb\",1\nc,2\n\"d\r\ne\",3\nf,4\n";
    let lines: Vec<u64> = read(text, 2, 100).expect("sound").into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [1, 5, 6, 8]);
}

#[test]
fn records_of_another_width_and_broken_quotes_are_told() {
    let mut blocks = CsvBlocks::new(&b"a,b\na\na,b,c\n\"a\"x,b\na,b\n"[..], 1, b',', 2, &Limits::default());
    let mut block = Block::default();
    assert!(blocks.next(&mut block, 100).expect("sound"));
    let faults: Vec<(u32, Check)> = block.faults.iter().map(|flaw| (flaw.row, flaw.check)).collect();
    assert_eq!(faults, [(1, Check::Fields), (2, Check::Fields), (3, Check::Quotes)]);
    assert_eq!(block.rows(), 5);
}

/// One line without end, as long as somebody likes.
struct Endless(usize);

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0 += out.len();
        out.fill(b'x');
        Ok(out.len())
    }
}

/// Some bytes, then a failure.
struct Breaking<'a>(&'a [u8]);

impl Read for Breaking<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { self.0.read(out) }
    }
}

#[test]
fn an_input_that_fails_is_told_with_the_line_that_it_failed_on() {
    let mut blocks = CsvBlocks::new(Breaking(b"a,b\nc,d\ne"), 1, b',', 2, &Limits::default());
    let result = blocks.next(&mut Block::default(), 100);
    assert!(matches!(result, Err(CsvError::Io(_, 3))), "{result:?}");
}

#[test]
fn a_line_without_end_is_refused_before_it_fills_the_memory() {
    let mut endless = Endless(0);
    let mut block = Block::default();
    let result = CsvBlocks::new(&mut endless, 1, b',', 2, &Limits::default()).next(&mut block, 100);
    assert!(matches!(result, Err(CsvError::LongLine(1))));
    assert!(endless.0 <= 3 << 20, "{}", endless.0);
}

#[test]
fn a_quote_that_never_closes_ends_the_reading_with_its_line() {
    for most in [1, 100] {
        let result = read(b"a,b\ne,f\ng,\"c,d\nh,i\n", 2, most);
        assert!(matches!(result, Err(CsvError::OpenQuote(3))), "{result:?}");
    }
    let mut text = b"a,b\n\"".to_vec();
    text.extend(std::iter::repeat_n(b"c,d\n", 1 << 19).flatten());
    assert!(matches!(read(&text, 2, 100), Err(CsvError::LongLine(2))));
}

/// A plain reading of RFC 4180, a byte at a time, to hold the quick one against.
fn naive(text: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let (mut record, mut cell) = (Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            other => cell.push(other),
        }
    }
    records
}

proptest! {
    #[test]
    fn the_quick_splitter_agrees_with_a_plain_one(
        cells in prop::collection::vec(("[a-z,\"\n 药]{0,12}", "[a-z,\"\n]{1,20}", any::<bool>()), 1..60),
        most in 1_usize..40,
    ) {
        let quote = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let mut text = String::new();
        for (one, two, bare) in &cells {
            let two = if *bare { two.replace([',', '"', '\n'], "z") } else { quote(two) };
            text.extend([quote(one), ",".to_owned(), two, "\n".to_owned()]);
        }
        let read: Vec<Vec<String>> = read(text.as_bytes(), 2, most).expect("sound").into_iter().map(|(_, cells)| cells).collect();
        let expected: Vec<Vec<String>> = naive(&text)
            .into_iter()
            .map(|cells| cells.iter().map(|cell| cell.trim_matches(|letter: char| letter.is_ascii_whitespace()).to_owned()).collect())
            .collect();
        prop_assert_eq!(read, expected);
    }
}
