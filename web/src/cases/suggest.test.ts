// What a case suggests, in words: multiples, tiers of the same measures together, the threshold that is reached.

import { expect, test } from "vitest";
import { tiersByMeasures, timesOf } from "./discretion";
import { thresholdWords } from "./transfer-hint";

test("a multiple is said without zeros that say nothing", () => {
  expect([10_000, 12_000, 12_345].map(timesOf)).toEqual(["1 倍", "1.2 倍", "1.2345 倍"]);
});

test("tiers of the same measures stand together, in their order", () => {
  const tier = (measures: string[], title: string, least_bp: number, most_bp: number) => ({
    measures,
    title,
    least_bp,
    most_bp,
  });
  const rows = tiersByMeasures([
    tier(["M03", "M04"], "从轻", 10_000, 12_000),
    tier(["M11"], "从轻", 20_000, 25_000),
    tier(["M03", "M04"], "一般", 12_000, 16_000),
  ]);
  expect(rows).toEqual([
    { of: "M03、M04", tiers: "从轻 1 倍至 1.2 倍，一般 1.2 倍至 1.6 倍" },
    { of: "M11", tiers: "从轻 2 倍至 2.5 倍" },
  ]);
});

test("the threshold that is reached is marked by a word", () => {
  const large = { id: "large", title: "数额较大", amount: 300_000 };
  expect(thresholdWords(large, "large")).toBe("数额较大 3,000.00 元（已达到）");
  expect(thresholdWords({ ...large, id: "huge" }, "large")).toBe("数额较大 3,000.00 元");
});
