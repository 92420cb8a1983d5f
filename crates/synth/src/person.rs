//! Who lives in the city: households of synthetic people with age, sex, insurance, hardship, home and lasting illness.

use crate::{
    catalogue::DiseaseId,
    rng::Rng,
    world::{InstId, World},
};
use mingcha_model::{Date, cert::check_character};

/// One person.
#[derive(Clone, Debug)]
pub struct Person {
    /// Number in the city, from 0.
    pub number: u64,
    /// Household in the city.
    pub household: u64,
    /// 1 male, 2 female.
    pub sex: u8,
    /// Date of birth.
    pub birth: Date,
    /// Whether insured as an employee (310) or a resident (390).
    pub employee: bool,
    /// `psn_type`.
    pub psn_type: &'static str,
    /// Hardship group, empty where none.
    pub hardship: &'static str,
    /// County in which the person lives.
    pub county: u16,
    /// Whether insured in another city (9902xx).
    pub outside: bool,
    /// Village within the county.
    pub village: u16,
    /// Employer, 0 where none.
    pub employer: u32,
    /// First day of coverage.
    pub covered_from: Date,
    /// Last day of coverage.
    pub covered_to: Option<Date>,
    /// Date of death.
    pub death: Option<Date>,
    /// Lasting illnesses.
    pub chronic: Vec<DiseaseId>,
    /// Clinic, township hospital, county hospital and pharmacy near home.
    pub near: [InstId; 4],
}

/// Births by age band: first age, last age, weight. After the 2020 census, rounded.
const PYRAMID: &[(i64, i64, u32)] = &[
    (0, 4, 45),
    (5, 9, 62),
    (10, 14, 62),
    (15, 19, 54),
    (20, 24, 52),
    (25, 29, 62),
    (30, 34, 86),
    (35, 39, 75),
    (40, 44, 67),
    (45, 49, 79),
    (50, 54, 87),
    (55, 59, 77),
    (60, 64, 57),
    (65, 69, 56),
    (70, 74, 38),
    (75, 79, 23),
    (80, 84, 15),
    (85, 99, 9),
];

/// Deaths per 100,000 and year by age band of ten years.
const MORTALITY: [u32; 10] = [60, 30, 50, 90, 180, 420, 1000, 2600, 7000, 16_000];

impl Person {
    /// Whole years of age on a day.
    pub fn age_on(&self, day: Date) -> i32 {
        self.birth.age_on(day)
    }

    /// Insurance kind.
    pub fn insutype(&self) -> &'static str {
        if self.employee { "310" } else { "390" }
    }

    /// First and last day on which the person may be treated with coverage, alive, inside the city's time.
    pub fn active(&self, world: &World) -> (i32, i32) {
        let last =
            [self.covered_to, self.death].into_iter().flatten().map(|day| day.0).min().unwrap_or(i32::MAX);
        (world.start.0.max(self.covered_from.0), world.end.0.min(last))
    }

    /// Whether alive and covered through the whole time.
    pub fn steady(&self, world: &World) -> bool {
        self.active(world) == (world.start.0, world.end.0)
    }

    /// Region in which the person is insured.
    pub fn region(&self, world: &World) -> String {
        let own = &world.counties[usize::from(self.county)].region;
        if self.outside { format!("9902{}", &own[4..]) } else { own.clone() }
    }

    /// A valid synthetic certificate number in the person's region (GB 11643).
    pub fn certificate(&self, world: &World) -> String {
        let (year, month, day) = self.birth.ymd();
        // Serial digits: sex decides whether the last is odd.
        let serial = (self.number % 500) * 2 + u64::from(self.sex == 1);
        let mut text = format!("{}{year:04}{month:02}{day:02}{serial:03}", self.region(world));
        let check = check_character(text.as_bytes()).unwrap_or(b'X');
        text.push(char::from(check));
        text
    }
}

/// The persons numbered `from..to`, in households.
pub fn settle(world: &World, from: u64, to: u64) -> Vec<Person> {
    let mut rng = Rng::of(world.seed, 2, from);
    let mut people: Vec<Person> = Vec::with_capacity((to - from) as usize);
    while from + (people.len() as u64) < to {
        let size = 1 + rng.weighted([22, 30, 22, 16, 7, 3].into_iter()) as u64;
        let household = from + people.len() as u64;
        let size = size.min(to - household);
        let home = Home::draw(world, &mut rng, household);
        for member in 0..size {
            let mut person = home.member(world, &mut rng, household + member);
            // Twins: the same day of birth as the child before.
            if let Some(before) = people.last().filter(|_| member > 0)
                && before.age_on(world.start) < 14
                && person.age_on(world.start) < 14
                && rng.happens(60_000)
            {
                person.birth = before.birth;
                person.covered_from = before.covered_from;
            }
            people.push(person);
        }
    }
    people
}

/// What the members of a household share.
struct Home {
    household: u64,
    county: u16,
    village: u16,
    outside: bool,
    hardship: &'static str,
    near: [InstId; 4],
}

impl Home {
    fn draw(world: &World, rng: &mut Rng, household: u64) -> Self {
        let county = rng.below(world.counties.len() as u32) as u16;
        let place = &world.counties[usize::from(county)];
        let village = rng.below(200) as u16;
        let near = [
            place.clinics[usize::from(village) % place.clinics.len()],
            place.primary[usize::from(village) % place.primary.len()],
            rng.pick(&place.secondary),
            place.pharmacies[usize::from(village) % place.pharmacies.len()],
        ];
        let hardship = if rng.happens(40_000) { rng.pick(&["031", "051", "061", "061", "062"]) } else { "" };
        Self { household, county, village, outside: rng.happens(30_000), hardship, near }
    }

    fn member(&self, world: &World, rng: &mut Rng, number: u64) -> Person {
        let band = PYRAMID[rng.weighted(PYRAMID.iter().map(|band| band.2))];
        let years = rng.between(band.0, band.1) as i32;
        let birth = Date(world.start.0 - years * 365 - years / 4 - rng.between(1, 364) as i32);
        let sex = 1 + u8::from(rng.happens(490_000));
        // A few are born during the year.
        let birth = if years == 0 && rng.happens(600_000) {
            Date(world.start.0 + rng.below(world.days() as u32) as i32)
        } else {
            birth
        };
        let age = birth.age_on(world.start);
        let employee =
            self.hardship.is_empty() && age >= 20 && rng.happens(if age < 62 { 420_000 } else { 330_000 });
        let working = employee && age < if sex == 1 { 60 } else { 55 };
        let mut person = Person {
            number,
            household: self.household,
            sex,
            birth,
            employee,
            psn_type: psn_type(employee, working, age, number),
            hardship: if employee { "" } else { self.hardship },
            county: self.county,
            outside: self.outside,
            village: self.village,
            employer: if working { 1 + rng.below(4000) } else { 0 },
            covered_from: Date(birth.0.max(world.start.0 - 365 - rng.below(2000) as i32)),
            covered_to: None,
            death: None,
            chronic: Vec::new(),
            near: self.near,
        };
        person.fate(world, rng, age);
        person.fall_ill(world, rng, age);
        person
    }
}

fn psn_type(employee: bool, working: bool, age: i32, number: u64) -> &'static str {
    match (employee, working) {
        (true, true) if number.is_multiple_of(14) => "1102",
        (true, true) => "1101",
        (true, false) => "1201",
        _ if age < 1 => "1401",
        _ if age < 6 => "1402",
        _ if age < 18 => "1403",
        _ if age >= 60 => "16",
        _ => "1501",
    }
}

impl Person {
    fn fate(&mut self, world: &World, rng: &mut Rng, age: i32) {
        let days = world.days();
        let rate = MORTALITY[(age / 10).clamp(0, 9) as usize];
        if rng.happens((i64::from(rate) * 10 * i64::from(days) / 365) as u32) {
            self.death = Some(Date(world.start.0.max(self.birth.0) + rng.below(days as u32) as i32));
            self.death = self.death.map(|day| Date(day.0.min(world.end.0)));
        }
        if rng.happens(12_000) {
            self.covered_to = Some(Date(world.start.0 + rng.below(days as u32) as i32));
        } else if rng.happens(15_000) {
            self.covered_from = Date(self.birth.0.max(world.start.0 + rng.below(days as u32) as i32));
        }
    }

    fn fall_ill(&mut self, world: &World, rng: &mut Rng, age: i32) {
        const ILLS: &[(&str, i32, u32)] = &[
            ("hypertension", 35, 11_500),
            ("diabetes", 35, 5000),
            ("chd", 45, 4200),
            ("stroke_after", 50, 3200),
            ("copd", 50, 2600),
            ("heartfailure_c", 60, 2000),
            ("arrhythmia", 45, 1200),
            ("ckd", 40, 900),
            ("hepatitis", 25, 400),
            ("thyroid", 25, 300),
            ("bph", 55, 3200),
            ("parkinson", 60, 700),
            ("dementia", 65, 1100),
        ];
        for &(key, from, per_year) in ILLS {
            let id = world.catalogue.disease_id(key);
            let exposure = (age - from + 4).clamp(0, 40) as u32;
            if world.catalogue.disease(id).fits(self.sex, age)
                && self.chronic.len() < 3
                && rng.happens(exposure * per_year)
            {
                self.chronic.push(id);
            }
        }
    }
}
