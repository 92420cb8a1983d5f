// Which screens a department and role work with. This only leaves out what would be empty; the server decides who may.

import type { Me } from "../api/client";
import { knows } from "../deliveries/words";

export interface Place {
  path: string;
  title: string;
  icon: string;
  /** Whether it is of use to somebody. */
  serves: (me: Me) => boolean;
}

const ADMINISTRATORS = ["auditor", "security_administrator", "system_administrator"];
const administers = (me: Me) => ADMINISTRATORS.includes(me.role);
const works = (me: Me) => !administers(me) && me.role !== "statistics";
const isOf = (me: Me, ...departments: string[]) => departments.includes(me.department);
const leads = (me: Me) => ["team_lead", "head", "statistics"].includes(me.role);

export const PLACES: Place[] = [
  { path: "/", title: "今日", icon: "today", serves: works },
  {
    path: "/overview",
    title: "总览",
    icon: "overview",
    serves: (me) => isOf(me, "insurance", "agency") && leads(me),
  },
  {
    path: "/clues",
    title: "线索",
    icon: "clue",
    serves: (me) =>
      works(me) && isOf(me, "insurance", "agency", "third_party") && me.role !== "legal_reviewer",
  },
  {
    path: "/cases",
    title: "案件",
    icon: "case",
    serves: (me) => works(me) && isOf(me, "insurance", "agency", "court"),
  },
  {
    path: "/transfers",
    title: "案件移送",
    icon: "transfer",
    serves: (me) => works(me) && isOf(me, "insurance", "police", "procuratorate", "court"),
  },
  {
    path: "/field",
    title: "举报与检查",
    icon: "field",
    serves: (me) =>
      works(me) &&
      isOf(me, "insurance", "agency", "data", "finance", "third_party") &&
      me.role !== "legal_reviewer",
  },
  {
    path: "/self-checks",
    title: "自查自纠",
    icon: "check",
    serves: (me) =>
      works(me) && isOf(me, "insurance", "agency", "institution") && me.role !== "legal_reviewer",
  },
  {
    path: "/measures",
    title: "协议与人员",
    icon: "people",
    serves: (me) =>
      works(me) && isOf(me, "insurance", "agency", "institution", "health") && me.role !== "legal_reviewer",
  },
  {
    path: "/joint",
    title: "部门协同",
    icon: "joint",
    serves: (me) => works(me) && !isOf(me, "institution", "third_party") && me.role !== "legal_reviewer",
  },
  { path: "/deliveries", title: "部门数据", icon: "delivery", serves: knows },
  {
    path: "/gangs",
    title: "团伙",
    icon: "gang",
    serves: (me) => works(me) && isOf(me, "insurance", "agency") && me.role !== "legal_reviewer",
  },
  {
    path: "/portraits",
    title: "画像",
    icon: "portrait",
    serves: (me) => works(me) && isOf(me, "insurance", "agency") && me.role !== "legal_reviewer",
  },
  {
    path: "/ledgers",
    title: "台账与统计",
    icon: "ledger",
    serves: (me) => isOf(me, "insurance", "agency") && leads(me),
  },
  {
    path: "/desk",
    title: "本单位事务",
    icon: "desk",
    serves: (me) => works(me) && isOf(me, "insurance") && me.role !== "legal_reviewer",
  },
  { path: "/rules", title: "规则与知识", icon: "rules", serves: works },
  { path: "/admin", title: "管理", icon: "admin", serves: administers },
  {
    path: "/data",
    title: "数据",
    icon: "data",
    serves: (me) => isOf(me, "insurance") && (leads(me) || me.role === "system_administrator"),
  },
];

/** Where somebody begins. */
export function home(me: Me): string {
  return PLACES.find((place) => place.serves(me))?.path ?? "/";
}
