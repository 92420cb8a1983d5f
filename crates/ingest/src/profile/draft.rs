//! Drafts a profile from a file's header: exact names are mapped, all others are listed for a person to decide.

use super::Profile;
use crate::{IngestError, Limits, plan::Plan, profile::Mapping};
use mingcha_model::table::{Table, tables};
use std::{collections::BTreeMap, fmt::Write, path::Path};

/// The text of a profile for files like this one. Headers that are exactly a national field name, its Chinese label, or a name that an
/// embedded profile knows are mapped; the others and the required columns without a header stand in comments.
pub fn draft_profile(path: &Path, limits: &Limits) -> Result<String, IngestError> {
    let blank = Profile {
        name: "draft".to_owned(),
        title: String::new(),
        charset: crate::Charset::Auto,
        delimiter: None,
        form: super::Form::default(),
        tables: Vec::new(),
    };
    let heads = crate::source::heads(path, &blank, limits)?;
    let mut out = String::from(
        "# 由文件表头起草，请逐项核对。左边是明察的列，右边是文件的表头。\nname = \"draft\"\ntitle = \"\"\n",
    );
    for (name, header) in &heads {
        draft_table(&mut out, name, header);
    }
    Ok(out)
}

/// Known names of a table's columns in the embedded profiles: header to column.
fn known_names(table: &'static Table) -> BTreeMap<String, &'static str> {
    let mappings = Profile::embedded().iter().flat_map(|profile| &profile.tables);
    let mut names = BTreeMap::new();
    for mapping in mappings.filter(|mapping| mapping.table.name == table.name) {
        for (column, headers) in &mapping.columns {
            for header in headers {
                names.entry(header.clone()).or_insert(*column);
            }
        }
    }
    names
}

/// The table that has most columns for a header, and its mapping.
fn best_table(header: &[String]) -> Option<(Mapping, Plan)> {
    let profile = Profile::named("mingcha")?;
    let planned = tables().iter().map(|table| {
        let mut mapping = Mapping::of(table);
        for (header, column) in known_names(table) {
            mapping.columns.entry(column).or_default().push(header);
        }
        let plan = Plan::new(profile, &mapping, header);
        (mapping, plan)
    });
    planned
        .filter(|(_, plan)| plan.fed() > 0)
        .max_by_key(|(_, plan)| (plan.fed(), usize::MAX - plan.missing().len()))
}

fn draft_table(out: &mut String, name: &str, header: &[String]) {
    let Some((mapping, plan)) = best_table(header) else {
        let _ = writeln!(out, "\n# `{}`：没有一个表头是已知的字段名。", one_line(name));
        list(out, "文件的表头", header.iter().map(String::as_str));
        return;
    };
    let table = plan.table;
    let _ = writeln!(
        out,
        "\n# {}\n[[table]]\ntable = \"{}\"\nfiles = [{}]",
        table.label,
        table.name,
        quoted(name)
    );
    let _ = writeln!(out, "\n[table.columns]");
    let normal: Vec<String> = header.iter().map(|header| super::normal(header)).collect();
    for column in &table.columns {
        let other =
            mapping.columns.get(column.name).into_iter().flatten().find(|header| normal.contains(header));
        let own = normal.contains(&column.name.to_owned());
        let label = super::normal(column.label);
        if let Some(found) = other.filter(|_| !own) {
            let _ = writeln!(out, "{} = {} # {}", column.name, quoted(found), column.label);
        } else if own {
            let _ = writeln!(out, "{0} = \"{0}\" # {1}", column.name, column.label);
        } else if normal.contains(&label) {
            let _ = writeln!(out, "{} = {} # {}", column.name, quoted(&label), column.label);
        }
    }
    list(out, "必填但没有对应表头的列（补上表头，或写在 [table.constants] 下）", plan.missing().into_iter());
    list(out, "没有用到的表头", plan.unused.iter().map(String::as_str));
}

fn list<'a>(out: &mut String, title: &str, items: impl Iterator<Item = &'a str>) {
    let items: Vec<String> = items.filter(|item| !item.is_empty()).map(one_line).collect();
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "# {title}：");
    for item in items {
        let _ = writeln!(out, "#   {item}");
    }
}

/// A text that cannot break out of a comment.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(200).collect()
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
