//! Reads profiles: TOML to checked values, every fault with its line.

use super::{Derived, Form, Mapping, Profile, TimeForm, normal};
use crate::text::Charset;
use mingcha_model::{
    Diagnostic, Level,
    table::{Column, Table, table, tables},
};
use std::{collections::BTreeMap, sync::Arc};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Where the form of a profile can be seen.
const FORM: &str =
    "`mingcha profile show interface` prints a whole profile; docs/profiles.md names every key";

type Value<'a> = Spanned<DeValue<'a>>;

/// Reads the text of a profile.
pub(super) fn parse(file: &str, text: &str) -> (Option<Profile>, Vec<Diagnostic>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { file, text, faults: Vec::new() };
    reader.faults.extend(errors.iter().map(|error| toml_fault(file, text, error, FORM)));
    let profile = reader.profile(root.get_ref());
    let faults = reader.faults;
    let broken = faults.iter().any(|fault| fault.level == Level::Error);
    ((!broken).then_some(profile), faults)
}

/// A TOML error as a fault of the file.
pub(crate) fn toml_fault(file: &str, text: &str, error: &toml::de::Error, hint: &str) -> Diagnostic {
    let line = error.span().map_or(1, |span| line_at(text, span.start));
    let message = error.message().lines().next().unwrap_or("not TOML").to_owned();
    Diagnostic::author(file, line, message).hint(hint)
}

/// The first line that holds a text, from 1.
pub(crate) fn line_of(text: &str, needle: &str) -> u64 {
    text.find(needle).map_or(0, |at| line_at(text, at))
}

fn line_at(text: &str, at: usize) -> u64 {
    let at = at.min(text.len());
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() as u64 + 1
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, message: impl Into<String>, hint: &str) {
        self.faults.push(Diagnostic::author(self.file, line_at(self.text, at), message).hint(hint));
    }

    fn profile(&mut self, root: &DeTable<'_>) -> Profile {
        let mut profile = Profile {
            name: String::new(),
            origin: self.file.to_owned(),
            title: String::new(),
            charset: Charset::Auto,
            delimiter: None,
            form: Form::default(),
            tables: Vec::new(),
        };
        for (key, value) in root {
            match key.get_ref().as_ref() {
                "name" => profile.name = self.text(value),
                "title" => profile.title = self.text(value),
                "encoding" => profile.charset = self.charset(value),
                "delimiter" => profile.delimiter = self.delimiter(value),
                "form" => profile.form = self.form(value),
                "table" => profile.tables = self.mappings(value),
                other => {
                    let message = format!("unknown key `{other}`");
                    self.fault(
                        key.span().start,
                        message,
                        "use name, title, encoding, delimiter, form or table; `mingcha profile show interface` prints a whole profile",
                    );
                }
            }
        }
        if profile.name.is_empty() {
            self.fault(0, "the profile has no `name`", "write `name = \"…\"` on the first line");
        }
        if profile.tables.is_empty() {
            self.fault(
                0,
                "the profile maps no table",
                "add a `[[table]]` section for each kind of file; `mingcha profile new FILE` drafts one",
            );
        }
        profile
    }

    fn text(&mut self, value: &Value<'_>) -> String {
        let Some(text) = value.get_ref().as_str() else {
            self.fault(value.span().start, "this is no text", "write it in quotes");
            return String::new();
        };
        text.to_owned()
    }

    fn texts(&mut self, value: &Value<'_>) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| self.text(item)).collect(),
            _ => vec![self.text(value)],
        }
    }

    fn flag(&mut self, value: &Value<'_>) -> bool {
        let DeValue::Boolean(flag) = value.get_ref() else {
            self.fault(value.span().start, "this is neither true nor false", "write `true` or `false`");
            return false;
        };
        *flag
    }

    /// One of some words.
    fn word<T: Copy>(&mut self, value: &Value<'_>, words: &[(&str, T)], default: T) -> T {
        let text = self.text(value);
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            *meaning
        } else {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let hint = format!("use one of `{}`", known.join("`, `"));
            self.fault(value.span().start, format!("`{text}` is not known here"), &hint);
            default
        }
    }

    fn charset(&mut self, value: &Value<'_>) -> Charset {
        let words = [("auto", Charset::Auto), ("utf-8", Charset::Utf8), ("gb18030", Charset::Gb18030)];
        self.word(value, &words, Charset::Auto)
    }

    fn delimiter(&mut self, value: &Value<'_>) -> Option<u8> {
        let words = [
            ("auto", None),
            ("comma", Some(b',')),
            ("tab", Some(b'\t')),
            ("semicolon", Some(b';')),
            ("bar", Some(b'|')),
        ];
        self.word(value, &words, None)
    }

    fn form(&mut self, value: &Value<'_>) -> Form {
        let mut form = Form::default();
        for (key, value) in self.section(value) {
            match key.get_ref().as_ref() {
                "time" => {
                    let words = [
                        ("auto", TimeForm::Auto),
                        ("epoch_ms", TimeForm::EpochMs),
                        ("epoch_s", TimeForm::EpochS),
                    ];
                    form.time = self.word(value, &words, TimeForm::Auto);
                }
                "money" => form.money_in_fen = self.word(value, &[("yuan", false), ("fen", true)], false),
                "thousands" => form.thousands = self.flag(value),
                other => self.fault(
                    key.span().start,
                    format!("unknown key `{other}`"),
                    "use time, money or thousands",
                ),
            }
        }
        form
    }

    fn section<'v, 'i>(
        &mut self,
        value: &'v Value<'i>,
    ) -> Vec<(&'v Spanned<toml::de::DeString<'i>>, &'v Value<'i>)> {
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(value.span().start, "this is no section", "write it as `[…]` with keys below");
            return Vec::new();
        };
        table.iter().collect()
    }

    fn mappings(&mut self, value: &Value<'_>) -> Vec<Mapping> {
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(value.span().start, "`table` is no list", "begin each mapping with `[[table]]`");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.mapping(item)).collect()
    }

    fn mapping(&mut self, item: &Value<'_>) -> Option<Mapping> {
        let section = self.section(item);
        let Some((_, name)) = section.iter().find(|(key, _)| key.get_ref() == "table") else {
            self.fault(
                item.span().start,
                "the mapping names no table",
                "write `table = \"fee\"` or another of ours",
            );
            return None;
        };
        let text = self.text(name);
        let Some(ours) = table(&text) else {
            let known: Vec<&str> = tables().iter().map(|table| table.name).collect();
            let hint = format!("use one of `{}`", known.join("`, `"));
            self.fault(name.span().start, format!("there is no table `{text}`"), &hint);
            return None;
        };
        let mut mapping = Mapping::of(ours);
        for (key, value) in section {
            self.mapping_key(&mut mapping, key.get_ref().as_ref(), key.span().start, value);
        }
        Some(mapping)
    }

    fn mapping_key(&mut self, mapping: &mut Mapping, key: &str, at: usize, value: &Value<'_>) {
        let table = mapping.table;
        match key {
            "table" => {}
            "files" => mapping.files = self.texts(value).iter().map(|name| normal(name)).collect(),
            "own_names" => mapping.own_names = self.flag(value),
            "distinct" => mapping.distinct = self.flag(value),
            "columns" => {
                for (column, value) in self.columns(table, value) {
                    mapping.columns.insert(column.name, self.texts(value));
                }
            }
            "constants" => {
                for (column, value) in self.columns(table, value) {
                    mapping.constants.insert(column.name, self.text(value));
                }
            }
            "ordinal" | "goods" => {
                for (column, value) in self.columns(table, value) {
                    let header = self.text(value);
                    let derived =
                        if key == "goods" { Derived::Goods(header) } else { Derived::Ordinal(header) };
                    mapping.derive.insert(column.name, derived);
                }
            }
            "codes" => {
                for (column, value) in self.columns(table, value) {
                    let codes = self.codes(value);
                    mapping.codes.insert(column.name, Arc::new(codes));
                }
            }
            "skip" => {
                for (header, value) in self.section(value) {
                    mapping.skip.insert(header.get_ref().to_string(), self.texts(value));
                }
            }
            other => {
                let hint = "use table, files, own_names, distinct, columns, constants, ordinal, goods, codes or skip";
                self.fault(at, format!("unknown key `{other}`"), hint);
            }
        }
    }

    /// The entries of a section whose keys are columns of ours.
    fn columns<'v, 'i>(
        &mut self,
        table: &'static Table,
        value: &'v Value<'i>,
    ) -> Vec<(&'static Column, &'v Value<'i>)> {
        let mut found = Vec::new();
        for (key, value) in self.section(value) {
            if let Some(column) = table.column(key.get_ref()) {
                found.push((column, value));
            } else {
                let message = format!("table `{}` has no column `{}`", table.name, key.get_ref());
                self.fault(
                    key.span().start,
                    message,
                    "the left side is our column, the right side your header",
                );
            }
        }
        found
    }

    fn codes(&mut self, value: &Value<'_>) -> BTreeMap<String, String> {
        let section = self.section(value);
        section.into_iter().map(|(theirs, ours)| (theirs.get_ref().to_string(), self.text(ours))).collect()
    }
}

impl Mapping {
    /// A mapping by own names alone.
    pub fn of(table: &'static Table) -> Self {
        Self {
            table,
            files: Vec::new(),
            own_names: true,
            columns: BTreeMap::new(),
            constants: BTreeMap::new(),
            derive: BTreeMap::new(),
            codes: BTreeMap::new(),
            skip: BTreeMap::new(),
            distinct: false,
        }
    }

    /// Whether a file or sheet of that name (without folder and endings) is meant.
    pub fn matches_name(&self, stem: &str) -> bool {
        let stem = normal(stem);
        self.files.iter().any(|pattern| name_matches(pattern, &stem))
    }
}

/// A pattern with `*` matches as usual; one without matches the name itself, or the name before anything but a letter.
fn name_matches(pattern: &str, stem: &str) -> bool {
    if !pattern.contains('*') {
        let rest = stem.strip_prefix(pattern);
        return rest.is_some_and(|rest| {
            !rest.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
                || rest
                    .strip_prefix('_')
                    .is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
        });
    }
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| stem.strip_prefix(first)) else { return false };
    let mut last = "";
    for part in parts {
        last = part;
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    last.is_empty() || stem.ends_with(last)
}
