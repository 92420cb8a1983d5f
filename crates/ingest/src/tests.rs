//! Tests over whole files: what is written in any form comes back, every check fires and stays silent, hostile files meet an error.

mod checks;
mod foreign;
mod hostile;
mod hostile_parquet;
mod roundtrip;

use crate::{
    Chunk, IngestError, Limits, Policy, Profile, Reader, Reading, Source, quarantine::cell_text, scan,
};
use arrow_array::RecordBatch;
use mingcha_model::{Date, Diagnostic, Level};
use std::path::{Path, PathBuf};

/// The day as of which the tests read.
fn as_of() -> Date {
    Date::new(2026, 1, 31).expect("a day")
}

/// Writes a file into a folder.
fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

/// The only source of a file under a profile.
fn source(path: &Path, profile: &str) -> Source {
    let mut found = scan(&[path], Profile::named(profile).expect("embedded"), &Limits::default());
    let errors = found.problems.iter().filter(|problem| problem.level == Level::Error);
    assert_eq!(errors.collect::<Vec<_>>(), [] as [&Diagnostic; 0], "{}", path.display());
    found.sources.remove(0)
}

fn read_with(source: &Source, policy: &Policy, limits: Limits) -> Result<Vec<Chunk>, IngestError> {
    let reading = Reading { policy, as_of: as_of(), limits };
    Reader::open(source, &reading)?.collect()
}

fn read(source: &Source) -> Vec<Chunk> {
    read_with(source, &Policy::default(), Limits::default()).expect("a sound file")
}

/// The only chunk of a CSV text of a table with own names.
fn read_csv(table: &str, text: impl AsRef<[u8]>) -> Chunk {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), &format!("{table}.csv"), text);
    read(&source(&path, "mingcha")).remove(0)
}

type Rows = Vec<Vec<Option<String>>>;

/// The rows of a chunk that passed.
fn good(chunk: &Chunk) -> RecordBatch {
    let mut keep = vec![true; chunk.rows.num_rows()];
    chunk.refused.iter().for_each(|row| keep[*row as usize] = false);
    arrow_select::filter::filter_record_batch(&chunk.rows, &keep.into()).expect("the rows that passed")
}

/// The good rows of all chunks as texts, without the columns that say where they came from.
fn texts(chunks: &[Chunk]) -> Rows {
    let mut rows = Vec::new();
    for chunk in chunks {
        let good = good(chunk);
        let columns = &good.columns()[..chunk.table.columns.len()];
        for row in 0..good.num_rows() {
            rows.push(columns.iter().map(|column| cell_text(column, row)).collect());
        }
    }
    rows
}

/// The line numbers of the good rows of all chunks.
fn lines(chunks: &[Chunk]) -> Vec<u64> {
    use arrow_array::{cast::AsArray, types::UInt64Type};
    let lines = |chunk: &Chunk| {
        good(chunk).columns().last().map(|lines| lines.as_primitive::<UInt64Type>().values().to_vec())
    };
    chunks.iter().filter_map(lines).flatten().collect()
}
