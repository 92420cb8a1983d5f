//! Rows of one table as the lake gives them, by columns: whole numbers with what is missing, texts, and the rows' keys.

use anyhow::Result;
use arrow_array::RecordBatch;
use mingcha_detect::claims::{NULL, columns::Reader};
use mingcha_model::table::table;

/// One table's rows of a person.
pub struct Rows<'a> {
    pub table: &'static str,
    reader: Reader<'a>,
    pub keys: Vec<Vec<String>>,
}

impl<'a> Rows<'a> {
    pub fn of(table_name: &'static str, batch: &'a RecordBatch) -> Result<Self> {
        let reader = Reader::new(table_name, batch);
        let columns = table(table_name).map_or(&[][..], |table| table.key);
        let columns = columns.iter().map(|name| reader.texts(name)).collect::<Result<Vec<_>, _>>()?;
        let key = |row: usize| {
            columns.iter().map(|column| column.get(row).unwrap_or_default().to_owned()).collect()
        };
        let keys = (0..batch.num_rows()).map(key).collect();
        Ok(Self { table: table_name, reader, keys })
    }

    pub fn integers(&self, column: &str) -> Result<Vec<Option<i64>>> {
        let mut all = Vec::new();
        self.reader.push_integers(column, &mut all)?;
        Ok(all.into_iter().map(|value| (value != NULL).then_some(value)).collect())
    }

    pub fn texts(&self, column: &str) -> Result<Vec<String>> {
        let column = self.reader.texts(column)?;
        Ok((0..self.keys.len()).map(|row| column.get(row).unwrap_or_default().to_owned()).collect())
    }
}
