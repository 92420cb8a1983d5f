//! A run as one self-contained page for a supervisor: figures, tables, bars, the gravest clues with their lines a click away.
//!
//! No script, nothing from outside, every value escaped; it opens without a network and prints.

mod html;

use crate::{
    clue::Clue,
    store::Run,
    total::{FUND, Total, counts, total},
};
use html::{Page, Row, escape};
use mingcha_library::Library;
use mingcha_model::{Date, Evidence, Fen, Finding, Kind, SubjectKind};
use std::collections::{BTreeMap, BTreeSet};

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
    let shown_clues = &clues[..shown.min(clues.len())];
    by_institution(&mut page, run, findings, shown_clues);
    by_rule(&mut page, findings, shown_clues, library);
    by_item(&mut page, findings, library);
    by_region(&mut page, run, findings);
    by_month(&mut page, findings);
    gravest(&mut page, run, findings, clues, library, shown);
    unread(&mut page, run, library);
    foot(&mut page, run);
    page.finish()
}

fn head(page: &mut Page, run: &Run, findings: &[Finding], clues: &[Clue]) {
    let people: BTreeSet<&String> = findings.iter().filter_map(|finding| finding.psn_no.as_ref()).collect();
    let places: BTreeSet<&String> =
        findings.iter().filter_map(|finding| finding.fixmedins_code.as_ref()).collect();
    page.raw("<section class=\"figures\">");
    page.figure(
        "涉及基金金额（元）",
        &money(run.amount),
        "同一明细被多条规则命中时只计一次，取最大值；退费不计",
    );
    page.figure("另涉个人账户（元）", &money(run.account), "个人账户支付的部分，与基金支付分列");
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
        Row {
            name: kind.label().to_owned(),
            count: of.len() as u64,
            fen: total(of.iter().copied()),
            link: None,
        }
    });
    page.table("性质", "性质", "", rows.into_iter().collect());
}

/// Sums money by a name that each evidence row has, and counts the findings that name it. A finding without money is counted
/// under `without`.
fn by_row<'a>(
    findings: &'a [Finding],
    name: impl Fn(&'a Finding, &'a Evidence) -> String,
    without: impl Fn(&'a Finding) -> String,
) -> Vec<Row> {
    let mut groups: BTreeMap<String, (u64, Total)> = BTreeMap::new();
    let mut count = |name: String, rows: &[&'a Evidence]| {
        let (count, total) = groups.entry(name).or_insert_with(|| (0, Total::new(FUND)));
        *count += 1;
        total.add(rows.iter().copied());
    };
    for finding in findings.iter().filter(|finding| counts(finding)) {
        let mut rows: BTreeMap<String, Vec<&Evidence>> = BTreeMap::new();
        for row in finding.evidence.iter().filter(|row| row.amount > Fen::ZERO) {
            rows.entry(name(finding, row)).or_default().push(row);
        }
        if rows.is_empty() {
            count(without(finding), &[]);
        }
        rows.into_iter().for_each(|(name, rows)| count(name, &rows));
    }
    let row =
        |(name, (count, total)): (String, (u64, Total))| Row { name, count, fen: total.sum(), link: None };
    groups.into_iter().map(row).collect()
}

/// Groups whole findings under names; money may stand under several.
fn by_finding<'a>(findings: &'a [Finding], names: impl Fn(&'a Finding) -> Vec<String>) -> Vec<Row> {
    let mut groups: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.kind != Kind::Inconclusive) {
        for name in names(finding) {
            groups.entry(name).or_default().push(finding);
        }
    }
    let row = |(name, of): (String, Vec<&Finding>)| Row {
        name,
        count: of.len() as u64,
        fen: total(of.iter().copied()),
        link: None,
    };
    groups.into_iter().map(row).collect()
}

/// Most money first.
fn ranked(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| (b.fen, b.count, &a.name).cmp(&(a.fen, a.count, &b.name)));
    rows
}

/// The first rows, and the others as one.
fn top(rows: Vec<Row>) -> Vec<Row> {
    let mut rows = ranked(rows);
    if rows.len() > ROWS + 1 {
        let rest = rows.split_off(ROWS);
        rows.push(Row {
            name: format!("其余 {} 项", rest.len()),
            count: rest.iter().map(|row| row.count).sum(),
            fen: rest.iter().map(|row| row.fen).sum(),
            link: None,
        });
    }
    rows
}

/// The institution that an evidence row lies at.
fn place<'a>(finding: &'a Finding, row: &'a Evidence) -> Option<&'a String> {
    row.fixmedins_code.as_ref().or(finding.fixmedins_code.as_ref())
}

const NOWHERE: &str = "未注明机构";

fn by_institution(page: &mut Page, run: &Run, findings: &[Finding], clues: &[Clue]) {
    let code = |code: Option<&String>| code.map_or_else(|| NOWHERE.to_owned(), Clone::clone);
    let mut rows = by_row(
        findings,
        |finding, row| code(place(finding, row)),
        |finding| code(finding.fixmedins_code.as_ref()),
    );
    for row in &mut rows {
        row.link = clues.iter().find(|clue| clue.subject.id == row.name).map(|clue| clue.id.clone());
        row.name = named(run, &row.name);
    }
    page.table("按机构", "机构", "按证据行所在机构计，各行之和等于涉及基金金额。", top(rows));
}

/// Name and code of an institution.
fn named(run: &Run, code: &str) -> String {
    let known = run.places.get(code).filter(|place| !place.name.is_empty());
    known.map_or_else(|| code.to_owned(), |place| format!("{}（{code}）", place.name))
}

fn by_rule(page: &mut Page, findings: &[Finding], clues: &[Clue], library: &Library) {
    let mut rows = by_finding(findings, |finding| vec![finding.rule.clone()]);
    for row in &mut rows {
        row.link = clues.iter().find(|clue| clue.rule == row.name).map(|clue| clue.id.clone());
        row.name = library.rule(&row.name).map_or_else(|| row.name.clone(), |rule| rule.title.clone());
    }
    page.table("按规则", "规则", "同一明细可被多条规则命中，各行之和可大于总额。", ranked(rows));
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
    page.table(
        "按负面清单条目",
        "条目",
        "一条所见可对应多个条目，各行之和可大于总额。",
        top(by_finding(findings, of)),
    );
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        text.to_owned()
    } else {
        text.chars().take(most).chain(['…']).collect()
    }
}

fn by_region(page: &mut Page, run: &Run, findings: &[Finding]) {
    let region = |code: Option<&String>, other: Option<&String>| {
        let known = code.and_then(|code| run.places.get(code)).map(|place| &place.admdvs);
        let known = known.filter(|region| !region.is_empty()).or(other);
        known.map_or_else(|| "未注明区划".to_owned(), Clone::clone)
    };
    let rows = by_row(
        findings,
        |finding, row| region(place(finding, row), finding.admdvs.as_ref()),
        |finding| region(finding.fixmedins_code.as_ref(), finding.admdvs.as_ref()),
    );
    page.table("按区划", "区划", "按证据行所在机构的区划计。", top(rows));
}

fn by_month(page: &mut Page, findings: &[Finding]) {
    // A settlement's money stands in one month, also where a rule names it whole and another its lines.
    let mut settled: BTreeMap<&str, Date> = BTreeMap::new();
    for row in findings.iter().flat_map(|finding| &finding.evidence).filter(|row| row.amount > Fen::ZERO) {
        if let (Some(setl_id), Some(time)) = (&row.setl_id, row.time) {
            let day = settled.entry(setl_id).or_insert_with(|| time.date());
            *day = time.date().min(*day);
        }
    }
    let month = |day: Date| {
        let (year, month, _) = day.ymd();
        format!("{year:04}-{month:02}")
    };
    let of_row = |finding: &Finding, row: &Evidence| {
        let settled = row.setl_id.as_deref().and_then(|setl_id| settled.get(setl_id)).copied();
        month(settled.or(row.time.map(mingcha_model::Time::date)).unwrap_or(finding.begin))
    };
    let rows = by_row(findings, of_row, |finding| month(finding.begin));
    page.bars("按月份（元）", &rows);
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
            "<details id=\"{}\"><summary><b class=\"g{:?}\">{}风险 <span class=\"n\">{}</span> 分</b> {} · {} <span>· {} · {} 条所见 · {} 元{}</span></summary>",
            escape(&clue.id),
            clue.grade,
            clue.grade.label(),
            score.total,
            escape(&clue.title),
            escape(&subject(clue, run)),
            clue.kind.label(),
            clue.findings.len(),
            money(clue.amount),
            aside(clue.account)
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
fn subject(clue: &Clue, run: &Run) -> String {
    let id = &clue.subject.id;
    match clue.subject.kind {
        SubjectKind::Person => format!("参保人 {id}"),
        SubjectKind::Practitioner => format!("医务人员 {id}"),
        SubjectKind::Group => format!("{} 人：{}", clue.people, id.replace('+', "、")),
        SubjectKind::Institution | SubjectKind::Pharmacy => named(run, id),
    }
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
        "<div class=\"finding\"><p><i>{}</i> {}（{} 元{}）</p><table class=\"lines\"><tr><th>表</th><th>主键</th><th>时间</th><th>作用</th><th class=\"m\">涉及金额（元）</th></tr>",
        finding.kind.label(),
        escape(&finding.message),
        money(finding.amount),
        aside(finding.account)
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

/// The money of personal accounts, where there is any.
fn aside(account: Fen) -> String {
    if account.is_zero() { String::new() } else { format!("，另涉个人账户 {} 元", money(account)) }
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
