//! The honest year of one person: stays first, since nobody is elsewhere meanwhile, then refills, illness, purchases and family errands.

use crate::{
    catalogue::{Disease, DiseaseId, GoodId, Season},
    extras,
    history::History,
    rng::Rng,
    stay::StayPlan,
    world::{InstId, Use},
};
use mingcha_model::Date;

/// Stays per thousand persons and year by age band of ten years.
const STAYS: [u32; 10] = [130, 60, 85, 120, 160, 240, 360, 500, 590, 560];
/// Acute visits per thousand persons and year by age band of ten years.
const VISITS: [u32; 10] = [2900, 1600, 1300, 1500, 1800, 2200, 2600, 2800, 2600, 2100];
/// Purchases over the counter per thousand persons and year.
const PURCHASES: u32 = 900;

/// Writes the honest year of the person.
pub fn live(history: &mut History<'_>) {
    dialysis(history);
    chemotherapy(history);
    maternity(history);
    stays(history);
    extras::elsewhere(history);
    refills(history);
    visits(history);
    errands(history);
    purchases(history);
    refunds(history);
}

fn age(history: &History<'_>) -> i32 {
    history.person.age_on(history.world.start)
}

/// What happens so often a year, over the months of the city.
fn yearly(history: &mut History<'_>, per_thousand: u32) -> u32 {
    let days = history.world.days() as u32;
    history.rng.count(per_thousand * days / 365)
}

/// A hospital to stay in: most stay near home, some go to the city.
fn hospital(history: &mut History<'_>) -> InstId {
    let near = history.person.near;
    match history.rng.below(100) {
        0..30 => near[1],
        30..75 => near[2],
        _ => {
            let tertiary = &history.world.tertiary;
            history.rng.pick(tertiary)
        }
    }
}

/// Months of the year in which a disease is frequent have double weight, the others half.
fn in_season(disease: &Disease, day: i32) -> u32 {
    let (_, month, _) = Date(day).ymd();
    let peak = match disease.season {
        Season::Any => return disease.weight * 2,
        Season::Winter => matches!(month, 11 | 12 | 1 | 2),
        Season::Summer => matches!(month, 6..=9),
    };
    if peak { disease.weight * 4 } else { disease.weight }
}

fn draw(history: &mut History<'_>, kind: &'static str, day: i32) -> Option<DiseaseId> {
    let catalogue = history.catalogue();
    let age = history.person.age_on(Date(day));
    let mut fitting: Vec<DiseaseId> = catalogue.fitting(kind, history.person.sex, age).collect();
    fitting.retain(|&id| history.may_have(id));
    if fitting.is_empty() {
        return None;
    }
    let weights = fitting.iter().map(|&id| in_season(catalogue.disease(id), day));
    Some(fitting[history.rng.weighted(weights)])
}

fn stays(history: &mut History<'_>) {
    let band = (age(history) / 10).clamp(0, 9) as usize;
    let most = if history.person.hardship.is_empty() { 4 } else { 2 };
    for _ in 0..yearly(history, STAYS[band]).min(most) {
        stay(history);
    }
    let dying = history.person.death.filter(|_| history.rng.happens(450_000));
    if let Some(day) = dying {
        let first = day.0 - 8;
        if history.free(first, day.0) && age(history) > 40 {
            history.take(first, day.0);
            let inst = history.person.near[2];
            let disease = history.disease("heartfailure");
            let disease = if age(history) >= 60 { disease } else { history.disease("fever") };
            history.admit(StayPlan { inst, disease, beside: None, day: first, nights: 8 });
        }
    }
}

fn stay(history: &mut History<'_>) {
    let guess = history.rng.between(i64::from(history.world.start.0), i64::from(history.world.end.0)) as i32;
    let Some(disease) = draw(history, "stay", guess) else { return };
    let usual = history.catalogue().disease(disease).los;
    let nights = (usual + history.rng.between(-2, 3)).max(3);
    let inst = hospital(history);
    // Three weeks lie between two stays for one illness; a stay is looked for near the day that its season chose.
    let (from, to) = (guess - 25, guess + 25);
    let Some(day) =
        history.find(nights as i32 + 1, from, to).filter(|&day| !recent(history, disease, inst, day))
    else {
        return;
    };
    let beside = history.person.chronic.first().copied();
    let transfer = nights >= 6 && history.rng.happens(12_000) && inst != history.world.tertiary[0];
    if transfer {
        // Worse than thought: moved to the city on the third day, discharged here before admitted there.
        let first = StayPlan { inst, disease, beside, day, nights: 3 };
        let encounter = history.admit(first);
        history.encounters[encounter].leaves = "2";
        let there =
            StayPlan { inst: history.world.tertiary[0], disease, beside, day: day + 3, nights: nights - 3 };
        follow(history, encounter, there);
    } else {
        let encounter = history.admit(StayPlan { inst, disease, beside, day, nights });
        relative_buys(history, encounter, day, nights as i32);
    }
}

/// The second stay of a transfer begins four hours after the first ended.
fn follow(history: &mut History<'_>, first: usize, plan: StayPlan) {
    let ended = history.encounters[first].end;
    history.encounters[first].settled = ended + 900;
    history.encounters[first].fees.retain(|fee| fee.time <= ended);
    let second = history.admit(plan);
    let shift = ended + 4 * 3600 - history.encounters[second].begin;
    let day_end = crate::history::midnight(plan.day + 1) - 1;
    let encounter = &mut history.encounters[second];
    encounter.begin += shift;
    for fee in &mut encounter.fees {
        fee.time = fee.time.max(encounter.begin).max(if fee.time < day_end {
            (fee.time + shift).min(day_end)
        } else {
            fee.time
        });
    }
}

/// Whether the person stayed for the same three characters of a diagnosis within three weeks.
fn recent(history: &History<'_>, disease: DiseaseId, _inst: InstId, day: i32) -> bool {
    let code = &history.catalogue().disease(disease).code[..3];
    history.encounters.iter().filter(|other| other.is_stay()).any(|other| {
        let same = other
            .diagnoses
            .first()
            .is_some_and(|&main| history.catalogue().disease(main).code.starts_with(code));
        let gap = (other.begin.div_euclid(86_400) as i32 - day).abs();
        same && gap < 45 || gap < 20
    })
}

/// A relative buys something at the pharmacy on one day of a stay.
fn relative_buys(history: &mut History<'_>, _stay: usize, day: i32, nights: i32) {
    if nights > 4 && history.rng.happens(10_000) {
        let time = history.at(day + 2, 9, 19);
        let pharmacy = history.person.near[3];
        history.buy(pharmacy, time);
    }
}

fn dialysis(history: &mut History<'_>) {
    let years = age(history);
    if !(30..85).contains(&years) || !history.rng.happens(700) {
        return;
    }
    let inst = history.person.near[2];
    let (first, last) = history.person.active(history.world);
    let rest = history.rng.below(2) as i32;
    let mut number = 0;
    for day in first..=last {
        // Monday, Wednesday, Friday or Tuesday, Thursday, Saturday.
        let weekday = (day + 3).rem_euclid(7);
        if matches!(weekday - rest, 0 | 2 | 4) && history.free(day, day) {
            history.take(day, day);
            let time = history.at(day, 7, 9);
            history.dialyse(inst, time, number);
            number += 1;
        }
    }
}

fn chemotherapy(history: &mut History<'_>) {
    let years = age(history);
    if !(35..80).contains(&years) || !history.person.hardship.is_empty() || !history.rng.happens(2200) {
        return;
    }
    let middle = history.world.start.0 + history.world.days() / 2;
    let Some(cancer) = draw(history, "cancer", middle) else { return };
    let inst = history.world.tertiary[history.person.number as usize % history.world.tertiary.len()];
    let chemo = history.disease("chemo");
    let gap = history.rng.pick(&[14, 21, 21, 28]);
    let cycles = history.rng.pick(&[2, 3, 4, 4, 4, 4, 4, 4, 5, 5]);
    let Some(first) = history.find(5, history.world.start.0, history.world.end.0 - 10) else { return };
    for cycle in 0..cycles {
        let day = first + cycle * gap;
        if cycle == 0 || history.free(day, day + 4) {
            history.take(day, day + 4);
            history.admit(StayPlan { inst, disease: chemo, beside: Some(cancer), day, nights: 4 });
        }
    }
}

fn maternity(history: &mut History<'_>) {
    let years = age(history);
    if history.person.sex != 2 || !(21..41).contains(&years) || !history.rng.happens(46_000) {
        return;
    }
    let key = if history.rng.happens(420_000) { "caesarean" } else { "delivery" };
    let disease = history.disease(key);
    let nights = history.catalogue().disease(disease).los;
    let Some(day) = history.find_any(nights as i32 + 1) else { return };
    let inst = history.person.near[2];
    history.admit(StayPlan { inst, disease, beside: None, day, nights });
    for check in 1..7 {
        let from = day - check * 32;
        if let Some(day) = history.find(1, from - 3, from + 3) {
            let time = history.at(day, 8, 11);
            history.antenatal(inst, time);
        }
    }
}

/// Where someone fetches what is taken for years: mostly the township hospital, some the clinic, pharmacy, city or the net.
fn usual_source(history: &mut History<'_>, drug_kinds: usize) -> InstId {
    let near = history.person.near;
    match history.rng.below(100) {
        0..14 => near[0],
        14..32 => near[2],
        32..46 if drug_kinds < 3 => near[3],
        46..48 => history.world.special(Use::Internet, history.person.number as usize),
        _ => near[1],
    }
}

fn refills(history: &mut History<'_>) {
    let chronic = history.person.chronic.clone();
    let mut taken: Vec<GoodId> = Vec::new();
    for disease in chronic {
        let drugs = regimen(history, disease, &mut taken);
        if drugs.is_empty() || history.rng.happens(420_000) {
            continue;
        }
        let inst = usual_source(history, drugs.len());
        let (first, last) = history.person.active(history.world);
        let mut day = first + history.rng.below(28) as i32;
        let mut stock_until = 0;
        while day <= last {
            if let Some(open) = history.find(1, day, day + 4) {
                let from = if history.person.near.contains(&inst) { 7 } else { 9 };
                let time = history.at(open, from, 18);
                let encounter = history.refill(inst, time, disease, &drugs);
                checks(history, encounter, disease, time);
                stock_until = stock_until.max(open) + 28;
            }
            // A few days early at most, and sometimes late.
            day = (stock_until - 3 + history.rng.between(0, 6) as i32).max(day + 24);
        }
    }
}

/// One to three drugs of a lasting illness, four weeks of each, none that another illness brought.
fn regimen(history: &mut History<'_>, disease: DiseaseId, taken: &mut Vec<GoodId>) -> Vec<(GoodId, i64)> {
    let drugs = &history.catalogue().disease(disease).drugs;
    let wanted = 1 + history.rng.below(3) as usize;
    let first = history.rng.below(drugs.len() as u32) as usize;
    let mut chosen = Vec::new();
    for step in 0..drugs.len() {
        let drug = drugs[(first + step) % drugs.len()];
        let days = i64::from(history.catalogue().good(drug).days).max(1);
        if chosen.len() < wanted && !taken.contains(&drug) && days <= 30 {
            taken.push(drug);
            // What comes in packs of 9 to 15 days is taken in packs that reach four weeks, never much more.
            chosen.push((drug, (28 / days).max(1)));
        }
    }
    chosen
}

fn checks(history: &mut History<'_>, encounter: usize, disease: DiseaseId, time: i64) {
    if history.encounters[encounter].med_type != "14" || !history.rng.happens(300_000) {
        return;
    }
    for &test in &history.catalogue().disease(disease).tests {
        history.order(encounter, test, time + 300);
    }
}

fn visits(history: &mut History<'_>) {
    let band = (age(history) / 10).clamp(0, 9) as usize;
    for _ in 0..yearly(history, VISITS[band]) {
        let guess =
            history.rng.between(i64::from(history.world.start.0), i64::from(history.world.end.0)) as i32;
        let Some(disease) = draw(history, "acute", guess) else { continue };
        let Some(day) = seasonal_day(history, disease, guess) else { continue };
        let inst = place_of_visit(history, disease);
        let time = history.at(day, 8, 17);
        history.visit(inst, time, disease);
    }
}

fn seasonal_day(history: &mut History<'_>, disease: DiseaseId, guess: i32) -> Option<i32> {
    if history.catalogue().disease(disease).fits(history.person.sex, history.person.age_on(Date(guess - 12)))
    {
        history.find(1, guess - 10, guess + 10)
    } else {
        None
    }
}

fn place_of_visit(history: &mut History<'_>, disease: DiseaseId) -> InstId {
    let near = history.person.near;
    let special = !matches!(history.catalogue().disease(disease).dept, 0..=3);
    match history.rng.below(100) {
        0..40 if !special => near[0],
        40..70 if !special => near[1],
        0..90 => near[2],
        _ => history.world.tertiary[history.person.number as usize % history.world.tertiary.len()],
    }
}

/// A family goes together: its members visit the township hospital on one day within the hour.
fn errands(history: &mut History<'_>) {
    let mut rng = Rng::of(history.world.seed, 5, history.person.household);
    let day = history.world.start.0 + rng.below(history.world.days() as u32) as i32;
    let first = i64::from(day) * 86_400 + rng.between(9 * 3600, 15 * 3600);
    if !rng.happens(80_000)
        || history.person.number >= history.person.household + 3
        || !history.free(day, day)
    {
        return;
    }
    let Some(disease) = draw(history, "acute", day) else { return };
    if !matches!(history.catalogue().disease(disease).dept, 0..=3) {
        return;
    }
    history.take(day, day);
    let time = first + (history.person.number - history.person.household) as i64 * 1200;
    let inst = history.person.near[1];
    history.visit(inst, time, disease);
}

fn purchases(history: &mut History<'_>) {
    if age(history) < 16 {
        return;
    }
    for _ in 0..yearly(history, PURCHASES) {
        let day = before_holidays(history).unwrap_or(i32::MIN);
        let found = if day == i32::MIN { history.find_any(1) } else { history.find(1, day - 4, day) };
        if let Some(day) = found {
            // Some pharmacies sell at night.
            let time = if history.rng.happens(2000) { history.at(day, 0, 5) } else { history.at(day, 8, 21) };
            let calm = if time.rem_euclid(86_400) < 5 * 3600 { history.free(day - 1, day - 1) } else { true };
            if calm {
                let pharmacy = history.person.near[3];
                history.buy(pharmacy, time);
            }
        }
    }
}

/// Every fifth purchase is made in the days before a holiday.
fn before_holidays(history: &mut History<'_>) -> Option<i32> {
    if !history.rng.happens(200_000) {
        return None;
    }
    let (year, _, _) = history.world.start.ymd();
    let (month, day) = history.rng.pick(&[(1, 28), (5, 1), (10, 1)]);
    Date::new(year, month, day).map(|date| date.0 - 1)
}

/// Three visits or purchases in a thousand are refunded in full within days.
fn refunds(history: &mut History<'_>) {
    for index in 0..history.encounters.len() {
        // What was refunded is nobody's case: a rule that is silent about it is right.
        let planted = history.marks.iter().any(|mark| mark.target.encounter() == index);
        if history.encounters[index].is_stay()
            || history.encounters[index].med_type == "14"
            || !history.rng.happens(3000)
            || planted
        {
            continue;
        }
        let settled = history.encounters[index].settled;
        let delay = history.rng.between(1200, 3 * 3600);
        history.encounters[index].refunded = Some(settled + delay);
    }
}
