//! What the store promises, on both databases: an act and its record together or not at all, once, and in one chain.

use super::{Clock, Context, Done, Draft, Error, Request, Store, Unit, machine_clock};
use crate::{
    clock::ServerTime,
    trail::{self, Entry, Outcome, Who, Witness},
};
use mingcha_model::Time;
use mingcha_testbed::postgres::Postgres;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Runs the same body on an empty SQLite and on an empty PostgreSQL.
pub(crate) async fn on_both<F: AsyncFn(Store, String)>(clock: Clock, body: F) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = format!("sqlite:{}/store.db?mode=rwc", folder.path().display());
    let server = Postgres::start();
    for address in [file, server.database("store")] {
        assert_eq!(Store::migrate(&address).await.expect("migrated"), (0, super::FORM));
        let store = Store::open(&address, Arc::clone(&clock)).await.expect("opened");
        body(store, address).await;
    }
}

fn context(account: &str) -> Context {
    let who = Who { account: account.into(), organisation: "o-1".into(), role: "handler".into() };
    Context::new(who, "127.0.0.1")
}

async fn all(store: &Store) -> Vec<Entry> {
    let mut entries = Vec::new();
    loop {
        let page = store.trail_after(entries.len() as u64).await.expect("read");
        if page.is_empty() {
            return entries;
        }
        entries.extend(page);
    }
}

/// Counts a series up; refuses from ten on.
async fn count(unit: &mut Unit) -> Result<Done<i64>, Error> {
    let text = "INSERT INTO series (series, year, last) VALUES ('案', 2026, 1) \
                ON CONFLICT (series, year) DO UPDATE SET last = series.last + 1 RETURNING last";
    let last: i64 = sqlx::query_scalar(text).fetch_one(unit.conn()).await?;
    if last > 10 {
        return Err(Error::Denied("full".into()));
    }
    Ok(Done::new(last, Draft::new("count", "series", "案")))
}

fn counting(store: &Store, context: Context) -> impl Future<Output = Result<i64, Error>> {
    store.write(context, Draft::new("count", "series", "案"), |unit| Box::pin(count(unit)))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_and_its_record_stand_together_and_a_refusal_leaves_only_its_record() {
    on_both(machine_clock(), async |store, address| {
        let answers = futures::future::join_all((0..40).map(|_| counting(&store, context("a-1")))).await;
        let done: Vec<i64> = answers.iter().filter_map(|answer| answer.as_ref().ok().copied()).collect();
        assert_eq!(done, (1..=10).collect::<Vec<_>>(), "in the order in which they came: {address}");
        let refused = answers.iter().filter(|answer| matches!(answer, Err(Error::Denied(_)))).count();
        assert_eq!(refused, 30);
        let last: i64 =
            sqlx::query_scalar("SELECT last FROM series").fetch_one(&store.pool).await.expect("one row");
        assert_eq!(last, 10, "what was refused was undone");

        let entries = all(&store).await;
        let outcomes = |outcome| entries.iter().filter(|entry| entry.record.outcome == outcome).count();
        assert_eq!((outcomes(Outcome::Done), outcomes(Outcome::Refused)), (10, 30));
        let report = trail::verify(
            entries,
            &Witness { head: Some(store.anchor().await.expect("an anchor")), ..Witness::default() },
        );
        assert_eq!(report.faults, []);
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_can_change_nothing() {
    on_both(machine_clock(), async |store, address| {
        counting(&store, context("a-1")).await.expect("done");
        let mut reader = store.reader().await.expect("a connection");
        for text in ["UPDATE series SET last = 9", "DELETE FROM trail", "CREATE TABLE mine (one BIGINT)"] {
            sqlx::query(text).execute(&mut *reader).await.expect_err(&address);
        }
        drop(reader);
        let last: i64 =
            sqlx::query_scalar("SELECT last FROM series").fetch_one(&store.pool).await.expect("one row");
        assert_eq!((last, all(&store).await.len()), (1, 1));
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_acts_once_and_is_answered_twice() {
    on_both(machine_clock(), async |store, _| {
        let request = |digest: &str| {
            let request = Some(Request { key: "k-1".into(), digest: digest.into() });
            Context { request, ..context("a-1") }
        };
        let (first, second) =
            futures::future::join(counting(&store, request("x")), counting(&store, request("x"))).await;
        assert_eq!((first.expect("done"), second.expect("the same answer")), (1, 1));
        assert_eq!(all(&store).await.len(), 1, "nothing was done the second time");
        assert!(matches!(counting(&store, request("y")).await, Err(Error::KeyReused)));
        let other = Context { request: request("x").request, ..context("a-2") };
        assert_eq!(counting(&store, other).await.expect("another account's key is another key"), 2);
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_that_cannot_be_recorded_does_not_happen() {
    on_both(machine_clock(), async |store, _| {
        assert_eq!(counting(&store, context("a-1")).await.expect("done"), 1);
        // Somebody has put a record where the next one belongs.
        sqlx::query("INSERT INTO trail SELECT seq + 1, at, account, organisation, role, origin, act, outcome, kind, object, was, became, why, previous, digest FROM trail")
            .execute(&mut store.by_hand().await)
            .await
            .expect("put in");
        assert!(matches!(counting(&store, context("a-1")).await, Err(Error::Unwritten(_))));
        let last: i64 = sqlx::query_scalar("SELECT last FROM series").fetch_one(&store.pool).await.expect("one row");
        assert_eq!(last, 1);
        let witness = Witness { head: Some(store.anchor().await.expect("an anchor")), ..Witness::default() };
        assert_ne!(trail::verify(all(&store).await, &witness).faults, [], "and the stranger is found");
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_in_the_trail_never_runs_backwards_and_two_programs_share_one_chain() {
    let instant = Arc::new(AtomicI64::new(1_000));
    let clock: Clock = {
        let instant = Arc::clone(&instant);
        Arc::new(move || ServerTime::from_store(Time(instant.load(Ordering::Relaxed))))
    };
    on_both(Arc::clone(&clock), async |store, address| {
        instant.store(1_000, Ordering::Relaxed);
        let other = Store::open(&address, Arc::clone(&clock)).await.expect("opened");
        counting(&store, context("a-1")).await.expect("done");
        instant.store(900, Ordering::Relaxed);
        let both = (0..8).map(|turn| counting(if turn % 2 == 0 { &store } else { &other }, context("a-1")));
        for answer in futures::future::join_all(both).await {
            answer.expect("done");
        }
        let entries = all(&store).await;
        assert_eq!(entries.len(), 9);
        assert!(entries.iter().all(|entry| entry.record.at.time() == Time(1_000)));
        assert_eq!(trail::verify(entries, &Witness::default()).faults, []);
        other.close().await;
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_another_form_is_not_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("sqlite:{}/store.db?mode=rwc", folder.path().display());
    assert!(matches!(Store::open(&address, machine_clock()).await, Err(Error::Stored(_))), "empty");
    Store::migrate(&address).await.expect("migrated");
    assert_eq!(Store::migrate(&address).await.expect("nothing to do"), (super::FORM, super::FORM));
    let store = Store::open(&address, machine_clock()).await.expect("opened");
    sqlx::query("INSERT INTO store_form (form) VALUES (999)")
        .execute(&mut store.by_hand().await)
        .await
        .expect("from the future");
    store.close().await;
    assert!(matches!(Store::open(&address, machine_clock()).await, Err(Error::Stored(_))));
    assert!(matches!(Store::migrate(&address).await, Err(Error::Stored(_))));
}
