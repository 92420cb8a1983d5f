//! The store: matters, accounts and the trail in one database, SQLite or PostgreSQL by its address.
//!
//! Reads run beside each other; every write goes through the one `writer`, with its record.

pub mod accounts;
pub mod backup;
pub mod commissions;
mod database;
mod error;
pub(crate) mod sealed;
pub mod sessions;
pub mod sign_in_keys;
#[cfg(test)]
pub(crate) mod tests;
mod trail;
mod writer;

pub use database::{Backend, FORM};
pub use error::{Error, Told};
pub use sealed::KeysInUse;
pub use trail::TrailQuery;
pub use writer::{Context, Done, Draft, Request, Unit};

use crate::{
    clock::ServerTime,
    trail::{Outcome, Who},
};
use database::Use;
use futures::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Any, AnyPool, pool::PoolConnection};
use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::sync::{mpsc, oneshot};
use writer::{Job, Task, Work};

/// Where the store's instants come from. Tests set their own; everything else takes the machine's.
pub type Clock = Arc<dyn Fn() -> ServerTime + Send + Sync>;

/// The machine's clock.
pub fn machine_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        ServerTime::from_utc(since.as_secs() as i64)
    })
}

/// An open store.
pub struct Store {
    pool: AnyPool,
    backend: Backend,
    clock: Clock,
    queue: mpsc::Sender<Job>,
    /// Comes when the writer has ended.
    ended: oneshot::Receiver<()>,
}

impl Store {
    /// Opens a database that has the form of this program; [`Store::migrate`] brings it there.
    pub async fn open(address: &str, clock: Clock) -> Result<Self, Error> {
        let (pool, backend) = database::open(address, Use::Read).await?;
        let mut conn = pool.acquire().await?;
        let form = database::form(&mut conn, backend).await?;
        drop(conn);
        if form != FORM {
            return Err(Error::Stored(format!("form {form}, not {FORM}; run `mingcha migrate`")));
        }
        let (queue, jobs) = mpsc::channel(writer::QUEUE);
        let ended = writer::start(address, Arc::clone(&clock), jobs).await?;
        Ok(Self { pool, backend, clock, queue, ended })
    }

    /// Brings a database to the form of this program, from nothing where it is empty; returns the forms before and after.
    pub async fn migrate(address: &str) -> Result<(i64, i64), Error> {
        let (pool, backend) = database::open(address, Use::Write).await?;
        let mut conn = pool.acquire().await?;
        let forms = database::migrate(&mut conn, backend).await;
        drop(conn);
        pool.close().await;
        forms
    }

    /// Ends what is under way and closes.
    pub async fn close(self) {
        drop(self.queue);
        // A writer that failed has told so to whoever waited on it.
        drop(self.ended.await);
        self.pool.close().await;
    }

    /// A connection for reading.
    pub(crate) async fn reader(&self) -> Result<PoolConnection<Any>, Error> {
        Ok(self.pool.acquire().await?)
    }

    /// A connection for whoever alters the store behind its back.
    #[cfg(test)]
    pub(crate) async fn by_hand(&self) -> sqlx::AnyConnection {
        use sqlx::Executor as _;
        let mut conn = self.pool.acquire().await.expect("a connection").detach();
        let writable = match self.backend {
            Backend::Sqlite => "PRAGMA query_only = OFF",
            Backend::Postgres => "SET default_transaction_read_only = off",
        };
        conn.execute(writable).await.expect("writable");
        conn
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        database::ping(&self.pool).await
    }

    /// Which database.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The instant now, by the store's clock.
    pub fn now(&self) -> ServerTime {
        (self.clock)()
    }

    /// Acts that wait for the writer.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Runs an act and answers once it and its record are on disk. `attempt` is what is recorded where it is refused.
    pub(crate) async fn write<T, F>(&self, context: Context, attempt: Draft, work: F) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned + 'static,
        F: for<'a> FnOnce(&'a mut Unit) -> BoxFuture<'a, Result<Done<T>, Error>> + Send + 'static,
    {
        let work: Work = Box::new(move |unit| {
            let work = work(unit);
            Box::pin(async move {
                let Done { value, record, more, refused } = work.await?;
                let value =
                    serde_json::to_string(&value).map_err(|error| Error::Stored(error.to_string()))?;
                Ok(Done { value, record, more, refused })
            })
        });
        let body = self.submit(context, Task::Act(attempt, work)).await?;
        serde_json::from_str(&body).map_err(|error| Error::Stored(error.to_string()))
    }

    /// Records that something was looked at; what was read may be handed out only once this has come back.
    pub(crate) async fn record_read(&self, context: Context, draft: Draft) -> Result<(), Error> {
        self.submit(context, Task::Record(draft, Outcome::Read)).await.map(drop)
    }

    /// Records an attempt that was refused before it came to the store.
    pub async fn record_refusal(&self, context: Context, draft: Draft) -> Result<(), Error> {
        self.submit(context, Task::Record(draft, Outcome::Refused)).await.map(drop)
    }

    /// Notes that a session is in use. The writer does it: SQLite lets in one that writes, and whoever comes beside one that never rests
    /// waits until it is given up.
    pub(crate) async fn record_seen(&self, who: Who, session: &str, at: i64) -> Result<(), Error> {
        self.submit(Context::new(who, ""), Task::Seen(session.to_owned(), at)).await.map(drop)
    }

    async fn submit(&self, context: Context, task: Task) -> Result<String, Error> {
        let (answer, answered) = oneshot::channel();
        self.queue.send(Job { context, task, answer }).await.map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }
}
