//! A bureau, its police and their people, with a clock that a test turns: what carries matters through their lives.

use mingcha_casework::{
    Procedures,
    clock::ServerTime,
    docket::{
        ActRequest, Acted, Crowds, Docket, Entered, IssueRequest, NewMatter, Overview, PaperDesk, PaperView,
    },
    facts::{Department, Role},
    files::{FileRules, Files},
    policy::{ManageUsers, Policies},
    store::{
        Clock, Context, Error, Store,
        accounts::{Body, NewAccount, Profile},
    },
    trail::Who,
    vault::{Held, KeySource, Purpose, Vaults, new_ring},
};
use mingcha_model::{Fen, Time};
use mingcha_papers::{
    Papers,
    field::{Field, FieldType},
};
use mingcha_server::press::{PaperPress, entered, record};
use mingcha_testbed::postgres::Postgres;
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// The bureau and its region.
pub const BUREAU: &str = "330100-yb";
pub const REGION: &str = "330100";
pub const HOSPITAL: &str = "H33010000001";

/// The bureau at work.
pub struct Office {
    pub docket: Docket,
    pub files: Files,
    pub papers: Arc<Papers>,
    now: Arc<AtomicI64>,
    folder: tempfile::TempDir,
}

/// Runs the same body in an office on SQLite and in one on PostgreSQL.
pub async fn on_both<F: AsyncFn(&Office)>(body: F) {
    let folder = tempfile::tempdir().expect("a folder");
    let postgres = Postgres::start();
    let file = format!("sqlite:{}/store.db?mode=rwc", folder.path().display());
    for address in [file, postgres.database("office")] {
        body(&Office::open(&address).await).await;
    }
}

/// Vaults over new rings, which lie in files of the folder.
fn vaults(folder: &Path) -> Vaults {
    let source = |purpose: Purpose| {
        let path = folder.join(purpose.name());
        fs::write(&path, &*new_ring(purpose, "k1").expect("random")).expect("written");
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("one's own");
        KeySource::File(path)
    };
    let personal = Held::read(source(Purpose::Personal)).expect("of its purpose");
    Vaults::new(personal, Held::read(source(Purpose::Informant)).expect("of its purpose"))
}

impl Office {
    async fn open(address: &str) -> Self {
        let begin = Time::parse("2026-03-02 09:00:00").expect("a time");
        let now = Arc::new(AtomicI64::new(begin.0));
        let clock: Clock = {
            let now = Arc::clone(&now);
            Arc::new(move || ServerTime::from_store(Time(now.load(Ordering::Relaxed))))
        };
        Store::migrate(address).await.expect("migrated");
        let store = Arc::new(Store::open(address, clock).await.expect("opened"));
        let (procedures, faults) = Procedures::embedded();
        assert!(faults.is_empty(), "{faults:?}");
        let policies = Arc::new(Policies::embedded().expect("policies"));
        let (papers, faults) = Papers::embedded();
        assert!(faults.is_empty(), "{faults:?}");
        let folder = tempfile::tempdir().expect("a folder");
        let vaults = Arc::new(vaults(folder.path()));
        let docket = Docket {
            store,
            procedures: Arc::new(procedures),
            policies,
            vaults,
            overview: Overview::default(),
            crowds: Crowds::default(),
        };
        let files = Files::new(folder.path().join("files"), FileRules::default());
        let office = Self { docket, files, papers: Arc::new(papers), now, folder };
        office.people().await;
        office
    }

    async fn people(&self) {
        let store = &self.docket.store;
        let three = [
            person("system", Role::SystemAdministrator, None),
            person("security", Role::SecurityAdministrator, None),
            person("auditor", Role::Auditor, None),
        ];
        store
            .begin("test", body(BUREAU, REGION, Department::Insurance, "某市医疗保障局"), three)
            .await
            .expect("begun");
        let police = body("330100-ga", REGION, Department::Police, "某市公安局");
        let hospital = Body {
            fixmedins_code: Some(HOSPITAL.into()),
            ..body("h33010000001", REGION, Department::Institution, "某医院")
        };
        for new in [police, hospital] {
            let proof = self.managing(&new).await;
            store.add_organisation(by("security"), &proof, new).await.expect("an organisation");
        }
        let people = [
            (BUREAU, person("lead", Role::TeamLead, None)),
            (BUREAU, person("head", Role::Head, None)),
            (BUREAU, person("one", Role::Handler, Some("ZF-0001"))),
            (BUREAU, person("two", Role::Handler, Some("ZF-0002"))),
            (BUREAU, person("reviewer", Role::LegalReviewer, None)),
            (BUREAU, person("counter", Role::Statistics, None)),
            ("330100-ga", person("police", Role::Head, None)),
        ];
        for (organisation, new) in people {
            let known = store.organisation(organisation).await.expect("known");
            let proof = self.managing(&known).await;
            store.add_account(by("security"), &proof, new).await.expect("an account");
        }
    }

    async fn managing(&self, on: &Body) -> mingcha_casework::policy::Authorized<ManageUsers> {
        let security = self.docket.store.account("security").await.expect("known");
        let actor = security.actor(self.docket.store.now().time().date());
        self.docket.policies.decide(&actor, ManageUsers, &on.subject()).expect("allowed")
    }

    /// The ring of a purpose.
    pub fn ring(&self, purpose: &str) -> String {
        fs::read_to_string(self.folder.path().join(purpose)).expect("read")
    }

    /// Puts another ring in its place.
    pub fn set_ring(&self, purpose: &str, text: &str) {
        fs::write(self.folder.path().join(purpose), text).expect("written");
    }

    /// Turns the clock by days.
    pub fn pass(&self, days: i64) {
        self.now.fetch_add(days * 86_400, Ordering::Relaxed);
    }

    /// Begins a matter.
    pub async fn begin(&self, who: &str, new: &Value) -> Acted {
        let new: NewMatter = serde_json::from_value(new.clone()).expect("a matter");
        Box::pin(self.docket.begin(by(who), new)).await.unwrap_or_else(|error| panic!("begin: {error:?}"))
    }

    /// Tries an act.
    pub async fn try_act(&self, who: &str, id: &str, act: &str, input: Value) -> Result<Acted, Error> {
        self.now.fetch_add(60, Ordering::Relaxed);
        let version = Box::pin(self.docket.read(by(who), id)).await?.heading.version;
        let wanted = &self.docket.procedures.machines;
        let mut input = input.as_object().cloned().unwrap_or_default();
        if !input.contains_key("input") {
            let machine = Box::pin(self.docket.read(by(who), id)).await?.heading.machine;
            input.insert("input".into(), wanted[&machine].acts[act].input.clone().into());
        }
        let request = ActRequest {
            version,
            reason: "依规办理".into(),
            input: serde_json::from_value(Value::Object(input))
                .unwrap_or_else(|error| panic!("{act}: {error}")),
        };
        Box::pin(self.docket.act(by(who), id, act, request)).await
    }

    /// Does an act.
    pub async fn act(&self, who: &str, id: &str, act: &str, input: Value) -> Acted {
        self.try_act(who, id, act, input).await.unwrap_or_else(|error| panic!("{who} {act}: {error:?}"))
    }

    pub async fn desk(&self, who: &str, id: &str) -> PaperDesk {
        Box::pin(self.docket.papers(by(who), id))
            .await
            .unwrap_or_else(|error| panic!("papers of {id}: {error:?}"))
    }

    /// What a paper lacks, from the examples of its fields.
    pub async fn lacking(&self, who: &str, id: &str, paper: &str) -> Vec<Entered> {
        let desk = self.desk(who, id).await;
        let cells = desk.sheet.with(&desk.kept, &[]).expect("nothing against it");
        let missing = self.papers.missing(paper, &record(&cells)).expect("a paper");
        let mut fields: BTreeMap<String, Value> = BTreeMap::new();
        for label in &missing {
            let (label, column) = label.split_once('·').map_or((label.as_str(), None), |(a, b)| (a, Some(b)));
            let field = &self.papers.fields[label];
            if field.recorded {
                continue;
            }
            let Some(column) = column else {
                fields.insert(label.to_owned(), example(field));
                continue;
            };
            let known = match cells.get(&field.from) {
                Some(mingcha_casework::docket::Cell::List(items)) => items.len(),
                _ => panic!("{label} is no list"),
            };
            let column = field.columns.iter().find(|known| known.label == column).expect("a column");
            let first = column.example.split('／').next().unwrap_or_default();
            let items = fields
                .entry(label.to_owned())
                .or_insert_with(|| Value::Array(vec![Value::Object(Map::new()); known]));
            for item in items.as_array_mut().expect("a list") {
                item[&column.label] = plain(column, first);
            }
        }
        entered(&self.papers, paper, &fields).unwrap_or_else(|error| panic!("{paper}: {error:?}"))
    }

    pub async fn try_issue(
        &self,
        who: &str,
        id: &str,
        paper: &str,
        reason: &str,
    ) -> Result<PaperView, Error> {
        self.now.fetch_add(60, Ordering::Relaxed);
        let entered = self.lacking(who, id, paper).await;
        let version = self.desk(who, id).await.version;
        let request = IssueRequest { paper: paper.into(), version, reason: reason.into(), entered };
        let press = Arc::new(PaperPress(Arc::clone(&self.papers)));
        Box::pin(self.docket.issue(by(who), &self.files, press, id, request)).await
    }

    /// Issues a paper, with examples for what the record does not hold.
    pub async fn issue(&self, who: &str, id: &str, paper: &str) -> PaperView {
        self.try_issue(who, id, paper, "").await.unwrap_or_else(|error| panic!("{paper}: {error:?}"))
    }
}

/// What somebody's acts are recorded under.
pub fn by(account: &str) -> Context {
    let who = Who { account: account.into(), organisation: String::new(), role: String::new() };
    Context::new(who, "127.0.0.1")
}

fn body(id: &str, region: &str, department: Department, title: &str) -> Body {
    Body {
        id: id.into(),
        title: title.into(),
        region: region.into(),
        department,
        fixmedins_code: None,
        version: 1,
    }
}

fn person(id: &str, role: Role, certificate: Option<&str>) -> NewAccount {
    NewAccount {
        id: id.into(),
        person: format!("person of {id}"),
        profile: Profile {
            role,
            clearance: 3,
            certificate: certificate.map(str::to_owned),
            certificate_until: None,
        },
        password: "stored".into(),
        must_change: false,
    }
}

/// The example of a field as a client sends it.
fn example(field: &Field) -> Value {
    if field.kind != FieldType::List {
        return plain(field, &field.example);
    }
    let rows = field.columns.iter().map(|column| column.example.split('／').count()).max().unwrap_or(0);
    let item = |row: usize| {
        let pairs = field.columns.iter().filter_map(|column| {
            let text = column.example.split('／').nth(row).filter(|text| !text.is_empty())?;
            Some((column.label.clone(), plain(column, text)))
        });
        Value::Object(pairs.collect())
    };
    Value::Array((0..rows).map(item).collect())
}

fn plain(field: &Field, text: &str) -> Value {
    match field.kind {
        FieldType::Count => json!(text.parse::<i64>().expect("a number")),
        FieldType::Money => json!(Fen::parse_yuan(text).expect("money").0),
        _ => json!(text),
    }
}
