// A period is compared with as much of the one before.

import { expect, test } from "vitest";
import { before, change, monthSpan, spanOf } from "./periods";

const at = (text: string) => Date.parse(`${text}Z`) / 1000;

test("a month is compared with the same days of the month before, and no more than it has", () => {
  const now = at("2026-03-31T12:00:00");
  expect(spanOf("month", now)).toEqual({ from: at("2026-03-01T00:00:00"), to: now });
  expect(before("month", now)).toEqual({ from: at("2026-02-01T00:00:00"), to: at("2026-03-01T00:00:00") });
  const early = at("2026-01-10T00:00:00");
  expect(before("quarter", early)).toEqual({
    from: at("2025-10-01T00:00:00"),
    to: at("2025-10-10T00:00:00"),
  });
  expect(before("year", early)?.from).toBe(at("2025-01-01T00:00:00"));
  expect(spanOf("all", now)).toBeUndefined();
});

test("a change is said in words, also where there was nothing", () => {
  expect(change(120, 100)).toBe("增 20.0%");
  expect(change(75, 100)).toBe("减 25.0%");
  expect(change(0, 0)).toBe("持平");
  expect(change(5, 0)).toBe("上期为零");
});

test("the records of a month are those begun in it", () => {
  expect(monthSpan("2025-12")).toEqual({ from: at("2025-12-01T00:00:00"), to: at("2026-01-01T00:00:00") });
});
