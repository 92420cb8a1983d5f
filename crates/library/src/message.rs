//! The words of a finding: a template with `{placeholders}`, and the same with values filled in.

use std::collections::BTreeMap;

/// The names of a template's placeholders, in order and each once; a text that says what is wrong with it.
pub fn placeholders(template: &str) -> Result<Vec<&str>, String> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let after = rest[at..].strip_prefix('{').ok_or("a `}` without its `{`")?;
        let (name, tail) = after.split_once('}').ok_or("a `{` without its `}`")?;
        if !crate::sql::is_name(name) {
            return Err(format!("`{{{}}}` is no placeholder", mingcha_model::source::shown(name)));
        }
        if !names.contains(&name) {
            names.push(name);
        }
        rest = tail;
    }
    Ok(names)
}

/// The template with each placeholder replaced by its value; one without a value stays as it is.
pub fn fill(template: &str, values: &BTreeMap<String, String>) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| Some((values.get(name)?, tail)));
        rest = if let Some((value, tail)) = known {
            filled.push_str(value);
            tail
        } else {
            filled.push('{');
            after
        };
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_and_filled() {
        let template = "{name}于{day}用药{days}天，{name}";
        assert_eq!(placeholders(template), Ok(vec!["name", "day", "days"]));
        let values =
            BTreeMap::from([("name".to_owned(), "甲药".to_owned()), ("days".to_owned(), "3".to_owned())]);
        assert_eq!(fill(template, &values), "甲药于{day}用药3天，甲药");
        for wrong in ["{", "}", "{}", "{A b}", "a}b{"] {
            assert!(placeholders(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_value_is_never_filled_again() {
        let values = BTreeMap::from([("a".to_owned(), "{b}".to_owned()), ("b".to_owned(), "x".to_owned())]);
        assert_eq!(fill("{a}", &values), "{b}");
    }
}
