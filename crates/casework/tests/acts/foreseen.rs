//! What is said against an act before it is filled in no input of the act mends.

use crate::{PROCEDURES, good::all_acts, good::good, spoil::spoil};
use mingcha_casework::{
    act::{ActInput, apply},
    ask::Ask,
    facts::Facts,
    form,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Values that a schema allows, as far apart as its words and answers are.
fn examples(schema: &Value) -> Vec<Value> {
    if let Some(words) = schema["oneOf"].as_array() {
        return words.iter().map(|one| one["const"].clone()).collect();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), Some("date")) => vec![json!("2025-01-02")],
        (Some("string"), Some("civil-time")) => vec![json!("2025-01-02 08:15:00")],
        (Some("string"), Some("personal")) => vec![json!("0".repeat(32))],
        (Some("string"), _) if schema["pattern"].is_string() => vec![json!("0a".repeat(32))],
        // An account that the register knows, so that officers can be named.
        (Some("string"), _) => vec![json!("u1"), json!("u2")],
        (Some("integer"), _) => vec![json!(1), json!(2)],
        (Some("boolean"), _) => vec![json!(true), json!(false)],
        (Some("object"), _) => {
            let properties = schema["properties"].as_object().expect("properties");
            vec![properties.iter().map(|(name, field)| (name.clone(), examples(field)[0].clone())).collect()]
        }
        (Some("array"), _) => match schema["prefixItems"].as_array() {
            Some(pair) => vec![pair.iter().map(|one| examples(one)[0].clone()).collect()],
            None => {
                let most = schema["maxItems"].as_u64().unwrap_or(u64::MAX);
                vec![examples(&schema["items"]).into_iter().take(most as usize).collect()]
            }
        },
        other => panic!("{other:?} in {schema}"),
    }
}

/// Inputs of that name: in each, every field has the value of its list that stands at the same place, from the start again where it ends.
fn inputs() -> BTreeMap<String, Vec<ActInput>> {
    let schema = form::schema(&PROCEDURES.forms);
    let of = |one: &Value| {
        let fields = one["properties"].as_object().expect("properties");
        let name = &fields["input"];
        let name = name["const"].as_str().or_else(|| name["enum"][0].as_str()).expect("a name").to_owned();
        let fields: Vec<(&String, Vec<Value>)> = fields
            .iter()
            .filter(|(field, _)| *field != "input")
            .map(|(field, schema)| (field, examples(schema)))
            .collect();
        let most = fields.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
        let made = (0..most).map(|place| {
            let mut made = json!({ "input": name });
            for (field, values) in &fields {
                made[field.as_str()] = values[place % values.len()].clone();
            }
            serde_json::from_value(made).expect("what a form allows is read")
        });
        (name.clone(), made.collect())
    };
    schema["oneOf"].as_array().expect("one for each input").iter().map(of).collect()
}

/// The guards that speak of that record beforehand.
fn said(machine: &str, act: &str, ask: &Ask<'_>) -> BTreeSet<String> {
    let machine = &PROCEDURES.machines[machine];
    machine.foreseen(&machine.acts[act], ask).into_iter().map(|error| error.guard).collect()
}

#[test]
fn no_input_mends_what_was_said_beforehand() {
    let inputs = inputs();
    let mut held = BTreeSet::new();
    for (machine, act) in all_acts() {
        let definition = &PROCEDURES.machines[machine];
        let entry = &definition.acts[act];
        for guard in &entry.guards {
            let mut spoiled = good(machine, act);
            spoil(guard, &mut spoiled);
            // Guards look at the facts before the act or after it; the one that is spoiled stands in both here.
            for facts in [spoiled.before.clone(), spoiled.facts.clone()] {
                let ask = Ask { before: facts.clone(), facts, ..spoiled.clone() };
                if !said(machine, act, &ask).contains(guard) {
                    continue;
                }
                for input in &inputs[&entry.input] {
                    // An input that refers to what there is not is refused anyway.
                    let after: Facts = apply(&ask, entry, input).unwrap_or_else(|_| ask.facts.clone());
                    let done = Ask { facts: after, ..ask.clone() };
                    assert!(
                        said(machine, act, &done).contains(guard),
                        "{machine}.{act}: {input:?} mends {guard}"
                    );
                }
                held.insert(guard.as_str());
            }
        }
    }
    assert!(held.len() > 60, "only {} were held against an input: {held:?}", held.len());
}

#[test]
fn nothing_is_said_of_what_is_still_to_be_filled_in() {
    let ask = Ask { before: Facts::default(), facts: Facts::default(), ..good("case", "decide") };
    let said = said("case", "decide", &ask);
    for (guard, known) in [
        ("two_officers", true),
        ("evidence_present", true),
        ("decision_approved", true),
        ("money_in_bounds", false),
        ("fine_as_notified", false),
        ("lines_named", false),
    ] {
        assert_eq!(said.contains(guard), known, "{guard}");
    }
    let named = |act: &str| said_of_nobody(act).contains("two_officers");
    assert!(named("file") && !named("assign"), "officers come with the act that names them");
}

fn said_of_nobody(act: &str) -> BTreeSet<String> {
    said("case", act, &Ask { before: Facts::default(), facts: Facts::default(), ..good("case", act) })
}
