// When the next inspection is due, in words.

import { expect, test } from "vitest";
import { nextWords } from "./grade-card";

test("the next inspection is said with whether its day has come and what is under way", () => {
  expect(nextWords({ next: "2026-07-01", due: true, under_way: 0 })).toBe("2026-07-01 前（已到期）");
  expect(nextWords({ next: "2026-07-01", due: false, under_way: 1 })).toBe(
    "2026-07-01 前，已列入计划或者在办 1 次",
  );
  expect(nextWords({ next: null, due: false, under_way: 0 })).toBe("不要求定期检查");
});
