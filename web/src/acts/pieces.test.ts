// What evidence and enclosures point at is chosen from what the server knows, and named as it takes it.

import { expect, test } from "vitest";
import type { Schemas } from "../api/client";
import type { Matter } from "../api/matters";
import { originOf } from "../cases/evidence";
import { enclosureRows, findingChoices, paperChoices } from "./pieces";

test("findings are named by run and place, with nobody's number in sight", () => {
  const token = "0a".repeat(16);
  const clue = {
    origin: { run: "r-1", findings: [{ message: "重复收费" }, { message: `${token}同日两地` }] },
    masked: [{ token, shown: "99**01" }],
  } as unknown as Pick<Matter, "origin" | "masked">;
  expect(findingChoices(clue)).toEqual([
    { value: "r-1#1", label: "第1项：重复收费" },
    { value: "r-1#2", label: "第2项：99**01同日两地" },
  ]);
  expect(findingChoices({ origin: {}, masked: [] })).toEqual([]);
});

test("the letter is no enclosure to choose; what was listed before is begun with", () => {
  const paper = (kind: string, number: string | null) =>
    ({ matter: "t-1", paper: kind, version: 2, title: "调查报告", number }) as Schemas["PaperView"];
  expect(
    paperChoices([paper("transfer-letter", "移1"), paper("report", null), paper("list", "单1")]),
  ).toEqual([
    { value: "t-1/report/2", label: "调查报告（第2版）" },
    { value: "t-1/list/2", label: "调查报告 单1（第2版）" },
  ]);
  expect(enclosureRows().map((row) => row.enclosure)).toEqual(["report", "goods", "tests", "others"]);
  const before = [
    { enclosure: "letter", form: "paper" },
    { enclosure: "report", form: "original", number: "1" },
  ] as const;
  expect(enclosureRows([...before])).toEqual([before[1]]);
  expect(enclosureRows([{ enclosure: "report" }])).toHaveLength(4);
});

test("what was entered by hand before lies outside the system", () => {
  const piece = { kind: "electronic", title: "明细", source: "run-7", custody: [] } as const;
  expect(originOf({ ...piece, custody: [] })).toBe("outside");
  expect(originOf({ ...piece, custody: [], file: "0a" })).toBe("file");
  expect(originOf({ ...piece, custody: [], finding: { run: "r-1" } })).toBe("finding");
});
