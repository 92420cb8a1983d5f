//! Typed reading of TOML that a person wrote: every fault is kept with file, line and key, nothing stops at the first.
//!
//! A table is read through layers: a province's table lies above the national one, and a key is taken from the topmost
//! layer that has it. So an override is validated by the same code as what it overrides, and a fault names the file it is in.

use crate::words::Word;
use mingcha_model::{Date, Diagnostic, source};
use std::cell::RefCell;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub(crate) use mingcha_model::source::shown;

/// Bytes of a text, and items of a list: more than a person writes, and little enough for any check.
const MOST_BYTES: usize = 4000;
const MOST_ITEMS: usize = 1000;
/// Faults beyond this many are not kept.
const MOST_FAULTS: usize = 1000;

/// All faults found so far.
#[derive(Debug, Default)]
pub(crate) struct Faults(RefCell<Vec<Diagnostic>>);

impl Faults {
    pub fn push(&self, fault: Diagnostic) {
        let mut faults = self.0.borrow_mut();
        if faults.len() < MOST_FAULTS {
            faults.push(fault);
        }
    }

    /// How many there are, to see whether a part added any.
    pub fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// Sorted by file, line and key.
    pub fn sorted(self) -> Vec<Diagnostic> {
        let mut faults = self.0.into_inner();
        faults.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
        // A national table is read once more under each region that leaves it as it is.
        faults.dedup();
        faults
    }
}

/// One file's text, parsed as far as it can be.
pub(crate) struct Source<'a> {
    text: source::Source<'a>,
    table: Spanned<DeTable<'a>>,
}

impl<'a> Source<'a> {
    /// Parses a file; what is no TOML is added to the faults.
    pub fn parse(file: &'a str, text: &'a str, faults: &Faults) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let text = source::Source::new(file, text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            faults.push(text.fault(at, "", format!("not TOML: {}", shown(error.message()))));
        }
        Self { text, table }
    }

    /// Its name.
    pub fn file(&self) -> &'a str {
        self.text.file
    }

    /// The whole file as a section.
    pub fn root<'s>(&'s self, faults: &'s Faults) -> Section<'s, 'a> {
        let layer = Layer { source: self, table: self.table.get_ref(), start: 0 };
        Section { layers: vec![layer], prefix: String::new(), faults }
    }
}

#[derive(Clone, Copy)]
struct Layer<'s, 'a> {
    source: &'s Source<'a>,
    table: &'s DeTable<'a>,
    start: usize,
}

/// One table while it is read, with the tables that lie under it.
#[derive(Clone)]
pub(crate) struct Section<'s, 'a> {
    /// Topmost first.
    layers: Vec<Layer<'s, 'a>>,
    prefix: String,
    faults: &'s Faults,
}

impl<'s, 'a> Section<'s, 'a> {
    /// The same table laid over another one.
    pub fn over(&self, below: &Self) -> Self {
        let layers = self.layers.iter().chain(&below.layers).copied().collect();
        Self { layers, prefix: self.prefix.clone(), faults: self.faults }
    }

    fn find(&self, key: &str) -> Option<(Layer<'s, 'a>, &'s Spanned<DeValue<'a>>)> {
        self.layers.iter().find_map(|layer| layer.table.get(key).map(|value| (*layer, value)))
    }

    /// How many faults there are so far, to see whether a part adds any.
    pub fn faults(&self) -> usize {
        self.faults.count()
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The files of the layers, lowest first.
    pub fn files(&self) -> Vec<String> {
        self.layers.iter().rev().map(|layer| layer.source.file().to_owned()).collect()
    }

    fn at(&self, key: &str) -> (Layer<'s, 'a>, usize) {
        self.find(key)
            .map_or((self.layers[0], self.layers[0].start), |(layer, value)| (layer, value.span().start))
    }

    /// Adds a fault at a key, with what to do next.
    pub fn fault(&self, key: &str, message: impl Into<String>, hint: impl Into<String>) {
        let (layer, at) = self.at(key);
        let full = format!("{}{}", self.prefix, shown(key));
        self.faults.push(layer.source.text.fault(at, &full, message).hint(hint));
    }

    /// Checks that all keys of the topmost table are known and that required ones (not ending in `?`) are in some layer.
    pub fn keys(&self, known: &[&str]) {
        for key in self.layers[0].table.keys() {
            let name = key.get_ref().as_ref();
            if !known.iter().any(|known| known.trim_end_matches('?') == name) {
                let names: Vec<&str> = known.iter().map(|key| key.trim_end_matches('?')).collect();
                self.fault(name, "unknown key", format!("known keys: {}", names.join(", ")));
            }
        }
        for key in known.iter().filter(|key| !key.ends_with('?') && !self.has(key)) {
            self.fault(key, "missing key", "add it");
        }
    }

    /// A text that is not empty.
    pub fn text(&self, key: &str) -> Option<String> {
        let (_, value) = self.find(key)?;
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.fault(key, "must not be empty", "leave the key out or fill it in");
                None
            }
            DeValue::String(text) if text.len() > MOST_BYTES => {
                self.fault(key, format!("longer than {MOST_BYTES} bytes"), "shorten it");
                None
            }
            DeValue::String(text) => Some(text.trim().to_owned()),
            other => {
                self.fault(key, format!("must be a text, is {}", other.type_str()), "put it in quotes");
                None
            }
        }
    }

    fn items(&self, key: &str) -> &'s [Spanned<DeValue<'a>>] {
        let Some((_, value)) = self.find(key) else { return &[] };
        match value.get_ref() {
            DeValue::Array(items) if items.len() <= MOST_ITEMS => items,
            DeValue::Array(_) => {
                self.fault(key, format!("more than {MOST_ITEMS} items"), "split the file");
                &[]
            }
            other => {
                self.fault(key, format!("must be a list, is {}", other.type_str()), "write it as [ … ]");
                &[]
            }
        }
    }

    /// A list of texts; an absent key is an empty list.
    pub fn texts(&self, key: &str) -> Vec<String> {
        let text = |item: &Spanned<DeValue>| match item.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() && text.len() <= MOST_BYTES => {
                Some(text.trim().to_owned())
            }
            _ => {
                self.fault(key, "holds an item that is no text", "write texts in quotes, none of them empty");
                None
            }
        };
        self.items(key).iter().filter_map(text).collect()
    }

    /// A list of whole numbers inside bounds.
    pub fn integers(&self, key: &str, least: i64, most: i64) -> Vec<i64> {
        let number = |item: &Spanned<DeValue>| {
            let inside = integer(item.get_ref()).filter(|number| (least..=most).contains(number));
            if inside.is_none() {
                self.fault(
                    key,
                    format!("must hold whole numbers from {least} to {most}"),
                    "correct the item",
                );
            }
            inside
        };
        self.items(key).iter().filter_map(number).collect()
    }

    /// A list of days.
    pub fn dates(&self, key: &str) -> Vec<Date> {
        let day = |item: &Spanned<DeValue>| {
            let day = date(item.get_ref());
            if day.is_none() {
                self.fault(key, "holds an item that is no day", "write days as 2025-01-31");
            }
            day
        };
        self.items(key).iter().filter_map(day).collect()
    }

    /// A whole number inside bounds, both inclusive.
    pub fn integer(&self, key: &str, least: i64, most: i64) -> Option<i64> {
        let (_, value) = self.find(key)?;
        let inside = integer(value.get_ref()).filter(|number| (least..=most).contains(number));
        if inside.is_none() {
            self.fault(key, format!("must be a whole number from {least} to {most}"), "correct the number");
        }
        inside
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> Option<bool> {
        let (_, value) = self.find(key)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.fault(key, "must be true or false", "write it without quotes");
        None
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Date> {
        let (_, value) = self.find(key)?;
        let day = date(value.get_ref());
        if day.is_none() {
            self.fault(key, "must be a day", "write it as 2025-01-31");
        }
        day
    }

    /// A word of a closed list.
    pub fn word<T: Word>(&self, key: &str) -> Option<T> {
        let text = self.text(key)?;
        let word = T::named(&text);
        if word.is_none() {
            self.fault(
                key,
                format!("`{}` is not a known word", shown(&text)),
                format!("one of {}", T::names()),
            );
        }
        word
    }

    /// The names of the topmost table's keys.
    pub fn names(&self) -> Vec<String> {
        self.layers[0].table.keys().map(|key| key.get_ref().to_string()).collect()
    }

    /// The table under a key, as a section of its own.
    pub fn section(&self, key: &str) -> Option<Self> {
        let (layer, value) = self.find(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(key, "must be a table", format!("write [{key}]"));
            return None;
        };
        let layer = Layer { source: layer.source, table, start: value.span().start };
        Some(Self { layers: vec![layer], prefix: format!("{}{key}.", self.prefix), faults: self.faults })
    }

    /// All tables under this one, by name.
    pub fn sections(&self) -> Vec<(String, Self)> {
        self.names().into_iter().filter_map(|name| Some((name.clone(), self.section(&name)?))).collect()
    }

    /// A list of tables, such as `[[limit]]`, each as a section of its own.
    pub fn tables(&self, key: &str) -> Vec<Self> {
        let (layer, _) = self.at(key);
        let table = |(index, item): (usize, &'s Spanned<DeValue<'a>>)| {
            let DeValue::Table(table) = item.get_ref() else {
                self.fault(key, "must hold tables", format!("write [[{key}]] above each"));
                return None;
            };
            let prefix = format!("{}{key}.{}.", self.prefix, index + 1);
            let layer = Layer { source: layer.source, table, start: item.span().start };
            Some(Self { layers: vec![layer], prefix, faults: self.faults })
        };
        self.items(key).iter().enumerate().filter_map(table).collect()
    }
}

fn integer(value: &DeValue) -> Option<i64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

fn date(value: &DeValue) -> Option<Date> {
    match value {
        DeValue::Datetime(date) if date.time.is_none() => Date::parse(&date.to_string()),
        DeValue::String(text) => Date::parse(text),
        _ => None,
    }
}
