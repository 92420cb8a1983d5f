//! `machines/*.toml`: `guards.toml` with what guards say, and one file for each machine.

use crate::{
    act::ActInput,
    facts::{Department, Matter},
    guards,
    machine::{Act, GuardText, Machine, NEW, OWN, State},
    reader::{Faults, Section, Source, shown},
    words::Word as _,
};
use std::collections::{BTreeMap, BTreeSet};

const GUARD_FILE: &str = "machines/guards.toml";

/// Reads the folder; a machine with a fault is left out.
pub(crate) fn read(
    sources: &[&Source],
    events: &BTreeSet<&str>,
    faults: &Faults,
) -> BTreeMap<String, Machine> {
    let (guard_files, machine_files): (Vec<&Source>, Vec<&Source>) =
        sources.iter().copied().partition(|source| source.file() == GUARD_FILE);
    let mut texts = BTreeMap::new();
    let mut every = Vec::new();
    for source in guard_files {
        let root = source.root(faults);
        root.keys(&["every", "guard"]);
        texts = guard_texts(&root);
        every = root.texts("every");
        known_guards(&root, "every", &every, &texts);
    }
    let mut machines = BTreeMap::new();
    for source in machine_files {
        let before = faults.count();
        let root = source.root(faults);
        if let Some(machine) = machine(&root, &every, &texts, events).filter(|_| faults.count() == before) {
            machines.insert(machine.id.clone(), machine);
        }
    }
    machines
}

fn guard_texts(root: &Section) -> BTreeMap<String, GuardText> {
    let mut texts = BTreeMap::new();
    let mut codes = BTreeSet::new();
    for table in root.tables("guard") {
        table.keys(&["id", "code", "message", "next", "basis"]);
        let (id, code) = (table.text("id"), table.text("code"));
        let (message, next, basis) = (table.text("message"), table.text("next"), table.text("basis"));
        let text = || Some(GuardText { id: id?, code: code?, message: message?, next: next?, basis: basis? });
        let Some(text) = text() else { continue };
        if guards::named(&text.id).is_none() && !OWN.contains(&text.id.as_str()) {
            table.fault(
                "id",
                format!("the code has no guard `{}`", shown(&text.id)),
                "see crates/casework/src/guards",
            );
        }
        if !codes.insert(text.code.clone()) || texts.contains_key(&text.id) {
            table.fault(
                "code",
                format!("`{}` stands twice", shown(&text.code)),
                "each guard has its own code",
            );
        }
        texts.insert(text.id.clone(), text);
    }
    let names = guards::all().map(|(name, _)| *name).chain(OWN.iter().copied());
    for name in names.filter(|name| !texts.contains_key(*name)) {
        root.fault("guard", format!("guard `{name}` has no text"), "add a [[guard]] for it");
    }
    texts
}

/// Guards that somebody names must have a text, and with it a home in the code.
fn known_guards(table: &Section, key: &str, names: &[String], texts: &BTreeMap<String, GuardText>) {
    for name in names.iter().filter(|name| !texts.contains_key(*name)) {
        table.fault(key, format!("`{}` is no guard", shown(name)), "name one of machines/guards.toml");
    }
}

/// Events of a key; one that no limit starts or ends on is a slip of the pen.
fn known_events(table: &Section, key: &str, events: &BTreeSet<&str>) -> Vec<String> {
    let names = table.texts(key);
    for name in names.iter().filter(|name| !events.contains(name.as_str())) {
        let message = format!("no limit starts or ends on `{}`", shown(name));
        table.fault(key, message, "see starts_on and ends_on in limits/");
    }
    names
}

fn machine(
    root: &Section,
    every: &[String],
    texts: &BTreeMap<String, GuardText>,
    events: &BTreeSet<&str>,
) -> Option<Machine> {
    root.keys(&["machine", "title", "state", "act"]);
    let (id, title) = (root.text("machine"), root.text("title"));
    let states: Vec<State> = root.tables("state").iter().filter_map(state).collect();
    let mut acts = BTreeMap::new();
    for (place, table) in root.tables("act").into_iter().enumerate() {
        let Some(act) = act(&table, &states, texts, events) else { continue };
        if acts.contains_key(&act.id) {
            table.fault("id", format!("act `{}` stands twice", shown(&act.id)), "take one of the two out");
        }
        acts.insert(act.id.clone(), Act { place, ..act });
    }
    check_states(root, &states, &acts);
    Some(Machine { id: id?, title: title?, states, acts, every: every.to_vec(), texts: texts.clone() })
}

fn state(table: &Section) -> Option<State> {
    table.keys(&["id", "title", "last?", "waits?", "until?", "undecided?", "again?"]);
    let (id, title, last) = (table.text("id"), table.text("title"), table.flag("last").unwrap_or(false));
    let (waits, until) = (table.word("waits"), table.word("until"));
    if last && waits.is_some() || until.is_some() && waits.is_none() {
        table.fault(
            "waits",
            "nobody is waited for in a last state, and `until` says until when somebody is",
            "take out `last`, or name whom it waits for",
        );
    }
    let (undecided, again) = (table.flag("undecided").unwrap_or(false), table.flag("again").unwrap_or(false));
    if undecided && last || again && !last {
        table.fault(
            "again",
            "a last state is decided, and only from a last one another matter is begun again",
            "take out `undecided` or `again`, or see whether it is the last",
        );
    }
    Some(State { id: id?, title: title?, last, waits, until, undecided, again })
}

fn act(
    table: &Section,
    states: &[State],
    texts: &BTreeMap<String, GuardText>,
    events: &BTreeSet<&str>,
) -> Option<Act> {
    table.keys(&["id", "title", "from", "to?", "departments", "input?", "matter?", "guards?", "emits?"]);
    let (id, title, to) = (table.text("id"), table.text("title"), table.text("to"));
    let (mut from, guards) = (table.texts("from"), table.texts("guards"));
    known_guards(table, "guards", &guards, texts);
    let emits = known_events(table, "emits", events);
    if from == ["*"] {
        from = states.iter().map(|state| state.id.clone()).collect();
    }
    let unknown = |name: &&String| !states.iter().any(|state| state.id == **name);
    let opens = from == [NEW];
    if opens && to.is_none() {
        table.fault("to", "an act that opens a matter leads to no state", "name the state that it begins in");
    }
    for name in from.iter().filter(|_| !opens).chain(&to).filter(unknown) {
        table.fault("from", format!("there is no state `{}`", shown(name)), "declare it with [[state]]");
    }
    let mut departments = Vec::new();
    for name in table.texts("departments") {
        match Department::named(&name) {
            Some(department) => departments.push(department),
            None => table.fault(
                "departments",
                format!("`{}` is no department", shown(&name)),
                format!("one of {}", Department::names()),
            ),
        }
    }
    let (input, matter) = input(table);
    Some(Act { id: id?, title: title?, from, to, departments, input, matter, guards, emits, place: 0 })
}

/// The input of an act, `nothing` where none is named, and what it approves.
fn input(table: &Section) -> (String, Option<Matter>) {
    let input = table.text("input").unwrap_or_else(|| "nothing".to_owned());
    if !ActInput::NAMES.contains(&input.as_str()) {
        let message = format!("there is no input `{}`", shown(&input));
        table.fault("input", message, format!("one of {}", ActInput::NAMES.join(", ")));
    }
    let matter = table.word("matter");
    if (input == "approve") != matter.is_some() {
        table.fault(
            "matter",
            "an approval, and nothing else, names what it approves",
            "add or take out `matter`",
        );
    }
    (input, matter)
}

/// Every state is reached, every state but the last ones is left, and some act opens a matter.
fn check_states(root: &Section, states: &[State], acts: &BTreeMap<String, Act>) {
    if !acts.values().any(|act| act.from == [NEW]) {
        root.fault("act", "no act opens a matter", format!("one act has from = [\"{NEW}\"]"));
    }
    for state in states {
        let left = acts
            .values()
            .any(|act| act.from.contains(&state.id) && act.to.as_ref().is_some_and(|to| *to != state.id));
        let entered = acts
            .values()
            .any(|act| act.to.as_ref() == Some(&state.id) && act.from.iter().any(|from| *from != state.id));
        if left == state.last || !entered {
            let message =
                format!("state `{}` is never reached, never left, or left though it is the last", state.id);
            root.fault("state", message, "compare the acts with the states");
        }
    }
}
