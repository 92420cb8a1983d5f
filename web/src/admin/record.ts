// A record of the trail as the table shows it.

import { machineTitle } from "../parts/paths";

const KINDS: Record<string, string> = {
  account: "账号",
  organisation: "单位",
  matter: "事项",
  installation: "系统",
  trail: "审计记录",
  session: "会话",
  matters: "事项列表",
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
