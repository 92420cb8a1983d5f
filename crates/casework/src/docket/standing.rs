//! What a new matter grows out of, and what stands already for the same cause: neither a second click nor a second officer makes two of one.

use super::{
    act::{NewMatter, Room},
    matter::{self, Stored},
    seal::PutAway,
};
use crate::{
    act::ActInput,
    facts::Facts,
    machine::Machine,
    policy,
    store::{Error, Unit},
    vault::Token,
};
use mingcha_model::Date;
use sqlx::{AssertSqlSafe, Row as _};

/// The guard that asks what stands already.
const GUARD: &str = "not_filed_twice";
/// Most open matters about one subject that are looked through, the newest first.
const MOST: usize = 500;

/// The matter that a new one grows out of: what is said and may be read, else the clue or the case that its input names. A transfer has its
/// case, or is refused.
pub(super) async fn parent(
    unit: &mut Unit,
    room: &Room<'_>,
    actor: &policy::Actor,
    new: &NewMatter,
) -> Result<Option<String>, Error> {
    match &new.input {
        ActInput::OpenTransfer(open) if !open.case.as_str().is_empty() => {
            let case = open.case.as_str();
            let same = new.parent.as_deref().is_none_or(|said| said == case);
            let known = if same { named(unit, room, actor, "case", case).await? } else { None };
            // A case that may not be seen is answered like one that there is not.
            let missing = || Error::invalid("case", "没有可以查阅的这一案件，或者与所依据的事项不是同一件");
            known.map(Some).ok_or_else(missing)
        }
        ActInput::OpenCase(open) if new.parent.is_none() => match &open.clue {
            Some(clue) => named(unit, room, actor, "clue", clue.as_str()).await,
            None => Ok(None),
        },
        _ => match &new.parent {
            Some(parent) if readable(unit, room, actor, parent).await?.is_none() => {
                Err(Error::invalid("parent", "没有可以查阅的这一事项"))
            }
            parent => Ok(parent.clone()),
        },
    }
}

/// That matter of a machine, where there is one and the one who asks may read it.
async fn named(
    unit: &mut Unit,
    room: &Room<'_>,
    actor: &policy::Actor,
    machine: &str,
    id: &str,
) -> Result<Option<String>, Error> {
    let stored = readable(unit, room, actor, id).await?;
    Ok(stored.filter(|stored| stored.heading.machine == machine).map(|_| id.to_owned()))
}

/// That matter, where there is one and the one who asks may read it.
async fn readable(
    unit: &mut Unit,
    room: &Room<'_>,
    actor: &policy::Actor,
    id: &str,
) -> Result<Option<Stored>, Error> {
    let stored = match matter::load(unit.conn(), id).await {
        Err(Error::NotFound) => return Ok(None),
        stored => stored?,
    };
    let readable = room.policies.decide(actor, policy::Read, &stored.access()?).is_ok();
    Ok(readable.then_some(stored))
}

/// Whom a new matter is about: as it is said, else as the input of a case says it.
pub(super) fn subject(new: &NewMatter) -> String {
    match &new.input {
        ActInput::OpenCase(open) if new.subject.is_empty() => open.subject.code().unwrap_or_default(),
        _ => new.subject.clone(),
    }
}

/// The matter that stands already for the same cause, where the act asks for it: one of the same parent, else an open one of the same
/// organisation about the same subject and the same violation.
pub(super) async fn existing(
    unit: &mut Unit,
    room: &Room<'_>,
    stored: &Stored,
    act: &str,
    input: &ActInput,
    put: Option<&PutAway>,
) -> Result<Option<String>, Error> {
    let (heading, machine) = (&stored.heading, room.machine(&stored.heading.machine)?);
    if !machine.acts.get(act).is_some_and(|act| act.asks(GUARD)) {
        return Ok(None);
    }
    if let Some(parent) = &heading.parent {
        return of_parent(unit, machine, &heading.id, parent).await;
    }
    let ended = match input {
        ActInput::OpenCase(open) => Some(open.violation_ended),
        _ => stored.facts.filing.violation_ended,
    };
    let Some(ended) = ended.filter(|_| !heading.subject.is_empty()) else { return Ok(None) };
    let person = person(unit, &heading.subject, put).await?;
    of_violation(unit, stored, ended, person.as_deref()).await
}

/// One of the same machine that grew out of the same matter and did not end so that another may follow.
async fn of_parent(
    unit: &mut Unit,
    machine: &Machine,
    id: &str,
    parent: &str,
) -> Result<Option<String>, Error> {
    let text =
        "SELECT id, state FROM matter WHERE parent = $1 AND machine = $2 AND id <> $3 ORDER BY begun, id";
    let rows: Vec<(String, String)> =
        sqlx::query_as(text).bind(parent).bind(machine.id.as_str()).bind(id).fetch_all(unit.conn()).await?;
    let stands = |state: &str| machine.state(state).is_none_or(|state| !state.again);
    Ok(rows.into_iter().find(|(_, state)| stands(state)).map(|(id, _)| id))
}

/// The keyed digest by which a person meets again whose token is another in every matter; nothing where the subject is no person's token.
async fn person(unit: &mut Unit, subject: &str, put: Option<&PutAway>) -> Result<Option<String>, Error> {
    if Token::parse(subject).is_none() {
        return Ok(None);
    }
    if let Some(digest) = put.and_then(|put| put.digest(subject)) {
        return Ok(Some(digest.to_owned()));
    }
    let text = "SELECT match_digest FROM sealed WHERE token = $1";
    Ok(sqlx::query_scalar(text).bind(subject).fetch_optional(unit.conn()).await?)
}

/// An open matter of the same organisation about the same subject whose violation ended on the same day.
async fn of_violation(
    unit: &mut Unit,
    stored: &Stored,
    ended: Date,
    person: Option<&str>,
) -> Result<Option<String>, Error> {
    let heading = &stored.heading;
    // SQLite knows little of how many rows a value has, and PostgreSQL counts again only after many have come: for one subject neither is to
    // walk through all that an organisation or a machine has.
    let (machine, organisation, about) = match person {
        None => ("m.machine || ''", "m.organisation || ''", "m.subject = $4"),
        Some(_) => (
            "m.machine",
            "m.organisation",
            "EXISTS (SELECT 1 FROM sealed s WHERE s.token = m.subject AND s.match_digest = $4)",
        ),
    };
    let text = format!(
        "SELECT m.id, m.facts FROM matter m WHERE {machine} = $1 AND {organisation} = $2 AND m.id <> $3 AND m.ended IS NULL \
         AND {about} ORDER BY m.begun DESC, m.id LIMIT {MOST}"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(heading.machine.as_str())
        .bind(heading.organisation.as_str())
        .bind(heading.id.as_str())
        .bind(person.unwrap_or(&heading.subject))
        .fetch_all(unit.conn())
        .await?;
    for row in rows {
        let (id, facts): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let facts: Facts =
            serde_json::from_str(&facts).map_err(|error| Error::Stored(format!("facts of {id}: {error}")))?;
        if facts.filing.violation_ended == Some(ended) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
