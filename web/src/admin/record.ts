// A record of the trail as the table shows it.

import { idWords, machineTitle } from "../parts/paths";

export const KINDS: Record<string, string> = {
  account: "账号",
  backup: "备份",
  organisation: "单位",
  matter: "事项",
  installation: "系统",
  institution: "机构",
  trail: "审计记录",
  upload: "上传的文件",
  session: "会话",
  matters: "事项列表",
  clues: "线索",
  deliveries: "部门数据",
  delivery: "部门数据",
  draw: "抽签",
  draws: "抽签",
  export: "个人信息导出",
  exports: "个人信息导出",
  job: "数据任务",
  jobs: "数据任务",
  lake: "数据",
  officers: "办案人员",
  practitioner: "医药人员",
  rule: "规则",
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
  /** The organisation that the account belonged to then. */
  organisation: string;
  from: string;
  act: string;
  kind: string;
  object: string;
  /** Its whole id. */
  id: string;
  outcome: string;
  why: string;
  before: string;
  after: string;
  digest: string;
}

interface Raw {
  seq: number;
  at: string;
  who?: { account?: string; role?: string; organisation?: string };
  from?: string;
  act?: string;
  outcome?: string;
  on?: { kind?: string; id?: string };
  before?: string | null;
  after?: string | null;
  why?: string;
  digest?: string;
}

/** What was acted on: its kind, and its id where that does not name the kind itself. */
function objectWords(kind: string, id: string): string {
  const words = idWords(id);
  if (words !== id) return words;
  return [KINDS[kind] ?? machineTitle(kind), id].filter(Boolean).join(" ");
}

/** Codes that a refusal is recorded with, where no condition and no policy is its reason. */
const REFUSALS: Record<string, string> = {
  not_found: "没有这一对象，或者不在查阅范围内",
  conflict: "内容已被他人更改",
  invalid: "填写的内容不合要求",
  exists: "已经存在",
  key_reused: "同一请求编号用于不同的内容",
  stored: "存储的内容无法读取",
  database: "数据库没有办成",
  unwritten: "没有写入",
  keys: "密钥无法使用",
  files: "数据文件夹无法读写",
  altered: "文件缺失或者被改动",
  // At the door: which of these it was is told to nobody.
  closed: "账号不存在、已停用或者暂时锁定",
  wrong_password: "口令不正确",
  wrong_code: "动态口令不正确",
  code_used: "动态口令已经用过",
  password_changed: "口令已经更改",
  no_account: "没有这个账号",
  disabled_account: "账号已停用",
  locked: "账号暂时锁定",
  other_organisation: "属于其他单位",
  other_matter: "属于其他事项",
};

/** Why it was refused, in words; a reason that somebody gave is theirs. */
export function whyOf(
  { outcome, why }: Pick<TrailRecord, "outcome" | "why">,
  guards: ReadonlyMap<string, string>,
  closedBy: (code: string) => string,
): string {
  if (outcome !== "refused") return why;
  const code = why.replace(/^denied:/, "");
  const known = REFUSALS[code];
  if (known) return known;
  if (code !== why) return closedBy(code);
  return why.replace(/\bCW\d{3}\b/g, (one) => guards.get(one) ?? one).replaceAll(",", "；");
}

export function recordOf(item: unknown): TrailRecord {
  const raw = item as Raw;
  return {
    seq: raw.seq,
    at: raw.at,
    account: raw.who?.account ?? "",
    role: raw.who?.role ?? "",
    organisation: raw.who?.organisation ?? "",
    from: raw.from ?? "",
    act: raw.act ?? "",
    kind: raw.on?.kind ?? "",
    object: objectWords(raw.on?.kind ?? "", raw.on?.id ?? ""),
    id: raw.on?.id ?? "",
    outcome: raw.outcome ?? "",
    why: raw.why ?? "",
    before: raw.before ?? "",
    after: raw.after ?? "",
    digest: raw.digest ?? "",
  };
}
