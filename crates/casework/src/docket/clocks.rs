//! The clocks of a matter as the store keeps them: their events, what they come to, the next end, and the ledger of breaches.

use crate::{
    Procedures,
    act::{Done, Emitted},
    clock::{Breach, ClockKey, ClockState, Event, EventKind, ServerTime, Status, compute},
    limit::{Limit, Term},
    store::{Error, Unit},
};
use mingcha_model::Time;
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::{BTreeMap, BTreeSet};

/// Events of a matter by clock.
pub(super) type Events = BTreeMap<ClockKey, Vec<Event>>;
/// New events, in their order.
pub(super) type News = Vec<(ClockKey, Event)>;
/// What the clocks of a matter come to, as [`Ask::clocks`](crate::ask::Ask::clocks) names them.
pub(super) type States = BTreeMap<String, ClockState>;
/// A row of the table: number, instant, limit, number of the thing or 0, and kind.
type Row = (i64, i64, String, i64, String);

/// Reads the events of a matter; the number of the newest beside them.
pub(super) async fn load(conn: &mut AnyConnection, matter: &str) -> Result<(Events, i64), Error> {
    let text = "SELECT seq, at, limit_id, item, kind FROM event WHERE matter = $1";
    events(matter, sqlx::query_as(text).bind(matter).fetch_all(conn).await?)
}

/// The events of a matter by clock, in their order; the number of the newest beside them.
pub(super) fn events(matter: &str, mut rows: Vec<Row>) -> Result<(Events, i64), Error> {
    rows.sort_unstable_by_key(|(seq, ..)| *seq);
    let (mut events, mut last) = (Events::new(), 0);
    for (seq, at, limit, item, kind) in rows {
        let kind = serde_json::from_str(&kind)
            .map_err(|error| Error::Stored(format!("event of {matter}: {error}")))?;
        let item = u32::try_from(item).ok().filter(|item| *item > 0);
        let event = Event { at: ServerTime::from_store(Time(at)), kind };
        events.entry(ClockKey { limit, item }).or_default().push(event);
        last = seq;
    }
    Ok((events, last))
}

/// The events with new ones behind them.
pub(super) fn joined(mut known: Events, new: &[(ClockKey, Event)]) -> Events {
    for (clock, event) in new {
        known.entry(clock.clone()).or_default().push(event.clone());
    }
    known
}

/// What the events come to.
pub(super) fn states(procedures: &Procedures, region: &str, events: &Events, now: ServerTime) -> States {
    let state = |(clock, events): (&ClockKey, &Vec<Event>)| {
        let limit = procedures.limit(&clock.limit, region)?;
        let state = compute(limit, events, &procedures.calendar, now);
        Some((clock.to_string(), state.of_item(clock.item)))
    };
    events.iter().filter_map(state).collect()
}

/// The earliest end that is still owed, also where it has passed.
pub(super) fn due(states: &States) -> Option<i64> {
    let owed = states.values().filter(|state| state.is_open() && state.status != Status::Stopped);
    owed.filter_map(|state| state.due).map(|due| due.last.0).min()
}

/// The next end that time brings, whatever then becomes of it.
pub(super) fn next_end(states: &States) -> Option<i64> {
    let ahead = states.values().filter(|state| matches!(state.status, Status::Running | Status::Free));
    ahead.filter_map(|state| state.due).map(|due| due.last.0).min()
}

/// The clock that an event is about; none where the limit runs for each of several things and the event is about none of them.
fn key(limit: &Limit, emitted: &Emitted) -> Option<ClockKey> {
    let Some(per) = limit.per else { return Some(ClockKey::of(&limit.id, None)) };
    let number = emitted.item.filter(|(what, _)| *what == per).map(|(_, number)| number);
    number.map(|number| ClockKey::of(&limit.id, Some(number)))
}

/// The events of an act, by clock: a start where a limit starts on one, an end where a clock that has begun ends on it, if only by this act,
/// and what the act does to clocks beside.
pub(super) fn of(
    procedures: &Procedures,
    region: &str,
    done: &Done,
    known: &Events,
    now: ServerTime,
) -> News {
    let mut begun: BTreeSet<ClockKey> = known.keys().cloned().collect();
    let mut new = News::new();
    for emitted in &done.events {
        let (starts, ends) = procedures.touched(&emitted.event, region);
        // What must be done first may be done before anything asks for it.
        let hears = |limit: &Limit, clock: &ClockKey| limit.term == Term::Gate || begun.contains(clock);
        for limit in ends {
            let clock = key(limit, emitted).filter(|clock| hears(limit, clock));
            new.extend(clock.map(|clock| (clock, Event { at: emitted.at, kind: EventKind::Done })));
        }
        for limit in procedures.made_moot(&emitted.event, region) {
            let clock = key(limit, emitted).filter(|clock| begun.contains(clock));
            new.extend(clock.map(|clock| (clock, Event { at: emitted.at, kind: EventKind::Dropped })));
        }
        for limit in starts {
            let Some(clock) = key(limit, emitted) else { continue };
            let (variant, day) = (done.facts.variants.get(&limit.id).cloned(), done.facts.day_for(&limit.id));
            new.push((clock.clone(), Event { at: emitted.at, kind: EventKind::Started { variant, day } }));
            begun.insert(clock);
        }
    }
    let changes = done.changes.iter();
    new.extend(changes.map(|change| (change.clock.clone(), Event { at: now, kind: change.kind.clone() })));
    new
}

/// What the end of a matter does to its clocks: what nobody has to see to any more falls away, what the law asks for all the same goes on.
pub(super) fn closed(procedures: &Procedures, region: &str, events: &Events, now: ServerTime) -> News {
    let states = states(procedures, region, events, now);
    let outlives =
        |state: &&ClockState| procedures.limit(&state.limit, region).is_some_and(|limit| limit.outlives);
    let over = states.values().filter(|state| state.is_open() && !outlives(state));
    over.map(|state| (state.key(), Event { at: now, kind: EventKind::Dropped })).collect()
}

/// The ends that an act is for the clocks of a matter that is linked to it. Things of one matter are numbered there alone.
pub(super) fn heard(
    procedures: &Procedures,
    region: &str,
    done: &Done,
    known: &Events,
    now: ServerTime,
) -> News {
    let ends = done.events.iter().flat_map(|emitted| procedures.touched(&emitted.event, region).1);
    let whole = ends.filter(|limit| limit.per.is_none()).map(|limit| ClockKey::of(&limit.id, None));
    let known = whole.filter(|clock| known.contains_key(clock));
    known.map(|clock| (clock, Event { at: now, kind: EventKind::Done })).collect()
}

/// Writes events after number `last`.
pub(super) async fn write(
    unit: &mut Unit,
    matter: &str,
    act: &str,
    last: i64,
    events: &[(ClockKey, Event)],
) -> Result<(), Error> {
    if events.is_empty() {
        return Ok(());
    }
    let row = |at: usize| {
        let places: Vec<String> = (at * 7 + 1..=at * 7 + 7).map(|place| format!("${place}")).collect();
        format!("({})", places.join(", "))
    };
    let text = format!(
        "INSERT INTO event (matter, seq, at, act, limit_id, item, kind) VALUES {}",
        (0..events.len()).map(row).collect::<Vec<_>>().join(", ")
    );
    let mut insert = sqlx::query(AssertSqlSafe(text));
    for (number, (clock, event)) in (last + 1..).zip(events) {
        let kind = serde_json::to_string(&event.kind).map_err(|error| Error::Stored(error.to_string()))?;
        insert = insert
            .bind(matter)
            .bind(number)
            .bind(event.at.time().0)
            .bind(act)
            .bind(clock.limit.as_str())
            .bind(i64::from(clock.item.unwrap_or(0)))
            .bind(kind);
    }
    insert.execute(unit.conn()).await?;
    Ok(())
}

/// Enters breaches. One that stands there keeps its end and its beginning; only the day of a late act is added, once.
pub(super) async fn enter_breaches(unit: &mut Unit, matter: &str, states: &States) -> Result<u64, Error> {
    let mut entered = 0;
    for breach in states.values().filter_map(|state| state.breach.as_ref()) {
        let item = i64::from(breach.item.unwrap_or(0));
        let text = "SELECT entry FROM breach WHERE matter = $1 AND limit_id = $2 AND item = $3";
        let row = sqlx::query_scalar(text)
            .bind(matter)
            .bind(breach.limit.as_str())
            .bind(item)
            .fetch_optional(unit.conn())
            .await?;
        let known: Option<String> = row;
        let entry = match known {
            None => breach.clone(),
            Some(text) => {
                let mut entry = breach_of(&text)?;
                if entry.done.is_some() || breach.done.is_none() {
                    continue;
                }
                entry.done = breach.done;
                entry
            }
        };
        let now = unit.now.time().0;
        sqlx::query(
            "INSERT INTO breach (matter, limit_id, item, since, entry, entered) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (matter, limit_id, item) DO UPDATE SET entry = excluded.entry",
        )
        .bind(matter)
        .bind(entry.limit.as_str())
        .bind(item)
        .bind(entry.since.0)
        .bind(serde_json::to_string(&entry).map_err(|error| Error::Stored(error.to_string()))?)
        .bind(now)
        .execute(unit.conn())
        .await?;
        entered += 1;
    }
    Ok(entered)
}

/// Breaches of a matter, the oldest first. A row is since when, limit and entry.
pub(super) fn breaches(mut rows: Vec<(i64, String, String)>) -> Result<Vec<Breach>, Error> {
    rows.sort_unstable();
    rows.iter().map(|(.., text)| breach_of(text)).collect()
}

fn breach_of(text: &str) -> Result<Breach, Error> {
    serde_json::from_str(text).map_err(|error| Error::Stored(format!("breach: {error}")))
}
