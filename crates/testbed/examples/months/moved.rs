//! A server whose clock the story moves. It lives only while the months are filled in; what serves the folder afterwards has no such clock.

use mingcha_casework::{
    clock::ServerTime,
    docket::Docket,
    facts::{Department, Role},
    signin::Cost,
    store::{
        Clock, Context,
        accounts::{Body, NewAccount, Profile},
    },
    trail::Who,
};
use mingcha_model::Time;
use mingcha_server::{Config, Rate, Running, start_by};
use mingcha_testbed::demo;
use serde_json::Value;
use std::{error::Error, sync::Arc, time::Duration};
use tokio::{runtime::Handle, task::spawn_blocking};

/// Why the folder was not filled.
type Fault = Box<dyn Error + Send + Sync>;

/// A working day, which a session of the story lasts: everybody signs in anew every day.
const WORKDAY: i64 = 12 * 3600;

/// Sets the folder of a configuration up and fills it; nothing is in it yet. Clues are as they are handed over. Returns what
/// was refused on the way.
pub async fn fill(config: Config, clues: Vec<Value>) -> Result<Vec<demo::Refused>, Fault> {
    let hands = demo::Hands::default();
    hands.move_to(demo::first_instant());
    let clock: Clock = {
        let hands = hands.clone();
        Arc::new(move || ServerTime::from_store(Time(hands.read())))
    };
    let running = start_by(hurried(config), clock).await?;
    let filled = told(&running, hands, clues).await;
    running.stop().await?;
    filled
}

/// What a person does in a day is done in a second: nobody is told to wait, and hashes are cheap until the next sign-in renews them.
fn hurried(mut config: Config) -> Config {
    config.listen.set_port(0);
    let rate = Rate { per_second: 1e9, burst: 1e9 };
    (config.rates.address, config.rates.account, config.rates.sign_in) = (rate, rate, rate);
    (config.session.idle, config.session.longest) = (WORKDAY, WORKDAY);
    config.cost = Cost { memory: 1024, passes: 1 };
    // A part of the clues that are handed over, with all that they stand on.
    config.body_bytes = 4 << 20;
    // Time passes when the story moves it.
    config.turn = Duration::from_hours(24);
    config
}

async fn told(running: &Running, hands: demo::Hands, clues: Vec<Value>) -> Result<Vec<demo::Refused>, Fault> {
    begun(running).await?;
    let (docket, address, handle) = (running.app.docket.clone(), running.address, Handle::current());
    let story = move || {
        demo::months(address, clues, &mut |instant| {
            hands.move_to(instant);
            handle.block_on(passed(&docket)).map_err(|error| format!("time does not pass: {error}"))
        })
    };
    Ok(spawn_blocking(story).await??)
}

/// Enters the breaches of limits that ended since the clock was moved last.
async fn passed(docket: &Docket) -> Result<(), mingcha_casework::store::Error> {
    loop {
        let who = Who { account: String::new(), organisation: String::new(), role: "server".to_owned() };
        if docket.pass_time(Context::new(who, "server")).await?.matters == 0 {
            return Ok(());
        }
    }
}

/// The first bureau with its three administrators.
async fn begun(running: &Running) -> Result<(), Fault> {
    let roles = [Role::SystemAdministrator, Role::SecurityAdministrator, Role::Auditor];
    let mut three = Vec::with_capacity(roles.len());
    for ((account, certno), role) in demo::administrators().into_iter().zip(roles) {
        let password = running.app.desk.hash(account, demo::FIRST_PASSWORD.to_owned()).await?;
        let profile = Profile { role, clearance: 1, certificate: None, certificate_until: None };
        let person = running.app.desk.person(&certno);
        three.push(NewAccount { id: account.to_owned(), person, profile, password, must_change: false });
    }
    let three: [NewAccount; 3] = three.try_into().map_err(|_| "three administrators")?;
    let (id, title, region) = demo::FIRST_BUREAU;
    let first = Body {
        id: id.to_owned(),
        title: title.to_owned(),
        region: region.to_owned(),
        department: Department::Insurance,
        fixmedins_code: None,
        version: 0,
    };
    Ok(running.app.store.begin("console", first, three).await?)
}
