//! Clues: the findings of one subject and one cause together, with a score whose parts are shown.

use crate::total::{ACCOUNTS, total, total_of};
use mingcha_library::Library;
use mingcha_model::{Date, Fen, Finding, Kind, Subject, SubjectKind, cert::sm3_hex};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How urgent a clue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// 低
    Low,
    /// 中
    Middle,
    /// 高
    High,
}

impl Grade {
    /// What a supervisor reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Low => "低",
            Self::Middle => "中",
            Self::High => "高",
        }
    }
}

/// The score of a clue, 0 to 100, as the sum of its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The sum.
    pub total: u32,
    /// What the findings claim: violation 25, suspect 15, monitor 5, inconclusive 0.
    pub kind: u32,
    /// The rule's severity: 10 a degree.
    pub severity: u32,
    /// The money in question, of the fund and of personal accounts: 5 for each step of 100, 1,000, 5,000, 20,000, 100,000 and 1,000,000 yuan that it reaches.
    pub amount: u32,
    /// How often it was seen: 3 for each doubling of the count, at most 15.
    pub repetition: u32,
}

impl Score {
    fn new(kind: Kind, severity: u8, amount: Fen, findings: usize) -> Self {
        const STEPS: [i64; 6] = [100, 1_000, 5_000, 20_000, 100_000, 1_000_000];
        let kind = match kind {
            Kind::Violation => 25,
            Kind::Suspect => 15,
            Kind::Monitor => 5,
            Kind::Inconclusive => 0,
        };
        let severity = u32::from(severity) * 10;
        let amount = STEPS.iter().filter(|&&step| amount.0 >= step * 100).count() as u32 * 5;
        let repetition = (findings.max(1).ilog2() * 3).min(15);
        Self { total: kind + severity + amount + repetition, kind, severity, amount, repetition }
    }

    /// High from 70, middle from 45.
    pub fn grade(&self) -> Grade {
        match self.total {
            70.. => Grade::High,
            45.. => Grade::Middle,
            _ => Grade::Low,
        }
    }
}

/// The findings of one subject by one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    /// The same for the same rule and subject in every run, so that screening again meets the clue it made before.
    pub id: String,
    /// The rule's id.
    pub rule_id: String,
    /// The rule's folder.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// Whom it is about.
    pub subject: Subject,
    /// The most that its findings claim.
    pub kind: Kind,
    /// Region, where its findings agree on one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub admdvs: Option<String>,
    /// First day, inclusive.
    pub begin: Date,
    /// Last day, inclusive.
    pub end: Date,
    /// How many people it concerns.
    pub people: usize,
    /// The fund's money in question, each line once.
    pub amount: Fen,
    /// The money of personal accounts in question, each line once.
    #[serde(skip_serializing_if = "Fen::is_zero", default)]
    pub account: Fen,
    /// The score and its parts.
    pub score: Score,
    /// The grade by the score.
    pub grade: Grade,
    /// Its findings, as line numbers of the run's findings, from 0.
    pub findings: Vec<u32>,
}

/// The id of the clue that a rule makes about a subject.
pub fn clue_id(rule_id: &str, subject: &Subject) -> String {
    let name = format!("{rule_id}|{:?}|{}", subject.kind, subject.id);
    format!("C{}", &sm3_hex(name.as_bytes())[..15])
}

/// Groups sorted findings into clues, gravest first. What cannot be judged makes no clue.
pub fn group(findings: &[Finding], library: &Library) -> Vec<Clue> {
    let mut groups: BTreeMap<(&str, &Subject), Vec<u32>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if finding.kind != Kind::Inconclusive {
            groups.entry((&finding.rule_id, &finding.subject)).or_default().push(at as u32);
        }
    }
    let mut clues: Vec<Clue> = groups.into_values().map(|members| clue(findings, members, library)).collect();
    clues.sort_by(|a, b| (b.score.total, b.amount, &a.id).cmp(&(a.score.total, a.amount, &b.id)));
    clues
}

fn clue(findings: &[Finding], members: Vec<u32>, library: &Library) -> Clue {
    let of = || members.iter().map(|&at| &findings[at as usize]);
    let first = &findings[members[0] as usize];
    let kind = of().map(|finding| finding.kind).min().unwrap_or(first.kind);
    let people = match first.subject.kind {
        SubjectKind::Group => first.subject.id.split('+').count(),
        _ => of().filter_map(|finding| finding.psn_no.as_ref()).collect::<BTreeSet<_>>().len(),
    };
    let regions: BTreeSet<&String> = of().filter_map(|finding| finding.admdvs.as_ref()).collect();
    let amount = total(of());
    let account = total_of(ACCOUNTS, of());
    let score = Score::new(kind, first.severity, amount + account, members.len());
    Clue {
        id: clue_id(&first.rule_id, &first.subject),
        rule_id: first.rule_id.clone(),
        rule: first.rule.clone(),
        title: library.rule(&first.rule).map_or_else(|| first.rule.clone(), |rule| rule.title.clone()),
        subject: first.subject.clone(),
        kind,
        admdvs: if regions.len() == 1 { regions.first().map(|&region| region.clone()) } else { None },
        begin: of().map(|finding| finding.begin).min().unwrap_or(first.begin),
        end: of().map(|finding| finding.end).max().unwrap_or(first.end),
        people,
        amount,
        account,
        score,
        grade: score.grade(),
        findings: members,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_score_add_up_to_it() {
        let score = Score::new(Kind::Violation, 3, Fen(200_000_000), 40);
        assert_eq!(score.total, score.kind + score.severity + score.amount + score.repetition);
        assert_eq!((score.total, score.grade()), (100, Grade::High));
        assert_eq!(Score::new(Kind::Suspect, 1, Fen(5_000), 1).grade(), Grade::Low);
        assert_eq!(Score::new(Kind::Suspect, 2, Fen(120_000), 2).grade(), Grade::Middle);
    }
}
