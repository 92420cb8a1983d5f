//! What rules can cover: items of the negative lists, national rule classes, and the key fields of `coverage.toml`.

use crate::{
    Knowledge, Library, Rule,
    files::Files,
    reader::{Section, parse},
};
use mingcha_model::{Diagnostic, source::Source};

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
        let mut ids = values(knowledge, "negative_list", "id");
        ids.extend(values(knowledge, "rule_class", "code_1_0"));
        ids.extend(values(knowledge, "rule_class", "seq").iter().map(|seq| format!("C-{seq}")));
        ids.extend(fields.iter().map(|field| field.id.clone()));
        ids.sort();
        Self(ids)
    }

    pub fn has(&self, id: &str) -> bool {
        self.0.binary_search_by(|known| known.as_str().cmp(id)).is_ok()
    }
}

/// The values of a column that are not empty; none where there is no such table or column.
fn values(knowledge: &[Knowledge], table: &str, column: &str) -> Vec<String> {
    let Some(table) = knowledge.iter().find(|known| known.name == table) else { return Vec::new() };
    let Some(at) = table.column(column) else { return Vec::new() };
    table.rows.iter().map(|row| row.values[at].clone()).filter(|id| !id.is_empty()).collect()
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
        self.covered("negative_list", |text| Covered {
            id: text("id").to_owned(),
            text: text("item_text"),
            group: format!("{} · {}", text("source_document"), text("category")),
            detectability: text("detectability"),
            rules: self.covering(&[text("id")]),
        })
    }

    /// The national rule classes in their order, with the rules that cover them by code or by `C-<seq>`.
    pub fn rule_classes(&self) -> Vec<Covered<'_>> {
        self.covered("rule_class", |text| {
            let id = format!("C-{}", text("seq"));
            Covered {
                text: text("name"),
                group: format!("{} · {}", text("tier1"), text("tier2")),
                detectability: "",
                rules: self.covering(&[&id, text("code_1_0")]),
                id,
            }
        })
    }

    /// The `C-<seq>` of a national rule class that is named by its code.
    pub(crate) fn class_id(&self, code: &str) -> Option<String> {
        let table = self.knowledge("rule_class")?;
        let (seq, codes) = (table.column("seq")?, table.column("code_1_0")?);
        let row = table.rows.iter().find(|row| !code.is_empty() && row.values[codes] == code)?;
        Some(format!("C-{}", row.values[seq]))
    }

    /// The key fields, with the rules that cover them.
    pub fn key_fields(&self) -> Vec<Covered<'_>> {
        let covered = |field| {
            let Field { id, title, source }: &Field = field;
            let rules = self.covering(&[id]);
            Covered { id: id.clone(), text: title, group: source.clone(), detectability: "", rules }
        };
        self.fields.iter().map(covered).collect()
    }

    /// One entry for each row of a knowledge table, made from the row's values by column.
    fn covered<'a>(
        &'a self,
        table: &str,
        entry: impl Fn(&dyn Fn(&str) -> &'a str) -> Covered<'a>,
    ) -> Vec<Covered<'a>> {
        let Some(table) = self.knowledge(table) else { return Vec::new() };
        let rows = table.rows.iter();
        rows.map(|row| entry(&|name| table.column(name).map_or("", |at| row.values[at].as_str()))).collect()
    }

    fn covering(&self, ids: &[&str]) -> Vec<&Rule> {
        let covers = |rule: &&Rule| {
            rule.status != crate::Status::Retired
                && rule.covers.iter().any(|covered| ids.contains(&covered.as_str()))
        };
        self.rules.iter().filter(covers).collect()
    }
}
