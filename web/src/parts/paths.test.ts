// Ids are said in words: their kind and the beginning of their number.

import { expect, test } from "vitest";
import { idWords } from "./paths";

test("the kind stands in Chinese before a short number", () => {
  expect(idWords("case-6d52ab0112345678")).toBe("案件 6d52ab01");
  expect(idWords("self-check-0123456789abcdef")).toBe("自查自纠 01234567");
  expect(idWords("draw-0123456789abcdef")).toBe("抽签 01234567");
  expect(idWords("c0123456789abcdef")).toBe("线索 c0123456");
});

test("what is no id stays as it is", () => {
  expect(idWords("990100")).toBe("990100");
  expect(idWords("city-handler")).toBe("city-handler");
});
