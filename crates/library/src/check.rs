//! What a rule must agree with outside its own folder: tables and columns, knowledge, parameters, coverage, other rules.

use crate::{Method, coverage::Known, files::Files, message, rule_file::Parsed, sql};
use mingcha_model::{
    Diagnostic,
    source::{Source, fault, shown},
    table,
};
use std::collections::{BTreeMap, BTreeSet};
use toml::Value;

/// Checks all rules against everything else. All faults go to `out`.
pub(crate) fn check(
    rules: &[Parsed],
    tables: &BTreeSet<String>,
    known: &Known,
    files: &Files,
    out: &mut Vec<Diagnostic>,
) {
    let mut ids: BTreeMap<&str, &Parsed> = BTreeMap::new();
    for parsed in rules {
        if !parsed.rule.id.is_empty()
            && let Some(other) = ids.insert(&parsed.rule.id, parsed)
        {
            let message = format!("`{}` is also the id of `{}`", parsed.rule.id, other.rule.name);
            let fault = fault(&parsed.file, parsed.lines.key("id"), "id", message);
            out.push(fault.hint("ids are never reused: take the next free one"));
        }
        reads(parsed, out);
        knowledge(parsed, tables, out);
        covers(parsed, known, out);
        params(parsed, files, out);
        placeholders(parsed, out);
    }
}

fn reads(parsed: &Parsed, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for (i, read) in parsed.rule.reads.iter().enumerate() {
        let mut push = |message: String, hint: String| {
            out.push(fault(&parsed.file, parsed.lines.item("reads", i), "reads", message).hint(hint));
        };
        let (name, column) = read.split_once('.').unwrap_or((read, ""));
        let Some(known) = table::table(name) else {
            let names = table::tables().iter().map(|table| table.name).collect::<Vec<_>>().join(", ");
            push(format!("no table `{}`", shown(name)), format!("write `table.column`; tables: {names}"));
            continue;
        };
        let kept = known.lake_schema();
        if known.column(column).is_some_and(|column| column.personal) {
            let hint = "no rule reads personal data; the lake keeps a digest of it at most";
            push(format!("`{}` is personal", shown(read)), hint.to_owned());
        } else if kept.field_with_name(column).is_err() {
            let names =
                kept.fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>().join(", ");
            push(format!("`{name}` has no column `{}`", shown(column)), format!("columns: {names}"));
        } else if !seen.insert(read) {
            push(format!("`{read}` stands twice"), String::new());
        }
    }
}

fn knowledge(parsed: &Parsed, tables: &BTreeSet<String>, out: &mut Vec<Diagnostic>) {
    let rule = &parsed.rule;
    for (i, name) in rule.knowledge.iter().enumerate().filter(|(_, name)| !tables.contains(*name)) {
        let known = tables.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let fault = fault(
            &parsed.file,
            parsed.lines.item("knowledge", i),
            "knowledge",
            format!("no knowledge table `{}`", shown(name)),
        );
        out.push(fault.hint(format!("tables: {known}")));
    }
    let Method::Detector { settings, .. } = &rule.method else { return };
    if let Some(Value::String(used)) = settings.get("knowledge")
        && !used.starts_with('$')
        && !rule.knowledge.contains(used)
    {
        let message = format!("`{}` is not declared", shown(used));
        let fault = fault(&parsed.file, parsed.lines.key("settings"), "settings.knowledge", message);
        out.push(fault.hint("add it to the rule's `knowledge`"));
    }
}

fn covers(parsed: &Parsed, known: &Known, out: &mut Vec<Diagnostic>) {
    for (i, id) in parsed.rule.covers.iter().enumerate() {
        let line = parsed.lines.item("covers", i);
        if !known.has(id) {
            let fault = fault(&parsed.file, line, "covers", format!("nothing has the id `{}`", shown(id)));
            let hint = "ids: of the knowledge table `negative_list`, a code or `C-<seq>` of `rule_class`, or a key field of coverage.toml";
            out.push(fault.hint(hint));
        } else if parsed.rule.covers[..i].contains(id) {
            out.push(fault(&parsed.file, line, "covers", format!("`{id}` stands twice")));
        }
    }
}

/// Every `$name` has its parameter, and every parameter is used.
fn params(parsed: &Parsed, files: &Files, out: &mut Vec<Diagnostic>) {
    let rule = &parsed.rule;
    let mut used = BTreeSet::new();
    let mut unknown = |file: &str, line: u64, key: &str, name: &str, out: &mut Vec<Diagnostic>| {
        // A parameter with a fault of its own is declared all the same.
        if parsed.lines.key(&format!("params.{name}")) > 0 {
            used.insert(name.to_owned());
        } else {
            let fault = fault(file, line, key, format!("no parameter `${}`", shown(name)));
            out.push(
                fault.hint(format!("declare `[params.{}]`", if name.is_empty() { "name" } else { name })),
            );
        }
    };
    match &rule.method {
        Method::Detector { settings, .. } => {
            let mut names = Vec::new();
            settings.values().for_each(|value| setting_params(value, &mut names));
            for name in names {
                unknown(&parsed.file, parsed.lines.key("settings"), "settings", name, out);
            }
        }
        Method::Sql { text } => {
            let path = format!("rules/{}/rule.sql", rule.name);
            let source = Source::new(&path, files.get(&path).unwrap_or(text));
            for (at, name) in sql::params(text) {
                unknown(&path, source.line(at), "", name, out);
            }
        }
    }
    for (key, words) in [("message", &rule.message), ("definition", &rule.definition)] {
        for name in words.split('$').skip(1).map(sql::leading_name) {
            unknown(&parsed.file, parsed.lines.key(key), key, name, out);
        }
    }
    for param in rule.params.iter().filter(|param| parsed.complete && !used.contains(&param.name)) {
        let key = format!("params.{}", param.name);
        out.push(fault(&parsed.file, parsed.lines.key(&key), &key, "never used").warning());
    }
}

/// The parameters that a setting names, wherever in it.
pub(crate) fn setting_params<'a>(value: &'a Value, names: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => names.extend(text.strip_prefix('$')),
        Value::Array(items) => items.iter().for_each(|item| setting_params(item, names)),
        Value::Table(table) => table.values().for_each(|item| setting_params(item, names)),
        _ => {}
    }
}

fn placeholders(parsed: &Parsed, out: &mut Vec<Diagnostic>) {
    if let Err(message) = message::placeholders(&parsed.rule.message) {
        let fault = fault(&parsed.file, parsed.lines.key("message"), "message", message);
        out.push(fault.hint("a placeholder is `{name}`: lower-case letters, digits and `_`"));
    }
}
