//! Acts of many: bursts at a terminal, nights at a pharmacy, people who are always seen together.

use super::Play;
use crate::{
    history::{History, midnight},
    plan::{Degree, Job},
};

/// Rules and acts of this file.
pub const ACTS: &[(&str, Play)] = &[
    ("pharmacy/terminal-burst", terminal_burst),
    ("pharmacy/night-burst", night_burst),
    ("gang/seen-together", seen_together),
];

const GOODS: [&str; 6] = ["vitc", "calciumd3", "liuwei", "banlangen", "yunnanbaiyao", "ganmaoling"];

/// A word of the case for one of its choices.
fn part(job: &Job, shift: u32, of: u64) -> u64 {
    (job.shared >> shift) % of.max(1)
}

/// All persons of the case at one terminal within ten minutes.
fn terminal_burst(history: &mut History<'_>, job: &Job) -> Option<()> {
    let pharmacy = history.pharmacy(part(job, 0, 1000) as usize, part(job, 10, 1000) as usize);
    let day = history.world.start.0 + part(job, 20, history.world.days() as u64) as i32;
    let begin = midnight(day) + 3600 * (9 + part(job, 40, 9) as i64);
    let seconds = if job.degree == Degree::Edge { 580 } else { 300 };
    history.take(day - 1, day + 1);
    let key = GOODS[job.seat as usize % GOODS.len()];
    let encounter =
        history.errand(pharmacy, begin + i64::from(job.seat) * seconds / i64::from(job.seats), key, 2);
    history.encounters[encounter].terminal = 1;
    history.encounters[encounter].cert = "01";
    job.whole(history, encounter, "subject");
    Some(())
}

/// All persons of the case at one pharmacy in the nights of one month.
fn night_burst(history: &mut History<'_>, job: &Job) -> Option<()> {
    let pharmacy = history.pharmacy(part(job, 0, 1000) as usize, part(job, 10, 1000) as usize);
    let start = history.world.start;
    let month = start.month_index() + part(job, 20, history.world.days() as u64 / 31) as i32;
    let first = mingcha_model::Date::new(1970 + month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1)?;
    let day = first.0 + 1 + (job.seat as i32 * 7) % 26;
    history.take(day - 1, day);
    let time = history.at(day, 1, 4);
    let encounter = history.errand(pharmacy, time, GOODS[job.seat as usize % GOODS.len()], 2);
    job.whole(history, encounter, "subject");
    Some(())
}

/// The persons of the case at the same pharmacies within a quarter of an hour, day after day.
fn seen_together(history: &mut History<'_>, job: &Job) -> Option<()> {
    let days = match job.degree {
        Degree::Obvious => 7,
        Degree::Mixed => 5,
        Degree::Edge => 3,
    };
    let county = part(job, 0, 1000) as usize;
    let first = history.world.start.0
        + 5
        + part(job, 10, (history.world.days() as u64).saturating_sub(days * 4 + 10)) as i32;
    for number in 0..days as i32 {
        let day = first + number * 4;
        let pharmacy = history.pharmacy(
            county,
            (part(job, 20, 50) as i32 + number % if job.degree == Degree::Edge { 2 } else { 3 }) as usize,
        );
        let begin = midnight(day) + 3600 * (9 + (part(job, 30, 8) as i64 + i64::from(number) * 2) % 9);
        history.take(day - 1, day + 1);
        let spread = if job.degree == Degree::Edge { 840 } else { 300 };
        let time = begin + i64::from(job.seat) * spread / i64::from(job.seats);
        let encounter =
            history.errand(pharmacy, time, GOODS[(job.seat as usize + number as usize) % GOODS.len()], 1);
        job.whole(history, encounter, "subject");
    }
    Some(())
}
