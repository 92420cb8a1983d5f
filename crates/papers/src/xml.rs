//! XML as a tree, read within bounds: no document type, no entity but the five of the standard, no depth or size without end.

use quick_xml::{Reader, events::Event};
use std::borrow::Cow;

/// Deepest nesting of elements.
const MOST_DEPTH: usize = 64;
/// Elements and texts of one part.
const MOST_NODES: usize = 300_000;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// An element with its attributes in their order; values as they mean, not as they are escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// Where a paragraph stands in the template, as an index into its list of places.
    pub place: usize,
}

/// Why a text is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum XmlError {
    #[error("it declares a document type or an entity")]
    Entity,
    #[error("it is nested deeper than {MOST_DEPTH} elements")]
    Deep,
    #[error("it holds more than {MOST_NODES} elements")]
    Large,
    #[error("it is no XML: {0}")]
    Broken(String),
}

impl Element {
    /// An empty element.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The first child element of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|child| child.name == name)
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// Whether a descendant has that name.
    pub fn holds(&self, name: &str) -> bool {
        self.elements().any(|child| child.name == name || child.holds(name))
    }
}

impl Node {
    /// The element, if it is one.
    pub fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }

    /// Whether it is an element of that name.
    pub fn is(&self, name: &str) -> bool {
        self.element().is_some_and(|element| element.name == name)
    }
}

/// Reads one document.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element, XmlError> {
    let broken = |error: &dyn std::fmt::Display| XmlError::Broken(short(&error.to_string()));
    let text = std::str::from_utf8(bytes).map_err(|_| XmlError::Broken("it is not UTF-8".to_owned()))?;
    if !text.chars().all(allowed) {
        return Err(XmlError::Broken("a control character".to_owned()));
    }
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().enable_all_checks(true);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut nodes = 0;
    loop {
        let event = reader.read_event().map_err(|error| broken(&error))?;
        match event {
            Event::Start(start) => {
                nodes += 1;
                if open.len() >= MOST_DEPTH {
                    return Err(XmlError::Deep);
                }
                let mut element = Element::new(start.name().as_ref());
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|error| broken(&error))?;
                    let value = unescape(&attribute.value)?;
                    element.attributes.push((attribute.key.as_ref().to_owned(), value));
                    nodes += 1;
                }
                open.push(element);
            }
            Event::End(_) => {
                let Some(element) = open.pop() else {
                    return Err(XmlError::Broken("a stray end".to_owned()));
                };
                match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Element(element)),
                    None if root.is_none() => root = Some(element),
                    None => return Err(XmlError::Broken("two roots".to_owned())),
                }
            }
            Event::Text(text) => push_text(&mut open, &text.into_inner(), &mut nodes),
            Event::CData(data) => push_text(&mut open, &data.into_inner(), &mut nodes),
            Event::GeneralRef(name) => {
                let text = unescape(&format!("&{};", &*name))?;
                push_text(&mut open, &text, &mut nodes);
            }
            Event::DocType(_) => return Err(XmlError::Entity),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
            Event::Eof => break,
        }
        if nodes > MOST_NODES {
            return Err(XmlError::Large);
        }
    }
    if !open.is_empty() {
        return Err(XmlError::Broken("it ends inside an element".to_owned()));
    }
    root.ok_or_else(|| XmlError::Broken("it is empty".to_owned()))
}

fn unescape(text: &str) -> Result<String, XmlError> {
    let plain = quick_xml::escape::unescape(text).map(Cow::into_owned).map_err(|_| XmlError::Entity)?;
    if plain.chars().all(allowed) {
        Ok(plain)
    } else {
        Err(XmlError::Broken("a control character".to_owned()))
    }
}

/// Whether XML 1.0 allows the character.
pub(crate) fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || !(c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn push_text(open: &mut [Element], text: &str, nodes: &mut usize) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => {
            *nodes += 1;
            parent.children.push(Node::Text(text.to_owned()));
        }
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

/// Writes a document; the same tree gives the same bytes.
pub(crate) fn write(root: &Element) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    write_element(root, &mut out);
    out.into_bytes()
}

fn write_element(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(value, out);
        out.push('"');
    }
    if element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for child in &element.children {
        match child {
            Node::Element(child) => write_element(child, out),
            Node::Text(text) => escape(text, out),
        }
    }
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

/// Text as it may stand between tags and inside quotes.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a x=\"1 &lt; 2\"><b/>甲 &amp; 乙<c>&gt;</c></a>";
        let tree = parse(text.as_bytes()).expect("it is XML");
        assert_eq!(tree.attributes, [("x".to_owned(), "1 < 2".to_owned())]);
        assert_eq!(String::from_utf8(write(&tree)).expect("UTF-8"), text);
    }

    #[test]
    fn entities_and_endless_nesting_are_refused() {
        let entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        assert_eq!(parse(entity.as_bytes()), Err(XmlError::Entity));
        assert_eq!(parse(b"<a>&x;</a>"), Err(XmlError::Entity));
        assert_eq!(parse(b"<a b='&x;'/>"), Err(XmlError::Entity));
        assert_eq!(parse("<a>".repeat(100_000).as_bytes()), Err(XmlError::Deep));
        assert_eq!(parse(format!("<a>{}</a>", "<b/>".repeat(400_000)).as_bytes()), Err(XmlError::Large));
        for broken in
            ["", "<a>", "<a></b>", "<a/><b/>", "</a>", "<a b=1/>", "\u{feff}", "<a>\u{1}</a>", "<a>&#1;</a>"]
        {
            assert!(matches!(parse(broken.as_bytes()), Err(XmlError::Broken(_))), "{broken}");
        }
    }
}
