//! Takes personal data out: certificate and telephone numbers become keyed digests, other personal columns go.

use crate::{column::SRC_FILE, column::SRC_LINE};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use mingcha_model::{
    cert::DigestKey,
    form::is_placeholder,
    table::{Table, digest_of},
};
use std::sync::Arc;

/// Turns a batch with the columns of [`Table::schema`] into one with those of [`Table::lake_schema`], in that order, dictionaries kept;
/// `src_file` and `src_line` stay at the end where the batch has them. `certno` becomes `certno_digest`, `tel` `tel_digest`: the keyed
/// SM3 digest as 64 hexadecimal digits, missing where the value is missing or a placeholder. A column that the batch lacks is an error.
pub fn digest_personal(
    batch: &RecordBatch,
    table: &Table,
    key: &DigestKey,
) -> Result<RecordBatch, ArrowError> {
    let schema = batch.schema();
    let mut fields = Vec::with_capacity(table.columns.len() + 2);
    let mut arrays: Vec<ArrayRef> = Vec::with_capacity(table.columns.len() + 2);
    for column in &table.columns {
        let index = schema.index_of(column.name)?;
        match (column.personal, digest_of(column.name)) {
            (false, _) => {
                fields.push(Arc::clone(&schema.fields()[index]));
                arrays.push(Arc::clone(batch.column(index)));
            }
            (true, Some(name)) => {
                fields.push(Arc::new(Field::new(name, DataType::Utf8, true)));
                arrays.push(digests(batch.column(index), key));
            }
            (true, None) => {}
        }
    }
    for name in [SRC_FILE, SRC_LINE] {
        if let Ok(index) = schema.index_of(name) {
            fields.push(Arc::clone(&schema.fields()[index]));
            arrays.push(Arc::clone(batch.column(index)));
        }
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

fn digests(array: &ArrayRef, key: &DigestKey) -> ArrayRef {
    let text =
        |row: usize| crate::check::row::text_at(array, row).filter(|text| !is_placeholder(text.trim()));
    Arc::new((0..array.len()).map(|row| text(row).map(|text| key.digest(text))).collect::<StringArray>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{cast::AsArray, new_null_array};
    use mingcha_model::table::table;

    #[test]
    fn nothing_personal_is_left_and_the_rest_is_as_it_was() {
        let table = table("person").expect("a table");
        let arrays: Vec<ArrayRef> = table
            .columns
            .iter()
            .map(|column| match column.name {
                "certno" => {
                    Arc::new(StringArray::from(vec![Some("99010119800229001X"), Some("-")])) as ArrayRef
                }
                "psn_no" => Arc::new(StringArray::from(vec!["P1", "P2"])) as ArrayRef,
                _ => new_null_array(&column.ty.arrow(), 2),
            })
            .collect();
        let fields: Vec<Field> =
            table.columns.iter().map(|column| Field::new(column.name, column.ty.arrow(), true)).collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).expect("a batch");
        let key = DigestKey::new([7; 32]);
        let digested = digest_personal(&batch, table, &key).expect("digested");
        let names =
            |schema: &Schema| schema.fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>();
        assert_eq!(names(&digested.schema()), names(&table.lake_schema()));
        let digests = digested.column_by_name("certno_digest").expect("a column").as_string::<i32>().clone();
        assert_eq!(digests.value(0), key.digest("99010119800229001x"));
        assert!(digests.is_null(1));
    }
}
