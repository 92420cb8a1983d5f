//! Papers as data: title, number series, fields, basis, the acts that use them, and the layout their shipped template is made from.

use crate::{
    field::{Field, FieldType, NUMBER, SERIAL},
    template::{Fault, FaultKind, Filled, Place, Template, Values},
};
use mingcha_model::Diagnostic;
use serde::Deserialize;
use std::{collections::BTreeMap, ops::Range};
use toml::Spanned;

/// A kind of paper.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Id, also the name of its files.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// Word of the number series; absent where the paper has no number.
    pub series: Option<String>,
    /// Acts that use it, as `machine.act`.
    pub acts: Vec<String>,
    /// Acts of which one must be done before it may be issued; none where it may come before.
    #[serde(default)]
    pub after: Vec<String>,
    /// Acts that are not done before it was issued.
    #[serde(default)]
    pub before: Vec<String>,
    /// Acts after which the file is not complete without it.
    #[serde(default)]
    pub needed_after: Vec<String>,
    /// Kinds of a case's decision that it goes with; none where it goes with any.
    #[serde(default)]
    pub decisions: Vec<String>,
    /// Papers that do in its place.
    #[serde(default)]
    pub instead: Vec<String>,
    /// Law that it rests on.
    pub basis: Vec<String>,
    /// Labels of fields that must have a value.
    pub required: Vec<String>,
    /// Labels of fields that may be empty.
    #[serde(default)]
    pub optional: Vec<String>,
    /// What to mind.
    #[serde(default)]
    pub note: String,
    /// What the shipped template is made from; see `layout`.
    pub layout: String,
}

impl Paper {
    /// Its fields from the dictionary, each with whether it must have a value.
    pub fn fields<'a>(&'a self, all: &'a BTreeMap<String, Field>) -> impl Iterator<Item = (&'a Field, bool)> {
        let of = |labels: &'a [String], required| {
            labels.iter().filter_map(move |label| Some((all.get(label)?, required)))
        };
        of(&self.required, true).chain(of(&self.optional, false))
    }

    /// Every fault of a template for this paper: unknown fields, wrong marks, required fields that it does not show.
    pub fn check(&self, template: &Template, all: &BTreeMap<String, Field>) -> Vec<Fault> {
        let probe = |absent: bool| {
            let value = |field: &Field, required: bool| {
                if absent && !required { Filled::Blank } else { field.probe() }
            };
            let mut values: Values = self
                .fields(all)
                .map(|(field, required)| (field.label.clone(), value(field, required)))
                .collect();
            if self.series.is_some() {
                values.insert(NUMBER.to_owned(), Filled::Text(NUMBER.to_owned()));
            }
            values
        };
        let (mut faults, mut used) = template.check(&probe(false));
        let (others, more) = template.check(&probe(true));
        // What both tries find is told once.
        for other in others {
            if !faults.contains(&other) {
                faults.push(other);
            }
        }
        used.extend(more);
        let number = self.series.is_some().then(|| NUMBER.to_owned());
        let unused = self.required.iter().chain(&number).filter(|label| !used.contains(*label));
        faults.extend(unused.map(|label| Fault {
            template: template.name().to_owned(),
            place: Place::default(),
            field: label.clone(),
            kind: FaultKind::Unused,
        }));
        faults
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldsFile {
    field: Vec<Spanned<Field>>,
}

/// Reads the dictionary of fields.
pub(crate) fn read_fields(file: &str, text: &str, faults: &mut Vec<Diagnostic>) -> BTreeMap<String, Field> {
    let mut fields = BTreeMap::new();
    for field in read::<FieldsFile>(file, text, faults).map(|file| file.field).unwrap_or_default() {
        let line = line_of(text, &field.span());
        let field = field.into_inner();
        let mut fault = |message: String, hint: &str| {
            faults.push(Diagnostic::author(file, line, message).hint(hint));
        };
        if field.label == NUMBER || field.label == SERIAL {
            fault(format!("`{}` is given by Mingcha itself", field.label), "choose another label");
        }
        if (field.kind == FieldType::List) == field.columns.is_empty() {
            fault(
                format!("`{}`: a list has columns, and only a list", field.label),
                "add or remove `columns`",
            );
        }
        if field.columns.iter().any(|column| column.kind == FieldType::List) {
            fault(format!("`{}`: a list inside a list", field.label), "make it a list of its own");
        }
        if field.example_value().is_none() {
            fault(format!("`{}`: the example does not read as its type", field.label), "write one that does");
        }
        let label = field.label.clone();
        if fields.insert(label.clone(), field).is_some() {
            fault(format!("`{label}` stands here twice"), "keep one");
        }
    }
    fields
}

/// Reads a paper and holds it against the dictionary.
pub(crate) fn read_paper(
    file: &str,
    text: &str,
    fields: &BTreeMap<String, Field>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Paper> {
    let paper: Paper = read(file, text, faults)?;
    let mut fault = |message: String, hint: &str| {
        faults.push(Diagnostic::author(file, 0, message).hint(hint));
    };
    if file.rsplit('/').next() != Some(&format!("{}.toml", paper.id)) {
        fault(format!("the id `{}` is not the file's name", paper.id), "name the file after the id");
    }
    let mut labels: Vec<&String> = paper.required.iter().chain(&paper.optional).collect();
    for label in labels.iter().filter(|label| !fields.contains_key(**label)) {
        fault(format!("`{label}` is not in fields.toml"), "add it there or correct the label");
    }
    labels.sort();
    for pair in labels.windows(2).filter(|pair| pair[0] == pair[1]) {
        fault(format!("`{}` is named twice", pair[0]), "keep one");
    }
    if paper.basis.is_empty() || paper.title.trim().is_empty() {
        fault("title and basis must not be empty".to_owned(), "name the article the paper rests on");
    }
    Some(paper)
}

/// Reads a file of TOML; its first fault is told with its line.
pub(crate) fn read<'t, T: Deserialize<'t>>(
    file: &str,
    text: &'t str,
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let line = error.span().map_or(0, |span| line_of(text, &span));
            let message: String = error.message().chars().filter(|c| !c.is_control()).take(200).collect();
            faults.push(Diagnostic::author(file, line, message).hint("correct the file"));
            None
        }
    }
}

fn line_of(text: &str, span: &Range<usize>) -> u64 {
    text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() as u64 + 1
}
