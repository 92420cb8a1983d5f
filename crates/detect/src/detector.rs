//! What a detector is: which lines it wants, what it looks at, and how it says what it saw.

use crate::{symbols::Symbol, timeline::Timeline, world::World};
use mingcha_model::{Date, Fen, Kind, Role, Time, money};
use std::fmt;

/// Which people and lines a detector is called with. The pass finds them for all rules in one scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Fee lines whose `med_list_codg` [`Detector::classify`] knows; called for people who have one.
    Goods,
    /// Fee lines whose `bilg_dr_code` [`Detector::classify`] knows; called for people who have one.
    Doctors,
    /// Settlements whose `fixmedins_code` [`Detector::classify_in`] knows; [`Line::row`] is a row of `settlement`.
    Institutions,
    /// Diagnoses whose `diag_code` [`Detector::classify`] knows; [`Line::row`] is a row of `diagnosis`.
    Diagnoses,
    /// Fee lines that [`Detector::screen`] picks, one tight loop over columns.
    Picked,
    /// No lines; called for people with at least so many live stays.
    Stays(usize),
    /// No lines; called for people with at least so many settlements.
    Settlements(usize),
    /// No lines; called for everybody the register gives a date of death.
    Dead,
    /// No lines; called for everybody.
    Everybody,
}

/// A row that a detector wants, with the class that it gave the row's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Row of `fee` in the bucket; of `diagnosis` for [`Interest::Diagnoses`], of `settlement` for [`Interest::Institutions`].
    pub row: u32,
    /// What [`Detector::classify`] answered; 0 for picked lines.
    pub class: u32,
}

/// A check over one person's history, with its settings inside. Pure: equal timelines give equal hits.
pub trait Detector: Send + Sync + fmt::Debug {
    /// Columns that it looks at, as `table.column`; the rule must declare them.
    ///
    /// Not among them: keys, links, times and `med_type` of encounters, which tie every timeline together.
    fn reads(&self) -> Vec<&'static str>;

    /// Which people and lines it is called with.
    fn interest(&self) -> Interest;

    /// The class of a code, or `None` where the detector does not care. Called once a distinct code, not once a line.
    fn classify(&self, _code: &str) -> Option<u32> {
        None
    }

    /// The same for a detector that must ask what is known of the institution or practitioner with that code.
    fn classify_in(&self, code: &str, _world: &World) -> Option<u32> {
        self.classify(code)
    }

    /// Picks rows of `fee` for [`Interest::Picked`]: appends row numbers in order. Dead rows are left out afterwards.
    fn screen(&self, _claims: &crate::Claims, _picked: &mut Vec<u32>) {}

    /// Looks at one person. `lines` are the live lines of this person that it wants, in order of time.
    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink);
}

/// Which table an evidence row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// `fee`
    Fee,
    /// `settlement`
    Settlement,
    /// `encounter`
    Encounter,
    /// `diagnosis`
    Diagnosis,
    /// `operation`
    Operation,
    /// `person`
    Person,
    /// `activity`
    Activity,
    /// `benefit`
    Benefit,
}

impl Source {
    /// The table's name.
    pub fn table(self) -> &'static str {
        match self {
            Self::Fee => "fee",
            Self::Settlement => "settlement",
            Self::Encounter => "encounter",
            Self::Diagnosis => "diagnosis",
            Self::Operation => "operation",
            Self::Person => "person",
            Self::Activity => "activity",
            Self::Benefit => "benefit",
        }
    }
}

/// How much of a row is in question: `num` of `den` of what the fund paid for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Numerator; zero where no money is in question.
    pub num: i64,
    /// Denominator.
    pub den: i64,
}

impl Part {
    /// No money.
    pub const NONE: Self = Self { num: 0, den: 1 };
    /// All that the fund paid for the row.
    pub const WHOLE: Self = Self { num: 1, den: 1 };

    /// `num` of `den`, never less than nothing nor more than the whole.
    pub fn of(num: i64, den: i64) -> Self {
        if den <= 0 || num <= 0 { Self::NONE } else { Self { num: num.min(den), den } }
    }
}

/// One evidence row of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The table.
    pub source: Source,
    /// The row in the bucket.
    pub row: u32,
    /// Offending or related.
    pub role: Role,
    /// How much of it is in question.
    pub part: Part,
}

/// A value that fills a placeholder of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A count or a number of days.
    Number(i64),
    /// A quantity in 1/10000.
    Quantity(i64),
    /// Money.
    Money(Fen),
    /// A day.
    Day(Date),
    /// A time.
    Time(Time),
    /// A text, such as a name from a knowledge table.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Quantity(quantity) => f.write_str(&money::format_fixed(*quantity, money::QTY_SCALE, 0)),
            Self::Money(fen) => fen.fmt(f),
            Self::Day(date) => date.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// What a detector saw of one person, in row numbers of the bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The rule, as an index into the program.
    pub rule: u32,
    /// The person, as an index into the bucket.
    pub person: u32,
    /// What the detector claims; `None` leaves it to the rule.
    pub kind: Option<Kind>,
    /// The institution concerned.
    pub institution: Symbol,
    /// The practitioner concerned.
    pub practitioner: Symbol,
    /// First day, inclusive.
    pub begin: Date,
    /// Last day, inclusive.
    pub end: Date,
    /// The rows.
    pub marks: Vec<Mark>,
    /// Values of the message's placeholders.
    pub values: Vec<(&'static str, Value)>,
    /// What about the data weakens it, in Chinese.
    pub notes: Vec<String>,
    /// Names of a good that was matched by prefix: unless each offending line's own name contains one of them, the hit
    /// is `suspect` at most. Empty where the code alone decides.
    pub names: Vec<String>,
}

impl Hit {
    /// A hit at an institution over some days.
    pub fn new(institution: Symbol, begin: Date, end: Date) -> Self {
        Self {
            rule: 0,
            person: 0,
            kind: None,
            institution,
            practitioner: Symbol::NONE,
            begin,
            end,
            marks: Vec::new(),
            values: Vec::new(),
            notes: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Adds a row that should not be there, with how much of it is in question.
    #[must_use]
    pub fn offending(mut self, source: Source, row: usize, part: Part) -> Self {
        self.marks.push(Mark { source, row: row as u32, role: Role::Offending, part });
        self
    }

    /// Adds a row that shows why.
    #[must_use]
    pub fn related(mut self, source: Source, row: usize) -> Self {
        self.marks.push(Mark { source, row: row as u32, role: Role::Related, part: Part::NONE });
        self
    }

    /// Gives a placeholder of the message its value.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((name, value));
        self
    }

    /// Names the practitioner concerned.
    #[must_use]
    pub fn practitioner(mut self, prac_psn_code: Symbol) -> Self {
        self.practitioner = prac_psn_code;
        self
    }

    /// Claims less than the rule does: a hit by prefix alone is `suspect`, missing data `inconclusive`.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Says that the good was matched by prefix and what it is called.
    #[must_use]
    pub fn named(mut self, names: Vec<String>) -> Self {
        self.names = names;
        self
    }

    /// Says what about the data weakens it, in Chinese.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// Takes what the detectors saw.
#[derive(Debug, Default)]
pub struct Sink {
    pub(crate) rule: u32,
    pub(crate) person: u32,
    /// The hits, in order of rule, person and time.
    pub hits: Vec<Hit>,
}

impl Sink {
    /// Takes a hit of the rule and person at hand.
    pub fn push(&mut self, mut hit: Hit) {
        hit.rule = self.rule;
        hit.person = self.person;
        self.hits.push(hit);
    }
}
