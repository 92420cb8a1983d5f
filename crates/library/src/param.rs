//! Parameters: their bounds, a locality's own values, and the rule with all of them filled in.

use crate::{Library, Method, Param, Rule, reader::parse, sql};
use mingcha_model::{
    Diagnostic,
    source::{Source, fault, shown},
};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// A rule whose settings, SQL, message and definition carry values in the place of `$name`.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedRule {
    /// The rule, with values filled in.
    pub rule: Rule,
    /// The value of each parameter.
    pub values: BTreeMap<String, Value>,
}

/// A locality's values that a rule does not allow.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the parameters of `{rule}` cannot be used: {}", .faults.iter().map(|f| f.message.as_str()).collect::<Vec<_>>().join("; "))]
pub struct ParamError {
    /// The rule.
    pub rule: String,
    /// What is wrong, under the name of each parameter.
    pub faults: Vec<Diagnostic>,
}

impl Param {
    /// What is wrong with the declaration, by key.
    pub(crate) fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        let numeric = matches!(self.default, Value::Integer(_) | Value::Float(_));
        let texts = match &self.default {
            Value::Array(items) => items.iter().all(Value::is_str),
            Value::String(_) => true,
            _ => false,
        };
        if !numeric && !texts && !self.default.is_bool() {
            faults.push(("default", "must be a number, a text, a boolean or a list of texts".to_owned()));
            return faults;
        }
        for (key, bound) in [("min", &self.min), ("max", &self.max)] {
            match bound {
                Some(_) if !numeric => {
                    let kind = self.default.type_str();
                    let message = format!(
                        "only numbers have bounds, and the default is a {kind}: write a number without quotes"
                    );
                    faults.push((key, message));
                }
                Some(bound) if !bound.same_type(&self.default) => {
                    faults.push((key, format!("must be of the default's type, {}", self.default.type_str())));
                }
                None if numeric => {
                    faults.push((
                        key,
                        "a number needs its bounds, so that localities know how far they may go".to_owned(),
                    ));
                }
                _ => {}
            }
        }
        if !self.choices.is_empty() && !texts {
            faults.push(("choices", "only texts have choices".to_owned()));
        }
        if faults.is_empty()
            && let Err(message) = self.allows(&self.default)
        {
            faults.push(("default", message));
        }
        faults
    }

    /// A value as a person may write it, brought to the default's type: a whole number for a decimal one, a number for a
    /// text of digits, and texts joined by `、`, `,` or blanks for a list. What cannot be brought there stays as it is.
    pub fn fit(&self, value: &Value) -> Value {
        let words = |text: &str| {
            let words = text.split(['、', ',', '，', ' ']).filter(|word| !word.is_empty());
            Value::Array(words.map(|word| Value::String(word.to_owned())).collect())
        };
        match (&self.default, value) {
            (Value::Float(_), Value::Integer(number)) => Value::Float(*number as f64),
            (Value::String(_), Value::Integer(number)) => Value::String(number.to_string()),
            (Value::Array(_), Value::Integer(number)) => words(&number.to_string()),
            (Value::Array(_), Value::String(text)) => words(text),
            _ => value.clone(),
        }
    }

    /// A value from the text of a form field: a number, `true` or `false`, a text, or texts joined as [`Param::fit`] takes them.
    pub fn read(&self, text: &str) -> Result<Value, String> {
        let text = text.trim();
        let value = match &self.default {
            Value::Integer(_) => text.parse().ok().map(Value::Integer),
            Value::Float(_) => text.parse().ok().map(Value::Float),
            Value::Boolean(_) => text.parse().ok().map(Value::Boolean),
            _ => Some(self.fit(&Value::String(text.to_owned()))),
        };
        let value = value.ok_or_else(|| format!("must be of type {}", self.default.type_str()))?;
        self.allows(&value).map(|()| value)
    }

    /// Whether a locality may use a value: of the default's type, inside the bounds, among the choices.
    pub fn allows(&self, value: &Value) -> Result<(), String> {
        if !value.same_type(&self.default) {
            return Err(format!("must be of type {}, is {}", self.default.type_str(), value.type_str()));
        }
        let texts: Vec<&str> = match value {
            Value::Integer(number) => {
                return within(
                    number,
                    self.min.as_ref().and_then(Value::as_integer),
                    self.max.as_ref().and_then(Value::as_integer),
                );
            }
            Value::Float(number) if !number.is_finite() => return Err("must be a finite number".to_owned()),
            Value::Float(number) => {
                return within(
                    number,
                    self.min.as_ref().and_then(Value::as_float),
                    self.max.as_ref().and_then(Value::as_float),
                );
            }
            Value::String(text) => vec![text],
            Value::Array(items) if items.iter().all(Value::is_str) => {
                items.iter().filter_map(Value::as_str).collect()
            }
            Value::Array(_) => return Err("must be a list of texts".to_owned()),
            _ => return Ok(()),
        };
        match texts
            .iter()
            .find(|text| !self.choices.is_empty() && !self.choices.iter().any(|choice| choice == *text))
        {
            Some(text) => Err(format!("`{}` is none of {}", shown(text), self.choices.join(", "))),
            None => Ok(()),
        }
    }
}

fn within<T: PartialOrd + std::fmt::Display>(
    value: &T,
    min: Option<T>,
    max: Option<T>,
) -> Result<(), String> {
    match (min, max) {
        (Some(min), _) if *value < min => Err(format!("{value} lies below the least value, {min}")),
        (_, Some(max)) if *value > max => Err(format!("{value} lies above the greatest value, {max}")),
        _ => Ok(()),
    }
}

impl Rule {
    /// The rule with its parameters filled in. `site` holds a locality's values under the rule's name or id:
    /// `["institution/readmission"] days = 10`. What it says of other rules is not looked at.
    pub fn resolve(&self, site: &Table) -> Result<ResolvedRule, ParamError> {
        let own = site.get(&self.name).or_else(|| site.get(&self.id));
        match own {
            None => self.resolve_with(&Table::new()),
            Some(Value::Table(own)) => self.resolve_with(own),
            Some(_) => Err(ParamError {
                rule: self.name.clone(),
                faults: vec![fault("", 0, &self.name, "must be a table of parameters")],
            }),
        }
    }

    /// The same with this rule's own values: `days = 10`.
    pub fn resolve_with(&self, own: &Table) -> Result<ResolvedRule, ParamError> {
        let faults = self.param_faults(own);
        if !faults.is_empty() {
            let faults = faults.into_iter().map(|(key, message)| fault("", 0, &key, message)).collect();
            return Err(ParamError { rule: self.name.clone(), faults });
        }
        let value = |param: &Param| {
            own.get(&param.name).map_or_else(|| param.default.clone(), |value| param.fit(value))
        };
        let values: BTreeMap<String, Value> =
            self.params.iter().map(|param| (param.name.clone(), value(param))).collect();
        let mut rule = self.clone();
        match &mut rule.method {
            Method::Detector { settings, .. } => {
                settings.iter_mut().for_each(|(_, value)| fill(value, &values));
            }
            Method::Sql { text } => *text = sql::fill(text, &values),
        }
        rule.message = fill_text(&rule.message, &values);
        rule.definition = fill_text(&rule.definition, &values);
        Ok(ResolvedRule { rule, values })
    }

    /// What is wrong with a locality's values for this rule, by parameter.
    pub(crate) fn param_faults(&self, own: &Table) -> Vec<(String, String)> {
        let judge = |(name, value): (&String, &Value)| {
            let Some(param) = self.params.iter().find(|param| param.name == *name) else {
                let known =
                    self.params.iter().map(|param| param.name.as_str()).collect::<Vec<_>>().join(", ");
                return Some((
                    shown(name),
                    format!("`{}` has no such parameter; it has: {known}", self.name),
                ));
            };
            param.allows(&param.fit(value)).err().map(|message| (name.clone(), format!("`{name}` {message}")))
        };
        own.iter().filter_map(judge).collect()
    }
}

/// Replaces every text that is exactly `$name` by the value of that name.
fn fill(value: &mut Value, values: &BTreeMap<String, Value>) {
    match value {
        Value::String(text) => {
            if let Some(known) = text.strip_prefix('$').and_then(|name| values.get(name)) {
                *value = known.clone();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, values)),
        Value::Table(table) => table.iter_mut().for_each(|(_, item)| fill(item, values)),
        _ => {}
    }
}

/// Replaces `$name` inside words by the value as a person reads it.
pub(crate) fn fill_text(text: &str, values: &BTreeMap<String, Value>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        filled.push_str(before);
        let name = sql::leading_name(after);
        if let Some(value) = values.get(name) {
            filled.push_str(&readable(value));
        } else {
            filled.push('$');
            filled.push_str(name);
        }
        rest = &after[name.len()..];
    }
    filled.push_str(rest);
    filled
}

/// A value as a person reads it, lists joined by `、`.
pub(crate) fn readable(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(readable).collect::<Vec<_>>().join("、"),
        Value::Boolean(flag) => if *flag { "是" } else { "否" }.to_owned(),
        other => other.to_string(),
    }
}

/// Reads a locality's `params.toml` and checks it against the library: all faults with their lines.
pub fn site_params(library: &Library, file: &str, text: &str) -> (Table, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let source = Source::new(file, text);
    let spanned = parse(&source, &mut out);
    let root = crate::reader::Section::root(&source, &spanned);
    let mut site = Table::new();
    for (name, at) in root.keys() {
        let Some(rule) = library.rule(name) else {
            let fault = source.fault(at, &shown(name), "no such rule");
            out.push(fault.hint("name a rule by `chapter/name` or by its id, in quotes"));
            continue;
        };
        let Some(section) = root.section(name, &mut out) else { continue };
        let own: Table = section
            .keys()
            .iter()
            .filter_map(|&(key, _)| Some((key.to_owned(), section.value(key)?)))
            .collect();
        for (key, message) in rule.param_faults(&own) {
            out.push(section.fault(&key, message));
        }
        if site.insert(rule.name.clone(), Value::Table(own)).is_some() {
            out.push(source.fault(at, name, "the rule stands twice, by name and by id"));
        }
    }
    (site, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(default: Value, bounds: Option<(i64, i64)>) -> Param {
        let (min, max) = bounds.map(|(min, max)| (Value::Integer(min), Value::Integer(max))).unzip();
        Param { name: "days".to_owned(), default, min, max, choices: Vec::new(), meaning: String::new() }
    }

    #[test]
    fn a_form_field_is_read_as_the_default_is_written() {
        let days = param(Value::Integer(15), Some((1, 31)));
        assert_eq!(days.read(" 10 "), Ok(Value::Integer(10)));
        assert!(days.read("32").is_err(), "beyond the bounds");
        assert!(days.read("ten").is_err(), "no number");
        let codes = param(Value::Array(vec![Value::String("Z51".to_owned())]), None);
        let two = ["Z51", "Z49"].map(|code| Value::String(code.to_owned())).to_vec();
        assert_eq!(codes.read("Z51、Z49"), Ok(Value::Array(two)));
        assert_eq!(codes.read(""), Ok(Value::Array(Vec::new())));
        assert_eq!(param(Value::Boolean(true), None).read("false"), Ok(Value::Boolean(false)));
    }
}
