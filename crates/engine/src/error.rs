//! What can go wrong in a run, and whose fault it is. A cause is not told here but by the error itself, as its source.

use mingcha_model::Fault;
use std::path::PathBuf;

/// Why a run, a proof or a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The lake could not be read.
    #[error(transparent)]
    Lake(#[from] mingcha_lake::LakeError),
    /// Rows of a bucket could not be read as claims.
    #[error(transparent)]
    Load(#[from] mingcha_detect::LoadError),
    /// Rules cannot be run as they are.
    #[error("{} of the rules cannot be run: {}", .0.len(), .0.join("; "))]
    Rules(Vec<String>),
    /// A name or id means nothing here.
    #[error("there is no {what} `{name}`")]
    Unknown {
        /// What was looked for: rule, run, clue.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A beginning that fits several runs.
    #[error("`{name}` begins more than one run: {}; give more of the id", .runs.join(", "))]
    Ambiguous {
        /// The beginning.
        name: String,
        /// The runs, newest first, the first ten.
        runs: Vec<String>,
    },
    /// A file of a run cannot be read or written.
    #[error("{path}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of a run is not what was written.
    #[error("{path}:{line}: not a record of a run", path = .path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What the reader said.
        source: serde_json::Error,
    },
    /// The run was interrupted.
    #[error("interrupted; nothing was written")]
    Interrupted,
    /// Arrow refused a batch.
    #[error(transparent)]
    Arrow(#[from] arrow_schema::ArrowError),
    /// A rule's SQL failed.
    #[error("the SQL of rule `{rule}` failed: {reason}")]
    Sql {
        /// The rule.
        rule: String,
        /// Why.
        reason: String,
    },
}

impl EngineError {
    /// Who can mend it.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Lake(error) => error.fault(),
            Self::Load(_) | Self::Arrow(_) => Fault::Bug,
            Self::Rules(_) | Self::Sql { .. } => Fault::Author,
            Self::Unknown { .. } | Self::Ambiguous { .. } | Self::Interrupted => Fault::Operator,
            Self::File { .. } | Self::Record { .. } => Fault::Outside,
        }
    }
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, EngineError>;
