//! The one writer: acts wait in a queue, run one after another in one transaction, and are answered once it and their records are on disk.
//!
//! An act and its record stand or fall together: each act runs under a savepoint, a refusal rolls back to it and is recorded itself, and
//! where the records cannot be written nothing of the whole batch stays. Many acts share one commit, so a slow disk costs each little.

use super::{Backend, Clock, Error};
use crate::{
    clock::ServerTime,
    trail::{Digest, Entry, Head, Object, Outcome, Record, Who},
};
use futures::future::BoxFuture;
use mingcha_model::Time;
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Executor as _, Row as _, pool::PoolConnection};
use std::fmt::Write as _;
use tokio::sync::{mpsc, oneshot};

/// Most acts of one commit.
const MOST: usize = 256;
/// Acts that may wait.
pub(super) const QUEUE: usize = 4096;
/// Rows of one insert into the trail: the fewest different statements for any number of records.
const ROWS: [usize; 4] = [64, 16, 4, 1];

/// Who asks, from where, and under which key.
#[derive(Clone, Debug)]
pub struct Context {
    /// Account, organisation and role.
    pub who: Who,
    /// Address of the connection.
    pub from: String,
    /// What tells a repeated request from a new one.
    pub request: Option<Request>,
}

/// A request that may come twice: the second is answered like the first, and does nothing.
#[derive(Clone, Debug)]
pub struct Request {
    /// The client's key, of its own making.
    pub key: String,
    /// SM3 of what was asked, so that a key cannot stand for two things.
    pub digest: String,
}

/// What is written into the trail, but for what the writer itself knows: number, time, who and from where.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which act.
    pub act: String,
    /// On what.
    pub on: Object,
    /// The state before.
    pub before: Option<String>,
    /// The state after.
    pub after: Option<String>,
    /// Why.
    pub why: String,
}

impl Draft {
    /// An act on an object.
    pub fn new(act: impl Into<String>, kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            act: act.into(),
            on: Object { kind: kind.into(), id: id.into() },
            before: None,
            after: None,
            why: String::new(),
        }
    }

    /// With the reason.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// With what was before and is after.
    #[must_use]
    pub fn change(mut self, before: Option<String>, after: Option<String>) -> Self {
        (self.before, self.after) = (before, after);
        self
    }
}

/// What an act comes to: its answer and at least one record.
#[derive(Debug)]
pub struct Done<T> {
    /// The answer.
    pub value: T,
    /// The first record.
    pub record: Draft,
    /// Others, where it did several things.
    pub more: Vec<Draft>,
    /// Whether what was done is to keep count of a refusal: its records say so.
    pub refused: bool,
}

impl<T> Done<T> {
    /// One act, one record.
    pub fn new(value: T, record: Draft) -> Self {
        Self { value, record, more: Vec::new(), refused: false }
    }

    /// A refusal that leaves something behind, such as the count of wrong passwords.
    pub fn refusal(value: T, record: Draft) -> Self {
        Self { refused: true, ..Self::new(value, record) }
    }
}

/// The transaction that an act runs in.
pub struct Unit {
    conn: PoolConnection<Any>,
    /// The instant of the act, by the store's clock and never before that of the record before it.
    pub now: ServerTime,
    /// Which database.
    pub backend: Backend,
    /// Number that the first record of the act will have in the trail.
    pub record: u64,
}

impl Unit {
    /// The connection.
    pub fn conn(&mut self) -> &mut AnyConnection {
        &mut self.conn
    }
}

/// An act as the queue holds it.
pub(super) type Work =
    Box<dyn for<'a> FnOnce(&'a mut Unit) -> BoxFuture<'a, Result<Done<String>, Error>> + Send>;

pub(super) enum Task {
    /// An act; refused, it is recorded as the draft says.
    Act(Draft, Work),
    /// Only a record.
    Record(Draft, Outcome),
}

pub(super) struct Job {
    pub context: Context,
    pub task: Task,
    pub answer: oneshot::Sender<Result<String, Error>>,
}

/// Runs until all senders are gone.
pub(super) async fn run(pool: AnyPool, backend: Backend, clock: Clock, mut queue: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(MOST);
    while queue.recv_many(&mut jobs, MOST).await > 0 {
        let (tasks, answers): (Vec<_>, Vec<_>) =
            jobs.drain(..).map(|job| ((job.context, job.task), job.answer)).unzip();
        let count = answers.len();
        let results = batch(&pool, backend, &clock, tasks).await.unwrap_or_else(|error| {
            let error = error.to_string();
            (0..count).map(|_| Err(Error::Unwritten(error.clone()))).collect()
        });
        for (answer, result) in answers.into_iter().zip(results) {
            // Who asked may be gone; the act stands all the same.
            drop(answer.send(result));
        }
    }
    pool.close().await;
}

type Results = Vec<Result<String, Error>>;

async fn batch(
    pool: &AnyPool,
    backend: Backend,
    clock: &Clock,
    tasks: Vec<(Context, Task)>,
) -> Result<Results, Error> {
    let conn = pool.acquire().await?;
    let mut unit = Unit { conn, now: clock(), backend, record: 0 };
    unit.conn().execute(backend.begin()).await?;
    match inside(&mut unit, clock, tasks).await {
        Ok(results) => {
            unit.conn().execute("COMMIT").await?;
            Ok(results)
        }
        Err(error) => {
            if unit.conn().execute("ROLLBACK").await.is_err() {
                // Its transaction is open: nobody may use this connection again.
                unit.conn.detach();
            }
            Err(error)
        }
    }
}

async fn inside(unit: &mut Unit, clock: &Clock, tasks: Vec<(Context, Task)>) -> Result<Results, Error> {
    let (mut head, mut last) = read_head(unit).await?;
    let mut entries = Vec::with_capacity(tasks.len());
    let mut results = Vec::with_capacity(tasks.len());
    for (context, task) in tasks {
        unit.now = clock().max(last);
        last = unit.now;
        unit.record = head.seq + 1;
        let (result, drafts) = match task {
            Task::Record(draft, outcome) => (Ok("null".to_owned()), vec![(draft, outcome)]),
            Task::Act(attempt, work) => act(unit, &context, attempt, work).await?,
        };
        for (draft, outcome) in drafts {
            entries.push(head.append(record(unit.now, &context, draft, outcome)));
        }
        results.push(result);
    }
    write_trail(unit, &entries).await?;
    if let Some(entry) = entries.last() {
        sqlx::query("UPDATE trail_head SET seq = $1, at = $2, digest = $3 WHERE one = 1")
            .bind(entry.record.seq as i64)
            .bind(entry.record.at.time().0)
            .bind(entry.digest.to_string())
            .execute(unit.conn())
            .await?;
    }
    Ok(results)
}

/// Runs one act under a savepoint. The outer error is one of the transaction itself.
async fn act(
    unit: &mut Unit,
    context: &Context,
    attempt: Draft,
    work: Work,
) -> Result<(Result<String, Error>, Vec<(Draft, Outcome)>), Error> {
    if let Some(request) = &context.request
        && let Some((digest, body)) = answered(unit, &context.who.account, &request.key).await?
    {
        // What was done once is not done again, and its record stands already.
        if digest == request.digest {
            return Ok((Ok(body), Vec::new()));
        }
        let draft = attempt.why(Error::KeyReused.codes());
        return Ok((Err(Error::KeyReused), vec![(draft, Outcome::Refused)]));
    }
    unit.conn().execute("SAVEPOINT act").await?;
    match work(unit).await {
        Ok(Done { value, record, more, refused }) => {
            if let Some(request) = &context.request {
                remember(unit, &context.who.account, request, &value).await?;
            }
            unit.conn().execute("RELEASE SAVEPOINT act").await?;
            let outcome = if refused { Outcome::Refused } else { Outcome::Done };
            let drafts = std::iter::once(record).chain(more).map(|draft| (draft, outcome)).collect();
            Ok((Ok(value), drafts))
        }
        Err(error) => {
            unit.conn().execute("ROLLBACK TO SAVEPOINT act").await?;
            unit.conn().execute("RELEASE SAVEPOINT act").await?;
            let draft = attempt.why(error.codes());
            Ok((Err(error), vec![(draft, Outcome::Refused)]))
        }
    }
}

fn record(now: ServerTime, context: &Context, draft: Draft, outcome: Outcome) -> Record {
    Record {
        seq: 0,
        at: now,
        who: context.who.clone(),
        from: context.from.clone(),
        act: draft.act,
        outcome,
        on: draft.on,
        before: draft.before,
        after: draft.after,
        why: draft.why,
    }
}

async fn answered(unit: &mut Unit, account: &str, key: &str) -> Result<Option<(String, String)>, Error> {
    let row = sqlx::query("SELECT digest, body FROM answered WHERE account = $1 AND request = $2")
        .bind(account)
        .bind(key)
        .fetch_optional(unit.conn())
        .await?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
}

async fn remember(unit: &mut Unit, account: &str, request: &Request, body: &str) -> Result<(), Error> {
    let now = unit.now.time().0;
    sqlx::query("INSERT INTO answered (account, request, digest, body, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(account)
        .bind(request.key.as_str())
        .bind(request.digest.as_str())
        .bind(body)
        .bind(now)
        .execute(unit.conn())
        .await?;
    Ok(())
}

/// The end of the trail, held against other programs until the commit.
async fn read_head(unit: &mut Unit) -> Result<(Head, ServerTime), Error> {
    let text = match unit.backend {
        Backend::Sqlite => "SELECT seq, at, digest FROM trail_head WHERE one = 1",
        Backend::Postgres => "SELECT seq, at, digest FROM trail_head WHERE one = 1 FOR UPDATE",
    };
    let row = sqlx::query(text).fetch_one(unit.conn()).await?;
    let digest: String = row.try_get(2)?;
    let digest = Digest::parse(&digest).ok_or_else(|| Error::Stored("digest of the trail's head".into()))?;
    let head = Head { seq: row.try_get::<i64, _>(0)? as u64, digest };
    Ok((head, ServerTime::from_store(Time(row.try_get(1)?))))
}

async fn write_trail(unit: &mut Unit, entries: &[Entry]) -> Result<(), Error> {
    let mut rest = entries;
    while !rest.is_empty() {
        let size = ROWS.into_iter().find(|&size| size <= rest.len()).unwrap_or(1);
        let (now, later) = rest.split_at(size);
        rest = later;
        let text = insert(size);
        let mut query = sqlx::query(AssertSqlSafe(text));
        for Entry { record, previous, digest } in now {
            query = query
                .bind(record.seq as i64)
                .bind(record.at.time().0)
                .bind(record.who.account.as_str())
                .bind(record.who.organisation.as_str())
                .bind(record.who.role.as_str())
                .bind(record.from.as_str())
                .bind(record.act.as_str())
                .bind(record.outcome.name())
                .bind(record.on.kind.as_str())
                .bind(record.on.id.as_str())
                .bind(record.before.as_deref())
                .bind(record.after.as_deref())
                .bind(record.why.as_str())
                .bind(previous.to_string())
                .bind(digest.to_string());
        }
        query.execute(unit.conn()).await?;
    }
    Ok(())
}

/// `INSERT` of so many records.
fn insert(rows: usize) -> String {
    const COLUMNS: usize = 15;
    let mut text =
        "INSERT INTO trail (seq, at, account, organisation, role, origin, act, outcome, kind, object, \
                    was, became, why, previous, digest) VALUES "
            .to_owned();
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..COLUMNS {
            let comma = if column == 0 { "" } else { ", " };
            let _ = write!(text, "{comma}${}", row * COLUMNS + column + 1);
        }
        text.push(')');
    }
    text
}
