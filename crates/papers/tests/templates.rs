//! A template as a bureau may have edited it: split runs, repeated rows, optional parts; what is wrong is told with its place.

mod support;

use mingcha_model::{Date, Fen};
use mingcha_papers::template::{Fault, FaultKind, Filled, Template, Values};
use support::{document, paragraphs, part, zipped};

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| format!("<w:tc>{}</w:tc>", p(text));
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

fn text(text: &str) -> Filled {
    Filled::Text(text.to_owned())
}

fn item(pairs: &[(&str, Filled)]) -> Values {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn values() -> Values {
    let goods = |name: &str, count| item(&[("名称", text(name)), ("数量", Filled::Count(count))]);
    item(&[
        ("当事人", text("某医院")),
        ("金额", Filled::Money(Fen(100_005))),
        ("日期", Filled::Date(Date::new(2026, 3, 5).expect("a day"))),
        ("电话", Filled::Blank),
        ("必填", Filled::Missing),
        ("货物", Filled::List(vec![goods("病历", 3), goods("台账", 2)])),
        ("空表", Filled::List(Vec::new())),
        ("事实", text("第一段。\r\n\n第二段。")),
    ])
}

fn filled(body: &str) -> Vec<String> {
    let template = Template::read("t.docx", &document(body)).expect("a template");
    paragraphs(&template.fill(&values()).unwrap_or_else(|faults| panic!("{body}: {faults}")))
}

fn faults(body: &str) -> Vec<Fault> {
    match Template::read("t.docx", &document(body)) {
        Ok(template) => template.fill(&values()).err().map(|faults| faults.0).unwrap_or_default(),
        Err(faults) => faults.0,
    }
}

#[test]
fn a_mark_is_found_however_word_split_it() {
    let body = "<w:p><w:r><w:t>由{</w:t></w:r><w:proofErr w:type=\"x\"/><w:r><w:rPr><w:b/></w:rPr><w:t>{当</w:t></w:r>\
        <w:bookmarkStart w:id=\"1\" w:name=\"a\"/><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>事人}</w:t></w:r></w:sdtContent></w:sdt>\
        <w:r><w:t>}负责，共{{金额</w:t></w:r><w:r><w:t>｜大写}}。</w:t></w:r></w:p>";
    assert_eq!(filled(body), ["由某医院负责，共壹仟元零伍分。"]);
}

#[test]
fn values_print_as_their_types_say() {
    let body = p("{{金额}}元，{{日期}}，{{日期|大写}}，{{电话}}");
    assert_eq!(filled(&body), ["1000.05元，2026年3月5日，二〇二六年三月五日，"]);
    assert_eq!(filled(&p("一、{{事实}}完")), ["一、第一段。", "第二段。完"]);
}

#[test]
fn rows_are_repeated_and_know_their_items() {
    let body = table(&[&["名称", "数量"], &["{{#货物}}{{名称}}（{{当事人}}）", "{{数量}}{{/货物}}"]]);
    assert_eq!(filled(&body), ["名称", "数量", "病历（某医院）", "3", "台账（某医院）", "2"]);
    let two = table(&[&["{{#货物}}{{名称}}"], &["{{数量}}{{/货物}}"], &["完"]]);
    assert_eq!(filled(&two), ["病历", "3", "台账", "2", "完"]);
    let cell = table(&[&[
        "品名：{{#空表}}x{{/空表}}{{?货物}}有{{/货物}}".split('：').next().unwrap_or(""),
        "{{#货物}}{{名称}}{{/货物}}",
    ]]);
    assert_eq!(filled(&cell), ["品名", "病历", "台账"], "inside one cell paragraphs are repeated");
    let gone = table(&[&["{{#空表}}{{名称}}", "x{{/空表}}"]]);
    assert_eq!(filled(&format!("{gone}{}", p("后"))), ["后"], "a table without rows goes");
}

#[test]
fn optional_parts_stay_or_go() {
    let body = [
        p("{{?当事人}}"),
        p("当事人：{{当事人}}{{?电话}}，电话{{电话}}{{/电话}}{{^电话}}，无电话{{/电话}}"),
        p("{{/当事人}}"),
        p("{{?电话}}电话：{{电话}}{{/电话}}"),
        p("{{?货物}}共{{?空表}}{{必填}}{{/空表}}几件{{/货物}}"),
        table(&[&["{{?电话}}电话", "{{电话}}{{/电话}}"], &["末", "行"]]),
    ];
    assert_eq!(filled(&body.concat()), ["当事人：某医院，无电话", "共几件", "末", "行"]);
}

#[test]
fn every_fault_is_told_with_field_template_and_place() {
    let told = |body: &str| faults(body).iter().map(ToString::to_string).collect::<Vec<_>>();
    let body = [p("甲"), p("{{必填}}和{{无此}}"), table(&[&["甲", "乙"], &["丙", "{{当事人名}}"]])].concat();
    assert_eq!(
        told(&body),
        [
            "template `t.docx`, paragraph 2, `必填`: missing value: enter it in the record first",
            "template `t.docx`, paragraph 2, `无此`: unknown field: the paper's page lists its fields",
            "template `t.docx`, table 1, row 2, cell 2, `当事人名`: unknown field: the paper's page lists its fields",
        ]
    );
    assert_eq!(
        faults(&body)[2].chinese(),
        "模板“t.docx”第1个表格第2行第2格“当事人名”：本文书没有这个字段。对照文书说明改用已有字段。"
    );
    let kind = |body: &str| faults(body).into_iter().map(|fault| fault.kind).collect::<Vec<_>>();
    for (body, expected) in [
        (p("{{当事人"), FaultKind::OpenBraces),
        (p("{{当事 人}}"), FaultKind::BadMark),
        (p("{{货物}}"), FaultKind::List),
        (p("{{#当事人}}x{{/当事人}}"), FaultKind::List),
        (p("共{{#货物}}x{{/货物}}"), FaultKind::List),
        (p("{{当事人|大写}}"), FaultKind::Capital),
        ([p("{{?当事人}}"), p("x")].concat(), FaultKind::Unclosed),
        ([p("x"), p("{{/当事人}}")].concat(), FaultKind::Unopened),
        (p("{{?当事人}}{{?金额}}{{/当事人}}{{/金额}}"), FaultKind::Unopened),
        ([p("{{?当事人}}"), table(&[&["{{/当事人}}"]])].concat(), FaultKind::Unclosed),
        (table(&[&["{{#货物}}{{名称}}", "{{#货物}}{{/货物}}{{/货物}}"]]), FaultKind::List),
    ] {
        assert!(kind(&body).contains(&expected), "{body}: {:?}", kind(&body));
    }
    let section =
        [p("{{?电话}}"), "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>".to_owned(), p("{{/电话}}")].concat();
    assert_eq!(kind(&section), [FaultKind::Section]);
    let deep = "{{?当事人}}".repeat(40) + &"{{/当事人}}".repeat(40);
    assert!(kind(&p(&deep)).is_empty() || kind(&p(&deep)) == [FaultKind::Large]);
}

#[test]
fn no_value_becomes_markup() {
    let template = Template::read("t.docx", &document(&p("{{当事人}}"))).expect("a template");
    let mut values = values();
    for hostile in ["</w:t></w:r><w:r><w:object/>", "&x;", "{{必填}}", "<!--", "]]>", "a\"'b"] {
        values.insert("当事人".to_owned(), text(hostile));
        let bytes = template.fill(&values).expect("filled");
        let back = Template::read("filled.docx", &bytes).expect("still a document");
        assert_eq!(part(&bytes, "word/document.xml").matches("<w:r>").count(), 1, "{hostile}");
        if !hostile.contains("{{") {
            assert!(back.fill(&Values::new()).is_ok());
        }
    }
    for hidden in ["a\u{0}b", "a\u{8}", "a\u{202e}b", "a\u{feff}", "a\u{ffff}", "a\u{7f}", "a\u{85}b"] {
        values.insert("当事人".to_owned(), text(hidden));
        let faults = template.fill(&values).expect_err("refused");
        assert_eq!(faults.0[0].kind, FaultKind::Control, "{hidden:?}");
        assert!(!faults.to_string().contains(hidden), "an error does not carry the value");
    }
    values.insert("当事人".to_owned(), text(&"长".repeat(20_001)));
    assert_eq!(template.fill(&values).expect_err("refused").0[0].kind, FaultKind::Large);
}

#[test]
fn what_could_run_load_or_change_later_is_refused() {
    let field = |name: &str| {
        let (first, rest) = name.split_at(2);
        format!(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> {first}</w:instrText></w:r>\
             <w:r><w:instrText>{rest} x</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        )
    };
    for body in [
        "<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>".to_owned(),
        "<w:p><w:pPr><w:pPrChange/></w:pPr></w:p>".to_owned(),
        "<w:altChunk/>".to_owned(),
        "<w:p><w:r><w:object/></w:r></w:p>".to_owned(),
        "<w:p><w:fldSimple w:instr=\"DATE\"/></w:p>".to_owned(),
        "<v:p xmlns:v=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>".to_owned(),
        field("INCLUDETEXT"),
        field("DDEAUTO"),
        field("DATE"),
    ] {
        let found = faults(&body);
        assert!(matches!(found.as_slice(), [Fault { kind: FaultKind::Refused(_), .. }]), "{body}: {found:?}");
    }
    assert!(faults(&field("PAGE")).is_empty());
    let link = b"<Relationships><Relationship TargetMode=\"External\" Target=\"http://x\"/></Relationships>";
    let plain = part(&document(&p("x")), "word/document.xml");
    for (name, bytes) in [
        ("word/_rels/document.xml.rels", link.as_slice()),
        ("word/settings.xml", b"<w:settings><w:mailMerge/></w:settings>"),
        ("[Content_Types].xml", b"<Types><Default ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>"),
        ("word/styles.xml", b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"),
        ("word/vbaProject.bin", b""),
    ] {
        let mut parts = vec![("word/document.xml", plain.as_bytes()), (name, bytes)];
        if name != "[Content_Types].xml" {
            parts.push(("[Content_Types].xml", b"<Types/>"));
        }
        assert!(Template::read("t.docx", &zipped(&parts)).is_err(), "{name}");
    }
}

#[test]
fn what_a_document_tells_of_its_author_does_not_go_out() {
    let plain = part(&document(&p("x")), "word/document.xml");
    let parts: &[(&str, &[u8])] = &[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", plain.as_bytes()),
        ("docProps/core.xml", "<cp><creator>某人</creator></cp>".as_bytes()),
        ("docProps/app.xml", "<p><Company>某单位</Company></p>".as_bytes()),
    ];
    let bytes = Template::read("t.docx", &zipped(parts)).expect("read").fill(&Values::new()).expect("filled");
    assert!(
        !part(&bytes, "docProps/core.xml").contains("某人")
            && !part(&bytes, "docProps/app.xml").contains("某单位")
    );
}

#[test]
fn a_hostile_template_meets_limits() {
    // A list inside lists would multiply; many marks over a long value would fill memory.
    let many = p(&"{{事实}}".repeat(501));
    assert_eq!(faults(&many)[0].kind, FaultKind::Large);
    let unclosed: String = (0..5_000).map(|_| p("{{#货物}}")).collect();
    assert!(faults(&unclosed).len() <= 100);
    let template =
        Template::read("t.docx", &document(&p(&"{{当事人}}".repeat(400)).repeat(200))).expect("read");
    let mut values = values();
    values.insert("当事人".to_owned(), text(&"长".repeat(20_000)));
    let found = template.fill(&values).expect_err("too much");
    assert!(found.0.iter().all(|fault| fault.kind == FaultKind::Large));
}
