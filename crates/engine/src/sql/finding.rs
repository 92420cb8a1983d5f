//! From a row of an answer to a finding: evidence with amounts, words with values.

use super::{
    answer::Row,
    author,
    evidence::{Fetched, Known},
};
use crate::Result;
use datafusion::{
    arrow::{array::AsArray, compute::cast, datatypes::DataType},
    prelude::SessionContext,
};
use mingcha_detect::finding::{fill, total};
use mingcha_library::ResolvedRule;
use mingcha_model::{Counting, Evidence, Fen, Finding, Role, Subject, SubjectKind};
use std::collections::BTreeMap;

/// How many values of a list stand in a message.
const NAMED: usize = 10;

/// The values that every finding of a rule in SQL knows, whatever its columns; the rule's parameters stand beside them.
pub const STANDARD: [&str; 8] =
    ["begin", "end", "amount", "account", "lines", "psn_no", "fixmedins_code", "fixmedins_name"];

/// Name and region of each institution.
pub struct Places(BTreeMap<String, (String, String)>);

impl Places {
    /// Reads the register of institutions.
    pub async fn read(raw: &SessionContext) -> datafusion::common::Result<Self> {
        let mut places = BTreeMap::new();
        let register = raw.sql("SELECT fixmedins_code, fixmedins_name, admdvs FROM institution").await?;
        for batch in register.collect().await? {
            let columns = batch
                .columns()
                .iter()
                .map(|column| cast(column, &DataType::Utf8))
                .collect::<std::result::Result<Vec<_>, _>>()?;
            let text = |at: usize, row: usize| columns[at].as_string::<i32>().value(row).to_owned();
            places.extend((0..batch.num_rows()).map(|row| (text(0, row), (text(1, row), text(2, row)))));
        }
        Ok(Self(places))
    }

    fn name(&self, code: &str) -> Option<&str> {
        self.0.get(code).map(|place| place.0.as_str())
    }

    fn region(&self, code: &str) -> Option<String> {
        self.0.get(code).map(|place| place.1.clone()).filter(|region| !region.is_empty())
    }
}

/// The finding that a row stands for.
pub fn finding(resolved: &ResolvedRule, places: &Places, row: &Row, fetched: &Fetched) -> Result<Finding> {
    let (rule, mut row) = (&resolved.rule, row.clone());
    let mut evidence = evidence(resolved, &row, fetched)?;
    let most = total(&evidence, |row| row.amount);
    let amount = row.amount.map_or(most, |stated| stated.min(most));
    let account = total(&evidence, |row| row.account);
    let id = row.take("subject_id").unwrap_or_default();
    let (psn_no, fixmedins_code) = (row.take("psn_no"), row.take("fixmedins_code"));
    let (prac_psn_code, message) = (row.take("prac_psn_code"), row.take("message"));
    for line in &mut evidence {
        line.fixmedins_code = line.fixmedins_code.take().filter(|own| Some(own) != fixmedins_code.as_ref());
    }
    let admdvs = row.take("admdvs").or_else(|| places.region(fixmedins_code.as_deref()?));
    let mut values = values(resolved, &row);
    let mut standard = |name: &str, value: &str| {
        values.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    };
    standard("psn_no", psn_no.as_deref().unwrap_or_default());
    standard("fixmedins_code", fixmedins_code.as_deref().unwrap_or_default());
    standard(
        "fixmedins_name",
        fixmedins_code.as_deref().and_then(|code| places.name(code)).unwrap_or_default(),
    );
    standard("begin", &row.begin.to_string());
    standard("end", &row.end.to_string());
    standard("amount", &amount.to_string());
    standard("account", &account.to_string());
    standard("lines", &evidence.iter().filter(|line| line.role == Role::Offending).count().to_string());
    Ok(Finding {
        rule_id: rule.id.clone(),
        rule: rule.name.clone(),
        version: rule.version,
        kind: row.kind.unwrap_or(rule.kind),
        severity: rule.severity,
        subject: Subject { kind: rule.scope, id },
        psn_no,
        fixmedins_code,
        prac_psn_code,
        admdvs,
        begin: row.begin,
        end: row.end,
        amount,
        account,
        counting: rule.amount,
        message: fill(message.as_deref().unwrap_or(&rule.message), &values),
        values,
        basis: rule.basis.clone(),
        pairs: pairs(&resolved.rule.name, &row, &evidence)?,
        evidence,
        notes: row.notes.into_iter().collect(),
    })
}

/// Places in the evidence of the rows that stand together.
fn pairs(rule: &str, row: &Row, evidence: &[Evidence]) -> Result<Vec<(u32, u32)>> {
    let places: BTreeMap<(&str, &[String]), u32> = (0..)
        .zip(evidence)
        .map(|(place, line)| ((line.table.as_str(), line.key.as_slice()), place))
        .collect();
    let place = |table: &'static str, key: &[String]| {
        let known = places.get(&(table, key)).copied();
        known.ok_or_else(|| author(rule, format!("a pair names `{}`, which is no evidence", key.join("|"))))
    };
    let both = |(table, one, other): &(&'static str, Vec<String>, Vec<String>)| {
        let (one, other) = (place(table, one)?, place(table, other)?);
        Ok((one.min(other), one.max(other)))
    };
    let mut pairs = row.pairs.iter().map(both).collect::<Result<Vec<_>>>()?;
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// Parameters, then the answer's own columns.
fn values(resolved: &ResolvedRule, row: &Row) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> =
        resolved.values.iter().map(|(name, value)| (name.clone(), words(value))).collect();
    values.extend(row.texts.clone());
    for (name, texts) in &row.lists {
        let mut named = texts.iter().take(NAMED).cloned().collect::<Vec<_>>().join("、");
        if texts.len() > NAMED {
            named.push('等');
        }
        values.insert(name.clone(), texts.len().to_string());
        values.insert(format!("{name}_list"), named);
    }
    values
}

fn words(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

fn evidence(resolved: &ResolvedRule, row: &Row, fetched: &Fetched) -> Result<Vec<Evidence>> {
    let counts = resolved.rule.amount == Counting::SettlementFund;
    let mut evidence = Vec::with_capacity(row.marks.len());
    for (mark @ (table, key), &role) in &row.marks {
        let Known { time, setl_id, fixmedins_code, psn_no, fund, account } =
            fetched.get(mark).cloned().ok_or_else(|| {
                author(
                    &resolved.rule.name,
                    format!("its evidence names `{}`, which is no live row of `{table}`", key.join("|")),
                )
            })?;
        let counted = |paid: Fen| if counts && role == Role::Offending { paid } else { Fen::ZERO };
        evidence.push(Evidence {
            table: (*table).to_owned(),
            key: key.clone(),
            role,
            time,
            setl_id,
            fixmedins_code,
            psn_no: psn_no.filter(|_| resolved.rule.scope == SubjectKind::Group),
            amount: counted(fund),
            account: counted(account),
        });
    }
    evidence.sort();
    Ok(evidence)
}
