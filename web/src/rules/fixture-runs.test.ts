// What is said of fixtures that were run.

import { expect, test } from "vitest";
import { summary } from "./fixture-runs";

const run = (passed: boolean | null) => ({
  sort: "命中",
  title: "男性用女性药",
  expected: [],
  found: [],
  differences: [],
  passed,
});

test("what failed or was not run in time is told beside what passed", () => {
  expect(summary([run(true), run(true)])).toBe("2 个通过");
  expect(summary([run(true), run(false), run(null)])).toBe("1 个通过，1 个不符，1 个超时未运行");
});
