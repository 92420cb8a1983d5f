//! The vocabulary of Mingcha: tables, codes, money, time, findings and diagnostics. No IO, no async, no clock.

pub mod cell;
pub mod cert;
pub mod code;
pub mod coder;
pub mod diagnostic;
pub mod finding;
pub mod form;
pub mod key;
pub mod money;
pub mod source;
pub mod table;
pub mod time;

pub use diagnostic::{Diagnostic, Fault, Level};
pub use finding::{Counting, Evidence, Finding, Kind, Role, Subject, SubjectKind};
pub use money::Fen;
pub use time::{Date, Time};
