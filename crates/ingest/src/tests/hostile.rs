//! Hostile files: bombs, endless lines, countless columns, NULs, wrong encodings. All meet an error or a refused row.

use super::{as_of, read_csv, write};
use crate::{Check, IngestError, Limits, Policy, Profile, Reader, Reading, scan};
use mingcha_model::Fault;
use proptest::prelude::*;
use std::{io::Write, path::Path};

/// What a file meets: its first error, in the scan or in the reading.
pub(super) fn fate(path: &Path, limits: Limits) -> Option<String> {
    let found = scan(&[path], Profile::named("mingcha").expect("embedded"), &limits);
    if let Some(problem) = found.problems.first() {
        assert_eq!(problem.fault, Fault::Data);
        return Some(problem.message.clone());
    }
    let policy = Policy::default();
    let reading = Reading { policy: &policy, as_of: as_of(), limits };
    let reader = match Reader::open(&found.sources[0], &reading) {
        Ok(reader) => reader,
        Err(error) => return Some(error.to_string()),
    };
    let mut errors = reader.filter_map(Result::err);
    errors.next().map(|error: IngestError| error.to_string())
}

fn gzip(chunk: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    (0..times).for_each(|_| encoder.write_all(chunk).expect("packed"));
    encoder.finish().expect("packed")
}

#[test]
fn a_bomb_of_many_short_lines_is_refused_by_its_ratio() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bytes = gzip(b"mdtrt_id,diag_srt_no,maindiag_flag,diag_code\n", 1);
    bytes.extend(gzip("1,1,1,I10\n".repeat(100_000).as_bytes(), 40));
    let message = fate(&write(folder.path(), "diagnosis.csv.gz", bytes), Limits::default()).expect("refused");
    assert!(message.contains("400 times"), "{message}");
}

#[test]
fn what_unpacks_beyond_the_limit_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("mdtrt_id,diag_srt_no,maindiag_flag,diag_code\n{}", "1,1,1,I10\n".repeat(1000));
    let path =
        write(folder.path(), "diagnosis.csv.zst", zstd::encode_all(text.as_bytes(), 1).expect("packed"));
    let limits = Limits { inflated_bytes: 5000, ..Limits::default() };
    assert!(fate(&path, limits).is_some_and(|message| message.contains("5000 bytes")));
    assert_eq!(fate(&path, Limits::default()), None);
}

#[test]
fn a_packed_line_without_end_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "fee.csv.gz", gzip(&vec![b'x'; 1 << 20], 64));
    assert!(fate(&path, Limits::default()).is_some_and(|message| message.contains("longer than 1048576")));
    let mut bytes = gzip(b"mdtrt_id,diag_srt_no,maindiag_flag,diag_code\n", 1);
    bytes.extend(gzip(&vec![b'x'; 1 << 20], 8));
    let path = write(folder.path(), "diagnosis.csv.gz", bytes);
    assert!(fate(&path, Limits::default()).is_some_and(|message| message.contains(":2: a line is longer")));
}

#[test]
fn a_hundred_thousand_columns_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let header = (0..100_000).map(|at| format!("c{at}")).collect::<Vec<_>>().join(",");
    let path = write(folder.path(), "fee.csv", header + "\n");
    assert!(fate(&path, Limits::default()).is_some_and(|message| message.contains("100000 columns")));
}

#[test]
fn a_record_of_a_hundred_thousand_fields_is_one_refused_row() {
    let text = format!(
        "mdtrt_id,diag_srt_no,maindiag_flag,diag_code\nM1,1,1,I10{}\nM2,1,1,I10\n",
        ",".repeat(100_000)
    );
    let chunk = read_csv("diagnosis", text);
    assert_eq!((chunk.kept(), chunk.bad.len(), chunk.bad[0].faults[0].reason), (1, 1, Check::Fields));
}

#[test]
fn broken_bytes_cost_their_row_and_no_other() {
    let mut text = "mdtrt_id,diag_srt_no,maindiag_flag,diag_code,diag_name\nM1,1,1,I10,高血压病\nM2,1,1,I10,"
        .to_owned()
        .into_bytes();
    text.extend_from_slice(b"\xff\xfe\nM3,1,1,I10,\xe9\xab\x98\n");
    let chunk = read_csv("diagnosis", text);
    assert_eq!(chunk.kept(), 2);
    assert_eq!(
        (chunk.bad[0].faults[0].reason, chunk.bad[0].faults[0].column, chunk.bad[0].line),
        (Check::Encoding, "diag_name", 3)
    );
}

#[test]
fn a_workbook_that_unpacks_to_more_than_it_may_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).expect("begun");
    let zeros = vec![b'0'; 1 << 20];
    (0..40).for_each(|_| archive.write_all(&zeros).expect("written"));
    let path = write(folder.path(), "fee.xlsx", archive.finish().expect("closed").into_inner());
    let limits = Limits { xlsx_bytes: 32 << 20, ..Limits::default() };
    assert!(fate(&path, limits).is_some_and(|message| message.contains("unpacks to more than")));
}

#[test]
fn files_that_only_pretend_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [
        ("fee.parquet", b"PAR1 and nothing else PAR1".as_slice()),
        ("fee.xlsx", b"PK\x03\x04 and nothing else"),
        ("fee.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("fee.csv.gz", b"\x1f\x8b\x08\x00 and nothing else"),
        ("fee.csv", b""),
    ] {
        let found = scan(
            &[write(folder.path(), name, bytes)],
            Profile::named("mingcha").expect("embedded"),
            &Limits::default(),
        );
        assert_eq!((found.sources.len(), found.problems.len()), (0, 1), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_csv_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        crate::fuzz::fuzz_csv(&bytes);
    }

    #[test]
    fn no_text_makes_the_csv_reader_panic(text in "[\",\n\r0-9a-z药-]{0,300}") {
        crate::fuzz::fuzz_csv(text.as_bytes());
    }
}

#[test]
fn bytes_that_are_no_workbook_meet_an_error() {
    for bytes in [b"PK\x03\x04".as_slice(), b"", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        crate::fuzz::fuzz_xlsx(bytes);
    }
}

/// As the zstd program packs files.
fn zstd_with_checksum(text: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("an encoder");
    encoder.include_checksum(true).and_then(|()| encoder.write_all(text)).expect("packed");
    encoder.finish().expect("packed")
}

/// A sound file of diagnoses in each form, long enough to be cut somewhere in its data.
fn whole(folder: &Path) -> Vec<std::path::PathBuf> {
    let header = ["mdtrt_id", "diag_srt_no", "maindiag_flag", "diag_code"];
    let row =
        |number: u64| [format!("M{}", number * 7919 % 99_991), number.to_string(), "0".into(), "I10".into()];
    let lines = (0..60_000).map(|number| row(number).join(",") + "\n").collect::<String>();
    let text = header.join(",") + "\n" + &lines;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, cells) in std::iter::once(header.map(str::to_owned)).chain((0..3000).map(row)).enumerate() {
        sheet.write_row(at as u32, 0, cells).expect("written");
    }
    let columns: Vec<(&str, arrow_array::ArrayRef)> = (0..header.len())
        .map(|column| {
            let texts: arrow_array::StringArray =
                (0..60_000).map(|number| Some(row(number)[column].clone())).collect();
            (header[column], std::sync::Arc::new(texts) as _)
        })
        .collect();
    let batch = arrow_array::RecordBatch::try_from_iter(columns).expect("a batch");
    let mut parquet =
        parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), None).expect("a writer");
    parquet.write(&batch).expect("written");
    vec![
        write(folder, "diagnosis.csv.gz", gzip(text.as_bytes(), 1)),
        write(folder, "diagnosis.csv.zst", zstd_with_checksum(text.as_bytes())),
        write(folder, "diagnosis.xlsx", book.save_to_buffer().expect("a workbook")),
        write(folder, "diagnosis.parquet", parquet.into_inner().expect("closed")),
    ]
}

#[test]
fn a_file_that_breaks_off_meets_an_error_wherever_it_does() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in whole(folder.path()) {
        assert_eq!(fate(&path, Limits::default()), None, "{}", path.display());
        let bytes = std::fs::read(&path).expect("read");
        for share in [5, 30, 60, 90, 99] {
            let cut = write(folder.path(), "diagnosis.cut", &bytes[..bytes.len() * share / 100]);
            assert!(fate(&cut, Limits::default()).is_some(), "{} at {share} %", path.display());
        }
        let mut changed = bytes.clone();
        let middle = changed.len() / 2;
        changed[middle..middle + 64].iter_mut().for_each(|byte| *byte ^= 0x5a);
        let changed = write(folder.path(), "diagnosis.changed", changed);
        // Parquet carries no checksum of its pages unless its writer chose to; what reads wrongly there is for the checks of rows.
        let told = fate(&changed, Limits::default());
        assert!(told.is_some() || path.extension().is_some_and(|end| end == "parquet"), "{}", path.display());
    }
}

#[test]
fn a_packed_file_that_breaks_off_is_told_with_the_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = whole(folder.path()).remove(0);
    let bytes = std::fs::read(&path).expect("read");
    let cut = write(folder.path(), "diagnosis.csv.gz", &bytes[..bytes.len() * 9 / 10]);
    let told = fate(&cut, Limits::default()).expect("refused");
    let line: u64 = told.split(':').nth(1).and_then(|line| line.parse().ok()).expect("a line");
    assert!((40_000..60_000).contains(&line) && told.contains("breaks off"), "{told}");
}
