//! A synthetic city: claims that an analyst would believe, with planted cases and the truth about them. People are invented; regions are 99xxxx.
//!
//! Every group of [`GROUP`] persons has its own random streams and its own files, so the same seed gives the same bytes
//! on any number of threads, memory stays bounded and time grows with the number of persons.

// Every act has the one type `Play`, whether it can fail to find room or not.
#[allow(clippy::unnecessary_wraps)]
pub mod act;
pub mod catalogue;
mod cells;
mod columnar;
mod csv;
mod extras;
mod foreign;
mod group;
mod history;
mod life;
mod naming;
mod pay;
mod person;
mod plan;
mod rng;
mod rows;
mod run;
mod stay;
mod truth;
mod visit;
mod world;

pub use catalogue::Catalogue;
pub use naming::{Foreign, Naming};
pub use plan::{Degree, Plan, PlanError};
pub use run::generate;

use mingcha_model::{Date, Fault};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Persons of a group: the unit of work and of files.
pub const GROUP: u64 = 10_000;

/// The format of the claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// UTF-8, comma, our column names.
    Csv,
    /// zstd 1, the schema of `mingcha_model::table`.
    Parquet,
}

/// Whether cases are planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FraudLevel {
    /// None: a clean city, honest oddities included.
    None,
    /// What the plan says.
    Planned,
}

/// What city to make.
#[derive(Clone, Debug)]
pub struct Options {
    /// Persons.
    pub persons: u64,
    /// Months from `start` on.
    pub months: u32,
    /// Seed; the same gives the same bytes.
    pub seed: u64,
    /// Folder that gets `claims/` and `truth/`.
    pub out: PathBuf,
    /// Format of the claims.
    pub format: Format,
    /// Whether cases are planted.
    pub fraud: FraudLevel,
    /// First day; the first of a month.
    pub start: Date,
    /// Threads; the bytes do not depend on it.
    pub threads: usize,
    /// Fee lines in a million that are dirty on purpose: no quantity, impossible day, amount off by a yuan, unknown
    /// institution, placeholder doctor, or sent again in a later file.
    pub dirty_per_million: u32,
    /// Visits in a million whose lines arrive in a later file.
    pub late_per_million: u32,
    /// A plan of one's own instead of the one that is built in.
    pub plan: Option<Plan>,
    /// Names of a foreign system for files, columns and codes; our own where absent.
    pub naming: Option<Naming>,
}

impl Options {
    /// A year from 2025 on with the built-in plan, two threads and 0.1 % dirty lines.
    pub fn new(persons: u64, out: PathBuf) -> Self {
        Self {
            persons,
            months: 12,
            seed: 1,
            out,
            format: Format::Csv,
            fraud: FraudLevel::Planned,
            start: Date::new(2025, 1, 1).unwrap_or_default(),
            threads: 2,
            dirty_per_million: 1000,
            late_per_million: 2000,
            plan: None,
            naming: None,
        }
    }
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Persons written.
    pub persons: u64,
    /// Persons in all.
    pub of: u64,
    /// Fee lines written.
    pub fee_lines: u64,
}

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows by table.
    pub rows: BTreeMap<&'static str, u64>,
    /// Bytes of all claims files.
    pub bytes: u64,
    /// Planted cases by rule.
    pub cases: BTreeMap<String, u64>,
}

/// Why a city could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SynthError {
    /// A file or folder could not be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The options make no city.
    #[error("{0}")]
    Options(&'static str),
    /// A plan could not be read.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The dictionary lacks a table.
    #[error("the dictionary has no table `{0}`")]
    Table(&'static str),
    /// Rows did not fit their schema.
    #[error("rows do not fit their schema: {0}")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// Parquet could not be written.
    #[error("cannot write Parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// A worker stopped.
    #[error("a worker thread stopped without a result")]
    Worker,
}

impl SynthError {
    pub(crate) fn write(path: &Path, source: std::io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }

    /// Whose fault it is.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Write { .. } | Self::Options(_) | Self::Parquet(_) => Fault::Operator,
            Self::Plan(_) => Fault::Author,
            Self::Table(_) | Self::Arrow(_) | Self::Worker => Fault::Bug,
        }
    }
}
