//! Parquet files of the lake: how they are encoded and how one is put on disk.

use crate::{
    LakeError, Result,
    layout::{Layout, is_plain, is_wide},
    manifest::FileEntry,
};
use arrow_array::RecordBatch;
use arrow_schema::{DataType, SchemaRef};
use parquet::{
    arrow::{ArrowWriter, arrow_writer::ArrowWriterOptions},
    basic::{Compression, Encoding, ZstdLevel},
    file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder},
    schema::types::ColumnPath,
};
use std::{fs, fs::File, path::Path};

/// Rows of a page: what is decoded at least to find one person.
const PAGE_ROWS: usize = 4_096;

/// Rows of a row group: enough for dictionaries to pay, few enough that one person costs little. Where each row names itself, as
/// settlements do, a dictionary is as long as its group and is read whole for one person, so those groups are small.
fn group_rows(layout: &Layout) -> usize {
    if layout.table.name == "fee" { 32_768 } else { 8_192 }
}
/// Texts that repeat but are long.
const LONG: &[&str] = &["medins_list_name", "diag_name", "oprn_oprt_name", "fixmedins_name", "spler_name"];
/// Room for the dictionary of a row group; texts that would not fit are written plain and decoded slower.
const DICTIONARY_BYTES: usize = 16 << 20;

fn properties(
    layout: &Layout,
    schema: &SchemaRef,
) -> Result<WriterProperties, parquet::errors::ParquetError> {
    let mut builder = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_max_row_group_row_count(Some(group_rows(layout)))
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_statistics_enabled(EnabledStatistics::None);
    let order = layout.order();
    for field in schema.fields() {
        let path = ColumnPath::from(field.name().as_str());
        let text = matches!(field.data_type(), DataType::Utf8 | DataType::Dictionary(_, _));
        // The leading columns find a person's pages; statistics of the others would cost more than they find.
        if order.iter().take(2).any(|name| name == field.name()) {
            builder = builder.set_column_statistics_enabled(path.clone(), EnabledStatistics::Page);
        }
        // Codes and numbers are packed by their dictionaries already; setting a decompressor up would cost more than reading them.
        if is_wide(field.name()) || LONG.contains(&field.name().as_str()) {
            builder = builder.set_column_compression(path.clone(), Compression::ZSTD(ZstdLevel::try_new(1)?));
        }
        builder = encoding(builder, path, field.name(), text);
    }
    Ok(builder.build())
}

fn encoding(
    builder: WriterPropertiesBuilder,
    path: ColumnPath,
    name: &str,
    text: bool,
) -> WriterPropertiesBuilder {
    match (name, text) {
        // A hash has no order, no repetition and no small range: plain is the least work.
        (name, false) if name.ends_with("_key") => builder
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path, Encoding::PLAIN),
        (name, true) if is_plain(name) => builder
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path, Encoding::DELTA_LENGTH_BYTE_ARRAY),
        _ => builder,
    }
}

/// Writes rows that are in order as one file of a bucket. `Lake::publish` waits until the disk has it.
pub(crate) fn write_bucket(
    lake: &Path,
    layout: &Layout,
    bucket: u32,
    batches: &[RecordBatch],
) -> Result<FileEntry> {
    let name = format!("part-{}.parquet", random_name()?);
    let path = if layout.table.by_person { format!("bucket={bucket}/{name}") } else { name };
    let full = lake.join("tables").join(layout.table.name).join(&path);
    if let Some(folder) = full.parent() {
        fs::create_dir_all(folder).map_err(LakeError::io(folder))?;
    }
    let bytes = write_file(&full, layout, batches)?;
    Ok(FileEntry { path, bucket, rows: crate::layout::rows(batches) as u64, bytes })
}

fn write_file(path: &Path, layout: &Layout, batches: &[RecordBatch]) -> Result<u64> {
    let file = File::create(path).map_err(LakeError::io(path))?;
    let write = || -> Result<(), parquet::errors::ParquetError> {
        let properties = properties(layout, &layout.working)?;
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        let buffered = std::io::BufWriter::with_capacity(1 << 20, file);
        let mut writer = ArrowWriter::try_new_with_options(buffered, layout.working.clone(), options)?;
        batches.iter().try_for_each(|batch| writer.write(batch))?;
        writer.close().map(|_| ())
    };
    write().map_err(LakeError::damaged(path))?;
    fs::metadata(path).map(|meta| meta.len()).map_err(LakeError::io(path))
}

/// A name that no other file has.
pub(crate) fn random_name() -> Result<String> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).map_err(|error| LakeError::Setting(format!("no randomness: {error}")))?;
    Ok(mingcha_model::cert::hex(&bytes))
}

/// Writes batches of any schema as a plain Parquet file and waits until the disk has it.
pub(crate) fn write_plain(path: &Path, batches: &[RecordBatch]) -> Result<()> {
    let Some(first) = batches.first() else { return Ok(()) };
    let file = File::create(path).map_err(LakeError::io(path))?;
    let kept = file.try_clone().map_err(LakeError::io(path))?;
    let write = || -> Result<(), parquet::errors::ParquetError> {
        let zstd = Compression::ZSTD(ZstdLevel::try_new(3)?);
        let properties = WriterProperties::builder().set_compression(zstd).build();
        let mut writer = ArrowWriter::try_new(file, first.schema(), Some(properties))?;
        batches.iter().try_for_each(|batch| writer.write(batch))?;
        writer.close().map(|_| ())
    };
    write().map_err(LakeError::damaged(path))?;
    kept.sync_all().map_err(LakeError::io(path))
}
