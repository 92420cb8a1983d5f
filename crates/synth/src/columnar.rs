//! Parquet: column builders filled cell by cell, written as row groups with dictionaries and zstd 1; the schema is `Table::schema()`.

use crate::{SynthError, cells::Cells};
use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{
        Date32Builder, Decimal128Builder, Float64Builder, Int32Builder, StringBuilder,
        TimestampMicrosecondBuilder,
    },
};
use arrow_schema::{DataType, SchemaRef};
use mingcha_model::Date;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    file::properties::{EnabledStatistics, WriterProperties},
    schema::types::ColumnPath,
};
use std::{fs::File, path::PathBuf, sync::Arc};

/// Rows gathered before they are encoded.
const BATCH: usize = 16_384;
/// Rows of a row group.
const ROW_GROUP: usize = 262_144;
/// Columns without a dictionary.
const UNIQUE: &[&str] = &[
    "feedetl_sn",
    "init_feedetl_sn",
    "setl_id",
    "init_setl_id",
    "certno",
    "psn_name",
    "tel",
    "invo_no",
    "ipt_otp_no",
    "fee_ocur_time",
    "setl_time",
    "begntime",
    "endtime",
    "diag_time",
];
/// A time that no claim of this age can have.
const FUTURE: i64 = 4_070_908_800;

#[derive(Debug)]
enum Column {
    Text(StringBuilder),
    Date(Date32Builder),
    Time(TimestampMicrosecondBuilder),
    Int(Int32Builder),
    Measure(Float64Builder),
    Fixed(Decimal128Builder, DataType),
}

/// A Parquet file of one table.
#[derive(Debug)]
pub struct ParquetSink {
    path: PathBuf,
    schema: SchemaRef,
    columns: Vec<Column>,
    at: usize,
    pending: usize,
    rows: u64,
    writer: Option<ArrowWriter<File>>,
}

impl ParquetSink {
    /// A sink for rows of these columns; the file is made with the first rows.
    pub fn new(path: PathBuf, schema: SchemaRef) -> Self {
        let columns = schema.fields().iter().map(|field| column(field.data_type())).collect();
        Self { path, schema, columns, at: 0, pending: 0, rows: 0, writer: None }
    }

    fn next(&mut self) -> &mut Column {
        self.at += 1;
        &mut self.columns[self.at - 1]
    }

    fn flush(&mut self) -> Result<(), SynthError> {
        let arrays = self.columns.iter_mut().map(array).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)?;
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => self.writer.insert(open(&self.path, &self.schema)?),
        };
        writer.write(&batch)?;
        self.pending = 0;
        Ok(())
    }
}

fn open(path: &PathBuf, schema: &SchemaRef) -> Result<ArrowWriter<File>, SynthError> {
    let file = File::create(path).map_err(|error| SynthError::write(path, error))?;
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_write_batch_size(BATCH)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_created_by("mingcha synth".to_owned());
    // Bounds help a reader only where rows lie in that order.
    for ordered in ["psn_no", "mdtrt_id"] {
        properties =
            properties.set_column_statistics_enabled(ColumnPath::from(ordered), EnabledStatistics::Chunk);
    }
    // A dictionary of what hardly repeats only costs time.
    for unique in UNIQUE {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(*unique), false);
    }
    Ok(ArrowWriter::try_new(file, Arc::clone(schema), Some(properties.build()))?)
}

fn column(ty: &DataType) -> Column {
    match ty {
        DataType::Date32 => Column::Date(Date32Builder::with_capacity(BATCH)),
        DataType::Timestamp(_, _) => Column::Time(TimestampMicrosecondBuilder::with_capacity(BATCH)),
        DataType::Int32 => Column::Int(Int32Builder::with_capacity(BATCH)),
        DataType::Float64 => Column::Measure(Float64Builder::with_capacity(BATCH)),
        DataType::Decimal128(_, _) => Column::Fixed(Decimal128Builder::with_capacity(BATCH), ty.clone()),
        _ => Column::Text(StringBuilder::with_capacity(BATCH, BATCH * 16)),
    }
}

fn array(column: &mut Column) -> ArrayRef {
    match column {
        Column::Text(builder) => Arc::new(builder.finish()),
        Column::Date(builder) => Arc::new(builder.finish()),
        Column::Time(builder) => Arc::new(builder.finish()),
        Column::Int(builder) => Arc::new(builder.finish()),
        Column::Measure(builder) => Arc::new(builder.finish()),
        Column::Fixed(builder, ty) => Arc::new(builder.finish().with_data_type(ty.clone())),
    }
}

impl Cells for ParquetSink {
    fn text(&mut self, value: &str) {
        if let Column::Text(builder) = self.next() {
            builder.append_value(value);
        }
    }

    fn null(&mut self) {
        match self.next() {
            Column::Text(builder) => builder.append_null(),
            Column::Date(builder) => builder.append_null(),
            Column::Time(builder) => builder.append_null(),
            Column::Int(builder) => builder.append_null(),
            Column::Measure(builder) => builder.append_null(),
            Column::Fixed(builder, _) => builder.append_null(),
        }
    }

    fn date(&mut self, value: Date) {
        if let Column::Date(builder) = self.next() {
            builder.append_value(value.0);
        }
    }

    fn time(&mut self, value: i64) {
        if let Column::Time(builder) = self.next() {
            builder.append_value(value * 1_000_000);
        }
    }

    fn int(&mut self, value: i32) {
        if let Column::Int(builder) = self.next() {
            builder.append_value(value);
        }
    }

    fn measure(&mut self, millionths: i32) {
        if let Column::Measure(builder) = self.next() {
            builder.append_value(f64::from(millionths) / 1e6);
        }
    }

    fn fixed(&mut self, value: i64, _places: u32) {
        if let Column::Fixed(builder, _) = self.next() {
            builder.append_value(i128::from(value));
        }
    }

    fn broken(&mut self, text: &str) {
        match self.next() {
            Column::Text(builder) => builder.append_value(text),
            Column::Date(builder) => builder.append_value((FUTURE / 86_400) as i32),
            Column::Time(builder) => builder.append_value(FUTURE * 1_000_000),
            Column::Int(builder) => builder.append_value(-1),
            Column::Measure(builder) => builder.append_value(-1.0),
            Column::Fixed(builder, _) => builder.append_value(0),
        }
    }

    fn end(&mut self) -> Result<(), SynthError> {
        debug_assert_eq!(self.at, self.columns.len(), "a row has all columns of its table");
        self.at = 0;
        self.rows += 1;
        self.pending += 1;
        if self.pending == BATCH { self.flush() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<(u64, u64), SynthError> {
        if self.pending > 0 {
            self.flush()?;
        }
        if let Some(writer) = self.writer.take() {
            writer.close()?;
            let size =
                std::fs::metadata(&self.path).map_err(|error| SynthError::write(&self.path, error))?.len();
            return Ok((self.rows, size));
        }
        Ok((0, 0))
    }
}
