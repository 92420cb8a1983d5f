// A list is counted by its own filters, or not at all.

import { expect, test } from "vitest";
import { countOf } from "./counting";

test("the filters of a list are those of its count, without order and page", () => {
  expect(
    countOf({
      machine: "clue",
      state: "received,registered",
      sort: "due",
      descending: true,
      page: 2,
      size: 50,
    }),
  ).toEqual({ by: "machine", machine: "clue", state: "received,registered" });
  expect(countOf({ ended: false, due_by: 10 })).toEqual({ by: "machine", ended: false, due_by: 10 });
});

test("what can not be counted by is not counted as if it were not asked for", () => {
  expect(countOf({ machine: "clue", q: "重复" })).toBeUndefined();
  expect(countOf({ machine: "case", least: 100 })).toBeUndefined();
  expect(countOf({ machine: "case", subject: "P1" })).toBeUndefined();
});
