//! Words for people on a terminal: tables, lines, JSON. Data goes to standard output, the rest to standard error.

use crate::exit::Unusable;
use anyhow::{Context, Result};
use serde::Serialize;
use std::{
    borrow::Cow,
    fs,
    io::{self, Write},
    path::Path,
};

/// A line of data.
pub fn line(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(harmless(text).as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}

/// A line that is no data: progress, warnings, errors.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", harmless(text));
}

/// A text whose control characters cannot steer a terminal: headers and values come from foreign files.
fn harmless(text: &str) -> Cow<'_, str> {
    let steers = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if steers(letter) { plain.extend(letter.escape_default()) } else { plain.push(letter) }
    }
    Cow::Owned(plain)
}

/// Writes a file whole: `write` is given a name beside it, which becomes the file's own once all is written.
pub fn whole<T>(file: &Path, write: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let (file, folder) = (file.display(), folder.display());
        return Err(Unusable(format!("`{file}` cannot be written: there is no folder `{folder}`")).into());
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let draft = file.with_file_name(format!(".{}-{name}", std::process::id()));
    let done = write(&draft).and_then(|done| {
        fs::rename(&draft, file).with_context(|| file.display().to_string())?;
        Ok(done)
    });
    if done.is_err() {
        let _ = fs::remove_file(&draft);
    }
    done
}

/// Data as one JSON document.
pub fn json<T: Serialize>(data: &T) -> Result<()> {
    line(&serde_json::to_string_pretty(data)?)
}

/// How wide a text stands on a terminal: Chinese characters take two columns.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6)
}

/// A table for people: left-aligned texts, right-aligned numbers.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a header.
    pub fn new(header: &[&str]) -> Self {
        Self { rows: vec![header.iter().map(|&name| name.to_owned()).collect()] }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Prints it.
    pub fn print(&self) -> Result<()> {
        for text in self.lines() {
            line(&text)?;
        }
        Ok(())
    }

    fn lines(&self) -> Vec<String> {
        let columns = self.rows[0].len();
        let widths: Vec<usize> = (0..columns)
            .map(|at| {
                self.rows.iter().map(|row| width(row.get(at).map_or("", String::as_str))).max().unwrap_or(0)
            })
            .collect();
        let numeric: Vec<bool> = (0..columns)
            .map(|at| self.rows.len() > 1 && self.rows[1..].iter().all(|row| is_number(&row[at])))
            .collect();
        let cell = |text: &str, at: usize| {
            let pad = " ".repeat(widths[at] - width(text));
            if numeric[at] { pad + text } else { text.to_owned() + &pad }
        };
        self.rows
            .iter()
            .map(|row| {
                let cells: Vec<String> = row.iter().enumerate().map(|(at, text)| cell(text, at)).collect();
                cells.join("  ").trim_end().to_owned()
            })
            .collect()
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'%'))
}

/// A number and what is counted, in the singular where it is one.
pub fn count(number: u64, one: &str) -> String {
    let ending = match one.ends_with("ch") {
        _ if number == 1 => "",
        true => "es",
        false => "s",
    };
    format!("{} {one}{ending}", thousands(number))
}

/// A whole number with separators, for people.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_with_chinese_in_them() {
        let mut table = Table::new(&["rule", "n"]);
        table.row(vec!["限性别用药".into(), "1,200".into()]);
        table.row(vec!["a".into(), "7".into()]);
        let lines = table.lines();
        assert!(lines.iter().all(|line| width(line) == width(&lines[1])), "{lines:?}");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(12), "12");
    }

    #[test]
    fn one_thing_is_told_in_the_singular() {
        assert_eq!(count(1, "clue"), "1 clue");
        assert_eq!(
            [0, 2, 1200].map(|number| count(number, "batch")),
            ["0 batches", "2 batches", "1,200 batches"]
        );
    }
}
