// A commission counts on its first and last day; another bureau's is left alone until it has run out.

import { expect, test } from "vitest";
import { isCode, standing } from "./letters";

const of = (by: string) => ({
  commission: { by, matters: [], institutions: ["H1"], from: "2026-03-02", to: "2026-03-04" },
});

test("a commission runs from its first to its last day", () => {
  const word = (today: string) => standing(of("own"), "own", today).word;
  expect(word("2026-03-01")).toBe("尚未开始");
  expect(word("2026-03-02")).toBe("委托中");
  expect(word("2026-03-04")).toBe("委托中");
  expect(word("2026-03-05")).toBe("已期满");
  expect(standing({ commission: null }, "own", "2026-03-01").word).toBe("没有委托");
});

test("another bureau's commission is neither changed nor ended while it runs", () => {
  expect(standing(of("other"), "own", "2026-03-04")).toMatchObject({ gives: false, ends: false });
  expect(standing(of("other"), "own", "2026-03-05")).toMatchObject({ gives: true, ends: false });
  expect(standing(of("own"), "own", "2026-03-04")).toMatchObject({ gives: true, ends: true });
  expect(standing({}, "own", "2026-03-04")).toMatchObject({ gives: true, ends: false });
});

test("a code is letters and digits", () => {
  expect(isCode("H99010100001")).toBe(true);
  for (const text of ["", "H 1", "医院", "a-b"]) expect(isCode(text), text).toBe(false);
});
