//! The page of one rule: its own words, its parameters, its fixtures in short.

use super::{MARK, cell, words};
use crate::{
    Library, Method, Param, Rule,
    param::{fill_text, readable},
};
use mingcha_model::table;
use std::fmt::Write as _;

pub(super) fn page(library: &Library, rule: &Rule) -> String {
    let mut page = format!("{MARK}\n# {} {}\n\n[规则索引](../index.md)\n\n", rule.id, rule.title);
    head(library, rule, &mut page);
    let defaults = rule.params.iter().map(|param| (param.name.clone(), param.default.clone())).collect();
    let _ = write!(page, "\n## 定义\n\n{}\n", fill_text(&rule.definition, &defaults));
    let _ =
        write!(page, "\n## 提示内容\n\n> {}\n", fill_text(&rule.message, &defaults).replace('\n', "\n> "));
    list(&mut page, "依据", &rule.basis);
    params(&mut page, &rule.params);
    list(&mut page, "常见的合理情形", &rule.false_positives);
    steps(&mut page, "现场核查", &rule.investigate);
    covers(library, rule, &mut page);
    reads(rule, &mut page);
    logic(rule, &mut page);
    fixtures(library, rule, &mut page);
    page
}

fn head(library: &Library, rule: &Rule, page: &mut String) {
    let effective = match rule.expires {
        None => format!("{} 起", rule.effective),
        Some(end) => format!("{} 至 {end}", rule.effective),
    };
    let knowledge = |name: &String| match library.knowledge(name) {
        Some(table) => format!("[{}](../../knowledge.md)（`{name}`）", table.title),
        None => format!("`{name}`"),
    };
    let tables: Vec<String> = rule.knowledge.iter().map(knowledge).collect();
    let rows = [
        ("规则", format!("`{}`，第 {} 版，{}", rule.name, rule.version, words::status(rule.status))),
        ("类型", words::kind(rule.kind).to_owned()),
        ("严重程度", format!("{}（1 轻 – 3 重）", rule.severity)),
        ("对象", words::scope(rule.scope).to_owned()),
        ("环节", words::stages(&rule.stage)),
        ("有效期", effective),
        ("涉及金额", words::counting(rule.amount).to_owned()),
        ("知识表", if tables.is_empty() { "无".to_owned() } else { tables.join("、") }),
    ];
    page.push_str("| | |\n|---|---|\n");
    for (name, text) in rows {
        let _ = writeln!(page, "| {name} | {} |", cell(&text));
    }
}

fn list(page: &mut String, title: &str, items: &[String]) {
    let _ = write!(page, "\n## {title}\n\n");
    for item in items {
        let _ = writeln!(page, "- {item}");
    }
}

fn steps(page: &mut String, title: &str, items: &[String]) {
    let _ = write!(page, "\n## {title}\n\n");
    for (i, item) in items.iter().enumerate() {
        let _ = writeln!(page, "{}. {item}", i + 1);
    }
}

fn params(page: &mut String, params: &[Param]) {
    if params.is_empty() {
        return;
    }
    page.push_str(
        "\n## 参数\n\n各地只能在范围内调整。\n\n| 参数 | 默认值 | 范围 | 含义 |\n|---|---|---|---|\n",
    );
    for param in params {
        let range = match (&param.min, &param.max) {
            (Some(min), Some(max)) => format!("{} – {}", readable(min), readable(max)),
            _ if param.choices.is_empty() => "—".to_owned(),
            _ => param.choices.join("、"),
        };
        let default = readable(&param.default);
        let (default, range, meaning) = (cell(&default), cell(&range), cell(&param.meaning));
        let _ = writeln!(page, "| `{}` | {default} | {range} | {meaning} |", param.name);
    }
}

fn covers(library: &Library, rule: &Rule, page: &mut String) {
    if rule.covers.is_empty() {
        return;
    }
    page.push_str("\n## 覆盖条目\n\n");
    let known: Vec<_> = [library.negative_list(), library.rule_classes(), library.key_fields()]
        .into_iter()
        .flatten()
        .collect();
    for id in &rule.covers {
        let code = library.class_id(id);
        let text =
            known.iter().find(|item| item.id == *id || Some(&item.id) == code.as_ref()).map(|item| item.text);
        let _ = writeln!(page, "- `{id}` {}", text.unwrap_or_default());
    }
}

fn reads(rule: &Rule, page: &mut String) {
    page.push_str("\n## 读取的数据\n\n");
    for table in table::tables() {
        let label = |read: &String| {
            let column = read.strip_prefix(table.name)?.strip_prefix('.')?;
            let label = table.column(column).map_or(column, |column| column.label);
            Some(format!("{label}（`{column}`）"))
        };
        let columns: Vec<String> = rule.reads.iter().filter_map(label).collect();
        if !columns.is_empty() {
            let _ = writeln!(page, "- {}（`{}`）：{}", table.label, table.name, columns.join("、"));
        }
    }
}

fn logic(rule: &Rule, page: &mut String) {
    page.push_str("\n## 逻辑\n\n");
    match &rule.method {
        Method::Detector { name, settings } => {
            let _ = write!(
                page,
                "检测器 `{name}`，设置：\n\n```toml\n{}```\n",
                toml::to_string(settings).unwrap_or_default()
            );
        }
        Method::Sql { text } => {
            let _ = write!(page, "```sql\n{}\n```\n", text.trim_end());
        }
    }
}

fn fixtures(library: &Library, rule: &Rule, page: &mut String) {
    let (scenarios, _) = library.scenarios(rule);
    let _ = write!(page, "\n## 样例\n\n完整数据见 `library/rules/{}/tests.md`。\n\n", rule.name);
    for scenario in scenarios {
        let expected = match scenario.expected.len() {
            0 => "无".to_owned(),
            _ => scenario.expected.iter().map(|one| words::kind(one.kind)).collect::<Vec<_>>().join("、"),
        };
        let _ = writeln!(page, "- {}：{}（期望：{expected}）", scenario.sort.word(), scenario.title);
    }
}
