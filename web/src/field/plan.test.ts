// How far a plan of inspections goes, in words.

import { expect, test } from "vitest";
import { coverageWords, coveredPercent } from "./plan";

test("a plan that leaves one out is never said to cover all", () => {
  const plan = { known: 1000, covered: 999, inspected: 10, uncovered: 1 };
  expect(coveredPercent(plan)).toBe(99);
  expect(coverageWords(plan)).toBe("已知 1,000 家，列入计划 999 家（已现场检查 10 家），未列入 1 家");
});

test("where no institution is known nothing is covered", () => {
  expect(coveredPercent({ known: 0, covered: 0 })).toBe(0);
  expect(coverageWords({ known: 0, covered: 0, inspected: 0, uncovered: 0 })).toBe("还没有已知的定点机构");
});
