//! Policy files into one checked set: parsed, typed against the schema, named, and fit to be asked of a list; every fault with file and line.

use super::{
    Policies, Rule,
    partial::Question,
    remembered::Remembered,
    subject::Actor,
    words::{Action, Secrecy},
};
use crate::{
    facts::{Department, Role},
    reader::shown,
    words::Word as _,
};
use cedar_policy::{
    Authorizer, Effect, EntityUid, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator, pst,
};
use mingcha_model::{Date, Diagnostic, Fault};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/policies.rs"));

/// What policies may speak of.
pub(super) const SCHEMA: &str = include_str!("../../../../procedures/policies/schema.cedarschema");
/// Greatest size of a file: 256 KiB.
const MOST_BYTES: u64 = 1 << 18;
/// Deepest nesting of brackets, and most signs of operators in one policy: more than a person writes, little enough for every stack.
const MOST_DEEP: usize = 16;
const MOST_SIGNS: usize = 100;

/// Texts by path, such as `policies/floor.cedar`.
pub type Files = BTreeMap<String, Cow<'static, str>>;

/// The files that were compiled into the binary.
pub fn embedded_files() -> Files {
    EMBEDDED.iter().map(|&(path, text)| (path.to_owned(), Cow::Borrowed(text))).collect()
}

/// The embedded files with those of a site's folder on top: a file there replaces the one of the same name.
pub(super) fn files(root: &Path) -> Result<Files, Vec<Diagnostic>> {
    let mut files = embedded_files();
    let mut faults = Vec::new();
    let entries = match fs::read_dir(root.join("policies")).and_then(Iterator::collect::<io::Result<Vec<_>>>)
    {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(vec![outside("policies", &error.to_string())]),
    };
    for entry in entries {
        let path = format!("policies/{}", entry.file_name().to_string_lossy());
        if entry.path().extension().is_none_or(|ending| ending != "cedar") {
            let fault = Diagnostic::author(&path, 0, "not a policy file");
            faults.push(fault.hint("only <name>.cedar may lie here; the schema is part of the program"));
            continue;
        }
        match read_file(&entry.path()) {
            Ok(text) => drop(files.insert(path, Cow::Owned(text))),
            Err(message) => faults.push(outside(&path, &message)),
        }
    }
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

fn read_file(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MOST_BYTES {
        return Err(format!("{size} bytes, at most {MOST_BYTES}"));
    }
    fs::read_to_string(path).map_err(|error| error.to_string())
}

fn outside(path: &str, message: &str) -> Diagnostic {
    let mut fault = Diagnostic::author(path, 0, format!("cannot be read: {message}"));
    fault.fault = Fault::Outside;
    fault.hint("check the file and who may read it")
}

/// Where a policy stands.
struct Place<'a> {
    file: &'a str,
    text: &'a str,
    offset: usize,
}

impl Place<'_> {
    /// A fault at the place that Cedar names, else at the policy.
    fn fault(&self, error: &dyn miette::Diagnostic) -> Diagnostic {
        let label = error.labels().and_then(|mut labels| labels.next());
        let offset = label.map_or(self.offset, |label| label.offset());
        let hint = error.help().map_or_else(String::new, |help| shown(&help.to_string()));
        let message = shown_long(&error.to_string());
        Diagnostic::author(self.file, line(self.text, offset), message).hint(hint)
    }

    fn says(&self, message: &str, hint: &str) -> Diagnostic {
        Diagnostic::author(self.file, line(self.text, self.offset), message).hint(hint)
    }
}

fn line(text: &str, offset: usize) -> u64 {
    text.match_indices('\n').take_while(|(at, _)| *at < offset).count() as u64 + 1
}

fn shown_long(text: &str) -> String {
    const MOST: usize = 300;
    text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Reads texts; one fault and there are no policies, for half of them would be another policy.
pub(super) fn read(files: &Files) -> Result<Policies, Vec<Diagnostic>> {
    let (schema, _) = Schema::from_cedarschema_str(SCHEMA).expect("the schema is part of the program");
    let mut faults = Vec::new();
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    let mut set = PolicySet::new();
    for (file, text) in files {
        for (policy, place) in parse(file, text, &mut faults) {
            let Some(id) = name(&policy, &place, &mut faults) else { continue };
            if let Some(other) = places.get(&id) {
                let message = format!("the id `{}` stands in {} too", shown(&id), other.file);
                faults.push(place.says(&message, "give it another @id"));
                continue;
            }
            if let Err(error) = set.add(policy.new_id(PolicyId::new(&id))) {
                faults.push(place.fault(&error));
            }
            places.insert(id, place);
        }
    }
    let checked = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
    for error in checked.validation_errors() {
        faults.extend(at(&places, error.policy_id(), error));
    }
    for warning in checked.validation_warnings() {
        faults.extend(at(&places, warning.policy_id(), warning));
    }
    let actions = action_groups(&schema);
    let mut rules = Vec::new();
    for policy in set.policies() {
        let id = policy.id().to_string();
        let Some(place) = places.get(&id) else { continue };
        match rule(policy, place, &actions) {
            Ok(rule) => rules.push(rule),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        return Err(faults);
    }
    rules.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(Policies { set, rules, actions, authorizer: Authorizer::new(), remembered: Remembered::default() })
}

fn at(places: &BTreeMap<String, Place>, id: &PolicyId, error: &dyn miette::Diagnostic) -> Option<Diagnostic> {
    Some(places.get(&id.to_string())?.fault(error))
}

fn parse<'a>(file: &'a str, text: &'a str, faults: &mut Vec<Diagnostic>) -> Vec<(Policy, Place<'a>)> {
    let whole = Place { file, text, offset: 0 };
    let (deep, signs) = extent(text);
    if text.len() as u64 > MOST_BYTES || deep > MOST_DEEP || signs > MOST_SIGNS {
        let message = format!(
            "more than {MOST_BYTES} bytes, {MOST_SIGNS} operators in a policy, or {MOST_DEEP} brackets in one another"
        );
        faults.push(whole.says(&message, "split it"));
        return Vec::new();
    }
    let set: PolicySet = match text.parse() {
        Ok(set) => set,
        Err(errors) => {
            faults.extend(errors.iter().map(|error| whole.fault(error)));
            return Vec::new();
        }
    };
    if set.num_of_templates() > 0 {
        faults.push(whole.says("holds a template", "write the policy out; slots are not used here"));
    }
    let place = |policy: &Policy| {
        let source = policy.to_cedar().and_then(|source| text.find(source.as_str()));
        Place { file, text, offset: source.unwrap_or(0) }
    };
    set.policies().map(|policy| (policy.clone(), place(policy))).collect()
}

/// How deep brackets lie in one another at most, and how many signs of operators the policy with most of them has. Each may be one
/// level of Cedar's trees, which are walked by recursion.
fn extent(text: &str) -> (usize, usize) {
    let (mut deep, mut deepest, mut signs, mut most) = (0_usize, 0, 0_usize, 0);
    let (mut quoted, mut escaped, mut comment, mut before) = (false, false, false, b' ');
    for byte in text.bytes() {
        if comment {
            comment = byte != b'\n';
        } else if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else {
            match byte {
                b'"' => quoted = true,
                b'/' => comment = before == b'/',
                b'(' | b'[' | b'{' => deep += 1,
                b')' | b']' | b'}' => deep = deep.saturating_sub(1),
                b'&' | b'|' | b'!' | b'-' | b'+' | b'*' | b'.' => signs += 1,
                b'f' if before == b'i' => signs += 1,
                b';' => signs = 0,
                _ => {}
            }
        }
        (deepest, most) = (deepest.max(deep), most.max(signs));
        before = byte;
    }
    (deepest, most)
}

/// The id of a policy, where its annotations are in order.
fn name(policy: &Policy, place: &Place, faults: &mut Vec<Diagnostic>) -> Option<String> {
    for key in ["id", "title", "basis"] {
        if policy.annotation(key).is_none_or(|text| text.trim().is_empty()) {
            let message = format!("a policy without @{key}");
            faults.push(place.says(&message, "write @id(\"…\"), @title(\"…\") and @basis(\"…\") above it"));
            return None;
        }
    }
    policy.annotation("id").map(str::to_owned)
}

/// The actions by name, each with itself and the groups that it is in.
fn action_groups(schema: &Schema) -> BTreeMap<Action, BTreeSet<String>> {
    let entities = schema.action_entities().expect("the schema is part of the program");
    let named = |uid: &EntityUid| uid.id().unescaped().to_owned();
    let groups = |name: &str| {
        let above = |uid: &&EntityUid| named(uid) == name;
        let uid = schema.actions().find(above);
        let groups = uid.and_then(|uid| entities.ancestors(uid)).into_iter().flatten().map(named);
        groups.chain([name.to_owned()]).collect()
    };
    Action::ALL.iter().map(|(action, name, _)| (*action, groups(name))).collect()
}

/// A policy as it is kept, once it can be asked of a list.
fn rule(
    policy: &Policy,
    place: &Place,
    actions: &BTreeMap<Action, BTreeSet<String>>,
) -> Result<Rule, Diagnostic> {
    let parsed = policy.to_pst().map_err(|error| place.fault(&error))?;
    let body = parsed.body().clone();
    let text = |key: &str| policy.annotation(key).unwrap_or_default().trim().to_owned();
    let rule = Rule {
        id: text("id"),
        title: text("title"),
        basis: text("basis"),
        forbids: policy.effect() == Effect::Forbid,
        file: place.file.to_owned(),
        line: line(place.text, place.offset),
        body,
    };
    if on_matters(&rule.body, actions) {
        fit(&rule.body, actions)
            .map_err(|message| place.says(&message, "a list must be able to ask it as SQL"))?;
    }
    Ok(rule)
}

/// Whether a policy can speak of matters.
fn on_matters(body: &pst::Template, actions: &BTreeMap<Action, BTreeSet<String>>) -> bool {
    let other = matches!(&body.resource, pst::ResourceConstraint::Is(kind) if kind.to_string() != "Matter");
    let about = |names: &BTreeSet<String>| {
        names.contains("on_matter")
            && match &body.action {
                pst::ActionConstraint::Any => true,
                pst::ActionConstraint::Eq(uid) => names.contains(uid.eid.as_str()),
                pst::ActionConstraint::In(uids) => uids.iter().any(|uid| names.contains(uid.eid.as_str())),
            }
    };
    !other && actions.values().any(about)
}

/// Whether a policy can be asked of a list. Nothing is cut short in it, so one account stands for all.
fn fit(body: &pst::Template, actions: &BTreeMap<Action, BTreeSet<String>>) -> Result<(), String> {
    let anybody = Actor {
        account: String::new(),
        department: Department::Insurance,
        role: Role::Handler,
        organisation: String::new(),
        region: String::new(),
        enabled: true,
        clearance: Secrecy::Open,
        institution: String::new(),
        commission: None,
        today: Date(0),
    };
    let attributes = super::attribute::account(&anybody);
    let names = actions.get(&Action::Read).cloned().unwrap_or_default();
    let question = Question { account: "", attributes: &attributes, actions: &names, act: "", today: 0 };
    question.residual(body).map(drop)
}
