//! What is known when somebody wants to act: values that the store reads in the same transaction, never what a client says of itself.

use crate::{
    Procedures,
    clock::{ClockKey, ClockState, EventKind, ServerTime},
    facts::{Department, Facts, FindingPointer, Officer, Role},
    site_form::FormGround,
    trail::Digest,
};
use mingcha_model::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Who acts, as the session's account says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Account.
    pub account: String,
    /// Of which department.
    pub department: Department,
    /// In which role.
    pub role: Role,
    /// Region of the organisation.
    pub region: String,
    /// Code of the organisation; of a designated institution its national code.
    pub organisation: String,
    /// Whether the account is enabled now.
    pub enabled: bool,
    /// Whether the officer is recused from this matter.
    pub recused: bool,
}

/// A file that an act points at, as the server received it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Name.
    pub title: String,
    /// SM3 of its bytes.
    pub sm3: Digest,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// Run, rule and line that it was taken from, in words; empty where there are none.
    pub taken_from: String,
}

/// An issued paper that an act points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPaper {
    /// Title of its kind.
    pub title: String,
    /// Its number, empty where its kind has none.
    pub number: String,
}

/// A finding that an act points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFinding {
    /// The pointer.
    pub pointer: FindingPointer,
    /// Title of its rule.
    pub title: String,
}

/// What the store reads of other matters and registers, in the same transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each answers a guard of its own")]
pub struct Around {
    /// The matter that already stands for the same subject and cause.
    pub existing: Option<String>,
    /// Lines whose money other cases count already.
    pub lines_elsewhere: BTreeSet<String>,
    /// Officers by account, as the register of certificates knows them.
    pub officers: BTreeMap<String, Officer>,
    /// Whether a clue that the case comes from knows lines of claims.
    pub lines_known: bool,
    /// Papers that the file lacks.
    pub missing_papers: Vec<String>,
    /// Papers that must be issued before the act and are not.
    pub unissued_papers: Vec<String>,
    /// Whether there are transfers that are linked to the case and all of them were decided, either way.
    pub transfer_decided: bool,
    /// Whether one of them is not decided yet.
    pub transfer_open: bool,
    /// Whether the case that a transfer belongs to was decided already.
    pub case_decided: bool,
    /// When the clue that the matter comes from was found.
    pub found: Option<ServerTime>,
    /// The last day of the lines that the matter rests on.
    pub last_line: Option<Date>,
    /// Points that stand against the practitioner now, those of this decision included.
    pub points: u32,
    /// Whether the draw that is referred to was proved again from its seed and list and names this matter.
    pub drawn: bool,
    /// Whether the number of a letter of transfer is another's, or not the one that was given to this transfer's letter.
    pub letter_taken: bool,
    /// Whether the clue is risky and slow.
    pub cross_check_due: bool,
    /// What an offline form of the inspection is held against.
    pub form: FormGround,
    /// The newest issued letter of the transfer, as `matter/kind/version`, and when it was issued.
    pub letter: Option<(String, ServerTime)>,
    /// Files that the input names, by id.
    pub files: BTreeMap<String, KeptFile>,
    /// Issued papers that the input names, as `matter/kind/version`.
    pub papers: BTreeMap<String, IssuedPaper>,
    /// The finding that the input names.
    pub finding: Option<KnownFinding>,
}

/// A change of a clock that an act brings beside its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// Which clock.
    pub clock: ClockKey,
    /// What happens to it.
    pub kind: EventKind,
}

/// All that guards may look at.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Limits, measures and parameters.
    pub procedures: &'a Procedures,
    /// The instant of the act, by the store's clock.
    pub now: ServerTime,
    /// Who acts.
    pub actor: Actor,
    /// Region of the matter.
    pub region: String,
    /// State of the machine that is asked.
    pub state: String,
    /// The reason that is given with the act.
    pub reason: String,
    /// Clocks of the matter as they stand before the act, by limit; those of one that runs for each of several things by limit and number,
    /// such as `D08#2`.
    pub clocks: BTreeMap<String, ClockState>,
    /// What the store knows around the matter.
    pub around: Around,
    /// The facts before the act.
    pub before: Facts,
    /// The facts with the act's input; [`crate::act::perform`] sets them.
    pub facts: Facts,
    /// What the act does to clocks; [`crate::act::perform`] sets it.
    pub changes: Vec<ClockChange>,
}

impl<'a> Ask<'a> {
    /// A question about a matter in a state, with nothing around it yet.
    pub fn new(procedures: &'a Procedures, actor: Actor, region: &str, state: &str, now: ServerTime) -> Self {
        Self {
            procedures,
            now,
            actor,
            region: region.to_owned(),
            state: state.to_owned(),
            reason: String::new(),
            clocks: BTreeMap::new(),
            around: Around::default(),
            before: Facts::default(),
            facts: Facts::default(),
            changes: Vec::new(),
        }
    }
}

/// How far down a region lies: 0 the nation, 1 a province, 2 a city, 3 a county; nothing for what is no region code.
pub fn level(region: &str) -> Option<u32> {
    if region.len() != 6 || !region.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(match region {
        "000000" => 0,
        _ if region.ends_with("0000") => 1,
        _ if region.ends_with("00") => 2,
        _ => 3,
    })
}

/// The region above: the city of a county, the province of a city, the nation of a province.
pub fn above(region: &str) -> Option<String> {
    match level(region)? {
        0 => None,
        1 => Some("000000".to_owned()),
        level => Some(format!("{:0<6}", &region[..2 * level as usize - 2])),
    }
}

/// Whether a region lies in another: `210102` in `210100` in `210000` in `000000`.
pub fn region_covers(own: &str, other: &str) -> bool {
    let (Some(depth), Some(_)) = (level(own), level(other)) else { return false };
    other.starts_with(&own[..2 * depth as usize])
}
