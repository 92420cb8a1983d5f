// Ends of limits are written and counted as the law's civil time has them.

import { expect, test } from "vitest";
import { civilNow, end, endOfToday, ends, left, moment, secondsOf, weekday } from "./time";

test("seconds of civil time are written as they are, in no zone", () => {
  const seconds = secondsOf("2026-03-04 09:05:00");
  expect(moment(seconds)).toBe("2026-03-04 09:05");
  expect(moment(null)).toBe("—");
  expect(weekday(seconds)).toBe("星期三");
  expect(civilNow(new Date("2026-03-04T01:05:00Z"))).toBe(seconds);
});

test("the last second of a day is its 24:00", () => {
  expect(end({ last: "2026-03-04 23:59:59", end_of_day: true })).toBe("2026-03-04 24:00");
  expect(end({ last: "2026-03-04 09:30:00", end_of_day: false })).toBe("2026-03-04 09:30");
  expect(ends(secondsOf("2026-03-04 23:59:59"))).toBe("2026-03-04 24:00");
  expect(ends(secondsOf("2026-03-04 23:59:00"))).toBe("2026-03-04 23:59");
  expect(ends(null)).toBe("—");
});

test("what is left is counted down, and what has passed is said to be late", () => {
  const now = secondsOf("2026-03-04 09:00:00");
  expect(left(now + 5 * 86_400, now)).toEqual({ text: "剩 5 天", late: false, near: false });
  expect(left(now + 3_660, now)).toEqual({ text: "剩 1 小时 1 分", late: false, near: true });
  expect(left(now + 86_400, now)).toEqual({ text: "剩 1 天", late: false, near: true });
  expect(left(now - 2 * 86_400 - 7_200, now)).toEqual({ text: "逾期 2 天 2 小时", late: true, near: false });
  expect(endOfToday(now)).toBe(secondsOf("2026-03-04 23:59:59"));
});
