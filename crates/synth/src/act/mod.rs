//! Acts: what people of a planted case do. Each act writes its own visits before the honest year is written around them.

mod charging;
mod limits;
mod patients;
mod people;
mod stays;
mod supply;

use crate::{
    history::{History, Target},
    plan::{Degree, Job},
    world::{InstId, Level},
};

/// What one person of a case does.
pub(crate) type Play = fn(&mut History<'_>, &Job) -> Option<()>;

/// An act, known by the rule that it breaks.
#[derive(Clone, Copy)]
pub struct Act {
    rule: &'static str,
    play: Play,
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.rule)
    }
}

/// The acts of all files, sorted by nothing but their subject.
fn acts() -> impl Iterator<Item = Act> {
    let all = [limits::ACTS, charging::ACTS, stays::ACTS, supply::ACTS, patients::ACTS, people::ACTS];
    all.into_iter().flatten().map(|&(rule, play)| Act { rule, play })
}

/// The act for a rule.
pub fn of_rule(rule: &str) -> Option<Act> {
    acts().find(|act| act.rule == rule)
}

/// Rules that cases can be planted for.
pub fn rules() -> impl Iterator<Item = &'static str> {
    acts().map(|act| act.rule)
}

/// Plays a job. An act that finds no room in the person's year writes nothing, and a case without lines is no case.
pub(crate) fn play(history: &mut History<'_>, job: &Job) {
    let _played = (job.act.play)(history, job);
}

impl Job {
    /// Marks a line as what the rule is about.
    fn line(&self, history: &mut History<'_>, encounter: usize, line: usize) {
        self.note(history, Target::Fee(encounter, line), "subject");
    }

    /// Marks a line as what the subject is judged against.
    fn beside(&self, history: &mut History<'_>, encounter: usize, line: usize) {
        self.note(history, Target::Fee(encounter, line), "counterpart");
    }

    /// Marks an encounter and its settlement.
    fn whole(&self, history: &mut History<'_>, encounter: usize, role: &'static str) {
        self.note(history, Target::Encounter(encounter), role);
        self.note(history, Target::Settlement(encounter), role);
    }

    /// Marks a row, unless the job only covers a case of others.
    fn note(&self, history: &mut History<'_>, target: Target, role: &'static str) {
        if !self.cover {
            history.mark(self.case, target, role);
        }
    }

    /// One of some things, the same for all persons of the case.
    fn choose<'k>(&self, keys: &[&'k str]) -> &'k str {
        keys[(self.shared >> 8) as usize % keys.len()]
    }
}

impl History<'_> {
    /// What an adult or child has when nothing particular is the matter.
    fn common_illness(&self) -> u16 {
        let child = self.person.age_on(self.world.start) < 13;
        self.disease(if child { "uri_child" } else { "uri" })
    }

    /// A free day's visit at an institution: a full honest visit where the case is mixed, otherwise only the consultation.
    fn occasion(&mut self, job: &Job, inst: InstId, disease: &str) -> Option<(usize, i64)> {
        let day = self.find_any(1)?;
        let time = self.at(day, 8, 16);
        let disease = if disease.is_empty() { self.common_illness() } else { self.disease(disease) };
        Some((self.occasion_at(job, inst, disease, time), time + 1800))
    }

    /// The same at a given time.
    fn occasion_at(&mut self, job: &Job, inst: InstId, disease: u16, time: i64) -> usize {
        if job.degree == Degree::Mixed && self.world.inst(inst).level > Level::Pharmacy {
            return self.visit(inst, time, disease);
        }
        let encounter = self.open(inst, "11", time, Some(disease));
        self.consult(encounter, time);
        self.close(encounter, time + 2700);
        encounter
    }

    /// A purchase of one thing over the counter at a pharmacy.
    fn errand(&mut self, inst: InstId, time: i64, key: &str, packs: i64) -> usize {
        let encounter = self.open(inst, "41", time, None);
        let good = self.good(key);
        self.dispense_anyway(encounter, good, time, packs);
        encounter
    }

    /// A pharmacy of the person's county, by any number.
    fn pharmacy(&self, county: usize, number: usize) -> InstId {
        let county = &self.world.counties[county % self.world.counties.len()];
        county.pharmacies[number % county.pharmacies.len()]
    }
}
