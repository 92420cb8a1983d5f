//! Marks in the text of a template: `{{字段}}`, `{{字段|大写}}`, `{{#列表}}…{{/列表}}`, `{{?字段}}…{{/字段}}`, `{{^字段}}…{{/字段}}`.

use super::fault::FaultKind;
use std::ops::Range;

/// Most marks of one paragraph.
const MOST_TAGS: usize = 500;
/// Longest name of a field.
const MOST_NAME: usize = 40;

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// A value stands here, in capital characters if asked.
    Value { capital: bool },
    /// What follows is repeated for each item.
    Each,
    /// What follows stays where there is a value.
    If,
    /// What follows stays where there is none.
    Unless,
    /// The end of one of the three above.
    End,
}

impl TagKind {
    /// Whether it begins a part.
    pub fn opens(self) -> bool {
        matches!(self, Self::Each | Self::If | Self::Unless)
    }
}

/// A mark with its place in a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub kind: TagKind,
    pub name: String,
    pub range: Range<usize>,
}

/// The marks of a text in their order; on failure what is wrong and the words around it.
pub(crate) fn tags(text: &str) -> Result<Vec<Tag>, (FaultKind, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let inside = start + 2;
        let Some(end) = text[inside..].find("}}").map(|at| inside + at) else {
            return Err((FaultKind::OpenBraces, around(&text[start..])));
        };
        let Some((kind, name)) = read(&text[inside..end]) else {
            return Err((FaultKind::BadMark, around(&text[start..])));
        };
        found.push(Tag { kind, name, range: start..end + 2 });
        if found.len() > MOST_TAGS {
            return Err((FaultKind::Large, String::new()));
        }
        from = end + 2;
    }
    Ok(found)
}

fn around(text: &str) -> String {
    text.chars().take(20).filter(|c| !c.is_control()).collect()
}

fn read(inside: &str) -> Option<(TagKind, String)> {
    let inside = inside.trim();
    // The signs that a Chinese keyboard types are read as what they look like.
    let sign = |signs: [char; 2]| inside.strip_prefix(signs);
    let (kind, name) = if let Some(rest) = sign(['#', '＃']) {
        (TagKind::Each, rest)
    } else if let Some(rest) = sign(['?', '？']) {
        (TagKind::If, rest)
    } else if let Some(rest) = sign(['^', '＾']) {
        (TagKind::Unless, rest)
    } else if let Some(rest) = sign(['/', '／']) {
        (TagKind::End, rest)
    } else {
        match inside.split_once(['|', '｜']) {
            None => (TagKind::Value { capital: false }, inside),
            Some((name, filter)) if filter.trim() == "大写" => (TagKind::Value { capital: true }, name),
            Some(_) => return None,
        }
    };
    let name = name.trim();
    let fits = (1..=MOST_NAME).contains(&name.chars().count())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '·' | '（' | '）'));
    fits.then(|| (kind, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_with_their_places() {
        let text = "甲{{ 名称 }}乙{{#货物}}{{金额｜大写}}{{／货物}}";
        let found = tags(text).expect("marks");
        let kinds: Vec<TagKind> = found.iter().map(|tag| tag.kind).collect();
        let value = |capital| TagKind::Value { capital };
        assert_eq!(kinds, [value(false), TagKind::Each, value(true), TagKind::End]);
        assert_eq!(&text[found[0].range.clone()], "{{ 名称 }}");
        assert_eq!(found[3].name, "货物");
    }

    #[test]
    fn what_is_no_mark_is_told() {
        for text in ["{{名称", "{{}}", "{{a b}}", "{{名称|小写}}", "{{ {{名称}} }}", "{{<w:p>}}"] {
            assert!(tags(text).is_err(), "{text}");
        }
        assert_eq!(tags("{名称} }}").expect("no marks"), []);
    }
}
