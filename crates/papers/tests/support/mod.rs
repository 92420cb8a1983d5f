//! What the tests of papers share: the shipped papers, a number for each, tables with figures.
#![allow(dead_code, reason = "each test file uses a part of it")]

use mingcha_model::{Date, Fen, Time};
use mingcha_papers::{
    Issued, Number, Papers, Record, Value,
    ledger::{Amount, ColumnType, Definition, Entry, Figure, Table, TableRegion, Watermark},
    paper::Paper,
};
use std::collections::BTreeMap;

/// The shipped papers, without a fault.
pub fn papers() -> Papers {
    let (papers, faults) = Papers::embedded();
    assert!(faults.is_empty(), "{faults:#?}");
    papers
}

/// A number of the paper's series.
pub fn number(paper: &Paper) -> Option<Number> {
    let series = paper.series.clone()?;
    Some(Number { place: "某".to_owned(), series, year: 2026, serial: 7 })
}

/// A paper made from the sample record.
pub fn issued(papers: &Papers, id: &str, record: &Record) -> Issued {
    let paper = &papers.papers[id];
    match papers.issue(id, record, number(paper).as_ref()) {
        Ok(issued) => issued,
        Err(error) => panic!("{id}: {error}"),
    }
}

pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

pub fn watermark() -> Watermark {
    Watermark { who: "甲某&统计".to_owned(), when: Time::parse("2026-07-03 09:00:00").expect("a time") }
}

/// A ledger with two entries.
pub fn ledger(definition: &Definition) -> Table {
    let entry = |at: i64| {
        let mut record = Record::default();
        for column in definition.columns.iter().filter(|column| !column.from.is_empty()) {
            let value = match column.kind {
                ColumnType::Date => Value::Date(day("2026-04-02")),
                ColumnType::Count => Value::Count(at),
                ColumnType::Money => Value::Money(Fen(1_234_567 * at)),
                _ => Value::Text(format!("{}{at}", column.label)),
            };
            record.set(&column.from, value);
        }
        Entry { id: format!("case-{at}"), record }
    };
    definition.ledger("2026年第2季度", &[entry(1), entry(2)]).expect("a ledger")
}

/// Statistics over two regions.
pub fn statistics(definition: &Definition) -> Table {
    let region = |name: &str, step: i64| {
        let mut figures = BTreeMap::new();
        for (column, at) in definition.columns.iter().zip(1..) {
            let records: Vec<String> = (0..at % 4).map(|number| format!("r-{step}-{at}-{number}")).collect();
            let figure = match column.kind {
                ColumnType::Count => Figure::new(Amount::Count(at * step), records),
                ColumnType::Money => Figure::new(Amount::Money(Fen(at * step * 1001)), records),
                _ => continue,
            };
            figures.insert(column.from.clone(), figure);
        }
        TableRegion { name: name.to_owned(), figures }
    };
    definition.statistics("2026年第2季度", &[region("甲县", 10), region("乙县", 20)]).expect("statistics")
}

/// Each shipped table.
pub fn tables(papers: &Papers) -> Vec<Table> {
    let table = |definition: &Definition| match definition.kind {
        mingcha_papers::ledger::Kind::Ledger => ledger(definition),
        mingcha_papers::ledger::Kind::Statistics => statistics(definition),
    };
    papers.ledgers.values().map(table).collect()
}

/// A document with this body, as Word might have written it.
pub fn document(body: &str) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let text = format!("<w:document xmlns:w=\"{namespace}\"><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", text.as_bytes())])
}

/// A file of these parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in parts {
        file.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        file.write_all(part).expect("written");
    }
    file.finish().expect("a file").into_inner()
}

/// A part of a file.
pub fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a file");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

/// The paragraphs of a document as text.
pub fn paragraphs(bytes: &[u8]) -> Vec<String> {
    let text = part(bytes, "word/document.xml");
    let words = |paragraph: &str| {
        let pieces = paragraph
            .split("<w:t ")
            .skip(1)
            .filter_map(|piece| piece.split_once('>')?.1.split_once("</w:t>"));
        pieces.map(|(text, _)| text).collect::<String>()
    };
    text.split("<w:p>").skip(1).map(words).collect()
}
