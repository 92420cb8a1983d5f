// What is said of the offline form of an inspection: where it is fetched, its sums, what speaks against it, what the institution said on site.

import type { Values } from "../acts/kinds";
import type { Schemas } from "../api/client";
import type { Facts } from "../api/facts";
import { count, yuan } from "../format/money";
import { WORDS } from "../words/generated";

/** Bytes of a file that the server would not read. */
export const MOST_FORM = 400 * 1024;

/** Where the form with these guides is fetched. */
export function formHref(matter: string, guides: string[]): string {
  return `/api/v1/matters/${matter}/site-form?guides=${guides.join(",")}`;
}

/** What speaks against a form, a line for each. */
export function faultLines(faults: Schemas["FormFault"][]): string[] {
  return faults.map(({ item, message }) => (item ? `${item}：${message}` : message));
}

/** What a form says in all: how many items of each kind, and the money of what was seen. */
export function sums({ items }: Schemas["FormView"]): string {
  const kinds = Object.entries(WORDS.Seen).map(
    ([seen, title]) => `${title} ${count(items.filter((one) => one.seen === seen).length)} 项`,
  );
  return `${kinds.join("，")}；涉及 ${yuan(items.reduce((sum, one) => sum + one.amount, 0))} 元`;
}

/** What the newest form says that the institution said, to begin hearing it with. */
export function heardOnSite(facts: Facts): Record<string, Values> {
  const statement = facts.inspection?.sheets?.at(-1)?.statement;
  return statement ? { hear: { statement } } : {};
}
