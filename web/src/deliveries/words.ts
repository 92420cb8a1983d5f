// Words of deliveries, whom the screen serves, and how a delivery stands. Who may, the server says.

import type { Me } from "../api/client";
import type { DataPurpose, Delivery, DeliveryKind } from "../api/deliveries";
import type { Matter } from "../api/matters";
import { day } from "../format/time";
import type { Tone } from "../parts/sign";

export const KINDS: Record<DeliveryKind, string> = {
  death: "死亡",
  travel: "出入境",
  detention: "羁押",
  work_injury: "工伤",
  employment: "就业",
};

export const PURPOSES: Record<DataPurpose, string> = {
  check_clue: "核查线索",
  work_case: "办理案件",
  inspect: "实施检查",
};

/** What the two days of a row mean, by kind. */
export const DAYS: Record<DeliveryKind, string> = {
  death: "起始日填死亡日期，终止日不填",
  travel: "起始日填出境日期，终止日填入境日期；尚未入境的不填",
  detention: "起始日填入所日期，终止日填出所日期；尚未出所的不填",
  work_injury: "起始日填受伤日期，终止日不填",
  employment: "起始日填入职日期，终止日填离职日期；仍在职的不填",
};

/** Departments that deliver, as the policy `departments_deliver` names them. */
export const DELIVERERS = ["police", "procuratorate", "court", "health", "finance", "market", "data"];
const WORK = ["handler", "team_lead", "head"];
const LEAD = ["team_lead", "head"];

type Who = Pick<Me, "department" | "role">;

/** Whoever hands data of the own department over, and takes it back. */
export const delivers = (me: Who) => DELIVERERS.includes(me.department) && WORK.includes(me.role);

/** Whoever is told what was delivered. */
export const knows = (me: Who) => delivers(me) || (me.department === "insurance" && LEAD.includes(me.role));

const OF: Record<string, DataPurpose> = { clue: "check_clue", case: "work_case", inspection: "inspect" };

/** For what the people of a matter may be met with what was delivered; nothing where this one may not. */
export function purposeOf(
  me: Pick<Me, "account" | "organisation" | "department" | "role">,
  matter: Pick<Matter, "team"> & { heading: Pick<Matter["heading"], "machine" | "organisation"> },
): DataPurpose | undefined {
  const { heading, team } = matter;
  const ofTeam = WORK.includes(me.role) && team.includes(me.account);
  const leads = LEAD.includes(me.role) && heading.organisation === me.organisation;
  return me.department === "insurance" && (ofTeam || leads) ? OF[heading.machine] : undefined;
}

/** How a delivery stands on a day `2026-03-04`. */
export function standing(
  delivery: Pick<Delivery, "ended" | "until">,
  today: string,
): { word: string; tone: Tone } {
  const { ended, until } = delivery;
  if (ended !== null && ended !== undefined)
    return day(ended) > until ? { word: "到期已删除", tone: "plain" } : { word: "已撤回并删除", tone: "red" };
  if (until < today) return { word: "已到期，不再使用", tone: "gold" };
  return { word: "使用中", tone: "green" };
}
