//! The coverage matrix: what of the negative lists, national rule classes and key fields the rules cover, and what they do not.

use super::{MARK, cell};
use crate::{Library, coverage::Covered};
use std::fmt::Write as _;

pub(super) fn page(library: &Library) -> String {
    let (list, classes, fields) = (library.negative_list(), library.rule_classes(), library.key_fields());
    let mut page = format!("{MARK}\n# 覆盖矩阵\n\n");
    page.push_str("一条规则覆盖一个条目，是指它能为该条目提示线索，不是说它能发现全部情形。\n");
    page.push_str("可识别程度：A 结算数据可判，B 需要补充数据，C 只能人工发现。\n\n");
    page.push_str("| | 条目 | 已覆盖 | 未覆盖 |\n|---|---|---|---|\n");
    for grade in ["A", "B", "C"] {
        let items: Vec<_> = list.iter().filter(|item| item.detectability == grade).collect();
        count(&mut page, &format!("负面清单 {grade} 类"), &items);
    }
    count(&mut page, "国家规则分类", &classes.iter().collect::<Vec<_>>());
    count(&mut page, "重点领域", &fields.iter().collect::<Vec<_>>());
    section(&mut page, "负面清单", &list);
    section(&mut page, "国家规则分类", &classes);
    section(&mut page, "重点领域", &fields);
    page
}

fn count(page: &mut String, title: &str, items: &[&Covered]) {
    let covered = items.iter().filter(|item| !item.rules.is_empty()).count();
    let _ = writeln!(page, "| {title} | {} | {covered} | {} |", items.len(), items.len() - covered);
}

fn section(page: &mut String, title: &str, items: &[Covered]) {
    let _ = write!(page, "\n## {title}\n");
    let mut group = "";
    for item in items {
        if item.group != group {
            group = &item.group;
            let _ =
                write!(page, "\n### {}\n\n| 条目 | 内容 | 可识别 | 规则 |\n|---|---|---|---|\n", cell(group));
        }
        let rules: Vec<String> = item
            .rules
            .iter()
            .map(|rule| format!("[{}](rules/{}.md)", cell(&rule.title), rule.name))
            .collect();
        let rules = if rules.is_empty() { "未覆盖".to_owned() } else { rules.join("、") };
        let grade = if item.detectability.is_empty() { "—" } else { item.detectability };
        let _ = writeln!(page, "| {} | {} | {grade} | {rules} |", cell(&item.id), cell(item.text));
    }
}
