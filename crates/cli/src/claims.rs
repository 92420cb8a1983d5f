//! The lake as the server shows it: what it asks for, answered from lake, runs and quarantine.

mod course;
mod fixtures;
mod library;
mod peers;
mod portrait;
mod rows;
mod screened;

use crate::commands::lake::quarantine::{
    mended::{self, Refused as Row},
    refused,
};
use anyhow::Result;
use mingcha_casework::docket::RefusedRows;
use mingcha_detect::claims::columns::Reader;
use mingcha_engine::{Clue, EngineError, Run, Runs};
use mingcha_ingest::{Check, Policy, Rejected, RowFault, quarantine::to_csv};
use mingcha_lake::{Entry, Lake, LakeError, Made, Snapshot, VersionLine};
use mingcha_library::Library;
use mingcha_model::{
    SubjectKind, Time,
    table::{self, Column, Table},
    time::HOUR,
};
use mingcha_server::{
    LakeConfig,
    claims::{
        BatchReport, BatchView, Claims, ClaimsError, FixtureRun, Gone, Institution, LakeTable, LakeVersion,
        LakeView, Mend, MendedRow, OwnLines, Peers, Portrait, PortraitQuery, Portrayed, Quarantine, Read,
        Refused, RefusedColumn, RefusedGroup, RefusedRow, RunReport, RunRule, RunView, Screened, Timeline,
    },
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// Refused rows of a page.
const PAGE: usize = 100;

/// The lake in a folder.
pub struct LakeClaims {
    folder: PathBuf,
    /// One question in SQL at a time: each may take all cores and much memory.
    asking: Mutex<()>,
    /// One notes at a time which keys rows were mended to.
    mending: Mutex<()>,
    /// The register of institutions, with the version of the lake that it is of.
    register: Mutex<(u64, Arc<[Institution]>)>,
    /// What imports refused by institution, with the version of the lake that it is of.
    refused: Mutex<(u64, Arc<RefusedRows>)>,
    /// Its rules and knowledge.
    library: library::Kept,
    /// Portraits of the newest version.
    portraits: portrait::Kept,
}

impl LakeClaims {
    /// That of the configuration, whether or not it is there yet.
    pub fn new(config: &LakeConfig) -> Self {
        Self {
            folder: config.folder.clone(),
            asking: Mutex::default(),
            mending: Mutex::default(),
            register: Mutex::default(),
            refused: Mutex::default(),
            library: library::Kept::new(config),
            portraits: portrait::Kept::default(),
        }
    }

    fn lake(&self) -> Read<Lake> {
        Lake::open(&self.folder).map_err(|error| match error {
            LakeError::NoLake(_) => ClaimsError::NotFound,
            other => broken(other),
        })
    }

    /// The lake, or nothing to say where there is none yet.
    fn there<T: Default>(&self, work: impl FnOnce(&Lake) -> Result<T>) -> Read<T> {
        match self.lake() {
            Ok(lake) => work(&lake).map_err(broken),
            Err(ClaimsError::NotFound) => Ok(T::default()),
            Err(error) => Err(error),
        }
    }

    /// A run by its whole id.
    fn known(&self, id: &str) -> Read<(Runs, Run)> {
        let runs = Runs::of(&self.folder);
        if !runs.ids().map_err(broken)?.iter().any(|known| known == id) {
            return Err(ClaimsError::NotFound);
        }
        let run = runs.find(id).map_err(of_run)?;
        Ok((runs, run))
    }

    /// The clue in its run, and the lake that the run read.
    fn found(&self, run: &str, clue: &str) -> Read<(Runs, Run, Clue, Lake)> {
        let gone = |what: Gone| {
            move |error| if let ClaimsError::NotFound = error { ClaimsError::Gone(what) } else { error }
        };
        let (runs, run) = self.known(run).map_err(gone(Gone::Run))?;
        let clue = runs.clue(&run.id, clue).map_err(of_run)?.ok_or(ClaimsError::Gone(Gone::Clue))?;
        let lake = self.lake().map_err(gone(Gone::Lake))?;
        Ok((runs, run, clue, lake))
    }

    fn rows(&self, query: &Refused) -> Read<Vec<Row>> {
        self.there(|lake| {
            let mut rows = refused(lake, query.batch.as_deref())?;
            rows.retain(|row| query.table.as_deref().is_none_or(|table| row.row.table.name == table));
            mended::find(lake, &mut rows)?;
            mended::fold(&mut rows);
            // Only now: a row that came again may fail another check since.
            let fails =
                |row: &Row, check: &str| row.row.faults.iter().any(|fault| fault.reason.id() == check);
            rows.retain(|row| query.check.as_deref().is_none_or(|check| fails(row, check)));
            if !query.mended {
                rows.retain(|row| !row.mended);
            }
            Ok(rows)
        })
    }
}

/// The register of designated institutions, in the order of their codes.
fn register(snapshot: &Snapshot) -> Result<Vec<Institution>> {
    let mut register = Vec::new();
    for batch in snapshot.table("institution", &["fixmedins_code", "fixmedins_name", "admdvs"])? {
        let reader = Reader::new("institution", &batch);
        let (codes, names, regions) =
            (reader.texts("fixmedins_code")?, reader.texts("fixmedins_name")?, reader.texts("admdvs")?);
        register.extend((0..batch.num_rows()).filter_map(|row| {
            let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
            let code = codes.get(row)?.to_owned();
            Some(Institution { code, name: text(names.get(row)), region: text(regions.get(row)) })
        }));
    }
    register.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(register)
}

/// The rows that were refused for what stood in them, by institution and by the month in which they came. One that came again word for word
/// counts where it came last.
fn by_institution(lake: &Lake) -> Result<RefusedRows> {
    let history = lake.history()?;
    let came = |line: &VersionLine| (line.version, Time(civil(line.written_at)).date().month_index());
    let months: BTreeMap<u64, i32> = history.iter().map(came).collect();
    let mut rows = refused(lake, None)?;
    rows.retain(|row| !row.whole_batch);
    mended::fold(&mut rows);
    let mut counted = RefusedRows::new();
    for Row { row, version, .. } in &rows {
        let code = row.row.iter().find(|(column, _)| *column == "fixmedins_code");
        if let (Some((_, code)), Some(month)) = (code, months.get(version)) {
            *counted.entry(code.clone()).or_default().entry(*month).or_default() += 1;
        }
    }
    Ok(counted)
}

/// With its causes: an error names only itself.
fn broken(error: impl Into<anyhow::Error>) -> ClaimsError {
    ClaimsError::Broken(format!("{:#}", error.into()))
}

/// What is wrong with a run that was asked for: it is not there, or its files are damaged.
fn of_run(error: EngineError) -> ClaimsError {
    match error {
        EngineError::Unknown { .. } => ClaimsError::NotFound,
        EngineError::File { .. } | EngineError::Record { .. } => {
            ClaimsError::Damaged(format!("{:#}", anyhow::Error::from(error)))
        }
        other => broken(other),
    }
}

/// Chinese names of checks, tables and columns.
pub fn titles(policy: &Policy) -> BTreeMap<String, String> {
    let mut titles: BTreeMap<String, String> =
        Check::ALL.iter().map(|check| (check.id().to_owned(), policy.title(*check).to_owned())).collect();
    for table in table::tables() {
        titles.insert(table.name.to_owned(), table.label.to_owned());
        let columns = table.columns.iter();
        titles.extend(
            columns.map(|column| (format!("{}.{}", table.name, column.name), column.label.to_owned())),
        );
    }
    titles
}

/// A file's own name, without the place where it lay.
fn name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// A report without the places where its files lay.
fn without_places(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_places),
        Value::Object(fields) => {
            if let Some(Value::Object(left_out)) = fields.get_mut("left_out") {
                *left_out =
                    std::mem::take(left_out).into_iter().map(|(file, batch)| (name(&file), batch)).collect();
            }
            if let Some(Value::String(file)) = fields.get_mut("file") {
                *file = name(file);
            }
            fields.values_mut().for_each(without_places);
        }
        _ => {}
    }
}

/// Written times are the system's, shown in China's civil time.
fn civil(written: u64) -> i64 {
    written as i64 + 8 * HOUR
}

/// As much of a batch's id as tells it from all others.
fn short(id: &str) -> String {
    id.chars().take(16).collect()
}

fn batch(entry: &Entry, version: u64, refused_whole: bool) -> BatchView {
    BatchView {
        id: short(&entry.id),
        at: civil(entry.written_at),
        refused_whole,
        version,
        files: entry.files.iter().map(|file| name(file)).collect(),
        read: entry.report.get("read").and_then(Value::as_u64).unwrap_or_default(),
        quarantined: entry.quarantined,
    }
}

/// All batches with their entries, the newest first.
fn batches(lake: &Lake) -> Result<Vec<(BatchView, Entry)>> {
    let mut all = Vec::new();
    for line in lake.history()? {
        if let Made::Import { batch: id } = &line.made {
            let entry = lake.batch(id)?;
            all.push((batch(&entry, line.version, false), entry));
        }
    }
    for entry in lake.refused()? {
        all.push((batch(&entry, entry.version, true), entry));
    }
    all.sort_by_key(|(view, _)| std::cmp::Reverse((view.at, view.version)));
    Ok(all)
}

fn state(row: &Row) -> &'static str {
    match (row.mended, row.whole_batch) {
        (true, _) => "mended",
        (false, true) => "refused_batch",
        (false, false) => "open",
    }
}

fn groups(rows: &[Row]) -> Vec<RefusedGroup> {
    let mut groups: BTreeMap<(&str, &str, &str, &str), RefusedGroup> = BTreeMap::new();
    for (row, fault) in rows.iter().flat_map(|row| row.row.faults.iter().map(move |fault| (row, fault))) {
        let (table, RowFault { column, reason, message, .. }) = (row.row.table, fault);
        let new = || RefusedGroup {
            table: table.name.to_owned(),
            table_title: table.label.to_owned(),
            column: (*column).to_owned(),
            check: reason.id().to_owned(),
            title: message.clone(),
            state: state(row).to_owned(),
            rows: 0,
        };
        groups.entry((table.name, column, reason.id(), state(row))).or_insert_with(new).rows += 1;
    }
    groups.into_values().collect()
}

/// A row of the page; of several faults the first has the columns, and the words of the others stand behind its own.
fn shown(row: &Row) -> RefusedRow {
    let Rejected { file, line, table, faults, row: cells } = &row.row;
    let label = |column: &str| table.column(column).map_or("", |column| column.label);
    let mut title: Vec<String> = Vec::new();
    let mut hint: Vec<&str> = Vec::new();
    for fault in faults {
        let place = match fault.value.as_str() {
            _ if title.is_empty() => String::new(),
            "" => label(fault.column).to_owned(),
            value => format!("{}“{value}”", label(fault.column)),
        };
        let colon = if place.is_empty() { "" } else { "：" };
        title.push(format!("{place}{colon}{}", fault.message));
        if !hint.contains(&fault.hint.as_str()) {
            hint.push(&fault.hint);
        }
    }
    let first = faults.first();
    let column = first.map_or("", |fault| fault.column);
    let cell = |(column, value): &(&str, String)| ((*column).to_owned(), value.clone());
    RefusedRow {
        batch: short(&row.batch),
        place: row.place,
        file: name(file),
        line: *line,
        table: table.name.to_owned(),
        column: column.to_owned(),
        column_title: label(column).to_owned(),
        value: first.map_or_else(String::new, |fault| fault.value.clone()),
        check: first.map_or("", |fault| fault.reason.id()).to_owned(),
        title: title.join("；"),
        hint: hint.join("；"),
        state: state(row).to_owned(),
        row: cells.iter().map(cell).collect(),
    }
}

fn columns(table: &Table) -> Vec<RefusedColumn> {
    let column = |column: &Column| RefusedColumn {
        column: column.name.to_owned(),
        title: column.label.to_owned(),
        required: column.required,
        personal: column.personal,
        key: table.key.contains(&column.name),
    };
    table.columns.iter().map(column).collect()
}

/// The open rows with what was typed laid over them, in the order asked for; nothing where one is not open or is named twice.
fn mended_rows(open: Vec<Row>, mend: &Mend) -> Option<Vec<Row>> {
    let place = |row: Row| ((short(&row.batch), row.place), row);
    let mut open: HashMap<(String, u64), Row> = open.into_iter().map(place).collect();
    let mended = mend.rows.iter().map(|MendedRow { batch, place, cells }| {
        let mut row = open.remove(&(batch.clone(), *place))?;
        row.row.mend(cells.iter().map(|(column, value)| (column.as_str(), value.as_str())));
        // What was noted at an earlier attempt holds no longer, whichever cells this one is about.
        if row.mended_to.is_some() || row.row.table.key.iter().any(|column| cells.contains_key(*column)) {
            row.mended_to = mended::key_of(&row.row);
        }
        Some(row)
    });
    mended.collect()
}

fn run_view(run: &Run) -> RunView {
    RunView {
        id: run.id.clone(),
        as_of: run.asked.as_of.to_string(),
        lake_version: run.asked.lake_version,
        rules: run.asked.rules.len() as u64,
        findings: run.findings,
        kinds: run.kinds.clone(),
        clues: run.clues,
        amount: run.amount.0,
        region: run.asked.region.clone().unwrap_or_default(),
        damaged: false,
    }
}

impl Claims for LakeClaims {
    fn library(&self) -> Read<Arc<Library>> {
        Ok(self.library.now())
    }

    fn site_params(&self) -> Read<Option<toml::Table>> {
        self.library.params().map_err(broken)
    }

    fn keep_params(&self, rule: &str, own: &toml::Table) -> Read<()> {
        self.library.keep(rule, own).map_err(broken)
    }

    fn fixtures(&self, rule: &str) -> Read<Vec<FixtureRun>> {
        let library = self.library.now();
        let rule = library.rule(rule).ok_or(ClaimsError::NotFound)?;
        let _one = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(fixtures::run(&library, rule))
    }

    fn status(&self) -> Read<LakeView> {
        self.there(|lake| {
            let status = lake.status()?;
            let title = |name: &str| table::table(name).map_or("", |table| table.label).to_owned();
            let tables = status.tables.iter().map(|line| LakeTable {
                table: line.table.clone(),
                title: title(&line.table),
                rows: line.rows,
                bytes: line.bytes,
            });
            Ok(LakeView {
                there: true,
                version: status.version,
                batches: status.batches as u64,
                wants_compaction: status.wants_compaction,
                tables: tables.collect(),
            })
        })
    }

    fn versions(&self) -> Read<Vec<LakeVersion>> {
        self.there(|lake| {
            let mut versions = Vec::new();
            for line in lake.history()? {
                let sum = |of: fn(&mingcha_lake::Counts) -> u64| {
                    line.counts.iter().flat_map(|counts| counts.values()).map(of).sum()
                };
                let (made, batch) = match &line.made {
                    Made::Create => ("create", None),
                    Made::Import { batch } => ("import", Some(short(batch))),
                    Made::Compact => ("compact", None),
                };
                versions.push(LakeVersion {
                    version: line.version,
                    at: civil(line.written_at),
                    made: made.to_owned(),
                    batch,
                    kept: line.kept,
                    added: sum(|counts| counts.added),
                    replaced: sum(|counts| counts.replaced),
                    unchanged: sum(|counts| counts.unchanged),
                    refused: sum(|counts| counts.refused),
                });
            }
            versions.reverse();
            Ok(versions)
        })
    }

    fn batches(&self) -> Read<Vec<BatchView>> {
        self.there(|lake| Ok(batches(lake)?.into_iter().map(|(view, _)| view).collect()))
    }

    fn batch(&self, id: &str) -> Read<BatchReport> {
        let found = self.there(|lake| Ok(batches(lake)?.into_iter().find(|(view, _)| view.id == id)))?;
        let (batch, Entry { mut report, .. }) = found.ok_or(ClaimsError::NotFound)?;
        without_places(&mut report);
        Ok(BatchReport { batch, report, titles: titles(&Policy::default()) })
    }

    fn quarantine(&self, query: &Refused) -> Read<Quarantine> {
        let rows = self.rows(query)?;
        let first = (query.page.unwrap_or(1).max(1) as usize - 1).saturating_mul(PAGE);
        let items = rows.iter().skip(first).take(PAGE).map(shown).collect();
        let table = query.table.as_deref().and_then(table::table);
        let columns = table.map(columns).unwrap_or_default();
        Ok(Quarantine { groups: groups(&rows), items, total: rows.len() as u64, columns })
    }

    fn to_mend(&self, query: &Refused) -> Read<String> {
        let table = query.table.as_deref().and_then(table::table).ok_or(ClaimsError::NotFound)?;
        let rows = self.rows(query)?;
        Ok(to_csv(table, rows.iter().map(|row| &row.row)))
    }

    fn mend(&self, mend: &Mend) -> Read<Option<String>> {
        let table = table::table(&mend.table).ok_or(ClaimsError::NotFound)?;
        let _one = self.mending.lock().unwrap_or_else(PoisonError::into_inner);
        let open = self.rows(&Refused { table: Some(mend.table.clone()), ..Refused::default() })?;
        let Some(mended) = mended_rows(open, mend) else { return Ok(None) };
        if !mend.trial {
            self.there(|lake| mended::note_keys(lake, &mended))?;
        }
        Ok(Some(to_csv(table, mended.iter().map(|row| &row.row))))
    }

    fn runs(&self) -> Read<Vec<RunView>> {
        let runs = Runs::of(&self.folder);
        let ids = runs.ids().map_err(broken)?;
        // One that is damaged hides no other, and is named.
        let view = |id: &String| match runs.find(id) {
            Ok(run) => Ok(run_view(&run)),
            Err(EngineError::File { .. } | EngineError::Record { .. }) => {
                Ok(RunView { id: id.clone(), damaged: true, ..RunView::default() })
            }
            Err(error) => Err(broken(error)),
        };
        ids.iter().rev().map(view).collect()
    }

    fn run(&self, id: &str) -> Read<RunReport> {
        let (runs, run) = self.known(id)?;
        let mut by_rule: BTreeMap<String, RunRule> = BTreeMap::new();
        for clue in runs.clues(id).map_err(of_run)? {
            let version = run.asked.rules.get(&clue.rule).copied().unwrap_or_default();
            let of_rule = by_rule.entry(clue.rule.clone()).or_insert_with(|| RunRule {
                rule: clue.rule.clone(),
                title: clue.title.clone(),
                version,
                ..RunRule::default()
            });
            of_rule.clues += 1;
            of_rule.high += u64::from(clue.grade == mingcha_engine::Grade::High);
            of_rule.findings += clue.findings.len() as u64;
            of_rule.amount += clue.amount.0;
        }
        let mut by_rule: Vec<RunRule> = by_rule.into_values().collect();
        by_rule.sort_by_key(|rule| std::cmp::Reverse((rule.amount, rule.clues)));
        Ok(RunReport { by_rule, empty_tables: run.empty_tables.clone(), run: run_view(&run) })
    }

    fn institutions(&self) -> Read<Arc<[Institution]>> {
        self.there(|lake| {
            let mut kept = self.register.lock().unwrap_or_else(PoisonError::into_inner);
            // Of a lake without a version there is nothing to keep, and 0 is none.
            let version = lake.version()?;
            if kept.0 != version || version == 0 {
                *kept = (version, register(&lake.snapshot(Some(version))?)?.into());
            }
            Ok(Arc::clone(&kept.1))
        })
    }

    fn refused_rows(&self) -> Read<Arc<RefusedRows>> {
        self.there(|lake| {
            let mut kept = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            let version = lake.version()?;
            if kept.0 != version || version == 0 {
                *kept = (version, Arc::new(by_institution(lake)?));
            }
            Ok(Arc::clone(&kept.1))
        })
    }

    fn timeline(&self, run: &str, clue: &str, origin: &Value) -> Read<Timeline> {
        let (_, run, clue, lake) = self.found(run, clue)?;
        let snapshot = lake.snapshot(Some(run.asked.lake_version)).map_err(|error| match error {
            LakeError::NoVersion(_) => ClaimsError::Gone(Gone::Version),
            other => broken(other),
        })?;
        course::draw(&snapshot, &clue, origin, &self.asking).map_err(broken)
    }

    fn peers(&self, run: &str, clue: &str) -> Read<Peers> {
        let (runs, run, clue, lake) = self.found(run, clue)?;
        let snapshot = lake.snapshot(None).map_err(broken)?;
        peers::compare(&snapshot, &runs, &run, &clue).map_err(broken)
    }

    fn portrayed(&self, kind: Portrayed, code: &str) -> Read<Vec<Institution>> {
        let register = self.institutions()?;
        self.there(|lake| portrait::places(&lake.snapshot(None)?, &register, kind, code))
    }

    fn portrait(&self, query: &PortraitQuery) -> Read<Portrait> {
        portrait::portrait(self, query)
    }

    fn person(&self, run: &str, clue: &str) -> Read<Portrait> {
        let (_, _, clue, lake) = self.found(run, clue)?;
        if clue.subject.kind != SubjectKind::Person {
            return Err(ClaimsError::NotFound);
        }
        let snapshot = lake.snapshot(None).map_err(broken)?;
        portrait::person(&snapshot, &clue.subject.id).map_err(broken)
    }

    fn screened(&self, institution: &str, query: &OwnLines) -> Read<Screened> {
        let runs = Runs::of(&self.folder);
        let ids = runs.ids().map_err(broken)?;
        // The newest that can be read.
        match ids.iter().rev().find_map(|id| runs.find(id).ok()) {
            Some(run) => screened::found(&runs, &run, institution, query).map_err(broken),
            None if ids.is_empty() => Ok(Screened::default()),
            None => Err(ClaimsError::Damaged("no run can be read".to_owned())),
        }
    }
}
