//! Random acts by random people on random matters, on both databases: whatever is asked, in whatever order and at the same time, the books
//! stay right. `MINGCHA_ACTS=1000000` walks further.

use super::{COUNTY, by, counts, on_docket_at, proved};
use crate::{
    act::{ActInput, Line},
    clock::ServerTime,
    docket::{
        ActRequest, Docket, NewMatter, Query, clocks,
        matter::{self, Whole},
    },
    form::FormField,
    machine::NEW,
    store::{Context, Error, Request},
    trail::Outcome,
};
use mingcha_model::{Date, Time, time::DAY};
use serde_json::{Map, Value, json};
use sqlx::Row as _;
use std::{
    collections::BTreeMap,
    env,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// Acts on each database where the environment asks for no more.
const ACTS: u64 = 4000;
/// People who act at the same time.
const PEOPLE: u64 = 8;
/// Matters that are worked on at the same time; then another is begun only where one is drawn that there is not.
const MATTERS: u64 = 120;

const ACCOUNTS: [&str; 10] =
    ["lead", "head", "one", "two", "stranger", "above", "officer", "auditor", "agent", "agent-2"];
const WORDS: [&str; 12] = [
    "依规办理",
    "one",
    "two",
    "head",
    "officer",
    "H99010100001",
    "D99010100001",
    COUNTY,
    "990100",
    "ga-990101",
    "line-1",
    "line-2",
];

/// Xorshift: the same walk every time for one who walks alone.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most.max(1)
    }

    fn often(&mut self) -> bool {
        self.below(10) < 8
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// A value of a shape: mostly such as somebody would send.
fn value(schema: &Value, dice: &mut Dice, today: Date) -> Value {
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices[dice.below(choices.len())]["const"].clone();
    }
    if schema["pattern"].is_string() {
        return json!("5a".repeat(32));
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), Some("date")) => json!(Date(today.0 + dice.below(60) as i32 - 30).to_string()),
        (Some("string"), Some("personal")) => json!(format!("合成某{}", dice.below(50))),
        (Some("boolean"), _) => json!(dice.often()),
        (Some("integer"), Some("fen")) => json!(dice.below(3_000_000)),
        (Some("integer"), _) => json!(dice.below(13)),
        (Some("array"), _) if schema["prefixItems"].is_array() => {
            let items = schema["prefixItems"].as_array().into_iter().flatten();
            items.map(|item| value(item, dice, today)).collect()
        }
        (Some("array"), _) => (0..dice.below(4)).map(|_| value(&schema["items"], dice, today)).collect(),
        (Some("object"), _) => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let some: Vec<_> = fields.filter(|_| dice.often()).collect();
            some.into_iter().map(|(name, field)| (name.clone(), value(field, dice, today))).collect()
        }
        _ => json!(dice.of(&WORDS)),
    }
}

fn input(docket: &Docket, name: &str, dice: &mut Dice, today: Date) -> Option<ActInput> {
    let fields: &[FormField] = docket.procedures.forms.get(name).map_or(&[], Vec::as_slice);
    let mut body = Map::new();
    body.insert("input".into(), json!(name));
    for field in fields {
        if field.required || dice.often() {
            body.insert(field.name.to_owned(), value(&field.schema, dice, today));
        }
    }
    serde_json::from_value(Value::Object(body)).ok()
}

/// One person's walk. Every answer is an act done or a refusal; nothing else may come back.
async fn walk(docket: Docket, seed: u64, acts: u64, clock: Arc<AtomicI64>) -> u64 {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut mine, mut done): (Vec<String>, u64) = (Vec::new(), 0);
    for number in 0..acts {
        clock.fetch_add(dice.below(60) as i64, Ordering::Relaxed);
        let today = docket.store.now().time().date();
        let begins = mine.is_empty() || (mine.len() as u64) < MATTERS / PEOPLE && dice.below(12) == 0;
        let answer = if begins {
            begin(&docket, &mine, &mut dice, today).await
        } else {
            let id: String = mine[dice.below(mine.len())].clone();
            go_on(&docket, &id, (seed, number), &mut dice, today).await
        };
        match answer {
            Ok(Some(id)) => {
                done += 1;
                if begins {
                    mine.push(id);
                }
            }
            Ok(None)
            | Err(
                Error::Refused(_)
                | Error::Denied(_)
                | Error::NotFound
                | Error::Invalid { .. }
                | Error::Conflict { .. }
                | Error::KeyReused,
            ) => {}
            Err(other) => panic!("walk {seed}, act {number}: {other:?}"),
        }
    }
    done
}

async fn begin(
    docket: &Docket,
    mine: &[String],
    dice: &mut Dice,
    today: Date,
) -> Result<Option<String>, Error> {
    let machines: Vec<_> = docket.procedures.machines.values().collect();
    let machine = dice.of(&machines);
    let acts: Vec<_> =
        machine.acts.values().filter(|act| act.from.iter().any(|state| state == NEW)).collect();
    let act = dice.of(&acts);
    let Some(mut input) = input(docket, &act.input, dice, today) else { return Ok(None) };
    if let (ActInput::OpenTransfer(open), false) = (&mut input, mine.is_empty()) {
        // A transfer is of a case that there is.
        open.case = Line::parse(&mine[dice.below(mine.len())]).expect("an id");
    }
    let new = NewMatter {
        machine: machine.id.clone(),
        region: dice.of(&[COUNTY, COUNTY, "990102", "990100"]).to_owned(),
        source: "complaint".into(),
        title: "合成事项".into(),
        subject_kind: "institution".into(),
        subject: "H99010100001".into(),
        institution: "H99010100001".into(),
        secrecy: 2,
        parent: None,
        act: act.id.clone(),
        reason: "随机办理".into(),
        input,
    };
    let begun = docket.begin(by(dice.of(&ACCOUNTS)), new).await?;
    Ok(Some(begun.id))
}

async fn go_on(
    docket: &Docket,
    id: &str,
    (seed, number): (u64, u64),
    dice: &mut Dice,
    today: Date,
) -> Result<Option<String>, Error> {
    let heading = {
        let mut conn = docket.store.reader().await?;
        matter::load(&mut conn, id).await?.heading
    };
    let machine = &docket.procedures.machines[&heading.machine];
    let open: Vec<_> = machine.acts.values().filter(|act| act.from.contains(&heading.state)).collect();
    let all: Vec<_> = machine.acts.values().collect();
    let act = if dice.often() && !open.is_empty() { dice.of(&open) } else { dice.of(&all) };
    let Some(input) = input(docket, &act.input, dice, today) else { return Ok(None) };
    // Some come too late, some twice.
    let version = heading.version - i64::from(dice.below(20) == 0);
    let request = dice.often().then(|| Request {
        key: format!("{seed}-{}", number / 2),
        digest: format!("{id} {} {version}", act.id),
    });
    let context = Context { request, ..by(dice.of(&ACCOUNTS)) };
    let request = ActRequest { version, reason: "随机办理".into(), input };
    docket.act(context, id, &act.id, request).await.map(|acted| Some(acted.id))
}

/// What must hold of every matter whatever was done to it.
async fn books_are_right(docket: &Docket) {
    let entries = proved(docket).await;
    let mut acts: BTreeMap<String, i64> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.record.outcome == Outcome::Done) {
        *acts.entry(entry.record.on.id.clone()).or_default() += 1;
    }
    let mut conn = docket.store.reader().await.expect("a connection");
    let rows = sqlx::query("SELECT id, machine, state, version, ended, amount FROM matter")
        .fetch_all(&mut *conn)
        .await
        .expect("read");
    for row in rows {
        let (id, machine, state): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let (version, ended, amount): (i64, Option<i64>, i64) = (row.get(3), row.get(4), row.get(5));
        assert_eq!(acts.get(&id), Some(&version), "{id}: a record for each act, and an act for each record");
        let machine = &docket.procedures.machines[&machine];
        let known =
            machine.state(&state).unwrap_or_else(|| panic!("{id}: `{state}` is no state of {}", machine.id));
        assert_eq!(known.last, ended.is_some(), "{id} in {state}");
        assert!(amount >= 0, "{id}: {amount} fen");
        let whole = matter::load_whole(&mut conn, &id).await.unwrap_or_else(|error| panic!("{id}: {error}"));
        let Whole { stored, events, .. } = whole;
        assert!(stored.team.is_disjoint(&stored.recused), "{id}: who is recused works on it");
        let region = &stored.heading.region;
        let states = clocks::states(&docket.procedures, region, &events, docket.store.now());
        for state in states.values().filter(|state| ended.is_some() && state.is_open()) {
            let limit = docket.procedures.limit(&state.limit, region).expect("it has a clock");
            assert!(limit.outlives, "{id} has ended and {} still runs", state.limit);
        }
    }
    let orphans =
        "SELECT COUNT(*) FROM event e LEFT JOIN matter m ON m.id = e.matter WHERE m.id IS NULL OR e.seq < 1";
    let orphans: i64 = sqlx::query_scalar(orphans).fetch_one(&mut *conn).await.expect("counted");
    assert_eq!(orphans, 0);
    drop(conn);
    counts::are_right(docket, &ACCOUNTS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn random_acts_leave_the_books_right() {
    let acts = env::var("MINGCHA_ACTS").ok().map_or(ACTS, |acts| acts.parse().expect("a number"));
    let begin = Date::parse("2025-01-06").expect("a day").start().0;
    let clock = Arc::new(AtomicI64::new(begin));
    let shown = Arc::clone(&clock);
    let clock_of_store =
        Arc::new(move || ServerTime::from_store(Time(shown.load(Ordering::Relaxed).min(begin + 700 * DAY))));
    on_docket_at(clock_of_store, async |docket| {
        clock.store(begin, Ordering::Relaxed);
        let walkers = (1..=PEOPLE)
            .map(|seed| tokio::spawn(walk(docket.clone(), seed, acts / PEOPLE, Arc::clone(&clock))))
            .collect::<Vec<_>>();
        // Counted halfway too, so that what is in memory is brought up to the end and not only read at it.
        docket.count(by("above"), &Query::default(), "state").await.expect("counted");
        let mut done = 0;
        for walker in walkers {
            done += walker.await.expect("nobody falls");
        }
        assert!(done * 20 >= acts, "only {done} of {acts} acts were done: the walk shows little");
        books_are_right(&docket).await;
    })
    .await;
}
