// Columns and values of knowledge are read from what a column means.

import { expect, test } from "vitest";
import { columnHead, valueWords } from "./words";

const KIND = "限定种类：sex 性别，age 年龄，single_slice_no_pay 饮片单方不付";

test("a column is headed by the name in its meaning", () => {
  expect(columnHead(KIND)).toBe("限定种类");
  expect(columnHead("药品代码前缀，代表以其开头的全部代码")).toBe("药品代码前缀");
  expect(columnHead("药品名称")).toBe("药品名称");
});

test("a value is said in the words of its column, and as it is where that has none", () => {
  expect(valueWords(KIND, "age")).toBe("年龄");
  expect(valueWords(KIND, "single_slice_no_pay")).toBe("饮片单方不付");
  expect(valueWords("限定的值：男、女、child", "child")).toBe("儿童");
  expect(valueWords("药品名称", "阿帕他胺片")).toBe("阿帕他胺片");
  expect(valueWords(KIND, "")).toBe("");
});
