// The drawing begins around what the clue stands on; the own one is among its peers wherever it lies.

import { expect, test } from "vitest";
import { around } from "./drawn";
import { drawn } from "./peers";

const DAY = 86_400;

test("the time around what is lit is drawn first", () => {
  const items = [
    { from: 0, to: null, offending: false },
    { from: 100 * DAY, to: 102 * DAY, offending: true },
  ];
  expect(around(items)).toEqual([85 * DAY, 117 * DAY]);
  expect(around([{ from: 0, to: null, offending: false }])).toBeUndefined();
});

test("the own one is drawn among the first", () => {
  const peers = Array.from({ length: 30 }, (_, at) => ({
    code: `H${at}`,
    name: "",
    findings: 1,
    people: 1,
    amount: 100 - at,
  }));
  const bars = drawn({ peers, own: "H20" });
  expect(bars).toHaveLength(10);
  expect(bars.at(-1)).toEqual(["▶ H20", 80]);
});
