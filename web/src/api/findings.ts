// What a rule saw: the findings that a clue stands on, written by `npm run generate`; do not edit.

export interface Subject {
  kind: SubjectKind;
  id: string;
}

export interface Evidence {
  table: string;
  key: Array<string>;
  role: Role;
  time?: string | null;
  setl_id?: string | null;
  fixmedins_code?: string | null;
  psn_no?: string | null;
  amount: number;
  account?: number;
}

export interface Finding {
  rule_id: string;
  rule: string;
  version: number;
  kind: Kind;
  severity: number;
  subject: Subject;
  psn_no?: string | null;
  fixmedins_code?: string | null;
  prac_psn_code?: string | null;
  admdvs?: string | null;
  begin: string;
  end: string;
  amount: number;
  account?: number;
  counting: string;
  message: string;
  values: Record<string, string>;
  basis: Array<string>;
  evidence: Array<Evidence>;
  pairs?: Array<[number, number]>;
  notes?: Array<string>;
}

export type Kind = "violation" | "suspect" | "monitor" | "inconclusive";
export type SubjectKind = "person" | "institution" | "practitioner" | "pharmacy" | "group";
export type Role = "offending" | "related";
