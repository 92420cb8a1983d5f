//! `docs/tables.md`: every table and column with label, type, unit and remark.

use super::cell;
use mingcha_model::table::{Column, ColumnType, tables};
use std::fmt::Write as _;

/// The dictionary of canonical tables, as a page.
pub fn tables_page() -> String {
    let mut page = String::from(
        "<!-- 由 `cargo xtask generate` 从 `crates/model/tables.csv` 生成，请勿手工修改。 -->\n\n",
    );
    page.push_str("# 表与字段\n\n字段名与国家医保信息平台一致。标“个人”的字段不以明文进入数据湖：`certno`、`tel` 只保存带密钥的摘要。\n");
    for table in tables() {
        let _ = write!(
            page,
            "\n## `{}` {}\n\n{}。键：`{}`",
            table.name,
            table.label,
            table.grain,
            table.key.join("`, `")
        );
        if !table.time.is_empty() {
            let _ = write!(page, "；时间：`{}`", table.time);
        }
        page.push_str(
            "。\n\n| 字段 | 名称 | 类型 | 必填 | 个人 | 单位 | 说明 |\n|---|---|---|---|---|---|---|\n",
        );
        for column in &table.columns {
            row(&mut page, column);
        }
    }
    page
}

fn row(page: &mut String, column: &Column) {
    let flag = |flag: bool| if flag { "是" } else { "" };
    let _ = writeln!(
        page,
        "| `{}` | {} | {} | {} | {} | {} | {} |",
        column.name,
        cell(column.label),
        kind(column.ty),
        flag(column.required),
        flag(column.personal),
        column.unit,
        cell(column.note)
    );
}

fn kind(ty: ColumnType) -> String {
    match ty {
        ColumnType::Str(most) => format!("文本，至多 {most} 字"),
        ColumnType::Code => "代码".to_owned(),
        ColumnType::Date => "日期".to_owned(),
        ColumnType::DateTime => "时间，到秒".to_owned(),
        ColumnType::Int => "整数".to_owned(),
        ColumnType::Num => "数值".to_owned(),
        ColumnType::Money => "金额，两位小数".to_owned(),
        ColumnType::Price => "单价，六位小数".to_owned(),
        ColumnType::Qty => "数量，四位小数".to_owned(),
    }
}
