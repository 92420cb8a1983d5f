//! Runs: the one pass over buckets, SQL over the population, clues, evidence and proof. Knows the lake, never who made its data.

pub mod clue;
pub mod error;
pub mod outside;
pub mod pass;
pub mod report;
pub mod run;
pub mod sql;
pub mod store;
pub mod total;
pub mod verify;

pub use clue::{Clue, Grade, Score};
pub use error::{EngineError, Result};
pub use run::{Options, Progress, Screened, Watch, screen, trial};
pub use store::{Asked, Run, Runs};
