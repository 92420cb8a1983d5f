//! A site's own library over the national one: rules added or replaced by id with a newer version, rows added to tables.

use crate::{Files, Library, folders, table_file::site_rows};
use mingcha_model::{Diagnostic, source::fault};
use std::{borrow::Cow, collections::BTreeMap, path::Path};

impl Library {
    /// Reads a site's folder over `base`.
    ///
    /// - A rule with an id of its own is added.
    /// - A rule with an id of the base replaces that rule; its version must be greater.
    /// - A knowledge folder with `table.toml` replaces the whole table; one with only `rows.csv` adds rows to it.
    /// - The site's `coverage.toml` replaces the base's; `rules.lock` stays the base's.
    pub fn load_over(base: &Self, folder: &Path) -> (Self, Vec<Diagnostic>) {
        let mut out = Vec::new();
        let site = Files::read(folder, &mut out);
        Self::overlay(base, &site, out)
    }

    /// The same with a site's files that were read already.
    pub fn overlay(base: &Self, site: &Files, mut out: Vec<Diagnostic>) -> (Self, Vec<Diagnostic>) {
        let refused = replacements(base, site, &mut out);
        let files = base.files.edited(|files| merge(files, base, site, &refused));
        // Faults of the site's files are told, but do not count against the base's rules in folders of the same name.
        let (library, mut faults) = Self::from_files(files, Vec::new());
        faults.append(&mut out);
        faults.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
        (library, faults)
    }
}

/// The id that a rule file names, without judging the rest; the loader does that after the merge.
fn identity(text: &str) -> Option<(String, i64)> {
    let table: toml::Table = text.parse().ok()?;
    Some((table.get("id")?.as_str()?.to_owned(), table.get("version")?.as_integer()?))
}

/// Names of the site's rules that may not replace what they would replace.
fn replacements(base: &Library, site: &Files, out: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut refused = Vec::new();
    for name in folders(site, "rules/", 2) {
        let file = format!("rules/{name}/rule.toml");
        let Some((id, version)) = site.get(&file).and_then(identity) else { continue };
        let mut refuse = |key: &str, message: String, hint: &str| {
            out.push(fault(&file, 0, key, message).hint(hint));
            refused.push(name.clone());
        };
        if let Some(old) = base.rules.iter().find(|old| old.id == id) {
            if version <= i64::from(old.version) {
                let message =
                    format!("replaces `{}` version {} with version {version}", old.name, old.version);
                refuse(
                    "version",
                    message,
                    "a replacement carries a greater version; or give the rule an id of your own",
                );
            }
        } else if let Some(old) = base.rules.iter().find(|old| old.name == name) {
            let message = format!("the folder is that of `{}`, which has another id", old.id);
            refuse("id", message, "keep the id and raise the version, or take another folder name");
        }
    }
    refused
}

fn merge(files: &mut BTreeMap<String, Cow<'static, str>>, base: &Library, site: &Files, refused: &[String]) {
    let in_folder =
        |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    for name in folders(site, "rules/", 2) {
        let id = site.get(&format!("rules/{name}/rule.toml")).and_then(identity);
        let old = id.and_then(|(id, _)| base.rules.iter().find(|old| old.id == id));
        if !refused.contains(&name)
            && let Some(old) = old
        {
            let folder = format!("rules/{}", old.name);
            files.retain(|path, _| !in_folder(path, &folder));
        }
    }
    for (path, text) in site.iter() {
        let kept =
            refused.iter().any(|name| in_folder(path, &format!("rules/{name}"))) || path == "rules.lock";
        if kept {
            continue;
        }
        let table = path.strip_prefix("knowledge/").and_then(|rest| rest.strip_suffix("/rows.csv"));
        let added = table.filter(|table| site.get(&format!("knowledge/{table}/table.toml")).is_none());
        files.insert(added.map_or_else(|| path.to_owned(), site_rows), Cow::Owned(text.to_owned()));
    }
}
