//! Every paper and table opens in a real office program, prints, and says on paper what the record says.

mod support;

use mingcha_papers::{layout::template, ledger::xlsx};
use std::{collections::BTreeMap, fs, path::Path, process::Command};
use support::{issued, papers, tables, watermark};

/// Runs a program that the tests need; what is missing is named with how to get it.
fn run(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().unwrap_or_else(|error| {
        panic!(
            "`{program}` does not start ({error}); install libreoffice-writer-nogui, libreoffice-calc-nogui, \
             poppler-utils and fonts-noto-cjk"
        )
    });
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Turns all files of a folder into PDF in one start of the office, and reads their texts.
fn printed(folder: &Path) -> BTreeMap<String, String> {
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let out = folder.join("pdf").to_string_lossy().into_owned();
    let mut args = vec![profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir", &out];
    args.extend(files.iter().map(String::as_str));
    run("soffice", &args);
    let text = |file: &String| {
        let name = Path::new(file).file_stem().expect("a name").to_string_lossy().into_owned();
        let pdf = format!("{out}/{name}.pdf");
        assert!(Path::new(&pdf).exists(), "{file} did not open");
        // By lines of the page, and by blocks, so that words broken inside a narrow cell are found as well.
        let text = ["-layout", "-raw"].map(|mode| run("pdftotext", &[mode, &pdf, "-"]));
        (name, text.concat())
    };
    files.iter().map(text).collect()
}

fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What each paper must show beside its title.
const SHOWN: &[(&str, &[&str])] = &[
    (
        "transfer-letter",
        &[
            "某医保案移字〔2026〕7号",
            "某某市公安局：",
            "《中华人民共和国刑法》第二百六十六条",
            "2．涉案物品清单（1份）",
            "案卷共3册412页",
            "2026年4月20日",
        ],
    ),
    (
        "investigation-report",
        &["统一社会信用代码）：000000000000000000", "丙某（院长）", "涉案物品清单", "住院病历"],
    ),
    ("transfer-receipt", &["医保案移字〔2026〕1号移送书", "特此回执"]),
    ("goods-list", &["药品入库台账", "36"]),
    ("evidence-list", &["66c7f0f462eeedd9", "电子数据"]),
    (
        "inquiry-record",
        &["2026年3月10日9时00分至2026年3月10日10时30分", "问：未开展的项目为什么记账？", "执法证号：X0002"],
    ),
    (
        "penalty-decision",
        &["人民币贰拾伍万叁仟零捌拾陆元肆角整（253086.40元）", "每日按罚款数额的百分之三", "某某市人民政府"],
    ),
    ("penalty-notice", &["自收到本告知书之日起5个工作日内", "二、处以骗取金额二倍的罚款"]),
    ("payment-reminder", &["加处罚款人民币柒仟伍佰玖拾贰元伍角玖分（7592.59元）", "10个工作日"]),
    ("discussion-record", &["同意，建议同时督促整改。"]),
    ("service-receipt", &["直接送达", "医保罚字〔2026〕3号"]),
    ("table-fund-work", &["医保基金工作情况统计表", "检查覆盖率", "甲县", "合计", "制表：甲某&统计"]),
    ("table-receipt-ledger", &["接收单位", "侦办阶段", "2026-04-02"]),
    ("table-transfer-statistics", &["抓获嫌疑人数", "37,037.01"]),
];

/// Lines of a page and characters of a line that the standard of official papers asks for.
const LINES: usize = 22;
const CHARACTERS: usize = 28;

fn a_page_holds_its_lines_and_characters(text: &str) {
    let mut pages = text.split('\u{c}');
    let lines = |page: Option<&str>| -> Vec<String> {
        page.unwrap_or_default().lines().map(dense).filter(|line| line.contains(['国', '完'])).collect()
    };
    assert_eq!(lines(pages.next()), vec!["国".repeat(CHARACTERS); LINES]);
    assert_eq!(lines(pages.next()), ["完"]);
}

#[test]
fn every_paper_and_table_opens_and_prints_its_words() {
    let papers = papers();
    let folder = tempfile::tempdir().expect("a folder");
    let record = papers.sample();
    for id in papers.papers.keys() {
        let issued = issued(&papers, id, &record);
        fs::write(folder.path().join(format!("{id}.docx")), issued.bytes).expect("written");
    }
    for table in tables(&papers) {
        let book = xlsx(&table, &[], &watermark()).expect("a workbook");
        fs::write(folder.path().join(format!("table-{}.xlsx", table.id)), book).expect("written");
    }
    let full = format!("@ {}完", "国".repeat(LINES * CHARACTERS));
    fs::write(folder.path().join("page.docx"), template(&full).expect("a layout")).expect("written");
    let texts = printed(folder.path());
    assert_eq!(texts.len(), papers.papers.len() + papers.ledgers.len() + 1);
    a_page_holds_its_lines_and_characters(&texts["page"]);
    if let Some(keep) = std::env::var_os("MINGCHA_KEEP_PAPERS") {
        run("cp", &["-r", &folder.path().to_string_lossy(), &keep.to_string_lossy()]);
    }
    for (id, paper) in &papers.papers {
        let text = dense(&texts[id]);
        assert!(text.contains(&paper.title), "{id} does not show its title:\n{}", texts[id]);
        assert!(!text.contains("{{") && !text.contains("}}"), "{id} shows a mark:\n{}", texts[id]);
    }
    for (id, words) in SHOWN {
        for word in *words {
            assert!(dense(&texts[*id]).contains(&dense(word)), "{id} does not show {word}:\n{}", texts[*id]);
        }
    }
}
