//! The database behind an address: SQLite or PostgreSQL, opened with what each needs to lose nothing that was acknowledged.

use super::Error;
use sqlx::{
    AnyConnection, AnyPool, AssertSqlSafe, Connection as _, Executor as _, Row as _, any::AnyPoolOptions,
};
use std::time::Duration;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// One file on this machine.
    Sqlite,
    /// A server for many users.
    Postgres,
}

impl Backend {
    /// By address: `sqlite:` or `postgres:`.
    pub fn of(address: &str) -> Option<Self> {
        if address.starts_with("sqlite:") {
            Some(Self::Sqlite)
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            Some(Self::Postgres)
        } else {
            None
        }
    }

    /// What a transaction that writes begins with. SQLite takes its one lock at once, so that it never has to give a read up halfway.
    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// How many connections serve reads. SQLite's work on the machine's own cores: more than keep those busy make each other wait.
    fn readers(self) -> u32 {
        match self {
            Self::Sqlite => {
                std::thread::available_parallelism().map_or(4, |cores| 2 * cores.get() as u32).max(4)
            }
            Self::Postgres => 8,
        }
    }
}

/// A connection that rested for so long may be gone, and is asked first.
const RESTED: Duration = Duration::from_secs(2);

/// What connections are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Whatever would change anything is an error.
    Read,
    /// The writer, a migration, a copy that is restored.
    Write,
}

/// Opens a pool.
pub(super) async fn open(address: &str, what: Use) -> Result<(AnyPool, Backend), Error> {
    sqlx::any::install_default_drivers();
    let backend = Backend::of(address)
        .ok_or_else(|| Error::invalid("database", "数据库地址须以 sqlite: 或者 postgres: 开头"))?;
    let options = AnyPoolOptions::new()
        .max_connections(backend.readers())
        .acquire_timeout(Duration::from_secs(30))
        // A connection in steady use is not asked every time whether it is still there.
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move { Ok(meta.idle_for < RESTED || conn.ping().await.is_ok()) })
        });
    let options = match backend {
        Backend::Sqlite => options.after_connect(move |conn, _| {
            Box::pin(async move {
                // The writer empties the log itself.
                conn.execute(
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                     PRAGMA busy_timeout = 20000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 0;",
                )
                .await?;
                if what == Use::Read {
                    conn.execute("PRAGMA query_only = ON").await?;
                }
                Ok(())
            })
        }),
        Backend::Postgres => options.after_connect(move |conn, _| {
            Box::pin(async move {
                // Statements here are short; to compile one costs more than it saves.
                conn.execute("SET jit = off").await?;
                if what == Use::Read {
                    conn.execute("SET default_transaction_read_only = on").await?;
                }
                Ok(())
            })
        }),
    };
    Ok((options.connect(address).await?, backend))
}

/// Each form of the store in turn: what brings the one before to it.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("../../migrations/0001_begin.sql")];

/// The form that this program knows.
pub const FORM: i64 = MIGRATIONS.len() as i64;

/// The form that a database is in, 0 where it is empty.
pub(super) async fn form(conn: &mut AnyConnection, backend: Backend) -> Result<i64, Error> {
    let known = match backend {
        Backend::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'store_form'",
        Backend::Postgres => {
            "SELECT COUNT(*) FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = 'store_form'"
        }
    };
    let known: i64 = sqlx::query(known).fetch_one(&mut *conn).await?.try_get(0)?;
    if known == 0 {
        return Ok(0);
    }
    Ok(sqlx::query("SELECT COALESCE(MAX(form), 0) FROM store_form")
        .fetch_one(&mut *conn)
        .await?
        .try_get(0)?)
}

/// Brings a database to the form of this program, in one transaction; returns the forms before and after.
pub(super) async fn migrate(conn: &mut AnyConnection, backend: Backend) -> Result<(i64, i64), Error> {
    conn.execute(backend.begin()).await?;
    let done = forward(conn, backend).await;
    conn.execute(if done.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    done
}

async fn forward(conn: &mut AnyConnection, backend: Backend) -> Result<(i64, i64), Error> {
    if backend == Backend::Postgres {
        // Two programs that start at once: the second waits here and then finds nothing left to do.
        conn.execute("SELECT CAST(pg_advisory_xact_lock(7246021) AS TEXT)").await?;
    }
    conn.execute("CREATE TABLE IF NOT EXISTS store_form (form BIGINT PRIMARY KEY)").await?;
    let before = form(conn, backend).await?;
    if before > FORM {
        return Err(Error::Stored(format!("form {before}, newer than {FORM} of this program")));
    }
    for (number, text) in MIGRATIONS.iter().enumerate().skip(usize::try_from(before).unwrap_or(0)) {
        for statement in statements(text) {
            conn.execute(AssertSqlSafe(statement)).await?;
        }
        sqlx::query("INSERT INTO store_form (form) VALUES ($1)")
            .bind(number as i64 + 1)
            .execute(&mut *conn)
            .await?;
    }
    Ok((before, FORM))
}

/// The statements of a migration: comments off, split where a line ends in `;`.
fn statements(text: &str) -> Vec<String> {
    let plain: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    plain.join("\n").split(";\n").map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// Whether the database answers.
pub(super) async fn ping(pool: &AnyPool) -> Result<(), Error> {
    Ok(pool.acquire().await?.ping().await?)
}
