//! Codes for texts that repeat over a whole batch: one dictionary per column name, shared by all tables and threads.

use crate::{LakeError, Result, layout::is_wide};
use arrow_array::{ArrayRef, StringArray};
use arrow_schema::DataType;
use mingcha_model::table;
use rustc_hash::FxHashMap;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The most values of one column. Reference data of a nation stays below; a column of serial numbers would eat all memory.
const MOST: usize = 4_000_000;

#[derive(Default)]
struct Interner {
    codes: FxHashMap<Arc<str>, u32>,
    values: Vec<Arc<str>>,
}

/// All dictionaries of a batch.
pub(crate) struct Interners(BTreeMap<&'static str, Mutex<Interner>>);

impl Interners {
    /// An empty dictionary for every text column of the lake that repeats.
    pub(crate) fn new() -> Self {
        let narrow = |column: &&table::Column| {
            !column.personal && column.ty.arrow() == DataType::Utf8 && !is_wide(column.name)
        };
        let columns = table::tables().iter().flat_map(|table| table.columns.iter().filter(narrow));
        Self(columns.map(|column| (column.name, Mutex::default())).collect())
    }

    /// The codes of texts, all under one lock; null where the text is.
    pub(crate) fn codes<'a>(
        &self,
        column: &'static str,
        texts: impl Iterator<Item = Option<&'a str>>,
        null: i64,
    ) -> Result<Vec<i64>> {
        let mut interner = self.0[column].lock().unwrap_or_else(PoisonError::into_inner);
        let codes = texts.map(|text| text.map_or(null, |text| i64::from(interner.code(text)))).collect();
        if interner.values.len() > MOST {
            let message =
                format!("has more than {MOST} different values; it is no {column}, check the profile");
            return Err(LakeError::column("batch", column, message));
        }
        Ok(codes)
    }

    /// The dictionary of each column, by code.
    pub(crate) fn freeze(self) -> BTreeMap<&'static str, ArrayRef> {
        let freeze = |interner: Mutex<Interner>| -> ArrayRef {
            let interner = interner.into_inner().unwrap_or_else(PoisonError::into_inner);
            Arc::new(StringArray::from_iter_values(interner.values.iter()))
        };
        self.0.into_iter().map(|(column, interner)| (column, freeze(interner))).collect()
    }
}

impl Interner {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let (code, text): (u32, Arc<str>) = (self.values.len() as u32, text.into());
        self.values.push(Arc::clone(&text));
        self.codes.insert(text, code);
        code
    }
}
