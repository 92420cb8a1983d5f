//! A run as one self-contained page for a supervisor: figures, tables, bars, the gravest clues with their lines a click away.
//!
//! No script, nothing from outside, every value escaped; it opens without a network and prints.

mod html;

use crate::{clue::Clue, store::Run, total::total};
use html::{Page, escape};
use mingcha_library::Library;
use mingcha_model::{Fen, Finding, Kind, SubjectKind};
use std::collections::BTreeMap;

/// How many rows a table of the page shows.
const ROWS: usize = 20;
/// How many findings of a clue the page shows.
const FINDINGS: usize = 12;
/// How many lines of a finding the page shows.
const LINES: usize = 25;

/// The page.
pub fn page(run: &Run, findings: &[Finding], clues: &[Clue], library: &Library, shown: usize) -> String {
    let mut page = Page::new(&format!("筛查报告 {}", run.asked.as_of));
    head(&mut page, run, findings, clues);
    by_institution(&mut page, findings);
    by_rule(&mut page, findings, library);
    by_item(&mut page, findings, library);
    by_region(&mut page, findings);
    by_month(&mut page, findings);
    gravest(&mut page, run, findings, clues, library, shown);
    unread(&mut page, run, library);
    foot(&mut page, run);
    page.finish()
}

fn counted(finding: &Finding) -> bool {
    matches!(finding.kind, Kind::Violation | Kind::Suspect)
}

fn head(page: &mut Page, run: &Run, findings: &[Finding], clues: &[Clue]) {
    let people: std::collections::BTreeSet<&String> =
        findings.iter().filter_map(|finding| finding.psn_no.as_ref()).collect();
    let places: std::collections::BTreeSet<&String> =
        findings.iter().filter_map(|finding| finding.fixmedins_code.as_ref()).collect();
    page.raw("<section class=\"figures\">");
    page.figure(
        "涉及基金金额（元）",
        &money(run.amount),
        "同一明细被多条规则命中时只计一次，取最大值；退费不计",
    );
    page.figure("线索", &clues.len().to_string(), "同一对象、同一规则的所见合为一条线索");
    page.figure("所见", &findings.len().to_string(), "规则逐条记录的事实");
    page.figure("涉及机构", &places.len().to_string(), "");
    page.figure("涉及参保人", &people.len().to_string(), "");
    page.raw("</section>");
    page.raw(
        "<p class=\"caution\">本报告列出数据中看到的情况，均待人工核实；“可疑”“重点关注”不是违规结论。</p>",
    );
    let kinds = [Kind::Violation, Kind::Suspect, Kind::Monitor, Kind::Inconclusive];
    let rows = kinds.map(|kind| {
        let of: Vec<&Finding> = findings.iter().filter(|finding| finding.kind == kind).collect();
        (kind.label().to_owned(), of.len() as u64, total(of.iter().copied()))
    });
    page.table("性质", "性质", rows.into_iter().collect());
}

/// Groups findings under a name and shows those with most money.
fn grouped<'a>(
    findings: &'a [Finding],
    name: impl Fn(&'a Finding) -> Vec<String>,
) -> Vec<(String, u64, Fen)> {
    let mut groups: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| counted(finding)) {
        for name in name(finding) {
            groups.entry(name).or_default().push(finding);
        }
    }
    groups.into_iter().map(|(name, of)| (name, of.len() as u64, total(of.iter().copied()))).collect()
}

fn top(mut rows: Vec<(String, u64, Fen)>) -> Vec<(String, u64, Fen)> {
    rows.sort_by(|a, b| (b.2, b.1, &a.0).cmp(&(a.2, a.1, &b.0)));
    rows.truncate(ROWS);
    rows
}

fn by_institution(page: &mut Page, findings: &[Finding]) {
    let rows = grouped(findings, |finding| institution(finding).into_iter().collect());
    page.table("按机构", "机构", top(rows));
}

fn by_rule(page: &mut Page, findings: &[Finding], library: &Library) {
    let title = |finding: &Finding| {
        library.rule(&finding.rule).map_or_else(|| finding.rule.clone(), |rule| rule.title.clone())
    };
    page.table("按规则", "规则", top(grouped(findings, |finding| vec![title(finding)])));
}

fn by_item(page: &mut Page, findings: &[Finding], library: &Library) {
    let items = library.knowledge("negative_list");
    let text = |id: &str| {
        let text = items.and_then(|items| {
            let (key, text) = (items.column("id")?, items.column("item_text")?);
            items.rows.iter().find(|row| row.values[key] == id).map(|row| row.values[text].clone())
        });
        text.map_or_else(|| id.to_owned(), |text| format!("{id} {}", shortened(&text, 40)))
    };
    let of = |finding: &Finding| -> Vec<String> {
        let covers = library.rule(&finding.rule).map(|rule| rule.covers.as_slice()).unwrap_or_default();
        covers.iter().filter(|id| id.starts_with("N2025")).map(|id| text(id)).collect()
    };
    page.table("按负面清单条目", "条目（一条所见可对应多个条目）", top(grouped(findings, of)));
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        text.to_owned()
    } else {
        text.chars().take(most).chain(['…']).collect()
    }
}

fn by_region(page: &mut Page, findings: &[Finding]) {
    let rows = grouped(findings, |finding| finding.admdvs.iter().cloned().collect());
    page.table("按区划", "区划", top(rows));
}

fn by_month(page: &mut Page, findings: &[Finding]) {
    let month = |finding: &Finding| {
        let (year, month, _) = finding.begin.ymd();
        vec![format!("{year:04}-{month:02}")]
    };
    page.bars("按月份（元）", &grouped(findings, month));
}

fn gravest(
    page: &mut Page,
    run: &Run,
    findings: &[Finding],
    clues: &[Clue],
    library: &Library,
    shown: usize,
) {
    page.raw("<h2>重点线索</h2>");
    for clue in clues.iter().take(shown) {
        let score = clue.score;
        page.raw(&format!(
            "<details><summary><b class=\"g{:?}\">{}风险 <span class=\"n\">{}</span> 分</b> {} · {} <span>· {} · {} 条所见 · {} 元</span></summary>",
            clue.grade,
            clue.grade.label(),
            score.total,
            escape(&clue.title),
            escape(&subject(clue, findings)),
            clue.kind.label(),
            clue.findings.len(),
            money(clue.amount)
        ));
        page.raw(&format!(
            "<p class=\"parts\">线索 {} · 分值 {} = 性质 {} + 严重程度 {} + 金额 {} + 重复 {}；{} 至 {}；涉及 {} 人</p>",
            escape(&clue.id),
            score.total,
            score.kind,
            score.severity,
            score.amount,
            score.repetition,
            clue.begin,
            clue.end,
            clue.people
        ));
        about(page, clue, library, &run.asked.params);
        for &at in clue.findings.iter().take(FINDINGS) {
            if let Some(finding) = findings.get(at as usize) {
                show(page, finding);
            }
        }
        if clue.findings.len() > FINDINGS {
            page.raw(&format!(
                "<p class=\"more\">另有 {} 条所见，见导出文件。</p>",
                clue.findings.len() - FINDINGS
            ));
        }
        page.raw("</details>");
    }
    if clues.len() > shown {
        page.raw(&format!("<p class=\"more\">另有 {} 条线索，见导出文件。</p>", clues.len() - shown));
    }
}

/// Whom a clue is about, as one would say it.
fn subject(clue: &Clue, findings: &[Finding]) -> String {
    let id = &clue.subject.id;
    match clue.subject.kind {
        SubjectKind::Person => format!("参保人 {id}"),
        SubjectKind::Practitioner => format!("医务人员 {id}"),
        SubjectKind::Group => format!("{} 人：{}", clue.people, id.replace('+', "、")),
        SubjectKind::Institution | SubjectKind::Pharmacy => {
            let first = clue.findings.first().and_then(|&at| findings.get(at as usize));
            first.and_then(institution).unwrap_or_else(|| id.clone())
        }
    }
}

/// Name and code of the institution that a finding is about.
fn institution(finding: &Finding) -> Option<String> {
    let code = finding.fixmedins_code.as_ref()?;
    let name = finding.values.get("fixmedins_name").filter(|name| !name.is_empty());
    Some(name.map_or_else(|| code.clone(), |name| format!("{name}（{code}）")))
}

/// The words of the rule: what it looks for, honest explanations, how to check.
fn about(page: &mut Page, clue: &Clue, library: &Library, params: &toml::Table) {
    let Some(rule) = library.rule(&clue.rule) else { return };
    // The run was made with these values, so that they are in their bounds.
    let rule = rule.resolve(params).map_or_else(|_| rule.clone(), |resolved| resolved.rule);
    page.raw(&format!(
        "<p>{}</p><p class=\"law\">依据：{}</p>",
        escape(&rule.definition),
        escape(&rule.basis.join("；"))
    ));
    page.list("可能的合理情形", &rule.false_positives);
    page.list("核查要点", &rule.investigate);
}

fn show(page: &mut Page, finding: &Finding) {
    page.raw(&format!(
        "<div class=\"finding\"><p><i>{}</i> {}（{} 元）</p><table class=\"lines\"><tr><th>表</th><th>主键</th><th>时间</th><th>作用</th><th class=\"m\">涉及金额（元）</th></tr>",
        finding.kind.label(),
        escape(&finding.message),
        money(finding.amount)
    ));
    for row in finding.evidence.iter().take(LINES) {
        let role = if row.role == mingcha_model::Role::Offending { "所指" } else { "佐证" };
        let time = row.time.map_or_else(String::new, |time| time.to_string());
        let label = mingcha_model::table::table(&row.table).map_or(row.table.as_str(), |table| table.label);
        page.raw(&format!(
            "<tr><td>{label}</td><td>{}</td><td>{time}</td><td>{role}</td><td class=\"m\">{}</td></tr>",
            escape(&row.key.join(" ")),
            row.amount
        ));
    }
    page.raw("</table>");
    if finding.evidence.len() > LINES {
        page.raw(&format!("<p class=\"more\">共 {} 行，此处列 {LINES} 行。</p>", finding.evidence.len()));
    }
    for note in &finding.notes {
        page.raw(&format!("<p class=\"more\">数据提示：{}</p>", escape(note)));
    }
    page.raw("</div>");
}

/// What the run could not look at: tables without a row that its rules read.
fn unread(page: &mut Page, run: &Run, library: &Library) {
    if run.empty_tables.is_empty() {
        return;
    }
    page.raw("<h2>数据不全的规则</h2><p class=\"caution\">下列数据表没有数据，用到它们的规则只能就已有数据作出判断，没有发现不等于没有问题。</p><table><tr><th>没有数据的表</th><th>用到它的规则</th></tr>");
    for (table, rules) in &run.empty_tables {
        let label = mingcha_model::table::table(table).map_or(table.as_str(), |table| table.label);
        let titles: Vec<&str> = rules
            .iter()
            .map(|name| library.rule(name).map_or(name.as_str(), |rule| rule.title.as_str()))
            .collect();
        page.raw(&format!("<tr><td>{}</td><td>{}</td></tr>", escape(label), escape(&titles.join("、"))));
    }
    page.raw("</table>");
}

fn foot(page: &mut Page, run: &Run) {
    let asked = &run.asked;
    page.raw(&format!(
        "<footer>运行 {} · 数据版本 {} · 规则库 {} · {} 条规则 · 数据截至 {} · 所见摘要 SM3 {}<br>复算：mingcha verify {}</footer>",
        escape(&run.id),
        asked.lake_version,
        escape(asked.library.get(..16).unwrap_or(&asked.library)),
        asked.rules.len(),
        asked.as_of,
        escape(&run.findings_sm3),
        escape(&run.id)
    ));
}

/// Yuan with separators.
fn money(fen: Fen) -> String {
    let text = fen.yuan();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "00"));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    format!("{sign}{}.{fraction}", groups.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_in_groups_of_three() {
        assert_eq!(money(Fen(123_456_789)), "1,234,567.89");
        assert_eq!(money(Fen(-100)), "-1.00");
        assert_eq!(money(Fen(99_900)), "999.00");
    }

    #[test]
    fn what_stands_in_data_is_never_markup() {
        assert_eq!(escape("<script>&\"'"), "&lt;script&gt;&amp;&quot;&#39;");
    }
}
