//! The report as an HTML page in Chinese: one file, no scripts, every value escaped.

use super::{Report, Tally};
use crate::check::{Check, Policy};
use mingcha_model::table::table;
use std::fmt::Write;

const STYLE: &str = "body{font:15px/1.6 system-ui,'Noto Sans SC',sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1d2733}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}\
th,td{border-bottom:1px solid #d9dfe5;padding:.35rem .6rem;text-align:left;vertical-align:top}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.bad{color:#a4262c}.muted{color:#5b6b7a}";

/// The whole page.
pub(super) fn page(report: &Report, policy: &Policy) -> String {
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
    tables(&mut out, report);
    checks(&mut out, report, policy, "隔离原因", |tally| {
        tally.refused.iter().map(|(check, rows)| (*check, "", *rows, String::new())).collect()
    });
    checks(&mut out, report, policy, "已记录的问题（行保留）", |tally| {
        let one = |((check, column), count): (&(Check, &'static str), &crate::Count)| {
            (*check, *column, count.rows, count.examples.join("；"))
        };
        tally.notes.iter().map(one).collect()
    });
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

const HEAD: &str = "<th class=\"n\">读入</th><th class=\"n\">保留</th><th class=\"n\">更正</th><th class=\"n\">隔离</th><th class=\"n\">按配置略过</th></tr>";

fn numbers(tally: &Tally) -> String {
    [tally.read, tally.kept, tally.corrected, tally.quarantined(), tally.skipped]
        .map(|number| format!("<td class=\"n\">{number}</td>"))
        .concat()
}

fn tables(out: &mut String, report: &Report) {
    let _ = write!(out, "<h2>各表</h2><table><tr><th>表</th>{HEAD}");
    for (name, tally) in &report.tables {
        let _ = write!(
            out,
            "<tr><td>{} <span class=\"muted\">{name}</span></td>{}</tr>",
            escape(label(name)),
            numbers(tally)
        );
    }
    out.push_str("</table>");
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
    let _ = write!(out, "<h2>各文件</h2><table><tr><th>文件</th><th>表</th>{HEAD}");
    for ((file, name), tally) in &report.files {
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td>{}</tr>",
            escape(file),
            escape(label(name)),
            numbers(tally)
        );
    }
    out.push_str("</table>");
}

fn problems(out: &mut String, report: &Report) {
    if report.problems.is_empty() {
        return;
    }
    out.push_str("<h2>未能读取的文件</h2><ul>");
    for problem in &report.problems {
        let _ = write!(out, "<li>{}：{}", escape(&problem.file), escape(&problem.message));
        if !problem.hint.is_empty() {
            let _ = write!(out, " <span class=\"muted\">{}</span>", escape(&problem.hint));
        }
        out.push_str("</li>");
    }
    out.push_str("</ul>");
}
