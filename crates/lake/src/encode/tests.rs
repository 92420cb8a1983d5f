//! What we encode, the Parquet library reads back, whatever the rows are.

use super::*;
use crate::layout::{layout, layouts};
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int32Array, Int64Array,
    StringArray, TimestampMicrosecondArray,
};
use parquet::{
    arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder},
    file::{metadata::PageIndexPolicy, writer::SerializedFileWriter},
};
use proptest::prelude::*;
use std::sync::Arc;

/// A row's value as a number, none where it is empty; texts and codes are made of it.
type Cell = Option<i64>;

fn array(kind: &DataType, cells: &[Cell]) -> ArrayRef {
    let texts = || cells.iter().map(|cell| cell.map(|value| format!("文{value}")));
    let whole = || cells.iter().copied();
    match kind {
        DataType::Utf8 => Arc::new(texts().collect::<StringArray>()),
        DataType::Dictionary(..) => {
            let texts: Vec<Option<String>> = texts().collect();
            Arc::new(texts.iter().map(Option::as_deref).collect::<DictionaryArray<Int32Type>>())
        }
        DataType::Date32 => Arc::new(whole().map(|cell| cell.map(|v| v as i32)).collect::<Date32Array>()),
        DataType::Int32 => Arc::new(whole().map(|cell| cell.map(|v| v as i32)).collect::<Int32Array>()),
        DataType::Int64 => Arc::new(whole().collect::<Int64Array>()),
        DataType::Float64 => {
            Arc::new(whole().map(|cell| cell.map(|v| v as f64 / 8.0)).collect::<Float64Array>())
        }
        DataType::Timestamp(..) => Arc::new(whole().collect::<TimestampMicrosecondArray>()),
        DataType::Decimal128(precision, scale) => {
            let values = whole().map(|cell| cell.map(|v| i128::from(v % 1_000_000_000)));
            let values = values.collect::<Decimal128Array>();
            Arc::new(values.with_precision_and_scale(*precision, *scale).expect("fits"))
        }
        other => panic!("{other} stands in no table"),
    }
}

/// Each column has its own mixture of the cells; required ones have no gap.
fn batch(layout: &Layout, cells: &[Cell]) -> RecordBatch {
    let columns = layout.working.fields().iter().enumerate().map(|(at, field)| {
        let modulus = [1, 3, 700, i64::MAX][at % 4];
        let cell = |cell: &Cell| match (field.is_nullable(), cell) {
            (false, cell) => Some(cell.unwrap_or(5) % modulus),
            (true, _) if at % 5 == 4 => None,
            (true, cell) => cell.map(|value| value % modulus),
        };
        array(field.data_type(), &cells.iter().map(cell).collect::<Vec<_>>())
    });
    RecordBatch::try_new(layout.working.clone(), columns.collect()).expect("fits the schema")
}

fn written(layout: &Layout, rows: &RecordBatch, group_rows: usize) -> Bytes {
    let mut encoder = Encoder::new(layout).expect("an encoder");
    let mut bytes = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut bytes, encoder.schema(), Arc::default()).expect("a writer");
    for from in (0..rows.num_rows()).step_by(group_rows) {
        let mut group = writer.next_row_group().expect("a group");
        encoder
            .write(&rows.slice(from, group_rows.min(rows.num_rows() - from)), &mut group)
            .expect("encodes");
        group.close().expect("closes");
    }
    writer.close().expect("closes");
    bytes.into()
}

fn cells() -> impl Strategy<Value = Vec<Cell>> {
    let cell = prop_oneof![3 => Just(Some(7)), 2 => (0..900_i64).prop_map(Some), 1 => any::<i64>().prop_map(Some), 1 => Just(None)];
    // Short runs of the same, as the lines of a visit are.
    prop::collection::vec((cell, 1..40_usize), 1..60)
        .prop_map(|runs| runs.into_iter().flat_map(|(cell, times)| vec![cell; times]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_table_comes_back_as_it_was_written(cells in cells(), group_rows in 1..700_usize) {
        for layout in layouts() {
            let rows = batch(layout, &cells);
            let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true).with_schema(layout.working.clone());
            let file = written(layout, &rows, group_rows);
            let reader = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).expect("opens");
            let back = reader.with_batch_size(group_rows).build().expect("reads");
            let mut at = 0;
            for batch in back {
                let batch = batch.expect("decodes");
                let expected = rows.slice(at, batch.num_rows());
                for (one, two) in batch.columns().iter().zip(expected.columns()) {
                    let plain = |array: &ArrayRef| match array.data_type() {
                        DataType::Dictionary(..) => arrow_cast::cast(array, &DataType::Utf8).expect("texts"),
                        _ => array.clone(),
                    };
                    prop_assert_eq!(&plain(one), &plain(two));
                }
                at += batch.num_rows();
            }
            prop_assert_eq!(at, rows.num_rows());
        }
    }
}

#[test]
fn pages_tell_their_least_and_greatest_person_and_where_they_begin() {
    let layout = layout("fee").expect("a table");
    let cells: Vec<Cell> = (0..10_000).map(|row| Some(1_000_000 + row / 40)).collect();
    let schema = layout.working.clone();
    let at = schema.index_of("psn_no").expect("a column");
    let mut columns = batch(layout, &cells).columns().to_vec();
    columns[at] = array(schema.field(at).data_type(), &cells);
    let rows = RecordBatch::try_new(schema, columns).expect("fits");
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
    let footer = ArrowReaderMetadata::load(&written(layout, &rows, 10_000), options).expect("a footer");
    let statistics = footer.metadata().row_group(0).column(at).statistics().expect("bounds");
    let text = |bytes: Option<&[u8]>| String::from_utf8(bytes.expect("a bound").to_vec()).expect("text");
    assert_eq!(text(statistics.min_bytes_opt()), "文1000000");
    assert_eq!(text(statistics.max_bytes_opt()), "文1000249");
    let pages = footer.metadata().offset_index().expect("an index")[0][at].page_locations();
    let first: Vec<i64> = pages.iter().map(|page| page.first_row_index).collect();
    assert_eq!(first, [0, 2_048, 4_096, 6_144, 8_192]);
}
