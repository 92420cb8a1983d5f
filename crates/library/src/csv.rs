//! A small CSV reader that knows the line of every row: commas, double quotes, any line end, bounded work.

/// Values of one row, so that a file of commas cannot fill the memory.
const MOST_VALUES: usize = 256;

/// Rows of a CSV text, each with the line on which it begins, from 1. Empty lines are left out.
pub(crate) struct Rows<'a> {
    rest: &'a str,
    line: u64,
}

/// Why a row cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// The line on which the row begins.
    pub line: u64,
    /// What is wrong.
    pub message: &'static str,
}

impl<'a> Rows<'a> {
    /// Rows of a text; a byte-order mark at its beginning is passed over.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 }
    }

    fn field(&mut self) -> Result<(String, bool), &'static str> {
        if let Some(quoted) = self.rest.strip_prefix('"') {
            return self.quoted(quoted);
        }
        let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
        let field = self.rest[..end].trim_end_matches('\r');
        let message = field.contains('"').then_some("a quote inside a value that is not quoted");
        let field = field.to_owned();
        let more = self.step(end);
        message.map_or(Ok((field, more)), Err)
    }

    /// Passes the separator at `end`; whether another field of the row follows.
    fn step(&mut self, end: usize) -> bool {
        let more = self.rest[end..].starts_with(',');
        if self.rest[end..].starts_with('\n') {
            self.line += 1;
        }
        self.rest = self.rest.get(end + 1..).unwrap_or("");
        more
    }

    fn quoted(&mut self, mut tail: &'a str) -> Result<(String, bool), &'static str> {
        let mut field = String::new();
        loop {
            let Some(end) = tail.find('"') else {
                self.rest = "";
                return Err("a quote without its end");
            };
            field.push_str(&tail[..end]);
            tail = &tail[end + 1..];
            match tail.strip_prefix('"') {
                Some(next) => {
                    field.push('"');
                    tail = next;
                }
                None => break,
            }
        }
        self.line += field.bytes().filter(|&byte| byte == b'\n').count() as u64;
        self.rest = tail.strip_prefix('\r').unwrap_or(tail);
        if !self.rest.is_empty() && !self.rest.starts_with([',', '\n']) {
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            self.step(end);
            return Err("text after a closing quote");
        }
        let more = self.step(0);
        Ok((field, more))
    }

    /// Passes what is left of a row that could not be read.
    fn skip_line(&mut self, from: u64) {
        if self.line == from && !self.rest.is_empty() {
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            self.step(end);
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<(u64, Vec<String>), Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(rest) = self.rest.strip_prefix('\n').or_else(|| self.rest.strip_prefix("\r\n")) {
            self.rest = rest;
            self.line += 1;
        }
        if self.rest.is_empty() {
            return None;
        }
        let line = self.line;
        let mut fields = Vec::new();
        loop {
            match self.field() {
                Ok((_, true)) if fields.len() == MOST_VALUES => {
                    self.skip_line(line);
                    return Some(Err(Broken { line, message: "more than 256 values" }));
                }
                Ok((field, more)) => {
                    fields.push(field);
                    if !more {
                        return Some(Ok((line, fields)));
                    }
                }
                Err(message) => {
                    self.skip_line(line);
                    return Some(Err(Broken { line, message }));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_commas_quotes_and_line_ends_and_rows_their_lines() {
        let text = "\u{feff}a,b\r\n1,\"x, \"\"y\"\"\nz\"\n\n2,\n";
        let rows: Vec<_> = Rows::new(text).map(|row| row.expect("a row")).collect();
        let row = |fields: [&str; 2]| fields.map(str::to_owned).to_vec();
        assert_eq!(rows, [(1, row(["a", "b"])), (2, row(["1", "x, \"y\"\nz"])), (5, row(["2", ""]))]);
    }

    #[test]
    fn a_broken_row_is_named_and_the_next_one_read() {
        let rows: Vec<_> = Rows::new("a\"b,1\nc,2\n\"d\"e,3\nf,\"4").collect();
        assert_eq!(rows[0], Err(Broken { line: 1, message: "a quote inside a value that is not quoted" }));
        assert_eq!(rows[1], Ok((2, vec!["c".to_owned(), "2".to_owned()])));
        assert_eq!(rows[2], Err(Broken { line: 3, message: "text after a closing quote" }));
        assert_eq!(rows[3], Err(Broken { line: 4, message: "a quote without its end" }));
        assert_eq!(rows.len(), 4);
    }
}
