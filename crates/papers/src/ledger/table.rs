//! A table with its cells; every figure carries the ids of the records behind it.

use super::{Column, ColumnType, Definition, Kind};
use crate::{
    digest::Digest,
    record::{Record, Value},
};
use mingcha_model::{Date, Fen, money::format_fixed};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A number of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// How many.
    Count(i64),
    /// How much money.
    Money(Fen),
    /// A part of a whole.
    Share {
        /// The part.
        part: i64,
        /// The whole.
        whole: i64,
    },
}

impl Amount {
    /// The number as it is printed: money in yuan, a share in per cent with two places, `—` where the whole is nothing.
    pub fn printed(self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Money(amount) => amount.yuan(),
            Self::Share { whole: 0, .. } => "—".to_owned(),
            Self::Share { .. } => format!("{}%", format_fixed(self.basis_points(), 2, 2)),
        }
    }

    /// A share in hundredths of a per cent; other numbers have none.
    pub fn basis_points(self) -> i64 {
        match self {
            Self::Share { part, whole } => Fen(part).share(10_000, whole).0,
            _ => 0,
        }
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Count(a), Self::Count(b)) => Self::Count(a.checked_add(b)?),
            (Self::Money(a), Self::Money(b)) => Self::Money(Fen(a.0.checked_add(b.0)?)),
            _ => return None,
        })
    }
}

/// A number with the ids of the records that it was counted from, in order, each once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The number.
    pub value: Amount,
    /// Ids of records.
    pub records: Vec<String>,
}

impl Figure {
    /// A figure; ids are sorted and kept once.
    pub fn new(value: Amount, records: impl IntoIterator<Item = String>) -> Self {
        let records: BTreeSet<String> = records.into_iter().collect();
        Self { value, records: records.into_iter().collect() }
    }

    /// How many records there are.
    pub fn count(records: impl IntoIterator<Item = String>) -> Self {
        let mut figure = Self::new(Amount::Count(0), records);
        figure.value = Amount::Count(figure.records.len() as i64);
        figure
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A day.
    Date(Date),
    /// A number.
    Amount(Amount),
}

impl CellValue {
    /// The value as it is printed.
    pub fn printed(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::Amount(amount) => amount.printed(),
        }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What stands in it.
    pub value: CellValue,
    /// Ids of the records behind it.
    pub records: Vec<String>,
}

impl Cell {
    fn plain(value: CellValue) -> Self {
        Self { value, records: Vec::new() }
    }
}

/// A row of cells, one a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What the row is about, to name it in a correction: the record's id, or the region.
    pub id: String,
    /// Cells.
    pub cells: Vec<Cell>,
}

/// A heading, as the table was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Heading.
    pub label: String,
    /// Heading above several columns.
    pub group: String,
    /// Width in characters.
    pub width: u16,
}

/// A table that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Id of its definition.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it is about, such as a quarter or a campaign.
    pub period: String,
    /// Headings.
    pub headings: Vec<Heading>,
    /// Rows.
    pub rows: Vec<Row>,
    /// The sum of the rows.
    pub total: Option<Row>,
}

/// A record of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its values.
    pub record: Record,
}

/// A region's figures by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRegion {
    /// Its name.
    pub name: String,
    /// Figures.
    pub figures: BTreeMap<String, Figure>,
}

/// Why a table cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// The rows are of the other kind.
    #[error("`{0}` is not made from these rows: a ledger takes records, statistics take figures")]
    Kind(String),
    /// A value is missing.
    #[error("row `{row}`, column `{column}`: there is no value; enter it in the record first")]
    Missing {
        /// Row.
        row: String,
        /// Column.
        column: String,
    },
    /// A value is of another type.
    #[error("row `{row}`, column `{column}`: the value has another type than the column")]
    Type {
        /// Row.
        row: String,
        /// Column.
        column: String,
    },
    /// A record or a region stands in the table twice.
    #[error("row `{0}` stands in the table twice; it would be counted twice")]
    Twice(String),
    /// The sum is out of bounds.
    #[error("column `{0}`: the sum is too large")]
    Sum(String),
}

impl Definition {
    /// A ledger of records.
    pub fn ledger(&self, period: &str, entries: &[Entry]) -> Result<Table, RowError> {
        if self.kind != Kind::Ledger {
            return Err(RowError::Kind(self.id.clone()));
        }
        let row = |(serial, entry): (i64, &Entry)| {
            let cell = |column: &Column| entry_cell(column, serial, entry);
            let cells = self.columns.iter().map(cell).collect::<Result<_, _>>()?;
            Ok(Row { id: entry.id.clone(), cells })
        };
        let rows = (1..).zip(entries).map(row).collect::<Result<_, _>>()?;
        self.table(period, rows)
    }

    /// Statistics over regions.
    pub fn statistics(&self, period: &str, regions: &[TableRegion]) -> Result<Table, RowError> {
        if self.kind != Kind::Statistics {
            return Err(RowError::Kind(self.id.clone()));
        }
        let row = |(serial, region): (i64, &TableRegion)| {
            let cell = |column: &Column| region_cell(column, serial, region);
            let cells = self.columns.iter().map(cell).collect::<Result<_, _>>()?;
            Ok(Row { id: region.name.clone(), cells })
        };
        let rows = (1..).zip(regions).map(row).collect::<Result<_, _>>()?;
        self.table(period, rows)
    }

    fn table(&self, period: &str, rows: Vec<Row>) -> Result<Table, RowError> {
        let heading = |column: &Column| Heading {
            label: column.label.clone(),
            group: column.group.clone(),
            width: column.wide(),
        };
        let mut ids = BTreeSet::new();
        if let Some(row) = rows.iter().find(|row| !ids.insert(&row.id)) {
            return Err(RowError::Twice(row.id.clone()));
        }
        let total = if self.total { Some(self.sum(&rows)?) } else { None };
        Ok(Table {
            id: self.id.clone(),
            title: self.title.clone(),
            period: period.to_owned(),
            headings: self.columns.iter().map(heading).collect(),
            rows,
            total,
        })
    }

    fn sum(&self, rows: &[Row]) -> Result<Row, RowError> {
        const NAME: &str = "合计";
        let mut cells: Vec<Cell> = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            cells.push(match column.kind {
                _ if at == 0 => Cell::plain(CellValue::Text(NAME.to_owned())),
                ColumnType::Count => column_sum(column, Amount::Count(0), rows, at)?,
                ColumnType::Money => column_sum(column, Amount::Money(Fen::ZERO), rows, at)?,
                ColumnType::Share => share_sum(rows, at),
                _ => Cell::plain(CellValue::Empty),
            });
        }
        Ok(Row { id: NAME.to_owned(), cells })
    }
}

fn column_sum(column: &Column, zero: Amount, rows: &[Row], at: usize) -> Result<Cell, RowError> {
    let mut sum = Figure::new(zero, []);
    let mut records = BTreeSet::new();
    for cell in rows.iter().filter_map(|row| row.cells.get(at)) {
        if let CellValue::Amount(amount) = cell.value {
            sum.value = sum.value.plus(amount).ok_or_else(|| RowError::Sum(column.label.clone()))?;
        }
        records.extend(cell.records.iter().cloned());
    }
    Ok(Cell { value: CellValue::Amount(sum.value), records: records.into_iter().collect() })
}

/// The share of the sums, not the sum of the shares.
fn share_sum(rows: &[Row], at: usize) -> Cell {
    let (mut part, mut whole) = (0_i64, 0_i64);
    let mut records = BTreeSet::new();
    for cell in rows.iter().filter_map(|row| row.cells.get(at)) {
        if let CellValue::Amount(Amount::Share { part: a, whole: b }) = cell.value {
            part = part.saturating_add(a);
            whole = whole.saturating_add(b);
        }
        records.extend(cell.records.iter().cloned());
    }
    Cell { value: CellValue::Amount(Amount::Share { part, whole }), records: records.into_iter().collect() }
}

fn entry_cell(column: &Column, serial: i64, entry: &Entry) -> Result<Cell, RowError> {
    let place = || (entry.id.clone(), column.label.clone());
    let value = match (column.kind, entry.record.get(&column.from)) {
        (ColumnType::Serial, _) => return Ok(Cell::plain(CellValue::Amount(Amount::Count(serial)))),
        (_, None) if column.optional => return Ok(Cell::plain(CellValue::Empty)),
        (_, None) => {
            let (row, column) = place();
            return Err(RowError::Missing { row, column });
        }
        (ColumnType::Text, Some(Value::Text(text))) => CellValue::Text(text.clone()),
        (ColumnType::Date, Some(Value::Date(date))) => CellValue::Date(*date),
        (ColumnType::Date, Some(Value::Time(time))) => CellValue::Date(time.date()),
        (ColumnType::Count, Some(Value::Count(count))) => CellValue::Amount(Amount::Count(*count)),
        (ColumnType::Money, Some(Value::Money(amount))) => CellValue::Amount(Amount::Money(*amount)),
        _ => {
            let (row, column) = place();
            return Err(RowError::Type { row, column });
        }
    };
    Ok(Cell { value, records: vec![entry.id.clone()] })
}

fn region_cell(column: &Column, serial: i64, region: &TableRegion) -> Result<Cell, RowError> {
    let place = || (region.name.clone(), column.label.clone());
    let figure = |id: &str| {
        region.figures.get(id).ok_or_else(|| {
            let (row, column) = place();
            RowError::Missing { row, column }
        })
    };
    let wrong = || {
        let (row, column) = place();
        Err(RowError::Type { row, column })
    };
    match column.kind {
        ColumnType::Serial => Ok(Cell::plain(CellValue::Amount(Amount::Count(serial)))),
        ColumnType::Region => Ok(Cell::plain(CellValue::Text(region.name.clone()))),
        ColumnType::Share => {
            let (part, whole) = (figure(&column.from)?, figure(&column.of)?);
            let (Amount::Count(a) | Amount::Money(Fen(a)), Amount::Count(b) | Amount::Money(Fen(b))) =
                (part.value, whole.value)
            else {
                return wrong();
            };
            let records: BTreeSet<String> = part.records.iter().chain(&whole.records).cloned().collect();
            let value = CellValue::Amount(Amount::Share { part: a, whole: b });
            Ok(Cell { value, records: records.into_iter().collect() })
        }
        kind => {
            let found = figure(&column.from)?;
            match (kind, found.value) {
                (ColumnType::Count, Amount::Count(_)) | (ColumnType::Money, Amount::Money(_)) => {
                    Ok(Cell { value: CellValue::Amount(found.value), records: found.records.clone() })
                }
                _ => wrong(),
            }
        }
    }
}

impl Table {
    /// The digest of everything in it.
    pub fn digest(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// The rows with the sum behind them.
    pub fn all_rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().chain(&self.total)
    }

    /// Neighbouring columns under one heading: its words, the first column, how many.
    pub fn groups(&self) -> Vec<(&str, usize, usize)> {
        let mut groups: Vec<(&str, usize, usize)> = Vec::new();
        for (at, heading) in self.headings.iter().enumerate() {
            match groups.last_mut() {
                Some((group, _, count)) if !group.is_empty() && *group == heading.group => *count += 1,
                _ => groups.push((&heading.group, at, 1)),
            }
        }
        groups
    }
}
