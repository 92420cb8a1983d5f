// What covers an item of a list: rules that run, and none that were retired.

import { expect, test } from "vitest";
import type { Schemas } from "../api/client";
import { itemsOf } from "./coverage";
import { ITEMS } from "./generated";

test("a retired rule covers nothing any more", () => {
  const id = ITEMS[0]?.[0] ?? "";
  const rule = (status: string): Schemas["RuleHeading"] => ({
    id: `MC-${status}`,
    name: `institution/${status}`,
    title: status,
    version: 1,
    status,
    kind: "suspect",
    severity: 1,
    covers: [id],
    own_params: 0,
  });
  const rules = ["active", "trial", "retired"].map(rule);
  expect(
    itemsOf(rules)
      .find((item) => item.id === id)
      ?.rules.map(({ status }) => status),
  ).toEqual(["active", "trial"]);
  expect(itemsOf([rule("retired")]).every((item) => item.rules.length === 0)).toBe(true);
});
