//! `rule.toml` and `rule.sql` into a [`Rule`]. What other files must agree with it is checked in `check`.

use crate::{
    files::Files,
    reader::{Lines, Section, parse},
    rule::{Method, Param, Rule, Status},
    sql,
};
use mingcha_model::{
    Counting, Date, Diagnostic, Kind, SubjectKind,
    source::{Source, fault, shown},
};
use toml::Value;

/// The keys of `rule.toml`, in their order; `?` marks those that may be absent. TOML wants tables after the other keys.
pub const KEYS: &[&str] = &[
    "id",
    "name",
    "title",
    "version",
    "status",
    "kind",
    "severity",
    "scope",
    "stage",
    "covers",
    "effective",
    "expires?",
    "reads",
    "knowledge?",
    "detector?",
    "method?",
    "amount",
    "basis",
    "definition",
    "false_positives",
    "investigate",
    "message",
    "settings?",
    "params?",
];

/// The chapters: the subjects of the negative list.
pub const CHAPTERS: &[(&str, &str)] = &[
    ("institution", "定点医疗机构"),
    ("pharmacy", "定点零售药店"),
    ("insured", "参保人员"),
    ("gang", "职业骗保团伙"),
    ("cross-region", "异地就医"),
    ("agency", "经办机构"),
];

/// Parameters of one rule.
const MOST_PARAMS: usize = 100;

/// A rule as far as it could be read, with the lines of its keys.
pub(crate) struct Parsed {
    pub rule: Rule,
    /// Whether every key could be read. Others are stood in for, so that the rest is checked too; such a rule is left out.
    pub complete: bool,
    pub lines: Lines,
    pub file: String,
}

/// Reads the rule in `rules/<name>/`; `None` where it has no `rule.toml`. All faults go to `out`.
pub(crate) fn read(name: &str, files: &Files, out: &mut Vec<Diagnostic>) -> Option<Parsed> {
    let file = format!("rules/{name}/rule.toml");
    let Some(text) = files.get(&file) else {
        out.push(fault(&file, 0, "", "a rule folder without `rule.toml`"));
        return None;
    };
    let source = Source::new(&file, text);
    let table = parse(&source, out);
    let mut root = Section::root(&source, &table);
    root.check_keys(KEYS, out);
    let (rule, complete) = rule(&mut root, name, files, out);
    let lines = root.lines;
    Some(Parsed { rule, complete, lines, file })
}

/// The rule, and whether every key could be read.
fn rule(root: &mut Section, folder: &str, files: &Files, out: &mut Vec<Diagnostic>) -> (Rule, bool) {
    let id = root.text("id", out);
    let name = root.text("name", out);
    let title = root.text("title", out);
    let version = root.integer("version", 1, 1_000_000, out);
    let status = root.choice("status", "draft, trial, active, retired", out);
    let kind = root.choice("kind", "violation, suspect, monitor", out);
    let severity = root.integer("severity", 1, 3, out);
    let scope = root.choice("scope", "person, institution, practitioner, pharmacy, group", out);
    let stage = root.choices("stage", "before, during, after", out);
    let covers = root.texts("covers", out);
    let effective = root.date("effective", out);
    let expires = root.date("expires", out);
    let reads = root.texts("reads", out);
    let knowledge = root.texts("knowledge", out);
    let method = method(root, folder, files, out);
    let amount = root.choice("amount", "none, line_fund, excess_fund, difference_fund, settlement_fund", out);
    let basis = root.texts("basis", out);
    let definition = root.text("definition", out);
    let false_positives = root.texts("false_positives", out);
    let investigate = root.texts("investigate", out);
    let message = root.text("message", out);
    let params = params(root, out);
    let complete = [&id, &name, &title, &definition, &message].iter().all(|text| text.is_some())
        && version.is_some()
        && status.is_some()
        && kind.is_some()
        && severity.is_some()
        && scope.is_some()
        && effective.is_some()
        && method.is_some()
        && amount.is_some();
    let rule = Rule {
        id: id.unwrap_or_default(),
        name: name.unwrap_or_else(|| folder.to_owned()),
        title: title.unwrap_or_default(),
        version: version.unwrap_or(1) as u32,
        status: status.unwrap_or(Status::Draft),
        kind: kind.unwrap_or(Kind::Suspect),
        severity: severity.unwrap_or(1) as u8,
        scope: scope.unwrap_or(SubjectKind::Person),
        stage,
        covers,
        effective: effective.or(expires).unwrap_or(Date(0)),
        expires,
        reads,
        knowledge,
        method: method.unwrap_or(Method::Sql { text: String::new() }),
        params,
        amount: amount.unwrap_or(Counting::None),
        basis,
        definition: definition.unwrap_or_default(),
        false_positives,
        investigate,
        message: message.unwrap_or_default(),
    };
    identity(root, &rule, folder, out);
    filled(root, &rule, out);
    (rule, complete)
}

fn identity(root: &Section, rule: &Rule, folder: &str, out: &mut Vec<Diagnostic>) {
    let form = rule.id.split_once('-').is_some_and(|(head, tail)| {
        (2..=8).contains(&head.len())
            && head.bytes().all(|byte| byte.is_ascii_uppercase())
            && (4..=6).contains(&tail.len())
            && tail.bytes().all(|byte| byte.is_ascii_digit())
    });
    if !form && !rule.id.is_empty() {
        let hint = "capitals, `-`, four to six digits, such as `MC-0001`; a site uses letters of its own";
        out.push(root.fault("id", format!("`{}` is no rule id", shown(&rule.id))).hint(hint));
    }
    if rule.name != folder {
        out.push(root.fault("name", "differs from the folder").hint(format!("write `{folder}`")));
    }
    let (chapter, name) = folder.split_once('/').unwrap_or((folder, ""));
    if !CHAPTERS.iter().any(|&(known, _)| known == chapter) {
        let known = CHAPTERS.iter().map(|&(known, _)| known).collect::<Vec<_>>().join(", ");
        out.push(
            root.fault("name", format!("no chapter `{}`", shown(chapter))).hint(format!("chapters: {known}")),
        );
    }
    if !is_kebab(name) {
        out.push(root.fault("name", "folder names are lower-case words joined by `-`"));
    }
    if rule.kind == Kind::Inconclusive {
        out.push(root.fault("kind", "no rule claims `inconclusive`").hint("violation, suspect or monitor"));
    }
    if rule.expires.is_some_and(|end| end < rule.effective) {
        out.push(root.fault("expires", "lies before `effective`"));
    }
}

/// Whether a text is lower-case words of letters and digits joined by `-`.
pub(crate) fn is_kebab(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 60
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// Lists that must not be empty.
fn filled(root: &Section, rule: &Rule, out: &mut Vec<Diagnostic>) {
    let lists = [
        ("stage", rule.stage.is_empty()),
        ("reads", rule.reads.is_empty()),
        ("basis", rule.basis.is_empty()),
        ("false_positives", rule.false_positives.is_empty()),
        ("investigate", rule.investigate.is_empty()),
    ];
    for (key, empty) in lists {
        if empty && root.has(key) {
            out.push(root.fault(key, "must not be empty"));
        }
    }
    if rule.covers.is_empty() && root.has("covers") {
        let fault = root.fault("covers", "covers nothing, so no coverage page shows the rule");
        out.push(fault.hint("name negative-list items, national rule classes or key fields").warning());
    }
}

fn method(root: &mut Section, folder: &str, files: &Files, out: &mut Vec<Diagnostic>) -> Option<Method> {
    let path = format!("rules/{folder}/rule.sql");
    let sql = files.get(&path);
    match (root.has("detector"), root.has("method")) {
        (true, false) => {
            if sql.is_some() {
                out.push(fault(&path, 0, "", "a rule with a detector has no `rule.sql`"));
            }
            let settings = match root.value("settings") {
                Some(Value::Table(settings)) => settings,
                None if !root.has("settings") => toml::Table::new(),
                _ => {
                    out.push(root.fault("settings", "must be a table of values that fit"));
                    return None;
                }
            };
            setting_lines(root);
            Some(Method::Detector { name: root.text("detector", out)?, settings })
        }
        (false, true) => {
            if root.text("method", out)? != "sql" {
                out.push(root.fault("method", "the only method beside a detector is `sql`"));
                return None;
            }
            if root.has("settings") {
                out.push(root.fault("settings", "a rule in SQL has no settings").hint("use parameters"));
            }
            let Some(text) = sql else {
                out.push(root.fault("method", "`rule.sql` is missing beside it"));
                return None;
            };
            sql::check(&Source::new(&path, text), out);
            Some(Method::Sql { text: text.to_owned() })
        }
        (both, _) => {
            let message =
                if both { "both `detector` and `method`" } else { "neither `detector` nor `method`" };
            out.push(root.fault(if both { "method" } else { "detector" }, message));
            None
        }
    }
}

/// Remembers the lines of the settings, such as `settings.days`.
fn setting_lines(root: &mut Section) {
    let Some(section) = root.section("settings", &mut Vec::new()) else { return };
    for (name, at) in section.keys() {
        root.lines.set(format!("settings.{name}"), section.line(at));
    }
}

fn params(root: &mut Section, out: &mut Vec<Diagnostic>) -> Vec<Param> {
    let Some(section) = root.section("params", out) else { return Vec::new() };
    let mut params = Vec::new();
    let keys = section.keys();
    if keys.len() > MOST_PARAMS {
        out.push(root.fault("params", format!("more than {MOST_PARAMS} parameters")));
    }
    for (name, at) in keys.into_iter().take(MOST_PARAMS) {
        root.lines.set(format!("params.{name}"), section.line(at));
        if !sql::is_name(name) {
            out.push(section.fault(name, "a parameter's name is lower-case letters, digits and `_`"));
            continue;
        }
        if let Some(mut inner) = section.section(name, out) {
            params.extend(param(name, &mut inner, out));
        }
    }
    params
}

fn param(name: &str, section: &mut Section, out: &mut Vec<Diagnostic>) -> Option<Param> {
    section.check_keys(&["default", "min?", "max?", "choices?", "meaning"], out);
    let choices = section.texts("choices", out);
    let meaning = section.text("meaning", out);
    let default = section.value("default");
    if default.is_none() && section.has("default") {
        out.push(section.fault("default", "a number that does not fit"));
    }
    let (min, max) = (section.value("min"), section.value("max"));
    let param = Param { name: name.to_owned(), default: default?, min, max, choices, meaning: meaning? };
    for (key, message) in param.faults() {
        let hint =
            "the default is what a locality may choose too: inside `min` and `max`, or among `choices`";
        out.push(section.fault(key, message).hint(if key == "default" { hint } else { "" }));
    }
    Some(param)
}
