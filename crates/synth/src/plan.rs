//! The plan of what is planted: which rule, who, how many, how well hidden. Data, in `plan.toml`.

use crate::{act, person::Person, rng::Rng, truth::Case, world::World};
use mingcha_model::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How well a case hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Degree {
    /// Far past the threshold and alone.
    Obvious,
    /// Among true treatment.
    Mixed,
    /// Just past the threshold.
    Edge,
}

impl Degree {
    /// As it stands in the truth.
    pub fn word(self) -> &'static str {
        match self {
            Self::Obvious => "obvious",
            Self::Mixed => "mixed",
            Self::Edge => "edge",
        }
    }
}

/// The size of a case by degree; what it counts depends on the act.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct At {
    /// Where it is obvious.
    pub obvious: i64,
    /// Where it is mixed with true treatment.
    pub mixed: i64,
    /// Where it is just past the threshold.
    pub edge: i64,
}

/// What is planted for one rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Rule that should catch it.
    pub rule: String,
    /// What is done, in words.
    pub does: String,
    /// Who may do it: any, adult, aged, male, female, fertile, hardship, dead, lapsed, lasting.
    pub who: String,
    /// Cases per 10,000 persons.
    pub per_10000: f64,
    /// Persons of a case.
    #[serde(default = "one")]
    pub actors: u32,
    /// Degrees, taken in turn.
    #[serde(default = "all_degrees")]
    pub hiding: Vec<Degree>,
    /// Whether it only plays along and is not in the truth.
    #[serde(default)]
    pub cover: bool,
    /// Months that the city must have.
    #[serde(default = "one")]
    pub months: u32,
    /// Size by degree.
    #[serde(default)]
    pub at: At,
}

fn one() -> u32 {
    1
}

fn all_degrees() -> Vec<Degree> {
    vec![Degree::Obvious, Degree::Mixed, Degree::Edge]
}

/// A plan.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What is planted, rule by rule.
    #[serde(default, rename = "case")]
    pub cases: Vec<Planned>,
}

/// Why a plan is refused.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It is no plan.
    #[error("the plan cannot be read: {0}")]
    Form(#[from] toml::de::Error),
    /// It names a rule that nobody knows how to break.
    #[error("nobody knows how to plant a case for `{0}`; see the list of acts")]
    Rule(String),
    /// It names people that nobody knows how to find.
    #[error("`{who}` of the case for `{rule}` names no group of persons")]
    Who {
        /// The group.
        who: String,
        /// The rule.
        rule: String,
    },
}

/// What one person does in one case.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// Case of the group.
    pub case: u32,
    /// Number of the case among all of its rule in the city.
    pub number: u64,
    /// What is done.
    pub act: act::Act,
    /// How well it hides.
    pub degree: Degree,
    /// Its size.
    pub at: i64,
    /// Random word that all persons of the case share.
    pub shared: u64,
    /// Which of the persons this is, from 0.
    pub seat: u32,
    /// Persons of the case.
    pub seats: u32,
    /// Which of the special institutions it may use.
    pub set: usize,
    /// Whether nothing of it is in the truth.
    pub cover: bool,
}

/// The cases of a group and who plays in them.
#[derive(Debug, Default)]
pub struct GroupPlan {
    /// Cases, still without lines.
    pub cases: Vec<Case>,
    /// Jobs by index of the person in the group.
    pub jobs: BTreeMap<usize, Vec<Job>>,
}

impl Plan {
    /// The plan that is built in.
    pub fn built_in() -> Result<Self, PlanError> {
        Self::parse(include_str!("../plan.toml"))
    }

    /// Reads a plan.
    pub fn parse(text: &str) -> Result<Self, PlanError> {
        Ok(toml::from_str(text)?)
    }

    /// Whether every rule has an act and every group of persons is known.
    pub fn check(&self) -> Result<(), PlanError> {
        for planned in &self.cases {
            if act::of_rule(&planned.rule).is_none() {
                return Err(PlanError::Rule(planned.rule.clone()));
            }
            if !GROUPS.contains(&planned.who.as_str()) {
                return Err(PlanError::Who { who: planned.who.clone(), rule: planned.rule.clone() });
            }
        }
        Ok(())
    }

    /// Chooses who does what among the persons of a group; nobody plays in two cases.
    pub fn assign(&self, world: &World, group: u64, people: &[Person]) -> GroupPlan {
        let mut chosen = GroupPlan::default();
        let mut used = vec![false; people.len()];
        let months = (world.days() / 28) as u32;
        for (number, planned) in self.cases.iter().enumerate() {
            let Some(act) = act::of_rule(&planned.rule).filter(|_| months >= planned.months) else {
                continue;
            };
            // Whole cases so far, so that a rate below one a group is met over several groups, the first group included.
            let upto = |group: u64| (group as f64 * planned.per_10000).ceil() as u64;
            for case in upto(group)..upto(group + 1) {
                let mut rng = Rng::of(world.seed, 100 + number as u64, case);
                let degree = planned.hiding[(case % planned.hiding.len() as u64) as usize];
                let seats = seats(planned, degree);
                let Some(actors) = find(world, people, &mut used, &mut rng, planned, degree, seats) else {
                    continue;
                };
                let id = chosen.cases.len() as u32;
                chosen.cases.push(Case {
                    id: format!("C{:02}-{case:05}", number + 1),
                    rule: planned.rule.clone(),
                    degree,
                    actors: Vec::new(),
                    lines: Vec::new(),
                });
                let set =
                    (group * crate::GROUP / crate::world::PERSONS_PER_SET) as usize * 3 + degree as usize;
                let shared = rng.next();
                for (seat, person) in actors.into_iter().enumerate() {
                    let job = Job {
                        case: id,
                        number: case,
                        act,
                        degree,
                        at: size(planned, degree),
                        shared,
                        seat: seat as u32,
                        seats,
                        set,
                        cover: planned.cover,
                    };
                    chosen.jobs.entry(person).or_default().push(job);
                }
            }
        }
        chosen
    }
}

fn size(planned: &Planned, degree: Degree) -> i64 {
    match degree {
        Degree::Obvious => planned.at.obvious,
        Degree::Mixed => planned.at.mixed,
        Degree::Edge => planned.at.edge,
    }
}

/// With `actors = 0` the size of the case is the number of its persons.
fn seats(planned: &Planned, degree: Degree) -> u32 {
    if planned.actors == 0 { size(planned, degree) as u32 } else { planned.actors }
}

/// Groups of persons that a plan may name.
const GROUPS: &[&str] = &[
    "any", "adult", "aged", "male", "female", "fertile", "hardship", "employee", "dead", "lapsed", "lasting",
];

fn suits(world: &World, person: &Person, planned: &Planned, degree: Degree) -> bool {
    let middle = Date(world.start.0 + world.days() / 2);
    let age = person.age_on(world.start);
    let steady = person.steady(world) && !person.outside;
    match planned.who.as_str() {
        "any" => steady && age >= 3,
        "adult" => steady && age >= 22,
        // Older than the child that the code is for: at the edge just past the birthday.
        "aged" => {
            let years = size(planned, degree) as i32;
            let just = degree != Degree::Edge || person.age_on(middle) == years;
            steady && person.age_on(world.start) >= years - i32::from(degree == Degree::Edge) && just
        }
        "male" => steady && age >= 22 && person.sex == 1,
        "female" => steady && age >= 22 && person.sex == 2,
        "fertile" => steady && (22..40).contains(&age) && person.sex == 2,
        "hardship" => steady && age >= 30 && !person.hardship.is_empty(),
        "employee" => steady && person.employee,
        "dead" => {
            person.death.is_some_and(|day| day.0 + 40 < world.end.0 && day.0 > world.start.0 + 20)
                && age >= 22
        }
        "lapsed" => {
            person.covered_to.is_some_and(|day| day.0 + 40 < world.end.0)
                && person.death.is_none()
                && age >= 16
        }
        "lasting" => steady && !person.chronic.is_empty(),
        _ => false,
    }
}

fn find(
    world: &World,
    people: &[Person],
    used: &mut [bool],
    rng: &mut Rng,
    planned: &Planned,
    degree: Degree,
    seats: u32,
) -> Option<Vec<usize>> {
    let first = rng.below(people.len() as u32) as usize;
    let mut found = Vec::new();
    let mut household = u64::MAX;
    for step in 0..people.len() {
        let index = (first + step) % people.len();
        let person = &people[index];
        // People of one case come from different households, so that no family explains it.
        if !used[index] && person.household != household && suits(world, person, planned, degree) {
            household = person.household;
            found.push(index);
            if found.len() == seats as usize {
                for &index in &found {
                    used[index] = true;
                }
                return Some(found);
            }
        }
    }
    None
}
