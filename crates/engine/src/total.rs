//! Totals in which money counts once: a line at its largest amount over all findings, a settlement never twice.

use mingcha_model::{Evidence, Fen, Finding, Kind};
use std::collections::HashMap;

/// What is in question of one settlement.
#[derive(Debug, Default)]
struct Settlement {
    whole: Fen,
    lines: HashMap<Vec<String>, Fen>,
}

/// Sums amounts over many findings, each line once at its largest.
#[derive(Debug, Default)]
pub struct Total {
    settlements: HashMap<String, Settlement>,
    unsettled: HashMap<Vec<String>, Fen>,
}

impl Total {
    /// Takes the evidence of a finding.
    pub fn add(&mut self, evidence: &[Evidence]) {
        for entry in evidence.iter().filter(|entry| entry.amount > Fen::ZERO) {
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
            *slot = (*slot).max(entry.amount);
        }
    }

    /// The sum: of each settlement the larger of what is in question of it whole and of its lines together.
    pub fn sum(&self) -> Fen {
        let settled = self.settlements.values().map(|of| of.whole.max(of.lines.values().copied().sum()));
        settled.chain(self.unsettled.values().copied()).sum()
    }
}

/// The total over findings that put money in question: violations and suspicions, not attention lists nor what cannot be judged.
pub fn total<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Fen {
    let mut total = Total::default();
    let counted = |finding: &&Finding| matches!(finding.kind, Kind::Violation | Kind::Suspect);
    findings.into_iter().filter(counted).for_each(|finding| total.add(&finding.evidence));
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
            amount: Fen(amount),
        }
    }

    #[test]
    fn a_line_hit_by_two_rules_counts_once_at_its_largest_amount() {
        let mut total = Total::default();
        total.add(&[line("fee", "F1", "S1", 100), line("fee", "F2", "S1", 50)]);
        total.add(&[line("fee", "F1", "S1", 300)]);
        assert_eq!(total.sum(), Fen(350));
    }

    #[test]
    fn a_settlement_in_question_whole_swallows_its_lines() {
        let mut total = Total::default();
        total.add(&[line("fee", "F1", "S1", 100)]);
        total.add(&[line("settlement", "S1", "S1", 900)]);
        total.add(&[line("fee", "F9", "", 5)]);
        assert_eq!(total.sum(), Fen(905));
    }
}
