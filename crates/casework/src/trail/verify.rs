//! Proof of a trail: every altered, missing, reordered, inserted or cut-off record is found and named.

use super::{Anchor, Digest, Entry};
use std::collections::BTreeMap;

/// What is known of the trail from outside the store.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    /// Anchors that were signed or published over time.
    pub anchors: Vec<Anchor>,
    /// The newest anchor of all, where nothing may follow it: the trail ends there.
    pub head: Option<Anchor>,
}

/// What is wrong with a trail. Positions count the entries as they came, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The record is not what it was when it was chained.
    Altered {
        /// Its sequence number.
        seq: u64,
    },
    /// Records are gone from between others.
    Missing {
        /// The first.
        first: u64,
        /// The last.
        last: u64,
    },
    /// A record stands in the wrong place.
    Reordered {
        /// Its sequence number.
        seq: u64,
        /// Where it stands.
        position: u64,
    },
    /// A record was put in that never was in the chain, or stands twice.
    Inserted {
        /// The sequence number it claims.
        seq: u64,
        /// Where it stands.
        position: u64,
    },
    /// The end is gone.
    Truncated {
        /// The first record that is gone.
        first: u64,
        /// The last that an anchor proves.
        last: u64,
    },
    /// The chain is whole in itself but not the one that was anchored: it was written anew.
    Rewritten {
        /// From the record after the last anchor that agrees.
        first: u64,
        /// To the anchor that does not.
        anchor: u64,
    },
}

impl Fault {
    /// The fault in Chinese.
    pub fn words(self) -> String {
        match self {
            Self::Altered { seq } => format!("第{seq}号记录被改动"),
            Self::Missing { first, last } => format!("缺少第{first}号至第{last}号记录"),
            Self::Reordered { seq, position } => format!("第{seq}号记录次序被改动，现位于第{position}条"),
            Self::Inserted { seq, position } => format!("第{position}条（自称第{seq}号）为插入的记录"),
            Self::Truncated { first, last } => format!("末尾第{first}号至第{last}号记录被截去"),
            Self::Rewritten { first, anchor } => format!("第{first}号至第{anchor}号之间的记录被整体重写"),
        }
    }
}

/// The outcome of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Entries looked at.
    pub entries: u64,
    /// All faults, none of them twice.
    pub faults: Vec<Fault>,
}

/// What is kept of an entry: enough for the chain, little enough for a long trail.
#[derive(Clone, Copy)]
struct Seen {
    seq: u64,
    previous: Digest,
    digest: Digest,
    /// Whether its digest is that of what it holds.
    sound: bool,
    position: u64,
}

/// Proves entries in the order in which the store gives them.
pub fn verify(entries: impl IntoIterator<Item = Entry>, witness: &Witness) -> Report {
    let see = |(index, entry): (usize, Entry)| Seen {
        seq: entry.record.seq,
        previous: entry.previous,
        digest: entry.digest,
        sound: entry.computed() == entry.digest,
        position: index as u64 + 1,
    };
    let seen: Vec<Seen> = entries.into_iter().enumerate().map(see).collect();
    let anchors = anchors(witness);
    let mut faults = Vec::new();
    let chain = choose(&seen, &anchors, witness.head, &mut faults);
    reordered(&chain, &mut faults);
    missing(&chain, &mut faults);
    altered(&chain, &anchors, &mut faults);
    anchored(&chain, &anchors, &mut faults);
    faults.sort_unstable();
    faults.dedup();
    Report { entries: seen.len() as u64, faults }
}

fn anchors(witness: &Witness) -> BTreeMap<u64, Digest> {
    witness.anchors.iter().chain(&witness.head).map(|anchor| (anchor.seq, anchor.digest)).collect()
}

/// One entry for each sequence number, by number; all others were put in.
fn choose(
    seen: &[Seen],
    anchors: &BTreeMap<u64, Digest>,
    head: Option<Anchor>,
    faults: &mut Vec<Fault>,
) -> Vec<Seen> {
    let mut groups: BTreeMap<u64, Vec<Seen>> = BTreeMap::new();
    for entry in seen {
        groups.entry(entry.seq).or_default().push(*entry);
    }
    let linked = |entry: &Seen| {
        let before = groups.get(&entry.seq.wrapping_sub(1));
        let after = groups.get(&(entry.seq.wrapping_add(1)));
        let follows = before.is_some_and(|group| group.iter().any(|one| one.digest == entry.previous));
        let leads = after.is_some_and(|group| group.iter().any(|one| one.previous == entry.digest));
        (anchors.get(&entry.seq) == Some(&entry.digest), leads, follows, entry.sound)
    };
    let mut chain = Vec::with_capacity(groups.len());
    for (&seq, group) in &groups {
        let beyond = seq == 0 || head.is_some_and(|head| seq > head.seq);
        // The first of equals stays, hence the search from behind.
        let kept = group.iter().rev().max_by_key(|entry| linked(entry)).filter(|_| !beyond);
        let others = group.iter().filter(|entry| kept.is_none_or(|kept| kept.position != entry.position));
        faults.extend(others.map(|entry| Fault::Inserted { seq, position: entry.position }));
        chain.extend(kept);
    }
    chain
}

/// Entries outside a longest run that stands in order.
fn reordered(chain: &[Seen], faults: &mut Vec<Fault>) {
    // Patience sorting over positions: `ends[n]` is the entry that a run of n + 1 ends on soonest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(chain.len());
    for (index, entry) in chain.iter().enumerate() {
        let place = ends.partition_point(|&end| chain[end].position < entry.position);
        before.push(place.checked_sub(1).map(|place| ends[place]));
        if place == ends.len() {
            ends.push(index);
        } else {
            ends[place] = index;
        }
    }
    let mut kept = vec![false; chain.len()];
    let mut next = ends.last().copied();
    while let Some(index) = next {
        kept[index] = true;
        next = before[index];
    }
    let moved = chain.iter().zip(kept).filter(|(_, kept)| !kept);
    faults.extend(moved.map(|(entry, _)| Fault::Reordered { seq: entry.seq, position: entry.position }));
}

fn missing(chain: &[Seen], faults: &mut Vec<Fault>) {
    let mut next = 1;
    for entry in chain {
        if entry.seq > next {
            faults.push(Fault::Missing { first: next, last: entry.seq - 1 });
        }
        next = entry.seq.saturating_add(1);
    }
}

/// Entries whose digest is not theirs, or whose digest was made anew so that the chain breaks beside them.
fn altered(chain: &[Seen], anchors: &BTreeMap<u64, Digest>, faults: &mut Vec<Fault>) {
    faults.extend(chain.iter().filter(|entry| !entry.sound).map(|entry| Fault::Altered { seq: entry.seq }));
    let foundless = |first: &&Seen| first.seq == 1 && first.sound && first.previous != Digest::ZERO;
    faults.extend(chain.first().filter(foundless).map(|_| Fault::Altered { seq: 1 }));
    let broken = |pair: &[Seen]| pair[0].seq + 1 == pair[1].seq && pair[0].digest != pair[1].previous;
    let mut index = 0;
    while index + 1 < chain.len() {
        let pair = &chain[index..index + 2];
        index += 1;
        if !broken(pair) || !pair[0].sound || !pair[1].sound {
            continue;
        }
        // Both are sound in themselves. Where the later one breaks with its successor too, or the earlier one is
        // anchored, the later one was changed; else the earlier one was.
        let both = chain.get(index..index + 2).is_some_and(broken);
        let anchored = anchors.get(&pair[0].seq) == Some(&pair[0].digest);
        let seq = if both || anchored { pair[1].seq } else { pair[0].seq };
        faults.push(Fault::Altered { seq });
        index += usize::from(both);
    }
}

/// What the anchors say: where the trail must go to, and which digests it must have.
fn anchored(chain: &[Seen], anchors: &BTreeMap<u64, Digest>, faults: &mut Vec<Fault>) {
    let last = chain.last().map_or(0, |entry| entry.seq);
    if let Some((&anchor, _)) = anchors.last_key_value().filter(|(anchor, _)| **anchor > last) {
        faults.push(Fault::Truncated { first: last + 1, last: anchor });
    }
    let mut agreed = 0;
    for (&seq, digest) in anchors {
        let Ok(index) = chain.binary_search_by_key(&seq, |entry| entry.seq) else { continue };
        if chain[index].digest == *digest {
            agreed = seq;
            continue;
        }
        let named = faults.iter().any(|fault| matches!(fault, Fault::Altered { seq: at } if *at == seq));
        if !named {
            faults.push(Fault::Rewritten { first: agreed + 1, anchor: seq });
        }
    }
}
