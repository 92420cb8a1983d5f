// SM3 against the two examples of the standard.

import { expect, test } from "vitest";
import { sm3 } from "./sm3";

test("the examples of GB/T 32905-2016 come out", () => {
  const text = (value: string) => new TextEncoder().encode(value);
  expect(sm3(text("abc"))).toBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  expect(sm3(text("abcd".repeat(16)))).toBe(
    "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
  );
});
