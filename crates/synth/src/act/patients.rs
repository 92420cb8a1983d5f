//! Acts with an identity or a right: dead, uncovered, in two places at once, at a suspended place or doctor.

use super::Play;
use crate::{
    history::History,
    plan::{Degree, Job},
    world::{InstId, Use, World},
};

/// Rules and acts of this file.
pub const ACTS: &[(&str, Play)] = &[
    ("insured/settle-after-death", settle_after_death),
    ("insured/outside-coverage", outside_coverage),
    ("insured/settlement-burst", settlement_burst),
    ("cross-region/impossible-travel", impossible_travel),
    ("institution/suspended-institution", suspended_institution),
    ("institution/suspended-practitioner", suspended_practitioner),
];

/// Purchases `at` days after death; more than one where it is obvious.
fn settle_after_death(history: &mut History<'_>, job: &Job) -> Option<()> {
    let died = history.person.death?;
    after(history, job, died.0)
}

/// Purchases `at` days after coverage ended.
fn outside_coverage(history: &mut History<'_>, job: &Job) -> Option<()> {
    let ended = history.person.covered_to?;
    after(history, job, ended.0)
}

fn after(history: &mut History<'_>, job: &Job, last: i32) -> Option<()> {
    let pharmacy = history.person.near[3];
    let times = match job.degree {
        Degree::Obvious => 3,
        Degree::Mixed => 2,
        Degree::Edge => 1,
    };
    for number in 0..times {
        let day = last + job.at as i32 + number * 2;
        if day > history.world.end.0 {
            break;
        }
        let time = history.at(day, 9, 18);
        let encounter = history.errand(pharmacy, time, ["vitc", "calciumd3", "liuwei"][number as usize], 1);
        job.whole(history, encounter, "subject");
    }
    Some(())
}

/// Kilometres between two institutions, on a sphere.
pub(super) fn distance_km(world: &World, one: InstId, other: InstId) -> f64 {
    let radians = |millionths: i32| (f64::from(millionths) / 1e6).to_radians();
    let (a, b) = (world.inst(one).place, world.inst(other).place);
    let (lat_a, lat_b) = (radians(a.1), radians(b.1));
    let (by_lat, by_lng) = ((lat_b - lat_a) / 2.0, (radians(b.0) - radians(a.0)) / 2.0);
    let chord = by_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * by_lng.sin().powi(2);
    2.0 * 6371.0 * chord.sqrt().asin()
}

/// In two counties on one day, as if travelling at `at` km/h.
fn impossible_travel(history: &mut History<'_>, job: &Job) -> Option<()> {
    let world = history.world;
    let here = history.person.near[3];
    let far = (0..world.counties.len()).map(|county| world.counties[county].pharmacies[0]);
    let far = far.max_by(|&a, &b| distance_km(world, here, a).total_cmp(&distance_km(world, here, b)))?;
    let day = history.find_any(1)?;
    let time = history.at(day, 9, 15);
    let seconds = (distance_km(world, here, far) / job.at as f64 * 3600.0) as i64;
    for (number, (inst, time)) in [(here, time), (far, time + seconds)].into_iter().enumerate() {
        let encounter = history.errand(inst, time, ["banlangen", "huoxiang"][number], 1);
        history.encounters[encounter].cert = "03";
        job.whole(history, encounter, if number == 0 { "counterpart" } else { "subject" });
    }
    Some(())
}

/// `at` settlements in a few minutes at two or three places, as if a card were passed along.
fn settlement_burst(history: &mut History<'_>, job: &Job) -> Option<()> {
    let county = usize::from(history.person.county);
    let (places, minutes) = match job.degree {
        Degree::Obvious => (3, 10),
        Degree::Mixed => (2, 20),
        Degree::Edge => (2, 29),
    };
    let day = history.find_any(1)?;
    let begin = history.at(day, 9, 18);
    let goods = ["vitc", "calciumd3", "liuwei", "banlangen", "yunnanbaiyao", "ganmaoling", "huoxiang"];
    for number in 0..job.at {
        let pharmacy = history.pharmacy(county, job.shared as usize % 1000 + number as usize % places);
        let time = begin + number * minutes * 60 / (job.at - 1).max(1);
        let encounter = history.errand(pharmacy, time, goods[number as usize % goods.len()], 1);
        history.encounters[encounter].cert = "01";
        job.whole(history, encounter, "subject");
    }
    Some(())
}

/// Visits at a hospital while its agreement is suspended; at the edge on the last day.
fn suspended_institution(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.world.special(Use::Suspended, job.set);
    let (from, to) = history.world.inst(inst).suspended?;
    let disease = history.common_illness();
    for _ in 0..job.at {
        let day = if job.degree == Degree::Edge {
            history.find(1, to.0, to.0)?
        } else {
            history.find(1, from.0, to.0)?
        };
        let time = history.at(day, 8, 16);
        let encounter = history.visit(inst, time, disease);
        job.whole(history, encounter, "subject");
    }
    Some(())
}

/// Lines ordered by a doctor whose pay qualification is suspended.
fn suspended_practitioner(history: &mut History<'_>, job: &Job) -> Option<()> {
    let doctors = &history.world.suspended_doctors;
    let doctor = *doctors.get(job.shared as usize % doctors.len().max(1))?;
    let practitioner = &history.world.practitioners[doctor as usize];
    let (from, to) = practitioner.suspended?;
    for _ in 0..job.at {
        let day = if job.degree == Degree::Edge {
            history.find(1, to.0, to.0)?
        } else {
            history.find(1, from.0, to.0)?
        };
        let time = history.at(day, 8, 16);
        let disease = history.common_illness();
        let encounter = history.visit(practitioner.inst, time, disease);
        let visit = &mut history.encounters[encounter];
        visit.doctor = doctor;
        visit.dept = practitioner.dept;
        visit.fees.iter_mut().for_each(|fee| fee.doctor = doctor);
        let lines = visit.fees.len();
        (0..lines).for_each(|line| job.line(history, encounter, line));
    }
    Some(())
}
