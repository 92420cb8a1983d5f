//! Acts with beds: stays that overlap, return, are split, are many, or treat nobody.

use super::{Play, charging::stay};
use crate::{
    history::{History, ONE},
    plan::{Degree, Job},
    stay::StayPlan,
    world::{InstId, Use},
};

/// Rules and acts of this file.
pub const ACTS: &[(&str, Play)] = &[
    ("institution/outpatient-during-stay", outpatient_during_stay),
    ("institution/overlapping-stays", overlapping_stays),
    ("institution/readmission", readmission),
    ("institution/split-stay", split_stay),
    ("insured/frequent-stays", frequent_stays),
    ("insured/hardship-frequent-stays", frequent_stays),
    ("institution/stay-without-treatment", stay_without_treatment),
    ("gang/admitted-together", admitted_together),
    ("institution/assist-share", assist_share),
];

/// Visits and purchases elsewhere on `at` different days of a stay.
fn outpatient_during_stay(history: &mut History<'_>, job: &Job) -> Option<()> {
    let near = history.person.near;
    let (encounter, day) = stay(history, near[2], "cerebro", 10, 0)?;
    job.whole(history, encounter, "counterpart");
    // Never the same thing twice, which would be another rule's case.
    let bought = ["vitc", "banlangen", "calciumd3", "liuwei"];
    for step in 0..job.at as i32 {
        let time = history.at(day + 2 + step * 2 % 7, 9, 16);
        let elsewhere = if step % 2 == 0 && job.degree != Degree::Edge {
            let disease = history.common_illness();
            history.visit(near[1], time, disease)
        } else {
            history.errand(
                near[3],
                time,
                bought[((job.shared % 4) as usize + step as usize) % bought.len()],
                1,
            )
        };
        history.encounters[elsewhere].cert = "03";
        job.whole(history, elsewhere, "subject");
    }
    Some(())
}

/// Two stays at two hospitals that share `at` hours.
fn overlapping_stays(history: &mut History<'_>, job: &Job) -> Option<()> {
    let near = history.person.near;
    let day = history.find_any(20)?;
    let (first, second) = (history.disease("cerebro"), history.disease("disc"));
    let one = history.admit(StayPlan { inst: near[2], disease: first, beside: None, day, nights: 8 });
    let begin = history.encounters[one].end - job.at * 3600;
    let nights = 6 + job.at / 24;
    let two = history.admit(StayPlan {
        inst: near[1],
        disease: second,
        beside: None,
        day: begin.div_euclid(86_400) as i32,
        nights,
    });
    let encounter = &mut history.encounters[two];
    encounter.begin = encounter.begin.min(begin);
    job.whole(history, one, "counterpart");
    job.whole(history, two, "subject");
    Some(())
}

fn illness_of(job: &Job) -> &'static str {
    ["vertigo", "angina", "pneumonia", "giulcer"][(job.shared >> 8) as usize % 4]
}

/// Back `at` days after discharge, for the same illness at the same hospital.
fn readmission(history: &mut History<'_>, job: &Job) -> Option<()> {
    series(history, job, &[6, 6], job.at as i32)
}

/// One illness cut into stays that follow at once.
fn split_stay(history: &mut History<'_>, job: &Job) -> Option<()> {
    let parts: &[i64] = if job.degree == Degree::Obvious { &[5, 5, 5] } else { &[6, 6] };
    series(history, job, parts, job.at as i32)
}

fn series(history: &mut History<'_>, job: &Job, nights: &[i64], gap: i32) -> Option<()> {
    let inst = history.person.near[2];
    let length: i64 = nights.iter().sum::<i64>() + (nights.len() as i64) * i64::from(gap);
    let mut day = history.find_any(length as i32 + 2)?;
    let disease = history.disease(illness_of(job));
    for (number, &nights) in nights.iter().enumerate() {
        let encounter = history.admit(StayPlan { inst, disease, beside: None, day, nights });
        if number > 0 {
            // Admitted after lunch, where the last stay may have ended that morning.
            let before = history.encounters[encounter - 1].settled;
            let encounter = &mut history.encounters[encounter];
            encounter.begin = encounter.begin.max(before + 1800);
            let begin = encounter.begin;
            encounter.fees.iter_mut().for_each(|fee| fee.time = fee.time.max(begin));
        }
        job.whole(history, encounter, if number == 0 { "counterpart" } else { "subject" });
        day += nights as i32 + gap;
    }
    Some(())
}

/// `at` stays in the city's time at changing hospitals for changing reasons.
fn frequent_stays(history: &mut History<'_>, job: &Job) -> Option<()> {
    let days = history.world.days().min(365);
    let step = days / job.at as i32;
    let near = history.person.near;
    let reasons = ["vertigo", "cerebro", "disc", "angina", "giulcer"];
    for number in 0..job.at as i32 {
        let from = history.world.start.0 + number * step;
        let Some(day) = history.find(8, from, from + step - 18) else { continue };
        let inst = [near[1], near[2], near[2]][number as usize % 3];
        let disease = history.disease(reasons[number as usize % 5]);
        let nights = if job.degree == Degree::Obvious { 7 } else { history.rng.between(4, 7) };
        let encounter = history.admit(StayPlan { inst, disease, beside: None, day, nights });
        job.whole(history, encounter, "subject");
    }
    Some(())
}

/// `at` nights with bed, nursing and ward round, and examinations where it is mixed, but nothing that treats.
fn stay_without_treatment(history: &mut History<'_>, job: &Job) -> Option<()> {
    let day = history.find_any(job.at as i32 + 1)?;
    let (inst, disease) = (history.person.near[1], history.disease("cerebro"));
    let encounter = history.admit_bare(StayPlan { inst, disease, beside: None, day, nights: job.at });
    if job.degree == Degree::Mixed {
        let begin = history.encounters[encounter].begin;
        for key in ["cbc", "ecg", "urine"] {
            let good = history.good(key);
            history.charge(encounter, good, begin + 3600, ONE);
        }
    }
    job.whole(history, encounter, "subject");
    Some(())
}

/// People of different families come and go together, twice.
fn admitted_together(history: &mut History<'_>, job: &Job) -> Option<()> {
    let county = (job.shared % history.world.counties.len() as u64) as usize;
    let inst: InstId = history.world.counties[county].primary[0];
    let days = history.world.days();
    let first = history.world.start.0 + 10 + ((job.shared >> 16) % (days as u64 / 3)) as i32;
    for round in 0..2 {
        let day = first + round * (days / 3);
        // At the edge not all come on the same day.
        let day = day + i32::from(job.degree == Degree::Edge && job.seat == 1);
        history.take(day, day + 8);
        let disease = history.disease(if job.degree == Degree::Obvious {
            "disc"
        } else {
            ["disc", "cerebro", "vertigo"][job.seat as usize % 3]
        });
        let encounter = history.admit(StayPlan { inst, disease, beside: None, day, nights: 7 });
        // Within a day of each other: at the edge the later one comes in the morning and leaves in the morning.
        if job.degree == Degree::Edge && job.seat == 1 {
            let morning = crate::history::midnight(day) + 8 * 3600;
            history.encounters[encounter].begin = morning;
        } else if job.degree == Degree::Edge {
            let begin = history.encounters[encounter].begin;
            history.encounters[encounter].begin = begin.max(crate::history::midnight(day) + 12 * 3600);
        }
        job.whole(history, encounter, "subject");
    }
    Some(())
}

/// A stay at a private hospital that fills its beds with people on medical aid.
fn assist_share(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.world.special(Use::Assist, job.set);
    let (encounter, _) = stay(history, inst, job.choose(&["cerebro", "vertigo", "disc"]), 6, 0)?;
    job.whole(history, encounter, "subject");
    Some(())
}
