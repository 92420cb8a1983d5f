//! Guides of inspections (`guides/*.toml`): by field the problems that are looked for on site. A finding names one by its id, or says in
//! words of its own what no guide foresees.

use crate::reader::{Faults, Section, Source, shown};
use std::collections::{BTreeMap, BTreeSet};

/// A greater number in a list is a slip of the pen.
const MOST_NUMBER: i64 = 10_000;

/// The guide of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// Id, such as `cardiology`.
    pub id: String,
    /// Name of the field.
    pub title: String,
    /// The paper whose list it follows.
    pub basis: String,
    /// Its problems, in the order of the file.
    pub items: Vec<GuideItem>,
}

/// A problem that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideItem {
    /// Id, one among all guides, never reused; what a finding names.
    pub id: String,
    /// Its number in the list.
    pub number: u32,
    /// What kind of problem, in the list's term.
    pub kind: String,
    /// What it is, in short words of our own.
    pub words: String,
}

/// Reads the folder's files; what stands twice is told and left out.
pub(crate) fn read(sources: &[&Source], faults: &Faults) -> BTreeMap<String, Guide> {
    let (mut guides, mut known) = (BTreeMap::new(), BTreeSet::new());
    for source in sources {
        let root = source.root(faults);
        if let Some(guide) = guide(&root, &mut known) {
            if guides.contains_key(&guide.id) {
                twice(&root, &guide.id);
                continue;
            }
            guides.insert(guide.id.clone(), guide);
        }
    }
    guides
}

fn guide(root: &Section, known: &mut BTreeSet<String>) -> Option<Guide> {
    root.keys(&["id", "title", "basis", "item"]);
    let (id, title, basis) = (root.text("id"), root.text("title"), root.text("basis"));
    let mut items = Vec::new();
    for table in root.tables("item") {
        let Some(item) = item(&table) else { continue };
        if !known.insert(item.id.clone()) {
            twice(&table, &item.id);
            continue;
        }
        items.push(item);
    }
    Some(Guide { id: id?, title: title?, basis: basis?, items })
}

fn item(table: &Section) -> Option<GuideItem> {
    table.keys(&["id", "number", "kind", "words"]);
    let (id, kind, words) = (table.text("id"), table.text("kind"), table.text("words"));
    let number = table.integer("number", 1, MOST_NUMBER)?;
    Some(GuideItem { id: id?, number: number as u32, kind: kind?, words: words? })
}

fn twice(table: &Section, id: &str) {
    table.fault("id", format!("`{}` stands twice", shown(id)), "take one of the two out");
}

#[cfg(test)]
mod tests {
    use crate::{Procedures, procedures::embedded_files};

    #[test]
    fn every_problem_of_the_lists_stands_in_one_guide() {
        let (procedures, faults) = Procedures::embedded();
        assert!(faults.is_empty(), "{faults:?}");
        let of = |letter: char| {
            let items = procedures.guides.values().flat_map(|guide| &guide.items);
            let mut numbers: Vec<u32> =
                items.filter(|item| item.id.starts_with(letter)).map(|item| item.number).collect();
            numbers.sort_unstable();
            numbers
        };
        assert_eq!(of('M'), (1..=183).collect::<Vec<_>>(), "of hospitals");
        assert_eq!(of('S'), (1..=19).collect::<Vec<_>>(), "of pharmacies");
        assert_eq!(
            (procedures.guides.len(), procedures.guides["cardiology"].title.as_str()),
            (13, "心血管内科")
        );
    }

    #[test]
    fn a_guide_with_a_fault_tells_where() {
        let mut files = embedded_files();
        let text = "id = \"x\"\ntitle = \"甲\"\nbasis = \"乙\"\n[[item]]\nid = \"M001\"\nnumber = 0\nkind = \"丙\"\nwords = \"丁\"\n\
                    [[item]]\nid = \"S001\"\nnumber = 1\nkind = \"丙\"\nwords = \"丁\"\n";
        files.insert("guides/x.toml".into(), text.into());
        let (_, faults) = Procedures::from_files(&files);
        let places: Vec<_> =
            faults.iter().map(|fault| (fault.file.as_str(), fault.column.as_str())).collect();
        assert_eq!(
            places,
            [("guides/x.toml", "item.1.number"), ("guides/x.toml", "item.2.id")],
            "{faults:?}"
        );
    }
}
