//! Acts of charging: twice, inside another item, too often, too dear, wrongly multiplied, or outside the stay.

use super::Play;
use crate::{
    catalogue::{FEN, Kind},
    history::{History, ONE, Target, amount, midnight},
    plan::{Degree, Job},
    stay::StayPlan,
    world::InstId,
};
use mingcha_model::Fen;

/// Rules and acts of this file.
pub const ACTS: &[(&str, Play)] = &[
    ("institution/item-pair-day", item_pair_day),
    ("institution/item-pair-encounter", item_pair_encounter),
    ("institution/item-pair-hour", item_pair_hour),
    ("institution/item-frequency", item_frequency),
    ("institution/item-cycle", item_cycle),
    ("institution/surgery-discount", surgery_discount),
    ("institution/duplicate-line", duplicate_line),
    ("institution/price-ceiling", price_ceiling),
    ("institution/amount-arithmetic", amount_arithmetic),
    ("institution/fee-outside-stay", fee_outside_stay),
    ("institution/bed-days", bed_days),
    ("institution/settlement-arithmetic", settlement_arithmetic),
    ("institution/anaesthesia-missing", anaesthesia_missing),
];

/// A stay of so many nights somewhere in the year, with days kept free after it.
pub(super) fn stay(
    history: &mut History<'_>,
    inst: InstId,
    disease: &str,
    nights: i64,
    after: i32,
) -> Option<(usize, i32)> {
    let day = history.find_any(nights as i32 + 1 + after)?;
    let disease = history.disease(disease);
    Some((history.admit(StayPlan { inst, disease, beside: None, day, nights }), day))
}

/// Marks the included item as subject and the one that includes it beside.
fn pair(history: &mut History<'_>, job: &Job, encounter: usize, main: (&str, i64), sub: (&str, i64)) {
    let (main_good, sub_good) = (history.good(main.0), history.good(sub.0));
    let one = history.charge(encounter, main_good, main.1, ONE);
    let two = history.charge(encounter, sub_good, sub.1, ONE);
    job.beside(history, encounter, one);
    job.line(history, encounter, two);
}

fn item_pair_day(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, time) = history.occasion(job, inst, "gastroenteritis")?;
    let (main, sub) = match job.choose(&["stool", "gtt", "hp"]) {
        "stool" => ("stool_routine", "stool_parasite"),
        "gtt" => ("gtt", "glucose"),
        _ => ("hp", "dialysis"),
    };
    // At the edge the two lie hours apart on the same day.
    let apart = if job.degree == Degree::Edge { 4 * 3600 } else { 60 };
    pair(history, job, encounter, (main, time), (sub, time + apart));
    let end = time + apart + 900;
    history.close(encounter, end);
    Some(())
}

fn item_pair_encounter(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, day) = stay(history, inst, "delivery", 5, 0)?;
    let main = history.good("delivery");
    let sub = history.good("perineum");
    let found = history.encounters[encounter].fees.iter().position(|fee| fee.good == main)?;
    let later = match job.degree {
        Degree::Obvious => history.encounters[encounter].fees[found].time + 1200,
        _ => midnight(day + 3) + 10 * 3600,
    };
    let line = history.charge(encounter, sub, later, ONE);
    job.beside(history, encounter, found);
    job.line(history, encounter, line);
    Some(())
}

fn item_pair_hour(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, day) = stay(history, inst, "giulcer", 7, 0)?;
    for step in 0..job.at {
        let hour = midnight(day + 1) + (9 + step) * 3600;
        pair(
            history,
            job,
            encounter,
            ("ivbp", hour + 60),
            ("ecg_monitor", hour + 60 + if job.degree == Degree::Edge { 3000 } else { 0 }),
        );
    }
    Some(())
}

/// More hours than a day has, or two ward rounds a day.
fn item_frequency(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, day) = stay(history, inst, "vertigo", 6, 0)?;
    if job.degree == Degree::Mixed {
        for key in ["ward_round", "nursing2"] {
            let good = history.good(key);
            let own = history.encounters[encounter]
                .fees
                .iter()
                .position(|fee| fee.good == good && fee.time.div_euclid(86_400) as i32 == day + 2)?;
            let line = history.charge(encounter, good, midnight(day + 2) + 9 * 3600, ONE);
            job.beside(history, encounter, own);
            job.line(history, encounter, line);
        }
    } else {
        let good = history.good("ecg_monitor");
        let line = history.charge(encounter, good, midnight(day + 1) + 22 * 3600, job.at * ONE);
        job.line(history, encounter, line);
    }
    Some(())
}

fn item_cycle(history: &mut History<'_>, job: &Job) -> Option<()> {
    let (day, item) = (history.find_any(job.at as i32 + 1)?, history.good("hba1c"));
    let disease = history.disease("diabetes");
    let near = history.person.near;
    for (number, (day, inst)) in [(day, near[1]), (day + job.at as i32, near[2])].into_iter().enumerate() {
        let time = history.at(day, 8, 11);
        let encounter = history.open(inst, "14", time, Some(disease));
        history.consult(encounter, time);
        let line = history.charge(encounter, item, time + 600, ONE);
        history.reserve_item(item, day);
        history.close(encounter, time + 1800);
        if number == 0 { job.beside(history, encounter, line) } else { job.line(history, encounter, line) }
    }
    Some(())
}

/// Two operations of one group through one incision, the second not discounted enough: at `at` percent of its price.
fn surgery_discount(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, _) = stay(history, inst, "appendicitis", 7, 0)?;
    let (first, second) = (history.good("ileocecal"), history.good("appendectomy"));
    let own = history.encounters[encounter].fees.iter().position(|fee| fee.good == second)?;
    let time = history.encounters[encounter].fees[own].time;
    let line = history.operate_bare(encounter, first, time);
    let fee = &mut history.encounters[encounter].fees[own];
    fee.pric = fee.pric * job.at / 100 / FEN * FEN;
    fee.amount = amount(fee.cnt, fee.pric);
    job.beside(history, encounter, line);
    job.line(history, encounter, own);
    Some(())
}

/// The same line again: code, minute and quantity.
fn duplicate_line(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let encounter = if job.degree == Degree::Obvious {
        history.occasion(job, inst, "backpain")?.0
    } else {
        stay(history, inst, "vertigo", 6, 0)?.0
    };
    let test = history.good("us_abd");
    let time = history.encounters[encounter].begin + 3000;
    let own = history.charge(encounter, test, time, ONE);
    job.beside(history, encounter, own);
    for _ in 0..job.at {
        let line = history.charge(encounter, test, time, ONE);
        job.line(history, encounter, line);
    }
    if !history.encounters[encounter].is_stay() {
        history.close(encounter, time + 900);
    }
    Some(())
}

/// A price at `at` percent of its ceiling, all of it left to the fund.
fn price_ceiling(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, time) = history.occasion(job, inst, "backpain")?;
    let item = history.good(job.choose(&["ct", "us_abd", "mri"]));
    let line = history.charge(encounter, item, time, ONE);
    let fee = &mut history.encounters[encounter].fees[line];
    fee.pric = fee.ceiling * job.at / 100 / FEN * FEN;
    fee.amount = amount(fee.cnt, fee.pric);
    fee.hides_excess = true;
    job.line(history, encounter, line);
    Some(())
}

/// An amount that is `at` fen above quantity times price.
fn amount_arithmetic(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, time) = history.occasion(job, inst, "backpain")?;
    let item = history.good(job.choose(&["massage", "mft", "acupuncture"]));
    let line = history.charge(encounter, item, time, 2 * ONE);
    history.encounters[encounter].fees[line].amount += Fen(job.at);
    job.line(history, encounter, line);
    Some(())
}

/// Charges `at` hours after discharge, or before admission where that is negative.
fn fee_outside_stay(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, _) = stay(history, inst, "vertigo", 6, (job.at / 24) as i32 + 2)?;
    let end = history.encounters[encounter].end;
    for (number, key) in
        ["liver", "renal", "mft"].into_iter().enumerate().take(if job.degree == Degree::Edge { 1 } else { 3 })
    {
        let good = history.good(key);
        let line = history.charge(encounter, good, end + job.at * 3600 + number as i64 * 600, ONE);
        job.line(history, encounter, line);
    }
    history.encounters[encounter].settled = end + job.at * 3600 + 3600;
    Some(())
}

/// A settlement whose fund payment, or where it is mixed whose total, is `at` fen more than its parts.
fn settlement_arithmetic(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, _) = stay(history, inst, "vertigo", 6, 0)?;
    let one = &mut history.encounters[encounter];
    let padded = if job.degree == Degree::Mixed { &mut one.padded_total } else { &mut one.padded_fund };
    *padded = Fen(job.at);
    job.note(history, Target::Settlement(encounter), "subject");
    Some(())
}

/// `at` more days in bed than the stay has.
fn bed_days(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (encounter, day) = stay(history, inst, "vertigo", 6, 0)?;
    let bed = history.good("bed");
    for step in 0..job.at as i32 {
        let line = history.charge(
            encounter,
            bed,
            midnight(day + 1 + step % 5) + 22 * 3600 + 60 * i64::from(step + 1),
            ONE,
        );
        job.line(history, encounter, line);
    }
    Some(())
}

/// An operation under general anaesthesia with no line for anaesthesia.
fn anaesthesia_missing(history: &mut History<'_>, job: &Job) -> Option<()> {
    let inst = history.person.near[2];
    let (disease, operation) = if job.choose(&["a", "b"]) == "a" {
        ("gallstone", "cholecystectomy")
    } else {
        ("appendicitis", "appendectomy")
    };
    let (encounter, _) = stay(history, inst, disease, 7, 0)?;
    let catalogue = history.catalogue();
    history.encounters[encounter].fees.retain(|fee| {
        let good = catalogue.good(fee.good);
        let around =
            job.degree == Degree::Obvious && matches!(good.key, "propofol" | "sevoflurane" | "anaes_monitor");
        good.kind != Kind::Item("anaesthesia") && !around
    });
    let item = history.good(operation);
    let line = history.encounters[encounter].fees.iter().position(|fee| fee.good == item)?;
    job.line(history, encounter, line);
    Some(())
}
