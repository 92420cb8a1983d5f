//! Which matters a list, count, search, graph or export may cover: a small formula over their columns, which a store turns into SQL.

use super::{
    attribute::{Column, Known},
    subject::Matter,
};
use crate::ask::region_covers;
use std::collections::BTreeSet;

/// A formula over the columns of matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All of them hold; all matters where there is none.
    All(Vec<Filter>),
    /// One of them holds; no matter where there is none.
    Any(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// The column's value is one of these.
    Is(Column, BTreeSet<String>),
    /// The column is a region that lies in this one.
    Under(Column, String),
    /// The column is a number, this or less.
    AtMost(Column, i64),
    /// The column is a set that holds this.
    Holds(Column, String),
}

/// A piece of an SQL condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text of the statement.
    Sql(String),
    /// A text to bind.
    Text(String),
    /// A number to bind.
    Long(i64),
}

/// Where a store keeps the columns.
pub trait Columns {
    /// The SQL of a column that holds one value, such as `m.region`.
    fn value(&self, column: Column) -> String;

    /// The same where a range of values is asked for.
    fn range(&self, column: Column) -> String {
        self.value(column)
    }

    /// The SQL around the value that is looked for in a column that holds a set, such as
    /// `("EXISTS (SELECT 1 FROM team t WHERE t.matter = m.id AND t.account = ", ")")`.
    fn member(&self, column: Column) -> (String, String);
}

impl Filter {
    /// All matters.
    pub fn everything() -> Self {
        Self::All(Vec::new())
    }

    /// No matter.
    pub fn nothing() -> Self {
        Self::Any(Vec::new())
    }

    /// Whether it covers nothing whatever the matters are.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Any(parts) if parts.is_empty())
    }

    /// Whether it covers all matters.
    pub fn is_everything(&self) -> bool {
        matches!(self, Self::All(parts) if parts.is_empty())
    }

    pub(super) fn flag(flag: bool) -> Self {
        if flag { Self::everything() } else { Self::nothing() }
    }

    /// Both hold.
    pub(super) fn and(self, other: Self) -> Self {
        if self.is_nothing() || other.is_everything() {
            return self;
        }
        match (self, other) {
            (all, other) if all.is_everything() || other.is_nothing() => other,
            (one, other) => {
                let [one, other] = [one, other].map(|filter| match filter {
                    Self::All(parts) => parts,
                    other => vec![other],
                });
                Self::alone(one, other).unwrap_or_else(Self::All)
            }
        }
    }

    /// The parts of two lists, each once: what policies say twice is asked once. The part itself where there is only one.
    fn alone(mut parts: Vec<Self>, more: Vec<Self>) -> Result<Self, Vec<Self>> {
        for part in more {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        match parts.len() {
            1 => Ok(parts.remove(0)),
            _ => Err(parts),
        }
    }

    /// One of them holds.
    pub(super) fn or(self, other: Self) -> Self {
        if self.is_everything() || other.is_nothing() {
            return self;
        }
        match (self, other) {
            (none, other) if none.is_nothing() || other.is_everything() => other,
            (one, other) => {
                let [one, other] = [one, other].map(|filter| match filter {
                    Self::Any(parts) => parts,
                    other => vec![other],
                });
                Self::alone(one, other).unwrap_or_else(Self::Any)
            }
        }
    }

    /// It does not hold.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            Self::All(parts) if parts.is_empty() => Self::nothing(),
            Self::Any(parts) if parts.is_empty() => Self::everything(),
            other => Self::Not(Box::new(other)),
        }
    }

    /// Whether a matter is covered.
    pub fn covers(&self, matter: &Matter) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.covers(matter)),
            Self::Any(parts) => parts.iter().any(|part| part.covers(matter)),
            Self::Not(part) => !part.covers(matter),
            Self::Is(column, values) => match column.of(matter) {
                Known::Text(text) | Known::Word(_, text) => values.contains(&text),
                _ => false,
            },
            Self::Under(column, region) => match column.of(matter) {
                Known::Word(_, code) => region_covers(region, &code),
                _ => false,
            },
            Self::AtMost(column, most) => matches!(column.of(matter), Known::Long(number) if number <= *most),
            Self::Holds(column, value) => {
                matches!(column.of(matter), Known::Texts(texts) if texts.contains(value))
            }
        }
    }

    /// The names by which it knows single matters: of those in sets beside them, and their own ids. All else it asks of columns that many
    /// matters share.
    pub(crate) fn names(&self) -> (BTreeSet<(Column, &str)>, BTreeSet<&str>) {
        let mut names = Default::default();
        self.gather(&mut names);
        names
    }

    fn gather<'f>(&'f self, names: &mut (BTreeSet<(Column, &'f str)>, BTreeSet<&'f str>)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.gather(names)),
            Self::Not(part) => part.gather(names),
            Self::Is(Column::Id, ids) => names.1.extend(ids.iter().map(String::as_str)),
            Self::Holds(column, name) => drop(names.0.insert((*column, name))),
            Self::Is(..) | Self::Under(..) | Self::AtMost(..) => {}
        }
    }

    /// The condition as pieces of SQL, for both databases: texts to write and values to bind.
    ///
    /// Columns must not be null. A region is a range, so that an index on the column serves it.
    pub fn sql(&self, columns: &impl Columns) -> Vec<Part> {
        let mut out = Writer(Vec::new());
        out.write(self, columns);
        out.0
    }
}

struct Writer(Vec<Part>);

impl Writer {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Sql(last)) => last.push_str(text),
            _ => self.0.push(Part::Sql(text.to_owned())),
        }
    }

    fn write(&mut self, filter: &Filter, columns: &impl Columns) {
        match filter {
            Filter::All(parts) => self.list(parts, " AND ", "1 = 1", columns),
            // Columns first: what is looked up in another table is asked only where they do not say yes.
            Filter::Any(parts) => {
                let (sets, plain): (Vec<_>, Vec<_>) =
                    parts.iter().partition(|part| matches!(part, Filter::Holds(..)));
                self.list(plain.into_iter().chain(sets), " OR ", "1 = 0", columns);
            }
            Filter::Not(part) => {
                self.text("NOT ");
                self.write(part, columns);
            }
            Filter::Is(column, values) => self.is(*column, values, columns),
            Filter::Under(column, region) => self.under(*column, region, columns),
            Filter::AtMost(column, most) => {
                self.text(&format!("({} <= ", columns.value(*column)));
                self.0.push(Part::Long(*most));
                self.text(")");
            }
            Filter::Holds(column, value) => {
                let (before, after) = columns.member(*column);
                self.text(&format!("({before}"));
                self.0.push(Part::Text(value.clone()));
                self.text(&format!("{after})"));
            }
        }
    }

    fn list<'a>(
        &mut self,
        parts: impl IntoIterator<Item = &'a Filter>,
        between: &str,
        none: &str,
        columns: &impl Columns,
    ) {
        self.text("(");
        let mut any = false;
        for part in parts {
            if any {
                self.text(between);
            }
            any = true;
            self.write(part, columns);
        }
        if !any {
            self.text(none);
        }
        self.text(")");
    }

    fn is(&mut self, column: Column, values: &BTreeSet<String>, columns: &impl Columns) {
        if values.is_empty() {
            return self.text("(1 = 0)");
        }
        self.text(&format!("({} IN (", columns.value(column)));
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.text(", ");
            }
            self.0.push(Part::Text(value.clone()));
        }
        self.text("))");
    }

    fn under(&mut self, column: Column, region: &str, columns: &impl Columns) {
        if !region_covers(region, region) {
            return self.text("(1 = 0)");
        }
        let last = match region {
            "000000" => "999999".to_owned(),
            _ if region.ends_with("0000") => format!("{}9999", &region[..2]),
            _ if region.ends_with("00") => format!("{}99", &region[..4]),
            _ => region.to_owned(),
        };
        if last == region {
            self.text(&format!("({} = ", columns.value(column)));
            self.0.push(Part::Text(last));
            return self.text(")");
        }
        self.text(&format!("({} BETWEEN ", columns.range(column)));
        self.0.push(Part::Text(region.to_owned()));
        self.text(" AND ");
        self.0.push(Part::Text(last));
        self.text(")");
    }
}
