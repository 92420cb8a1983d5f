// Where each kind of matter is opened, and what it is called.

import type { Heading } from "../api/client";

const TITLES: Record<string, string> = {
  clue: "线索",
  case: "案件",
  transfer: "案件移送",
  complaint: "投诉举报",
  inspection: "监督检查",
  self_check: "自查自纠",
  referral: "部门移送",
  meeting: "联席会议",
  listed_supervision: "挂牌督办",
  points: "支付资格记分",
  points_year: "记分年度",
  person_measure: "参保人处理",
  agreement: "协议处理",
  summary_penalty: "当场处罚",
  sanction: "责令暂停与禁业",
  report: "报送",
  trace_plan: "追溯码实施",
  retention: "留存",
};

export function machineTitle(machine: string): string {
  return TITLES[machine] ?? machine;
}

/** What else has ids of that form. */
const OTHERS: Record<string, string> = { draw: "抽签" };

/** An id in words: its kind and the beginning of its number; what is no id stays. */
export function idWords(id: string): string {
  const [, kind = "", number = ""] = /^(?:([a-z-]+)-)?(c?[0-9a-f]{12,})$/.exec(id) ?? [];
  const title = kind
    ? (TITLES[kind.replaceAll("-", "_")] ?? OTHERS[kind])
    : id.startsWith("c") && TITLES.clue;
  return number && title ? `${title} ${number.slice(0, 8)}` : id;
}

/** When a matter came to an end for those who work on it: a closed one may be opened again, but is done. */
export function endOf(one: Pick<Heading, "ended" | "state" | "changed">): number | null {
  return one.ended ?? (one.state === "closed" ? one.changed : null);
}

/** The path of a matter's own screen. */
export function pathOf(one: Pick<Heading, "machine" | "id">): string {
  if (one.machine === "clue") return `/clues/${one.id}`;
  if (one.machine === "case") return `/cases/${one.id}`;
  return `/matters/${one.id}`;
}
