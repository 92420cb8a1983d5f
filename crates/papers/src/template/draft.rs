//! The mark of a draft: across every page and in its header, so that nobody takes it for a paper.

use super::DOCUMENT;
use crate::{package::Parts, xml::escape};

const HEADER: &str = "word/header99.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";
const SCHEMAS: &str = "http://schemas.openxmlformats.org";

/// Puts the mark on every page; headers of the template give way to it.
pub(super) fn stamp(parts: &mut Parts, mark: &str) {
    edit(parts, DOCUMENT, |text| {
        let text = without(text, "<w:headerReference", "/>");
        let mut out = String::with_capacity(text.len() + 1000);
        let mut rest = text.as_str();
        while let Some(at) = rest.find("<w:sectPr") {
            let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
            let (before, after) = rest.split_at(end);
            out.push_str(before.trim_end_matches("/>"));
            if before.ends_with("/>") {
                out.push('>');
            }
            for kind in ["default", "even", "first"] {
                out.push_str(&reference(kind));
            }
            if before.ends_with("/>") {
                out.push_str("</w:sectPr>");
            }
            rest = after;
        }
        out + rest
    });
    let relation = format!(
        "<Relationship Id=\"rIdDraft\" Type=\"{SCHEMAS}/officeDocument/2006/relationships/header\" Target=\"header99.xml\"/>"
    );
    edit(parts, RELATIONS, |text| {
        text.replacen("</Relationships>", &format!("{relation}</Relationships>"), 1)
    });
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
    let part = format!("<Override PartName=\"/{HEADER}\" ContentType=\"{kind}\"/>");
    edit(parts, TYPES, |text| text.replacen("</Types>", &format!("{part}</Types>"), 1));
    parts.insert(HEADER.to_owned(), header(mark).into_bytes());
}

fn reference(kind: &str) -> String {
    let namespace = format!("{SCHEMAS}/officeDocument/2006/relationships");
    format!("<w:headerReference xmlns:r=\"{namespace}\" w:type=\"{kind}\" r:id=\"rIdDraft\"/>")
}

fn edit(parts: &mut Parts, name: &str, with: impl FnOnce(&str) -> String) {
    if let Some(part) = parts.get_mut(name)
        && let Ok(text) = std::str::from_utf8(part)
    {
        *part = with(text).into_bytes();
    }
}

/// A text without the pieces from `start` to `end`.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, piece)) = rest.split_once(start) {
        out.push_str(before);
        rest = piece.split_once(end).map_or("", |(_, after)| after);
    }
    out + rest
}

fn header(mark: &str) -> String {
    let mut words = String::new();
    escape(mark, &mut words);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:hdr xmlns:w=\"{SCHEMAS}/wordprocessingml/2006/main\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:pict>\
         <v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" path=\"m@7,l@8,m@5,21600l@6,21600e\">\
         <v:path textpathok=\"t\"/><v:textpath on=\"t\" fitshape=\"t\"/></v:shapetype>\
         <v:shape id=\"DraftMark\" o:spid=\"_x0000_s2049\" type=\"#_x0000_t136\" style=\"position:absolute;margin-left:0;margin-top:0;\
         width:320pt;height:160pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;\
         mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin\" \
         o:allowincell=\"f\" fillcolor=\"silver\" stroked=\"f\"><v:fill opacity=\".5\"/>\
         <v:textpath style=\"font-family:&quot;黑体&quot;;font-size:1pt\" string=\"预览\"/></v:shape></w:pict></w:r>\
         <w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr><w:t xml:space=\"preserve\">预览稿，不得作为文书使用　{words}</w:t></w:r></w:p></w:hdr>"
    )
}
