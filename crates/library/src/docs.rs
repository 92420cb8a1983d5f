//! Pages made from the library: one for each rule, indexes, coverage, knowledge tables, and the dictionary of tables.
//! The same library gives the same bytes; a test holds the pages in `docs/` against it.

mod coverage;
mod rule;
mod tables;
mod words;

pub use tables::tables_page;

use crate::{Library, Rule, rule_file::CHAPTERS};
use std::{collections::BTreeMap, fmt::Write as _};

/// What every page begins with.
const MARK: &str = "<!-- 由 `cargo xtask generate` 从 `library/` 生成，请勿手工修改。 -->\n";

/// All pages by path relative to the repository: `docs/rules/…`, `docs/coverage.md`, `docs/knowledge.md`.
pub fn rule_pages(library: &Library) -> BTreeMap<String, String> {
    let mut pages: BTreeMap<String, String> = library
        .rules
        .iter()
        .map(|rule| (format!("docs/rules/{}.md", rule.name), rule::page(library, rule)))
        .collect();
    pages.insert("docs/rules/index.md".to_owned(), index(library));
    pages.insert("docs/coverage.md".to_owned(), coverage::page(library));
    pages.insert("docs/knowledge.md".to_owned(), knowledge(library));
    pages
}

/// A text inside a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\r', '\n'], " ")
}

fn index(library: &Library) -> String {
    let mut page = format!("{MARK}\n# 规则索引\n\n共 {} 条规则。", library.rules.len());
    page.push_str("线索只是提示，是否违规由人核实认定。覆盖情况见[覆盖矩阵](../coverage.md)，知识表见[知识表](../knowledge.md)。\n");
    for &(chapter, title) in CHAPTERS {
        let rules: Vec<&Rule> = library.rules.iter().filter(|rule| rule.chapter() == chapter).collect();
        if rules.is_empty() {
            continue;
        }
        let _ = write!(
            page,
            "\n## {title}\n\n| 编号 | 规则 | 类型 | 严重程度 | 环节 | 状态 | 版本 |\n|---|---|---|---|---|---|---|\n"
        );
        for rule in rules {
            let _ = writeln!(
                page,
                "| {} | [{}]({}.md) | {} | {} | {} | {} | {} |",
                rule.id,
                cell(&rule.title),
                rule.name,
                words::kind(rule.kind),
                rule.severity,
                words::stages(&rule.stage),
                words::status(rule.status),
                rule.version
            );
        }
    }
    page
}

fn knowledge(library: &Library) -> String {
    let mut page = format!(
        "{MARK}\n# 知识表\n\n规则引用的编码、名称与限定条件。每张表在 `library/knowledge/<表>/` 中，注明来源。\n"
    );
    for table in &library.knowledge {
        let _ = write!(
            page,
            "\n## `{}` {}\n\n来源：{}。共 {} 行。\n\n",
            table.name,
            table.title,
            table.source,
            table.rows.len()
        );
        page.push_str("| 列 | 含义 |\n|---|---|\n");
        for (column, meaning) in table.columns.iter().zip(&table.meanings) {
            let _ = writeln!(page, "| `{column}` | {} |", cell(meaning));
        }
        let users: Vec<String> = library
            .rules
            .iter()
            .filter(|rule| rule.knowledge.contains(&table.name))
            .map(|rule| format!("[{}](rules/{}.md)", rule.title, rule.name))
            .collect();
        let users = if users.is_empty() { "暂无规则引用".to_owned() } else { users.join("、") };
        let _ = writeln!(page, "\n引用的规则：{users}。");
    }
    page
}
