// What is typed into refused rows is sent as it was typed and nothing else is; a refusal finds its row again.

import { expect, test } from "vitest";
import {
  type Column,
  columnsOf,
  type Edits,
  lines,
  masked,
  type Row,
  rowId,
  sent,
  shown,
  typed,
} from "./mends";

const column = (name: string, more: Partial<Column> = {}): Column => ({
  column: name,
  title: name,
  required: false,
  personal: false,
  key: false,
  ...more,
});
const SN = column("feedetl_sn", { key: true });
const TIME = column("fee_ocur_time");
const NAME = column("psn_name", { personal: true });
const DOCTOR = column("bilg_dr_code");
const COLUMNS = [SN, TIME, NAME, DOCTOR];

const row = (place: number, more: Partial<Row> = {}): Row => ({
  batch: "b1",
  place,
  file: "fee.csv",
  line: place + 2,
  table: "fee",
  column: "fee_ocur_time",
  column_title: "费用发生时间",
  value: "someday",
  check: "type",
  title: "不是有效的日期",
  hint: "",
  state: "open",
  row: { feedetl_sn: `F${place}`, fee_ocur_time: "someday", psn_name: "***", bilg_dr_code: "***" },
  ...more,
});
const NONE: Edits = new Map();

test("a masked cell shows nothing and is sent only where it was replaced", () => {
  const one = row(0);
  expect([NAME, DOCTOR, TIME].map((of) => masked(one, of))).toEqual([true, true, false]);
  expect([NAME, DOCTOR, TIME].map((of) => shown(one, of))).toEqual(["", "", "someday"]);
  const edits = typed(typed(NONE, one, TIME, "2025-03-01 08:00:00"), one, NAME, "某人");
  const cells = { fee_ocur_time: "2025-03-01 08:00:00", psn_name: "某人" };
  expect(sent([one, row(1)], edits)).toEqual([{ batch: "b1", place: 0, cells }]);
  expect(sent([one], typed(edits, one, NAME, ""))[0]?.cells).toEqual({ fee_ocur_time: cells.fee_ocur_time });
});

test("what is typed back is no edit, and taking a value away is one", () => {
  const one = row(0);
  const edits = typed(NONE, one, TIME, "x");
  expect(typed(edits, one, TIME, "someday").size).toBe(0);
  expect(sent([one], typed(edits, one, TIME, ""))[0]?.cells).toEqual({ fee_ocur_time: "" });
});

test("the columns at fault are there, the key where a whole row is, and what was added", () => {
  expect(columnsOf([row(0)], COLUMNS, [])).toEqual([TIME]);
  expect(columnsOf([row(0), row(1, { column: "" })], COLUMNS, ["bilg_dr_code"])).toEqual([SN, TIME, DOCTOR]);
});

test("a refusal finds its row by the line of the file, though a cell before it has line ends", () => {
  const rows = [row(0, { row: { feedetl_sn: "F0", medins_list_name: "两\n行" } }), row(1), row(2)];
  let edits = typed(NONE, rows[0] as Row, SN, "F9");
  edits = typed(edits, rows[2] as Row, SN, "F8");
  expect([...lines(rows, edits)]).toEqual([
    [2, rowId(rows[0] as Row)],
    [4, rowId(rows[2] as Row)],
  ]);
});
