//! Plans: a header and a mapping made into "this column comes from that field", once for each file.

use crate::{
    AbsentHeader, IngestError,
    profile::{Derived, Form, Mapping, Profile, normal},
};
use mingcha_model::table::{Column, Table};
use std::{collections::BTreeMap, sync::Arc};

/// Where the values of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Feed {
    /// Nowhere.
    Missing,
    /// One field.
    Field(u16),
    /// The first of these that is not empty.
    First(Vec<u16>),
    /// The same for all rows.
    Constant(String),
    /// How often the field had the same value so far.
    Ordinal(u16),
    /// The kind of goods that the first field that is not empty holds.
    Goods(Vec<u16>),
}

impl Feed {
    /// The fields that are read.
    pub(crate) fn fields(&self) -> &[u16] {
        match self {
            Self::Field(one) | Self::Ordinal(one) => std::slice::from_ref(one),
            Self::First(many) | Self::Goods(many) => many,
            Self::Missing | Self::Constant(_) => &[],
        }
    }
}

/// How the records of one file become rows of one table.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub table: &'static Table,
    /// One for each column of the table.
    pub feeds: Vec<Feed>,
    /// Foreign codes to ours, one for each column.
    pub codes: Vec<Option<Arc<BTreeMap<String, String>>>>,
    /// Fields and the values that leave a row out.
    pub skip: Vec<(u16, Vec<String>)>,
    pub distinct: bool,
    pub form: Form,
    /// Fields that have a header and that nothing uses.
    pub unused: Vec<u16>,
    /// Columns whose header stands twice, with the two fields.
    pub doubled: Vec<(&'static str, u16, u16)>,
    /// Columns and rules for leaving rows out whose headers the file does not have.
    pub absent: Vec<AbsentHeader>,
}

/// Columns that exported quarantine files carry and that are not data.
pub(crate) const QUARANTINE_COLUMNS: [&str; 6] =
    ["_file", "_line", "_column", "_value", "_reason", "_message"];

struct Header<'a> {
    names: Vec<String>,
    mapping: &'a Mapping,
}

impl Header<'_> {
    fn place(&self, name: &str) -> Option<u16> {
        let name = normal(name);
        self.names.iter().position(|header| *header == name).map(|at| at as u16)
    }

    fn places(&self, names: &[String]) -> Vec<u16> {
        names.iter().filter_map(|name| self.place(name)).collect()
    }

    /// The fields that a column may come from.
    fn fields(&self, column: &Column) -> Vec<u16> {
        let mut fields =
            self.mapping.columns.get(column.name).map_or_else(Vec::new, |names| self.places(names));
        if fields.is_empty() && self.mapping.own_names {
            fields.extend(self.place(column.name).or_else(|| self.place(column.label)));
        }
        fields
    }

    fn feed(&self, column: &Column) -> Feed {
        let mut fields = self.fields(column);
        if fields.len() > 1 {
            return Feed::First(fields);
        }
        if let Some(field) = fields.pop() {
            return Feed::Field(field);
        }
        match self.mapping.derive.get(column.name) {
            Some(Derived::Ordinal(header)) => return self.place(header).map_or(Feed::Missing, Feed::Ordinal),
            Some(Derived::Goods(header)) => {
                let source = self.mapping.table.column(&normal(header));
                let fields = source
                    .map_or_else(|| self.places(std::slice::from_ref(header)), |column| self.fields(column));
                return if fields.is_empty() { Feed::Missing } else { Feed::Goods(fields) };
            }
            None => {}
        }
        self.mapping.constants.get(column.name).map_or(Feed::Missing, |value| Feed::Constant(value.clone()))
    }
}

impl Header<'_> {
    /// What the profile names and the header does not have.
    fn absent(&self, profile: &Profile, feeds: &[Feed]) -> Vec<AbsentHeader> {
        let absent = |column, headers: &[String]| AbsentHeader {
            profile: profile.origin.clone(),
            column,
            headers: headers.to_vec(),
        };
        let columns = self.mapping.table.columns.iter().zip(feeds);
        let unfed = columns.filter(|(_, feed)| **feed == Feed::Missing);
        let mut all: Vec<AbsentHeader> = unfed
            .filter_map(|(column, _)| {
                Some(absent(column.name, self.mapping.columns.get(column.name)?.as_slice()))
            })
            .collect();
        let skips = self.mapping.skip.keys().filter(|header| self.place(header).is_none());
        all.extend(skips.map(|header| absent("skip", std::slice::from_ref(header))));
        all
    }
}

impl Header<'_> {
    /// Fields and the values that leave a row out.
    fn skip(&self) -> Vec<(u16, Vec<String>)> {
        let place = |(name, values): (&String, &Vec<String>)| Some((self.place(name)?, values.clone()));
        self.mapping.skip.iter().filter_map(place).collect()
    }

    /// Fields that have a name and that nothing uses.
    fn unused(&self, feeds: &[Feed]) -> Vec<u16> {
        let skips: Vec<u16> = self.skip().into_iter().map(|(field, _)| field).collect();
        let used =
            |field: u16| skips.contains(&field) || feeds.iter().any(|feed| feed.fields().contains(&field));
        let data = |name: &str| !name.is_empty() && !QUARANTINE_COLUMNS.contains(&name);
        let names = (0..).zip(&self.names);
        names.filter(|(at, name)| data(name) && !used(*at)).map(|(at, _)| at).collect()
    }

    /// Columns that are fed from a field whose name another field has too.
    fn doubled(&self, feeds: &[Feed]) -> Vec<(&'static str, u16, u16)> {
        let other = |field: u16| {
            let name = &self.names[usize::from(field)];
            let mut others = (0..).zip(&self.names).filter(|(at, other)| *at != field && *other == name);
            others.next().map(|(at, _)| (field.min(at), field.max(at)))
        };
        let columns = self.mapping.table.columns.iter().zip(feeds);
        let fed =
            columns.flat_map(|(column, feed)| feed.fields().iter().map(move |field| (column.name, *field)));
        fed.filter_map(|(column, field)| other(field).map(|(one, two)| (column, one, two))).collect()
    }
}

impl Plan {
    /// The plan of a file with that header.
    pub(crate) fn new(profile: &Profile, mapping: &Mapping, header: &[String]) -> Self {
        let header = Header { names: header.iter().map(|name| normal(name)).collect(), mapping };
        let columns = &mapping.table.columns;
        let feeds: Vec<Feed> = columns.iter().map(|column| header.feed(column)).collect();
        let skip = header.skip();
        let absent = header.absent(profile, &feeds);
        let unused = header.unused(&feeds);
        let doubled = header.doubled(&feeds);
        Self {
            table: mapping.table,
            codes: columns.iter().map(|column| mapping.codes.get(column.name).cloned()).collect(),
            skip,
            distinct: mapping.distinct,
            form: profile.form,
            unused,
            doubled,
            absent,
            feeds,
        }
    }

    /// Required columns that nothing feeds.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let columns = self.table.columns.iter().zip(&self.feeds);
        columns
            .filter(|(column, feed)| column.required && **feed == Feed::Missing)
            .map(|(column, _)| column.name)
            .collect()
    }

    /// Refuses a file that lacks required columns.
    pub(crate) fn require(&self, file: &str) -> Result<(), IngestError> {
        let columns = self.missing();
        if columns.is_empty() {
            return Ok(());
        }
        let mapped = self.absent.iter().filter(|absent| columns.contains(&absent.column)).cloned().collect();
        Err(IngestError::MissingColumns { file: file.to_owned(), table: self.table.name, columns, mapped })
    }

    /// How many columns a field of the file feeds.
    pub(crate) fn fed(&self) -> usize {
        self.feeds.iter().filter(|feed| !matches!(feed, Feed::Missing | Feed::Constant(_))).count()
    }

    /// Whether rows depend on rows before them, so that the file cannot be read in parts.
    pub(crate) fn is_sequential(&self) -> bool {
        self.distinct || self.feeds.iter().any(|feed| matches!(feed, Feed::Ordinal(_)))
    }

    /// The column that a field feeds directly.
    pub(crate) fn column_of(&self, field: u16) -> Option<u16> {
        let at = self.feeds.iter().position(|feed| match feed {
            Feed::Field(one) => *one == field,
            Feed::First(many) => many.contains(&field),
            _ => false,
        })?;
        Some(at as u16)
    }
}
