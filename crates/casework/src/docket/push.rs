//! Clues of a screening run come in: new ones are begun, open ones are brought up to date, decided ones are left alone.

use super::{
    Docket,
    act::{ActRequest, Acted, NewMatter, Room},
    matter::{self, Stored},
    seal,
};
use crate::{
    act::ActInput,
    policy,
    store::{Context, Done, Draft, Error, Unit, accounts},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A clue of a run, as a value.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PushedClue {
    /// The clue's id, the same in every run for the same rule and subject.
    pub id: String,
    /// Title, in Chinese.
    pub title: String,
    /// Region.
    pub region: String,
    /// `person`, `institution`, …
    pub subject_kind: String,
    /// Its code.
    pub subject: String,
    /// Designated institution concerned, empty where there are several or none.
    pub institution: String,
    /// Money in question, fen.
    pub amount: i64,
    /// Severity of the rule, 1 to 3.
    pub severity: u32,
    /// Score, 0 to 100.
    pub score: i64,
    /// Grade of risk: 1 the highest to 3.
    pub grade: u32,
    /// Run, rule with version, findings with their lines: what the clue stands on.
    pub origin: Value,
}

/// What became of pushed clues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pushed {
    /// Begun.
    pub begun: u64,
    /// Open and brought up to date.
    pub updated: u64,
    /// Open and the same already.
    pub same: u64,
    /// Decided, and left alone.
    pub left: u64,
}

impl Pushed {
    /// Adds another part of a run.
    pub fn add(&mut self, other: Self) {
        self.begun += other.begun;
        self.updated += other.updated;
        self.same += other.same;
        self.left += other.left;
    }
}

/// Most clues of one transaction.
pub const PUSHED_AT_ONCE: usize = 200;
/// Most items of the negative list that a clue is counted under.
const COVERS: usize = 20;
/// Most bytes of what a clue stands on.
const ORIGIN: usize = 1 << 20;

impl Docket {
    /// Hands clues over, at most [`PUSHED_AT_ONCE`]; all of them or none.
    pub async fn push(&self, context: Context, clues: Vec<PushedClue>) -> Result<Pushed, Error> {
        if clues.len() > PUSHED_AT_ONCE {
            return Err(Error::invalid("clues", format!("一次不超过{PUSHED_AT_ONCE}条")));
        }
        let docket = self.clone();
        let account = context.who.account.clone();
        self.store
            .write(context, Draft::new("push", "clues", ""), move |unit| {
                Box::pin(async move {
                    let room = Room::of(&docket);
                    let today = unit.now.time().date();
                    let actor = accounts::actor(unit.conn(), &account, today).await?;
                    let mut pushed = Pushed::default();
                    let mut more = Vec::new();
                    for clue in clues {
                        if let Some(done) = Box::pin(room.push(unit, &actor, clue, &mut pushed)).await? {
                            more.push(done.record);
                        }
                    }
                    let summary = json!(pushed).to_string();
                    let record = Draft::new("push", "clues", "").change(None, Some(summary));
                    Ok(Done { more, ..Done::new(pushed, record) })
                })
            })
            .await
    }
}

impl Room<'_> {
    async fn push(
        &self,
        unit: &mut Unit,
        actor: &policy::Actor,
        clue: PushedClue,
        pushed: &mut Pushed,
    ) -> Result<Option<Done<Acted>>, Error> {
        let mut origin = clue.origin.clone();
        if origin.to_string().len() > ORIGIN {
            return Err(Error::invalid("origin", format!("线索{}的依据超过1 MiB", clue.id)));
        }
        let id = clue.id.to_lowercase();
        match matter::load(unit.conn(), &id).await {
            Err(Error::NotFound) => {
                let new = NewMatter {
                    machine: "clue".into(),
                    region: clue.region.clone(),
                    source: "screening".into(),
                    title: clue.title.clone(),
                    subject_kind: clue.subject_kind.clone(),
                    subject: clue.subject.clone(),
                    institution: clue.institution.clone(),
                    secrecy: policy::Secrecy::Internal.grade(),
                    parent: None,
                    act: "open".into(),
                    reason: String::new(),
                    input: input(json!({
                        "input": "open_clue", "source": "screening", "subject": clue.subject, "key": clue.id,
                        "amount": clue.amount, "severity": clue.severity, "grade": clue.grade,
                    }))?,
                };
                let done = Box::pin(self.begin(unit, actor, new, Some(&id), "{}")).await?;
                // Its own sealed values stand by now, so equal ones meet.
                seal::put_away_origin(unit, self.vaults, &id, &mut origin).await?.write(unit).await?;
                self.rank(unit, &id, &clue, &origin.to_string()).await?;
                pushed.begun += 1;
                Ok(Some(done))
            }
            Err(error) => Err(error),
            Ok(stored) => Box::pin(self.refresh(unit, actor, stored, &clue, origin, pushed)).await,
        }
    }

    async fn refresh(
        &self,
        unit: &mut Unit,
        actor: &policy::Actor,
        mut stored: Stored,
        clue: &PushedClue,
        mut origin: Value,
        pushed: &mut Pushed,
    ) -> Result<Option<Done<Acted>>, Error> {
        let act = self.procedures.machines.get("clue").and_then(|machine| machine.acts.get("refresh"));
        if !act.is_some_and(|act| act.from.contains(&stored.heading.state)) {
            pushed.left += 1;
            return Ok(None);
        }
        seal::put_away_origin(unit, self.vaults, &stored.heading.id, &mut origin).await?.write(unit).await?;
        let origin = origin.to_string();
        // The run's own name changes with every run; what it saw may not.
        let seen = |text: &str| {
            serde_json::from_str::<Value>(text).ok().and_then(|value| value.get("findings").cloned())
        };
        if stored.heading.amount == clue.amount
            && stored.heading.score == clue.score
            && seen(&stored.origin) == seen(&origin)
        {
            pushed.same += 1;
            return Ok(None);
        }
        let id = stored.heading.id.clone();
        let allowed = self.allow(actor, "refresh", &stored)?;
        let request = ActRequest {
            version: stored.heading.version,
            reason: String::new(),
            input: input(json!({ "input": "refresh", "amount": clue.amount, "grade": clue.grade }))?,
        };
        stored.origin.clone_from(&origin);
        let done = Box::pin(self.act(unit, &allowed, stored, &request)).await?;
        self.rank(unit, &id, clue, &origin).await?;
        pushed.updated += 1;
        Ok(Some(done))
    }

    async fn rank(&self, unit: &mut Unit, id: &str, clue: &PushedClue, origin: &str) -> Result<(), Error> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        sqlx::query(
            "UPDATE matter SET score = $1, grade = $2, origin = $3, rule = $4, severity = $5 WHERE id = $6",
        )
        .bind(clue.score)
        .bind(["high", "middle", "low"][clue.grade.clamp(1, 3) as usize - 1])
        .bind(origin)
        .bind(text(&clue.origin["rule"]))
        .bind(i64::from(clue.severity))
        .bind(id)
        .execute(unit.conn())
        .await?;
        let items = clue.origin["about"]["covers"].as_array().into_iter().flatten().map(text);
        for item in items.take(COVERS).filter(|item| !item.is_empty() && item.len() <= 40) {
            let text =
                "INSERT INTO cover (matter, item) VALUES ($1, $2) ON CONFLICT (matter, item) DO NOTHING";
            sqlx::query(text).bind(id).bind(item).execute(unit.conn()).await?;
        }
        Ok(())
    }
}

fn input(value: Value) -> Result<ActInput, Error> {
    serde_json::from_value(value).map_err(|error| Error::invalid("clue", error.to_string()))
}
