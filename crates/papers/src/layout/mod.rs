//! The shipped templates: a few lines of layout in a paper's file become a `.docx` in the form of official papers (GB/T 9704).
//!
//! A line is a paragraph; what it begins with says which: `^ ` the authority's name, `= ` the title, `# ` the number, `@ ` without indent,
//! `## ` and `### ` headings, `> ` the signature, `>> ` flush right, `. ` centred, `~` an empty line, `---` a new page, anything else the
//! text itself. `|20 30 50` begins a table with these shares of its width; `| a | b |` is a row, `|* a | b |` a row repeated on every page;
//! a cell `<` belongs to the one on its left, `//` begins a new paragraph in a cell, and ` h=60` behind a row is its least height in points.

mod document;
mod parts;

use crate::package::{self, Parts};

/// Looks of a paragraph; each is a style that a bureau finds in Word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Authority,
    Title,
    Number,
    Text,
    Plain,
    Heading,
    SubHeading,
    Signature,
    Right,
    Centre,
    Label,
    Cell,
    CellRight,
}

/// A block of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Look, String),
    Page,
    Table { shares: Vec<u32>, rows: Vec<Row> },
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub head: bool,
    /// Least height in points.
    pub height: u32,
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub text: String,
    /// How many columns it takes.
    pub span: u32,
    pub share: u32,
}

/// Why a layout cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the layout: {message}")]
pub struct LayoutError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: &'static str,
}

/// A `.docx` file made from a layout; the same layout gives the same bytes.
pub fn template(layout: &str) -> Result<Vec<u8>, LayoutError> {
    let blocks = blocks(layout)?;
    let mut parts: Parts =
        parts::FIXED.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    parts.insert("word/styles.xml".to_owned(), parts::styles().into_bytes());
    parts.insert("word/document.xml".to_owned(), document::document(&blocks).into_bytes());
    package::write(&parts).map_err(|_| LayoutError { line: 0, message: "the file cannot be written" })
}

fn blocks(layout: &str) -> Result<Vec<Block>, LayoutError> {
    let mut blocks = Vec::new();
    for (line, text) in (1..).zip(layout.lines()) {
        let fail = |message| Err(LayoutError { line, message });
        let text = text.trim();
        match (text.strip_prefix('|'), blocks.last_mut()) {
            (Some(rest), _) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                let Ok(shares) = rest.split_whitespace().map(str::parse).collect::<Result<Vec<u32>, _>>()
                else {
                    return fail("the widths of a table are whole numbers");
                };
                if shares.iter().sum::<u32>() != 100 {
                    return fail("the widths of a table do not sum up to 100");
                }
                blocks.push(Block::Table { shares, rows: Vec::new() });
            }
            (Some(rest), Some(Block::Table { shares, rows })) => match row(rest, shares) {
                Some(row) => rows.push(row),
                None => return fail("the row has not as many cells as its table has columns"),
            },
            (Some(_), _) => return fail("a row without the widths of its table"),
            (None, _) if text.is_empty() => {}
            (None, _) => blocks.push(paragraph(text)),
        }
    }
    Ok(blocks)
}

fn paragraph(text: &str) -> Block {
    const LOOKS: &[(&str, Look)] = &[
        ("^ ", Look::Authority),
        ("= ", Look::Title),
        ("# ", Look::Number),
        ("@ ", Look::Plain),
        ("## ", Look::Heading),
        ("### ", Look::SubHeading),
        ("> ", Look::Signature),
        (">> ", Look::Right),
        (". ", Look::Centre),
    ];
    if text == "---" {
        return Block::Page;
    }
    if text == "~" {
        return Block::Paragraph(Look::Plain, String::new());
    }
    let known = LOOKS.iter().find_map(|(sign, look)| Some((*look, text.strip_prefix(sign)?)));
    let (look, text) = known.unwrap_or((Look::Text, text));
    Block::Paragraph(look, text.trim_start().to_owned())
}

fn row(text: &str, shares: &[u32]) -> Option<Row> {
    let (text, height) = match text.rsplit_once("h=") {
        Some((text, height)) => (text, height.trim().parse().ok()?),
        None => (text, 0),
    };
    let (text, head) = text.strip_prefix('*').map_or((text, false), |text| (text, true));
    let text = text.trim().strip_suffix('|')?;
    let mut cells: Vec<Cell> = Vec::new();
    for (text, share) in separated(text).into_iter().zip(shares) {
        let text = text.trim();
        match cells.last_mut() {
            Some(last) if text == "<" => {
                last.span += 1;
                last.share += share;
            }
            _ => cells.push(Cell { text: text.to_owned(), span: 1, share: *share }),
        }
    }
    (separated(text).len() == shares.len()).then_some(Row { head, height, cells })
}

/// Cells of a row; a `|` inside braces belongs to its mark.
fn separated(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        match cells.last_mut() {
            Some(last) if c != '|' || depth > 0 => last.push(c),
            _ => cells.push(String::new()),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_blocks() {
        let found =
            blocks("= 题\n正文\n|30 70\n|* 甲 | 乙 |\n| {{金额|大写}} | < | h=60\n> 落款").expect("blocks");
        let Block::Table { rows, .. } = &found[2] else { panic!("{found:?}") };
        assert!(rows[0].head && rows[1].height == 60 && rows[1].cells[0].span == 2);
        assert_eq!(found[0], Block::Paragraph(Look::Title, "题".into()));
        for wrong in ["| a |", "|50 40", "|50 50\n| a |", "|x", "|50 50\n| a | b | c |"] {
            assert!(blocks(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_same_layout_gives_the_same_bytes() {
        assert_eq!(template("= 题\n正文"), template("= 题\n正文"));
        assert_ne!(template("= 题\n正文"), template("= 题\n正文。"));
    }
}
