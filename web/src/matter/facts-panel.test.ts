// The same word means other things in other fields.

import { expect, test } from "vitest";
import { wordOf } from "./facts-panel";

test("a department is a department, and a step a step", () => {
  expect(wordOf("departments", "police")).toBe("公安机关");
  expect(wordOf("steps", "police")).toBe("移送公安机关");
  expect(wordOf("content", "police")).toBeUndefined();
});
