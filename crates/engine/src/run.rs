//! A run: every rule over one snapshot of the lake, into findings and clues. A function of what it is asked, without clock or chance.

use crate::{
    Clue, clue,
    error::{EngineError, Result},
    outside,
    pass::{self, Passed},
    sql, store,
    store::{Asked, Place, Run, Runs},
    total::{ACCOUNTS, total, total_of},
};
use mingcha_detect::{Program, Window, claims::columns::Reader};
use mingcha_lake::{Lake, Persons, Snapshot, Touched};
use mingcha_library::{Library, Method, Status, param::ResolvedRule};
use mingcha_model::{Date, Finding, cert::sm3_hex};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicBool, Ordering},
};

/// What to screen.
#[derive(Clone, Debug)]
pub struct Options {
    /// Rows after this day do not count, inclusive.
    pub as_of: Date,
    /// Findings that end before this day are left out.
    pub from: Option<Date>,
    /// Findings that begin after this day are left out.
    pub to: Option<Date>,
    /// Only findings whose region begins so.
    pub region: Option<String>,
    /// Names or ids of rules, or beginnings of names such as `institution/`; all that are in force where empty.
    pub rules: Vec<String>,
    /// A locality's parameters by rule.
    pub params: toml::Table,
    /// How many buckets to work on at once.
    pub threads: usize,
    /// Whether an earlier run may be built on: only people with new data are looked at again.
    pub incremental: bool,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps done: buckets, then SQL rules.
    pub done: u32,
    /// Steps in all.
    pub of: u32,
}

/// What watches a run and may stop it.
pub struct Watch<'a> {
    /// Called after each step.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Set from outside to stop the run.
    pub cancel: &'a AtomicBool,
}

impl Watch<'_> {
    pub(crate) fn check(&self) -> Result<()> {
        if self.cancel.load(Ordering::Relaxed) { Err(EngineError::Interrupted) } else { Ok(()) }
    }
}

/// The rules of a run, parameters filled in.
#[derive(Debug, Default)]
pub struct Chosen {
    /// Rules over one person's timeline.
    pub person: Vec<ResolvedRule>,
    /// Rules over the population.
    pub sql: Vec<ResolvedRule>,
}

impl Chosen {
    /// The rules in force, or those named whatever their status but `retired`.
    pub fn of(library: &Library, names: &[String], params: &toml::Table) -> Result<Self> {
        for name in names {
            if !library.rules.iter().any(|rule| rule.id == *name || rule.name.starts_with(name.as_str())) {
                return Err(EngineError::Unknown { what: "rule", name: name.clone() });
            }
        }
        let (mut chosen, mut faults) = (Self::default(), Vec::new());
        for rule in &library.rules {
            let named = names.iter().any(|name| rule.id == *name || rule.name.starts_with(name.as_str()));
            let in_force = matches!(rule.status, Status::Active | Status::Trial);
            if rule.status == Status::Retired || !(named || names.is_empty() && in_force) {
                continue;
            }
            match (rule.resolve(params), &rule.method) {
                (Ok(resolved), Method::Detector { .. }) => chosen.person.push(resolved),
                (Ok(resolved), Method::Sql { .. }) => chosen.sql.push(resolved),
                (Err(error), _) => faults.push(error.to_string()),
            }
        }
        if faults.is_empty() { Ok(chosen) } else { Err(EngineError::Rules(faults)) }
    }

    /// Name and version of each.
    pub fn versions(&self) -> BTreeMap<String, u32> {
        self.person
            .iter()
            .chain(&self.sql)
            .map(|resolved| (resolved.rule.name.clone(), resolved.rule.version))
            .collect()
    }

    /// The person-scope rules, compiled.
    pub fn program(&self, library: &Library) -> Result<Program> {
        Program::compile(library, self.person.iter().cloned())
            .map_err(|errors| EngineError::Rules(errors.iter().map(ToString::to_string).collect()))
    }
}

/// What a screening came to, and how.
#[derive(Debug)]
pub struct Screened {
    /// The run, as it was written.
    pub run: Run,
    /// Its findings, in order.
    pub findings: Vec<Finding>,
    /// How many people were looked at; the others' findings are those of the run built on.
    pub people: u64,
    /// How many people have a row that the rules read.
    pub of: u64,
    /// The earlier run that was built on.
    pub built_on: Option<String>,
    /// What of earlier runs could not be read; they were passed over.
    pub unreadable: Vec<EngineError>,
    /// Where nothing was found: why that says nothing.
    pub outside: Vec<String>,
}

/// An earlier run to build on.
struct Base {
    /// Its id.
    run: String,
    /// What it found.
    findings: Vec<Finding>,
    /// Whose data changed since.
    touched: BTreeSet<String>,
}

/// Screens the lake and writes the run.
pub fn screen(lake: &Lake, library: &Library, options: &Options, watch: &Watch<'_>) -> Result<Screened> {
    let snapshot = lake.snapshot(None)?;
    let chosen = Chosen::of(library, &options.rules, &options.params)?;
    let asked = asked(&snapshot, library, &chosen, options);
    let runs = Runs::of(lake.folder());
    let mut unreadable = Vec::new();
    let base = if options.incremental { base(&runs, &asked, &snapshot, &mut unreadable)? } else { None };
    let built_on = base.as_ref().map(|base| base.run.clone());
    let Passed { findings, people, of } = match base {
        Some(base) => again(base, &snapshot, library, &chosen, &asked, options.threads, watch)?,
        None => whole(&snapshot, library, &chosen, &asked, options.threads, watch)?,
    };
    let (run, clues) = describe(&snapshot, &chosen, asked, &findings, library)?;
    runs.write(&run, &findings, &clues, &library.to_archive())?;
    let outside = if findings.is_empty() { outside::outside(&snapshot, &run.asked)? } else { Vec::new() };
    Ok(Screened { run, findings, people, of, built_on, unreadable, outside })
}

/// What a screening would find in this version of the lake, from the start and in order; nothing is written.
pub fn trial(
    snapshot: &Snapshot,
    library: &Library,
    options: &Options,
    watch: &Watch<'_>,
) -> Result<Vec<Finding>> {
    let chosen = Chosen::of(library, &options.rules, &options.params)?;
    let asked = asked(snapshot, library, &chosen, options);
    Ok(whole(snapshot, library, &chosen, &asked, options.threads, watch)?.findings)
}

/// What is asked of a version of the lake.
fn asked(snapshot: &Snapshot, library: &Library, chosen: &Chosen, options: &Options) -> Asked {
    Asked {
        lake_version: snapshot.version(),
        data: sm3_hex(snapshot.manifest().batches.join(" ").as_bytes()),
        library: library.digest.clone(),
        rules: chosen.versions(),
        params: options.params.clone(),
        as_of: options.as_of,
        from: options.from,
        to: options.to,
        region: options.region.clone(),
    }
}

/// Everything that was asked, from the start; findings in order.
pub fn whole(
    snapshot: &Snapshot,
    library: &Library,
    chosen: &Chosen,
    asked: &Asked,
    threads: usize,
    watch: &Watch<'_>,
) -> Result<Passed> {
    let program = chosen.program(library)?;
    let steps = snapshot.buckets() + chosen.sql.len() as u32;
    let mut passed = pass::people(snapshot, &program, window(asked), None, threads, steps, watch)?;
    passed.findings.extend(population(snapshot, library, chosen, asked, steps, watch)?);
    Ok(Passed { findings: ordered(passed.findings, asked), ..passed })
}

/// The tables without a row, each with the rules that read it.
fn empty_tables(snapshot: &Snapshot, chosen: &Chosen) -> BTreeMap<String, Vec<String>> {
    let mut empty: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for resolved in chosen.person.iter().chain(&chosen.sql) {
        let tables: BTreeSet<&str> =
            resolved.rule.reads.iter().filter_map(|read| read.split_once('.')).map(|read| read.0).collect();
        for table in tables {
            if snapshot.row_count(table) == 0 {
                empty.entry(table.to_owned()).or_default().push(resolved.rule.name.clone());
            }
        }
    }
    empty
}

/// The newest run that asked the same of an older version of the lake, where not everybody must be looked at again. A run that cannot
/// be read is told and passed over: what it would have spared is found anew.
fn base(
    runs: &Runs,
    asked: &Asked,
    snapshot: &Snapshot,
    unreadable: &mut Vec<EngineError>,
) -> Result<Option<Base>> {
    for id in runs.ids()?.iter().rev() {
        let run = match runs.find(id) {
            Ok(run) => run,
            Err(error) => {
                unreadable.push(error);
                continue;
            }
        };
        let older = run.asked.lake_version <= asked.lake_version && run.asked.as_of <= asked.as_of;
        let same = Asked {
            lake_version: asked.lake_version,
            data: asked.data.clone(),
            as_of: asked.as_of,
            ..run.asked.clone()
        } == *asked;
        if !(older && same) {
            continue;
        }
        let Some(touched) = touched(&run, snapshot, asked)? else { return Ok(None) };
        match all_findings(runs, &run) {
            Ok(findings) => return Ok(Some(Base { run: run.id, findings, touched })),
            Err(error) => unreadable.push(error),
        }
    }
    Ok(None)
}

/// Whose data changed since an earlier run; nothing where everybody must be looked at again.
fn touched(base: &Run, snapshot: &Snapshot, asked: &Asked) -> Result<Option<BTreeSet<String>>> {
    let Touched { persons, reference_tables_changed } = snapshot.touched_since(base.asked.lake_version)?;
    // Rows that lay ahead of the older run's day count now, also for people whose data did not change.
    let ahead = base.asked.as_of < asked.as_of && base.last_day.is_none_or(|last| last > base.asked.as_of);
    Ok(match persons {
        Persons::Some(persons) if !reference_tables_changed && !ahead => Some(persons.into_iter().collect()),
        _ => None,
    })
}

/// The findings of a run, as many as it says: a file that was cut short may end between two of them.
fn all_findings(runs: &Runs, run: &Run) -> Result<Vec<Finding>> {
    let findings = runs.findings(&run.id)?;
    if findings.len() as u64 == run.findings {
        return Ok(findings);
    }
    let text = format!("{} findings are left of {}", findings.len(), run.findings);
    Err(EngineError::File { path: runs.folder(&run.id), source: std::io::Error::other(text) })
}

/// What an earlier run found of people without new data, and the others again; findings in order.
fn again(
    base: Base,
    snapshot: &Snapshot,
    library: &Library,
    chosen: &Chosen,
    asked: &Asked,
    threads: usize,
    watch: &Watch<'_>,
) -> Result<Passed> {
    let Base { findings, touched, .. } = base;
    let by_person: BTreeSet<&str> =
        chosen.person.iter().map(|resolved| resolved.rule.name.as_str()).collect();
    let program = chosen.program(library)?;
    let steps = snapshot.buckets() + chosen.sql.len() as u32;
    let kept = findings.into_iter().filter(|finding| {
        let of_touched = finding.psn_no.as_ref().is_some_and(|psn_no| touched.contains(psn_no));
        by_person.contains(finding.rule.as_str()) && !of_touched
    });
    let mut findings: Vec<Finding> = kept.collect();
    let passed = pass::people(snapshot, &program, window(asked), Some(&touched), threads, steps, watch)?;
    findings.extend(passed.findings);
    findings.extend(population(snapshot, library, chosen, asked, steps, watch)?);
    Ok(Passed { findings: ordered(findings, asked), ..passed })
}

/// The rules over the population, each over the whole snapshot.
fn population(
    snapshot: &Snapshot,
    library: &Library,
    chosen: &Chosen,
    asked: &Asked,
    steps: u32,
    watch: &Watch<'_>,
) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    if chosen.sql.is_empty() {
        return Ok(findings);
    }
    let population = sql::population(snapshot, asked.as_of)?;
    for (at, resolved) in chosen.sql.iter().enumerate() {
        watch.check()?;
        findings.extend(population.screen(library, resolved, window(asked))?);
        (watch.progress)(Progress { done: snapshot.buckets() + at as u32 + 1, of: steps });
    }
    Ok(findings)
}

fn window(asked: &Asked) -> Window {
    Window { from: asked.from, to: asked.to, as_of: asked.as_of }
}

/// In the one order of a run, with only the region asked for.
fn ordered(mut findings: Vec<Finding>, asked: &Asked) -> Vec<Finding> {
    if let Some(region) = &asked.region {
        findings.retain(|finding| {
            finding.admdvs.as_ref().is_some_and(|admdvs| admdvs.starts_with(region.as_str()))
        });
    }
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    findings
}

/// What a run says of its findings: everything of it but the findings themselves.
pub fn describe(
    snapshot: &Snapshot,
    chosen: &Chosen,
    asked: Asked,
    findings: &[Finding],
    library: &Library,
) -> Result<(Run, Vec<Clue>)> {
    let clues = clue::group(findings, library);
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for finding in findings {
        *kinds.entry(format!("{:?}", finding.kind).to_lowercase()).or_default() += 1;
    }
    let run = Run {
        id: asked.id(),
        last_day: pass::last_day(snapshot)?,
        kinds,
        findings: findings.len() as u64,
        clues: clues.len() as u64,
        amount: total(findings),
        account: total_of(ACCOUNTS, findings),
        empty_tables: empty_tables(snapshot, chosen),
        places: places(snapshot, findings)?,
        findings_sm3: store::digest(findings),
        asked,
    };
    Ok((run, clues))
}

/// Name and region of each institution that findings or their evidence name.
fn places(snapshot: &Snapshot, findings: &[Finding]) -> Result<BTreeMap<String, Place>> {
    let evidence = findings.iter().flat_map(|finding| &finding.evidence);
    let of_rows = evidence.filter_map(|row| row.fixmedins_code.as_ref());
    let named: BTreeSet<&String> =
        findings.iter().filter_map(|finding| finding.fixmedins_code.as_ref()).chain(of_rows).collect();
    let mut places: BTreeMap<String, Place> =
        named.iter().map(|code| ((*code).clone(), Place::default())).collect();
    for batch in snapshot.table("institution", &["fixmedins_code", "fixmedins_name", "admdvs"])? {
        let reader = Reader::new("institution", &batch);
        let column = |name| reader.texts(name);
        let (codes, names, regions) =
            (column("fixmedins_code")?, column("fixmedins_name")?, column("admdvs")?);
        for row in 0..batch.num_rows() {
            if let Some(place) = codes.get(row).and_then(|code| places.get_mut(code)) {
                names.get(row).unwrap_or_default().clone_into(&mut place.name);
                regions.get(row).unwrap_or_default().clone_into(&mut place.admdvs);
            }
        }
    }
    Ok(places)
}
