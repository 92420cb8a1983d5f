//! Timelines and detectors: pure functions over one person's history. No IO, no clock, no randomness.
//!
//! The data flows one way: record batches of one bucket → [`Claims`] → the [`Program`]'s one pass → [`Hit`]s → findings.

pub mod claims;
pub mod detector;
pub mod detectors;
pub mod finding;
pub mod fixture;
pub mod group;
pub mod listed;
pub mod pass;
pub mod prefix;
pub mod rows;
pub mod settings;
mod stay;
pub mod symbols;
pub mod timeline;
#[cfg(test)]
mod trial;
pub mod windows;
pub mod world;

pub use claims::{Claims, LoadError, Needs, Tables};
pub use detector::{Detector, Hit, Interest, Line, Part, Sink, Value};
pub use pass::{CompileError, Program, Window, Worker};
pub use symbols::{Symbol, Symbols};
pub use timeline::Timeline;
pub use world::World;
