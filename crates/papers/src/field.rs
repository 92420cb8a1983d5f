//! Fields: what can stand in a paper, with a Chinese label, a type and the place in the record it is taken from.

use crate::record::{Record, Value};
use crate::template::{Filled, Values};
use mingcha_model::{Date, Fen, Time};
use serde::Deserialize;

/// Type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Words.
    Text,
    /// A day.
    Date,
    /// A time.
    Time,
    /// An amount.
    Money,
    /// A whole number.
    Count,
    /// A list of things with columns.
    List,
}

impl FieldType {
    /// The Chinese word.
    pub fn title(self) -> &'static str {
        match self {
            Self::Text => "文字",
            Self::Date => "日期",
            Self::Time => "时间",
            Self::Money => "金额",
            Self::Count => "数量",
            Self::List => "列表",
        }
    }
}

/// A field of papers, or a column of a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What stands between the braces.
    pub label: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Path in the record; in a column, in the item.
    pub from: String,
    /// An example, as a file or a page shows it; the items of a column's list are parted by `／`.
    #[serde(default)]
    pub example: String,
    /// Whether a column may be empty; whether a field may be, says each paper.
    #[serde(default)]
    pub optional: bool,
    /// Whether it says something of a natural person: such a value is entered for one paper and kept nowhere else.
    #[serde(default)]
    pub personal: bool,
    /// Whether the record alone may give it, and nobody by hand.
    #[serde(default)]
    pub recorded: bool,
    /// What to mind.
    #[serde(default)]
    pub note: String,
    /// Columns of a list.
    #[serde(default)]
    pub columns: Vec<Field>,
}

impl Field {
    /// What the record has for it.
    pub fn filled(&self, record: &Record, required: bool) -> Filled {
        let absent = if required { Filled::Missing } else { Filled::Blank };
        match (self.kind, record.get(&self.from)) {
            (_, None) => absent,
            (FieldType::Text, Some(Value::Text(text))) if text.trim().is_empty() => absent,
            (FieldType::Text, Some(Value::Text(text))) => Filled::Text(text.clone()),
            (FieldType::Date, Some(Value::Date(date))) => Filled::Date(*date),
            (FieldType::Date, Some(Value::Time(time))) => Filled::Date(time.date()),
            (FieldType::Time, Some(Value::Time(time))) => Filled::Time(*time),
            (FieldType::Money, Some(Value::Money(amount))) => Filled::Money(*amount),
            (FieldType::Count, Some(Value::Count(count))) => Filled::Count(*count),
            (FieldType::List, Some(Value::List(items))) if items.is_empty() => absent,
            (FieldType::List, Some(Value::List(items))) => {
                Filled::List(items.iter().zip(1..).map(|(item, at)| self.item(item, at)).collect())
            }
            _ => Filled::Wrong,
        }
    }

    fn item(&self, item: &Record, at: i64) -> Values {
        let mut values: Values = self
            .columns
            .iter()
            .map(|column| (column.label.clone(), column.filled(item, !column.optional)))
            .collect();
        values.insert(SERIAL.to_owned(), Filled::Count(at));
        values
    }

    /// Something of the right type, to try a template with.
    pub fn probe(&self) -> Filled {
        match self.kind {
            FieldType::Text => Filled::Text("例".to_owned()),
            FieldType::Date => Filled::Date(Date(0)),
            FieldType::Time => Filled::Time(Time(0)),
            FieldType::Money => Filled::Money(Fen(100)),
            FieldType::Count => Filled::Count(1),
            FieldType::List => {
                let mut values: Values =
                    self.columns.iter().map(|column| (column.label.clone(), column.probe())).collect();
                values.insert(SERIAL.to_owned(), Filled::Count(1));
                Filled::List(vec![values])
            }
        }
    }

    /// The example as a value; `None` where it does not read as the type.
    pub fn example_value(&self) -> Option<Value> {
        if self.kind == FieldType::List {
            let rows = self.columns.iter().map(|column| column.example.split('／').count()).max()?;
            let item = |row| {
                let mut item = Record::default();
                for column in &self.columns {
                    let example = column.example.split('／').nth(row).unwrap_or_default().trim();
                    if !example.is_empty() {
                        item.set(&column.from, column.read(example)?);
                    }
                }
                Some(item)
            };
            return (0..rows).map(item).collect::<Option<_>>().map(Value::List);
        }
        self.read(self.example.trim())
    }

    fn read(&self, text: &str) -> Option<Value> {
        if text.is_empty() {
            return None;
        }
        Some(match self.kind {
            FieldType::Text => Value::Text(text.to_owned()),
            FieldType::Date => Value::Date(Date::parse(text)?),
            FieldType::Time => Value::Time(Time::parse(text)?),
            FieldType::Money => Value::Money(Fen::parse_yuan(text)?),
            FieldType::Count => Value::Count(text.parse().ok()?),
            FieldType::List => return None,
        })
    }
}

/// The name of an item's place in its list, which every list has.
pub const SERIAL: &str = "序号";
/// The name of the paper's own number.
pub const NUMBER: &str = "文号";
