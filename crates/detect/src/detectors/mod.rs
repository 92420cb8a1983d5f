//! The detectors by name: one file each, with its settings, its pure function and its unit tests.

use crate::detector::Detector;
use mingcha_library::Library;
use serde::de::DeserializeOwned;

pub mod readmission;
pub mod restriction;

/// Builds the detector of that name from a rule's settings, or says what is wrong with them.
pub fn build(name: &str, settings: &toml::Table, library: &Library) -> Result<Box<dyn Detector>, String> {
    match name {
        "restriction" => boxed(restriction::Restriction::new(read(settings)?, library)),
        "readmission" => boxed(readmission::Readmission::new(read(settings)?)),
        _ => Err(format!("there is no detector `{name}`; there are {}", NAMES.join(", "))),
    }
}

/// The names of all detectors.
pub const NAMES: &[&str] = &["readmission", "restriction"];

fn boxed<D: Detector + 'static>(detector: Result<D, String>) -> Result<Box<dyn Detector>, String> {
    detector.map(|detector| Box::new(detector) as Box<dyn Detector>)
}

fn read<S: DeserializeOwned>(settings: &toml::Table) -> Result<S, String> {
    settings.clone().try_into().map_err(|error: toml::de::Error| error.message().to_owned())
}
