//! What rules can cover: items of the negative lists, national rule classes, and the key fields of `coverage.toml`.

use crate::{
    Knowledge, Library, Rule,
    files::Files,
    reader::{Section, parse},
    source::Source,
};
use mingcha_model::Diagnostic;

/// A key field of the national problem lists, such as orthopaedics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Id, such as `KF-orthopaedics`.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// Where it is named.
    pub source: String,
}

/// All ids that a rule may cover.
#[derive(Debug, Default)]
pub(crate) struct Known(Vec<String>);

impl Known {
    pub fn new(fields: &[Field], knowledge: &[Knowledge]) -> Self {
        let table = |name: &str| knowledge.iter().find(|table| table.name == name);
        let column = |table: &str, column: &str| -> Vec<String> {
            let Some((found, at)) = self::column(knowledge, table, column) else { return Vec::new() };
            found.rows.iter().map(|row| row.values[at].clone()).filter(|id| !id.is_empty()).collect()
        };
        let mut ids = column("negative_list", "id");
        ids.extend(column("rule_class", "code_1_0"));
        if table("rule_class").is_some() {
            ids.extend(column("rule_class", "seq").iter().map(|seq| format!("C-{seq}")));
        }
        ids.extend(fields.iter().map(|field| field.id.clone()));
        ids.sort();
        Self(ids)
    }

    pub fn has(&self, id: &str) -> bool {
        self.0.binary_search_by(|known| known.as_str().cmp(id)).is_ok()
    }
}

fn column<'a>(knowledge: &'a [Knowledge], table: &str, column: &str) -> Option<(&'a Knowledge, usize)> {
    let table = knowledge.iter().find(|known| known.name == table)?;
    Some((table, table.column(column)?))
}

/// Reads `coverage.toml`: one table `[fields.<id>]` with `title` and `source` for each key field.
pub(crate) fn read(files: &Files, out: &mut Vec<Diagnostic>) -> Vec<Field> {
    let Some(text) = files.get("coverage.toml") else { return Vec::new() };
    let source = Source::new("coverage.toml", text);
    let spanned = parse(&source, out);
    let mut root = Section::root(&source, &spanned);
    root.check_keys(&["fields"], out);
    let Some(section) = root.section("fields", out) else { return Vec::new() };
    let mut fields = Vec::new();
    for (id, _) in section.keys() {
        let Some(mut inner) = section.section(id, out) else { continue };
        inner.check_keys(&["title", "source"], out);
        if let (Some(title), Some(source)) = (inner.text("title", out), inner.text("source", out)) {
            fields.push(Field { id: id.to_owned(), title, source });
        }
    }
    fields
}

/// One thing that can be covered, with the rules that cover it.
#[derive(Clone, Debug)]
pub struct Covered<'a> {
    /// Its id.
    pub id: String,
    /// What it says, in Chinese.
    pub text: &'a str,
    /// Whose it is: the category of the list, or the class.
    pub group: String,
    /// A settlement data decide, B further data that the tables can hold, C people only; empty where it is not a list item.
    pub detectability: &'a str,
    /// Rules that cover it and are not retired, by name.
    pub rules: Vec<&'a Rule>,
}

impl Library {
    /// Negative-list items in the order of the list, with the rules that cover them.
    pub fn negative_list(&self) -> Vec<Covered<'_>> {
        let Some(table) = self.knowledge("negative_list") else { return Vec::new() };
        let get =
            |row: &'_ crate::KnowledgeRow, name: &str| table.column(name).map(|at| row.values[at].clone());
        let text = |row: &'_ usize, name: &str| {
            table.column(name).map_or("", |at| table.rows[*row].values[at].as_str())
        };
        (0..table.rows.len())
            .map(|row| {
                let id = get(&table.rows[row], "id").unwrap_or_default();
                let group = format!("{} · {}", text(&row, "source_document"), text(&row, "category"));
                let rules = self.covering(&[&id]);
                Covered {
                    id,
                    text: text(&row, "item_text"),
                    group,
                    detectability: text(&row, "detectability"),
                    rules,
                }
            })
            .collect()
    }

    /// The national rule classes in their order, with the rules that cover them by code or by `C-<seq>`.
    pub fn rule_classes(&self) -> Vec<Covered<'_>> {
        let Some(table) = self.knowledge("rule_class") else { return Vec::new() };
        let text =
            |row: usize, name: &str| table.column(name).map_or("", |at| table.rows[row].values[at].as_str());
        (0..table.rows.len())
            .map(|row| {
                let id = format!("C-{}", text(row, "seq"));
                let rules = self.covering(&[&id, text(row, "code_1_0")]);
                let group = format!("{} · {}", text(row, "tier1"), text(row, "tier2"));
                Covered { id, text: text(row, "name"), group, detectability: "", rules }
            })
            .collect()
    }

    /// The key fields, with the rules that cover them.
    pub fn key_fields(&self) -> Vec<Covered<'_>> {
        let covered = |field: &'_ Field| (field.id.clone(), self.covering(&[&field.id]));
        self.fields
            .iter()
            .map(|field| {
                let (id, rules) = covered(field);
                Covered { id, text: &field.title, group: field.source.clone(), detectability: "", rules }
            })
            .collect()
    }

    fn covering(&self, ids: &[&str]) -> Vec<&Rule> {
        let covers = |rule: &&Rule| {
            rule.status != crate::Status::Retired
                && rule.covers.iter().any(|covered| !covered.is_empty() && ids.contains(&covered.as_str()))
        };
        self.rules.iter().filter(covers).collect()
    }
}
