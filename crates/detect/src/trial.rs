//! Runs one detector over rows written as texts, and shows what it saw by the keys of the rows: for unit and property tests.

use crate::{
    claims::columns::Reader,
    detector::{Hit, Source},
    pass::{Program, Window, Worker},
    rows::{TextRow, TextTables, tables},
    world::World,
};
use mingcha_library::{
    Knowledge, KnowledgeRow, Library, Method, Rule, Status,
    fixtures::{Scenario, Sort},
    param::ResolvedRule,
    table_file::Form,
};
use mingcha_model::{Counting, Date, Kind, Role, SubjectKind, table};
use std::collections::BTreeMap;

/// A hit in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    pub psn_no: String,
    pub institution: String,
    pub sure: bool,
    pub begin: String,
    pub end: String,
    /// Last part of the key of each offending row, with its table.
    pub offending: Vec<String>,
    pub values: BTreeMap<String, String>,
    pub notes: Vec<String>,
}

impl Seen {
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}

/// A row from its columns.
pub fn row(columns: &[(&str, &str)]) -> TextRow {
    columns.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A table from its heading and rows, cells separated by blanks; `_` is the empty cell, `T` in a time stands for its blank.
pub fn written(heading: &str, rows: &[&str]) -> Vec<TextRow> {
    let names: Vec<&str> = heading.split_whitespace().collect();
    let cell = |text: &str| if text == "_" { String::new() } else { text.to_owned() };
    rows.iter()
        .map(|row| {
            names
                .iter()
                .zip(row.split_whitespace())
                .map(|(name, text)| ((*name).to_owned(), cell(text)))
                .collect()
        })
        .collect()
}

/// The same rows with a settlement for each encounter.
pub fn settled(mut rows: TextTables) -> TextTables {
    let encounters = rows.get("encounter").into_iter().flatten();
    let ids = encounters.filter_map(|encounter| encounter.get("mdtrt_id"));
    let settlements = ids.map(|id| row(&[("mdtrt_id", id)])).collect();
    rows.insert("settlement".to_owned(), settlements);
    rows
}

/// A library that holds only these knowledge tables: name, heading, rows.
pub fn library(knowledge: &[(&str, &str, &[&str])]) -> Library {
    let table = |&(name, heading, rows): &(&str, &str, &[&str])| {
        let columns: Vec<String> = heading.split_whitespace().map(str::to_owned).collect();
        let row = |(line, text): (usize, &&str)| KnowledgeRow {
            line: line as u64 + 2,
            values: text.split_whitespace().map(str::to_owned).collect(),
            begin: None,
            end: None,
        };
        Knowledge {
            name: name.to_owned(),
            title: String::new(),
            source: String::new(),
            meanings: columns.clone(),
            forms: vec![Form::default(); columns.len()],
            columns,
            rows: rows.iter().enumerate().map(row).collect(),
        }
    };
    Library { knowledge: knowledge.iter().map(table).collect(), ..Library::default() }
}

/// What a detector with these settings sees in these rows, completed as fixtures are.
pub fn seen(detector: &str, settings: &str, library: &Library, rows: &TextTables) -> Vec<Seen> {
    let tables = tables(&completed(rows)).expect("rows");
    let world = World::load(&tables).expect("a world");
    let program = program(detector, settings, library);
    let window = Window { from: None, to: None, as_of: Date::new(2030, 12, 31).expect("a day") };
    let mut worker = Worker::new(&program, &world, window);
    let claims = worker.load(&tables).expect("claims");
    let sink = worker.run(&claims, &|_| true);
    let text = |symbol| worker.symbols().texts.text(symbol).to_owned();
    sink.hits
        .iter()
        .map(|hit| Seen {
            psn_no: claims.psn_no[hit.person as usize].to_string(),
            institution: text(hit.institution),
            sure: hit.kind != Some(Kind::Inconclusive),
            begin: hit.begin.to_string(),
            end: hit.end.to_string(),
            offending: offending(hit, &tables),
            values: hit.values.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect(),
            notes: hit.notes.clone(),
        })
        .collect()
}

/// The rows as the fixture of a rule would complete them.
fn completed(rows: &TextTables) -> TextTables {
    let scenario = Scenario {
        title: String::new(),
        sort: Sort::Hit,
        line: 1,
        tables: rows.clone(),
        expected: Vec::new(),
        params: toml::Table::new(),
        as_of: None,
    };
    scenario.completed()
}

fn offending(hit: &Hit, tables: &crate::Tables) -> Vec<String> {
    let key = |source: Source, row: u32| {
        let table = table::table(source.table()).expect("a table");
        let column = table.key.last().expect("a key");
        let reader = Reader::new(table.name, &tables.of(table.name)[0]);
        reader.texts(column).ok().and_then(|texts| texts.get(row as usize)).unwrap_or_default().to_owned()
    };
    let marks = hit.marks.iter().filter(|mark| mark.role == Role::Offending);
    let mut keys: Vec<String> = marks.map(|mark| key(mark.source, mark.row)).collect();
    keys.sort();
    keys
}

fn program(detector: &str, settings: &str, library: &Library) -> Program {
    let settings: toml::Table = settings.parse().expect("settings");
    let built = crate::detectors::build(detector, &settings, library).expect("a detector");
    let rule = Rule {
        id: "T-0001".to_owned(),
        name: "institution/trial".to_owned(),
        title: String::new(),
        version: 1,
        status: Status::Active,
        kind: Kind::Suspect,
        severity: 1,
        scope: SubjectKind::Person,
        stage: Vec::new(),
        covers: Vec::new(),
        effective: Date(0),
        expires: None,
        reads: built.reads().into_iter().map(str::to_owned).collect(),
        knowledge: Vec::new(),
        method: Method::Detector { name: detector.to_owned(), settings },
        params: Vec::new(),
        amount: Counting::LineFund,
        basis: Vec::new(),
        definition: String::new(),
        false_positives: Vec::new(),
        investigate: Vec::new(),
        message: String::new(),
    };
    Program::compile(library, [ResolvedRule { rule, values: BTreeMap::new() }]).expect("a program")
}

/// The same in short: `!` for each hit, `?` for each that missing data leaves open.
pub fn signs(detector: &str, settings: &str, library: &Library, rows: &TextTables) -> String {
    seen(detector, settings, library, rows).iter().map(|hit| if hit.sure { '!' } else { '?' }).collect()
}
