//! A small library in memory, to be changed in one place by each test.
#![allow(dead_code, reason = "each test binary uses its part")]

use mingcha_library::Library;
use mingcha_model::Diagnostic;
use std::borrow::Cow;

/// A rule that loads without fault.
pub const RULE: &str = r#"id = "MC-0001"
name = "institution/one"
title = "规则"
version = 1
status = "active"
kind = "suspect"
severity = 2
scope = "person"
stage = ["after"]
covers = ["N1"]
effective = 2025-01-01
expires = "2030-12-31"
reads = ["fee.med_list_codg", "person.gend"]
knowledge = ["limits"]
detector = "frequency"
amount = "none"
basis = ["条例第一条"]
definition = "超过 $days 天。"
false_positives = ["登记错误。"]
investigate = ["核对登记。"]
message = "{day} 见到 {name}，超过 $days 天。"

[settings]
knowledge = "limits"
days = "$days"
inner = { list = ["$word", "x"] }

[params.days]
default = 10
min = 1
max = 30
meaning = "天数。"

[params.word]
default = "甲"
choices = ["甲", "乙"]
meaning = "词。"
"#;

/// Fixtures that have no fault.
pub const TESTS: &str = "## 命中: a
### fee
| feedetl_sn |
|---|
| F1 |
### 期望
| kind |
|---|
| 可疑 |
## 不命中: b
### fee
| feedetl_sn |
|---|
| F1 |
### 期望
无
## 缺数据: c
### fee
| feedetl_sn |
|---|
| F1 |
### 期望
无
";

pub const TABLE: &str = "name = \"limits\"
title = \"限定\"
source = \"测试\"
key = [\"code\"]

[columns.code]
meaning = \"代码\"
form = \"drug_prefix\"

[columns.value]
meaning = \"值\"
required = false
";
pub const ROWS: &str = "code,value,begndate,enddate\nXA01,1,2025-01-01,\nXA02,,,2025-12-31\n";
const LIST: &str = "name = \"negative_list\"
title = \"清单\"
source = \"测试\"

[columns.id]
meaning = \"编号\"

[columns.source_document]
meaning = \"来源\"

[columns.category]
meaning = \"类别\"

[columns.item_text]
meaning = \"原文\"

[columns.detectability]
meaning = \"可识别\"
";

/// The files of a small library without fault.
pub fn files() -> Vec<(String, String)> {
    [
        ("rules/institution/one/rule.toml", RULE),
        ("rules/institution/one/tests.md", TESTS),
        ("knowledge/limits/table.toml", TABLE),
        ("knowledge/limits/rows.csv", ROWS),
        ("knowledge/negative_list/table.toml", LIST),
        (
            "knowledge/negative_list/rows.csv",
            "id,source_document,category,item_text,detectability\nN1,文,机构,甲|乙,A\nN2,文,机构,丙,C\n",
        ),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into()
}

/// A library from files.
pub fn load(files: Vec<(String, String)>) -> (Library, Vec<Diagnostic>) {
    let files = files.into_iter().map(|(path, text)| (path, Cow::Owned(text)));
    Library::from_files(files.collect(), Vec::new())
}

/// The small library with a piece of one file replaced, or the whole file where the piece is empty.
pub fn changed(path: &str, old: &str, new: &str) -> (Library, Vec<Diagnostic>) {
    let mut files = files();
    if !files.iter().any(|(known, _)| known == path) {
        files.push((path.to_owned(), String::new()));
    }
    let (_, text) = files.iter_mut().find(|(known, _)| known == path).expect("the file");
    assert!(text.contains(old), "{old} is not in {path}");
    *text = if old.is_empty() { new.to_owned() } else { text.replacen(old, new, 1) };
    load(files)
}

/// `file:line key: message` of each fault.
pub fn told(faults: &[Diagnostic]) -> Vec<String> {
    let one =
        |fault: &Diagnostic| format!("{}:{} {}: {}", fault.file, fault.line, fault.column, fault.message);
    faults.iter().map(one).collect()
}
