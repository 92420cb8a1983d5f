//! How a table lies in the lake: its stored columns, the keys derived from them, how each is encoded, and where files stand.

use crate::{LakeError, Result};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use mingcha_model::table::{self, Table};
use std::{collections::BTreeMap, sync::Arc, sync::LazyLock};

/// A stored column computed from others: a 64-bit hash of texts, null where the last of them is null.
#[derive(Clone, Copy, Debug)]
pub struct Derived {
    /// Name in the lake.
    pub name: &'static str,
    /// The texts it is made of.
    pub of: &'static [&'static str],
}

const FEE: &[Derived] = &[
    Derived { name: "feedetl_key", of: &["fixmedins_code", "feedetl_sn"] },
    Derived { name: "init_feedetl_key", of: &["fixmedins_code", "init_feedetl_sn"] },
];
const SETTLEMENT: &[Derived] = &[
    Derived { name: "setl_key", of: &["setl_id"] },
    Derived { name: "init_setl_key", of: &["init_setl_id"] },
];

/// Texts that hardly repeat: never held in one dictionary of the whole batch.
const WIDE: &[&str] = &[
    "psn_no",
    "mdtrt_id",
    "setl_id",
    "init_setl_id",
    "feedetl_sn",
    "init_feedetl_sn",
    "rxno",
    "ipt_otp_no",
    "certno_digest",
    "tel_digest",
    "invo_no",
    "drug_trac_codg",
    "purc_invo_no",
    "emp_no",
    "fixmedins_bchno",
];
/// Texts of which each is its own: written without a dictionary.
const PLAIN: &[&str] = &[
    "feedetl_sn",
    "init_feedetl_sn",
    "certno_digest",
    "tel_digest",
    "invo_no",
    "drug_trac_codg",
    "purc_invo_no",
];

/// How one table is stored.
#[derive(Debug)]
pub struct Layout {
    /// The table of the dictionary.
    pub table: &'static Table,
    /// Columns computed by the lake.
    pub derived: &'static [Derived],
    /// Stored columns with plain texts: the dictionary's lake columns, then the derived ones.
    pub schema: SchemaRef,
    /// The same with every text as `Dictionary(Int32, Utf8)`: what readers get.
    pub dictionary: SchemaRef,
    /// The same with only repeating texts as dictionaries: what the lake itself works on.
    pub working: SchemaRef,
    /// The dictionary form with decimals of 64 bits, as the files hold them: what a pass over many rows gets.
    pub narrow: SchemaRef,
}

static LAYOUTS: LazyLock<Vec<Layout>> = LazyLock::new(|| table::tables().iter().map(Layout::of).collect());

/// The layouts of all tables, in the order of the dictionary.
pub fn layouts() -> &'static [Layout] {
    &LAYOUTS
}

/// The layout of the table of that name.
pub fn layout(name: &str) -> Result<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.table.name == name).ok_or_else(|| LakeError::NoTable(name.into()))
}

pub(crate) fn is_wide(column: &str) -> bool {
    WIDE.contains(&column)
}

pub(crate) fn is_plain(column: &str) -> bool {
    PLAIN.contains(&column)
}

/// `Dictionary(Int32, Utf8)`.
pub(crate) fn dictionary_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

impl Layout {
    fn of(table: &'static Table) -> Self {
        let derived: &[Derived] = match table.name {
            "fee" => FEE,
            "settlement" => SETTLEMENT,
            _ => &[],
        };
        let mut fields: Vec<Field> =
            table.lake_schema().fields().iter().map(|field| field.as_ref().clone()).collect();
        let required = |name: &str| table.column(name).is_some_and(|column| column.required);
        fields.extend(
            derived.iter().map(|d| Field::new(d.name, DataType::Int64, !d.of.iter().all(|c| required(c)))),
        );
        let with = |keep: &dyn Fn(&str) -> bool, narrow: bool| -> SchemaRef {
            let typed = |field: &Field| match field.data_type() {
                DataType::Utf8 if !keep(field.name()) => field.clone().with_data_type(dictionary_type()),
                DataType::Decimal128(precision @ ..=18, scale) if narrow => {
                    field.clone().with_data_type(DataType::Decimal64(*precision, *scale))
                }
                _ => field.clone(),
            };
            Arc::new(Schema::new(fields.iter().map(typed).collect::<Vec<_>>()))
        };
        let (dictionary, working, narrow) =
            (with(&|_| false, false), with(&is_plain, false), with(&|_| false, true));
        Self { table, derived, schema: Arc::new(Schema::new(fields)), dictionary, working, narrow }
    }

    /// The column whose hash names the bucket: the person, elsewhere the first of the key.
    pub fn lead(&self) -> &'static str {
        if self.table.by_person { "psn_no" } else { self.table.key[0] }
    }

    /// The columns that order rows: person, time, key; or the key alone where rows belong to no person. No column twice.
    pub fn order(&self) -> Vec<&'static str> {
        let mut order = vec![self.lead()];
        if self.table.by_person && !self.table.time.is_empty() {
            order.push(self.table.time);
        }
        let rest =
            self.table.key.iter().filter(|column| !order.contains(column)).copied().collect::<Vec<_>>();
        order.extend(rest);
        order
    }

    /// The stored columns of the dictionary, without those that the lake derives.
    pub(crate) fn table_columns(&self) -> Vec<&str> {
        let stored = self.schema.fields().len() - self.derived.len();
        self.schema.fields()[..stored].iter().map(|field| field.name().as_str()).collect()
    }

    /// Fails where a name is no stored column.
    pub fn check_columns(&self, columns: &[&str]) -> Result<()> {
        let unknown = columns.iter().find(|name| self.schema.column_with_name(name).is_none());
        unknown.map_or(Ok(()), |name| Err(LakeError::column(self.table.name, name, "does not exist")))
    }

    /// The derived columns of rows that hold their sources.
    pub(crate) fn derive(&self, batch: &RecordBatch) -> Result<Vec<ArrayRef>> {
        let derive = |derived: &Derived| -> Result<ArrayRef> {
            let texts = derived.of.iter().map(|name| text(batch, name)).collect::<Result<Vec<_>>>()?;
            let hash = |row: usize| key_of(&texts, row);
            Ok(Arc::new((0..batch.num_rows()).map(hash).collect::<Int64Array>()))
        };
        self.derived.iter().map(derive).collect()
    }
}

fn key_of(texts: &[crate::text::Text<'_>], row: usize) -> Option<i64> {
    let mut parts: [&[u8]; 2] = [&[]; 2];
    for (slot, text) in parts.iter_mut().zip(texts) {
        *slot = text.get(row)?.as_bytes();
    }
    Some(mingcha_model::key::key(&parts[..texts.len()]))
}

fn text<'a>(batch: &'a RecordBatch, name: &str) -> Result<crate::text::Text<'a>> {
    let column = batch.column_by_name(name).ok_or_else(|| LakeError::column("batch", name, "is missing"))?;
    crate::text::Text::of(column)
}

/// The stored rows of a table by its name, each table once.
pub type Tables<T> = BTreeMap<&'static str, T>;

/// The number of rows of all batches.
pub(crate) fn rows(batches: &[RecordBatch]) -> usize {
    batches.iter().map(RecordBatch::num_rows).sum()
}

/// The 64-bit hash of each row's key, whatever the types of the key columns.
pub(crate) fn key_hashes(layout: &Layout, batch: &RecordBatch) -> Result<Vec<u64>> {
    // These two hold their key's hash as a stored column; recomputing it from text would double the work.
    let stored = match layout.table.name {
        "fee" => batch.column_by_name("feedetl_key"),
        "settlement" => batch.column_by_name("setl_key"),
        _ => None,
    };
    if let Some(keys) = stored.and_then(|keys| keys.as_any().downcast_ref::<Int64Array>()) {
        return Ok(keys.values().iter().map(|key| *key as u64).collect());
    }
    let columns =
        layout.table.key.iter().map(|name| crate::text::Cell::of(batch, name)).collect::<Result<Vec<_>>>()?;
    let mut scratch = Vec::with_capacity(columns.len());
    Ok((0..batch.num_rows())
        .map(|row| {
            scratch.clear();
            scratch.extend(columns.iter().map(|column| column.hash(row)));
            scratch
                .iter()
                .fold(0, |state: u64, hash| (state.rotate_left(5) ^ hash).wrapping_mul(0x9E37_79B9_7F4A_7C15))
        })
        .collect())
}
