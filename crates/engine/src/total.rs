//! Totals in which money counts once: a line at its largest amount over all findings, a settlement never twice.

use mingcha_model::{Evidence, Fen, Finding, Kind};
use std::collections::HashMap;

/// What is in question of one settlement.
#[derive(Debug, Default)]
struct Settlement {
    whole: Fen,
    lines: HashMap<Vec<String>, Fen>,
}

/// Which money of a row is added up.
pub type Purse = fn(&Evidence) -> Fen;

/// What the fund paid.
pub const FUND: Purse = |row| row.amount;
/// What personal accounts paid.
pub const ACCOUNTS: Purse = |row| row.account;

/// Sums amounts over many findings, each line once at its largest.
#[derive(Debug)]
pub struct Total {
    purse: Purse,
    settlements: HashMap<String, Settlement>,
    unsettled: HashMap<Vec<String>, Fen>,
}

impl Total {
    /// Nothing yet.
    pub fn new(purse: Purse) -> Self {
        Self { purse, settlements: HashMap::new(), unsettled: HashMap::new() }
    }

    /// Takes evidence rows of a finding.
    pub fn add<'a>(&mut self, evidence: impl IntoIterator<Item = &'a Evidence>) {
        let purse = self.purse;
        for entry in evidence.into_iter().filter(|entry| purse(entry) > Fen::ZERO) {
            let slot = match &entry.setl_id {
                Some(setl_id) => {
                    let settlement = self.settlements.entry(setl_id.clone()).or_default();
                    if entry.table == "settlement" {
                        &mut settlement.whole
                    } else {
                        settlement.lines.entry(entry.key.clone()).or_default()
                    }
                }
                None => self.unsettled.entry(entry.key.clone()).or_default(),
            };
            *slot = (*slot).max(purse(entry));
        }
    }

    /// The sum: of each settlement the larger of what is in question of it whole and of its lines together.
    pub fn sum(&self) -> Fen {
        let settled = self.settlements.values().map(|of| of.whole.max(of.lines.values().copied().sum()));
        settled.chain(self.unsettled.values().copied()).sum()
    }
}

/// Whether a finding puts money in question: violations and suspicions do, attention lists and what cannot be judged do not.
pub fn counts(finding: &Finding) -> bool {
    matches!(finding.kind, Kind::Violation | Kind::Suspect)
}

/// The fund's money that findings put in question.
pub fn total<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Fen {
    total_of(FUND, findings)
}

/// The money of one purse that findings put in question.
pub fn total_of<'a>(purse: Purse, findings: impl IntoIterator<Item = &'a Finding>) -> Fen {
    let mut total = Total::new(purse);
    findings.into_iter().filter(|finding| counts(finding)).for_each(|finding| total.add(&finding.evidence));
    total.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_model::Role;

    fn line(table: &str, key: &str, setl_id: &str, amount: i64) -> Evidence {
        let setl_id = (!setl_id.is_empty()).then(|| setl_id.to_owned());
        Evidence {
            table: table.into(),
            key: vec![key.into()],
            role: Role::Offending,
            time: None,
            setl_id,
            fixmedins_code: None,
            psn_no: None,
            amount: Fen(amount),
            account: Fen::ZERO,
        }
    }

    #[test]
    fn a_line_hit_by_two_rules_counts_once_at_its_largest_amount() {
        let mut total = Total::new(FUND);
        total.add(&[line("fee", "F1", "S1", 100), line("fee", "F2", "S1", 50)]);
        total.add(&[line("fee", "F1", "S1", 300)]);
        assert_eq!(total.sum(), Fen(350));
    }

    #[test]
    fn accounts_are_added_up_apart_from_the_fund() {
        let mut entry = line("settlement", "S1", "S1", 0);
        entry.account = Fen(10_950);
        let (mut fund, mut accounts) = (Total::new(FUND), Total::new(ACCOUNTS));
        fund.add([&entry]);
        accounts.add([&entry]);
        assert_eq!((fund.sum(), accounts.sum()), (Fen::ZERO, Fen(10_950)));
    }

    #[test]
    fn a_settlement_in_question_whole_swallows_its_lines() {
        let mut total = Total::new(FUND);
        total.add(&[line("fee", "F1", "S1", 100)]);
        total.add(&[line("settlement", "S1", "S1", 900)]);
        total.add(&[line("fee", "F9", "", 5)]);
        assert_eq!(total.sum(), Fen(905));
    }
}
