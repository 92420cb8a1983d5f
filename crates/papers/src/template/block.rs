//! Parts that are repeated or left out: rows of a table, or paragraphs of one text. Values are put in on the way.

use super::{
    Filled, Values,
    fault::{Fault, FaultKind, Place},
    paragraph::{self, lines, replace},
    tags::{Tag, TagKind, tags},
};
use crate::{
    words,
    xml::{Element, Node, allowed},
};
use std::{collections::BTreeSet, ops::Range};

/// Most faults that are told at once.
const MOST_FAULTS: usize = 100;
/// Most parts inside each other.
const MOST_DEPTH: usize = 16;
/// Most elements of a filled document.
const MOST_NODES: usize = 1_000_000;
/// Most bytes of all values together.
const MOST_BYTES: usize = 16 << 20;
/// Most characters of one value.
const MOST_TEXT: usize = 20_000;

/// Fills one document.
pub(crate) struct Filler<'t> {
    pub template: &'t str,
    pub places: &'t [Place],
    pub faults: Vec<Fault>,
    /// Fields that were met.
    pub used: BTreeSet<String>,
    left: usize,
    text_left: usize,
}

/// The values that names mean at one place: those of the innermost item first.
#[derive(Clone, Default)]
struct Scope<'v> {
    values: Vec<&'v Values>,
    lists: Vec<String>,
    depth: usize,
}

impl<'v> Scope<'v> {
    fn get(&self, name: &str) -> Option<&'v Filled> {
        self.values.iter().rev().find_map(|values| values.get(name))
    }
}

/// A mark that begins or ends a part over several paragraphs or cells.
struct Mark {
    tag: Tag,
    /// Which paragraph of the node.
    paragraph: usize,
    place: usize,
}

impl<'t> Filler<'t> {
    pub fn new(template: &'t str, places: &'t [Place]) -> Self {
        Self {
            template,
            places,
            faults: Vec::new(),
            used: BTreeSet::new(),
            left: MOST_NODES,
            text_left: MOST_BYTES,
        }
    }

    /// Fills a part of the document.
    pub fn fill(&mut self, root: &Element, values: &Values) -> Element {
        let scope = Scope { values: vec![values], ..Scope::default() };
        self.element(root, &scope).unwrap_or_default()
    }

    fn fault(&mut self, place: usize, field: &str, kind: FaultKind) {
        let place = self.places.get(place).copied().unwrap_or_default();
        let fault = Fault { template: self.template.to_owned(), place, field: field.to_owned(), kind };
        if self.faults.len() < MOST_FAULTS && !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn stopped(&self) -> bool {
        self.faults.len() >= MOST_FAULTS || self.left == 0
    }

    /// An element with its children filled; `None` where nothing of a table is left.
    fn element(&mut self, element: &Element, scope: &Scope) -> Option<Element> {
        if self.left == 0 {
            self.fault(element.place, "", FaultKind::Large);
            return None;
        }
        self.left -= 1;
        let mut children = Vec::new();
        self.siblings(&element.children, scope, &mut children);
        if element.name == "w:tbl"
            && element.child("w:tr").is_some()
            && !children.iter().any(|node| node.is("w:tr"))
        {
            return None;
        }
        // Word holds a cell without a paragraph at its end for damaged.
        if element.name == "w:tc" && !children.last().is_some_and(|node| node.is("w:p")) {
            children.push(Node::Element(Element::new("w:p")));
        }
        let (name, attributes) = (element.name.clone(), element.attributes.clone());
        Some(Element { name, attributes, children, place: element.place })
    }

    /// Nodes beside each other, among which parts begin and end.
    fn siblings(&mut self, nodes: &[Node], scope: &Scope, out: &mut Vec<Node>) {
        let mut at = 0;
        while at < nodes.len() && !self.stopped() {
            let node = &nodes[at];
            at += 1;
            let Node::Element(element) = node else {
                out.push(node.clone());
                continue;
            };
            let mut marks = marks_of(element).into_iter();
            match marks.next() {
                None if element.name == "w:p" => self.paragraph(element, scope, out),
                None => out.extend(self.element(element, scope).map(Node::Element)),
                Some(mark) if mark.tag.kind.opens() => {
                    let rest = marks.collect();
                    if let Some((last, end)) = self.end(nodes, at - 1, &mark, rest) {
                        self.part(&nodes[at - 1..=last], &mark, &end, scope, out);
                        at = last + 1;
                    }
                }
                Some(mark) => self.fault(mark.place, &mark.tag.name, FaultKind::Unopened),
            }
        }
    }

    /// The node and mark that end a part.
    fn end(&mut self, nodes: &[Node], first: usize, open: &Mark, rest: Vec<Mark>) -> Option<(usize, Mark)> {
        let mut names = vec![open.tag.name.clone()];
        let mut marks = rest;
        for at in first.. {
            for mark in marks {
                if mark.tag.kind.opens() {
                    names.push(mark.tag.name.clone());
                } else if names.pop().as_ref() != Some(&mark.tag.name) {
                    self.fault(mark.place, &mark.tag.name, FaultKind::Unopened);
                    return None;
                }
                if names.is_empty() {
                    return Some((at, mark));
                }
            }
            let Some(next) = nodes.get(at + 1) else { break };
            marks = next.element().map_or_else(Vec::new, marks_of);
        }
        self.fault(open.place, &open.tag.name, FaultKind::Unclosed);
        None
    }

    /// Repeats or leaves out nodes.
    fn part(&mut self, nodes: &[Node], open: &Mark, end: &Mark, scope: &Scope, out: &mut Vec<Node>) {
        let name = &open.tag.name;
        self.used.insert(name.clone());
        let Some(value) = scope.get(name) else {
            return self.fault(open.place, name, FaultKind::Unknown);
        };
        if scope.depth == MOST_DEPTH {
            return self.fault(open.place, name, FaultKind::Large);
        }
        if nodes.iter().filter_map(Node::element).any(|element| element.holds("w:sectPr")) {
            return self.fault(open.place, name, FaultKind::Section);
        }
        let inside = without_marks(nodes, open, end);
        let mut scope = scope.clone();
        scope.depth += 1;
        match (open.tag.kind, value) {
            (TagKind::Each, Filled::Missing) => self.fault(open.place, name, FaultKind::Missing),
            (TagKind::Each, Filled::Wrong) => self.fault(open.place, name, FaultKind::Type),
            (TagKind::Each, Filled::List(items)) => {
                // A list inside itself would grow with every level.
                if scope.lists.contains(name) {
                    return self.fault(open.place, name, FaultKind::List);
                }
                scope.lists.push(name.clone());
                for item in items {
                    let mut scope = scope.clone();
                    scope.values.push(item);
                    self.siblings(&inside, &scope, out);
                }
            }
            (TagKind::Each, Filled::Blank) => {}
            (TagKind::Each, _) => self.fault(open.place, name, FaultKind::List),
            (kind, value) if value.present() == (kind == TagKind::If) => self.siblings(&inside, &scope, out),
            _ => {}
        }
    }

    /// A paragraph with its values, as one or more paragraphs.
    fn paragraph(&mut self, element: &Element, scope: &Scope, out: &mut Vec<Node>) {
        let Some(mut filled) = self.element(element, scope) else { return };
        let edits = self.edits(element, scope);
        replace(&mut filled, &edits);
        for paragraph in lines(filled) {
            self.left = self.left.saturating_sub(1);
            out.push(Node::Element(paragraph));
        }
    }

    /// What changes in a paragraph's text.
    fn edits(&mut self, element: &Element, scope: &Scope) -> Vec<(Range<usize>, String)> {
        let found = match tags(&paragraph::text(element)) {
            Ok(found) => found,
            Err((kind, words)) => {
                self.fault(element.place, &words, kind);
                return Vec::new();
            }
        };
        let mut edits = Vec::new();
        let mut open: Vec<&Tag> = Vec::new();
        // Where a part that is left out began, and how many parts were open then.
        let mut dropped: Option<(usize, usize)> = None;
        for tag in &found {
            match tag.kind {
                TagKind::End => {
                    open.pop();
                    match dropped {
                        Some((start, depth)) if depth == open.len() => {
                            edits.push((start..tag.range.end, String::new()));
                            dropped = None;
                        }
                        Some(_) => {}
                        None => edits.push((tag.range.clone(), String::new())),
                    }
                }
                _ if dropped.is_some() => {
                    if tag.kind.opens() {
                        open.push(tag);
                    }
                }
                TagKind::Value { capital } => {
                    let value = self.value(element.place, &tag.name, capital, scope);
                    edits.push((tag.range.clone(), value));
                }
                kind => {
                    if self.kept(element.place, tag, kind, scope) {
                        edits.push((tag.range.clone(), String::new()));
                    } else {
                        dropped = Some((tag.range.start, open.len()));
                    }
                    open.push(tag);
                }
            }
        }
        edits
    }

    /// Whether an optional piece of a paragraph stays.
    fn kept(&mut self, place: usize, tag: &Tag, kind: TagKind, scope: &Scope) -> bool {
        self.used.insert(tag.name.clone());
        match scope.get(&tag.name) {
            None => self.fault(place, &tag.name, FaultKind::Unknown),
            Some(_) if kind == TagKind::Each => self.fault(place, &tag.name, FaultKind::List),
            Some(value) => return value.present() == (kind == TagKind::If),
        }
        false
    }

    fn value(&mut self, place: usize, name: &str, capital: bool, scope: &Scope) -> String {
        self.used.insert(name.to_owned());
        let Some(value) = scope.get(name) else {
            self.fault(place, name, FaultKind::Unknown);
            return String::new();
        };
        let printed = printed(value, capital).and_then(|text| {
            self.text_left = self.text_left.checked_sub(text.len()).ok_or(FaultKind::Large)?;
            Ok(text)
        });
        match printed {
            Ok(text) => text,
            Err(kind) => {
                self.fault(place, name, kind);
                String::new()
            }
        }
    }
}

/// The marks of a paragraph or row whose part is larger than a piece of one paragraph or cell.
fn marks_of(element: &Element) -> Vec<Mark> {
    let mut marks = Vec::new();
    match element.name.as_str() {
        "w:p" => {
            let text = paragraph::text(element);
            marks = part_marks(std::slice::from_ref(&element), 0);
            if let [first, .., last] = marks.as_slice()
                && matching(&marks) == Some(marks.len() - 1)
                && text[..first.tag.range.start].trim().is_empty()
                && text[last.tag.range.end..].trim().is_empty()
            {
                // The whole paragraph is the part.
                let last = marks.pop();
                marks.truncate(1);
                marks.extend(last);
                return marks;
            }
            marks = unbalanced(marks);
        }
        "w:tr" => {
            let mut at = 0;
            for cell in element.elements().filter(|child| child.name == "w:tc") {
                let inside: Vec<&Element> = cell.elements().filter(|child| child.name == "w:p").collect();
                marks.extend(unbalanced(part_marks(&inside, at)));
                at += inside.len();
            }
        }
        _ => {}
    }
    marks
}

/// All marks of these paragraphs that begin or end a part.
fn part_marks(paragraphs: &[&Element], first: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (paragraph, element) in (first..).zip(paragraphs) {
        let place = element.place;
        // What cannot be read is told when the paragraph is filled.
        let found = tags(&paragraph::text(element)).unwrap_or_default();
        let parts = found.into_iter().filter(|tag| !matches!(tag.kind, TagKind::Value { .. }));
        marks.extend(parts.map(|tag| Mark { tag, paragraph, place }));
    }
    marks
}

/// A value as it stands on paper.
fn printed(value: &Filled, capital: bool) -> Result<String, FaultKind> {
    Ok(match (value, capital) {
        (Filled::Missing, _) => return Err(FaultKind::Missing),
        (Filled::Wrong, _) => return Err(FaultKind::Type),
        (Filled::Open(label), _) => format!("〔待填：{label}〕"),
        (Filled::Blank, _) => String::new(),
        (Filled::Money(amount), false) => amount.yuan(),
        (Filled::Money(amount), true) => words::capital(*amount),
        (Filled::Date(date), false) => words::day(*date),
        (Filled::Date(date), true) => words::day_in_characters(*date),
        (_, true) => return Err(FaultKind::Capital),
        (Filled::Text(text), _) => clean(text)?,
        (Filled::Time(time), _) => words::time(*time),
        (Filled::Count(count), _) => count.to_string(),
        (Filled::List(_), _) => return Err(FaultKind::List),
    })
}

/// Text that can stand in a document and says what it seems to say.
fn clean(text: &str) -> Result<String, FaultKind> {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    if text.chars().count() > MOST_TEXT {
        return Err(FaultKind::Large);
    }
    if text.chars().any(|c| turns(c) || !allowed(c) || (c.is_control() && c != '\n')) {
        return Err(FaultKind::Control);
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    Ok(lines.join("\n"))
}

/// The index of the mark that ends the part which the first one begins.
fn matching(marks: &[Mark]) -> Option<usize> {
    let mut names: Vec<&str> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        if mark.tag.kind.opens() {
            names.push(&mark.tag.name);
        } else if names.pop() != Some(&mark.tag.name) {
            return None;
        }
        if names.is_empty() {
            return Some(at);
        }
    }
    None
}

/// Leaves out the parts that begin and end among these marks.
fn unbalanced(marks: Vec<Mark>) -> Vec<Mark> {
    let mut open: Vec<Mark> = Vec::new();
    for mark in marks {
        let ends = !mark.tag.kind.opens();
        let begun = open.last().is_some_and(|last| last.tag.kind.opens() && last.tag.name == mark.tag.name);
        if ends && begun {
            open.pop();
        } else {
            open.push(mark);
        }
    }
    open
}

/// The nodes of a part without its two marks, and without paragraphs that held nothing else.
fn without_marks(nodes: &[Node], open: &Mark, end: &Mark) -> Vec<Node> {
    let last = nodes.len() - 1;
    let mut nodes = nodes.to_vec();
    // The end first: in the same paragraph it stands behind the beginning.
    cut(&mut nodes[last], end);
    cut(&mut nodes[0], open);
    let touched = |at: usize| at == 0 || at == last;
    let stays = |(at, node): (usize, Node)| {
        let bare = touched(at)
            && node.element().is_some_and(|element| {
                element.name == "w:p" && paragraph::text(element).trim().is_empty() && !drawn(element)
            });
        (!bare).then_some(node)
    };
    nodes.into_iter().enumerate().filter_map(stays).collect()
}

/// Whether a paragraph shows something beside text.
fn drawn(element: &Element) -> bool {
    ["w:drawing", "w:pict", "w:br", "w:sectPr"].iter().any(|name| element.holds(name))
}

fn cut(node: &mut Node, mark: &Mark) {
    let Node::Element(element) = node else { return };
    let edit = [(mark.tag.range.clone(), String::new())];
    if element.name == "w:p" {
        return replace(element, &edit);
    }
    let cells = element.children.iter_mut().filter_map(|node| match node {
        Node::Element(cell) if cell.name == "w:tc" => Some(cell),
        _ => None,
    });
    let paragraphs = cells.flat_map(|cell| cell.children.iter_mut()).filter_map(|node| match node {
        Node::Element(paragraph) if paragraph.name == "w:p" => Some(paragraph),
        _ => None,
    });
    if let Some(paragraph) = paragraphs.into_iter().nth(mark.paragraph) {
        replace(paragraph, &edit);
    }
}
