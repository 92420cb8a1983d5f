//! Sources: which files there are, what format they have, and which table each is for.

use crate::{
    AbsentHeader, IngestError,
    block::{Block, Span},
    csv,
    limits::Limits,
    open::{self, Packing},
    parquet_file,
    plan::{Plan, QUARANTINE_COLUMNS},
    profile::{Mapping, Profile, normal},
    text::{Charset, Utf8Reader},
    xlsx,
};
use mingcha_model::{Diagnostic, Fault, table::Table};
use std::{
    fs::File,
    io::Read,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

/// What a file is.
#[derive(Clone, Debug)]
pub enum Format {
    /// Text with delimiters.
    Csv {
        /// How it is packed.
        packing: Packing,
        /// Its character set, as the profile says.
        charset: Charset,
        /// What stands between fields.
        delimiter: u8,
    },
    /// One sheet of a workbook.
    Xlsx {
        /// Name of the sheet.
        sheet: String,
    },
    /// Parquet.
    Parquet,
}

/// Part of a file that is read on its own.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// Bytes of a plain text file that begin at a line, and the number of that line.
    Bytes(Range<u64>, u64),
    /// Row groups of a Parquet file, and the rows before them.
    Groups(Range<usize>, u64),
}

/// One file (or sheet, or part of a file) that can be read into chunks.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// What messages call it: the path as given, with `#sheet` for a sheet.
    pub name: Arc<str>,
    /// Number of the file in its scan, the same for all parts and sheets of a file; becomes `src_file`.
    pub number: u32,
    /// What it is.
    pub format: Format,
    /// Headers, as they stand in the file.
    pub header: Vec<String>,
    pub(crate) plans: Vec<Plan>,
    pub(crate) part: Part,
}

impl Source {
    /// The tables that the source feeds; most feed one.
    pub fn tables(&self) -> impl Iterator<Item = &'static Table> {
        self.plans.iter().map(|plan| plan.table)
    }

    /// Headers that no column of any of its tables uses.
    pub fn unused_headers(&self) -> Vec<&str> {
        let unused = |at: usize| self.plans.iter().all(|plan| plan.unused.contains(&(at as u16)));
        (0..).zip(&self.header).filter(|(at, _)| unused(*at)).map(|(_, name)| name.as_str()).collect()
    }

    /// Whether its rows come back from quarantine: the header has what only [`crate::quarantine::to_csv`] writes beside the data.
    pub fn is_returned(&self) -> bool {
        let names: Vec<String> = self.header.iter().map(|name| normal(name)).collect();
        QUARANTINE_COLUMNS.iter().all(|column| names.iter().any(|name| name == column))
    }

    /// Cuts the source into at most `parts` sources that can be read at the same time. Together they give the rows of the whole, with the
    /// same line numbers. Plain text is cut at line ends outside of quotes, Parquet at row groups; other files stay whole.
    pub fn split(&self, parts: usize) -> Result<Vec<Self>, IngestError> {
        let sequential = self.plans.iter().any(Plan::is_sequential);
        let cut = match &self.format {
            _ if parts < 2 || sequential || !matches!(self.part, Part::Whole) => Vec::new(),
            Format::Csv { packing: Packing::Plain, delimiter, .. } => {
                csv::range::split(&self.path, *delimiter, parts)
                    .map_err(|error| open::read_error(&self.name, 0, error))?
            }
            Format::Parquet => parquet_file::split(&self.path, &self.name, parts)?,
            _ => Vec::new(),
        };
        if cut.len() < 2 {
            return Ok(vec![self.clone()]);
        }
        Ok(cut.into_iter().map(|part| Self { part, ..self.clone() }).collect())
    }
}

/// What a scan found.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Files and sheets that can be read.
    pub sources: Vec<Source>,
    /// Files that cannot, and sheets and files of no known table; none of them stops the rest.
    pub problems: Vec<Diagnostic>,
    /// The files by their number, as the user named them.
    pub files: Vec<String>,
}

/// Looks at files, and at the files that lie directly in folders (hidden ones left aside), in the order of their names.
pub fn scan<P: AsRef<Path>>(paths: &[P], profile: &Profile, limits: &Limits) -> Scan {
    let mut found = Scan::default();
    for path in paths {
        let path = path.as_ref();
        if !path.is_dir() {
            found.look_at(path, profile, limits);
            continue;
        }
        match files_of(path) {
            Ok(files) => files.iter().for_each(|file| found.look_at(file, profile, limits)),
            Err(source) => {
                let file = path.display().to_string();
                found.problems.push(IngestError::Io { file, source }.diagnostic());
            }
        }
    }
    found.warn_of_unused();
    found
}

/// The embedded profile under which most files have a table; the own names where several are equal.
pub fn best_profile<P: AsRef<Path>>(paths: &[P], limits: &Limits) -> Option<&'static Profile> {
    let known = |profile: &&Profile| scan(paths, profile, limits).sources.len();
    Profile::embedded().iter().rev().max_by_key(known)
}

fn files_of(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '_', '~']));
        if path.is_file() && !hidden {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The name of a file without folder and without the endings that say its format.
pub(crate) fn stem(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut stem = name.as_str();
    for ending in [".gz", ".zst", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet"] {
        let at = stem.len().saturating_sub(ending.len());
        if stem.get(at..).is_some_and(|tail| tail.eq_ignore_ascii_case(ending)) {
            stem = &stem[..at];
        }
    }
    stem.to_owned()
}

impl Scan {
    fn look_at(&mut self, path: &Path, profile: &Profile, limits: &Limits) {
        let name = path.display().to_string();
        let number = self.files.len() as u32;
        self.files.push(name.clone());
        if let Err(error) = self.look_into(path, &name, number, profile, limits) {
            self.problems.push(error.diagnostic());
        }
    }

    fn look_into(
        &mut self,
        path: &Path,
        name: &str,
        number: u32,
        profile: &Profile,
        limits: &Limits,
    ) -> Result<(), IngestError> {
        let heads = formats(path, name, profile, limits)?;
        for (format, own, header) in heads {
            if header.len() > limits.columns {
                let message = format!("has {} columns, more than {}", header.len(), limits.columns);
                return Err(IngestError::Limit { file: name.to_owned(), line: 1, message });
            }
            let shown: Arc<str> = match &format {
                Format::Xlsx { sheet } => format!("{name}#{sheet}").into(),
                _ => name.into(),
            };
            let names = [own, stem(path)];
            match plans(profile, &names, &header, &shown).and_then(|plans| sole(plans, &header, &shown)) {
                Ok(plans) if plans.is_empty() => self.problems.push(unknown(&shown, &header)),
                Ok(plans) => {
                    self.warn_of_absent(&shown, profile, &plans);
                    let path = path.to_path_buf();
                    self.sources.push(Source {
                        path,
                        name: shown,
                        number,
                        format,
                        header,
                        plans,
                        part: Part::Whole,
                    });
                }
                Err(error) => self.problems.push(error.diagnostic()),
            }
        }
        Ok(())
    }
}

impl Scan {
    /// Warns of headers that nothing is read from, once for all files that have the same ones.
    fn warn_of_unused(&mut self) {
        let mut told: Vec<(Vec<&str>, &str, usize)> = Vec::new();
        for source in &self.sources {
            let unused = source.unused_headers();
            match told.iter_mut().find(|(known, ..)| *known == unused) {
                Some((.., files)) => *files += 1,
                None if !unused.is_empty() => told.push((unused, &source.name, 1)),
                None => {}
            }
        }
        let warning = |(unused, file, files): &(Vec<&str>, &str, usize)| {
            let others = match files - 1 {
                0 => String::new(),
                1 => ", nor from those of 1 more file".to_owned(),
                more => format!(", nor from those of {more} more files"),
            };
            let message = format!("nothing is read from `{}`{others}", unused.join("`, `"));
            let mut fault = Diagnostic::author(*file, 1, message).warning();
            fault.fault = Fault::Operator;
            fault.hint(
                "map the header in a profile where the column is needed; see `mingcha profile new FILE`",
            )
        };
        let warnings: Vec<Diagnostic> = told.iter().map(warning).collect();
        self.problems.extend(warnings);
    }

    /// Warns of headers that a site's profile names and the file does not have: the profiles that come with Mingcha name all that may be.
    fn warn_of_absent(&mut self, file: &str, profile: &Profile, plans: &[Plan]) {
        if profile.is_embedded() {
            return;
        }
        // Of several headers that a column may have, a file need not have any.
        let single = |absent: &&AbsentHeader| absent.headers.len() == 1;
        for absent in plans.iter().flat_map(|plan| &plan.absent).filter(single) {
            let mut fault = Diagnostic::author(file, 0, absent.to_string()).warning();
            fault.fault = Fault::Author;
            let hint = match absent.column {
                "skip" => "no row is left out by it; spell the header as it stands in the file",
                _ => "the column stays empty; spell the header as it stands in the file, or take it out",
            };
            self.problems.push(fault.hint(hint));
        }
    }
}

/// Refuses a header that stands twice where something is read from it: which of the two is meant, nobody said.
fn sole(plans: Vec<Plan>, header: &[String], file: &str) -> Result<Vec<Plan>, IngestError> {
    let Some((column, one, two)) = plans.iter().find_map(|plan| plan.doubled.first()) else {
        return Ok(plans);
    };
    let name = &header[usize::from(*one)];
    Err(IngestError::DoubledHeader {
        file: file.to_owned(),
        header: name.clone(),
        places: (one + 1, two + 1),
        column,
    })
}

fn unknown(name: &str, header: &[String]) -> Diagnostic {
    let shown: Vec<&str> = header.iter().take(8).map(String::as_str).collect();
    let message = format!("no table is known for this file; its header begins with `{}`", shown.join("`, `"));
    let mut fault = Diagnostic::author(name, 0, message).warning();
    fault.fault = Fault::Operator;
    fault.hint(
        "name the file after its table, choose another profile, or draft one with `mingcha profile new FILE`",
    )
}

/// The plans of a file: by its name, else by its header. None where neither says what it is.
fn plans(
    profile: &Profile,
    names: &[String],
    header: &[String],
    file: &str,
) -> Result<Vec<Plan>, IngestError> {
    let named: Vec<&Mapping> =
        profile.tables.iter().filter(|mapping| names.iter().any(|name| mapping.matches_name(name))).collect();
    if !named.is_empty() {
        let plans: Vec<Plan> = named.iter().map(|mapping| Plan::new(profile, mapping, header)).collect();
        // A file may feed a second table; where it lacks that one's columns, it only feeds the first.
        let whole: Vec<Plan> = plans.iter().filter(|plan| plan.missing().is_empty()).cloned().collect();
        return match (whole.is_empty(), plans.first()) {
            (true, Some(first)) => first.require(file).map(|()| Vec::new()),
            _ => Ok(whole),
        };
    }
    let fits = |mapping: &Mapping| {
        Some(Plan::new(profile, mapping, header)).filter(|plan| plan.missing().is_empty())
    };
    let fitting: Vec<(&Mapping, Plan)> =
        profile.tables.iter().filter_map(|mapping| Some((mapping, fits(mapping)?))).collect();
    let most = fitting.iter().map(|(_, plan)| plan.fed()).max().unwrap_or(0);
    let mut best = fitting.iter().filter(|(_, plan)| plan.fed() == most);
    match (best.next(), best.next()) {
        (Some((mapping, _)), None) => {
            let group = fitting.iter().filter(|(other, plan)| other.files == mapping.files && plan.fed() > 0);
            Ok(group.map(|(_, plan)| plan.clone()).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// Format and header of a text file.
fn text_head(
    path: &Path,
    name: &str,
    packing: Packing,
    profile: &Profile,
    limits: &Limits,
) -> Result<(Format, Vec<String>), IngestError> {
    let error = |error| open::read_error(name, 0, error);
    let input = open::open(path, packing, None, limits).map_err(error)?;
    let mut sample = Vec::new();
    let most = limits.line_bytes as u64;
    let read = Utf8Reader::new(input, profile.charset).take(most).read_to_end(&mut sample);
    // What breaks off behind the header is told by whoever reads on, with its line.
    let whole = match read {
        Err(broken) if !sample.contains(&b'\n') => return Err(error(broken)),
        read => read.is_ok(),
    };
    let ended = whole && (sample.len() as u64) < most;
    let mut block = Block { text: sample, ..Block::default() };
    let candidates: &[u8] = match &profile.delimiter {
        Some(delimiter) => std::slice::from_ref(delimiter),
        None => b",\t;|",
    };
    let mut best: (u8, Vec<String>) = (b',', Vec::new());
    for &delimiter in candidates {
        let header = csv::header(&mut block, delimiter, ended);
        if header.len() > best.1.len() {
            best = (delimiter, header);
        }
    }
    let (delimiter, header) = best;
    if header.is_empty() {
        let file = name.to_owned();
        return Err(if ended {
            IngestError::Content { file, line: 0, message: "has no header line".to_owned() }
        } else {
            IngestError::Limit { file, line: 1, message: format!("a line is longer than {most} bytes") }
        });
    }
    Ok((Format::Csv { packing, charset: profile.charset, delimiter }, header))
}

/// The texts of some spans, for headers.
pub(crate) fn texts(block: &Block, spans: &[Span]) -> Vec<String> {
    let text = |span: &Span| {
        String::from_utf8_lossy(&block.text[span.from as usize..span.to as usize]).trim().to_owned()
    };
    spans.iter().map(text).collect()
}

/// Format, own name (of the file or sheet) and header of each part of a file.
fn formats(
    path: &Path,
    name: &str,
    profile: &Profile,
    limits: &Limits,
) -> Result<Vec<(Format, String, Vec<String>)>, IngestError> {
    let mut start = Vec::new();
    let io = |source| IngestError::Io { file: name.to_owned(), source };
    File::open(path).and_then(|file| file.take(8).read_to_end(&mut start)).map_err(io)?;
    match start.as_slice() {
        [b'P', b'A', b'R', b'1', ..] => {
            Ok(vec![(Format::Parquet, stem(path), parquet_file::header(path, name, limits)?)])
        }
        [b'P', b'K', ..] => {
            let sheets = xlsx::headers(path, name, limits)?;
            let sheets = sheets.into_iter().filter(|(_, header)| !header.is_empty());
            Ok(sheets.map(|(sheet, header)| (Format::Xlsx { sheet: sheet.clone() }, sheet, header)).collect())
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            let message = "an old binary workbook; save it as .xlsx or CSV".to_owned();
            Err(IngestError::Content { file: name.to_owned(), line: 0, message })
        }
        other => {
            let (format, header) = text_head(path, name, Packing::of(other), profile, limits)?;
            Ok(vec![(format, stem(path), header)])
        }
    }
}

/// Own name and header of each part of a file.
pub(crate) fn heads(
    path: &Path,
    profile: &Profile,
    limits: &Limits,
) -> Result<Vec<(String, Vec<String>)>, IngestError> {
    let heads = formats(path, &path.display().to_string(), profile, limits)?;
    Ok(heads.into_iter().map(|(_, name, header)| (name, header)).collect())
}
