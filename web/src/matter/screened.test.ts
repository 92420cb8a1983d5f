// A rule's finding becomes the beginning of an answer: the item it is about, its lines and its money.

import { expect, test } from "vitest";
import { fenOf } from "../format/money";
import { answerOf, itemOf } from "./screened";

const items = [
  { item: "重复收取手术费", answered: true },
  { item: "超标准收取床位费" },
  { item: "串换耗材" },
];

test("the item is the one that the rule's title is about", () => {
  expect(itemOf("重复收取手术费（同日）", items)).toBe("重复收取手术费");
  expect(itemOf("床位费", items)).toBe("超标准收取床位费");
});

test("otherwise it is chosen by hand, unless only one waits", () => {
  expect(itemOf("药品限性别", items)).toBeUndefined();
  expect(itemOf("药品限性别", items.slice(0, 2))).toBe("超标准收取床位费");
  expect(itemOf("药品限性别", [])).toBeUndefined();
});

test("lines and money go over as they were counted", () => {
  const rule = {
    rule: "institution/twice",
    title: "串换耗材",
    findings: 2,
    lines: 3,
    amount: 1_234_550,
    basis: [],
  };
  const answer = answerOf(rule, items);
  expect(answer).toMatchObject({ item: "串换耗材", found: true, lines: 3 });
  expect(fenOf(String(answer.amount))).toBe(1_234_550);
});
