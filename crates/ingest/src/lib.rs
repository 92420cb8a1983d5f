//! Foreign files into canonical batches: profiles map, readers stream, checks judge, and what is refused goes to quarantine with its reason.
//!
//! The way of a file: [`scan`] finds out what it is and for which table, [`Reader`] turns it into [`Chunk`]s of checked rows,
//! [`digest_personal`] takes personal data out, and a [`Report`] says what happened. Nothing here knows the lake or reads a clock.
//! A profile maps, it never guesses; a bad row never stops the rest, and a hostile file meets [`Limits`].

mod block;
pub mod check;
mod chunk;
mod column;
mod counts;
mod csv;
mod digest;
mod error;
pub mod fuzz;
mod judge;
mod limits;
mod open;
mod parquet_file;
mod plan;
mod profile;
pub mod quarantine;
mod reader;
mod report;
mod source;
mod text;
mod xlsx;

pub use check::{
    Action, BatchCounters, BatchFinding, BucketReport, BucketView, Check, Known, Months, Policy, Refusal,
    check_bucket,
};
pub use chunk::{Chunk, Reading};
pub use column::{SRC_FILE, SRC_LINE, chunk_schema, is_dictionary};
pub use counts::{Count, QualityCounts};
pub use digest::digest_personal;
pub use error::{AbsentHeader, IngestError};
pub use limits::Limits;
pub use open::Packing;
pub use profile::{Derived, Form, Mapping, Profile, TimeForm, draft_profile};
pub use quarantine::{Rejected, RowFault};
pub use reader::Reader;
pub use report::{Report, Tally};
pub use source::{Format, Scan, Source, best_profile, scan};
pub use text::Charset;

#[cfg(test)]
mod tests;
