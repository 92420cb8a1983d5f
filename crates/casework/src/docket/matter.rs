//! A matter as its row holds it: heading, facts, who works on it and to whom it was handed.

use super::clocks::{self, Events, States};
use crate::{
    clock::Breach,
    facts::{Department, Facts},
    policy::{self, Secrecy},
    store::{Error, Unit},
    words::Word as _,
};
use mingcha_model::time::DAY;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::{collections::BTreeSet, sync::LazyLock};
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
    /// With whom the next step lies, such as `head` or `police`; empty where it lies with those who work on it.
    pub waiting_for: String,
}

/// A matter with all that the store keeps of it.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub heading: Heading,
    pub facts: Box<Facts>,
    /// What it came from, as it was handed over: JSON.
    pub origin: String,
    pub team: BTreeSet<String>,
    pub recused: BTreeSet<String>,
    pub handed_to: BTreeSet<String>,
    /// The next end that time brings, whatever becomes of it.
    pub next_end: Option<i64>,
}

/// The columns of a heading, of the table `matter` under the name `m`.
pub(super) const HEADING: &str = "m.id, m.machine, m.state, m.version, m.region, m.organisation, m.department, m.seat, \
     m.secrecy, m.source, m.title, m.subject_kind, m.subject, m.institution, m.amount, m.score, m.grade, m.parent, m.due, \
     m.begun, m.changed, m.ended, m.waiting_for";

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
        waiting_for: row.try_get(22)?,
    })
}

impl Stored {
    /// Sets its ends by what its clocks come to; a clue is also due by the day of its dispatch.
    pub fn look_ahead(&mut self, states: &States) {
        let heading = &mut self.heading;
        let dispatch = self.facts.clue.due().map(|day| day.start().0 + DAY - 1);
        let dispatch = dispatch.filter(|_| heading.ended.is_none() && heading.machine == "clue");
        heading.due = clocks::due(states).into_iter().chain(dispatch).min();
        self.next_end = clocks::next_end(states);
    }

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

/// A matter with what stands around it, all read in one statement.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub stored: Stored,
    /// The events of its clocks.
    pub events: Events,
    /// Number of the newest of them.
    pub last_event: i64,
    /// Its breaches, the oldest first.
    pub breaches: Vec<Breach>,
    /// What grew out of it.
    pub children: Vec<String>,
    /// Whether anything personal is sealed in it, or an informant in it or above it.
    pub sealed: bool,
}

/// The statements that read a matter: alone with who has to do with it, and with what stands around it.
struct Statements {
    stored: String,
    whole: String,
}

impl Statements {
    /// Rows beside the matter come as arrays in JSON, so that one statement brings them all.
    fn of(rows: impl Fn(&str, &str) -> String) -> Self {
        let stored = format!(
            "{HEADING}, m.facts, m.origin, m.next_end, {}, {}",
            rows("account, recused", "member WHERE matter = m.id"),
            rows("organisation", "handed WHERE matter = m.id"),
        );
        let around = [
            rows("seq, at, limit_id, item, kind", "event WHERE matter = m.id"),
            rows("since, limit_id, entry", "breach WHERE matter = m.id"),
            rows("id", "matter c WHERE c.parent = m.id"),
            "CASE WHEN EXISTS (SELECT 1 FROM sealed s WHERE s.matter = m.id) \
             OR EXISTS (SELECT 1 FROM informant i WHERE i.matter = m.id OR i.matter = m.parent \
             OR i.matter = (SELECT p.parent FROM matter p WHERE p.id = m.parent)) THEN 1 ELSE 0 END"
                .to_owned(),
        ];
        Self {
            whole: format!("SELECT {stored}, {} FROM matter m WHERE m.id = $1", around.join(", ")),
            stored: format!("SELECT {stored} FROM matter m WHERE m.id = $1"),
        }
    }
}

static SQLITE: LazyLock<Statements> = LazyLock::new(|| {
    Statements::of(|columns, rows| format!("(SELECT json_group_array(json_array({columns})) FROM {rows})"))
});
static POSTGRES: LazyLock<Statements> = LazyLock::new(|| {
    Statements::of(|columns, rows| {
        format!("(SELECT CAST(COALESCE(json_agg(json_build_array({columns})), '[]') AS TEXT) FROM {rows})")
    })
});

fn statements(conn: &AnyConnection) -> &'static Statements {
    if conn.backend_name() == "PostgreSQL" { &POSTGRES } else { &SQLITE }
}

/// The rows of a column that holds them as JSON.
fn rows<T: DeserializeOwned>(row: &AnyRow, column: usize) -> Result<Vec<T>, Error> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text).map_err(|error| Error::Stored(format!("rows beside a matter: {error}")))
}

/// Reads a matter.
pub(super) async fn load(conn: &mut AnyConnection, id: &str) -> Result<Stored, Error> {
    let text = statements(conn).stored.as_str();
    stored(&sqlx::query(text).bind(id).fetch_optional(conn).await?.ok_or(Error::NotFound)?)
}

/// Reads a matter and what stands around it.
pub(super) async fn load_whole(conn: &mut AnyConnection, id: &str) -> Result<Whole, Error> {
    let text = statements(conn).whole.as_str();
    let row = sqlx::query(text).bind(id).fetch_optional(conn).await?.ok_or(Error::NotFound)?;
    let (events, last_event) = clocks::events(id, rows(&row, 28)?)?;
    let children: Vec<(String,)> = rows(&row, 30)?;
    Ok(Whole {
        stored: stored(&row)?,
        events,
        last_event,
        breaches: clocks::breaches(rows(&row, 29)?)?,
        children: children.into_iter().map(|(id,)| id).collect(),
        sealed: row.try_get::<i64, _>(31)? != 0,
    })
}

/// Reads a row of [`Statements::stored`].
fn stored(row: &AnyRow) -> Result<Stored, Error> {
    let heading = heading(row)?;
    let (facts, origin): (String, String) = (row.try_get(23)?, row.try_get(24)?);
    let facts = serde_json::from_str(&facts)
        .map_err(|error| Error::Stored(format!("facts of {}: {error}", heading.id)))?;
    let (recused, team): (Vec<(String, i64)>, _) =
        rows::<(String, i64)>(row, 26)?.into_iter().partition(|(_, recused)| *recused != 0);
    let names = |people: Vec<(String, i64)>| people.into_iter().map(|(account, _)| account).collect();
    let handed: Vec<(String,)> = rows(row, 27)?;
    Ok(Stored {
        heading,
        facts,
        origin,
        team: names(team),
        recused: names(recused),
        handed_to: handed.into_iter().map(|(organisation,)| organisation).collect(),
        next_end: row.try_get(25)?,
    })
}

/// Which of such matters there are.
pub(super) async fn known(
    conn: &mut AnyConnection,
    ids: impl Iterator<Item = String>,
) -> Result<BTreeSet<String>, Error> {
    let ids: Vec<String> = ids.collect();
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let text = format!("SELECT id FROM matter WHERE id IN ({})", places.join(", "));
    let select = sqlx::query_scalar(AssertSqlSafe(text));
    let known: Vec<String> =
        ids.iter().fold(select, |select, id| select.bind(id.as_str())).fetch_all(conn).await?;
    Ok(known.into_iter().collect())
}

/// What a run hands over with a clue.
pub(super) struct Handed<'a> {
    /// By which it is met when it is handed over again; its id.
    pub key: &'a str,
    /// What it stands on, as JSON.
    pub origin: String,
    /// Score, 0 to 100.
    pub score: i64,
    /// Grade of risk.
    pub grade: &'static str,
    /// Folder of the rule.
    pub rule: &'a str,
    /// Severity of the rule, 1 to 3.
    pub severity: i64,
}

/// Writes a matter that is new.
pub(super) async fn insert(
    unit: &mut Unit,
    stored: &Stored,
    handed: Option<&Handed<'_>>,
) -> Result<(), Error> {
    let heading = &stored.heading;
    sqlx::query(
        "INSERT INTO matter (id, machine, state, version, region, organisation, department, seat, secrecy, source, title, \
         subject_kind, subject, institution, amount, score, grade, parent, due, begun, changed, ended, facts, origin, \
         origin_key, rule, severity, waiting_for, touched, next_end) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)",
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
    .bind(handed.map(|handed| handed.key))
    .bind(handed.map_or("", |handed| handed.rule))
    .bind(handed.map_or(0, |handed| handed.severity))
    .bind(heading.waiting_for.as_str())
    .bind(unit.record as i64)
    .bind(stored.next_end)
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
         changed = $15, ended = $16, facts = $17, origin = $18, waiting_for = $19, touched = $20, next_end = $21 \
         WHERE id = $22 AND version = $23",
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
    .bind(heading.waiting_for.as_str())
    .bind(unit.record as i64)
    .bind(after.next_end)
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

/// Writes the ends of a matter's clocks. Its version stays: nothing was done to it, and nobody's work on it is lost.
pub(super) async fn update_ends(unit: &mut Unit, stored: &Stored) -> Result<(), Error> {
    sqlx::query("UPDATE matter SET due = $1, next_end = $2, touched = $3 WHERE id = $4")
        .bind(stored.heading.due)
        .bind(stored.next_end)
        .bind(unit.record as i64)
        .bind(stored.heading.id.as_str())
        .execute(unit.conn())
        .await?;
    Ok(())
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
