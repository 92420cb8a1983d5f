//! The files of a library: read from a folder with bounded sizes, from the binary, or from an archive.

use mingcha_model::{Diagnostic, Fault, source::fault};
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};
use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _, fs, io, path::Path, sync::Arc};

/// Greatest size of a rule, fixture or other small file: 1 MiB.
pub const MAX_FILE: u64 = 1 << 20;
/// Greatest size of the rows of one knowledge table: 64 MiB.
pub const MAX_ROWS: u64 = 64 << 20;
/// Greatest size of all files together: 256 MiB.
pub const MAX_TOTAL: u64 = 256 << 20;
/// Greatest number of files and folders that are looked at.
pub const MAX_FILES: usize = 100_000;

/// The format that archives name, so that a later one can be told apart.
const ARCHIVE_FORMAT: &str = "mingcha-library-1";

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Texts by path, relative to the library and with `/` between the parts. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(Arc<BTreeMap<String, Cow<'static, str>>>);

/// How an archive is written.
#[derive(Serialize, Deserialize)]
struct Archive<'a> {
    format: Cow<'a, str>,
    files: Cow<'a, BTreeMap<String, Cow<'static, str>>>,
}

/// What a library folder cannot be read for.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Not an archive, or cut short.
    #[error("the library archive cannot be read, line {0}, column {1}: {2}")]
    Broken(usize, usize, String),
    /// Written by another version of Mingcha.
    #[error("the library archive has the format `{0}`, this version reads `{ARCHIVE_FORMAT}`")]
    Format(String),
}

impl Files {
    /// The library that was compiled into the binary.
    pub fn embedded() -> Self {
        EMBEDDED.iter().map(|&(path, text)| (path.to_owned(), Cow::Borrowed(text))).collect()
    }

    /// Reads a library folder. What does not belong to it is named in a warning and left out.
    pub fn read(folder: &Path, out: &mut Vec<Diagnostic>) -> Self {
        let mut walk = Walk { files: BTreeMap::new(), seen: 0, total: 0, out };
        walk.folder(folder, "", 0);
        Self(Arc::new(walk.files))
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// Paths and texts, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_ref()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A changed copy.
    pub(crate) fn edited(&self, edit: impl FnOnce(&mut BTreeMap<String, Cow<'static, str>>)) -> Self {
        let mut files = BTreeMap::clone(&self.0);
        edit(&mut files);
        Self(Arc::new(files))
    }

    /// SM3 over the sorted paths and texts, each with its length before it, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut hash = Sm3::new();
        for part in self.iter().flat_map(|(path, text)| [path, text]) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hex(&hash.finalize())
    }

    /// All files as one text that is the same for the same files.
    pub fn to_archive(&self) -> Vec<u8> {
        let archive = Archive { format: ARCHIVE_FORMAT.into(), files: Cow::Borrowed(&self.0) };
        // A map of texts has no value that JSON cannot hold.
        serde_json::to_vec(&archive).unwrap_or_default()
    }

    /// Reads what [`Files::to_archive`] wrote.
    pub fn from_archive(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let archive: Archive = serde_json::from_slice(bytes)
            .map_err(|error| ArchiveError::Broken(error.line(), error.column(), error.to_string()))?;
        if archive.format != ARCHIVE_FORMAT {
            return Err(ArchiveError::Format(archive.format.into_owned()));
        }
        Ok(Self(Arc::new(archive.files.into_owned())))
    }
}

impl FromIterator<(String, Cow<'static, str>)> for Files {
    fn from_iter<I: IntoIterator<Item = (String, Cow<'static, str>)>>(files: I) -> Self {
        Self(Arc::new(files.into_iter().collect()))
    }
}

/// Bytes as lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Greatest size of a file of the library by its path; `None` where it is no file of a library.
fn limit(path: &str) -> Option<u64> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["coverage.toml" | "rules.lock"]
        | ["rules", _, _, "rule.toml" | "rule.sql" | "tests.md"]
        | ["knowledge", _, "table.toml"] => Some(MAX_FILE),
        ["knowledge", _, "rows.csv"] => Some(MAX_ROWS),
        _ => None,
    }
}

struct Walk<'a> {
    files: BTreeMap<String, Cow<'static, str>>,
    seen: usize,
    total: u64,
    out: &'a mut Vec<Diagnostic>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) {
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return self.outside(prefix, &error),
        };
        for entry in entries {
            self.seen += 1;
            if self.seen > MAX_FILES {
                if self.seen == MAX_FILES + 1 {
                    self.out.push(fault(
                        prefix,
                        0,
                        "",
                        format!("more than {MAX_FILES} files; the rest is left out"),
                    ));
                }
                return;
            }
            let Ok(name) = entry.file_name().into_string() else {
                self.out.push(fault(prefix, 0, "", "a file name here is no UTF-8 text"));
                continue;
            };
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < 3 => self.folder(&entry.path(), &path, depth + 1),
                Ok(kind) if kind.is_file() => self.file(&entry.path(), path),
                Ok(_) => self.out.push(
                    fault(&path, 0, "", "left out: neither a file nor a folder that a library has")
                        .hint("links are not followed")
                        .warning(),
                ),
                Err(error) => self.outside(&path, &error),
            }
        }
    }

    fn file(&mut self, file: &Path, path: String) {
        // A site's thresholds lie beside its rules and are read by their own reader.
        if path == "params.toml" {
            return;
        }
        let Some(most) = limit(&path) else {
            let hint = "rules/<chapter>/<rule>/{rule.toml, rule.sql, tests.md}, knowledge/<table>/{table.toml, rows.csv}";
            self.out.push(fault(&path, 0, "", "left out: no file of a library").hint(hint).warning());
            return;
        };
        let bytes = match fs::metadata(file) {
            Ok(data) if data.len() > most || self.total + data.len() > MAX_TOTAL => {
                self.out.push(fault(&path, 0, "", format!("too big: {} bytes, at most {most}", data.len())));
                return;
            }
            Ok(_) => fs::read(file),
            Err(error) => Err(error),
        };
        match bytes.map(String::from_utf8) {
            Err(error) => self.outside(&path, &error),
            Ok(Err(error)) => {
                let valid = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..valid].split(|&byte| byte == b'\n').count();
                self.out.push(fault(&path, line as u64, "", "not UTF-8").hint("save the file as UTF-8"));
            }
            Ok(Ok(text)) => {
                self.total += text.len() as u64;
                self.files.insert(path, Cow::Owned(text));
            }
        }
    }

    fn outside(&mut self, path: &str, error: &io::Error) {
        let mut diagnostic = fault(path, 0, "", format!("cannot be read: {error}"));
        diagnostic.fault = Fault::Outside;
        self.out.push(diagnostic);
    }
}
