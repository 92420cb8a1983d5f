//! All papers: definitions, fields and templates from the binary, with a site's folder on top.

use crate::{
    field::Field,
    issue::{self, IssueError, Issued},
    ledger::Definition,
    number::Number,
    package::MOST_FILE,
    paper::{self, Paper},
    record::Record,
    template::{Filled, Template},
};
use mingcha_model::{Diagnostic, Fault};
use std::{borrow::Cow, collections::BTreeMap, fs, io, path::Path};

static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The folders that are read.
const FOLDERS: &[&str] = &["papers", "papers/templates", "ledgers"];

/// Files by path, such as `papers/templates/closing-report.docx`.
pub type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// Papers and ledgers, ready for use.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// The dictionary of fields, by label.
    pub fields: BTreeMap<String, Field>,
    /// Kinds of papers, by id.
    pub papers: BTreeMap<String, Paper>,
    /// Their templates, by the paper's id.
    pub templates: BTreeMap<String, Template>,
    /// Ledgers and statistics, by id.
    pub ledgers: BTreeMap<String, Definition>,
}

impl Papers {
    /// Those that were compiled into the binary.
    pub fn embedded() -> (Self, Vec<Diagnostic>) {
        Self::from_files(&embedded_files())
    }

    /// The embedded ones with a site's folder on top: a file there replaces the one of the same path.
    pub fn load(folder: &Path) -> (Self, Vec<Diagnostic>) {
        let mut files = embedded_files();
        let mut outside = Vec::new();
        for name in FOLDERS {
            read_folder(folder, name, &mut files, &mut outside);
        }
        let (papers, faults) = Self::from_files(&files);
        outside.extend(faults);
        (papers, outside)
    }

    /// Reads files; what has a fault is left out, and every fault is told.
    pub fn from_files(files: &Files) -> (Self, Vec<Diagnostic>) {
        let mut papers = Self::default();
        let mut faults = Vec::new();
        let texts = texts(files, &mut faults);
        if let Some(text) = texts.get(FIELDS) {
            papers.fields = paper::read_fields(FIELDS, text, &mut faults);
        }
        for (path, text) in &texts {
            if path.starts_with("ledgers/") {
                let before = faults.len();
                let ledger = Definition::read(path, text, &mut faults);
                papers
                    .ledgers
                    .extend(ledger.filter(|_| faults.len() == before).map(|one| (one.id.clone(), one)));
            } else if *path != FIELDS {
                let before = faults.len();
                let paper = paper::read_paper(path, text, &papers.fields, &mut faults);
                papers
                    .papers
                    .extend(paper.filter(|_| faults.len() == before).map(|one| (one.id.clone(), one)));
            }
        }
        papers.read_templates(files, &mut faults);
        (papers, faults)
    }

    fn read_templates(&mut self, files: &Files, faults: &mut Vec<Diagnostic>) {
        for (id, paper) in &self.papers {
            let path = format!("papers/templates/{id}.docx");
            let Some(bytes) = files.get(&path) else {
                faults.push(Diagnostic::author(&path, 0, "there is no template").hint("put one there"));
                continue;
            };
            match Template::read(&format!("{id}.docx"), bytes) {
                Ok(template) => {
                    let wrong = paper.check(&template, &self.fields);
                    if wrong.is_empty() {
                        self.templates.insert(id.clone(), template);
                    }
                    faults.extend(wrong.iter().map(|fault| told(&path, fault)));
                }
                Err(wrong) => faults.extend(wrong.0.iter().map(|fault| told(&path, fault))),
            }
        }
    }

    /// Makes a paper from a record; the number is given by the caller, who sees to it that it is given once.
    pub fn issue(&self, id: &str, record: &Record, number: Option<&Number>) -> Result<Issued, IssueError> {
        let unknown = || IssueError::NoPaper(id.to_owned());
        let paper = self.papers.get(id).ok_or_else(unknown)?;
        let template = self.templates.get(id).ok_or_else(unknown)?;
        issue::issue(paper, template, &self.fields, record, number)
    }

    /// What a paper would be from what the record holds so far, marked as no paper on every page; what is missing stands there by its label.
    pub fn draft(&self, id: &str, record: &Record, mark: &str) -> Result<Vec<u8>, IssueError> {
        let unknown = || IssueError::NoPaper(id.to_owned());
        let paper = self.papers.get(id).ok_or_else(unknown)?;
        let template = self.templates.get(id).ok_or_else(unknown)?;
        issue::draft(paper, template, &self.fields, record, mark)
    }

    /// Labels of what a paper must show and the record does not hold; columns of a list stand behind its label and a `·`.
    pub fn missing(&self, id: &str, record: &Record) -> Result<Vec<String>, IssueError> {
        let paper = self.papers.get(id).ok_or_else(|| IssueError::NoPaper(id.to_owned()))?;
        let mut missing = Vec::new();
        for (field, required) in paper.fields(&self.fields) {
            match field.filled(record, required) {
                Filled::Missing => missing.push(field.label.clone()),
                Filled::List(items) => {
                    let absent =
                        |label: &String| items.iter().any(|item| item.get(label) == Some(&Filled::Missing));
                    let columns =
                        field.columns.iter().map(|column| &column.label).filter(|label| absent(label));
                    missing.extend(columns.map(|column| format!("{}·{column}", field.label)));
                }
                _ => {}
            }
        }
        Ok(missing)
    }

    /// A record that holds every field's example.
    pub fn sample(&self) -> Record {
        let mut record = Record::default();
        for field in self.fields.values() {
            if let Some(value) = field.example_value() {
                record.set(&field.from, value);
            }
        }
        record
    }
}

const FIELDS: &str = "papers/fields.toml";

/// The files that were compiled into the binary.
pub fn embedded_files() -> Files {
    EMBEDDED.iter().map(|&(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes))).collect()
}

fn told(path: &str, fault: &crate::template::Fault) -> Diagnostic {
    let mut out = Diagnostic::author(path, 0, format!("{}: {}", fault.place, fault.kind));
    out.column.clone_from(&fault.field);
    out.hint(fault.chinese())
}

fn texts<'f>(files: &'f Files, faults: &mut Vec<Diagnostic>) -> BTreeMap<&'f str, &'f str> {
    let mut texts = BTreeMap::new();
    let definition = |path: &String| Path::new(path).extension().is_some_and(|extension| extension == "toml");
    for (path, bytes) in files.iter().filter(|(path, _)| definition(path)) {
        match std::str::from_utf8(bytes) {
            Ok(text) => drop(texts.insert(path.as_str(), text)),
            Err(_) => faults.push(Diagnostic::author(path, 0, "not UTF-8").hint("save it as UTF-8")),
        }
    }
    texts
}

fn read_folder(root: &Path, name: &str, files: &mut Files, out: &mut Vec<Diagnostic>) {
    let entries = match fs::read_dir(root.join(name)).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => return out.push(outside(name, &error.to_string())),
    };
    let wanted = if name.ends_with("templates") { "docx" } else { "toml" };
    for entry in entries {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            continue;
        }
        if entry.path().extension().is_none_or(|extension| extension != wanted) {
            let fault = Diagnostic::author(&path, 0, format!("left out: no .{wanted} file")).warning();
            out.push(fault.hint("rename it or move it away"));
            continue;
        }
        match read_file(&entry.path()) {
            Ok(bytes) => drop(files.insert(path, Cow::Owned(bytes))),
            Err(message) => out.push(outside(&path, &message)),
        }
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MOST_FILE as u64 {
        return Err(format!("{size} bytes, at most {MOST_FILE}"));
    }
    fs::read(path).map_err(|error| error.to_string())
}

fn outside(path: &str, message: &str) -> Diagnostic {
    let mut fault = Diagnostic::author(path, 0, format!("cannot be read: {message}"));
    fault.fault = Fault::Outside;
    fault.hint("check the file and who may read it")
}
