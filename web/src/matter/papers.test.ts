// What is filled into a paper's form becomes what the server reads.

import { expect, test } from "vitest";
import type { Schemas } from "../api/client";
import { columnsOf, entered } from "./papers";

const field = (label: string, kind: string, columns: string[] = []) => ({
  label,
  kind,
  columns,
  value: "open",
  note: "",
  recorded: false,
  required: true,
});

test("money becomes fen, lists become rows, and what is empty stays away", () => {
  const kind = {
    fields: [
      field("案由", "一行"),
      field("罚款", "金额"),
      field("物品", "清单", ["名称", "数量"]),
      field("备注", "一行"),
    ],
  } as unknown as Schemas["KindView"];
  expect(entered(kind, { 案由: " 重复收费 ", 罚款: "1,200.50", 物品: "账册，3\n硬盘,1", 备注: " " })).toEqual(
    {
      案由: "重复收费",
      罚款: 120050,
      物品: [
        { 名称: "账册", 数量: "3" },
        { 名称: "硬盘", 数量: "1" },
      ],
    },
  );
});

test("of a list that the record holds only the columns that it lacks are written", () => {
  const evidence = { ...field("证据", "列表", ["名称", "页数"]), value: "known" };
  const known = { ...field("机关名称", "文字"), value: "known" };
  const kind = {
    missing: ["联系人", "证据·页数"],
    fields: [evidence, known],
  } as unknown as Schemas["KindView"];
  expect(columnsOf(kind, evidence)).toEqual(["页数"]);
  expect(columnsOf(kind, known)).toEqual([]);
  expect(entered(kind, { 证据: "120\n8" })).toEqual({ 证据: [{ 页数: "120" }, { 页数: "8" }] });
});
