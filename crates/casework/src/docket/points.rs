//! Decisions about a practitioner's points as the matters of points hold them, and how they stand for whoever looks.

use super::{Docket, list::Sql};
use crate::{
    act::is_code,
    facts::Facts,
    machine::POINTS_REVOKED,
    points::{Effect, Entry, standing},
    policy::{self, Part},
    scheme::PointsScheme,
    store::{Context, Draft, Error},
};
use mingcha_model::{Date, Time};
use serde::Serialize;
use sqlx::{Row as _, any::AnyRow};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What [`scored`] reads, in this order, of `m` a matter and `t` what is counted of it; by matter, and by what was counted first.
pub(super) const SCORED: &str = "m.id, m.parent, m.facts, m.state, t.what, t.at, t.amount, t.subject";
/// Most that is read of one practitioner.
const READ: usize = 2_000;

/// A decision about points and the event that it is for.
pub(super) struct Scored {
    pub entry: Entry,
    event: String,
}

/// The decisions that took effect.
pub(super) fn scored(rows: &[AnyRow]) -> Result<Vec<Scored>, Error> {
    let mut scored: BTreeMap<String, Scored> = BTreeMap::new();
    for row in rows {
        let (id, parent, facts): (String, Option<String>, String) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let (state, what, at): (String, String, i64) = (row.try_get(3)?, row.try_get(4)?, row.try_get(5)?);
        let on = Time(at).date();
        match what.as_str() {
            "points_effective" => {
                let facts: Facts = serde_json::from_str(&facts)
                    .map_err(|error| Error::Stored(format!("facts of {id}: {error}")))?;
                let entry = Entry {
                    id: id.clone(),
                    on,
                    // One act counts once: that of the case that the points came from.
                    act: parent.unwrap_or_else(|| id.clone()),
                    points: u32::try_from(row.try_get::<i64, _>(6)?).unwrap_or(0),
                    revoked: state == POINTS_REVOKED.id,
                    repairs: Vec::new(),
                    months: Some(facts.points.months).filter(|months| *months > 0),
                };
                scored.insert(id, Scored { entry, event: facts.points.event });
            }
            "points_repaired" => {
                let kind: String = row.try_get(7)?;
                scored.entry(id).and_modify(|one| one.entry.repairs.push((kind, on)));
            }
            _ => {}
        }
    }
    Ok(scored.into_values().collect())
}

/// How the points of a practitioner stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PointsStanding {
    /// The year that they count for.
    pub year: i32,
    /// Points of that year.
    pub points: u32,
    /// Points from which the qualification is suspended.
    pub suspend_from: u32,
    /// Points at which it ends.
    pub end_at: u32,
    /// The day on which they are cleared, `2027-01-01`; what they brought lasts on.
    pub cleared: String,
    /// What followed, the newest last.
    pub effects: Vec<PointsEffect>,
    /// The decisions that took effect, the newest first, revoked ones too.
    pub entries: Vec<PointsEntry>,
    /// On what the scheme rests.
    pub basis: String,
    /// How sure that is, in words.
    pub certainty: String,
}

/// What followed from points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PointsEffect {
    /// Whether the qualification ended; else it was suspended.
    pub ended: bool,
    /// Since when.
    pub since: String,
    /// The first day on which it may stand again.
    pub until: String,
    /// Whether that holds today.
    pub holds: bool,
}

/// A decision about points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PointsEntry {
    /// Id of its matter.
    pub matter: String,
    /// Name of the event.
    pub title: String,
    /// The points.
    pub points: u32,
    /// When it took effect.
    pub on: String,
    /// It was taken back after an appeal.
    pub revoked: bool,
    /// Repairs: what was done, and when.
    pub repairs: Vec<String>,
}

impl Docket {
    /// How the points of a practitioner stand today by the matters that one may list. Those of others are not told, so for whoever sees but
    /// a part this is no more than that part.
    pub async fn points_standing(&self, context: Context, code: &str) -> Result<PointsStanding, Error> {
        // What is typed here may be a name, and the trail keeps what was asked for.
        if code.is_empty() || !is_code(code) {
            return Err(Error::invalid("code", "须为医药人员代码"));
        }
        let actor = self.actor(&context).await?;
        let schemes = self.procedures.schemes.as_ref().ok_or(Error::NotFound)?;
        let mut sql = Sql::default();
        sql.filter(self.policies.scope(&actor, policy::List).filter());
        sql.text.push_str(" AND m.machine = ");
        sql.bind(Part::Text(POINTS_REVOKED.machine.to_owned()));
        sql.text.push_str(" AND m.subject = ");
        sql.bind(Part::Text(code.to_owned()));
        let text = format!(
            "SELECT {SCORED} FROM matter m JOIN tally t ON t.matter = m.id WHERE {} ORDER BY m.id, t.seq LIMIT {READ}",
            sql.text
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        drop(conn);
        let told = told(&scored(&rows)?, &schemes.points, self.store.now().time().date());
        self.store.record_read(context, Draft::new("points_standing", "practitioner", code)).await?;
        Ok(told)
    }
}

fn told(scored: &[Scored], scheme: &PointsScheme, today: Date) -> PointsStanding {
    let entries: Vec<Entry> = scored.iter().map(|one| one.entry.clone()).collect();
    let standing = standing(&entries, scheme, today);
    let effect = |effect: &Effect| {
        let (Effect::Suspended { since, until } | Effect::Ended { since, until, .. }) = effect;
        PointsEffect {
            ended: matches!(effect, Effect::Ended { .. }),
            since: since.to_string(),
            until: until.to_string(),
            holds: effect.holds(today),
        }
    };
    let mut newest: Vec<&Scored> = scored.iter().collect();
    newest.sort_by_key(|one| std::cmp::Reverse(one.entry.on));
    let (year, ..) = today.ymd();
    PointsStanding {
        year,
        points: standing.points,
        suspend_from: scheme.suspend_from,
        end_at: scheme.end_at,
        cleared: format!("{}-01-01", year + 1),
        effects: standing.effects.iter().map(effect).collect(),
        entries: newest.into_iter().map(|one| entry(one, scheme)).collect(),
        basis: scheme.ground.basis.clone(),
        certainty: scheme.ground.certainty.title().to_owned(),
    }
}

fn entry(Scored { entry, event }: &Scored, scheme: &PointsScheme) -> PointsEntry {
    let title = scheme.events.iter().find(|known| known.id == *event).map_or(event, |known| &known.title);
    let repair = |(kind, on): &(String, Date)| {
        let title = scheme.repairs.iter().find(|known| known.id == *kind).map_or(kind, |known| &known.title);
        format!("{on} {title}")
    };
    PointsEntry {
        matter: entry.id.clone(),
        title: title.clone(),
        points: entry.points,
        on: entry.on.to_string(),
        revoked: entry.revoked,
        repairs: entry.repairs.iter().map(repair).collect(),
    }
}
