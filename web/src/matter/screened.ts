// From what a rule found at one's own institution to the answer to an item of the self-check.

import type { Values } from "../acts/kinds";
import type { Schemas } from "../api/client";
import type { CheckItem } from "../api/facts";
import { count, yuan } from "../format/money";

type Rule = Schemas["ScreenedRule"];

/** The item that a rule is about by its words; where none is, the only one that still waits. */
export function itemOf(title: string, items: CheckItem[]): string | undefined {
  const about = items.find(({ item = "" }) => item !== "" && (item.includes(title) || title.includes(item)));
  const open = items.filter((item) => !item.answered);
  return about?.item ?? (open.length === 1 ? open[0]?.item : undefined);
}

/** What the form of the answer begins with; how it came about is for the institution to write. */
export function answerOf(rule: Rule, items: CheckItem[]): Values {
  return {
    item: itemOf(rule.title, items),
    found: true,
    lines: rule.lines,
    amount: yuan(rule.amount),
    facts: `筛查规则“${rule.title}”提示 ${count(rule.lines)} 条明细，金额 ${yuan(rule.amount)} 元。经自查：`,
  };
}
