//! Papers and ledgers of casework: templates that a bureau edits in Word, filled from a record and frozen; ledgers as XLSX and print.
//! Values in, bytes out: no store, no clock.

pub mod digest;
pub mod docs;
pub mod field;
pub mod fuzz;
pub mod issue;
pub mod layout;
pub mod ledger;
pub mod number;
mod package;
pub mod paper;
pub mod papers;
pub mod record;
pub mod template;
pub mod words;
mod xml;

pub use digest::Digest;
pub use issue::{Frozen, IssueError, Issued};
pub use number::Number;
pub use papers::Papers;
pub use record::{Record, Value};
