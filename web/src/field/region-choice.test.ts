// Which regions lie in another.

import { expect, test } from "vitest";
import { liesIn } from "./region-choice";

test("a region holds itself and what its digits begin", () => {
  expect(["990101", "990100", "990200", "980101"].map((code) => liesIn(code, "990100"))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(liesIn("990101", "990000")).toBe(true);
  expect(liesIn("110000", "000000")).toBe(true);
  expect(liesIn("990100", "990101")).toBe(false);
});
