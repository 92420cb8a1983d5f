// Texts of rules have the values of their parameters in them, and their fixtures are read as tables.

import { expect, test } from "vitest";
import { blocksOf } from "./blocks";
import { columnHead, filled, knowledgeWords, readWords, valueWords } from "./words";

test("names of parameters give way to their values, unknown ones stay", () => {
  const params = [
    { name: "days", default: "15" },
    { name: "days_before", default: "1", site: "3" },
  ];
  // What is in force here is said, not what came with the rule.
  expect(filled("出院后$days天内，早于$days_before天，$other", params)).toBe("出院后15天内，早于3天，$other");
});

test("values of TOML are words", () => {
  expect(valueWords('["Z51", "Z49"]')).toBe("Z51、Z49");
  expect(valueWords("[]")).toBe("无");
  expect(valueWords("3.5")).toBe("3.5");
});

test("what a rule reads is said in words", () => {
  expect(readWords("encounter.psn_no")).toBe("就诊：人员编号");
  expect(readWords("fee")).toBe("费用明细");
});

test("fixtures are cases with tables, and rows without what lies between head and rows", () => {
  const text = "# 题\n\n## 命中: 一\n\n说明。\n\n### fee\n| cnt | pric |\n|---|---|\n| 1 | 2.00 |\n| 3 | |\n";
  expect(blocksOf(text)).toEqual([
    { kind: "case", words: "命中: 一" },
    { kind: "text", words: "说明。" },
    { kind: "table", words: "fee" },
    {
      kind: "rows",
      table: "fee",
      head: ["cnt", "pric"],
      rows: [
        ["1", "2.00"],
        ["3", ""],
      ],
    },
  ]);
});

const KIND = "限定种类：sex 性别，age 年龄，single_slice_no_pay 饮片单方不付";

test("a column is headed by the name in its meaning", () => {
  expect(columnHead(KIND)).toBe("限定种类");
  expect(columnHead("药品代码前缀，代表以其开头的全部代码")).toBe("药品代码前缀");
  expect(columnHead("药品名称")).toBe("药品名称");
});

test("a value is said in the words of its column, and as it is where that has none", () => {
  expect(knowledgeWords(KIND, "age")).toBe("年龄");
  expect(knowledgeWords(KIND, "single_slice_no_pay")).toBe("饮片单方不付");
  expect(knowledgeWords("限定的值：男、女、child", "child")).toBe("儿童");
  expect(knowledgeWords("药品名称", "阿帕他胺片")).toBe("阿帕他胺片");
  expect(knowledgeWords(KIND, "")).toBe("");
});
