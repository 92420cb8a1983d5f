// Money is shown and read to the fen.

import { expect, test } from "vitest";
import { fenOf, shortYuan, yuan } from "./money";

test("fen are shown as yuan with both places", () => {
  expect(yuan(0)).toBe("0.00");
  expect(yuan(5)).toBe("0.05");
  expect(yuan(123456789)).toBe("1,234,567.89");
  expect(yuan(-1203)).toBe("-12.03");
});

test("headings use the units that people speak in", () => {
  expect(shortYuan(99999)).toBe("999.99 元");
  expect(shortYuan(1_234_500_00)).toBe("123.45 万元");
  expect(shortYuan(300_000_000_00)).toBe("3 亿元");
});

test("typed yuan become whole fen, or nothing", () => {
  expect(fenOf("1,234.5")).toBe(123450);
  expect(fenOf("0.07")).toBe(7);
  expect(fenOf("19.99")).toBe(1999);
  expect(fenOf("1.234")).toBeUndefined();
  expect(fenOf("-3")).toBeUndefined();
  expect(fenOf("")).toBeUndefined();
});
