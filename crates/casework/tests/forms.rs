//! Forms: every field that an act asks for has a Chinese name, and every name a field.

use mingcha_casework::{
    Procedures, form,
    procedures::{Files, embedded_files},
};
use serde_json::json;
use std::borrow::Cow;

fn faults_with(change: impl FnOnce(&str) -> String) -> Vec<String> {
    let mut files: Files = embedded_files();
    let text = files.get("forms/acts.toml").expect("the file").clone();
    files.insert("forms/acts.toml".to_owned(), Cow::Owned(change(&text)));
    let (_, faults) = Procedures::from_files(&files);
    faults.iter().map(|fault| format!("{} {}: {}", fault.file, fault.column, fault.message)).collect()
}

#[test]
fn every_field_of_every_act_has_a_name_that_a_supervisor_reads() {
    let (procedures, faults) = Procedures::embedded();
    assert!(faults.is_empty(), "{faults:?}");
    for machine in procedures.machines.values() {
        for act in machine.acts.values() {
            let form = procedures.forms.get(act.input.as_str());
            assert!(form.is_some(), "{}.{} takes `{}`, which has no form", machine.id, act.id, act.input);
        }
    }
    let fields = &procedures.forms["answer"];
    let outcome = fields.iter().find(|field| field.name == "outcome").expect("the outcome");
    assert_eq!((outcome.title.as_str(), outcome.required), ("核查结论", true));
    assert_eq!(outcome.schema["oneOf"][0], json!({ "const": "confirmed", "title": "查实" }));
}

#[test]
fn a_field_without_a_name_and_a_name_without_a_field_are_faults_that_name_it() {
    let missing = faults_with(|text| text.replace("outcome = \"核查结论\"\n", ""));
    assert_eq!(missing, ["forms/acts.toml input.answer.outcome: this field has no Chinese name"]);
    let unknown = faults_with(|text| text.replace("[input.answer]", "[input.answer]\ncolour = \"颜色\""));
    assert_eq!(unknown, ["forms/acts.toml input.answer.colour: no such field here"]);
    let nobody = faults_with(|text| format!("{text}\n[input.dance]\nstep = \"步\"\n"));
    assert_eq!(nobody, ["forms/acts.toml input.dance.: no act takes `dance`"]);
}

#[test]
fn what_a_form_calls_valid_is_what_an_act_reads() {
    let (procedures, _) = Procedures::embedded();
    let schema = form::schema(&procedures.forms);
    let all = schema["oneOf"].as_array().expect("one for each input");
    assert_eq!(all.len(), mingcha_casework::act::ActInput::NAMES.len());
    for one in all {
        let mut made = json!({});
        for (name, field) in one["properties"].as_object().expect("properties") {
            made[name] = example(field);
        }
        let read = serde_json::from_value::<mingcha_casework::act::ActInput>(made.clone());
        assert!(read.is_ok(), "{made}: {read:?}");
    }
}

/// Some value that a schema allows.
fn example(schema: &serde_json::Value) -> serde_json::Value {
    if let Some(only) = schema["enum"].get(0).or_else(|| schema["oneOf"].get(0).map(|one| &one["const"])) {
        return only.clone();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), Some("date")) => json!("2026-11-22"),
        (Some("string"), Some("civil-time")) => json!("2026-11-22 10:00:00"),
        (Some("string"), _) if schema["pattern"].is_string() => json!("0a".repeat(32)),
        (Some("string"), _) => json!("字"),
        (Some("integer"), _) => schema["minimum"].clone(),
        (Some("boolean"), _) => json!(true),
        (Some("object"), _) => {
            let properties = schema["properties"].as_object().expect("properties");
            properties.iter().map(|(name, field)| (name.clone(), example(field))).collect()
        }
        (Some("array"), _) => match schema["prefixItems"].as_array() {
            Some(pair) => pair.iter().map(example).collect(),
            None => json!([example(&schema["items"])]),
        },
        other => panic!("{other:?} in {schema}"),
    }
}
