//! Clocks: what a limit and its events come to as of any instant, with the sum that led there in words a supervisor can check.

mod compute;
pub(crate) mod count;
mod event;
mod key;
mod ledger;
mod steps;

pub use compute::compute;
pub use event::{Event, EventKind, ServerTime};
pub use key::ClockKey;
pub use ledger::BreachLedger;

use crate::{limit::Certainty, words::words};
use mingcha_model::{Time, time::DAY};
use serde::{Deserialize, Serialize};

words! {
    /// How a clock stands.
    pub enum Status {
        /// What it starts on has not happened.
        NotStarted = "not_started", "未起算";
        /// Time is passing.
        Running = "running", "计时中";
        /// Something stops it.
        Stopped = "stopped", "中止";
        /// The time that had to pass has passed; the act may follow.
        Free = "free", "期满可办";
        /// The act came in time.
        DoneInTime = "done_in_time", "按期办结";
        /// The act came after the end: it stays a breach.
        DoneLate = "done_late", "逾期办结";
        /// The act came before it was allowed: it stays a breach.
        DoneEarly = "done_early", "未满期实施";
        /// The end has passed without the act.
        Breached = "breached", "逾期未办";
        /// The end has passed, and that breaks nothing: a right that was not used in time, or something that was not called for.
        Lapsed = "lapsed", "期满终止";
        /// What it asked for fell away before the end.
        Moot = "moot", "不再适用";
    }
}

words! {
    /// How a limit was broken.
    pub enum BreachKind {
        /// Not done by the end.
        Late = "late", "逾期";
        /// Done before the time had passed.
        Early = "early", "未满期";
        /// What had to come first did not.
        Skipped = "skipped", "缺少先行步骤";
    }
}

/// The end of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Due {
    /// The last second in which the act is in time.
    pub last: Time,
    /// Whether it is the end of a day, which people write as 24:00.
    pub end_of_day: bool,
}

impl std::fmt::Display for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.end_of_day { write!(f, "{} 24:00", self.last.date()) } else { write!(f, "{}", self.last) }
    }
}

/// A warning before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// How long before, in hours where `hours`, else in natural days.
    pub lead: u32,
    /// Whether the lead is in hours.
    pub hours: bool,
    /// When it is given.
    pub from: Time,
    /// Whether that instant has come.
    pub reached: bool,
}

/// An event that changes nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// When it came.
    pub at: Time,
    /// Why it changes nothing, in Chinese.
    pub why: String,
}

/// What else to know about the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Note {
    /// The sum went over a year without a complete table: weekends only.
    UnknownYear(i32),
    /// The limit itself is a parameter, not a verified statement.
    NotSure(Certainty),
    /// The time without extensions has passed; the law wants an alarm all the same.
    BasePassed(Due),
}

impl Note {
    /// The note in Chinese.
    pub fn words(self) -> String {
        match self {
            Self::UnknownYear(year) => format!("{year}年放假调休安排未录入，仅按周末推算，录入后须重算"),
            Self::NotSure(certainty) => format!("本期限为参数（{}），以条文原文为准", certainty.title()),
            Self::BasePassed(due) => format!("未计延长的期限已于 {due} 届满，须预警"),
        }
    }
}

/// A limit that was broken. No later act takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Id of the limit.
    pub limit: String,
    /// Number of the thing that the limit ran for, where it runs for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// How.
    pub kind: BreachKind,
    /// The end, or the instant before which the act was not allowed.
    pub due: Due,
    /// First second of the breach.
    pub since: Time,
    /// When the act came after all.
    pub done: Option<Time>,
    /// What follows, in Chinese.
    pub missed: String,
}

impl Breach {
    /// Seconds between the end and the act, or `as_of` where there is none.
    pub fn seconds(&self, as_of: Time) -> i64 {
        (self.done.unwrap_or(as_of).0 - self.due.last.0).abs()
    }
}

/// A clock as of an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockState {
    /// Id of the limit.
    pub limit: String,
    /// Number of the thing that it runs for, where the limit runs for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// How it stands.
    pub status: Status,
    /// When it started.
    pub started: Option<Time>,
    /// The end; while it is stopped, the end if it went on now.
    pub due: Option<Due>,
    /// The instant before which the act is not allowed.
    pub earliest: Option<Time>,
    /// When the act came.
    pub done: Option<Time>,
    /// When what it asked for fell away.
    pub dropped: Option<Time>,
    /// Days counted, of a limit that counts days without an end.
    pub days: Option<u32>,
    /// The sum in Chinese, line by line.
    pub steps: Vec<String>,
    /// Warnings, the earliest first.
    pub warnings: Vec<Warning>,
    /// What else to know.
    pub notes: Vec<Note>,
    /// Events that changed nothing.
    pub refused: Vec<Refused>,
    /// The breach, once there is one.
    pub breach: Option<Breach>,
}

impl ClockState {
    /// The same for a thing that the limit runs for.
    #[must_use]
    pub fn of_item(mut self, item: Option<u32>) -> Self {
        self.item = item;
        if let Some(breach) = &mut self.breach {
            breach.item = item;
        }
        self
    }

    /// Which clock of its matter it is.
    pub fn key(&self) -> ClockKey {
        ClockKey::of(&self.limit, self.item)
    }

    /// Whether somebody still has to see to it: time passes, something stops it, or its end has passed.
    pub fn is_open(&self) -> bool {
        let stands =
            matches!(self.status, Status::Running | Status::Stopped | Status::Free | Status::Breached);
        stands && self.dropped.is_none()
    }
}

/// A stretch of seconds in Chinese: `2日3小时`.
pub(crate) fn stretch(seconds: i64) -> String {
    let (days, hours) = (seconds / DAY, seconds % DAY / 3600);
    match (days, hours) {
        (0, 0) => "不足1小时".to_owned(),
        (0, hours) => format!("{hours}小时"),
        (days, 0) => format!("{days}日"),
        (days, hours) => format!("{days}日{hours}小时"),
    }
}
