//! `rules.lock`: id, folder, version and SM3 of the logic of each rule, so that logic never changes under the same version.

use crate::{Library, Method, Rule, Status, files::hex};
use mingcha_model::{
    Diagnostic,
    source::{fault, shown},
};
use sm3::{Digest, Sm3};
use std::{collections::BTreeMap, fmt::Write as _};
use toml::Value;

/// Where the lock stands in a library.
pub const FILE: &str = "rules.lock";
const HEAD: &str = "# Written by `cargo xtask generate`. One rule a line: id, folder, version, SM3 of its logic. Drafts are not held.\n";

/// One line of the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: String,
    version: u32,
    sm3: String,
    line: u64,
}

/// SM3 over what decides a rule's findings: its kind, dates, reads, knowledge, method, parameters and counting. Words do not count.
pub fn logic_digest(rule: &Rule) -> String {
    let mut text = String::new();
    let (kind, scope, amount) = (rule.kind, rule.scope, rule.amount);
    let _ = writeln!(text, "{kind:?} {} {scope:?} {amount:?}", rule.severity);
    let _ = writeln!(text, "{} {:?}", rule.effective, rule.expires.map(|date| date.to_string()));
    let mut reads = rule.reads.clone();
    reads.sort();
    let _ = writeln!(text, "{reads:?} {:?}", rule.knowledge);
    match &rule.method {
        Method::Detector { name, settings } => {
            let _ = write!(text, "detector {name} ");
            canonical(&Value::Table(settings.clone()), &mut text);
        }
        Method::Sql { text: sql } => {
            let _ = write!(text, "sql {sql}");
        }
    }
    let mut params: Vec<_> = rule.params.iter().collect();
    params.sort_by_key(|param| &param.name);
    for param in params {
        let _ = write!(text, "\n{} {:?} ", param.name, param.choices);
        for value in [Some(&param.default), param.min.as_ref(), param.max.as_ref()].into_iter().flatten() {
            canonical(value, &mut text);
            text.push(' ');
        }
    }
    hex(&Sm3::digest(text.as_bytes()))
}

/// A value as a text that does not depend on the order of keys.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Table(table) => {
            let sorted: BTreeMap<&String, &Value> = table.iter().collect();
            text.push('{');
            for (key, value) in sorted {
                let _ = write!(text, "{key:?}=");
                canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::String(inner) => {
            let _ = write!(text, "{inner:?}");
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

/// The lock as it should be: one line for each rule that is no draft, sorted by id, and those that were there before.
///
/// A rule whose logic changed under the same version keeps its old line and is named in the faults: raise its version first.
pub fn update(library: &Library) -> (String, Vec<Diagnostic>) {
    let faults = check(library);
    let (mut entries, _) = read(library.files.get(FILE).unwrap_or_default());
    for rule in library.rules.iter().filter(|rule| rule.status != Status::Draft) {
        let new = entry(rule);
        match entries.get(&rule.id) {
            Some(old) if old.version >= new.version && old.sm3 != new.sm3 => {}
            _ => {
                entries.insert(rule.id.clone(), new);
            }
        }
    }
    (write(&entries), faults.into_iter().filter(|fault| fault.level == mingcha_model::Level::Error).collect())
}

/// The lock made anew from the rules as they are, for the time before a first release.
pub fn fresh(library: &Library) -> String {
    let rules = library.rules.iter().filter(|rule| rule.status != Status::Draft);
    write(&rules.map(|rule| (rule.id.clone(), entry(rule))).collect())
}

/// What the lock says against the rules: changed logic, a version that fell, an id that vanished; missing lines as warnings.
pub fn check(library: &Library) -> Vec<Diagnostic> {
    let (entries, mut out) = read(library.files.get(FILE).unwrap_or_default());
    for rule in &library.rules {
        let file = format!("rules/{}/rule.toml", rule.name);
        let Some(old) = entries.get(&rule.id) else {
            // The lock is the shipped library's; a site's own rules carry letters of their own.
            if rule.status != Status::Draft && rule.id.starts_with("MC-") {
                let fault = fault(&file, 0, "", format!("`{}` is not in `{FILE}`", rule.id)).warning();
                out.push(fault.hint("run `cargo xtask generate`"));
            }
            continue;
        };
        let new = entry(rule);
        if new.version < old.version {
            let message = format!("version {} is older than {} in `{FILE}`", new.version, old.version);
            out.push(fault(&file, 0, "version", message).hint("versions only grow"));
        } else if new.sm3 != old.sm3 && new.version == old.version {
            let message = format!("the logic changed, the version is still {}", old.version);
            let hint = format!("write `version = {}`, then run `cargo xtask generate`", old.version + 1);
            out.push(fault(&file, 0, "version", message).hint(hint));
        } else if new.version > old.version || new.name != old.name {
            let fault =
                fault(FILE, old.line, "", format!("the line of `{}` is out of date", rule.id)).warning();
            out.push(fault.hint("run `cargo xtask generate`"));
        }
    }
    for (id, old) in entries.iter().filter(|(id, _)| !library.rules.iter().any(|rule| rule.id == **id)) {
        let message =
            format!("`{}` (`{}`) is gone from the library, or has faults", shown(id), shown(&old.name));
        let hint = "a rule is retired, never deleted: set `status = \"retired\"`";
        out.push(fault(FILE, old.line, "", message).hint(hint));
    }
    out
}

fn entry(rule: &Rule) -> Entry {
    Entry { name: rule.name.clone(), version: rule.version, sm3: logic_digest(rule), line: 0 }
}

fn write(entries: &BTreeMap<String, Entry>) -> String {
    entries.iter().fold(HEAD.to_owned(), |mut text, (id, entry)| {
        let _ = writeln!(text, "{id} {} {} {}", entry.name, entry.version, entry.sm3);
        text
    })
}

fn read(text: &str) -> (BTreeMap<String, Entry>, Vec<Diagnostic>) {
    let (mut entries, mut out) = (BTreeMap::new(), Vec::new());
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
        let number = i as u64 + 1;
        let parts: Vec<&str> = line.split(' ').collect();
        let read = match parts.as_slice() {
            [id, name, version, sm3] => version.parse().ok().map(|version| {
                let entry = Entry { name: (*name).to_owned(), version, sm3: (*sm3).to_owned(), line: number };
                ((*id).to_owned(), entry)
            }),
            _ => None,
        };
        match read {
            Some((id, entry)) => {
                if entries.insert(id, entry).is_some() {
                    out.push(fault(FILE, number, "", "the id stands twice"));
                }
            }
            None => out.push(
                fault(FILE, number, "", "not `id folder version sm3`")
                    .hint("run `cargo xtask generate` anew"),
            ),
        }
    }
    (entries, out)
}
