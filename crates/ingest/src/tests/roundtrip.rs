//! What is written in any encoding, delimiter, packing or format comes back as the same rows.

use super::{Rows, good, lines, read, read_with, source, texts, write};
use crate::{Chunk, Limits, Policy};
use mingcha_model::{
    Date, Time,
    money::format_fixed,
    table::{Column, ColumnType, Table, table},
};
use parquet::arrow::ArrowWriter;
use proptest::prelude::*;
use std::{fmt::Write as _, io::Write as _, path::Path};

/// Columns left empty, so that no end lies before its begin.
const EMPTY: [&str; 5] = ["endtime", "enddate", "oprn_endtime", "insu_enddate", "die_date"];

/// Columns of practitioners' codes, where other letters would be a name.
const CODES: [&str; 7] = [
    "prac_psn_code",
    "atddr_no",
    "bilg_dr_code",
    "orders_dr_code",
    "phar_code",
    "oper_dr_code",
    "anst_dr_code",
];

fn cell(column: &'static Column) -> BoxedStrategy<Option<String>> {
    let value: BoxedStrategy<String> = match column.ty {
        ColumnType::Str(_) if CODES.contains(&column.name) => "[DNPT][0-9]{8,14}".boxed(),
        ColumnType::Str(most) => {
            let most = usize::from(most).min(9);
            "[a-zA-Z药品\"][a-z0-9药,\"\n]{0,7}[a-z药\"]"
                .prop_map(move |text| text.chars().take(most).collect::<String>().trim().to_owned())
                .boxed()
        }
        ColumnType::Code => "[1-9][0-9]{0,3}".boxed(),
        ColumnType::Date => (0..20_000_i32).prop_map(|day| Date(day).to_string()).boxed(),
        ColumnType::DateTime => (0..1_700_000_000_i64).prop_map(|second| Time(second).to_string()).boxed(),
        ColumnType::Int => any::<i32>().prop_map(|number| number.to_string()).boxed(),
        ColumnType::Num => (-180..180_i32).prop_map(|number| number.to_string()).boxed(),
        ColumnType::Money => {
            (-9_999_999_999_i64..9_999_999_999).prop_map(|fen| format_fixed(fen, 2, 0)).boxed()
        }
        ColumnType::Price => (0..9_999_999_999_i64).prop_map(|price| format_fixed(price, 6, 0)).boxed(),
        ColumnType::Qty => (-99_999_999..99_999_999_i64).prop_map(|cnt| format_fixed(cnt, 4, 0)).boxed(),
    };
    if EMPTY.contains(&column.name) {
        return Just(None).boxed();
    }
    if column.required { value.prop_map(Some).boxed() } else { proptest::option::of(value).boxed() }
}

fn rows(table: &'static Table) -> impl Strategy<Value = Rows> {
    prop::collection::vec(table.columns.iter().map(cell).collect::<Vec<_>>(), 1..12)
}

fn csv(table: &Table, rows: &Rows, delimiter: char, line_end: &str) -> String {
    let quote = |cell: &str| {
        let special = cell.contains([delimiter, '"', '\n', '\r']);
        if special { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    let record = |cells: Vec<String>| cells.join(&delimiter.to_string()) + line_end;
    let mut text = record(table.columns.iter().map(|column| column.name.to_owned()).collect());
    for row in rows {
        text += &record(row.iter().map(|cell| quote(cell.as_deref().unwrap_or(""))).collect());
    }
    text
}

/// Every way in which a text may be written, with the file's ending.
fn forms(text: &dyn Fn(char, &str) -> String) -> Vec<(&'static str, Vec<u8>)> {
    let plain = text(',', "\n");
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("packed")
    };
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).expect("packed");
    vec![
        (".csv", format!("\u{feff}{plain}").into_bytes()),
        (".csv", text(',', "\r\n").into_bytes()),
        (".tsv", text('\t', "\n").into_bytes()),
        (".csv", gb18030(&plain)),
        (".txt", gb18030(&text('\t', "\r\n"))),
        (".csv.gz", gzip(plain.as_bytes())),
        (".csv.zst", zstd(&gb18030(&plain))),
        (".csv", plain.trim_end_matches('\n').as_bytes().to_vec()),
    ]
}

fn read_as(folder: &Path, table: &Table, ending: &str, bytes: &[u8]) -> Vec<Chunk> {
    let path = write(folder, &format!("{}_01{ending}", table.name), bytes);
    read(&source(&path, "mingcha"))
}

fn xlsx(table: &Table, rows: &Rows) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, column) in table.columns.iter().enumerate() {
        sheet.write_string(0, at as u16, column.label).expect("written");
    }
    for (line, row) in rows.iter().enumerate() {
        for (at, cell) in row.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let (line, number) =
                (line as u32 + 1, matches!(table.columns[at].ty, ColumnType::Money | ColumnType::Int));
            // Amounts as a spreadsheet keeps them: as binary floats.
            let written = match cell.parse::<f64>() {
                Ok(value) if number => sheet.write_number(line, at as u16, value),
                _ => sheet.write_string(line, at as u16, cell),
            };
            written.expect("written");
        }
    }
    book.save_to_buffer().expect("saved")
}

/// Writes random rows of a table in every form and reads them back.
fn check_table(name: &'static str, cases: u32) {
    let table = table(name).expect("a table");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let result = runner.run(&rows(table), |rows| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut first: Vec<Chunk> = Vec::new();
        for (ending, bytes) in forms(&|delimiter, line_end| csv(table, &rows, delimiter, line_end)) {
            let chunks = read_as(folder.path(), table, ending, &bytes);
            prop_assert_eq!(&texts(&chunks), &rows, "{}", ending);
            first = chunks;
        }
        let chunks = read_as(folder.path(), table, ".xlsx", &xlsx(table, &rows));
        prop_assert_eq!(&texts(&chunks), &rows, "xlsx");
        let mut bytes = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut bytes, first[0].rows.schema(), None).expect("a writer");
        for chunk in &first {
            writer.write(&good(chunk)).expect("written");
        }
        writer.close().expect("closed");
        let chunks = read_as(folder.path(), table, ".parquet", &bytes);
        prop_assert_eq!(&texts(&chunks), &rows, "parquet");
        prop_assert_eq!(chunks[0].rows.schema(), first[0].rows.schema());
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn fee_lines_come_back_from_every_form() {
    check_table("fee", 24);
}

#[test]
fn settlements_come_back_from_every_form() {
    check_table("settlement", 12);
}

#[test]
fn people_encounters_and_institutions_come_back_from_every_form() {
    for table in ["person", "encounter", "institution", "diagnosis", "agreement", "invoice"] {
        check_table(table, 6);
    }
}

#[test]
fn parts_of_a_big_file_together_are_the_file_with_the_same_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = String::from("mdtrt_id,diag_srt_no,maindiag_flag,diag_code,diag_name\n");
    for number in 0..90_000 {
        let name = if number % 7 == 0 { "\"高血压,\n\"\"2级\"\"\"" } else { "高血压" };
        writeln!(text, "M{number:012},1,1,I10.x00,{name}").expect("memory does not fail");
    }
    let path = write(folder.path(), "diagnosis.csv", &text);
    let whole = source(&path, "mingcha");
    let expected = read(&whole);
    for parts in [2, 3, 4] {
        let parts = whole.split(parts).expect("split");
        assert!(parts.len() > 1);
        let chunks: Vec<Chunk> = parts.iter().flat_map(read).collect();
        assert_eq!(lines(&chunks), lines(&expected));
        assert_eq!(texts(&chunks), texts(&expected));
    }
    // The last record has two lines and is known by its first.
    assert_eq!(lines(&expected).last(), Some(&(text.lines().count() as u64 - 1)));
}

#[test]
fn small_chunks_hold_the_same_rows_as_large_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = String::from("mdtrt_id,diag_srt_no,maindiag_flag,diag_code\n");
    for number in 0..1000 {
        writeln!(text, "M{number},1,1,I10").expect("memory does not fail");
    }
    let source = source(&write(folder.path(), "diagnosis.csv", text), "mingcha");
    let limits = Limits { chunk_rows: 64, ..Limits::default() };
    let chunks = read_with(&source, &Policy::default(), limits).expect("sound");
    assert_eq!(chunks.len(), 16);
    assert!(chunks.iter().all(|chunk| chunk.kept() <= 64));
    assert_eq!(texts(&chunks), texts(&read(&source)));
}
