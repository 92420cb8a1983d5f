//! `eligibility`: the insurance settled for someone, somewhere or by someone that it could not settle for on that day.
//!
//! Input: settlements (lines for practitioners) with the day on which their visit or stay began. Output: one hit for each person and
//! institution, or practitioner, with all that is in question; `inconclusive` where the register, the visit or the state on that day
//! is not known or contradicts itself.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    symbols::Symbol,
    timeline::Timeline,
    world::World,
};
use mingcha_model::{Date, Kind, Time};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "check", rename_all = "snake_case", deny_unknown_fields)]
pub enum Settings {
    /// After the person's death.
    Death {
        /// Days after the day of death that are let pass, inclusive: registers are late by a night.
        grace_days: i32,
        /// Days after the death within which a stay that began before it must have ended, inclusive.
        stay_days: i32,
    },
    /// Before the person's insurance began or after it ended.
    Coverage {
        /// Days before and after that are let pass, inclusive.
        grace_days: i32,
    },
    /// At an institution whose agreement was not in force.
    Agreement {
        /// `med_type`s (by their first characters) that the fund pays for even so: emergencies.
        skip_med_types: Vec<String>,
    },
    /// By a practitioner whose qualification for payment was not in force.
    Practitioner {
        /// `med_type`s (by their first characters) that the fund pays for even so: emergencies.
        skip_med_types: Vec<String>,
    },
}

/// The detector.
#[derive(Debug)]
pub struct Eligibility {
    settings: Settings,
}

/// What a day is to a person, an institution or a practitioner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Fine,
    Wrong,
    Unknown,
}

impl Eligibility {
    /// Days must not be negative.
    pub fn new(settings: Settings) -> Result<Self, String> {
        let fine = match settings {
            Settings::Death { grace_days, stay_days } => grace_days >= 0 && stay_days >= 0,
            Settings::Coverage { grace_days } => grace_days >= 0,
            Settings::Agreement { .. } | Settings::Practitioner { .. } => true,
        };
        if fine { Ok(Self { settings }) } else { Err("days must not be negative".to_owned()) }
    }
}

impl Detector for Eligibility {
    fn reads(&self) -> Vec<&'static str> {
        match self.settings {
            Settings::Death { .. } => vec!["person.die_date"],
            Settings::Coverage { .. } => vec!["person.insu_begndate", "person.insu_enddate"],
            Settings::Agreement { .. } => {
                vec!["agreement.begndate", "agreement.enddate", "agreement.agree_stas"]
            }
            Settings::Practitioner { .. } => vec![
                "fee.bilg_dr_code",
                "practitioner.fixmedins_code",
                "practitioner.begndate",
                "practitioner.enddate",
                "practitioner.pay_qual_stas",
            ],
        }
    }

    fn interest(&self) -> Interest {
        match self.settings {
            Settings::Death { .. } => Interest::Dead,
            Settings::Coverage { .. } => Interest::Settlements(1),
            Settings::Agreement { .. } => Interest::Institutions,
            Settings::Practitioner { .. } => Interest::Doctors,
        }
    }

    fn classify_in(&self, code: &str, world: &World) -> Option<u32> {
        let barred = match self.settings {
            Settings::Agreement { .. } => {
                world.institution(code)?.agreements.iter().any(|agreement| barred(&agreement.state))
            }
            _ => world.registrations(code).iter().any(|registration| barred(&registration.pay_qual_stas)),
        };
        barred.then_some(0)
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        match &self.settings {
            Settings::Death { grace_days, stay_days } => death(timeline, *grace_days, *stay_days, sink),
            Settings::Coverage { grace_days } => coverage(timeline, *grace_days, sink),
            Settings::Agreement { skip_med_types } => agreement(timeline, lines, skip_med_types, sink),
            Settings::Practitioner { skip_med_types } => practitioner(timeline, lines, skip_med_types, sink),
        }
    }
}

fn barred(state: &str) -> bool {
    matches!(state, "suspended" | "terminated")
}

/// The encounter of a settlement, where it was sent.
fn visit(timeline: &Timeline<'_>, settlement: usize) -> Option<usize> {
    let encounter = timeline.claims.settlement.encounter[settlement];
    (encounter != NO_ROW).then_some(encounter as usize)
}

/// The day on which the visit of a settlement began.
fn begun(timeline: &Timeline<'_>, settlement: usize) -> Option<Date> {
    let begin = timeline.span(visit(timeline, settlement)?).0;
    (begin.0 != NULL).then(|| begin.date())
}

fn settled(timeline: &Timeline<'_>, settlement: usize) -> Option<Date> {
    let time = timeline.claims.settlement.setl_time[settlement];
    (time != NULL).then(|| Time(time).date())
}

/// Whether something of the settlement was in the insurance's scope: what is paid from an account or counts towards the deductible is
/// settled by the insurance too, what a person pays wholly alone is not.
fn insured(timeline: &Timeline<'_>, row: usize) -> bool {
    let settlement = &timeline.claims.settlement;
    settlement.live[row] && (settlement.fund_pay_sumamt[row] > 0 || settlement.inscp_scp_amt[row] > 0)
}

/// What was settled after the death and does not belong to a stay that began before it.
fn death(timeline: &Timeline<'_>, grace: i32, stay: i32, sink: &mut Sink) {
    let Some(died) = timeline.person_day(&timeline.claims.person.die_date) else { return };
    let (settlement, encounter) = (&timeline.claims.settlement, &timeline.claims.encounter);
    let mut found = Groups::default();
    for row in timeline.settlements().filter(|&row| settlement.live[row]) {
        if settled(timeline, row).is_none_or(|day| day.0 <= died.0 + grace) {
            continue;
        }
        let standing = match begun(timeline, row) {
            None => Standing::Unknown,
            Some(day) if day.0 > died.0 + grace => Standing::Wrong,
            Some(_) => match visit(timeline, row).and_then(|visit| timeline.span(visit).1) {
                None => Standing::Unknown,
                Some(end) if end.date().0 > died.0 + grace.max(stay) => Standing::Wrong,
                Some(_) => Standing::Fine,
            },
        };
        if standing != Standing::Fine {
            found.add((settlement.fixmedins_code[row], standing), row as u32);
        }
    }
    for ((institution, standing), rows) in found {
        let hit = of_settlements(timeline, institution, &rows).value("died", Value::Day(died));
        push(
            sink,
            shown_by_person(timeline, hit),
            standing,
            "结算没有对应的就诊或者就诊没有结束时间，无法判断费用是否发生在死亡之后",
        );
    }
    // What was never settled costs nothing yet, but somebody was registered.
    let settled = |row: usize| timeline.settlements_of(row).next().is_some();
    let after = |row: usize| {
        encounter.begntime[row] != NULL && Time(encounter.begntime[row]).date().0 > died.0 + grace
    };
    let mut found = Groups::default();
    for row in timeline.encounters().filter(|&row| encounter.live[row] && after(row) && !settled(row)) {
        found.add(encounter.fixmedins_code[row], row as u32);
    }
    for (institution, rows) in found {
        let day = |row: u32| timeline.span(row as usize).0.date();
        let mut hit = Hit::new(institution, day(rows[0]), day(rows[rows.len() - 1]))
            .value("count", Value::Number(rows.len() as i64))
            .value("died", Value::Day(died));
        for &row in &rows {
            hit = hit.offending(Source::Encounter, row as usize, Part::NONE);
        }
        sink.push(shown_by_person(timeline, hit));
    }
}

/// What was settled of visits that began outside the person's insurance.
fn coverage(timeline: &Timeline<'_>, grace: i32, sink: &mut Sink) {
    let (person, settlement) = (&timeline.claims.person, &timeline.claims.settlement);
    let (begin, end) =
        (timeline.person_day(&person.insu_begndate), timeline.person_day(&person.insu_enddate));
    let registered = timeline.person_row().is_some();
    if registered && begin.is_none() && end.is_none() {
        return;
    }
    let mut found = Groups::default();
    for row in timeline.settlements().filter(|&row| insured(timeline, row)) {
        let known = begun(timeline, row);
        let Some(day) = known.or_else(|| settled(timeline, row)) else { continue };
        let outside = begin.is_some_and(|begin| day.0 < begin.0 - grace)
            || end.is_some_and(|end| day.0 > end.0 + grace);
        let standing = if !registered || begin.is_none() && !outside || outside && known.is_none() {
            Standing::Unknown
        } else if outside {
            Standing::Wrong
        } else {
            Standing::Fine
        };
        if standing != Standing::Fine {
            found.add((settlement.fixmedins_code[row], standing), row as u32);
        }
    }
    let day = |day: Option<Date>| day.map_or_else(|| Value::Text("未登记".to_owned()), Value::Day);
    for ((institution, standing), rows) in found {
        let hit = of_settlements(timeline, institution, &rows)
            .value("insured_from", day(begin))
            .value("insured_until", day(end));
        push(
            sink,
            shown_by_person(timeline, hit),
            standing,
            "参保起止日期不全，或者结算没有对应的就诊，无法判断就诊时是否参保",
        );
    }
}

fn of_settlements(timeline: &Timeline<'_>, institution: Symbol, rows: &[u32]) -> Hit {
    let day = |row: u32| {
        settled(timeline, row as usize).or_else(|| begun(timeline, row as usize)).unwrap_or_default()
    };
    let mut hit = Hit::new(institution, day(rows[0]), day(rows[rows.len() - 1]))
        .value("count", Value::Number(rows.len() as i64));
    for &row in rows {
        hit = hit.offending(Source::Settlement, row as usize, Part::WHOLE);
        if let Some(visit) = visit(timeline, row as usize) {
            hit = hit.related(Source::Encounter, visit);
        }
    }
    hit
}

fn shown_by_person(timeline: &Timeline<'_>, hit: Hit) -> Hit {
    match timeline.person_row() {
        Some(row) => hit.related(Source::Person, row),
        None => hit,
    }
}

fn push(sink: &mut Sink, hit: Hit, standing: Standing, note: &str) {
    sink.push(if standing == Standing::Unknown { hit.kind(Kind::Inconclusive).note(note) } else { hit });
}

/// What periods say of a day: barred, or in force, or nothing, or both at once.
fn standing(periods: impl Iterator<Item = bool>) -> Standing {
    let (mut wrong, mut fine) = (false, false);
    for barred in periods {
        wrong |= barred;
        fine |= !barred;
    }
    match (wrong, fine) {
        (true, false) => Standing::Wrong,
        (false, true) => Standing::Fine,
        _ => Standing::Unknown,
    }
}

fn exempt(timeline: &Timeline<'_>, encounter: Option<usize>, skip: &[String]) -> bool {
    encounter.is_some_and(|row| {
        let med_type = timeline.text(timeline.claims.encounter.med_type[row]);
        skip.iter().any(|prefix| med_type.starts_with(prefix.as_str()))
    })
}

/// What was settled of visits that began while the institution's agreement was suspended or ended.
fn agreement(timeline: &Timeline<'_>, lines: &[Line], skip: &[String], sink: &mut Sink) {
    let settlement = &timeline.claims.settlement;
    let mut found = Groups::default();
    for line in lines {
        let row = line.row as usize;
        let Some(day) = begun(timeline, row).or_else(|| settled(timeline, row)) else { continue };
        if !insured(timeline, row) || exempt(timeline, visit(timeline, row), skip) {
            continue;
        }
        let code = settlement.fixmedins_code[row];
        let agreements = timeline.institution(code).map_or(&[][..], |known| &known.agreements);
        let on =
            agreements.iter().filter(|period| period.begin <= day && period.end.is_none_or(|end| day <= end));
        let standing = standing(on.map(|period| barred(&period.state)));
        // A gap says something only where a suspension came before it; an agreement not yet begun is another matter.
        let opened = agreements.iter().any(|period| barred(&period.state) && period.begin <= day);
        if standing == Standing::Wrong || standing == Standing::Unknown && opened {
            found.add((code, standing), line.row);
        }
    }
    for ((institution, standing), rows) in found {
        let hit = of_settlements(timeline, institution, &rows);
        push(sink, hit, standing, "协议状态在就诊当日没有登记，或者登记互相矛盾");
    }
}

/// Lines ordered by a practitioner while the qualification for payment was suspended or ended, wherever that was registered.
fn practitioner(timeline: &Timeline<'_>, lines: &[Line], skip: &[String], sink: &mut Sink) {
    let fee = &timeline.claims.fee;
    let mut found = Groups::default();
    for line in lines {
        let row = line.row as usize;
        if fee.fee_ocur_time[row] == NULL || exempt(timeline, timeline.encounter_of(row), skip) {
            continue;
        }
        let (day, doctor) = (timeline.line_time(row).date(), fee.bilg_dr_code[row]);
        let registrations = timeline.registrations(doctor);
        let on = registrations
            .iter()
            .filter(|period| period.begin <= day && period.end.is_none_or(|end| day <= end));
        let standing = standing(on.clone().map(|period| barred(&period.pay_qual_stas)));
        let any_barred = on.into_iter().any(|period| barred(&period.pay_qual_stas));
        let opened = registrations.iter().any(|period| barred(&period.pay_qual_stas) && period.begin <= day);
        let gap = standing == Standing::Unknown && (any_barred || opened);
        if standing == Standing::Wrong || gap {
            found.add((timeline.line_institution(row), doctor, standing), line.row);
        }
    }
    for ((institution, doctor, standing), rows) in found {
        let day = |row: u32| timeline.line_time(row as usize).date();
        let mut hit = Hit::new(institution, day(rows[0]), day(rows[rows.len() - 1]))
            .practitioner(doctor)
            .value("count", Value::Number(rows.len() as i64))
            .value("doctor", Value::Text(timeline.text(doctor).to_owned()));
        for &row in &rows {
            hit = hit.offending(Source::Fee, row as usize, Part::WHOLE);
        }
        push(sink, hit, standing, "支付资格状态在费用发生当日没有登记，或者登记互相矛盾");
    }
}

#[cfg(test)]
#[path = "eligibility_tests.rs"]
mod tests;
