// A record of the trail as the table shows it.

import { machineTitle } from "../parts/paths";

const KINDS: Record<string, string> = {
  account: "账号",
  backup: "备份",
  organisation: "单位",
  matter: "事项",
  installation: "系统",
  trail: "审计记录",
  session: "会话",
  matters: "事项列表",
  clues: "线索",
  draw: "抽签",
  draws: "抽签",
  export: "个人信息导出",
  exports: "个人信息导出",
  job: "数据任务",
  jobs: "数据任务",
  lake: "数据",
  officers: "办案人员",
  series: "文书编号",
  table: "台账",
  vault: "密钥",
  view: "视图",
};

export interface TrailRecord {
  seq: number;
  at: string;
  account: string;
  role: string;
  from: string;
  act: string;
  kind: string;
  object: string;
  outcome: string;
  why: string;
  before: string;
  after: string;
  digest: string;
}

interface Raw {
  seq: number;
  at: string;
  who?: { account?: string; role?: string };
  from?: string;
  act?: string;
  outcome?: string;
  on?: { kind?: string; id?: string };
  before?: string | null;
  after?: string | null;
  why?: string;
  digest?: string;
}

export function recordOf(item: unknown): TrailRecord {
  const raw = item as Raw;
  return {
    seq: raw.seq,
    at: raw.at,
    account: raw.who?.account ?? "",
    role: raw.who?.role ?? "",
    from: raw.from ?? "",
    act: raw.act ?? "",
    kind: raw.on?.kind ?? "",
    object: [KINDS[raw.on?.kind ?? ""] ?? machineTitle(raw.on?.kind ?? ""), raw.on?.id ?? ""]
      .filter(Boolean)
      .join(" "),
    outcome: raw.outcome ?? "",
    why: raw.why ?? "",
    before: raw.before ?? "",
    after: raw.after ?? "",
    digest: raw.digest ?? "",
  };
}
