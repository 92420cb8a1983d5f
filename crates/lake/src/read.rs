//! One Parquet file of the lake: its footer, kept once read, and its rows by group or by number.

use crate::{LakeError, Result, layout::Layout};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::{
    arrow::{
        ProjectionMask,
        arrow_reader::{
            ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection,
            RowSelector,
        },
    },
    file::metadata::{PageIndexPolicy, ParquetMetaData},
};
use std::{
    fs::File,
    ops::Range,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

/// In which types columns are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Those of the table, texts as dictionaries: what readers get.
    Coded,
    /// The same with decimals of 64 bits, as the files hold them.
    Narrow,
    /// Texts that hardly repeat as plain texts: what the lake writes from.
    Working,
}

/// A file and, once it has been looked at, its footer.
#[derive(Debug)]
pub(crate) struct DataFile {
    pub(crate) path: PathBuf,
    pub(crate) layout: &'static Layout,
    footer: OnceLock<ArrowReaderMetadata>,
}

impl DataFile {
    pub(crate) fn new(path: PathBuf, layout: &'static Layout) -> Self {
        Self { path, layout, footer: OnceLock::new() }
    }

    fn open(&self) -> Result<File> {
        File::open(&self.path).map_err(LakeError::io(&self.path))
    }

    fn schema(&self, form: Form) -> SchemaRef {
        let schema = match form {
            Form::Coded => &self.layout.dictionary,
            Form::Narrow => &self.layout.narrow,
            Form::Working => &self.layout.working,
        };
        schema.clone()
    }

    /// Footer and page index.
    pub(crate) fn footer(&self) -> Result<&ArrowReaderMetadata> {
        if let Some(footer) = self.footer.get() {
            return Ok(footer);
        }
        let options = ArrowReaderOptions::new()
            .with_skip_arrow_metadata(true)
            .with_schema(self.schema(Form::Coded))
            .with_page_index_policy(PageIndexPolicy::Optional);
        let footer =
            ArrowReaderMetadata::load(&self.open()?, options).map_err(LakeError::damaged(&self.path))?;
        Ok(self.footer.get_or_init(|| footer))
    }

    pub(crate) fn metadata(&self) -> Result<&Arc<ParquetMetaData>> {
        Ok(self.footer()?.metadata())
    }

    /// Rows of each group.
    pub(crate) fn group_rows(&self) -> Result<Vec<usize>> {
        Ok(self.metadata()?.row_groups().iter().map(|group| group.num_rows() as usize).collect())
    }

    /// The columns in the order asked for; one batch per group where no selection is given.
    pub(crate) fn read(
        &self,
        form: Form,
        columns: &[&str],
        groups: &[usize],
        selection: Option<&RowSelection>,
    ) -> Result<Vec<RecordBatch>> {
        let footer = match form {
            Form::Coded => self.footer()?.clone(),
            Form::Narrow | Form::Working => {
                let options =
                    ArrowReaderOptions::new().with_skip_arrow_metadata(true).with_schema(self.schema(form));
                let metadata = Arc::clone(self.metadata()?);
                ArrowReaderMetadata::try_new(metadata, options).map_err(LakeError::damaged(&self.path))?
            }
        };
        let all = self.schema(form);
        let place = |name: &&str| {
            all.index_of(name).map_err(|_| LakeError::column(self.layout.table.name, name, "does not exist"))
        };
        let wanted = columns.iter().map(place).collect::<Result<Vec<_>>>()?;
        let mut present = wanted.clone();
        present.sort_unstable();
        present.dedup();
        let mask = ProjectionMask::roots(footer.parquet_schema(), present.iter().copied());
        let rows = self.group_rows()?;
        let file = self.open()?;
        let build = |groups: Vec<usize>, batch: usize| -> Result<Vec<RecordBatch>> {
            let file = file.try_clone().map_err(LakeError::io(&self.path))?;
            let mut builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, footer.clone())
                .with_projection(mask.clone())
                .with_row_groups(groups)
                .with_batch_size(batch.max(1));
            if let Some(selection) = selection {
                builder = builder.with_row_selection(selection.clone());
            }
            let reader = builder.build().map_err(LakeError::damaged(&self.path))?;
            reader.collect::<Result<Vec<_>, _>>().map_err(LakeError::damaged(&self.path))
        };
        let batches = match selection.is_some() {
            true => build(groups.to_vec(), groups.iter().map(|group| rows[*group]).sum())?,
            false => {
                let one = |group: usize| build(vec![group], rows[group]);
                groups.iter().map(|group| one(*group)).collect::<Result<Vec<_>>>()?.concat()
            }
        };
        // Files give columns in their own order.
        let order: Vec<usize> =
            wanted.iter().map(|at| present.partition_point(|before| before < at)).collect();
        batches.into_iter().map(|batch| Ok(batch.project(&order)?)).collect()
    }

    /// Reads everything and keeps nothing: an error where the file is damaged. Holds one column of one group at a time.
    pub(crate) fn sound(&self) -> Result<()> {
        let schema = self.schema(Form::Coded);
        for group in 0..self.metadata()?.num_row_groups() {
            for field in schema.fields() {
                self.read(Form::Coded, &[field.name()], &[group], None)?;
            }
        }
        Ok(())
    }

    /// All rows, one batch per group.
    pub(crate) fn read_all(&self, form: Form, columns: &[&str]) -> Result<Vec<RecordBatch>> {
        let groups: Vec<usize> = (0..self.metadata()?.num_row_groups()).collect();
        self.read(form, columns, &groups, None)
    }

    /// The rows of those numbers (rising, each once), counted from the start of the file.
    pub(crate) fn read_rows(&self, form: Form, columns: &[&str], rows: &[u32]) -> Result<Vec<RecordBatch>> {
        let ranges: Vec<Range<usize>> = rows
            .chunk_by(|one, two| one + 1 == *two)
            .map(|run| run[0] as usize..run[run.len() - 1] as usize + 1)
            .collect();
        self.read_ranges(form, columns, &ranges)
    }

    /// The rows of those ranges (rising, apart), counted from the start of the file.
    pub(crate) fn read_ranges(
        &self,
        form: Form,
        columns: &[&str],
        ranges: &[Range<usize>],
    ) -> Result<Vec<RecordBatch>> {
        let (mut groups, mut selectors, mut start) = (Vec::new(), Vec::new(), 0);
        for (group, count) in self.group_rows()?.into_iter().enumerate() {
            let end = start + count;
            let inside = ranges.iter().filter(|range| range.start < end && range.end > start);
            let clipped: Vec<_> =
                inside.map(|range| range.start.max(start) - start..range.end.min(end) - start).collect();
            if !clipped.is_empty() {
                groups.push(group);
                select(&clipped, count, &mut selectors);
            }
            start = end;
        }
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        self.read(form, columns, &groups, Some(&RowSelection::from(selectors)))
    }
}

/// Selectors for the ranges of one group of `count` rows.
fn select(ranges: &[Range<usize>], count: usize, out: &mut Vec<RowSelector>) {
    let mut at = 0;
    for range in ranges {
        out.push(RowSelector::skip(range.start - at));
        out.push(RowSelector::select(range.len()));
        at = range.end;
    }
    out.push(RowSelector::skip(count - at));
}
