//! A table as a workbook: the table itself, the records behind each figure, and corrections. No cell is a formula.

use super::{
    Watermark,
    closed::Correction,
    table::{Amount, CellValue, Heading, Row, Table},
};
use mingcha_model::Fen;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;

/// Columns are no narrower than this, in characters.
const LEAST_WIDTH: u16 = 8;
/// Tables of more columns are printed on larger paper.
const WIDE: usize = 15;
/// Longest text of a cell.
const MOST_TEXT: usize = 32_000;

/// The looks of cells.
struct Looks {
    title: Format,
    middle: Format,
    head: Format,
    text: Format,
    count: Format,
    money: Format,
    share: Format,
    mark: Format,
}

impl Looks {
    fn new() -> Self {
        let font = |name: &str, size: f64| {
            Format::new().set_font_name(name).set_font_size(size).set_align(FormatAlign::VerticalCenter)
        };
        let cell = || font("仿宋_GB2312", 11.0).set_border(FormatBorder::Thin).set_text_wrap();
        Self {
            title: font("方正小标宋简体", 18.0).set_align(FormatAlign::Center),
            middle: font("仿宋_GB2312", 11.0).set_align(FormatAlign::Center),
            head: font("黑体", 11.0)
                .set_border(FormatBorder::Thin)
                .set_text_wrap()
                .set_align(FormatAlign::Center),
            text: cell(),
            count: cell().set_num_format("0"),
            money: cell().set_num_format("#,##0.00"),
            share: cell().set_num_format("0.00%"),
            mark: font("仿宋_GB2312", 9.0),
        }
    }
}

/// The workbook's bytes; the same table, corrections and watermark give the same bytes.
pub fn xlsx(table: &Table, corrections: &[Correction], watermark: &Watermark) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new();
    let mut book = Workbook::new();
    // The time of the watermark, so that nothing in the file depends on when it is written.
    let (year, month, day) = watermark.when.date().ymd();
    let made = ExcelDateTime::from_ymd(year.clamp(1900, 9999) as u16, month as u8, day as u8)?;
    book.set_properties(&DocProperties::new().set_title(&table.title).set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("统计表")?;
    main_sheet(sheet, table, watermark, &looks)?;
    behind(book.add_worksheet(), table, watermark, &looks)?;
    if !corrections.is_empty() {
        corrected(book.add_worksheet(), corrections, watermark, &looks)?;
    }
    book.save_to_buffer()
}

/// What a program would run as a formula is shown as the text it is, also after it went through another file format.
fn neutral(text: &str) -> Cow<'_, str> {
    let short = match text.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    mingcha_model::cell::cell(short)
}

fn page(sheet: &mut Worksheet, watermark: &Watermark) {
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    // `&` begins a code in a footer.
    let line: String = watermark.line().replace('&', "&&").chars().take(200).collect();
    sheet.set_footer(format!("&L{line}&R第&P页，共&N页"));
}

fn main_sheet(
    sheet: &mut Worksheet,
    table: &Table,
    watermark: &Watermark,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let last = table.headings.len().saturating_sub(1) as u16;
    wide(sheet, 0, last, &table.title, &looks.title)?;
    sheet.set_row_height(0, 30)?;
    wide(sheet, 1, last, &table.period, &looks.middle)?;
    for (at, heading) in (0..).zip(&table.headings) {
        sheet.set_column_width(at, f64::from(heading.width.max(LEAST_WIDTH)))?;
    }
    for (group, first, count) in table.groups() {
        let first = first as u16;
        if group.is_empty() {
            sheet.merge_range(
                2,
                first,
                3,
                first,
                &neutral(&table.headings[usize::from(first)].label),
                &looks.head,
            )?;
            continue;
        }
        wide_from(sheet, 2, first, first + count as u16 - 1, group, &looks.head)?;
        for at in first..first + count as u16 {
            let label = &table.headings[usize::from(at)].label;
            sheet.write_string_with_format(3, at, neutral(label), &looks.head)?;
        }
    }
    let heads = table.headings.iter().map(|heading| heading.label.as_str());
    sheet.set_row_height(3, height(heads.zip(&table.headings)))?;
    let mut line = 4;
    for row in table.all_rows() {
        let texts: Vec<String> = row.cells.iter().map(|cell| cell.value.printed()).collect();
        sheet.set_row_height(line, height(texts.iter().map(String::as_str).zip(&table.headings)))?;
        for (at, cell) in (0..).zip(&row.cells) {
            write(sheet, line, at, &cell.value, looks)?;
        }
        line += 1;
    }
    sheet.write_string_with_format(line + 1, 0, neutral(&watermark.line()), &looks.mark)?;
    sheet.set_freeze_panes(4, 1)?;
    sheet.set_repeat_rows(2, 3)?;
    // A wide table is printed on A3, any other on A4.
    sheet.set_paper_size(if table.headings.len() > WIDE { 8 } else { 9 });
    page(sheet, watermark);
    Ok(())
}

/// The height in points that a row's texts need in their columns; programs do not all count it themselves.
fn height<'t>(cells: impl Iterator<Item = (&'t str, &'t Heading)>) -> f64 {
    const LINE: usize = 16;
    const MOST: usize = 400;
    let lines = |(text, heading): (&str, &Heading)| {
        let characters: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        characters.div_ceil(usize::from(heading.width.max(LEAST_WIDTH)) - 1)
    };
    let lines = cells.map(lines).max().unwrap_or(1).max(1);
    (lines * LINE).min(MOST) as f64
}

/// Text over a whole row.
fn wide(sheet: &mut Worksheet, row: u32, last: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
    wide_from(sheet, row, 0, last, text, look)
}

fn wide_from(
    sheet: &mut Worksheet,
    row: u32,
    first: u16,
    last: u16,
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if first < last {
        sheet.merge_range(row, first, row, last, &neutral(text), look)?;
    } else {
        sheet.write_string_with_format(row, first, neutral(text), look)?;
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    value: &CellValue,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match value {
        CellValue::Amount(Amount::Count(count)) => {
            sheet.write_number_with_format(row, at, *count as f64, &looks.count)?
        }
        CellValue::Amount(Amount::Money(Fen(fen))) => {
            sheet.write_number_with_format(row, at, *fen as f64 / 100.0, &looks.money)?
        }
        CellValue::Amount(share @ Amount::Share { whole, .. }) if *whole != 0 => {
            sheet.write_number_with_format(row, at, share.basis_points() as f64 / 10_000.0, &looks.share)?
        }
        other => sheet.write_string_with_format(row, at, neutral(&other.printed()), &looks.text)?,
    };
    Ok(())
}

/// One line for each record behind each figure; a row without figures has one for the row.
fn behind(
    sheet: &mut Worksheet,
    table: &Table,
    watermark: &Watermark,
    looks: &Looks,
) -> Result<(), XlsxError> {
    const MOST_LINES: usize = 1_000_000;
    sheet.set_name("数字依据")?;
    headed(sheet, &[("行", 20), ("栏目", 26), ("数值", 16), ("记录编号", 30)], looks)?;
    let lines: Vec<_> = table.all_rows().flat_map(|row| sources(row, table)).take(MOST_LINES + 1).collect();
    for (line, (row, heading, value, record)) in (1..).zip(lines.iter().take(MOST_LINES)) {
        sheet.write_string_with_format(line, 0, neutral(row), &looks.text)?;
        sheet.write_string_with_format(line, 1, neutral(heading), &looks.text)?;
        write(sheet, line, 2, value, looks)?;
        sheet.write_string_with_format(line, 3, neutral(record), &looks.text)?;
    }
    if lines.len() > MOST_LINES {
        // The page lists them all; a sheet cannot.
        sheet.write_string_with_format(MOST_LINES as u32 + 1, 0, "其余记录见网页版", &looks.text)?;
    }
    page(sheet, watermark);
    Ok(())
}

/// The records of a row: row, heading, value, record.
fn sources<'t>(row: &'t Row, table: &'t Table) -> Vec<(&'t str, String, &'t CellValue, &'t str)> {
    let mut lines = Vec::new();
    for (cell, heading) in row.cells.iter().zip(&table.headings) {
        if matches!(cell.value, CellValue::Amount(_)) {
            let records = cell.records.iter();
            lines.extend(
                records.map(|record| (row.id.as_str(), heading.full(), &cell.value, record.as_str())),
            );
        }
    }
    let whole = row.cells.iter().find_map(|cell| cell.records.first());
    if let (true, Some(record)) = (lines.is_empty(), whole) {
        lines.push((&row.id, "全行".to_owned(), &CellValue::Empty, record));
    }
    lines
}

fn corrected(
    sheet: &mut Worksheet,
    corrections: &[Correction],
    watermark: &Watermark,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name("更正")?;
    let heads = [
        ("行", 20),
        ("栏目", 26),
        ("原数", 16),
        ("更正为", 16),
        ("理由", 30),
        ("更正人", 14),
        ("更正时间", 20),
        ("依据记录", 30),
    ];
    headed(sheet, &heads, looks)?;
    for (line, one) in (1..).zip(corrections) {
        let texts = [
            &one.row,
            &one.column,
            "",
            "",
            &one.reason,
            &one.by,
            &one.at.to_string(),
            &one.records.join("、"),
        ];
        for (at, text) in (0..).zip(texts) {
            match at {
                2 => write(sheet, line, at, &one.was, looks)?,
                3 => write(sheet, line, at, &one.now, looks)?,
                _ => drop(sheet.write_string_with_format(line, at, neutral(text), &looks.text)?),
            }
        }
    }
    page(sheet, watermark);
    Ok(())
}

fn headed(sheet: &mut Worksheet, heads: &[(&str, u16)], looks: &Looks) -> Result<(), XlsxError> {
    for (at, (head, width)) in (0..).zip(heads) {
        sheet.set_column_width(at, f64::from(*width))?;
        sheet.write_string_with_format(0, at, *head, &looks.head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
