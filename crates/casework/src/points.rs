//! Points of a practitioner as of a day: what the acts of a year add up to, what follows, and until when.
//!
//! Points stand against the person, whatever institution they were given in: one account, everywhere.

use crate::{
    clock::count::add_months,
    scheme::{Band, PointsScheme},
};
use mingcha_model::Date;
use std::collections::BTreeMap;

/// One decision about points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Id of the decision.
    pub id: String,
    /// When it took effect.
    pub on: Date,
    /// The act: one act counts once, at its highest points.
    pub act: String,
    /// The points.
    pub points: u32,
    /// It was taken back after an appeal.
    pub revoked: bool,
    /// Repairs with their days.
    pub repairs: Vec<(String, Date)>,
    /// Months of suspension that were decided, where there were any.
    pub months: Option<u32>,
}

/// What follows from points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The qualification is suspended.
    Suspended {
        /// Since when.
        since: Date,
        /// The first day on which it may stand again.
        until: Date,
    },
    /// The qualification has ended.
    Ended {
        /// Since when.
        since: Date,
        /// The first day on which the person may register again.
        until: Date,
        /// By one act alone.
        at_once: bool,
    },
}

/// How a practitioner stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Points of the running year.
    pub points: u32,
    /// What follows, the newest last; those of earlier years last on although the points were cleared.
    pub effects: Vec<Effect>,
}

impl Effect {
    /// Whether it holds on a day.
    pub fn holds(self, day: Date) -> bool {
        let (Self::Suspended { since, until } | Self::Ended { since, until, .. }) = self;
        since <= day && day < until
    }
}

/// The standing as of a day, that day's decisions included.
pub fn standing(entries: &[Entry], scheme: &PointsScheme, as_of: Date) -> Standing {
    let mut years: BTreeMap<i32, Vec<&Entry>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.revoked && entry.on <= as_of) {
        years.entry(entry.on.ymd().0).or_default().push(entry);
    }
    let mut standing = Standing::default();
    for (&year, entries) in &mut years {
        entries.sort_by_key(|entry| entry.on);
        for (index, entry) in entries.iter().enumerate() {
            let total = total(&entries[..=index], scheme, entry.on);
            standing.effects.extend(effect(entry, total, scheme));
        }
        if year == as_of.ymd().0 {
            standing.points = total(entries, scheme, as_of);
        }
    }
    standing
}

/// Points of one year's entries as of a day: the highest of each act, less repairs inside their bounds.
fn total(entries: &[&Entry], scheme: &PointsScheme, as_of: Date) -> u32 {
    let mut acts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut repairs: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in entries {
        let act = acts.entry(&entry.act).or_default();
        *act = (*act).max(entry.points);
        for (kind, _) in entry.repairs.iter().filter(|(_, on)| *on <= as_of) {
            *repairs.entry(kind).or_default() += 1;
        }
    }
    let back = |(kind, times): (&&str, &u32)| {
        let known = scheme.repairs.iter().find(|repair| repair.id == **kind);
        known.map_or(0, |repair| repair.points * (*times).min(repair.most))
    };
    acts.values().sum::<u32>().saturating_sub(repairs.iter().map(back).sum())
}

/// What an entry brings with the total that it leads to.
fn effect(entry: &Entry, total: u32, scheme: &PointsScheme) -> Option<Effect> {
    let since = entry.on;
    if entry.points >= scheme.end_at {
        return Some(Effect::Ended { since, until: add_months(since, 36), at_once: true });
    }
    if total >= scheme.end_at {
        return Some(Effect::Ended { since, until: add_months(since, 12), at_once: false });
    }
    let band = scheme.months.iter().find(|months| months.points == total)?;
    let months = entry.months.unwrap_or(band.least).clamp(band.least, band.most);
    Some(Effect::Suspended { since, until: add_months(since, i64::from(months)) })
}

/// What an institution meets when so many of its staff are suspended or ended: the highest share that is reached.
pub fn institution_share(staff: u32, affected: u32, scheme: &PointsScheme) -> Option<&Band> {
    let reached = |share: &&Band| u64::from(affected) * 10_000 >= u64::from(staff) * u64::from(share.least);
    scheme.shares.iter().rev().find(reached).filter(|_| staff > 0)
}
