//! Acts with drugs: more than anybody can take, again too soon, from many pharmacies, and a key item that grows.

use super::Play;
use crate::{
    history::{History, ONE},
    plan::{Degree, Job},
    world::Use,
};
use mingcha_model::Date;

/// Rules and acts of this file.
pub const ACTS: &[(&str, Play)] = &[
    ("insured/oversupply", oversupply),
    ("institution/repeated-drug", repeated_drug),
    ("pharmacy/multi-institution-drug", multi_institution_drug),
    ("institution/key-item-growth", key_item_growth),
];

/// What a patient's share of a pushed item costs at least, in millionths of a yuan.
const GIVEN: i64 = 400_000_000;
/// Days of the window over which supply is summed.
const WINDOW: i64 = 180;

/// `at` percent of what 175 days need, from four institutions in turn.
fn oversupply(history: &mut History<'_>, job: &Job) -> Option<()> {
    let near = history.person.near;
    let last = history.world.end.0 - 178;
    let first =
        history.world.start.0 + history.rng.below((last - history.world.start.0).max(1) as u32) as i32;
    let packs = (WINDOW * job.at / 100 / 28 + 1) as i32;
    let drug = history.good(job.choose(&["atorvastatin", "clopidogrel"]));
    let disease = history.disease("chd");
    history.reserve(drug, history.world.start.0, history.world.end.0);
    for number in 0..packs {
        let from = first + number * 175 / packs;
        let Some(day) = history.find(1, from, from + 3) else { continue };
        let time = history.at(day, 8, 17);
        let encounter = history.refill(near[number as usize % 4], time, disease, &[(drug, 1)]);
        let line = history.encounters[encounter].fees.len() - 1;
        job.line(history, encounter, line);
    }
    Some(())
}

/// The same drug again while `at` days of it are left.
fn repeated_drug(history: &mut History<'_>, job: &Job) -> Option<()> {
    let near = history.person.near;
    let gap = 28 - job.at as i32;
    let first = history.find_any(gap + 1)?;
    let drug = history.good(job.choose(&["rosuvastatin", "clopidogrel", "atorvastatin"]));
    let disease = history.disease("chd");
    history.reserve(drug, history.world.start.0, history.world.end.0);
    for (number, (day, inst)) in [(first, near[1]), (first + gap, near[2])].into_iter().enumerate() {
        let time = history.at(day, 9, 12);
        let encounter = history.refill(inst, time, disease, &[(drug, 1)]);
        let line = history.encounters[encounter].fees.len() - 1;
        if number == 0 { job.beside(history, encounter, line) } else { job.line(history, encounter, line) }
    }
    Some(())
}

/// A drug that is easily resold, from `at` pharmacies within four weeks.
fn multi_institution_drug(history: &mut History<'_>, job: &Job) -> Option<()> {
    let first = history.find_any(29)?;
    let key = job.choose(&["clopidogrel", "atorvastatin", "dapagliflozin"]);
    let (drug, disease) =
        (history.good(key), history.disease(if key == "dapagliflozin" { "diabetes" } else { "chd" }));
    history.reserve(drug, history.world.start.0, history.world.end.0);
    let packs = if job.degree == Degree::Edge { 1 } else { 2 };
    let county = usize::from(history.person.county);
    for number in 0..job.at as usize {
        let pharmacy = history.pharmacy(county + number / 4, number % 4);
        let day = first + (number as i64 * 28 / job.at) as i32;
        let time = history.at(day, 9, 18);
        let encounter = history.refill(pharmacy, time, disease, &[(drug, packs)]);
        let line = history.encounters[encounter].fees.len() - 1;
        job.line(history, encounter, line);
    }
    Some(())
}

/// Key items that a hospital may push, and the illness that each is given for.
const PUSHED: [(&str, &str); 6] = [
    ("albumin", "lungcancer"),
    ("dezocine", "backpain"),
    ("butylphthalide", "stroke"),
    ("huachansu", "lungcancer"),
    ("danhong", "chd"),
    ("bevacizumab", "lungcancer"),
];

/// A hospital that gives a key item: six quiet calendar months, then a month of many. The first of the persons come in the quiet months.
/// Every case of a hospital has an item of its own, so that no case is another's past.
fn key_item_growth(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.world.special(Use::Growth, job.set);
    let (item, disease) = PUSHED[(job.number / 3) as usize % PUSHED.len()];
    let busy = 7 + (job.shared >> 8) as i32 % 4;
    let quiet = match job.degree {
        Degree::Obvious => job.seats / 5,
        Degree::Mixed => job.seats / 3,
        Degree::Edge => job.seats * 2 / 3,
    };
    let early = job.seat < quiet;
    let month = if early { busy - 6 + job.seat as i32 % 6 } else { busy };
    let index = history.world.start.month_index() + month;
    let first = Date::new(1970 + index.div_euclid(12), index.rem_euclid(12) as u32 + 1, 1)?;
    let day = history.find(1, first.0, first.0 + 27)?;
    let time = history.at(day, 8, 16);
    let disease = history.disease(disease);
    let encounter = history.open(inst, "11", time, Some(disease));
    history.consult(encounter, time);
    let good = history.good(item);
    // Cheap things are given by the box.
    let some = (GIVEN / history.catalogue().good(good).price).max(1) * ONE;
    let line = history.charge(encounter, good, time + 900, if early { some } else { 2 * some });
    history.close(encounter, time + 1800);
    if !early {
        job.line(history, encounter, line);
    }
    Some(())
}
