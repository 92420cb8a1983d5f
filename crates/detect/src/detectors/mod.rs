//! The detectors by name: one file each, with its settings, its pure function and its unit tests.

use crate::{
    detector::Detector,
    settings::{Flaw, read},
};
use mingcha_library::Library;

pub mod absence;
pub mod alone;
pub mod arithmetic;
pub mod balance;
pub mod burst;
#[cfg(test)]
mod charging_tests;
pub mod course;
pub mod cycle;
pub mod discount;
pub mod distinct;
pub mod duplicate;
pub mod eligibility;
pub mod exclusion;
pub mod frequency;
pub mod indication;
pub mod limit;
pub mod overlap;
pub mod price;
pub mod readmission;
pub mod requirement;
pub mod restriction;
pub mod stay_days;
pub mod supply;
pub mod travel;

/// Builds the detector of that name from a rule's settings, or says what is wrong with them.
pub fn build(name: &str, settings: &toml::Table, library: &Library) -> Result<Box<dyn Detector>, Flaw> {
    match name {
        "absence" => boxed(absence::Absence::new(read(settings)?, library)),
        "alone" => boxed(alone::Alone::new(&read(settings)?, library)),
        "arithmetic" => boxed(Ok(arithmetic::Arithmetic::new(&read(settings)?))),
        "balance" => boxed(Ok(balance::Balance::new(&read(settings)?))),
        "burst" => boxed(burst::Burst::new(read(settings)?)),
        "course" => boxed(course::Course::new(&read(settings)?, library)),
        "cycle" => boxed(cycle::Cycle::new(&read(settings)?, library)),
        "discount" => boxed(discount::Discount::new(&read(settings)?, library)),
        "distinct" => boxed(distinct::Distinct::new(read(settings)?, library)),
        "duplicate" => boxed(Ok(duplicate::Duplicate::new(read(settings)?))),
        "eligibility" => boxed(eligibility::Eligibility::new(read(settings)?)),
        "exclusion" => boxed(exclusion::Exclusion::new(&read(settings)?, library)),
        "frequency" => boxed(frequency::Frequency::new(read(settings)?)),
        "indication" => boxed(indication::Indication::new(&read(settings)?, library)),
        "limit" => boxed(limit::Limit::new(&read(settings)?, library)),
        "overlap" => boxed(overlap::Overlap::new(read(settings)?)),
        "price" => boxed(Ok(price::Price::new(&read(settings)?))),
        "readmission" => boxed(readmission::Readmission::new(read(settings)?)),
        "requirement" => boxed(requirement::Requirement::new(&read(settings)?, library)),
        "restriction" => boxed(restriction::Restriction::new(read(settings)?, library)),
        "stay_days" => boxed(stay_days::StayDays::new(read(settings)?)),
        "supply" => boxed(supply::Supply::new(read(settings)?)),
        "travel" => boxed(travel::Travel::new(read(settings)?)),
        _ => Err(Flaw::from(format!("there is no detector `{name}`; there are {}", NAMES.join(", ")))),
    }
}

/// The names of all detectors.
pub const NAMES: &[&str] = &[
    "absence",
    "alone",
    "arithmetic",
    "balance",
    "burst",
    "course",
    "cycle",
    "discount",
    "distinct",
    "duplicate",
    "eligibility",
    "exclusion",
    "frequency",
    "indication",
    "limit",
    "overlap",
    "price",
    "readmission",
    "requirement",
    "restriction",
    "stay_days",
    "supply",
    "travel",
];

fn boxed<D: Detector + 'static>(detector: Result<D, String>) -> Result<Box<dyn Detector>, Flaw> {
    Ok(Box::new(detector?))
}
