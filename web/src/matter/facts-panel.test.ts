// The same word means other things in other fields.

import { expect, test } from "vitest";
import { flat, wordOf } from "./facts-panel";

test("a department is a department, and a step a step", () => {
  expect(wordOf("departments", "police")).toBe("公安机关");
  expect(wordOf("steps", "police")).toBe("移送公安机关");
  expect(wordOf("content", "police")).toBeUndefined();
});

test("the sums of a measure stand in its own row", () => {
  const row = {
    measure: "M05",
    proposal: { loss: 100, fined: null },
    due: { day: "2026-01-02" },
    lines: ["a"],
  };
  expect(flat(row)).toEqual({
    measure: "M05",
    loss: 100,
    fined: null,
    due: { day: "2026-01-02" },
    lines: ["a"],
  });
});
