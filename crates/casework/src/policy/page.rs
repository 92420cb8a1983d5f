//! The page `docs/policies.md`: who may see and do what, from the policies' own titles. The same policies give the same bytes.

use super::{Action, Policies, Rule};
use crate::words::Word as _;
use cedar_policy::pst::ActionConstraint;
use std::fmt::Write as _;

const HEAD: &str = "<!-- 从 `procedures/policies/` 生成，请勿手工修改。 -->

# 谁可以看、谁可以办

没有许可的一律不可以；禁止优先于许可。列表、统计、检索、图谱、导出与逐件查阅按同一套策略判断。
单位可以在自己的 `policies` 文件夹放同名文件替换下列文件；有一处错误就整套拒绝，并指出文件和行。
停用账号、回避人员、三员办理业务、不写事由打开个人信息，由程序一律拒绝，策略文件放不开。
逐项核对的对照表见 `procedures/policies/table.md`。
";

/// The page.
pub fn policies_md(policies: &Policies) -> String {
    let mut page = HEAD.to_owned();
    for (title, forbids) in [("禁止", true), ("许可", false)] {
        let rules: Vec<&Rule> = policies.rules().iter().filter(|rule| rule.forbids == forbids).collect();
        let _ = write!(page, "\n## {title}（{}条）\n\n", rules.len());
        page.push_str("| 编号 | 说明 | 动作 | 依据 | 文件 |\n|---|---|---|---|---|\n");
        for rule in rules {
            let cells = [&rule.id, &rule.title, &actions(policies, rule), &rule.basis, &rule.file];
            let _ = writeln!(page, "| {} |", cells.map(|cell| plain(cell)).join(" | "));
        }
    }
    page
}

/// The actions that a policy speaks of.
fn actions(policies: &Policies, rule: &Rule) -> String {
    let named: Vec<&str> = match &rule.body.action {
        ActionConstraint::Any => return "全部".to_owned(),
        ActionConstraint::Eq(uid) => vec![uid.eid.as_str()],
        ActionConstraint::In(uids) => uids.iter().map(|uid| uid.eid.as_str()).collect(),
    };
    let meant =
        |action: &Action| policies.actions[action].iter().any(|group| named.contains(&group.as_str()));
    let titles = Action::ALL.iter().filter(|(action, ..)| meant(action)).map(|(_, _, title)| *title);
    titles.collect::<Vec<_>>().join("、")
}

fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace(['\r', '\n'], " ")
}
