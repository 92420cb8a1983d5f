//! Where the institution or practitioner of a clue lies among all that the same rule looked at in the run.

use super::register;
use anyhow::Result;
use mingcha_detect::claims::columns::Reader;
use mingcha_engine::{Clue, Run, Runs};
use mingcha_lake::Snapshot;
use mingcha_model::{Finding, Kind, SubjectKind};
use mingcha_server::claims::{Peer, Peers};
use std::collections::{BTreeMap, BTreeSet};

/// Most peers that are named.
const NAMED: usize = 500;

/// Sums up what the clue's rule found, by institution or practitioner.
pub fn compare(snapshot: &Snapshot, runs: &Runs, run: &Run, clue: &Clue) -> Result<Peers> {
    let of_practitioner = clue.subject.kind == SubjectKind::Practitioner;
    let (mut found, mut people, mut own) =
        (BTreeMap::<String, Peer>::new(), BTreeMap::<String, BTreeSet<String>>::new(), None);
    runs.findings_of(&run.id, &clue.rule, &mut |finding: Finding| {
        if finding.kind == Kind::Inconclusive {
            return;
        }
        let of_clue = finding.subject == clue.subject;
        let code = match finding.subject.kind {
            SubjectKind::Institution | SubjectKind::Pharmacy => Some(finding.subject.id),
            SubjectKind::Practitioner if of_practitioner => Some(finding.subject.id),
            _ => finding.fixmedins_code,
        };
        let Some(code) = code else { return };
        if of_clue && own.is_none() {
            own = Some(code.clone());
        }
        let peer =
            found.entry(code.clone()).or_insert_with(|| Peer { code: code.clone(), ..Peer::default() });
        peer.findings += 1;
        peer.amount += finding.amount.0;
        people.entry(code).or_default().extend(finding.psn_no);
    })?;
    let own = own.unwrap_or_default();
    let register = named(snapshot, of_practitioner)?;
    let alike = register.keys().filter(|code| of_practitioner || code.chars().next() == own.chars().next());
    let silent = alike.filter(|code| !found.contains_key(*code)).count();
    let mut peers: Vec<Peer> = found.into_values().collect();
    for peer in &mut peers {
        register.get(&peer.code).unwrap_or(&String::new()).clone_into(&mut peer.name);
        peer.people = people.get(&peer.code).map_or(0, BTreeSet::len) as u64;
    }
    peers.sort_by(|a, b| (b.amount, b.findings, &a.code).cmp(&(a.amount, a.findings, &b.code)));
    let rank = peers.iter().position(|peer| peer.code == own).map(|place| place as u64 + 1);
    let quantiles = |of: fn(&Peer) -> i64| {
        let mut values: Vec<i64> = peers.iter().map(of).chain(std::iter::repeat_n(0, silent)).collect();
        values.sort_unstable();
        (quantile(&values, 50), quantile(&values, 90))
    };
    let (half, tenth) = quantiles(|peer| peer.findings as i64);
    let result = Peers {
        own,
        kind: if of_practitioner { "practitioner" } else { "institution" }.to_owned(),
        all: (peers.len() + silent) as u64,
        rank,
        findings: (half.unsigned_abs(), tenth.unsigned_abs()),
        amount: quantiles(|peer| peer.amount),
        peers: Vec::new(),
    };
    peers.truncate(NAMED);
    Ok(Peers { peers, ..result })
}

/// The least value that so many hundredths of sorted values do not exceed; 0 of none.
fn quantile(sorted: &[i64], hundredths: usize) -> i64 {
    let place = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

/// Codes of the register with their names; practitioners have none that may be shown.
fn named(snapshot: &Snapshot, practitioners: bool) -> Result<BTreeMap<String, String>> {
    if !practitioners {
        return Ok(register(snapshot)?.into_iter().map(|one| (one.code, one.name)).collect());
    }
    let mut named = BTreeMap::new();
    for batch in snapshot.table("practitioner", &["prac_psn_code"])? {
        let codes = Reader::new("practitioner", &batch).texts("prac_psn_code")?;
        named.extend(
            (0..batch.num_rows()).filter_map(|row| Some((codes.get(row)?.to_owned(), String::new()))),
        );
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_stand_there() {
        assert_eq!([50, 90].map(|hundredths| quantile(&[0, 0, 1, 5, 9], hundredths)), [1, 9]);
        assert_eq!([50, 90].map(|hundredths| quantile(&[7], hundredths)), [7, 7]);
        assert_eq!(quantile(&[], 50), 0);
    }
}
