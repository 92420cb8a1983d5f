//! Honest care in a bed: admission, daily care, operations with anaesthesia, physiotherapy, chemotherapy and birth.

use crate::{
    catalogue::{DiseaseId, GoodId, Kind},
    history::{History, ONE, Operation, midnight},
    visit::REHAB_GAP,
    world::{InstId, Level},
};
use mingcha_model::time::DAY;

/// Most days of one course of a drug that the nation pays for 14 days.
const COURSE_DAYS: i64 = 10;

/// What a stay is made of.
#[derive(Clone, Copy, Debug)]
pub struct StayPlan {
    /// Institution.
    pub inst: InstId,
    /// Main diagnosis.
    pub disease: DiseaseId,
    /// Further diagnosis.
    pub beside: Option<DiseaseId>,
    /// Day of admission.
    pub day: i32,
    /// Nights.
    pub nights: i64,
}

impl History<'_> {
    /// A stay with all that belongs to it. The caller has taken its days.
    pub fn admit(&mut self, plan: StayPlan) -> usize {
        let encounter = self.admit_bare(plan);
        let begin = self.encounters[encounter].begin;
        self.tests_of_admission(encounter, plan.disease, begin);
        let what = self.catalogue().disease(plan.disease);
        let operated = what.procedure.filter(|_| self.world.inst(plan.inst).level >= Level::Secondary);
        if let Some(procedure) = operated {
            self.operate(
                encounter,
                procedure,
                plan.disease,
                midnight(plan.day + 1 + i32::from(plan.nights > 5)) + 9 * 3600,
            );
        }
        for day in 0..plan.nights {
            self.day_of_care(encounter, plan, day);
        }
        let chemo = plan.beside.filter(|_| what.kind == "chemo");
        if let Some(cancer) = chemo {
            self.infuse_cycle(encounter, cancer, midnight(plan.day + 1) + 10 * 3600);
        }
        self.leave(encounter, plan);
        encounter
    }

    /// A stay with bed, nursing and ward round only; ends and is settled on the last day.
    pub fn admit_bare(&mut self, plan: StayPlan) -> usize {
        let maternity = self.catalogue().disease(plan.disease).kind == "maternity";
        let begin = self.at(plan.day, 8, 17);
        let encounter = self.open(plan.inst, if maternity { "52" } else { "21" }, begin, Some(plan.disease));
        self.encounters[encounter].diagnoses.extend(plan.beside);
        let end = self.at(plan.day + plan.nights as i32, 9, 11);
        self.close(encounter, end);
        self.encounters[encounter].settled = end + self.rng.between(600, 5400);
        let keys = if plan.nights > 8 {
            ["bed3", "nursing2", "ward_round"]
        } else {
            ["bed", "nursing2", "ward_round"]
        };
        for day in 0..plan.nights {
            for key in keys {
                let good = self.good(key);
                self.charge(encounter, good, self.evening(encounter, plan, day), ONE);
            }
        }
        encounter
    }

    /// When the ward books what is charged by the day: 22:00, or at the end of a stay that is shorter.
    fn evening(&self, encounter: usize, plan: StayPlan, day: i64) -> i64 {
        (midnight(plan.day + day as i32) + 22 * 3600).min(self.encounters[encounter].end)
    }

    fn tests_of_admission(&mut self, encounter: usize, disease: DiseaseId, begin: i64) {
        let level = self.world.inst(self.encounters[encounter].inst).level;
        let what = self.catalogue().disease(disease);
        let draw = self.good("blood_draw");
        self.charge(encounter, draw, begin + 1800, ONE);
        for (number, &test) in what.tests.iter().enumerate() {
            let small = matches!(
                self.catalogue().good(test).key,
                "mri" | "ct_enh" | "gastroscopy" | "colonoscopy" | "culture"
            );
            if !(small && level < Level::Secondary) && self.rng.happens(880_000) {
                self.order(encounter, test, begin + 2400 + number as i64 * 600);
            }
        }
    }

    fn day_of_care(&mut self, encounter: usize, plan: StayPlan, day: i64) {
        let what = self.catalogue().disease(plan.disease);
        let morning = self.encounters[encounter].begin.max(midnight(plan.day + day as i32) + 8 * 3600 + 1800)
            + self.rng.between(0, 1800);
        self.drugs_of_day(encounter, &what.drugs, morning, day);
        if matches!(what.key, "disc" | "rehab" | "stroke") && day > 1 {
            self.physiotherapy(encounter, morning + 3600, day);
        }
        let severe =
            matches!(what.key, "pneumonia" | "copd_ae" | "heartfailure" | "fever" | "angina" | "pci_stay");
        if severe || what.procedure.is_some() {
            self.watch(encounter, plan, day);
        }
        if what.dept == 0 && severe && day < 6 {
            for key in ["oxygen", "nebulize"] {
                let good = self.good(key);
                self.charge(encounter, good, morning + 5400, if key == "oxygen" { 8 * ONE } else { 2 * ONE });
            }
        }
        self.support(encounter, plan, morning, day);
        if day > 0 && day % 3 == 0 {
            let draw = self.good("blood_draw");
            self.charge(encounter, draw, morning - 1500, ONE);
            for &test in what.tests.iter().take(3) {
                self.order(encounter, test, morning - 1200);
            }
        }
    }

    /// What many a patient gets beside the treatment of the illness: stomach protection, sugar checks, dressings, pain relief.
    fn support(&mut self, encounter: usize, plan: StayPlan, morning: i64, day: i64) {
        let what = self.catalogue().disease(plan.disease);
        if plan.nights > 5 && day < 7 && what.dept != 3 {
            for key in ["famotidine_iv", "iv_push"] {
                let good = self.good(key);
                self.charge(encounter, good, morning + 7200, ONE);
            }
        }
        let diabetic = plan.beside == Some(self.disease("diabetes")) || what.key == "diabetes_stay";
        if diabetic && day > 0 {
            let good = self.good("glucose");
            self.charge(encounter, good, morning - 900, 4 * ONE);
        }
        if what.procedure.is_some() && day > 1 {
            let keys: &[&str] = if day < 5 { &["dressing", "flush", "parecoxib"] } else { &["dressing"] };
            for key in keys {
                let good = self.good(key);
                self.charge(encounter, good, morning + 9000, ONE);
            }
        }
    }

    fn drugs_of_day(&mut self, encounter: usize, drugs: &[GoodId], morning: i64, day: i64) {
        let level = self.world.inst(self.encounters[encounter].inst).level;
        let mut bags = 0;
        for (number, &drug) in drugs.iter().enumerate() {
            let good = self.catalogue().good(drug);
            let limited =
                good.key == "butylphthalide" && (day >= COURSE_DAYS || !self.first_course(drug, encounter));
            // Injections of traditional medicine are paid from level two on.
            let too_small = level < Level::Secondary && good.chrg == "11";
            if limited || too_small || good.days > 0 && day > 0 {
                continue;
            }
            let units = if good.chrg == "09" && number > 0 { 1 + i64::from(number % 2 == 1) } else { 2 };
            self.charge(encounter, drug, morning + number as i64 * 180, units * ONE);
            bags += 1;
        }
        if bags > 0 {
            let (first, more) = (self.good("infusion"), self.good("infusion_more"));
            self.charge(encounter, first, morning, ONE);
            if bags > 1 {
                self.charge(encounter, more, morning, (bags - 1) * ONE);
            }
        }
        if day == 0 {
            let (set, needle) = (self.good("infset"), self.good("iv_needle"));
            self.charge(encounter, set, morning, ONE);
            self.charge(encounter, needle, morning, ONE);
        }
    }

    /// Whether no earlier encounter of the year gave this drug: a course is given once.
    fn first_course(&self, drug: GoodId, encounter: usize) -> bool {
        let others = self.encounters.iter().enumerate().filter(|(index, _)| *index != encounter);
        others.flat_map(|(_, other)| &other.fees).all(|fee| fee.good != drug)
    }

    fn watch(&mut self, encounter: usize, plan: StayPlan, day: i64) {
        if day > 2 {
            return;
        }
        let evening = self.evening(encounter, plan, day);
        let since = self.encounters[encounter].begin.max(midnight(plan.day + day as i32));
        let hours = ((evening - since) / 3600).clamp(1, 22);
        for key in ["ecg_monitor", "spo2"] {
            let good = self.good(key);
            self.charge(encounter, good, evening, hours * ONE);
        }
    }

    fn physiotherapy(&mut self, encounter: usize, time: i64, day: i64) {
        let evaluation = self.good("rehab_eval");
        if day == 2 {
            self.charge_rarely(encounter, evaluation, time - 600, REHAB_GAP);
        }
        for key in ["exercise", "ot", "mft", "acupuncture"] {
            if self.rng.happens(750_000) {
                let good = self.good(key);
                self.charge(encounter, good, time, ONE);
            }
        }
    }

    /// An operation with anaesthesia, consumables and dressings; returns the line of the operation.
    pub fn operate(&mut self, encounter: usize, procedure: GoodId, disease: DiseaseId, time: i64) -> usize {
        let line = self.operate_bare(encounter, procedure, time);
        let kind = self.catalogue().good(procedure).kind;
        let anaesthesia: &[&str] = match (kind, self.catalogue().good(procedure).key) {
            (Kind::Item("surgery"), "caesarean" | "hernia" | "hip_replace" | "fem_fix") => {
                &["spinal", "anaes_monitor"]
            }
            (Kind::Item("surgery"), key) if key != "phaco" => {
                &["ga", "anaes_monitor", "propofol", "sevoflurane"]
            }
            (Kind::Item("surgery" | "intervention"), _) => &["local"],
            _ => &[],
        };
        for key in anaesthesia {
            let good = self.good(key);
            self.charge(encounter, good, time - 600, if *key == "anaes_monitor" { 2 * ONE } else { ONE });
        }
        for &supply in &self.catalogue().disease(disease).supplies {
            let count = if self.catalogue().good(supply).key == "suture" { 3 } else { 1 };
            self.charge(encounter, supply, time + 1800, count * ONE);
        }
        line
    }

    /// The line and the record of an operation without what belongs to it.
    pub fn operate_bare(&mut self, encounter: usize, procedure: GoodId, time: i64) -> usize {
        let key = self.catalogue().good(procedure).key;
        let doctor = self.encounters[encounter].doctor;
        let general = matches!(key, "cholecystectomy" | "appendectomy" | "ureteroscopy");
        let operation = Operation { code: icd9(key), begin: time, end: time + 5400, doctor, general };
        self.encounters[encounter].operations.push(operation);
        self.charge(encounter, procedure, time, ONE)
    }

    fn infuse_cycle(&mut self, encounter: usize, cancer: DiseaseId, time: i64) {
        let mut mixed = 0;
        for &drug in &self.catalogue().disease(cancer).drugs {
            let costly = self.catalogue().good(drug).price > 1_000_000_000;
            if !self.goes_home(drug) && (!costly || self.rng.happens(400_000)) {
                self.charge(encounter, drug, time, ONE);
                mixed += 1;
            }
        }
        let mix = self.good("chemo_mix");
        self.charge(encounter, mix, time - 600, mixed * ONE);
    }

    fn leave(&mut self, encounter: usize, plan: StayPlan) {
        let end = self.encounters[encounter].end;
        let next = plan.day + plan.nights as i32 + 1;
        if self.rng.happens(120_000) && self.free(next, next) {
            self.take(next, next);
            // A laboratory that books its results late, within a day of discharge.
            let test = self.good("cbc");
            let late = self.rng.between(3600, DAY - 7200);
            self.charge(encounter, test, end + late, ONE);
            self.encounters[encounter].settled = end + DAY - self.rng.between(60, 3600);
        }
        if self.person.death.is_some_and(|day| day.0 == plan.day + plan.nights as i32) {
            self.encounters[encounter].leaves = "5";
        }
    }
}

/// The operation code (ICD-9-CM-3, insurance edition) of an item.
fn icd9(key: &str) -> (&'static str, &'static str) {
    match key {
        "cholecystectomy" => ("51.2200", "胆囊切除术"),
        "appendectomy" | "appendectomy_simple" => ("47.0900", "阑尾切除术"),
        "ileocecal" => ("45.7200", "回盲部切除术"),
        "hip_replace" => ("81.5100", "全髋关节置换术"),
        "fem_fix" => ("79.3500", "股骨骨折切开复位内固定术"),
        "hernia" => ("53.0000", "腹股沟疝修补术"),
        "ureteroscopy" => ("56.0x00", "经尿道输尿管取石术"),
        "phaco" => ("13.4100", "白内障超声乳化抽吸术"),
        "caesarean" => ("74.1x00", "子宫低位剖宫产术"),
        "delivery" => ("73.5900", "手法助产"),
        "pci" => ("36.0700", "药物洗脱冠状动脉支架置入术"),
        "hysterectomy" => ("68.4900", "经腹全子宫切除术"),
        "myomectomy" => ("68.2900", "子宫肌瘤切除术"),
        _ => ("99.9900", "其他操作"),
    }
}
