//! Goods that a knowledge table lists: what its rows say of a code, and how sure a match by prefix is.

use crate::{detector::Hit, prefix::Prefixes};
use mingcha_library::{Knowledge, Library};
use mingcha_model::{Date, money};

/// Which rows of which knowledge table a detector asks for.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// The knowledge table.
    pub knowledge: &'a str,
    /// Only rows whose column `kind` is this; all rows where absent.
    pub kind: Option<&'a str>,
    /// The column with the code or code prefix.
    pub code: &'a str,
    /// The column with what the row says of the code.
    pub value: &'a str,
}

/// One row of a knowledge table.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it says of the code, such as 男 or 14.
    pub value: String,
    /// The value's words, where blanks separate several.
    pub words: Vec<Box<str>>,
    /// Name of the good.
    pub name: String,
    /// Column `unit`, where the table has one.
    pub unit: String,
    /// Column `window_days`, where the table has one and the row fills it.
    pub window_days: Option<i64>,
    begin: Option<Date>,
    end: Option<Date>,
}

impl Fact {
    /// The value as a number with so many decimal places.
    pub fn number(&self, scale: u32) -> Option<i64> {
        money::parse_fixed(&self.value, scale)
    }

    /// Whether the row holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.begin.is_none_or(|begin| begin <= day) && self.end.is_none_or(|end| day <= end)
    }
}

/// All rows of one code or code prefix.
#[derive(Clone, Debug, Default)]
pub struct Good {
    length: usize,
    facts: Vec<Fact>,
    least: Option<i64>,
}

impl Good {
    /// The first row that holds on a day.
    pub fn on(&self, day: Date) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.holds_on(day))
    }

    /// The least value of all rows as a quantity in 1/10000; `None` where one is no number.
    pub fn least(&self) -> Option<i64> {
        self.least
    }

    /// The row to name the good by, whatever the day.
    pub fn first(&self) -> &Fact {
        &self.facts[0]
    }

    /// Whether a code is the listed one itself and not a longer one.
    pub fn is_exact(&self, code: &str) -> bool {
        code.len() == self.length
    }

    /// Makes a hit on a longer code wait for the line's name to agree: a prefix reaches further than the published code.
    pub fn weigh(&self, code: &str, hit: Hit) -> Hit {
        if self.is_exact(code) {
            return hit;
        }
        hit.named(self.facts.iter().map(|fact| fact.name.clone()).collect())
    }
}

/// The goods of a selection, by code or prefix; their index is the class that detectors work with.
pub type Goods = Prefixes<Good>;

/// The knowledge table of that name.
pub fn table<'a>(library: &'a Library, name: &str) -> Result<&'a Knowledge, String> {
    library.knowledge(name).ok_or_else(|| format!("there is no knowledge table `{name}`"))
}

/// The index of a column of a knowledge table.
pub fn column(table: &Knowledge, name: &str) -> Result<usize, String> {
    table.column(name).ok_or_else(|| format!("knowledge table `{}` has no column `{name}`", table.name))
}

/// Reads the rows of a selection, by code or prefix. Each needs a name.
pub fn read(library: &Library, selection: &Selection<'_>) -> Result<Goods, String> {
    let table = table(library, selection.knowledge)?;
    let (code, value, name) =
        (column(table, selection.code)?, column(table, selection.value)?, column(table, "name")?);
    let kind = selection.kind.map(|kind| column(table, "kind").map(|at| (at, kind))).transpose()?;
    let (unit, window) = (table.column("unit"), table.column("window_days"));
    let mut goods = Goods::default();
    for row in &table.rows {
        if kind.is_some_and(|(at, kind)| row.values[at] != kind) {
            continue;
        }
        let prefix = row.values[code].as_str();
        let good =
            goods.entry(prefix, || Good { length: prefix.len(), facts: Vec::new(), least: Some(i64::MAX) });
        let fact = Fact {
            words: row.values[value].split_whitespace().map(Into::into).collect(),
            value: row.values[value].clone(),
            name: row.values[name].clone(),
            unit: unit.map(|at| row.values[at].clone()).unwrap_or_default(),
            window_days: window.and_then(|at| row.values[at].parse().ok()),
            begin: row.begin,
            end: row.end,
        };
        good.least = good.least.and_then(|least| Some(fact.number(money::QTY_SCALE)?.min(least)));
        good.facts.push(fact);
    }
    if goods.is_empty() {
        return Err(format!("knowledge table `{}` has no row of that kind", selection.knowledge));
    }
    Ok(goods)
}

/// Refuses goods of which a row's value is no number.
pub fn check_numbers(goods: &Goods, knowledge: &str) -> Result<(), String> {
    match goods.iter().find(|good| good.least.is_none()) {
        Some(good) => Err(format!(
            "knowledge table `{knowledge}` says `{}` of {}, which is no number",
            good.first().value,
            good.first().name
        )),
        None => Ok(()),
    }
}
