//! A matter as its row holds it: heading, facts, who works on it and to whom it was handed.

use crate::{
    facts::{Department, Facts},
    policy::{self, Secrecy},
    store::{Error, Unit},
    words::Word as _,
};
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What a list shows of a matter. Instants are seconds of China's civil time since 1970, money is fen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Heading {
    /// Id.
    pub id: String,
    /// Which machine it goes through: `clue`, `case`, `transfer`, …
    pub machine: String,
    /// State of it.
    pub state: String,
    /// Counts the acts; every act names the version that it is based on.
    pub version: i64,
    /// Region where it lies.
    pub region: String,
    /// Organisation that owns it now.
    pub organisation: String,
    /// Department of that organisation.
    pub department: String,
    /// Region of that organisation.
    pub seat: String,
    /// Secrecy grade, 1 to 4.
    pub secrecy: i64,
    /// Where it comes from, such as `screening`.
    pub source: String,
    /// What it is about, in Chinese, without personal data.
    pub title: String,
    /// `person`, `institution`, …; empty where it is about nobody.
    pub subject_kind: String,
    /// Whom it is about: a code or a token, never a name.
    pub subject: String,
    /// Designated institution concerned, empty where there is none.
    pub institution: String,
    /// Money in question, fen.
    pub amount: i64,
    /// Score, 0 to 100.
    pub score: i64,
    /// Grade of risk.
    pub grade: String,
    /// The matter that it grew out of.
    pub parent: Option<String>,
    /// The next end of one of its limits.
    pub due: Option<i64>,
    /// When it was begun.
    pub begun: i64,
    /// When it was last changed.
    pub changed: i64,
    /// When it came to an end.
    pub ended: Option<i64>,
}

/// A matter with all that the store keeps of it.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub heading: Heading,
    pub facts: Facts,
    /// What it came from, as it was handed over: JSON.
    pub origin: String,
    pub team: BTreeSet<String>,
    pub recused: BTreeSet<String>,
    pub handed_to: BTreeSet<String>,
}

/// The columns of a heading, of the table `matter` under the name `m`.
pub(super) const HEADING: &str = "m.id, m.machine, m.state, m.version, m.region, m.organisation, m.department, m.seat, \
     m.secrecy, m.source, m.title, m.subject_kind, m.subject, m.institution, m.amount, m.score, m.grade, m.parent, m.due, \
     m.begun, m.changed, m.ended";

/// Reads a row of [`HEADING`].
pub(super) fn heading(row: &AnyRow) -> Result<Heading, Error> {
    Ok(Heading {
        id: row.try_get(0)?,
        machine: row.try_get(1)?,
        state: row.try_get(2)?,
        version: row.try_get(3)?,
        region: row.try_get(4)?,
        organisation: row.try_get(5)?,
        department: row.try_get(6)?,
        seat: row.try_get(7)?,
        secrecy: row.try_get(8)?,
        source: row.try_get(9)?,
        title: row.try_get(10)?,
        subject_kind: row.try_get(11)?,
        subject: row.try_get(12)?,
        institution: row.try_get(13)?,
        amount: row.try_get(14)?,
        score: row.try_get(15)?,
        grade: row.try_get(16)?,
        parent: row.try_get(17)?,
        due: row.try_get(18)?,
        begun: row.try_get(19)?,
        changed: row.try_get(20)?,
        ended: row.try_get(21)?,
    })
}

impl Stored {
    /// What access depends on.
    pub fn access(&self) -> Result<policy::Matter, Error> {
        let heading = &self.heading;
        let word = |what: &str| Error::Stored(format!("{what} of matter {}", heading.id));
        Ok(policy::Matter {
            id: heading.id.clone(),
            kind: policy::Kind::named(&heading.machine).ok_or_else(|| word("machine"))?,
            region: heading.region.clone(),
            organisation: heading.organisation.clone(),
            department: Department::named(&heading.department).ok_or_else(|| word("department"))?,
            seat: heading.seat.clone(),
            handed_to: self.handed_to.clone(),
            team: self.team.clone(),
            recused: self.recused.clone(),
            secrecy: Secrecy::graded(heading.secrecy).ok_or_else(|| word("secrecy"))?,
            institution: heading.institution.clone(),
        })
    }
}

/// Reads a matter.
pub(super) async fn load(conn: &mut AnyConnection, id: &str) -> Result<Stored, Error> {
    let row = sqlx::query(
        "SELECT m.id, m.machine, m.state, m.version, m.region, m.organisation, m.department, m.seat, m.secrecy, m.source, \
         m.title, m.subject_kind, m.subject, m.institution, m.amount, m.score, m.grade, m.parent, m.due, m.begun, \
         m.changed, m.ended, m.facts, m.origin FROM matter m WHERE m.id = $1",
    )
    .bind(id)
    .fetch_optional(&mut *conn)
    .await?
    .ok_or(Error::NotFound)?;
    let (facts, origin): (String, String) = (row.try_get(22)?, row.try_get(23)?);
    let facts =
        serde_json::from_str(&facts).map_err(|error| Error::Stored(format!("facts of {id}: {error}")))?;
    // One statement for all who have to do with it: every act and every reading asks this.
    let people = sqlx::query(
        "SELECT account, recused FROM member WHERE matter = $1 UNION ALL \
         SELECT organisation, 2 FROM handed WHERE matter = $1",
    )
    .bind(id)
    .fetch_all(&mut *conn)
    .await?;
    let (mut team, mut recused, mut handed_to) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for row in people {
        let who: String = row.try_get(0)?;
        match row.try_get::<i64, _>(1)? {
            0 => team.insert(who),
            1 => recused.insert(who),
            _ => handed_to.insert(who),
        };
    }
    Ok(Stored { heading: heading(&row)?, facts, origin, team, recused, handed_to })
}

/// Writes a matter that is new.
pub(super) async fn insert(unit: &mut Unit, stored: &Stored, origin_key: Option<&str>) -> Result<(), Error> {
    let heading = &stored.heading;
    sqlx::query(
        "INSERT INTO matter (id, machine, state, version, region, organisation, department, seat, secrecy, source, title, \
         subject_kind, subject, institution, amount, score, grade, parent, due, begun, changed, ended, facts, origin, \
         origin_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
         $21, $22, $23, $24, $25)",
    )
    .bind(heading.id.as_str())
    .bind(heading.machine.as_str())
    .bind(heading.state.as_str())
    .bind(heading.version)
    .bind(heading.region.as_str())
    .bind(heading.organisation.as_str())
    .bind(heading.department.as_str())
    .bind(heading.seat.as_str())
    .bind(heading.secrecy)
    .bind(heading.source.as_str())
    .bind(heading.title.as_str())
    .bind(heading.subject_kind.as_str())
    .bind(heading.subject.as_str())
    .bind(heading.institution.as_str())
    .bind(heading.amount)
    .bind(heading.score)
    .bind(heading.grade.as_str())
    .bind(heading.parent.as_deref())
    .bind(heading.due)
    .bind(heading.begun)
    .bind(heading.changed)
    .bind(heading.ended)
    .bind(json(&stored.facts)?)
    .bind(stored.origin.as_str())
    .bind(origin_key)
    .execute(unit.conn())
    .await?;
    let none = BTreeSet::new();
    write_people(unit, stored, (&none, &none, &none)).await
}

/// Writes what an act made of a matter that stood at version `based_on`.
pub(super) async fn update(unit: &mut Unit, before: &Stored, after: &Stored) -> Result<(), Error> {
    let heading = &after.heading;
    let written = sqlx::query(
        "UPDATE matter SET state = $1, version = $2, organisation = $3, department = $4, seat = $5, secrecy = $6, \
         title = $7, subject_kind = $8, subject = $9, institution = $10, amount = $11, score = $12, grade = $13, due = $14, \
         changed = $15, ended = $16, facts = $17, origin = $18 WHERE id = $19 AND version = $20",
    )
    .bind(heading.state.as_str())
    .bind(heading.version)
    .bind(heading.organisation.as_str())
    .bind(heading.department.as_str())
    .bind(heading.seat.as_str())
    .bind(heading.secrecy)
    .bind(heading.title.as_str())
    .bind(heading.subject_kind.as_str())
    .bind(heading.subject.as_str())
    .bind(heading.institution.as_str())
    .bind(heading.amount)
    .bind(heading.score)
    .bind(heading.grade.as_str())
    .bind(heading.due)
    .bind(heading.changed)
    .bind(heading.ended)
    .bind(json(&after.facts)?)
    .bind(after.origin.as_str())
    .bind(heading.id.as_str())
    .bind(before.heading.version)
    .execute(unit.conn())
    .await?;
    if written.rows_affected() == 0 {
        return Err(Error::Conflict {
            based_on: before.heading.version,
            version: before.heading.version + 1,
        });
    }
    write_people(unit, after, (&before.team, &before.recused, &before.handed_to)).await
}

type People<'a> = (&'a BTreeSet<String>, &'a BTreeSet<String>, &'a BTreeSet<String>);

/// Writes team, recused and receivers, where they changed.
async fn write_people(
    unit: &mut Unit,
    stored: &Stored,
    (team, recused, handed): People<'_>,
) -> Result<(), Error> {
    let id = stored.heading.id.as_str();
    if (team, recused) != (&stored.team, &stored.recused) {
        sqlx::query("DELETE FROM member WHERE matter = $1").bind(id).execute(unit.conn()).await?;
        let team = stored.team.difference(&stored.recused).map(|account| (account, 0_i64));
        for (account, recused) in team.chain(stored.recused.iter().map(|account| (account, 1))) {
            sqlx::query("INSERT INTO member (matter, account, recused) VALUES ($1, $2, $3)")
                .bind(id)
                .bind(account.as_str())
                .bind(recused)
                .execute(unit.conn())
                .await?;
        }
    }
    if handed != &stored.handed_to {
        sqlx::query("DELETE FROM handed WHERE matter = $1").bind(id).execute(unit.conn()).await?;
        for organisation in &stored.handed_to {
            sqlx::query("INSERT INTO handed (matter, organisation) VALUES ($1, $2)")
                .bind(id)
                .bind(organisation.as_str())
                .execute(unit.conn())
                .await?;
        }
    }
    Ok(())
}

fn json(facts: &Facts) -> Result<String, Error> {
    serde_json::to_string(facts).map_err(|error| Error::Stored(error.to_string()))
}
