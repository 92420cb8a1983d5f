//! All matters as counts and boards see them: columns in memory, brought up to the last commit before each answer, so that no figure walks
//! through the table.
//!
//! What policy lets one see is asked once of all matters that are alike to it, and one by one of the few that somebody's name sets apart.

use super::list::{LISTED, Query, condition};
use crate::{
    ask::region_covers,
    facts::Department,
    policy::{self, Column, Filter, Secrecy},
    store::{Backend, Error, Store},
    words::Word as _,
};
use futures::TryStreamExt as _;
use mingcha_model::Time;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Connection as _, Executor as _, Row as _, any::AnyRow};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use tokio::sync::Mutex;

/// Matters as they were at the last answer.
#[derive(Clone, Default)]
pub struct Overview(Arc<Mutex<Books>>);

/// Where there is no parent, no end of a limit, no row.
const NONE: u32 = u32::MAX;
/// Filters of policy whose answers are kept.
const FILTERS: usize = 32;
/// Matters that one statement names.
const NAMED: usize = 500;

/// A matter as it is counted. Words are numbers of [`Words`], money is fen, instants are seconds of China's civil time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// Which of the kinds of matters that policy tells apart.
    class: u32,
    pub state: u32,
    source: u32,
    grade: u32,
    subject_kind: u32,
    rule: u32,
    severity: u32,
    waiting_for: u32,
    month: u32,
    /// Which items of the negative list.
    covers: u32,
    /// The row of the matter that it grew out of.
    pub parent: u32,
    pub due: Option<i64>,
    begun: i64,
    pub ended: bool,
    pub amount: i64,
    /// Found by the newest answer, where that confirmed the clue.
    pub found: i64,
    /// Paid back.
    pub recovered: i64,
    pub dispatched: bool,
    pub sent_back: bool,
}

/// Matters that policy cannot tell apart but by who works on them.
struct Class {
    matter: policy::Matter,
    machine: u32,
    region: u32,
    organisation: u32,
    institution: u32,
}

/// Texts by number.
#[derive(Default)]
struct Words {
    numbers: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Words {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    fn known(&self, text: &str) -> u32 {
        self.numbers.get(text).copied().unwrap_or(NONE)
    }
}

#[derive(Default)]
pub(super) struct Books {
    words: Words,
    ids: HashMap<Box<str>, u32>,
    /// By the number of the id; one that is only known as a parent has no row yet.
    rows: Vec<Option<Row>>,
    classes: Vec<Class>,
    class_numbers: HashMap<[u32; 7], u32>,
    covers: Vec<Vec<u32>>,
    cover_numbers: HashMap<Vec<u32>, u32>,
    /// What filters said of the classes, the latest last.
    verdicts: Vec<(Filter, Vec<bool>)>,
    /// What filters said of the matters that they know by a name, the latest last; until a matter is touched.
    names: Vec<(Filter, Vec<(u32, bool)>)>,
    /// Number of the trail's record that last touched one of them; nothing was read where there is none.
    read_to: Option<i64>,
}

/// What matters are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    State,
    Region,
    Organisation,
    Source,
    Grade,
    Machine,
    Month,
    Rule,
    Institution,
    Severity,
    Covers,
}

impl Overview {
    /// What `fold` makes of the matters that a filter covers and that are asked for; `own` is the organisation of the one who asks.
    pub(super) async fn fold<T: Send + 'static>(
        &self,
        store: &Store,
        filter: &Filter,
        query: &Query,
        own: &str,
        fold: impl FnOnce(&Selected<'_>) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let mut books = Arc::clone(&self.0).lock_owned().await;
        let mut conn = store.reader().await?;
        // What is read in several statements is the same commit.
        let mut unit = conn.begin().await?;
        if store.backend() == Backend::Postgres {
            unit.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
        }
        books.catch_up(&mut unit).await?;
        let (marks, few) = books.marks(&mut unit, filter, query, own).await?;
        unit.commit().await?;
        drop(conn);
        let query = query.clone();
        let filter = filter.clone();
        let folded = tokio::task::spawn_blocking(move || {
            let classes = books.asked(&filter, &query);
            fold(&Selected { books: &books, classes, marks, few, wanted: Wanted::of(&books.words, &query) })
        });
        folded.await.map_err(|error| Error::Stored(format!("counting: {error}")))
    }

    /// Reads all matters, so that the first who asks need not wait.
    pub async fn warm(&self, store: &Store) -> Result<(), Error> {
        self.fold(store, &Filter::nothing(), &Query::default(), "", |_| ()).await
    }
}

/// The columns of a matter that counts ask of.
const COLUMNS: &str = "m.id, m.machine, m.state, m.region, m.organisation, m.department, m.seat, m.secrecy, m.source, m.subject_kind, \
     m.institution, m.amount, m.grade, m.rule, m.severity, m.parent, m.waiting_for, m.due, m.begun, m.ended, m.touched";

/// Entries that tell of money found and paid back and of the way of a clue.
const ENTRIES: &str = "('clues_confirmed', 'clues_refuted', 'clues_unclear', 'returned', 'agreement_damages', 'self_returned', \
     'clues_dispatched', 'clues_returned')";

impl Books {
    /// Reads what was written since the last time.
    async fn catch_up(&mut self, conn: &mut AnyConnection) -> Result<(), Error> {
        let from = self.read_to.unwrap_or(-1);
        let text = format!("SELECT {COLUMNS} FROM matter m WHERE m.touched > $1");
        let (mut touched, mut last) = (Vec::new(), from);
        let mut rows = sqlx::query(AssertSqlSafe(text)).bind(from).fetch(&mut *conn);
        while let Some(row) = rows.try_next().await? {
            let id: String = row.try_get(0)?;
            last = last.max(row.try_get(20)?);
            let at = self.place(&id);
            self.rows[at as usize] = Some(self.row(&row)?);
            touched.push(id);
        }
        drop(rows);
        if last > from {
            self.names.clear();
        }
        if self.read_to.is_none() {
            self.beside(conn, "", &[]).await?;
        } else {
            for part in touched.chunks(NAMED) {
                let places: Vec<String> = (1..=part.len()).map(|place| format!("${place}")).collect();
                self.beside(conn, &format!(" AND matter IN ({})", places.join(", ")), part).await?;
            }
        }
        self.read_to = Some(last);
        Ok(())
    }

    fn place(&mut self, id: &str) -> u32 {
        if let Some(at) = self.ids.get(id) {
            return *at;
        }
        let at = self.rows.len() as u32;
        self.rows.push(None);
        self.ids.insert(id.into(), at);
        at
    }

    fn row(&mut self, row: &AnyRow) -> Result<Row, Error> {
        let text = |column: usize| row.try_get::<String, _>(column);
        let class = self.class(row)?;
        let parent: Option<String> = row.try_get(15)?;
        let begun: i64 = row.try_get(18)?;
        let month = Time(begun).date().to_string();
        let severity: i64 = row.try_get(14)?;
        Ok(Row {
            class,
            state: self.words.number(&text(2)?),
            source: self.words.number(&text(8)?),
            grade: self.words.number(&text(12)?),
            subject_kind: self.words.number(&text(9)?),
            rule: self.words.number(&text(13)?),
            severity: self.words.number(&severity.to_string()),
            waiting_for: self.words.number(&text(16)?),
            month: self.words.number(month.get(..7).unwrap_or_default()),
            covers: NONE,
            parent: parent.map_or(NONE, |parent| self.place(&parent)),
            due: row.try_get(17)?,
            begun,
            ended: row.try_get::<Option<i64>, _>(19)?.is_some(),
            amount: row.try_get(11)?,
            found: 0,
            recovered: 0,
            dispatched: false,
            sent_back: false,
        })
    }

    fn class(&mut self, row: &AnyRow) -> Result<u32, Error> {
        let text = |column: usize| row.try_get::<String, _>(column);
        let (machine, region, organisation) = (text(1)?, text(3)?, text(4)?);
        let (department, seat, institution) = (text(5)?, text(6)?, text(10)?);
        let secrecy: i64 = row.try_get(7)?;
        let words = &mut self.words;
        let parts =
            [&machine, &region, &organisation, &department, &seat, &institution, &secrecy.to_string()];
        let key = parts.map(|text| words.number(text));
        if let Some(class) = self.class_numbers.get(&key) {
            return Ok(*class);
        }
        let strange = |what: &str| Error::Stored(format!("{what} of a matter"));
        let matter = policy::Matter {
            id: String::new(),
            kind: policy::Kind::named(&machine).ok_or_else(|| strange("machine"))?,
            region,
            organisation,
            department: Department::named(&department).ok_or_else(|| strange("department"))?,
            seat,
            handed_to: BTreeSet::new(),
            team: BTreeSet::new(),
            recused: BTreeSet::new(),
            secrecy: Secrecy::graded(secrecy).ok_or_else(|| strange("secrecy"))?,
            institution,
        };
        let [machine, region, organisation, _, _, institution, _] = key;
        let class = self.classes.len() as u32;
        self.classes.push(Class { matter, machine, region, organisation, institution });
        self.class_numbers.insert(key, class);
        Ok(class)
    }

    /// Reads what stands beside matters: entries of statistics and items of the negative list.
    async fn beside(&mut self, conn: &mut AnyConnection, of: &str, ids: &[String]) -> Result<(), Error> {
        let text = format!(
            "SELECT matter, what, amount FROM tally WHERE what IN {ENTRIES}{of} ORDER BY matter, seq"
        );
        let mut entries = bound(text, ids).fetch(&mut *conn);
        while let Some(entry) = entries.try_next().await? {
            let (id, what, amount): (String, String, i64) =
                (entry.try_get(0)?, entry.try_get(1)?, entry.try_get(2)?);
            let Some(row) = self.ids.get(id.as_str()).and_then(|at| self.rows[*at as usize].as_mut()) else {
                continue;
            };
            match what.as_str() {
                "clues_dispatched" => row.dispatched = true,
                "clues_returned" => row.sent_back = true,
                "clues_confirmed" => row.found = amount,
                // Of the answers of a clue only the newest counts: what was sent back and answered again is not counted twice.
                "clues_refuted" | "clues_unclear" => row.found = 0,
                _ => row.recovered += amount,
            }
        }
        drop(entries);
        let text = format!("SELECT matter, item FROM cover WHERE 1 = 1{of} ORDER BY matter, item");
        let mut items = bound(text, ids).fetch(&mut *conn);
        let mut open: (String, Vec<u32>) = Default::default();
        while let Some(item) = items.try_next().await? {
            let (id, item): (String, String) = (item.try_get(0)?, item.try_get(1)?);
            if id != open.0 {
                self.cover(&open);
                open = (id, Vec::new());
            }
            open.1.push(self.words.number(&item));
        }
        self.cover(&open);
        Ok(())
    }

    fn cover(&mut self, (id, items): &(String, Vec<u32>)) {
        let Some(row) = self.ids.get(id.as_str()).and_then(|at| self.rows[*at as usize].as_mut()) else {
            return;
        };
        row.covers = *self.cover_numbers.entry(items.clone()).or_insert_with(|| {
            self.covers.push(items.clone());
            self.covers.len() as u32 - 1
        });
    }

    /// What the database must say of single matters: which of them a filter covers though it knows them by somebody's name, and which
    /// fulfil conditions that are not kept here, in the order of their numbers where there are such conditions.
    async fn marks(
        &mut self,
        conn: &mut AnyConnection,
        filter: &Filter,
        query: &Query,
        own: &str,
    ) -> Result<(Vec<Mark>, Option<Vec<u32>>), Error> {
        let beside = Query {
            subject: query.subject.clone(),
            parent: query.parent.clone(),
            covers: query.covers.clone(),
            member: query.member.clone(),
            handed_to_me: query.handed_to_me,
            q: query.q.clone(),
            ..Query::default()
        };
        let narrow = beside != Query::default();
        let mut marks = vec![if narrow { Mark::Out } else { Mark::Class }; self.rows.len()];
        let mut few = narrow.then(Vec::new);
        if let Some(few) = &mut few {
            let sql = condition(&Filter::everything(), &beside, own);
            let text = format!("SELECT m.id FROM matter m WHERE {}", sql.text);
            for row in sql.bound(text).fetch_all(&mut *conn).await? {
                if let Some(at) = self.ids.get(row.try_get::<String, _>(0)?.as_str()) {
                    marks[*at as usize] = Mark::Class;
                    few.push(*at);
                }
            }
            few.sort_unstable();
        }
        for &(at, covered) in self.known_by_name(conn, filter).await? {
            let mark = &mut marks[at as usize];
            if *mark == Mark::Class {
                *mark = if covered { Mark::In } else { Mark::Out };
            }
        }
        Ok((marks, few))
    }

    /// What a filter says of the matters that it knows by who works on them, to whom they were handed or by their id. Who works on a matter
    /// changes by acts on it alone, so it holds until one is touched.
    async fn known_by_name(
        &mut self,
        conn: &mut AnyConnection,
        filter: &Filter,
    ) -> Result<&[(u32, bool)], Error> {
        let known = match self.names.iter().position(|(known, _)| known == filter) {
            Some(at) => self.names.remove(at).1,
            None => {
                let apart = self.apart(conn, filter).await?;
                apart.into_iter().map(|(at, matter)| (at, filter.covers(&matter))).collect()
            }
        };
        if self.names.len() >= FILTERS {
            self.names.remove(0);
        }
        self.names.push((filter.clone(), known));
        Ok(self.names.last().map_or(&[], |(_, known)| known))
    }

    /// The matters that a filter knows by who works on them, to whom they were handed or by their id.
    async fn apart(
        &self,
        conn: &mut AnyConnection,
        filter: &Filter,
    ) -> Result<HashMap<u32, policy::Matter>, Error> {
        let (sets, ids) = filter.names();
        let mut apart = HashMap::new();
        for id in ids {
            self.named(&mut apart, id);
        }
        for (column, name) in sets {
            let text = match column {
                Column::Team => "SELECT matter FROM member WHERE account = $1 AND recused = 0",
                Column::Recused => "SELECT matter FROM member WHERE account = $1 AND recused = 1",
                _ => "SELECT matter FROM handed WHERE organisation = $1",
            };
            for row in sqlx::query(text).bind(name).fetch_all(&mut *conn).await? {
                let Some(matter) = self.named(&mut apart, row.try_get::<String, _>(0)?.as_str()) else {
                    continue;
                };
                let set = match column {
                    Column::Team => &mut matter.team,
                    Column::Recused => &mut matter.recused,
                    _ => &mut matter.handed_to,
                };
                set.insert(name.to_owned());
            }
        }
        Ok(apart)
    }

    fn named<'m>(
        &self,
        apart: &'m mut HashMap<u32, policy::Matter>,
        id: &str,
    ) -> Option<&'m mut policy::Matter> {
        let at = *self.ids.get(id)?;
        let alike = &self.classes[self.rows[at as usize]?.class as usize].matter;
        Some(apart.entry(at).or_insert_with(|| policy::Matter { id: id.to_owned(), ..alike.clone() }))
    }

    /// Which classes a filter covers and a query asks for.
    fn asked(&mut self, filter: &Filter, query: &Query) -> Vec<Asked> {
        let mut verdict = match self.verdicts.iter().position(|(known, _)| known == filter) {
            Some(at) => self.verdicts.remove(at).1,
            None => Vec::new(),
        };
        let new = &self.classes[verdict.len()..];
        verdict.extend(new.iter().map(|class| filter.covers(&class.matter)));
        let is = |wanted: Option<&String>| wanted.map(|text| self.words.known(text));
        let (machine, organisation) = (is(query.machine.as_ref()), is(query.organisation.as_ref()));
        let institution = is(query.institution.as_ref());
        let region = query.region.as_ref();
        let asks = |class: &Class| {
            machine.is_none_or(|machine| machine == class.machine)
                && organisation.is_none_or(|organisation| organisation == class.organisation)
                && institution.is_none_or(|institution| institution == class.institution)
                && region.is_none_or(|region| region_covers(region, &class.matter.region))
        };
        let asked = |(class, &covered): (&Class, &bool)| {
            let &Class { machine, region, organisation, institution, .. } = class;
            Asked { covered, asks: asks(class), machine, region, organisation, institution }
        };
        let asked = self.classes.iter().zip(&verdict).map(asked).collect();
        if self.verdicts.len() >= FILTERS {
            self.verdicts.remove(0);
        }
        self.verdicts.push((filter.clone(), verdict));
        asked
    }
}

fn bound(text: String, ids: &[String]) -> sqlx::query::Query<'_, Any, sqlx::any::AnyArguments> {
    ids.iter().fold(sqlx::query(AssertSqlSafe(text)), |query, id| query.bind(id.as_str()))
}

/// What is to be said of a class: whether policy covers it, whether it is asked for, and by what it is counted; close together, since every
/// row asks.
#[derive(Clone, Copy)]
struct Asked {
    covered: bool,
    asks: bool,
    machine: u32,
    region: u32,
    organisation: u32,
    institution: u32,
}

/// What is known of a single matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Nothing: what holds of its class holds of it.
    Class,
    /// A filter covers it.
    In,
    /// It is not covered or not asked for.
    Out,
}

/// What a query asks of the columns that classes do not have.
struct Wanted {
    states: Option<Vec<u32>>,
    waiting_for: Option<Vec<u32>>,
    waits: Option<u32>,
    is: [Option<u32>; 5],
    ended: Option<bool>,
    due_by: Option<i64>,
    least: Option<i64>,
    begun_from: Option<i64>,
    begun_to: Option<i64>,
}

impl Wanted {
    fn of(words: &Words, query: &Query) -> Self {
        let is = |text: &Option<String>| text.as_ref().map(|text| words.known(text));
        let list = |texts: &String| texts.split(',').take(LISTED).map(|text| words.known(text)).collect();
        let severity = query.severity.map(|severity| severity.to_string());
        Self {
            states: query.state.as_ref().map(list),
            waits: query.waiting_for.as_ref().map(|_| words.known("")),
            waiting_for: query.waiting_for.as_ref().filter(|whom| *whom != "others").map(list),
            is: [
                is(&query.source),
                is(&query.grade),
                is(&query.subject_kind),
                is(&query.rule),
                is(&severity),
            ],
            ended: query.ended,
            due_by: query.due_by,
            least: query.least,
            begun_from: query.begun_from,
            begun_to: query.begun_to,
        }
    }

    fn has(&self, row: &Row) -> bool {
        let columns = [row.source, row.grade, row.subject_kind, row.rule, row.severity];
        self.is.iter().zip(columns).all(|(wanted, column)| wanted.is_none_or(|wanted| wanted == column))
            && self.states.as_ref().is_none_or(|states| states.contains(&row.state))
            && self.waits.is_none_or(|nobody| row.waiting_for != nobody)
            && self.waiting_for.as_ref().is_none_or(|whom| whom.contains(&row.waiting_for))
            && self.ended.is_none_or(|ended| ended == row.ended)
            && self.due_by.is_none_or(|by| row.due.is_some_and(|due| due <= by))
            && self.least.is_none_or(|least| row.amount >= least)
            && self.begun_from.is_none_or(|from| row.begun >= from)
            && self.begun_to.is_none_or(|to| row.begun < to)
    }
}

/// Matters that one may see and asks for.
pub(super) struct Selected<'b> {
    books: &'b Books,
    classes: Vec<Asked>,
    marks: Vec<Mark>,
    /// Those alone that can be among them, where not all can.
    few: Option<Vec<u32>>,
    wanted: Wanted,
}

impl<'b> Selected<'b> {
    /// One of them by its number.
    pub fn get(&self, at: u32) -> Option<&'b Row> {
        let row = self.books.rows.get(at as usize)?.as_ref()?;
        let Asked { covered, asks, .. } = self.classes[row.class as usize];
        let covered = match self.marks[at as usize] {
            Mark::Class => covered,
            Mark::In => true,
            Mark::Out => false,
        };
        (covered && asks && self.wanted.has(row)).then_some(row)
    }

    /// All of them.
    pub fn rows(&self) -> impl Iterator<Item = &'b Row> {
        let (all, few) = match &self.few {
            Some(few) => (0, few.as_slice()),
            None => (self.books.rows.len() as u32, [].as_slice()),
        };
        (0..all).chain(few.iter().copied()).filter_map(|at| self.get(at))
    }

    /// Money that was paid back in what grew out of them, with the matter that it grew out of; whether one may see that matter only counts
    /// of the latter.
    pub fn grown(&self) -> impl Iterator<Item = (&'b Row, i64)> {
        let paid = self.books.rows.iter().flatten().filter(|row| row.recovered != 0);
        paid.filter_map(|row| Some((self.get(row.parent)?, row.recovered)))
    }

    /// The values by which a matter is counted, as numbers of words.
    pub fn values(&self, row: &Row, key: Key, mut each: impl FnMut(u32)) {
        let class = &self.classes[row.class as usize];
        each(match key {
            Key::State => row.state,
            Key::Region => class.region,
            Key::Organisation => class.organisation,
            Key::Source => row.source,
            Key::Grade => row.grade,
            Key::Machine => class.machine,
            Key::Month => row.month,
            Key::Rule => row.rule,
            Key::Institution => class.institution,
            Key::Severity => row.severity,
            Key::Covers => {
                let items = self.books.covers.get(row.covers as usize);
                return items.into_iter().flatten().copied().for_each(each);
            }
        });
    }

    /// The value of a column that has one value.
    pub fn value(&self, row: &Row, key: Key) -> u32 {
        let mut value = NONE;
        self.values(row, key, |one| value = one);
        value
    }

    /// How many words there are: each is counted at its number.
    pub fn words(&self) -> usize {
        self.books.words.texts.len()
    }

    /// A word by its number.
    pub fn word(&self, number: u32) -> &'b str {
        &self.books.words.texts[number as usize]
    }

    /// The number of a word.
    pub fn number(&self, word: &str) -> u32 {
        self.books.words.known(word)
    }
}
