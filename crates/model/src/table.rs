//! The canonical tables: what a row is, its key, its columns with label, type and unit. Source: `tables.csv` beside this crate.

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use std::{collections::HashMap, sync::Arc, sync::LazyLock};

/// The type of a column, as the national dictionaries name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Text of at most so many characters.
    Str(u16),
    /// A code of at most 20 characters, see [`crate::code`].
    Code,
    /// A calendar day.
    Date,
    /// A civil time to the second.
    DateTime,
    /// A whole number.
    Int,
    /// A measured number, such as a longitude; never money.
    Num,
    /// Yuan with two decimals in files, fen inside.
    Money,
    /// Yuan with six decimals.
    Price,
    /// A quantity with four decimals.
    Qty,
}

impl ColumnType {
    fn parse(text: &str) -> Self {
        match text {
            "code" => Self::Code,
            "date" => Self::Date,
            "datetime" => Self::DateTime,
            "int" => Self::Int,
            "num" => Self::Num,
            "money" => Self::Money,
            "price" => Self::Price,
            "qty" => Self::Qty,
            other => Self::Str(
                other.strip_prefix("str").and_then(|n| n.parse().ok()).expect("tables.csv names a type"),
            ),
        }
    }

    /// The Arrow type of the column in the lake.
    pub fn arrow(self) -> DataType {
        match self {
            Self::Str(_) | Self::Code => DataType::Utf8,
            Self::Date => DataType::Date32,
            Self::DateTime => DataType::Timestamp(TimeUnit::Microsecond, None),
            Self::Int => DataType::Int32,
            Self::Num => DataType::Float64,
            Self::Money => DataType::Decimal128(16, 2),
            Self::Price => DataType::Decimal128(16, 6),
            Self::Qty => DataType::Decimal128(16, 4),
        }
    }

    /// Greatest length of a text in characters, where it is one.
    pub fn max_chars(self) -> Option<usize> {
        match self {
            Self::Str(n) => Some(usize::from(n)),
            Self::Code => Some(20),
            _ => None,
        }
    }
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// National field name.
    pub name: &'static str,
    /// Chinese label.
    pub label: &'static str,
    /// Type.
    pub ty: ColumnType,
    /// Whether a row without it is refused.
    pub required: bool,
    /// Whether it is personal data, which never stands in clear in the lake, a log or an error.
    pub personal: bool,
    /// Unit, empty where there is none.
    pub unit: &'static str,
    /// Remark.
    pub note: &'static str,
}

/// One table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name.
    pub name: &'static str,
    /// Chinese label.
    pub label: &'static str,
    /// What one row is.
    pub grain: &'static str,
    /// Columns that together name a row. A new row with the same key replaces the old one.
    pub key: &'static [&'static str],
    /// The column that orders a person's rows in time, empty where there is none.
    pub time: &'static str,
    /// Whether rows belong to a person and lie in that person's bucket.
    pub by_person: bool,
    /// Columns in order.
    pub columns: Vec<Column>,
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// All columns, personal ones too, as an Arrow schema: what an importer reads before it drops or digests them.
    pub fn schema(&self) -> SchemaRef {
        let field = |column: &Column| Field::new(column.name, column.ty.arrow(), !column.required);
        Arc::new(Schema::new(self.columns.iter().map(field).collect::<Vec<_>>()))
    }

    /// The columns that the lake keeps: no personal data in clear; `certno` becomes `certno_digest`, `tel` `tel_digest`.
    pub fn lake_schema(&self) -> SchemaRef {
        let fields =
            self.columns.iter().filter_map(|column| match (column.personal, digest_of(column.name)) {
                (false, _) => Some(Field::new(column.name, column.ty.arrow(), !column.required)),
                (true, Some(digest)) => Some(Field::new(digest, DataType::Utf8, true)),
                (true, None) => None,
            });
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }
}

/// The column that holds the keyed digest of a personal column, where one is kept.
pub fn digest_of(column: &str) -> Option<&'static str> {
    match column {
        "certno" => Some("certno_digest"),
        "tel" => Some("tel_digest"),
        _ => None,
    }
}

/// Name, label, grain, key, time column, by person.
type Head = (&'static str, &'static str, &'static str, &'static [&'static str], &'static str, bool);

const HEADS: &[Head] = &[
    ("person", "参保人", "one insured person", &["psn_no"], "", true),
    ("institution", "定点医药机构", "one designated institution", &["fixmedins_code"], "", false),
    (
        "agreement",
        "医保协议",
        "one period of one state of an institution's agreement",
        &["fixmedins_code", "begndate"],
        "begndate",
        false,
    ),
    (
        "practitioner",
        "执业人员",
        "one period of one practitioner at one institution",
        &["prac_psn_code", "fixmedins_code", "begndate"],
        "begndate",
        false,
    ),
    ("encounter", "就诊", "one visit or stay", &["mdtrt_id"], "begntime", true),
    ("diagnosis", "诊断", "one diagnosis of one encounter", &["mdtrt_id", "diag_srt_no"], "diag_time", true),
    (
        "operation",
        "手术操作",
        "one operation of one encounter",
        &["mdtrt_id", "oprn_srt_no"],
        "oprn_begntime",
        true,
    ),
    ("settlement", "结算", "one settlement or refund", &["setl_id"], "setl_time", true),
    ("fee", "费用明细", "one fee line", &["fixmedins_code", "feedetl_sn"], "fee_ocur_time", true),
    (
        "trace",
        "追溯码流水",
        "one event of one trace code",
        &["drug_trac_codg", "event", "event_time", "fixmedins_code"],
        "event_time",
        false,
    ),
    (
        "stock",
        "进销存",
        "one change of stock",
        &["fixmedins_code", "med_list_codg", "chg_time", "inv_chg_type", "fixmedins_bchno"],
        "chg_time",
        false,
    ),
    (
        "activity",
        "活动轨迹",
        "one activity of a person known to another department",
        &["psn_no", "act_type", "begntime", "source"],
        "begntime",
        true,
    ),
    (
        "benefit",
        "其他待遇",
        "one benefit of a person paid by another scheme",
        &["psn_no", "benefit_type", "begndate", "source"],
        "begndate",
        true,
    ),
    ("invoice", "电子票据", "one invoice", &["invo_no"], "issue_date", false),
];

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let mut columns: HashMap<&str, Vec<Column>> = HashMap::new();
    for line in include_str!("../tables.csv").lines().skip(1) {
        let (table, column) = parse_column(line);
        columns.entry(table).or_default().push(column);
    }
    HEADS
        .iter()
        .map(|&(name, label, grain, key, time, by_person)| Table {
            name,
            label,
            grain,
            key,
            time,
            by_person,
            columns: columns.remove(name).expect("tables.csv has the table"),
        })
        .collect()
});

fn parse_column(line: &'static str) -> (&'static str, Column) {
    let mut rest = line;
    let mut next = || {
        let (value, tail) = rest.split_once(',').unwrap_or((rest, ""));
        rest = tail;
        value
    };
    let (table, name, label, ty) = (next(), next(), next(), next());
    let (required, personal, unit) = (next(), next(), next());
    let column = Column {
        name,
        label,
        ty: ColumnType::parse(ty),
        required: required == "yes",
        personal: personal == "yes",
        unit,
        // The note is the last field; it may hold commas and then stands in quotes.
        note: rest.trim_matches('"'),
    };
    (table, column)
}

/// All tables, in the order of the dictionary.
pub fn tables() -> &'static [Table] {
    &TABLES
}

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_its_key_and_time_columns() {
        for table in tables() {
            for column in table.key.iter().chain((!table.time.is_empty()).then_some(&table.time)) {
                assert!(table.column(column).is_some(), "{}.{column}", table.name);
            }
            assert_eq!(
                table.by_person,
                table.name == "person" || table.by_person && table.column("psn_no").is_some()
            );
        }
    }

    #[test]
    fn nothing_personal_reaches_the_lake_in_clear() {
        let person = table("person").expect("a table");
        let names: Vec<String> =
            person.lake_schema().fields().iter().map(|field| field.name().clone()).collect();
        for gone in ["certno", "psn_name", "tel"] {
            assert!(!names.iter().any(|name| name == gone), "{gone}");
        }
        assert!(names.iter().any(|name| name == "certno_digest"));
    }
}
