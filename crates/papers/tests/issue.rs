//! Papers made from a record: complete, frozen, the same each time; whatever the record holds, bytes or named faults come out.

mod support;

use mingcha_model::{Date, Fen};
use mingcha_papers::{
    Digest, Frozen, IssueError, Number, Papers, Record, Value,
    field::FieldType,
    template::{FaultKind, Template},
};
use proptest::prelude::*;
use std::{borrow::Cow, collections::BTreeSet, fs, path::Path, sync::LazyLock};
use support::{issued, number, papers, paragraphs};

static PAPERS: LazyLock<Papers> = LazyLock::new(papers);

/// What law and practice name; a paper may be added, none of these may go.
const NAMED: &[&str] = &[
    "涉嫌犯罪案件移送书",
    "案件调查报告",
    "移送书（回执）",
    "涉案物品清单",
    "证据清单",
    "立案审批表",
    "责令改正通知书",
    "协助调查函",
    "现场笔录",
    "询问笔录",
    "证据先行登记保存通知书",
    "先行登记保存清单",
    "封存决定书",
    "调查终结报告",
    "法制审核意见书",
    "行政处罚事先告知书",
    "听证通知书",
    "听证笔录",
    "听证意见书",
    "集体讨论记录",
    "行政处罚决定书",
    "不予行政处罚决定书",
    "送达回证",
    "催告书",
    "结案报告",
];

#[test]
fn all_papers_of_a_case_are_there() {
    let titles: BTreeSet<&str> = PAPERS.papers.values().map(|paper| paper.title.as_str()).collect();
    assert_eq!(titles, NAMED.iter().copied().collect());
    assert_eq!(PAPERS.papers["transfer-letter"].series.as_deref(), Some("医保案移字"));
    let mut series: Vec<&String> = PAPERS.papers.values().filter_map(|paper| paper.series.as_ref()).collect();
    series.sort();
    assert!(series.windows(2).all(|pair| pair[0] != pair[1]), "a series belongs to one paper");
}

#[test]
fn papers_name_acts_that_the_machines_have() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../procedures/machines");
    for (id, paper) in &PAPERS.papers {
        assert!(!paper.acts.is_empty(), "{id}");
        for act in &paper.acts {
            let (machine, act) = act.split_once('.').expect("machine.act");
            let text = fs::read_to_string(folder.join(format!("{machine}.toml"))).expect("a machine");
            assert!(text.contains(&format!("[[act]]\nid = \"{act}\"\n")), "{id}: no act {machine}.{act}");
        }
    }
}

#[test]
fn the_same_record_gives_the_same_bytes_and_the_frozen_value_proves_them() {
    let record = PAPERS.sample();
    for id in PAPERS.papers.keys() {
        let one = issued(&PAPERS, id, &record);
        assert_eq!(one, issued(&PAPERS, id, &record), "{id}");
        assert!(one.frozen.proves(&one.bytes));
        let mut altered = one.bytes.clone();
        *altered.last_mut().expect("bytes") ^= 1;
        assert!(!one.frozen.proves(&altered));
        let json = serde_json::to_string(&one.frozen).expect("JSON");
        assert_eq!(serde_json::from_str::<Frozen>(&json).expect("back"), one.frozen);
        assert_eq!(
            one.frozen.template,
            Digest::of(&mingcha_papers::papers::embedded_files()[&format!("papers/templates/{id}.docx")])
        );
    }
    let before = issued(&PAPERS, "closing-report", &record).frozen;
    let mut changed = record;
    changed.set("closing.result", Value::Text("其他".into()));
    let after = issued(&PAPERS, "closing-report", &changed).frozen;
    assert!(
        before.record != after.record && before.bytes != after.bytes && before.template == after.template
    );
}

#[test]
fn each_required_field_that_is_missing_is_named() {
    for (id, paper) in &PAPERS.papers {
        for (field, required) in paper.fields(&PAPERS.fields) {
            let mut record = PAPERS.sample();
            let (group, name) = field.from.split_once('.').unwrap_or(("", &field.from));
            match record.0.get_mut(group) {
                Some(Value::Group(group)) => drop(group.0.remove(name)),
                _ => drop(record.0.remove(name)),
            }
            let made = PAPERS.issue(id, &record, number(paper).as_ref());
            match (required, made) {
                (false, made) => assert!(made.is_ok(), "{id}: {} may be empty: {made:?}", field.label),
                (true, Err(IssueError::Faults(faults))) => {
                    let named = |fault: &mingcha_papers::template::Fault| {
                        fault.field == field.label
                            && fault.kind == FaultKind::Missing
                            && fault.template == format!("{id}.docx")
                            && fault.place != mingcha_papers::template::Place::default()
                    };
                    assert!(faults.0.iter().any(named), "{id}, {}: {faults}", field.label);
                }
                (true, other) => panic!("{id}, {}: {other:?}", field.label),
            }
        }
    }
}

#[test]
fn a_value_of_another_type_and_an_incomplete_item_are_named() {
    let mut record = PAPERS.sample();
    record.set("decision.fine", Value::Text("二十五万".into()));
    let error =
        PAPERS.issue("penalty-decision", &record, number(&PAPERS.papers["penalty-decision"]).as_ref());
    let Err(IssueError::Faults(faults)) = error else { panic!("{error:?}") };
    assert!(
        faults.0.iter().any(|fault| fault.field == "罚款金额" && fault.kind == FaultKind::Type),
        "{faults}"
    );
    let mut record = PAPERS.sample();
    record.set("goods", Value::List(vec![Record::default()]));
    let error = PAPERS.issue("goods-list", &record, None);
    let Err(IssueError::Faults(faults)) = error else { panic!("{error:?}") };
    assert_eq!(
        faults.0[0].to_string(),
        "template `goods-list.docx`, table 1, row 2, cell 2, `名称`: missing value: enter it in the record first"
    );
}

#[test]
fn numbers_belong_to_their_series() {
    let record = PAPERS.sample();
    let give = |number: Option<&Number>| PAPERS.issue("transfer-letter", &record, number);
    assert!(matches!(give(None), Err(IssueError::NoNumber { .. })));
    let right = number(&PAPERS.papers["transfer-letter"]).expect("a number");
    assert!(give(Some(&right)).is_ok());
    for wrong in [
        Number { series: "医保罚字".into(), ..right.clone() },
        Number { serial: 0, ..right.clone() },
        Number { year: 26, ..right.clone() },
    ] {
        assert!(matches!(give(Some(&wrong)), Err(IssueError::WrongNumber { .. })), "{wrong}");
    }
    assert!(matches!(PAPERS.issue("goods-list", &record, Some(&right)), Err(IssueError::WrongNumber { .. })));
    assert_eq!(PAPERS.issue("nothing", &record, None), Err(IssueError::NoPaper("nothing".into())));
}

#[test]
fn an_informant_has_no_field() {
    for field in PAPERS.fields.values() {
        let lists = field.columns.iter().map(|column| &column.label);
        assert!(lists.chain([&field.label]).all(|label| !label.contains("举报人")), "{}", field.label);
    }
}

#[test]
fn a_person_as_party_has_other_lines_than_a_unit() {
    let mut record = PAPERS.sample();
    let unit = paragraphs(&issued(&PAPERS, "investigation-report", &record).bytes).join("\n");
    assert!(unit.contains("组织机构代码") && !unit.contains("民族"));
    let Some(Value::Group(party)) = record.0.get_mut("party") else { panic!("a party") };
    party.0.remove("code");
    let person = paragraphs(&issued(&PAPERS, "investigation-report", &record).bytes).join("\n");
    assert!(
        !person.contains("组织机构代码") && person.contains("姓名：某某医院　性别：男　年龄：45　民族：汉族")
    );
}

#[test]
fn a_sites_folder_replaces_a_template_and_its_faults_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let templates = folder.path().join("papers/templates");
    fs::create_dir_all(&templates).expect("made");
    let own = mingcha_papers::layout::template("= 移送书（回执）\n{{公安机关}}收到{{移送书文号}}{{案件名称}}{{案卷册数}}{{案卷页数}}，致{{机关名称}}").expect("a layout");
    fs::write(templates.join("transfer-receipt.docx"), &own).expect("written");
    let (papers, faults) = Papers::load(folder.path());
    assert!(faults.is_empty(), "{faults:?}");
    let made = issued(&papers, "transfer-receipt", &papers.sample());
    assert!(paragraphs(&made.bytes)[1].starts_with("某某市公安局收到医保案移字〔2026〕1号"));
    assert_eq!(made.frozen.template, Digest::of(&own));
    let wrong =
        mingcha_papers::layout::template("= 移送书（回执）\n{{公安机关}}{{收件人姓名}}").expect("a layout");
    fs::write(templates.join("transfer-receipt.docx"), wrong).expect("written");
    fs::write(templates.join("closing-report.doc"), "x").expect("written");
    let (papers, faults) = Papers::load(folder.path());
    assert!(!papers.templates.contains_key("transfer-receipt"));
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told.iter().filter(|fault| fault.contains("收件人姓名`")).count(),
        1,
        "each fault once: {told:?}"
    );
    assert!(
        told.iter().any(|fault| fault.starts_with(
            "error: papers/templates/transfer-receipt.docx `收件人姓名`: paragraph 2: unknown field"
        )),
        "{told:?}"
    );
    assert!(
        told.iter().any(
            |fault| fault.contains("`移送书文号`") && fault.contains("does not show this required field")
        )
    );
    assert!(told.iter().any(|fault| fault.starts_with("warning: papers/templates/closing-report.doc")));
}

#[test]
fn definitions_that_make_no_sense_are_told_with_their_file() {
    let told = |path: &str, text: &str| {
        let mut files = mingcha_papers::papers::embedded_files();
        files.insert(path.to_owned(), Cow::Owned(text.as_bytes().to_vec()));
        let (_, faults) = Papers::from_files(&files);
        faults
            .iter()
            .filter(|fault| fault.file == path)
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let paper = "id = \"own\"\ntitle = \"自\"\nacts = []\nbasis = [\"x\"]\nrequired = [\"当事人名称\", \"无此字段\"]\noptional = [\"当事人名称\"]\nlayout = \"\"\n";
    let found = told("papers/own.toml", paper);
    assert!(
        found.contains("`无此字段` is not in fields.toml") && found.contains("`当事人名称` is named twice"),
        "{found}"
    );
    assert!(told("papers/own.toml", "id = 3").starts_with("error: papers/own.toml:1"));
    assert!(told("papers/other.toml", paper).contains("is not the file's name"));
    let fields = "field = [\n{ label = \"甲\", type = \"date\", from = \"a\", example = \"x\" },\n{ label = \"文号\", type = \"list\", from = \"b\" },\n]";
    let found = told("papers/fields.toml", fields);
    assert!(
        found.contains("fields.toml:2: `甲`: the example does not read")
            && found.contains("fields.toml:3: `文号` is given"),
        "{found}"
    );
    let ledger = "id = \"own\"\ntitle = \"x\"\nkind = \"ledger\"\nbasis = []\ncolumns = [{ label = \"a\", type = \"share\", from = \"b\" }]";
    assert!(told("ledgers/own.toml", ledger).contains("the column `a`"));
}

#[test]
fn shipped_templates_are_what_their_layouts_make() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../procedures/papers/templates");
    for (id, paper) in &PAPERS.papers {
        let bytes = mingcha_papers::layout::template(&paper.layout).expect("a layout");
        let have = fs::read(folder.join(format!("{id}.docx"))).ok();
        assert!(have.as_deref() == Some(&bytes), "{id}.docx is stale: see examples/generate.rs");
    }
    assert_eq!(
        fs::read_dir(folder).expect("a folder").count(),
        PAPERS.papers.len(),
        "a template without a paper"
    );
}

#[test]
fn the_page_in_docs_shows_every_paper_and_field_and_is_fresh() {
    let page = mingcha_papers::docs::papers_md(&PAPERS);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/papers.md");
    assert_eq!(
        fs::read_to_string(file).ok().as_deref(),
        Some(page.as_str()),
        "stale: see examples/generate.rs"
    );
    for paper in PAPERS.papers.values() {
        let own = page
            .split(&format!("\n### {}\n", paper.title))
            .nth(1)
            .expect("a part")
            .split("\n##")
            .next()
            .expect("text");
        for (field, _) in paper.fields(&PAPERS.fields) {
            assert!(
                own.contains(&format!("| {} | {} |", field.label, field.kind.title())),
                "{}",
                field.label
            );
        }
    }
    for block in page.split("\n\n").filter(|block| block.starts_with('|')) {
        let cells: Vec<usize> =
            block.lines().map(|line| line.matches('|').count() - line.matches("\\|").count()).collect();
        assert!(cells.iter().all(|count| *count == cells[0]), "{block}");
    }
}

#[test]
fn every_field_is_used_by_a_paper() {
    let used: BTreeSet<&String> =
        PAPERS.papers.values().flat_map(|paper| paper.required.iter().chain(&paper.optional)).collect();
    for label in PAPERS.fields.keys() {
        assert!(used.contains(label), "{label}");
    }
}

fn any_value(kind: FieldType) -> BoxedStrategy<Value> {
    match kind {
        FieldType::Text => "[^\u{0}]{0,60}".prop_map(Value::Text).boxed(),
        FieldType::Date => (-10_000..40_000).prop_map(|day| Value::Date(Date(day))).boxed(),
        FieldType::Time => (0..4_000_000_000_i64).prop_map(|at| Value::Time(mingcha_model::Time(at))).boxed(),
        FieldType::Money => any::<i64>().prop_map(|fen| Value::Money(Fen(fen))).boxed(),
        FieldType::Count => any::<i64>().prop_map(Value::Count).boxed(),
        FieldType::List => Just(Value::List(Vec::new())).boxed(),
    }
}

/// A record in which some values are random, some are gone, and lists are long.
fn any_record() -> impl Strategy<Value = Record> {
    let fields: Vec<_> = PAPERS.fields.values().cloned().collect();
    let count = fields.len();
    let kinds: Vec<_> = fields.iter().map(|field| any_value(field.kind)).collect();
    (kinds, proptest::collection::vec(0..10_u8, count), 0..5_usize).prop_map(
        move |(values, choices, times)| {
            let mut record = PAPERS.sample();
            for ((field, value), choice) in fields.iter().zip(values).zip(choices) {
                match (choice, field.example_value()) {
                    (0, _) => record.set(&field.from, value),
                    (1..3, Some(Value::List(items))) => {
                        record.set(&field.from, Value::List(vec![items; times].concat()));
                    }
                    _ => {}
                }
            }
            record
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_record_gives_a_whole_document_or_named_faults(record in any_record()) {
        for (id, paper) in &PAPERS.papers {
            match PAPERS.issue(id, &record, number(paper).as_ref()) {
                Ok(made) => {
                    prop_assert!(made.frozen.proves(&made.bytes));
                    prop_assert!(Template::read("made.docx", &made.bytes).is_ok());
                }
                Err(IssueError::Faults(faults)) => {
                    prop_assert!(!faults.0.is_empty());
                    for fault in faults.0 {
                        prop_assert!(!fault.field.is_empty(), "{}", fault);
                        prop_assert_eq!(fault.template, format!("{}.docx", id));
                    }
                }
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }

    #[test]
    fn a_damaged_definition_ends_in_faults_or_in_values(
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        put in "[\\[\\]{}\"=a-z0-9,\n|文]{0,12}",
    ) {
        let files = mingcha_papers::papers::embedded_files();
        let texts: Vec<_> = files.iter().filter(|(path, _)| !path.ends_with("docx")).collect();
        let text = std::str::from_utf8(texts[file.index(texts.len())].1).expect("UTF-8");
        let mut chars: Vec<char> = text.chars().collect();
        let from = at.index(chars.len());
        chars.splice(from..(from + put.len()).min(text.chars().count()), put.chars());
        mingcha_papers::fuzz::fuzz_definitions(chars.into_iter().collect::<String>().as_bytes());
    }

    #[test]
    fn a_damaged_template_ends_in_faults_or_in_a_document(
        at in any::<prop::sample::Index>(),
        put in proptest::collection::vec(any::<u8>(), 1..8),
    ) {
        let files = mingcha_papers::papers::embedded_files();
        let mut bytes = files["papers/templates/transfer-letter.docx"].to_vec();
        let from = at.index(bytes.len());
        bytes.splice(from..(from + put.len()).min(files["papers/templates/transfer-letter.docx"].len()), put);
        mingcha_papers::fuzz::fuzz_template(&bytes);
    }
}
