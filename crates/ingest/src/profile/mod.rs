//! Profiles: which foreign table, header, code and form of date or number is which of ours. A profile maps, it never guesses.

mod draft;
mod load;
mod near;

pub use draft::draft_profile;
pub(crate) use load::{line_of, toml_fault};

use crate::text::Charset;
use mingcha_model::{Diagnostic, table::Table};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, LazyLock},
};

/// A mapping of foreign files to the canonical tables.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Name, as `--profile` takes it.
    pub name: String,
    /// What messages call it: its file, or its name where it is embedded.
    pub origin: String,
    /// Chinese title.
    pub title: String,
    /// Character set of text files.
    pub charset: Charset,
    /// Delimiter of text files; found out from the header where there is none.
    pub delimiter: Option<u8>,
    /// Forms of dates and numbers.
    pub form: Form,
    /// What each kind of file becomes.
    pub tables: Vec<Mapping>,
}

/// Forms of dates and numbers in a site's files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form {
    /// How times are written.
    pub time: TimeForm,
    /// Money is whole fen and not yuan.
    pub money_in_fen: bool,
    /// Numbers may have a comma between thousands.
    pub thousands: bool,
}

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeForm {
    /// As civil time in any of the forms that [`mingcha_model::Time::parse`] reads.
    #[default]
    Auto,
    /// Milliseconds since 1970-01-01 UTC.
    EpochMs,
    /// Seconds since 1970-01-01 UTC.
    EpochS,
}

/// What one kind of file becomes. One file may feed several tables; then several mappings match it.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The canonical table.
    pub table: &'static Table,
    /// File names (or sheet names) without ending: `fee_list_d` also matches `fee_list_d_202501`, `*` stands for anything.
    pub files: Vec<String>,
    /// Whether columns that are not mapped take the header that has their own name or Chinese label.
    pub own_names: bool,
    /// Canonical column to the headers it may stand under; of several, the first that is not empty counts, row by row.
    pub columns: BTreeMap<&'static str, Vec<String>>,
    /// Values for columns that no file has.
    pub constants: BTreeMap<&'static str, String>,
    /// Columns whose value follows from others.
    pub derive: BTreeMap<&'static str, Derived>,
    /// Foreign codes to ours, by column.
    pub codes: BTreeMap<&'static str, Arc<BTreeMap<String, String>>>,
    /// Rows to leave out: header to the values that say so, such as `vali_flag = ["0"]`.
    pub skip: BTreeMap<String, Vec<String>>,
    /// Leave out rows that repeat an earlier row of the file in all mapped columns (people on every visit).
    pub distinct: bool,
}

/// A value that follows from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Derived {
    /// How many rows of the file had the same value under this header so far, from 1.
    Ordinal(String),
    /// The `list_type` of the goods code under this header, by its form: 101 drug, 102 slice, 201 item, 301 consumable.
    Goods(String),
}

/// The embedded profiles as they were written, by name.
const TEXTS: [(&str, &str); 3] = [
    ("mingcha", include_str!("../../profiles/mingcha.toml")),
    ("interface", include_str!("../../profiles/interface.toml")),
    ("centre", include_str!("../../profiles/centre.toml")),
];

static EMBEDDED: LazyLock<Vec<Profile>> =
    LazyLock::new(|| TEXTS.iter().filter_map(|(name, text)| Profile::parse(name, text).0).collect());

impl Profile {
    /// The profiles that come with Mingcha: `mingcha` (own names), `interface` (national interface), `centre` (national centre's extracts).
    pub fn embedded() -> &'static [Self] {
        &EMBEDDED
    }

    /// The embedded profile of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        EMBEDDED.iter().find(|profile| profile.name == name)
    }

    /// The embedded profile of that name as it was written.
    pub fn text_of(name: &str) -> Option<&'static str> {
        TEXTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// Whether it is one of those that come with Mingcha.
    pub fn is_embedded(&self) -> bool {
        Self::named(&self.name).is_some_and(|known| known.origin == self.origin)
    }

    /// Reads a profile file. All faults are told at once; the profile is `None` where one of them is an error.
    pub fn load(path: &Path) -> (Option<Self>, Vec<Diagnostic>) {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&file, &text),
            Err(error) => {
                let mut fault = Diagnostic::author(file, 0, format!("cannot be read: {error}"));
                fault.fault = mingcha_model::Fault::Operator;
                (
                    None,
                    vec![
                        fault.hint("give the path of a profile, or one of `mingcha`, `interface`, `centre`"),
                    ],
                )
            }
        }
    }

    /// Reads the text of a profile; `file` is what faults are told under.
    pub fn parse(file: &str, text: &str) -> (Option<Self>, Vec<Diagnostic>) {
        load::parse(file, text)
    }
}

/// A header as it is compared: without blanks around it or a byte order mark, ASCII letters small.
pub(crate) fn normal(header: &str) -> String {
    header.trim_start_matches('\u{feff}').trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
