//! A table as one HTML page for screen and print: nothing is loaded, every figure leads to its records.

use super::{
    Watermark,
    closed::Correction,
    table::{CellValue, Row, Table},
};
use std::fmt::Write as _;

const STYLE: &str = "\
@page{size:A4 landscape;margin:15mm}\
body{font-family:仿宋_GB2312,仿宋,FangSong,serif;font-size:10.5pt;color:#000;margin:1em}\
h1{font-family:方正小标宋简体,宋体,SimSun,serif;font-weight:normal;font-size:18pt;text-align:center;margin:.3em}\
p.period{text-align:center;margin:.2em}p.mark{color:#555;font-size:9pt}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #000;padding:2px 4px;vertical-align:middle}\
th{font-family:黑体,SimHei,sans-serif;font-weight:normal}td.n{text-align:right;white-space:nowrap}\
thead{display:table-header-group}tr{break-inside:avoid}a{color:inherit}\
dt{margin-top:.4em}dd{margin:0 0 0 1em;word-break:break-all}\
@media print{details:not([open]){display:none}a{text-decoration:none}}";

/// The page. The same table and watermark give the same text.
pub fn html(table: &Table, corrections: &[Correction], watermark: &Watermark) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">");
    let _ = write!(out, "<title>{}</title><style>{STYLE}</style></head><body>", text(&table.title));
    let _ = write!(out, "<h1>{}</h1><p class=\"period\">{}</p>", text(&table.title), text(&table.period));
    let _ = write!(out, "<table><thead>{}</thead><tbody>", heads(table));
    for (at, row) in table.all_rows().enumerate() {
        out.push_str("<tr>");
        cells(at, row, &mut out);
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    let mark = text(&watermark.line());
    let _ = write!(out, "<p class=\"mark\">{mark}</p>");
    corrected(corrections, &mut out);
    behind(table, &mut out);
    out.push_str("</body></html>\n");
    out
}

fn text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn heads(table: &Table) -> String {
    let groups = table.groups();
    if groups.iter().all(|(group, _, _)| group.is_empty()) {
        let heads = table.headings.iter().map(|heading| format!("<th>{}</th>", text(&heading.label)));
        return format!("<tr>{}</tr>", heads.collect::<String>());
    }
    let (mut upper, mut lower) = (String::new(), String::new());
    for (group, first, count) in groups {
        if group.is_empty() {
            let _ = write!(upper, "<th rowspan=\"2\">{}</th>", text(&table.headings[first].label));
            continue;
        }
        let _ = write!(upper, "<th colspan=\"{count}\">{}</th>", text(group));
        for heading in &table.headings[first..first + count] {
            let _ = write!(lower, "<th>{}</th>", text(&heading.label));
        }
    }
    format!("<tr>{upper}</tr><tr>{lower}</tr>")
}

fn cells(at: usize, row: &Row, out: &mut String) {
    for (column, cell) in row.cells.iter().enumerate() {
        let printed = text(&cell.value.printed());
        let number = matches!(cell.value, CellValue::Amount(_));
        let class = if number { " class=\"n\"" } else { "" };
        if number && !cell.records.is_empty() {
            let _ = write!(out, "<td{class}><a href=\"#f{at}-{column}\">{printed}</a></td>");
        } else {
            let _ = write!(out, "<td{class}>{printed}</td>");
        }
    }
}

fn corrected(corrections: &[Correction], out: &mut String) {
    if corrections.is_empty() {
        return;
    }
    out.push_str("<h2>更正</h2><p>表内数字保持关账时的原样，更正如下：</p><table><thead><tr>");
    for head in ["行", "栏目", "原数", "更正为", "理由", "更正人", "更正时间", "依据记录"]
    {
        let _ = write!(out, "<th>{head}</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for one in corrections {
        let cells = [
            one.row.clone(),
            one.column.clone(),
            one.was.printed(),
            one.now.printed(),
            one.reason.clone(),
            one.by.clone(),
            one.at.to_string(),
            one.records.join("、"),
        ];
        out.push_str("<tr>");
        for cell in cells {
            let _ = write!(out, "<td>{}</td>", text(&cell));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
}

/// The records behind each figure.
fn behind(table: &Table, out: &mut String) {
    out.push_str("<details open><summary>数字依据的记录</summary><dl>");
    for (at, row) in table.all_rows().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            if cell.records.is_empty() || !matches!(cell.value, CellValue::Amount(_)) {
                continue;
            }
            let (row, head) = (text(&row.id), text(&table.headings[column].full()));
            let _ =
                write!(out, "<dt id=\"f{at}-{column}\">{row}　{head}：{}</dt>", text(&cell.value.printed()));
            let _ = write!(out, "<dd>{}</dd>", text(&cell.records.join("、")));
        }
    }
    out.push_str("</dl></details>");
}
