//! A profile read backwards: which file, header and code of a foreign system the generator writes for ours.

use crate::{commands::profile, exit::Unusable};
use anyhow::Result;
use mingcha_ingest::{Charset, Form, Mapping, Profile, TimeForm};
use mingcha_model::table::Column;
use mingcha_synth::{Foreign, Naming};
use std::{collections::BTreeMap, path::Path};

/// The names of a profile: one of those that come with Mingcha, or a file.
pub fn of(name: &str) -> Result<Naming> {
    match Profile::named(name) {
        Some(known) => naming(known),
        None => naming(&profile::load(Path::new(name))?),
    }
}

fn naming(profile: &Profile) -> Result<Naming> {
    let Form { time, money_in_fen, .. } = profile.form;
    let own_text = profile.charset == Charset::Gb18030 || profile.delimiter.is_some_and(|byte| byte != b',');
    if time != TimeForm::Auto || money_in_fen || own_text {
        let name = &profile.name;
        return Err(Unusable(format!(
            "profile `{name}` has times, money, an encoding or a delimiter in a form of its own, which the generator does not write: take one without `[form]`, `encoding` and `delimiter`"
        ))
        .into());
    }
    let mut naming = Naming::default();
    let (repeated, own): (Vec<&Mapping>, Vec<&Mapping>) =
        profile.tables.iter().partition(|mapping| mapping.distinct);
    naming.files.extend(own.into_iter().map(foreign));
    for mapping in repeated {
        match beside(mapping, &mut naming) {
            Some(foreign) => foreign.beside = columns(mapping, &foreign_headers(foreign)),
            None => naming.files.push(foreign(mapping)),
        }
    }
    Ok(naming)
}

fn foreign(mapping: &Mapping) -> Foreign {
    let inverse = |codes: &BTreeMap<String, String>| {
        codes.iter().map(|(theirs, ours)| (ours.clone(), theirs.clone())).collect()
    };
    Foreign {
        table: mapping.table.name.to_owned(),
        file: file(mapping),
        columns: columns(mapping, &[]),
        only: mapping.constants.iter().map(|(&column, value)| (column.to_owned(), value.clone())).collect(),
        beside: Vec::new(),
        codes: mapping.codes.iter().map(|(&column, codes)| (column.to_owned(), inverse(codes))).collect(),
    }
}

/// The beginning of the file's name: the first pattern without its stars.
fn file(mapping: &Mapping) -> String {
    mapping.files.first().map_or(mapping.table.name, String::as_str).replace('*', "")
}

/// The file that carries the rows of a mapping beside its own: people on every visit.
fn beside<'n>(mapping: &Mapping, naming: &'n mut Naming) -> Option<&'n mut Foreign> {
    let name = file(mapping);
    naming.files.iter_mut().find(|foreign| foreign.file == name)
}

fn foreign_headers(foreign: &Foreign) -> Vec<String> {
    foreign.columns.iter().map(|(_, header)| header.clone()).collect()
}

/// Our columns and the headers that they are written under, but those that constants, places in the file or other columns give.
fn columns(mapping: &Mapping, taken: &[String]) -> Vec<(String, String)> {
    let header = |column: &Column| -> Option<String> {
        if mapping.constants.contains_key(column.name) || mapping.derive.contains_key(column.name) {
            return None;
        }
        let named = mapping.columns.get(column.name).and_then(|headers| headers.first().cloned());
        named.or_else(|| mapping.own_names.then(|| column.name.to_owned()))
    };
    let pair = |column: &Column| Some((column.name.to_owned(), header(column)?));
    let pairs = mapping.table.columns.iter().filter_map(pair);
    pairs.filter(|(_, header)| !taken.contains(header)).collect()
}
