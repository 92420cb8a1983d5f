//! `mingcha verify --case`: each piece of a case's evidence, held against what it points at.

use crate::{
    commands::{serve::runtime, threads},
    exit::{Faulty, Unusable},
    out,
};
use anyhow::Result;
use mingcha_casework::{
    docket::{PieceProof, Verdict},
    facts::FindingPointer,
    store::Error,
};
use mingcha_engine::{EngineError, Runs, Watch, verify};
use mingcha_lake::Lake;
use mingcha_server::{
    Config,
    operate::{self, OperateError},
};
use std::collections::BTreeMap;

/// Proves each piece; the lake is opened only where a finding is among them.
pub fn prove(
    config: &Config,
    case: &str,
    cores: Option<usize>,
    watch: &Watch<'_>,
) -> Result<Vec<PieceProof>> {
    let mut pieces = runtime()?.block_on(operate::evidence(config, case)).map_err(|error| match error {
        OperateError::Store(Error::NotFound) => Unusable(format!("there is no case `{case}`")).into(),
        other => anyhow::Error::from(other),
    })?;
    if pieces.iter().any(|piece| piece.verdict == Verdict::Pending) {
        let lake = Lake::open(&config.lake.folder)?;
        let mut again = Again { runs: Runs::of(lake.folder()), lake, cores, known: BTreeMap::new() };
        for piece in pieces.iter_mut().filter(|piece| piece.verdict == Verdict::Pending) {
            if let Some(pointer) = &piece.finding {
                piece.verdict = again.made(pointer, watch)?;
            }
        }
    }
    Ok(pieces)
}

/// Runs that are made again, each clue once.
struct Again {
    lake: Lake,
    runs: Runs,
    cores: Option<usize>,
    /// What clues came to, by run and clue.
    known: BTreeMap<(String, String), bool>,
}

impl Again {
    /// Whether the versions of rule and data that a finding was seen with show it again.
    fn made(&mut self, pointer: &FindingPointer, watch: &Watch<'_>) -> Result<Verdict> {
        let run = match self.runs.find(&pointer.run) {
            Ok(run) => run,
            Err(EngineError::Unknown { .. }) => return Ok(Verdict::Gone),
            Err(other) => return Err(other.into()),
        };
        // Casework keeps ids in small letters.
        let clues = self.runs.clues(&run.id)?;
        let Some(clue) = clues.into_iter().find(|clue| clue.id.to_lowercase() == pointer.clue) else {
            return Ok(Verdict::Different);
        };
        let key = (run.id.clone(), clue.id.clone());
        let same = if let Some(known) = self.known.get(&key) {
            *known
        } else {
            let proof = verify::clue(&self.lake, &self.runs, &run, &clue.id, threads(self.cores), watch)?;
            self.known.insert(key, proof.same);
            proof.same
        };
        let place = (pointer.number as usize).checked_sub(1).and_then(|at| clue.findings.get(at));
        let findings = self.runs.findings(&run.id)?;
        let finding = place.and_then(|&at| findings.get(at as usize));
        let finding = finding.map(serde_json::to_value).transpose()?;
        let now =
            finding.and_then(|found| FindingPointer::of(&pointer.clue, &run.id, pointer.number, &found));
        let same = same && now.is_some_and(|now| pointer.is_again(&now));
        Ok(if same { Verdict::Same } else { Verdict::Different })
    }
}

/// Says what each piece came to; an error where one did not stand.
pub fn tell(pieces: &[PieceProof], json: bool) -> Result<()> {
    if json {
        out::json(&pieces)?;
    } else {
        let mut table = out::Table::new(&["piece", "kind", "title", "where", "verdict", "SM3"]);
        for piece in pieces {
            table.row(vec![
                piece.number.to_string(),
                piece.kind.title().to_owned(),
                piece.title.clone(),
                piece.origin.title().to_owned(),
                piece.verdict.word().to_owned(),
                piece.sm3.as_deref().and_then(|sm3| sm3.get(..16)).unwrap_or("-").to_owned(),
            ]);
        }
        table.print()?;
    }
    let failed = pieces.iter().filter(|piece| piece.verdict.fails()).count();
    if failed == 0 {
        return Ok(());
    }
    Err(Faulty(format!(
        "{failed} of {} did not prove to be what was registered",
        out::count(pieces.len() as u64, "piece")
    ))
    .into())
}
