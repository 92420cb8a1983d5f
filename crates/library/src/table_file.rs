//! `table.toml` and `rows.csv` into a [`Knowledge`] table: columns as declared, codes by their form, days as days.

use crate::{
    csv::Rows,
    files::Files,
    knowledge::{Knowledge, KnowledgeRow},
    reader::{Section, parse},
};
use mingcha_model::{
    Date, Diagnostic,
    source::{Source, fault, shown},
};
use serde::Deserialize;
use std::collections::HashSet;

/// The keys of `table.toml`, in their order. Each column is a table `[columns.<name>]`.
pub const KEYS: &[&str] = &["name", "title", "source", "key?", "columns"];
/// The keys of a column in `table.toml`, in their order.
pub const COLUMN_KEYS: &[&str] = &["meaning", "form?", "required?", "values?"];

/// Rows of one table, so that a file of short lines cannot fill the memory.
const MOST_ROWS: usize = 2_000_000;
/// More faults than this in one file are counted, not told.
const MOST_FAULTS: usize = 100;
const FORMS: &str =
    "text, integer, date, drug_prefix, good_prefix, item, item_prefix, item_list, icd, icd_list, admdvs";

/// What a value of a column looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Anything.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// A calendar day.
    Date,
    /// The beginning of a drug or slice code: `X`, `Z` or `T`, then capitals and digits, at least four in all.
    DrugPrefix,
    /// The same, or the beginning of a consumable code: `C` and digits.
    GoodPrefix,
    /// A service item: 15 digits.
    Item,
    /// The beginning of a service item: 4 to 15 digits.
    ItemPrefix,
    /// Beginnings of service items, separated by blanks.
    ItemList,
    /// The beginning of a diagnosis code.
    Icd,
    /// Beginnings of diagnosis codes, separated by blanks.
    IcdList,
    /// A region: six digits that do not begin with 0.
    Admdvs,
}

impl Form {
    /// Whether a value has the form.
    pub fn fits(self, value: &str) -> bool {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let code = |letters: &[u8]| {
            let bytes = value.as_bytes();
            (4..=27).contains(&bytes.len())
                && letters.contains(&bytes[0])
                && bytes.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        };
        let every = |form: Self| value.split(' ').all(|word| form.fits(word));
        match self {
            Self::Text => true,
            Self::Integer => value.parse::<i64>().is_ok(),
            Self::Date => Date::parse(value).is_some(),
            Self::DrugPrefix => code(b"XZT"),
            Self::GoodPrefix => code(b"XZTC"),
            Self::Item => value.len() == 15 && digits(value),
            Self::ItemPrefix => (4..=15).contains(&value.len()) && digits(value),
            Self::ItemList => every(Self::ItemPrefix),
            Self::Icd => is_icd(value),
            Self::IcdList => every(Self::Icd),
            Self::Admdvs => mingcha_model::form::is_region(value),
        }
    }
}

/// A capital and a digit, then what a diagnosis code may hold.
fn is_icd(value: &str) -> bool {
    let bytes = value.as_bytes();
    (2..=20).contains(&bytes.len())
        && bytes[0].is_ascii_uppercase()
        && bytes[1].is_ascii_digit()
        && bytes[2..].iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'*'))
}

struct Column {
    name: String,
    meaning: String,
    form: Form,
    required: bool,
    values: Vec<String>,
}

/// Reads the table in `knowledge/<name>/`; `None` where something essential is missing. All faults go to `out`.
pub(crate) fn read(name: &str, files: &Files, out: &mut Vec<Diagnostic>) -> Option<Knowledge> {
    let file = format!("knowledge/{name}/table.toml");
    let Some(text) = files.get(&file) else {
        out.push(fault(&file, 0, "", "a knowledge folder without `table.toml`"));
        return None;
    };
    let source = Source::new(&file, text);
    let spanned = parse(&source, out);
    let mut root = Section::root(&source, &spanned);
    root.check_keys(KEYS, out);
    let written = root.text("name", out);
    if written.as_ref().is_some_and(|written| written != name) {
        out.push(root.fault("name", "differs from the folder").hint(format!("write `{name}`")));
    }
    if !crate::sql::is_name(name) {
        out.push(root.fault("name", "a table's name is lower-case letters, digits and `_`"));
    }
    let (title, origin) = (root.text("title", out), root.text("source", out));
    let key = root.texts("key", out);
    let columns = columns(&root, out);
    for part in key.iter().filter(|part| !columns.iter().any(|column| column.name == **part)) {
        out.push(root.fault("key", format!("no column `{}`", shown(part))));
    }
    let rows = rows(name, files, &columns, &key, out)?;
    let forms = columns.iter().map(|column| column.form).collect();
    let (columns, meanings) = columns.into_iter().map(|column| (column.name, column.meaning)).unzip();
    Some(Knowledge { name: name.to_owned(), title: title?, source: origin?, columns, meanings, forms, rows })
}

fn columns(root: &Section, out: &mut Vec<Diagnostic>) -> Vec<Column> {
    let Some(section) = root.section("columns", out) else { return Vec::new() };
    let mut columns = Vec::new();
    for (name, _) in section.keys() {
        let Some(mut inner) = section.section(name, out) else { continue };
        inner.check_keys(COLUMN_KEYS, out);
        if matches!(name, "begndate" | "enddate") || !crate::sql::is_name(name) {
            let hint =
                "`begndate` and `enddate` need no declaration: put them last in the header of `rows.csv`";
            out.push(section.fault(name, "no name of a column").hint(hint));
            continue;
        }
        let required = match inner.value("required") {
            None | Some(toml::Value::Boolean(true)) => true,
            Some(toml::Value::Boolean(false)) => false,
            Some(_) => {
                out.push(inner.fault("required", "must be true or false"));
                true
            }
        };
        columns.push(Column {
            name: name.to_owned(),
            meaning: inner.text("meaning", out).unwrap_or_default(),
            form: inner.choice("form", FORMS, out).unwrap_or_default(),
            required,
            values: inner.texts("values", out),
        });
    }
    columns
}

/// The rows of `rows.csv`, and after them those that a site adds.
fn rows(
    name: &str,
    files: &Files,
    columns: &[Column],
    key: &[String],
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<KnowledgeRow>> {
    let file = format!("knowledge/{name}/rows.csv");
    let Some(text) = files.get(&file) else {
        out.push(fault(&file, 0, "", "a knowledge folder without `rows.csv`"));
        return None;
    };
    let key = key.iter().filter_map(|part| columns.iter().position(|column| column.name == *part)).collect();
    let mut reading = Reading { columns, key, seen: HashSet::new(), rows: Vec::new(), faults: 0, out };
    reading.file(&file, text);
    let site = site_rows(name);
    if let Some(text) = files.get(&site) {
        reading.file(&site, text);
    }
    Some(reading.rows)
}

/// Where a site's own rows of a table stand in a merged library.
pub(crate) fn site_rows(name: &str) -> String {
    format!("knowledge/{name}/rows.site.csv")
}

struct Reading<'a> {
    columns: &'a [Column],
    key: Vec<usize>,
    seen: HashSet<Vec<String>>,
    rows: Vec<KnowledgeRow>,
    faults: usize,
    out: &'a mut Vec<Diagnostic>,
}

impl Reading<'_> {
    fn file(&mut self, file: &str, text: &str) {
        let mut rows = Rows::new(text);
        let header = match rows.next() {
            Some(Ok((_, header))) => header,
            Some(Err(broken)) => return self.fault(file, broken.line, "", broken.message),
            None => return self.fault(file, 0, "", "no header"),
        };
        let Some(dates) = self.header(file, &header) else { return };
        for row in rows {
            if self.rows.len() == MOST_ROWS {
                let message = format!("more than {MOST_ROWS} rows; the rest is not read");
                self.out.push(fault(file, 0, "", message));
                break;
            }
            match row {
                Ok((line, values)) => self.row(file, line, values, &dates),
                Err(broken) => self.fault(file, broken.line, "", broken.message),
            }
        }
        if let Some(more) = self.faults.checked_sub(MOST_FAULTS).filter(|&more| more > 0) {
            self.out.push(fault(file, 0, "", format!("{more} more faults in this file")));
        }
        self.faults = 0;
    }

    fn fault(&mut self, file: &str, line: u64, column: &str, message: impl Into<String>) {
        self.faults += 1;
        if self.faults <= MOST_FAULTS {
            self.out.push(fault(file, line, column, message));
        }
    }

    /// Which of the two days follow the declared columns; `None` where the header is another one.
    fn header(&mut self, file: &str, header: &[String]) -> Option<Vec<String>> {
        let declared: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        let dates = names.strip_prefix(declared.as_slice());
        let Some(dates @ ([] | ["begndate" | "enddate"] | ["begndate", "enddate"])) = dates else {
            let message = format!("the header must be `{}`", declared.join(","));
            self.fault(file, 1, "", message);
            return None;
        };
        Some(dates.iter().map(|&date| date.to_owned()).collect())
    }

    fn row(&mut self, file: &str, line: u64, mut values: Vec<String>, dates: &[String]) {
        let width = self.columns.len() + dates.len();
        if values.len() != width {
            return self.fault(file, line, "", format!("{} values, the header has {width}", values.len()));
        }
        let (mut begin, mut end) = (None, None);
        for (name, text) in dates.iter().zip(values.split_off(self.columns.len())) {
            let date = Date::parse(&text);
            if date.is_none() && !text.is_empty() {
                self.fault(file, line, name, format!("`{}` is no day", shown(&text)));
            }
            *(if name == "begndate" { &mut begin } else { &mut end }) = date;
        }
        if begin.zip(end).is_some_and(|(begin, end)| end < begin) {
            self.fault(file, line, "enddate", "lies before `begndate`");
        }
        for (column, value) in self.columns.iter().zip(&values) {
            if let Err(message) = judge(column, value) {
                self.fault(file, line, &column.name, message);
            }
        }
        if !self.key.is_empty() && !self.seen.insert(self.key.iter().map(|&at| values[at].clone()).collect())
        {
            self.fault(file, line, "", "a row with the same key stands above");
        }
        self.rows.push(KnowledgeRow { line, values, begin, end });
    }
}

fn judge(column: &Column, value: &str) -> Result<(), String> {
    if value.is_empty() {
        return if column.required { Err("must not be empty".to_owned()) } else { Ok(()) };
    }
    if value.trim() != value {
        return Err("a blank before or after the value".to_owned());
    }
    if !column.form.fits(value) {
        return Err(format!("`{}` has not the form that the column declares", shown(value)));
    }
    if !column.values.is_empty() && !column.values.iter().any(|known| known == value) {
        return Err(format!("`{}` is none of {}", shown(value), column.values.join(", ")));
    }
    Ok(())
}
