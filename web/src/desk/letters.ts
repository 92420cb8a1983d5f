// How a third party's account stands for the bureau that looks: whose commission it has, and whether it runs.

import type { Schemas } from "../api/client";
import type { Tone } from "../parts/sign";

export type Commissionable = Schemas["Commissionable"];
export type Commission = Schemas["CommissionBody"];

interface Standing {
  word: string;
  tone: Tone;
  /** Whether one's own bureau may give the account a commission, or change its own. */
  gives: boolean;
  /** Whether it is one's own and may be ended. */
  ends: boolean;
}

/** On a day `2026-03-04`, for the head of a bureau. Another bureau's commission is left alone while it has not run out. */
export function standing(one: Pick<Commissionable, "commission">, bureau: string, today: string): Standing {
  const { commission } = one;
  if (!commission) return { word: "没有委托", tone: "plain", gives: true, ends: false };
  const own = commission.by === bureau;
  const over = commission.to < today;
  const word = over ? "已期满" : commission.from > today ? "尚未开始" : "委托中";
  const tone: Tone = over ? "plain" : commission.from > today ? "gold" : "green";
  return { word, tone, gives: own || over, ends: own };
}

/** Codes of institutions, as the server takes them. */
export const isCode = (text: string) => /^[A-Za-z0-9]{1,40}$/.test(text);
