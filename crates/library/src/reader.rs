//! Typed reading of a TOML file that a person wrote: every fault is kept with its line, nothing stops at the first.

use mingcha_model::{
    Date, Diagnostic,
    source::{Source, shown},
};
use serde::de::{DeserializeOwned, IntoDeserializer, value::StrDeserializer};
use std::collections::BTreeMap;
use toml::{
    Spanned, Value,
    de::{DeTable, DeValue},
};

/// Characters of a text, and items of a list: more than a person writes, and little enough for any check.
const MOST_CHARS: usize = 20_000;
const MOST_ITEMS: usize = 1000;

/// Lines of keys (`reads`) and of the items of lists (`reads.2`).
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines(BTreeMap<String, u64>);

impl Lines {
    /// The line of a key, 0 where it is absent.
    pub fn key(&self, key: &str) -> u64 {
        self.0.get(key).copied().unwrap_or(0)
    }

    /// Remembers the line of a key inside another table, such as `params.days`.
    pub fn set(&mut self, key: String, line: u64) {
        self.0.insert(key, line);
    }

    /// The line of an item of a list.
    pub fn item(&self, key: &str, index: usize) -> u64 {
        self.0.get(&format!("{key}.{index}")).copied().unwrap_or_else(|| self.key(key))
    }
}

/// Reads a file as far as it can be read; syntax errors are added to `out`.
pub(crate) fn parse<'a>(source: &Source<'a>, out: &mut Vec<Diagnostic>) -> Spanned<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(source.text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        out.push(source.fault(at, "", format!("not TOML: {}", shown(error.message()))));
    }
    table
}

/// One table of a file while it is read.
pub(crate) struct Section<'a> {
    source: &'a Source<'a>,
    table: &'a DeTable<'a>,
    /// Offset of the table, for keys that are missing.
    start: usize,
    /// What stands before the keys in messages, such as `params.days.`.
    prefix: String,
    pub lines: Lines,
}

impl<'a> Section<'a> {
    /// The whole file.
    pub fn root(source: &'a Source<'a>, table: &'a Spanned<DeTable<'a>>) -> Self {
        Self { source, table: table.get_ref(), start: 0, prefix: String::new(), lines: Lines::default() }
    }

    /// Checks that all keys are known, that the required ones (not ending in `?`) are there, and that they stand in order.
    pub fn check_keys(&mut self, order: &[&str], out: &mut Vec<Diagnostic>) {
        let place = |key: &str| order.iter().position(|known| known.trim_end_matches('?') == key);
        let mut keys: Vec<_> = self.table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        let mut last: Option<usize> = None;
        for key in keys {
            let (name, at) = (key.get_ref().as_ref(), key.span().start);
            self.lines.0.insert(name.to_owned(), self.source.line(at));
            let Some(position) = place(name) else {
                let known = order.iter().map(|key| key.trim_end_matches('?')).collect::<Vec<_>>().join(", ");
                let fault = self.source.fault(at, &self.full(name), "unknown key");
                out.push(fault.hint(format!("known keys: {known}")));
                continue;
            };
            if let Some(before) = last.filter(|&before| before > position) {
                let fault = self.source.fault(at, &self.full(name), "key out of order");
                out.push(fault.hint(format!("move it above `{}`", order[before].trim_end_matches('?'))));
            }
            last = Some(last.map_or(position, |before| before.max(position)));
        }
        for key in order.iter().filter(|key| !key.ends_with('?')) {
            if self.find(key).is_none() {
                out.push(self.source.fault(self.start, &self.full(key), "missing key"));
            }
        }
    }

    fn full(&self, key: &str) -> String {
        format!("{}{}", self.prefix, shown(key))
    }

    fn find(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// A fault at a key of this table.
    pub fn fault(&self, key: &str, message: impl Into<String>) -> Diagnostic {
        let at = self.find(key).map_or(self.start, |value| value.span().start);
        self.source.fault(at, &self.full(key), message)
    }

    fn wrong(&self, key: &str, wanted: &str, found: &Spanned<DeValue>) -> Diagnostic {
        let message = format!("must be {wanted}, is {}", found.get_ref().type_str());
        self.source.fault(found.span().start, &self.full(key), message)
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The line of a byte offset.
    pub fn line(&self, offset: usize) -> u64 {
        self.source.line(offset)
    }

    /// The keys of this table with their offsets, in file order.
    pub fn keys(&self) -> Vec<(&'a str, usize)> {
        let mut keys: Vec<_> =
            self.table.keys().map(|key| (key.get_ref().as_ref(), key.span().start)).collect();
        keys.sort_by_key(|&(_, at)| at);
        keys
    }

    /// A text that is not empty.
    pub fn text(&self, key: &str, out: &mut Vec<Diagnostic>) -> Option<String> {
        let value = self.find(key)?;
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                out.push(self.fault(key, "must not be empty"));
                None
            }
            DeValue::String(text) if text.len() > MOST_CHARS => {
                out.push(self.fault(key, format!("longer than {MOST_CHARS} bytes")));
                None
            }
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => {
                out.push(self.wrong(key, "a text", value));
                None
            }
        }
    }

    /// A list of texts, none of them empty; an absent key is an empty list.
    pub fn texts(&mut self, key: &str, out: &mut Vec<Diagnostic>) -> Vec<String> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            out.push(self.wrong(key, "a list of texts", value));
            return Vec::new();
        };
        if items.len() > MOST_ITEMS {
            out.push(self.fault(key, format!("more than {MOST_ITEMS} items")));
            return Vec::new();
        }
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    self.lines
                        .0
                        .insert(format!("{key}.{}", texts.len()), self.source.line(item.span().start));
                    texts.push(text.trim().to_owned());
                }
                DeValue::String(_) => {
                    out.push(self.source.fault(item.span().start, &self.full(key), "must not be empty"));
                }
                _ => out.push(self.wrong(key, "a list of texts", item)),
            }
        }
        texts
    }

    /// A whole number inside bounds, both inclusive.
    pub fn integer(&self, key: &str, least: i64, most: i64, out: &mut Vec<Diagnostic>) -> Option<i64> {
        let value = self.find(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let inside = number.filter(|number| (least..=most).contains(number));
        if inside.is_none() {
            let quoted = matches!(value.get_ref(), DeValue::String(_));
            let hint = if quoted { "write the number without quotes" } else { "" };
            out.push(self.fault(key, format!("must be a whole number from {least} to {most}")).hint(hint));
        }
        inside
    }

    /// A calendar day, as a TOML date or as a text.
    pub fn date(&self, key: &str, out: &mut Vec<Diagnostic>) -> Option<Date> {
        let value = self.find(key)?;
        let date = match value.get_ref() {
            DeValue::String(text) => Date::parse(text),
            DeValue::Datetime(date) if date.time.is_none() => Date::parse(&date.to_string()),
            _ => None,
        };
        if date.is_none() {
            out.push(self.fault(key, "must be a day").hint("write it as 2025-01-31"));
        }
        date
    }

    /// One of the words of an enumeration.
    pub fn choice<T: DeserializeOwned>(
        &self,
        key: &str,
        words: &str,
        out: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let text = self.text(key, out)?;
        let choice = word(&text);
        if choice.is_none() {
            out.push(self.fault(key, format!("`{}` is none of {words}", shown(&text))));
        }
        choice
    }

    /// Several words of an enumeration, none twice.
    pub fn choices<T: DeserializeOwned + PartialEq>(
        &mut self,
        key: &str,
        words: &str,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<T> {
        let mut choices = Vec::new();
        for text in self.texts(key, out) {
            match word::<T>(&text) {
                None => out.push(self.fault(key, format!("`{}` is none of {words}", shown(&text)))),
                Some(choice) if choices.contains(&choice) => {
                    out.push(self.fault(key, format!("`{}` stands twice", shown(&text))));
                }
                Some(choice) => choices.push(choice),
            }
        }
        choices
    }

    /// A value of any type.
    pub fn value(&self, key: &str) -> Option<Value> {
        self.find(key).and_then(|value| plain(value.get_ref()))
    }

    /// A table inside this one.
    pub fn section(&self, key: &str, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let value = self.find(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            out.push(self.wrong(key, "a table", value));
            return None;
        };
        let prefix = format!("{}.", self.full(key));
        Some(Self { source: self.source, table, start: value.span().start, prefix, lines: Lines::default() })
    }
}

/// A word of an enumeration, as its serde names say.
pub(crate) fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    let deserializer: StrDeserializer<serde::de::value::Error> = text.into_deserializer();
    T::deserialize(deserializer).ok()
}

/// A spanned value without its spans; `None` for a number that does not fit.
fn plain(value: &DeValue) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::String(text.clone().into_owned()),
        DeValue::Integer(number) => {
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()?)
        }
        DeValue::Float(number) => Value::Float(number.as_str().parse().ok()?),
        DeValue::Boolean(flag) => Value::Boolean(*flag),
        DeValue::Datetime(date) => Value::Datetime(*date),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| plain(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(table) => {
            let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue>)| {
                let key: &std::borrow::Cow<str> = key.get_ref();
                Some((key.clone().into_owned(), plain(value.get_ref())?))
            };
            // Sorted, because the order of `toml::Table` depends on what other crates of a build ask of `toml`.
            let sorted: BTreeMap<String, Value> = table.iter().map(entry).collect::<Option<_>>()?;
            Value::Table(sorted.into_iter().collect())
        }
    })
}
