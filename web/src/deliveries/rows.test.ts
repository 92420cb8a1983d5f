// Rows are read as departments write them, and what cannot be read is named by its line alone.

import { expect, test } from "vitest";
import { dayOf, refusedLines, rowsOf, textOf } from "./rows";

const ONE = "99010119800101001X";

test("a day is read as people and spreadsheets write it", () => {
  for (const text of [
    "2026-01-31",
    "2026/1/31",
    "20260131",
    "2026年1月31日",
    "2026.1.31",
    "2026-01-31 00:00:00",
  ])
    expect(dayOf(text), text).toBe("2026-01-31");
  for (const text of ["", "2026-02-30", "20261301", "31/1/2026", "someday", "2026-01-31 x"])
    expect(dayOf(text), text).toBeUndefined();
});

test("columns stand in their order, or where the first line says", () => {
  const row = { certno: ONE, from: "2026-01-02", to: "2026-01-05" };
  expect(rowsOf(`${ONE}\t2026-01-02\t2026-01-05`).rows).toEqual([{ line: 1, ...row }]);
  expect(rowsOf(`﻿入境日期,出境日期,证件号码\r\n2026/1/5,2026/1/2,="${ONE.toLowerCase()}"\r\n`).rows).toEqual([
    { line: 2, ...row },
  ]);
  expect(rowsOf(`certno,from,to\n'${ONE}，20260102，至今`).rows).toEqual([{ line: 2, ...row, to: null }]);
  expect(rowsOf(`身份证号码,姓名\n${ONE},某`).wrong).toEqual([{ line: 1, message: "首行没有“起始日”一列" }]);
});

test("a line that cannot be read is named by its number and repeats nothing", () => {
  const { rows, wrong } = rowsOf(`${ONE},2026-01-02,\n\n${ONE},某日,\n${ONE},2026-01-02,下月\n`);
  expect(rows.map(({ line }) => line)).toEqual([1]);
  expect(wrong.map(({ line }) => line)).toEqual([3, 4]);
  expect(JSON.stringify(wrong)).not.toMatch(/某日|下月|9901/);
});

test("what the server refuses is told by the line of the text", () => {
  const { rows } = rowsOf(`证件号码,起始日\n\n${ONE},2026-01-02\n${ONE},2026-01-03`);
  expect(refusedLines(rows, [{ row: 2, message: "校验码不符" }])).toEqual([
    { line: 4, message: "校验码不符" },
  ]);
});

test("a file of a Chinese spreadsheet is read as well as UTF-8", () => {
  const gb = new Uint8Array([0xc6, 0xf0, 0xca, 0xbc, 0xc8, 0xd5]);
  expect(textOf(gb.buffer)).toBe("起始日");
  expect(textOf(new TextEncoder().encode("起始日").buffer)).toBe("起始日");
});
