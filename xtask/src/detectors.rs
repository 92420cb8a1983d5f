//! `docs/detectors.md`: what each detector looks for, its settings and the values of its messages, read from its source.

use crate::shell::root;
use anyhow::{Context, Result};
use std::{collections::BTreeSet, fmt::Write, fs};

/// Values that every message can name, whatever the detector.
const COMMON: &str = "`begin` and `end` (first and last day), `amount` and `account` (yuan in question of the fund and of personal accounts), `lines` (how many rows are in question), `item` (name\n\
of the first line in question), `psn_no`, `fixmedins_code`, `fixmedins_name`, and each parameter of the rule";

const HEAD: &str = "# Detectors\n\n\
Made by `cargo xtask generate` from `crates/detect/src/detectors/`; do not edit. A rule names one of these as `detector` and gives its settings\n\
under `[settings]`; `$name` stands for a parameter of the rule. `mingcha rule detectors NAME` prints one of them.\n\n\
A message may name, in braces, what a detector says of its finding, and always ";

/// The page.
pub fn page() -> Result<String> {
    let folder = root().join("crates/detect/src/detectors");
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    names.retain(|name| name != "mod" && !name.ends_with("_tests"));
    names.sort();
    let mut page = format!("{HEAD}{COMMON}.\n");
    for name in names {
        let file = folder.join(format!("{name}.rs"));
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        section(&mut page, &name, &text)?;
    }
    Ok(page)
}

fn section(page: &mut String, name: &str, text: &str) -> Result<()> {
    let about: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
    let about = about.join("\n");
    let about = about.strip_prefix(&format!("`{name}`: ")).unwrap_or(&about);
    let source = text.split("#[cfg(test)]").next().unwrap_or(text);
    let declared = declarations(source);
    let settings = declared.iter().find(|one| one.name == "Settings");
    write!(page, "\n## {name}\n\n{about}\n")?;
    match settings {
        None => page.push_str("\nNo settings.\n"),
        Some(settings) => table(page, settings, &declared)?,
    }
    let values: BTreeSet<&str> = source
        .split(".value(")
        .skip(1)
        .filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next())
        .collect();
    if !values.is_empty() {
        let values: Vec<String> = values.into_iter().map(|value| format!("`{value}`")).collect();
        write!(page, "\nValues for the message: {}.\n", values.join(", "))?;
    }
    Ok(())
}

/// A struct or enum that settings are read into.
struct Declared {
    name: String,
    is_enum: bool,
    /// The key that tells the variants apart, where there is one.
    tag: Option<String>,
    members: Vec<Member>,
}

/// A field or a variant.
struct Member {
    name: String,
    /// Type of a field; empty for a variant.
    ty: String,
    optional: bool,
    about: String,
    fields: Vec<Member>,
}

fn declarations(source: &str) -> Vec<Declared> {
    let mut found = Vec::new();
    let mut lines = source.lines().peekable();
    let mut attributes = String::new();
    while let Some(line) = lines.next() {
        if line.starts_with("#[") {
            attributes.push_str(line);
            continue;
        }
        let is_enum = line.starts_with("pub enum ");
        let head = line.strip_prefix("pub enum ").or_else(|| line.strip_prefix("pub struct "));
        if let Some(head) = head.filter(|head| head.ends_with('{') && attributes.contains("Deserialize")) {
            let name = head.trim_end_matches('{').trim().to_owned();
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
            let tag = attributes
                .split("tag = \"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .map(str::to_owned);
            found.push(Declared { name, is_enum, tag, members: members(&body, 4) });
        }
        attributes.clear();
    }
    found
}

/// The members that stand at this indentation; those of a variant stand one step further in.
fn members(body: &[&str], indent: usize) -> Vec<Member> {
    let mut found: Vec<Member> = Vec::new();
    let (mut about, mut optional) = (Vec::new(), false);
    let mut at = 0;
    while at < body.len() {
        let line = body[at];
        at += 1;
        let inner = line.trim_start();
        if line.len() - inner.len() != indent || inner.starts_with('}') {
            continue;
        }
        if let Some(doc) = inner.strip_prefix("///") {
            about.push(doc.trim());
            continue;
        }
        if inner.starts_with("#[") {
            optional |= inner.contains("default");
            continue;
        }
        let inner = inner.trim_start_matches("pub ").trim_end_matches(',');
        let (name, ty) = inner.split_once(": ").unwrap_or((inner, ""));
        let nested: Vec<&str> = body[at..]
            .iter()
            .copied()
            .take_while(|line| line.len() - line.trim_start().len() > indent)
            .collect();
        found.push(Member {
            name: name.trim_end_matches('{').trim().to_owned(),
            ty: ty.to_owned(),
            optional: optional || ty.starts_with("Option<"),
            about: about.join(" "),
            fields: if inner.ends_with('{') { members(&nested, indent + 4) } else { Vec::new() },
        });
        (about, optional) = (Vec::new(), false);
    }
    found
}

fn table(page: &mut String, settings: &Declared, declared: &[Declared]) -> Result<()> {
    page.push_str("\n| setting | type | what |\n|---|---|---|\n");
    if !settings.is_enum {
        return fields(page, &settings.members, declared);
    }
    let tag = settings.tag.as_deref().unwrap_or("check");
    for variant in &settings.members {
        writeln!(page, "| `{tag} = \"{}\"` | | **{}** |", snake(&variant.name), variant.about)?;
        fields(page, &variant.fields, declared)?;
    }
    Ok(())
}

fn fields(page: &mut String, fields: &[Member], declared: &[Declared]) -> Result<()> {
    for field in fields {
        let ty = field.ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')).unwrap_or(&field.ty);
        let words = match ty {
            "usize" | "i32" | "i64" | "u32" | "u64" | "u8" => "whole number".to_owned(),
            "String" => "text".to_owned(),
            "bool" => "true or false".to_owned(),
            "Vec<String>" => "list of texts".to_owned(),
            other => choices(other, declared),
        };
        let optional = if field.optional { ", may be left out" } else { "" };
        writeln!(page, "| `{}` | {words}{optional} | {} |", field.name, field.about)?;
    }
    Ok(())
}

/// The words that an enum allows, each with what it means.
fn choices(ty: &str, declared: &[Declared]) -> String {
    let Some(of) = declared.iter().find(|one| one.name == ty && one.is_enum) else {
        return format!("`{ty}`");
    };
    let words: Vec<String> = of
        .members
        .iter()
        .map(|one| format!("`\"{}\"` ({})", snake(&one.name), one.about.trim_end_matches('.')))
        .collect();
    words.join("; ")
}

fn snake(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detectors_settings_and_values_stand_on_the_page() {
        let source = "//! `often`: too often.\n\n/// Settings.\n#[derive(Deserialize)]\n#[serde(tag = \"check\")]\npub enum Settings {\n    /// Within days.\n    InDays {\n        /// How many.\n        least: usize,\n        #[serde(default)]\n        kind: Kind,\n    },\n}\n\n#[derive(Deserialize)]\npub enum Kind {\n    /// A visit.\n    OneVisit,\n}\nfn f() { hit.value(\"count\", x) }\n";
        let mut page = String::new();
        section(&mut page, "often", source).expect("a section");
        for words in [
            "## often\n\ntoo often.",
            "| `check = \"in_days\"` | | **Within days.** |",
            "| `least` | whole number | How many. |",
            "| `kind` | `\"one_visit\"` (A visit), may be left out |",
            "Values for the message: `count`.",
        ] {
            assert!(page.contains(words), "{words} is missing in {page}");
        }
    }
}
