//! `limits/*.toml` and a region's `regions/*.toml` into [`Limit`]s. A region's table is laid over the national one, key by key.

use crate::{
    limit::{
        CalendarName, Certainty, Extension, Lapse, Limit, Mode, Per, Period, Span, Stop, Term, TermKind,
        Unit, Variant,
    },
    reader::{Faults, Section, Source, shown},
    words::Word as _,
};
use std::collections::{BTreeMap, BTreeSet};

const KEYS: &[&str] = &[
    "id",
    "title",
    "phase",
    "actor",
    "act",
    "start",
    "starts_on",
    "ends_on",
    "moot_on?",
    "term",
    "amount?",
    "unit?",
    "most?",
    "every?",
    "month?",
    "day?",
    "date?",
    "from_midnight?",
    "counts_start_day?",
    "roll?",
    "calendar?",
    "again?",
    "stops?",
    "extension?",
    "variant?",
    "lapses?",
    "per?",
    "outlives?",
    "alarm_on_base?",
    "warn?",
    "missed",
    "basis",
    "certainty",
    "note?",
];
const VARIANT_KEYS: &[&str] = &["name", "title", "amount?", "unit?", "date?"];
const EXTENSION_KEYS: &[&str] =
    &["id", "title", "mode", "amount", "unit", "granted_by", "times?", "ground?", "after?"];
/// Greatest amount of any unit: a limit of more is a slip of the pen.
const MOST_AMOUNT: i64 = 1000;

/// The tables of limits, by id.
pub(crate) type Tables<'s, 'a> = BTreeMap<String, Section<'s, 'a>>;

/// The tables of a folder's files; an id that stands twice is a fault.
pub(crate) fn tables<'s, 'a>(
    sources: impl Iterator<Item = &'s Source<'a>>,
    faults: &'s Faults,
) -> Tables<'s, 'a> {
    let mut tables = Tables::new();
    for source in sources {
        let root = source.root(faults);
        root.keys(&["limit"]);
        add(&root, &mut tables);
    }
    tables
}

/// Adds the `[[limit]]` tables of a file.
pub(crate) fn add<'s, 'a>(root: &Section<'s, 'a>, tables: &mut Tables<'s, 'a>) {
    for table in root.tables("limit") {
        match table.text("id") {
            None => table.fault("id", "a limit without an id", "give it the next free one, such as D74"),
            Some(id) if tables.contains_key(&id) => {
                table.fault("id", format!("`{}` stands twice", shown(&id)), "take one of the two out");
            }
            Some(id) => drop(tables.insert(id, table)),
        }
    }
}

/// Reads all tables as limits; one with a fault is left out.
pub(crate) fn limits(tables: &Tables, faults: &Faults) -> BTreeMap<String, Limit> {
    let mut limits = BTreeMap::new();
    for (id, table) in tables {
        let before = faults.count();
        table.keys(KEYS);
        if let Some(limit) = limit(table).filter(|_| faults.count() == before) {
            limits.insert(id.clone(), limit);
        }
    }
    limits
}

fn limit(table: &Section) -> Option<Limit> {
    // Everything is read before the first `?`, so that all faults of a table are told at once.
    let (id, title, phase) = (table.text("id"), table.text("title"), table.text("phase"));
    let (actor, act, start) = (table.text("actor"), table.text("act"), table.text("start"));
    let (starts_on, ends_on) = (name(table, "starts_on"), name(table, "ends_on"));
    let moot_on = names(table, "moot_on");
    let (term, variants, extensions, stops) = (term(table), variants(table), extensions(table), stops(table));
    let (counts_start_day, rolls, alarm) =
        (table.flag("counts_start_day"), table.flag("roll"), table.flag("alarm_on_base"));
    let (calendar, again) = (table.word("calendar"), table.flag("again"));
    let (lapses, per, outlives) =
        (table.word::<Lapse>("lapses"), table.word::<Per>("per"), table.flag("outlives"));
    let (missed, basis, warn) = (table.text("missed"), basis(table), warn(table));
    let (certainty, note) = sure(table);
    let limit = Limit {
        id: id?,
        title: title?,
        phase: phase?,
        actor: actor?,
        act: act?,
        start: start?,
        starts_on: starts_on?,
        ends_on: ends_on?,
        moot_on,
        term: term?,
        variants,
        counts_start_day: counts_start_day.unwrap_or(false),
        rolls: rolls.unwrap_or(false),
        calendar: calendar.unwrap_or(CalendarName::China),
        again: again.unwrap_or(false),
        stops,
        extensions,
        lapses,
        per,
        outlives: outlives.unwrap_or(false),
        alarm_on_base: alarm.unwrap_or(false),
        warn,
        missed: missed?,
        basis,
        certainty: certainty?,
        note,
        files: table.files(),
    };
    check(table, &limit);
    Some(limit)
}

fn basis(table: &Section) -> Vec<String> {
    let basis = table.texts("basis");
    if basis.is_empty() {
        table.fault("basis", "names no law", "name law and article");
    }
    basis
}

/// How sure the statement is; what is not sure needs a note.
fn sure(table: &Section) -> (Option<Certainty>, Option<String>) {
    let (certainty, note) = (table.word("certainty"), table.text("note"));
    if certainty.is_some_and(|certainty| certainty != Certainty::Full) && note.is_none() {
        table.fault("note", "a statement that is not sure needs a note", "say what is a parameter and why");
    }
    (certainty, note)
}

fn warn(table: &Section) -> Vec<u32> {
    let warn: Vec<u32> = table.integers("warn", 1, MOST_AMOUNT).into_iter().map(|lead| lead as u32).collect();
    if !warn.is_sorted_by(|a, b| a > b) {
        table.fault(
            "warn",
            "must fall from the longest lead to the shortest",
            "sort the list, take doubles out",
        );
    }
    warn
}

/// An event's name: lower-case words joined by `_`.
fn name(table: &Section, key: &str) -> Option<String> {
    checked(table, key, table.text(key)?)
}

/// Names of events.
fn names(table: &Section, key: &str) -> Vec<String> {
    table.texts(key).into_iter().filter_map(|name| checked(table, key, name)).collect()
}

fn checked(table: &Section, key: &str, name: String) -> Option<String> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        return Some(name);
    }
    table.fault(key, format!("`{}` is no name", shown(&name)), "lower-case letters, digits and `_`");
    None
}

fn span(table: &Section) -> Option<Span> {
    for key in ["amount", "unit"].iter().filter(|key| !table.has(key)) {
        table.fault(key, "missing key", "say how long");
    }
    let (amount, unit) = (table.integer("amount", 0, MOST_AMOUNT), table.word("unit"));
    Some(Span { amount: amount? as u32, unit: unit? })
}

fn term(table: &Section) -> Option<Term> {
    Some(match table.word("term")? {
        TermKind::Within => Term::Within(span(table)?),
        TermKind::Gate => Term::Gate,
        TermKind::Least => Term::Least(span(table)?),
        TermKind::Between => {
            let Span { amount: least, unit } = span(table)?;
            let most = table.integer("most", i64::from(least), MOST_AMOUNT);
            if !table.has("most") {
                table.fault("most", "missing key", "say how long at most");
            }
            Term::Between { least, most: most? as u32, unit }
        }
        TermKind::Fixed => fixed(table)?,
        TermKind::Every => every(table)?,
        TermKind::Daily => Term::Daily,
    })
}

fn fixed(table: &Section) -> Option<Term> {
    if !table.has("date") {
        table.fault("date", "missing key", "name the day");
    }
    let from_midnight = table.flag("from_midnight").unwrap_or(false);
    Some(Term::Fixed { day: table.date("date")?, from_midnight })
}

fn every(table: &Section) -> Option<Term> {
    for key in ["every", "month", "day"].iter().filter(|key| !table.has(key)) {
        table.fault(key, "missing key", "say which day comes back");
    }
    let period = table.word("every")?;
    let months = if period == Period::Quarter { 3 } else { 12 };
    let (month, day) = (table.integer("month", 1, months), table.integer("day", 1, 31));
    let (month, day) = (month? as u32, day? as u32);
    // In a quarter the month may be a short one, and the day must be in each of them.
    let least = if period == Period::Quarter {
        28
    } else {
        [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1]
    };
    if day > least {
        table.fault("day", format!("not every such month has a day {day}"), format!("at most {least}"));
        return None;
    }
    Some(Term::Every { period, month, day })
}

fn variants(table: &Section) -> Vec<Variant> {
    let kind: Option<TermKind> = table.word("term");
    let variant = |variant: &Section| {
        variant.keys(VARIANT_KEYS);
        let (name, title) = (name(variant, "name"), variant.text("title"));
        let term = match kind? {
            TermKind::Within => Term::Within(span(variant)?),
            TermKind::Least => Term::Least(span(variant)?),
            TermKind::Fixed => {
                if !variant.has("date") {
                    variant.fault("date", "missing key", "name the day");
                }
                let from_midnight = table.flag("from_midnight").unwrap_or(false);
                Term::Fixed { day: variant.date("date")?, from_midnight }
            }
            _ => {
                variant.fault(
                    "name",
                    "this kind of limit has no variants",
                    "only within, least and fixed have them",
                );
                return None;
            }
        };
        Some(Variant { name: name?, title: title?, term })
    };
    table.tables("variant").iter().filter_map(variant).collect()
}

fn extensions(table: &Section) -> Vec<Extension> {
    let extension = |extension: &Section| {
        extension.keys(EXTENSION_KEYS);
        let (id, title, mode) =
            (extension.text("id"), extension.text("title"), extension.word::<Mode>("mode"));
        let (span, granted_by) = (span(extension), extension.text("granted_by"));
        let times = if extension.has("times") { extension.integer("times", 1, 100)? } else { 1 };
        Some(Extension {
            id: id?,
            title: title?,
            mode: mode?,
            span: span?,
            granted_by: granted_by?,
            times: times as u32,
            ground: extension.flag("ground").unwrap_or(false),
            after: extension.text("after"),
        })
    };
    table.tables("extension").iter().filter_map(extension).collect()
}

fn stops(table: &Section) -> Vec<Stop> {
    let mut stops = Vec::new();
    for text in table.texts("stops") {
        match Stop::named(&text) {
            None => table.fault(
                "stops",
                format!("`{}` stops no clock", shown(&text)),
                format!("one of {}", Stop::names()),
            ),
            Some(stop) if stops.contains(&stop) => {
                table.fault("stops", format!("`{text}` stands twice"), "take it out once");
            }
            Some(stop) => stops.push(stop),
        }
    }
    stops
}

/// What must hold between the keys of one limit.
fn check(table: &Section, limit: &Limit) {
    let hours =
        |term: Term| matches!(term, Term::Within(span) | Term::Least(span) if span.unit == Unit::Hour);
    if hours(limit.term) && (limit.rolls || limit.counts_start_day) {
        table.fault("roll", "a limit in hours neither rolls nor counts a start day", "take the key out");
    }
    if limit.again && !matches!(limit.term, Term::Within(_)) {
        table.fault("again", "only a limit within a time counts anew", "take the key out");
    }
    if limit.lapses.is_some()
        && !matches!(limit.term, Term::Within(_) | Term::Fixed { .. } | Term::Every { .. })
    {
        table.fault("lapses", "only a limit with an end can lapse", "take the key out");
    }
    let mut ids = BTreeSet::new();
    for extension in &limit.extensions {
        let known = extension.after.as_ref().is_none_or(|after| ids.contains(after.as_str()));
        if !ids.insert(extension.id.as_str()) || !known {
            let message =
                format!("extension `{}` stands twice or follows none above it", shown(&extension.id));
            table.fault("extension", message, "`after` names an extension that stands above");
        }
        if (extension.span.unit == Unit::Hour) != hours(limit.term) || !matches!(limit.term, Term::Within(_))
        {
            let message = format!("extension `{}` does not fit the limit's time", shown(&extension.id));
            table.fault("extension", message, "only a limit within a time is extended, hours by hours");
        }
    }
    let names: BTreeSet<_> = limit.variants.iter().map(|variant| &variant.name).collect();
    if names.len() != limit.variants.len() {
        table.fault("variant", "a name stands twice", "name each variant once");
    }
}

/// A region's file: its code and name, and its tables laid over those of `below`.
pub(crate) fn region<'s, 'a>(
    root: &Section<'s, 'a>,
    below: &Tables<'s, 'a>,
) -> Option<(String, String, Tables<'s, 'a>)> {
    root.keys(&["region", "title", "limit?", "threshold?", "heavy?"]);
    let (code, title) = (root.text("region"), root.text("title"));
    let code = code?;
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        root.fault("region", format!("`{}` is no region code", shown(&code)), "six digits, such as 210000");
        return None;
    }
    let mut own = Tables::new();
    add(root, &mut own);
    let mut tables: Tables = below.iter().map(|(id, table)| (id.clone(), table.clone())).collect();
    for (id, table) in own {
        match below.get(&id) {
            Some(national) => drop(tables.insert(id, table.over(national))),
            None => table.fault(
                "id",
                format!("there is no limit `{}` to override", shown(&id)),
                "use a national id",
            ),
        }
    }
    Some((code, title?, tables))
}
