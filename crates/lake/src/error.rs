//! What can go wrong with a lake, whose fault it is and what to do next. A cause is not told here but by the error itself, as its source.

use mingcha_model::Fault;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// The result of everything here.
pub type Result<T, E = LakeError> = std::result::Result<T, E>;

/// A lake could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// There is no lake in that folder.
    #[error(
        "there is no lake at `{0}`; import something into it first, or name another folder with `--lake`"
    )]
    NoLake(PathBuf),
    /// There is a lake already.
    #[error("there is a lake at `{0}` already; open it instead")]
    Exists(PathBuf),
    /// Another process writes.
    #[error("another process is writing to the lake at `{0}`; wait for it to end")]
    Locked(PathBuf),
    /// A version that never was, or was vacuumed.
    #[error("the lake has no version {0}; `mingcha lake history` lists those that are kept")]
    NoVersion(u64),
    /// A table name that is not in the dictionary.
    #[error("there is no table `{0}`; see docs/tables.md")]
    NoTable(String),
    /// A column that the table lacks or that has another type.
    #[error("column `{column}` of `{table}` {message}")]
    Column {
        /// Table.
        table: String,
        /// Column.
        column: String,
        /// What is wrong with it.
        message: String,
    },
    /// A setting that cannot be used.
    #[error("{0}")]
    Setting(String),
    /// The disk refused.
    #[error("{path}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// A file of the lake is not what was written.
    #[error("{path} is damaged: {message}; restore it from a backup")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// A query that cannot be answered.
    #[error("{0}")]
    Query(String),
    /// A question that was broken off.
    #[error("the question was not answered within {} s; ask for less, or compact the lake", .0.as_secs())]
    TooLong(Duration),
    /// Arrow refused to compute.
    #[error("internal")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// The Delta log refused.
    #[error("the Delta log of `{table}`")]
    Delta {
        /// Table.
        table: String,
        /// Its words.
        source: Box<deltalake::DeltaTableError>,
    },
}

impl LakeError {
    /// Who can mend it.
    pub fn fault(&self) -> Fault {
        match self {
            Self::NoLake(_)
            | Self::Exists(_)
            | Self::Locked(_)
            | Self::NoVersion(_)
            | Self::NoTable(_)
            | Self::Setting(_)
            | Self::Query(_)
            | Self::TooLong(_) => Fault::Operator,
            Self::Column { .. } => Fault::Data,
            Self::Io { .. } | Self::Damaged { .. } | Self::Delta { .. } => Fault::Outside,
            Self::Arrow(_) => Fault::Bug,
        }
    }

    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { path, source }
    }

    /// A file that cannot be read as what it should be: Parquet tells it while opening, Arrow while its rows are decoded.
    pub(crate) fn damaged<E: std::fmt::Display>(path: &Path) -> impl FnOnce(E) -> Self {
        let path = path.to_path_buf();
        move |error| Self::Damaged { path, message: error.to_string() }
    }

    pub(crate) fn column(table: &str, column: &str, message: impl Into<String>) -> Self {
        Self::Column { table: table.into(), column: column.into(), message: message.into() }
    }
}
