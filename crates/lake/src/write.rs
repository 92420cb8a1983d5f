//! Parquet files of the lake: how one is put on disk.

use crate::{LakeError, Result, encode::Encoder, layout::Layout, manifest::FileEntry, text::concat};
use arrow_array::RecordBatch;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
};
use std::{fs, fs::File, path::Path, sync::Arc};

/// Rows of a row group: enough for dictionaries to pay, few enough that one person costs little. Where each row names itself, as
/// settlements do, a dictionary is as long as its group and is read whole for one person, so those groups are small.
fn group_rows(layout: &Layout) -> usize {
    if layout.table.name == "fee" { 32_768 } else { 8_192 }
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
    let rows = concat(batches)?;
    let write = || -> Result<(), parquet::errors::ParquetError> {
        let buffered = std::io::BufWriter::with_capacity(1 << 20, file);
        let mut encoder = Encoder::new(layout)?;
        let mut writer = SerializedFileWriter::new(buffered, encoder.schema(), Arc::default())?;
        for from in (0..rows.num_rows()).step_by(group_rows(layout)) {
            let rows = rows.slice(from, group_rows(layout).min(rows.num_rows() - from));
            let mut group = writer.next_row_group()?;
            encoder.write(&rows, &mut group)?;
            group.close()?;
        }
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
