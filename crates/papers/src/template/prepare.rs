//! From a document's XML to what can be filled: what a paper must not hold is refused, what Word only notes for itself is dropped.

use super::fault::{Area, Place};
use crate::xml::{Element, Node};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const WORD_STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// Elements that are refused wherever they stand, by local name, with what they are.
const REFUSED: &[(&str, &str)] = &[
    ("ins", "a tracked change"),
    ("del", "a tracked change"),
    ("moveFrom", "a tracked change"),
    ("moveTo", "a tracked change"),
    ("altChunk", "foreign content"),
    ("subDoc", "another document"),
    ("object", "an embedded object"),
    ("OLEObject", "an embedded object"),
    ("control", "an embedded control"),
    ("mailMerge", "a source of mail merge"),
    ("attachedTemplate", "an attached template"),
    ("commentReference", "a comment"),
];

/// Elements that mean nothing on paper and would have to be unique.
const DROPPED: &[&str] = &[
    "w:bookmarkStart",
    "w:bookmarkEnd",
    "w:proofErr",
    "w:lastRenderedPageBreak",
    "w:permStart",
    "w:permEnd",
];

/// Elements that only wrap others.
const WRAPPERS: &[&str] = &["w:sdt", "w:sdtContent", "w:smartTag", "w:customXml"];
const WRAPPERS_OWN: &[&str] = &["w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr"];

/// Fields of Word that may be computed; any other could fetch or change something.
const FIELDS: &[&str] = &["PAGE", "NUMPAGES", "SECTIONPAGES"];

/// Looks for what is refused anywhere in a part.
pub(crate) fn refuse(root: &Element) -> Result<(), String> {
    let local = root.name.rsplit(':').next().unwrap_or_default();
    if let Some((_, what)) = REFUSED.iter().find(|(name, _)| *name == local) {
        return Err(format!("{what} (`{local}`)"));
    }
    if local.ends_with("PrChange") {
        return Err("a tracked change".to_owned());
    }
    for (name, value) in &root.attributes {
        let ours = value == WORD || value == WORD_STRICT;
        if (name == "xmlns" || name.starts_with("xmlns:")) && ours != (name == "xmlns:w") {
            return Err("another prefix than `w` for the language of Word".to_owned());
        }
        if name == "TargetMode" && value == "External" {
            return Err("a link to something outside the document".to_owned());
        }
        if name == "ContentType" && value.to_ascii_lowercase().contains("macro") {
            return Err("a document with macros".to_owned());
        }
        if name == "w:instr" && !field_allowed(value) {
            return Err(format!("the field `{}`", first_word(value)));
        }
    }
    if root.name == "w:p" {
        let mut fields = String::new();
        instructions(root, &mut fields);
        if let Some(field) =
            fields.split('\n').find(|field| !field.trim().is_empty() && !field_allowed(field))
        {
            return Err(format!("the field `{}`", first_word(field)));
        }
    }
    root.elements().try_for_each(refuse)
}

fn first_word(field: &str) -> String {
    field.split_whitespace().next().unwrap_or_default().chars().take(20).collect()
}

fn field_allowed(field: &str) -> bool {
    FIELDS.contains(&first_word(field).to_ascii_uppercase().as_str())
}

fn text_of(element: &Element) -> String {
    element.children.iter().map(|node| if let Node::Text(text) = node { text.as_str() } else { "" }).collect()
}

/// The instructions of a paragraph's fields, one a line, also where Word split them over runs.
fn instructions(element: &Element, out: &mut String) {
    for child in element.elements() {
        match child.name.as_str() {
            "w:fldChar" => out.push('\n'),
            "w:instrText" => out.push_str(&text_of(child).replace('\n', " ")),
            _ => instructions(child, out),
        }
    }
}

/// Counts places while a part is prepared.
pub(crate) struct Places<'a> {
    pub list: &'a mut Vec<Place>,
    pub area: Area,
    paragraph: u32,
    table: u32,
}

impl<'a> Places<'a> {
    pub fn new(list: &'a mut Vec<Place>, area: Area) -> Self {
        Self { list, area, paragraph: 0, table: 0 }
    }

    fn add(&mut self, place: Place) -> usize {
        self.list.push(Place { area: self.area, ..place });
        self.list.len() - 1
    }
}

/// Cleans a part and notes where each paragraph stands.
pub(crate) fn prepare(root: &mut Element, places: &mut Places) {
    clean(root);
    number(root, places, Place::default(), false);
}

fn clean(element: &mut Element) {
    element.attributes.retain(|(name, _)| {
        let noted = name.starts_with("w:rsid") || name == "w14:paraId" || name == "w14:textId";
        !noted
    });
    if element.name == "w:t" {
        let text = text_of(element).replace(['\n', '\r', '\t'], " ");
        element.attributes = vec![("xml:space".to_owned(), "preserve".to_owned())];
        element.children = vec![Node::Text(text)];
        return;
    }
    let children = std::mem::take(&mut element.children);
    unwrapped(children, &mut element.children);
    for child in &mut element.children {
        if let Node::Element(child) = child {
            clean(child);
        }
    }
}

fn unwrapped(children: Vec<Node>, out: &mut Vec<Node>) {
    for child in children {
        match child {
            Node::Element(child) if WRAPPERS.contains(&child.name.as_str()) => unwrapped(child.children, out),
            Node::Element(child)
                if DROPPED.contains(&child.name.as_str()) || WRAPPERS_OWN.contains(&child.name.as_str()) => {}
            child => out.push(child),
        }
    }
}

fn number(element: &mut Element, places: &mut Places, mut at: Place, nested: bool) {
    for child in &mut element.children {
        let Node::Element(child) = child else { continue };
        let (mut inside, mut deeper) = (at, nested);
        match child.name.as_str() {
            // A table inside a table counts as the cell it stands in.
            "w:tbl" if at.table > 0 => deeper = true,
            "w:tbl" => {
                places.table += 1;
                inside.table = places.table;
            }
            "w:tr" if !nested => {
                at.row += 1;
                inside.row = at.row;
            }
            "w:tc" if !nested => {
                at.cell += 1;
                inside.cell = at.cell;
            }
            "w:p" => {
                if at.table == 0 {
                    places.paragraph += 1;
                    inside.paragraph = places.paragraph;
                }
                child.place = places.add(inside);
            }
            _ => {}
        }
        number(child, places, inside, deeper);
    }
}
