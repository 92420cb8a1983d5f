// What a batch's report says is listed by weight, refused and noted alike.

import { expect, test } from "vitest";
import { lines } from "./report";

test("refused and noted rows are listed together, the most first", () => {
  const tally = {
    read: 10,
    corrected: 0,
    quarantined: 2,
    refused: { type: 2 },
    notes: [{ check: "placeholder", column: "tel", rows: 7 }],
  };
  expect(lines({ tables: { fee: tally } }).map((line) => [line.what, line.check, line.rows])).toEqual([
    ["提示", "placeholder", 7],
    ["退回", "type", 2],
  ]);
  expect(lines({})).toEqual([]);
});
