// The same seed and list lead to the same draw here and on the server.

import { expect, test } from "vitest";
import { commitment, draw, namesOf, proves } from "./lots";

const list = Array.from({ length: 10 }, (_, at) => `H${String(at + 1).padStart(3, "0")}`);
const seed = "2025-06-20 第1号";

test("a draw of the server's own tests is repeated", () => {
  expect(draw(seed, [...list].reverse(), ["H003"], 3)).toEqual(["H005", "H004", "H009"]);
  expect(draw(seed, list, list.slice(1), 2)).toBeUndefined();
});

test("another order, another seed or another list is found out", () => {
  const lot = {
    commitment: commitment(seed),
    seed,
    list,
    without: ["H003"],
    drawn: ["H005", "H004", "H009"],
  };
  expect(proves(lot, commitment(seed))).toBe(true);
  expect(proves({ ...lot, drawn: ["H004", "H005", "H009"] }, commitment(seed))).toBe(false);
  expect(proves({ ...lot, list: [...list, "H011"] }, commitment(seed))).toBe(false);
  expect(proves(lot, commitment("另一个种子"))).toBe(false);
});

test("names stand one in each line, once each", () => {
  expect(namesOf(" 甲\n乙，丙\n\n甲")).toEqual(["甲", "乙", "丙"]);
});
