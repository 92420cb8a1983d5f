//! The parts of a document that are the same for every paper: page, styles, fonts by name, page numbers.
//!
//! A4 with margins of 37, 26, 35 and 28 mm leaves 156 × 225 mm: 22 lines of 28 characters at 16 points.

use super::Look;
use std::fmt::Write as _;

pub(crate) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(crate) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(crate) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Width of the text in twentieths of a point: 156 mm.
pub(crate) const WIDTH: u32 = 8845;

/// Page, margins, page numbers and the grid of lines. The 28 characters of a line come from a spacing of -0.25 points in the body's styles:
/// programs differ in how they read a grid of characters.
pub(crate) const SECTION: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
    <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/>\
    <w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>";

/// A style: its id, Chinese name, font, size in half points, and the properties of its paragraphs.
struct Style {
    look: Look,
    id: &'static str,
    name: &'static str,
    font: &'static str,
    size: u32,
    paragraph: &'static str,
}

const BODY: &str = "仿宋_GB2312";
const LINE: &str = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/>";
const TITLE_LINE: &str = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"700\" w:lineRule=\"exact\"/>";

const STYLES: &[Style] = &[
    style(Look::Authority, "Authority", "机关名称", "方正小标宋简体", 44, "<w:jc w:val=\"center\"/>"),
    style(Look::Title, "PaperTitle", "文书标题", "方正小标宋简体", 44, "<w:jc w:val=\"center\"/>"),
    style(Look::Number, "PaperNumber", "文号", BODY, 32, "<w:jc w:val=\"right\"/>"),
    style(
        Look::Text,
        "PaperText",
        "文书正文",
        BODY,
        32,
        "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>",
    ),
    style(Look::Plain, "PaperPlain", "顶格正文", BODY, 32, "<w:jc w:val=\"both\"/>"),
    style(
        Look::Heading,
        "PaperHeading",
        "一级标题",
        "黑体",
        32,
        "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>",
    ),
    style(
        Look::SubHeading,
        "PaperSubHeading",
        "二级标题",
        "楷体_GB2312",
        32,
        "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>",
    ),
    style(
        Look::Signature,
        "PaperSignature",
        "落款",
        BODY,
        32,
        "<w:ind w:rightChars=\"400\" w:right=\"1280\"/><w:jc w:val=\"right\"/>",
    ),
    style(Look::Right, "PaperRight", "右对齐", BODY, 32, "<w:jc w:val=\"right\"/>"),
    style(Look::Centre, "PaperCentre", "居中", BODY, 32, "<w:jc w:val=\"center\"/>"),
    style(Look::Label, "PaperLabel", "表格栏目", "黑体", 24, "<w:jc w:val=\"center\"/>"),
    style(Look::Cell, "PaperCell", "表格文字", BODY, 24, "<w:jc w:val=\"left\"/>"),
    style(Look::CellRight, "PaperCellRight", "表格右对齐", BODY, 24, "<w:jc w:val=\"right\"/>"),
];

const fn style(
    look: Look,
    id: &'static str,
    name: &'static str,
    font: &'static str,
    size: u32,
    paragraph: &'static str,
) -> Style {
    Style { look, id, name, font, size, paragraph }
}

/// The id of a look's style.
pub(crate) fn style_of(look: Look) -> &'static str {
    STYLES.iter().find(|style| style.look == look).map_or("PaperText", |style| style.id)
}

fn fonts(name: &str) -> String {
    format!("<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\" w:eastAsia=\"{name}\" w:cs=\"{name}\"/>")
}

/// The part `word/styles.xml`.
pub(crate) fn styles() -> String {
    let mut out = format!(
        "{HEAD}<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>\
         <w:lang w:val=\"zh-CN\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:rPr>{}<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/></w:rPr></w:style>",
        fonts(BODY),
        fonts(BODY),
    );
    for Style { look, id, name, font, size, paragraph } in STYLES {
        let line = match look {
            Look::Authority | Look::Title => TITLE_LINE,
            // Rows of tables are closer than the lines of the page.
            Look::Label | Look::Cell | Look::CellRight => {
                "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"360\" w:lineRule=\"exact\"/>"
            }
            _ => LINE,
        };
        let closer = if *size == 32 { "<w:spacing w:val=\"-5\"/>" } else { "" };
        let keep = if matches!(look, Look::Heading | Look::SubHeading) { "<w:keepNext/>" } else { "" };
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{keep}<w:widowControl w:val=\"0\"/>{line}{paragraph}</w:pPr><w:rPr>{}{closer}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            fonts(font),
        );
    }
    out.push_str(
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Paper\"><w:name w:val=\"文书表格\"/><w:tblPr><w:tblBorders>",
    );
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>");
    }
    out.push_str(
        "</w:tblBorders><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar>\
         </w:tblPr></w:style></w:styles>",
    );
    out
}

/// The parts that never change, by name.
pub(crate) const FIXED: &[(&str, &str)] = &[
    ("[Content_Types].xml", include_str!("content_types.xml")),
    ("_rels/.rels", include_str!("package.rels.xml")),
    ("word/_rels/document.xml.rels", include_str!("document.rels.xml")),
    ("word/settings.xml", include_str!("settings.xml")),
    ("word/fontTable.xml", include_str!("fonts.xml")),
    ("word/footer1.xml", include_str!("footer_odd.xml")),
    ("word/footer2.xml", include_str!("footer_even.xml")),
];
