//! Compares what a run found with the truth about planted cases: recall and precision by rule and by degree of hiding.

use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A planted case.
#[derive(Debug)]
pub struct Case {
    /// The rule that should see it.
    pub rule: String,
    /// obvious, mixed or edge.
    pub hiding: String,
    /// Its rows, as `table|key…`.
    pub rows: BTreeSet<String>,
}

/// Counts of one rule.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Planted and found, by degree of hiding.
    pub by_hiding: BTreeMap<String, (u64, u64)>,
    /// Findings (not inconclusive).
    pub findings: u64,
    /// Findings that stand on a planted or dirty row.
    pub right: u64,
    /// What the first few of the others say.
    pub wrong: Vec<String>,
}

/// How many messages are kept for each rule: of wrong findings, and of findings on the clean city.
const SHOWN: usize = 3;

/// Rows that are dirty on purpose, as `table|key…`: a finding about one is right, though nobody planted a case.
pub fn dirt(folder: &Path) -> Result<BTreeSet<String>> {
    Ok(rows(&folder.join("dirt.csv"))?
        .into_iter()
        .map(|row| format!("{}|{}", row["table"], row["key"]))
        .collect())
}

/// Reads `truth/cases.csv` and `truth/lines.csv`.
pub fn read(folder: &Path) -> Result<BTreeMap<String, Case>> {
    let mut cases = BTreeMap::new();
    for row in rows(&folder.join("cases.csv"))? {
        let case = Case { rule: row["rule"].clone(), hiding: row["hiding"].clone(), rows: BTreeSet::new() };
        cases.insert(row["case_id"].clone(), case);
    }
    for row in rows(&folder.join("lines.csv"))? {
        if let Some(case) = cases.get_mut(&row["case_id"]) {
            case.rows.insert(format!("{}|{}", row["table"], row["key"]));
        }
    }
    Ok(cases)
}

/// Rows of a CSV without quotes, as the generator writes its truth.
fn rows(path: &Path) -> Result<Vec<BTreeMap<String, String>>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let row = |line: &str| {
        let values = line.split(',').map(str::to_owned);
        header.iter().map(|name| (*name).to_owned()).zip(values).collect()
    };
    Ok(lines.map(row).collect())
}

/// Holds findings (JSON objects) against the cases.
pub fn compare(
    cases: &BTreeMap<String, Case>,
    dirt: &BTreeSet<String>,
    findings: &[Value],
) -> BTreeMap<String, Counts> {
    let mut case_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, case) in cases {
        for row in &case.rows {
            case_of.entry(row).or_default().push(id);
        }
    }
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for finding in findings.iter().filter(|finding| finding["kind"] != "inconclusive") {
        let rule = finding["rule"].as_str().unwrap_or_default();
        let mut right = false;
        for evidence in finding["evidence"].as_array().into_iter().flatten() {
            let key: Vec<&str> =
                evidence["key"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let row = format!("{}|{}", evidence["table"].as_str().unwrap_or_default(), key.join("|"));
            right |= dirt.contains(&row);
            for &case in case_of.get(row.as_str()).into_iter().flatten() {
                right = true;
                if cases[case].rule == rule {
                    seen.insert(case);
                }
            }
        }
        let entry = counts.entry(rule.to_owned()).or_default();
        entry.findings += 1;
        entry.right += u64::from(right);
        if !right && entry.wrong.len() < SHOWN {
            entry.wrong.push(finding["message"].as_str().unwrap_or_default().to_owned());
        }
    }
    for (id, case) in cases {
        let degree =
            counts.entry(case.rule.clone()).or_default().by_hiding.entry(case.hiding.clone()).or_default();
        degree.0 += 1;
        degree.1 += u64::from(seen.contains(id.as_str()));
    }
    counts
}

/// Findings by rule and kind.
pub fn tally(findings: &[Value]) -> BTreeMap<(&str, &str), u64> {
    let mut tally = BTreeMap::new();
    for finding in findings {
        let word = |name: &str| finding[name].as_str().unwrap_or_default();
        *tally.entry((word("rule"), word("kind"))).or_default() += 1;
    }
    tally
}

/// What the first few findings of a rule and kind say.
pub fn messages<'f>(findings: &'f [Value], rule: &str, kind: &str) -> impl Iterator<Item = &'f str> {
    let of = move |finding: &&Value| finding["rule"] == rule && finding["kind"] == kind;
    findings.iter().filter(of).take(SHOWN).filter_map(|finding| finding["message"].as_str())
}

/// Share in percent with one decimal, or a dash.
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1}", part as f64 * 100.0 / whole as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::root;
    use mingcha_library::{Library, Status};
    use serde_json::json;

    #[test]
    fn a_case_counts_as_found_only_by_its_own_rule() {
        let case = |rule: &str, key: &str| Case {
            rule: rule.into(),
            hiding: "edge".into(),
            rows: [format!("fee|H|{key}")].into_iter().collect(),
        };
        let cases = BTreeMap::from([("1".into(), case("a", "F1")), ("2".into(), case("b", "F2"))]);
        let findings = [
            json!({"rule": "a", "kind": "violation", "evidence": [{"table": "fee", "key": ["H", "F1"]}]}),
            json!({"rule": "a", "kind": "violation", "evidence": [{"table": "fee", "key": ["H", "F2"]}]}),
            json!({"rule": "a", "kind": "suspect", "message": "x", "evidence": [{"table": "fee", "key": ["H", "F3"]}]}),
            json!({"rule": "a", "kind": "inconclusive", "evidence": []}),
        ];
        let counts = compare(&cases, &BTreeSet::new(), &findings);
        assert_eq!((counts["a"].findings, counts["a"].right), (3, 2));
        assert_eq!(counts["a"].wrong, ["x"]);
        assert_eq!(
            tally(&findings),
            BTreeMap::from([(("a", "violation"), 2), (("a", "suspect"), 1), (("a", "inconclusive"), 1)])
        );
        assert_eq!(messages(&findings, "a", "suspect").collect::<Vec<_>>(), ["x"]);
        let dirt = BTreeSet::from(["fee|H|F3".to_owned()]);
        assert_eq!(compare(&cases, &dirt, &findings)["a"].right, 3);
        assert_eq!(counts["a"].by_hiding["edge"], (1, 1));
        assert_eq!(counts["b"].by_hiding["edge"], (1, 0));
        assert_eq!(share(1, 3), "33.3");
    }

    #[test]
    fn every_rule_in_force_has_planted_cases() {
        let (library, faults) = Library::load(&root().join("library"));
        assert_eq!(faults, []);
        let plan: toml::Table = fs::read_to_string(root().join("crates/synth/plan.toml"))
            .expect("the plan")
            .parse()
            .expect("TOML");
        let cases = plan["case"].as_array().expect("cases").iter();
        let planted: BTreeSet<&str> = cases
            .filter(|case| case.get("cover").is_none())
            .map(|case| case["rule"].as_str().expect("a rule"))
            .collect();
        let in_force = library
            .rules
            .iter()
            .filter(|rule| matches!(rule.status, Status::Active | Status::Trial))
            .map(|rule| rule.name.as_str())
            .collect::<BTreeSet<_>>();
        assert_eq!(
            in_force.difference(&planted).collect::<Vec<_>>(),
            Vec::<&&str>::new(),
            "rules without cases"
        );
        assert_eq!(
            planted.difference(&in_force).collect::<Vec<_>>(),
            Vec::<&&str>::new(),
            "cases without a rule"
        );
    }
}
