//! What a run found at one institution, for its own people: rule by rule, and the lines of one rule, without persons and other institutions.

use super::PAGE;
use anyhow::Result;
use mingcha_engine::{
    Run, Runs,
    total::{FUND, Total},
};
use mingcha_model::{Evidence, Finding, Kind, Role, SubjectKind, table};
use mingcha_server::claims::{OwnLines, Screened, ScreenedLine, ScreenedRule};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What stands in place of a person.
const MASKED: &str = "****";

/// Reads the findings of a run that lie at the institution.
pub fn found(runs: &Runs, run: &Run, institution: &str, query: &OwnLines) -> Result<Screened> {
    let mut own = Own::new(institution, query);
    runs.findings_at(&run.id, institution, &mut |finding| own.take(&finding))?;
    let titles = if own.rules.is_empty() { BTreeMap::new() } else { runs.titles(&run.id)? };
    Ok(Screened { run: run.id.clone(), as_of: run.asked.as_of.to_string(), ..own.done(&titles) })
}

/// What a rule has come to so far.
struct Sum {
    findings: u64,
    lines: HashSet<(String, Vec<String>)>,
    total: Total,
    basis: BTreeSet<String>,
}

struct Own<'a> {
    institution: &'a str,
    query: &'a OwnLines,
    rules: BTreeMap<String, Sum>,
    lines: Vec<ScreenedLine>,
}

impl<'a> Own<'a> {
    fn new(institution: &'a str, query: &'a OwnLines) -> Self {
        Self { institution, query, rules: BTreeMap::new(), lines: Vec::new() }
    }

    /// Whether a finding is the institution's own to answer. A list to watch accuses nobody, what cannot be judged says nothing, and a
    /// group of people is not told that it was seen.
    fn concerns(&self, finding: &Finding) -> bool {
        let judged = matches!(finding.kind, Kind::Violation | Kind::Suspect);
        judged
            && match finding.subject.kind {
                SubjectKind::Group => false,
                SubjectKind::Institution | SubjectKind::Pharmacy => finding.subject.id == self.institution,
                SubjectKind::Person | SubjectKind::Practitioner => {
                    finding.fixmedins_code.as_deref() == Some(self.institution)
                }
            }
    }

    fn is_own(&self, row: &Evidence) -> bool {
        row.fixmedins_code.as_deref().is_none_or(|at| at == self.institution)
    }

    fn take(&mut self, finding: &Finding) {
        if !self.concerns(finding) {
            return;
        }
        let rows: Vec<&Evidence> = finding.evidence.iter().filter(|row| self.is_own(row)).collect();
        let message = if rows.len() == finding.evidence.len() { told(finding) } else { String::new() };
        let new =
            || Sum { findings: 0, lines: HashSet::new(), total: Total::new(FUND), basis: BTreeSet::new() };
        let sum = self.rules.entry(finding.rule.clone()).or_insert_with(new);
        sum.findings += 1;
        sum.basis.extend(finding.basis.iter().cloned());
        sum.total.add(rows.iter().copied());
        let first = (self.query.page.unwrap_or(1).max(1) as usize - 1).saturating_mul(PAGE);
        for row in rows.into_iter().filter(|row| row.role == Role::Offending) {
            let at = sum.lines.len();
            let new = sum.lines.insert((row.table.clone(), row.key.clone()));
            let asked = self.query.rule.as_ref() == Some(&finding.rule);
            if new && asked && at >= first && self.lines.len() < PAGE {
                self.lines.push(shown(row, &message));
            }
        }
    }

    fn done(self, titles: &BTreeMap<String, String>) -> Screened {
        let asked = self.query.rule.as_ref().and_then(|rule| self.rules.get(rule));
        let total = asked.map_or(0, |sum| sum.lines.len() as u64);
        let view = |(rule, sum): (String, Sum)| ScreenedRule {
            title: titles.get(&rule).unwrap_or(&rule).clone(),
            findings: sum.findings,
            lines: sum.lines.len() as u64,
            amount: sum.total.sum().0,
            basis: sum.basis.into_iter().collect(),
            rule,
        };
        let mut rules: Vec<ScreenedRule> = self.rules.into_iter().map(view).collect();
        rules.sort_by(|a, b| (b.amount, b.findings, &a.rule).cmp(&(a.amount, a.findings, &b.rule)));
        Screened { rules, lines: self.lines, total, ..Screened::default() }
    }
}

/// What was seen, without whom.
fn told(finding: &Finding) -> String {
    let subject = Some(&finding.subject).filter(|subject| subject.kind == SubjectKind::Person);
    let rows = finding.evidence.iter().filter_map(|row| row.psn_no.as_deref());
    let people = rows.chain(finding.psn_no.as_deref()).chain(subject.map(|subject| subject.id.as_str()));
    let named = people.filter(|psn_no| !psn_no.is_empty());
    named.fold(finding.message.clone(), |text, psn_no| text.replace(psn_no, MASKED))
}

fn shown(row: &Evidence, message: &str) -> ScreenedLine {
    let known = table::table(&row.table);
    let names = known.map_or(&[] as &[&str], |known| known.key);
    let value = |(at, value): (usize, &String)| match names.get(at) {
        Some(&"psn_no") => MASKED.to_owned(),
        _ => value.clone(),
    };
    ScreenedLine {
        at: row.time.map(|time| time.0),
        table: known.map_or("", |known| known.label).to_owned(),
        key: row.key.iter().enumerate().map(value).collect(),
        amount: row.amount.0,
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_model::{Counting, Date, Fen, Subject};

    const HERE: &str = "H33010000001";

    fn row(key: &str, elsewhere: Option<&str>) -> Evidence {
        Evidence {
            table: "fee".to_owned(),
            key: vec![key.to_owned()],
            role: Role::Offending,
            time: None,
            setl_id: Some(format!("S-{key}")),
            fixmedins_code: elsewhere.map(str::to_owned),
            psn_no: None,
            amount: Fen(100),
            account: Fen(0),
        }
    }

    fn finding(kind: SubjectKind, id: &str, at: Option<&str>, evidence: Vec<Evidence>) -> Finding {
        Finding {
            rule_id: "X001".to_owned(),
            rule: "institution/twice".to_owned(),
            version: 1,
            kind: Kind::Suspect,
            severity: 1,
            subject: Subject { kind, id: id.to_owned() },
            psn_no: Some("P0001".to_owned()),
            fixmedins_code: at.map(str::to_owned),
            prac_psn_code: None,
            admdvs: None,
            begin: Date(20_000),
            end: Date(20_000),
            amount: Fen(100),
            account: Fen(0),
            counting: Counting::LineFund,
            message: "P0001同日收取2次".to_owned(),
            values: BTreeMap::new(),
            basis: vec!["条例第十五条".to_owned()],
            evidence,
            pairs: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn screened(findings: &[Finding], page: u32) -> Screened {
        let query = OwnLines { rule: Some("institution/twice".to_owned()), page: Some(page) };
        let mut own = Own::new(HERE, &query);
        findings.iter().for_each(|finding| own.take(finding));
        own.done(&[("institution/twice".to_owned(), "重复收费".to_owned())].into())
    }

    #[test]
    fn an_institution_sees_its_own_lines_once_and_neither_persons_nor_others() {
        let there = "H33010000002";
        let own = finding(SubjectKind::Person, "P0001", Some(HERE), vec![row("a", None)]);
        let again =
            finding(SubjectKind::Institution, HERE, None, vec![row("a", None), row("b", Some(there))]);
        let mut watched = own.clone();
        watched.kind = Kind::Monitor;
        let group = finding(SubjectKind::Group, "P0001+P0002", Some(HERE), vec![row("c", None)]);
        let other = finding(SubjectKind::Person, "P0001", Some(there), vec![row("d", Some(HERE))]);
        let found = screened(&[own, again, watched, group, other], 1);
        let rule = &found.rules[0];
        assert_eq!((found.rules.len(), rule.findings, rule.lines, rule.amount), (1, 2, 1, 100));
        assert_eq!(
            (rule.title.as_str(), rule.basis.as_slice()),
            ("重复收费", &["条例第十五条".to_owned()][..])
        );
        assert_eq!((found.total, found.lines[0].message.as_str()), (1, "****同日收取2次"));
        let told = serde_json::to_string(&found).expect("JSON");
        assert!(!told.contains("P0001") && !told.contains(there), "{told}");
    }

    #[test]
    fn lines_come_by_page() {
        let rows = (0..PAGE + 5).map(|number| row(&format!("{number:03}"), None)).collect();
        let all = [finding(SubjectKind::Institution, HERE, None, rows)];
        let (first, second) = (screened(&all, 1), screened(&all, 2));
        assert_eq!((first.lines.len(), second.lines.len(), second.total), (PAGE, 5, PAGE as u64 + 5));
        assert_eq!(second.lines[0].key, ["100"]);
    }
}
