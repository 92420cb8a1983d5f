//! What the server does by itself, turn by turn while it runs: time passes for matters nobody looks at, what old keys seal is sealed
//! under the current one, and what other departments delivered is deleted when its day is over.

use crate::App;
use mingcha_casework::{
    docket::Passed,
    policy::{OpenInformant, OpenPersonalData},
    store::{Context, Error},
    trail::Who,
    vault::Kept,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::watch,
    task::{self, JoinHandle},
    time,
};

/// Batches of sealed values of one turn.
const BATCHES: u32 = 10;

/// What its turns came to since the start.
#[derive(Default)]
pub struct Turns {
    /// Turns that were taken.
    pub taken: AtomicU64,
    /// Turns in which something failed.
    pub failed: AtomicU64,
    /// Breaches that were entered.
    pub breaches: AtomicU64,
}

/// The task, until it is stopped.
pub struct Tasks {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Tasks {
    /// Begins with a turn at once.
    pub fn start(app: Arc<App>) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(run(app, stopped)) }
    }

    /// Ends after the step that is under way; what it did stays, what it did not the next start does.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // A task that panicked has left its place in the log.
        drop(self.task.await);
    }
}

/// Whom the trail names for what nobody asked for.
pub fn context() -> Context {
    let who = Who { account: String::new(), organisation: String::new(), role: "server".to_owned() };
    Context::new(who, "server")
}

async fn run(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    let period = app.config.turn;
    while !over(&stopped) {
        turn(&app, &stopped).await;
        if !waited(period, &mut stopped).await {
            break;
        }
    }
}

fn over(stopped: &watch::Receiver<bool>) -> bool {
    *stopped.borrow()
}

/// Waits for the next turn; `false` where it was stopped instead.
async fn waited(period: Duration, stopped: &mut watch::Receiver<bool>) -> bool {
    time::timeout(period, stopped.changed()).await.is_err()
}

async fn turn(app: &App, stopped: &watch::Receiver<bool>) {
    let turns = &app.metrics.turns;
    turns.taken.fetch_add(1, Ordering::Relaxed);
    let passed = pass_time(app, stopped).await;
    let intake = Arc::clone(&app.intake);
    let swept = task::spawn_blocking(move || intake.sweep()).await.unwrap_or_else(|_| Ok(0)).map(drop);
    let sealed = match reseal::<OpenPersonalData>(app, stopped).await {
        Ok(()) => reseal::<OpenInformant>(app, stopped).await,
        failed => failed,
    };
    let factors = reseal_sign_in(app, stopped).await;
    let expired = app.docket.expire_deliveries(context()).await.map(drop);
    let turned = [
        ("pass_time", passed),
        ("reseal", sealed),
        ("reseal_sign_in", factors),
        ("sweep", swept),
        ("expire_deliveries", expired),
    ];
    for (what, done) in turned {
        if let Err(error) = done {
            turns.failed.fetch_add(1, Ordering::Relaxed);
            tracing::error!(
                what,
                error = error.code(),
                kind = error.kind(),
                "a turn failed and is tried again at the next one"
            );
        }
    }
}

/// Seals a few batches anew; the rest waits for the next turn, so that nobody waits for it.
async fn reseal<D: Kept>(app: &App, stopped: &watch::Receiver<bool>) -> Result<(), Error> {
    for _ in 0..BATCHES {
        if over(stopped) || app.store.reseal::<D>(context(), &app.docket.vaults).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// The same for second factors, which somebody may have set up while the key changed.
async fn reseal_sign_in(app: &App, stopped: &watch::Receiver<bool>) -> Result<(), Error> {
    let Some(key) = app.store.sign_in_key().await? else { return Ok(()) };
    let vault = app.desk.vault_with(Some(&key)).map_err(|error| Error::Keys(error.to_string()))?;
    for _ in 0..BATCHES {
        if over(stopped) || app.store.reseal_sign_in(context(), Arc::clone(&vault)).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// Enters all breaches that are due, part by part.
async fn pass_time(app: &App, stopped: &watch::Receiver<bool>) -> Result<(), Error> {
    while !over(stopped) {
        let Passed { matters, breaches } = app.docket.pass_time(context()).await?;
        app.metrics.turns.breaches.fetch_add(breaches, Ordering::Relaxed);
        if matters == 0 {
            break;
        }
    }
    Ok(())
}
