//! The report as an HTML page in Chinese: one file, no scripts, every value escaped.

use super::{Report, Tally};
use crate::{
    check::{Check, Policy},
    quarantine::{Rejected, RowFault},
};
use mingcha_model::table::table;
use std::fmt::Write;

const STYLE: &str = "body{font:15px/1.6 system-ui,'Noto Sans SC',sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1d2733}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}\
th,td{border-bottom:1px solid #d9dfe5;padding:.35rem .6rem;text-align:left;vertical-align:top}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.bad{color:#a4262c}.muted{color:#5b6b7a}";

/// The whole page.
pub(super) fn page(report: &Report, policy: &Policy, rejected: &[Rejected]) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">");
    let _ =
        write!(out, "<title>数据质量报告</title><style>{STYLE}</style></head><body><h1>数据质量报告</h1>");
    let share = report.refused_ratio();
    let class = if share > policy.refuse_batch_above { " class=\"bad\"" } else { "" };
    let _ = write!(
        out,
        "<p>读入 {} 行，隔离 {} 行，占 <span{class}>{:.2}%</span>（整批拒收线 {:.2}%）。</p>",
        report.read(),
        report.quarantined(),
        share * 100.0,
        policy.refuse_batch_above * 100.0
    );
    if !report.returned.is_empty() {
        out.push_str("<p class=\"muted\">隔离行改正后重新导入的文件不计入占比。</p>");
    }
    tables(&mut out, report);
    checks(&mut out, report, policy, "隔离原因", |tally| {
        tally.refused.iter().map(|(check, rows)| (*check, "", *rows, String::new())).collect()
    });
    if report.tables.values().any(Tally::counts_rows_twice) {
        out.push_str(
            "<p class=\"muted\">一行有多项问题的，在每项原因中各计一次，各原因行数之和因此大于隔离行数。</p>",
        );
    }
    checks(&mut out, report, policy, "已记录的问题（行保留）", |tally| {
        let one = |((check, column), count): (&(Check, &'static str), &crate::Count)| {
            (*check, *column, count.rows, count.examples.join("；"))
        };
        tally.notes.iter().map(one).collect()
    });
    rows(&mut out, rejected);
    findings(&mut out, report, policy);
    files(&mut out, report);
    problems(&mut out, report);
    out.push_str("</body></html>\n");
    out
}

/// A text that cannot be taken for markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

fn label(name: &str) -> &str {
    table(name).map_or(name, |table| table.label)
}

/// Counts of a table; 读入 = 保留 + 重复 + 未变 + 隔离.
const TABLE_HEAD: [&str; 7] = ["读入", "保留", "重复", "未变", "隔离", "更正", "按配置略过"];
/// Counts of a file: which of its rows repeat a key only the whole batch tells.
const FILE_HEAD: [&str; 5] = ["读入", "通过", "隔离", "更正", "按配置略过"];
const LEGEND: &str = "<p class=\"muted\">读入 = 保留 + 重复 + 未变 + 隔离。保留：新增，或替换同一主键的旧行；重复：批内另有主键相同的后一行，以后一行为准；\
未变：与湖中已有的行完全相同；更正：通过的行中有值按检查规则更正（如四舍五入、占位符按缺失处理）。</p>";
/// Refused rows that a page lists.
const MOST_ROWS: usize = 10_000;

fn head(names: &[&str]) -> String {
    format!("<th class=\"n\">{}</th></tr>", names.join("</th><th class=\"n\">"))
}

fn numbers(numbers: &[u64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
    format!("<td class=\"n\">{}</td>", numbers.join("</td><td class=\"n\">"))
}

fn of_table(tally: &Tally) -> String {
    let [read, kept, duplicate, unchanged, quarantined, corrected] = tally.cells();
    numbers(&[read, kept, duplicate, unchanged, quarantined, corrected, tally.skipped])
}

fn of_file(tally: &Tally) -> String {
    numbers(&[tally.read, tally.kept, tally.quarantined, tally.corrected, tally.skipped])
}

fn tables(out: &mut String, report: &Report) {
    let _ = write!(out, "<h2>各表</h2><table><tr><th>表</th>{}", head(&TABLE_HEAD));
    for (name, tally) in &report.tables {
        let _ = write!(
            out,
            "<tr><td>{} <span class=\"muted\">{name}</span></td>{}</tr>",
            escape(label(name)),
            of_table(tally)
        );
    }
    out.push_str("</table>");
    out.push_str(LEGEND);
}

/// The refused rows, each with its place.
fn rows(out: &mut String, rejected: &[Rejected]) {
    if rejected.is_empty() {
        return;
    }
    out.push_str("<h2>隔离的行</h2><p class=\"muted\">一行有多项问题的，每项问题列一行。</p><table><tr><th>文件</th><th class=\"n\">行</th><th>表</th><th>列</th><th>值</th><th>原因</th></tr>");
    for row in rejected.iter().take(MOST_ROWS) {
        let column = |fault: &RowFault| row.table.column(fault.column).map_or("", |column| column.label);
        for fault in &row.faults {
            let _ = write!(
                out,
                "<tr><td>{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escape(&row.file),
                row.line,
                row.table.label,
                column(fault),
                escape(&fault.value),
                escape(&fault.message)
            );
        }
    }
    out.push_str("</table>");
    if rejected.len() > MOST_ROWS {
        let _ = write!(out, "<p>另有 {} 行未列出。</p>", rejected.len() - MOST_ROWS);
    }
}

type Line = (Check, &'static str, u64, String);

fn checks(
    out: &mut String,
    report: &Report,
    policy: &Policy,
    title: &str,
    lines: impl Fn(&Tally) -> Vec<Line>,
) {
    let rows: Vec<(&str, Line)> = report
        .tables
        .iter()
        .flat_map(|(name, tally)| lines(tally).into_iter().map(|line| (*name, line)))
        .collect();
    if rows.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<h2>{title}</h2><table><tr><th>表</th><th>列</th><th>问题</th><th class=\"n\">行数</th><th>示例</th><th>处理建议</th></tr>"
    );
    for (name, (check, column, count, examples)) in rows {
        let column = table(name).and_then(|table| table.column(column)).map_or("", |column| column.label);
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"n\">{count}</td><td>{}</td><td class=\"muted\">{}</td></tr>",
            escape(label(name)),
            escape(column),
            escape(policy.title(check)),
            escape(&examples),
            escape(policy.hint(check))
        );
    }
    out.push_str("</table>");
}

fn findings(out: &mut String, report: &Report, policy: &Policy) {
    if report.findings.is_empty() {
        return;
    }
    out.push_str("<h2>整批情况</h2><table><tr><th>表</th><th>对象</th><th>问题</th><th>说明</th></tr>");
    for finding in &report.findings {
        let title = Check::of(finding.check).map_or("", |check| policy.title(check));
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(label(finding.table)),
            escape(&finding.subject),
            escape(title),
            escape(&finding.message)
        );
    }
    out.push_str("</table>");
}

fn files(out: &mut String, report: &Report) {
    if report.files.is_empty() {
        return;
    }
    let _ = write!(out, "<h2>各文件</h2><table><tr><th>文件</th><th>表</th>{}", head(&FILE_HEAD));
    for ((file, name), tally) in &report.files {
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td>{}</tr>",
            escape(file),
            escape(label(name)),
            of_file(tally)
        );
    }
    out.push_str("</table>");
}

fn problems(out: &mut String, report: &Report) {
    if !report.left_out.is_empty() {
        out.push_str("<h2>此前已导入、本次未读的文件</h2><ul>");
        for (file, batch) in &report.left_out {
            let _ = write!(out, "<li>{} <span class=\"muted\">批次 {batch:.12}</span></li>", escape(file));
        }
        out.push_str("</ul>");
    }
    if report.problems.is_empty() {
        return;
    }
    out.push_str("<h2>文件方面的问题</h2><ul>");
    for problem in &report.problems {
        let _ = write!(out, "<li>{}：{}", escape(&problem.file), escape(&problem.message));
        if !problem.hint.is_empty() {
            let _ = write!(out, " <span class=\"muted\">{}</span>", escape(&problem.hint));
        }
        out.push_str("</li>");
    }
    out.push_str("</ul>");
}
