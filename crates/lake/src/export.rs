//! Tables written out for other programs.

use crate::{LakeError, Result, layout::layout, query::without_views, snapshot::Snapshot};
use datafusion::arrow::csv;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    file::properties::WriterProperties,
};
use std::{fs::File, io::BufWriter, path::Path};

/// The form of an exported file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Comma-separated, UTF-8, with a header; texts as they are, so that an import of the file gives the same rows.
    Csv,
    /// Parquet, zstd.
    Parquet,
}

impl Snapshot {
    /// Writes a table's rows, all or those for which an SQL condition holds, and gives their number.
    ///
    /// The condition sees that table and nothing else. Streams: memory does not grow with the rows.
    pub fn export(
        &self,
        table: &str,
        path: &Path,
        format: ExportFormat,
        condition: Option<&str>,
    ) -> Result<u64> {
        let layout = layout(table)?;
        let names: Vec<&str> = layout.table_columns();
        let session = self.session(Some(&[(table, &names)]))?;
        let condition = condition.map(|condition| format!(" WHERE ({condition})")).unwrap_or_default();
        let sql = format!("SELECT * FROM {table}{condition}");
        let file = BufWriter::new(File::create(path).map_err(LakeError::io(path))?);
        match format {
            ExportFormat::Csv => {
                let builder = csv::WriterBuilder::new().with_timestamp_format("%Y-%m-%d %H:%M:%S".into());
                let mut writer = builder.build(file);
                let mut rows = 0;
                session.stream(&sql, &mut |batch| {
                    rows += batch.num_rows() as u64;
                    Ok(writer.write(&without_views(&batch)?)?)
                })?;
                Ok(rows)
            }
            ExportFormat::Parquet => export_parquet(&session, &sql, file, path),
        }
    }
}

fn export_parquet(session: &crate::Session, sql: &str, file: BufWriter<File>, path: &Path) -> Result<u64> {
    let damaged = |error: parquet::errors::ParquetError| LakeError::damaged(path)(error);
    let level = ZstdLevel::try_new(3).map_err(damaged)?;
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
    let (mut file, mut writer, mut rows) = (Some(file), None, 0);
    session.stream(sql, &mut |batch| {
        let batch = without_views(&batch)?;
        rows += batch.num_rows() as u64;
        if let Some(file) = file.take() {
            writer =
                Some(ArrowWriter::try_new(file, batch.schema(), Some(properties.clone())).map_err(damaged)?);
        }
        writer.as_mut().map_or(Ok(()), |writer| writer.write(&batch)).map_err(damaged)
    })?;
    writer.map_or(Ok(()), |writer| writer.close().map(|_| ())).map_err(damaged)?;
    Ok(rows)
}
