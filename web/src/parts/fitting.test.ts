// Columns that can be spared go one after another, and no more of them than have to.

import { expect, test } from "vitest";
import { fitting } from "./fitting";

const columns = [
  { key: "title", width: "minmax(220px, 2fr)" },
  { key: "source", width: "96px", spare: 1 },
  { key: "amount", width: "140px" },
  { key: "organisation", width: "minmax(120px, 1fr)", spare: 2 },
];
const shown = (width: number) => fitting(columns, width, 40).map((one) => one.key);

test("what can be spared goes first, in its order", () => {
  expect(shown(616)).toEqual(["title", "source", "amount", "organisation"]);
  expect(shown(615)).toEqual(["title", "amount", "organisation"]);
  expect(shown(519)).toEqual(["title", "amount"]);
});

test("what cannot be spared stays, however narrow, and nothing goes before the width is known", () => {
  expect(shown(100)).toEqual(["title", "amount"]);
  expect(shown(0)).toHaveLength(4);
});
