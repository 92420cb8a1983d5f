//! How much a file may ask for: what keeps memory bounded whatever somebody sends.

/// Limits on one file. All of them answer with [`crate::IngestError::Limit`].
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Longest line of a text file in bytes, after decoding.
    pub line_bytes: usize,
    /// Most columns of a header.
    pub columns: usize,
    /// Most bytes that one file may have after decompression.
    pub inflated_bytes: u64,
    /// Most bytes that one compressed byte may become; looked at after the first 16 MiB.
    pub inflation: u64,
    /// Most bytes that the parts of one XLSX workbook may have together after decompression.
    pub xlsx_bytes: u64,
    /// Most bytes that one page of a Parquet file may have after decompression; four times as much for all that are held at once.
    pub page_bytes: u64,
    /// Most rows of one chunk.
    pub chunk_rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line_bytes: 1 << 20,
            columns: 4096,
            inflated_bytes: 1 << 40,
            inflation: 400,
            xlsx_bytes: 512 << 20,
            page_bytes: 256 << 20,
            chunk_rows: 1 << 16,
        }
    }
}
