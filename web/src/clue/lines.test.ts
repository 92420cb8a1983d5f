// Lines are told by the names of their items where the data of the run knows them, and by their tables where it does not.

import { expect, test } from "vitest";
import type { Evidence, Finding } from "../api/findings";
import { namesOf } from "./lines";
import { laneOf, lanesBy } from "./timeline";

const line = (table: string, key: string, more: Partial<Evidence> = {}): Evidence => ({
  table,
  key: ["S1", key],
  role: "offending",
  amount: 100,
  ...more,
});
const finding = (evidence: Evidence[]) => ({ evidence, fixmedins_code: "H1" }) as Finding;
const named = namesOf([
  { key: ["fee", "S1", "1"], label: "血常规" },
  { key: ["encounter", "S1", "9"], label: "示例医院 住院" },
]);

test("a fee line has the name of its item, a visit is no item", () => {
  expect([named(line("fee", "1")), named(line("fee", "2")), named(line("encounter", "9"))]).toEqual([
    "血常规",
    undefined,
    undefined,
  ]);
});

test("lanes are people, else institutions, else items by name, else tables", () => {
  const items = [finding([line("fee", "1"), line("fee", "2"), line("encounter", "9")])];
  const lane = laneOf(items, named);
  const [one] = items;
  expect(one?.evidence.map((it) => lane(it, one))).toEqual(["血常规", "费用明细", "就诊"]);
  expect(lanesBy(items)).toBe("items");
  const places = [finding([line("fee", "1"), line("fee", "2", { fixmedins_code: "H2" })])];
  expect(lanesBy(places)).toBe("places");
  const people = [finding([line("fee", "1", { psn_no: "P1" }), line("fee", "2", { psn_no: "P2" })])];
  expect(lanesBy(people)).toBe("people");
});
