//! One person's year as it is being written: encounters with diagnoses, operations and fee lines, and the days that are taken.

use crate::{
    catalogue::{Catalogue, DiseaseId, Good, GoodId, Kind},
    extras::{Activity, Benefit},
    person::Person,
    rng::Rng,
    world::{InstId, Level, PracId, World},
};
use mingcha_model::{Date, Fen, time::DAY};

/// One of a thing, in ten-thousandths.
pub const ONE: i64 = 10_000;
/// Days that a repeated visit may find of the last pack.
const OVERLAP_DAYS: i32 = 2;

/// One fee line.
#[derive(Clone, Debug)]
pub struct Fee {
    /// What was charged.
    pub good: GoodId,
    /// When, in seconds since 1970.
    pub time: i64,
    /// Quantity in ten-thousandths.
    pub cnt: i64,
    /// Price in millionths of a yuan.
    pub pric: i64,
    /// Ceiling in millionths of a yuan.
    pub ceiling: i64,
    /// Amount as charged.
    pub amount: Fen,
    /// Days that the quantity lasts, 0 where it is not taken home.
    pub days: u16,
    /// Department that carries out, an index of the department list.
    pub dept: u8,
    /// Doctor who ordered.
    pub doctor: PracId,
    /// Taken home at discharge.
    pub takes_home: bool,
    /// Whether the part above the ceiling is left in what the fund shares.
    pub hides_excess: bool,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// ICD-9-CM-3 code and name.
    pub code: (&'static str, &'static str),
    /// Beginning.
    pub begin: i64,
    /// End.
    pub end: i64,
    /// Surgeon.
    pub doctor: PracId,
    /// Whether under general anaesthesia; otherwise spinal or local.
    pub general: bool,
}

/// One visit, stay or purchase with its one settlement.
#[derive(Clone, Debug)]
pub struct Encounter {
    /// Institution.
    pub inst: InstId,
    /// `med_type`.
    pub med_type: &'static str,
    /// Beginning in seconds since 1970.
    pub begin: i64,
    /// End.
    pub end: i64,
    /// Settlement.
    pub settled: i64,
    /// Department.
    pub dept: u8,
    /// Attending doctor; the pharmacist of a purchase.
    pub doctor: PracId,
    /// Diagnoses, the main one first; none for a purchase over the counter.
    pub diagnoses: Vec<DiseaseId>,
    /// Operations.
    pub operations: Vec<Operation>,
    /// Fee lines.
    pub fees: Vec<Fee>,
    /// Terminal of the institution.
    pub terminal: u8,
    /// `mdtrt_cert_type`.
    pub cert: &'static str,
    /// `dscg_way` of a stay.
    pub leaves: &'static str,
    /// When the settlement was refunded in full, if it was.
    pub refunded: Option<i64>,
    /// What the settlement claims of the fund beyond the funds' own parts.
    pub padded_fund: Fen,
    /// What the settlement claims in all beyond its parts.
    pub padded_total: Fen,
}

impl Encounter {
    /// Whether it is a stay in a bed.
    pub fn is_stay(&self) -> bool {
        matches!(self.med_type, "21" | "52")
    }
}

/// What a truth line points at inside one history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The encounter itself.
    Encounter(usize),
    /// Its settlement.
    Settlement(usize),
    /// Its fee line of that index.
    Fee(usize, usize),
    /// Its diagnosis of that index.
    Diagnosis(usize, usize),
}

impl Target {
    /// The encounter that the row belongs to.
    pub fn encounter(self) -> usize {
        match self {
            Self::Encounter(index)
            | Self::Settlement(index)
            | Self::Fee(index, _)
            | Self::Diagnosis(index, _) => index,
        }
    }
}

/// One line of the truth.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Case of the group.
    pub case: u32,
    /// Row.
    pub target: Target,
    /// `subject` or `counterpart`.
    pub role: &'static str,
}

/// One person's history while it is written.
#[derive(Debug)]
pub struct History<'a> {
    /// The city.
    pub world: &'a World,
    /// The person.
    pub person: &'a Person,
    /// The person's own stream.
    pub rng: Rng,
    /// Encounters in the order of writing.
    pub encounters: Vec<Encounter>,
    /// Truth about planted cases.
    pub marks: Vec<Mark>,
    /// What other departments saw of the person.
    pub activities: Vec<Activity>,
    /// What other schemes paid.
    pub benefits: Vec<Benefit>,
    /// Taken days, both ends included.
    busy: Vec<(i32, i32)>,
    /// Drugs at home: first and last day of each pack.
    home: Vec<(GoodId, i32, i32)>,
    /// Days of items that may not be repeated soon.
    rare: Vec<(GoodId, i32)>,
    /// Diseases that do not come to this person by chance.
    spared: Vec<DiseaseId>,
}

impl<'a> History<'a> {
    /// An empty history.
    pub fn new(world: &'a World, person: &'a Person) -> Self {
        let rng = Rng::of(world.seed, 3, person.number);
        Self {
            world,
            person,
            rng,
            encounters: Vec::new(),
            marks: Vec::new(),
            activities: Vec::new(),
            benefits: Vec::new(),
            busy: Vec::new(),
            home: Vec::new(),
            rare: Vec::new(),
            spared: Vec::new(),
        }
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &'a Catalogue {
        &self.world.catalogue
    }

    /// A good by key.
    pub fn good(&self, key: &str) -> GoodId {
        self.world.catalogue.id(key)
    }

    /// A disease by key.
    pub fn disease(&self, key: &str) -> DiseaseId {
        self.world.catalogue.disease_id(key)
    }

    /// Whether all of the days are free and the person alive and covered on them.
    pub fn free(&self, from: i32, to: i32) -> bool {
        let (first, last) = self.person.active(self.world);
        from >= first && to <= last && self.busy.iter().all(|&(begin, end)| to < begin || end < from)
    }

    /// Takes days, free or not.
    pub fn take(&mut self, from: i32, to: i32) {
        self.busy.push((from, to));
    }

    /// Takes so many free days in a row somewhere between two days and returns the first, if there are such.
    pub fn find(&mut self, length: i32, from: i32, to: i32) -> Option<i32> {
        let (first, last) = self.person.active(self.world);
        let (from, to) = (from.max(first), to.min(last) - length + 1);
        if from > to {
            return None;
        }
        let guesses: [i32; 8] =
            std::array::from_fn(|_| self.rng.between(i64::from(from), i64::from(to)) as i32);
        let found = guesses.into_iter().find(|&day| self.is_open(day, length));
        let found = found.or_else(|| (from..=to).find(|&day| self.is_open(day, length)))?;
        self.take(found, found + length - 1);
        Some(found)
    }

    fn is_open(&self, day: i32, length: i32) -> bool {
        let end = day + length - 1;
        self.busy.iter().all(|&(begin, last)| end < begin || last < day)
    }

    /// Free days in a row anywhere in the city's time.
    pub fn find_any(&mut self, length: i32) -> Option<i32> {
        self.find(length, self.world.start.0, self.world.end.0)
    }

    /// A second of a day between two hours.
    pub fn at(&mut self, day: i32, from_hour: i64, to_hour: i64) -> i64 {
        i64::from(day) * DAY + self.rng.between(from_hour * 3600, to_hour * 3600 - 1)
    }

    /// Opens an encounter that ends and is settled when it begins; the caller moves the times where they differ.
    pub fn open(
        &mut self,
        inst: InstId,
        med_type: &'static str,
        time: i64,
        disease: Option<DiseaseId>,
    ) -> usize {
        let wanted = disease.map_or(0, |id| self.catalogue().disease(id).dept);
        let department = self.world.department_of(inst, wanted).dept;
        let day = time.div_euclid(DAY) as i32;
        let doctor = self.world.on_duty(&mut self.rng, inst, department, day);
        let cert = self.rng.pick(&["01", "01", "03", "02"]);
        let terminal =
            self.rng.below(if self.world.inst(inst).level >= Level::Secondary { 12 } else { 2 }) as u8;
        self.encounters.push(Encounter {
            inst,
            med_type,
            begin: time,
            end: time,
            settled: time,
            dept: department,
            doctor,
            diagnoses: disease.into_iter().collect(),
            operations: Vec::new(),
            fees: Vec::new(),
            terminal,
            cert,
            leaves: "1",
            refunded: None,
            padded_fund: Fen::ZERO,
            padded_total: Fen::ZERO,
        });
        self.encounters.len() - 1
    }

    /// Adds a fee line at the institution's price and returns its index.
    pub fn charge(&mut self, encounter: usize, good: GoodId, time: i64, cnt: i64) -> usize {
        let world = self.world;
        let encounter = &mut self.encounters[encounter];
        let (pric, ceiling) = world.price(encounter.inst, good);
        let entry = world.catalogue.good(good);
        encounter.fees.push(Fee {
            good,
            time,
            cnt,
            pric,
            ceiling,
            amount: amount(cnt, pric),
            days: 0,
            dept: carried_out_by(entry).unwrap_or(encounter.dept),
            doctor: encounter.doctor,
            takes_home: false,
            hides_excess: false,
        });
        encounter.fees.len() - 1
    }

    /// Charges packs of a drug that is taken home; returns the line unless the person still has enough of it.
    pub fn dispense(&mut self, encounter: usize, good: GoodId, time: i64, packs: i64) -> Option<usize> {
        let days = i32::from(self.catalogue().good(good).days) * packs as i32;
        let from = time.div_euclid(DAY) as i32;
        let to = from + days - 1;
        if days > 0
            && self
                .home
                .iter()
                .any(|&(had, begin, end)| had == good && to.min(end) - from.max(begin) + 1 > OVERLAP_DAYS)
        {
            return None;
        }
        Some(self.dispense_anyway(encounter, good, time, packs))
    }

    /// Charges packs of a drug whatever the person has at home.
    pub fn dispense_anyway(&mut self, encounter: usize, good: GoodId, time: i64, packs: i64) -> usize {
        let days = self.catalogue().good(good).days * packs as u16;
        let from = time.div_euclid(DAY) as i32;
        self.home.push((good, from, from + i32::from(days) - 1));
        let line = self.charge(encounter, good, time, packs * ONE);
        self.encounters[encounter].fees[line].days = days;
        line
    }

    /// Keeps a drug out of honest prescriptions between two days.
    pub fn reserve(&mut self, good: GoodId, from: i32, to: i32) {
        self.home.push((good, from, to));
    }

    /// Charges an item that may come once in `gap` days; `None` where it was charged too near.
    pub fn charge_rarely(&mut self, encounter: usize, good: GoodId, time: i64, gap: i32) -> Option<usize> {
        let day = time.div_euclid(DAY) as i32;
        if self.rare.iter().any(|&(had, other)| had == good && (other - day).abs() < gap) {
            return None;
        }
        self.rare.push((good, day));
        Some(self.charge(encounter, good, time, ONE))
    }

    /// Keeps an item away from honest orders around a day.
    pub fn reserve_item(&mut self, good: GoodId, day: i32) {
        self.rare.push((good, day));
    }

    /// Keeps a disease from coming by chance, where its treatment would undo what is planted.
    pub fn spare(&mut self, key: &str) {
        self.spared.push(self.disease(key));
    }

    /// Whether a disease may come by chance.
    pub fn may_have(&self, disease: DiseaseId) -> bool {
        !self.spared.contains(&disease)
    }

    /// Marks a row as part of a planted case.
    pub fn mark(&mut self, case: u32, target: Target, role: &'static str) {
        self.marks.push(Mark { case, target, role });
    }
}

/// Quantity (1/10000) times price (1/1000000 yuan), rounded to fen.
pub fn amount(cnt: i64, pric: i64) -> Fen {
    Fen::of_quantity(cnt, pric)
}

/// The department that carries out an order where it is not the one that orders.
fn carried_out_by(good: &Good) -> Option<u8> {
    match good.kind {
        Kind::Item("lab") => Some(13),
        Kind::Item("exam") => Some(14),
        Kind::Item("anaesthesia") => Some(12),
        Kind::Drug | Kind::Slice => Some(15),
        _ => None,
    }
}

/// Midnight of a day in seconds since 1970.
pub fn midnight(day: i32) -> i64 {
    Date(day).start().0
}
