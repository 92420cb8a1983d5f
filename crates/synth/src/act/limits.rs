//! Acts against limits of who may have what, where and for how long.

use super::Play;
use crate::{
    history::{History, ONE, Target, midnight},
    plan::{Degree, Job},
    stay::StayPlan,
    world::Use,
};

/// Rules and acts of this file.
pub const ACTS: &[(&str, Play)] = &[
    ("institution/drug-sex", drug_sex),
    ("institution/item-sex", item_sex),
    ("institution/sex-diagnosis", sex_diagnosis),
    ("institution/drug-child-age", drug_child_age),
    ("institution/item-age", item_age),
    ("institution/drug-indication", drug_indication),
    ("institution/drug-hospital-level", drug_hospital_level),
    ("institution/drug-visit-kind", drug_visit_kind),
    ("institution/drug-insurance-kind", drug_insurance_kind),
    ("institution/drug-second-line", drug_second_line),
    ("institution/drug-course-days", drug_course_days),
    ("institution/item-course-days", item_course_days),
    ("institution/tcm-slice-single", tcm_slice_single),
    ("institution/internet-no-pay", internet_no_pay),
];

/// One line of a drug on a visit of its own or among true treatment.
fn give(
    history: &mut History<'_>,
    job: &Job,
    inst: u32,
    disease: &str,
    drug: &str,
    packs: i64,
) -> Option<()> {
    let (encounter, time) = history.occasion(job, inst, disease)?;
    let good = history.good(drug);
    let line = history.dispense_anyway(encounter, good, time, packs.max(1));
    job.line(history, encounter, line);
    Some(())
}

fn do_item(history: &mut History<'_>, job: &Job, inst: u32, item: &str) -> Option<()> {
    let (encounter, time) = history.occasion(job, inst, "")?;
    let good = history.good(item);
    let line = history.charge(encounter, good, time, ONE);
    job.line(history, encounter, line);
    Some(())
}

fn drug_sex(history: &mut History<'_>, job: &Job) -> Option<()> {
    let drug = if history.person.sex == 1 {
        job.choose(&["baofukang", "yimuwan", "miconazole_v"])
    } else {
        job.choose(&["bicalutamide", "dutasteride"])
    };
    let inst = history.person.near[1];
    give(history, job, inst, "", drug, job.at)
}

fn item_sex(history: &mut History<'_>, job: &Job) -> Option<()> {
    let item = if history.person.sex == 1 { "tvus" } else { "prostate_inj" };
    let inst = history.person.near[2];
    do_item(history, job, inst, item)
}

fn sex_diagnosis(history: &mut History<'_>, job: &Job) -> Option<()> {
    let disease = if history.person.sex == 1 {
        job.choose(&["vaginitis", "menorrhagia", "myoma"])
    } else {
        job.choose(&["bph", "prostatecancer"])
    };
    let inst = history.person.near[2];
    let day = history.find_any(1)?;
    let time = history.at(day, 8, 16);
    let named = history.disease(disease);
    let main = if job.degree == Degree::Obvious { named } else { history.common_illness() };
    let encounter = history.occasion_at(job, inst, main, time);
    if main != named {
        // Among others the impossible diagnosis is a further one.
        history.encounters[encounter].diagnoses.push(named);
    }
    let test = history.good("us_abd");
    history.charge(encounter, test, time + 1200, ONE);
    let at = history.encounters[encounter].diagnoses.iter().position(|&other| other == named)?;
    job.note(history, Target::Diagnosis(encounter, at), "subject");
    Some(())
}

fn drug_child_age(history: &mut History<'_>, job: &Job) -> Option<()> {
    let (inst, drug) = (history.person.near[1], job.choose(&["xiaoerchiqiao", "xiaoerkechuan"]));
    of_age(history, job, inst, |history, encounter, time| {
        let good = history.good(drug);
        history.dispense_anyway(encounter, good, time, 1)
    })
}

fn item_age(history: &mut History<'_>, job: &Job) -> Option<()> {
    let (inst, item) = (history.person.near[2], job.choose(&["scalp", "tuina_child"]));
    of_age(history, job, inst, |history, encounter, time| {
        let good = history.good(item);
        history.charge(encounter, good, time, ONE)
    })
}

/// A visit in the second half of the city's time, when somebody at the edge has had the birthday.
fn of_age(
    history: &mut History<'_>,
    job: &Job,
    inst: u32,
    add: impl Fn(&mut History<'_>, usize, i64) -> usize,
) -> Option<()> {
    let (middle, end) = (history.world.start.0 + history.world.days() / 2 + 1, history.world.end.0);
    let day = history.find(1, middle, end)?;
    let time = history.at(day, 8, 16);
    let disease = history.disease("uri");
    let encounter = history.occasion_at(job, inst, disease, time);
    let line = add(history, encounter, time + 1800);
    job.line(history, encounter, line);
    Some(())
}

fn drug_indication(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let drug = unindicated(history, job);
    match job.degree {
        Degree::Edge => give(history, job, inst, "checkup", drug, 1),
        _ => give(history, job, inst, "backpain", drug, 2),
    }
}

/// A drug for an illness that the person has not and will not have in this year, since an earlier diagnosis counts too.
fn unindicated(history: &History<'_>, job: &Job) -> &'static str {
    let age = history.person.age_on(history.world.start);
    let has = |key: &str| history.person.chronic.contains(&history.disease(key));
    let choices = [
        ("butyl_cap", age < 44),
        ("glargine", age < 34),
        ("tiotropium", age < 49),
        ("entecavir", !has("hepatitis")),
    ];
    let first = (job.shared >> 8) as usize % choices.len();
    let fitting =
        (0..choices.len()).map(|step| choices[(first + step) % choices.len()]).find(|(_, fits)| *fits);
    fitting.map_or("levodopa", |(drug, _)| drug)
}

fn drug_hospital_level(history: &mut History<'_>, job: &Job) -> Option<()> {
    let near = history.person.near;
    match job.degree {
        Degree::Obvious => give(history, job, near[0], "", "ginkgo_iv", 5),
        Degree::Mixed => {
            give(history, job, near[1], "", job.choose(&["ginkgo_iv", "danhong", "qingkailing"]), 3)
        }
        // A county hospital where the nation asks for level three.
        Degree::Edge => give(history, job, near[2], "maculardeg", "conbercept", 1),
    }
}

fn drug_visit_kind(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    give(history, job, inst, "", job.choose(&["lipid", "amino18", "angong"]), job.at)
}

fn drug_insurance_kind(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    give(history, job, inst, "", job.choose(&["rabies", "scarcream"]), job.at)
}

/// A second-line drug for somebody whose year shows no first-line one: known since the first weeks, begun `at` days later. Where it is
/// mixed the first-line drug comes after it, at the edge on the same day.
fn drug_second_line(history: &mut History<'_>, job: &Job) -> Option<()> {
    let has = |keys: &[&str]| keys.iter().any(|key| history.person.chronic.contains(&history.disease(key)));
    let sugar = ("dulaglutide", "metformin", "diabetes", has(&["diabetes", "heartfailure_c", "ckd"]));
    let tremor = ("ropinirole", "levodopa", "parkinson", has(&["parkinson"]));
    let choices = if job.shared >> 8 & 1 == 0 { [sugar, tremor] } else { [tremor, sugar] };
    let (second, first, disease, _) = choices.into_iter().find(|(.., has)| !has)?;
    let (second, first, disease) = (history.good(second), history.good(first), history.disease(disease));
    let (start, inst) = (history.world.start.0, history.person.near[2]);
    history.reserve(first, start, history.world.end.0);
    history.spare("diabetes_stay");
    // A visit early in the year, so that the time before is known.
    let known = history.find(1, start, start + 40)?;
    let (time, cold) = (history.at(known, 8, 16), history.common_illness());
    history.visit(inst, time, cold);
    let (soonest, spare) = (known + job.at as i32, if job.degree == Degree::Edge { 3 } else { 40 });
    let begun = history.find(1, soonest, soonest + spare)?;
    for (number, day) in
        [Some(begun), history.find(1, begun + 28, begun + 44)].into_iter().flatten().enumerate()
    {
        let time = history.at(day, 8, 16);
        let encounter = history.open(inst, "11", time, Some(disease));
        history.consult(encounter, time);
        let line = history.dispense_anyway(encounter, second, time + 900, 1);
        job.line(history, encounter, line);
        if job.degree == Degree::Edge && number == 0 || job.degree == Degree::Mixed && number > 0 {
            history.dispense_anyway(encounter, first, time + 300, 1);
        }
        history.close(encounter, time + 1800);
    }
    Some(())
}

/// A drug whose course the nation limits to 14 days, on `at` days of one stay.
fn drug_course_days(history: &mut History<'_>, job: &Job) -> Option<()> {
    let nights = job.at as i32 + 2;
    let day = history.find_any(nights + 1)?;
    let (inst, disease) = (history.person.near[2], history.disease("stroke"));
    let encounter = history.admit(StayPlan { inst, disease, beside: None, day, nights: i64::from(nights) });
    let drug = history.good("butylphthalide");
    history.encounters[encounter].fees.retain(|fee| fee.good != drug);
    // Two days after admission at the latest every clock time of these days lies inside the stay.
    for step in 0..job.at {
        let line = history.charge(encounter, drug, midnight(day + 1 + step as i32) + 9 * 3600, 2 * ONE);
        if step < 14 { job.beside(history, encounter, line) } else { job.line(history, encounter, line) }
    }
    Some(())
}

/// Training that the nation limits to 30 days, kept up for `at` days.
fn item_course_days(history: &mut History<'_>, job: &Job) -> Option<()> {
    let length = job.at as i32 + 1;
    let first = history.find_any(length)?;
    let (inst, item, disease) = (
        history.person.near[2],
        history.good(job.choose(&["weight_support", "wheelchair"])),
        history.disease("stroke_after"),
    );
    let mut day = first;
    while day < first + length {
        let time = history.at(day, 8, 11);
        let encounter = history.open(inst, "11", time, Some(disease));
        if job.degree == Degree::Mixed {
            let exercise = history.good("exercise");
            history.charge(encounter, exercise, time + 600, ONE);
        }
        let line = history.charge(encounter, item, time + 1200, ONE);
        history.close(encounter, time + 3600);
        if day - first <= 30 {
            job.beside(history, encounter, line);
        } else {
            job.line(history, encounter, line);
        }
        let next = day + history.rng.between(2, 3) as i32;
        // The last session lies on the last day, so that the course is as long as planned.
        day = if next >= first + length && day < first + length - 1 { first + length - 1 } else { next };
    }
    Some(())
}

/// One herbal slice alone of those that the fund does not pay alone.
fn tcm_slice_single(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let day = history.find_any(1)?;
    let time = history.at(day, 8, 16);
    let disease = history.disease("weakness");
    let encounter = history.open(inst, "11", time, Some(disease));
    history.consult(encounter, time);
    if job.degree == Degree::Mixed {
        let needle = history.good("acupuncture");
        history.charge(encounter, needle, time + 600, ONE);
    }
    let slice = history.good(job.choose(&["slice02", "slice05", "slice06", "slice07", "slice15", "slice16"]));
    let line = history.charge(encounter, slice, time + 1200, job.at * ONE);
    history.close(encounter, time + 2000);
    job.line(history, encounter, line);
    Some(())
}

/// A narcotic prescribed over the net.
fn internet_no_pay(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.world.special(Use::Internet, job.set);
    let day = history.find_any(1)?;
    let time = history.at(day, 8, 20);
    let disease = history.disease("lungcancer");
    let encounter = history.open(inst, "1105", time, Some(disease));
    history.encounters[encounter].cert = "01";
    history.consult(encounter, time);
    let drug = history.good(job.choose(&["fentanyl_patch", "oxycodone"]));
    let line = history.dispense_anyway(encounter, drug, time + 600, job.at);
    if job.degree == Degree::Mixed {
        let other = history.good("huachansu");
        history.dispense(encounter, other, time + 600, 1);
    }
    history.close(encounter, time + 900);
    job.line(history, encounter, line);
    Some(())
}
