//! Blocks as the XML of Word.

use super::{Block, Cell, Look, Row, parts};
use crate::xml::escape;
use std::fmt::Write as _;

/// The main part.
pub(crate) fn document(blocks: &[Block]) -> String {
    let mut out =
        format!("{}<w:document xmlns:w=\"{}\" xmlns:r=\"{}\"><w:body>", parts::HEAD, parts::W, parts::R);
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Paragraph(look, text) => kept(*look, text, signs(&blocks[at + 1..]), &mut out),
            Block::Page => out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
            Block::Table { shares, rows } => {
                table(shares, rows, &mut out);
                // Two tables without a paragraph between them would become one.
                if matches!(blocks.get(at + 1), None | Some(Block::Table { .. })) {
                    paragraph(Look::Cell, "", &mut out);
                }
            }
        }
    }
    out.push_str(parts::SECTION);
    out.push_str("</w:body></w:document>");
    out
}

/// Whether a signature follows after empty lines at most: a seal does not stand on a page without text.
fn signs(blocks: &[Block]) -> bool {
    let mut rest =
        blocks.iter().skip_while(|block| matches!(block, Block::Paragraph(_, text) if text.is_empty()));
    matches!(rest.next(), Some(Block::Paragraph(Look::Signature, _)))
}

fn paragraph(look: Look, text: &str, out: &mut String) {
    kept(look, text, false, out);
}

/// A paragraph, kept on the page of the next one if asked.
fn kept(look: Look, text: &str, keep: bool, out: &mut String) {
    out.push_str("<w:p><w:pPr><w:pStyle w:val=\"");
    out.push_str(parts::style_of(look));
    out.push_str(if keep { "\"/><w:keepNext/></w:pPr>" } else { "\"/></w:pPr>" });
    if !text.is_empty() {
        out.push_str("<w:r><w:t xml:space=\"preserve\">");
        escape(text, out);
        out.push_str("</w:t></w:r>");
    }
    out.push_str("</w:p>");
}

fn table(shares: &[u32], rows: &[Row], out: &mut String) {
    out.push_str(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Paper\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>\
         <w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
    );
    for share in shares {
        let _ = write!(out, "<w:gridCol w:w=\"{}\"/>", width(*share));
    }
    out.push_str("</w:tblGrid>");
    rows.iter().for_each(|row| self::row(row, out));
    out.push_str("</w:tbl>");
}

/// Twentieths of a point of a share of the width of the text.
fn width(share: u32) -> u32 {
    parts::WIDTH * share / 100
}

fn row(row: &Row, out: &mut String) {
    out.push_str("<w:tr><w:trPr>");
    // What is signed stays on one page; long words may go on to the next.
    if row.height <= 70 {
        out.push_str("<w:cantSplit/>");
    }
    if row.height > 0 {
        let _ = write!(out, "<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", row.height * 20);
    }
    if row.head {
        out.push_str("<w:tblHeader/>");
    }
    out.push_str("</w:trPr>");
    row.cells.iter().for_each(|cell| self::cell(cell, row.head, out));
    out.push_str("</w:tr>");
}

fn cell(cell: &Cell, head: bool, out: &mut String) {
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", width(cell.share));
    if cell.span > 1 {
        let _ = write!(out, "<w:gridSpan w:val=\"{}\"/>", cell.span);
    }
    out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    // A cell of a few words names what stands beside it.
    let few = (1..=12).contains(&cell.text.chars().count());
    let label = head || few && !cell.text.contains(['{', '：', '　', '年']);
    let look = if label { Look::Label } else { Look::Cell };
    for text in cell.text.split("//") {
        let text = text.trim_matches(' ');
        match text.strip_prefix("> ") {
            Some(text) => paragraph(Look::CellRight, text, out),
            None => paragraph(look, text, out),
        }
    }
    out.push_str("</w:tc>");
}
