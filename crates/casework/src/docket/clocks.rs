//! The clocks of a matter as the store keeps them: their events, what they come to, the next end, and the ledger of breaches.

use crate::{
    Procedures,
    act::Done,
    clock::{Breach, ClockState, Event, EventKind, ServerTime, Status, compute},
    limit::{Limit, Term},
    store::{Error, Unit},
};
use mingcha_model::Time;
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::BTreeMap;

/// Events of a matter by limit.
pub(super) type Events = BTreeMap<String, Vec<Event>>;

/// Reads the events of a matter; the number of the newest beside them.
pub(super) async fn load(conn: &mut AnyConnection, matter: &str) -> Result<(Events, i64), Error> {
    let text = "SELECT seq, at, limit_id, kind FROM event WHERE matter = $1";
    events(matter, sqlx::query_as(text).bind(matter).fetch_all(conn).await?)
}

/// The events of a matter by limit, in their order; the number of the newest beside them. A row is number, instant, limit and kind.
pub(super) fn events(
    matter: &str,
    mut rows: Vec<(i64, i64, String, String)>,
) -> Result<(Events, i64), Error> {
    rows.sort_unstable_by_key(|(seq, ..)| *seq);
    let (mut events, mut last) = (Events::new(), 0);
    for (seq, at, limit, kind) in rows {
        let kind = serde_json::from_str(&kind)
            .map_err(|error| Error::Stored(format!("event of {matter}: {error}")))?;
        events.entry(limit).or_default().push(Event { at: ServerTime::from_store(Time(at)), kind });
        last = seq;
    }
    Ok((events, last))
}

/// What the events come to.
pub(super) fn states(
    procedures: &Procedures,
    region: &str,
    events: &Events,
    now: ServerTime,
) -> BTreeMap<String, ClockState> {
    let state = |(limit, events): (&String, &Vec<Event>)| {
        let limit = procedures.limit(limit, region)?;
        Some((limit.id.clone(), compute(limit, events, &procedures.calendar, now)))
    };
    events.iter().filter_map(state).collect()
}

/// The earliest end that is still owed, also where it has passed.
pub(super) fn due(states: &BTreeMap<String, ClockState>) -> Option<i64> {
    let owed = states.values().filter(|state| matches!(state.status, Status::Running | Status::Breached));
    owed.filter_map(|state| state.due).map(|due| due.last.0).min()
}

/// The events of an act, by limit: a start where a limit starts on one, an end where a running one ends on it, and what it does to clocks beside.
pub(super) fn of(
    procedures: &Procedures,
    region: &str,
    done: &Done,
    known: &Events,
    now: ServerTime,
) -> Vec<(String, Event)> {
    let mut new = Vec::new();
    for emitted in &done.events {
        let (starts, ends) = procedures.touched(&emitted.event, region);
        // What must be done first may be done before anything asks for it.
        let hears = |limit: &&Limit| known.contains_key(&limit.id) || limit.term == Term::Gate;
        for limit in ends.into_iter().filter(hears) {
            new.push((limit.id.clone(), Event { at: now, kind: EventKind::Done }));
        }
        for limit in starts {
            let variant = done.facts.variants.get(&limit.id).cloned();
            new.push((limit.id.clone(), Event { at: emitted.at, kind: EventKind::Started { variant } }));
        }
    }
    let changes = done.changes.iter();
    new.extend(changes.map(|change| (change.limit.clone(), Event { at: now, kind: change.kind.clone() })));
    new
}

/// The ends that an act is for the clocks of a matter that is linked to it.
pub(super) fn heard(
    procedures: &Procedures,
    region: &str,
    done: &Done,
    known: &Events,
    now: ServerTime,
) -> Vec<(String, Event)> {
    let ends = done.events.iter().flat_map(|emitted| procedures.touched(&emitted.event, region).1);
    let known = ends.filter(|limit| known.contains_key(&limit.id));
    known.map(|limit| (limit.id.clone(), Event { at: now, kind: EventKind::Done })).collect()
}

/// Writes events after number `last`.
pub(super) async fn write(
    unit: &mut Unit,
    matter: &str,
    act: &str,
    last: i64,
    events: &[(String, Event)],
) -> Result<(), Error> {
    if events.is_empty() {
        return Ok(());
    }
    let row = |at: usize| {
        let places: Vec<String> = (at * 6 + 1..=at * 6 + 6).map(|place| format!("${place}")).collect();
        format!("({})", places.join(", "))
    };
    let text = format!(
        "INSERT INTO event (matter, seq, at, act, limit_id, kind) VALUES {}",
        (0..events.len()).map(row).collect::<Vec<_>>().join(", ")
    );
    let mut insert = sqlx::query(AssertSqlSafe(text));
    for (number, (limit, event)) in (last + 1..).zip(events) {
        let kind = serde_json::to_string(&event.kind).map_err(|error| Error::Stored(error.to_string()))?;
        insert = insert
            .bind(matter)
            .bind(number)
            .bind(event.at.time().0)
            .bind(act)
            .bind(limit.as_str())
            .bind(kind);
    }
    insert.execute(unit.conn()).await?;
    Ok(())
}

/// Enters breaches. One that stands there keeps its end and its beginning; only the day of a late act is added, once.
pub(super) async fn enter_breaches(
    unit: &mut Unit,
    matter: &str,
    states: &BTreeMap<String, ClockState>,
) -> Result<u64, Error> {
    let mut entered = 0;
    for breach in states.values().filter_map(|state| state.breach.as_ref()) {
        let row = sqlx::query_scalar("SELECT entry FROM breach WHERE matter = $1 AND limit_id = $2")
            .bind(matter)
            .bind(breach.limit.as_str())
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
            "INSERT INTO breach (matter, limit_id, since, entry, entered) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (matter, limit_id) DO UPDATE SET entry = excluded.entry",
        )
        .bind(matter)
        .bind(entry.limit.as_str())
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
