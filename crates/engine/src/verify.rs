//! Proof: the same versions of rules over the same versions of data give the same findings, byte for byte.

use crate::{
    error::{EngineError, Result},
    pass,
    run::{self, Chosen, Watch},
    sql, store,
    store::{Run, Runs},
};
use mingcha_detect::Window;
use mingcha_lake::Lake;
use mingcha_library::Library;
use mingcha_model::Finding;
use serde::Serialize;
use std::collections::BTreeSet;

/// How many differing records a proof names.
const SHOWN: usize = 10;

/// What came of a proof: findings, clues and the run's own figures, all made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The run.
    pub run: String,
    /// The clue, where one was proved.
    pub clue: Option<String>,
    /// Whether everything came out the same, byte for byte.
    pub same: bool,
    /// How many findings were compared.
    pub findings: usize,
    /// SM3 of the findings as they were written.
    pub written: String,
    /// SM3 of the findings as they came out now.
    pub now: String,
    /// The first records that differ (findings, clues, the run's figures): as written and as now, at most ten.
    pub differences: Vec<Difference>,
}

/// A record that did not come out the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// As written; `None` where it is new.
    pub written: Option<String>,
    /// As it came out now; `None` where it did not.
    pub now: Option<String>,
}

/// The library as a run used it.
pub fn library(runs: &Runs, run: &Run) -> Result<Library> {
    let archive = runs.library(&run.id)?;
    let (library, diagnostics) =
        Library::from_archive(&archive).map_err(|error| EngineError::Rules(vec![error.to_string()]))?;
    if library.digest == run.asked.library {
        return Ok(library);
    }
    let mut faults: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    faults.push(format!("the library kept with run {} is not the one it used", run.id));
    Err(EngineError::Rules(faults))
}

/// Proves a run: everything again.
pub fn run(lake: &Lake, runs: &Runs, run: &Run, threads: usize, watch: &Watch<'_>) -> Result<Proof> {
    let library = library(runs, run)?;
    let snapshot = lake.snapshot(Some(run.asked.lake_version))?;
    let names: Vec<String> = run.asked.rules.keys().cloned().collect();
    let chosen = exactly(Chosen::of(&library, &names, &run.asked.params)?, &names);
    let now = run::whole(&snapshot, &library, &chosen, &run.asked, threads, watch)?.findings;
    let (figures, clues) = run::describe(&snapshot, &chosen, run.asked.clone(), &now, &library)?;
    let mut proof = compare(run, None, &runs.findings(&run.id)?, &now);
    proof.hold(&runs.clues(&run.id)?, &clues);
    proof.hold(std::slice::from_ref(run), std::slice::from_ref(&figures));
    Ok(proof)
}

/// Proves a clue: its rule again, over its people only where the rule looks at one person at a time.
pub fn clue(
    lake: &Lake,
    runs: &Runs,
    run: &Run,
    clue_id: &str,
    threads: usize,
    watch: &Watch<'_>,
) -> Result<Proof> {
    let clues = runs.clues(&run.id)?;
    let clue = clues
        .iter()
        .find(|clue| clue.id == clue_id)
        .ok_or_else(|| EngineError::Unknown { what: "clue", name: clue_id.to_owned() })?;
    let all = runs.findings(&run.id)?;
    let written: Vec<Finding> =
        clue.findings.iter().filter_map(|&at| all.get(at as usize).cloned()).collect();
    let library = library(runs, run)?;
    let snapshot = lake.snapshot(Some(run.asked.lake_version))?;
    let names = [clue.rule.clone()];
    let chosen = exactly(Chosen::of(&library, &names, &run.asked.params)?, &names);
    let window = Window { from: run.asked.from, to: run.asked.to, as_of: run.asked.as_of };
    let mut now = Vec::new();
    if chosen.sql.is_empty() {
        let people: BTreeSet<String> = written.iter().filter_map(|finding| finding.psn_no.clone()).collect();
        let program = chosen.program(&library)?;
        let steps = snapshot.buckets();
        let passed = pass::people(&snapshot, &program, window, Some(&people), threads, steps, watch)?;
        now.extend(passed.findings);
    }
    for resolved in &chosen.sql {
        let population = sql::population(&snapshot, window.as_of)?;
        now.extend(population.screen(&library, resolved, window)?);
    }
    now.retain(|finding| {
        finding.subject == clue.subject && finding.kind != mingcha_model::Kind::Inconclusive
    });
    if let Some(region) = &run.asked.region {
        now.retain(|finding| {
            finding.admdvs.as_ref().is_some_and(|admdvs| admdvs.starts_with(region.as_str()))
        });
    }
    now.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut again = crate::clue::group(&now, &library);
    if let [fresh] = again.as_mut_slice() {
        // Here the findings count from the clue's first; in the run they count over all.
        fresh.findings.clone_from(&clue.findings);
    }
    let mut proof = compare(run, Some(clue_id), &written, &now);
    proof.hold(std::slice::from_ref(clue), &again);
    Ok(proof)
}

impl Proof {
    /// Holds other records than findings against what they are now.
    fn hold<T: Serialize>(&mut self, written: &[T], now: &[T]) {
        let (before, after): (BTreeSet<String>, BTreeSet<String>) =
            (written.iter().map(store::line).collect(), now.iter().map(store::line).collect());
        self.same &= before == after && written.len() == now.len();
        self.differences.extend(differences(&before, &after));
        self.differences.truncate(SHOWN);
    }
}

/// Records that only one side has, each side in its order.
fn differences(before: &BTreeSet<String>, after: &BTreeSet<String>) -> impl Iterator<Item = Difference> {
    let gone: Vec<_> = before.difference(after).take(SHOWN).cloned().collect();
    let fresh: Vec<_> = after.difference(before).take(SHOWN).cloned().collect();
    let gone = gone.into_iter().map(|line| Difference { written: Some(line), now: None });
    gone.chain(fresh.into_iter().map(|line| Difference { written: None, now: Some(line) }))
}

/// Names choose by their beginning; a proof wants the rules themselves.
fn exactly(mut chosen: Chosen, names: &[String]) -> Chosen {
    chosen.person.retain(|resolved| names.contains(&resolved.rule.name));
    chosen.sql.retain(|resolved| names.contains(&resolved.rule.name));
    chosen
}

fn compare(run: &Run, clue: Option<&str>, written: &[Finding], now: &[Finding]) -> Proof {
    let (before, after): (BTreeSet<String>, BTreeSet<String>) =
        (written.iter().map(store::line).collect(), now.iter().map(store::line).collect());
    let (written_sm3, now_sm3) = (store::digest(written), store::digest(now));
    let kept = clue.is_some() || run.findings_sm3 == written_sm3;
    Proof {
        run: run.id.clone(),
        clue: clue.map(str::to_owned),
        same: kept && written_sm3 == now_sm3,
        findings: written.len(),
        written: if clue.is_some() { written_sm3 } else { run.findings_sm3.clone() },
        now: now_sm3,
        differences: differences(&before, &after).take(SHOWN).collect(),
    }
}
