//! One paragraph: its text across the runs that Word split it into, replaced in place, and split where a value has several lines.

use crate::xml::{Element, Node};
use std::ops::Range;

/// The texts of a paragraph in their order; text boxes inside it are paragraphs of their own.
fn texts<'a>(element: &'a Element, out: &mut Vec<&'a str>) {
    for child in element.elements() {
        match child.name.as_str() {
            "w:t" => out.push(inner(child)),
            "w:p" => {}
            _ => texts(child, out),
        }
    }
}

fn inner(text: &Element) -> &str {
    match text.children.first() {
        Some(Node::Text(text)) => text,
        _ => "",
    }
}

/// The text of a paragraph as a reader sees it.
pub(crate) fn text(paragraph: &Element) -> String {
    let mut parts = Vec::new();
    texts(paragraph, &mut parts);
    parts.concat()
}

/// Replaces ranges of the paragraph's text, sorted and apart from each other. A new text takes the look of where its range began.
pub(crate) fn replace(paragraph: &mut Element, edits: &[(Range<usize>, String)]) {
    let mut at = 0;
    let mut next = 0;
    rewrite(paragraph, &mut |old: &str| {
        let (start, end) = (at, at + old.len());
        at = end;
        let mut new = String::new();
        let mut from = start;
        while let Some((range, with)) = edits.get(next) {
            if range.start >= end {
                break;
            }
            if range.start >= start {
                new.push_str(&old[from - start..range.start - start]);
                new.push_str(with);
            }
            if range.end > end {
                // The rest of this range lies in the texts behind.
                return new;
            }
            from = range.end;
            next += 1;
        }
        new.push_str(&old[from - start..]);
        new
    });
}

fn rewrite(element: &mut Element, with: &mut impl FnMut(&str) -> String) {
    for child in &mut element.children {
        let Node::Element(child) = child else { continue };
        match child.name.as_str() {
            "w:t" => {
                let new = with(inner(child));
                child.children = vec![Node::Text(new)];
            }
            "w:p" => {}
            _ => rewrite(child, with),
        }
    }
}

/// One paragraph for each line of its text; properties are the same for all.
pub(crate) fn lines(paragraph: Element) -> Vec<Element> {
    if !text(&paragraph).contains('\n') {
        return vec![paragraph];
    }
    let Element { name, attributes, children, place } = paragraph;
    let (properties, content): (Vec<Node>, Vec<Node>) =
        children.into_iter().partition(|node| node.is("w:pPr"));
    let mut rows: Vec<Vec<Node>> = vec![Vec::new()];
    for node in content {
        match node {
            Node::Element(run) if run.name == "w:r" => split_run(run, &mut rows),
            Node::Element(mut other) => {
                // Inside a link a line cannot end; a blank stands for it.
                rewrite(&mut other, &mut |old| old.replace('\n', " "));
                push(&mut rows, Node::Element(other));
            }
            Node::Text(_) => {}
        }
    }
    let last = rows.len() - 1;
    let paragraph = |(at, content): (usize, Vec<Node>)| {
        let mut properties = properties.clone();
        if at < last {
            for node in &mut properties {
                if let Node::Element(properties) = node {
                    properties.children.retain(|child| !child.is("w:sectPr"));
                }
            }
        }
        let children = properties.into_iter().chain(content).collect();
        Element { name: name.clone(), attributes: attributes.clone(), children, place }
    };
    rows.into_iter().enumerate().map(paragraph).collect()
}

fn push(rows: &mut [Vec<Node>], node: Node) {
    if let Some(row) = rows.last_mut() {
        row.push(node);
    }
}

fn split_run(run: Element, rows: &mut Vec<Vec<Node>>) {
    let Element { name, attributes, children, place } = run;
    let (look, content): (Vec<Node>, Vec<Node>) = children.into_iter().partition(|node| node.is("w:rPr"));
    let made = |content: Vec<Node>| {
        let children = look.iter().cloned().chain(content).collect();
        Node::Element(Element { name: name.clone(), attributes: attributes.clone(), children, place })
    };
    let mut row = Vec::new();
    for node in content {
        let Node::Element(element) = node else { continue };
        if element.name != "w:t" || !inner(&element).contains('\n') {
            row.push(Node::Element(element));
            continue;
        }
        for (at, line) in inner(&element).split('\n').enumerate() {
            if at > 0 {
                push(rows, made(std::mem::take(&mut row)));
                rows.push(Vec::new());
            }
            row.push(Node::Element(Element {
                children: vec![Node::Text(line.to_owned())],
                ..element.clone()
            }));
        }
    }
    push(rows, made(row));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::parse;

    fn paragraph(inside: &str) -> Element {
        parse(format!("<w:p><w:pPr><w:x/></w:pPr>{inside}</w:p>").as_bytes()).expect("XML")
    }

    #[test]
    fn a_range_over_several_runs_is_replaced_once() {
        let mut one =
            paragraph("<w:r><w:t>甲{</w:t></w:r><w:r><w:t>{名</w:t></w:r><w:r><w:t>}}乙{{丙}}</w:t></w:r>");
        let all = text(&one);
        let cut =
            |from: &str, to: &str| all.find(from).expect("there")..all.find(to).expect("there") + to.len();
        let edits = [(cut("{{名", "名}}"), "张".to_owned()), (cut("{{丙", "丙}}"), String::new())];
        replace(&mut one, &edits);
        assert_eq!(text(&one), "甲张乙");
        let mut parts = Vec::new();
        texts(&one, &mut parts);
        assert_eq!(parts, ["甲张", "", "乙"]);
    }

    #[test]
    fn lines_become_paragraphs_of_the_same_look() {
        let one = paragraph("<w:r><w:rPr/><w:t>一\n二</w:t><w:tab/></w:r><w:r><w:t>\n三</w:t></w:r>");
        let all = lines(one);
        assert_eq!(all.iter().map(text).collect::<Vec<_>>(), ["一", "二", "三"]);
        assert!(all.iter().all(|paragraph| paragraph.child("w:pPr").is_some()));
    }
}
