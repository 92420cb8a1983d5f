//! Servers with a bureau and its people in them.

use crate::{accounts::account, client::Client};
use mingcha_casework::{
    clock::ServerTime,
    facts::{Department, Role},
    signin::{Cost, SessionToken},
    store::{
        Clock, Context,
        accounts::{Body, NewAccount, Profile},
        machine_clock,
        sessions::Opening,
    },
    trail::Who,
};
use mingcha_model::Time;
use mingcha_server::{
    Config, Rate, Running,
    claims::{
        BatchReport, BatchView, Claims, Institution, LakeTable, LakeVersion, LakeView, Mend, OwnLines, Peers,
        Portrait, PortraitQuery, Portrayed, Quarantine, Read, Refused, RefusedGroup, RunReport, RunView,
        Screened, Timeline,
    },
    start_by, start_with,
};
use mingcha_testbed::postgres::Postgres;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// The password that everybody begins with.
pub const PASSWORD: &str = "a river of nine stones";

/// Stands in every text of a victim's, so that an answer that holds it has crossed.
pub const MARK: &str = "标记";

/// Where every institution and practitioner of the marked lake is on record: in the region of the attacks' victim.
pub const PORTRAYED: (&str, &str) = ("H33010200001", "330102");

/// A lake that knows whatever it is asked for.
struct Marked;

fn marked_run() -> RunView {
    RunView {
        id: MARK.to_owned(),
        as_of: "2026-01-31".to_owned(),
        lake_version: 1,
        rules: 1,
        findings: 1,
        kinds: BTreeMap::new(),
        clues: 1,
        amount: 100,
        region: String::new(),
        damaged: false,
    }
}

fn marked_batch() -> BatchView {
    BatchView {
        id: MARK.to_owned(),
        at: 0,
        refused_whole: false,
        version: 1,
        files: Vec::new(),
        read: 1,
        quarantined: 1,
    }
}

impl Claims for Marked {
    fn status(&self) -> Read<LakeView> {
        let table = LakeTable { table: MARK.to_owned(), title: MARK.to_owned(), rows: 1, bytes: 1 };
        Ok(LakeView { there: true, version: 1, batches: 1, wants_compaction: false, tables: vec![table] })
    }
    fn versions(&self) -> Read<Vec<LakeVersion>> {
        let (made, batch) = ("import".to_owned(), Some(MARK.to_owned()));
        let (added, replaced, unchanged, refused) = (1, 0, 0, 1);
        Ok(vec![LakeVersion {
            version: 1,
            at: 0,
            made,
            batch,
            kept: true,
            added,
            replaced,
            unchanged,
            refused,
        }])
    }
    fn batches(&self) -> Read<Vec<BatchView>> {
        Ok(vec![marked_batch()])
    }
    fn batch(&self, _: &str) -> Read<BatchReport> {
        Ok(BatchReport { batch: marked_batch(), report: json!({}), titles: BTreeMap::new() })
    }
    fn quarantine(&self, _: &Refused) -> Read<Quarantine> {
        let group = RefusedGroup {
            table: MARK.to_owned(),
            table_title: MARK.to_owned(),
            column: String::new(),
            check: MARK.to_owned(),
            title: MARK.to_owned(),
            state: "open".to_owned(),
            rows: 1,
        };
        Ok(Quarantine { groups: vec![group], items: Vec::new(), total: 1, columns: Vec::new() })
    }
    fn to_mend(&self, _: &Refused) -> Read<String> {
        Ok(MARK.to_owned())
    }
    fn runs(&self) -> Read<Vec<RunView>> {
        Ok(vec![marked_run()])
    }
    fn run(&self, _: &str) -> Read<RunReport> {
        Ok(RunReport { run: marked_run(), by_rule: Vec::new(), empty_tables: BTreeMap::new() })
    }
    fn timeline(&self, _: &str, _: &str, _: &Value) -> Read<Timeline> {
        Ok(Timeline { kind: MARK.to_owned(), ..Timeline::default() })
    }
    fn peers(&self, _: &str, _: &str) -> Read<Peers> {
        Ok(Peers { own: MARK.to_owned(), ..Peers::default() })
    }
    fn person(&self, _: &str, _: &str) -> Read<Portrait> {
        Ok(Portrait { from: MARK.to_owned(), ..Portrait::default() })
    }
    fn mend(&self, mend: &Mend) -> Read<Option<String>> {
        let rows = mend.rows.iter().map(|row| format!("{}\n", row.place));
        let open = mend.rows.iter().all(|row| row.batch != "gone");
        Ok(open.then(|| std::iter::once("psn_no\n".to_owned()).chain(rows).collect()))
    }
    fn portrayed(&self, _: Portrayed, _: &str) -> Read<Vec<Institution>> {
        let (code, region) = PORTRAYED;
        Ok(vec![Institution { code: code.to_owned(), region: region.to_owned(), ..Institution::default() }])
    }
    fn portrait(&self, query: &PortraitQuery) -> Read<Portrait> {
        Ok(Portrait { from: format!("{MARK}{}", query.at.join("+")), ..Portrait::default() })
    }
    fn screened(&self, institution: &str, _: &OwnLines) -> Read<Screened> {
        Ok(Screened { run: MARK.to_owned(), as_of: institution.to_owned(), ..Screened::default() })
    }
}

/// A server that stops when it is told to; its folder goes with it.
pub struct Server {
    pub running: Running,
    pub folder: tempfile::TempDir,
}

/// Runs the same body on a server over SQLite and on one over PostgreSQL, both with the first three administrators.
pub async fn on_both<F: AsyncFn(&Server)>(change: impl Fn(&mut Config), body: F) {
    on_both_by(machine_clock(), change, body).await;
}

/// The same, by a clock of the test's own.
pub async fn on_both_by<F: AsyncFn(&Server)>(clock: Clock, change: impl Fn(&mut Config), body: F) {
    let postgres = Postgres::start();
    for database in [None, Some(postgres.database("served"))] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config(&folder);
        if let Some(database) = database {
            config.database = database;
        }
        change(&mut config);
        let running = start_by(config, Arc::clone(&clock)).await.expect("it starts");
        let server = Server { running, folder };
        begin(&server).await;
        body(&server).await;
        server.running.stop().await.expect("it stops");
    }
}

/// On SQLite alone, where the database makes no difference.
pub async fn on_sqlite<F: AsyncFn(&Server)>(change: impl Fn(&mut Config), body: F) {
    on_empty(change, async |server| {
        begin(server).await;
        body(server).await;
    })
    .await;
}

/// On SQLite, with nobody in it yet.
pub async fn on_empty<F: AsyncFn(&Server)>(change: impl Fn(&mut Config), body: F) {
    empty(None, change, body).await;
}

/// The same on PostgreSQL.
pub async fn on_empty_postgres<F: AsyncFn(&Server)>(change: impl Fn(&mut Config), body: F) {
    let postgres = Postgres::start();
    empty(Some(postgres.database("served")), change, body).await;
}

async fn empty<F: AsyncFn(&Server)>(database: Option<String>, change: impl Fn(&mut Config), body: F) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(&folder);
    if let Some(database) = database {
        config.database = database;
    }
    change(&mut config);
    let running = start_with(config, machine_clock(), Arc::new(Marked)).await.expect("it starts");
    let server = Server { running, folder };
    body(&server).await;
    server.running.stop().await.expect("it stops");
}

/// A clock that stands still until it is moved.
pub fn hand_clock(instant: &Arc<AtomicI64>) -> Clock {
    let instant = Arc::clone(instant);
    Arc::new(move || ServerTime::from_store(Time(instant.load(Ordering::Relaxed))))
}

/// Nobody is told to wait: what a test asks in a second no person does.
pub fn unbounded(config: &mut Config) {
    let rate = Rate { per_second: 1e9, burst: 1e9 };
    (config.rates.address, config.rates.account) = (rate, rate);
}

/// Any free port of this machine.
pub fn config(folder: &tempfile::TempDir) -> Config {
    let mut config = Config::in_folder(folder.path());
    config.listen.set_port(0);
    config.cost = Cost { memory: 64, passes: 1 };
    config
}

pub async fn begin(server: &Server) {
    begin_in(server, "330100-yb", "某市医保局", "330100").await;
}

/// The first three in an insurance department of any region.
pub async fn begin_in(server: &Server, id: &str, title: &str, region: &str) {
    let password = server.running.app.desk.hash("nobody", PASSWORD.into()).await.expect("hashed");
    let new = |account: &str, role| NewAccount {
        id: account.into(),
        person: format!("person of {account}"),
        profile: Profile { role, clearance: 1, certificate: None, certificate_until: None },
        password: password.clone(),
        must_change: false,
    };
    let first = Body {
        id: id.into(),
        title: title.into(),
        region: region.into(),
        department: Department::Insurance,
        fixmedins_code: None,
        version: 0,
    };
    let three = [
        new("system", Role::SystemAdministrator),
        new("security", Role::SecurityAdministrator),
        new("auditor", Role::Auditor),
    ];
    server.running.app.store.begin("test", first, three).await.expect("the first three");
}

impl Server {
    /// Somebody of the bureau who has an account now, is signed in and ready to work. The number tells people apart.
    pub async fn employed(&self, id: &str, number: u32, role: &str) -> Client {
        let mut security = self.signed_in("security").await;
        let made = security.post("/api/v1/accounts", &account(id, number, role));
        assert_eq!(made.status, 201, "{made:?}");
        let mut somebody = self.signed_in(id).await;
        let change = json!({ "old": "seven lamps by the lake", "new": PASSWORD });
        assert_eq!(somebody.write("PUT", "/api/v1/session/password", &change).status, 204);
        somebody
    }

    /// Over a folder that somebody else keeps.
    pub fn of(running: Running) -> Self {
        Self { running, folder: tempfile::tempdir().expect("a folder") }
    }

    /// Somebody who asks without a session.
    pub fn nobody(&self) -> Client {
        Client::new(self.running.address)
    }

    /// Somebody new, signed in, with the first password changed.
    pub async fn first_time(&self, account: &str) -> Client {
        let mut client = self.signed_in(account).await;
        let change = serde_json::json!({ "old": "seven lamps by the lake", "new": PASSWORD });
        assert_eq!(client.write("PUT", "/api/v1/session/password", &change).status, 204);
        client
    }

    /// Somebody who is signed in with both factors.
    pub async fn signed_in(&self, account: &str) -> Client {
        let token = SessionToken::random().expect("random");
        let app = &self.running.app;
        let known = app.store.credentials(account).await.expect("read").expect("an account");
        let who = Who { account: account.into(), organisation: String::new(), role: String::new() };
        let opening = Opening {
            account: account.into(),
            password: known.password,
            totp_step: Some(known.totp_step + 1),
            second_factor: true,
            way: "",
            digest: token.digest(),
            rules: app.config.session.ends(),
        };
        let context = Context::new(who, "127.0.0.1");
        app.store.open_session(context, opening).await.expect("opened");
        let mut client = self.nobody();
        client.cookie = Some(format!("mingcha={}", *token.cookie()));
        client.csrf = Some(token.csrf().as_str().to_owned());
        client
    }
}
