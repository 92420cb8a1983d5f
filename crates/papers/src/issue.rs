//! Filling a paper from a record and freezing it: bytes, and a value that says what they were made from.

use crate::{
    digest::Digest,
    field::{Field, FieldType, NUMBER, SERIAL},
    number::Number,
    paper::Paper,
    record::Record,
    template::{Fault, FaultKind, Faults, Filled, Place, Template, Values},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an issued paper was made from and what it is; nothing of it changes afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Kind of paper.
    pub paper: String,
    /// Its number.
    pub number: Option<Number>,
    /// The version of the template: the digest of its file.
    pub template: Digest,
    /// The digest of the record.
    pub record: Digest,
    /// The digest of the file.
    pub bytes: Digest,
}

impl Frozen {
    /// Whether these are the bytes that were issued.
    pub fn proves(&self, bytes: &[u8]) -> bool {
        Digest::of(bytes) == self.bytes
    }
}

/// A paper that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The `.docx` file.
    pub bytes: Vec<u8>,
    /// What it was made from.
    pub frozen: Frozen,
}

/// Why a paper cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// There is no such kind of paper.
    #[error("there is no paper `{0}`; take its id from the list of papers")]
    NoPaper(String),
    /// The paper needs a number of its series.
    #[error("the paper `{paper}` needs a number of the series `{series}`; give the next one of the year")]
    NoNumber {
        /// Kind of paper.
        paper: String,
        /// Its series.
        series: String,
    },
    /// The number is of another series, or is none.
    #[error(
        "`{number}` is no number of the paper `{paper}`; give one of its series, or none where it has none"
    )]
    WrongNumber {
        /// Kind of paper.
        paper: String,
        /// What was given.
        number: String,
    },
    /// The template or a value has faults.
    #[error(transparent)]
    Faults(#[from] Faults),
}

/// Fills a template with a record.
pub(crate) fn issue(
    paper: &Paper,
    template: &Template,
    fields: &BTreeMap<String, Field>,
    record: &Record,
    number: Option<&Number>,
) -> Result<Issued, IssueError> {
    check_number(paper, number)?;
    let mut values: Values = paper
        .fields(fields)
        .map(|(field, required)| (field.label.clone(), field.filled(record, required)))
        .collect();
    if let Some(number) = number {
        values.insert(NUMBER.to_owned(), Filled::Text(number.to_string()));
    }
    let faults = everything_wrong(template, &values);
    if !faults.is_empty() {
        return Err(Faults(faults).into());
    }
    let bytes = template.fill(&values)?;
    let frozen = Frozen {
        paper: paper.id.clone(),
        number: number.cloned(),
        template: template.digest().clone(),
        record: record.digest(),
        bytes: Digest::of(&bytes),
    };
    Ok(Issued { bytes, frozen })
}

/// Fills a template with what the record holds so far: what is missing stands there by its label, and every page bears a mark.
pub(crate) fn draft(
    paper: &Paper,
    template: &Template,
    fields: &BTreeMap<String, Field>,
    record: &Record,
    mark: &str,
) -> Result<Vec<u8>, IssueError> {
    let mut values: Values = paper
        .fields(fields)
        .map(|(field, required)| (field.label.clone(), opened(field, field.filled(record, required))))
        .collect();
    if paper.series.is_some() {
        values.insert(NUMBER.to_owned(), Filled::Text("〔待编号〕".to_owned()));
    }
    Ok(template.draft(&values, mark)?)
}

/// What is missing, by its label.
fn opened(field: &Field, value: Filled) -> Filled {
    let item = |mut values: Values| {
        for column in &field.columns {
            if let Some(value) = values.get_mut(&column.label)
                && *value == Filled::Missing
            {
                *value = Filled::Open(column.label.clone());
            }
        }
        values
    };
    match value {
        Filled::Missing if field.kind == FieldType::List => {
            let absent = field.columns.iter().map(|column| (column.label.clone(), Filled::Missing));
            let serial = (SERIAL.to_owned(), Filled::Count(1));
            Filled::List(vec![item(absent.chain([serial]).collect())])
        }
        Filled::Missing => Filled::Open(field.label.clone()),
        Filled::List(items) => Filled::List(items.into_iter().map(item).collect()),
        other => other,
    }
}

/// Faults of the template with these values, and required values that are missing where the template never asks for them.
fn everything_wrong(template: &Template, values: &Values) -> Vec<Fault> {
    let (mut faults, _) = template.check(values);
    for (label, value) in values {
        let kind = match value {
            Filled::Missing => FaultKind::Missing,
            Filled::Wrong => FaultKind::Type,
            _ => continue,
        };
        if !faults.iter().any(|fault| fault.field == *label && fault.kind == kind) {
            let (template, place) = (template.name().to_owned(), Place::default());
            faults.push(Fault { template, place, field: label.clone(), kind });
        }
    }
    faults
}

fn check_number(paper: &Paper, number: Option<&Number>) -> Result<(), IssueError> {
    match (&paper.series, number) {
        (None, None) => Ok(()),
        (Some(series), None) => Err(IssueError::NoNumber { paper: paper.id.clone(), series: series.clone() }),
        (Some(series), Some(number)) if number.series == *series && number.valid() => Ok(()),
        (_, Some(number)) => {
            Err(IssueError::WrongNumber { paper: paper.id.clone(), number: number.to_string() })
        }
    }
}
