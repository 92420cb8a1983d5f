//! Schemes that a locality sets, as values: points, rewards, penalties on the spot, grades, cross-checks, heavy penalties, tiers of fines.

use crate::limit::Certainty;
use mingcha_model::Fen;

/// On what a scheme rests, and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Law or paper.
    pub basis: String,
    /// How sure the statement is.
    pub certainty: Certainty,
    /// What to know.
    pub note: String,
}

/// Something with an id, a title and bounds: an event of points, a band of months, a grade, a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Id.
    pub id: String,
    /// Its Chinese name.
    pub title: String,
    /// The least.
    pub least: u32,
    /// The most.
    pub most: u32,
}

/// Months of suspension by points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Months {
    /// Points of the year.
    pub points: u32,
    /// Least months.
    pub least: u32,
    /// Most months.
    pub most: u32,
}

/// Something that takes points back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Id.
    pub id: String,
    /// Its Chinese name.
    pub title: String,
    /// Points that it takes back each time.
    pub points: u32,
    /// How often in a year.
    pub most: u32,
}

/// Points of practitioners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsScheme {
    /// Points of a year from which the qualification is suspended.
    pub suspend_from: u32,
    /// Points at which it ends.
    pub end_at: u32,
    /// Events with their points.
    pub events: Vec<Band>,
    /// Months by points, the lowest first.
    pub months: Vec<Months>,
    /// Repairs.
    pub repairs: Vec<Repair>,
    /// Shares of an institution's staff from which something follows, in basis points, the lowest first.
    pub shares: Vec<Band>,
    /// On what it rests.
    pub ground: Ground,
}

/// Rewards for complaints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewardScheme {
    /// Share of the value of the case in basis points.
    pub share_bp: u32,
    /// The least reward.
    pub least: Fen,
    /// The most.
    pub most: Fen,
    /// Months in which it is claimed.
    pub claim_months: u32,
    /// On what it rests.
    pub ground: Ground,
}

/// Penalties on the spot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryScheme {
    /// The most for a person.
    pub person: Fen,
    /// The most for an organisation.
    pub organisation: Fen,
    /// On what it rests.
    pub ground: Ground,
}

/// Grades of institutions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradingScheme {
    /// What an institution starts with.
    pub start: u32,
    /// How many months back records count.
    pub months: u32,
    /// From how many rows on that imports refused of an institution in a month its data of that month was at fault.
    pub data_rows: u64,
    /// What each kind of record takes off; `least` is the points.
    pub weights: Vec<Band>,
    /// Grades, the best first: from which score (`least`) and how many inspections a year (`most`).
    pub grades: Vec<Band>,
    /// On what it rests.
    pub ground: Ground,
}

/// When a clue goes to a cross-check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossCheckScheme {
    /// Grade of risk, this or higher (1 is the highest).
    pub grade: u32,
    /// Days after the dispatch without an answer.
    pub days: u32,
    /// On what it rests.
    pub ground: Ground,
}

/// From what on a penalty is heavy, so that the law wants more steps for it than a handler may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeavyScheme {
    /// Subjects of measures who are natural persons.
    pub persons: Vec<String>,
    /// From what on it needs a legal review.
    pub review: Heavy,
    /// From what on it needs a collective discussion.
    pub discussion: Heavy,
    /// On what it rests.
    pub ground: Ground,
}

/// From what on a penalty needs a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heavy {
    /// The fine of a person; the figure counts as reached.
    pub person: Fen,
    /// The fine of an organisation.
    pub organisation: Fen,
    /// Whether a suspension is enough, however low the fine.
    pub suspension: bool,
    /// Whether it is enough that a hearing was held.
    pub hearing: bool,
}

/// What a penalty is weighed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// All fines together.
    pub fine: Fen,
    /// Whether a natural person pays.
    pub person: bool,
    /// Whether something is suspended.
    pub suspends: bool,
    /// Whether a hearing was held.
    pub heard: bool,
}

/// A tier of fines inside the bounds of measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Ids of the measures.
    pub measures: Vec<String>,
    /// Multiples of the base in basis points.
    pub band: Band,
}

/// All schemes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schemes {
    /// Points.
    pub points: PointsScheme,
    /// Rewards.
    pub reward: RewardScheme,
    /// Penalties on the spot.
    pub summary: SummaryScheme,
    /// Grades.
    pub grading: GradingScheme,
    /// Cross-checks.
    pub cross_check: CrossCheckScheme,
    /// Heavy penalties.
    pub heavy: HeavyScheme,
    /// Tiers of fines.
    pub tiers: Vec<Tier>,
    /// On what the tiers rest.
    pub tiers_ground: Ground,
}

impl RewardScheme {
    /// The reward for a case of that value: its share, rounded down to the fen, inside the bounds.
    pub fn amount(&self, value: Fen) -> Fen {
        let share = i128::from(value.0.max(0)) * i128::from(self.share_bp) / 10_000;
        Fen(i64::try_from(share).unwrap_or(i64::MAX)).clamp(self.least, self.most)
    }
}

impl Heavy {
    /// Why a penalty needs the step, in Chinese; nothing where it does not.
    pub fn reached(&self, weight: Weight) -> Option<String> {
        let Weight { fine, person, suspends, heard } = weight;
        let (who, from) = if person { ("个人", self.person) } else { ("单位", self.organisation) };
        if fine >= from {
            return Some(format!("罚款{fine}元，{who}的标准为{from}元"));
        }
        let enough = [(self.suspension && suspends, "责令暂停"), (self.hearing && heard, "举行过听证")];
        enough.into_iter().find(|(holds, _)| *holds).map(|(_, words)| words.to_owned())
    }
}

impl CrossCheckScheme {
    /// Whether a clue of that grade, so many days after its dispatch without an answer, goes to a cross-check.
    pub fn due(&self, grade: u32, days: i32) -> bool {
        grade <= self.grade && days > self.days as i32
    }
}

impl Schemes {
    /// The tier in which a fine of a measure falls, as a multiple in basis points; the lower of two that meet.
    pub fn tier(&self, measure: &str, multiple_bp: u32) -> Option<&Band> {
        let fits = |tier: &&Tier| {
            let within = (tier.band.least..=tier.band.most).contains(&multiple_bp);
            within && tier.measures.iter().any(|known| known == measure)
        };
        self.tiers.iter().find(fits).map(|tier| &tier.band)
    }
}
