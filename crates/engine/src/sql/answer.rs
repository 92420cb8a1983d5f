//! Reads the rows of a rule's answer by the names of their columns.

use super::author;
use crate::Result;
use datafusion::arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch},
    compute::cast,
    datatypes::{DataType, Date32Type, Decimal128Type, Float64Type, TimeUnit, TimestampMicrosecondType},
    error::ArrowError,
};
use mingcha_model::{Date, Fen, Kind, Role, Time, money, table};
use std::collections::{BTreeMap, BTreeSet};

/// One row of an answer, or a group of pairs.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Single values by column, absent where null.
    pub texts: BTreeMap<String, String>,
    /// Distinct values of list columns other than evidence.
    pub lists: BTreeMap<String, BTreeSet<String>>,
    /// Evidence by table and key; offending where it is both.
    pub marks: BTreeMap<(&'static str, Vec<String>), Role>,
    /// Keys of rows of one table that stand together.
    pub pairs: BTreeSet<(&'static str, Vec<String>, Vec<String>)>,
    /// First day, inclusive.
    pub begin: Date,
    /// Last day, inclusive.
    pub end: Date,
    /// A kind that the row claims instead of the rule's.
    pub kind: Option<Kind>,
    /// What about the data weakens it.
    pub notes: BTreeSet<String>,
    /// The amount that the row states.
    pub amount: Option<Fen>,
}

impl Row {
    /// Whether the row is a pair of people, to be merged into a group.
    pub fn is_pair(&self) -> bool {
        self.texts.contains_key("a") && self.texts.contains_key("b") && !self.texts.contains_key("subject_id")
    }

    /// Takes a column's value out of the placeholders.
    pub fn take(&mut self, column: &str) -> Option<String> {
        self.texts.remove(column).filter(|text| !text.is_empty())
    }
}

/// One value of a column.
pub(super) enum Cell {
    Null,
    One(String),
    Many(Vec<String>),
}

/// Reads all rows of an answer.
pub fn read(rule: &str, batches: &[RecordBatch]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for batch in batches {
        let first = rows.len();
        rows.resize_with(first + batch.num_rows(), Row::default);
        for (at, field) in batch.schema().fields().iter().enumerate() {
            let cells = cells(batch.column(at))
                .map_err(|error| author(rule, format!("column `{}`: {error}", field.name())))?;
            for (row, cell) in rows[first..].iter_mut().zip(cells) {
                put(row, field.name(), cell)
                    .map_err(|reason| author(rule, format!("column `{}`: {reason}", field.name())))?;
            }
        }
    }
    for row in &mut rows {
        finish(row).map_err(|reason| author(rule, reason))?;
    }
    Ok(rows)
}

fn put(row: &mut Row, column: &str, cell: Cell) -> std::result::Result<(), String> {
    if let (Some(name), Cell::Many(pairs)) = (column.strip_prefix("pair_"), &cell) {
        let table = table::table(name).ok_or_else(|| format!("there is no table `{name}`"))?;
        let key = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
        for pair in pairs {
            let (one, other) = pair.split_once('~').ok_or("must be a list of two keys joined by `~`")?;
            row.pairs.insert((table.name, key(one), key(other)));
        }
        return Ok(());
    }
    let marked = [("evidence_", Role::Offending), ("related_", Role::Related)]
        .into_iter()
        .find_map(|(prefix, role)| Some((column.strip_prefix(prefix)?, role)));
    match (marked, cell) {
        (Some((name, role)), Cell::Many(keys)) => {
            let table = table::table(name).ok_or_else(|| format!("there is no table `{name}`"))?;
            for key in keys {
                let key: Vec<String> = key.split('|').map(str::to_owned).collect();
                if key.len() != table.key.len() {
                    return Err(format!("a key of `{name}` is {}", table.key.join("|")));
                }
                let mark = row.marks.entry((table.name, key)).or_insert(role);
                *mark = role.min(*mark);
            }
        }
        (Some(_), Cell::One(_)) => return Err("must be a list of keys".to_owned()),
        (None, Cell::One(text)) => drop(row.texts.insert(column.to_owned(), text)),
        (None, Cell::Many(texts)) => row.lists.entry(column.to_owned()).or_default().extend(texts),
        (_, Cell::Null) => {}
    }
    Ok(())
}

/// Takes what every row must have out of its texts.
fn finish(row: &mut Row) -> std::result::Result<(), String> {
    let mut day = |column: &str| {
        let text = row.take(column).ok_or_else(|| format!("`{column}` is missing or null"))?;
        Date::parse(&text).ok_or_else(|| format!("`{column}` is no day"))
    };
    (row.begin, row.end) = (day("begin_date")?, day("end_date")?);
    row.kind = row.take("kind").map(|text| kind(&text)).transpose()?;
    let note = row.take("note");
    row.notes.extend(note);
    row.amount = row
        .take("amount")
        .map(|text| Fen::parse_yuan(&text).ok_or("`amount` must be yuan with at most two places"))
        .transpose()?;
    if !row.is_pair() && row.texts.get("subject_id").is_none_or(String::is_empty) {
        return Err("a row without `subject_id`, and without `a` and `b`".to_owned());
    }
    Ok(())
}

fn kind(text: &str) -> std::result::Result<Kind, String> {
    [
        (Kind::Violation, "violation"),
        (Kind::Suspect, "suspect"),
        (Kind::Monitor, "monitor"),
        (Kind::Inconclusive, "inconclusive"),
    ]
    .into_iter()
    .find_map(|(kind, name)| (name == text).then_some(kind))
    .ok_or_else(|| format!("`kind` cannot be `{text}`"))
}

pub(super) fn cells(column: &ArrayRef) -> std::result::Result<Vec<Cell>, ArrowError> {
    if let Some(lists) = column.as_list_opt::<i32>() {
        let texts = texts(lists.values())?;
        let list = |row: usize| {
            let (from, to) = (lists.value_offsets()[row] as usize, lists.value_offsets()[row + 1] as usize);
            Cell::Many(texts[from..to].iter().flatten().cloned().collect())
        };
        return Ok((0..lists.len())
            .map(|row| if lists.is_null(row) { Cell::Null } else { list(row) })
            .collect());
    }
    Ok(texts(column)?.into_iter().map(|text| text.map_or(Cell::Null, Cell::One)).collect())
}

/// Values as a person reads them.
fn texts(column: &ArrayRef) -> std::result::Result<Vec<Option<String>>, ArrowError> {
    let of = |text: &dyn Fn(usize) -> String| {
        (0..column.len()).map(|row| column.is_valid(row).then(|| text(row))).collect()
    };
    Ok(match column.data_type() {
        DataType::Decimal128(_, scale) => {
            let (values, scale) = (column.as_primitive::<Decimal128Type>(), *scale as u32);
            of(&|row| money::format_fixed(values.value(row) as i64, scale, scale.min(2)))
        }
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            let column = cast(column, &DataType::Float64)?;
            let values = column.as_primitive::<Float64Type>();
            of(&|row| money::format_fixed((values.value(row) * 100.0).round() as i64, 2, 0))
        }
        DataType::Date32 => {
            let values = column.as_primitive::<Date32Type>();
            of(&|row| Date(values.value(row)).to_string())
        }
        DataType::Timestamp(..) => {
            let column = cast(column, &DataType::Timestamp(TimeUnit::Microsecond, None))?;
            let values = column.as_primitive::<TimestampMicrosecondType>();
            of(&|row| Time(values.value(row).div_euclid(1_000_000)).to_string())
        }
        DataType::Boolean => {
            let values = column.as_boolean();
            of(&|row| if values.value(row) { "是" } else { "否" }.to_owned())
        }
        _ => {
            let column = cast(column, &DataType::Utf8)?;
            let values = column.as_string::<i32>();
            of(&|row| values.value(row).to_owned())
        }
    })
}
