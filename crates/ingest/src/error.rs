//! Why a file cannot be read: which file and line, whose fault it is, and what to do next.

use mingcha_model::{Diagnostic, Fault, Level};

/// A column that a profile maps to headers of which the file has none; most often a header is misspelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentHeader {
    /// The profile's file, or its name where it is embedded.
    pub profile: String,
    /// The canonical column, or the key of the profile that names the headers.
    pub column: &'static str,
    /// The headers, as the profile spells them.
    pub headers: Vec<String>,
}

impl std::fmt::Display for AbsentHeader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { profile, column, headers } = self;
        write!(f, "`{profile}` maps `{column}` to `{}`, which the file does not have", headers.join("`, `"))
    }
}

fn told(absent: &[AbsentHeader]) -> String {
    absent.iter().fold(String::new(), |told, one| told + "; " + &one.to_string())
}

/// What stops the reading of one file. Faults of single rows never do; those are [`crate::Rejected`].
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The file cannot be opened or read.
    #[error("{file}: cannot be read")]
    Io {
        /// The file, as the user named it.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The content is not what the format promises.
    #[error("{file}:{line}: {message}")]
    Content {
        /// The file, as the user named it.
        file: String,
        /// Line, from 1; 0 where it is the file as a whole.
        line: u64,
        /// What is wrong, lower case, no final dot, no cell values.
        message: String,
    },
    /// Reading on would take more memory or time than the limits allow.
    #[error("{file}:{line}: {message}")]
    Limit {
        /// The file, as the user named it.
        file: String,
        /// Line, from 1; 0 where it is the file as a whole.
        line: u64,
        /// Which limit, and how large it is.
        message: String,
    },
    /// The file has no column for something that every row must have.
    #[error("{file}: no column for `{table}.{}`{}", columns.join("`, `"), told(mapped))]
    MissingColumns {
        /// The file, as the user named it.
        file: String,
        /// The canonical table.
        table: &'static str,
        /// Required canonical columns that no header is mapped to.
        columns: Vec<&'static str>,
        /// Those of them that the profile maps to headers which the file does not have.
        mapped: Vec<AbsentHeader>,
    },
    /// A header stands twice, and a column is read from it.
    #[error("{file}:1: the header `{header}` of `{column}` stands twice, in columns {} and {}", places.0, places.1)]
    DoubledHeader {
        /// The file, as the user named it.
        file: String,
        /// The header, as it stands in the file.
        header: String,
        /// Where it stands, from 1.
        places: (u16, u16),
        /// The canonical column that is read from it.
        column: &'static str,
    },
    /// A bug of Mingcha: arrays of one batch that do not fit together.
    #[error("{file}: internal")]
    Arrow {
        /// The file, as the user named it.
        file: String,
        /// What Arrow said.
        source: arrow_schema::ArrowError,
    },
}

impl IngestError {
    /// Who can mend it.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => Fault::Operator,
            Self::Io { .. } => Fault::Outside,
            Self::Content { .. }
            | Self::Limit { .. }
            | Self::MissingColumns { .. }
            | Self::DoubledHeader { .. } => Fault::Data,
            Self::Arrow { .. } => Fault::Bug,
        }
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Io { .. } => "check that the file is there, readable and complete",
            Self::Content { .. } => "export or copy the file again, or repair the named line",
            Self::Limit { .. } => "split the file",
            Self::MissingColumns { mapped, .. } if !mapped.is_empty() => {
                "spell the header in the profile as it stands in the file"
            }
            Self::MissingColumns { .. } => {
                "map a header to each in a profile (`mingcha profile new FILE` drafts one), or give a constant"
            }
            Self::DoubledHeader { .. } => {
                "give the column that is not meant another name, or leave it out of the file"
            }
            Self::Arrow { .. } => "please report this with the profile and the header of the file",
        }
    }

    /// The same as a diagnostic, to be shown beside others.
    pub fn diagnostic(&self) -> Diagnostic {
        let (file, line) = self.place();
        let text = self.to_string();
        let mut message = text.split_once(": ").map_or(text.as_str(), |(_, message)| message).to_owned();
        if let Some(source) = std::error::Error::source(self) {
            message = format!("{message}: {source}");
        }
        Diagnostic {
            level: Level::Error,
            fault: self.fault(),
            file: file.to_owned(),
            line,
            column: String::new(),
            message,
            hint: self.hint().to_owned(),
        }
    }

    fn place(&self) -> (&str, u64) {
        match self {
            Self::Io { file, .. } | Self::MissingColumns { file, .. } | Self::Arrow { file, .. } => (file, 0),
            Self::Content { file, line, .. } | Self::Limit { file, line, .. } => (file, *line),
            Self::DoubledHeader { file, .. } => (file, 1),
        }
    }
}
