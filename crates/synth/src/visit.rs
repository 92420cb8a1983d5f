//! Honest care short of a bed: visits, purchases, refills, dialysis sessions and antenatal checks.

use crate::{
    catalogue::{DiseaseId, GoodId, Kind},
    history::{History, ONE},
    world::{InstId, Level, Use},
};

/// Days between two tests of glycated haemoglobin; the national limit is 15.
pub const HBA1C_GAP: i32 = 17;
/// Days between two rehabilitation assessments; the national limit is 14.
pub const REHAB_GAP: i32 = 16;

impl History<'_> {
    /// A visit for an acute illness with what is usually ordered.
    pub fn visit(&mut self, inst: InstId, time: i64, disease: DiseaseId) -> usize {
        let encounter = self.open(inst, "11", time, Some(disease));
        self.consult(encounter, time);
        let level = self.world.inst(inst).level;
        let what = self.catalogue().disease(disease);
        for (number, &test) in what.tests.iter().enumerate() {
            if level >= Level::Primary && self.rng.happens(600_000 >> number.min(3)) {
                self.order(encounter, test, time + 900 + number as i64 * 420);
            }
        }
        if let Some(procedure) = what.procedure.filter(|_| level >= Level::Primary) {
            self.charge(encounter, procedure, time + 1200, ONE);
        }
        if what.drugs.is_empty() && what.procedure.is_none() {
            self.traditional(encounter, time + 1500, disease);
        } else {
            self.prescribe(encounter, &what.drugs, time + 2400);
        }
        let end = time + 2700 + self.rng.between(0, 1200);
        self.close(encounter, end);
        encounter
    }

    /// Ends and settles an encounter.
    pub fn close(&mut self, encounter: usize, time: i64) {
        let encounter = &mut self.encounters[encounter];
        encounter.end = time;
        encounter.settled = time;
    }

    /// The fee for seeing a doctor.
    pub fn consult(&mut self, encounter: usize, time: i64) {
        let level = self.world.inst(self.encounters[encounter].inst).level;
        let key = match level {
            Level::Clinic | Level::Primary => "general_fee",
            Level::Tertiary if self.rng.happens(250_000) => "consult_chief",
            _ => "consult",
        };
        let good = self.good(key);
        self.charge(encounter, good, time + 60, ONE);
    }

    /// Orders a test; what the nation limits to one in a cycle is not repeated too soon.
    pub fn order(&mut self, encounter: usize, test: GoodId, time: i64) -> Option<usize> {
        match self.catalogue().good(test).key {
            "hba1c" => self.charge_rarely(encounter, test, time, HBA1C_GAP),
            "rehab_eval" => self.charge_rarely(encounter, test, time, REHAB_GAP),
            _ => Some(self.charge(encounter, test, time, ONE)),
        }
    }

    fn prescribe(&mut self, encounter: usize, drugs: &[GoodId], time: i64) {
        if drugs.is_empty() {
            return;
        }
        let wanted = 1 + self.rng.below(3).min(drugs.len() as u32 - 1);
        let first = self.rng.below(drugs.len() as u32);
        for step in 0..wanted {
            let drug = drugs[((first + step) as usize) % drugs.len()];
            self.dispense(encounter, drug, time, 1);
        }
    }

    /// Acupuncture, massage or a prescription of six herbal slices and more.
    fn traditional(&mut self, encounter: usize, time: i64, _disease: DiseaseId) {
        if self.rng.happens(450_000)
            && self.world.inst(self.encounters[encounter].inst).level >= Level::Primary
        {
            for key in ["acupuncture", "moxibustion", "massage"] {
                if self.rng.happens(600_000) {
                    let good = self.good(key);
                    self.charge(encounter, good, time, ONE);
                }
            }
        } else {
            self.decoction(encounter, time);
        }
    }

    /// A prescription of herbal slices for some days: never one slice alone.
    pub fn decoction(&mut self, encounter: usize, time: i64) {
        let slices = &self.catalogue().slices;
        let doses = self.rng.between(3, 7);
        let kinds = self.rng.between(7, 12) as usize;
        let first = self.rng.below(slices.len() as u32) as usize;
        for step in 0..kinds {
            let slice = slices[(first + step * 7) % slices.len()];
            let grams = self.rng.between(6, 15);
            self.charge(encounter, slice, time, grams * doses * ONE);
        }
    }

    /// A refill for a lasting illness; returns the encounter.
    pub fn refill(&mut self, inst: InstId, time: i64, disease: DiseaseId, drugs: &[(GoodId, i64)]) -> usize {
        let level = self.world.inst(inst).level;
        let med_type = match (level, self.world.inst(inst).role) {
            (Level::Pharmacy, _) => "41",
            (_, Use::Internet) => "1105",
            _ => "14",
        };
        let encounter = self.open(inst, med_type, time, Some(disease));
        if level != Level::Pharmacy {
            self.consult(encounter, time);
        }
        for &(drug, packs) in drugs {
            self.dispense_anyway(encounter, drug, time + 600, packs);
        }
        self.close(encounter, time + 900);
        encounter
    }

    /// A purchase of what needs no prescription.
    pub fn buy(&mut self, inst: InstId, time: i64) -> Option<usize> {
        let goods = &self.catalogue().over_counter;
        let encounter = self.open(inst, "41", time, None);
        for _ in 0..=self.rng.below(3) {
            let good = self.rng.pick(goods);
            self.dispense(encounter, good, time, 1);
        }
        if self.encounters[encounter].fees.is_empty() {
            self.encounters.pop();
            return None;
        }
        Some(encounter)
    }

    /// One session of haemodialysis.
    pub fn dialyse(&mut self, inst: InstId, time: i64, number: u32) -> usize {
        let disease = self.disease("uraemia");
        let encounter = self.open(inst, "14", time, Some(disease));
        let what = self.catalogue().disease(disease);
        if let Some(session) = what.procedure {
            self.charge(encounter, session, time, ONE);
        }
        for &supply in &what.supplies {
            self.charge(encounter, supply, time, ONE);
        }
        for &drug in &what.drugs {
            if self.rng.happens(700_000) {
                self.charge(encounter, drug, time + 600, ONE);
            }
        }
        if number.is_multiple_of(13) {
            for &test in &what.tests {
                self.charge(encounter, test, time + 300, ONE);
            }
        }
        self.close(encounter, time + 4 * 3600 + 600);
        encounter
    }

    /// An antenatal check.
    pub fn antenatal(&mut self, inst: InstId, time: i64) {
        let disease = self.disease("prenatal");
        let encounter = self.open(inst, "51", time, Some(disease));
        self.consult(encounter, time);
        let what = self.catalogue().disease(disease);
        if let Some(check) = what.procedure {
            self.charge(encounter, check, time + 300, ONE);
        }
        for &test in &what.tests {
            if self.rng.happens(650_000) {
                self.charge(encounter, test, time + 900, ONE);
            }
        }
        self.close(encounter, time + 2400);
    }

    /// Whether a good is a drug that is given at home.
    pub fn goes_home(&self, good: GoodId) -> bool {
        let good = self.catalogue().good(good);
        good.kind == Kind::Drug && good.days > 0
    }
}
