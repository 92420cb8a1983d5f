// Whom the screen of deliveries serves agrees with the policies, and a delivery's state with its days.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DELIVERERS, delivers, KINDS, knows, PURPOSES, purposeOf, standing } from "./words";

const POLICIES = join(import.meta.dirname, "../../../procedures/policies");

test("the departments are those of the policy", () => {
  const text = readFileSync(join(POLICIES, "departments.cedar"), "utf8");
  const policy = text.slice(text.indexOf('@id("departments_deliver")'));
  expect([...policy.matchAll(/Department::"(\w+)"/g)].map(([, name]) => name)).toEqual(DELIVERERS);
});

test("kinds and purposes are called as the server calls them", () => {
  const text = readFileSync(join(POLICIES, "../../crates/casework/src/docket/delivery.rs"), "utf8");
  const words = [...text.matchAll(/^ {8}\w+ = "(\w+)", "(.+)";$/gm)].map(([, name, title]) => [name, title]);
  expect(Object.fromEntries(words)).toEqual({ ...KINDS, ...PURPOSES });
});

test("departments deliver, a bureau's leads are told, nobody else", () => {
  expect(delivers({ department: "police", role: "handler" })).toBe(true);
  expect(delivers({ department: "police", role: "statistics" })).toBe(false);
  expect(delivers({ department: "discipline", role: "head" })).toBe(false);
  expect(knows({ department: "insurance", role: "team_lead" })).toBe(true);
  expect(delivers({ department: "insurance", role: "head" })).toBe(false);
  for (const [department, role] of [
    ["insurance", "handler"],
    ["insurance", "statistics"],
    ["agency", "head"],
    ["third_party", "handler"],
  ] as const)
    expect(knows({ department, role }), `${department} ${role}`).toBe(false);
});

test("a matter's people are met by its team and by those who lead its bureau, each kind for its own purpose", () => {
  const me = { account: "a", organisation: "o", department: "insurance", role: "handler" };
  const matter = (machine: string, team: string[], organisation = "o") => ({
    team,
    heading: { machine, organisation },
  });
  expect(purposeOf(me, matter("clue", ["a"]))).toBe("check_clue");
  expect(purposeOf(me, matter("clue", ["b"]))).toBeUndefined();
  expect(purposeOf({ ...me, role: "team_lead" }, matter("case", []))).toBe("work_case");
  expect(purposeOf({ ...me, role: "head" }, matter("inspection", [], "other"))).toBeUndefined();
  expect(purposeOf({ ...me, role: "head" }, matter("transfer", ["a"]))).toBeUndefined();
  expect(purposeOf({ ...me, department: "agency" }, matter("case", ["a"]))).toBeUndefined();
  expect(purposeOf({ ...me, role: "legal_reviewer" }, matter("case", ["a"]))).toBeUndefined();
});

test("a delivery is in use to its last day, then over; taken back before", () => {
  const of = (ended: number | null, until: string, today: string) => standing({ ended, until }, today).word;
  const instant = Date.UTC(2026, 2, 4, 9) / 1000;
  expect(of(null, "2026-03-04", "2026-03-04")).toBe("使用中");
  expect(of(null, "2026-03-03", "2026-03-04")).toBe("已到期，不再使用");
  expect(of(instant, "2026-03-03", "2026-03-04")).toBe("到期已删除");
  expect(of(instant, "2026-03-04", "2026-03-04")).toBe("已撤回并删除");
});
