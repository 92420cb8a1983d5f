//! The one writer: acts wait in a queue, run one after another in one transaction, and are answered once it and their records are on disk.
//!
//! An act and its record stand or fall together: each act runs under a savepoint, a refusal rolls back to it and is recorded itself, and
//! where the records cannot be written nothing of the whole batch stays. Many acts share one commit, so a slow disk costs each little.

use super::{
    Backend, Clock, Error, accounts,
    database::{self, Use},
};
use crate::{
    clock::ServerTime,
    policy::{Actor, Kind},
    trail::{Digest, Entry, Head, Object, Outcome, Record, Who},
    words::Word as _,
};
use futures::future::BoxFuture;
use mingcha_model::Time;
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Executor as _, Row as _, pool::PoolConnection};
use std::{
    collections::HashMap,
    fmt::Write as _,
    time::{Duration, Instant},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

/// Most acts of one commit.
const MOST: usize = 256;
/// How long the log of SQLite may grow: a longer one makes every page that is read dearer, a shorter one has the disk work more often.
const EMPTIED_EVERY: Duration = Duration::from_secs(4);
/// Acts that may wait.
pub(super) const QUEUE: usize = 4096;
/// Rows that one statement takes.
const ROWS: [usize; 6] = [64, 16, 8, 4, 2, 1];

/// Who asks, from where, and under which key.
#[derive(Clone, Debug)]
pub struct Context {
    /// Account, organisation and role.
    pub who: Who,
    /// Address of the connection.
    pub from: String,
    /// What tells a repeated request from a new one.
    pub request: Option<Request>,
    /// The account as the store knew it when the request came, where it was asked then.
    pub(crate) seated: Option<Actor>,
}

impl Context {
    /// Without a key.
    pub fn new(who: Who, from: impl Into<String>) -> Self {
        Self { who, from: from.into(), request: None, seated: None }
    }

    /// Under a key.
    #[must_use]
    pub fn under(self, request: Request) -> Self {
        Self { request: Some(request), ..self }
    }
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
    /// Accounts that were asked for in this transaction, as they stand. No other program writes while it is open, for each takes the
    /// trail's head first.
    actors: HashMap<String, Actor>,
}

impl Unit {
    /// An account as the store knows it now.
    pub(crate) async fn actor(&mut self, id: &str) -> Result<Actor, Error> {
        if let Some(actor) = self.actors.get(id) {
            return Ok(actor.clone());
        }
        let today = self.now.time().date();
        let actor = accounts::actor(&mut self.conn, id, today).await?;
        self.actors.insert(id.to_owned(), actor.clone());
        Ok(actor)
    }

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
    /// The session of that digest was in use at that time: no act, so no record.
    Seen(String, i64),
}

pub(super) struct Job {
    pub context: Context,
    pub task: Task,
    pub answer: oneshot::Sender<Result<String, Error>>,
}

/// Starts the writer on a thread of its own: whoever writes waits for it, so it must not wait behind those who read. What comes back
/// comes when it has ended.
pub(super) async fn start(
    address: &str,
    clock: Clock,
    queue: mpsc::Receiver<Job>,
) -> Result<oneshot::Receiver<()>, Error> {
    let unstarted = |error: std::io::Error| Error::Unwritten(format!("the writer's thread: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(unstarted)?;
    let ((opened, waits), (end, ended)) = (oneshot::channel(), oneshot::channel());
    let address = address.to_owned();
    let work = async move {
        // Its connection lives and dies with the thread's own runtime.
        match database::open(&address, Use::Write).await {
            Ok((pool, backend)) => {
                drop(opened.send(Ok(())));
                run(pool, backend, clock, queue).await;
            }
            Err(error) => drop(opened.send(Err(error))),
        }
        _ = end.send(());
    };
    std::thread::Builder::new()
        .name("writer".into())
        .spawn(move || runtime.block_on(work))
        .map_err(unstarted)?;
    waits.await.map_err(|_| Error::Closed)??;
    Ok(ended)
}

/// Runs until all senders are gone.
async fn run(pool: AnyPool, backend: Backend, clock: Clock, mut queue: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(MOST);
    let mut log = (backend == Backend::Sqlite).then(|| Log::new(&pool));
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
        if let Some(log) = &mut log {
            log.tend().await;
        }
    }
    pool.close().await;
}

/// SQLite's log of what was written: whoever reads a page looks for it there first, and while anybody reads, SQLite by itself lets it grow.
struct Log {
    pool: AnyPool,
    emptied: Instant,
    /// The copying of it into the database, which runs beside acts.
    copying: Option<JoinHandle<()>>,
}

impl Log {
    fn new(pool: &AnyPool) -> Self {
        Self { pool: pool.clone(), emptied: Instant::now(), copying: None }
    }

    /// Copies the log into the database from time to time, and begins it anew when little is left to copy: for that, acts wait.
    async fn tend(&mut self) {
        match &self.copying {
            None if self.emptied.elapsed() > EMPTIED_EVERY => {
                let pool = self.pool.clone();
                self.copying = Some(tokio::spawn(async move { drop(checkpoint(&pool, "PASSIVE").await) }));
            }
            Some(copying) if copying.is_finished() => {
                // Where readers are in the way the next one does it.
                drop(checkpoint(&self.pool, "RESTART").await);
                (self.copying, self.emptied) = (None, Instant::now());
            }
            _ => {}
        }
    }
}

/// Waits for readers no longer than a list takes.
async fn checkpoint(pool: &AnyPool, kind: &'static str) -> Result<(), Error> {
    let mut conn = pool.acquire().await?;
    conn.execute("PRAGMA busy_timeout = 20").await?;
    let done = conn.execute(AssertSqlSafe(format!("PRAGMA wal_checkpoint({kind})"))).await;
    conn.execute("PRAGMA busy_timeout = 20000").await?;
    done?;
    Ok(())
}

type Results = Vec<Result<String, Error>>;

async fn batch(
    pool: &AnyPool,
    backend: Backend,
    clock: &Clock,
    tasks: Vec<(Context, Task)>,
) -> Result<Results, Error> {
    let (mut unit, begun) = opened(pool, backend, clock).await?;
    match inside(&mut unit, begun, clock, tasks).await {
        Ok(results) => Ok(results),
        Err(error) => {
            abandon(unit).await;
            Err(error)
        }
    }
}

/// A transaction with the end of the trail. A connection that the database has left in the meantime is replaced by another, once: nothing has
/// begun on it.
async fn opened(
    pool: &AnyPool,
    backend: Backend,
    clock: &Clock,
) -> Result<(Unit, (Head, ServerTime)), Error> {
    let mut left = false;
    loop {
        let conn = pool.acquire().await?;
        let mut unit = Unit { conn, now: clock(), backend, record: 0, actors: HashMap::new() };
        match begin(&mut unit).await {
            Ok(begun) => return Ok((unit, begun)),
            Err(Error::Database(error)) if !left && gone(&error) => {
                unit.conn.detach();
                left = true;
            }
            Err(error) => {
                abandon(unit).await;
                return Err(error);
            }
        }
    }
}

/// Whether the database has left a connection: it is broken, or PostgreSQL's last word on it was that the server goes down or comes up
/// (class 57P of its error codes).
fn gone(error: &sqlx::Error) -> bool {
    let database = error.as_database_error();
    database.is_none_or(|error| error.code().is_some_and(|code| code.starts_with("57P")))
}

/// Gives a transaction up. Where even that fails it is still open, and nobody may use its connection again.
async fn abandon(mut unit: Unit) {
    if unit.conn().execute("ROLLBACK").await.is_err() {
        unit.conn.detach();
    }
}

async fn inside(
    unit: &mut Unit,
    (mut head, mut last): (Head, ServerTime),
    clock: &Clock,
    tasks: Vec<(Context, Task)>,
) -> Result<Results, Error> {
    let mut answers = Answers::read(unit, keys(&tasks)).await?;
    let mut entries = Vec::with_capacity(tasks.len());
    let mut results = Vec::with_capacity(tasks.len());
    let mut open = false;
    for (context, task) in tasks {
        unit.now = clock().max(last);
        if unit.now.time().date() != last.time().date() {
            // What an account may do depends on the day.
            unit.actors.clear();
        }
        last = unit.now;
        unit.record = head.seq + 1;
        let (result, drafts) = match task {
            Task::Record(draft, outcome) => (Ok("null".to_owned()), vec![(draft, outcome)]),
            Task::Act(attempt, work) => act(unit, &mut answers, &mut open, &context, attempt, work).await?,
            Task::Seen(session, at) => {
                sqlx::query("UPDATE session SET seen = $1 WHERE digest = $2 AND seen < $1")
                    .bind(at)
                    .bind(session)
                    .execute(unit.conn())
                    .await?;
                (Ok("null".to_owned()), Vec::new())
            }
        };
        for (draft, outcome) in drafts {
            entries.push(head.append(record(unit.now, &context, draft, outcome)));
        }
        results.push(result);
    }
    answers.write(unit).await?;
    write_trail(unit, &entries).await?;
    commit(unit, entries.last()).await?;
    Ok(results)
}

/// Runs one act under a savepoint. The outer error is one of the transaction itself. `open` is whether the savepoint of the act before still
/// stands: it is given up in the same statement that makes the next.
async fn act(
    unit: &mut Unit,
    answers: &mut Answers,
    open: &mut bool,
    context: &Context,
    attempt: Draft,
    work: Work,
) -> Result<(Result<String, Error>, Vec<(Draft, Outcome)>), Error> {
    if let Some(request) = &context.request
        && let Some(Answered { digest, body, .. }) = answers.of(&context.who.account, &request.key)
    {
        // What was done once is not done again, and its record stands already.
        if *digest == request.digest {
            return Ok((Ok(body.clone()), Vec::new()));
        }
        let draft = attempt.why(Error::KeyReused.codes());
        return Ok((Err(Error::KeyReused), vec![(draft, Outcome::Refused)]));
    }
    unit.conn().execute(if *open { "RELEASE SAVEPOINT act; SAVEPOINT act" } else { "SAVEPOINT act" }).await?;
    *open = true;
    let about_matters = is_about_matters(&attempt);
    let done = work(unit).await;
    if !about_matters {
        // It may have changed accounts or organisations.
        unit.actors.clear();
    }
    match done {
        Ok(Done { value, record, more, refused }) => {
            if let Some(request) = &context.request {
                answers.add(&context.who.account, request, &value, unit.now.time().0);
            }
            let outcome = if refused { Outcome::Refused } else { Outcome::Done };
            let drafts = std::iter::once(record).chain(more).map(|draft| (draft, outcome)).collect();
            Ok((Ok(value), drafts))
        }
        Err(error) => {
            unit.conn().execute("ROLLBACK TO SAVEPOINT act").await?;
            let draft = attempt.why(error.codes());
            Ok((Err(error), vec![(draft, Outcome::Refused)]))
        }
    }
}

/// Whether an act is one on matters, which changes no account.
fn is_about_matters(attempt: &Draft) -> bool {
    let kind = attempt.on.kind.as_str();
    ["matter", "matters", "clues"].contains(&kind) || Kind::named(kind).is_some()
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

/// Accounts and keys of the acts.
fn keys(tasks: &[(Context, Task)]) -> Vec<(String, String)> {
    let acts = tasks.iter().filter(|(_, task)| matches!(task, Task::Act(..)));
    acts.filter_map(|(context, _)| Some((context.who.account.clone(), context.request.as_ref()?.key.clone())))
        .collect()
}

/// What repeated requests are answered with: read once for all acts of a transaction, and written once.
#[derive(Default)]
struct Answers {
    known: HashMap<(String, String), Answered>,
}

struct Answered {
    digest: String,
    body: String,
    /// When it was given, where it is new.
    new: Option<i64>,
}

impl Answers {
    async fn read(unit: &mut Unit, keys: Vec<(String, String)>) -> Result<Self, Error> {
        let mut answers = Self::default();
        let mut rest = keys.as_slice();
        while !rest.is_empty() {
            let (now, later) = sized(rest);
            rest = later;
            let pairs: Vec<String> = (0..now.len())
                .map(|at| format!("(account = ${} AND request = ${})", at * 2 + 1, at * 2 + 2))
                .collect();
            let text =
                format!("SELECT account, request, digest, body FROM answered WHERE {}", pairs.join(" OR "));
            let select = now.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |select, (account, key)| {
                select.bind(account.as_str()).bind(key.as_str())
            });
            let rows: Vec<(String, String, String, String)> = select.fetch_all(unit.conn()).await?;
            for (account, key, digest, body) in rows {
                answers.known.insert((account, key), Answered { digest, body, new: None });
            }
        }
        Ok(answers)
    }

    fn of(&self, account: &str, key: &str) -> Option<&Answered> {
        self.known.get(&(account.to_owned(), key.to_owned()))
    }

    fn add(&mut self, account: &str, request: &Request, body: &str, now: i64) {
        let answered = Answered { digest: request.digest.clone(), body: body.to_owned(), new: Some(now) };
        self.known.insert((account.to_owned(), request.key.clone()), answered);
    }

    async fn write(self, unit: &mut Unit) -> Result<(), Error> {
        let new: Vec<_> =
            self.known.into_iter().filter_map(|(key, one)| Some((key, one.new?, one))).collect();
        let mut rest = new.as_slice();
        while !rest.is_empty() {
            let (now, later) = sized(rest);
            rest = later;
            let text = insert("answered (account, request, digest, body, at)", 5, now.len());
            let mut query = sqlx::query(AssertSqlSafe(text));
            for ((account, key), at, Answered { digest, body, .. }) in now {
                query = query
                    .bind(account.as_str())
                    .bind(key.as_str())
                    .bind(digest.as_str())
                    .bind(body.as_str())
                    .bind(*at);
            }
            query.execute(unit.conn()).await?;
        }
        Ok(())
    }
}

/// Begins the transaction and takes the end of the trail, held against other programs until the commit: one message to the database for both.
async fn begin(unit: &mut Unit) -> Result<(Head, ServerTime), Error> {
    let text = match unit.backend {
        Backend::Sqlite => "BEGIN IMMEDIATE; SELECT seq, at, digest FROM trail_head WHERE one = 1",
        Backend::Postgres => "BEGIN; SELECT seq, at, digest FROM trail_head WHERE one = 1 FOR UPDATE",
    };
    let rows = unit.conn().fetch_all(text).await?;
    let row = rows.first().ok_or_else(|| Error::Stored("no head of the trail".into()))?;
    let digest: String = row.try_get(2)?;
    let digest = Digest::parse(&digest).ok_or_else(|| Error::Stored("digest of the trail's head".into()))?;
    let head = Head { seq: row.try_get::<i64, _>(0)? as u64, digest };
    Ok((head, ServerTime::from_store(Time(row.try_get(1)?))))
}

/// Moves the end of the trail to its last record and commits, again in one message: numbers and a digest need no binding.
async fn commit(unit: &mut Unit, last: Option<&Entry>) -> Result<(), Error> {
    let Some(Entry { record, digest, .. }) = last else {
        unit.conn().execute("COMMIT").await?;
        return Ok(());
    };
    let (seq, at) = (record.seq as i64, record.at.time().0);
    let text =
        format!("UPDATE trail_head SET seq = {seq}, at = {at}, digest = '{digest}' WHERE one = 1; COMMIT");
    unit.conn().execute(AssertSqlSafe(text)).await?;
    Ok(())
}

async fn write_trail(unit: &mut Unit, entries: &[Entry]) -> Result<(), Error> {
    let mut rest = entries;
    while !rest.is_empty() {
        let (now, later) = sized(rest);
        rest = later;
        let text = insert(TRAIL, 15, now.len());
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

/// The columns of a record.
const TRAIL: &str = "trail (seq, at, account, organisation, role, origin, act, outcome, kind, object, was, became, why, previous, digest)";

/// Splits off as many as one statement takes: the fewest different statements for any number of rows, since each is prepared once.
fn sized<T>(rest: &[T]) -> (&[T], &[T]) {
    let size = ROWS.into_iter().find(|&size| size <= rest.len()).unwrap_or(1);
    rest.split_at(size.min(rest.len()))
}

/// `INSERT` of so many rows of so many columns.
fn insert(into: &str, columns: usize, rows: usize) -> String {
    let mut text = format!("INSERT INTO {into} VALUES ");
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            let comma = if column == 0 { "" } else { ", " };
            let _ = write!(text, "{comma}${}", row * columns + column + 1);
        }
        text.push(')');
    }
    text
}
