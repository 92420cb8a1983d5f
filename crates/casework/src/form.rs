//! Forms: what an act's input asks for, field by field, with its Chinese name and its shape. Names are data (`procedures/forms/`), shapes are the types' own.

use crate::{
    act::{ActInput, Field},
    reader::{Faults, Section, Source},
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FormField {
    /// Name in requests.
    pub name: &'static str,
    /// Chinese name.
    pub title: String,
    /// Whether it must be there.
    pub required: bool,
    /// JSON Schema of its value: `format` is `fen` for money and `date` for a day; choices carry their Chinese words as `title`.
    pub schema: Value,
}

/// The fields of every input, by the input's name.
pub type Forms = BTreeMap<&'static str, Vec<FormField>>;

/// Reads the names of `forms/*.toml`; a field without a name and a name without a field are faults.
pub(crate) fn read(sources: &[&Source], faults: &Faults) -> Forms {
    let roots: Vec<Section> = sources.iter().map(|source| source.root(faults)).collect();
    let inputs: BTreeMap<&'static str, Vec<Field>> = ActInput::fields();
    for root in &roots {
        root.keys(&["common?", "input?"]);
        let own = root.section("input").into_iter().flat_map(|section| section.sections());
        for (name, section) in own {
            match inputs.get(name.as_str()) {
                Some(fields) => known(&section, fields),
                None => section.fault("", format!("no act takes `{name}`"), "take the section away"),
            }
        }
    }
    let common = roots.iter().find_map(|root| root.section("common"));
    if let Some(common) = &common {
        known(common, &inputs.values().flatten().copied().collect::<Vec<_>>());
    }
    let own = |input: &str| {
        roots.iter().find_map(|root| root.section("input").and_then(|section| section.section(input)))
    };
    let title = |input: &str, field: &Field| {
        let of = |section: Section| section.text(field.name);
        own(input).and_then(of).or_else(|| common.clone().and_then(of))
    };
    let mut forms = Forms::new();
    for (&input, fields) in &inputs {
        for field in fields {
            let Some(title) = title(input, field) else {
                if let Some(root) = roots.first() {
                    let key = format!("input.{input}.{}", field.name);
                    root.fault(&key, "this field has no Chinese name", "add it");
                }
                continue;
            };
            let Field { name, required, schema } = field;
            let schema = schema();
            forms.entry(input).or_default().push(FormField { name, title, required: *required, schema });
        }
        forms.entry(input).or_default();
    }
    forms
}

fn known(section: &Section, fields: &[Field]) {
    for name in section.names() {
        if !fields.iter().any(|field| field.name == name) {
            section.fault(&name, "no such field here", "take it away");
        }
    }
}

/// The schema of everything that an act may bring: one object for each input, told apart by `input`.
pub fn schema(forms: &Forms) -> Value {
    let object = |(input, fields): (&&str, &Vec<FormField>)| {
        let mut properties = Map::new();
        properties.insert("input".to_owned(), json!({ "type": "string", "enum": [input] }));
        for field in fields {
            let mut schema = field.schema.clone();
            schema["title"] = json!(field.title);
            properties.insert(field.name.to_owned(), schema);
        }
        let required = fields.iter().filter(|field| field.required).map(|field| field.name);
        let required: Vec<&str> = std::iter::once("input").chain(required).collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    };
    json!({ "oneOf": forms.iter().map(object).collect::<Vec<_>>() })
}
