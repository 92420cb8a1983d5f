//! What happens to a clock. An event's instant is the store's own, never one that a client sent.

use crate::limit::Stop;
use mingcha_model::{Date, Time};
use serde::{Deserialize, Serialize};

/// An instant that the store took from its own clock, in China's civil time.
///
/// It is a type of its own so that a date from a form or a request cannot become the instant of an event by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServerTime(Time);

/// China's distance from UTC in seconds; there is no summer time.
const OFFSET: i64 = 8 * 3600;

impl ServerTime {
    /// From seconds since 1970-01-01 00:00:00 UTC, as a machine's clock counts them.
    pub fn from_utc(seconds: i64) -> Self {
        Self(Time(seconds.saturating_add(OFFSET)))
    }

    /// From a stored civil time. Only a store calls this, with what it wrote itself.
    pub fn from_store(time: Time) -> Self {
        Self(time)
    }

    /// The civil time.
    pub fn time(self) -> Time {
        self.0
    }
}

/// Something that happened to a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, by the store's clock.
    pub at: ServerTime,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// What the limit starts on.
    Started {
        /// The case of the limit, where the law names several.
        variant: Option<String>,
        /// The day that whoever may set it has set, of a limit that ends on a day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<Date>,
    },
    /// Something that stops the clock began.
    Stopped {
        /// What.
        cause: Stop,
    },
    /// It ended.
    Resumed {
        /// What.
        cause: Stop,
    },
    /// More time was granted.
    Extended {
        /// Id of the extension in the limit.
        extension: String,
        /// How much, in the extension's unit; all of it where absent.
        amount: Option<u32>,
        /// Who granted it, as the limit names them.
        by: String,
        /// The recorded ground.
        ground: Option<String>,
    },
    /// The act that the limit asks for.
    Done,
    /// What the limit asks for fell away: the matter ended, or went on in a way that leaves no room for it.
    Dropped,
}
