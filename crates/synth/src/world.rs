//! Where care happens: counties, institutions with prices and agreements, and the people who work in them.

use crate::{
    Options,
    catalogue::{Catalogue, FEN, GoodId, Kind, department},
    rng::Rng,
};
use mingcha_model::Date;
use std::ops::Range;

/// Index of an institution.
pub type InstId = u32;
/// Index of a practitioner.
pub type PracId = u32;

/// What an institution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Retail pharmacy.
    Pharmacy,
    /// Village clinic, no level.
    Clinic,
    /// Township hospital or community centre, level one.
    Primary,
    /// County hospital, level two.
    Secondary,
    /// City hospital, level three.
    Tertiary,
}

/// What the plan uses a special institution for; nobody goes there by himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Everybody may go there.
    Ordinary,
    /// Fills its beds with people on medical aid.
    Assist,
    /// Sells a key item more and more.
    Growth,
    /// Its agreement is suspended for a time.
    Suspended,
    /// Treats over the net.
    Internet,
}

/// A department of an institution and its doctors.
#[derive(Clone, Debug)]
pub struct Department {
    /// Index into [`crate::catalogue::DEPARTMENTS`].
    pub dept: u8,
    /// Its doctors.
    pub doctors: Range<PracId>,
}

/// One institution.
#[derive(Clone, Debug)]
pub struct Institution {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Level.
    pub level: Level,
    /// Code of the level.
    pub hosp_lv: &'static str,
    /// Whether it is private.
    pub private: bool,
    /// Whether it is designated for medical aid.
    pub assist: bool,
    /// County.
    pub county: u16,
    /// Beds.
    pub beds: u32,
    /// Longitude and latitude in millionths of a degree.
    pub place: (i32, i32),
    /// Departments; a pharmacy has one of pharmacists.
    pub departments: Vec<Department>,
    /// Price in thousandths of the ceiling.
    pub discount: i64,
    /// What the plan uses it for.
    pub role: Use,
    /// First and last day of a suspension of its agreement.
    pub suspended: Option<(Date, Date)>,
}

/// One practitioner.
#[derive(Clone, Debug)]
pub struct Practitioner {
    /// National code.
    pub code: String,
    /// Institution.
    pub inst: InstId,
    /// Department.
    pub dept: u8,
    /// doctor, nurse, pharmacist or technician.
    pub kind: &'static str,
    /// First and last day of a suspension of the pay qualification.
    pub suspended: Option<(Date, Date)>,
}

/// One county and what stands in it, by level.
#[derive(Clone, Debug, Default)]
pub struct County {
    /// Region code of six digits.
    pub region: String,
    /// Pharmacies.
    pub pharmacies: Vec<InstId>,
    /// Village clinics.
    pub clinics: Vec<InstId>,
    /// Hospitals of level one.
    pub primary: Vec<InstId>,
    /// Hospitals of level two.
    pub secondary: Vec<InstId>,
}

/// The city.
#[derive(Debug)]
pub struct World {
    /// Seed of everything.
    pub seed: u64,
    /// First day, inclusive.
    pub start: Date,
    /// Last day, inclusive.
    pub end: Date,
    /// Goods and diseases.
    pub catalogue: Catalogue,
    /// Counties.
    pub counties: Vec<County>,
    /// Institutions.
    pub institutions: Vec<Institution>,
    /// Practitioners.
    pub practitioners: Vec<Practitioner>,
    /// Hospitals of level three.
    pub tertiary: Vec<InstId>,
    /// Special institutions by use, each three for the three degrees of hiding.
    pub special: Vec<(Use, Vec<InstId>)>,
    /// Doctors whose qualification is suspended for a time.
    pub suspended_doctors: Vec<PracId>,
    /// Ceilings in millionths of a yuan, by level and good.
    ceilings: [Vec<i64>; 5],
}

/// Persons of whom one set of special institutions is made.
pub const PERSONS_PER_SET: u64 = 200_000;

impl World {
    /// Builds the city of some options.
    pub fn build(options: &Options, catalogue: Catalogue) -> Self {
        let (year, month, day) = options.start.ymd();
        let months = year * 12 + month as i32 - 1 + options.months as i32;
        let after =
            Date::new(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, day).unwrap_or(options.start);
        let ceilings = [Level::Pharmacy, Level::Clinic, Level::Primary, Level::Secondary, Level::Tertiary]
            .map(|level| catalogue.goods.iter().map(|good| ceiling(good.kind, good.price, level)).collect());
        let mut world = Self {
            seed: options.seed,
            start: options.start,
            end: Date(after.0 - 1),
            catalogue,
            counties: Vec::new(),
            institutions: Vec::new(),
            practitioners: Vec::new(),
            tertiary: Vec::new(),
            special: Vec::new(),
            suspended_doctors: Vec::new(),
            ceilings,
        };
        world.found(options.persons);
        world
    }

    fn found(&mut self, persons: u64) {
        let mut rng = Rng::of(self.seed, 1, 0);
        let counties = (persons / 40_000).clamp(3, 60) as u32;
        let each = (persons / u64::from(counties)) as u32;
        for county in 0..counties {
            self.counties.push(County { region: format!("9901{:02}", county + 1), ..County::default() });
            for _ in 0..(each / 2500).max(4) {
                self.establish(&mut rng, Level::Pharmacy, county as u16, Use::Ordinary);
            }
            for _ in 0..(each / 1500).max(4) {
                self.establish(&mut rng, Level::Clinic, county as u16, Use::Ordinary);
            }
            for _ in 0..(each / 12_000).max(2) {
                self.establish(&mut rng, Level::Primary, county as u16, Use::Ordinary);
            }
            for _ in 0..(each / 40_000).max(1) {
                self.establish(&mut rng, Level::Secondary, county as u16, Use::Ordinary);
            }
        }
        for number in 0..(persons / 150_000).max(2) as u32 {
            self.establish(&mut rng, Level::Tertiary, (number % counties) as u16, Use::Ordinary);
        }
        self.found_special(&mut rng, persons, counties);
        self.suspend_doctors(&mut rng);
    }

    fn found_special(&mut self, rng: &mut Rng, persons: u64, counties: u32) {
        let sets = persons.div_ceil(PERSONS_PER_SET) as u32;
        let uses = [
            (Use::Assist, Level::Primary),
            (Use::Growth, Level::Secondary),
            (Use::Suspended, Level::Primary),
            (Use::Internet, Level::Secondary),
        ];
        for (role, level) in uses {
            let ids = (0..sets * 3).map(|number| {
                let county = (number % counties) as u16;
                self.establish(rng, level, county, role)
            });
            let ids = ids.collect();
            self.special.push((role, ids));
        }
    }

    /// One of the special institutions of a use, by any number.
    pub fn special(&self, role: Use, number: usize) -> InstId {
        let ids = self.special.iter().find(|(known, _)| *known == role).map_or(&[][..], |(_, ids)| ids);
        ids[number % ids.len()]
    }

    fn establish(&mut self, rng: &mut Rng, level: Level, county: u16, role: Use) -> InstId {
        let id = self.institutions.len() as InstId;
        let letter = if level == Level::Pharmacy { 'P' } else { 'H' };
        let code = format!("{letter}{}{:05}", self.counties[usize::from(county)].region, id + 1);
        let place = scatter(rng, county, level);
        let private = level == Level::Pharmacy
            || role != Use::Ordinary
            || (level == Level::Primary && rng.happens(250_000));
        let suspended = (role == Use::Suspended).then(|| {
            let length = i64::from(self.end.0 - self.start.0 + 1);
            let begin = self.start.0 + (length * 35 / 100) as i32;
            (Date(begin), Date(begin + (length * 25 / 100).max(20) as i32))
        });
        let mut institution = Institution {
            name: name(level, role, &self.counties[usize::from(county)].region, id),
            code,
            level,
            hosp_lv: hosp_lv(level),
            private,
            assist: role == Use::Ordinary && level >= Level::Primary && !private,
            county,
            beds: [0, 0, 60, 420, 1400][level as usize],
            place,
            departments: Vec::new(),
            discount: if level == Level::Pharmacy {
                rng.pick(&[1000, 980, 950, 920])
            } else {
                rng.pick(&[1000, 1000, 1000, 960])
            },
            role,
            suspended,
        };
        self.staff(&mut institution, id);
        self.institutions.push(institution);
        if role == Use::Ordinary {
            self.list(level, county, id);
        }
        id
    }

    fn list(&mut self, level: Level, county: u16, id: InstId) {
        let place = &mut self.counties[usize::from(county)];
        match level {
            Level::Pharmacy => place.pharmacies.push(id),
            Level::Clinic => place.clinics.push(id),
            Level::Primary => place.primary.push(id),
            Level::Secondary => place.secondary.push(id),
            Level::Tertiary => self.tertiary.push(id),
        }
    }

    fn staff(&mut self, institution: &mut Institution, id: InstId) {
        let (codes, doctors): (&[&str], u32) = match institution.level {
            Level::Pharmacy => (&["A69"], 2),
            Level::Clinic => (&["A03"], 2),
            Level::Primary => (&["A03", "A04", "A05", "A07", "A12", "A50", "A21"], 3),
            Level::Secondary => (
                &["A03", "A04", "A05", "A07", "A10", "A11", "A12", "A13", "A19", "A20", "A21", "A50", "A23"],
                5,
            ),
            Level::Tertiary => (
                &["A03", "A04", "A05", "A07", "A10", "A11", "A12", "A13", "A19", "A20", "A21", "A50", "A23"],
                9,
            ),
        };
        for code in codes {
            let dept = department(code).expect("a known department");
            let first = self.practitioners.len() as PracId;
            for _ in 0..doctors {
                let number = self.practitioners.len() as PracId;
                let (letter, kind) =
                    if institution.level == Level::Pharmacy { ('P', "pharmacist") } else { ('D', "doctor") };
                let code = format!("{letter}9901{number:08}");
                self.practitioners.push(Practitioner { code, inst: id, dept, kind, suspended: None });
            }
            institution.departments.push(Department { dept, doctors: first..first + doctors });
        }
    }

    fn suspend_doctors(&mut self, rng: &mut Rng) {
        let length = i64::from(self.end.0 - self.start.0 + 1);
        for id in 0..self.practitioners.len() {
            // Nobody of a department of two is suspended, so that somebody is always there.
            let place = &self.institutions[self.practitioners[id].inst as usize];
            // At a place of a plan the case would be that of the place.
            let enough = place.level >= Level::Primary && place.role == Use::Ordinary;
            if self.practitioners[id].kind == "doctor"
                && enough
                && rng.happens(12_000)
                && !self.beside_suspended(id)
            {
                let begin = self.start.0 + (length * 30 / 100) as i32;
                let end = begin + (length * 40 / 100) as i32;
                self.practitioners[id].suspended = Some((Date(begin), Date(end)));
                self.suspended_doctors.push(id as PracId);
            }
        }
    }

    fn beside_suspended(&self, id: usize) -> bool {
        let one = &self.practitioners[id];
        self.suspended_doctors.iter().any(|&other| {
            let other = &self.practitioners[other as usize];
            other.inst == one.inst && other.dept == one.dept
        })
    }

    /// An institution.
    pub fn inst(&self, id: InstId) -> &Institution {
        &self.institutions[id as usize]
    }

    /// What an institution charges for a good, and the ceiling for it, both in millionths of a yuan.
    pub fn price(&self, inst: InstId, good: GoodId) -> (i64, i64) {
        let institution = self.inst(inst);
        let ceiling = self.ceilings[institution.level as usize][usize::from(good)];
        let free = institution.level == Level::Pharmacy || self.catalogue.good(good).list_type == "201";
        let price = if free { ceiling * institution.discount / 1000 / FEN * FEN } else { ceiling };
        (price.max(FEN), ceiling)
    }

    /// The department of an institution that treats what `dept` treats; the first where it has none.
    pub fn department_of(&self, inst: InstId, dept: u8) -> &Department {
        let departments = &self.inst(inst).departments;
        departments.iter().find(|department| department.dept == dept).unwrap_or(&departments[0])
    }

    /// A doctor on duty: each has two days a week off, and one whose qualification is suspended is never there.
    pub fn on_duty(&self, rng: &mut Rng, inst: InstId, dept: u8, day: i32) -> PracId {
        let doctors = self.department_of(inst, dept).doctors.clone();
        let count = doctors.end - doctors.start;
        let first = rng.below(count);
        let works = |doctor: &PracId| {
            let off = (*doctor as i32 + day).rem_euclid(7) < 2 && count > 2;
            !off && self.practitioners[*doctor as usize].suspended.is_none()
        };
        let in_turn = (0..count).map(|step| doctors.start + (first + step) % count);
        let mut fallback =
            in_turn.clone().filter(|doctor| self.practitioners[*doctor as usize].suspended.is_none());
        in_turn.clone().find(works).or_else(|| fallback.next()).unwrap_or(doctors.start)
    }

    /// Days of the city.
    pub fn days(&self) -> i32 {
        self.end.0 - self.start.0 + 1
    }
}

fn ceiling(kind: Kind, base: i64, level: Level) -> i64 {
    let share = match (kind, level) {
        (Kind::Item(_), Level::Clinic) => 60,
        (Kind::Item(_), Level::Primary) => 70,
        (Kind::Item(_), Level::Secondary) => 85,
        _ => 100,
    };
    (base * share / 100 / FEN * FEN).max(FEN)
}

fn hosp_lv(level: Level) -> &'static str {
    match level {
        Level::Tertiary => "02",
        Level::Secondary => "05",
        Level::Primary => "08",
        Level::Clinic => "11",
        Level::Pharmacy => "",
    }
}

fn name(level: Level, role: Use, region: &str, id: InstId) -> String {
    let number = id + 1;
    match (level, role) {
        (_, Use::Internet) => format!("合成{region}第{number}互联网医院"),
        (Level::Pharmacy, _) => format!("合成{region}第{number}大药房"),
        (Level::Clinic, _) => format!("合成{region}第{number}村卫生室"),
        (Level::Primary, Use::Ordinary) => format!("合成{region}第{number}乡镇卫生院"),
        (Level::Primary, _) => format!("合成{region}第{number}民营医院"),
        (Level::Secondary, _) => format!("合成{region}第{number}县级医院"),
        (Level::Tertiary, _) => format!("合成市第{number}中心医院"),
    }
}

/// A place near the centre of a county; counties lie on a grid about 50 km wide.
fn scatter(rng: &mut Rng, county: u16, level: Level) -> (i32, i32) {
    let centre =
        (118_000_000 + i32::from(county % 8) * 520_000, 31_000_000 + i32::from(county / 8) * 450_000);
    let spread = if level >= Level::Secondary { 15_000 } else { 90_000 };
    (centre.0 + rng.between(-spread, spread) as i32, centre.1 + rng.between(-spread, spread) as i32)
}
