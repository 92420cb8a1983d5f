//! The page `docs/papers.md`: how a bureau edits a template, and the fields of each paper, as they stand in `procedures/`.

use crate::{
    field::{Field, FieldType},
    ledger::{Column, ColumnType, Definition},
    paper::Paper,
    papers::Papers,
};
use std::fmt::Write as _;

/// What the page begins with.
const HEAD: &str = include_str!("docs_head.md");

/// The page. The same papers give the same bytes.
pub fn papers_md(papers: &Papers) -> String {
    let mut page = HEAD.to_owned();
    list(&mut page, papers);
    for paper in papers.papers.values() {
        one(&mut page, papers, paper);
    }
    columns(&mut page, papers);
    for ledger in papers.ledgers.values() {
        self::ledger(&mut page, ledger);
    }
    page
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\r', '\n'], " ")
}

fn row<const N: usize>(page: &mut String, cells: [&str; N]) {
    let cells = cells.map(cell);
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

fn heads<const N: usize>(page: &mut String, heads: [&str; N]) {
    page.push('\n');
    row(page, heads);
    let _ = writeln!(page, "|{}", "---|".repeat(N));
}

fn list(page: &mut String, papers: &Papers) {
    let _ = write!(page, "\n## 文书（{}种）\n", papers.papers.len());
    heads(page, ["文书", "模板", "文号", "用于", "依据"]);
    for paper in papers.papers.values() {
        let template = format!("`{}.docx`", paper.id);
        let number = paper.series.as_ref().map_or_else(|| "无".to_owned(), |word| format!("{word}〔年〕号"));
        let acts: Vec<String> = paper.acts.iter().map(|act| format!("`{act}`")).collect();
        row(page, [&paper.title, &template, &number, &acts.join("、"), &paper.basis.join("；")]);
    }
}

fn one(page: &mut String, papers: &Papers, paper: &Paper) {
    let _ = write!(page, "\n### {}\n", paper.title);
    if !paper.note.is_empty() {
        let _ = write!(page, "\n{}\n", paper.note);
    }
    heads(page, ["字段", "类型", "必填", "取自记录", "示例", "说明"]);
    if paper.series.is_some() {
        row(page, ["文号", "文字", "是", "由系统编号", "", ""]);
    }
    for (field, required) in paper.fields(&papers.fields) {
        let from = format!("`{}`", field.from);
        let example = if field.kind == FieldType::List { "见列表栏目" } else { &field.example };
        let required = if required { "是" } else { "否" };
        row(page, [&field.label, field.kind.title(), required, &from, example, &field.note]);
    }
}

fn columns(page: &mut String, papers: &Papers) {
    page.push_str("\n## 列表的栏目\n\n每个列表另有 `{{序号}}`。\n");
    heads(page, ["列表", "栏目", "类型", "必填", "取自各项"]);
    let lists = papers.fields.values().filter(|field| field.kind == FieldType::List);
    for (list, column) in lists.flat_map(|list: &Field| list.columns.iter().map(move |column| (list, column)))
    {
        let required = if column.optional { "否" } else { "是" };
        let from = format!("`{}`", column.from);
        row(page, [&list.label, &column.label, column.kind.title(), required, &from]);
    }
}

fn ledger(page: &mut String, ledger: &Definition) {
    let _ = write!(page, "\n## {}\n\n{}依据：{}。\n", ledger.title, ledger.note, ledger.basis.join("；"));
    heads(page, ["栏目", "类型", "取自", "说明"]);
    for column in &ledger.columns {
        let label = if column.group.is_empty() {
            column.label.clone()
        } else {
            format!("{}·{}", column.group, column.label)
        };
        row(page, [&label, kind(column), &from(column), &column.note]);
    }
}

fn kind(column: &Column) -> &'static str {
    match column.kind {
        ColumnType::Serial => "序号",
        ColumnType::Region => "地区",
        ColumnType::Text => "文字",
        ColumnType::Date => "日期",
        ColumnType::Count => "数量",
        ColumnType::Money => "金额",
        ColumnType::Share => "比例",
    }
}

fn from(column: &Column) -> String {
    match (column.from.is_empty(), column.of.is_empty()) {
        (true, _) => String::new(),
        (_, true) => format!("`{}`", column.from),
        _ => format!("`{}` ÷ `{}`", column.from, column.of),
    }
}
