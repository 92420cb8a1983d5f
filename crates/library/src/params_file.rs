//! A site's `params.toml` with other values of one rule. The rest of the file stays as somebody wrote it, comments too.

use crate::Rule;
use toml::{Table, Value};

/// The file's text with these values in place of those that the rule has in it. What comes of a file that is written in another way than by
/// sections is for the caller to read again and judge.
pub fn with(text: &str, rule: &Rule, own: &Table) -> String {
    let section = format!("[\"{}\"]\n{own}", rule.name);
    let (mut edited, mut inside, mut written) = (String::new(), false, false);
    for line in text.lines() {
        if let Some(name) = heading(line) {
            inside = name == rule.name || name == rule.id;
            if inside && !written {
                edited.push_str(&section);
                written = true;
            }
        }
        let words = line.trim();
        if !inside || words.is_empty() || words.starts_with('#') {
            edited.push_str(line);
            edited.push('\n');
        }
    }
    if !written {
        if !edited.is_empty() {
            edited.push('\n');
        }
        edited.push_str(&section);
    }
    edited
}

/// The rule that a line heads a section for.
fn heading(line: &str) -> Option<String> {
    let table: Table = line.trim().strip_prefix('[').and_then(|_| line.parse().ok())?;
    let (name, value) = table.into_iter().next()?;
    matches!(value, Value::Table(_)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Library, site_params};

    fn edited(text: &str, own: &str) -> String {
        let (library, _) = Library::embedded();
        let rule = library.rule("institution/readmission").expect("a rule");
        let own: Table = own.parse().expect("values");
        let edited = with(text, rule, &own);
        let (site, faults) = site_params(&library, "params.toml", &edited);
        assert!(faults.is_empty(), "{faults:?}\n{edited}");
        assert_eq!(site[&rule.name], Value::Table(own), "{edited}");
        edited
    }

    #[test]
    fn a_new_section_stands_at_the_end() {
        assert_eq!(edited("", "days = 10"), "[\"institution/readmission\"]\ndays = 10\n");
        let before = "# 2025年第3次会议\n[\"institution/split-stay\"]\n";
        assert!(edited(before, "days = 10").starts_with(before));
    }

    #[test]
    fn the_section_of_the_rule_is_replaced_and_everything_else_stays() {
        let before = "# 全市\n[ \"institution/readmission\" ] # 再入院\nskip_diagnoses = [\n  \"Z51\",\n]\ndays = 10\n\n# 分解住院\n[\"institution/split-stay\"]\n";
        let now = edited(before, "days = 20");
        assert_eq!(
            now,
            "# 全市\n[\"institution/readmission\"]\ndays = 20\n\n# 分解住院\n[\"institution/split-stay\"]\n"
        );
    }
}
