//! Clues of a screening run come in: new ones are begun, open ones are brought up to date, decided ones are left alone.

use super::{
    Docket,
    act::{ActRequest, Acted, NewMatter, Room},
    matter::{self, Handed, Whole},
    seal,
};
use crate::{
    act::ActInput,
    policy,
    store::{Context, Done, Draft, Error, Unit},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
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
/// Most bytes of the id of one.
const COVER_BYTES: usize = 40;
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
                    let actor = unit.actor(&account).await?;
                    let mut known = matter::known(unit.conn(), clues.iter().map(PushedClue::matter)).await?;
                    let mut pushed = Pushed::default();
                    let mut more = Vec::new();
                    for clue in clues {
                        // One that comes twice in a hand-over is known the second time.
                        let known = !known.insert(clue.matter());
                        if let Some(done) =
                            Box::pin(room.push(unit, &actor, clue, known, &mut pushed)).await?
                        {
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
        known: bool,
        pushed: &mut Pushed,
    ) -> Result<Option<Done<Acted>>, Error> {
        let mut origin = clue.origin.clone();
        if origin.to_string().len() > ORIGIN {
            return Err(Error::invalid("origin", format!("线索{}的依据超过1 MiB", clue.id)));
        }
        let id = clue.matter();
        if known {
            let whole = matter::load_whole(unit.conn(), &id).await?;
            return Box::pin(self.refresh(unit, actor, whole, &clue, origin, pushed)).await;
        }
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
        let personal = seal::holds_personal(&origin);
        let handed = Handed {
            key: &id,
            // What is personal in it is sealed once the clue's own values are, so that equal ones meet.
            origin: if personal { "{}".to_owned() } else { origin.to_string() },
            score: clue.score,
            grade: clue.rank(),
            rule: clue.rule(),
            severity: i64::from(clue.severity),
        };
        let done = Box::pin(self.begin(unit, actor, new, Some(&handed))).await?;
        if personal {
            seal::put_away_origin(unit, self.vaults, &id, &mut origin).await?.write(unit).await?;
            sqlx::query("UPDATE matter SET origin = $1 WHERE id = $2")
                .bind(origin.to_string())
                .bind(id.as_str())
                .execute(unit.conn())
                .await?;
        }
        cover(unit, &id, &clue).await?;
        pushed.begun += 1;
        Ok(Some(done))
    }

    async fn refresh(
        &self,
        unit: &mut Unit,
        actor: &policy::Actor,
        mut whole: Whole,
        clue: &PushedClue,
        mut origin: Value,
        pushed: &mut Pushed,
    ) -> Result<Option<Done<Acted>>, Error> {
        let act = self.procedures.machines.get("clue").and_then(|machine| machine.acts.get("refresh"));
        let stored = &mut whole.stored;
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
        let allowed = self.allow(actor, "refresh", stored)?;
        let request = ActRequest {
            version: stored.heading.version,
            reason: String::new(),
            input: input(json!({ "input": "refresh", "amount": clue.amount, "grade": clue.grade }))?,
        };
        stored.origin.clone_from(&origin);
        let done = Box::pin(self.act(unit, &allowed, whole, &request)).await?;
        self.rank(unit, &id, clue, &origin).await?;
        pushed.updated += 1;
        Ok(Some(done))
    }

    async fn rank(&self, unit: &mut Unit, id: &str, clue: &PushedClue, origin: &str) -> Result<(), Error> {
        sqlx::query(
            "UPDATE matter SET score = $1, grade = $2, origin = $3, rule = $4, severity = $5, touched = $6 WHERE id = $7",
        )
        .bind(clue.score)
        .bind(clue.rank())
        .bind(origin)
        .bind(clue.rule())
        .bind(i64::from(clue.severity))
        .bind(unit.record as i64)
        .bind(id)
        .execute(unit.conn())
        .await?;
        cover(unit, id, clue).await
    }
}

impl PushedClue {
    /// Id of its matter.
    fn matter(&self) -> String {
        self.id.to_lowercase()
    }

    /// Name of its grade.
    fn rank(&self) -> &'static str {
        ["high", "middle", "low"][self.grade.clamp(1, 3) as usize - 1]
    }

    /// Folder of the rule that it came from.
    fn rule(&self) -> &str {
        self.origin["rule"].as_str().unwrap_or_default()
    }
}

/// Enters a clue under the items of the negative list that its rule covers.
async fn cover(unit: &mut Unit, id: &str, clue: &PushedClue) -> Result<(), Error> {
    let items = clue.origin["about"]["covers"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let items: Vec<&str> =
        items.take(COVERS).filter(|item| !item.is_empty() && item.len() <= COVER_BYTES).collect();
    if items.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (2..items.len() + 2).map(|place| format!("($1, ${place})")).collect();
    let text = format!(
        "INSERT INTO cover (matter, item) VALUES {} ON CONFLICT (matter, item) DO NOTHING",
        places.join(", ")
    );
    let insert = sqlx::query(AssertSqlSafe(text)).bind(id);
    items.iter().fold(insert, |insert, item| insert.bind(*item)).execute(unit.conn()).await?;
    Ok(())
}

fn input(value: Value) -> Result<ActInput, Error> {
    serde_json::from_value(value).map_err(|error| Error::invalid("clue", error.to_string()))
}
